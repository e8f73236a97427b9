"""Numerals to exact values: digits with thousands separators and 万/亿, Chinese numerals, and mixtures of both.

Nothing is rounded: 28.38万 is 283800, 九十四点六 is 94.6, because values are ratios of whole numbers until the end.
"""

from __future__ import annotations

from fractions import Fraction

from resumption.extraction import lazy_re as re

DIGITS = r"[0-9](?:[0-9]{0,2}+(?:[，, ][0-9]{3})+(?![0-9])|[0-9]*+)(?:\.[0-9]+)?"
"""A number in digits, thousands separated or not."""
CHINESE = "零〇一二两三四五六七八九十百千万亿"
"""Characters that a Chinese numeral is made of, beside 点."""

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_MULTIPLIER = _SMALL | _LARGE
_DECIMAL = re.compile(rf"({DIGITS})([十百千万亿]*)")
_SEPARATORS = str.maketrans("", "", "，, ")


def parse_digits(text: str) -> Fraction:
    """Value of a number that matches `DIGITS`.

    >>> parse_digits("1，236.5")
    Fraction(2473, 2)
    """
    text = text.translate(_SEPARATORS)
    whole, _, decimals = text.partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def parse_multiplier(text: str) -> int:
    """Value of a row of multipliers behind a number, "" is 1.

    >>> parse_multiplier("万亿"), parse_multiplier("百万")
    (1000000000000, 1000000)
    """
    value = 1
    for character in text:
        value *= _MULTIPLIER[character]
    return value


def parse_numeral(text: str) -> Fraction | None:
    """Value of a whole numeral in digits or Chinese, or None if it is not one.

    >>> [str(parse_numeral(n)) for n in ("28.38万", "两万三千", "一千二", "九十四点六", "二〇二〇", "1,236")]
    ['283800', '23000', '1200', '473/5', '2020', '1236']
    >>> parse_numeral("三五") is None, parse_numeral("百千") is None
    (True, True)
    """
    if decimal := _DECIMAL.fullmatch(text):
        return parse_digits(decimal[1]) * parse_multiplier(decimal[2])
    whole, point, decimals = text.partition("点")
    if not point:
        value = parse_chinese_integer(whole)
        return None if value is None else Fraction(value)
    tail = decimals.rstrip("万亿")
    scale = parse_multiplier(decimals[len(tail) :])
    value = parse_chinese_integer(whole)
    if value is None or not tail or any(c not in _DIGIT for c in tail):
        return None
    digits = int("".join(str(_DIGIT[c]) for c in tail))
    return (value + Fraction(digits, 10 ** len(tail))) * scale


def parse_chinese_integer(text: str) -> int | None:
    """Value of a Chinese integer, or None: multipliers have to descend inside a group of 万 or 亿.

    Read as people read it: 一千二 is 1200, 一万零五 is 10005, a row of digits (二〇二〇) is positional if it has a 〇
    or three digits; two digits alone (三五家) are an approximation and no numeral.

    >>> [parse_chinese_integer(n) for n in ("十二", "一百零六", "一万二", "三亿五千万", "一万亿", "百", "万三百")]
    [12, 106, 12000, 350000000, 1000000000000, 100, None]
    """
    if not text:
        return None
    if all(c in _DIGIT for c in text):
        if len(text) == 2 and not set(text) & {"〇", "零"}:
            return None
        return int("".join(str(_DIGIT[c]) for c in text))
    total = 0
    for large, factor in (("亿", 10**8), ("万", 10**4)):
        head, found, text = text.rpartition(large)
        if not found:
            continue
        value = parse_chinese_integer(head) if head else 1
        if value is None or (large == "万" and value >= 10**4) or (head == "" and text):
            return None
        total += value * factor
        if not text:
            return total
        if len(text) == 1 and text in _DIGIT:
            return total + _DIGIT[text] * factor // 10
        if text[0] in "零〇":
            text = text[1:]
    value = _parse_group(text, bool(total))
    return None if value is None else total + value


def _parse_group(text: str, continued: bool) -> int | None:
    """Value below 10000: 三千五百二十, 三千零五, 三百五 (350), 十二; `continued`: higher digits stood before."""
    total = 0
    digit: int | None = None
    last = 10**4
    skipped = False
    for position, character in enumerate(text):
        if character in _SMALL:
            scale = _SMALL[character]
            headless = digit is None and (position > 0 or (continued and scale > 10))
            after_zero = digit is None and scale == 10 and skipped and last > 10
            if (scale >= last or digit == 0 or headless) and not after_zero:
                return None
            total += scale * (1 if digit is None else digit)
            last, digit, skipped = scale, None, False
        elif character in "零〇":
            if digit is not None or skipped:
                return None
            skipped = True
        elif character in _DIGIT:
            if digit is not None:
                return None
            digit = _DIGIT[character]
        else:
            return None
    if digit is None:
        return None if skipped else total
    if last > 10 and last < 10**4 and not skipped:
        return total + digit * last // 10
    return total + digit
