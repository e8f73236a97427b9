"""SQL that brings staged rows into a table: new ones in, changed ones updated, equal ones left alone.

The statements are the same for DuckDB and PostgreSQL. Of several lines with one key the one of the latest software
wins, then the one fetched last, then the one loaded last; so the order in which old and new feeds are loaded does not
matter, and loading any of them again changes nothing. Two columns collect instead of compete: `known_at` keeps the
first fetch, `fetched_at` the last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from resumption.warehouse.tables import ARTICLE, ARTICLE_VERSION, Table

Execute = Callable[[str], Any]
Fetch = Callable[[str], list[tuple[Any, ...]]]

COLLECTED = ("fetched_at", "known_at")
ORDER = "load_order"
"""Column that a staging table has beside those of its table: grows with the order of loading."""

_LONG_AGO = "TIMESTAMP '0001-01-01 00:00:00'"


@dataclass(frozen=True, slots=True)
class Merged:
    """What a load did to one table."""

    table: str
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def changed(self) -> int:
        """Rows that are now different from before."""
        return self.inserted + self.updated

    def __str__(self) -> str:
        return f"{self.table}: {self.inserted} inserted, {self.updated} updated, {self.unchanged} unchanged"


def version_key(column: str) -> str:
    """SQL: `1.10.0` as text that sorts after `1.9.0`."""
    parts = (f"lpad(split_part(coalesce({column}, ''), '.', {i}), 6, '0')" for i in (1, 2, 3))
    return f"concat({', '.join(parts)})"


def merge_feed(table: Table, stage: str, execute: Execute, fetch: Fetch) -> Merged:
    """Bring the lines in `stage` (columns of `table`, and `load_order`) into `table`."""
    key = table.key
    [(lines, keys)] = fetch(f"SELECT count(*), count(DISTINCT {key}) FROM {stage}")
    if lines != keys:
        for statement in _drop_duplicates(stage, key):
            execute(statement)
    content = [name for name in table.names if name not in (key, *COLLECTED)]
    wins = (
        f"({version_key('s.extractor_version')}, coalesce(s.fetched_at, {_LONG_AGO}))"
        f" >= ({version_key('t.extractor_version')}, coalesce(t.fetched_at, {_LONG_AGO}))"
    )
    differs = f"({_listed(content, 's.')}) IS DISTINCT FROM ({_listed(content, 't.')})"
    times = "(greatest(t.fetched_at, s.fetched_at), least(t.known_at, s.known_at))"
    times_differ = f"{times} IS DISTINCT FROM (t.fetched_at, t.known_at)"
    join = f"FROM {stage} s JOIN {table.name} t ON s.{key} = t.{key}"
    [(present, updated)] = fetch(
        f"SELECT count(*), count(*) FILTER (WHERE ({wins} AND {differs}) OR {times_differ}) {join}"
    )
    if updated:
        assignments = ", ".join(f"{name} = s.{name}" for name in content)
        match = f"FROM {stage} s WHERE s.{key} = t.{key}"
        execute(f"UPDATE {table.name} AS t SET {assignments} {match} AND {wins} AND {differs}")
        execute(
            f"UPDATE {table.name} AS t SET fetched_at = greatest(t.fetched_at, s.fetched_at),"
            f" known_at = least(t.known_at, s.known_at) {match} AND {times_differ}"
        )
    _insert_new(table, stage, execute)
    return Merged(table.name, keys - present, updated, present - updated)


def merge_plain(table: Table, stage: str, execute: Execute, fetch: Fetch) -> Merged:
    """Bring staged rows, one per key, into a table that has no feed: different ones replace what is there."""
    key = table.key
    content = [name for name in table.names if name != key]
    differs = f"({_listed(content, 's.')}) IS DISTINCT FROM ({_listed(content, 't.')})"
    [(rows,)] = fetch(f"SELECT count(*) FROM {stage}")
    [(present, updated)] = fetch(
        f"SELECT count(*), count(*) FILTER (WHERE {differs}) FROM {stage} s JOIN {table.name} t ON s.{key} = t.{key}"
    )
    if updated:
        assignments = ", ".join(f"{name} = s.{name}" for name in content)
        execute(f"UPDATE {table.name} AS t SET {assignments} FROM {stage} s WHERE s.{key} = t.{key} AND {differs}")
    _insert_new(table, stage, execute)
    return Merged(table.name, rows - present, updated, present - updated)


def replace_all(table: Table, stage: str, execute: Execute, fetch: Fetch) -> Merged:
    """Make `table` hold exactly the staged rows; nothing is written when it does already."""
    columns = _listed(table.names)
    missing = f"SELECT {columns} FROM {stage} EXCEPT ALL SELECT {columns} FROM {table.name}"
    extra = f"SELECT {columns} FROM {table.name} EXCEPT ALL SELECT {columns} FROM {stage}"
    [(rows,)] = fetch(f"SELECT count(*) FROM {stage}")
    [(new,)] = fetch(f"SELECT count(*) FROM ({missing}) AS missing")
    [(old,)] = fetch(f"SELECT count(*) FROM ({extra}) AS extra")
    if new or old:
        execute(f"DELETE FROM {table.name}")
        execute(f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {stage}")
    return Merged(table.name, new, 0, rows - new)


def article_rows() -> str:
    """SELECT of table `article`: one row per article out of its versions; the latest one gives title and the like.

    The latest is the one fetched last (a page can go back to an earlier text), then one that no other supersedes.
    `original_id` is the first article of a chain of reprints, the article itself if it reprints none; the views ask
    for it so often that it is worked out once here.
    """
    latest = [n for n in ARTICLE.names if n in ARTICLE_VERSION.names and n != "article_id"]
    return f"""
WITH RECURSIVE latest AS (
  SELECT article_id, {_listed(latest)}, article_version_id AS latest_version_id, versions, first_known_at,
    last_fetched_at
  FROM (
    SELECT v.*,
      count(*) OVER (PARTITION BY v.article_id) AS versions,
      min(v.known_at) OVER (PARTITION BY v.article_id) AS first_known_at,
      max(v.fetched_at) OVER (PARTITION BY v.article_id) AS last_fetched_at,
      row_number() OVER (
        PARTITION BY v.article_id
        ORDER BY v.fetched_at DESC NULLS LAST, CASE WHEN n.supersedes IS NULL THEN 0 ELSE 1 END,
          v.known_at DESC NULLS LAST, v.article_version_id
      ) AS place
    FROM article_version v
    LEFT JOIN (SELECT DISTINCT supersedes FROM article_version) n ON n.supersedes = v.article_version_id
  ) AS ranked
  WHERE place = 1
), chain (article_id, original_id, steps) AS (
  SELECT article_id, duplicate_of, 1 FROM latest WHERE duplicate_of IS NOT NULL AND duplicate_of <> article_id
  UNION
  SELECT chain.article_id, latest.duplicate_of, chain.steps + 1
  FROM chain JOIN latest ON latest.article_id = chain.original_id
  WHERE latest.duplicate_of IS NOT NULL AND latest.duplicate_of <> chain.article_id AND chain.steps < 10
)
SELECT latest.*, coalesce(reprint.original_id, latest.article_id) AS original_id, first.source AS original_source
FROM latest
LEFT JOIN (
  SELECT chain.article_id, chain.original_id
  FROM chain JOIN (SELECT article_id, max(steps) AS steps FROM chain GROUP BY article_id) AS longest
    ON longest.article_id = chain.article_id AND longest.steps = chain.steps
) AS reprint ON reprint.article_id = latest.article_id
LEFT JOIN latest AS first ON first.article_id = coalesce(reprint.original_id, latest.article_id)"""


def _insert_new(table: Table, stage: str, execute: Execute) -> None:
    columns = _listed(table.names)
    execute(
        f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {stage} s"
        f" WHERE NOT EXISTS (SELECT 1 FROM {table.name} t WHERE t.{table.key} = s.{table.key})"
        f" ON CONFLICT ({table.key}) DO NOTHING"
    )


def _drop_duplicates(stage: str, key: str) -> tuple[str, ...]:
    """Of several staged lines with one key keep the winner, with the first and the last fetch of them all."""
    groups = f"{stage}_groups"
    place = (
        f"row_number() OVER (PARTITION BY {key} ORDER BY {version_key('extractor_version')} DESC,"
        f" fetched_at DESC NULLS LAST, {ORDER} DESC) AS place"
    )
    return (
        f"CREATE TEMPORARY TABLE {groups} AS SELECT {key}, max(fetched_at) AS last, min(known_at) AS first"
        f" FROM {stage} GROUP BY {key} HAVING count(*) > 1",
        f"DELETE FROM {stage} WHERE {ORDER} IN"
        f" (SELECT {ORDER} FROM (SELECT {ORDER}, {place} FROM {stage}) AS ranked WHERE place > 1)",
        f"UPDATE {stage} AS s SET fetched_at = g.last, known_at = g.first FROM {groups} AS g WHERE g.{key} = s.{key}",
        f"DROP TABLE {groups}",
    )


def _listed(names: tuple[str, ...] | list[str], prefix: str = "") -> str:
    return ", ".join(prefix + name for name in names)
