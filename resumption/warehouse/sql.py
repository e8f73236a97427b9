"""The SQL files of this package: views, findings and contract tests. One file, one statement, one meaning.

All of them run unchanged on DuckDB and PostgreSQL. The first comment lines of a file say what it is; a contract test
says its severity there (`-- severity: error`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from resumption.warehouse.tables import TABLES


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
    """Name and SELECT of every kind of finding; each has the columns of `obs_check`."""
    return _folder("findings")


@cache
def checks() -> tuple[SqlTest, ...]:
    """The SQL tests of the contract, by name."""
    return tuple(_test(name, text) for name, text in _folder("checks").items())


def _test(name: str, text: str) -> SqlTest:
    comments = [line.removeprefix("--").strip() for line in text.splitlines() if line.startswith("--")]
    severity = next(c.partition(":")[2].strip() for c in comments if c.startswith("severity:"))
    return SqlTest(name, severity, " ".join(c for c in comments if not c.startswith("severity:")), text)
