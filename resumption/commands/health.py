"""`scrapy health`: how every channel is doing, for people, for monitors and for whoever wants to be told."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError

from resumption.closed_pipe import ends_with_its_reader
from resumption.commands.load import data_folder, read_runs
from resumption.monitor import ChannelHealth, State, as_document, as_minute, assess, worst
from resumption.notices import NoticeError, find_changes, read_told, send, told_after, write_told
from resumption.portals import SeedError, load_portal, portal_names
from resumption.quiet_command import QuietCommand
from resumption.warehouse import WarehouseError, open_warehouse

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Gauge

HEADINGS = (
    "channel",
    "state",
    "since",
    "last good run",
    "links",
    "articles 24 h",
    "figures 24 h",
    "general",
    "layouts",
)


class Command(QuietCommand):
    """Exit codes: 0 ok, 1 failed, 3 degraded, 4 empty, 5 blocked, 8 stale, 9 never crawled: of the worst channel."""

    def short_desc(self) -> str:
        return "Print how every channel is doing; the exit code is that of the worst"

    def long_desc(self) -> str:
        return (
            "Reads the run records of RESUMPTION_DATA, or table run of a warehouse. Numbers stand as now/usual. Exit "
            "codes: 0 ok, 1 failed, 3 degraded, 4 empty, 5 blocked, 8 stale, 9 never crawled."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--from", dest="source", metavar="WAREHOUSE", help="read table run of a warehouse")
        parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
        parser.add_argument("--prometheus", metavar="FILE", help="write a text file for Prometheus' node exporter")
        parser.add_argument(
            "--notify", action="store_true", help="tell webhook and mail of changes (docs/operations.md)"
        )
        parser.add_argument("--quiet", action="store_true", help="print only what is not ok")

    @ends_with_its_reader
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("scrapy health takes no arguments", print_help=False)
        try:
            now = datetime.now(UTC)
            channels = assess_all(_runs_of(opts.source) if opts.source else read_runs(), now)
            if opts.prometheus:
                from prometheus_client import write_to_textfile

                write_to_textfile(opts.prometheus, metrics(channels))
            self.exitcode = worst(channels).exit_code
            print(_as_json(channels, now) if opts.json else as_table(channels, only_bad=opts.quiet))
            if opts.notify:
                _notify(channels, data_folder() / "health.json")
        except BrokenPipeError:
            raise
        except (WarehouseError, SeedError, OSError) as error:
            print(f"scrapy health: {error}", file=sys.stderr)
            self.exitcode = self.exitcode or 1


def assess_all(records: Iterable[Mapping[str, Any]], now: datetime) -> list[ChannelHealth]:
    """State of every channel of all seeds, for the command and the report. Raises SeedError."""
    return assess([load_portal(name) for name in portal_names()], records, now)


def _notify(channels: Sequence[ChannelHealth], path: Path) -> None:
    told = read_told(path)
    changes = find_changes(channels, told)
    if changes and not send(changes, os.environ):
        raise NoticeError("--notify needs RESUMPTION_WEBHOOK or RESUMPTION_MAIL_TO")
    if changes:
        write_told(path, told_after(told, changes))


def _runs_of(target: str) -> list[dict[str, Any]]:
    """Records of the runs in a warehouse. Raises WarehouseError."""
    with open_warehouse(target, read_only=True) as warehouse:
        texts = [text for (text,) in warehouse.fetch("SELECT record FROM run ORDER BY run_id")]
    return [json.loads(text) for text in texts if text]


def as_table(channels: Sequence[ChannelHealth], *, only_bad: bool = False) -> str:
    """The channels as a table for people, what is wrong below it."""
    if not channels:
        return "no run yet"
    shown = [c for c in channels if not only_bad or c.state is not State.OK or c.notes]
    rows = [HEADINGS, *map(_row, shown)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    for c in shown:
        if c.reasons or c.notes:
            lines.append(f"{c.portal}/{c.channel} {c.title}: {'; '.join((*c.reasons, *c.notes))}")
    good = sum(c.state is State.OK for c in channels)
    return "\n".join([*(lines if shown else []), f"{good} of {len(channels)} channels are ok"])


def _row(c: ChannelHealth) -> tuple[str, ...]:
    return (
        f"{c.portal}/{c.channel}",
        c.state.value,
        "" if c.state is State.OK else as_minute(c.since),
        as_minute(c.last_good) or "never",
        _level(c.links, c.links_usual),
        _level(c.articles, c.articles_usual),
        _level(c.observations, c.observations_usual),
        "" if c.general is None else f"{c.general:.0%}",
        ", ".join(f"{name} {count}" for name, count in c.layouts[:3]),
    )


def _level(now: int, usual: float | None) -> str:
    return str(now) if usual is None else f"{now}/{usual:g}"


def _as_json(channels: Sequence[ChannelHealth], now: datetime) -> str:
    return json.dumps(as_document(channels, now), ensure_ascii=False, indent=1)


def metrics(channels: Sequence[ChannelHealth]) -> CollectorRegistry:
    """Gauges per channel, as the text file for Prometheus has them."""
    from prometheus_client import CollectorRegistry, Gauge

    registry = CollectorRegistry()
    labels = ("portal", "channel")

    def gauge(name: str, what: str, *more: str) -> Gauge:
        return Gauge(f"resumption_channel_{name}", what, (*labels, *more), registry=registry)

    state = gauge("state", "1 for the state that the channel is in", "state")
    good = gauge("last_good_run_timestamp_seconds", "Start of the last good run")
    general = gauge("general_reader_ratio", "Share of articles of 7 days that fitted no layout")
    levels = {
        "links": gauge("links", "Article links in the last run"),
        "articles": gauge("articles", "New articles of the last 24 hours"),
        "observations": gauge("observations", "Observations of the last 24 hours"),
    }
    usual = {name: gauge(f"{name}_usual", f"Usual level of {name}") for name in levels}
    for c in channels:
        for each in State:
            state.labels(c.portal, c.channel, each.value).set(each is c.state)
        if c.last_good:
            good.labels(c.portal, c.channel).set(c.last_good.timestamp())
        if c.general is not None:
            general.labels(c.portal, c.channel).set(c.general)
        for name, level in levels.items():
            level.labels(c.portal, c.channel).set(getattr(c, name))
            value = getattr(c, f"{name}_usual")
            if value is not None:
                usual[name].labels(c.portal, c.channel).set(value)
    return registry
