"""Loads `units.toml` and `comparators.toml`: what a number counts and how exact it is meant."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple

from resumption.items import Comparator, Unit
from resumption.lexicon.read import read_toml


class UnitWord(NamedTuple):
    """A word behind a number; `unit` None means that the number before it is no quantity (a date, a road, an age)."""

    word: str
    unit: Unit | None
    factor: Fraction = Fraction(1)
    """Brings a value to the base of its unit: 24 for 天, 1/1000 for 公斤."""
    digits_only: bool = False
    not_before: str = ""
    """Characters that, if one follows, make it the beginning of another word: 口 before 罩."""
    still_before: tuple[str, ...] = ()
    """Words that begin with one of these characters, before which it is the unit all the same: 电子 behind 家."""

    def begins_a_word(self, text: str, end: int) -> bool:
        """True if the word that ends at `end` is the beginning of another one there: 家 of 家具.

        >>> unit = load_units().words["家"]
        >>> unit.begins_a_word("12家具企业", 3), unit.begins_a_word("12家电子企业", 3)
        (True, False)
        """
        if not self.not_before or text[end : end + 1] not in self.not_before or end >= len(text):
            return False
        return not text.startswith(self.still_before, end)


class Units(NamedTuple):
    """Everything of `units.toml`."""

    words: dict[str, UnitWord]
    idioms: tuple[str, ...]
    """Words that begin like a Chinese numeral with its classifier and count nothing: 千家万户."""
    slogan_hours: tuple[str, ...]
    """What follows 24小时 when it is a slogan: 不关机."""
    slogan_after: str
    """Characters that follow the classifier of a slogan: 一 in 五个一."""
    counted: tuple[str, ...]
    """Words that begin with one of these characters and can be counted: 化工 in 三个化工项目."""

    def is_slogan(self, text: str, end: int) -> bool:
        """True if what follows a 个 that ends at `end` makes it a slogan: 四个一.

        >>> load_units().is_slogan("四个一", 2), load_units().is_slogan("三个化工项目", 2)
        (True, False)
        """
        after = text[end : end + 1]
        return bool(after) and after in self.slogan_after and not text.startswith(self.counted, end)


class Comparators(NamedTuple):
    """Everything of `comparators.toml`: words and the characters before which they are not what they look like."""

    prefixes: dict[str, tuple[Comparator, str]]
    suffixes: dict[str, Comparator]
    round_prefixes: dict[str, tuple[Comparator, str]]


@cache
def load_units() -> Units:
    """Unit words, idioms and slogans. Raises ValueError naming the word if one is listed with two meanings.

    >>> load_units().words["天"].factor, load_units().words["家"].unit
    (Fraction(24, 1), <Unit.COUNT: 'count'>)
    """
    data = read_toml("units.toml")
    words: dict[str, UnitWord] = {}
    not_before, still_before = data["not_before"], data["still_before"]
    for table in data["unit"]:
        for word in dict.fromkeys(table["words"]):
            if word in words:
                raise ValueError(f"units.toml: {word} stands in two tables")
            words[word] = UnitWord(
                word,
                Unit(table["unit"]),
                Fraction(table.get("factor", "1")),
                table.get("only") == "digits",
                not_before.get(word, ""),
                tuple(still_before.get(word, ())),
            )
    for word in data["not_a_quantity"]["words"]:
        if word in words:
            raise ValueError(f"units.toml: {word} is both a unit and not a quantity")
        words[word] = UnitWord(word, None)
    slogans = data["slogans"]
    return Units(
        words=words,
        idioms=tuple(data["idioms"]["words"]),
        slogan_hours=tuple(slogans["after_hours"]),
        slogan_after=slogans["after_classifier"],
        counted=tuple(slogans["counted"]),
    )


@cache
def load_comparators() -> Comparators:
    """Comparator words by where they stand. Raises ValueError naming a word that is listed twice.

    >>> load_comparators().suffixes["以上"]
    <Comparator.GE: 'ge'>
    """
    data = read_toml("comparators.toml")
    found = Comparators({}, {}, {})
    for table in data["comparator"]:
        code = Comparator(table["code"])
        for word in table["prefix"]:
            if word in found.prefixes:
                raise ValueError(f"comparators.toml: prefix {word} stands in two tables")
            found.prefixes[word] = (code, table.get("not_after", ""))
        for word in table["suffix"]:
            if word in found.suffixes:
                raise ValueError(f"comparators.toml: suffix {word} stands in two tables")
            found.suffixes[word] = code
    for table in data["round"]:
        for word in table["prefix"]:
            found.round_prefixes[word] = (Comparator(table["code"]), table.get("not_after", ""))
    return found
