"""Loads `calendar.toml`: words that name a day, festivals, and the signs that say what a date is for."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from resumption.lexicon.read import read_toml


class DayWord(NamedTuple):
    """One word of the calendar. Which fields are set depends on `table`."""

    word: str
    table: str
    """`relative`, `vague`, `period` or `festival`."""
    days: int = 0
    origin: str = ""
    """Day from which `days` counts: `published`, `mentioned`, `reporting`, `workday`."""
    role: str = ""
    not_after: str = ""
    """Characters before which the word is part of another one: 日 before 前日."""
    of: str = ""
    """How the last day of a period is found: `month_end`, `day_10`, `quarter_1`, `year_end`, `week_end`."""
    months: int = 0
    years: int = 0
    weeks: int = 0
    lunar: tuple[int, int] | None = None
    solar: tuple[int, int] | None = None


class Calendar(NamedTuple):
    """Everything of `calendar.toml`."""

    words: dict[str, DayWord]
    roles: dict[str, tuple[str, ...]]
    workdays: tuple[date, ...] = ()
    """First working days after public holidays, in order."""


@cache
def load_calendar() -> Calendar:
    """Day words and role signs. Raises ValueError naming a word that is listed twice.

    >>> load_calendar().words["昨日"].days, load_calendar().words["元宵节"].lunar
    (-1, (1, 15))
    """
    data = read_toml("calendar.toml")
    words: dict[str, DayWord] = {}
    for table in ("relative", "vague", "period", "festival"):
        for row in data[table]:
            for word in row["words"]:
                if word in words:
                    raise ValueError(f"calendar.toml: {word} stands in two rows")
                words[word] = DayWord(
                    word=word,
                    table=table,
                    days=row.get("days", 0),
                    origin=row.get("from", ""),
                    role=row.get("role", ""),
                    not_after=row.get("not_after", ""),
                    of=row.get("of", ""),
                    months=row.get("months", 0),
                    years=row.get("years", 0),
                    weeks=row.get("weeks", 0),
                    lunar=_pair(row.get("lunar")),
                    solar=_pair(row.get("solar")),
                )
    return Calendar(
        words=words,
        roles={role: tuple(signs) for role, signs in data["roles"].items()},
        workdays=tuple(date.fromisoformat(day) for day in data["workdays"]["first"]),
    )


def _pair(value: list[int] | None) -> tuple[int, int] | None:
    return None if value is None else (value[0], value[1])
