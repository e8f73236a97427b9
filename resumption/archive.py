"""The archive: every raw response as WARC, and replay of such archives without the network.

Format, the same for what a crawl writes and what a replay reads (`seeds/replay/*.warc.gz`):

- one gzip member per record; only `response` records are looked at, `WARC-Target-URI` is the real
  address, `WARC-Date` (UTC) becomes `fetched_at`, the block is the HTTP status line, headers and body as received
  (`Content-Encoding` allowed, a chunked body too);
- a page rendered by a browser is one more `response` record of the same address with the record header
  `WARC-X-Rendered: yes`; its body is the DOM as UTF-8 HTML. A request that asks for rendering gets that one only, a
  plain request the other only;
- several records of one address are its versions in the order of their dates. A replay serves an article oldest first,
  all versions one after the other (edited articles become linked versions), and a list page newest only;
- an address without a record is an error that is counted, never a request. `/robots.txt` may be missing: all allowed.

A crawl writes one file per process, `archive/PORTAL-TIME-PID.warc.gz`, with an SQLite index beside (`index.sqlite`,
WAL). The index is a convenience: what a killed process had not indexed is read again from the file at the next start,
a torn tail is left where it is and never appended to.
"""

from __future__ import annotations

import os
import zlib
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha1
from pathlib import Path
from typing import Any
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from resumption.sqlite_file import open_sqlite

BEIJING = timezone(timedelta(hours=8))
RENDERED = "WARC-X-Rendered"
SUFFIXES = (".warc.gz", ".warc")
LEVEL = 3
"""Of gzip: a third less work than the usual 6 to 9, for files that are a twentieth larger."""
Headers = list[tuple[str, str]]


class ArchiveError(ValueError):
    """An archive that cannot be used; the message names the file."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a response stands: day and time first, so that places sort from old to new."""

    date: str
    """WARC-Date as it stands there: `2020-02-22T09:30:00Z`."""
    file: str
    offset: int
    status: int
    length: int = field(default=0, compare=False)
    """Bytes of the record in the file, 0 if not known."""

    @property
    def ref(self) -> str:
        """Way back to the stored page, as `raw_ref` holds it: `archive/qilu-....warc.gz#1042`."""
        path = Path(self.file)
        return f"{path.parent.name}/{path.name}#{self.offset}"


@dataclass(frozen=True, slots=True)
class Stored:
    """A response as it stands in an archive."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: str
    """Beijing time, `2020-02-22T17:30:00+08:00`."""


def address_key(url: str) -> str:
    """The address without its fragment, the key of both indexes.

    >>> address_key("http://yx.iqilu.com/2020/0222/1.shtml#3")
    'http://yx.iqilu.com/2020/0222/1.shtml'
    """
    return url.partition("#")[0]


def beijing_time(warc_date: str) -> str:
    """WARC-Date (UTC) as the feeds write times.

    >>> beijing_time("2020-02-22T16:30:00Z")
    '2020-02-23T00:30:00+08:00'
    """
    moment = datetime.fromisoformat(warc_date.replace("Z", "+00:00"))
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(BEIJING).isoformat(timespec="seconds")


def scan(path: Path, start: int = 0) -> Iterator[tuple[str, bool, Place]]:
    """Address, rendered or not, and place of every response in a WARC file from byte `start` on.

    A torn tail (the writer was killed) ends the file without an error; a file that is no WARC raises ArchiveError.
    """
    with path.open("rb") as stream:
        stream.seek(start)
        found = False
        try:
            records = ArchiveIterator(stream)
            for record in records:
                found = True
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                headers = record.rec_headers
                url, rendered = headers.get_header("WARC-Target-URI"), headers.get_header(RENDERED) == "yes"
                status = int(record.http_headers.get_statuscode() or 0)
                date = headers.get_header("WARC-Date")
                # Read to the end before it counts: a record that is cut off is not there.
                while record.raw_stream.read(65536):
                    pass
                offset = start + records.get_record_offset()
                if record.raw_stream.limit == 0 and url and date:
                    length = records.get_record_length()
                    yield address_key(url), rendered, Place(date, str(path), offset, status, length)
        except (ArchiveLoadFailed, AttributeError, EOFError, ValueError, zlib.error) as error:
            # warcio raises AttributeError for a record whose header is cut off before its address.
            if not found and not start:
                raise ArchiveError(f"{path} is not a WARC file: {error}") from None


def read_stored(place: Place, limit: int = 0) -> Stored:
    """Read one response; `limit` bounds the body in bytes as stored (0: no bound)."""
    with Path(place.file).open("rb") as stream:
        stream.seek(place.offset)
        record = next(iter(ArchiveIterator(stream)))
        http = record.http_headers
        body_stream = record.raw_stream
        if (http.get_header("Transfer-Encoding") or "").lower() == "chunked":
            body_stream = ChunkedDataReader(body_stream)
        body = body_stream.read(limit + 1) if limit else body_stream.read()
        if limit and len(body) > limit:
            raise ArchiveError(f"{place.ref}: body is larger than {limit} bytes")
        dropped = ("transfer-encoding", "content-length")
        headers = tuple((k, v) for k, v in http.headers if k.lower() not in dropped)
        url = record.rec_headers.get_header("WARC-Target-URI")
        return Stored(url, int(http.get_statuscode() or 0), headers, body, beijing_time(place.date))


class WarcFile:
    """One WARC file that this process writes; opened with the first record, so an idle run leaves no file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream: Any = None

    def write(
        self, url: str, status: int, reason: str, headers: list[tuple[str, str]], body: bytes, **kw: Any
    ) -> Place:
        """Append one response; `date` (UTC, WARC style) and `rendered` are keywords. Raises OSError."""
        if self._stream is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self.path.open("xb")
            fields = [("WARC-Type", "warcinfo"), ("WARC-Filename", self.path.name), ("WARC-Date", kw["date"])]
            self._append(fields, "application/warc-fields", b"software: resumption\r\n")
        status_line = f"HTTP/1.1 {status} {reason}".rstrip()
        head = "".join(f"{line}\r\n" for line in (status_line, *(_field(*pair) for pair in headers)))
        fields = [("WARC-Type", "response"), ("WARC-Target-URI", url), ("WARC-Date", kw["date"])]
        if kw.get("rendered"):
            fields.append((RENDERED, "yes"))
        fields.append(("WARC-Payload-Digest", _digest(body)))
        block = head.encode("latin-1", "replace") + b"\r\n" + body
        offset, length = self._append(fields, "application/http; msgtype=response", block)
        return Place(kw["date"], str(self.path), offset, status, length)

    def _append(self, fields: list[tuple[str, str]], kind: str, block: bytes) -> tuple[int, int]:
        """Write one record as one gzip member and hand it to the system; returns its offset and length in the file."""
        fields = [*fields, ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"), ("WARC-Block-Digest", _digest(block))]
        fields += [("Content-Type", kind), ("Content-Length", str(len(block)))]
        head = "".join(f"{_field(*pair)}\r\n" for pair in fields).encode()
        record = b"WARC/1.0\r\n" + head + b"\r\n" + block + b"\r\n\r\n"
        # A window no larger than the record: the same bytes, with less memory to clear for every page.
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 16 + min(15, max(9, len(record).bit_length())))
        member = packer.compress(record) + packer.flush()
        offset = self._stream.tell()
        self._stream.write(member)
        self._stream.flush()
        return offset, len(member)

    def sync(self) -> int:
        """Make everything written so far durable; returns the size in bytes."""
        if self._stream is None:
            return 0
        self._stream.flush()
        os.fsync(self._stream.fileno())
        return int(self._stream.tell())

    def close(self) -> None:
        """Sync and close."""
        if self._stream is not None:
            self.sync()
            self._stream.close()
            self._stream = None


def _field(name: str, value: str) -> str:
    return f"{name}: {value}".replace("\r", " ").replace("\n", " ")


def _digest(data: bytes) -> str:
    return "sha1:" + b32encode(sha1(data, usedforsecurity=False).digest()).decode()


INDEX_FORMAT = 1
_TABLES = """
create table if not exists record (
  key text, rendered int, date text, file text, offset int, status int, primary key (file, offset)
) without rowid;
create index if not exists record_key on record (key, rendered, date);
create table if not exists file (name text primary key, indexed int not null) without rowid;
"""
_FORGET = "drop table if exists record; drop table if exists file"
"""An index of an older format is made again from the WARC files (`Index.repair`)."""


class Index:
    """SQLite index of a folder of WARC files: address and rendered or not -> places. Several processes may write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "index.sqlite"
        self._db = open_sqlite(path, version=INDEX_FORMAT, schema=_TABLES, older=_FORGET, timeout=30)
        self._db.execute("pragma synchronous=normal")

    def add(self, key: str, rendered: bool, place: Place) -> None:
        """Note a response; durable with the next `commit`."""
        name = Path(place.file).name
        row = (key, int(rendered), place.date, name, place.offset, place.status)
        self._db.execute("insert or replace into record values (?, ?, ?, ?, ?, ?)", row)

    def commit(self, name: str = "", indexed: int = 0) -> None:
        """Commit; `name` is complete in the index up to byte `indexed`."""
        if name:
            self._db.execute("insert or replace into file values (?, ?)", (name, indexed))
        self._db.commit()

    def find(self, key: str, rendered: bool, statuses: tuple[int, ...] = (200,)) -> list[Place]:
        """Places of an address with one of the statuses, oldest first."""
        rows = self._db.execute(
            "select date, file, offset, status from record where key = ? and rendered = ? order by date, file, offset",
            (key, int(rendered)),
        )
        return [Place(d, str(self.folder / f), o, s) for d, f, o, s in rows if s in statuses]

    def repair(self) -> int:
        """Index what killed processes had written but not indexed; returns the number of responses found."""
        known = dict(self._db.execute("select name, indexed from file"))
        found = 0
        for path in sorted(self.folder.glob("*.warc.gz")):
            start = known.get(path.name, 0)
            size = path.stat().st_size
            if size <= start:
                continue
            end = start
            for key, rendered, place in scan(path, start):
                self.add(key, rendered, place)
                end = place.offset + place.length
                found += 1
            # Up to the last whole record only: another process may be writing the next one just now.
            self.commit(path.name, end)
        for name in set(known) - {path.name for path in self.folder.glob("*.warc.gz")}:
            self._db.execute("delete from record where file = ?", (name,))
            self._db.execute("delete from file where name = ?", (name,))
        self._db.commit()
        return found

    def retain(self, *, days: float, size: float, now: float) -> list[str]:
        """Remove WARC files older than `days`, then the oldest until all are below `size` bytes; 0 keeps all.

        `now` is seconds since the epoch. A file of the last day may still be written and is kept. Returns the names.
        """
        files = sorted(self.folder.glob("*.warc.gz"), key=lambda p: (p.stat().st_mtime, p.name))
        total = sum(path.stat().st_size for path in files)
        removed = []
        for path in files:
            stat = path.stat()
            age = (now - stat.st_mtime) / 86400
            if age >= 1 and ((days and age > days) or (size and total > size)):
                path.unlink()
                total -= stat.st_size
                removed.append(path.name)
        return removed

    def close(self) -> None:
        """Commit and close."""
        self._db.commit()
        self._db.close()


class Replay:
    """Index in memory over WARC files that are only read: what `-s REPLAY=...` crawls."""

    def __init__(self, paths: list[Path]) -> None:
        self._places: dict[tuple[str, bool], list[Place]] = {}
        self.newest = ""
        for path in paths:
            for key, rendered, place in scan(path):
                self._places.setdefault((key, rendered), []).append(place)
                self.newest = max(self.newest, place.date)
        for places in self._places.values():
            places.sort()

    def find(self, key: str, rendered: bool) -> list[Place]:
        """Places of an address, oldest first, whatever their status."""
        return self._places.get((key, rendered), [])

    def __len__(self) -> int:
        return sum(map(len, self._places.values()))


def replay_paths(value: str, bundled: Path) -> list[Path]:
    """WARC files that the setting `REPLAY` names: `bundled`, files or folders, separated by commas.

    Raises ArchiveError for a path that does not exist or holds no WARC file.
    """
    paths: list[Path] = []
    for part in filter(None, (p.strip() for p in value.split(","))):
        path = bundled if part == "bundled" else Path(part)
        files = sorted(p for p in path.iterdir() if p.name.endswith(SUFFIXES)) if path.is_dir() else [path]
        missing = [p for p in files if not p.is_file()]
        if missing or not files:
            raise ArchiveError(f"REPLAY names {part!r}, where there is no WARC file")
        paths.extend(files)
    if not paths:
        raise ArchiveError("REPLAY is empty: write `bundled` or paths of WARC files")
    return paths
