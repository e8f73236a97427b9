"""`scrapy load --watch`: the one loader of a host. Feeds of finished runs go into the warehouse, each once.

A run counts when its manifest is there (`feeds/manifests/RUN.json`), which is written last; every file is held to the
rows and the checksum that the manifest names before it is loaded. What was loaded is kept in `loaded.sqlite` in the
data folder, written after the warehouse has committed: a kill in between loads a run again, which changes no row. If
the warehouse was emptied or replaced, everything is loaded again.
"""

from __future__ import annotations

import fcntl
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from resumption.schema import FEEDS
from resumption.warehouse import open_warehouse
from resumption.warehouse.feed_files import FeedError, FeedFile
from resumption.warehouse.store import Warehouse, WarehouseError
from resumption.warehouse.tables import ARTICLE_VERSION

_PASSWORD = re.compile(r"(?<=:)[^:@/]*(?=@)|(?<=password=)[^&\s]*")


class ManifestError(ValueError):
    """A run that cannot be loaded now; the message says which and why."""


class LoaderRunsError(WarehouseError):
    """Another loader watches the same folder."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at the folder did."""

    runs: tuple[str, ...] = ()
    """Runs whose feeds were loaded."""
    records: int = 0
    """Run records (`run.json`) that were new or had changed."""
    changed: int = 0
    """Rows that are different from before."""
    problems: tuple[str, ...] = ()
    """One sentence for each run that could not be loaded; it is tried again."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A manifest or record on disk: its name in `loaded.sqlite`, where it is, and what changes when it is rewritten."""

    name: str
    path: Path
    stamp: str


class Watch:
    """Looks at a data folder (or its `feeds`) and loads what is new into one warehouse."""

    def __init__(self, folder: Path, target: str) -> None:
        self.data = folder if (folder / "feeds").is_dir() or folder.name != "feeds" else folder.parent
        self.target = target
        self._key = sha256(_PASSWORD.sub("", target).encode()).hexdigest()[:16]
        self._checked = False

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock of the loader. Raises LoaderRunsError if another process has it."""
        path = self.data / "locks" / "load.lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LoaderRunsError(f"another loader is at work in {self.data}") from None
            yield

    def round(self) -> Round:
        """Load what is new. Raises WarehouseError when the warehouse cannot be used now; nothing is lost by that."""
        with closing(self._notes()) as notes:
            if not self._checked:
                self._forget_if_empty(notes)
                self._checked = True
            known = dict(notes.execute("select name, stamp from loaded where target = ?", (self._key,)))
            new = [seen for seen in self._on_disk() if known.get(seen.name) != seen.stamp]
            if not new:
                return Round()
            with open_warehouse(self.target) as warehouse:
                return self._load(warehouse, new, notes)

    def _load(self, warehouse: Warehouse, new: list[_Seen], notes: sqlite3.Connection) -> Round:
        """All of it in one transaction; if a run breaks the contract, run by run, and that one is left out."""
        problems: list[str] = []
        sound: list[tuple[_Seen, list[FeedFile], list[dict[str, Any]]]] = []
        for seen in new:
            try:
                sound.append((seen, *self._read(seen)))
            except ManifestError as error:
                problems.append(str(error))
        try:
            batches = [sound]
            changed = self._commit(warehouse, sound, notes) if sound else 0
        except FeedError:
            batches, changed = [], 0
            for item in sound:
                try:
                    changed += self._commit(warehouse, [item], notes)
                    batches.append([item])
                except FeedError as error:
                    problems.append(f"{item[0].path.stem}: not loaded: {error}")
        done = [seen for batch in batches for seen, _, _ in batch]
        runs = tuple(seen.path.stem for seen in done if seen.name.startswith("manifest/"))
        return Round(runs, len(done) - len(runs), changed, tuple(problems))

    def _commit(
        self,
        warehouse: Warehouse,
        batch: list[tuple[_Seen, list[FeedFile], list[dict[str, Any]]]],
        notes: sqlite3.Connection,
    ) -> int:
        files = [file for _, files, _ in batch for file in files]
        records = [record for _, _, records in batch for record in records]
        changed = warehouse.load(files, runs=records).changed
        rows = [(self._key, seen.name, seen.stamp) for seen, _, _ in batch]
        with notes:
            notes.executemany("insert or replace into loaded values (?, ?, ?)", rows)
        return changed

    def _on_disk(self) -> list[_Seen]:
        found = []
        for kind, pattern in (("manifest", "feeds/manifests/*.json"), ("record", "runs/*/run.json")):
            for path in sorted(self.data.glob(pattern)):
                stat = path.stat()
                if not path.name.startswith("."):
                    name = path.stem if kind == "manifest" else path.parent.name
                    found.append(_Seen(f"{kind}/{name}", path, f"{stat.st_mtime_ns}-{stat.st_size}"))
        return found

    def _read(self, seen: _Seen) -> tuple[list[FeedFile], list[dict[str, Any]]]:
        """Feed files of a manifest, or the record of a run. Raises ManifestError."""
        try:
            content = json.loads(seen.path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ManifestError(f"{seen.path}: cannot be read: {error}") from None
        if not isinstance(content, dict):
            raise ManifestError(f"{seen.path}: not a JSON object")
        if seen.name.startswith("record/"):
            return [], [{"run": seen.path.parent.name} | content]
        if content.get("complete") is not True:
            raise ManifestError(f"{seen.path}: the run is not complete")
        return [self._held(seen, entry) for entry in content.get("files", [])], []

    def _held(self, seen: _Seen, entry: Any) -> FeedFile:
        """A feed file that is as its manifest says. Raises ManifestError."""
        try:
            path, feed, rows, checksum = (entry[key] for key in ("path", "feed", "rows", "sha256"))
        except (KeyError, TypeError):
            raise ManifestError(f"{seen.path}: a file without path, feed, rows and sha256") from None
        place = self.data / "feeds" / str(path)
        if feed not in FEEDS or not place.resolve().is_relative_to((self.data / "feeds").resolve()):
            raise ManifestError(f"{seen.path}: {path!r:.100} is no feed of this folder")
        try:
            with place.open("rb") as stream:
                found = file_digest(stream, "sha256").hexdigest()
                stream.seek(0)
                lines = sum(1 for _ in stream)
        except OSError as error:
            raise ManifestError(f"{seen.path.stem}: {path} cannot be read: {error.strerror}") from None
        if found != checksum or lines != rows:
            raise ManifestError(f"{seen.path.stem}: {path} is not as its manifest says ({lines} lines of {rows})")
        return FeedFile(place, feed, place.stat().st_size)

    def _notes(self) -> sqlite3.Connection:
        self.data.mkdir(parents=True, exist_ok=True)
        notes = sqlite3.connect(self.data / "loaded.sqlite", timeout=60)
        notes.execute(
            "create table if not exists loaded (target text, name text, stamp text, primary key (target, name))"
        )
        return notes

    def _forget_if_empty(self, notes: sqlite3.Connection) -> None:
        """A warehouse without articles has not got what was noted: it is another one, or was emptied."""
        with open_warehouse(self.target) as warehouse:
            name = ARTICLE_VERSION.name
            if warehouse.columns_of(name) and warehouse.fetch(f"SELECT 1 FROM {name} LIMIT 1"):
                return
        with notes:
            notes.execute("delete from loaded where target = ?", (self._key,))
