"""The two feeds: whole files of JSON Lines, each line once, whatever happens to the process.

`feeds/articles/NAME.jsonl` and `feeds/observations/NAME.jsonl` are one part: the articles of one flush and their
observations. Parts are written under a temporary name, made durable, committed to the ledger and renamed (why that is
enough stands in `ledger.py`). `feeds/manifests/RUN.json` lists the parts of a run with row counts and checksums and is
written last; `"complete": true` says that no part will be added to that run.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from resumption import SCHEMA_VERSION
from resumption.items import Article
from resumption.ledger import Entry, Ledger, Page, Part, Print
from resumption.reprints import is_reprint, make_print
from resumption.rows import EvidenceError, article_row, check_evidence, line, observation_rows

FEEDS = ("articles", "observations")


class FeedError(OSError):
    """A feed that cannot be written; the message is one sentence for people."""


@dataclass(slots=True)
class _Waiting:
    article: Article
    page: Page


class FeedWriter:
    """Gathers the articles of a run and writes them part by part. One writer per portal at a time (`lock.py`)."""

    def __init__(self, data: Path, ledger: Ledger, portal: str, run: str, *, rights: str = "full") -> None:
        self.feeds = data / "feeds"
        self.ledger = ledger
        self.portal = portal
        self.run = run
        self.rights = rights
        self.articles_written = 0
        self.observations_written = 0
        self.evidence_errors = 0
        self.before_commit: Callable[[], object] = lambda: None
        """Called before a part is committed: the archive makes the pages of these articles durable."""
        self._waiting: dict[str, _Waiting] = {}
        self._pages: dict[str, Page] = {}
        self._parts = 0

    def __len__(self) -> int:
        """Articles that wait for the next flush."""
        return len(self._waiting)

    def known(self, version: str) -> bool:
        """True if this version is in a feed or waits to be written."""
        return version in self._waiting or self.ledger.has_version(version)

    def add(self, article: Article, page: Page) -> bool:
        """Take an article for the next flush; False if this version is known, then only its page is refreshed."""
        version = article.article_version_id
        if self.known(version):
            self.note(replace(page, version=version))
            return False
        self._waiting[version] = _Waiting(article, page)
        return True

    def note(self, page: Page) -> None:
        """Take what was learnt of a page that gives no line."""
        self._pages[page.key] = page

    def flush(self) -> int:
        """Write everything that waits as one part; returns the number of articles. Raises FeedError."""
        if not self._waiting and not self._pages:
            return 0
        waiting = sorted(
            self._waiting.values(),
            key=lambda w: (w.article.published_at or "", w.article.article_id, w.article.fetched_at or ""),
        )
        try:
            count = self._write(waiting)
        except (OSError, sqlite3.Error) as error:
            reason = getattr(error, "strerror", None) or error
            raise FeedError(f"cannot write the feeds in {self.feeds}: {reason}") from error
        self._waiting.clear()
        self._pages.clear()
        return count

    def close(self) -> None:
        """Flush and complete the manifest of the run. Raises FeedError."""
        self.flush()
        try:
            write_manifest(self.feeds, self.ledger, self.run, self.portal)
        except OSError as error:
            raise FeedError(f"cannot write the manifest in {self.feeds}: {error.strerror or error}") from error

    def _write(self, waiting: list[_Waiting]) -> int:
        lines: dict[str, list[str]] = {feed: [] for feed in FEEDS}
        entries: list[Entry] = []
        links = _Links(self.ledger)
        for item in waiting:
            article = self._proven(links.link(item.article))
            lines["articles"].append(line(article_row(article, rights=self.rights)))
            lines["observations"].extend(map(line, observation_rows(article)))
            page = replace(item.page, state="written", version=article.article_version_id)
            entries.append(Entry(page, True, links.print_of(article)))
        keys = {entry.page.key for entry in entries}
        entries += [Entry(page) for key, page in self._pages.items() if key not in keys]
        if not waiting:
            self.ledger.commit(self.portal, None, entries)
            return 0
        self._parts += 1
        name = f"{self.run}-{self._parts:05d}"
        sums = {feed: _write_durably(_temporary(self.feeds, feed, name), lines[feed]) for feed in FEEDS}
        counts = {feed: len(lines[feed]) for feed in FEEDS}
        part = Part(
            name=name,
            portal=self.portal,
            run=self.run,
            articles=counts["articles"],
            observations=counts["observations"],
            articles_sha256=sums["articles"],
            observations_sha256=sums["observations"],
        )
        self.before_commit()
        self.ledger.commit(self.portal, part, entries)
        _publish(self.feeds, name)
        self.ledger.finish_part(name)
        self.articles_written += counts["articles"]
        self.observations_written += counts["observations"]
        return counts["articles"]

    def _proven(self, article: Article) -> Article:
        """Leave out observations whose offsets do not lead to their number and quote: such a line is never written."""
        good = []
        for observation in article.observations:
            try:
                check_evidence(article.text, observation)
                good.append(observation)
            except EvidenceError:
                self.evidence_errors += 1
        return article if len(good) == len(article.observations) else replace(article, observations=tuple(good))


class _Links:
    """Links the articles of one part to earlier versions and to what they reprint, inside the part and before it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._latest: dict[str, str] = {}
        self._prints: dict[str, Print] = {}

    def link(self, article: Article) -> Article:
        """The article with `supersedes` and `duplicate_of`."""
        article_id = article.article_id
        earlier = self._latest.get(article_id) or self._ledger.newest_version(article_id)
        self._latest[article_id] = article.article_version_id
        mine = make_print(article)
        duplicate = self._reprinted(article_id, mine)
        if earlier is None:
            self._prints[article_id] = mine
        return replace(article, supersedes=earlier, duplicate_of=duplicate)

    def print_of(self, article: Article) -> Print | None:
        """Finger print to keep, None for an edited version."""
        return self._prints.get(article.article_id) if article.supersedes is None else None

    def _reprinted(self, article_id: str, mine: Print) -> str | None:
        # Figures first: the bulletins of a series share nearly all of their words.
        here = [(n, p) for n, p in self._prints.items() if mine.figures <= p.figures or p.figures <= mine.figures]
        earlier = [*self._ledger.prints_like(mine, article_id), *here]
        found = [
            (other.text_sha256 == mine.text_sha256, len(mine.hashes & other.hashes), name)
            for name, other in earlier
            if name != article_id and is_reprint(mine, other)
        ]
        return max(found)[2] if found else None


def recover(data: Path, ledger: Ledger, portal: str) -> dict[str, int]:
    """Finish or undo what a killed run of this portal left behind; call it under the portal's lock.

    Returns counts: `finished` parts that were committed but not renamed, `forgotten` parts whose files are gone,
    `removed` temporary files that were never committed.
    """
    feeds = data / "feeds"
    counts = {"finished": 0, "forgotten": 0, "removed": 0}
    runs = set()
    for part in ledger.pending_parts(portal):
        if all(_temporary(feeds, f, part.name).exists() or _final(feeds, f, part.name).exists() for f in FEEDS):
            _publish(feeds, part.name)
            ledger.finish_part(part.name)
            counts["finished"] += 1
        else:
            ledger.forget_part(part.name)
            counts["forgotten"] += 1
        runs.add(part.run)
    for feed in (*FEEDS, "manifests"):
        for path in (feeds / feed).glob(f".{portal}-*.part"):
            path.unlink()
            counts["removed"] += 1
    runs.update(run for run in ledger.runs_of(portal) if not _manifest(feeds, run).exists())
    for run in sorted(runs):
        write_manifest(feeds, ledger, run, portal)
    return counts


def write_manifest(feeds: Path, ledger: Ledger, run: str, portal: str) -> Path | None:
    """Write the manifest of a run, None (and no file) if the run has no part."""
    parts = ledger.parts_of(run)
    if not parts:
        return None
    files = []
    for part in parts:
        for feed, rows, checksum in (
            ("articles", part.articles, part.articles_sha256),
            ("observations", part.observations, part.observations_sha256),
        ):
            files.append({"path": f"{feed}/{part.name}.jsonl", "feed": feed, "rows": rows, "sha256": checksum})
    manifest = {"run": run, "portal": portal, "schema_version": SCHEMA_VERSION, "complete": True, "files": files}
    path = _manifest(feeds, run)
    temporary = path.with_name(f".{path.name}.part")
    _write_durably(temporary, [json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"])
    temporary.replace(path)
    _sync_folder(path.parent)
    return path


def _publish(feeds: Path, name: str) -> None:
    """Give the files of a part their final names; doing it twice does no harm."""
    for feed in reversed(FEEDS):
        temporary = _temporary(feeds, feed, name)
        if temporary.exists():
            temporary.replace(_final(feeds, feed, name))
            _sync_folder(temporary.parent)


def _temporary(feeds: Path, feed: str, name: str) -> Path:
    return feeds / feed / f".{name}.jsonl.part"


def _final(feeds: Path, feed: str, name: str) -> Path:
    return feeds / feed / f"{name}.jsonl"


def _manifest(feeds: Path, run: str) -> Path:
    return feeds / "manifests" / f"{run}.json"


def _write_durably(path: Path, lines: list[str]) -> str:
    """Write and fsync a file and its folder; returns the SHA-256. A file that could not be written whole is removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(lines).encode("utf-8")
    try:
        with path.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return hashlib.sha256(data).hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
