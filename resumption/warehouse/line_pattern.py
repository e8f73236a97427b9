"""One regular expression per feed that matches a line as our own feeds write it, made from the feed fields.

It reads bytes: a line is neither decoded nor taken apart. What holds for many lines at once (they are UTF-8, they have
no raw control characters) is asked once for a block of them.

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
_TIME = rf"{_DAY}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\+08:00"
_ESCAPE = r'\\(?:["\\/bfnrt]|u(?!0000)(?![dD][89a-fA-F])[0-9a-fA-F]{4})'
_ESCAPED_STRING = rf'"([^"\\]*+(?:{_ESCAPE}[^"\\]*+)*+)"'
_PLAIN_STRING = '"([^"]*+)"'
"""Good for a line without other escapes than the control letters: a third of the time."""
_TYPES = {
    "number": r"(-?(?:0|[1-9]\d{0,14})(?:\.\d{1,20})?)",
    "integer": r"(-?(?:0|[1-9]\d{0,14}))",
    "boolean": "(true|false)",
    "date": f'"({_DAY})"',
    "time": f'"({_TIME})"',
}


_OTHER_ESCAPE = re.compile(rb"\\[^nrtbf/]")
_CONTROLS = bytes(range(32))

Match = re.Match[bytes]


@cache
def block_matcher(feed: str) -> Callable[[bytes], list[Match | bytes]]:
    r"""A function that takes whole lines apart: a match for each as our own feeds write it, the others as they stand.

    The groups of a match are the values as JSON writes them: a string without its quotes, null as an unmatched group.
    The time of the fetch stands twice, for `fetched_at` and for `known_at`.

    >>> block_matcher("observations")(b'{"schema_version": "1.0"}\n\n')
    [b'{"schema_version": "1.0"}\n', b'\n']
    """
    plain, escaped = _pattern(feed, _PLAIN_STRING), _pattern(feed, _ESCAPED_STRING)

    def match_line(line: bytes) -> Match | bytes:
        pattern = escaped if _has_other_escape(line) else plain
        return (pattern.fullmatch(line) if _is_clean(line, 1) else None) or line

    def match(block: bytes) -> list[Match | bytes]:
        if not _has_other_escape(block):
            found = list(plain.finditer(block))
            # As many line ends as matches: none goes on in the next line, and no line stands between them.
            if found and found[-1].end() == len(block) and _is_clean(block, len(found)):
                return [*found]
        lines = [line + b"\n" for line in block.split(b"\n")]
        lines[-1] = lines[-1][:-1]
        return [match_line(line) for line in lines if line]

    return match


def line_of(line: Match | bytes) -> bytes:
    """A line as it stands, of what `block_matcher` finds."""
    return line if isinstance(line, bytes) else line.group()


def length_of(line: Match | bytes) -> int:
    """The bytes of a line, of what `block_matcher` finds."""
    return len(line) if isinstance(line, bytes) else line.end() - line.start()


def _has_other_escape(text: bytes) -> bool:
    return b"\\" in text and bool(_OTHER_ESCAPE.search(text))


def _is_clean(text: bytes, line_ends: int) -> bool:
    """True if `text` is UTF-8 and its only control characters are so many line ends."""
    if len(text.translate(None, _CONTROLS)) != len(text) - line_ends:
        return False
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _pattern(feed: str, string: str) -> re.Pattern[bytes]:
    properties = load_schema(feed)["properties"]
    pairs = [f'"{f.name}": ' + _value(f.name, f.type, f.required, properties, string) for f in FEEDS[feed]]
    return re.compile((r"(?m)^\{" + ", ".join(pairs) + r"\}\n").encode())


def _value(name: str, feed_type: str, required: bool, properties: dict[str, Any], string: str) -> str:
    codes = properties[name].get("enum")
    if name == "schema_version":
        pattern = r'"(1\.\d{1,4})"'
    elif codes:
        pattern = '"(' + "|".join(re.escape(code) for code in codes if code is not None) + ')"'
    else:
        pattern = string if feed_type == "string" else _TYPES[feed_type]
    if name == "fetched_at":
        pattern = pattern.replace(_TIME, f"({_TIME})")
    return pattern if required else f"(?:{pattern}|null)"
