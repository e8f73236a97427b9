"""Download handler that starts a browser only when a page asks for one (`meta["playwright"]`), else Scrapy's own.

Rendering costs twenty times a plain request, so only list pages that fill in by script ask for it (`render` in a seed).
The browser is the one that `RESUMPTION_CHROMIUM` names, a Chromium on the PATH, or playwright's own.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response

from resumption.middlewares.guard import Allowed, refusal
from resumption.page.urls import find_portal

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    # The browser calls home all the same; these names do not resolve for it.
    "--host-resolver-rules=MAP *.google.com ~NOTFOUND, MAP *.googleapis.com ~NOTFOUND, MAP *.gvt1.com ~NOTFOUND",
)
NOT_NEEDED = ("image", "media", "font")
RENDER_SECONDS = 55.0


def find_browser() -> str | None:
    """Path of a Chromium, None to let playwright use its own."""
    named = os.environ.get("RESUMPTION_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def launch_options(settings: Any) -> dict[str, Any]:
    """Options of the browser: found executable, no calls home, the proxy of the environment."""
    options: dict[str, Any] = {"args": list(ARGUMENTS), **settings.getdict("RESUMPTION_BROWSER_OPTIONS")}
    path = find_browser()
    if path:
        options["executable_path"] = path
    proxy = os.environ.get("http_proxy") or os.environ.get("HTTP_PROXY")
    if proxy and settings.getbool("HTTPPROXY_ENABLED"):
        options.setdefault("proxy", {"server": proxy})
    return options


class RenderHandler(HTTP11DownloadHandler):
    """Scrapy's handler, and behind it a browser that is started with the first page that needs one."""

    _browsers: ClassVar[WeakKeyDictionary[Crawler, Any]] = WeakKeyDictionary()

    async def download_request(self, request: Request) -> Response:
        """Download plainly, or render."""
        if not request.meta.get("playwright"):
            return await super().download_request(request)
        from playwright.async_api import Error as BrowserError

        handler = await self._browser()
        try:
            return await asyncio.wait_for(handler.download_request(request), RENDER_SECONDS)
        except (BrowserError, TimeoutError) as error:
            # Known to the retry middleware, so that browser errors are tried again.
            raise DownloadFailedError(f"browser: {str(error)[:200]}") from error

    async def _browser(self) -> Any:
        """The browser handler of this crawl, shared by http and https."""
        if self.crawler not in self._browsers:
            self._browsers[self.crawler] = asyncio.ensure_future(self._start())
        return await self._browsers[self.crawler]

    async def _start(self) -> Any:
        from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

        settings = self.crawler.settings.copy()
        allowed = Allowed.from_settings(settings)

        def unwanted(request: Any) -> bool:
            outside = find_portal(request.url) is None and not allowed.names
            return request.resource_type in NOT_NEEDED or outside or refusal(request.url, allowed) is not None

        handler = ScrapyPlaywrightDownloadHandler.from_crawler(self.crawler)
        handler.config.launch_options = launch_options(settings)
        handler.config.max_pages_per_context = 4
        handler.abort_request = unwanted
        await handler._maybe_launch_in_thread()
        if self.crawler.stats:
            self.crawler.stats.inc_value("resumption/render/browsers")
        return handler

    async def close(self) -> None:
        """Close the browser, if there is one."""
        starting = self._browsers.pop(self.crawler, None)
        if starting is not None:
            handler = await starting
            await handler.close()
        await super().close()
