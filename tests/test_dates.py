"""Dates: the table of cases, no wrong year, and nothing guessed without a publication date."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resumption.extraction.characters import normalise
from resumption.extraction.dates import find_dates, find_year

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("cases").joinpath("dates.jsonl").read_text(encoding="utf-8").splitlines()
]
DAYS = st.dates(date(2011, 1, 1), date(2026, 12, 31))


def read(text, published):
    mentions = find_dates(normalise(text).text, published)
    return [
        [m.text, m.value.date.isoformat() if m.value.date else None] for m in mentions if m.value.precision != "clock"
    ]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['published']} {case['text']}" for case in CASES])
def test_case(case):
    published = date.fromisoformat(case["published"]) if case["published"] else None
    assert read(case["text"], published) == [[normalise(words).text, day] for words, day in case["expected"]]


def test_there_are_enough_cases():
    assert len(CASES) >= 400


@settings(max_examples=400, deadline=None)
@given(DAYS, st.integers(0, 240))
def test_a_day_of_the_past_gets_its_year(published, back):
    day = published - timedelta(days=back)
    (mention,) = find_dates(f"截至{day.month}月{day.day}日24时，复工345家", published)
    assert mention.value.date == day


@settings(max_examples=400, deadline=None)
@given(DAYS, st.integers(0, 240))
def test_a_deadline_gets_its_year(published, ahead):
    day = published + timedelta(days=ahead)
    (mention,) = find_dates(f"力争{day.month}月{day.day}日前全部复工", published)
    assert mention.value.date == day
    assert mention.value.role == "deadline"


@settings(max_examples=300, deadline=None)
@given(DAYS)
def test_without_a_publication_date_nothing_is_guessed(day):
    before = day - timedelta(days=1)
    text = f"截至{day.month}月{day.day}日，比{before.day}日多。目前、昨日、月底、正月初十、元宵节、今年3月1日"
    assert all(m.value.date is None for m in find_dates(text))


@settings(max_examples=200, deadline=None)
@given(DAYS)
def test_the_year_of_the_document_helps(day):
    (mention,) = find_dates(f"截至{day.month}月{day.day}日", None, day.year)
    assert mention.value.date == day
    assert mention.value.year_basis == "document"


@settings(max_examples=200, deadline=None)
@given(DAYS, st.integers(-40, 40))
def test_a_written_year_is_believed(published, days):
    day = published - timedelta(days=1000 + days)
    (mention,) = find_dates(f"{day.year}年{day.month}月{day.day}日开工", published)
    assert (mention.value.date, mention.value.year_basis) == (day, "text")


def test_find_year():
    assert find_year("2022年4月18日首批开工，4月20日全部复工") == 2022
    assert find_year("2021年12月与2022年1月") is None
    assert find_year("2023年产值增长6%") is None
    assert find_year("") is None


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("截至2月21日", ["as_of"]),
        ("截止目前", ["as_of"]),
        ("2月22日讯", ["dateline"]),
        ("2月22日，记者从工信局获悉", ["dateline"]),
        ("比2月20日提高", ["comparison"]),
        ("较24日、20日提高", ["comparison", "comparison"]),
        ("自2月10日以来", ["since"]),
        ("2月10日起", ["since"]),
        ("2月底前复工", ["deadline"]),
        ("计划2月底复工", ["deadline"]),
        ("2月20日前后", [""]),
        ("2月20日前往", [""]),
        ("较第二期（2月13日）提高", ["comparison"]),
    ],
)
def test_role(text, roles):
    assert [m.value.role for m in find_dates(text, date(2020, 2, 22))] == roles


WORDS = """
截至 截止 比 较 2 21 29 2020 年 月 日 号 时 点 24时 正月 腊月 初 十 廿 三 ， 。 （ ） 至 - / ： 昨日
目前 月底 前 底 周 春节 第 家
"""
PIECES = [*WORDS.split(), "\n"]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.none() | DAYS)
def test_spans_are_exact_and_apart(text, published):
    last = 0
    for mention in find_dates(text, published):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= last
        last = mention.end


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), DAYS)
def test_any_text_is_read(text, published):
    find_dates(text, published)
