"""Portals as data: what to crawl, what an article address looks like, where things stand on the page.

A portal is one file `seeds/NAME.toml`; `seeds/README.md` says what each key means. Loading is strict: an unknown key, a
missing key or a wrong type is a `SeedError` that names file and key, so a typo cannot silently switch a rule off.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any, get_args, get_origin, get_type_hints


class SeedError(ValueError):
    """A seed file that cannot be used; the message names file and key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleUrl:
    """One form of article address. Groups of `pattern`: `doc_id`, and `year`, `month`, `day`, `hour` if stated."""

    pattern: str
    """Regular expression searched in the whole address."""
    canonical: str = ""
    """Template of the canonical address, `{doc_id}` and the other named groups filled in; "" keeps the address."""
    note: str = ""
    uncertain: bool = False
    """True for a form that was seen once or inferred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One generation of a portal's article template: CSS selectors, tried in the order of the seed file."""

    name: str
    """Short name recorded in the article: `D`."""
    test: str
    """Selector that tells the generation; the layout is used when it and `body` match."""
    title: str
    body: str
    published: str = ""
    source: str = ""
    author: str = ""
    editor: str = ""
    lead: str = ""
    """A summary above the body: part of the article unless the body says it again."""
    noise: tuple[str, ...] = ()
    """Selectors of blocks to cut inside the body of this generation, beside the portal's."""
    seen: str = ""
    """Where and when somebody looked at such a page."""
    uncertain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A local channel: one region, one or more list addresses."""

    name: str
    """Short ASCII name, the value of `-a channel=`: `weihai`."""
    title: str
    """As readers know it: `齐鲁网威海`."""
    url: str
    """Front page of the channel."""
    region: str
    """Full name of the region: `山东省威海市`."""
    region_code: str
    """Its GB/T 2260 code: `371000`."""
    lists: tuple[str, ...] = ()
    """Section lists (HTML); page 1 is the address itself."""
    feeds: tuple[str, ...] = ()
    """JSONP feeds; page 2 and on are made by the portal's rule."""
    columns: tuple[str, ...] = ()
    """Leading characters of the column id in a DOCID that tell this channel."""
    hosts: tuple[str, ...] = ()
    """Hosts whose articles belong to this channel."""
    render: bool = False
    """True where the front page fills in by script only and has to be rendered."""
    uncertain: bool = False
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """Floors of a healthy run, per channel; below one the run ends `degraded`."""

    articles_min: int = 1
    published_fill: float = 0.9
    observations_per_relevant: float = 0.3
    text_chars_median: int = 100
    general_share_max: float = 0.5
    """Highest share of articles that the general reader may have to read; 1 for a portal without layouts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How often `scrapy schedule` starts the portal and how its channels are spread."""

    every_minutes: int = 60
    offset_minutes: int = 0
    group: int = 4
    """Channels per job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """A portal with everything that is known about it as data."""

    name: str
    title: str
    home: str
    hosts: tuple[str, ...]
    """Domain names whose hosts (and their subdomains) belong to the portal: `iqilu.com`."""
    article_urls: tuple[ArticleUrl, ...]
    layouts: tuple[Layout, ...]
    channels: tuple[Channel, ...]
    noise: tuple[str, ...] = ()
    """Selectors of blocks to cut inside every body of the portal."""
    list_items: str = ""
    """Selector of the links of a list page."""
    list_next: str = ""
    """Pattern of the address of further list pages, group 1 is the page number: `list_\\d+_(\\d+)\\.shtml`."""
    feed_pages: tuple[str, ...] = ()
    """Address templates of page n of a feed, `{stem}`, `{n:02d}` and `{suffix}` filled in."""
    search: str = ""
    """Address template of the portal's JSON search, `{query}` and `{page}` filled in; "" if it has none."""
    encoding: str = "utf-8"
    rights: str = "full"
    """`full`: text may be kept in the feeds; `quotes`: figures and their quotes only."""
    expect: Expect = field(default_factory=Expect)
    schedule: Schedule = field(default_factory=Schedule)


def portal_names() -> tuple[str, ...]:
    """Names of all seeds, sorted: `("netease", "qilu")`."""
    return tuple(sorted(p.name[: -len(".toml")] for p in files("seeds").iterdir() if p.name.endswith(".toml")))


@cache
def load_portal(name: str) -> Portal:
    """Load `seeds/NAME.toml`. Raises SeedError for an unknown name and for anything that is not understood."""
    if name not in portal_names():
        raise SeedError(f"no portal {name!r}; there are: {', '.join(portal_names())}")
    text = (files("seeds") / f"{name}.toml").read_text(encoding="utf-8")
    return parse_portal(name, text, f"seeds/{name}.toml")


def parse_portal(name: str, text: str, where: str) -> Portal:
    """Parse the TOML text of a seed; `where` is named in errors."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SeedError(f"{where}: {error}") from None
    portal: Portal = _build(Portal, {"name": name, **data}, where)
    for form in portal.article_urls:
        try:
            re.compile(form.pattern)
        except re.error as error:
            raise SeedError(f"{where}: article_urls: {form.pattern!r} is no regular expression: {error}") from None
    names = [channel.name for channel in portal.channels]
    for double in {n for n in names if names.count(n) > 1}:
        raise SeedError(f"{where}: channel {double!r} stands twice")
    if portal.rights not in ("full", "quotes"):
        raise SeedError(f"{where}: rights is {portal.rights!r}, must be 'full' or 'quotes'")
    return portal


def _build(cls: Any, data: Any, where: str) -> Any:
    """Build a dataclass from a TOML table, strict about keys and types."""
    if not isinstance(data, dict):
        raise SeedError(f"{where}: must be a table, is {data!r}")
    hints = get_type_hints(cls)
    known = {f.name: f for f in fields(cls)}
    for key in data:
        if key not in known:
            raise SeedError(f"{where}: unknown key {key!r}; known are: {', '.join(known)}")
    for key, f in known.items():
        if key not in data and f.default is MISSING and f.default_factory is MISSING:
            raise SeedError(f"{where}: key {key!r} is missing")
    return cls(**{key: _convert(hints[key], value, f"{where}: {key}") for key, value in data.items()})


def _convert(hint: Any, value: Any, where: str) -> Any:
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise SeedError(f"{where}: must be a list, is {value!r}")
        return tuple(_convert(get_args(hint)[0], v, f"{where}[{i}]") for i, v in enumerate(value))
    if hasattr(hint, "__dataclass_fields__"):
        return _build(hint, value, where)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not hint:
        raise SeedError(f"{where}: must be {hint.__name__}, is {value!r}")
    return value
