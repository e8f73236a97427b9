"""Numerals: the table of cases, and writing then reading is the identity.

A million numerals are the full size: `RESUMPTION_FULL=1 pytest tests/test_numbers.py`.
"""

import json
import os
import random
from fractions import Fraction
from pathlib import Path

import pytest

from resumption.extraction.numbers import parse_numeral
from resumption.extraction.quantities import find_quantities

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("cases").joinpath("numbers.jsonl").read_text(encoding="utf-8").splitlines()
]
SIZE = 1_000_000 if os.environ.get("RESUMPTION_FULL") else 20_000


@pytest.mark.parametrize("case", CASES, ids=[case["text"] or "empty" for case in CASES])
def test_case(case):
    expected = None if case["value"] is None else Fraction(case["value"])
    assert parse_numeral(case["text"]) == expected


def written(value: int) -> str:
    """`value` as a Chinese numeral, by the school rules, written apart from the reader."""
    if value == 0:
        return "零"
    groups = []
    while value:
        value, group = divmod(value, 10_000)
        groups.append(group)
    text = ""
    gap = False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += "零"
        gap = False
        text += _group(group) + ("", "万", "亿")[index]
    return text


def _group(value: int) -> str:
    text = ""
    zero = False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            text += ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        else:
            zero = True
    return text


def drawn(random_source: random.Random) -> int:
    """Small and round numbers as often as large and crooked ones."""
    value = random_source.randrange(10 ** random_source.randint(1, 12))
    return value // (step := 10 ** random_source.randint(0, 5)) * step


def test_chinese_numerals_round_trip():
    source = random.Random(20200221)
    for _ in range(SIZE):
        value = drawn(source)
        assert parse_numeral(written(value)) == value, value
        if 10 <= value < 20:
            assert parse_numeral(written(value).removeprefix("一")) == value


def test_colloquial_numerals_round_trip():
    """两 for 二 before a multiplier, and no 零 forgotten: 两千零二 is 2002."""
    source = random.Random(7)
    for _ in range(SIZE // 4):
        value = drawn(source)
        text = written(value)
        for name in "千万亿百":
            text = text.replace("二" + name, "两" + name)
        if text != "两十":
            assert parse_numeral(text) == value, text


def test_digits_round_trip():
    source = random.Random(11)
    for _ in range(SIZE // 4):
        value, places = drawn(source), source.randint(0, 3)
        exact = Fraction(value, 10**places)
        whole, rest = divmod(value, 10**places)
        decimals = f".{rest:0{places}d}" if places else ""
        multiplier, scale = source.choice((("", 1), ("万", 10**4), ("亿", 10**8), ("百万", 10**6), ("万亿", 10**12)))
        assert parse_numeral(f"{whole}{decimals}{multiplier}") == exact * scale
        assert parse_numeral(f"{whole:,}{decimals}{multiplier}") == exact * scale


def test_numerals_round_trip_in_a_sentence():
    source = random.Random(3)
    for _ in range(SIZE // 20):
        value = drawn(source) + 2
        for number in (written(value), str(value), f"{value:,}"):
            if number[0] in "百千万亿":
                continue
            text = f"全市已有{number}家企业复工。"
            (quantity,) = find_quantities(text)
            assert quantity.text == number + "家"
            assert quantity.value == value
