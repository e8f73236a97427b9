"""One regular expression per feed that matches a line as our own feeds write it, made from the feed fields.

A line that matches keeps the whole contract: keys, order, types, codes, real days, no duplicate key, no lone surrogate,
no NUL. A line that does not may still be good (other order, other spelling of numbers, a later 1.x): it is then read
the slow way, which also finds words for what is wrong. All repetitions are possessive, so no line takes longer than
its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from resumption.schema import FEEDS, load_schema

_YEAR = r"[12]\d{3}"
_DAY = (
    rf"(?:{_YEAR}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    r"|20(?:[02468][048]|[13579][26])-02-29)"
)
_ESCAPE = r'\\(?:["\\/bfnrt]|u(?!0000)(?![dD][89a-fA-F])[0-9a-fA-F]{4})'
_ESCAPED_STRING = rf'"([^"\\]*+(?:{_ESCAPE}[^"\\]*+)*+)"'
_PLAIN_STRING = '"([^"]*+)"'
"""Good for a line without other escapes than the control letters: a third of the time."""
_TYPES = {
    "number": r"(-?(?:0|[1-9]\d{0,14})(?:\.\d{1,20})?)",
    "integer": r"(-?(?:0|[1-9]\d{0,14}))",
    "boolean": "(true|false)",
    "date": f'"({_DAY})"',
    "time": rf'"({_DAY}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\+08:00)"',
}


_OTHER_ESCAPE = re.compile(rb"\\[^nrtbf/]")
_CONTROLS = bytes(range(32))


@cache
def line_matcher(feed: str) -> Callable[[bytes], re.Match[str] | None]:
    r"""A function that matches a good line (with its line end); the groups are the values as JSON writes them.

    A string comes without its quotes, null as an unmatched group. Raises UnicodeDecodeError for a line that is not
    UTF-8.

    >>> line_matcher("observations")(b'{"schema_version": "1.0"}\n') is None
    True
    """
    plain = _pattern(feed, _PLAIN_STRING).fullmatch
    escaped = _pattern(feed, _ESCAPED_STRING).fullmatch

    def match(line: bytes) -> re.Match[str] | None:
        if len(line.translate(None, _CONTROLS)) != len(line) - 1:  # a raw control character beside the line end
            return None
        return (escaped if _OTHER_ESCAPE.search(line) else plain)(line.decode("utf-8"))

    return match


def _pattern(feed: str, string: str) -> re.Pattern[str]:
    properties = load_schema(feed)["properties"]
    pairs = [f'"{f.name}": ' + _value(f.name, f.type, f.required, properties, string) for f in FEEDS[feed]]
    return re.compile(r"\{" + ", ".join(pairs) + r"\}\n", re.ASCII)


def _value(name: str, feed_type: str, required: bool, properties: dict[str, Any], string: str) -> str:
    codes = properties[name].get("enum")
    if name == "schema_version":
        pattern = r'"(1\.\d{1,4})"'
    elif codes:
        pattern = '"(' + "|".join(re.escape(code) for code in codes if code is not None) + ')"'
    else:
        pattern = string if feed_type == "string" else _TYPES[feed_type]
    return pattern if required else f"(?:{pattern}|null)"
