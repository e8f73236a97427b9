"""SQLite files that outlive a release: each names the format it was written in, and no other release guesses at it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class FormatError(ValueError):
    """A file that another release wrote and this one cannot use; the message is one sentence for people."""


def open_sqlite(path: Path, *, version: int, schema: str, older: str = "", **options: Any) -> sqlite3.Connection:
    """Open or make a file in WAL mode; `schema` creates what is missing, `older` first brings an older format up to it.

    The number of the format stands in `user_version`; files from before it was written count as 0. `options` go to
    `sqlite3.connect`. Raises FormatError for a file of a newer release, which is left as it is, and sqlite3.Error.
    """
    db = sqlite3.connect(path, **options)
    found = int(db.execute("pragma user_version").fetchone()[0])
    if found > version:
        db.close()
        raise FormatError(
            f"{path} has format {found} of a newer release and this one knows {version}: "
            "crawl with that release, or into another RESUMPTION_DATA"
        )
    db.execute("pragma journal_mode=wal")
    if found < version:
        # Asked again under the write lock: another process may have made the file, and written to it, since.
        with db:
            db.execute("begin immediate")
            if int(db.execute("pragma user_version").fetchone()[0]) < version:
                for statement in _statements(f"{older}; {schema}; pragma user_version = {version};"):
                    db.execute(statement)
    return db


def _statements(script: str) -> Iterator[str]:
    # `executescript` would commit first and so give up the lock.
    statement = ""
    for part in script.split(";")[:-1]:
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
