"""Quantities: the table of cases, and what holds for every text."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from resumption.extraction.characters import normalise
from resumption.extraction.quantities import find_masks, find_quantities

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("cases").joinpath("quantities.jsonl").read_text(encoding="utf-8").splitlines()
]
WORDS = """
复工 企业 1,236 345 28.38 万 亿 家 户 人 名 个 个百分点 % 成 半 百分之 三分之一 九 十 百 千 余 多 近 超 以上 左右 不足
一半 至 - — ~ 、 ， 。 （ ） 第 号 年 月 日 时 2020 元 千瓦时 小时 天 吨 一 两 几 “ ” 0631 G / ： 点 +
"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_case(case):
    text = normalise(case["text"]).text
    found = [[q.text, q.value, q.unit, str(q.comparator)] for q in find_quantities(text)]
    expected = [[normalise(w).text, value, unit, comparator] for w, value, unit, comparator in case["expected"]]
    assert found == expected


@pytest.mark.parametrize("case", [c for c in CASES if "百" not in c["text"] and "-" not in c["text"]])
def test_surroundings_change_nothing(case):
    """A case keeps its quantities inside a sentence with a figure before and after it."""
    text = normalise("全县345家企业。" + case["text"] + "。另有78名员工").text
    assert [q.text for q in find_quantities(text)][1:-1] == [normalise(e[0]).text for e in case["expected"]]


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
@example("1,236，345家")
@example("-")
def test_spans_are_exact_and_apart(text):
    text = normalise(text).text
    last = 0
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.start >= last
        assert quantity.start < quantity.end
        last = quantity.end
        assert not quantity.is_range or quantity.high > quantity.value
        if quantity.cue:
            assert 0 <= quantity.cue[0] < quantity.cue[1] <= len(text)
            assert quantity.cue[1] <= quantity.start or quantity.cue[0] >= quantity.end


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_masks_are_exact(text):
    text = normalise(text).text
    for mask in find_masks(text):
        assert text[mask.start : mask.end] == mask.text
        assert mask.rule


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read(text):
    find_quantities(normalise(text).text)


@settings(max_examples=500, deadline=None)
@given(st.integers(1, 10**9), st.integers(0, 3), st.sampled_from(["", "万", "亿"]), st.sampled_from(["家", "人", "元"]))
def test_decimals_are_exact(digits, places, multiplier, unit):
    """28.38万 is 283800 and not 283799.99: the value equals the nearest float of the exact decimal."""
    from decimal import Decimal

    number = str(Decimal(digits).scaleb(-places))
    if "E" in number:
        return
    scale = {"": 1, "万": 10**4, "亿": 10**8}[multiplier]
    (quantity,) = find_quantities(f"共{number}{multiplier}{unit}。")
    assert quantity.value == float(Decimal(number) * scale)


def test_thousands_separators_do_not_matter():
    for plain, separated in (("1236", "1,236"), ("1236", "1，236"), ("12345678", "12,345,678")):
        first, second = (find_quantities(normalise(f"共{n}家").text)[0] for n in (plain, separated))
        assert first.value == second.value
        assert first.unit is second.unit


def test_full_width_equals_half_width():
    wide = str.maketrans({**{str(d): chr(0xFF10 + d) for d in range(10)}, "%": "％", ".": "．", ",": "，"})
    for case in CASES:
        half, full = normalise(case["text"]), normalise(case["text"].translate(wide))
        assert find_quantities(half.text) == find_quantities(full.text)


@pytest.mark.parametrize("digits", [25, 400, 5000])
def test_a_row_of_digits_counts_nothing(digits):
    text = f"企业复工{'9' * digits}亿家，复工率{'8' * digits}.5%，返岗3人"
    assert [q.text for q in find_quantities(text)] == ["3人"]
    assert [m.rule for m in find_masks(text)] == ["telephone or code"] * 2
