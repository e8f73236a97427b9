"""Loads `words.toml`: function words by class, and the words that show what an article is about."""

from __future__ import annotations

from functools import cache

from resumption.lexicon.read import read_toml


@cache
def load_words() -> dict[str, tuple[str, ...]]:
    """Class of function word (`negation`, `target`, `compare` ...) to its words.

    >>> "力争" in load_words()["target"]
    True
    """
    return {key: tuple(words) for key, words in _data()["classes"].items()}


@cache
def load_topic_words() -> tuple[str, ...]:
    """Words that show that an article is about the resumption of work."""
    return tuple(_data()["topic"]["words"])


@cache
def load_weak_topic_words() -> tuple[str, ...]:
    """Words that support the topic words, but do not show it alone."""
    return tuple(_data()["topic"]["weak"])


def _data() -> dict[str, dict[str, list[str]]]:
    return read_toml("words.toml")
