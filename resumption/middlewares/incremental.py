"""Only what is new: requests for known articles are left out, and known articles are looked at again now and then.

An article page is asked for again 1, 3, 10 and 30 days after it was first seen, as a conditional request where the
server gave a validator. In a replay the archive decides instead: a page is read again if it holds a newer record.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from resumption.archive import address_key, beijing_time
from resumption.discovery import Link, article_address
from resumption.items import RawArticle
from resumption.ledger import Page
from resumption.middlewares.archive import later_versions
from resumption.portal_spider import PortalSpider
from resumption.run import Run, open_run

GONE = (404, 410)
LOOK_AGAIN = (1, 3, 10, 30)
"""Days after the first look."""
MAX_ATTEMPTS = 5
"""An article that failed in so many runs no longer keeps its list open."""
MAX_AGAIN = 500
"""Looks at old articles per run."""


def is_due(page: Page, now: datetime) -> bool:
    """True if a page should be looked at again.

    >>> seen = "2020-02-22T10:00:00+08:00"
    >>> page = Page("1", "u", "weihai", "a", "written", "v", seen, seen, 1)
    >>> [is_due(page, datetime(2020, 2, d, 3, tzinfo=UTC)) for d in (22, 23)]
    [False, True]
    """
    if page.state == "failing":
        return page.checks < MAX_ATTEMPTS
    if page.checks > len(LOOK_AGAIN):
        return False
    return now >= datetime.fromisoformat(page.first_seen) + timedelta(days=LOOK_AGAIN[page.checks - 1])


class IncrementalMiddleware:
    """Spider middleware and the spider's memory (`portal_spider.Memory`)."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.run: Run | None = None
        self._walks: dict[str, tuple[str, int]] = {}
        """Lists that an earlier run read to their end: down to which day, how many pages."""
        self._closed: dict[str, int] = {}
        self._open: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> IncrementalMiddleware:
        """Scrapy's constructor."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.spider_opened, signal=signals.spider_opened)
        return middleware

    def spider_opened(self, spider: Spider) -> None:
        """Become the spider's memory. Lists count as unread from here on until the run has ended well."""
        if not isinstance(spider, PortalSpider):
            return
        self.run = open_run(self.crawler.settings, spider.name)
        spider.memory = self
        arguments = spider.arguments
        if arguments.url or arguments.search:
            return
        ledger, name = self.run.ledger, spider.name
        lists = [u for channel in arguments.channels for u in (*channel.feeds, *channel.lists)]
        for url in lists:
            walked = ledger.walked(name, url)
            if walked and self._covers(walked, spider):
                self._walks[url] = walked
        ledger.set_walks(name, [(url, False, "", 0) for url in lists])

    def _covers(self, walked: tuple[str, int], spider: PortalSpider) -> bool:
        since, pages = walked
        asked = spider.arguments.since.isoformat() if spider.arguments.since else ""
        return since <= asked and pages >= spider.arguments.max_pages

    def complete_walks(self, spider: PortalSpider) -> None:
        """After a run that ended well and whose parts are written: note the lists that were read to their end."""
        if self.run is None:
            return
        since = spider.arguments.since.isoformat() if spider.arguments.since else ""
        done = []
        for url in self._closed:
            if url in self._open:
                continue
            # A list that stopped early at known articles is as far read as the run before read it.
            earlier = self._walks.get(url)
            done.append((url, True, *(earlier or (since, spider.arguments.max_pages))))
        self.run.ledger.set_walks(spider.name, done)

    def is_known(self, key: str) -> bool:
        """True if the ledger knows the article and it did not fail."""
        page = self.run.ledger.page(self.run.portal.name, key) if self.run else None
        return page is not None and (page.state != "failing" or page.checks >= MAX_ATTEMPTS)

    def may_stop(self, list_url: str) -> bool:
        """True if the last run read this list to its end."""
        return list_url in self._walks

    def close_list(self, list_url: str, pages: int) -> None:
        """The list was read to its end."""
        self._closed[list_url] = pages

    def failed(self, meta: dict[str, Any], reason: str, status: int = 0) -> None:
        """A list or an article of it failed: the list stays open, so that the next run looks at all of it."""
        if meta.get("kind") == "article" and status in GONE:
            self._inc(f"skipped/{meta.get('channel')}/gone")
            self.note(meta, "gone")
            return
        self._open.add(meta.get("list", ""))
        self._inc(f"failed/{meta.get('kind', 'other')}/{reason}")
        if meta.get("kind") == "article":
            self._inc(f"skipped/{meta.get('channel')}/{reason}")
        if meta.get("kind") == "list" and reason != "NotInArchiveError":
            self._inc(f"channel/{meta.get('channel')}/lists_failed")
        elif meta.get("kind") == "list":
            self._inc(f"channel/{meta.get('channel')}/lists_missing")
        if meta.get("kind") == "article" and self.run:
            self.note(meta, "failing")

    def raised(self, meta: dict[str, Any], reason: str) -> None:
        """The program itself failed on a page; its list stays open and the next run reads it again."""
        self._open.add(meta.get("list", ""))
        self._inc(f"errors/{reason}")
        if meta.get("kind") == "article":
            self._inc(f"channel/{meta.get('channel')}/errors")
            self._inc(f"skipped/{meta.get('channel')}/{reason}")
            self.note(meta, "failing")
        elif meta.get("kind") == "list":
            self._inc(f"channel/{meta.get('channel')}/lists_failed")

    def note(self, meta: dict[str, Any], state: str, article_id: str = "", url: str = "") -> None:
        """Note a page that gives no line."""
        if self.run:
            self.run.writer.note(self.page(meta, state, article_id, url))

    def page(self, meta: dict[str, Any], state: str, article_id: str = "", url: str = "") -> Page:
        """What the ledger should know of an article page after this look."""
        assert self.run is not None
        portal = self.run.portal.name
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        seen = meta.get("archived", {}).get("fetched_at") or beijing_time(now)
        earlier = self.run.ledger.page(portal, meta["key"])
        if not article_id:
            article_id = earlier.article_id if earlier else ""
        return Page(
            key=meta["key"],
            url=url or meta.get("asked_url", ""),
            channel=meta.get("channel", ""),
            article_id=article_id,
            state=state,
            version=None,
            first_seen=earlier.first_seen if earlier else seen,
            checked=seen,
            checks=(earlier.checks if earlier else 0) + 1,
        )

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The spider's start requests, then known articles whose turn it is."""
        async for request in start:
            if self._wanted(request):
                yield request
        spider = self.crawler.spider
        if not isinstance(spider, PortalSpider) or self.run is None or self.run.replay is not None:
            return
        if spider.arguments.url or spider.arguments.search:
            return
        now = datetime.now(UTC)
        channels = {c.name for c in spider.arguments.channels}
        left = MAX_AGAIN
        for checks, days in enumerate(LOOK_AGAIN, 1):
            before = beijing_time(f"{now - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}")
            for page in list(self.run.ledger.pages_checked(spider.name, checks, before)):
                address = article_address(page.url, spider.portal)
                if left and page.channel in channels and address and spider.asks_first(address.key):
                    left -= 1
                    self._inc("incremental/looked_at_again")
                    context = {"channel": page.channel, "list": "", "again": True}
                    request = spider.article_request(Link(address, "", address.day), context)
                    request.meta["asked_url"] = page.url
                    yield request

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Leave out requests for known articles; after an article, ask for its later versions in a replay."""
        meta = response.meta
        is_article = meta.get("kind") == "article"
        got = 0
        async for output in result:
            if isinstance(output, Request):
                if self._wanted(output):
                    got += 1
                    yield output
            else:
                got += isinstance(output, RawArticle)
                yield output
        if meta.get("kind") == "list" and response.status == 200:
            self._inc(f"channel/{meta.get('channel')}/lists")
        read = is_article and response.status == 200
        if read and "parts" not in meta:
            self._inc(f"channel/{meta.get('channel')}/fetched")
        if read and not got:
            self._inc(f"skipped/{meta.get('channel')}/no_article")
            self.note(meta, "no_article", url=response.url)
        if read and self.run and later_versions(self.run, meta, response.url) and response.request:
            kept: dict[str, Any] = {
                k: meta[k] for k in ("kind", "key", "channel", "list", "again", "asked_url") if k in meta
            }
            kept["after"] = meta["archived"]["fetched_at"]
            yield response.request.replace(meta=kept, dont_filter=True)

    def process_spider_exception(self, response: Response, exception: Exception) -> None:
        """A callback raised: the page is tried again by the next run; Scrapy logs the error."""
        if not isinstance(exception, IgnoreRequest):
            self.raised(response.meta, type(exception).__name__)

    def _wanted(self, request: Any) -> bool:
        """Decide on a request of the spider, and say in `meta` how the archive may answer it."""
        if not isinstance(request, Request) or request.meta.get("kind") != "article" or self.run is None:
            return True
        meta = request.meta
        if "parts" in meta or "after" in meta:
            meta["stored_will_do"] = True
            return True
        meta.setdefault("asked_url", request.url)
        page = self.run.ledger.page(self.run.portal.name, meta["key"])
        if page is None:
            meta["stored_will_do"] = not meta["again"]
            return True
        if self.run.replay is not None:
            places = self.run.replay.find(address_key(request.url), False)
            meta["after"] = page.checked if page.state != "failing" else ""
            wanted = not places or any(beijing_time(p.date) > meta["after"] for p in places)
        else:
            wanted = meta["again"] or is_due(page, datetime.now(UTC))
            meta["again"] = True
        if not wanted:
            self._inc(f"channel/{meta['channel']}/known")
        return wanted

    def _inc(self, what: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"resumption/{what}")
