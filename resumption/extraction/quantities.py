"""Numbers with what they count, on a normalised text.

Digits first: one expression reads number, multiplier and unit in a single pass. Chinese numerals come second and count
only where a unit, 成 or 分之 follows, so that 一起 and 统一 are no numbers. What looks like a number and is none
(telephone, ordinal, document number, road, slogan) is left out here with a reason that `find_masks` shows.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from operator import attrgetter

from resumption.extraction.chinese_quantities import read_chinese
from resumption.extraction.digit_quantities import QUANTITY, read_digits
from resumption.extraction.numbers import parse_digits
from resumption.extraction.quantity_words import Quantity
from resumption.items import Comparator, Mention, Unit

__all__ = ["Quantity", "find_masks", "find_quantities"]


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of a normalised text, in order, none overlapping another.

    >>> [(q.text, q.value, str(q.unit), str(q.comparator)) for q in find_quantities("超1.2万家企业复工，返岗近九成")]
    [('1.2万家', 12000.0, 'count', 'gt'), ('九成', 90.0, 'percent', 'approx')]
    """
    return tuple(_read(text, None))


def find_masks(text: str) -> tuple[Mention, ...]:
    """What looks like a quantity and is none, with the reason in `rule` and `value`.

    >>> [(m.text, m.rule) for m in find_masks("第3批，热线0631-5213515")]
    [('3', 'ordinal'), ('0631', 'telephone or code'), ('5213515', 'telephone or code')]
    """
    masks: list[Mention] = []
    _read(text, masks)
    return tuple(sorted(masks, key=lambda mask: mask.start))


def _read(text: str, masks: list[Mention] | None) -> list[Quantity]:
    quantities = read_digits(text, masks)
    chinese = read_chinese(text, quantities, masks)
    if chinese:
        # 百分之85 holds the digits that the first pass took for a number of its own
        for fraction in chinese:
            if fraction.classifier == "分之":
                quantities = [q for q in quantities if not fraction.start <= q.start < fraction.end]
        quantities += chinese
        quantities.sort(key=_start)
    return _joined(text, quantities)


_start = attrgetter("start")
_DASHES = frozenset({"-", "—", "——", "~", "～", "至", "到"})
_AFTER_LIST = frozenset("、和及与，")


def _joined(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Ranges become one quantity; in 提高1.3个、9.6个百分点 the first gets the unit of the second."""
    found: list[Quantity] = []
    for quantity in quantities:
        while found:
            previous = found[-1]
            if quantity.start - previous.end > 2:
                break
            between = text[previous.end : quantity.start]
            if between in _DASHES and (joined := _range(text, previous, quantity)):
                found.pop()
                quantity = joined
                continue
            if between in _AFTER_LIST and between:
                _share_unit(found, quantity)
            break
        found.append(quantity)
    return found


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    if low.is_range or high.is_range or (low.start and text[low.start - 1] in "由从自"):
        return None
    if low.unit is not None and low.unit is not high.unit:
        return None
    if high.unit is None and low.unit is None:
        return None
    value = low.value
    if low.unit is None and high.value > 0 and value < high.value:
        scale = _scale(high)
        value = float(Fraction(str(value)) * scale) if "万" not in low.text and "亿" not in low.text else value
    if value >= high.value:
        return None
    cue = low.cue or high.cue
    return Quantity(
        low.start,
        high.end,
        text[low.start : high.end],
        value,
        high.unit,
        high.classifier,
        Comparator.GE,
        cue,
        high.value,
        "<low> - <high>",
    )


def _scale(high: Quantity) -> Fraction:
    """How much larger the value of `high` is than its digits: 万 and 天 in 1.5-2万人, 5~6天 hold for both ends."""
    if match := QUANTITY.match(high.text):
        digits = parse_digits(match[1])
        return Fraction(high.value).limit_denominator(10**9) / digits if digits else Fraction(1)
    return Fraction(1)


def _share_unit(found: list[Quantity], quantity: Quantity) -> None:
    for index in range(len(found) - 1, -1, -1):
        earlier = found[index]
        bare = earlier.unit is None and "." in earlier.text and not earlier.is_range
        if quantity.unit is Unit.PERCENTAGE_POINT and (earlier.classifier == "个" or bare):
            found[index] = replace(earlier, unit=Unit.PERCENTAGE_POINT, rule="<n>个、<n>个百分点")
        elif quantity.classifier == "%" and bare:
            found[index] = replace(earlier, unit=Unit.PERCENT, classifier="%", rule="<n>、<n>%")
        else:
            return
        if index and earlier.start - found[index - 1].end != 1:
            return
        quantity = found[index] if quantity.classifier == "%" and index else quantity
