"""Adapters between Scrapy and the pure functions: clean, drop, extract. Why an item was dropped is its `reason`."""

from __future__ import annotations

import logging
from dataclasses import replace

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from resumption.clean import clean
from resumption.extraction_process import ExtractionProcess
from resumption.items import Article, RawArticle
from resumption.portal_spider import PortalSpider
from resumption.relevance import weigh_relevance


class Dropped(DropItem):
    """An article that gets no line."""

    def __init__(self, reason: str, article: Article | None = None) -> None:
        super().__init__(reason, log_level=logging.DEBUG)  # type: ignore[arg-type]
        self.reason = reason
        self.article = article


class CleanPipeline:
    """RawArticle to Article."""

    def process_item(self, item: RawArticle) -> Article:
        """Cut the noise; the text never changes after this."""
        return clean(item, tree=item.tree)


class DropPipeline:
    """Leaves out what is empty, outside of the days asked for, or not about the resumption of work."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DropPipeline:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        """Weigh the relevance, or raise Dropped."""
        if not item.text.strip():
            raise Dropped("empty", item)
        spider = self.crawler.spider
        if isinstance(spider, PortalSpider) and item.published:
            if spider.arguments.since and item.published < spider.arguments.since:
                raise Dropped("before_since", item)
            if spider.arguments.until and item.published > spider.arguments.until:
                raise Dropped("after_until", item)
        relevance = weigh_relevance(item.title, item.text)
        if not relevance:
            raise Dropped("off_topic", item)
        return replace(item, relevance=relevance)


class ExtractPipeline:
    """Adds the observations that an article's text states; they are extracted in a process beside the crawl."""

    def __init__(self) -> None:
        self._beside = ExtractionProcess()

    async def process_item(self, item: Article) -> Article:
        """See `resumption.extract`. Raises ExtractionProcessError if this text ended the process."""
        return replace(item, observations=await self._beside.extract(item))

    async def close_spider(self) -> None:
        """Called by Scrapy after the last item."""
        await self._beside.close()
