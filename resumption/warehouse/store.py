"""What every warehouse does the same way: one transaction from feed files to tables, views and findings.

An engine (`duckdb.py`, `postgres.py`) adds how it connects, how it takes in the lines of a file, and nothing else.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from resumption.warehouse import dimensions, sql
from resumption.warehouse.feed_files import BadLine, FeedError, FeedFile, Progress
from resumption.warehouse.merge import Merged, article_rows, merge_feed, merge_plain, replace_all
from resumption.warehouse.tables import (
    ARTICLE,
    DIM_INDICATOR,
    DIM_REGION,
    FEED_TABLES,
    OBS_CHECK,
    RUN,
    TABLES,
    Table,
    create_statement,
    typed,
)

Rows = list[tuple[Any, ...]]


class WarehouseError(RuntimeError):
    """A warehouse that cannot be opened or used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one load did."""

    tables: tuple[Merged, ...]
    bad_lines: int = 0
    files: int = 0

    @property
    def changed(self) -> int:
        """Rows that are different from before in all tables; 0 for a second load of the same feeds."""
        return sum(merged.changed for merged in self.tables)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Outcome of one SQL test of the contract: how many rows break it, and the first few of them."""

    name: str
    severity: str
    """`error` (the load is wrong) or `warning` (the sources contradict themselves or each other)."""
    what: str
    violations: int
    examples: Rows


@cache
def state_version() -> str:
    """Short hash of the SQL and the dimension rows that this software puts into a warehouse."""
    rows = repr((dimensions.region_rows(), dimensions.indicator_rows()))
    return hashlib.sha256((sql.views_version() + rows).encode()).hexdigest()[:16]


class NeedsCareError(Exception):
    """The quick way of loading does not do for these files."""


class Warehouse(ABC):
    """An open warehouse. Use as a context manager; everything in `load` is one transaction."""

    scheme: ClassVar[str]
    text_type: ClassVar[str] = "varchar"
    """What text columns are declared as."""
    report_once = False
    """Whether findings share a copy of the current reports: for an engine that is slow to work out `report`."""
    quick = True
    made: frozenset[str] = frozenset()
    """Tables that this load made: nobody else sees them yet."""

    @abstractmethod
    def execute(self, statement: str) -> None:
        """Run a statement."""

    @abstractmethod
    def query(self, statement: str) -> tuple[list[str], Rows]:
        """Column names and rows of a query. Raises WarehouseError with the engine's own words."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Any]:
        """All of the block or nothing."""

    def reading(
        self, files: Sequence[FeedFile], on_bad: Callable[[BadLine], object], progress: Progress | None
    ) -> AbstractContextManager[Any]:
        """The block loads these files, one feed after the other in the order of FEED_TABLES: a chance to read ahead."""
        return nullcontext()

    def fill_empty(
        self,
        table: Table,
        files: Sequence[FeedFile],
        on_bad: Callable[[BadLine], object],
        progress: Progress | None,
    ) -> Merged:
        """Bring the lines of feed files straight into an empty table. Raises NeedsCareError if that does not do.

        Only for speed: an engine without it stages every load.
        """
        raise NeedsCareError

    @abstractmethod
    def stage_feed(
        self,
        table: Table,
        stage: str,
        files: Sequence[FeedFile],
        on_bad: Callable[[BadLine], object],
        progress: Progress | None,
    ) -> None:
        """Fill the new temporary table `stage` (columns of `table` and `load_order`) with the lines of feed files."""

    @abstractmethod
    def stage_rows(self, table: Table, stage: str, rows: Iterable[Sequence[Any]]) -> None:
        """Fill the new temporary table `stage` with rows in the order of `table.columns`."""

    def analyze(self, table: str, columns: Sequence[str] = ()) -> None:  # noqa: B027 - nothing to do is a good answer
        """Let the engine look at what a table holds now (in some columns), if it needs that for good plans."""

    @abstractmethod
    def columns_of(self, table: str) -> list[str]:
        """Names of the columns a table has now, [] if there is no such table."""

    @abstractmethod
    def close(self) -> None:
        """Release the warehouse."""

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def fetch(self, statement: str) -> Rows:
        """Rows of a query."""
        return self.query(statement)[1]

    def prepare(self) -> bool:
        """Make the tables and views that are missing; a table of an earlier 1.x gets the columns it lacks.

        Returns whether the views were made.
        """
        made = set()
        for table in TABLES:
            present = self.columns_of(table.name)
            if not present:
                self.execute(create_statement(table, self.text_type))
                made.add(table.name)
            for column in table.columns:
                if present and column.name not in present:
                    self.execute(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {typed(column, self.text_type)}")
        self.made = frozenset(made)
        outdated = self.views_differ()
        if outdated:
            for name in reversed(sql.views()):
                self.execute(f"DROP VIEW IF EXISTS {name}")
            for name, statement in sql.views().items():
                self.execute(f"CREATE VIEW {name} AS {statement}")
            self.execute("DELETE FROM warehouse_state")
            self.execute(f"INSERT INTO warehouse_state VALUES ('{state_version()}')")
        return outdated

    def views_differ(self) -> bool:
        """True if views, columns or dimensions of the warehouse are not those of this software."""
        self.execute("CREATE TABLE IF NOT EXISTS warehouse_state (views_version varchar)")
        return self.fetch("SELECT views_version FROM warehouse_state") != [(state_version(),)]

    def load(
        self,
        files: Sequence[FeedFile],
        *,
        runs: Sequence[dict[str, Any]] = (),
        skip_bad: Callable[[BadLine], object] | None = None,
        progress: Progress | None = None,
    ) -> Loaded:
        """Load feed files in one transaction.

        Raises FeedError for the first line that breaks the contract, and then nothing at all is loaded; with
        `skip_bad` that function is told of each such line and everything else is loaded.

        First the quick way is tried: no stage for an empty table. When that turns out wrong (a key on two lines, a
        line to leave out), everything is rolled back and done the careful way.
        """
        told: set[BadLine] = set()

        def on_bad(line: BadLine) -> None:
            if skip_bad is None:
                raise FeedError(str(line))
            if line not in told:
                told.add(line)
                skip_bad(line)

        try:
            self.quick = True
            done = self._load(files, runs, on_bad, progress)
        except NeedsCareError:
            self.quick = False
            done = self._load(files, runs, on_bad, progress)
        return Loaded(tuple(done), len(told), len(files))

    def _load(
        self,
        files: Sequence[FeedFile],
        runs: Sequence[dict[str, Any]],
        on_bad: Callable[[BadLine], object],
        progress: Progress | None,
    ) -> list[Merged]:
        done: list[Merged] = []
        with self.transaction(), self.reading(files, on_bad, progress):
            new_views = self.prepare()
            for feed, table in FEED_TABLES.items():
                chosen = [f for f in files if f.feed == feed]
                if self.quick and chosen and not self.fetch(f"SELECT 1 FROM {table.name} LIMIT 1"):
                    done.append(self.fill_empty(table, chosen, on_bad, progress))
                else:
                    done.append(self._merge_files(table, chosen, on_bad, progress))
                self.analyze(table.name)
            if new_views or done[0].changed:
                done.append(self._derive(ARTICLE, article_rows(), merge_plain))
                self.analyze(ARTICLE.name)
            self._rows(RUN, dimensions.run_rows(runs), merge_plain)
            if new_views:
                self._rows(DIM_REGION, dimensions.region_rows(), replace_all)
                self._rows(DIM_INDICATOR, dimensions.indicator_rows(), replace_all)
            if new_views or any(merged.changed for merged in done):
                self._find()
        return done

    def _merge_files(
        self,
        table: Table,
        files: Sequence[FeedFile],
        on_bad: Callable[[BadLine], object],
        progress: Progress | None,
    ) -> Merged:
        """Bring the lines of feed files into their table, through a stage."""
        stage = f"stage_{table.name}"
        self.stage_feed(table, stage, files, on_bad, progress)
        merged = merge_feed(table, stage, self.execute, self.fetch)
        self.execute(f"DROP TABLE {stage}")
        return merged

    def check(self) -> list[CheckResult]:
        """Run the SQL tests of the contract."""
        results = []
        for test in sql.checks():
            rows = self.fetch(test.statement)
            results.append(CheckResult(test.name, test.severity, test.what, len(rows), rows[:5]))
        return results

    def _find(self) -> None:
        """Fill `obs_check`, one kind of finding at a time, so that little memory is needed."""
        stage = f"stage_{OBS_CHECK.name}"
        columns = ", ".join(OBS_CHECK.names)
        self.execute(f"CREATE TEMPORARY TABLE {stage} AS SELECT * FROM {OBS_CHECK.name} LIMIT 0")
        if self.report_once:
            wanted = ", ".join(sql.FINDING_COLUMNS)
            self.execute(f"CREATE TEMPORARY TABLE current_report AS SELECT {wanted} FROM report WHERE is_current")
            self.analyze("current_report", ("fact_key", "article_version_id"))
        for select in sql.findings().values():
            # Not straight into the stage: PostgreSQL would do that in one process.
            self.execute(
                "CREATE TEMPORARY TABLE found AS "
                + (sql.over_current(select) if self.report_once else f"SELECT {columns} FROM ({select}) AS selected")
            )
            self.execute(f"INSERT INTO {stage} ({columns}) SELECT {columns} FROM found")
            self.execute("DROP TABLE found")
        if self.report_once:
            self.execute("DROP TABLE current_report")
        replace_all(OBS_CHECK, stage, self.execute, self.fetch)
        self.execute(f"DROP TABLE {stage}")

    def _rows(self, table: Table, rows: Iterable[Sequence[Any]], merge: Callable[..., Merged]) -> Merged:
        stage = f"stage_{table.name}"
        self.stage_rows(table, stage, rows)
        merged = merge(table, stage, self.execute, self.fetch)
        self.execute(f"DROP TABLE {stage}")
        return merged

    def _derive(self, table: Table, select: str, merge: Callable[..., Merged]) -> Merged:
        if not self.fetch(f"SELECT 1 FROM {table.name} LIMIT 1"):
            columns = ", ".join(table.names)
            self.execute(f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM ({select}) AS derived")
            [(rows,)] = self.fetch(f"SELECT count(*) FROM {table.name}")
            return Merged(table.name, rows)
        stage = f"stage_{table.name}"
        self.execute(f"CREATE TEMPORARY TABLE {stage} AS {select}")
        merged = merge(table, stage, self.execute, self.fetch)
        self.execute(f"DROP TABLE {stage}")
        return merged
