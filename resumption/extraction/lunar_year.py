"""The year that a day said twice tells: 2月26日（正月十五） is a day of 2021 and of no other year near.

The same solar and lunar day fall together every 19 years (the Metonic cycle), so of 19 years in a row one fits: of
those up to the day on which the page was fetched.
"""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.date_arithmetic import from_lunar
from resumption.extraction.date_finder import LUNAR_MONTH
from resumption.extraction.numbers import parse_chinese_integer

_CYCLE = 19
_LATEST = 2028
"""Last year looked at for a text of which it is not known when it was fetched."""
_SAID_TWICE = re.compile(
    r"(?<![0-9])(1[0-2]|0?[1-9])月(3[01]|[12]?[0-9])日[（(，]{0,1}(?:即|也就是)?(?:农历)?"
    r"(正月|腊月|冬月|[一二三四五六七八九十]{1,2}月)(初[一二三四五六七八九十]|廿[一二三四五六七八九]|[一二]?十[一二三四五六七八九]?|三十)"
)


def find_lunar_year(text: str, latest: int | None = None) -> int | None:
    """The one year in which all such pairs of days fall together; None if there is no pair, or none or several fit.

    `latest` is the last year that it can be; 19 years up to it are looked at.

    >>> find_lunar_year("截至2月26日（正月十五），全市复工319户"), find_lunar_year("2月26日复工")
    (2021, None)
    >>> find_lunar_year("2月9日（正月十五）"), find_lunar_year("2月9日（正月十五）", latest=2026)
    (2028, 2009)
    """
    years = range((latest or _LATEST) - _CYCLE + 1, (latest or _LATEST) + 1)
    found: set[int] | None = None
    for match in _SAID_TWICE.finditer(text):
        name = match[3].removesuffix("月")
        month = LUNAR_MONTH.get(name) or parse_chinese_integer(name)
        day = _day(match[4])
        if month is None or day is None:
            continue
        solar = int(match[1]), int(match[2])
        fitting = {
            then.year
            for year in (years.start - 1, *years)
            if (then := from_lunar(year, month, day)) is not None and (then.month, then.day) == solar
        }
        found = fitting if found is None else found & fitting
    fits = [year for year in found or () if year in years]
    return fits[0] if len(fits) == 1 else None


def _day(text: str) -> int | None:
    plain = text.removeprefix("初")
    return parse_chinese_integer("二十" + plain[1:]) if plain[0] == "廿" else parse_chinese_integer(plain)
