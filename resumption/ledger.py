"""The ledger: what has durably been written, so that nothing is written twice and nothing is lost.

The order of one flush, and why a kill at any moment is harmless:

1. the lines of both feeds are written under temporary names and made durable (`feeds.py`);
2. one transaction of this ledger names the part and every article in it. This is the only commit point: before it the
   part does not exist and its temporary files are deleted at the next start, after it the part exists;
3. the temporary files are renamed to their final names. A kill before or between leaves a part that the ledger calls
   `pending`; the next start finishes the renames (`feeds.recover`).

So a final name is visible only for a part that the ledger knows, an article that the ledger knows is on disk, and no
article is in two parts, for its version is a primary key. SQLite in WAL mode with `synchronous=full`.
"""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from resumption.sqlite_file import open_sqlite

FORMAT = 1
"""Raise it with every change of the tables, and let `_OLDER` bring older ledgers up to it: nothing may be forgotten."""
_OLDER = ""
_SCHEMA = """
create table if not exists part (
  name text primary key, portal text not null, run text not null,
  state text not null check (state in ('pending', 'final')),
  articles int not null, observations int not null, articles_sha256 text not null, observations_sha256 text not null
) without rowid;
create table if not exists page (
  portal text not null, key text not null, url text not null, channel text not null, article_id text not null,
  state text not null, version text, first_seen text not null, checked text not null, checks int not null,
  primary key (portal, key)
) without rowid;
create table if not exists version (
  version text primary key, article_id text not null, part text not null, number int not null
) without rowid;
create index if not exists version_article on version (article_id, number);
create table if not exists shingle (hash int not null, article_id text not null, primary key (hash, article_id))
  without rowid;
create table if not exists print (
  article_id text primary key, text_sha256 text not null, hashes text not null, figures text not null
) without rowid;
create index if not exists print_text on print (text_sha256);
create table if not exists walk (
  portal text not null, list text not null, complete int not null, since text not null, pages int not null,
  primary key (portal, list)
) without rowid;
create table if not exists run (
  run text primary key, portal text not null, verdict text not null, started text not null, summary text not null
) without rowid;
"""

COMMON = 50
LOOKED_UP = 48
"""So many of the smallest shingles of a text are kept for look-ups; near copies have nearly the same smallest."""
CANDIDATES = 5
PRINTS_KEPT = 256
"""Finger prints kept in memory: the next articles of a series are near copies of the same earlier ones."""
_SHARED = "select hash, article_id from shingle where hash in (select value from json_each(?))"
_PRINT = "select article_id, text_sha256, hashes, figures from print"
_PART = "select name, portal, run, articles, observations, articles_sha256, observations_sha256 from part"
_PAGE = "select key, url, channel, article_id, state, version, first_seen, checked, checks from page"


@dataclass(frozen=True, slots=True)
class Page:
    """An article address that was looked at: what came of it and when."""

    key: str
    url: str
    channel: str
    article_id: str
    state: str
    """`written`, or why it has no line: `off_topic`, `empty`, `no_article`, `gone`, `failing` ..."""
    version: str | None
    """`article_version_id` of the newest written version."""
    first_seen: str
    checked: str
    """Time of the newest response that was read, as in `fetched_at`."""
    checks: int
    """How often it was read."""


@dataclass(frozen=True, slots=True)
class Part:
    """One pair of feed files that belong together."""

    name: str
    portal: str
    run: str
    articles: int
    observations: int
    articles_sha256: str
    observations_sha256: str


@dataclass(frozen=True, slots=True)
class Print:
    """Finger print of a text: what reprints are recognised by (`reprints.py`)."""

    text_sha256: str
    hashes: frozenset[int]
    figures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one article page adds to the ledger."""

    page: Page
    new_version: bool = False
    """True if `page.version` is a line of the part that is committed."""
    print: Print | None = None
    """For a new article only: an edited version keeps the finger print of the first."""


class Ledger:
    """SQLite file of one data folder; raises FormatError if a newer release wrote it.

    Several portals may crawl at once; SQLite serialises their transactions.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = open_sqlite(path, version=FORMAT, schema=_SCHEMA, older=_OLDER, timeout=60, isolation_level=None)
        self._db.execute("pragma synchronous=full")
        self._common: set[int] = set()
        """Shingles found to be common: nothing is removed, so they stay so and are not looked up again."""
        self._times: dict[int, int] = {}
        """In how many articles the shingles looked up since the last commit stand, so that writing need not ask."""
        self._prints: dict[str, Print] = {}

    def close(self) -> None:
        """Close the file; what was not committed is gone."""
        self._db.close()

    def page(self, portal: str, key: str) -> Page | None:
        """What is known of an article address (`Address.key`)."""
        row = self._db.execute(f"{_PAGE} where portal = ? and key = ?", (portal, key)).fetchone()
        return Page(*row) if row else None

    def pages_checked(self, portal: str, times: int, before: str) -> Iterator[Page]:
        """Pages that were read `times` times and first seen before a day, oldest first: candidates for another look."""
        where = f"{_PAGE} where portal = ? and checks = ? and first_seen < ? order by first_seen, key"
        for row in self._db.execute(where, (portal, times, before)):
            yield Page(*row)

    def walked(self, portal: str, list_url: str) -> tuple[str, int] | None:
        """Down to which day and how many pages a list was last read to its end, None if it was not."""
        row = self._db.execute(
            "select since, pages from walk where portal = ? and list = ? and complete = 1", (portal, list_url)
        ).fetchone()
        return (row[0], row[1]) if row else None

    def set_walks(self, portal: str, walks: Iterable[tuple[str, bool, str, int]]) -> None:
        """Note for lists: complete or not, down to which day ("" for all), how many pages at most."""
        with _transaction(self._db):
            self._db.executemany(
                "insert or replace into walk values (?, ?, ?, ?, ?)", [(portal, w[0], int(w[1]), *w[2:]) for w in walks]
            )

    def has_version(self, version: str) -> bool:
        """True if this text of this article is in the feeds."""
        return self._db.execute("select 1 from version where version = ?", (version,)).fetchone() is not None

    def newest_version(self, article_id: str) -> str | None:
        """The version of an article that was written last."""
        row = self._db.execute(
            "select version from version where article_id = ? order by number desc limit 1", (article_id,)
        ).fetchone()
        return row[0] if row else None

    def commit(self, portal: str, part: Part | None, entries: Sequence[Entry]) -> None:
        """Write a part and what was learnt of pages in one transaction: the commit point. Raises sqlite3.Error."""
        try:
            with _transaction(self._db):
                if part:
                    self._db.execute("insert into part values (?, ?, ?, 'pending', ?, ?, ?, ?)", astuple(part))
                for entry in entries:
                    if entry.new_version and part:
                        self._write_version(part.name, entry.page)
                    self._write_page(portal, entry.page)
                    if entry.print:
                        self._write_print(entry.page.article_id, entry.print)
        finally:
            self._times.clear()

    def _write_version(self, part: str, page: Page) -> None:
        count = "select count(*) from version where article_id = ?"
        number = self._db.execute(count, (page.article_id,)).fetchone()[0]
        self._db.execute("insert into version values (?, ?, ?, ?)", (page.version, page.article_id, part, number))

    def _write_print(self, article_id: str, print_: Print) -> None:
        values = (article_id, print_.text_sha256, json.dumps(sorted(print_.hashes)), json.dumps(sorted(print_.figures)))
        self._db.execute("insert or ignore into print values (?, ?, ?, ?)", values)
        new = [h for h in sorted(print_.hashes)[:LOOKED_UP] if h not in self._common]
        for h in new:
            if h not in self._times:
                count = "select count(*) from (select 1 from shingle where hash = ? limit ?)"
                self._times[h] = self._db.execute(count, (h, COMMON + 1)).fetchone()[0]
        rows = [(h, article_id) for h in new if self._times[h] <= COMMON]
        self._db.executemany("insert or ignore into shingle values (?, ?)", rows)
        for h, _ in rows:
            self._times[h] += 1

    def _write_page(self, portal: str, page: Page) -> None:
        self._db.execute(
            """insert into page (portal, key, url, channel, article_id, state, version, first_seen, checked, checks)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
               on conflict (portal, key) do update set
               article_id = excluded.article_id, state = excluded.state, version = coalesce(excluded.version, version),
               checked = excluded.checked, checks = excluded.checks""",
            (portal, *_values(page)),
        )

    def pending_parts(self, portal: str) -> list[Part]:
        """Parts that are committed but whose files may still have their temporary names."""
        return self._parts(f"{_PART} where portal = ? and state = 'pending' order by name", portal)

    def parts_of(self, run: str) -> list[Part]:
        """Parts of a run, in their order."""
        return self._parts(f"{_PART} where run = ? order by name", run)

    def runs_of(self, portal: str) -> list[str]:
        """Runs of a portal that have a part."""
        return [run for (run,) in self._db.execute("select distinct run from part where portal = ?", (portal,))]

    def _parts(self, query: str, value: str) -> list[Part]:
        return [Part(*row) for row in self._db.execute(query, (value,))]

    def finish_part(self, name: str) -> None:
        """Note that the files of a part have their final names."""
        self._db.execute("update part set state = 'final' where name = ?", (name,))

    def forget_part(self, name: str) -> None:
        """Take back a part whose files are gone, so that its articles are read again."""
        with _transaction(self._db):
            ids = "select article_id from version where part = ?"
            self._db.execute(f"delete from page where article_id in ({ids})", (name,))  # noqa: S608
            self._db.execute("delete from version where part = ?", (name,))
            self._db.execute("delete from part where name = ?", (name,))

    def prints_like(self, print_: Print, article_id: str) -> Iterator[tuple[str, Print]]:
        """Earlier articles of equal text, and those that share most of the rarer shingles, best first.

        A shingle that stands in more than COMMON articles is a phrase of the trade and leads nowhere.
        """
        equal = self._db.execute(
            f"{_PRINT} where text_sha256 = ? and article_id <> ? order by 1 limit {CANDIDATES}",
            (print_.text_sha256, article_id),
        ).fetchall()
        for row in equal:
            yield row[0], _read_print(row)
        known = {row[0] for row in equal} | {article_id}
        for other in self._sharing(print_):
            if other not in known:
                yield other, self._print(other)

    def _sharing(self, print_: Print) -> list[str]:
        """The articles with most of the rarer shingles of a text, best first."""
        asked = [h for h in sorted(print_.hashes)[:LOOKED_UP] if h not in self._common]
        if not asked:
            return []
        found: dict[int, list[str]] = {h: [] for h in asked}
        for h, other in self._db.execute(_SHARED, (json.dumps(asked),)):
            found[h].append(other)
        shared: Counter[str] = Counter()
        for h, others in found.items():
            self._times[h] = len(others)
            if len(others) > COMMON:
                self._common.add(h)
            else:
                shared.update(others)
        return heapq.nsmallest(CANDIDATES, shared, key=lambda other: (-shared[other], other))

    def _print(self, article_id: str) -> Print:
        found = self._prints.get(article_id)
        if found is None:
            if len(self._prints) >= PRINTS_KEPT:
                self._prints.clear()
            row = self._db.execute(f"{_PRINT} where article_id = ?", (article_id,)).fetchone()
            found = self._prints[article_id] = _read_print(row)
        return found

    def add_run(self, run: str, portal: str, verdict: str, started: str, summary: dict[str, object]) -> None:
        """Remember how a run ended, for the medians of the next ones."""
        text = json.dumps(summary, ensure_ascii=False, sort_keys=True)
        self._db.execute("insert or replace into run values (?, ?, ?, ?, ?)", (run, portal, verdict, started, text))

    def last_runs(self, portal: str, limit: int) -> list[dict[str, object]]:
        """Summaries of the last runs of a portal, newest first."""
        rows = self._db.execute(
            "select summary from run where portal = ? order by started desc, run desc limit ?", (portal, limit)
        )
        return [json.loads(text) for (text,) in rows]


def _read_print(row: tuple[str, str, str, str]) -> Print:
    _, text_sha256, hashes, figures = row
    return Print(text_sha256, frozenset(json.loads(hashes)), frozenset(json.loads(figures)))


def _values(page: Page) -> tuple[object, ...]:
    """The columns of a page; `astuple` copies every value."""
    return (
        page.key, page.url, page.channel, page.article_id, page.state, page.version,
        page.first_seen, page.checked, page.checks,
    )  # fmt: skip


class _transaction:
    """BEGIN IMMEDIATE ... COMMIT, or ROLLBACK when anything fails."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("begin immediate")

    def __exit__(self, kind: object, *_: object) -> None:
        self._db.execute("rollback" if kind else "commit")
