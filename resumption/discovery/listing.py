"""Lists of articles: HTML section lists, JSONP feeds and the JSON search, all to the same `Link`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from parsel import Selector

from resumption.discovery.addresses import Address, article_address, clean_url
from resumption.discovery.jsonp import parse_jsonp
from resumption.portals import Portal

MAX_LINKS = 2000
"""A list page with more links than this is a trap; the rest of it is not looked at."""
_DAY = (
    (re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})"), 0),
    (re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"), 0),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a list."""

    address: Address
    title: str
    day: date | None
    """Day the list or the address states."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What one list page gave."""

    links: tuple[Link, ...]
    skipped: int = 0
    """Entries that are no article of the portal (video, live, other sites)."""
    cut: bool = False
    """True if the page holds more links than MAX_LINKS."""


def find_links(selector: Selector, url: str, portal: Portal) -> Listing:
    """Article links of an HTML list page, each article once, in the order of the page.

    The portal's `list_items` selector says where the links of the list stand; a page on which it matches nothing
    (a new layout) is searched as a whole, since article addresses are told by their form.
    """
    anchors = selector.css(portal.list_items) if portal.list_items else []
    if not any(article_address(a.attrib.get("href", ""), portal, url) for a in anchors[:MAX_LINKS]):
        anchors = selector.css("a[href]")
    base = clean_url(selector.css("base::attr(href)").get(""), url) or url
    found: dict[str, Link] = {}
    skipped = 0
    for anchor in anchors[:MAX_LINKS]:
        address = article_address(anchor.attrib.get("href", ""), portal, base)
        if address is None:
            skipped += 1
        elif address.key not in found:
            title = " ".join((anchor.attrib.get("title") or anchor.xpath("string()").get("")).split())
            found[address.key] = Link(address, title, address.day)
    return Listing(tuple(found.values()), skipped, len(anchors) > MAX_LINKS)


def find_next_list(selector: Selector, url: str, portal: Portal) -> tuple[str, bool]:
    """Address of the list page after this one and whether it is only guessed; ("", False) if there is none.

    Linked pages come first. The number of this page plus one is tried where the page itself is numbered and links to
    no later one: such a page may not exist, its absence is the end of the list and no error.
    """
    if not portal.list_next:
        return "", False
    pattern = re.compile(portal.list_next)
    here = pattern.search(url)
    current = int(here.group(1)) if here else 1
    folder = url.rpartition("/")[0]
    pages: dict[int, str] = {}
    for href in selector.css("a::attr(href)").getall()[:MAX_LINKS]:
        address = clean_url(href, url)
        match = pattern.search(address)
        if match and address.rpartition("/")[0] == folder:
            pages.setdefault(int(match.group(1)), address)
    later = sorted(n for n in pages if n > current)
    if later:
        return pages[later[0]], False
    if here and current not in pages and max(pages, default=0) == 0:
        return f"{url[: here.start(1)]}{current + 1}{url[here.end(1) :]}", True
    return "", False


def read_feed(body: bytes, url: str, portal: Portal, declared: str = "") -> Listing:
    """Article links of a JSONP feed. Raises ValueError for a body in which no list can be found."""
    data = parse_jsonp(_decode(body, declared))
    return _listing(_entries(data), url, portal)


def read_search(body: bytes, url: str, portal: Portal) -> tuple[Listing, int]:
    """Article links of the portal's JSON search and the total it states. Raises ValueError."""
    try:
        data = json.loads(body.decode("utf-8", "replace"))
    except ValueError as error:
        raise ValueError(f"search answer is no JSON: {error}") from None
    found = data.get("data") if isinstance(data, dict) else None
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise ValueError("search answer has no data.items")
    total = found.get("total")
    return _listing((e for e in found["items"] if isinstance(e, dict)), url, portal), int(total or 0)


def parse_list_day(text: str) -> date | None:
    """Day of a list entry, US order as well: the feeds of 163.com write month/day/year.

    >>> parse_list_day("02/22/2020 17:07:02"), parse_list_day("2020-02-22 17:07:02"), parse_list_day("26分钟前")
    (datetime.date(2020, 2, 22), datetime.date(2020, 2, 22), None)
    """
    for pattern, _ in _DAY:
        match = pattern.search(text)
        if match:
            try:
                return date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                return None
    return None


def _listing(entries: Iterator[dict[str, Any]], url: str, portal: Portal) -> Listing:
    found: dict[str, Link] = {}
    skipped = 0
    cut = False
    for count, entry in enumerate(entries):
        if count >= MAX_LINKS:
            cut = True
            break
        address = None
        for name in ("docurl", "url", "tlink", "link"):
            value = entry.get(name)
            address = article_address(value, portal, url) if isinstance(value, str) else None
            if address:
                break
        if address is None:
            skipped += 1
            continue
        day = next((parse_list_day(str(entry[n])) for n in ("time", "ptime") if entry.get(n)), None)
        title = " ".join(re.sub(r"<[^>]{0,200}>", "", str(entry.get("title") or "")).split())
        found.setdefault(address.key, Link(address, title, day or address.day))
    return Listing(tuple(found.values()), skipped, cut)


def _entries(data: Any) -> Iterator[dict[str, Any]]:
    """Entries of a feed: dicts that carry an address, at the top or one list below a key."""
    if isinstance(data, list):
        for value in data:
            if isinstance(value, dict):
                yield value
    elif isinstance(data, dict):
        for value in data.values():
            if isinstance(value, list):
                yield from _entries(value)


def _decode(body: bytes, declared: str) -> str:
    """Feeds are GBK or UTF-8 whatever is declared: valid UTF-8 is UTF-8, the rest is the superset of GBK."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if declared.lower().replace("-", "") in ("big5", "utf16", "utf16le", "utf16be"):
        return body.decode(declared, "replace")
    return body.decode("gb18030", "replace")
