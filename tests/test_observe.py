"""Constructions: what a number means and whom it is about, with other words than those that prompted the rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from resumption import extract
from resumption.extraction.explain import explain
from resumption.extraction.observe import analyse
from resumption.items import Article, Observation

CASES = Path(__file__).parent / "cases"


def load(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


def article(text: str, title: str = "威海企业有序复工", published: str = "2020-03-02") -> Article:
    return Article(url="https://news.example/1", title=title, text=text, published_at=f"{published}T09:00:00+08:00")


def by_number(text: str) -> dict[str, Observation]:
    return {o.number: o for o in extract(article(text))}


@pytest.mark.parametrize("case", load("constructions.jsonl"), ids=lambda case: case["what"])
def test_construction(case: dict[str, Any]) -> None:
    found = by_number(case["text"])
    assert {number: found[number].indicator for number in case["found"] if number in found} == case["found"]
    assert [number for number in case.get("not", []) if number in found] == []
    for name in ("kind", "status", "value", "population"):
        for number, expected in case.get(name, {}).items():
            assert getattr(found[number], name) == expected


@pytest.mark.parametrize("case", load("populations.jsonl"), ids=lambda case: case["population"])
def test_population(case: dict[str, Any]) -> None:
    observation = by_number(case["text"])[case["number"]]
    assert observation.population == case["population"]
    codes = [observation.population_size, observation.population_sector, observation.population_ownership]
    assert codes == case["codes"]


def test_places_go_with_their_figures() -> None:
    found = by_number("环翠区、文登区、荣成市规上企业复工率分别为91.2%、88.7%和93.5%。")
    assert {n: o.region for n, o in found.items()} == {
        "91.2%": "山东省威海市环翠区",
        "88.7%": "山东省威海市文登区",
        "93.5%": "山东省威海市荣成市",
    }


def test_one_figure_for_several_places_is_one_optional_record() -> None:
    observation = by_number("环翠区、文登区规上企业复工率均为95%。")["95%"]
    assert observation.region == "山东省威海市环翠区、山东省威海市文登区"
    assert observation.optional
    assert observation.region_code is None


def test_where_people_come_from_is_not_their_place() -> None:
    assert by_number("全市从云南、贵州接回务工人员1240人。")["1240人"].region == "山东省威海市"


@pytest.mark.parametrize(
    ("text", "number", "day", "basis"),
    [
        ("截至2月28日，全市企业复工412家。", "412家", "2020-02-28", "stated"),
        ("截至2月28日，全市企业复工412家。返岗员工3.1万人。", "3.1万人", "2020-02-28", "inherited"),
        ("全市企业复工412家。", "412家", "2020-03-02", "published"),
        ("截至2月28日，全市企业复工率91%，比20日提高6.2个百分点。", "6.2个百分点", "2020-02-28", "stated"),
        ("力争3月10日前全市规上企业复工率达到98%。", "98%", "2020-03-10", "stated"),
        ("截至3月1日，全市企业复工412家。2月27日全市工业用电量310万千瓦时。", "310万千瓦时", "2020-02-27", "stated"),
    ],
)
def test_as_of(text: str, number: str, day: str, basis: str) -> None:
    observation = by_number(text)[number]
    assert (observation.as_of and observation.as_of.isoformat(), observation.as_of_basis) == (day, basis)


def test_a_year_is_never_guessed() -> None:
    text = "截至4月24日，大东区企业复工405户。"
    (observation,) = extract(Article(url="", title="大东区企业复工", text=text))
    assert observation.as_of is None
    assert observation.as_of_text == "4月24日"


def test_the_year_of_the_event_dates_the_report() -> None:
    text = "4月8日，全州2022年春季项目集中开工仪式在城东举行。\n截至目前，已开复工项目86个，开复工率61.4%。"
    found = extract(Article(url="", title="", text=text))
    assert {o.number: str(o.as_of) for o in found if not o.optional}["86个"] == "2022-04-08"


def test_contradictions_are_flagged_and_not_corrected() -> None:
    found = by_number("重点企业345家，累计复工307家，复工率90%。外资企业248家，复工223家，复工率90%。")
    rates = [o for o in extract(article("重点企业345家，累计复工307家，复工率90%。")) if o.unit == "percent"]
    assert [(o.value, o.flags) for o in rates] == [(90.0, ("rate_mismatch",))]
    assert found["307家"].value == 307
    assert by_number("外资企业248家，复工223家，复工率90%。")["90%"].flags == ()


def test_parts_that_do_not_add_up_are_flagged() -> None:
    assert by_number("返岗员工5120人（本地3800人，外地1320人）。")["5120人"].flags == ()
    assert by_number("返岗员工5120人（本地3800人，外地1420人）。")["5120人"].flags == ("parts_mismatch",)


def test_total_resumed_and_rate_are_one_group() -> None:
    found = by_number("122家规上企业复工121家，复工率99.2%；外资企业248家，复工223家。")
    first = {found[n].group_id for n in ("122家", "121家", "99.2%")}
    assert len(first) == 1
    assert found["248家"].group_id not in first


@pytest.mark.parametrize(
    "text", ["企业共0家，已复工0家，达到80%。", "规上企业0家，其中复工0家，为90%。", "应返岗0人，已返岗0人，90%。"]
)
def test_a_base_of_nothing(text: str) -> None:
    assert isinstance(extract(article(text)), tuple)


def test_every_rejected_number_has_a_reason() -> None:
    text = "全市企业复工412家。接待游客3.2万人次，咨询电话0631-5210000，实现“五个到位”。"
    analysis = analyse(article(text))
    assert [f.q.text for f, _ in analysis.rejected] == ["3.2万人次"]
    assert all(f.reason for f, _ in analysis.rejected)
    lines = list(explain(article(text)))
    assert any(line.startswith("  + 412家  enterprises_resumed") for line in lines)
    assert any(line.startswith("  - 3.2万人次  rejected: ") for line in lines)


def test_the_title_repeated_in_the_text_is_a_repeat() -> None:
    title = "威海规上企业复工率达95%"
    found = extract(article(f"{title}\n截至3月1日，全市规上企业复工率95%。", title))
    assert [(o.optional, "repeat" in o.flags) for o in found] == [(True, True), (False, False)]


def test_an_article_on_something_else_has_none() -> None:
    text = "全市新登记企业412家，引进项目38个，总投资96亿元，帮助企业招聘2600人，发放贷款3.1亿元，走访企业870家。"
    assert extract(article(text, "招商引资实现开门稳")) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("接待游客3.2万人次，招引项目38个，发放贷款3.1亿元。", []),
        ("停建项目31个，其中26个重启。", ["31个", "26个"]),  # the numbers tell it, no word of the topic does
        ("停工项目31个，其中26个恢复施工。", ["31个", "26个"]),
    ],
)
def test_what_is_not_read_for_its_rejected_numbers_has_no_others(text: str, found: list[str]) -> None:
    for rejected in (True, False):
        analysis = analyse(article(text, ""), rejected=rejected)
        assert [r.figure.q.text for r in analysis.readings] == found
    assert [o.number for o in extract(article(text, ""))] == found


def test_rates_of_other_places_and_groups_are_not_measured_against_these_counts() -> None:
    text = (
        "全市1236家规上工业企业已复工1174家，复工率95.0%。"
        "环翠区、文登区规上工业企业复工率分别为98.6%、97.2%。限上商贸企业复工率88.1%。"
    )
    assert [o.flags for o in extract(article(text)) if o.unit == "percent"] == [()] * 4


@pytest.mark.parametrize("day", ["截至元宵节", "元宵节当天", "元宵节当日"])
def test_a_festival_that_is_one_day_is_a_day(day: str) -> None:
    (found,) = extract(article(f"{day}，全县规上企业复工320家。", published="2022-02-20"))
    assert str(found.as_of) == "2022-02-15"


def test_who_stood_still_a_year_before_is_no_news_of_today() -> None:
    text = (
        "全省规上工业企业1.9万家，产能利用率75.4%，新开工项目326个。\n去年同期受疫情影响，企业停工停产较多，基数较低。"
    )
    assert (
        extract(Article(url="", title="一季度工业增加值增长6.8%", text=text, published_at="2021-04-19T09:00:00+08:00"))
        == ()
    )
