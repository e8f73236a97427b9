"""Weights for the day of a figure: which of the days that an article names it is of (conditional logit)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from scipy.optimize import minimize

from resumption.extraction.day_evidence import Candidate
from resumption.extraction.figures import Figure
from resumption.extraction.judge import RulesAlone
from resumption.extraction.observe import analyse
from resumption.items import AsOfBasis
from training.articles import Lesson, records_of
from training.roles import matrix, without_white

FEWEST = 6
"""Articles in which a piece of evidence must stand."""
STRENGTH = 3.0
"""Of the L2 penalty."""
LEAST = 0.03
"""Weights below it are left out."""


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


Choice = list[tuple[list[str], bool]]
"""For each day its evidence, and whether it is the right one."""


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


def learn(articles: list[list[Choice]]) -> list[str]:
    """The lines of the table; its one decision is `day`."""
    counts = Counter(
        name for choices in articles for name in {name for choice in choices for names, _ in choice for name in names}
    )
    known = sorted(name for name, number in counts.items() if number >= FEWEST)
    days = [day for choices in articles for choice in choices for day in choice]
    x = matrix([names for names, _ in days], known)
    right = np.array([is_right for _, is_right in days], float)
    sizes = [len(choice) for choices in articles for choice in choices]
    starts = np.cumsum([0, *sizes[:-1]])
    of = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = x @ weights
        parts = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        whole, good = np.add.reduceat(parts, starts), np.add.reduceat(parts * right, starts)
        slope = x.T @ (parts / whole[of] - parts * right / good[of]) + STRENGTH * weights
        return float(np.log(whole / good).sum() + STRENGTH / 2 * weights @ weights), slope

    best = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    lines = [f"{name}\tday={w:.2f}" for name, w in zip(known, best, strict=True) if abs(w) >= LEAST]
    return ["decisions\tday", *lines]


def tables(lessons: Iterable[Lesson]) -> dict[str, list[str]]:
    """The lines of the table of the days, by its name."""
    return {"days": learn(choices_of(one for one in lessons if one.complete))}
