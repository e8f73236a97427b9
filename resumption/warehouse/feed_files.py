"""Feed files on disk: find them, tell the two feeds apart, read them line by line and hold every line to the contract.

A line is checked against the feed fields (the same list the JSON Schema is made from) by a check of our own: it gives
the verdict of the schema in a fraction of its time, and names file and line. A line as our own feeds write it matches
one regular expression (`line_pattern.py`); only the others are taken apart here.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from resumption.schema import FEEDS, load_schema
from resumption.warehouse.line_pattern import Match, block_matcher, line_of

Row = dict[str, Any]
Progress = Callable[[int], object]

SUFFIXES = (".jsonl", ".jsonl.gz")
MAJOR = "1."
LONGEST_INTEGER = 2**63
BLOCK = 1 << 17
"""Bytes that are read and checked at a time."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00")
_JSON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "date": (str,),
    "time": (str,),
    "number": (float, int),
    "integer": (int,),
    "boolean": (bool,),
}


class FeedError(ValueError):
    """A feed that cannot be loaded; the message names the file, and the line where there is one."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that breaks the contract, and how."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class FeedFile:
    """One file and which feed it holds, `articles` or `observations`."""

    path: Path
    feed: str
    size: int


def find_feeds(paths: Iterable[Path]) -> list[FeedFile]:
    """The feed files among `paths`; a folder stands for every .jsonl and .jsonl.gz below it, in the order of names.

    Hidden and temporary files are passed over, an empty file is a feed without lines. Raises FeedError for a path
    that does not exist, that cannot be read, or whose first line is of neither feed.
    """
    found: dict[Path, FeedFile] = {}
    for path in paths:
        if path.is_dir():
            names = sorted(p for p in path.rglob("*") if p.is_file() and p.name.endswith(SUFFIXES))
            candidates = [p for p in names if not any(part.startswith(".") for part in p.relative_to(path).parts)]
        elif path.exists():
            candidates = [path]
        else:
            raise FeedError(f"{path}: no such file or folder")
        for candidate in candidates:
            feed = _feed_of(candidate)
            if feed:
                found[candidate.resolve()] = FeedFile(candidate, feed, candidate.stat().st_size)
    return list(found.values())


def _feed_of(path: Path) -> str | None:
    """Which feed a file holds by its first readable line, else by its name; None for an empty file without either."""
    named = [feed for feed in FEEDS if any(part.startswith(feed) for part in (path.parent.name, path.name))]
    try:
        with open_lines(path) as lines:
            first = lines.readline(1 << 24)
    except (OSError, EOFError) as error:
        raise FeedError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        row = None
    if isinstance(row, dict):
        if "obs_id" in row:
            return "observations"
        if "text_sha256" in row:
            return "articles"
    if named:
        return named[0]
    if not first:
        return None
    raise FeedError(f"{path}, line 1: a line of neither feed: it has no obs_id and no text_sha256")


def open_lines(path: Path) -> IO[bytes]:
    """The file as bytes, unpacked if its name ends in .gz."""
    return gzip.open(path, "rb") if path.name.endswith(".gz") else path.open("rb")  # type: ignore[return-value]


def read_blocks(
    file: FeedFile, on_bad: Callable[[BadLine], object], progress: Progress | None = None
) -> Iterator[list[Match | bytes]]:
    """The good lines of a feed, some hundred at a time, each as its match (`line_pattern.py`) if any, or as it stands.

    `on_bad` is told of every other line and may raise. `progress` is called with the number of bytes read. Raises
    FeedError when the file cannot be read to its end.
    """
    match = block_matcher(file.feed)
    check = row_check(file.feed)
    before = 0
    try:
        with open_lines(file.path) as stream:
            while block := stream.read(BLOCK):
                block += stream.readline()
                lines = match(block)
                count = len(lines)
                if bytes in map(type, lines):
                    reasons = [_why_bad(line, check) if isinstance(line, bytes) else None for line in lines]
                    for number, reason in enumerate(reasons, before + 1):
                        if reason:
                            on_bad(BadLine(file.path, number, reason))
                    lines = [line for line, reason in zip(lines, reasons, strict=True) if not reason]
                before += count
                yield lines
                if progress:
                    progress(len(block))
    except (OSError, EOFError, zlib.error) as error:
        raise FeedError(f"{file.path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def read_lines(file: FeedFile, on_bad: Callable[[BadLine], object]) -> Iterator[bytes]:
    """The good lines of a feed as they stand; see `read_blocks`."""
    for lines in read_blocks(file, on_bad):
        yield from map(line_of, lines)


def _why_bad(line: bytes, check: Callable[[Row], None]) -> str | None:
    """What is wrong with a line, None if nothing is."""
    try:
        check(parse_line(line))
    except ValueError as error:
        return str(error)
    return None


def parse_line(line: bytes) -> Row:
    """One line of a feed as a row. Raises ValueError with a reason that a person understands.

    >>> parse_line(b'{"value": 1.5}\\n')
    {'value': 1.5}
    >>> parse_line(b'{"value": NaN}\\n')
    Traceback (most recent call last):
    ValueError: NaN is no JSON
    """
    if not line.endswith(b"\n"):
        raise ValueError("the line is torn: no line end")
    try:
        row = _decoder.decode(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("no JSON object of a feed: nested too deep") from None
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    # Both are legal JSON, and no engine can store them.
    if b"\\u0000" in line and any("\0" in v for v in row.values() if isinstance(v, str)):
        raise ValueError("a NUL character")
    if b"\\ud" in line or b"\\uD" in line:
        for name, value in row.items():
            if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
                raise ValueError(f"{name} has a lone surrogate")
    return row


def _pairs(pairs: list[tuple[str, Any]]) -> Row:
    row = dict(pairs)
    if len(row) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(n for n in names if names.count(n) > 1)} stands twice")
    return row


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


_decoder = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_no_constant)


def row_check(feed: str) -> Callable[[Row], None]:
    """A function that raises ValueError when a row breaks the contract of its feed.

    A row of our own schema version has exactly our fields. One of a later 1.x may have more (they are left out); one
    of an earlier 1.x may lack those that were added since (they are null).
    """
    properties = load_schema(feed)["properties"]
    fields = FEEDS[feed]
    names = tuple(f.name for f in fields)
    dates = [f.name for f in fields if f.type == "date"]
    times = [f.name for f in fields if f.type == "time"]
    numbers = [f.name for f in fields if f.type in ("number", "integer")]
    codes = [(f.name, frozenset(properties[f.name]["enum"])) for f in fields if f.codes]
    own_version = load_version(feed)
    accepted: set[tuple[type, ...]] = set()
    versions: set[str] = set()

    def check_shape(row: Row) -> None:
        """The slow way, for a combination of types that was not met before: say what is wrong."""
        version = row.get("schema_version")
        if not isinstance(version, str) or not version.startswith(MAJOR) or not version[2:].isdigit():
            raise ValueError(f"schema_version is {version!r}, this loader reads 1.x")
        theirs = int(version[2:])
        for field in fields:
            if field.name not in row and (theirs >= own_version or field.required):
                raise ValueError(f"the key {field.name} is missing")
            value = row.get(field.name)
            if value is None and field.required:
                raise ValueError(f"{field.name} is null")
            if value is not None and type(value) not in _JSON_TYPES[field.type]:
                raise ValueError(f"{field.name} is {_shown(value)}, not a {field.type}")
        unknown = sorted(set(row) - set(names))
        if unknown and theirs <= own_version:
            raise ValueError(f"the key {unknown[0]} is unknown")

    def check(row: Row) -> None:
        shape = tuple(map(type, row.values()))
        if shape not in accepted or tuple(row) != names or row["schema_version"] not in versions:
            check_shape(row)
            if tuple(row) == names:
                accepted.add(shape)
                versions.add(row["schema_version"])
        for name in dates:
            value = row.get(name)
            if value is not None and not _is_date(value):
                raise ValueError(f"{name} is {_shown(value)}, not a day YYYY-MM-DD")
        for name in times:
            value = row.get(name)
            if value is not None and not _is_time(value):
                raise ValueError(f"{name} is {_shown(value)}, not a time YYYY-MM-DDThh:mm:ss+08:00")
        for name in numbers:
            value = row.get(name)
            if value is not None and not -LONGEST_INTEGER <= value < LONGEST_INTEGER and not _is_number(value, name):
                raise ValueError(f"{name} is {_shown(value)}, out of range")
        for name, allowed in codes:
            if row.get(name) not in allowed:
                raise ValueError(f"{name} is {_shown(row.get(name))}, none of the codes of the contract")

    return check


def load_version(feed: str) -> int:
    """Minor version of the contract that this software was made for: the x of 1.x."""
    description: str = load_schema(feed)["description"]
    return int(description.rstrip(".").rpartition(".")[2])


def _is_number(value: float, name: str) -> bool:
    """Large floats are fine where floats are; infinite ones (1e999) and integers beyond 64 bits are not."""
    return isinstance(value, float) and math.isfinite(value)


@lru_cache(maxsize=1 << 12)
def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text) or not text.isascii():
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1 << 16)
def _is_time(text: str) -> bool:
    if not _TIME.fullmatch(text) or not text.isascii():
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
