"""Refusals are recognised, waited out and never stored as articles.

429 and 503 wait as long as `Retry-After` says (no more than MAX_WAIT), the whole host with them; 403 and captcha pages
with status 200 count at once. A host that refuses LIMIT times in a row ends the run with the verdict `blocked`.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

logger = logging.getLogger(__name__)
WAITING = (429, 503)
REFUSED = (401, 403, 418, 451)
MAX_WAIT = 60.0
DEFAULT_WAIT = 5.0
MAX_TRIES = 3
LIMIT = 5
CAPTCHA_BYTES = 60_000
"""A captcha page is small; a larger page with such words in it is something else."""
CAPTCHA_TEXT = 600
_CAPTCHA = re.compile(
    r"请输入验证码|输入图片中的字符|安全验证|滑动验证|拖动(?:下方)?滑块|人机验证|访问(?:过于|太)频繁|访问验证|异常访问|访问被拒绝"
    r"|您的(?:IP|ip|请求|访问).{0,12}(?:拦截|限制|禁止|异常)|请求存在(?:异常|威胁)|完成验证后|行为验证"
)
_CAPTCHA_CODE = re.compile(
    r"(?:id|class|name|src|action)\s*=\s*[\"'][^\"']{0,80}(?:captcha|geetest|verify[-_]?code)", re.I
)
_WORDS = ("验证", "图片中的字符", "滑块", "频繁", "被拒绝", "异常", "您的", "威胁")
_CODES = (b"captcha", b"geetest", b"verify")
_MARKS = {encoding: tuple(word.encode(encoding) for word in _WORDS) for encoding in ("utf-8", "gb18030")}
"""Each match of the two patterns holds one of these; most pages hold none and are not decoded."""
_COMMONEST = "的".encode()
_LINKS = re.compile(r"<a\b[^<>]*>.*?</a\s*>", re.I | re.S)
_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.I | re.S)


class BlockedError(IgnoreRequest):
    """A refusal by the server."""


def is_captcha(text: str) -> bool:
    """True for a page that asks whether we are human instead of showing what was asked for.

    >>> is_captcha("<title>安全验证</title><div id='captcha'>访问过于频繁，请输入验证码</div>")
    True
    >>> is_captcha("<p>" + "平台新增滑动验证，企业复工申报更安全。" * 60 + "</p>")
    False
    """
    if len(text) > CAPTCHA_BYTES or not (_CAPTCHA.search(text) or _CAPTCHA_CODE.search(text)):
        return False
    # Words in links are headlines of a list: 潍坊企业复工：请完成安全验证
    words = "".join(_TAGS.sub(" ", _LINKS.sub(" ", text)).split())
    return len(words) <= CAPTCHA_TEXT and bool(
        _CAPTCHA.search(words) or (len(words) < 200 and _CAPTCHA_CODE.search(text))
    )


def _may_be_captcha(body: bytes) -> bool:
    """Whether the bytes hold a word of the patterns, in UTF-8, or, where they are not known to be that, in GBK."""
    lower = body.lower()
    return (
        any(code in lower for code in _CODES)
        or any(mark in body for mark in _MARKS["utf-8"])
        or (_COMMONEST not in body and any(mark in body for mark in _MARKS["gb18030"]))
    )


def parse_retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait, from a `Retry-After` header in either form; None if it is neither.

    >>> parse_retry_after("120", datetime(2020, 2, 22, tzinfo=UTC))
    120.0
    >>> parse_retry_after("Sat, 22 Feb 2020 00:00:30 GMT", datetime(2020, 2, 22, tzinfo=UTC))
    30.0
    """
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


class UnknownCodingError(IgnoreRequest):
    """A body in a content coding that nobody asked for; Scrapy unpacks the others and takes their names away."""


class BlockedMiddleware:
    """Downloader middleware between retry and decompression: it sees bodies as text."""

    def __init__(self, crawler: Crawler, clock: Callable[[], float]) -> None:
        self.crawler = crawler
        self.clock = clock
        self.max_wait = crawler.settings.getfloat("RESUMPTION_MAX_WAIT", MAX_WAIT)
        self.default_wait = crawler.settings.getfloat("RESUMPTION_DEFAULT_WAIT", DEFAULT_WAIT)
        self._until: dict[str, float] = {}
        self._in_row: dict[str, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler, lambda: asyncio.get_running_loop().time())

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Hold requests to a host that asked us to wait."""
        host = urlsplit(request.url).netloc
        left = self._until.get(host, 0.0) - self.clock() if host in self._until else 0.0
        if left > 0:
            await asyncio.sleep(left)

    async def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Pass what was asked for; try again or refuse what is a refusal."""
        if "kind" in request.meta:
            self._inc("requests")
        reason = self._refusal(response)
        host = urlsplit(request.url).netloc
        if not reason:
            self._in_row.pop(host, None)
            if response.body and "Content-Encoding" in response.headers:
                raise UnknownCodingError(f"{request.url[:200]}: {response.headers['Content-Encoding']!r:.50}")
            return response
        if "kind" not in request.meta and response.status != 429:
            return response  # robots.txt: Scrapy reads a refusal as "no rules"
        self._inc("blocked")
        self._inc(f"blocked/{reason}")
        self._in_row[host] = self._in_row.get(host, 0) + 1
        tries = request.meta.get("blocked_tries", 1)
        if self._in_row[host] >= LIMIT:
            self._end(host, reason)
        elif response.status in WAITING and tries < MAX_TRIES and "cached" not in response.flags:
            wait = self._wait(response, tries)
            self._until[host] = self.clock() + wait
            logger.info("%s from %s: waiting %.1f s", reason, host, wait)
            request.meta["blocked_tries"] = tries + 1
            return request.replace(dont_filter=True)
        raise BlockedError(f"{request.url[:200]}: {reason}")

    def _refusal(self, response: Response) -> str:
        if response.status in WAITING or response.status in REFUSED:
            return str(response.status)
        small = response.status == 200 and isinstance(response, TextResponse) and len(response.body) <= CAPTCHA_BYTES
        return "captcha" if small and _may_be_captcha(response.body) and is_captcha(response.text) else ""

    def _wait(self, response: Response, tries: int) -> float:
        header = (response.headers.get("Retry-After") or b"").decode("latin-1")
        asked = parse_retry_after(header, datetime.now(UTC)) if header else None
        return min(self.max_wait, asked if asked is not None else self.default_wait * 2 ** (tries - 1))

    def _end(self, host: str, reason: str) -> None:
        engine = self.crawler.engine
        if engine and engine.spider:
            logger.error("%s refuses: %s, %d times in a row", host, reason, LIMIT)
            self._ending = asyncio.ensure_future(engine.close_spider_async(reason="blocked"))

    def _inc(self, what: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"resumption/{what}")
