"""`scrapy load`: feeds into a warehouse, in one transaction, any number of times."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError

from resumption.closed_pipe import ends_with_its_reader
from resumption.quiet_command import QuietCommand
from resumption.warehouse import Warehouse, WarehouseError, open_warehouse
from resumption.warehouse.feed_files import BadLine, FeedError, FeedFile, find_feeds
from resumption.warehouse.watch import Round, Watch

LONG_LOAD = 5_000_000
"""Bytes from which a load shows its progress."""


def data_folder() -> Path:
    """The folder that everything is written to: environment variable RESUMPTION_DATA, else `data`."""
    return Path(os.environ.get("RESUMPTION_DATA") or "data")


def default_target() -> str:
    """The warehouse when none is named: environment variable RESUMPTION_WAREHOUSE, else a DuckDB file in the data."""
    return os.environ.get("RESUMPTION_WAREHOUSE") or f"duckdb:///{data_folder() / 'warehouse.duckdb'}"


class Command(QuietCommand):
    """Load feeds (default: all of RESUMPTION_DATA) into a warehouse."""

    def syntax(self) -> str:
        return "[options] [FEED...]"

    def short_desc(self) -> str:
        return "Load feeds into a warehouse: DuckDB, PostgreSQL, or another through dlt"

    def long_desc(self) -> str:
        return (
            "FEED is a .jsonl or .jsonl.gz file of articles or observations, or a folder of them (default: feeds/ of "
            "RESUMPTION_DATA). All feeds are loaded in one transaction: a line that breaks the contract is named with "
            "file and line and nothing is loaded, unless --skip-bad is given. Loading a feed again changes no row."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--to",
            metavar="TARGET",
            help="duckdb:///PATH, postgresql://HOST/DATABASE or dlt:DESTINATION "
            "(default: RESUMPTION_WAREHOUSE, else warehouse.duckdb in RESUMPTION_DATA)",
        )
        parser.add_argument("--check", action="store_true", help="run the SQL tests of the contract after the load")
        parser.add_argument("--skip-bad", action="store_true", help="leave out lines that break the contract")
        parser.add_argument("--watch", metavar="FOLDER", help="load every finished run of a data folder, each once")
        parser.add_argument(
            "--every",
            metavar="SECONDS",
            type=float,
            default=10.0,
            help="with --watch: pause between two looks; 0: once",
        )

    @ends_with_its_reader
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        target = opts.to or default_target()
        if opts.watch:
            if args or opts.check or opts.skip_bad or target.startswith("dlt:"):
                raise UsageError("--watch goes with --to (DuckDB, PostgreSQL) and --every only", print_help=False)
            self.exitcode = watch(Path(opts.watch), target, opts.every)
            return
        try:
            files = find_feeds([Path(arg) for arg in args] or _default_feeds())
            if target.startswith("dlt:"):
                self._load_by_dlt(target, files, opts)
            else:
                with open_warehouse(target) as warehouse:
                    self._load(warehouse, files, opts)
        except (FeedError, WarehouseError) as error:
            print(f"nothing was loaded: {error}", file=sys.stderr)
            self.exitcode = 1

    def _load(self, warehouse: Warehouse, files: list[FeedFile], opts: argparse.Namespace) -> None:
        from tqdm import tqdm

        size = sum(file.size for file in files)
        with tqdm(total=size, unit="B", unit_scale=True, disable=size < LONG_LOAD, file=sys.stderr) as bar:
            loaded = warehouse.load(
                files, runs=read_runs(), skip_bad=_report_bad if opts.skip_bad else None, progress=bar.update
            )
        for merged in loaded.tables:
            print(merged)
        if loaded.bad_lines:
            print(f"left out: {loaded.bad_lines} bad lines")
        if opts.check and not print_checks(warehouse):
            self.exitcode = 1

    def _load_by_dlt(self, target: str, files: list[FeedFile], opts: argparse.Namespace) -> None:
        from resumption.warehouse.dlt import load_by_dlt

        if opts.check:
            raise UsageError("--check runs on DuckDB and PostgreSQL", print_help=False)
        counts = load_by_dlt(target.removeprefix("dlt:"), files, skip_bad=_report_bad if opts.skip_bad else None)
        for table, rows in counts.items():
            print(f"{table}: {rows} rows merged")


def watch(folder: Path, target: str, every: float) -> int:
    """Load what is new until SIGTERM or Ctrl-C (`every` 0: one look); returns the exit code.

    A problem is told once, and again when it has gone and come back.
    """
    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    watcher = Watch(folder, target)
    told: set[str] = set()
    try:
        with watcher.alone():
            while True:
                try:
                    done = watcher.round()
                except WarehouseError as error:
                    done = Round(problems=(str(error),))
                if done.runs or done.records:
                    print(f"loaded {len(done.runs)} runs, {done.changed} rows changed", flush=True)
                for problem in done.problems:
                    if problem not in told:
                        print(problem, file=sys.stderr, flush=True)
                told = set(done.problems)
                if every <= 0 or stop.wait(every):
                    return 1 if told else 0
    except (WarehouseError, OSError) as error:
        print(f"nothing was loaded: {error}", file=sys.stderr)
        return 1


def print_checks(warehouse: Warehouse) -> bool:
    """Print one line per SQL test; True if none of severity `error` failed."""
    sound = True
    for result in warehouse.check():
        verdict = "ok" if not result.violations else "FAILED" if result.severity == "error" else "warning"
        print(f"{verdict:8} {result.name}" + (f": {result.violations} rows" if result.violations else ""))
        for row in result.examples:
            print("         " + " | ".join(str(value)[:60] for value in row))
        sound = sound and verdict != "FAILED"
    return sound


def read_runs() -> list[dict[str, Any]]:
    """The records of all runs, `runs/*/run.json` of RESUMPTION_DATA; one that is not JSON is named and left out."""
    records = []
    for path in sorted(data_folder().glob("runs/*/run.json")):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            continue
        if isinstance(record, dict):
            records.append({"run": path.parent.name} | record)
    return records


def _default_feeds() -> list[Path]:
    folder = data_folder() / "feeds"
    if not folder.is_dir():
        raise FeedError(f"{folder} does not exist: crawl first, or name a feed")
    return [folder]


def _report_bad(line: BadLine) -> None:
    print(f"left out: {line}", file=sys.stderr)
