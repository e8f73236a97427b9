"""What holds for a figure without standing beside it: day and place, each read from the nearest frame that names one.

Sentence before paragraph before document: a day or place of a sentence ends with it; 截至 holds for the paragraph, the
first 截至 for the document. Lists of places and lists of figures are paired one to one or not at all.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from resumption.extraction.dates import DateValue
from resumption.extraction.figures import Figure
from resumption.extraction.regions import Frame, Place
from resumption.extraction.words import Is
from resumption.items import AsOfBasis, Mention, Region, RegionBasis

_JOINTS = frozenset({"、", "和", "及", "与", "以及", "，"})


class AsOf(NamedTuple):
    """The day that a figure describes; `day` None if its year cannot be known."""

    day: date | None
    text: str | None
    basis: AsOfBasis | None


class Where(NamedTuple):
    """The place of a figure; `shared` if one figure stands for all places of a list."""

    regions: tuple[Region, ...]
    basis: RegionBasis | None
    ambiguous: tuple[Region, ...] = ()
    shared: bool = False
    end: int = 0
    """Where its name ends in the text, 0 if it stands elsewhere."""


@dataclass(slots=True)
class Frames:
    """The days and places of one document, in text order."""

    dates: tuple[Mention, ...]
    places: tuple[Mention, ...]
    published: date | None
    document: Frame
    home_basis: RegionBasis | None = None
    reporting: Mention | None = None
    """The first 截至 of the document."""

    def __post_init__(self) -> None:
        stated = [m for m in self.dates if _value(m).role == "as_of" and _value(m).precision not in ("clock", "vague")]
        self.reporting = next((m for m in stated if m.text not in _NOW), None)

    def as_of(self, figure: Figure, sentence: tuple[int, int], paragraph: tuple[int, int], target: bool) -> AsOf:
        """The day of a figure."""
        at = figure.q.start
        if target:
            return self._deadline(figure, sentence)
        for mention in reversed(self._within(self.dates, sentence[0], at)):
            value = _value(mention)
            if (
                value.precision in ("clock", "vague", "year")
                or value.role in ("dateline", "since", "deadline")
                or value.future
            ):
                continue
            if mention.text in _NOW:
                break
            attached = at - mention.end <= 1 or (at - mention.end <= 6 and value.role != "comparison")
            if value.role == "comparison" and not attached:
                continue
            return AsOf(value.date, mention.text, AsOfBasis.STATED)
        for mention in reversed(self._within(self.dates, paragraph[0], sentence[0])):
            value = _value(mention)
            if value.role == "as_of" and value.precision not in ("clock", "vague") and mention.text not in _NOW:
                return AsOf(value.date, mention.text, AsOfBasis.INHERITED)
        if self.reporting is not None:
            return AsOf(_value(self.reporting).date, self.reporting.text, AsOfBasis.INHERITED)
        return AsOf(self.published, None, AsOfBasis.PUBLISHED if self.published else None)

    def _deadline(self, figure: Figure, sentence: tuple[int, int]) -> AsOf:
        for mention in reversed(self._within(self.dates, sentence[0], figure.q.start)):
            value = _value(mention)
            if (
                value.role in ("dateline", "comparison", "since")
                or value.precision in ("clock", "vague")
                or mention.text in _NOW
            ):
                continue
            if (
                value.role == "deadline"
                or value.future
                or value.date is None
                or self.published is None
                or value.date > self.published
            ):
                return AsOf(value.date, mention.text, AsOfBasis.STATED)
        return AsOf(self.published, None, AsOfBasis.PUBLISHED if self.published else None)

    def deadline_between(self, start: int, end: int) -> bool:
        """True if a day still to come is named there: 3月5日前, 到2月底."""
        for mention in self._within(self.dates, start, end):
            value = _value(mention)
            if value.precision in ("clock", "vague") or value.role in ("comparison", "since"):
                continue
            if value.date is not None and self.published is not None and value.date > self.published:
                return True
            if value.role == "deadline" and self.published is None:
                return True
        return False

    def home(self) -> Where:
        """The document's own place."""
        region = self.document.home
        return Where((region,) if region else (), self.home_basis if region else None)

    def where(self, figure: Figure, figures: list[Figure], sentence: tuple[int, int], text: str) -> Where:
        """The place of a figure: the nearest one before it in its sentence that it can belong to, else the document's."""
        named = [
            m
            for m in self._within(self.places, sentence[0], figure.q.start)
            if not _place(m).role and not _place(m).in_name
        ]
        semicolon = text.rfind("；", sentence[0], figure.q.start)
        if not named:
            return self.home()
        last = named[-1]
        if last.start < semicolon and _place(last).form != "anaphor":
            wide = [m for m in named if m.start < semicolon]
            if len(named) == len(wide) and not any(_place(m).form == "anaphor" for m in wide[-1:]):
                first = named[0]
                narrow = _list_ending(named, len(named) - 1, text)
                if len(narrow) > 1 or first is not last:
                    return self._anaphor_or_home(named)
        group = _list_ending(named, len(named) - 1, text)
        run = _run_after(figures, last.end, text)
        if figure in run and len(run) > 1:
            place = run.index(figure)
            if len(group) == len(run):
                return _of(group[place])
            singles = _singles(named, semicolon)
            if len(singles) == len(run) and figure_said_respectively(run[0]):
                return _of(singles[place])
        if len(group) > 1:
            regions = tuple(r for m in group if (r := _place(m).region) is not None)
            return Where(regions, RegionBasis.STATED, shared=True, end=last.end)
        singles = _singles(named, semicolon)
        later = [f for f in figures if f.q.start > last.end]
        if later and figure in later and figure_said_respectively(_first_of_run(figure, figures, text)):
            run = _run_of(figure, figures, text)
            if len(singles) == len(run) > 1:
                return _of(singles[run.index(figure)])
        return _of(last)

    def _anaphor_or_home(self, named: list[Mention]) -> Where:
        for mention in reversed(named):
            if _place(mention).form == "anaphor":
                return _of(mention)
        return self.home()

    def _within(self, mentions: tuple[Mention, ...], start: int, end: int) -> list[Mention]:
        low = bisect_left(mentions, start, key=lambda m: m.start)
        high = bisect_left(mentions, end, key=lambda m: m.start)
        return [m for m in mentions[low:high] if m.end <= end]


_NOW = frozenset({"目前", "眼下", "当前", "现在", "如今", "截至目前", "到目前", "至今", "截至今日"})


def figure_said_respectively(figure: Figure) -> bool:
    """True if 分别 or 依次 stands before it."""
    return any(w.flags & Is.RESPECTIVELY for w in figure.left)


def _of(mention: Mention) -> Where:
    place = _place(mention)
    if place.region is None:
        return Where((), None, ambiguous=place.candidates, end=mention.end)
    return Where((place.region,), RegionBasis.STATED, end=mention.end)


def _list_ending(named: list[Mention], index: int, text: str) -> list[Mention]:
    """The places joined by 、 or 和 that end with the one at `index`."""
    group = [named[index]]
    while index and text[named[index - 1].end : named[index].start].strip("“” 0123456789市县区省等") in _JOINTS - {
        "，"
    }:
        index -= 1
        group.insert(0, named[index])
    return group


def _singles(named: list[Mention], semicolon: int) -> list[Mention]:
    return [m for m in named if m.start > semicolon and _place(m).form != "anaphor"]


def _run_after(figures: list[Figure], position: int, text: str) -> list[Figure]:
    """The figures of one kind in a row that begin after a position: 98.6%、97.2%和96.4%."""
    first = next((f for f in figures if f.q.start >= position), None)
    return _run_of(first, figures, text) if first is not None else []


def _run_of(figure: Figure, figures: list[Figure], text: str) -> list[Figure]:
    run = [figure]
    for other in figures[figure.index + 1 :]:
        if (
            other.q.unit is not figure.q.unit
            or text[run[-1].q.end : other.q.start].strip("左右以上多余约近超 ") not in _JOINTS
        ):
            break
        run.append(other)
    for other in reversed(figures[: figure.index]):
        if (
            other.q.unit is not figure.q.unit
            or text[other.q.end : run[0].q.start].strip("左右以上多余约近超 ") not in _JOINTS
        ):
            break
        run.insert(0, other)
    return run


def _first_of_run(figure: Figure, figures: list[Figure], text: str) -> Figure:
    return _run_of(figure, figures, text)[0]


def _value(mention: Mention) -> DateValue:
    assert isinstance(mention.value, DateValue)
    return mention.value


def _place(mention: Mention) -> Place:
    assert isinstance(mention.value, Place)
    return mention.value
