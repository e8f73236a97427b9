"""DuckDB, the default warehouse: one file, no server.

DuckDB has one writer: a second process, even a reader, is refused while a load runs. The lines of a feed are checked
in Python (which names the bad one) and then read by DuckDB itself with explicit types, since row-wise inserts are slow
and its own `ignore_errors` turns broken lines into rows of nulls.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from resumption.schema import FEEDS
from resumption.warehouse.feed_files import BadLine, FeedFile, Progress, read_feed
from resumption.warehouse.store import Rows, Warehouse, WarehouseError
from resumption.warehouse.tables import TYPES, Column, Table

BATCH = 1000
SMALLEST_BUFFER = 1 << 20
MEMORY = "256MB"
"""What DuckDB itself may use; more is put on disk beside the warehouse while a load runs."""


class DuckDB(Warehouse):
    """A DuckDB file; `path` is `:memory:` for one that is gone afterwards."""

    scheme = "duckdb"

    def __init__(self, path: str, *, read_only: bool = False) -> None:
        if path != ":memory:" and not read_only:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = duckdb.connect(path, read_only=read_only)
        except duckdb.IOException as error:
            text = str(error)
            if "lock" in text:
                raise WarehouseError(f"{path} is in use by another process; DuckDB has one writer") from None
            raise WarehouseError(f"{path} cannot be opened: {text.splitlines()[0]}") from None
        self._connection.execute(f"SET memory_limit = '{MEMORY}'" if not read_only else "SELECT 1")

    @classmethod
    def open(cls, target: str, *, read_only: bool = False) -> DuckDB:
        """Open `duckdb:///relative/path`, `duckdb:////absolute/path` or `duckdb://` (in memory)."""
        return cls(file_of(target), read_only=read_only)

    def execute(self, statement: str) -> None:
        self._connection.execute(statement)

    def query(self, statement: str) -> tuple[list[str], Rows]:
        try:
            result = self._connection.execute(statement)
        except duckdb.Error as error:
            raise WarehouseError(str(error)) from None
        return [column[0] for column in result.description or ()], result.fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def stage_feed(
        self,
        table: Table,
        stage: str,
        files: Sequence[FeedFile],
        on_bad: Callable[[BadLine], object],
        progress: Progress | None,
    ) -> None:
        columns = ", ".join(f"{_typed(c)} AS {c.name}" for c in table.columns)
        types = ", ".join(f"'{f.name}': '{_staged_type(f.type)}'" for f in FEEDS[table.feed])
        with tempfile.TemporaryDirectory(prefix="resumption-load-") as folder:
            paths, longest = _checked(files, on_bad, progress, Path(folder))
            if paths:
                source = (
                    f"read_json({_sql_list(paths)}, format='newline_delimited', columns={{{types}}},"
                    f" maximum_object_size={max(longest + 1, SMALLEST_BUFFER)})"
                )
            else:
                source = (
                    "(SELECT "
                    + ", ".join(f'CAST(NULL AS {_staged_type(f.type)}) AS "{f.name}"' for f in FEEDS[table.feed])
                    + " LIMIT 0) AS nothing"
                )
            self.execute(
                f"CREATE TEMPORARY TABLE {stage} AS SELECT {columns}, row_number() OVER () AS load_order FROM {source}"
            )

    def stage_rows(self, table: Table, stage: str, rows: Iterable[Sequence[Any]]) -> None:
        self.execute(f"CREATE TEMPORARY TABLE {stage} AS SELECT * FROM {table.name} LIMIT 0")
        rows = list(rows)
        types = [c.type for c in table.columns]
        one = "(" + ", ".join(f"CAST(? AS {t})" for t in types) + ")"
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            values = [value for row in batch for value in row]
            self._connection.execute(f"INSERT INTO {stage} VALUES " + ", ".join([one] * len(batch)), values)

    def columns_of(self, table: str) -> list[str]:
        rows = self._connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND NOT internal AND database_name ="
            " current_database() ORDER BY column_index",
            [table],
        ).fetchall()
        return [name for (name,) in rows]

    def close(self) -> None:
        self._connection.close()


def file_of(target: str) -> str:
    """The file that a target names, as SQLAlchemy reads it: three slashes are relative, four are absolute.

    Because `duckdb:///tmp/x` looks absolute to many, it is when its first folder exists at the root and not here.

    >>> file_of("duckdb:////srv/w.duckdb"), file_of("duckdb:///w.duckdb"), file_of("duckdb://")
    ('/srv/w.duckdb', 'w.duckdb', ':memory:')
    """
    path = target.removeprefix("duckdb://").removeprefix("/")
    first, slash, _ = path.partition("/")
    if first and slash and Path("/", first).is_dir() and not Path(first).exists():
        path = "/" + path
    return path or ":memory:"


def _checked(
    files: Sequence[FeedFile], on_bad: Callable[[BadLine], object], progress: Progress | None, folder: Path
) -> tuple[list[Path], int]:
    """Files of which every line is good (the feeds, or copies without the bad lines), and the longest line."""
    paths, longest = [], 0
    for number, file in enumerate(files):
        bad: list[BadLine] = []

        def note(line: BadLine, found: list[BadLine] = bad) -> None:
            on_bad(line)
            found.append(line)

        lines = 0
        for line, _ in read_feed(file, note, progress):
            lines += 1
            if len(line) > longest:
                longest = len(line)
        path = file.path
        if bad:
            path = folder / f"{number}.jsonl"
            with path.open("wb") as copy:
                copy.writelines(line for line, _ in read_feed(file, lambda _: None))
        if lines:
            paths.append(path)
    return paths, longest


def _staged_type(feed_type: str) -> str:
    return "varchar" if feed_type in ("date", "time") else TYPES[feed_type]


def _typed(column: Column) -> str:
    """The expression that makes a column out of its feed field; times are cut to Beijing wall time."""
    if not column.field:
        return "CAST(substr(fetched_at, 1, 19) AS timestamp)"
    name = f'"{column.field}"'
    if column.type == "timestamp":
        return f"CAST(substr({name}, 1, 19) AS timestamp)"
    return f"CAST({name} AS {column.type})"


def _sql_list(paths: Sequence[Path]) -> str:
    """A list of file names for SQL; signs that DuckDB would take for a pattern stand for themselves."""
    names = []
    for path in paths:
        name = "".join(f"[{c}]" if c in "[*?" else c for c in str(path.absolute()))
        names.append("'" + name.replace("'", "''") + "'")
    return "[" + ", ".join(names) + "]"


OPEN = DuckDB.open
