"""Loads `indicators.toml`: what an article can state, the words that show it, and examples of both sides."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from resumption.items import Unit
from resumption.lexicon.read import read_toml

_KEYS = {"code", "label", "units", "names", "verbs", "nouns", "examples", "counter_examples"}


class Example(NamedTuple):
    """A sentence and the number in it that is an observation of the indicator."""

    text: str
    number: str


class Indicator(NamedTuple):
    """One thing that can be stated about the resumption of work."""

    code: str
    label: str
    units: tuple[Unit, ...]
    """Units its values can have, the usual one first."""
    names: tuple[str, ...] = ()
    """Words that name the figure itself: 复工率."""
    verbs: tuple[str, ...] = ()
    """What was done: 复工, 接回."""
    nouns: tuple[str, ...] = ()
    """What is counted, where that alone shows the indicator: 通行证."""
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[str, ...] = ()


class LexiconError(ValueError):
    """A lexicon file that breaks its own rules; the message names the file and the entry."""


@cache
def load_indicators() -> tuple[Indicator, ...]:
    """All indicators in file order. Raises LexiconError naming the entry that is wrong.

    >>> {i.code: i for i in load_indicators()}["resumption_rate"].names[0]
    '复工率'
    """
    data = read_toml("indicators.toml")
    found = tuple(_indicator(entry) for entry in data["indicator"])
    codes = [indicator.code for indicator in found]
    if len(set(codes)) != len(codes):
        raise LexiconError("indicators.toml: a code stands twice")
    return found


def _indicator(entry: dict[str, object]) -> Indicator:
    code = str(entry.get("code", "?"))
    if unknown := set(entry) - _KEYS:
        raise LexiconError(f"indicators.toml: {code} has unknown keys {sorted(unknown)}")
    examples = entry.get("examples", [])
    assert isinstance(examples, list)
    return Indicator(
        code=code,
        label=str(entry["label"]),
        units=tuple(Unit(unit) for unit in _words(entry, "units")),
        names=_words(entry, "names"),
        verbs=_words(entry, "verbs"),
        nouns=_words(entry, "nouns"),
        examples=tuple(Example(text=e["text"], number=e["number"]) for e in examples),
        counter_examples=_words(entry, "counter_examples"),
    )


def _words(entry: dict[str, object], key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise LexiconError(f"indicators.toml: {entry.get('code')}.{key} must be a list of words")
    return tuple(value)
