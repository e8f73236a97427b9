"""Learnt weights: what the tables hold, when they decide, and how they are learnt."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from resumption.extraction.dates import find_dates
from resumption.extraction.day_evidence import DayEvidence
from resumption.extraction.explain import explain
from resumption.extraction.judge import NONE, Judge, RulesAlone, family_of_code, reasons_of
from resumption.extraction.mention_line import MentionLine
from resumption.extraction.observe import analyse
from resumption.extraction.region_sections import Sections
from resumption.items import Article
from resumption.lexicon import learnt
from resumption.lexicon.gazetteer import load_gazetteer
from resumption.lexicon.indicators import load_indicators
from resumption.lexicon.learnt import load_weights
from training.__main__ import LEARNT, main
from training.articles import read_lessons, records_of
from training.constructions import read_constructions

TABLES = ("count", "money", "other", "percent", "person")
UNSAID = "截至3月1日，全县复工复产提速。96家规上企业的烟囱都冒了烟。"


def article(text: str, title: str = "全县企业有序复工") -> Article:
    return Article(url="", title=title, text=text, published_at="2020-03-02T09:00:00+08:00")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_speaks_of_known_indicators_only(name: str) -> None:
    weights = load_weights(name)
    assert set(weights.decisions) <= {indicator.code for indicator in load_indicators()} | {NONE}
    assert weights.scores([]) == weights.scores(["nothing known"])
    assert sum(weights.shares(["<率", "unit=percent"])) == pytest.approx(1)


def test_sums_are_those_of_the_file() -> None:
    lines = (Path(learnt.__file__).parent / "learnt" / "count.tsv").read_text(encoding="utf-8").splitlines()
    rows = {line.split("\t")[0]: dict(p.rsplit("=", 1) for p in line.split("\t")[1:]) for line in lines[1:]}
    chosen = [name for name in list(rows)[::7] if name]
    weights = load_weights("count")
    for decision, score in zip(weights.decisions, weights.scores(chosen), strict=True):
        assert score == pytest.approx(sum(float(rows[name].get(decision, 0)) for name in ["", *chosen]), abs=1e-6)


def test_no_place_and_no_number_was_learnt() -> None:
    units = (unit for named in load_gazetteer().names.values() for unit in named)
    provinces = {unit.short for unit in units if unit.level == "province"}
    assert len(provinces) == 34
    counted = ("size=", "topic=", "said=", "ago=")
    for name in (*TABLES, "days"):
        for evidence in load_weights(name).table:
            assert not any(province in evidence for province in provinces), evidence
            around = evidence.partition("=")[2] if "=" in evidence else evidence
            if not evidence.startswith(counted):
                assert not any(sign.isdecimal() for sign in around.partition("|")[0]), evidence


def test_every_indicator_has_a_family() -> None:
    assert [code for indicator in load_indicators() if not family_of_code(code := indicator.code)] == []


def test_evidence_decides_where_no_rule_does_and_says_why() -> None:
    alone = analyse(article(UNSAID), RulesAlone())
    weighed = analyse(article(UNSAID))
    known = {reading.figure.q.text for reading in alone.readings}
    new = [reading.figure for reading in weighed.readings if reading.figure.q.text not in known]
    assert [figure.q.text for figure in new] == ["96家"]
    assert all(figure.rule == "<evidence>" and reasons_of(figure) for figure in new)
    lines = "\n".join(explain(article(UNSAID)))
    assert lines.count("; weighed: ") == len(new)


def test_what_a_rule_found_is_never_rejected() -> None:
    for one in list(read_constructions())[:120]:
        found = {r.figure.q.start for r in analyse(one.article, RulesAlone()).readings}
        assert found <= {r.figure.q.start for r in analyse(one.article, Judge()).readings}


def test_a_text_on_something_else_is_not_weighed() -> None:
    text = "全县农户九十六户搬进新房，三百二十名干部结对帮扶，投入资金1200万元。"
    assert analyse(article(text, "新村入住")).readings == []


def test_a_record_is_of_the_number_inside_its_quote(tmp_path: Path) -> None:
    text = "全县规上企业96家，复工96家，复工率100%。"
    gold = {
        "id": "1",
        "title": "",
        "published": "2020-03-02",
        "observations": [{"quote": "复工96家", "number": "96家", "value": 96, "indicator": "enterprises_resumed"}],
    }
    (tmp_path / "1.txt").write_text(text, encoding="utf-8")
    (tmp_path / "1.json").write_text(json.dumps(gold), encoding="utf-8")
    (one,) = read_lessons(tmp_path)
    figures = [r.figure for r in analyse(one.article).readings]
    assert {figures[place].q.start for place in records_of(figures, one.records, text)} == {12}


def test_a_day_of_the_evidence_is_named_by_the_text_or_published() -> None:
    folder = Path(__file__).parent / "gold" / "open"
    changed = 0
    for one in list(read_lessons(folder))[:60]:
        alone = {r.figure.q.start: r.as_of for r in analyse(one.article, RulesAlone()).readings}
        for reading in analyse(one.article).readings:
            old = alone.get(reading.figure.q.start)
            if old is None or old == reading.as_of:
                continue
            changed += 1
            assert str(old.basis) != "stated"
            assert (reading.as_of.text is None) == (reading.as_of.basis == "published")
            assert reading.as_of.text is None or reading.as_of.text in one.article.text + one.article.title
    assert changed


def test_the_day_of_a_bulletin_is_not_weighed() -> None:
    told = (
        "为抓好复工复产，2月16日，县里成立了复工专班，每天调度一次，现将2月17日复工复产情况通报如下。\n"
        "规上工业企业共316家，已复工212家、复工率67.1%，返岗员工2.1万人。\n"
        "重点项目共86个，复工31个、复工率36.0%，到岗工人1820人。\n"
        "规上服务业企业共96家，已复工41家，复工率42.7%，员工到岗3160人。"
    )
    days = {reading.as_of.day for reading in analyse(article(told)).readings}
    assert days == {date(2020, 2, 17)}


def test_a_day_that_only_the_title_names_is_told_in_its_words() -> None:
    published = date(2020, 3, 5)
    dates = MentionLine(())
    title = find_dates("3月2日企业复工情况", published)
    candidates = DayEvidence("企业复工96家。", dates, published, title, Sections([], [])).of(4, (0, 9), (0, 9), "level")
    named = {str(c.day): c.mention.text if c.mention else None for c in candidates}
    assert named == {"2020-03-02": "3月2日", "2020-03-05": None}


def test_a_day_that_is_compared_with_has_no_evidence() -> None:
    text = "3月1日，全县企业复工复产加快。比2月20日多了三成。\n全县规上企业复工96家。"
    days = {r.as_of.day for r in analyse(article(text)).readings if r.figure.q.text == "96家"}
    assert days
    assert {str(day) for day in days} <= {"2020-03-01", "2020-03-02"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "holds no annotated article"),
        ({"1.json": "{", "1.txt": "企业复工96家。"}, "1.json is no JSON"),
        ({"1.json": '{"observations": []}'}, "1.txt is missing"),
    ],
)
def test_nothing_is_written_where_nothing_can_be_learnt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], said: str
) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: pip install -r requirements-training.txt")
    folder, into = tmp_path / "articles", tmp_path / "tables"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit):
        main([str(folder), "--into", str(into)])
    assert said in capsys.readouterr().err
    assert not into.exists()


def test_the_tables_are_learnt_from_the_repository(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: pip install -r requirements-training.txt")
    main(["--into", str(tmp_path)])
    for path in sorted(LEARNT.glob("*.tsv")):
        here, anew = (set(p.read_text(encoding="utf-8").splitlines()) for p in (path, tmp_path / path.name))
        # another machine may round the last digit of a weight otherwise
        assert len(here & anew) > 0.98 * len(here | anew), f"{path.name}: run `make learn`"


def test_learning_twice_gives_the_same_table() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: pip install -r requirements-training.txt")
    from training.roles import examples_of, learn

    examples = examples_of(list(read_constructions())[:150])["count"]
    assert learn(examples) == learn(examples)
