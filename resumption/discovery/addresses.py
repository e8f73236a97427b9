"""Article addresses: which are articles of a portal, their identity and the day they state.

One story stands under several addresses (two sections, two hosts, `http` and `https`, a fragment, a tracking query);
`Address.key` is the same for all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from resumption.portals import ArticleUrl, Portal

MAX_LENGTH = 2083
"""Longer addresses are traps: the limit Scrapy and most servers have."""
MAX_REPEATS = 3
"""A path that holds one segment more often than this runs in a circle: `/a/b/a/b/a/b/a/b/`."""
_SPACE = re.compile(r"[\x00-\x20\x7f\u3000]+")


@dataclass(frozen=True, slots=True)
class Address:
    """An article address and what it says about the article."""

    url: str
    """To fetch: absolute, no fragment."""
    canonical: str
    doc_id: str
    day: date | None
    """Day stated in the address, None if it states none (or an impossible one)."""

    @property
    def key(self) -> str:
        """Identity within the portal: the portal's own id, else the canonical address."""
        return self.doc_id or self.canonical


def clean_url(url: str, base: str = "") -> str:
    """Absolute http(s) address without blanks, fragment, user info and default port; "" for anything else.

    >>> clean_url("http:// sc.news.163.com/#top")
    'http://sc.news.163.com/'
    >>> clean_url("../0222/4451234.shtml", "http://weihai.iqilu.com/whyw/2020/0221/")
    'http://weihai.iqilu.com/whyw/2020/0222/4451234.shtml'
    >>> clean_url("javascript:void(0)")
    ''
    """
    url = _SPACE.sub("", url)
    if not url or len(url) > MAX_LENGTH:
        return ""
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    if port not in (None, 80 if parts.scheme == "http" else 443):
        host = f"{host}:{port}"
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))


def portal_host(url: str, portal: Portal) -> bool:
    """True if the address is on a host of the portal or below one.

    >>> from resumption.portals import Portal
    >>> p = Portal(name="p", title="", home="", hosts=("iqilu.com",), article_urls=(), layouts=(), channels=())
    >>> portal_host("http://weihai.iqilu.com/a", p), portal_host("http://iqilu.com.example.net/", p)
    (True, False)
    """
    host = (urlsplit(url).hostname or "").lower().rstrip(".")
    return any(host == h or host.endswith("." + h) for h in portal.hosts)


def in_circle(url: str) -> bool:
    """True for an address that crawlers are caught with: one path segment again and again.

    >>> in_circle("http://a.com/x/y/x/y/x/y/x/y/1.html"), in_circle("http://a.com/20/02/20/20/1.html")
    (True, False)
    """
    segments = [s for s in urlsplit(url).path.split("/") if s]
    return any(segments.count(s) > MAX_REPEATS for s in set(segments))


def article_address(url: str, portal: Portal, base: str = "") -> Address | None:
    """The article address behind a link, None if the link is no article of this portal."""
    url = clean_url(url, base)
    if not url or not portal_host(url, portal) or in_circle(url):
        return None
    for form, pattern in _forms(portal.article_urls):
        match = pattern.search(url)
        if match:
            groups = {k: v for k, v in match.groupdict().items() if v is not None}
            # 闪电新闻 writes its base64 ids with and without the padding, raw and quoted.
            groups["doc_id"] = unquote(groups.get("doc_id", "")).rstrip("=")
            canonical = form.canonical.format_map(groups) if form.canonical else url
            return Address(url, canonical, groups["doc_id"], _day(groups))
    return None


def _day(groups: dict[str, str]) -> date | None:
    try:
        year = int(groups["year"]) if "year" in groups else 2000 + int(groups["yy"])
        return date(year, int(groups["month"]), int(groups["day"]))
    except (KeyError, ValueError):
        return None


@cache
def _forms(forms: tuple[ArticleUrl, ...]) -> tuple[tuple[ArticleUrl, re.Pattern[str]], ...]:
    return tuple((form, re.compile(form.pattern)) for form in forms)
