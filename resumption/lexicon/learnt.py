"""Weights learnt from annotated articles (`training/`): what a piece of evidence says for each decision.

Tables in `learnt/*.tsv`: first line `decisions` and their names; then a line for each piece of evidence, its name and
`decision=weight`, tab between. The line without a name holds what is known before any evidence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from resumption.lexicon.read import read_table


@dataclass(frozen=True, slots=True)
class Weights:
    """One table: for each piece of evidence the places of decisions and their weights."""

    decisions: tuple[str, ...]
    table: dict[str, list[float]]
    """Place, weight, place, weight …"""

    def scores(self, evidence: Iterable[str]) -> list[float]:
        """Sum of the weights, per decision."""
        table = self.table
        sums = [0.0] * len(self.decisions)
        for name in ("", *evidence):
            row = table.get(name)
            if row is not None:
                for k in range(0, len(row), 2):
                    sums[int(row[k])] += row[k + 1]
        return sums

    def shares(self, evidence: Iterable[str]) -> list[float]:
        """Probability of each decision; they sum to one."""
        sums = self.scores(evidence)
        most = max(sums)
        parts = [math.exp(s - most) for s in sums]
        whole = sum(parts)
        return [part / whole for part in parts]

    def reasons(self, evidence: Iterable[str], decision: str, most: int = 5) -> list[tuple[str, float]]:
        """The pieces of evidence that say most for a decision, with their weights."""
        place = self.decisions.index(decision)
        found = []
        for name in evidence:
            row = self.table.get(name, ())
            found += [(name, row[k + 1]) for k in range(0, len(row), 2) if row[k] == place]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]


@cache
def load_weights(name: str) -> Weights:
    """The table `learnt/NAME.tsv`. OSError if there is none.

    >>> weights = load_weights("percent")
    >>> shares = weights.shares(["named=resumption_rate", "<率", "<工率"])
    >>> weights.decisions[shares.index(max(shares))]
    'resumption_rate'
    """
    file = f"learnt/{name}.tsv"
    table: dict[str, Any] = read_table(file, (file,), _parse, __name__)
    return Weights(tuple(table["decisions"]), table["rows"])


def _parse(text: str) -> dict[str, Any]:
    lines = text.split("\n")
    decisions = lines[0].split("\t")[1:]
    places = {decision: place for place, decision in enumerate(decisions)}
    rows: dict[str, list[float]] = {}
    for line in lines[1:]:
        name, *pairs = line.split("\t")
        row: list[float] = []
        for pair in pairs:
            decision, _, weight = pair.rpartition("=")
            row += (places[decision], float(weight))
        if row:
            rows[name] = row
    return {"decisions": decisions, "rows": rows}
