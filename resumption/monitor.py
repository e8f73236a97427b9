"""How the channels are doing, from the records of runs (`run.json`): one state each, with the reasons. Pure functions.

A run says how it went; this says how a channel is: its last good run, whether it brings what it usually brings, which
layouts its pages have, and since when it has been blocked or empty. The clock is an argument.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Any

from resumption.portals import Portal
from resumption.verdict import MIN_PAGES

DAYS = 7
"""So many days before the last one say what is usual; layouts are counted over so many days."""
STALE_INTERVALS = 3
"""Without a good run for so many intervals of the schedule a channel is stale."""
FEW_WINDOWS = 3
"""From so many earlier days on there is something usual."""

Record = Mapping[str, Any]


class State(StrEnum):
    """State of a channel, best first. Exit codes are those of `scrapy crawl` where a run can have the same state."""

    OK = "ok"
    UNKNOWN = "unknown"
    """In no run yet."""
    STALE = "stale"
    """The last good run is too long ago."""
    DEGRADED = "degraded"
    EMPTY = "empty"
    FAILED = "failed"
    BLOCKED = "blocked"

    @property
    def exit_code(self) -> int:
        """Exit code of `scrapy health` when this is the worst state.

        >>> {state.value: state.exit_code for state in State}
        {'ok': 0, 'unknown': 9, 'stale': 8, 'degraded': 3, 'empty': 4, 'failed': 1, 'blocked': 5}
        """
        return {"ok": 0, "unknown": 9, "stale": 8, "degraded": 3, "empty": 4, "failed": 1, "blocked": 5}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHealth:
    """One channel at one moment. Times are UTC."""

    portal: str
    channel: str
    title: str
    state: State
    since: datetime | None
    """Start of the first of the latest runs that all ended in this state."""
    last_run: datetime | None
    last_good: datetime | None
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Worth a look, no alarm: fewer articles than usual (a story that ends brings fewer, too)."""
    links: int = 0
    """Article links in the last run."""
    links_usual: float | None = None
    articles: int = 0
    """New articles of the last 24 hours."""
    articles_usual: float | None = None
    observations: int = 0
    observations_usual: float | None = None
    layouts: tuple[tuple[str, int], ...] = ()
    """Layouts of the articles of the last week, most used first."""
    general: float | None = None
    """Share of them that the general reader read; None without articles."""


def assess(portals: Iterable[Portal], records: Iterable[Record], now: datetime) -> list[ChannelHealth]:
    """State of every channel of every portal that has a run, in the order of the seeds.

    `records` are contents of `run.json` in any order. Runs over a part (an address, a search, a range of days) and runs
    that were interrupted are left out; replays count only for a portal that has no other run.
    """
    found = []
    runs = sorted(filter(_judged, records), key=_started)
    for portal in portals:
        own = [r for r in runs if r.get("portal") == portal.name]
        own = [r for r in own if not r.get("replay")] or own
        if own:
            channels = [c for c in portal.channels if not c.retired]
            found += [_assess_channel(portal, c.name, c.title, own, now) for c in channels]
    return found


def as_document(channels: Sequence[ChannelHealth], now: datetime) -> dict[str, Any]:
    """The channels as JSON takes them, for `scrapy health --json` and the page of `scrapy report`; times are text, UTC.

    >>> as_document([], datetime(2020, 2, 22, 9, 7, tzinfo=UTC))
    {'at': '2020-02-22 09:07Z', 'state': 'unknown', 'channels': []}
    """
    rows = []
    for c in channels:
        row = {name: getattr(c, name) for name in ChannelHealth.__slots__}
        row |= {name: as_minute(row[name]) or None for name in ("since", "last_run", "last_good")}
        rows.append(row | {"state": c.state.value, "layouts": dict(c.layouts)})
    return {"at": as_minute(now), "state": worst(channels).value, "channels": rows}


def as_minute(moment: datetime | None) -> str:
    """A moment to the minute, UTC; "" for None."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%MZ}" if moment else ""


def worst(channels: Iterable[ChannelHealth]) -> State:
    """The worst state, `unknown` if there is no channel at all."""
    order = list(State)
    return max((c.state for c in channels), key=order.index, default=State.UNKNOWN)


def channel_state(record: Record, channel: str) -> tuple[State, tuple[str, ...]]:
    """State of a channel after one run, and the reasons that concern it.

    >>> channel_state({"verdict": "degraded", "reasons": ["weihai: 2 of 2 lists could not be read"],
    ...                "channels": {"weihai": {}, "zibo": {}}}, "zibo")
    (<State.OK: 'ok'>, ())
    """
    verdict, reasons = record.get("verdict"), [str(r) for r in record.get("reasons") or ()]
    names = set(record.get("channels") or ())
    own = tuple(r.partition(": ")[2] for r in reasons if r.startswith(f"{channel}: "))
    shared = tuple(r for r in reasons if r.partition(": ")[0] not in names)
    if verdict == "degraded":
        counts = _counts(record, channel)
        if own and counts.get("lists") and not counts.get("links"):
            return State.EMPTY, own
        return (State.DEGRADED, own + shared) if own or shared else (State.OK, ())
    states = {"ok": State.OK, "blocked": State.BLOCKED, "empty": State.EMPTY}
    return states.get(str(verdict), State.FAILED), own + shared


def _assess_channel(portal: Portal, name: str, title: str, runs: Sequence[Record], now: datetime) -> ChannelHealth:
    own = [r for r in runs if name in _channels(r)]
    if not own:
        return ChannelHealth(
            portal=portal.name,
            channel=name,
            title=title,
            state=State.UNKNOWN,
            since=None,
            last_run=None,
            last_good=None,
        )
    states = [channel_state(r, name) for r in own]
    state, reasons = states[-1]
    good = [_started(r) for r, (s, _) in zip(own, states, strict=True) if s is State.OK]
    streak = len(states)
    while streak and states[streak - 1][0] is state:
        streak -= 1
    since = _started(own[streak])
    articles, articles_usual = _per_day(own, name, "articles", now)
    observations, observations_usual = _per_day(own, name, "observations", now)
    layouts, general = _layouts(own, name, now)
    links = [int(_counts(r, name).get("links") or 0) for r in own]
    seconds = STALE_INTERVALS * portal.schedule.every_minutes * 60
    if state is State.OK and not own[-1].get("replay") and (now - good[-1]).total_seconds() > seconds:
        state, since = State.STALE, good[-1] + timedelta(seconds=seconds)
        reasons = (f"no good run for {_span(now - good[-1])}, expected every {portal.schedule.every_minutes} min",)
    read = sum(layouts.values())
    if general is not None and read >= MIN_PAGES and general > portal.expect.general_share_max:
        reasons += (f"no layout fits {general:.0%} of {read} articles of {DAYS} days",)
        state = State.DEGRADED if state in (State.OK, State.STALE) else state
    low = articles_usual is not None and articles_usual >= MIN_PAGES and articles < 0.5 * articles_usual
    return ChannelHealth(
        portal=portal.name,
        channel=name,
        title=title,
        state=state,
        since=since,
        last_run=_started(own[-1]),
        last_good=good[-1] if good else None,
        reasons=reasons,
        notes=(f"{articles} articles in 24 hours, usually {articles_usual:g}",) if low else (),
        links=links[-1],
        links_usual=median(links[-DAYS - 1 : -1]) if len(links) > FEW_WINDOWS else None,
        articles=articles,
        articles_usual=articles_usual,
        observations=observations,
        observations_usual=observations_usual,
        layouts=tuple(layouts.most_common()),
        general=general,
    )


def _per_day(runs: Sequence[Record], channel: str, what: str, now: datetime) -> tuple[int, float | None]:
    """Sum over the last 24 hours, and the median of the days before that the channel was crawled in."""
    first, days = _started(runs[0]), [0] * (DAYS + 1)
    for run in runs:
        age = (now - _started(run)) // timedelta(days=1)
        if 0 <= age <= DAYS:
            days[age] += int(_counts(run, channel).get(what) or 0)
    crawled = [n for age, n in enumerate(days) if age and now - timedelta(days=age) > first]
    return days[0], median(crawled) if len(crawled) >= FEW_WINDOWS else None


def _layouts(runs: Sequence[Record], channel: str, now: datetime) -> tuple[Counter[str], float | None]:
    layouts: Counter[str] = Counter()
    for run in runs:
        if now - _started(run) <= timedelta(days=DAYS) or run.get("replay"):
            layouts.update(_counts(run, channel).get("layouts") or {})
    read = sum(layouts.values())
    return layouts, sum(n for name, n in layouts.items() if name.startswith("general")) / read if read else None


def _judged(record: Record) -> bool:
    arguments = record.get("arguments") or {}
    partial = any(arguments.get(key) for key in ("url", "search", "since", "until"))
    return not partial and record.get("verdict") not in (None, "interrupted", "locked", "misconfigured")


def _channels(record: Record) -> set[str]:
    named = (record.get("arguments") or {}).get("channel")
    return set(named.split(",")) if named else set(record.get("channels") or ())


def _counts(record: Record, channel: str) -> Mapping[str, Any]:
    counts = (record.get("channels") or {}).get(channel)
    return counts if isinstance(counts, Mapping) else {}


def _started(record: Record) -> datetime:
    """Start of a run; one without a readable time sorts first."""
    try:
        moment = datetime.fromisoformat(str(record.get("started")))
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _span(length: timedelta) -> str:
    """A length of time for people.

    >>> _span(timedelta(minutes=200)), _span(timedelta(days=9))
    ('3 h', '9 days')
    """
    hours = int(length.total_seconds() // 3600)
    return f"{hours} h" if hours < 72 else f"{hours // 24} days"
