"""JSON Schema of both feeds, generated from the fields of `rows.py` and checked in beside this file.

`scrapy schema` writes the files; a test fails when they differ from the types, and prints that command.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from resumption import SCHEMA_VERSION
from resumption.rows import ARTICLE_FIELDS, OBSERVATION_FIELDS, Field

FEEDS = {"articles": ARTICLE_FIELDS, "observations": OBSERVATION_FIELDS}

_PATTERNS = {
    "date": r"^\d{4}-\d{2}-\d{2}$",
    "time": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$",
}


def build_schema(feed: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one feed, `articles` or `observations`, as the types say now."""
    fields = FEEDS[feed]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"resumption {feed}",
        "description": f"One line of the {feed} feed, schema version {SCHEMA_VERSION}.",
        "type": "object",
        "properties": {f.name: _property(f) for f in fields},
        "required": [f.name for f in fields],
        "additionalProperties": False,
    }


def schema_text(feed: str) -> str:
    """The schema as the text of its file."""
    return json.dumps(build_schema(feed), ensure_ascii=False, indent=1) + "\n"


@cache
def load_schema(feed: str) -> dict[str, Any]:
    """The schema that is checked in."""
    loaded: dict[str, Any] = json.loads((files("resumption.schema") / f"{feed}.schema.json").read_text("utf-8"))
    return loaded


def _property(field: Field) -> dict[str, Any]:
    json_type = "string" if field.type in ("date", "time") else field.type
    out: dict[str, Any] = {"description": field.what, "type": json_type if field.required else [json_type, "null"]}
    if field.type in _PATTERNS:
        out["format"] = "date" if field.type == "date" else "date-time"
        out["pattern"] = _PATTERNS[field.type]
    if field.codes:
        out["enum"] = [code.value for code in field.codes] + ([] if field.required else [None])
    return out
