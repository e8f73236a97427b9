"""The SQL files of this package: views, findings and contract tests. One file, one statement, one meaning.

All of them run unchanged on DuckDB and PostgreSQL. The first comment lines of a file say what it is; a contract test
says its severity there (`-- severity: error`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from resumption.warehouse.tables import OBS_CHECK, TABLES

FINDING_COLUMNS = (
    "fact_key", "rank_text", "obs_id", "article_id", "article_version_id", "published_at", "indicator", "number",
    "value", "unit", "comparator", "kind", "status", "change_key", "population_key", "region_key", "scope", "region",
    "as_of", "quote", "flags", "optional",
)  # fmt: skip
"""Columns of view `report` that findings use; `is_current` beside them is always true."""


@dataclass(frozen=True, slots=True)
class SqlTest:
    """A query that returns the rows that break a promise, none if it is kept."""

    name: str
    severity: str
    what: str
    statement: str


def _folder(name: str) -> dict[str, str]:
    folder = files("resumption.warehouse") / name
    found = {e.name.removesuffix(".sql"): e.read_text("utf-8") for e in folder.iterdir() if e.name.endswith(".sql")}
    return dict(sorted(found.items()))


@cache
def views() -> dict[str, str]:
    """Name and SELECT of every view, in an order in which each uses only those before it.

    >>> list(views())[0]
    'reprint'
    """
    return {name.partition("_")[2]: text for name, text in _folder("views").items()}


@cache
def views_version() -> str:
    """Short hash of all views, findings and columns: a warehouse with another one gets new views."""
    columns = [f"{t.name}: {t.names}" for t in TABLES]
    text = "\n".join([*columns, *(f"{name}\n{select}" for name, select in (views() | findings()).items())])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def findings() -> dict[str, str]:
    """Name and SELECT of every kind of finding, from `report` and `contradiction`, with the columns of `obs_check`."""
    return _folder("findings")


def over_current(finding: str) -> str:
    """The SELECT of a finding, reading table `current_report` (FINDING_COLUMNS of the current reports) as `report`.

    >>> over_current("SELECT obs_id FROM report")[:90]
    'WITH report AS NOT MATERIALIZED (SELECT *, TRUE AS is_current FROM current_report), contra'
    """
    return (
        "WITH report AS NOT MATERIALIZED (SELECT *, TRUE AS is_current FROM current_report),"
        f" contradiction AS ({views()['contradiction']})\n"
        f"SELECT {', '.join(OBS_CHECK.names)} FROM ({finding}) AS selected"
    )


@cache
def checks() -> tuple[SqlTest, ...]:
    """The SQL tests of the contract, by name."""
    return tuple(_test(name, text) for name, text in _folder("checks").items())


def _test(name: str, text: str) -> SqlTest:
    comments = [line.removeprefix("--").strip() for line in text.splitlines() if line.startswith("--")]
    severity = next(c.partition(":")[2].strip() for c in comments if c.startswith("severity:"))
    return SqlTest(name, severity, " ".join(c for c in comments if not c.startswith("severity:")), text)
