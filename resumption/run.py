"""One run of one portal: its folder, its lock, its ledger, its archive. Opened once, shared by all Scrapy components.

`open_run` refuses what would spoil a run before anything is fetched: another run of the same portal, a folder that
cannot be written, an archive that is not there. Each refusal is a `RunError` with one sentence and an exit code.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import IO

from scrapy.settings import BaseSettings

from resumption.archive import ArchiveError, Index, Replay, WarcFile, replay_paths
from resumption.feeds import FeedWriter, recover
from resumption.ledger import Ledger
from resumption.portals import Portal, SeedError, load_portal
from resumption.sqlite_file import FormatError
from resumption.verdict import Verdict


class RunError(Exception):
    """A run that cannot start; `verdict` says which exit code it has."""

    def __init__(self, message: str, verdict: Verdict) -> None:
        super().__init__(message)
        self.verdict = verdict


@dataclass(slots=True, kw_only=True)
class Run:
    """What belongs to a run. All paths stand below `data`; none is made from an argument of a spider."""

    name: str
    """`qilu-20260305T020000123456-4711`: portal, UTC time, process. Names of parts and of the run's folder begin so."""
    portal: Portal
    data: Path
    started: datetime
    ledger: Ledger
    writer: FeedWriter
    replay: Replay | None
    index: Index | None
    """Index of the archive of live pages, None in a replay."""
    warc: WarcFile | None
    recovered: dict[str, int] = field(default_factory=dict)
    verdict: Verdict | None = None
    """Set by `health.py` at the end."""
    message: str = ""
    lock: IO[str] | None = None

    @property
    def folder(self) -> Path:
        """`runs/NAME/`."""
        return self.data / "runs" / self.name

    def sync_archive(self) -> None:
        """Make the archived pages durable; called before a part is committed."""
        if self.warc and self.index:
            size = self.warc.sync()
            self.index.commit(self.warc.path.name if size else "", size)

    def close(self) -> None:
        """Close everything; the lock is free afterwards."""
        if self.warc:
            self.sync_archive()
            self.warc.close()
        if self.index:
            self.index.close()
        self.ledger.close()
        if self.lock:
            self.lock.close()
        _open.pop((str(self.data), self.portal.name), None)


_open: dict[tuple[str, str], Run] = {}


def data_folder(settings: BaseSettings) -> Path:
    """Where everything that is produced goes: setting or environment variable `RESUMPTION_DATA`, default `data`."""
    return Path(settings.get("RESUMPTION_DATA") or os.environ.get("RESUMPTION_DATA") or "data").absolute()


def open_run(settings: BaseSettings, portal_name: str) -> Run:
    """Open the run of a portal, or give the one this process has open. Raises RunError."""
    data = data_folder(settings)
    if (str(data), portal_name) in _open:
        return _open[str(data), portal_name]
    try:
        portal = load_portal(portal_name)
        replay = open_replay(settings.get("REPLAY"))
    except (SeedError, ArchiveError) as error:
        raise RunError(str(error), Verdict.MISCONFIGURED) from None
    try:
        lock = _lock(data, portal_name)
        run = _prepare(settings, portal, data, replay)
    except FormatError as error:
        raise RunError(str(error), Verdict.MISCONFIGURED) from None
    except (OSError, sqlite3.Error) as error:
        raise RunError(f"cannot use the folder {data}: {error}", Verdict.FAILED) from None
    run.lock = lock
    _open[str(data), portal_name] = run
    return run


def open_replay(value: str | None) -> Replay | None:
    """The archive that the setting `REPLAY` names, None if it is not set. Raises ArchiveError."""
    if not value:
        return None
    with _bundled() as folder:
        return Replay(replay_paths(str(value), folder))


class _bundled:
    """The folder of the bundled archive; out of a zipped egg it is copied to a temporary folder."""

    def __enter__(self) -> Path:
        place = files("seeds") / "replay"
        if isinstance(place, Path):
            return place
        folder = Path(tempfile.mkdtemp(prefix="resumption-replay-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        for entry in place.iterdir():
            with entry.open("rb") as source, (folder / entry.name).open("wb") as target:
                shutil.copyfileobj(source, target)
        return folder

    def __exit__(self, *_: object) -> None:
        return None


def _prepare(settings: BaseSettings, portal: Portal, data: Path, replay: Replay | None) -> Run:
    started = datetime.now(UTC)
    name = f"{portal.name}-{started:%Y%m%dT%H%M%S%f}-{os.getpid()}"
    ledger = Ledger(data / "ledger.sqlite")
    recovered = recover(data, ledger, portal.name)
    index = warc = None
    if replay is None:
        index = Index(data / "archive")
        days, size = settings.getfloat("RESUMPTION_ARCHIVE_DAYS"), settings.getfloat("RESUMPTION_ARCHIVE_GB") * 2**30
        if days or size:
            index.retain(days=days, size=size, now=started.timestamp())
        index.repair()
        warc = WarcFile(data / "archive" / f"{name}.warc.gz")
    writer = FeedWriter(data, ledger, portal.name, name, rights=portal.rights)
    run = Run(
        name=name,
        portal=portal,
        data=data,
        started=started,
        ledger=ledger,
        writer=writer,
        replay=replay,
        index=index,
        warc=warc,
        recovered=recovered,
    )
    writer.before_commit = run.sync_archive
    run.folder.mkdir(parents=True)
    return run


def _lock(data: Path, portal: str) -> IO[str]:
    """Lock a portal within a data folder; the system frees it when the process ends, however it ends."""
    folder = data / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    stream = (folder / f"{portal}.lock").open("a+")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        raise RunError(f"another run of {portal} is at work in {data}", Verdict.LOCKED) from None
    return stream
