"""Loads `compounds.toml`: words that are made of a head and a tail (恢复营业 + 率), so that no list holds them all."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from resumption.lexicon.indicators import LexiconError
from resumption.lexicon.read import read_toml


class Compound(NamedTuple):
    """Words of one pattern: names of the indicator `code`, or verbs of the word class `group`; the other is ""."""

    code: str
    group: str
    words: tuple[str, ...]


@cache
def load_compounds() -> tuple[Compound, ...]:
    """All patterns in file order, their words made. Raises LexiconError for a pattern that names neither or both.

    >>> made = {word: c.code for c in load_compounds() if c.code for word in c.words}
    >>> made["恢复经营比例"], made["返厂率"]
    ('resumption_rate', 'worker_return_rate')
    """
    found = []
    for entry in read_toml("compounds.toml")["compound"]:
        code, group = entry.get("code", ""), entry.get("class", "")
        if bool(code) == bool(group) or set(entry) - {"code", "class", "heads", "tails"}:
            raise LexiconError(f"compounds.toml: a pattern needs either code or class, heads and tails: {entry}")
        found.append(Compound(code, group, tuple(head + tail for head in entry["heads"] for tail in entry["tails"])))
    return tuple(found)
