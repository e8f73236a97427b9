"""Reads WARC files for re-extraction: record by record, from any record on, past broken ones.

A plain file or one gzip member per record, as the standard asks for. Every record is found by itself, so a file can be
cut into pieces at record boundaries (`find_record`) and a broken record costs that record only. (The crawl's own
archive is written and replayed with warcio; this reader exists because a file of millions of records needs neither its
digests nor its line-wise reader, and must go on after damage.)
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from warcio.bufferedreaders import BufferedReader, ChunkedDataReader

MAX_BODY = 16 << 20
"""Bytes of one page after decompression, as in the crawl: a larger one is a bomb or no page."""
_HEADERS = 1 << 18
_BLOCK = 1 << 16
_MAGIC = b"\x1f\x8b\x08"
_START = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
_PLAIN_START = re.compile(rb"\n(WARC/\d\.\d+[ \t]*\r?\n[A-Za-z-]+:)")
_BLANK = re.compile(rb"\r?\n\r?\n")
_CODINGS = ("gzip", "deflate", "br")


@dataclass(frozen=True, slots=True)
class Response:
    """A successful HTML response."""

    offset: int
    url: str
    date: str
    """WARC-Date as it stands there, "" if it is missing."""
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that could not be read, and why."""

    offset: int
    what: str


class _Damage(ValueError):
    """The bytes at hand are no whole record."""


def is_wanted(url: str) -> bool:
    """Every address is."""
    return True


def read_responses(
    stream: BinaryIO, start: int = 0, end: int | None = None, wanted: Callable[[str], bool] = is_wanted
) -> Iterator[Response | Broken]:
    """The successful HTML responses among the records that begin in bytes `start` to `end` of a seekable WARC file.

    `start` must be the beginning of a record (0, or from `find_record`). What cannot be read comes as `Broken` in its
    place, and reading goes on with the next record. A record is held in memory whole, up to MAX_BODY and its headers.
    """
    stream.seek(start)
    compressed = stream.read(2) == _MAGIC[:2]
    read = _read_member if compressed else _read_plain
    position: int | None = start
    while position is not None and (end is None or position < end):
        stream.seek(position)
        try:
            data, size, after = read(stream)
            if not data and not size:
                return
            found = _parse(data, position, wanted) if size <= MAX_BODY + _HEADERS else _too_large(data, position)
            if found is not None:
                yield found
            position = after
        except (_Damage, zlib.error) as error:
            yield Broken(position, f"broken WARC record: {error}")
            position = find_record(stream, position + 1, compressed=compressed)


def find_record(stream: BinaryIO, start: int, *, compressed: bool) -> int | None:
    """Offset of the first record that begins at or after byte `start`, None if there is none."""
    # A record without compression begins after a line end.
    base = start if compressed else start - 1
    stream.seek(max(0, base))
    window = b"" if base >= 0 else b"\n"
    while block := stream.read(_BLOCK):
        window += block
        if compressed:
            at = window.find(_MAGIC)
            while 0 <= at <= len(window) - 128:
                if _is_member(window[at:]):
                    return base + at
                at = window.find(_MAGIC, at + 1)
            keep = 127
        else:
            if match := _PLAIN_START.search(window):
                return base + match.start(1)
            keep = 64
        base += max(0, len(window) - keep)
        window = window[-keep:]
    at = window.find(_MAGIC) if compressed else -1
    while at >= 0:
        if _is_member(window[at:]):
            return base + at
        at = window.find(_MAGIC, at + 1)
    return None


def _is_member(data: bytes) -> bool:
    """True if a gzip member that holds a WARC record begins here."""
    try:
        return zlib.decompressobj(31).decompress(data[:4096], 5) == b"WARC/"
    except zlib.error:
        return False


def _read_member(stream: BinaryIO) -> tuple[bytes, int, int]:
    """One gzip member: its first MAX_BODY bytes, how many it has, and where it ends. Raises _Damage, zlib.error."""
    position = stream.tell()
    inflate = zlib.decompressobj(31)
    parts: list[bytes] = []
    size = read = 0
    while not inflate.eof:
        block = inflate.unconsumed_tail
        if not block:
            block = stream.read(_BLOCK)
            read += len(block)
            if not block:
                if read:
                    raise _Damage("its end is missing")
                return b"", 0, position
        data = inflate.decompress(block, 1 << 20)
        if size <= MAX_BODY + _HEADERS:
            parts.append(data)
        size += len(data)
    return b"".join(parts), size, position + read - len(inflate.unused_data)


def _read_plain(stream: BinaryIO) -> tuple[bytes, int, int]:
    """One record of a file without compression. Raises _Damage."""
    position = stream.tell()
    head = b""
    while not (blank := _BLANK.search(head)):
        block = stream.read(_BLOCK)
        head += block
        if not head.strip() and not block:
            return b"", 0, position
        if not block or len(head) > _HEADERS:
            raise _Damage("no end of its header" if _START.match(head.lstrip()) else "not a WARC file")
    lead = len(head) - len(head.lstrip())
    if lead:
        stream.seek(position + lead)
        return _read_plain(stream)
    length = _length(_fields(head[: blank.start()]))
    size = blank.end() + length
    if size > MAX_BODY + _HEADERS:
        return head, size, position + size
    data = head[:size] + (stream.read(size - len(head)) if size > len(head) else b"")
    if len(data) < size:
        raise _Damage("its end is missing")
    after = position + size
    stream.seek(after)
    rest = stream.read(64)
    return data, size, after + len(rest) - len(rest.lstrip(b"\r\n"))


def _too_large(data: bytes, offset: int) -> Broken | None:
    if not _START.match(data):
        raise _Damage("not a WARC file")
    kind = _fields(data[: data.find(b"\r\n\r\n") + 2]).get("warc-type")
    return Broken(offset, f"larger than {MAX_BODY >> 20} MiB") if kind == "response" else None


def _parse(data: bytes, offset: int, wanted: Callable[[str], bool]) -> Response | Broken | None:
    """The response in a record, None if the record is something else. Raises _Damage."""
    if not _START.match(data):
        raise _Damage("not a WARC file")
    blank = _BLANK.search(data)
    if blank is None:
        raise _Damage("no end of its header")
    fields = _fields(data[: blank.start()])
    block = data[blank.end() : blank.end() + _length(fields)]
    if len(block) < _length(fields):
        raise _Damage("its end is missing")
    if len(data) > blank.end() + len(block) + 4 and _START.match(data[blank.end() + len(block) :].lstrip(b"\r\n")):
        raise _Damage("several records in one gzip member: compress the file record by record")
    url = fields.get("warc-target-uri", "").strip("<>")
    if fields.get("warc-type") != "response" or not url or not block.startswith(b"HTTP") or not wanted(url):
        return None
    blank = _BLANK.search(block)
    head, body = (block[: blank.start()], block[blank.end() :]) if blank else (block, b"")
    status = head.split(None, 2)[1:2]
    headers = _fields(head)
    if status != [b"200"] or "html" not in headers.get("content-type", "text/html").lower():
        return None
    body = _content(body, headers)
    if len(body) > MAX_BODY:
        return Broken(offset, f"larger than {MAX_BODY >> 20} MiB")
    return Response(offset, url, fields.get("warc-date", ""), headers, body) if body else None


def _content(body: bytes, headers: dict[str, str]) -> bytes:
    """The body without transfer and content codings; one that is damaged is read as far as it goes."""
    coding = headers.get("content-encoding", "").lower()
    chunked = headers.get("transfer-encoding", "").lower() == "chunked"
    if not chunked and coding not in _CODINGS:
        return body
    reader = (ChunkedDataReader if chunked else BufferedReader)(
        BytesIO(body), decomp_type=coding if coding in _CODINGS else None
    )
    return bytes(reader.read(MAX_BODY + 1))


def _fields(head: bytes) -> dict[str, str]:
    """Header fields after the first line, by lower-case name; the first of several wins."""
    fields: dict[str, str] = {}
    name = ""
    for line in head.decode("utf-8", "replace").split("\n")[1:]:
        if line[:1] in (" ", "\t") and name:
            fields[name] += " " + line.strip()
            continue
        key, colon, value = line.partition(":")
        name = key.strip().lower()
        if colon and name not in fields:
            fields[name] = value.strip()
        elif not colon or name in fields:
            name = ""
    return fields


def _length(fields: dict[str, str]) -> int:
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise _Damage("its length is missing")
    return int(length)
