"""The group of a figure: which phrases are asked about, what speaks for them, and when the rules keep theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from resumption.annotated import read_annotated
from resumption.extraction.figures import Figure
from resumption.extraction.judge import Judge, RulesAlone
from resumption.extraction.observe import analyse
from resumption.extraction.population_evidence import PopulationCandidate, stands_beside
from resumption.items import Article

TEXT = (
    "截至3月1日，全县规上工业企业复工96家。明澜纺织公司负责人说，产能恢复到八成，员工到岗120人，眼下还缺30人。\n"
    "县里抽调干部，帮助企业解决原料、物流和用工上的难处，请车间做好通风、消毒和测温，让大家放心地回来上班。"
)


@dataclass
class Recorder(RulesAlone):
    """Keeps what it is asked, and leaves the group of the rules."""

    kept: list[tuple[Figure, Sequence[PopulationCandidate]]] = field(default_factory=list)

    def wants_population(self) -> bool:
        return True

    def population(self, figure: Figure, candidates: Sequence[PopulationCandidate]) -> str:
        self.kept.append((figure, candidates))
        return candidates[0].phrase


def article(text: str = TEXT) -> Article:
    return Article(url="", title="全县企业有序复工", text=text, published_at="2020-03-02T09:00:00+08:00")


def test_the_phrase_of_the_rules_is_the_first_candidate() -> None:
    recorder = Recorder()
    found = {r.figure.q.text: r.population for r in analyse(article(), recorder).readings}
    assert recorder.kept
    for figure, candidates in recorder.kept:
        assert candidates[0].phrase == found[figure.q.text]
        assert "rule" in candidates[0].evidence
        assert len({candidate.phrase for candidate in candidates}) == len(candidates)


def test_groups_named_before_are_candidates() -> None:
    recorder = Recorder()
    analyse(article(), recorder)
    phrases = {candidate.phrase for figure, kept in recorder.kept if figure.q.text == "八成" for candidate in kept}
    assert {"明澜纺织公司", "规上工业企业"} <= phrases


@pytest.mark.parametrize(
    ("text", "number", "phrase", "beside"),
    [
        ("规上企业有序恢复生产121家", "121家", "规上企业", False),
        ("规上企业复工121家", "121家", "规上企业", True),
        ("规上企业122家", "122家", "规上企业", True),
        ("规上企业共122家", "122家", "规上企业", True),
        ("122家规上企业复工", "122家", "规上企业", True),
        ("复工121家", "121家", "", False),
    ],
)
def test_beside(text: str, number: str, phrase: str, beside: bool) -> None:
    figures = [*(r.figure for r in analyse(article(text)).readings), *(f for f, _ in analyse(article(text)).rejected)]
    figure = next(f for f in figures if f.q.text == number)
    assert stands_beside(figure, phrase, text) is beside


def candidates_of(text: str, number: str) -> set[str]:
    recorder = Recorder()
    analyse(article(text + TEXT), recorder)
    return {candidate.phrase for figure, kept in recorder.kept if figure.q.text == number for candidate in kept}


@pytest.mark.parametrize(
    ("text", "number", "phrase"),
    [
        # the words right before the number, the beginning of its clause
        ("全县规上工业企业复工96家。没有复工的企业里，印花类27家还在检修。\n", "27家", "印花类企业"),
        ("全县规上工业企业复工率达94.5%，竹编只开了三成。\n", "三成", "竹编"),
        # the noun behind the number, and between the verb and the number
        ("作坊里原有58名篾匠。天一直冷，路也不好走，回来上班的46名。\n", "46名", "篾匠"),
        ("全县规上工业企业复工96家。渔港里，返岗渔工639人。\n", "639人", "渔工"),
        # what the clause before begins with
        ("全县规上工业企业复工96家。轴承行业恢复较快，64家已复工。\n", "64家", "轴承行业"),
        # the noun behind the same measure word
        ("全县64座矿热炉已全部检修，目前复产37座。\n", "37座", "矿热炉"),
        # the groups of the figures before
        ("全县重点水利项目复工19个。\n市民热线昨天开通。\n截至今天，各镇已复工35个。\n", "35个", "重点水利项目"),
    ],
)
def test_phrases_without_a_known_noun_are_candidates(text: str, number: str, phrase: str) -> None:
    assert phrase in candidates_of(text, number)


@pytest.mark.parametrize(
    ("text", "number", "phrase"),
    [
        ("全县规上工业企业目前已经累计复工27家，复工率九成。\n", "27家", "目前已经累计"),
        ("全县规上工业企业复工率达94.5%，目前只有三成。\n", "三成", "目前"),
        ("全县规上工业企业复工96家。渔港里，返岗渔工639人。\n", "639人", "渔工员工"),
        ("全县64座矿热炉已全部检修，复工企业37家。\n", "37家", "矿热炉企业"),
    ],
)
def test_function_words_and_other_measures_give_no_candidate(text: str, number: str, phrase: str) -> None:
    assert phrase not in candidates_of(text, number)


def test_where_the_clause_says_the_group_only_known_nouns_are_candidates() -> None:
    assert candidates_of("全县在建项目复工9个。竹编业里规上工业企业有序恢复生产的有121家。\n", "121家") <= {
        "规上工业企业",
        "竹编业里规上工业企业",
        "在建项目",
    }


def test_most_evidence_wins_and_the_first_of_equals() -> None:
    figure = analyse(article()).readings[0].figure
    rule = PopulationCandidate("规上工业企业", {"rule", "rule|in text=True"})
    other = PopulationCandidate("负责人", {"nothing known"})
    assert Judge().population(figure, [rule, other]) == "规上工业企业"
    assert Judge().population(figure, [PopulationCandidate("甲"), PopulationCandidate("乙")]) == "甲"


def test_a_phrase_of_the_evidence_stands_in_the_article() -> None:
    changed = 0
    for one in list(read_annotated(Path(__file__).parent / "gold" / "open"))[:80]:
        if one.article is None:
            continue
        alone = {r.figure.q.start: r.population for r in analyse(one.article, RulesAlone()).readings}
        analysis = analyse(one.article)
        for reading in analysis.readings:
            if alone.get(reading.figure.q.start, reading.population) == reading.population:
                continue
            changed += 1
            said = reading.population.removesuffix("员工")
            whole = (analysis.text.text + one.article.title).translate(str.maketrans("", "", "“”"))
            assert reading.figure.q.start not in alone or all(part in whole for part in (said[:2], said[-2:]))
    assert changed > 10


def test_agreement_prefers_the_fuller_phrase() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: pip install -r requirements-training.txt")
    from training.populations import agreement

    assert (
        agreement("规上工业企业", "规上工业企业")
        > agreement("规上工业企业", "工业企业")
        > agreement("规上工业企业", "企业")
        > 0
    )
    assert agreement("规上工业企业", "在建项目") == 0
