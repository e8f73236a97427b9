"""Extension that ends every run with a verdict: `runs/NAME/run.json`, an exit code, and sentences that say why.

It also hands the items to the feeds: an item counts when its lines are on disk, not when it was scraped.
"""

from __future__ import annotations

import gc
import json
import logging
import platform
import re
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured
from scrapy.http import Response
from twisted.internet.task import LoopingCall

from resumption import SCHEMA_VERSION, __version__
from resumption.feeds import FeedError
from resumption.items import Article
from resumption.middlewares.incremental import IncrementalMiddleware
from resumption.pipelines import Dropped
from resumption.portal_spider import PortalSpider
from resumption.run import Run, RunError, open_run
from resumption.verdict import ChannelCounts, Verdict, find_notes, judge

logger = logging.getLogger(__name__)
_DIGIT = re.compile(r"\d")
NOTED = ("empty", "off_topic")
"""Reasons for which a page need not be read again soon; a page outside of the days asked for is not noted."""
GARBAGE_EVERY = (10_000, 20, 20)
"""Allocations before the garbage collector looks; Python's 700 make it look at every response in flight many times."""


class Health:
    """Counts, writes, judges."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.spidercls or not issubclass(crawler.spidercls, PortalSpider):
            raise NotConfigured
        settings = crawler.settings
        self.crawler = crawler
        self.run: Run = open_run(settings, crawler.spidercls.name)
        self.channels: dict[str, ChannelCounts] = {}
        self.layouts: dict[str, int] = {}
        self.warnings: dict[str, int] = {}
        self.part_articles = settings.getint("RESUMPTION_PART_ARTICLES", 100)
        self.part_seconds = settings.getfloat("RESUMPTION_PART_SECONDS", 30.0)
        self.stall_seconds = settings.getfloat("RESUMPTION_STALL_SECONDS", 300.0)
        self._progress = datetime.now(UTC)
        self._timers: list[LoopingCall] = []
        self._failed = ""
        self._settled = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Health:
        """Scrapy's constructor. Raises RunError when the run may not start."""
        health = cls(crawler)
        for name in (
            "spider_opened",
            "spider_closed",
            "item_scraped",
            "item_dropped",
            "item_error",
            "response_received",
        ):
            crawler.signals.connect(getattr(health, name), signal=getattr(signals, name))
        return health

    def spider_opened(self, spider: Spider) -> None:
        """Start the timers: write what waits, end a run that makes no progress."""
        if self.run.replay is None and "no contact set" in self.crawler.settings.get("USER_AGENT", ""):
            logger.warning("set RESUMPTION_CONTACT: whoever runs the portal cannot reach you")
        for seconds, task in ((self.part_seconds, self.flush), (min(self.stall_seconds, 10.0), self._check_progress)):
            timer = LoopingCall(task)
            timer.start(seconds, now=False)
            self._timers.append(timer)

    def response_received(self, response: Response) -> None:
        """Any response is progress."""
        self._progress = datetime.now(UTC)

    def item_scraped(self, item: Article, response: Response | None) -> None:
        """Hand an article to the feeds."""
        self._settle()
        memory, meta = self._memory(), self._meta(response)
        counts = self._channel(meta)
        self._count_article(counts, item)
        page = memory.page(meta, "written", item.article_id, item.url)
        if self.run.writer.add(item, page):
            counts.articles += 1
            counts.observations += len(item.observations)
        else:
            counts.unchanged += 1
        if len(self.run.writer) >= self.part_articles:
            self.flush()

    def item_dropped(self, item: Any, response: Response | None, exception: DropItem) -> None:
        """Note why an article has no line."""
        reason = exception.reason if isinstance(exception, Dropped) else "dropped"
        meta = self._meta(response)
        self._channel(meta).skip(reason)
        self._inc(f"drop/{reason}")
        article = exception.article if isinstance(exception, Dropped) else None
        if reason in NOTED and article:
            self._memory().note(meta, reason, article.article_id, article.url)

    def item_error(self, item: Any, response: Response | None, failure: Any) -> None:
        """A pipeline raised: the article is read again by the next run, its list stays open."""
        self._memory().raised(self._meta(response), failure.type.__name__)

    def _settle(self) -> None:
        """With the first article all tables are loaded: the garbage collector need not walk through them again."""
        if not self._settled:
            self._settled = True
            gc.collect()
            gc.freeze()
            gc.set_threshold(*GARBAGE_EVERY)

    def flush(self) -> None:
        """Write what waits; a feed that cannot be written ends the run, nothing is lost."""
        if self._failed:
            return
        try:
            self.run.writer.flush()
        except FeedError as error:
            self._failed = f"feed_error: {error}"
            logger.error("%s", error)
            self._stop("feed_error")

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Write the last part, then judge the run."""
        assert isinstance(spider, PortalSpider)
        for timer in self._timers:
            if timer.running:
                timer.stop()
        try:
            if not self._failed:
                self.run.writer.close()
        except FeedError as error:
            self._failed = f"feed_error: {error}"
        self._conclude(spider, self._failed or reason)
        try:
            self.run.close()
        except (OSError, sqlite3.Error) as error:
            logger.error("cannot close the archive: %s", error)

    def _conclude(self, spider: PortalSpider, reason: str) -> None:
        stats = self._stats()
        self._gather_channels(spider, stats)
        earlier = self._earlier_links()
        requests = int(stats.get("resumption/requests", 0)) or int(stats.get("response_received_count", 0))
        failed = sum(int(v) for k, v in stats.items() if k.startswith("resumption/failed/"))
        blocked = int(stats.get("resumption/blocked", 0))
        a = spider.arguments
        # An archive holds what somebody once fetched: how many links a channel has there says nothing about the portal.
        full = not (a.url or a.search or a.since or a.until or self.run.replay is not None)
        if self.run.writer.evidence_errors:
            logger.error("%d observations without evidence were left out", self.run.writer.evidence_errors)
        verdict, reasons = judge(
            self.channels,
            spider.portal.expect,
            finish_reason=reason,
            requests=requests + failed,
            failed=failed,
            blocked=blocked,
            earlier=earlier,
            full=full,
            unproven=self.run.writer.evidence_errors,
        )
        if reason == "finished" and not (spider.arguments.url or spider.arguments.search):
            self._memory().complete_walks(spider)
        self.run.verdict, self.run.message = verdict, "; ".join(reasons)
        report = self._report(spider, reason, verdict, reasons, stats)
        report["notes"] = find_notes(self.channels, earlier) if full else []
        for note in report["notes"]:
            logger.warning("%s", note)
        self._save(report, full)
        level = logging.INFO if verdict is Verdict.OK else logging.ERROR
        done = f"{report['articles']} articles, {report['observations']} observations in {report['seconds']} s"
        logger.log(level, "verdict %s%s (%s)", verdict.value, f": {self.run.message}" if reasons else "", done)

    def _report(
        self, spider: PortalSpider, reason: str, verdict: Verdict, reasons: list[str], stats: Mapping[str, Any]
    ) -> dict[str, Any]:
        now = datetime.now(UTC)
        writer = self.run.writer
        return {
            "run": self.run.name,
            "portal": spider.name,
            "verdict": verdict.value,
            "exit_code": verdict.exit_code,
            "reasons": reasons,
            "finish_reason": reason,
            "started": f"{self.run.started:%Y-%m-%dT%H:%M:%SZ}",
            "finished": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "seconds": round((now - self.run.started).total_seconds(), 1),
            "replay": self.crawler.settings.get("REPLAY") or None,
            "arguments": _arguments(spider),
            "articles": writer.articles_written,
            "observations": writer.observations_written,
            "evidence_errors": writer.evidence_errors,
            "layouts": dict(sorted(self.layouts.items())),
            "warnings": dict(sorted(self.warnings.items())),
            "channels": {name: _channel_report(c) for name, c in sorted(self.channels.items())},
            "recovered": self.run.recovered,
            "versions": {
                "resumption": __version__,
                "schema": SCHEMA_VERSION,
                "scrapy": version("scrapy"),
                "python": platform.python_version(),
            },
            "stats": {k: v for k, v in sorted(stats.items()) if isinstance(v, int | float | str)},
        }

    def _save(self, report: dict[str, Any], full: bool) -> None:
        text = json.dumps(report, ensure_ascii=False, indent=1)
        try:
            if self._repeats(report):
                # The same command twice adds no row to any table; the record of the run that wrote the lines stays.
                self.run.folder.rmdir()
                return
            path = self.run.folder / "run.json"
            temporary = path.with_name(".run.json.part")
            temporary.write_text(text + "\n", encoding="utf-8")
            temporary.replace(path)
        except OSError as error:
            logger.error("cannot write %s: %s", self.run.folder, error.strerror or error)
        if not full or report["verdict"] not in ("ok", "degraded"):
            return  # a part of a portal, or a run that was cut short, says nothing about what is usual
        summary: dict[str, object] = {"channels": {name: c.links for name, c in self.channels.items()}}
        try:
            self.run.ledger.add_run(self.run.name, self.run.portal.name, report["verdict"], report["started"], summary)
        except sqlite3.Error as error:
            logger.error("cannot note the run in the ledger: %s", error)

    def _repeats(self, report: Mapping[str, Any]) -> bool:
        """True for a replay that wrote nothing and ended as an earlier one of the same archive and arguments did."""
        if self.run.replay is None or report["articles"]:
            return False
        same = ("portal", "replay", "arguments", "verdict", "versions")
        for path in sorted(self.run.folder.parent.glob(f"{self.run.portal.name}-*/run.json")):
            try:
                earlier = read_run(path)
            except RunError:
                continue
            if all(earlier.get(key) == report[key] for key in same):
                return True
        return False

    def _gather_channels(self, spider: PortalSpider, stats: Mapping[str, Any]) -> None:
        """Bring what spider and middlewares counted in the stats into the counts per channel."""
        if not (spider.arguments.url or spider.arguments.search):
            for channel in spider.arguments.channels:
                self.channels.setdefault(channel.name, ChannelCounts())
        for key, value in stats.items():
            parts = key.split("/")
            if key.startswith("resumption/channel/") and len(parts) == 4:
                counts = self.channels.setdefault(parts[2], ChannelCounts())
                setattr(counts, parts[3], getattr(counts, parts[3]) + int(value))
            elif key.startswith("resumption/skipped/") and len(parts) == 4:
                counts = self.channels.setdefault(parts[2], ChannelCounts())
                counts.skipped[parts[3]] = counts.skipped.get(parts[3], 0) + int(value)

    def _earlier_links(self) -> list[dict[str, int]]:
        runs = self.run.ledger.last_runs(self.run.portal.name, 7)
        return [r["channels"] for r in runs if isinstance(r.get("channels"), dict)]  # type: ignore[misc]

    def _count_article(self, counts: ChannelCounts, item: Article) -> None:
        layout = item.layout or "?"
        for layouts in (self.layouts, counts.layouts):
            layouts[layout] = layouts.get(layout, 0) + 1
        for warning in item.warnings:
            kind = warning.partition(":")[0]
            self.warnings[kind] = self.warnings.get(kind, 0) + 1
        counts.general += item.layout.startswith("general")
        counts.published += bool(item.published_at)
        counts.text_chars.append(len(item.text))
        if (item.relevance or 0) >= 0.5 and _DIGIT.search(item.text):
            counts.relevant += 1
            counts.relevant_without += not item.observations

    def _channel(self, meta: Mapping[str, Any]) -> ChannelCounts:
        return self.channels.setdefault(meta.get("channel") or "other", ChannelCounts())

    def _memory(self) -> IncrementalMiddleware:
        memory = getattr(self.crawler.spider, "memory", None)
        assert isinstance(memory, IncrementalMiddleware), "IncrementalMiddleware is not in SPIDER_MIDDLEWARES"
        return memory

    @staticmethod
    def _meta(response: Response | None) -> dict[str, Any]:
        assert response is not None, "every item comes from a response"
        return response.meta

    def _stats(self) -> Mapping[str, Any]:
        return self.crawler.stats.get_stats() if self.crawler.stats else {}

    def _inc(self, what: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"resumption/{what}")

    def _check_progress(self) -> None:
        if (datetime.now(UTC) - self._progress).total_seconds() > self.stall_seconds:
            self._stop("no_progress")

    def _stop(self, reason: str) -> None:
        from scrapy.utils.defer import deferred_from_coro

        engine = self.crawler.engine
        if engine and engine.spider:
            deferred_from_coro(engine.close_spider_async(reason=reason))


def _arguments(spider: PortalSpider) -> dict[str, Any]:
    a = spider.arguments
    return {
        "channel": ",".join(c.name for c in a.channels),
        "since": a.since.isoformat() if a.since else None,
        "until": a.until.isoformat() if a.until else None,
        "max_pages": a.max_pages,
        "url": a.url or None,
        "search": a.search or None,
    }


def _channel_report(counts: ChannelCounts) -> dict[str, Any]:
    report = asdict(counts)
    chars = report.pop("text_chars")
    return report | {"text_chars_median": median(chars) if chars else None}


def read_run(path: Path) -> dict[str, Any]:
    """The report of a run (`runs/NAME/run.json`). Raises RunError."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise RunError(f"cannot read {path}: {error}", Verdict.FAILED) from None
