"""Every indicator proves itself: the examples of `indicators.toml` are found, the counter-examples are not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from resumption import extract
from resumption.extraction.words import load_flags
from resumption.items import Article, Unit
from resumption.lexicon.events import load_events
from resumption.lexicon.indicators import load_indicators

PUBLISHED = date(2020, 3, 2).isoformat() + "T09:00:00+08:00"


def observations(text: str, title: str = "全市企业有序复工") -> list[tuple[str, str]]:
    article = Article(url="", title=title, text=text, published_at=PUBLISHED)
    return [(o.number, o.indicator) for o in extract(article)]


EXAMPLES = [(i.code, e.text, e.number) for i in load_indicators() for e in i.examples]
COUNTER_EXAMPLES = [(i.code, text) for i in load_indicators() for text in i.counter_examples]


@pytest.mark.parametrize(("code", "text", "number"), EXAMPLES)
def test_example_is_found(code: str, text: str, number: str) -> None:
    assert (number, code) in observations(text)


@pytest.mark.parametrize(("code", "text"), COUNTER_EXAMPLES)
def test_counter_example_is_not(code: str, text: str) -> None:
    assert code not in [found for _, found in observations(text)]


def test_every_indicator_has_both() -> None:
    assert [i.code for i in load_indicators() if not i.examples or not i.counter_examples] == []


def test_codes_are_those_of_the_contract() -> None:
    page = (Path(__file__).parents[1] / "docs" / "annotation.md").read_text(encoding="utf-8")
    table = page.partition("## Indicators")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| ([a-z_]+) \|", table, re.MULTILINE)
    codes = {i.code for i in load_indicators()}
    assert codes == set(documented) - {"code"}, "docs/annotation.md has a row per indicator"
    assert all(i.units and set(i.units) <= set(Unit) for i in load_indicators())


def test_every_event_word_reaches_the_grammar() -> None:
    known = load_flags()
    assert [
        w for classes in load_events().values() for words in classes.values() for w in words if w not in known
    ] == []
