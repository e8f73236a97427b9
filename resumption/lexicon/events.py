"""Loads `events/*.toml`: the words that only one kind of event uses. A new event is a new file there."""

from __future__ import annotations

from functools import cache

from resumption.lexicon.indicators import LexiconError
from resumption.lexicon.read import list_files, read_toml


@cache
def load_events() -> dict[str, dict[str, tuple[str, ...]]]:
    """Event name to word class to words. Raises LexiconError with the file name for anything but lists of words.

    >>> "煤矿" in load_events()["mine"]["enterprise"]
    True
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name in list_files("events"):
        if not name.endswith(".toml"):
            continue
        data = read_toml(f"events/{name}")
        words = data.get("words")
        if set(data) != {"words"} or not isinstance(words, dict):
            raise LexiconError(f"events/{name}: expected one table [words]")
        for key, value in words.items():
            if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
                raise LexiconError(f"events/{name}: {key} must be a list of words")
        found[name[:-5]] = {key: tuple(value) for key, value in words.items()}
    return found
