"""`scrapy report`: the warehouse as a static site."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError

from resumption.commands.load import data_folder, default_target
from resumption.monitor import as_document
from resumption.portals import SeedError
from resumption.quiet_command import QuietCommand
from resumption.warehouse import WarehouseError, open_warehouse

POOL_FROM = 300
"""Articles from which reading them again is shared among processes."""


class Command(QuietCommand):
    """Write the static site of a warehouse."""

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Write a static site: overview, series, evidence, findings, review"

    def long_desc(self) -> str:
        return (
            "The site opens from a file, without server or network: figures on a map-like grid, series over time, and "
            "every figure beside its sentence. On the evidence page numbers can be marked right or wrong; the marks "
            "are downloaded as annotations that `scrapy score` takes."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--from", dest="source", metavar="TARGET", help="warehouse (default: as for scrapy load)")
        parser.add_argument("--out", metavar="DIR", help="folder (default: report/ in RESUMPTION_DATA)")
        parser.add_argument(
            "--no-pages", action="store_true", help="do not look into the stored pages: no cut blocks, no page source"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("scrapy report takes no arguments", print_help=False)
        # altair and the word lists take a while to import, and every `scrapy` command imports this file.
        from resumption.commands.health import assess_all
        from resumption.report import write_report
        from resumption.rereading import read_again

        folder = Path(opts.out) if opts.out else data_folder() / "report"
        started, now = time.monotonic(), datetime.now(UTC)
        read_one = partial(read_again, pages=None if opts.no_pages else page_folders())
        try:
            with _processes() as pool, open_warehouse(opts.source or default_target(), read_only=True) as warehouse:
                written = write_report(
                    warehouse,
                    folder,
                    partial(_read_all, read_one, pool),
                    lambda records: as_document(assess_all(records, now), now),
                )
        except (WarehouseError, SeedError) as error:
            print(f"nothing was written: {error}", file=sys.stderr)
            self.exitcode = 1
            return
        except OSError as error:
            print(f"the report is not complete: {error.filename or folder}: {error.strerror}", file=sys.stderr)
            self.exitcode = 1
            return
        print(
            f"{folder / 'index.html'}: {len(written.pages)} pages, {written.articles} article versions, "
            f"{written.observations} observations, {time.monotonic() - started:.1f} s"
        )


def page_folders() -> tuple[Path, ...]:
    """Where the file of a `raw_ref` can lie: the archive of RESUMPTION_DATA, or the bundled replay archive."""
    from importlib.resources import files

    return data_folder().resolve(), Path(str(files("seeds"))).resolve()


@contextmanager
def _processes() -> Iterator[ProcessPoolExecutor]:
    """One process for each processor, begun while this one has no threads yet: the engines below start some."""
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with ProcessPoolExecutor(workers) as pool:
        pool.submit(int).result()
        yield pool


def _read_all(read_one: Any, pool: ProcessPoolExecutor, articles: Iterable[Any]) -> Iterator[Any]:
    """One reading after the other, in order; many are shared among the processors."""
    listed = list(articles)
    if len(listed) < POOL_FROM:
        yield from map(read_one, listed)
    else:
        yield from pool.map(read_one, listed, chunksize=40)
