"""Loads `damage.toml`: what an event breaks beside the works of firms, and what says that it was broken or mended."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from resumption.lexicon.read import read_toml


class Damage(NamedTuple):
    """Words of reports on damage."""

    works: tuple[str, ...]
    """Roads, lines, water works."""
    homes: tuple[str, ...]
    schools: tuple[str, ...]
    broken: tuple[str, ...]
    mended: tuple[str, ...]


@cache
def load_damage() -> Damage:
    """The word lists of `damage.toml`, the longest word first.

    >>> "公路" in load_damage().works, "农房" in load_damage().homes, "抢通" in load_damage().mended
    (True, True, True)
    """
    data = read_toml("damage.toml")
    return Damage(*(tuple(sorted(data[name], key=len, reverse=True)) for name in Damage._fields))
