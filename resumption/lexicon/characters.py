"""Loads `characters.tsv` (forms of one character) and `wrapped_words.txt` (words that a line break splits)."""

from __future__ import annotations

from functools import cache

from resumption.lexicon.read import read_table, read_text


@cache
def load_characters() -> dict[str, str]:
    """One character to the one it is read as: traditional to simplified, full- to half-width, one sign of several.

    Both sides are exactly one code point, so offsets do not move. Raises ValueError with the line number on a bad row.

    >>> [load_characters()[c] for c in "萬％，" if c in load_characters()]
    ['万', '%']
    """
    found: dict[str, str] = read_table("characters.table", ("characters.tsv",), _parse_characters, __name__)
    return found


def _parse_characters(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    lines = text.splitlines()
    for number, line in enumerate(lines[1:], 2):
        code, target, _kind = line.split("\t")
        source = chr(int(code, 16))
        target = " " if target == "SPACE" else target
        if len(target) != 1 or source == target or source in found:
            raise ValueError(
                f"characters.tsv line {number}: {code} must map once to one other character, not {target!r}"
            )
        found[source] = target
    return found


@cache
def load_wrapped_words() -> frozenset[str]:
    """Two-character pieces of words: `开复↵工率` is one word because 复工 is in this list.

    >>> "复工" in load_wrapped_words()
    True
    """
    text = read_text("wrapped_words.txt")
    words = frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
    if bad := [word for word in words if len(word) != 2]:
        raise ValueError(f"wrapped_words.txt: {bad[0]!r} is not two characters")
    return words
