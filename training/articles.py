"""What is learnt from: annotated articles (docs/annotation.md), and the number that each record is of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from resumption.annotated import Record, read_annotated
from resumption.extraction.characters import normalise
from resumption.extraction.figures import Figure
from resumption.items import Article


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article and its records."""

    article: Article
    records: list[Record]
    complete: bool = True
    """A number without a record is no observation; otherwise nothing is known of it."""


def read_lessons(folder: Path) -> Iterator[Lesson]:
    """The annotated articles of a folder in the order of their names. ValueError for a file that is broken."""
    for one in read_annotated(folder):
        if one.article is not None:
            yield Lesson(one.article, one.records)


def records_of(figures: list[Figure], records: list[Record], text: str) -> dict[int, Record]:
    """Place in `figures` to the record that is of this number; figures without one are none of the observations.

    A record is of the figure of its value that lies inside its quote, else of the first of its value that is left;
    mandatory records choose before optional ones. `text` is the normalised one that the figures are of.
    """
    found: dict[int, Record] = {}
    for record in sorted(records, key=lambda r: bool(r.get("optional"))):
        quote = normalise(record.get("quote") or "").text.strip()
        number = normalise(record.get("number") or "").text.strip()
        chosen: tuple[tuple[bool, int], int] | None = None
        at = text.find(quote) if quote else -1
        while at >= 0:
            start = at + max(quote.find(number), 0)
            for place, figure in enumerate(figures):
                if place in found or figure.q.start >= start + max(1, len(number)) or figure.q.end <= start:
                    continue
                key = _same_value(figure, record), -abs(figure.q.start - start)
                if chosen is None or key > chosen[0]:
                    chosen = key, place
            at = text.find(quote, at + 1)
        if chosen is None:
            left = (p for p, f in enumerate(figures) if p not in found and _same_value(f, record))
            place = next(left, -1)
        else:
            place = chosen[1]
        if place >= 0:
            found[place] = record
    return found


def _same_value(figure: Figure, record: Record) -> bool:
    value = abs(float(record.get("value") or 0))
    return abs(abs(float(figure.q.value)) - value) <= 1e-6 * max(1.0, value) + 0.01
