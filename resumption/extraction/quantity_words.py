"""What stands around a number: the record of a quantity, its unit words, and the comparators before and behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from resumption.extraction import lazy_re as re
from resumption.items import Comparator, Unit
from resumption.lexicon.units import UnitWord, load_comparators, load_units

Span = tuple[int, int]


@dataclass(slots=True)
class Quantity:
    """A number and what it counts. Offsets are code points of the text that was read; `text` is its slice.

    No tuple and not frozen, because its fields are read all the time; nobody changes one.
    """

    start: int
    end: int
    text: str
    """As written, with multiplier and unit, without comparator: `28.38万人`, `四百余家`, `80%-90%`."""
    value: float
    """In the base of its unit: 28.38万 is 283800, 3天 is 72 hours; the lower end of a range."""
    unit: Unit | None
    """None if nothing that counts follows (200多万务工人员, 申请数29814)."""
    classifier: str = ""
    """The unit word as read: `家`, `万吨` gives `吨`; "" if there is none."""
    comparator: Comparator = Comparator.EQ
    cue: Span | None = None
    """Span of the comparator word, if it stands outside `text`: 近, 以上."""
    high: float | None = None
    """The upper end of a range, None if it is no range."""
    rule: str = "<digits> <unit>"

    @property
    def begin(self) -> int:
        """Where it begins with the comparator word before it: 近 of 近300人; `start` if there is none."""
        return self.cue[0] if self.cue and self.cue[0] < self.start else self.start

    @property
    def is_range(self) -> bool:
        """True for 80%-90%, 三至五成, 两三百名."""
        return self.high is not None


def pattern_of_longest(words: Iterable[str]) -> str:
    """Pattern of the longest of `words`, with common beginnings shared, so that it is linear and quick."""
    branches: dict[str, list[str]] = {}
    ends = False
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    if not branches:
        return ""
    single = [re.escape(first) for first, rest in branches.items() if rest == [""]]
    parts = [re.escape(first) + pattern_of_longest(rest) for first, rest in branches.items() if rest != [""]]
    if single:
        parts.insert(0, single[0] if len(single) == 1 else "[" + "".join(single) + "]")
    joined = parts[0] if len(parts) == 1 and not ends else "(?:" + "|".join(parts) + ")"
    return joined + "?" if ends else joined


UNITS = load_units()
"""Everything of `units.toml`."""
WORDS = UNITS.words
_COMPARATORS = load_comparators()
MULTIPLIER = r"万亿|[十百千]?亿|[十百千]?万|千(?![瓦克米卡伏])|百(?!分|度)"
UNIT_PATTERN = pattern_of_longest(WORDS)
ABOUT_SO_MANY = frozenset({"来号", "多号"})
"""三百来号: so many people, roughly."""
LAST_DAY = 32
"""From here on 来号 and 多号 count people; below they may be a day of the month (二十多号)."""


def unit_at(text: str, word: str, end: int) -> UnitWord | None:
    """Entry of a unit word that ends at `end`, or None if it is the beginning of another word there."""
    entry = WORDS[word]
    return None if entry.begins_a_word(text, end) else entry


def _by_sign(words: Iterable[str], at: int) -> dict[str, tuple[str, ...]]:
    """Words by their character `at` (0 the first, -1 the last), the longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        found.setdefault(word[at], []).append(word)
    return {sign: tuple(words) for sign, words in found.items()}


_PREFIXES = _by_sign(_COMPARATORS.prefixes, -1)
_ROUND_PREFIXES = _by_sign(_COMPARATORS.round_prefixes, -1)
_SUFFIXES = _by_sign(_COMPARATORS.suffixes, 0)
PREFIX_ENDS = frozenset(_PREFIXES) | frozenset(_ROUND_PREFIXES)
SUFFIX_STARTS = frozenset(_SUFFIXES)


def _prefix(text: str, start: int, round_number: bool) -> tuple[Comparator, Span] | None:
    sign = text[start - 1]
    for word in _PREFIXES.get(sign, ()):
        begin = start - len(word)
        if begin >= 0 and text.startswith(word, begin):
            code, not_after = _COMPARATORS.prefixes[word]
            if begin and text[begin - 1] in not_after:
                break
            return code, (begin, start)
    for word in _ROUND_PREFIXES.get(sign, ()) if round_number else ():
        begin = start - len(word)
        if begin >= 0 and text.startswith(word, begin):
            code, not_after = _COMPARATORS.round_prefixes[word]
            return None if begin and text[begin - 1] in not_after else (code, (begin, start))
    return None


_SHARE_OF = re.compile(r"(?<![节签预合违履])(约)占[^，。；约]{1,8}的$")
"""约占总数的七成: 约 stands before the whole phrase."""
_SHORT_SUFFIX = frozenset("多余强")
_MEASURES = frozenset({Unit.PERCENT, Unit.HOUR, Unit.TONNE, Unit.CNY, Unit.KWH, Unit.KW, None})


def comparator_of(
    text: str, start: int, end: int, unit: Unit | None, round_number: bool = False
) -> tuple[Comparator, Span | None]:
    """Comparator word directly before or behind a number, and where it stands."""
    for word in _SUFFIXES.get(text[end : end + 1], ()):
        if text.startswith(word, end):
            after = end + len(word)
            if word not in _SHORT_SUFFIX or (
                unit in _MEASURES and (word != "余" or not text[after : after + 1].isalpha())
            ):
                return _COMPARATORS.suffixes[word], (end, after)
            break
    if unit is Unit.HOUR and text.startswith("内", end):
        return Comparator.LE, (end, end + 1)
    if start and text[start - 1] in PREFIX_ENDS and (found := _prefix(text, start, round_number)):
        return found
    if start > 3 and text[start - 1] == "的" and (far := _SHARE_OF.search(text, max(0, start - 12), start)):
        return Comparator.APPROX, far.span(1)
    return Comparator.EQ, None


def half_and_more(
    text: str, unit: Unit, value: Fraction, end: int, classifier: str, before: str | None
) -> tuple[Unit, Fraction, int, str, str | None]:
    """2个半小时 and 3个多月: 个 belongs to the time word behind it."""
    for tail, half, more in (("半小时", True, False), ("多小时", False, True), ("余小时", False, True)):
        if text.startswith(tail, end):
            return Unit.HOUR, value + (Fraction(1, 2) if half else 0), end + 3, "小时", "多" if more else before
    for tail in ("多月", "半月", "余月"):
        if text.startswith(tail, end):
            return Unit.OTHER, value, end + 2, "个月", "多"
    return unit, value, end, classifier, before


_TIME_BEFORE = frozenset("目之以日此年节当提天月午生")
"""Characters with which 前 is a time: 目前三位."""


def is_ranked(text: str, start: int, word: str) -> bool:
    """True for the rank in 排在前三位, 前10名: nobody is counted."""
    return word in ("位", "名", "强", "甲") and text[start - 1 : start] == "前" and text[start - 2] not in _TIME_BEFORE
