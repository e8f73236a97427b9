"""Weights for the day of a figure: which of the days that an article names it is of (conditional logit)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from resumption.extraction.day_evidence import Candidate
from resumption.extraction.figures import Figure
from resumption.extraction.judge import RulesAlone
from resumption.extraction.observe import analyse
from resumption.items import AsOfBasis
from training.articles import Lesson, records_of
from training.choices import Choice, learn
from training.roles import without_white

FEWEST = 6
"""Articles in which a piece of evidence must stand."""
STRENGTH = 10.0
"""Of the L2 penalty."""


@dataclass(slots=True)
class DayRecorder(RulesAlone):
    """Keeps the days that each figure may be of."""

    kept: list[tuple[Figure, Sequence[Candidate]]] = field(default_factory=list)

    def wants_day(self, basis: AsOfBasis | None) -> bool:
        """Always."""
        return True

    def day(self, figure: Figure, candidates: Sequence[Candidate], rule: date | None) -> Candidate | None:
        """Only kept."""
        self.kept.append((figure, candidates))
        return None


def choices_of(articles: Iterable[Lesson]) -> list[list[Choice]]:
    """Per article: the choices whose right day is among those named."""
    found = []
    for one in articles:
        recorder = DayRecorder()
        analysis = analyse(one.article, recorder)
        records = records_of([figure for figure, _ in recorder.kept], one.records, analysis.text.text)
        choices = []
        for place, record in sorted(records.items()):
            right = record.get("as_of")
            choice = [(without_white(c.evidence), c.day.isoformat() == right) for c in recorder.kept[place][1]]
            if any(is_right for _, is_right in choice):
                choices.append(choice)
        found.append(choices)
    return found


def tables(lessons: Iterable[Lesson]) -> dict[str, list[str]]:
    """The lines of the table of the days, by its name."""
    return {"days": learn(choices_of(one for one in lessons if one.complete), "day", FEWEST, STRENGTH)}
