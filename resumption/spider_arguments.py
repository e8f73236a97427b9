"""Arguments of `scrapy crawl NAME -a ...`: checked before anything else, each mistake is one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from resumption.discovery import article_address
from resumption.portals import Channel, Portal

ARGUMENTS = ("channel", "since", "until", "max_pages", "url", "search")
MAX_PAGES = 1000


class ArgumentError(ValueError):
    """A spider argument that cannot be used; the message names the valid ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """Arguments of `scrapy crawl NAME -a ...`, checked. No argument ever becomes a part of a file name."""

    channels: tuple[Channel, ...]
    since: date | None = None
    until: date | None = None
    max_pages: int = 50
    url: str = ""
    search: str = ""


def parse_arguments(portal: Portal, values: dict[str, str]) -> Arguments:
    """Check the arguments of a spider. Raises ArgumentError with one sentence."""
    values = {name: value for name, value in values.items() if not name.startswith("_")}
    for name in values:
        if name not in ARGUMENTS:
            raise ArgumentError(f"no argument {name!r}; there are: {', '.join(ARGUMENTS)}")
    since, until = (_day(name, values.get(name)) for name in ("since", "until"))
    if since and until and until < since:
        raise ArgumentError(f"until={until} is before since={since}")
    pages = values.get("max_pages", "50")
    if not (pages.isascii() and pages.isdecimal() and 1 <= int(pages[:9]) <= MAX_PAGES):
        raise ArgumentError(f"max_pages={pages!r:.40} must be a whole number from 1 to {MAX_PAGES}")
    url, search = values.get("url", ""), values.get("search", "").strip()
    if "url" in values and article_address(url, portal) is None:
        raise ArgumentError(f"url={url!r:.200} is no article address of {portal.title} ({', '.join(portal.hosts)})")
    if "search" in values and not portal.search:
        raise ArgumentError(f"{portal.name} has no search")
    if "search" in values and not (0 < len(search) <= 50 and search.isprintable()):
        raise ArgumentError("search must be 1 to 50 printable characters, e.g. search=复工")
    return Arguments(
        channels=_channels(portal, values.get("channel")),
        since=since,
        until=until,
        max_pages=int(pages),
        url=url,
        search=search,
    )


def _channels(portal: Portal, value: str | None) -> tuple[Channel, ...]:
    if value is None:
        return tuple(c for c in portal.channels if not c.retired)
    known = {c.name: c for c in portal.channels}
    names = [name.strip() for name in value.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise ArgumentError(f"no channel {name!r:.40} in {portal.name}; there are: {', '.join(known)}")
    if not names:
        raise ArgumentError(f"channel is empty; there are: {', '.join(known)}")
    return tuple(known[name] for name in dict.fromkeys(names))


def _day(name: str, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        if len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise ArgumentError(f"{name}={value!r:.40} is no day, write YYYY-MM-DD") from None
