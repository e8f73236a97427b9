"""Single sentences whose numbers are known: the cases of `tests/cases` and the examples of the lexicon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from resumption.annotated import Record
from resumption.items import Article
from resumption.lexicon.indicators import load_indicators
from training.articles import Lesson

_CASES = Path(__file__).parents[1] / "tests" / "cases" / "constructions.jsonl"
_PUBLISHED = "2020-03-02T09:00:00+08:00"


def read_constructions() -> Iterator[Lesson]:
    """One article for each sentence; a number that is none of the observations has the indicator `-`."""
    for line in _CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        records = [_record(text, code) for text, code in case["found"].items()]
        records += [_record(text, "-") for text in case.get("not", [])]
        article = _article(case["text"], "威海企业有序复工")
        yield Lesson(article, records, complete=False)
    for indicator in load_indicators():
        for example in indicator.examples:
            article = _article(example.text, "全市企业有序复工")
            record = _record(example.number, indicator.code)
            yield Lesson(article, [record], complete=False)
        for text in indicator.counter_examples:
            yield Lesson(_article(text, "全市企业有序复工"), [])


def _article(text: str, title: str) -> Article:
    return Article(url="", title=title, text=text, published_at=_PUBLISHED)


def _record(number: str, code: str) -> Record:
    return {"quote": number, "number": number, "indicator": code}
