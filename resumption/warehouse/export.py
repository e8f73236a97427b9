"""Rows as Parquet, CSV or XLSX, safe to open: no text can become a formula, and no number is changed."""

from __future__ import annotations

import csv
import json
import math
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

import duckdb
import xlsxwriter

FORMATS = ("parquet", "csv", "xlsx")
SINGLE, DOUBLE = "'", '"'
LARGEST_SHEET = 1_048_575
LONGEST_CELL = 32_767
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?%?", re.ASCII)

Rows = Sequence[Sequence[Any]]


class ExportError(ValueError):
    """Rows that the format cannot hold."""


def write_export(path: Path | None, file_format: str, names: Sequence[str], rows: Rows) -> None:
    """Write rows to `path` (None: standard output), complete or not at all."""
    if path is None:
        write_csv(sys.stdout, names, rows)
        return
    with _complete(path) as temporary:
        if file_format == "csv":
            with temporary.open("w", encoding="utf-8-sig", newline="") as file:
                write_csv(file, names, rows)
        elif file_format == "xlsx":
            _write_xlsx(temporary, names, rows)
        else:
            _write_parquet(temporary, names, rows)


def write_csv(file: TextIO, names: Sequence[str], rows: Rows) -> None:
    """Rows as CSV: texts that a spreadsheet would take for a formula get an apostrophe, numbers stay numbers."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([safe_cell(value) for value in row] for row in rows)


def safe_cell(value: Any) -> Any:
    """A value that a spreadsheet shows as it is.

    >>> safe_cell("=1+1"), safe_cell(-1.9), safe_cell("-1.9%"), safe_cell("-1.9个百分点"), safe_cell("复工")
    ("'=1+1", -1.9, '-1.9%', "'-1.9个百分点", '复工')
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(value):
        return "'" + value
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return value


def _write_xlsx(path: Path, names: Sequence[str], rows: Rows) -> None:
    if len(rows) > LARGEST_SHEET:
        raise ExportError(f"{len(rows)} rows, a sheet holds {LARGEST_SHEET}: choose csv or parquet")
    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("data")
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, bold)
        for line, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                match value:
                    case None:
                        continue
                    case bool():
                        sheet.write_boolean(line, column, value)
                    case int() | float() | Decimal() if math.isfinite(value):
                        sheet.write_number(line, column, value)
                    case datetime():
                        sheet.write_datetime(line, column, value, moment)
                    case date():
                        sheet.write_datetime(line, column, value, day)
                    case _:  # write_string: never a formula, a link or a number
                        sheet.write_string(line, column, str(value)[:LONGEST_CELL])
        sheet.autofilter(0, 0, max(len(rows), 1), max(len(names) - 1, 0))


def _write_parquet(path: Path, names: Sequence[str], rows: Rows) -> None:
    """Parquet through DuckDB, whatever engine the rows came from; types by the values of a column."""
    types = [_type_of(row[i] for row in rows) for i in range(len(names))]
    columns = ", ".join(f"'c{i}': '{kind}'" for i, kind in enumerate(types))
    selected = ", ".join(f"c{i} AS {_quoted(name, DOUBLE)}" for i, name in enumerate(_distinct(names)))
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:") as connection:
        plain = Path(folder) / "rows.jsonl"
        with plain.open("w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps({f"c{i}": value for i, value in enumerate(row)}, default=str) + "\n")
        source = f"read_json('{plain}', format='newline_delimited', columns={{{columns}}})"
        if not rows:
            source = "(SELECT " + ", ".join(f"CAST(NULL AS {t}) AS c{i}" for i, t in enumerate(types)) + " LIMIT 0)"
        connection.execute(
            f"COPY (SELECT {selected} FROM {source} AS t) TO {_quoted(str(path), SINGLE)} (FORMAT parquet)"
        )


def _quoted(text: str, mark: str) -> str:
    return mark + text.replace(mark, mark * 2) + mark


def _distinct(names: Sequence[str]) -> list[str]:
    """Names of which none stands twice: a Parquet file needs that.

    >>> _distinct(["url", "url"])
    ['url', 'url_2']
    """
    found: list[str] = []
    for name in names:
        chosen, number = name, 2
        while chosen.lower() in (f.lower() for f in found):
            chosen, number = f"{name}_{number}", number + 1
        found.append(chosen)
    return found


def _type_of(values: Iterator[Any]) -> str:
    kinds = {type(value) for value in values if value is not None}
    for chosen, of in (
        ("BOOLEAN", {bool}),
        ("BIGINT", {int}),
        ("DOUBLE", {int, float, Decimal}),
        ("DATE", {date}),
        ("TIMESTAMP", {datetime, date}),
    ):
        if kinds and kinds <= of:
            return chosen
    return "VARCHAR"


@contextmanager
def _complete(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` that takes its name when the block ends well.

    What is there and no ordinary file (`/dev/stdout`, a pipe) is written to as it is: a rename would replace it.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
