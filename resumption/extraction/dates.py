"""Dates of a normalised text, resolved by the day of publication; what cannot be known stays None.

A year is read in the text, or follows from the publication date or a given year of the document; it is never guessed.
Mentions are resolved in text order, because 21日 takes its month, and 当日 its day, from what was named before.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from lunardate import LunarDate

from resumption.extraction.numbers import parse_chinese_integer
from resumption.items import Mention
from resumption.lexicon.calendar import DayWord, load_calendar

Span = tuple[int, int]
Day = date


@dataclass(frozen=True, slots=True, kw_only=True)
class DateValue:
    """What a date mention means. `date` is the day that a figure with this date describes: the last day of a span."""

    date: Day | None
    first: Day | None = None
    """First day of a span (2月, 2月10日至20日, 一季度); None for a single day."""
    precision: str = "day"
    """`day`, `month`, `period` (ten days, week, quarter, festival, range), `year`, `clock` (no day), `vague` (近日)."""
    role: str = ""
    """`as_of` (截至), `dateline` (讯), `comparison` (较, 由), `since` (自, 以来), `deadline` (前, 力争…底), or ""."""
    needs_context: bool = False
    """True if month or day came from another mention or from the publication date (21日, 目前, 当日)."""
    year_basis: str = ""
    """Where the year stands: `text`, `published`, `document`, `mention`, "" if it is unknown."""
    future: bool = False
    """True if the clause before it speaks of plans (力争, 预计, 将)."""
    cue: Span | None = None
    """Span of 截至, 较, 前 outside the mention."""


_TAIL = "份|底|末|初|上旬|中旬|下旬|中"
_N = "0-9〇零一二三四五六七八九十廿"
SOLAR = re.compile(
    rf"[{_N}]{{1,4}}(?:年(?:[{_N}]{{1,3}}月(?:[{_N}]{{1,3}}[日号]|{_TAIL})?)?"
    rf"|月(?:[{_N}]{{1,3}}[日号]|{_TAIL})?|[日号])"
)
ISO = re.compile(r"[12][0-9]{3}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])")
HOUR = re.compile(
    rf"(?:凌晨|上午|中午|下午|晚上|晚|早上|早|零时|)[{_N}]{{1,3}}[时点](?:[{_N}]{{1,3}}分|半|许|整|钟)?(?!代)"
)
CLOCK = re.compile(r"[0-9]{1,2}：[0-9]{2}(?:：[0-9]{2})?(?![0-9])")
LUNAR = re.compile(
    r"[正腊冬闰二三四五六七八九十][一二月][月]?(?:初[一二三四五六七八九十]|[二三]?十[一二三四五六七八九]?"
    r"|廿[一二三四五六七八九]?|[0-9]{1,2})(?![日号0-9])"
)
LUNAR_DAY = re.compile(r"初[一二三四五六七八九十](?![中小级高期步年班学])")
WEEKDAY = re.compile(
    r"[本上下这][个]?(?:周|星期|礼拜)[一二三四五六日天末]|(?:周|星期|礼拜)[一二三四五六日天](?![期转末报])"
)
_CALENDAR = load_calendar()
WORD = re.compile("|".join(sorted(map(re.escape, _CALENDAR.words), key=lambda w: (-len(w), w))))
_YEAR_BEFORE = re.compile(r"(今年|去年|上年|明年|前年|同年|当年|本年)(?:的|农历)?$")
_COMPARED_TERM = re.compile(r"[比较][^，。；：（]{1,12}（$")
_YEAR_OFFSET = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1, "前年": -2}
_SOLAR_PARTS = re.compile(rf"(?:([{_N}]{{1,4}})年)?(?:([{_N}]{{1,4}})月)?(?:([{_N}]{{1,4}})[日号]|({_TAIL}))?$")
_NOT_DAY_AFTER = frozenset("线楼门文令机厂院馆矿井库仓桥均产内游")
_BEFORE_DAY = frozenset("至到在于自从比较、，和及。；（与\n")
_JOINS = frozenset({"至", "到", "-", "—", "——", "~", "至当月"})
_LISTS = frozenset({"、", "和", "及"})
_LUNAR_MONTH = {"正": 1, "腊": 12, "冬": 11} | {c: i for i, c in enumerate("二三四五六七八九十", 2)}


def find_dates(text: str, published: date | None = None, document_year: int | None = None) -> tuple[Mention, ...]:
    """All dates and clock times of a normalised text, in order, as `Mention` with a `DateValue`.

    `published` is the day of publication. `document_year` is used for dates without a year only where `published` is
    None. Without both, a date that does not state its year has `date` None.

    >>> for m in find_dates("截至2月21日24时复工345家，比20日增加7家", date(2020, 2, 22)):
    ...     print(m.text, m.value.date, m.value.role)
    2月21日24时 2020-02-21 as_of
    20日 2020-02-20 comparison
    """
    resolver = _Resolver(text, published, document_year)
    mentions: list[Mention] = []
    for start, end, rule in _candidates(text):
        value = resolver.resolve(start, end, rule)
        if value is not None:
            mentions.append(Mention(start, end, text[start:end], value, rule))
    return tuple(_merged(text, mentions))


def find_year(text: str) -> int | None:
    """The one year that the text states in full, for `document_year`; None if it states none or several.

    >>> find_year("2022年4月18日首批企业开工，4月20日全部复工"), find_year("2019年2月至2020年2月")
    (2022, None)
    """
    years = {int(year) for year in _FULL_YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


# Only 2022年4月: a bare 2022年 may be the year compared with, and 2022-04-18 the time stamp of something else.
_FULL_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年[0-9]{1,2}月)")


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for match in SOLAR.finditer(text):
        if _is_solar(text, *match.span()):
            found.append((*match.span(), "<solar date>"))
    for match in ISO.finditer(text):
        if not (match.start() and text[match.start() - 1].isalnum()):
            found.append((*match.span(), "<iso date>"))
    for match in LUNAR.finditer(text):
        if _is_lunar(text, match):
            found.append((*match.span(), "<lunar date>"))
    for match in LUNAR_DAY.finditer(text):
        if not text[max(0, match.start() - 1) : match.start()].endswith(("月", "当", "最", "起", "年")) or text[
            : match.start()
        ].endswith(("大年", "到初")):
            found.append((*match.span(), "<lunar day>"))
    for match in WEEKDAY.finditer(text):
        if not text[max(0, match.start() - 1) : match.start()].endswith(("一", "四", "每")):
            found.append((*match.span(), "<weekday>"))
    for match in WORD.finditer(text):
        entry = _CALENDAR.words[match.group()]
        if not (match.start() and text[match.start() - 1] in entry.not_after):
            found.append((*match.span(), f"<{entry.table} word>"))
    found.extend((*match.span(), "<clock time>") for match in CLOCK.finditer(text))
    found.extend((*match.span(), "<clock time>") for match in HOUR.finditer(text) if _is_hour(text, match))
    found.sort(key=lambda item: (item[0], -item[1]))
    last = -1
    pending: tuple[int, int, str] | None = None
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


def _is_solar(text: str, start: int, end: int) -> bool:
    """False for what only looks like a date: 第3日, 12号楼, 308号, 13月, 每日."""
    before = text[start - 1] if start else ""
    if before.isdigit() or (before and before in "第.〕") or (before.isascii() and before.isalpha()):
        return False
    piece = text[start:end]
    parts = _SOLAR_PARTS.match(piece)
    if parts is None:
        return False
    year, month, day, _tail = parts.groups()
    numbers = [_number(part) for part in (month, day) if part]
    if year is None and month is None:
        after = text[end : end + 1]
        if after in _NOT_DAY_AFTER or (before and before in "每余多几近满约整"):
            return False
        if piece[-1] == "号" and ((not piece.isascii() and not piece[0].isascii()) or before not in _BEFORE_DAY):
            return False
        if piece[-1] == "日" and not piece[0].isdigit() and len(piece) == 2:
            return False
    if year is not None and month is None:
        return len(year) == 4 and bool(_number(year)) and not text.startswith(("度", "级", "前", "多"), end)
    if any(n is None or not 1 <= n <= 31 for n in numbers):
        return False
    if month and not 1 <= (_number(month) or 0) <= 12:
        return False
    # 3个月, 几月
    return not (month and year is None and day is None and before and before in "个几余多半")


def _is_lunar(text: str, match: re.Match[str]) -> bool:
    piece = match.group()
    month, _, day = piece.partition("月")
    if month not in _LUNAR_MONTH and month not in ("十一", "十二") and not month.startswith("闰"):
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
    number = re.match("[0-9]+", piece)
    return (
        number is not None
        and int(number.group()) <= 24
        and not text.startswith(("间", "候", "期", "长", "尚"), match.end())
    )


def _number(text: str) -> int | None:
    if text.isascii():
        return int(text)
    text = text.replace("廿", "二十")
    if any(c.isdigit() and c.isascii() for c in text):
        return None
    return parse_chinese_integer(text)


class _Resolver:
    """State of one pass over a text: the publication day, the last day named, the reporting day."""

    def __init__(self, text: str, published: date | None, document_year: int | None) -> None:
        self.text = text
        self.published = published
        self.document_year = document_year
        self.mentioned: date | None = None
        self.month: tuple[int | None, int] | None = None
        """Year and month of the last day that was named."""
        self.reporting: date | None = None
        self.dateline: date | None = None
        self.last_role = ""
        self.last_end = -1

    @property
    def base(self) -> date | None:
        return self.published or self.dateline

    def resolve(self, start: int, end: int, rule: str) -> DateValue | None:
        role, cue = self._role(start, end)
        future = self._future(start) or role == "deadline"
        if rule == "<clock time>":
            return DateValue(date=None, precision="clock")
        if rule == "<solar date>":
            value = self._solar(start, end, role, future)
        elif rule == "<iso date>":
            value = _iso(self.text[start:end])
        elif rule.startswith("<lunar"):
            value = self._lunar(start, end, rule)
        elif rule == "<weekday>":
            value = self._weekday(self.text[start:end])
        else:
            value = self._word(_CALENDAR.words[_bare(self.text[start:end])])
            role = _CALENDAR.words[_bare(self.text[start:end])].role or role
        if value is None:
            return None
        if future and not role and value.precision in ("month", "period") and rule != "<relative word>":
            role = "deadline"
        value = replace(value, role=role, future=future, cue=cue)
        self._remember(value, rule, end)
        return value

    def _remember(self, value: DateValue, rule: str, end: int) -> None:
        self.last_role, self.last_end = value.role, end
        if value.date is None:
            return
        day_named = value.precision == "day" and rule in (
            "<solar date>",
            "<iso date>",
            "<lunar date>",
            "<relative word>",
        )
        if value.role == "dateline" and self.dateline is None:
            self.dateline = value.date
        if value.role == "as_of" and not value.future:
            self.reporting = value.date
        if day_named and value.role not in ("comparison", "deadline", "since"):
            self.mentioned = value.date
        if (
            rule in ("<solar date>", "<iso date>")
            and value.precision in ("day", "month")
            and value.role != "comparison"
        ):
            self.month = (value.date.year, value.date.month)

    def _role(self, start: int, end: int) -> tuple[str, Span | None]:
        roles = _CALENDAR.roles
        text = self.text
        if text.startswith(roles["before_after"], end) and not text.startswith(roles["not_before"], end):
            return "deadline", (end, end + _matched(text, end, roles["before_after"]))
        head = text[max(0, start - 8) : start]
        if year := _YEAR_BEFORE.search(head):
            head = head[: year.start()]
        if head.endswith("（") and _COMPARED_TERM.search(text[max(0, start - 16) : start]):
            return "comparison", None
        head = head.removesuffix("农历").removesuffix("（")
        since = text.startswith(roles["since_after"], end) and not text.startswith(("后续", "后期"), end)
        for role in ("as_of", "since", "comparison"):
            if head.endswith(roles[role]) and not (role == "since" and head.endswith("从") and not since):
                size = max(len(sign) for sign in roles[role] if head.endswith(sign))
                return role, (start - size, start)
        if since:
            return "since", (end, end + _matched(text, end, roles["since_after"]))
        if text.startswith(roles["dateline_after"], end) or head.endswith("记者"):
            return "dateline", None
        if self.last_role == "comparison" and text[self.last_end : start] in _LISTS:
            return "comparison", None
        return "", None

    def _future(self, start: int) -> bool:
        head = self.text[max(0, start - 12) : start]
        for stop in "。；！？\n":
            head = head.rpartition(stop)[2]
        return any(sign in head for sign in _CALENDAR.roles["future"])

    # --- kinds -----------------------------------------------------------------------------------------------------

    def _solar(self, start: int, end: int, role: str, future: bool) -> DateValue | None:
        piece = (
            HOUR.sub("", self.text[start:end])
            if "时" in self.text[start:end] or "点" in self.text[start:end]
            else self.text[start:end]
        )
        piece = CLOCK.sub("", piece).strip()
        parts = _SOLAR_PARTS.match(piece)
        if parts is None:
            return None
        year_text, month_text, day_text, tail = parts.groups()
        year = _number(year_text) if year_text else self._year_before(start)
        basis = "text" if year_text else "published" if year is not None else ""
        if year is not None and year < 100:
            year += 2000
        month = _number(month_text) if month_text else None
        day = _number(day_text) if day_text else None
        if month is None and day is None:
            if year is None:
                return None
            return DateValue(date=_day(year, 12, 31), first=_day(year, 1, 1), precision="year", year_basis="text")
        needs = month is None
        if month is None and day is not None:
            return self._day_only(day, future, role)
        if month is None:
            return None
        if day is not None:
            found, basis = (
                (_day(year, month, day), basis) if year is not None else self._with_year(month, day, future, role)
            )
            return DateValue(date=found, precision="day", year_basis=basis if found else "", needs_context=needs)
        first_day, last_day = _month_part(tail)
        if year is None:
            probe, basis = self._with_year(month, 28 if last_day == 0 else last_day, future, role)
            year = probe.year if probe else None
        if year is None:
            return DateValue(date=None, precision="month" if last_day == 0 else "period")
        last = monthrange(year, month)[1] if last_day == 0 else last_day
        precision = "month" if first_day == 1 and last_day == 0 else "period"
        if tail in ("底", "末"):
            precision, first_day = "month", last
        return DateValue(
            date=_day(year, month, last), first=_day(year, month, first_day), precision=precision, year_basis=basis
        )

    def _year_before(self, start: int) -> int | None:
        match = _YEAR_BEFORE.search(self.text[max(0, start - 6) : start])
        base = self.base
        if match is None:
            return None
        if match[1] in ("同年", "当年"):
            return self.month[0] if self.month else None
        if base is None:
            return None if self.document_year is None else self.document_year + _YEAR_OFFSET[match[1]]
        return base.year + _YEAR_OFFSET[match[1]]

    def _with_year(self, month: int, day: int, future: bool, role: str) -> tuple[date | None, str]:
        """The year that the publication date implies for a month and day, nearest and, unless planned, not later."""
        base = self.base
        if base is None:
            if self.document_year is None:
                return None, ""
            return _day(self.document_year, month, day), "document"
        candidates = [d for y in (base.year - 1, base.year, base.year + 1) if (d := _day(y, month, day))]
        if not candidates:
            return None, ""
        if future:
            later = [d for d in candidates if -31 <= (d - base).days <= 330]
            if later:
                return min(later), "published"
        limit = 31 if role in ("as_of", "since", "dateline") else 120
        allowed = [d for d in candidates if (d - base).days <= limit]
        if not allowed:
            return None, ""
        return min(allowed, key=lambda d: abs((d - base).days)), "published"

    def _day_only(self, day: int, future: bool, role: str) -> DateValue:
        year: int | None
        if self.month and self.month[0] is not None:
            year, month, basis = self.month[0], self.month[1], "mention"
        elif self.base:
            year, month, basis = self.base.year, self.base.month, "published"
        else:
            return DateValue(date=None, needs_context=True)
        found = _day(year, month, day)
        base = self.base
        anchor = self.mentioned or base
        if role == "deadline" or future:
            if base and (found is None or (base - found).days > 3):
                found = _day(*_shift_month(year, month, 1), day)
        elif (role == "comparison" and anchor and (found is None or found > anchor)) or (
            base and (found is None or (found - base).days > 7)
        ):
            found = _day(*_shift_month(year, month, -1), day)
        return DateValue(date=found, needs_context=True, year_basis=basis if found else "")

    def _lunar(self, start: int, end: int, rule: str) -> DateValue | None:
        piece = self.text[start:end]
        month_text, _, day_text = piece.partition("月") if rule == "<lunar date>" else ("正", "", piece)
        month_text = month_text.lstrip("闰")
        month = _LUNAR_MONTH.get(month_text) or parse_chinese_integer(month_text)
        day = _number(re.split("[时点0-9]{0,2}[时点]", day_text)[0].lstrip("初"))
        if month is None or day is None:
            return None
        offset = _YEAR_BEFORE.search(self.text[max(0, start - 6) : start])
        written = re.search(r"([12][0-9]{3})年(?:农历)?$", self.text[max(0, start - 7) : start])
        needs = rule == "<lunar day>"
        if written:
            found = _from_lunar(int(written[1]), month, day)
            return DateValue(date=found, needs_context=needs, year_basis="text" if found else "")
        opening = self.text[start - 3 : start]
        if (
            self.mentioned
            and self.last_end >= 0
            and self.text[self.last_end : start] in ("（", "（农历", "，农历", "，", "（即")
        ):
            days = [d for y in (self.mentioned.year - 1, self.mentioned.year) if (d := _from_lunar(y, month, day))]
            if self.mentioned in days:
                return DateValue(date=self.mentioned, needs_context=False, year_basis="mention")
        base = self.base or (self.mentioned if opening else None)
        if base is None:
            if self.document_year is None:
                return DateValue(date=None, needs_context=needs)
            found = _from_lunar(self.document_year - (month >= 11), month, day)
            return DateValue(date=found, needs_context=needs, year_basis="document" if found else "")
        candidates = [d for y in (base.year - 1, base.year, base.year + 1) if (d := _from_lunar(y, month, day))]
        if not candidates:
            return DateValue(date=None, needs_context=needs)
        found = min(candidates, key=lambda d: abs((d - base).days + (15 if d > base else 0)))
        if offset and offset[1] in _YEAR_OFFSET:
            step = _YEAR_OFFSET[offset[1]]
            lunar_year = base.year + step - (month >= 11 and step == 0 and base.month <= 2)
            return DateValue(date=_from_lunar(lunar_year, month, day), needs_context=needs, year_basis="published")
        return DateValue(date=found, needs_context=needs, year_basis="published")

    def _weekday(self, piece: str) -> DateValue:
        base = self.base
        if piece[0] not in "本上下这" or base is None:
            return DateValue(date=None, needs_context=True)
        weeks = {"上": -1, "下": 1}.get(piece[0], 0)
        day = "一二三四五六日".find(piece[-1].replace("天", "日").replace("末", "日"))
        found = base - timedelta(days=base.weekday()) + timedelta(days=7 * weeks + day)
        return DateValue(date=found, needs_context=True, year_basis="published")

    def _word(self, entry: DayWord) -> DateValue:
        if entry.table == "vague":
            return DateValue(date=None, precision="vague", needs_context=True)
        base = self.base
        if entry.table == "relative":
            origin = base
            if entry.origin == "mentioned":
                origin = self.mentioned or base
            elif entry.origin == "reporting":
                origin = self.reporting or base
            found = origin + timedelta(days=entry.days) if origin else None
            return DateValue(date=found, needs_context=True, year_basis="published" if found else "")
        if entry.table == "festival":
            return self._festival(entry)
        if entry.of.startswith(("month", "day")) and self.month and self.month[0] is not None and not entry.months:
            base = base or date(self.month[0], self.month[1], 1)
        if base is None:
            return DateValue(date=None, precision="period", needs_context=True)
        first, last = _period(entry, base)
        return DateValue(date=last, first=first, precision="period", needs_context=True, year_basis="published")

    def _festival(self, entry: DayWord) -> DateValue:
        base = self.base or (date(self.document_year, 3, 1) if self.document_year else None)
        if base is None:
            return DateValue(date=None, precision="period", needs_context=True)
        found: list[date] = []
        for year in (base.year - 1, base.year, base.year + 1):
            if entry.solar:
                day = _day(year, *entry.solar)
            elif entry.lunar and entry.lunar[1] == 0:
                new_year = _from_lunar(year + 1, 1, 1)
                day = new_year - timedelta(days=1) if new_year else None
            elif entry.lunar:
                day = _from_lunar(year, *entry.lunar)
            else:
                day = None
            if day:
                found.append(day)
        nearest = min(found, key=lambda d: abs((d - base).days)) if found else None
        return DateValue(
            date=nearest, precision="period", needs_context=True, year_basis="published" if nearest else ""
        )


def _matched(text: str, at: int, signs: tuple[str, ...]) -> int:
    return max(len(sign) for sign in signs if text.startswith(sign, at))


def _bare(piece: str) -> str:
    """The calendar word at the beginning of a mention that may have taken in a clock time: 当日18时."""
    match = WORD.match(piece)
    return match.group() if match else piece


def _iso(piece: str) -> DateValue:
    year, month, day = (int(part) for part in re.findall("[0-9]+", piece)[:3])
    found = _day(year, month, day)
    return DateValue(date=found, year_basis="text" if found else "")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_part(tail: str | None) -> tuple[int, int]:
    """First and last day (0: the last of the month) of 上旬, 中旬, 下旬, 初, 中, 底."""
    return {"上旬": (1, 10), "初": (1, 5), "中旬": (11, 20), "中": (10, 20), "下旬": (21, 0)}.get(tail or "", (1, 0))


def _shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def _period(entry: DayWord, base: date) -> tuple[date, date]:
    year, month = _shift_month(base.year + entry.years, base.month, entry.months)
    if entry.of == "year_end":
        return date(year, 1, 1), date(year, 12, 31)
    if entry.of == "week_end":
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=entry.weeks)
        return monday, monday + timedelta(days=6)
    if entry.of.startswith("quarter_"):
        last_month = 3 * int(entry.of[-1])
        if (date(year, last_month, 28) - base).days > 250:
            year -= 1
        return date(year, last_month - 2, 1), date(year, last_month, monthrange(year, last_month)[1])
    if entry.of.startswith("day_"):
        last = int(entry.of[4:])
        return date(year, month, last - 9), date(year, month, last)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


@lru_cache(maxsize=4096)
def _from_lunar(year: int, month: int, day: int) -> date | None:
    try:
        solar = LunarDate(year, month, day).to_solar_date()
    except ValueError:
        return None
    return date(solar.year, solar.month, solar.day)


def _merged(text: str, mentions: list[Mention]) -> list[Mention]:
    """2月10日至20日 is one mention that describes its last day."""
    found: list[Mention] = []
    for mention in mentions:
        if found and text[found[-1].end : mention.start] in _JOINS:
            first, last = found[-1].value, mention.value
            if isinstance(first, DateValue) and isinstance(last, DateValue):
                if last.precision == "clock":
                    merged = first
                elif first.precision == "clock":
                    found.append(mention)
                    continue
                else:
                    role = first.role if first.role in ("as_of", "comparison") else last.role
                    merged = replace(
                        last, first=first.first or first.date, precision="period", role=role, cue=first.cue
                    )
                start, end = found[-1].start, mention.end
                found[-1] = Mention(start, end, text[start:end], merged, "<date> 至 <date>")
                continue
        found.append(mention)
    return found
