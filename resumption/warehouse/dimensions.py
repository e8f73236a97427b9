"""Rows of the dimension tables, from the data files of the lexicon, and of table `run`, from run records.

The files are read as data (`importlib.resources`), not through the lexicon's Python: a warehouse needs no extraction.
Columns are found by name, so the files may grow.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import Any

from resumption.warehouse.tables import DIM_INDICATOR, DIM_REGION, RUN

Values = tuple[Any, ...]
BEIJING = timezone(timedelta(hours=8))


@cache
def region_rows() -> tuple[Values, ...]:
    """Rows of `dim_region`: units of GB/T 2260 with the years they were in force, and development zones."""
    units = [*_read_tsv("regions.tsv"), *({"level": "zone"} | row for row in _read_tsv("zones.tsv"))]
    names = {row["code"]: row for row in reversed(units) if row.get("level") != "zone"}
    rows = []
    for row in units:
        zone = row.get("level") == "zone"
        parent = row.get("parent") or (row.get("code") if zone else "") or ""
        row = row | {"parent": parent, "full_name": _full_name(row.get("name") or "", parent, names)}
        row["code"] = row.get("code") or parent
        rows.append(tuple(_value(row.get(c.name), c.type) for c in DIM_REGION.columns))
    return tuple(dict.fromkeys(rows))


def _full_name(name: str, parent: str, names: dict[str, dict[str, str]]) -> str:
    parts = [name]
    for _ in range(5):
        above = names.get(parent)
        if above is None or above.get("level") == "country":
            break
        parts.append(above["name"])
        parent = above.get("parent") or ""
    return "".join(reversed(parts))


@cache
def indicator_rows() -> tuple[Values, ...]:
    """Rows of `dim_indicator`, one per code."""
    path = files("resumption.lexicon") / "indicators.toml"
    if not path.is_file():
        return ()
    tables = tomllib.loads(path.read_text("utf-8")).get("indicator", [])
    if isinstance(tables, dict):
        tables = [{"code": code} | table for code, table in tables.items()]
    return tuple(tuple(_value(table.get(c.name), c.type) for c in DIM_INDICATOR.columns) for table in tables)


def run_rows(records: Iterable[dict[str, Any]]) -> list[Values]:
    """Rows of `run` from the records that runs leave (`run.json`); all of a record is kept in `record` as JSON.

    >>> run_rows([{"run": "r1", "verdict": "ok", "started": "2020-02-22T16:30:00Z"}])[0][6]
    '2020-02-23 00:30:00'
    """
    rows: dict[str, Values] = {}
    for record in records:
        row = record | {
            "run_id": record.get("run_id") or record.get("run"),
            "started_at": _beijing(record.get("started")),
            "finished_at": _beijing(record.get("finished")),
            "record": json.dumps(record, ensure_ascii=False, sort_keys=True),
        }
        values = tuple(_value(row.get(c.name), c.type) for c in RUN.columns)
        if values[0]:
            rows[values[0]] = values
    return list(rows.values())


def _beijing(text: object) -> str | None:
    """A time with its zone as Beijing wall time, None for anything else."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S") if moment.tzinfo else None


def _read_tsv(name: str) -> list[dict[str, str]]:
    path = files("resumption.lexicon") / name
    if not path.is_file():
        return []
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _value(value: Any, sql_type: str) -> Any:
    """A value of a data file as its column takes it, None for what is empty or does not fit."""
    if value is None or value == "":
        return None
    if sql_type == "varchar" and isinstance(value, str):
        return value
    if sql_type == "bigint":
        text = str(value)
        return int(text) if text.removeprefix("-").isdigit() else None
    if sql_type == "timestamp":
        return str(value)[:19].replace("T", " ")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "|".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
