"""The files for strangers, made from the feed fields: DDL and load statements per engine, and the data contract.

`python -m resumption.warehouse.documents` writes `docs/ddl/*.sql` and `contract.yaml`; a test fails when they differ
from the fields, and names this command. The statements load the raw feeds, without this software.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from resumption.schema import FEEDS, load_schema
from resumption.warehouse import sql

FEED_KEYS = {"articles": "article_version_id", "observations": "obs_id"}

ENGINE_TYPES = {
    "duckdb": {"string": "VARCHAR", "number": "DOUBLE", "integer": "BIGINT", "boolean": "BOOLEAN", "date": "DATE",
               "time": "TIMESTAMPTZ"},
    "postgresql": {"string": "text", "number": "double precision", "integer": "bigint", "boolean": "boolean",
                   "date": "date", "time": "timestamptz"},
    "clickhouse": {"string": "String", "number": "Float64", "integer": "Int64", "boolean": "Bool", "date": "Date32",
                   "time": "DateTime('Asia/Shanghai')"},
    "bigquery": {"string": "STRING", "number": "FLOAT64", "integer": "INT64", "boolean": "BOOL", "date": "DATE",
                 "time": "TIMESTAMP"},
    "snowflake": {"string": "VARCHAR", "number": "FLOAT", "integer": "NUMBER(19, 0)", "boolean": "BOOLEAN",
                  "date": "DATE", "time": "TIMESTAMP_TZ"},
}  # fmt: skip

QUOTES = {"bigquery": "`", "clickhouse": "`"}

HEADS = {
    "duckdb": "DuckDB: run in the folder that holds articles/ and observations/: duckdb feeds.duckdb < duckdb.sql",
    "postgresql": "PostgreSQL: run in the folder that holds articles/ and observations/: psql -f postgresql.sql",
    "clickhouse": "ClickHouse: run in the folder that holds articles/ and observations/: "
    "clickhouse local --path feeds --queries-file clickhouse.sql",
    "bigquery": "BigQuery: put the feeds into a bucket and its name below. Not run by the tests of this project.",
    "snowflake": "Snowflake: put the feeds into the stage @feeds. Not run by the tests of this project.",
}


def ddl(engine: str) -> str:
    """The DDL and the load statements of one engine, as the text of its file."""
    parts = [f"-- {HEADS[engine]}", "-- Made by `python -m resumption.warehouse.documents`, do not edit."]
    for feed in FEEDS:
        parts += [_create(engine, feed), _load(engine, feed)]
    return "\n\n".join(parts) + "\n"


def _name(engine: str, name: str) -> str:
    quote = QUOTES.get(engine, '"')
    # Snowflake folds bare names to upper case; a quoted lower-case name would have to be quoted in every query.
    return name.upper() if engine == "snowflake" and name != "end" else f"{quote}{name}{quote}"


def _create(engine: str, feed: str) -> str:
    lines = []
    for f in FEEDS[feed]:
        kind = ENGINE_TYPES[engine][f.type]
        if engine == "clickhouse":
            kind = kind if f.required else f"Nullable({kind})"
        else:
            kind += " NOT NULL" if f.required else ""
        lines.append(f"  {_name(engine, f.name)} {kind}")
    end = ""
    if engine in ("duckdb", "postgresql"):
        lines.append(f"  PRIMARY KEY ({_name(engine, FEED_KEYS[feed])})")
    if engine == "clickhouse":
        end = f" ENGINE = ReplacingMergeTree ORDER BY {FEED_KEYS[feed]}"
    exists = "" if engine == "snowflake" else "IF NOT EXISTS "
    return f"CREATE TABLE {exists}{feed} (\n" + ",\n".join(lines) + f"\n){end};"


def _load(engine: str, feed: str) -> str:
    fields = FEEDS[feed]
    names = ", ".join(_name(engine, f.name) for f in fields)
    typed = ", ".join(f"{_name(engine, f.name)} {ENGINE_TYPES[engine][f.type]}" for f in fields)
    types = ", ".join(f"'{f.name}': '{ENGINE_TYPES[engine][f.type]}'" for f in fields)
    key = _name(engine, FEED_KEYS[feed])
    match engine:
        case "duckdb":
            return (
                f"INSERT OR REPLACE INTO {feed}\n"
                f"SELECT * FROM read_json('{feed}/**/*.jsonl', format = 'newline_delimited', columns = {{{types}}});"
            )
        case "postgresql":
            updates = ", ".join(f"{_name(engine, f.name)} = EXCLUDED.{_name(engine, f.name)}" for f in fields)
            return (
                "BEGIN;\n"
                "CREATE TEMPORARY TABLE lines (line text) ON COMMIT DROP;\n"
                f"\\copy lines FROM PROGRAM 'find {feed} -name \"*.jsonl\" | sort | xargs cat'"
                " (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')\n"
                f"INSERT INTO {feed} ({names})\n"
                f"SELECT DISTINCT ON ({key}) {names} FROM lines, json_to_record(line::json) AS row ({typed})\n"
                f"ON CONFLICT ({key}) DO UPDATE SET {updates};\n"
                "COMMIT;"
            )
        case "clickhouse":
            return (
                f"INSERT INTO {feed} SELECT {names}\n"
                f"FROM file('{feed}/*.jsonl', 'JSONEachRow')\n"
                "SETTINGS date_time_input_format = 'best_effort', input_format_null_as_default = 0;\n"
                f"-- Rows of one {FEED_KEYS[feed]} are merged in the background: query {feed} FINAL to see each once."
            )
        case "bigquery":
            return (
                f"LOAD DATA INTO {feed}\n"
                f"FROM FILES (format = 'NEWLINE_DELIMITED_JSON', uris = ['gs://BUCKET/{feed}/*.jsonl']);"
            )
        case _:
            return (
                f"COPY INTO {feed} FROM @feeds/{feed}/\n"
                "FILE_FORMAT = (TYPE = JSON) MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE ON_ERROR = ABORT_STATEMENT;"
            )


def contract() -> str:
    """The Open Data Contract Standard file of both feeds (YAML)."""
    return (
        "# Data contract of both feeds (Open Data Contract Standard).\n"
        "# Made by `python -m resumption.warehouse.documents`, do not edit.\n" + "\n".join(_yaml(_contract())) + "\n"
    )


def _contract() -> dict[str, Any]:
    return {
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": "resumption-feeds",
        "name": "Figures on the resumption of work",
        "version": load_schema("observations")["description"].rstrip(".").rpartition(" ")[2] + ".0",
        "status": "active",
        "domain": "regional news",
        "description": {
            "purpose": "What regional news articles state about 复工复产, one line per number, each with its sentence.",
            "usage": "Load by key; the feeds are append-only. docs/warehouse.md has the statements for six engines.",
            "limitations": "Statements of sources, not measurements: contradictions are kept and flagged.",
        },
        "schema": [_contract_table(feed) for feed in FEEDS],
        "slaProperties": [{"property": "frequency", "value": 1, "unit": "d", "element": "observations.fetched_at"}],
    }


def _contract_table(feed: str) -> dict[str, Any]:
    table: dict[str, Any] = {
        "name": feed,
        "physicalType": "JSON Lines",
        "description": f"JSON Schema: resumption/schema/{feed}.schema.json",
        "properties": [_contract_field(feed, f.name) for f in FEEDS[feed]],
    }
    if feed == "observations":
        table["quality"] = [
            {
                "name": test.name,
                "type": "sql",
                "description": test.what,
                "severity": test.severity,
                "query": f"SELECT count(*) FROM ({_one_line(test.statement)}) AS broken",
                "mustBe": 0,
            }
            for test in sql.checks()
        ]
    return table


def _contract_field(feed: str, name: str) -> dict[str, Any]:
    field = next(f for f in FEEDS[feed] if f.name == name)
    logical = {"time": "timestamp"}.get(field.type, field.type)
    out: dict[str, Any] = {"name": name, "logicalType": logical, "description": field.what, "required": field.required}
    if name == FEED_KEYS[feed]:
        out |= {
            "primaryKey": True,
            "unique": True,
            "quality": [{"type": "library", "metric": "duplicateValues", "mustBe": 0}],
        }
    if field.codes:
        valid = [code.value for code in field.codes]
        out["quality"] = [
            {"type": "library", "metric": "invalidValues", "arguments": {"validValues": valid}, "mustBe": 0}
        ]
    return out


def _one_line(statement: str) -> str:
    return " ".join(line.strip() for line in statement.splitlines() if not line.startswith("--"))


def _yaml(value: Any, indent: int = 0) -> Iterator[str]:
    """Block YAML of mappings and lists; scalars as JSON writes them, which is YAML too."""
    pad = " " * indent
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, dict | list) and item:
                yield f"{pad}{key}:"
                yield from _yaml(item, indent + 2)
            else:
                yield f"{pad}{key}: {json.dumps(item, ensure_ascii=False)}"
    else:
        for item in value:
            if isinstance(item, dict):
                first, *rest = _yaml(item, indent + 2)
                yield f"{pad}- {first.lstrip()}"
                yield from rest
            else:
                yield f"{pad}- {json.dumps(item, ensure_ascii=False)}"


def documents() -> dict[str, str]:
    """Path in the project and text of every file."""
    return {f"docs/ddl/{engine}.sql": ddl(engine) for engine in ENGINE_TYPES} | {"contract.yaml": contract()}


def write_documents(root: Path) -> None:
    """Write them all."""
    for name, text in documents().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_documents(Path(__file__).parents[2])
