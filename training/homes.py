"""Weights for the home of a document: the place of the figures that name none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from resumption.extraction.characters import normalise
from resumption.extraction.home_evidence import HomeCandidate
from resumption.extraction.judge import Judge, RulesAlone
from resumption.extraction.observe import analyse
from resumption.extraction.score import same_region
from resumption.items import Region, RegionBasis
from training.articles import Lesson
from training.choices import Choice, learn
from training.roles import without_white

FEWEST = 2
"""Articles in which a piece of evidence must stand."""
STRENGTH = 4.0
"""Of the L2 penalty."""


@dataclass(slots=True)
class HomeRecorder(RulesAlone):
    """Keeps the places that may be the home."""

    kept: Sequence[HomeCandidate] = field(default_factory=list)

    def wants_home(self, basis: RegionBasis | None) -> bool:
        """As it is when it decides."""
        return Judge.wants_home(self, basis)

    def home(self, candidates: Sequence[HomeCandidate], rule: Region | None) -> HomeCandidate | None:
        """Only kept."""
        self.kept = candidates
        return None


def choices_of(lessons: Iterable[Lesson]) -> list[list[Choice]]:
    """Per article one choice: the place of most of its records is the right home, if it is named at all."""
    found = []
    for one in lessons:
        regions = Counter(r["region"] for r in one.records if not r.get("optional") and r.get("region"))
        if not regions:
            continue
        recorder = HomeRecorder()
        analyse(one.article, recorder)
        right = normalise(regions.most_common(1)[0][0]).text
        choice = [(without_white(c.evidence), same_region(right, c.region.full_name)) for c in recorder.kept]
        if any(is_right for _, is_right in choice):
            found.append([choice])
    return found


def tables(lessons: Iterable[Lesson]) -> dict[str, list[str]]:
    """The lines of the table of the homes, by its name."""
    return {"home": learn(choices_of(one for one in lessons if one.complete), "home", FEWEST, STRENGTH)}
