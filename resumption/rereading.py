"""Reads a stored article again for the report: rejected numbers, words that decided, what was cut from its page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from resumption import read_page
from resumption.archive import ArchiveError, Place, Stored, read_stored
from resumption.extraction import analyse
from resumption.items import Article
from resumption.page.decode import decode
from resumption.report import Again, StoredArticle

LARGEST_STORED = 8_000_000


def read_again(stored: StoredArticle, pages: Sequence[Path] | None = None) -> Again:
    """What the report shows beside the stored observations.

    The stored text is analysed again. With `pages`, folders that hold archive files, the stored page is read again too.
    """
    article = _article(stored)
    again = Again()
    if article.text:
        analysis = analyse(article)
        cues = {}
        for reading in analysis.readings:
            q = reading.figure.q
            spans = {analysis.text.original(start, end) for start, end, _ in reading.figure.used}
            cues[analysis.text.original(q.start, q.end)] = tuple(sorted(spans))
        rejected = sorted(
            (*analysis.text.original(figure.q.start, figure.q.end), figure.reason) for figure, _ in analysis.rejected
        )
        again = Again(rejected=tuple(rejected), cues=cues)
    page = find_page(stored, pages) if pages else None
    if page is None:
        return again
    read = read_page(
        page.body,
        stored.row["url"],
        headers=dict(page.headers),
        region=stored.row["region"] or None,
        fetched_at=page.fetched_at,
    )
    source = decode(page.body, headers=dict(page.headers)).text
    return Again(
        rejected=again.rejected,
        cues=again.cues,
        cuts=tuple((cut.group, cut.reason, cut.text) for cut in read.cuts) if read else None,
        page=source,
        differs=read is None or read.text != stored.text,
    )


def find_page(stored: StoredArticle, folders: Sequence[Path]) -> Stored | None:
    """The stored response that `raw_ref` names, None if it is not at hand or cannot be read."""
    name, mark, offset = (stored.row["raw_ref"] or "").rpartition("#")
    if not mark or not offset.isdigit() or not name.endswith((".warc", ".warc.gz")):
        return None
    path = next((found for folder in folders if (found := _inside(folder, name))), None)
    if path is None:
        return None
    try:
        return read_stored(Place("1970-01-01T00:00:00Z", str(path), int(offset), 200), LARGEST_STORED)
    except (OSError, ArchiveError, ValueError, StopIteration, EOFError):
        return None


@lru_cache(maxsize=4096)
def _inside(folder: Path, name: str) -> Path | None:
    """The file below the folder; a name that leads out of it finds nothing."""
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder) and path.is_file() else None


def _article(stored: StoredArticle) -> Article:
    row = stored.row
    published = row["published_at"]
    return Article(
        url=row["url"],
        title=row["title"] or "",
        text=stored.text,
        region=row["region"] or "",
        source=row["source"] or "",
        published_at=f"{published.replace(' ', 'T')}+08:00" if published else None,
    )
