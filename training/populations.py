"""Weights for the group of a figure: which of the phrases around it names who is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from resumption.extraction.characters import normalise
from resumption.extraction.figures import Figure
from resumption.extraction.judge import RulesAlone
from resumption.extraction.observe import analyse
from resumption.extraction.population_evidence import PopulationCandidate
from resumption.extraction.score import same_population
from training.articles import Lesson, records_of
from training.choices import Choice, learn
from training.roles import without_white

FEWEST = 2
"""Articles in which a piece of evidence must stand."""
STRENGTH = 2.0
"""Of the L2 penalty."""
_NEAR_BEST = 0.15
"""A phrase is a right one if it agrees with the record almost as well as the best of the candidates."""


@dataclass(slots=True)
class PopulationRecorder(RulesAlone):
    """Keeps the phrases that each figure may be of."""

    kept: list[tuple[Figure, Sequence[PopulationCandidate]]] = field(default_factory=list)

    def wants_population(self) -> bool:
        """Always."""
        return True

    def population(self, figure: Figure, candidates: Sequence[PopulationCandidate]) -> str:
        """Only kept."""
        self.kept.append((figure, candidates))
        return candidates[0].phrase


def agreement(gold: str, phrase: str) -> float:
    """How well a phrase agrees with the annotated one: 0 to 1, 2 if they are the same.

    >>> agreement("规上工业企业", "规上工业企业"), agreement("规上工业企业", "在建项目")
    (2.0, 0.0)
    """
    if gold == phrase:
        return 2.0
    if not same_population(gold, phrase):
        return 0.0
    a, b = (Counter(text[i : i + 2] for i in range(len(text) - 1)) for text in (gold, phrase))
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def choices_of(lessons: Iterable[Lesson]) -> list[list[Choice]]:
    """Per article: the choices of figures whose record names a group that is among the candidates."""
    found = []
    for one in lessons:
        recorder = PopulationRecorder()
        analysis = analyse(one.article, recorder)
        records = records_of([figure for figure, _ in recorder.kept], one.records, analysis.text.text)
        choices = []
        for place, record in sorted(records.items()):
            figure, candidates = recorder.kept[place]
            gold = normalise(record.get("population") or "").text
            if not gold or record["indicator"] != figure.indicator:
                continue
            agreements = [agreement(gold, candidate.phrase) for candidate in candidates]
            best = max(agreements)
            if best:
                choices.append(
                    [
                        (without_white(candidate.evidence), value > 0 and value >= best - _NEAR_BEST)
                        for candidate, value in zip(candidates, agreements, strict=True)
                    ]
                )
        found.append(choices)
    return found


def tables(lessons: Iterable[Lesson]) -> dict[str, list[str]]:
    """The lines of the table of the groups, by its name."""
    choices = choices_of(one for one in lessons if one.complete)
    return {"population": learn(choices, "population", FEWEST, STRENGTH)}
