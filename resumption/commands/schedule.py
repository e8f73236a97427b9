"""`scrapy schedule`: cron lines or systemd timers from the seeds, and what they call."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from scrapy.exceptions import UsageError

from resumption.closed_pipe import ends_with_its_reader
from resumption.daemon import Daemon, DaemonError
from resumption.portals import SeedError, load_portal, portal_names
from resumption.quiet_command import QuietCommand
from resumption.schedule import ScheduleError, Slot, cron_lines, find_slots, refusal, timer_units


class Command(QuietCommand):
    """Print or write the schedule, or start a slot of it. Exit code 1 if scrapyd does not take a job."""

    def syntax(self) -> str:
        return "[options] [PORTAL...]"

    def short_desc(self) -> str:
        return "Write cron lines or systemd timers from the seeds, or start a slot on scrapyd"

    def long_desc(self) -> str:
        return (
            "Without options: cron lines for all portals, or those named. --start is what they call; it asks scrapyd "
            "at SCRAPYD_URL with SCRAPYD_USERNAME and SCRAPYD_PASSWORD. Settings given with -s go to the job."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--environment", metavar="FILE", default="", help="file that a cron line reads (KEY=value)")
        parser.add_argument("--systemd", metavar="FOLDER", help="write systemd timers instead of printing cron lines")
        parser.add_argument("--start", metavar="SLOT", help="start a slot, e.g. qilu-1; due: all whose time it is")

    @ends_with_its_reader
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            slots = [slot for name in args or portal_names() for slot in find_slots(load_portal(name))]
            if opts.start:
                self._start(slots, opts.start, opts.set)
            elif opts.systemd:
                _write(timer_units(slots), Path(opts.systemd))
            else:
                scrapy = str(Path(sys.executable).with_name("scrapy"))
                folder = str(Path.cwd())
                print("\n".join(cron_lines(slots, folder=folder, scrapy=scrapy, environment=opts.environment)))
        except BrokenPipeError:
            raise
        except (SeedError, ScheduleError, OSError) as error:
            print(f"scrapy schedule: {error}", file=sys.stderr)
            self.exitcode = 1

    def _start(self, slots: list[Slot], name: str, settings: list[str]) -> None:
        chosen = [slot for slot in slots if name == slot.name or (name == "due" and slot.is_due(datetime.now()))]
        if not chosen and name != "due":
            raise UsageError(f"no slot {name!r:.40}; there are: {', '.join(s.name for s in slots)}", print_help=False)
        daemon = Daemon()
        for slot in chosen:
            try:
                print(start_slot(daemon, slot, datetime.now(), settings))
            except DaemonError as error:
                print(f"{slot.name} was not started: {error}", file=sys.stderr)
                self.exitcode = 1


def start_slot(daemon: Daemon, slot: Slot, now: datetime, settings: list[str]) -> str:
    """Start the job of a slot unless it is there; returns one sentence. Raises DaemonError."""
    job = slot.job_id(now)
    if reason := refusal(slot, job, *daemon.jobs()):
        return reason
    daemon.schedule(slot.portal, job, {"channel": ",".join(slot.channels)}, settings)
    return f"{job} started: {', '.join(slot.channels)}"


def _write(units: dict[str, str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("resumption-slot-*.timer"):
        if old.name not in units:
            old.unlink()
    for name, text in units.items():
        (folder / name).write_text(text, encoding="utf-8")
        print(folder / name)
