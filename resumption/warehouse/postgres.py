"""PostgreSQL through psycopg: the checked lines are streamed with COPY and taken apart by the server.

Credentials come from the address, the usual PG* environment variables or ~/.pgpass, never from this project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql as pg

from resumption.schema import FEEDS
from resumption.warehouse.feed_files import BadLine, FeedFile, Progress, read_lines
from resumption.warehouse.store import Rows, Warehouse, WarehouseError
from resumption.warehouse.tables import Table, staged_type, staged_value

CHUNK = 1 << 18
LOCK = 20200210
"""Number of the advisory lock that makes loads wait for each other."""

_COPY_LINES = "COPY {raw} (line) FROM STDIN (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')"
"""With signs that no line holds as quote and delimiter, a line of JSON needs no escapes."""


class Postgres(Warehouse):
    """A PostgreSQL database; tables and views go to the first schema of its search path."""

    scheme = "postgresql"

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
            yield

    def stage_feed(
        self,
        table: Table,
        stage: str,
        files: Sequence[FeedFile],
        on_bad: Callable[[BadLine], object],
        progress: Progress | None,
    ) -> None:
        raw = f"{stage}_raw"
        self.execute(f"CREATE TEMPORARY TABLE {raw} (load_order bigint GENERATED ALWAYS AS IDENTITY, line text)")
        with self._connection.cursor().copy(pg.SQL(_COPY_LINES).format(raw=pg.Identifier(raw))) as copy:
            for chunk in _chunks(line for file in files for line in read_lines(file, on_bad, progress)):
                copy.write(chunk)
        fields = ", ".join(f'"{f.name}" {staged_type(f.type)}' for f in FEEDS[table.feed])
        columns = ", ".join(f"{staged_value(c)} AS {c.name}" for c in table.columns)
        self.execute(
            f"CREATE TEMPORARY TABLE {stage} AS SELECT {columns}, load_order"
            f" FROM {raw}, json_to_record(CAST(line AS json)) AS row ({fields})"
        )
        self.execute(f"DROP TABLE {raw}")
        self.execute(f"ANALYZE {stage}")

    def stage_rows(self, table: Table, stage: str, rows: Iterable[Sequence[Any]]) -> None:
        self.execute(f"CREATE TEMPORARY TABLE {stage} AS SELECT * FROM {table.name} LIMIT 0")
        with self._connection.cursor().copy(pg.SQL("COPY {} FROM STDIN").format(pg.Identifier(stage))) as copy:
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


def _open(target: str, *, read_only: bool = False) -> Postgres:
    return Postgres(target, read_only=read_only)


def _chunks(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines put together: a call for each would cost more than the line."""
    chunk = bytearray()
    for line in lines:
        chunk += line
        if len(chunk) >= CHUNK:
            yield bytes(chunk)
            chunk.clear()
    yield bytes(chunk)


OPEN = _open
