"""Documents from files: saved pages, plain-text dumps, JSON Lines, WARC archives, folders and standard input.

`read_inputs` streams; what cannot be read comes out as a `Problem` in its place, so one bad file costs one file.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, BinaryIO

MAX_BODY = 16 << 20
"""Bytes of one page after decompression, as in the crawl: a larger one is a bomb or no page."""
BEIJING = timezone(timedelta(hours=8))
PAGE_SUFFIXES = (".html", ".htm", ".shtml", ".txt")
WARC_SUFFIXES = (".warc", ".warc.gz")
SUFFIXES = (*PAGE_SUFFIXES, *WARC_SUFFIXES, ".jsonl")


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


def read_inputs(
    paths: list[str], *, url: str | None = None, published: str | None = None
) -> Iterator[Document | Problem]:
    """Stream the documents of files, folders (searched through, sorted by name) and `-` (standard input).

    `url` and `published` stand for what a page or text file does not say itself.
    """
    for name in paths:
        if name == "-":
            yield from _read_standard_input(url, published)
            continue
        path = Path(name)
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.is_file() and p.name.endswith(SUFFIXES))
            if not found:
                yield Problem(name, f"no file that ends with {', '.join(SUFFIXES)} in this folder")
            for file in found:
                yield from _read_file(file, url, published)
        else:
            yield from _read_file(path, url, published)


def parse_published(text: str) -> str:
    """A day or time as `YYYY-MM-DD[Thh:mm:ss[+08:00]]`, as the feeds write times. Raises ValueError.

    >>> parse_published("2020-02-22")
    '2020-02-22T00:00:00+08:00'
    """
    moment = datetime.fromisoformat(text.strip().replace(" ", "T"))
    moment = moment.replace(tzinfo=BEIJING) if moment.tzinfo is None else moment.astimezone(BEIJING)
    return moment.isoformat(timespec="seconds")


def _read_file(path: Path, url: str | None, published: str | None) -> Iterator[Document | Problem]:
    name = str(path)
    try:
        if name.endswith(".jsonl"):
            with path.open("rb") as stream:
                yield from _read_json_lines(stream, name)
        elif name.endswith(WARC_SUFFIXES):
            yield from read_warc(path)
        else:
            yield from _read_page(path.read_bytes(), name, url or path.absolute().as_uri(), published)
    except OSError as error:
        yield Problem(name, error.strerror or str(error))


def _read_standard_input(url: str | None, published: str | None) -> Iterator[Document | Problem]:
    body = sys.stdin.buffer.read()
    first = body.lstrip()[:1]
    if first == b"{":
        yield from _read_json_lines(body.splitlines(keepends=True), "standard input")
    else:
        yield from _read_page(body, "standard input", url or "file:///dev/stdin", published)


def _read_page(body: bytes, where: str, url: str, published: str | None) -> Iterator[Document | Problem]:
    if not body.strip():
        yield Problem(where, "the file is empty")
        return
    yield Document(body=body, url=url, where=where, published=published, raw_ref=where)


def _read_json_lines(lines: BinaryIO | list[bytes], name: str) -> Iterator[Document | Problem]:
    for number, raw in enumerate(lines, 1):
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


def read_warc(path: Path) -> Iterator[Document | Problem]:
    """The successful HTML responses of a WARC file, in its order; a broken record is a Problem and ends the file."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    if not path.stat().st_size:
        yield Problem(str(path), "the file is empty")
        return
    with path.open("rb") as stream:
        records = ArchiveIterator(stream)
        where = str(path)
        try:
            for record in records:
                status, kind = _response(record)
                body = record.content_stream().read(MAX_BODY + 1) if status == 200 and "html" in kind else b""
                torn = getattr(record.raw_stream, "limit", 0) > 0 and len(body) <= MAX_BODY and bool(body)
                where = f"{path}#{records.get_record_offset()}"
                if len(body) > MAX_BODY:
                    yield Problem(where, f"larger than {MAX_BODY >> 20} MiB")
                elif torn:
                    yield Problem(where, "broken WARC record: its end is missing")
                elif body:
                    yield _warc_document(record, body, where, path.name)
        except (ArchiveLoadFailed, EOFError, ValueError, zlib.error) as error:
            yield Problem(where, f"broken WARC record: {error or type(error).__name__}")


def _response(record: Any) -> tuple[int, str]:
    """Status and content type of a response record, (0, "") for any other record."""
    if record.rec_type != "response" or record.http_headers is None:
        return 0, ""
    kind = record.http_headers.get_header("Content-Type") or "text/html"
    return int(record.http_headers.get_statuscode() or 0), kind.lower()


def _warc_document(record: Any, body: bytes, where: str, name: str) -> Document:
    return Document(
        body=body,
        url=record.rec_headers.get_header("WARC-Target-URI"),
        where=where,
        headers=dict(record.http_headers.headers),
        fetched_at=warc_time(record.rec_headers.get_header("WARC-Date")),
        http_status=200,
        raw_ref=f"{name}#{where.rpartition('#')[2]}",
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
