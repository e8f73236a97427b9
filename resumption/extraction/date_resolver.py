"""What a date mention means: its day by the day of publication and by the days named before it.

A year is read in the text, or follows from the publication date or a given year of the document; it is never guessed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.extraction.date_arithmetic import (
    day_of,
    days_of_month,
    from_lunar,
    month_part,
    nearest_day,
    period_of,
    shift_month,
)
from resumption.extraction.date_finder import CALENDAR, FIRST_MONTHS, LUNAR_MONTH, number_of, parts_of, word_at
from resumption.extraction.date_roles import YEAR_BEFORE, is_planned, role_of
from resumption.extraction.numbers import parse_chinese_integer
from resumption.lexicon.calendar import DayWord

Span = tuple[int, int]
Day = date


class DateValue(NamedTuple):
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


_BREAK = re.compile("[。“：\n]")
_HOUR = re.compile("[时点0-9]{0,2}[时点]")
_ON_AVERAGE = ("平日", "平均", "日均", "均值", "同期", "的平", "的日均", "正常", "水平")
"""相当于8月平日的77%: a month that one compares with is not the month of the days that follow."""
_AT_CLOCK = re.compile(r"(?:上午|中午|下午|晚上?|傍晚|凌晨|早上)?[0-9一二三四五六七八九十]{1,3}[时点]|晚|中午")
_DIGITS = re.compile("[0-9]+")
_FULL_YEAR_BEFORE = re.compile(r"([12][0-9]{3})年(?:的|农历)?$")
_YEAR_OFFSET = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1, "前年": -2}
_AT_ONCE = frozenset("就便即")
"""节后首日就开了工: when it began, not the day of the figures."""
_IN_OTHER_WORDS = frozenset({"，", "（", "，是", "，也是", "是", "，正是", "，即"})
"""1月29日，节后复工第二天: the same day said twice; how many days a place had off the calendar does not know."""
_OLD_DAYS = 150
"""A day further back than this belongs to the year that the text itself states."""
_SCENE_DAYS = 2
"""Days between a report and its publication, at most."""
_BEFORE_SENTENCE = frozenset("\n　 。！？")
_TODAY_IS = ("今天（", "今日（", "今早（", "今晨（")
_MONTH_WORDS = {"本月": 0, "当月": 0, "这个月": 0, "下月": 1, "下个月": 1, "上月": -1, "上个月": -1}
_LISTS = frozenset({"、", "和", "及", ""})


_CLOCK = DateValue(date=None, precision="clock")


def _last_workday(base: date | None) -> date | None:
    """The first working day after the last public holiday before `base`, at most 75 days back."""
    if base is None:
        return None
    return next((d for d in reversed(CALENDAR.workdays) if timedelta(0) <= base - d <= timedelta(days=75)), None)


class Resolver:
    """State of one pass over a text: the publication day, the last day named, the reporting day."""

    def __init__(self, text: str, published: date | None, document_year: int | None) -> None:
        self.text = text
        self.published = published
        self.document_year = document_year
        self.mentioned: date | None = None
        self.scene_open = True
        self.scene: date | None = None
        """The last day that can be the day of the report: with its month or at the head of a sentence, not by 截至."""
        self.scene_end: int | None = None
        """Where that day ends; None for the day of a dateline."""
        self.month: tuple[int | None, int] | None = None
        """Year and month of the last day that was named."""
        self.reporting: date | None = None
        self.dateline: date | None = None
        self.today: date | None = None
        """The day that the text says 今天 is: 今天（3月24日）."""
        self.last_role = ""
        self.last_end = -1
        self.last_day: date | None = None

    @property
    def base(self) -> date | None:
        return self.published or self.dateline

    def resolve(self, start: int, end: int, rule: str) -> DateValue | None:
        if rule == "<clock time>":
            return _CLOCK
        text = self.text
        role, cue = role_of(text, start, end)
        if not role and self.last_role == "comparison" and text[self.last_end : start] in _LISTS:
            role = "comparison"
        future = role == "deadline" or is_planned(text, start)
        if rule == "<solar date>":
            value = self._solar(start, end, role, future)
        elif rule == "<first months>":
            value = self._first_months(start, end)
        elif rule == "<iso date>":
            value = _iso(self.text[start:end])
        elif rule.startswith("<lunar"):
            value = self._lunar(start, end, rule)
        elif rule == "<weekday>":
            value = self._weekday(self.text[start:end], role)
        else:
            entry = CALENDAR.words[word_at(text, start)]
            if entry.origin == "workday" and text[end : end + 1] in _AT_ONCE:
                return DateValue(date=None, precision="vague", needs_context=True)
            value = self._word(entry, future, start)
            if (
                entry.origin == "workday"
                and self.last_day is not None
                and text[self.last_end : start] in _IN_OTHER_WORDS
            ):
                value = DateValue(date=self.last_day, needs_context=True, year_basis="mention")
            role = role if role == "as_of" else entry.role or role  # 截至前一日24时 is compared with nothing
        if value is None:
            return None
        if future and not role and value.precision in ("month", "period") and rule != "<relative word>":
            role = "deadline"
        if role or future:
            value = value._replace(role=role, future=future, cue=cue)
        self._remember(value, rule, start, end)
        return value

    def _remember(self, value: DateValue, rule: str, start: int, end: int) -> None:
        self.last_role, self.last_end, self.last_day = value.role, end, value.date
        if value.date is None:
            return
        day_named = value.precision == "day" and rule in (
            "<solar date>",
            "<iso date>",
            "<lunar date>",
            "<relative word>",
        )
        if day_named and self.text.endswith(_TODAY_IS, 0, start):
            self.today = value.date
        if value.role == "dateline" and self.dateline is None:
            self.dateline = value.date
        if value.role == "as_of" and not value.future:
            self.reporting = value.date
        now = rule == "<relative word>" and CALENDAR.words[word_at(self.text, start)].origin == "reporting"
        if day_named and value.role == "since" and self.mentioned is None and self.text.startswith("起", end):
            self.mentioned = value.date  # 13日起…，当天有63家恢复
        if rule == "<lunar day>" and not value.role and not value.future:
            self.mentioned = value.date  # 初八正式开工，当天到岗率达96%
        if value.precision == "period" and value.first is None and self.text.startswith(("当天", "当日"), end):
            self.mentioned = value.date  # 元宵节当天
        if day_named and value.role not in ("comparison", "deadline", "since"):
            self.mentioned = self.mentioned or value.date if now else value.date  # 如今 is no day that 当日 points to
            if rule == "<relative word>":
                self.scene_open = False  # 昨天（27日）: the report counts from the day of publication
            elif value.role in ("", "dateline") and self._can_be_scene(value, start):
                self.scene, self.scene_end = value.date, None if value.role else end
        if (
            rule in ("<solar date>", "<iso date>")
            and (value.precision == "day" or (value.precision == "month" and value.role != "since"))
            and value.role != "comparison"
            and not (value.precision == "month" and self.text.startswith(_ON_AVERAGE, end))
        ):
            self.month = (value.date.year, value.date.month)

    def _can_be_scene(self, value: DateValue, start: int) -> bool:
        """6月6日恢复堂食 in a report of the 16th is not the day of the report; 9日 is, at the head of a sentence."""
        if not self.scene_open or value.date is None:
            return False
        if value.needs_context and start and self.text[start - 1] not in _BEFORE_SENTENCE:
            return False
        return self.published is None or -1 < (self.published - value.date).days <= _SCENE_DAYS

    # --- kinds -----------------------------------------------------------------------------------------------------

    def _solar(self, start: int, end: int, role: str, future: bool) -> DateValue | None:
        parts = parts_of(self.text[start:end])
        if parts is None:
            return None
        year_text, _, _, tail, month, day = parts
        year = number_of(year_text) if year_text else self._year_before(start)
        basis = "text" if year_text else "published" if year is not None else ""
        if year is not None and year < 100:
            year += 2000
        if month is None and day is None:
            if year is None:
                return None
            return DateValue(date=day_of(year, 12, 31), first=day_of(year, 1, 1), precision="year", year_basis="text")
        needs = month is None
        if month is None and day is not None:
            if (later := self._later_than_compared(start, day)) is not None:
                return DateValue(date=later, needs_context=True, year_basis="mention")
            by = next((by for word, by in _MONTH_WORDS.items() if self.text.endswith(word, 0, start)), None)
            if by is not None and self.base is not None:
                found = day_of(*shift_month(self.base.year, self.base.month, by), day)
                return DateValue(date=found, needs_context=True, year_basis="published" if found else "")
            if (reported := self._day_of_report(start, end, day, role)) is not None:
                return DateValue(date=reported, needs_context=True, year_basis="published")
            return self._day_only(day, future, role, self.text.endswith(("到", "至"), 0, start))
        if month is None:
            return None
        if day is not None:
            found, basis = (
                (day_of(year, month, day), basis) if year is not None else self._with_year(month, day, future, role)
            )
            return DateValue(date=found, precision="day", year_basis=basis if found else "", needs_context=needs)
        first_day, last_day = month_part(tail)
        if year is None:
            probe, basis = self._with_year(month, 28 if last_day == 0 else last_day, future, role)
            year = probe.year if probe else None
        if year is None:
            return DateValue(date=None, precision="month" if last_day == 0 else "period")
        last = days_of_month(year, month) if last_day == 0 else last_day
        precision = "month" if first_day == 1 and last_day == 0 else "period"
        if role == "as_of" and tail in (None, "份") and self.base is not None and year == self.base.year:
            last = self.base.day if month == self.base.month else last  # 截至3月 in March
        if tail in ("底", "末"):
            precision, first_day = "month", last
        return DateValue(
            date=day_of(year, month, last), first=day_of(year, month, first_day), precision=precision, year_basis=basis
        )

    def _year_before(self, start: int) -> int | None:
        if not start or self.text[start - 1] not in "年的历":
            return None
        match = YEAR_BEFORE.search(self.text[max(0, start - 6) : start])
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
            return day_of(self.document_year, month, day), "document"
        found = nearest_day(base, month, day, 31 if role in ("as_of", "since", "dateline") else 120, future)
        if found is not None and not future and self.document_year is not None and self.document_year < base.year:
            stated = day_of(self.document_year, month, day)
            if stated is not None and (base - found).days > _OLD_DAYS:
                return stated, "document"  # an old report, put on the net again
        return found, "published" if found else ""

    def _later_than_compared(self, start: int, day: int) -> date | None:
        """从3月18日的53.6%上升到23日的86.5%: a bare day after the day it is compared with, in the same clause."""
        before, base = self.last_day, self.base
        if (
            self.last_role != "comparison"
            or before is None
            or day <= before.day
            or "。" in self.text[self.last_end : start]
        ):
            return None
        if base is None or start - self.last_end > 24 or not self.text[:start].endswith(("到", "至", "为")):
            return None
        found = day_of(before.year, before.month, day)
        return found if found is not None and found <= base else None

    def _day_of_report(self, start: int, end: int, day: int, role: str) -> date | None:
        """截至8日, 到8日下午5时 in a paper of the 9th: the day before it, though a month before was told of last."""
        if self.base is None or not 0 <= self.base.day - day <= 2:
            return None
        told = self.text.endswith(("到", "至"), 0, start) and _AT_CLOCK.search(self.text, start, end + 3)
        up_to = role == "as_of" or told
        return day_of(self.base.year, self.base.month, day) if up_to else None

    def _day_only(self, day: int, future: bool, role: str, up_to: bool = False) -> DateValue:
        year: int | None
        if self.month and self.month[0] is not None:
            year, month, basis = self.month[0], self.month[1], "mention"
        elif self.base:
            year, month, basis = self.base.year, self.base.month, "published"
        else:
            return DateValue(date=None, needs_context=True)
        found = day_of(year, month, day)
        base = self.base
        anchor = self.mentioned or base
        if role == "deadline" or future:
            if base and (found is None or (base - found).days > 3):
                found = day_of(*shift_month(year, month, 1), day)
        elif (role == "comparison" and anchor and (found is None or found > anchor)) or (
            base and (found is None or (found - base).days > 7)
        ):
            found = day_of(*shift_month(year, month, -1), day)
            if base and found and (found - base).days > 7:  # 3月的货…截至27日, told in January
                found = day_of(base.year, base.month, day)
                if found is None or found > base:
                    found = day_of(*shift_month(base.year, base.month, -1), day)
        elif base and found and self.mentioned and (self.mentioned - found).days > (0 if up_to else 20):
            after = day_of(*shift_month(year, month, 1), day)  # 30日 … 1日; 2月20日开工，到11日
            found = after if after and after <= base else found
        return DateValue(date=found, needs_context=True, year_basis=basis if found else "")

    def _first_months(self, start: int, end: int) -> DateValue | None:
        """前5个月: January to May of the year, if they are over."""
        match = FIRST_MONTHS.match(self.text, start, end)
        month = number_of(match[1]) if match is not None else None
        written = _FULL_YEAR_BEFORE.search(self.text[max(0, start - 5) : start])
        year = int(written[1]) if written is not None else self._year_before(start)
        if year is None and self.base is not None:
            year = self.base.year if month is not None and self.base.month >= month else None
        if month is None or year is None:
            return None
        last = day_of(year, month, days_of_month(year, month))
        return DateValue(date=last, first=day_of(year, 1, 1), precision="period", year_basis="published")

    def _lunar(self, start: int, end: int, rule: str) -> DateValue | None:
        piece = self.text[start:end]
        month_text, _, day_text = piece.partition("月") if rule == "<lunar date>" else ("正", "", piece)
        month_text = month_text.lstrip("闰")
        month = LUNAR_MONTH.get(month_text) or parse_chinese_integer(month_text)
        last = day_text[:1] in ("底", "末")
        day = 0 if last else number_of(_HOUR.split(day_text)[0].lstrip("初"))
        if month is None or day is None:
            return None
        offset = YEAR_BEFORE.search(self.text[max(0, start - 6) : start])
        written = _FULL_YEAR_BEFORE.search(self.text[max(0, start - 7) : start])
        needs = rule == "<lunar day>"
        if written:
            found = from_lunar(int(written[1]), month, day)
            return DateValue(date=found, needs_context=needs, year_basis="text" if found else "")
        opening = self.text[start - 3 : start]
        if (
            self.mentioned
            and self.last_end >= 0
            and self.text[self.last_end : start] in ("（", "（农历", "，农历", "，", "（即")
        ):
            days = [d for y in (self.mentioned.year - 1, self.mentioned.year) if (d := from_lunar(y, month, day))]
            if self.mentioned in days:
                return DateValue(date=self.mentioned, needs_context=False, year_basis="mention")
        base = self.base or (self.mentioned if opening else None)
        if base is None:
            if self.document_year is None:
                return DateValue(date=None, needs_context=needs)
            found = from_lunar(self.document_year - (month >= 11), month, day)
            return DateValue(date=found, needs_context=needs, year_basis="document" if found else "")
        candidates = [d for y in (base.year - 1, base.year, base.year + 1) if (d := from_lunar(y, month, day))]
        if not candidates:
            return DateValue(date=None, needs_context=needs)
        found = min(candidates, key=lambda d: abs((d - base).days + (15 if d > base else 0)))
        if offset and offset[1] in _YEAR_OFFSET:
            step = _YEAR_OFFSET[offset[1]]
            lunar_year = base.year + step - (month >= 11 and step == 0 and base.month <= 2)
            return DateValue(date=from_lunar(lunar_year, month, day), needs_context=needs, year_basis="published")
        return DateValue(date=found, needs_context=needs, year_basis="published")

    def _weekday(self, piece: str, role: str) -> DateValue:
        base = self.base
        day = "一二三四五六日".find(piece[-1].replace("天", "日").replace("末", "日"))
        if base is not None and piece[0] in "周星礼" and role == "as_of":
            return DateValue(date=base - timedelta(days=(base.weekday() - day) % 7), needs_context=True)
        if piece[0] not in "本上下这" or base is None:
            return DateValue(date=None, needs_context=True)
        weeks = {"上": -1, "下": 1}.get(piece[0], 0)
        found = base - timedelta(days=base.weekday()) + timedelta(days=7 * weeks + day)
        return DateValue(date=found, needs_context=True, year_basis="published")

    def _word(self, entry: DayWord, future: bool, start: int) -> DateValue:
        if entry.table == "vague":
            return DateValue(date=None, precision="vague", needs_context=True)
        base = self.base
        if entry.table == "relative":
            origin = base
            if entry.origin == "published":
                origin = self._today(start)
            elif entry.origin == "mentioned":
                origin = self.mentioned or base
            elif entry.origin == "reporting":
                origin = self.reporting or base
            elif entry.origin == "workday":
                origin = _last_workday(base)
                if origin is None:
                    return DateValue(date=None, precision="vague", needs_context=True)
            found = origin + timedelta(days=entry.days) if origin else None
            return DateValue(date=found, needs_context=True, year_basis="published" if found else "")
        if entry.table == "festival":
            return self._festival(entry, future)
        if entry.of.startswith(("month", "day")) and self.month and self.month[0] is not None and not entry.months:
            base = base or date(self.month[0], self.month[1], 1)
        if base is None:
            return DateValue(date=None, precision="period", needs_context=True)
        first, last = period_of(entry, base)
        return DateValue(date=last, first=first, precision="period", needs_context=True, year_basis="published")

    def _today(self, start: int) -> date | None:
        """今天 in a report that named its day: 2月2日，走进… “今天到岗386人”; else the day of publication.

        Beside that day in its own sentence it is another one: 2日复工35家，至今日复工198家.
        """
        if self.today is not None:
            return self.today
        if self.published is None or self.scene is None or not 0 < (self.published - self.scene).days <= _SCENE_DAYS:
            return self.base
        beside = self.scene_end is not None and not _BREAK.search(self.text, self.scene_end, start)
        return self.base if beside else self.scene

    def _festival(self, entry: DayWord, future: bool) -> DateValue:
        base = self.base or (date(self.document_year, 3, 1) if self.document_year else None)
        if base is None:
            return DateValue(date=None, precision="period", needs_context=True)
        found: list[date] = []
        for year in (base.year - 1, base.year, base.year + 1):
            if entry.solar:
                day = day_of(year, *entry.solar)
            elif entry.lunar and entry.lunar[1] == 0:
                new_year = from_lunar(year + 1, 1, 1)
                day = new_year - timedelta(days=1) if new_year else None
            elif entry.lunar:
                day = from_lunar(year, *entry.lunar)
            else:
                day = None
            if day:
                found.append(day)
        if future:
            found = [day for day in found if (day - base).days >= -30] or found
        nearest = min(found, key=lambda d: abs((d - base).days)) if found else None
        return DateValue(
            date=nearest, precision="period", needs_context=True, year_basis="published" if nearest else ""
        )


def _iso(piece: str) -> DateValue:
    year, month, day = (int(part) for part in _DIGITS.findall(piece)[:3])
    found = day_of(year, month, day)
    return DateValue(date=found, year_basis="text" if found else "")
