"""Days of the calendar: the year nearest to a day, parts of months, periods, lunar days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from resumption.lexicon.calendar import DayWord


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None if there is none (2月30日)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def nearest_day(base: date, month: int, day: int, limit: int, future: bool) -> date | None:
    """The day of that month and day nearest to `base`, at most `limit` days after it; one to come if `future`."""
    candidates = [d for y in (base.year - 1, base.year, base.year + 1) if (d := day_of(y, month, day))]
    if future:
        later = [d for d in candidates if -31 <= (d - base).days <= 330]
        if later:
            return min(later)
    allowed = [d for d in candidates if (d - base).days <= limit]
    return min(allowed, key=lambda d: abs((d - base).days)) if allowed else None


def days_of_month(year: int, month: int) -> int:
    """Length of a month. (`calendar` would do, but it loads `locale`.)

    >>> [days_of_month(year, 2) for year in (2020, 2021, 1900, 2000)]
    [29, 28, 28, 29]
    """
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def month_part(tail: str | None) -> tuple[int, int]:
    """First and last day (0: the last of the month) of 上旬, 中旬, 下旬, 初, 中, 底."""
    return {"上旬": (1, 10), "初": (1, 5), "中旬": (11, 20), "中": (10, 20), "下旬": (21, 0)}.get(tail or "", (1, 0))


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month that lie `by` months later."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def period_of(entry: DayWord, base: date) -> tuple[date, date]:
    """First and last day of 本月, 去年, 一季度, 上周 … as said on `base`."""
    year, month = shift_month(base.year + entry.years, base.month, entry.months)
    if entry.of == "year_end":
        return date(year, 1, 1), date(year, 12, 31)
    if entry.of == "week_end":
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=entry.weeks)
        return monday, monday + timedelta(days=6)
    if entry.of.startswith("quarter_"):
        last_month = 3 * int(entry.of[-1])
        if (date(year, last_month, 28) - base).days > 250:
            year -= 1
        return date(year, last_month - 2, 1), date(year, last_month, days_of_month(year, last_month))
    if entry.of.startswith("day_"):
        last = int(entry.of[4:])
        return date(year, month, last - 9), date(year, month, last)
    return date(year, month, 1), date(year, month, days_of_month(year, month))


@lru_cache(maxsize=4096)
def from_lunar(year: int, month: int, day: int) -> date | None:
    """The solar day of a day of the lunar calendar, None if there is none; day 0 is the last day of the month.

    Its package is loaded when first needed.

    >>> from_lunar(2020, 1, 1), from_lunar(2020, 1, 0)
    (datetime.date(2020, 1, 25), datetime.date(2020, 2, 22))
    """
    from lunardate import LunarDate

    if day == 0:
        after = from_lunar(year + month // 12, month % 12 + 1, 1)
        return after - timedelta(days=1) if after else None

    try:
        solar = LunarDate(year, month, day).to_solar_date()
    except ValueError:
        return None
    return date(solar.year, solar.month, solar.day)
