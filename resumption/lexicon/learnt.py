"""Weights learnt from annotated articles (`training/`): what a piece of evidence says for each decision.

Tables in `learnt/*.tsv`: first line `decisions` and their names; then a line for each piece of evidence, its name and
`decision=weight`, tab between. The line without a name holds what is known before any evidence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from struct import unpack
from typing import Any, NamedTuple

from resumption.lexicon.read import read_table

_SCALE = 100
"""Weights have two decimals."""
_BITS = 32
"""Of one sum: enough for millions of weights."""
_HALF = 1 << (_BITS - 1)


class Weights(NamedTuple):
    """One table. The weights of a piece of evidence stand in one whole number, a field of bits for each decision, so
    that adding them up is one addition."""

    decisions: tuple[str, ...]
    table: dict[str, int]

    def score(self, evidence: Iterable[str]) -> float:
        """The sum of a table of one decision."""
        return self._sum(evidence) / _SCALE

    def scores(self, evidence: Iterable[str]) -> list[float]:
        """Sum of the weights, per decision."""
        return self._unpacked(self._sum(evidence))

    def shares(self, evidence: Iterable[str]) -> list[float]:
        """Probability of each decision; they sum to one."""
        sums = self.scores(evidence)
        most = max(sums)
        parts = [math.exp(s - most) for s in sums]
        whole = sum(parts)
        return [part / whole for part in parts]

    def best(self, evidence: Iterable[str], known: str = "") -> tuple[str, float]:
        """The decision with most evidence and its probability; 1.0, not worked out, if it is the `known` one."""
        sums = self.scores(evidence)
        most = max(sums)
        decision = self.decisions[sums.index(most)]
        return decision, 1.0 if decision == known else 1 / sum([math.exp(s - most) for s in sums])

    def reasons(self, evidence: Iterable[str], decision: str, most: int = 5) -> list[tuple[str, float]]:
        """The pieces of evidence that say most for a decision, with their weights."""
        place = self.decisions.index(decision)
        found = [(name, self._unpacked(self.table[name])[place]) for name in evidence if name in self.table]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]

    def _sum(self, evidence: Iterable[str]) -> int:
        """The weights of all evidence that is known, still in one number: adding nothing would copy it each time."""
        return sum(filter(None, map(self.table.get, evidence)), self.table.get("", 0))

    def _unpacked(self, packed: int) -> list[float]:
        size = len(self.decisions)
        fields = unpack(f"<{size}I", (packed + _middle(size)).to_bytes(size * _BITS // 8, "little"))
        return [(field - _HALF) / _SCALE for field in fields]


@cache
def _middle(size: int) -> int:
    """Half of each of so many fields: with it added, every field is a number above zero and none borrows of the next.

    >>> hex(_middle(2))
    '0x8000000080000000'
    """
    return sum(_HALF << (_BITS * place) for place in range(size))


@cache
def load_weights(name: str) -> Weights:
    """The table `learnt/NAME.tsv`. OSError if there is none.

    >>> weights = load_weights("percent")
    >>> "resumption_rate" in weights.decisions, round(sum(weights.shares(["<率"])), 6)
    (True, 1.0)
    """
    file = f"learnt/{name}.tsv"
    table: dict[str, Any] = read_table(file, (file,), _parse, __name__)
    return Weights(tuple(table["decisions"]), table["rows"])


def _parse(text: str) -> dict[str, Any]:
    lines = text.split("\n")
    decisions = lines[0].split("\t")[1:]
    places = {decision: place for place, decision in enumerate(decisions)}
    rows: dict[str, int] = {}
    for line in lines[1:]:
        name, *pairs = line.split("\t")
        row = 0
        for pair in pairs:
            decision, _, weight = pair.rpartition("=")
            row += round(float(weight) * _SCALE) << (_BITS * places[decision])
        if row:
            rows[name] = row
    return {"decisions": decisions, "rows": rows}
