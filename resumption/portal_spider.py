"""PortalSpider: lists of a portal's channels to article pages to `read_raw`, as `seeds/NAME.toml` says.

The spider decides what to ask for; where an answer comes from (the network or an archive), whether an article is known
already and what is durably written is decided by the middlewares, through `meta` and `memory`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol, Self
from urllib.parse import quote, urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings

from resumption.discovery import Link, article_address, find_links, find_next_list, read_feed, read_search
from resumption.discovery.listing import Listing
from resumption.page import join, next_pages
from resumption.page.raw import read_tree
from resumption.portals import Channel, load_portal
from resumption.rendering import render_meta
from resumption.spider_arguments import parse_arguments

MAX_ARTICLE_PAGES = 10
"""Pages of one article that are joined."""


@dataclass(slots=True)
class Found:
    """What a list page brought."""

    links: int
    fresh: int = 0
    """Not on an earlier page of this list."""
    unknown: int = 0
    """Not known from earlier runs."""
    older: int = 0
    """From before `since`."""


class Memory(Protocol):
    """What earlier runs have seen; the incremental middleware puts one into the spider."""

    def is_known(self, key: str) -> bool:
        """True if the article need not be discovered again."""

    def may_stop(self, list_url: str) -> bool:
        """True if a page of this list without anything new means that the rest is known too."""

    def close_list(self, list_url: str, pages: int) -> None:
        """The list was read to its end."""

    def failed(self, meta: dict[str, Any], reason: str, status: int = 0) -> None:
        """A request of the spider failed for good."""


class PortalSpider(Spider):
    """Crawls the portal whose seed has the spider's name."""

    name: str = ""
    memory: Memory | None = None

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """In a replay nothing waits: there is no server to be polite to."""
        super().update_settings(settings)
        if settings.get("REPLAY"):
            settings.setdict({"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Check the arguments; they are not set as attributes, so none can shadow the spider's own."""
        arguments = parse_arguments(load_portal(cls.name), kwargs)
        spider = super().from_crawler(crawler, *args)
        spider.arguments = arguments
        return spider

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.portal = load_portal(self.name)
        self.arguments = parse_arguments(self.portal, {})
        self._asked: set[str] = set()
        self._seen: dict[str, set[str]] = {}

    async def start(self) -> AsyncIterator[Any]:
        """One article, a search, or the lists of the channels."""
        if self.arguments.url:
            address = article_address(self.arguments.url, self.portal)
            if address:
                context = {"channel": "url", "list": "", "again": True}
                yield self.article_request(Link(address, "", address.day), context)
        elif self.arguments.search:
            yield self.search_request(1)
        else:
            for channel in self.arguments.channels:
                for request in self.list_requests(channel):
                    yield request

    def list_requests(self, channel: Channel) -> Iterator[Request]:
        """First pages of a channel's lists and feeds."""
        for url in channel.feeds:
            yield self._list_request(url, self.parse_feed, {"channel": channel.name, "list": url, "page": 1})
        for url in channel.lists:
            meta = {"channel": channel.name, "list": url, "page": 1}
            yield self._list_request(url, self.parse_list, meta | (render_meta() if channel.render else {}))

    def search_request(self, page: int) -> Request:
        """One page of the portal's JSON search."""
        url = self.portal.search.format(query=quote(self.arguments.search, safe=""), page=page)
        root = "{0.scheme}://{0.netloc}/".format(urlsplit(url))
        meta = {"channel": "search", "list": "search", "page": page}
        request = self._list_request(url, self.parse_search, meta)
        request.headers["Referer"] = root
        return request

    def parse_list(self, response: Response) -> Iterator[Any]:
        """Article links of an HTML list page, and the next page."""
        if self._ended(response):
            return
        if not isinstance(response, TextResponse):
            self._unreadable(response, "the list is no text")
            return
        found = yield from self._follow(response, find_links(response.selector, response.url, self.portal))
        following = find_next_list(response.selector, response.url, self.portal)
        yield from self._continue(response, found, following, self.parse_list)

    def parse_feed(self, response: Response) -> Iterator[Any]:
        """Article links of a JSONP feed, and its next page: pages are numbered, the last one is followed by none."""
        if self._ended(response):
            return
        try:
            listing = read_feed(response.body, response.url, self.portal)
        except ValueError as error:
            self._unreadable(response, str(error))
            return
        found = yield from self._follow(response, listing)
        following = self._feed_page(response.meta["list"], response.meta["page"] + 1)
        yield from self._continue(response, found, (following, True), self.parse_feed)

    def parse_search(self, response: Response) -> Iterator[Any]:
        """Article links of a search answer, and its next page."""
        try:
            listing, total = read_search(response.body, response.url, self.portal)
        except ValueError as error:
            self._unreadable(response, str(error))
            return
        yield from self._follow(response, listing)
        page = response.meta["page"]
        if listing.links and page * 10 < total and page < self.arguments.max_pages:
            yield self.search_request(page + 1)

    def parse_article(self, response: Response) -> Iterator[Any]:
        """The article of a page, joined with its further pages."""
        meta = response.meta
        # Every request of an article has an article's address; only a redirect may lead elsewhere.
        if meta.get("redirect_urls") and article_address(response.url, self.portal) is None:
            self._count("article/redirected_away")
            return
        place = meta.get("archived") or {}
        raw, tree = read_tree(
            response.body,
            response.url,
            headers={str(k): str(v) for k, v in response.headers.to_unicode_dict().items()},
            portal=self.portal,
            fetched_at=place.get("fetched_at"),
            http_status=response.status,
            raw_ref=place.get("ref", ""),
        )
        if raw is None:
            return
        found_in = self._channel(meta["channel"])
        if not raw.channel and found_in:
            # The article's host and id come first, so that it has one channel whichever list it was found in.
            raw = replace(raw, channel=found_in.url, region=found_in.region, region_code=found_in.region_code)
        parts = [*meta.get("parts", ()), raw]
        seen = [*meta.get("part_urls", ()), response.url]
        further = self._further(response, seen)
        if further and len(parts) < MAX_ARTICLE_PAGES and response.request:
            # A page that shows the whole article replaces those before it.
            kept = [] if "_all." in further[0] else parts
            carried = self._carried(meta) | {"parts": kept, "part_urls": seen}
            yield response.request.replace(url=further[0], meta=carried, dont_filter=True)
            return
        yield join(parts) if len(parts) > 1 else replace(raw, tree=tree)

    @staticmethod
    def _further(response: Response, seen: list[str]) -> list[str]:
        """Further pages of an article; most pages hold neither mark and are not searched."""
        if b"_2." not in response.body and b"_all." not in response.body and len(seen) == 1:
            return []
        return [url for url in next_pages(response.body, response.url) if url not in seen]

    def asks_first(self, key: str) -> bool:
        """True if this run has not asked for the article yet; from now on it has."""
        if key in self._asked:
            return False
        self._asked.add(key)
        return True

    def article_request(self, link: Link, context: dict[str, Any]) -> Request:
        """Request of an article page; `context` is carried to whoever counts."""
        meta = {
            "kind": "article",
            "key": link.address.key,
            "channel": context["channel"],
            "list": context["list"],
            "again": context.get("again", False),
        }
        # Each article is asked for once (`asks_first`), so the duplicate filter need make no digest of its address. It
        # would also drop, without a word, an article whose redirect leads to a page that another one led to.
        return Request(
            link.address.url, self.parse_article, errback=self.request_failed, meta=meta, priority=10, dont_filter=True
        )

    def request_failed(self, failure: Any) -> None:
        """Errback of every request: tell the memory, so that the address is asked for again."""
        request, reason = failure.request, failure.type.__name__
        status = getattr(getattr(failure.value, "response", None), "status", 0)
        if not status and reason != "NotInArchiveError":  # Scrapy and the archive have said the others
            key = str(request.meta.get("key") or "")
            said = failure.getErrorMessage().removeprefix(f"{request.url}: ")[:200]
            # The fields of resumption/log_lines.py; the key of an article is its document id if the portal has one.
            fields = {"event": "failed", "channel": str(request.meta.get("channel") or "-")}
            fields |= {"doc_id": "-" if "/" in key else key or "-"}
            fields |= {"url": request.url[:200], "reason": f"{reason}: {said}"}
            self.logger.warning("%(event)s channel=%(channel)s doc_id=%(doc_id)s %(url)s: %(reason)s", fields)
        if self.memory:
            self.memory.failed(request.meta, reason, status)

    def _follow(self, response: Response, listing: Listing) -> Generator[Request, None, Found]:
        """Yield requests for the articles of a list page; returns what the page brought."""
        found = Found(links=len(listing.links))
        here = self._seen.setdefault(response.meta["list"], set())
        self._count("discovery/links", len(listing.links), response)
        self._count("discovery/no_article", listing.skipped)
        if listing.cut:
            self._count("trap/too_many_links")
        for link in listing.links:
            key = link.address.key
            found.fresh += key not in here
            here.add(key)
            if self.arguments.since and link.day and link.day < self.arguments.since:
                found.older += 1
                self._count("skipped/before_since")
                continue
            if self.arguments.until and link.day and link.day > self.arguments.until:
                found.unknown += 1
                self._count("skipped/after_until")
                continue
            found.unknown += not (self.memory and self.memory.is_known(key))
            if self.asks_first(key):
                yield self.article_request(link, response.meta)
        return found

    def _continue(
        self, response: Response, found: Found, following: tuple[str, bool], callback: Callable[..., Any]
    ) -> Iterator[Request]:
        """Ask for the next list page, or note that the list is read to its end.

        The end is: no next page, a page that repeats what the list showed before, a page before `since`, `max_pages`,
        or a page of known articles when the last run read the list to its end.
        """
        page, root = response.meta["page"], response.meta["list"]
        (url, guessed), memory = following, self.memory
        known = found.unknown == 0 and memory is not None and memory.may_stop(root)
        old = 0 < found.links == found.older
        if url and found.fresh and not known and not old and page < self.arguments.max_pages:
            meta = {"channel": response.meta["channel"], "list": root, "page": page + 1, "guessed": guessed}
            yield self._list_request(url, callback, meta)
        elif memory:
            memory.close_list(root, page)

    def _ended(self, response: Response) -> bool:
        """True for a guessed list page that does not exist: the list ended with the page before."""
        ended = bool(response.meta.get("guessed")) and response.status in (404, 410)
        if ended and self.memory:
            self.memory.close_list(response.meta["list"], response.meta["page"])
        return ended

    def _list_request(self, url: str, callback: Callable[..., Any], meta: dict[str, Any]) -> Request:
        meta = {"kind": "list", **meta}
        if meta.get("guessed"):
            meta["handle_httpstatus_list"] = [404, 410]
        return Request(url, callback, errback=self.request_failed, meta=meta, priority=5, dont_filter=meta["page"] == 1)

    def _feed_page(self, feed: str, n: int) -> str:
        """Address of page n of a feed by the portal's rule, "" if it has none."""
        if not self.portal.feed_pages:
            return ""
        head, mark, query = feed.partition("?")
        folder, _, name = head.rpartition("/")
        stem, dot, ending = name.rpartition(".")
        if not dot:
            stem, ending = name, ""
        if not name:
            folder, _, stem = folder.rpartition("/")
            dot = "/"
        return self.portal.feed_pages[0].format(stem=f"{folder}/{stem}", n=n, suffix=f"{dot}{ending}{mark}{query}")

    def _channel(self, name: str) -> Channel | None:
        return next((c for c in self.portal.channels if c.name == name), None)

    @staticmethod
    def _carried(meta: dict[str, Any]) -> dict[str, Any]:
        return {k: meta[k] for k in ("kind", "key", "channel", "list", "again", "after") if k in meta}

    def _unreadable(self, response: Response, reason: str) -> None:
        self._count("discovery/unreadable")
        self.logger.error("%s: %s", response.url, reason)
        if self.memory:
            self.memory.failed(response.meta, "unreadable list")

    def _count(self, what: str, count: int = 1, response: Response | None = None) -> None:
        if self.crawler.stats and count:
            self.crawler.stats.inc_value(f"resumption/{what}", count)
            if response is not None:
                self.crawler.stats.inc_value(f"resumption/channel/{response.meta['channel']}/links", count)
