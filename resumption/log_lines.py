"""Log lines that say which article, not its whole text."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


class ShortLines(LogFormatter):
    """Scrapy's lines with the address in the place of the item."""

    def scraped(
        self, item: Any, response: Response | Failure | None, spider: Spider | None = None
    ) -> LogFormatterResult:
        """An article was read."""
        return _line(logging.DEBUG, "read %s", _name(item))

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider | None = None
    ) -> LogFormatterResult:
        """An article gets no line."""
        return _line(logging.DEBUG, "dropped %s: %s", _name(item), exception)

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider | None = None
    ) -> LogFormatterResult:
        """A pipeline raised; Scrapy adds the traceback."""
        return _line(logging.ERROR, "error in %s: %s", _name(item), type(exception).__name__)


def _name(item: Any) -> str:
    return str(getattr(item, "url", type(item).__name__))


def _line(level: int, message: str, *values: Any) -> LogFormatterResult:
    return {"level": level, "msg": message, "args": values}
