"""Loads `firms.toml`: how the names of firms are built."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from resumption.lexicon.read import read_toml


class Firms(NamedTuple):
    """Words that firms' names end with, and words that make a kind of these."""

    trades: tuple[str, ...]
    goods: tuple[str, ...]
    """Trades that are goods as often: they end a name only with a form behind them."""
    forms: tuple[str, ...]
    kinds: frozenset[str]


@cache
def load_firms() -> Firms:
    """The word lists of `firms.toml`.

    >>> "陶瓷" in load_firms().trades, "公司" in load_firms().forms, "绿色" in load_firms().kinds
    (True, True, True)
    """
    data = read_toml("firms.toml")
    return Firms(tuple(data["trades"]), tuple(data["goods"]), tuple(data["forms"]), frozenset(data["kinds"]))
