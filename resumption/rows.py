"""Feed rows: what an article and its observations look like as lines of JSON (`docs/feed.md`).

`ARTICLE_FIELDS` and `OBSERVATION_FIELDS` are the contract in one place: the JSON Schema, the documentation and the
warehouse tables are made from them. Within a major `schema_version` fields are only added, at the end of the list.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from resumption import SCHEMA_VERSION, __version__
from resumption.items import (
    Article,
    AsOfBasis,
    ChangeBasis,
    Comparator,
    Kind,
    Observation,
    PublishedBasis,
    RegionBasis,
    Status,
    Unit,
)

Row = dict[str, Any]
Codes = type[StrEnum]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a feed."""

    name: str
    type: str
    """`string`, `number`, `integer`, `boolean`, `date`, `time`."""
    what: str
    required: bool = False
    """True if never null."""
    codes: Codes | None = None
    """Closed set of values."""


OBSERVATION_FIELDS: tuple[Field, ...] = (
    Field("schema_version", "string", "version of this contract, `1.x`", True),
    Field("obs_id", "string", "key for upserts: same article version, same number, same id", True),
    Field("article_id", "string", "the article", True),
    Field("article_version_id", "string", "the exact text that was read", True),
    Field("portal", "string", "seed name: `qilu`, `netease`; null for a page of no known portal"),
    Field("channel", "string", "channel of the portal"),
    Field("url", "string", "address the page was fetched from", True),
    Field("title", "string", "headline"),
    Field("published_at", "time", "publication time, Beijing time"),
    Field("fetched_at", "time", "when the page was fetched"),
    Field("indicator", "string", "code of the indicator (`docs/annotation.md`)", True),
    Field("number", "string", "as written: `28.38万人`, `79.4%`", True),
    Field("value", "number", "normalised: 28.38万 is 283800.0, 79.4% is 79.4", True),
    Field("unit", "string", "what is counted", True, Unit),
    Field("comparator", "string", "超 `gt`, 以上 `ge`, 不足 `lt`, 以内 `le`, 约 `approx`, else `eq`", True, Comparator),
    Field("kind", "string", "`level` or `change`", True, Kind),
    Field("status", "string", "`actual` or `target`", True, Status),
    Field("change_basis", "string", "what a change is measured against", False, ChangeBasis),
    Field("population", "string", "the group the figure describes, as written, short; null if none"),
    Field("population_size", "string", "canonical size: `above_scale`, `below_scale`, `key`, `small` ..."),
    Field("population_sector", "string", "canonical sector: `industry`, `construction`, `commerce` ..."),
    Field("population_ownership", "string", "canonical ownership: `foreign`, `state`, `private` ..."),
    Field("region", "string", "full name in the characters of the article; null if it cannot be known"),
    Field("region_code", "string", "six-digit GB/T 2260 code (of the parent for a development zone)"),
    Field("region_level", "string", "`country`, `province`, `city`, `county`, `zone`, `town`"),
    Field("region_basis", "string", "where the region was read", False, RegionBasis),
    Field("as_of", "date", "day the figure describes; null when the year cannot be known"),
    Field("as_of_text", "string", "as written: `2月21日24时`"),
    Field("as_of_basis", "string", "where the date was read", False, AsOfBasis),
    Field("start", "integer", "code points: `text[start:end] == number`", True),
    Field("end", "integer", "end of the number, exclusive", True),
    Field("quote", "string", "the sentence that states it", True),
    Field("quote_start", "integer", "`text[quote_start:quote_end] == quote`", True),
    Field("quote_end", "integer", "end of the quote, exclusive", True),
    Field("group_id", "string", "ties total, resumed and rate of one population together"),
    Field("flags", "string", "`rate_mismatch`, `parts_mismatch`, `region_ambiguous`, `repeat` ..., joined by `|`"),
    Field("rule", "string", "name of the rule that decided, readable as grammar", True),
    Field("extractor_version", "string", "version of this software", True),
    Field("optional", "boolean", "true for a borderline figure (a repeat, 全部 without a number)", True),
)

ARTICLE_FIELDS: tuple[Field, ...] = (
    Field("schema_version", "string", "version of this contract, `1.x`", True),
    Field("article_id", "string", "the article", True),
    Field("article_version_id", "string", "exactly this text of it", True),
    Field("portal", "string", "seed name; null for a page of no known portal"),
    Field("channel", "string", "channel of the portal"),
    Field("url", "string", "address the page was fetched from", True),
    Field("canonical_url", "string", "one spelling per article"),
    Field("doc_id", "string", "the portal's own id: the same story under two addresses is one article"),
    Field("title", "string", "headline"),
    Field("source", "string", "来源 as the page states it"),
    Field("author", "string", "作者 / 记者 as the page states it"),
    Field("editor", "string", "责任编辑 as the page states it"),
    Field("published_at", "time", "publication time, Beijing time; 00:00:00 if only the day is known"),
    Field("published_basis", "string", "where it was read", False, PublishedBasis),
    Field("region", "string", "full name of the channel's region"),
    Field("region_code", "string", "its GB/T 2260 code"),
    Field("text", "string", "clean body, paragraphs separated by a newline; null if only quotes may be passed on"),
    Field("text_sha256", "string", "SHA-256 of the clean body", True),
    Field("raw_sha256", "string", "SHA-256 of the bytes of the page"),
    Field("raw_ref", "string", "way back to the stored raw page"),
    Field("removed_related", "integer", "characters cut as related news", True),
    Field("removed_ads", "integer", "characters cut as advertisement", True),
    Field("removed_other", "integer", "characters cut for other reasons", True),
    Field("relevance", "number", "0 to 1: how much the text is about the resumption of work"),
    Field("duplicate_of", "string", "`article_id` of the article this one reprints"),
    Field("observation_count", "integer", "number of its lines in the observations feed", True),
    Field("fetched_at", "time", "when the page was fetched"),
    Field("http_status", "integer", "status of the response"),
    Field("layout", "string", "which layout or reader read the page"),
    Field("extractor_version", "string", "version of this software", True),
    Field("supersedes", "string", "`article_version_id` of the version that this one replaces"),
)


def observation_row(article: Article, observation: Observation) -> Row:
    """One line of the observations feed. Raises EvidenceError when the offsets do not hold what they promise."""
    return _observation_row(article, observation, article.article_id, article.article_version_id)


def _observation_row(article: Article, o: Observation, article_id: str, version: str) -> Row:
    check_evidence(article.text, o)
    return {
        "schema_version": SCHEMA_VERSION,
        "obs_id": o.obs_id,
        "article_id": article_id,
        "article_version_id": version,
        "portal": article.portal or None,
        "channel": article.channel or None,
        "url": article.url,
        "title": article.title or None,
        "published_at": article.published_at,
        "fetched_at": article.fetched_at,
        "indicator": o.indicator,
        "number": o.number,
        "value": float(o.value),
        "unit": o.unit.value,
        "comparator": o.comparator.value,
        "kind": o.kind.value,
        "status": o.status.value,
        "change_basis": o.change_basis.value if o.change_basis else None,
        "population": o.population or None,
        "population_size": o.population_size,
        "population_sector": o.population_sector,
        "population_ownership": o.population_ownership,
        "region": o.region or None,
        "region_code": o.region_code,
        "region_level": o.region_level,
        "region_basis": o.region_basis.value if o.region_basis else None,
        "as_of": o.as_of.isoformat() if o.as_of else None,
        "as_of_text": o.as_of_text,
        "as_of_basis": o.as_of_basis.value if o.as_of_basis else None,
        "start": o.start,
        "end": o.end,
        "quote": o.quote,
        "quote_start": o.quote_start,
        "quote_end": o.quote_end,
        "group_id": o.group_id,
        "flags": "|".join(o.flags) or None,
        "rule": o.rule,
        "extractor_version": __version__,
        "optional": o.optional,
    }


def article_row(article: Article, *, rights: str = "full") -> Row:
    """One line of the articles feed; with `rights="quotes"` the text itself stays out."""
    a = article
    return {
        "schema_version": SCHEMA_VERSION,
        "article_id": a.article_id,
        "article_version_id": a.article_version_id,
        "portal": a.portal or None,
        "channel": a.channel or None,
        "url": a.url,
        "canonical_url": a.canonical_url or None,
        "doc_id": a.doc_id or None,
        "title": a.title or None,
        "source": a.source or None,
        "author": a.author or None,
        "editor": a.editor or None,
        "published_at": a.published_at,
        "published_basis": a.published_basis.value if a.published_basis else None,
        "region": a.region or None,
        "region_code": a.region_code or None,
        "text": a.text if rights == "full" else None,
        "text_sha256": a.text_sha256,
        "raw_sha256": a.raw_sha256 or None,
        "raw_ref": a.raw_ref or None,
        "removed_related": a.removed_related,
        "removed_ads": a.removed_ads,
        "removed_other": a.removed_other,
        "relevance": a.relevance,
        "duplicate_of": a.duplicate_of,
        "observation_count": len(a.observations),
        "fetched_at": a.fetched_at,
        "http_status": a.http_status,
        "layout": a.layout or None,
        "extractor_version": __version__,
        "supersedes": a.supersedes,
    }


def observation_rows(article: Article) -> Iterator[Row]:
    """All lines of the observations feed that an article carries, in the order of the text."""
    # Both ids are digests of the text: made once, not for every line.
    article_id, version = article.article_id, article.article_version_id
    for observation in article.observations:
        yield _observation_row(article, observation, article_id, version)


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def line(row: Row) -> str:
    """A row as one line of JSON with its newline: UTF-8 text, no NaN, no lone surrogate, floats with a decimal point.

    >>> line({"value": 307.0, "number": "307家"})
    '{"value": 307.0, "number": "307家"}\\n'
    """
    try:
        text = _encode(row)
    except ValueError:
        for key, value in row.items():
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError(f"{key} is {value}, a feed holds finite numbers only") from None
        raise
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = _encode({k: _no_surrogates(v) for k, v in row.items()})
    # U+2028/2029/0085 are no line ends in JSON Lines, but some readers split there.
    if not text.isascii():
        text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
    return text + "\n"


class EvidenceError(AssertionError):
    """An observation whose offsets do not lead to its number and quote; such a line is never written."""


def check_evidence(text: str, o: Observation) -> None:
    """Hold the promise of every line: the offsets lead to the number and to the sentence that proves it."""
    if text[o.start : o.end] != o.number or text[o.quote_start : o.quote_end] != o.quote:
        raise EvidenceError(f"offsets {o.start}:{o.end} of {o.number!r} do not hold in the text")
    if not (o.quote_start <= o.start and o.end <= o.quote_end):
        raise EvidenceError(f"the quote of {o.number!r} at {o.start} does not contain it")


def _no_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    return value
