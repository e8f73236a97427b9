"""Days that a report states of itself: the day of a bulletin, in its title or a line, and the span of a statistic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import attrgetter

from resumption.extraction import lazy_re as re
from resumption.extraction.dates import DateValue
from resumption.items import Mention

_BULLETIN = re.compile(r"[^，。；\n]{0,16}?(?:情况|进展|进度)[^，。；\n]{0,4}?(?:通报|公布|通告|报告)")
_AS_FOLLOWS = re.compile(r"[^，。；\n]{0,16}?(?:情况|数据|进展|进度|结果)如下")
_BULLETIN_TITLE = re.compile(r"(?:通报|快报|日报|公报|专报|简报|汇报|汇总|统计|动态|情况|进展|进度)（$")
_BULLETIN_LINE = re.compile(
    r"[^，。；\n]{0,24}?(?:情况|进展|进度|动态|数据|通报|快报|日报|公报|专报|简报|汇总|统计|一览)(?=[（：！]|\s*(?:\n|$))"
)
"""9月17日企业复工复产情况 as a line of its own: the day of all that follows."""
_MONTHS_BEFORE = re.compile(
    r"(?:今年|[0-9]{4}年)?(?:(?:前|[一二三四五六七八九十0-9]{1,2}[-—~到至])(?=[0-9一二三四五六七八九十]|$)|(?<=年)$)$"
)
"""What of 1-4月 or 今年前5月 stands before the last month."""
_OF_WORKS = re.compile(r"[^。；\n]{0,40}?(?:项目|[开复]工|复产|工程)")
_STATISTIC = re.compile(r"份?[，,]|[全我][市省县区州盟旗国]|累计|[\u4e00-\u9fff]{2,4}[市省县区](?!场)")
_SPAN_WORDS = ("季度", "上半年")


def find_titled_day(title: str, dates: tuple[Mention, ...]) -> Mention | None:
    """The date of a title that is the day of all its text: 9月17日企业复工情况, 复工专报（9月12日）, 1-3月项目进展."""
    for mention in dates:
        value = _value(mention)
        if value.precision not in ("day", "month", "period") or value.future or value.date is None:
            continue
        months = _MONTHS_BEFORE.search(title, 0, mention.start)
        if value.precision != "day" and months is None and not mention.text.endswith(_SPAN_WORDS):
            continue
        start = months.start() if months is not None else mention.start
        line = start == 0 and _BULLETIN_LINE.match(title, mention.end)
        behind = title[mention.start - 1 : mention.start] == "（" and _BULLETIN_TITLE.search(title, 0, mention.start)
        if value.role == "as_of" or (value.role == "" and (line or behind)):
            return mention
    return None


def is_statistic(mention: Mention, text: str, published: date | None) -> bool:
    """1-4月份，全区…; 一季度，全市…; 前5个月…: a span that is over and opens a clause, as a statistic begins."""
    value = _value(mention)
    if value.role not in ("", "dateline") or value.future or value.date is None or value.first is None:
        return False
    if value.precision not in ("month", "period") or (published is not None and value.date > published):
        return False
    months = _MONTHS_BEFORE.search(text, max(0, mention.start - 10), mention.start)
    start = months.start() if months is not None else mention.start
    if months is None and mention.text[0] != "前" and not mention.text.endswith(_SPAN_WORDS):
        return False
    return not text[max(0, start - 1) : start].isalnum() and bool(_STATISTIC.match(text, mention.end))


def tells_of_works(text: str, at: int) -> bool:
    """True if the clause there is on projects or on resuming: 一季度，|全市124个重点项目."""
    return _OF_WORKS.match(text, at) is not None


def is_bulletin(mention: Mention, text: str) -> bool:
    """现将2月17日复工复产情况通报如下: the day of the whole report."""
    start = mention.start
    if _value(mention).precision != "day" or _value(mention).role:
        return False
    if (start == 0 or text[start - 1] == "\n") and start < 200 and _BULLETIN_LINE.match(text, mention.end):
        return True
    if _AS_FOLLOWS.match(text, mention.end):
        return True
    if text[start - 1 : start] not in ("将", "（"):
        return False
    if text[start - 1] == "（":
        return bool(_BULLETIN_TITLE.search(text, max(0, start - 12), start)) and start < 200
    return bool(_BULLETIN.match(text, mention.end))


_value: Callable[[Mention], DateValue] = attrgetter("value")
