"""Documents from files: saved pages, plain-text dumps, JSON Lines, WARC archives, folders and standard input.

`find_pieces` cuts the inputs into pieces of a few megabytes, in their order and without reading them through;
`read_piece` streams the documents of one. A piece is small to send, so any process can read it. What cannot be read
comes out as a `Problem` in its place, so one bad file costs one file and one bad record one record.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from resumption.warc import Broken, find_record, is_wanted, read_responses

BEIJING = timezone(timedelta(hours=8))
PAGE_SUFFIXES = (".html", ".htm", ".shtml", ".txt")
WARC_SUFFIXES = (".warc", ".warc.gz")
SUFFIXES = (*PAGE_SUFFIXES, *WARC_SUFFIXES, ".jsonl")
PIECE = 128 << 10
"""Bytes of a piece of a file, compressed if the file is: some tens of small pages, so that processes end together."""
PAGES = 16
"""Page files in a piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One page or text as it was found, with what is known about it."""

    body: bytes | str
    url: str
    where: str
    """For messages: `pages.jsonl:3`, `a.warc.gz#1042`."""
    headers: Mapping[str, str] | None = None
    title: str | None = None
    published: str | None = None
    region: str | None = None
    fetched_at: str | None = None
    http_status: int | None = None
    raw_ref: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """An input, or a part of one, that could not be read."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of the inputs that is read by itself: bytes of one file, or some page files of one folder."""

    kind: str
    """`warc`, `lines`, `pages`, `standard input`, `problem`."""
    source: str
    """The WARC or .jsonl file, or the folder of page files; pieces of one source follow each other."""
    files: tuple[str, ...] = ()
    size: int = 0
    """Bytes, for progress."""
    start: int = 0
    end: int | None = None
    line: int = 1
    """Number of the first line."""
    data: bytes | None = None
    """What was read from standard input."""
    url: str | None = None
    published: str | None = None
    problem: str = ""


def read_inputs(
    paths: list[str], *, url: str | None = None, published: str | None = None
) -> Iterator[Document | Problem]:
    """Stream the documents of files, folders (searched through, sorted by name) and `-` (standard input).

    `url` and `published` stand for what a page or text file does not say itself.
    """
    for piece in find_pieces(paths, url=url, published=published):
        yield from read_piece(piece)


def find_pieces(paths: list[str], *, url: str | None = None, published: str | None = None) -> Iterator[Piece]:
    """The pieces of the inputs in their order; how a file is cut depends on the file alone.

    Files are opened when their turn comes. A path without anything to read is a piece with a `problem`.
    """
    for name in paths:
        path = Path(name)
        if name == "-":
            yield from _standard_input_pieces(url, published)
        elif path.is_dir():
            found = find_files(path)
            if not found:
                problem = f"no file that ends with {', '.join(SUFFIXES)} in this folder"
                yield Piece(kind="problem", source=name, problem=problem)
            yield from _file_pieces(found, url, published)
        else:
            yield from _file_pieces([path], url, published)


def find_files(folder: Path) -> list[Path]:
    """Files below a folder that can be read, sorted by name."""
    return sorted(p for p in folder.rglob("*") if p.name.endswith(SUFFIXES) and p.is_file())


def total_size(paths: list[str]) -> int:
    """Bytes of all inputs but standard input, for progress."""
    files = (file for name in paths for file in (find_files(Path(name)) if Path(name).is_dir() else [Path(name)]))
    return sum(file.stat().st_size for file in files if file.is_file())


def read_piece(piece: Piece, *, wanted: Callable[[str], bool] = is_wanted) -> Iterator[Document | Problem]:
    """Stream the documents of one piece; `wanted` may refuse the records of a WARC file by their address."""
    try:
        if piece.kind == "problem":
            yield Problem(piece.source, piece.problem)
        elif piece.kind == "pages":
            for name in piece.files:
                yield from _read_page_file(name, piece)
        elif piece.data is not None:
            yield from _read_standard_input(piece.data, piece)
        elif piece.kind == "lines":
            with Path(piece.source).open("rb") as stream:
                stream.seek(piece.start)
                yield from _read_json_lines(_lines_until(stream, piece.end), piece.source, piece.line)
        else:
            with Path(piece.source).open("rb") as stream:
                yield from read_warc(stream, piece.source, piece.start, piece.end, wanted)
    except OSError as error:
        yield Problem(piece.source, error.strerror or str(error))


def _file_pieces(files: list[Path], url: str | None, published: str | None) -> Iterator[Piece]:
    for is_page, run in groupby(files, key=lambda path: not path.name.endswith((".jsonl", *WARC_SUFFIXES))):
        if is_page:
            for folder, pages in groupby(run, key=lambda path: str(path.parent)):
                yield from _page_pieces(folder, list(pages), url, published)
            continue
        for path in run:
            try:
                with path.open("rb") as stream:
                    size = path.stat().st_size
                    if path.name.endswith(".jsonl"):
                        yield from _line_pieces(stream, str(path))
                    elif not size:
                        yield Piece(kind="problem", source=str(path), problem="the file is empty")
                    else:
                        yield from _warc_pieces(stream, str(path), size)
            except OSError as error:
                yield Piece(kind="problem", source=str(path), problem=error.strerror or str(error))


def _page_pieces(folder: str, pages: list[Path], url: str | None, published: str | None) -> Iterator[Piece]:
    for first in range(0, len(pages), PAGES):
        some = pages[first : first + PAGES]
        yield Piece(
            kind="pages",
            source=folder,
            files=tuple(map(str, some)),
            size=sum(path.stat().st_size for path in some if path.is_file()),
            url=url,
            published=published,
        )


def _line_pieces(stream: BinaryIO, name: str) -> Iterator[Piece]:
    start, line = 0, 1
    while block := stream.read(PIECE):
        block += stream.readline()
        yield Piece(
            kind="lines", source=name, files=(name,), size=len(block), start=start, end=start + len(block), line=line
        )
        start += len(block)
        line += block.count(b"\n")


def _warc_pieces(stream: BinaryIO, name: str, size: int) -> Iterator[Piece]:
    compressed = stream.read(2) == b"\x1f\x8b"
    start: int | None = 0
    while start is not None and start < size:
        end = find_record(stream, start + PIECE, compressed=compressed) if start + PIECE < size else None
        yield Piece(kind="warc", source=name, files=(name,), size=(end or size) - start, start=start, end=end)
        start = end


def _standard_input_pieces(url: str | None, published: str | None) -> Iterator[Piece]:
    name, line = "standard input", 1
    stream = sys.stdin.buffer
    block = stream.read(PIECE)
    if block.lstrip()[:1] != b"{":
        yield Piece(kind=name, source=name, data=block + stream.read(), url=url, published=published)
        return
    while block:
        block += stream.readline()
        yield Piece(kind="lines", source=name, data=block, line=line)
        line += block.count(b"\n")
        block = stream.read(PIECE)


def parse_published(text: str) -> str:
    """A day or time as `YYYY-MM-DD[Thh:mm:ss[+08:00]]`, as the feeds write times. Raises ValueError.

    >>> parse_published("2020-02-22")
    '2020-02-22T00:00:00+08:00'
    """
    moment = datetime.fromisoformat(text.strip().replace(" ", "T"))
    moment = moment.replace(tzinfo=BEIJING) if moment.tzinfo is None else moment.astimezone(BEIJING)
    return moment.isoformat(timespec="seconds")


def _read_page_file(name: str, piece: Piece) -> Iterator[Document | Problem]:
    path = Path(name)
    try:
        yield from _read_page(path.read_bytes(), name, piece.url or path.absolute().as_uri(), piece.published)
    except OSError as error:
        yield Problem(name, error.strerror or str(error))


def _read_standard_input(data: bytes, piece: Piece) -> Iterator[Document | Problem]:
    if piece.kind == "lines":
        yield from _read_json_lines(BytesIO(data), piece.source, piece.line)
    else:
        yield from _read_page(data, piece.source, piece.url or "file:///dev/stdin", piece.published)


def _read_page(body: bytes, where: str, url: str, published: str | None) -> Iterator[Document | Problem]:
    if not body.strip():
        yield Problem(where, "the file is empty")
        return
    yield Document(body=body, url=url, where=where, published=published, raw_ref=where)


def _lines_until(stream: BinaryIO, end: int | None) -> Iterator[bytes]:
    position = stream.tell()
    for raw in stream:
        if end is not None and position >= end:
            return
        position += len(raw)
        yield raw


def _read_json_lines(lines: Iterable[bytes], name: str, first: int = 1) -> Iterator[Document | Problem]:
    for number, raw in enumerate(lines, first):
        if not raw.strip():
            continue
        where = f"{name}:{number}"
        try:
            row = json.loads(raw)
        except ValueError as error:
            yield Problem(where, f"not a line of JSON: {error}")
            continue
        yield _row_document(row, where)


def _row_document(row: object, where: str) -> Document | Problem:
    if not isinstance(row, dict):
        return Problem(where, "not a JSON object")
    for key in ("url", "html", "text", "title", "published", "region"):
        if row.get(key) is not None and not isinstance(row[key], str):
            return Problem(where, f"{key!r} is not a string")
    body = row.get("html") or row.get("text")
    if not row.get("url"):
        return Problem(where, "'url' is missing")
    if not body:
        return Problem(where, "'html' or 'text' is missing")
    published = row.get("published")
    if published:
        try:
            published = parse_published(published)
        except ValueError:
            return Problem(where, f"'published' is no date: {published!r}")
    return Document(
        body=body,
        url=row["url"],
        where=where,
        title=row.get("title"),
        published=published,
        region=row.get("region"),
        raw_ref=where,
    )


def read_warc(
    stream: BinaryIO,
    name: str,
    start: int = 0,
    end: int | None = None,
    wanted: Callable[[str], bool] = is_wanted,
) -> Iterator[Document | Problem]:
    """The successful HTML responses of a WARC file in its order; a broken record is a Problem, the next ones follow."""
    short = name.rpartition("/")[2]
    for found in read_responses(stream, start, end, wanted):
        where = f"{name}#{found.offset}"
        if isinstance(found, Broken):
            yield Problem(where, found.what)
            continue
        try:
            fetched_at = warc_time(found.date)
        except ValueError:
            yield Problem(where, f"broken WARC record: WARC-Date is {found.date!r}")
            continue
        yield Document(
            body=found.body,
            url=found.url,
            where=where,
            headers=found.headers,
            fetched_at=fetched_at,
            http_status=200,
            raw_ref=f"{short}#{found.offset}",
        )


def warc_time(text: str | None) -> str | None:
    """WARC-Date (UTC) in the style of the feeds, None if there is none.

    >>> warc_time("2020-02-22T09:10:00Z")
    '2020-02-22T17:10:00+08:00'
    """
    if not text:
        return None
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(BEIJING).isoformat(timespec="seconds")
