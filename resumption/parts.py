"""One part per input: `articles/N-NAME.jsonl`, `observations/N-NAME.jsonl` and, written last, `done/N-NAME.json`.

A folder of parts holds what a single run would give, whatever was interrupted on the way. Links between versions reach
over parts, so finished parts are kept up to the first input that is new or has changed; what follows is read again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from resumption import __version__
from resumption.inputs import Piece

FEEDS = ("articles", "observations")
_OURS = re.compile(r"\d{6}-.*")


class PartsError(OSError):
    """A folder of parts that cannot be used; the message is one sentence."""


@dataclass(slots=True)
class Part:
    """A part that is being written."""

    articles: TextIO
    observations: TextIO
    problems: int = 0


def stamp(pieces: Iterable[Piece], made_with: dict[str, Any]) -> str:
    """What an input and the options of the run were when it was read: its files with sizes and times, as a digest."""
    facts: list[Any] = [__version__, made_with]
    for piece in pieces:
        if piece.data is not None or piece.problem:
            return ""
        for name in piece.files:
            status = Path(name).stat() if Path(name).exists() else None
            facts.append([name, status.st_size, status.st_mtime_ns] if status else [name])
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


class Parts:
    """A folder of parts, one writer at a time. Raises PartsError if another process writes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in (*FEEDS, "done"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._lock = (folder / "done" / ".lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise PartsError(f"another process is writing the parts in {folder}") from None
        self._done = sorted((folder / "done").glob("[0-9]*.json"))
        self.kept: list[str] = []
        """Names of the parts that are kept, in order."""

    def close(self) -> None:
        """Let other processes write."""
        self._lock.close()

    def keep(self, source: str, digest: str) -> dict[str, Any] | None:
        """The record of the next finished part if it is of this input as it is now, else None.

        Raises PartsError for a folder that begins with another input: its parts would be replaced.
        """
        number = len(self.kept)
        path = self._done[number] if number < len(self._done) else None
        if path is None:
            return None
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            record = {}
        if not number and record.get("source") != source:
            other = record.get("source", path.name)
            raise PartsError(f"{self.folder} holds parts of other inputs ({other} first): use another folder")
        if not digest or record.get("stamp") != digest or path.stem != _name(number, source):
            return None
        if not all(self._file(feed, path.stem).exists() for feed in FEEDS):
            return None
        self.kept.append(path.stem)
        return record

    def versions(self, name: str) -> Iterator[tuple[str, str]]:
        """Article id and version id of the articles of a finished part."""
        with self._file("articles", name).open(encoding="utf-8") as lines:
            for text in lines:
                row = json.loads(text)
                yield row["article_id"], row["article_version_id"]

    def drop_rest(self) -> None:
        """Remove all parts that are not kept, and what a killed run left behind."""
        for feed in ("done", *FEEDS):
            for path in sorted((self.folder / feed).iterdir()):
                suffix = ".json" if feed == "done" else ".jsonl"
                name = path.name.removeprefix(".").removesuffix(".part").removesuffix(suffix)
                if _OURS.fullmatch(name) and (path.name.endswith(".part") or name not in self.kept):
                    path.unlink()

    @contextmanager
    def write(self, source: str, digest: str) -> Iterator[Part]:
        """Write the part of an input; it is finished when the block ends, and not there if the block raises."""
        name = _name(len(self.kept), source)
        files = [self._file(feed, name) for feed in FEEDS]
        temporary = [path.with_name(f".{path.name}.part") for path in files]
        try:
            with ExitStack() as stack:
                streams = [stack.enter_context(path.open("w", encoding="utf-8", newline="\n")) for path in temporary]
                part = Part(articles=streams[0], observations=streams[1])
                yield part
                for stream in streams:
                    stream.flush()
                    os.fsync(stream.fileno())
            for left, right in zip(reversed(temporary), reversed(files), strict=True):
                left.replace(right)
        finally:
            for path in temporary:
                path.unlink(missing_ok=True)
        record = {"source": source, "stamp": digest, "problems": part.problems}
        done = self.folder / "done" / f"{name}.json"
        unfinished = done.with_name(f".{done.name}.part")
        with unfinished.open("w", encoding="utf-8") as stream:
            json.dump(record, stream, ensure_ascii=False)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(done)
        self.kept.append(name)

    def _file(self, feed: str, name: str) -> Path:
        return self.folder / feed / f"{name}.jsonl"


def _name(number: int, source: str) -> str:
    short = re.sub(r"[^\w.-]+", "_", Path(source).name or "pages")[:80]
    return f"{number:06d}-{short}"
