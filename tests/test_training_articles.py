"""The articles that the weights are learnt from keep the rules of docs/annotation.md."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from resumption.annotated import Annotated, read_annotated
from resumption.items import Comparator, Kind, Status, Unit
from resumption.lexicon.indicators import load_indicators

ARTICLES = Path(__file__).parents[1] / "training" / "articles"
FIELDS = {
    "quote", "number", "indicator", "value", "unit", "comparator", "kind", "status", "population", "region", "as_of",
    "optional",
}  # fmt: skip
CODES = {indicator.code for indicator in load_indicators()}


@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in read_annotated(ARTICLES)])
def test_article_keeps_the_rules(one: Annotated) -> None:
    text = (ARTICLES / f"{one.name}.txt").read_text(encoding="utf-8")
    assert one.article is not None
    assert one.gold["id"] == one.name
    assert text.startswith(one.gold["title"])
    published = date.fromisoformat(one.gold["published"])
    places = []
    for record in one.records:
        assert set(record) == FIELDS
        assert text.count(record["quote"]) == 1, record
        assert record["number"] in record["quote"], record
        assert 4 <= len(record["quote"]) <= 30, record
        assert record["indicator"] in CODES, record
        assert isinstance(record["optional"], bool), record
        assert Unit(record["unit"])
        assert Comparator(record["comparator"])
        assert Kind(record["kind"])
        day = date.fromisoformat(record["as_of"]) if record["as_of"] else published
        if Status(record["status"]) is Status.ACTUAL:
            assert day <= published, record
        start = text.index(record["quote"]) + record["quote"].rindex(record["number"])
        places.append((start, start + len(record["number"])))
    assert all(a[1] <= b[0] for a, b in pairwise(sorted(places))), "numbers overlap"


def test_no_article_stands_among_those_that_are_scored() -> None:
    def lines(folder: Path) -> set[str]:
        texts = (path.read_text(encoding="utf-8") for path in folder.glob("*.txt"))
        return {line.strip() for text in texts for line in text.split("\n") if len(line.strip()) > 20}

    for scored in ("blind", "fresh"):
        assert not lines(ARTICLES) & lines(Path(__file__).parent / "gold" / scored)
