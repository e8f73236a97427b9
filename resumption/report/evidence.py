"""Evidence: articles with observations, rejected numbers and what was cut from the page, as pieces of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from resumption.report.page import embed
from resumption.report.source import StoredArticle

LARGEST_CHUNK = 1_000_000
"""Bytes of article data after which a new evidence page begins."""
MOST_ARTICLES = 150
LARGEST_ARTICLE = 1_200_000
"""Bytes of text of one article that a page shows."""
LONGEST_CUT = 2_000
MOST_CUTS = 60


@dataclass(frozen=True, slots=True)
class Again:
    """What reading an article again adds to what is stored. Offsets count code points of the stored text."""

    rejected: tuple[tuple[int, int, str], ...] | None = None
    """Start, end and reason of every number that is no observation; None if it was not read."""
    cues: dict[tuple[int, int], tuple[tuple[int, int], ...]] | None = None
    """Span of an accepted number to the spans of the words that decided."""
    cuts: tuple[tuple[str, str, str], ...] | None = None
    """Group, reason and text of what was cut from the page; None if the stored page is not at hand."""
    page: str | None = None
    """The stored page as text (its source), None if it is not at hand."""
    differs: bool = False
    """The stored page gives another text now than the one that is stored."""


ReadAgain = Callable[[Iterable[StoredArticle]], Iterable[Again]]
"""Reads articles one after the other, in order; the commands layer has one, this layer may not import extraction."""


def read_nothing(articles: Iterable[StoredArticle]) -> Iterator[Again]:
    """The reading of a report that shows only what the warehouse holds."""
    for _ in articles:
        yield Again()


@dataclass(slots=True)
class Chunk:
    """The articles of one evidence page, as pieces of JSON."""

    pieces: list[str]
    size: int = 0
    first: str | None = None
    last: str | None = None
    count: int = 0


def article_data(article: StoredArticle, again: Again, raw_file: str | None) -> dict[str, Any]:
    """One article as the evidence page takes it; keys are short because a page holds many."""
    row = article.row
    shown = _shorten(article.text)
    data = {
        "id": row["article_version_id"][:12],
        "title": row["title"] or "",
        "url": row["url"],
        "portal": row["portal"] or "",
        "source": row["source"] or "",
        "published": row["published_at"],
        "fetched": row["fetched_at"],
        "layout": row["layout"] or "",
        "raw": row["raw_ref"] or "",
        "file": raw_file,
        "region": row["region"] or "",
        "text": shown if row["text"] is not None else None,
        "latest": article.is_latest,
        "reprint": row["duplicate_of"] is not None,
        "obs": [_observation(report, again.cues) for report in article.reports],
    }
    if len(shown) < len(article.text):
        data["cut_at"] = len(shown)
    if again.rejected is not None:
        data["rejected"] = [list(number) for number in again.rejected if number[1] <= len(shown)]
    if again.cuts is not None:
        data["cuts"] = [[group, reason, text[:LONGEST_CUT]] for group, reason, text in again.cuts[:MOST_CUTS]]
        data["differs"] = again.differs
    return data


def _observation(r: dict[str, Any], cues: dict[tuple[int, int], tuple[tuple[int, int], ...]] | None) -> dict[str, Any]:
    data = {
        "id": r["obs_id"][:12],
        "s": r["number_start"],
        "e": r["number_end"],
        "qs": r["quote_start"],
        "qe": r["quote_end"],
        "number": r["number"],
        "indicator": r["indicator"],
        "value": r["value"],
        "unit": r["unit"],
        "comparator": r["comparator"],
        "kind": r["kind"],
        "status": r["status"],
        "basis": r["change_basis"],
        "population": r["population"],
        "region": r["region"],
        "region_basis": r["region_basis"],
        "as_of": r["as_of"],
        "as_of_text": r["as_of_text"],
        "as_of_basis": r["as_of_basis"],
        "flags": r["flags"],
        "rule": r["rule"],
        "optional": r["optional"],
        "cues": (cues or {}).get((r["number_start"], r["number_end"])),
        "quote": r["quote"],
    }
    return {key: value for key, value in data.items() if value is not None and value != "" and value is not False}


def _shorten(text: str) -> str:
    """The text, or as much of it as one page can hold."""
    if len(text) * 4 <= LARGEST_ARTICLE:
        return text
    return text.encode("utf-8", "surrogatepass")[:LARGEST_ARTICLE].decode("utf-8", "ignore")


def chunk_articles(items: Iterable[dict[str, Any]]) -> Iterator[tuple[Chunk, list[dict[str, Any]]]]:
    """Pages full of articles, in order, each with the article data that went into it."""
    chunk = Chunk([])
    held: list[dict[str, Any]] = []
    for item in items:
        if item["text"] is not None and len(item["text"]) > 1000:  # the page has the text: quotes are parts of it
            item = item | {"obs": [_without_quote(o, item) for o in item["obs"]]}
        piece = embed(item)
        size = len(piece.encode())
        if chunk.count and (chunk.size + size > LARGEST_CHUNK or chunk.count >= MOST_ARTICLES):
            yield chunk, held
            chunk, held = Chunk([]), []
        day = (item["published"] or "")[:10] or None
        chunk.pieces.append(piece)
        chunk.size += size
        chunk.count += 1
        chunk.first = chunk.first or day
        chunk.last = day or chunk.last
        held.append({"obs": [o["id"] for o in item["obs"]]})
    if chunk.count:
        yield chunk, held


def _without_quote(observation: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    if observation.get("qe", 0) > len(item["text"]):
        return observation
    return {key: value for key, value in observation.items() if key != "quote"}
