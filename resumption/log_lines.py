"""Log lines: one per event, with run, channel and doc_id; as text or, with `-s LOG_JSON=1`, as JSON.

No line holds the text of a page. A control character in an address, a title or a traceback cannot begin a line of its
own or move a terminal's cursor, and a password in an address is not shown.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from itemadapter import ItemAdapter, is_item
from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

EVENT = ("event", "channel", "doc_id", "url", "reason")
"""Fields of an event in JSON, beside time, level, logger, run and message."""
LONGEST = 20_000
"""Characters of a line; a traceback is cut in its middle."""

# C0 and C1, line and paragraph separators, and the marks that turn the direction of writing.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t", "\x1b": r"\x1b"}
_PASSWORD = re.compile(r"(?<=://)[^/@\s:]*:[^/@\s]*(?=@)")


def visible(text: str) -> str:
    r"""The text on one line: control characters as escapes, passwords of addresses as ***.

    >>> visible("复工\n2020-02-22 [x] INFO: \x1b[2J postgresql://me:secret@host/db")
    '复工\\n2020-02-22 [x] INFO: \\x1b[2J postgresql://***@host/db'
    """
    return _CONTROL.sub(lambda m: _ESCAPES.get(m[0]) or _escape(m), discreet(text))


def discreet(text: str) -> str:
    """The text without passwords, and without its middle if it is very long."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} ... {text[-LONGEST // 2 :]}"
    return _PASSWORD.sub("***", text)


def json_line(row: dict[str, str]) -> str:
    r"""A row as JSON on one line, whatever reads lines.

    >>> json_line({"message": "复工\n\u2028\x85"})
    '{"message": "复工\\n\\u2028\\u0085"}'
    """
    return _CONTROL.sub(_escape, json.dumps(row, ensure_ascii=False))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


class ShortLines(LogFormatter):
    """Scrapy's lines with channel, doc_id and address in the place of the item."""

    def scraped(
        self, item: Any, response: Response | Failure | None, spider: Spider | None = None
    ) -> LogFormatterResult:
        """An article was read."""
        return _event(logging.DEBUG, "read", item, response)

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider | None = None
    ) -> LogFormatterResult:
        """An article gets no line."""
        return _event(logging.DEBUG, "dropped", getattr(exception, "article", None) or item, response, str(exception))

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider | None = None
    ) -> LogFormatterResult:
        """A pipeline raised; Scrapy adds the traceback."""
        return _event(logging.ERROR, "error", item, response, type(exception).__name__)


def _event(
    level: int, event: str, item: Any, response: Response | Failure | None, reason: str = ""
) -> LogFormatterResult:
    meta = response.meta if isinstance(response, Response) and response.request else {}
    # A portal's own spider may yield a dict or another kind of item: the line names it all the same.
    fields = ItemAdapter(item) if is_item(item) else {}
    values = {
        "event": event,
        "channel": str(meta.get("channel") or fields.get("channel") or "-"),
        "doc_id": fields.get("doc_id") or "-",
        "url": str(fields.get("url") or type(item).__name__),
        "reason": reason,
    }
    message = "%(event)s channel=%(channel)s doc_id=%(doc_id)s %(url)s" + (": %(reason)s" if reason else "")
    return {"level": level, "msg": message, "args": values}


class LineFormatter(logging.Formatter):
    """A record as one line of text, or of JSON."""

    def __init__(self, run: str = "-", *, as_json: bool = False) -> None:
        super().__init__()
        self.run = run
        self.as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end. Times are UTC."""
        message = super().format(record)
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        if not self.as_json:
            return f"{moment} {record.levelname} [{record.name}] run={self.run} {visible(message)}"
        row = {"time": moment, "level": record.levelname, "logger": record.name, "run": self.run}
        if isinstance(record.args, dict):
            row |= {k: discreet(str(record.args[k])) for k in EVENT if record.args.get(k) not in (None, "", "-")}
        return json_line(row | {"message": discreet(message)})


def install(settings: BaseSettings) -> LineFormatter | None:
    """Make the log of a crawl write our lines; call it before Scrapy makes its own. None if there is no log.

    Scrapy makes its handler anew for each crawler and knows no setting for its formatter, so it is told to write
    nothing and one of ours, to the same place with the same level, stands in for it.
    """
    name = settings.get("LOG_FILE")
    if not name and not settings.getbool("LOG_ENABLED"):
        return None
    handler: logging.Handler
    if name:
        mode = "a" if settings.getbool("LOG_FILE_APPEND") else "w"
        handler = logging.FileHandler(name, mode=mode, encoding=settings.get("LOG_ENCODING"))
    else:
        handler = logging.StreamHandler()
    formatter = LineFormatter(as_json=settings.getbool("LOG_JSON"))
    handler.setLevel(settings.get("LOG_LEVEL"))
    handler.setFormatter(formatter)
    logging.root.addHandler(handler)
    # Two lines for every page that nobody will see need not be made. (Scrapy sets the level of `scrapy` again.)
    for name in ("scrapy.core.engine", "scrapy.core.scraper"):
        logging.getLogger(name).setLevel(settings.get("LOG_LEVEL"))
    settings.set("LOG_FILE", None, priority="cmdline")
    settings.set("LOG_ENABLED", False, priority="cmdline")
    return formatter
