"""Single sentences whose numbers are known: the cases of `tests/cases` and the examples of the lexicon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from resumption.items import Article
from resumption.lexicon.indicators import load_indicators
from training.articles import Annotated, Record

_CASES = Path(__file__).parents[1] / "tests" / "cases" / "constructions.jsonl"
WEIGHT = 1
"""A sentence was written to show one thing; in an article it would be one of many."""
_PUBLISHED = "2020-03-02T09:00:00+08:00"


def read_constructions() -> Iterator[Annotated]:
    """One article for each sentence; a number that is none of the observations has the indicator `-`."""
    for number, line in enumerate(_CASES.read_text(encoding="utf-8").splitlines()):
        case = json.loads(line)
        records = [_record(text, code) for text, code in case["found"].items()]
        records += [_record(text, "-") for text in case.get("not", [])]
        article = _article(case["text"], "威海企业有序复工")
        yield Annotated(f"construction {number}", article, records, complete=False, weight=WEIGHT)
    for indicator in load_indicators():
        for example in indicator.examples:
            article = _article(example.text, "全市企业有序复工")
            record = _record(example.number, indicator.code)
            yield Annotated(indicator.code, article, [record], complete=False, weight=WEIGHT)
        for text in indicator.counter_examples:
            yield Annotated(indicator.code, _article(text, "全市企业有序复工"), [], weight=WEIGHT)


def _article(text: str, title: str) -> Article:
    return Article(url="", title=title, text=text, published_at=_PUBLISHED)


def _record(number: str, code: str) -> Record:
    return {"quote": number, "number": number, "indicator": code}
