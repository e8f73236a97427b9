"""Where a text names a day: candidates of all kinds, in order, without overlaps.

Each kind has its own pattern; kinds that few texts have are looked for only where a sign that they need is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.extraction.numbers import parse_chinese_integer
from resumption.lexicon.calendar import load_calendar

Candidate = tuple[int, int, str]
"""Start, end and kind of a date mention."""

_TAIL = "份|底|末|初|上旬|中旬|下旬|中"
_N = "0-9〇零一二三四五六七八九十廿"
SOLAR = re.compile(
    rf"[{_N}]{{1,4}} ?(?:年(?: ?[{_N}]{{1,3}} ?月(?: ?[{_N}]{{1,3}} ?[日号]|{_TAIL})?)?"
    rf"|月(?: ?[{_N}]{{1,3}} ?[日号]|{_TAIL})?|[日号])"
)
FIRST_MONTHS = re.compile(r"前([2-9一二三四五六七八九十]|1[01])个月(?!内|时间)")
"""前5个月: from January on."""
ISO = re.compile(r"[12][0-9]{3}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])")
HOUR = re.compile(
    rf"(?:凌晨|上午|中午|下午|晚上|晚|早上|早|零时|)[{_N}]{{1,3}}[时点](?:[{_N}]{{1,3}}分|半|许|整|钟)?(?!代)"
)
CLOCK = re.compile(r"[0-9]{1,2}：[0-9]{2}(?:：[0-9]{2})?(?![0-9])")
LUNAR_DAY = re.compile(r"初[一二三四五六七八九十](?![中小级高期步年班学])")
_NUMBER = re.compile("[0-9]+")
_WEEKDAY_SIGN = re.compile("[周期拜][一二三四五六日天末]")
_CLOCK_SIGN = re.compile("：[0-9]{2}")
_HOUR_SIGN = re.compile(rf"[时点](?<=[{_N}].)")
_HOUR_LENGTH = 5
"""Characters of `HOUR` before 时 or 点, at most: 凌晨 and three of a numeral."""
CALENDAR = load_calendar()
_WORDS = CALENDAR.words
_SIZES: dict[str, tuple[int, ...]] = {}
"""Lengths of the calendar words that begin with two characters, the longest first."""
for _word in sorted(_WORDS, key=len, reverse=True):
    _SIZES[_word[:2]] = tuple(dict.fromkeys((*_SIZES.get(_word[:2], ()), len(_word))))
_FIRST, _SECOND = ("".join(sorted(set(signs))) for signs in zip(*_SIZES, strict=True))
_WORD_PAIR = re.compile(f"[{_FIRST}](?=[{_SECOND}])")
_SOLAR_PARTS = re.compile(rf"(?:([{_N}]{{1,4}})年)?(?:([{_N}]{{1,4}})月)?(?:([{_N}]{{1,4}})[日号]|({_TAIL}))?$")
_AFTER_SPOKEN_DAY = frozenset("，零上下中晚早凌")
_NOT_DAY_AFTER = frozenset("线楼门文令机厂院馆矿井库仓桥均产内游")
_BEFORE_DAY = frozenset("至到在于自从比较、，和及。；（与\n")
_BEFORE_NO_LUNAR_DAY = ("月", "当", "最", "起", "年")
_LUNAR_SIGNS = ("正月", "腊月", "冬月", "初", "廿", "农历")
"""What `_is_lunar` asks for: a text without any of them has no lunar date."""
LUNAR_MONTH = {"正": 1, "腊": 12, "冬": 11} | {c: i for i, c in enumerate("二三四五六七八九十", 2)}


@cache
def lunar_pattern() -> re.Pattern[str]:
    """A day of a lunar month: 正月初十, 腊月廿三. Compiled for the first text that may have one."""
    return re.compile(
        r"[正腊冬闰二三四五六七八九十][一二月][月]?(?:初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?"
        r"|廿[一二三四五六七八九]?|[0-9]{1,2}|[底末])(?![日号0-9])"
    )


@cache
def weekday_pattern() -> re.Pattern[str]:
    """上周五, 星期天."""
    return re.compile(
        r"[本上下这][个]?(?:周|星期|礼拜)[一二三四五六日天末]|(?:周|星期|礼拜)[一二三四五六日天](?![期转末报])"
    )


def word_at(text: str, start: int) -> str:
    """The longest calendar word that begins there, "" if none does.

    >>> word_at("当日18时", 0)
    '当日'
    """
    for size in _SIZES.get(text[start : start + 2], ()):
        if text[start : start + size] in _WORDS:
            return text[start : start + size]
    return ""


class Parts(NamedTuple):
    """The parts of a solar date as written, None where one is missing, and their numbers."""

    year: str | None
    month: str | None
    day: str | None
    tail: str | None
    """底, 上旬, 份 …"""
    months: int | None
    days: int | None


@lru_cache(maxsize=8192)
def parts_of(piece: str) -> Parts | None:
    """Parts of a solar date that may have taken in a clock time (2月21日24时); None if it is none.

    >>> parts_of("2月21日24时")
    Parts(year=None, month='2', day='21', tail=None, months=2, days=21)
    """
    if "时" in piece or "点" in piece:
        piece = HOUR.sub("", piece)
    parts = _SOLAR_PARTS.match(CLOCK.sub("", piece).replace(" ", ""))
    if parts is None:
        return None
    year, month, day, tail = parts.groups()
    return Parts(year, month, day, tail, number_of(month) if month else None, number_of(day) if day else None)


def find_candidates(text: str) -> Iterator[Candidate]:
    """Span and kind of every date mention; a clock time right behind a day belongs to it."""
    found: list[Candidate] = []
    for match in SOLAR.finditer(text):
        start, end = match.span()
        if _is_solar(text, start, end, match.group()):
            found.append((start, end, "<solar date>"))
    if "个月" in text:
        found.extend((*match.span(), "<first months>") for match in FIRST_MONTHS.finditer(text))
    for match in ISO.finditer(text):
        if not (match.start() and text[match.start() - 1].isalnum()):
            found.append((*match.span(), "<iso date>"))
    if any(sign in text for sign in _LUNAR_SIGNS):
        for match in lunar_pattern().finditer(text):
            if _is_lunar(text, match):
                found.append((*match.span(), "<lunar date>"))
    for match in LUNAR_DAY.finditer(text):
        if not text.endswith(_BEFORE_NO_LUNAR_DAY, 0, match.start()) or text.endswith(
            ("大年", "到初"), 0, match.start()
        ):
            found.append((*match.span(), "<lunar day>"))
    if ("周" in text or "星期" in text or "礼拜" in text) and _WEEKDAY_SIGN.search(text):
        for match in weekday_pattern().finditer(text):
            if not text.endswith(("一", "四", "每"), 0, match.start()):
                found.append((*match.span(), "<weekday>"))
    after = 0
    for match in _WORD_PAIR.finditer(text):
        start = match.start()
        if start < after or not (word := word_at(text, start)):
            continue
        after = start + len(word)
        entry = _WORDS[word]
        if not (start and text[start - 1] in entry.not_after):
            found.append((start, after, f"<{entry.table} word>"))
    if _CLOCK_SIGN.search(text):
        found.extend((*match.span(), "<clock time>") for match in CLOCK.finditer(text))
    found.extend(_hours(text))
    return _apart(text, found)


def _hours(text: str) -> Iterator[Candidate]:
    """Matches of `HOUR`, looked for only around 时 and 点 behind a numeral."""
    last = 0
    for sign in _HOUR_SIGN.finditer(text):
        at = sign.start()
        for start in range(max(last, at - _HOUR_LENGTH), at):
            if match := HOUR.match(text, start):
                last = match.end()
                if _is_hour(text, match):
                    yield *match.span(), "<clock time>"
                break


def _apart(text: str, found: list[Candidate]) -> Iterator[Candidate]:
    """Of candidates that overlap the first and longest; a day and its clock time as one."""
    found.sort(key=lambda item: (item[0], -item[1]))
    last = -1
    pending: Candidate | None = None
    for start, end, rule in found:
        if start < last:
            continue
        if pending and rule == "<clock time>" and text[pending[1] : start] in ("", " ") and "\n" not in text[start:end]:
            pending = (pending[0], end, pending[2])
        else:
            if pending:
                yield pending
            pending = (start, end, rule)
        last = end
    if pending:
        yield pending


def _is_solar(text: str, start: int, end: int, piece: str) -> bool:
    """False for what only looks like a date: 第3日, 12号楼, 308号, 13月, 每日."""
    before = text[start - 1] if start else ""
    if before.isdigit() or (before and before in "第.〕") or (before.isascii() and before.isalpha()):
        return False
    parts = parts_of(piece)
    if parts is None:
        return False
    year, month, day, _tail, months, days = parts
    if year is None and month is None:
        after = text[end : end + 1]
        if after in _NOT_DAY_AFTER or (before and before in "每余多几近满约整"):
            return False
        spoken = piece[-1] == "号" and not piece[0].isascii()
        if spoken and not (before and before in "到至" and after in _AFTER_SPOKEN_DAY):
            return False  # 二十三号 is also the number of a house
        if piece[-1] == "号" and before not in _BEFORE_DAY:
            return False
        if piece[-1] == "日" and not piece[0].isdigit() and len(piece) == 2:
            return False
    if year is not None and month is None:
        return len(year) == 4 and bool(number_of(year)) and not text.startswith(("度", "级", "前", "多"), end)
    if (month and (months is None or not 1 <= months <= 12)) or (day and (days is None or not 1 <= days <= 31)):
        return False
    # 3个月, 几月
    return not (month and year is None and day is None and before and before in "个几余多半")


def _is_lunar(text: str, match: re.Match[str]) -> bool:
    piece = match.group()
    month, _, day = piece.partition("月")
    if month not in LUNAR_MONTH and month not in ("十一", "十二") and not month.startswith("闰"):
        return False
    if month in ("正", "腊", "冬") or day[0] in "初廿":
        return True
    return text[max(0, match.start() - 2) : match.start()].endswith("农历") and not day[0].isdigit()


def _is_hour(text: str, match: re.Match[str]) -> bool:
    piece = match.group()
    start = match.start()
    before = text[start - 1] if start else ""
    if before.isdigit() or (before and before in ".点小第"):
        return False
    if piece[0] in "凌上中下晚早":
        return True
    if piece[-1] == "点" or (piece[0] not in "0123456789" and "时" not in piece):
        return before in "日号天午" and before != ""
    if piece[0] not in "0123456789":
        return before in "日号" and before != ""
    number = _NUMBER.match(piece)
    return (
        number is not None
        and int(number.group()) <= 24
        and not text.startswith(("间", "候", "期", "长", "尚"), match.end())
    )


def number_of(text: str) -> int | None:
    if text.isascii():
        return int(text)
    text = text.replace("廿", "二十")
    if any(c.isdigit() and c.isascii() for c in text):
        return None
    return parse_chinese_integer(text)
