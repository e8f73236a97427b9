"""Weights for the indicator of a number: one table per unit, multinomial logistic regression on chosen evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from resumption.extraction.figures import Figure
from resumption.extraction.judge import NONE, Judge
from resumption.extraction.observe import analyse
from resumption.extraction.role_evidence import table_of
from training.articles import Lesson, records_of

FEWEST = 2
"""Figures that a piece of evidence must stand beside."""
SPARSE, DENSE = 3.0, 0.8
"""Inverse strength of the L1 penalty that chooses the evidence, and of the L2 penalty that weighs it."""
LEAST = 0.05
"""Weights below it are left out."""


@dataclass(slots=True)
class RoleRecorder(Judge):
    """Keeps the evidence of each figure and decides nothing, so that what stands before is what the rules say."""

    kept: list[tuple[Figure, Collection[str]]] = field(default_factory=list)

    def wants(self, figure: Figure) -> bool:
        """Also what rules are sure of."""
        return bool(figure.indicator) or Judge.wants(self, figure)

    def role(self, figure: Figure, evidence: Collection[str]) -> bool:
        """Only kept."""
        self.kept.append((figure, evidence))
        return False


Examples = dict[str, list[tuple[list[str], str]]]
"""Table to evidence and decision of each figure."""


def examples_of(articles: Iterable[Lesson]) -> Examples:
    """Evidence and right decision of every figure that has a unit."""
    found: Examples = {}
    for one in articles:
        recorder = RoleRecorder()
        analysis = analyse(one.article, recorder)
        figures = [figure for figure, _ in recorder.kept]
        records = records_of(figures, one.records, analysis.text.text)
        for place, (figure, evidence) in enumerate(recorder.kept):
            if place not in records and not one.complete:
                continue
            right = records[place]["indicator"] if place in records else NONE
            names = without_white(evidence)
            found.setdefault(table_of(figure.q.unit), []).append((names, right))
    return found


def without_white(evidence: Iterable[str]) -> list[str]:
    """The names that a line of a table can hold, sorted."""
    return sorted(name for name in evidence if not _WHITE & set(name))


_WHITE = frozenset("\t\n\r\u2028\u2029")


def learn(examples: list[tuple[list[str], str]]) -> list[str]:
    """The lines of one table (`resumption/lexicon/learnt.py` says what stands in them)."""
    counts = Counter(name for names, _ in examples for name in names)
    known = sorted(name for name, number in counts.items() if number >= FEWEST)
    x, right = matrix([names for names, _ in examples], known), [decision for _, decision in examples]
    chooser = OneVsRestClassifier(
        LogisticRegression(l1_ratio=1, solver="liblinear", C=SPARSE, tol=1e-3, random_state=0)
    )
    chooser.fit(x, right)
    chosen = np.zeros(len(known), bool)
    for one in chooser.estimators_:
        chosen |= (one.coef_ != 0).ravel()
    known = [name for name, keep in zip(known, chosen, strict=True) if keep]
    model = LogisticRegression(C=DENSE, max_iter=400, tol=1e-3).fit(x[:, chosen], right)
    decisions = [str(decision) for decision in model.classes_]
    lines = ["\t".join(["decisions", *decisions]), _line("", decisions, model.intercept_)]
    lines += [_line(name, decisions, model.coef_[:, place]) for place, name in enumerate(known)]
    return [line for line in lines if "\t" in line]


def _line(name: str, decisions: list[str], weights: Iterable[float]) -> str:
    pairs = [f"{d}={w:.2f}" for d, w in zip(decisions, weights, strict=True) if abs(w) >= LEAST]
    return "\t".join([name, *pairs])


def matrix(rows: list[list[str]], known: list[str]) -> csr_matrix:
    """One row per list of evidence, one column per name in `known`; others are left out."""
    places = {name: place for place, name in enumerate(known)}
    columns = [[places[name] for name in names if name in places] for names in rows]
    starts = np.cumsum([0, *map(len, columns)])
    flat = np.array([place for row in columns for place in row], dtype=np.int32)
    return csr_matrix((np.ones(len(flat), np.float32), flat, starts), (len(columns), len(known)))


def tables(lessons: Iterable[Lesson]) -> dict[str, list[str]]:
    """The lines of all tables of the indicators, by their names."""
    return {name: learn(examples) for name, examples in sorted(examples_of(lessons).items())}
