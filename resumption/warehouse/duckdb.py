"""DuckDB, the default warehouse: one file, no server.

DuckDB has one writer: a second process, even a reader, is refused while a load runs. The lines of a feed are checked
in Python (which names the bad one) and then read by DuckDB itself with explicit types, since row-wise inserts are slow
and its own `ignore_errors` turns broken lines into rows of nulls.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from resumption.schema import FEEDS
from resumption.warehouse.feed_files import BadLine, FeedFile, Progress, read_blocks, read_lines
from resumption.warehouse.line_pattern import length_of
from resumption.warehouse.merge import Merged
from resumption.warehouse.store import NeedsCareError, Rows, Warehouse, WarehouseError
from resumption.warehouse.tables import Table, staged_type, staged_value

LONGEST_LINE = 1 << 20
"""Bytes of the longest line that the quick way takes; DuckDB keeps a buffer of twice that for each thread."""
MEMORY = "256MB"
"""What DuckDB itself may use; more is put on disk beside the warehouse while a load runs."""


ROW_GROUPS = "ROW_GROUP_SIZE 16384"
"""Rows are written out in groups of this size while a load runs, not kept until its end (an eighth of the default):
half the memory, and nothing is written twice."""


class DuckDB(Warehouse):
    """A DuckDB file; `path` is `:memory:` for one that is gone afterwards."""

    scheme = "duckdb"

    def __init__(self, path: str, *, read_only: bool = False) -> None:
        self._connection = duckdb.connect(":memory:")
        self.execute("SET enable_progress_bar = false")  # it would be drawn on standard output
        if path == ":memory:":
            return
        if not read_only:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        name = path.replace("'", "''")
        try:
            self.execute(f"ATTACH '{name}' AS warehouse ({'READ_ONLY' if read_only else ROW_GROUPS})")
        except duckdb.Error as error:
            self._connection.close()
            text = str(error)
            if "lock" in text:
                raise WarehouseError(f"{path} is in use by another process; DuckDB has one writer") from None
            raise WarehouseError(f"{path} cannot be opened: {text.splitlines()[0]}") from None
        self.execute("USE warehouse")
        self.execute(f"SET temp_directory = '{name}.tmp'")
        self.execute(f"SET memory_limit = '{MEMORY}'")

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

    def fill_empty(
        self,
        table: Table,
        files: Sequence[FeedFile],
        on_bad: Callable[[BadLine], object],
        progress: Progress | None,
    ) -> Merged:
        columns = ", ".join(staged_value(c) for c in table.columns)
        with self._checking(files, on_bad, progress) as paths:
            self.execute(f"INSERT INTO {table.name} SELECT {columns} FROM {_source(table, paths, LONGEST_LINE)}")
        [(rows,)] = self.fetch(f"SELECT count(*) FROM {table.name}")
        return Merged(table.name, rows)

    def stage_feed(
        self,
        table: Table,
        stage: str,
        files: Sequence[FeedFile],
        on_bad: Callable[[BadLine], object],
        progress: Progress | None,
    ) -> None:
        columns = ", ".join(f"{staged_value(c)} AS {c.name}" for c in table.columns)
        create = f"CREATE TEMPORARY TABLE {stage} AS SELECT {columns}, row_number() OVER () AS load_order FROM "
        if self.quick:
            with self._checking(files, on_bad, progress) as paths:
                self.execute(create + _source(table, paths, LONGEST_LINE))
        else:
            with tempfile.TemporaryDirectory(prefix="resumption-load-") as folder:
                paths, longest = _cleaned(files, on_bad, progress, Path(folder))
                self.execute(create + _source(table, paths, longest))

    @contextmanager
    def _checking(
        self, files: Sequence[FeedFile], on_bad: Callable[[BadLine], object], progress: Progress | None
    ) -> Iterator[list[Path]]:
        """Check the lines of `files` in a thread while the body of the block lets DuckDB read them.

        What the check finds counts first: raises FeedError for a bad line, or NeedsCareError when it is to be left out.
        """

        def check() -> bool:
            bad: list[BadLine] = []

            def note(line: BadLine) -> None:
                on_bad(line)
                bad.append(line)

            longest = 0
            for file in files:
                for lines in read_blocks(file, note, progress):
                    longest = max(longest, *map(length_of, lines), 0)
            return not bad and longest <= LONGEST_LINE

        [(cores,)] = self.fetch("SELECT current_setting('threads')")
        beside = self._connection.cursor()  # outside of the transaction, which may be broken afterwards
        with ThreadPoolExecutor(1) as thread:
            checked = thread.submit(check)
            beside.execute(f"SET threads = {max(int(cores) - 1, 1)}")  # one is busy with the check
            try:
                yield [file.path for file in files if file.size]
            except duckdb.Error:  # a key on two lines, or a line that DuckDB cannot read
                checked.result()
                raise NeedsCareError from None
            finally:
                beside.execute(f"SET threads = {cores}")
            if not checked.result():
                raise NeedsCareError

    def stage_rows(self, table: Table, stage: str, rows: Iterable[Sequence[Any]]) -> None:
        types = ", ".join(f"'{c.name}': '{c.type}'" for c in table.columns)
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(dict(zip(table.names, row, strict=True)), ensure_ascii=False) + "\n")
            file.flush()
            source = f"read_json({_sql_list([Path(file.name)])}, format='newline_delimited', columns={{{types}}})"
            self.execute(f"CREATE TEMPORARY TABLE {stage} AS SELECT {', '.join(table.names)} FROM {source}")

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


def _cleaned(
    files: Sequence[FeedFile], on_bad: Callable[[BadLine], object], progress: Progress | None, folder: Path
) -> tuple[list[Path], int]:
    """Files of which every line is good (the feeds, or copies without the bad lines), and the longest line."""
    paths, longest = [], 0
    for number, file in enumerate(files):
        bad: list[BadLine] = []

        def note(line: BadLine, found: list[BadLine] = bad) -> None:
            on_bad(line)
            found.append(line)

        present = False
        for lines in read_blocks(file, note, progress):
            longest = max(longest, *map(length_of, lines), 0)
            present = present or bool(lines)
        path = file.path
        if bad:
            path = folder / f"{number}.jsonl"
            with path.open("wb") as copy:
                copy.writelines(read_lines(file, lambda _: None))
        if present:
            paths.append(path)
    return paths, longest


def _source(table: Table, paths: Sequence[Path], longest: int) -> str:
    """The FROM item that reads feed files with explicit types."""
    fields = FEEDS[table.feed]
    if not paths:
        nulls = ", ".join(f'CAST(NULL AS {staged_type(f.type)}) AS "{f.name}"' for f in fields)
        return f"(SELECT {nulls} LIMIT 0) AS nothing"
    types = ", ".join(f"'{f.name}': '{staged_type(f.type)}'" for f in fields)
    return (
        f"read_json({_sql_list(paths)}, format='newline_delimited', columns={{{types}}},"
        f" maximum_object_size={max(longest + 1, LONGEST_LINE)})"
    )


def _sql_list(paths: Sequence[Path]) -> str:
    """A list of file names for SQL; signs that DuckDB would take for a pattern stand for themselves."""
    names = []
    for path in paths:
        name = "".join(f"[{c}]" if c in "[*?" else c for c in str(path.absolute()))
        names.append("'" + name.replace("'", "''") + "'")
    return "[" + ", ".join(names) + "]"


OPEN = DuckDB.open
