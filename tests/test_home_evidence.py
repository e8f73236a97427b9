"""The home of a document: what speaks for a place, and when the evidence takes another than the rules."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from resumption.annotated import Annotated, read_annotated
from resumption.extraction.home import read_home
from resumption.extraction.home_evidence import HomeCandidate, home_candidates
from resumption.extraction.judge import Judge, RulesAlone
from resumption.extraction.observe import analyse
from resumption.extraction.regions import chain_of, find_regions
from resumption.extraction.weighing import weigh_home
from resumption.items import Article, RegionBasis

TITLE = "停电之后：一条街的早晨"
TEXT = (
    "9月3日，湖南长沙的暑气还没有退。\n"
    "株洲市荷塘区工信局介绍，全区规上企业86家，已恢复生产51家，区里派出干部31名进厂帮忙，全区复产率59.3%。"
    "荷塘区供电所说，全区企业用电已经恢复到停电前的九成，员工大多到岗，区里还在给最后几家企业换变压器。"
)


def candidates(title: str, text: str, known: str = "") -> dict[str, HomeCandidate]:
    """Candidates of a text by their names; the rules read `known` of it, else all."""
    frame, basis = read_home("", title, known or text, "", 2022)
    places = find_regions(title, frame), find_regions(text, frame)
    return {c.region.full_name: c for c in home_candidates(title, text, "", frame, basis, places)}


@cache
def gold() -> tuple[Annotated, ...]:
    return tuple(read_annotated(Path(__file__).parent / "gold" / "open"))


def test_every_place_is_a_candidate_once_with_those_above_it() -> None:
    found = candidates(TITLE, TEXT)
    assert set(found) == {"湖南省长沙市", "湖南省", "湖南省株洲市荷塘区", "湖南省株洲市"}
    own = found["湖南省株洲市荷塘区"].evidence
    assert {"office", "own most", "office|county"} <= own
    assert {"first", "lead"} <= found["湖南省长沙市"].evidence
    assert "above" in found["湖南省株洲市"].evidence


def test_the_place_that_tells_goes_before_the_one_named_first() -> None:
    frame, basis, places = weigh_home(Judge(), TITLE, TEXT, "", read_home("", TITLE, TEXT, "", 2022))
    assert frame.home is not None
    assert (frame.home.name, basis) == ("荷塘区", RegionBasis.INHERITED)
    assert places == find_regions(TEXT, frame)


def test_a_sentence_on_something_else_is_no_evidence() -> None:
    aside = "\n国庆假期，全市接待游客12.3万人次，长沙市和湘潭市的景点最受欢迎。全市门票收入1900万元。" * 3
    plain, more = candidates(TITLE, TEXT, TEXT), candidates(TITLE, TEXT + aside, TEXT)
    for name in plain:
        assert plain[name].evidence == more[name].evidence


def test_an_area_of_an_epidemic_is_no_home() -> None:
    assert not any("风险区" in name for name in candidates("天津市企业复工", "天津市中风险区平均复工率67.5%。"))


@pytest.mark.parametrize(
    ("judge", "region", "text"),
    [
        pytest.param(RulesAlone(), "", TEXT, id="rules alone"),
        pytest.param(Judge(), "湖南省", TEXT, id="the caller names a region"),
        pytest.param(Judge(), "", TEXT[:60], id="a text too short to weigh"),
    ],
)
def test_the_home_of_the_rules_stays(judge: Judge, region: str, text: str) -> None:
    read = read_home(region, TITLE, text, "", 2022)
    frame, basis, _ = weigh_home(judge, TITLE, text, "", read)
    assert (frame, basis) == read


def test_a_home_of_the_evidence_is_named_by_the_article() -> None:
    changed = 0
    for one in gold():
        if one.article is None:
            continue
        title, text = one.article.title, one.article.text
        read = read_home("", title, text, one.article.source, 2020)
        frame, _, _ = weigh_home(Judge(), title, text, one.article.source, read)
        if frame == read[0] or frame.home is None:
            continue
        changed += 1
        named = {
            region.full_name
            for part in (title, text)
            for mention in find_regions(part, read[0])
            if mention.value.region is not None
            for region in (mention.value.region, *chain_of(mention.value.region, read[0].year))
        }
        assert frame.home.level == "country" or frame.home.full_name in named
    assert changed > 2


def test_figures_without_a_place_are_of_the_home() -> None:
    article = Article(url="", title=TITLE, text=TEXT, published_at="2022-09-04T00:00:00+08:00")
    names = {r.figure.q.text: [region.name for region in r.where.regions] for r in analyse(article).readings}
    assert names["51家"] == names["31名"] == ["荷塘区"]
    hunan = replace(article, region="湖南省")
    assert {r.figure.q.text for r in analyse(hunan).readings} == set(names)
