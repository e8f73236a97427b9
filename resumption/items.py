"""The nouns of the project: what a page becomes on its way to the feeds.

Only the standard library is imported here, so every other module may import this one. All items are frozen: a stage
takes one type and returns the next (or a `dataclasses.replace` of it), and no stage can change a field behind
another's back. Field meanings are the data contract of `docs/feed.md`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache


class Unit(StrEnum):
    """What a value counts; days and minutes are converted to hours, 万/亿 are multiplied out."""

    COUNT = "count"
    PERSON = "person"
    PERCENT = "percent"
    PERCENTAGE_POINT = "percentage_point"
    CNY = "CNY"
    KWH = "kWh"
    KW = "kW"
    HOUR = "hour"
    TONNE = "tonne"
    OTHER = "other"


class Comparator(StrEnum):
    """How exact the number is meant: 超/余 `gt`, 以上 `ge`, 不足 `lt`, 以内 `le`, 约/近 `approx`, else `eq`."""

    EQ = "eq"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"
    APPROX = "approx"


class Kind(StrEnum):
    """A stock, share or total (`level`), or a difference (`change`; a decrease has a negative value)."""

    LEVEL = "level"
    CHANGE = "change"


class Status(StrEnum):
    """Something that is (`actual`), or is planned, promised or required (`target`)."""

    ACTUAL = "actual"
    TARGET = "target"


class ChangeBasis(StrEnum):
    """What a change is measured against."""

    PREVIOUS_DAY = "previous_day"
    PREVIOUS_PERIOD = "previous_period"
    PREVIOUS_YEAR = "previous_year"
    LUNAR_YEAR = "lunar_year"
    OTHER = "other"


class RegionBasis(StrEnum):
    """Where the region of an observation was read."""

    STATED = "stated"
    INHERITED = "inherited"
    TITLE = "title"
    SOURCE = "source"
    CHANNEL = "channel"


class AsOfBasis(StrEnum):
    """Where the as-of date of an observation was read."""

    STATED = "stated"
    INHERITED = "inherited"
    PUBLISHED = "published"


class PublishedBasis(StrEnum):
    """Where the publication time was read, best first; `given` was passed in by the caller."""

    GIVEN = "given"
    META = "meta"
    PAGE = "page"
    URL = "url"
    TEXT = "text"


for _codes in (Unit, Comparator, Kind, Status, ChangeBasis, RegionBasis, AsOfBasis, PublishedBasis):
    for _code in _codes:
        # As in Python 3.12: before it, each `Unit.COUNT` calls a descriptor written in Python.
        type.__setattr__(_codes, _code.name, _code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A piece of the page that is not article text, and why: what `scrapy explain --blocks` and the report show."""

    text: str
    reason: str
    """Readable name of the rule: `related: 标题在列表中重复`, `layout noise: .post_statement`, `hot-line: 想爆料`."""
    group: str
    """`related`, `ads` or `other`: which `removed_*` count of the articles feed it belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """One page as read, before cleaning: words as found, markup of the body still on it."""

    url: str
    """Address it was fetched from."""
    portal: str = ""
    """Seed name (`qilu`), or "" when the page belongs to no known portal."""
    channel: str = ""
    """Address of the channel it was found through or belongs to, "" if unknown."""
    canonical_url: str = ""
    """One spelling per article: https, no query, no fragment, desktop host where that is known."""
    doc_id: str = ""
    """The portal's own id (number before `.shtml`, 16-character DOCID); "" if the address form has none."""
    title: str = ""
    source: str = ""
    author: str = ""
    editor: str = ""
    published_at: str | None = None
    """`YYYY-MM-DDThh:mm:ss+08:00`; a page that states only the day has time 00:00:00."""
    published_basis: PublishedBasis | None = None
    body: str = ""
    """The body as HTML (or as plain text for a dump), before noise was cut from its inside."""
    body_is_html: bool = True
    cuts: tuple[Cut, ...] = ()
    """What the general reader or the dump reader left out; a known layout leaves out by selecting."""
    region: str = ""
    """Full name of the channel's or caller's region, e.g. `山东省威海市`; "" if unknown."""
    region_code: str = ""
    """Six-digit GB/T 2260 code of `region`, "" if unknown."""
    layout: str = ""
    """Which layout read it: `netease D`, `general`, `general (qilu)` for a known portal's unknown template, `dump`."""
    fetched_at: str | None = None
    http_status: int | None = None
    raw_sha256: str = ""
    raw_ref: str = ""
    """Way back to the stored page: `archive/FILE.warc.gz#OFFSET` or the path of the file that was read."""
    warnings: tuple[str, ...] = ()
    """What went wrong while reading, e.g. `text lost: nesting`, `encoding: declared gb2312, is utf-8`."""
    tree: object | None = field(default=None, compare=False, repr=False)
    """`body` as it was parsed, for the first that cleans it; None where it has to be parsed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One version of one article: clean text and where it came from. `text` is never changed after `clean`."""

    url: str
    title: str
    text: str
    """The cleaned body, paragraphs separated by a newline; every offset of every observation counts in it."""
    portal: str = ""
    channel: str = ""
    canonical_url: str = ""
    doc_id: str = ""
    source: str = ""
    author: str = ""
    editor: str = ""
    published_at: str | None = None
    published_basis: PublishedBasis | None = None
    region: str = ""
    region_code: str = ""
    removed_related: int = 0
    removed_ads: int = 0
    removed_other: int = 0
    relevance: float | None = None
    """0 to 1: how much the text is about the resumption of work; null until the drop stage has weighed it."""
    duplicate_of: str | None = None
    """`article_id` of the article this one reprints, null if none is known."""
    supersedes: str | None = None
    """`article_version_id` of the version of the same article that this one replaces, null for a first version."""
    fetched_at: str | None = None
    http_status: int | None = None
    layout: str = ""
    raw_sha256: str = ""
    raw_ref: str = ""
    warnings: tuple[str, ...] = ()
    cuts: tuple[Cut, ...] = ()
    observations: tuple[Observation, ...] = ()

    @property
    def published(self) -> date | None:
        """Day of publication, or None.

        >>> Article(url="", title="", text="", published_at="2020-02-22T17:07:02+08:00").published
        datetime.date(2020, 2, 22)
        """
        return date.fromisoformat(self.published_at[:10]) if self.published_at else None

    @property
    def text_sha256(self) -> str:
        """Hex SHA-256 of `text` in UTF-8."""
        return _text_sha256(self.text)

    @property
    def article_id(self) -> str:
        """Identity of the article: the portal's own id if there is one, else the canonical address, else the address.

        The same story under two sections or hosts of one portal has one `doc_id` and is one article.
        """
        return _sha256(f"{self.portal}:{self.doc_id}" if self.doc_id else self.canonical_url or self.url)

    @property
    def article_version_id(self) -> str:
        """Identity of exactly this text of the article."""
        return _sha256(f"{self.article_id}:{self.text_sha256}")


@dataclass(frozen=True, slots=True)
class Mention:
    """What every dimension returns: a piece of the text and what it was understood as.

    `text` is always `article.text[start:end]` (code points), characters as written.
    """

    start: int
    end: int
    text: str
    value: object
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A unit of GB/T 2260 (with the years it existed), or a development zone with its parent."""

    code: str
    """Six digits. A development zone has no code of its own: the code of its parent."""
    name: str
    """Own name: `威海市`, `临淄区`, `威海经济技术开发区`."""
    full_name: str
    """From the province down: `山东省淄博市临淄区`."""
    level: str
    """`country`, `province`, `city`, `county`, `zone`, `town`."""
    parent: str = ""
    """Code of the unit above, "" for the country."""
    valid_from: int | None = None
    valid_to: int | None = None
    """First and last year in which the code was in force; None if open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One number that an article states about the resumption of work. Codes are those of `docs/annotation.md`."""

    obs_id: str
    start: int
    end: int
    number: str
    """As written: `article.text[start:end] == number`, always."""
    quote: str
    quote_start: int
    quote_end: int
    """The sentence that states it: `article.text[quote_start:quote_end] == quote`, always."""
    indicator: str
    value: float
    unit: Unit
    comparator: Comparator = Comparator.EQ
    kind: Kind = Kind.LEVEL
    status: Status = Status.ACTUAL
    change_basis: ChangeBasis | None = None
    population: str = ""
    population_size: str | None = None
    population_sector: str | None = None
    population_ownership: str | None = None
    region: str = ""
    region_code: str | None = None
    region_level: str | None = None
    region_basis: RegionBasis | None = None
    as_of: date | None = None
    as_of_text: str | None = None
    as_of_basis: AsOfBasis | None = None
    group_id: str | None = None
    flags: tuple[str, ...] = ()
    rule: str = ""
    optional: bool = False
    """A borderline figure that a careful colleague could leave out (a repeat, 全部 without a number)."""


def observation_id(article_version_id: str, number: str, occurrence: int) -> str:
    """Key of an observation: the article version, the number as written, and which occurrence of it (0-based) it is.

    No offset and no code goes in, so a better rule updates the row instead of renaming it.
    """
    return _sha256(f"{article_version_id}:{number}:{occurrence}")


@lru_cache(maxsize=128)
def _text_sha256(text: str) -> str:
    """Every line of an article asks for it."""
    return _sha256(text)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
