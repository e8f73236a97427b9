"""PostgreSQL through psycopg: checked lines are streamed with COPY.

Credentials come from the address, the usual PG* environment variables or ~/.pgpass, never from this project.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from operator import methodcaller
from typing import Any

import psycopg

from resumption.schema import FEEDS
from resumption.warehouse.feed_files import BadLine, FeedFile, Progress, read_blocks
from resumption.warehouse.line_pattern import Match, line_of
from resumption.warehouse.merge import Merged
from resumption.warehouse.read_ahead import ReadAhead
from resumption.warehouse.store import NeedsCareError, Rows, Warehouse, WarehouseError
from resumption.warehouse.tables import FEED_TABLES, Table

LOCK = 20200210
"""Number of the advisory lock that makes loads wait for each other."""

SESSION = (
    # Whole tables are compared, sorted and joined: with 4 MB and nested loops, the defaults, that takes minutes.
    "SET LOCAL work_mem = '128MB'",
    "SET LOCAL temp_buffers = '64MB'",
    "SET LOCAL enable_nestloop = off",
    "SET LOCAL jit = off",
    # Findings are worked out while nothing else is done: by as many processes as the server allows.
    "SET LOCAL parallel_setup_cost = 100",
    "SET LOCAL parallel_tuple_cost = 0.005",
    # A coarse look is enough until the server looks for itself.
    "SET LOCAL default_statistics_target = 10",
)


class Postgres(Warehouse):
    """A PostgreSQL database; tables and views go to the first schema of its search path."""

    scheme = "postgresql"
    text_type = 'varchar COLLATE "C"'
    """Ids, codes and Chinese text have no use for the order of a language, and sorting without one is much faster."""

    report_once = True

    def __init__(self, address: str, *, read_only: bool = False) -> None:
        try:
            self._connection = psycopg.connect(address, autocommit=True, connect_timeout=20)
        except psycopg.Error as error:
            reason = str(error).strip().splitlines() or ["no reason given"]
            raise WarehouseError(f"PostgreSQL cannot be reached: {reason[-1]}") from None
        self._connection.read_only = read_only

    def execute(self, statement: str) -> None:
        self._connection.execute(statement.encode())

    def query(self, statement: str) -> tuple[list[str], Rows]:
        try:
            cursor = self._connection.execute(statement.encode())
            names = [column.name for column in cursor.description or ()]
            return names, cursor.fetchall() if names else []
        except psycopg.Error as error:
            raise WarehouseError(str(error)) from None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._connection.transaction():
            self.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
            for setting in SESSION:
                self.execute(setting)
            yield

    @contextmanager
    def reading(
        self, files: Sequence[FeedFile], on_bad: Callable[[BadLine], object], progress: Progress | None
    ) -> Iterator[None]:
        def blocks(feed: str) -> Iterator[bytes]:
            fields = [f.name for f in FEEDS[feed]]
            for file in files:
                if file.feed == feed:
                    for lines in read_blocks(file, on_bad, progress):
                        yield _copy_block(lines, fields)

        with ReadAhead([(feed, partial(blocks, feed)) for feed in FEED_TABLES]) as self._ahead:
            yield

    def fill_empty(
        self,
        table: Table,
        files: Sequence[FeedFile],
        on_bad: Callable[[BadLine], object],
        progress: Progress | None,
    ) -> Merged:
        key = f"CONSTRAINT {table.name}_pkey"
        try:
            if table.name in self.made:
                # Nobody reads it yet: rows need no later look of the server, and the index is made when all are there.
                self.execute(f"ALTER TABLE {table.name} DROP {key}")
                rows = self._copy(table, table.name, "(FREEZE)")
                self.execute(f"ALTER TABLE {table.name} ADD {key} PRIMARY KEY ({table.key})")
            else:
                rows = self._copy(table, table.name)
        except psycopg.errors.UniqueViolation:
            raise NeedsCareError from None
        return Merged(table.name, rows)

    def stage_feed(
        self,
        table: Table,
        stage: str,
        files: Sequence[FeedFile],
        on_bad: Callable[[BadLine], object],
        progress: Progress | None,
    ) -> None:
        self.execute(f"CREATE TEMPORARY TABLE {stage} AS SELECT * FROM {table.name} LIMIT 0")
        self.execute(f"ALTER TABLE {stage} ADD COLUMN load_order bigint GENERATED ALWAYS AS IDENTITY")
        self._copy(table, stage)
        self.execute(f"ANALYZE {stage} ({table.key}, fetched_at)")

    def _copy(self, table: Table, into: str, options: str = "") -> int:
        """Stream the lines of a feed into a table with the columns of `table`; returns how many."""
        columns = list(table.names[: len(FEEDS[table.feed])])
        twice = columns.index("fetched_at")
        columns.insert(twice + 1, "known_at")  # as the groups of a match stand
        cursor = self._connection.cursor()
        with cursor.copy(f"COPY {into} ({', '.join(columns)}) FROM STDIN {options}".encode()) as copy:
            for block in self._ahead.take(table.feed):
                copy.write(block)
        return cursor.rowcount

    def analyze(self, table: str, columns: Sequence[str] = ()) -> None:
        self.execute(f"ANALYZE {table}" + (f" ({', '.join(columns)})" if columns else ""))

    def stage_rows(self, table: Table, stage: str, rows: Iterable[Sequence[Any]]) -> None:
        self.execute(f"CREATE TEMPORARY TABLE {stage} AS SELECT * FROM {table.name} LIMIT 0")
        with self._connection.cursor().copy(f"COPY {stage} ({', '.join(table.names)}) FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)

    def columns_of(self, table: str) -> list[str]:
        rows = self._connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped"
            " ORDER BY attnum",
            [table],
        ).fetchall()
        return [name for (name,) in rows]

    def close(self) -> None:
        self._connection.close()


_VALUES = methodcaller("groups", b"\\N")
"""The values of a match as COPY text."""


def _open(target: str, *, read_only: bool = False) -> Postgres:
    return Postgres(target, read_only=read_only)


def _copy_block(lines: Sequence[Match | bytes], fields: Sequence[str]) -> bytes:
    """Lines of JSON as lines of COPY text, with the time of the fetch twice.

    Inside a string JSON and COPY write the control characters and the backslash alike; only \\u is JSON's own. The
    server drops the zone of a time, which leaves Beijing wall time.
    """
    matches = [line for line in lines if not isinstance(line, bytes)]
    texts = {id(match.string): match.string for match in matches}.values()  # mostly one, with all the lines
    if len(matches) == len(lines) and not any(b"\\" in text and b"\\u" in text for text in texts):
        written = [*map(b"\t".join, map(_VALUES, matches))]
    else:
        written = [
            _copy_line(line_of(line), fields)
            if isinstance(line, bytes) or b"\\u" in line.group()
            else b"\t".join(_VALUES(line))
            for line in lines
        ]
    written.append(b"")
    return b"\n".join(written)


def _copy_line(line: bytes, fields: Sequence[str]) -> bytes:
    row = json.loads(line)
    values = [(name, _copy_value(row.get(name))) for name in fields]
    return "\t".join(v if name != "fetched_at" else f"{v}\t{v}" for name, v in values).encode()


def _copy_value(value: object) -> str:
    """A value as COPY text.

    >>> _copy_value(None), _copy_value("复工\\n率"), _copy_value(True)
    ('\\\\N', '复工\\\\n率', 'True')
    """
    if value is None:
        return "\\N"
    text = str(value).replace("\\", "\\\\")
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


OPEN = _open
