"""Loads `populations.toml`: head nouns by class and modifiers with their canonical codes."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from resumption.lexicon.read import read_toml


class Populations(NamedTuple):
    """Words that make up the name of a group."""

    heads: dict[str, tuple[str, ...]]
    """Class (`enterprise`, `project`, `worker`) to head nouns."""
    modifiers: dict[str, dict[str, tuple[str, ...]]]
    """Dimension (`size`, `sector`, `ownership`) to code to words."""
    company_names: tuple[str, ...]
    """How a company's own name ends."""
    company_pronouns: tuple[str, ...]
    """Words for a company named before: 该公司, 厂里."""
    begins_after: tuple[str, ...]
    """Words that are never part of a group's name: it begins after them."""


@cache
def load_populations() -> Populations:
    """The word lists of `populations.toml`.

    >>> load_populations().modifiers["size"]["above_scale"][0]
    '规上'
    """
    data = read_toml("populations.toml")
    return Populations(
        heads={key: tuple(words) for key, words in data["heads"].items()},
        modifiers={
            dimension: {code: tuple(words) for code, words in codes.items()}
            for dimension, codes in data["modifiers"].items()
        },
        company_names=tuple(data["own_company"]["names"]),
        company_pronouns=tuple(data["own_company"]["pronouns"]),
        begins_after=tuple(data["phrase"]["begins_after"]),
    )
