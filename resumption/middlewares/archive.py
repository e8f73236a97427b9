"""Responses into the archive and out of it: `HTTPCACHE_STORAGE`, its policy and its middleware.

Live, every response is stored and only two kinds of request look into the archive first: article pages that were stored
but not committed (the process was killed), and articles that are looked at again, which become conditional requests.
In a replay (`-s REPLAY=...`) every answer comes from the archive and nothing else is ever asked.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings

from resumption.archive import Place, address_key, beijing_time, read_stored
from resumption.run import Run, open_run

logger = logging.getLogger(__name__)
COMMIT_EVERY = 50
_PHRASES = {int(status): status.phrase for status in HTTPStatus}


class NotInArchiveError(IgnoreRequest):
    """An address that a replay asked for and the archive does not hold."""


class ArchiveStorage:
    """The archive of a run as Scrapy's cache storage."""

    def __init__(self, settings: BaseSettings) -> None:
        self._settings = settings
        self._limit = settings.getint("DOWNLOAD_MAXSIZE")
        self._uncommitted = 0
        self._run: Run | None = None

    def open_spider(self, spider: Spider) -> None:
        """Called by the middleware when the spider opens."""
        self._run = open_run(self._settings, spider.name)

    def close_spider(self, spider: Spider) -> None:
        """The run closes its files itself, after the last part is written."""

    def retrieve_response(self, spider: Spider, request: Request) -> Response | None:
        """The stored response that may answer a request, None if there is none."""
        places = self._places(request)
        if not places:
            return None
        place = self._choose(request, places)
        stored = read_stored(place, self._limit)
        request.meta["archived"] = {"ref": place.ref, "fetched_at": stored.fetched_at}
        headers = Headers(stored.headers)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=stored.body[:5000])
        return kind(url=request.url, status=stored.status, headers=headers, body=stored.body)

    def store_response(self, spider: Spider, request: Request, response: Response) -> None:
        """Write a response to the WARC file of this process."""
        run = self._run
        if run is None or run.warc is None or run.index is None:
            return
        rendered = bool(request.meta.get("playwright"))
        date = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        headers = [(k.decode("latin-1"), v.decode("latin-1")) for k, vs in response.headers.items() for v in vs]
        reason = _PHRASES.get(response.status, "")
        place = run.warc.write(
            address_key(request.url), response.status, reason, headers, response.body, date=date, rendered=rendered
        )
        run.index.add(address_key(request.url), rendered, place)
        self._uncommitted += 1
        if self._uncommitted >= COMMIT_EVERY:
            run.index.commit()
            self._uncommitted = 0
        request.meta["archived"] = {"ref": place.ref, "fetched_at": beijing_time(date)}

    def _places(self, request: Request) -> list[Place]:
        run = self._run
        rendered = bool(request.meta.get("playwright"))
        if run is None:
            return []
        if run.replay is not None:
            places = run.replay.find(address_key(request.url), rendered)
            after = request.meta.get("after", "")
            return [p for p in places if not after or beijing_time(p.date) > after]
        if run.index is None or not (request.meta.get("stored_will_do") or request.meta.get("again")):
            return []
        return run.index.find(address_key(request.url), rendered)

    def _choose(self, request: Request, places: list[Place]) -> Place:
        """Oldest version of an article first in a replay, so that versions are linked; else the newest record."""
        in_order = self._run is not None and self._run.replay is not None and request.meta.get("kind") == "article"
        return places[0] if in_order else places[-1]


class ArchivePolicy:
    """What is stored and what of it may be used."""

    def __init__(self, settings: BaseSettings) -> None:
        self._replay = bool(settings.get("REPLAY"))

    def should_cache_request(self, request: Request) -> bool:
        """Everything over http(s)."""
        return request.url.startswith(("http://", "https://"))

    def should_cache_response(self, response: Response, request: Request) -> bool:
        """Everything, refusals and errors too; only successful pages are ever used from the archive."""
        return True

    def is_cached_response_fresh(self, cachedresponse: Response, request: Request) -> bool:
        """In a replay always; live for an article page that no run has committed yet. Else ask, conditionally."""
        if self._replay or request.meta.get("stored_will_do"):
            return True
        for header, condition in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")):
            if header in cachedresponse.headers:
                request.headers[condition] = cachedresponse.headers[header]
        return False

    def is_cached_response_valid(self, cachedresponse: Response, response: Response, request: Request) -> bool:
        """304: the stored page is still the page."""
        return response.status == HTTPStatus.NOT_MODIFIED


class ArchiveMiddleware(HttpCacheMiddleware):
    """Scrapy's cache middleware; in a replay a missing address is an error, never a request."""

    _failed = False

    def process_request(self, request: Request, spider: Spider | None = None) -> Request | Response | None:
        """Answer from the archive where the policy allows."""
        replay = self.crawler.settings.get("REPLAY")
        request.meta.pop("_dont_cache", None)
        if not request.url.startswith(("http://", "https://")):
            raise IgnoreRequest(f"refused: only http and https addresses are fetched, not {request.url[:100]}")
        response = super().process_request(request)
        if replay and response is None:
            return self._missing(request)
        return response

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Store a response; an archive that cannot be written ends the run."""
        try:
            return super().process_response(request, response)
        except (OSError, sqlite3.Error) as error:
            engine = self.crawler.engine
            if not self._failed and engine and engine.spider:
                self._failed = True
                reason = f"archive_error: cannot write the archive: {getattr(error, 'strerror', None) or error}"
                logger.error("%s", reason)
                self._ending = asyncio.ensure_future(engine.close_spider_async(reason=reason))
            raise IgnoreRequest("the archive cannot be written") from None

    def process_exception(self, request: Request, exception: Exception, spider: Spider | None = None) -> None:
        """A failed request is a failure, also when an old response is stored."""
        request.meta.pop("cached_response", None)

    def _missing(self, request: Request) -> Response:
        if request.meta.get("guessed"):
            return Response(request.url, status=404)
        if "kind" not in request.meta:  # robots.txt: none means that all is allowed
            raise NotInArchiveError(f"not in the archive: {request.url}")
        self._count(request)
        logger.error("not in the archive: %s", request.url)
        raise NotInArchiveError(f"not in the archive: {request.url}")

    def _count(self, request: Request) -> None:
        first = request.meta.get("page") == 1
        self.stats.inc_value("resumption/archive/missing_start" if first else "resumption/archive/missing")


def later_versions(run: Run, meta: dict[str, Any], url: str) -> bool:
    """True if a replay holds a record of the page that is newer than the one that was read."""
    if run.replay is None or "archived" not in meta:
        return False
    read = meta["archived"]["fetched_at"]
    places = run.replay.find(address_key(url), bool(meta.get("playwright")))
    return any(beijing_time(p.date) > read for p in places)
