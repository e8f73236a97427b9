"""When an article was published: from what the page says about itself, never from a date of another article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

_BEIJING = timezone(timedelta(hours=8))
_STAMP = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)(?:\s?[-/.—]\s?|\s?年\s?|\s+)(?P<m>0?[1-9]|1[0-2])(?:\s?[-/.—]\s?|\s?月\s?)"
    r"(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)\s?日?"
    r"(?:\s{0,4}[T（(]?\s{0,4}(?:星期.|周.|上午|下午)?\s?"
    r"(?P<H>[01]?\d|2[0-4])\s?[:：时点]\s?(?P<M>[0-5]\d)?(?:\s?[:：分]\s?(?P<S>[0-5]\d))?"
    r"(?:\.\d{1,6})?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_COMPACT = re.compile(
    r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?<![\d/])(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])/(20\d\d)(?:,?\s{1,4}(\d{1,2}):(\d\d)(?::(\d\d))?\s?([AP]M)?)?",
    re.IGNORECASE,
)
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_NAMED_MONTH = re.compile(
    r"(?<![一-九十])(十[一二]?|[一二三四五六七八九])月\s?(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?日?,\s?((?:19|20)\d\d)(?!\d)"
)
"""十一月 6th, 2009: how WordPress writes a day in Chinese."""
_EPOCH = re.compile(r"\s{0,40}(1[0-9]{9})(\d{3})?\s{0,40}")
_URL_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"/(20\d\d)[-_/]?(0[1-9]|1[0-2])[-_/]?(0[1-9]|[12]\d|3[01])(?=[/_.\-t]|\d{4,}|$)",
        r"[/_t](20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[_/.\d])",
        r"/(20\d\d)[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])(?=[/_.]|$)",
    )
)
_SHORT_YEAR = re.compile(r"/([01]\d|2\d)/(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])/\d\d/")
# A label that says the date beside it is the day of publication.
_LABEL = re.compile(
    r"(?:发布|发稿|发表|刊发|刊登|上传|添加|录入|成文|公开|生成)\s?(?:时间|日期|于)?\s?[:：]|(?:时\s*间|日\s*期)\s?[:：]"
)
_OTHER_LABEL = re.compile(
    r"(?:更新|修改|截止|截至|有效期?|开始|结束|活动|施行|实施|失效|废止|会议|收稿)(?:时间|日期|于|至)?\s?[:：]?\s*$"
)
_TODAY = re.compile(r"今天是|今日是|现在是|农历|星期|多云|阴转|℃")


def parse_stamp(text: str) -> str | None:
    """The first date, with its time if there is one, as `YYYY-MM-DDThh:mm:ss+08:00`; None if there is none.

    A day without a time has time 00:00:00. Times with another zone are turned into Beijing time.

    >>> parse_stamp("时间：2021-02-24 08:15  点击：3021")
    '2021-02-24T08:15:00+08:00'
    >>> parse_stamp("2020年2月20日"), parse_stamp("二月 20, 2020")
    ('2020-02-20T00:00:00+08:00', '2020-02-20T00:00:00+08:00')
    """
    match = _STAMP.search(text)
    return _from_match(match) if match else _named_month(text)


def parse_machine_stamp(text: str) -> str | None:
    """Like `parse_stamp`, for values meant for machines: also `20200220`, `20200220173200`, Unix times, month first.

    >>> parse_machine_stamp("12/1/2020, 10:46:16 PM")
    '2020-12-01T22:46:16+08:00'
    """
    if found := parse_stamp(text):
        return found
    if match := _MONTH_FIRST.search(text):
        hour, half = int(match.group(4) or 0), (match.group(7) or "").upper()
        hour = hour % 12 + (12 if half == "PM" else 0) if half else hour
        time = (hour, int(match.group(5) or 0), int(match.group(6) or 0))
        return _iso(int(match.group(3)), int(match.group(1)), int(match.group(2)), *time)
    if match := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(match.group(1)), _BEIJING).isoformat(timespec="seconds")
    if match := _COMPACT.search(text):
        return _iso(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    return None


def find_url_date(url: str) -> str | None:
    """The day that an address states, or None.

    >>> find_url_date("http://news.example.com/19/0314/05/AAAA.html")
    '2019-03-14T00:00:00+08:00'
    >>> find_url_date("http://www.example.gov.cn/xw/202002/t20200220_123.html")
    '2020-02-20T00:00:00+08:00'
    """
    for pattern in _URL_DATES:
        if match := pattern.search(url):
            return _iso(*(int(part) for part in match.groups()))
    if match := _SHORT_YEAR.search(url):
        return _iso(2000 + int(match.group(1)), int(match.group(2)), int(match.group(3)))
    return None


def find_page_date(lines: Iterable[str]) -> str | None:
    """Publication time among the short lines around a title: a labelled one first, else the first with a time of day.

    >>> find_page_date(["今天是2021年3月1日 星期一", "发布日期：2021-02-24", "2021-02-23 08:00"])
    '2021-02-24T00:00:00+08:00'
    """
    best: tuple[int, str] | None = None
    for line in lines:
        for match in _STAMP.finditer(line, 0, 600):
            before = line[: match.start()][-14:]
            if _OTHER_LABEL.search(before):
                rank = 4
            elif _LABEL.search(before):
                rank = 0
            elif _TODAY.search(line):
                rank = 5
            else:
                rank = 1 if match["H"] else 2
            if (stamp := _from_match(match)) and rank < 5 and (best is None or rank < best[0]):
                best = (rank, stamp)
        if best is None and (stamp := _named_month(line[:600])):
            best = (3, stamp)
        if best and best[0] == 0:
            break
    return best[1] if best else None


def find_closing_date(lines: Iterable[str]) -> str | None:
    """Publication time in a short line below the article that is labelled so; None if several lines are.

    >>> find_closing_date(["赞 539", "发布日期：2019-09-23 14:34:05 所属分类：头条", "09-24 另一篇"])
    '2019-09-23T14:34:05+08:00'
    """
    found = [line for line in lines if len(line) < 80 and _LABEL.match(line.lstrip(" 【[（("))]
    return find_page_date(found) if len(found) == 1 else None


def not_after(stamp: str | None, fetched_at: str | None) -> str | None:
    """The stamp, unless it lies after the fetch (compared by day and time where both have one)."""
    if stamp is None or fetched_at is None:
        return stamp
    fetched = parse_stamp(fetched_at)
    return None if fetched is not None and stamp > fetched and stamp[:10] > fetched[:10] else stamp


def _named_month(text: str) -> str | None:
    match = _NAMED_MONTH.search(text) if "月" in text else None
    return _iso(int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2])) if match else None


def _from_match(match: re.Match[str]) -> str | None:
    hour, minute, second = (int(match[name] or 0) for name in "HMS")
    if hour == 24:
        hour = 0
    iso = _iso(int(match["y"]), int(match["m"]), int(match["d"]), hour, minute, second)
    zone = match["zone"]
    if iso and zone and zone not in ("+08:00", "+0800"):
        shifted = datetime.fromisoformat(iso[:19] + ("+00:00" if zone == "Z" else zone[:3] + ":" + zone[-2:]))
        return shifted.astimezone(_BEIJING).isoformat(timespec="seconds")
    return iso


def _iso(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> str | None:
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_BEIJING).isoformat(timespec="seconds")
    except ValueError:
        return None
