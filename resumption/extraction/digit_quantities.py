"""Quantities in digits: one expression reads number, multiplier and unit in a single pass.

Most numbers have a unit and nothing odd beside them; they are settled in the loop itself. All others go through
`_not_a_number` (telephone, ordinal, document number) and `_quantity`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.extraction.numbers import DIGITS, parse_digits, parse_multiplier
from resumption.extraction.quantity_words import (
    ABOUT_SO_MANY,
    LAST_DAY,
    MULTIPLIER,
    PREFIX_ENDS,
    SUFFIX_STARTS,
    UNIT_PATTERN,
    UNITS,
    WORDS,
    Quantity,
    comparator_of,
    half_and_more,
    is_ranked,
)
from resumption.items import Comparator, Mention, Unit

QUANTITY = re.compile(
    rf"({DIGITS})([余多几来])?({MULTIPLIER})?([余多来])? ?({UNIT_PATTERN})?(/[年月日天人户家小时吨]+)?"
)
"""Groups: number, 余/多 before and after the multiplier, multiplier, unit word, per what."""


_SEPARATED = re.compile(r"[，, ]")
_SCALES = {a + b: parse_multiplier(a + b) for a in ("", "十", "百", "千", "万") for b in ("万", "亿", "千", "百")}
_SIGN_BEFORE = frozenset("0123456789%-/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz号万亿")
"""A hyphen behind one of these joins; behind anything else it is a minus sign."""
_AFTER_COUNT = frozenset("半多余" + UNITS.slogan_after)


class _Plan(NamedTuple):
    """What a unit word means where nothing odd stands beside the number."""

    unit: Unit | None
    numerator: int
    denominator: int
    odd_after: frozenset[str]
    """Characters behind the word that ask for a closer look."""


def _plan(word: str) -> _Plan:
    entry = WORDS[word]
    odd = set(entry.not_before)
    if word == "个":
        odd |= _AFTER_COUNT
    if word == "日":
        odd.add("内")
    if entry.unit is Unit.HOUR:
        odd |= {"内", *(words[0] for words in UNITS.slogan_hours)}
    return _Plan(entry.unit, *entry.factor.as_integer_ratio(), frozenset(odd))


_PLANS = {word: _plan(word) for word in WORDS}
_ODD_BEFORE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz第_#@&=/.〔[［〕×*：-")
"""Signs before a number that ask for a closer look."""
_COMPARED_BEFORE = PREFIX_ENDS | {"的"}
_MORE = {"余": Comparator.GT, "多": Comparator.GT, "几": Comparator.GT, "来": Comparator.APPROX}


def read_digits(text: str, masks: list[Mention] | None) -> list[Quantity]:
    """Quantities in digits, in order; what is none is appended to `masks` with its reason."""
    found: list[Quantity] = []
    size = len(text)
    position = 0
    while (match := QUANTITY.search(text, position)) is not None:
        number, before, multiplier, after, word, per = match.groups()
        start, end = match.span()
        position = end
        if word is None and " " in number:
            position = start + number.index(" ")  # 213 209: two cells of a row
        if len(number) > _LONGEST:
            if masks is not None:
                _mask(masks, match, "telephone or code")
            continue
        ahead = text[start - 1] if start else "\n"
        if word is not None and per is None and ahead not in _ODD_BEFORE:
            unit, numerator, denominator, odd_after = _PLANS[word]
            behind = text[end] if end < size else ""
            if behind not in odd_after:
                roughly = (before or after) if word == "号" else None
                if unit is None and not roughly:
                    if masks is not None:
                        _mask(masks, match, f"number before {word}")
                    continue
                if multiplier is None and numerator == denominator and number.isdigit():
                    value = float(number)
                else:
                    value = _value(number, multiplier, numerator, denominator)
                if behind in SUFFIX_STARTS or ahead in _COMPARED_BEFORE:
                    comparator, cue = comparator_of(text, start, end, unit)
                else:
                    comparator, cue = _EQ, None
                if word in ABOUT_SO_MANY or roughly:
                    if value < LAST_DAY:
                        continue  # 20多号: a day
                    unit, before = Unit.PERSON, roughly or word[0]
                if (before or after) and comparator is _EQ:
                    comparator = _MORE[before or after]
                found.append(Quantity(start, end, text[start:end], value, unit, word, comparator, cue, None, _RULE))
                continue
        reason = _not_a_number(text, match)
        if reason:
            if masks is not None:
                masks.append(Mention(start, match.end(1), number, reason, reason))
            continue
        quantity = _quantity(text, match)
        if not isinstance(quantity, str):
            found.append(quantity if quantity.unit is not None else _tenths_of_digits(text, quantity))
        elif masks is not None:
            _mask(masks, match, quantity)
    return _spoken(text, found)


_HEAD = re.compile(r"[0-9]{1,4}([万千])")
_REST = re.compile(r"[0-9]([千百])")


def _spoken(text: str, found: list[Quantity]) -> list[Quantity]:
    """1万2千多人, 3千5百家: numerals as they are spoken, with digits, are one number."""
    for place in range(len(found) - 2, -1, -1):
        head, rest = found[place], found[place + 1]
        if head.end != rest.start or head.unit is not None:
            continue
        upper, lower = _HEAD.fullmatch(head.text), _REST.match(rest.text)
        if upper is None or lower is None or upper[1] == lower[1]:
            continue
        whole = replace(rest, start=head.start, text=text[head.start : rest.end], value=head.value + rest.value)
        found[place : place + 2] = [whole]
    return found


_LONGEST = 24
"""Characters of a number; a longer row of digits counts nothing, and would not fit into a float."""
_EQ = Comparator.EQ
_RULE = "<digits> <unit>"


def _mask(masks: list[Mention], match: re.Match[str], reason: str) -> None:
    masks.append(Mention(*match.span(), match.group(), reason, reason))


def _value(number: str, multiplier: str | None, numerator: int, denominator: int) -> float:
    """The number in the base of its unit. Division of whole numbers rounds once, so 28.38万 is exactly 283800."""
    whole, _, decimals = number.partition(".")
    if not whole.isdigit():
        whole = _SEPARATED.sub("", whole)
    if multiplier:
        numerator *= _SCALES[multiplier]
    return int(whole + decimals) * numerator / (denominator * 10 ** len(decimals))


def _shorter(text: str, word: str, end: int) -> tuple[str | None, int]:
    """The unit that is left of 个人 where 才 follows: 个. Only units of factor 1 have such words."""
    for size in range(len(word) - 1, 0, -1):
        entry = WORDS.get(word[:size])
        stop = end - len(word) + size
        if entry and entry.unit and entry.factor == 1 and not entry.begins_a_word(text, stop):
            return word[:size], stop
    return None, end


def _not_a_number(text: str, match: re.Match[str]) -> str:
    """Reason why these digits are no number, from the signs around them; "" if they may be one."""
    start, end = match.span(1)
    digits, word = match[1], match[5]
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before == "第" or is_ranked(text, start, word or ""):
        return "ordinal"
    if before.isascii() and (before.isalpha() or before in "_#@&=/."):
        return "part of a name, address or code"
    if before in "〔[［" and after in "〕]］":
        return "document number"
    if before == "〕" and word == "号":
        return "document number"
    if word is None and not match[3]:
        if after.isascii() and after.isalpha():
            return "part of a name"
        if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
            return "telephone or code"
        if len(digits) >= 7 and digits.isdigit():
            return "telephone or code"
        if after in "-/：" and text[end + 1 : end + 2].isdigit() and not _range_follows(text, end):
            return "date, clock time, telephone or code"
        if before in "-：/" and start > 1 and text[start - 2].isdigit() and after != "成":
            return "date, clock time, telephone or code"
        if before in "\n（；。： " and len(digits) <= 2 and after in "、.）":
            return "number of a list"
        if after in "+×" or before == "+" or (before in "“‘" and after in "”’"):
            return "part of a name"
        if before == "-" and start > 1 and text[start - 2] in "号%万亿":
            return "date, clock time, telephone or code"
    elif before in "×xX*" and word:
        return "service hours"
    elif before == "：" and start > 1 and text[start - 2].isdigit() and word is None:
        return "clock time"
    return ""


@cache
def _range_tail() -> re.Pattern[str]:
    return re.compile(rf"-{DIGITS}(?:{MULTIPLIER})?(?:{UNIT_PATTERN}|成)")


def _range_follows(text: str, end: int) -> bool:
    return text[end] == "-" and _range_tail().match(text, end) is not None


def _quantity(text: str, match: re.Match[str]) -> Quantity | str:
    """The quantity of a match of QUANTITY, or the reason why there is none."""
    start = match.start()
    number, before, multiplier, after, word, per = match.groups()
    end = match.end(5) if word else match.end(4) if after else match.end(3) if multiplier else match.end(1)
    unit: Unit | None = None
    numerator, denominator = 1, 1
    classifier = ""
    if word:
        entry = WORDS[word]
        if entry.begins_a_word(text, end):
            word, end = _shorter(text, word, end)
            if word is None:
                end = match.end(4) if after else match.end(3) if multiplier else match.end(1)
            else:
                unit, classifier = WORDS[word].unit, word
        elif entry.unit is None:
            if not (word == "日" and text.startswith("内", end) and text[start - 1 : start] != "月"):
                return f"number before {word}"
            unit, numerator, classifier = Unit.HOUR, 24, "日"
        else:
            unit, classifier = entry.unit, word
            numerator, denominator = entry.factor.as_integer_ratio()
            if per and unit is not Unit.PERCENT:
                end = match.end(6)
    if word is None:
        if " " in number:
            number = number.partition(" ")[0]
            end = start + len(number)
            multiplier = before = after = None
        elif (before or after) and end == match.end(4):
            # 300多企业: 多 is the comparator, it stands at the edge
            end = match.end(3) if multiplier else match.end(1)
        elif before and not multiplier:
            end = match.end(1)
    elif word == "个" and text[end : end + 1] in _AFTER_COUNT and end < len(text):
        return _counted(text, start, end, number, multiplier, before or after)
    if unit is Unit.HOUR and text.startswith(UNITS.slogan_hours, end):
        return "slogan"
    value = _value(number, multiplier, numerator, denominator)
    comparator, cue = comparator_of(text, start, end, unit)
    if comparator is Comparator.EQ and (before or after) in ("余", "多", "几", "来"):
        comparator = Comparator.APPROX if (before or after) == "来" else Comparator.GT
    if start and text[start - 1] == "-" and (start == 1 or _SIGN_BEFORE.isdisjoint(text[start - 2])):
        start, value = start - 1, -value
    return Quantity(start, end, text[start:end], value, unit, classifier, comparator, cue)


def _counted(text: str, start: int, end: int, number: str, multiplier: str | None, more: str | None) -> Quantity | str:
    """5个 before 半, 多, 余 (a time) or before what makes it a slogan: 4个一."""
    exact = parse_digits(number) * parse_multiplier(multiplier or "")
    unit, exact, stop, classifier, more = half_and_more(text, Unit.COUNT, exact, end, "个", more)
    if classifier == "个" and UNITS.is_slogan(text, end) and exact < 10:
        return "slogan"
    comparator, cue = comparator_of(text, start, stop, unit)
    if comparator is Comparator.EQ and more:
        comparator = Comparator.APPROX if more == "来" else Comparator.GT
    return Quantity(start, stop, text[start:stop], float(exact), unit, classifier, comparator, cue)


_NOT_TENTHS = frozenset("立为功员果本长交品熟型效绩都套人年片形")


def _tenths_of_digits(text: str, q: Quantity) -> Quantity:
    """7成 is 70 percent, as 七成 is."""
    end = q.end + 1
    if q.value > 10 or text[q.end : end] != "成":
        return q
    if text[end : end + 1] in _NOT_TENTHS and not text.startswith(("员工", "人员", "人手"), end):
        return q
    comparator, cue = comparator_of(text, q.start, end, Unit.PERCENT)
    return Quantity(
        q.start, end, text[q.start : end], q.value * 10, Unit.PERCENT, "成", comparator, cue, q.high, "<n> 成"
    )
