"""Tables of the warehouse, made from the feed fields: one place, the same DDL for DuckDB and PostgreSQL.

Times are stored as `timestamp` in Beijing time: every feed time ends in `+08:00`, China has one zone without summer
time, and so a query gives the same days on every engine and in every session.
"""

from __future__ import annotations

from dataclasses import dataclass

from resumption.schema import FEEDS

TYPES = {
    "string": "varchar",
    "number": "double precision",
    "integer": "bigint",
    "boolean": "boolean",
    "date": "date",
    "time": "timestamp",
}

RENAMED = {"start": "number_start", "end": "number_end"}
"""Feed fields whose name is a reserved word of SQL."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its SQL type, the feed field it comes from ("" if the loader fills it)."""

    name: str
    type: str
    field: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `key` names the primary key column ("" for a table without one)."""

    name: str
    columns: tuple[Column, ...]
    key: str = ""
    feed: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(c.name for c in self.columns)


def feed_table(name: str, feed: str, key: str) -> Table:
    """The table that takes one feed: its fields in order, then `known_at`, the first fetch of that version.

    >>> feed_table("obs_report", "observations", "obs_id").columns[12]
    Column(name='value', type='double precision', field='value', required=True)
    """
    columns = [Column(RENAMED.get(f.name, f.name), TYPES[f.type], f.name, f.required) for f in FEEDS[feed]]
    columns.append(Column("known_at", TYPES["time"]))
    return Table(name, tuple(columns), key, feed)


def _table(name: str, key: str, columns: str) -> Table:
    """A table from `name type, name type`; everything that the loader fills."""
    pairs = (column.strip().split(" ", 1) for column in columns.split(","))
    return Table(name, tuple(Column(n, t, required=n == key) for n, t in pairs), key)


ARTICLE_VERSION = feed_table("article_version", "articles", "article_version_id")
OBS_REPORT = feed_table("obs_report", "observations", "obs_id")
ARTICLE = _table(
    "article",
    "article_id",
    "article_id varchar, portal varchar, channel varchar, url varchar, canonical_url varchar, doc_id varchar,"
    "title varchar, source varchar, published_at timestamp, latest_version_id varchar, versions bigint,"
    "duplicate_of varchar, first_known_at timestamp, last_fetched_at timestamp, extractor_version varchar,"
    "original_id varchar, original_source varchar",
)
DIM_REGION = _table(
    "dim_region",
    "",
    "code varchar, name varchar, full_name varchar, level varchar, parent varchar, valid_from bigint,"
    "valid_to bigint, successor varchar, aliases varchar",
)
DIM_INDICATOR = _table(
    "dim_indicator",
    "",
    "code varchar, label varchar, label_en varchar, units varchar, aggregation varchar, definition varchar",
)
OBS_CHECK = _table(
    "obs_check",
    "",
    "check_name varchar, severity varchar, obs_id varchar, other_obs_id varchar, article_id varchar,"
    "indicator varchar, region varchar, as_of date, detail varchar",
)
RUN = _table(
    "run",
    "run_id",
    "run_id varchar, portal varchar, verdict varchar, exit_code bigint, reasons varchar, finish_reason varchar,"
    "started_at timestamp, finished_at timestamp, replay varchar, articles bigint, observations bigint, record varchar",
)

TABLES = (ARTICLE_VERSION, OBS_REPORT, ARTICLE, DIM_REGION, DIM_INDICATOR, OBS_CHECK, RUN)
FEED_TABLES = {"articles": ARTICLE_VERSION, "observations": OBS_REPORT}


def typed(column: Column, text_type: str = "varchar") -> str:
    """The type of a column as an engine that has its own type for text declares it."""
    return text_type if column.type == "varchar" else column.type


def create_statement(table: Table, text_type: str = "varchar") -> str:
    """`CREATE TABLE IF NOT EXISTS` of one table.

    >>> print(create_statement(Table("t", (Column("a", "bigint", "", True),), "a")))
    CREATE TABLE IF NOT EXISTS t (
      a bigint NOT NULL,
      PRIMARY KEY (a)
    )
    """
    lines = [f"{c.name} {typed(c, text_type)}{' NOT NULL' if c.required else ''}" for c in table.columns]
    if table.key:
        lines.append(f"PRIMARY KEY ({table.key})")
    return f"CREATE TABLE IF NOT EXISTS {table.name} (\n  " + ",\n  ".join(lines) + "\n)"


def staged_type(feed_type: str) -> str:
    """The SQL type in which a field is read from JSON: dates and times stay text until they are cast."""
    return "varchar" if feed_type in ("date", "time") else TYPES[feed_type]


def staged_value(column: Column) -> str:
    """The SQL expression that makes a column out of its feed field; times are cut to Beijing wall time.

    >>> staged_value(Column("published_at", "timestamp", "published_at"))
    'CAST(substr("published_at", 1, 19) AS timestamp)'
    """
    name = f'"{column.field or "fetched_at"}"'  # known_at has no field: it starts as the time of the fetch
    if column.type == "timestamp":
        return f"CAST(substr({name}, 1, 19) AS timestamp)"
    return f"CAST({name} AS {column.type})"
