"""All article links behind one list, as a crawler would follow them, without a crawler."""

from __future__ import annotations

from collections.abc import Iterator

from parsel import Selector

from resumption.discovery import Link, find_links, find_next_list, read_feed
from resumption.portals import Portal
from tests.site.lists import feed_urls
from tests.site.server import Lookup


def list_links(url: str, kind: str, portal: Portal, lookup: Lookup, rendered: Lookup | None = None) -> Iterator[Link]:
    """Links of a list (`kind` as `pages.kinds` says) and its further pages; `rendered` looks up pages of a browser."""
    if kind == "feed":
        for n in range(1, 100):
            page = lookup(feed_urls(url, n)[-1])
            if page is None or page.status != 200:
                return
            yield from read_feed(page.body, page.url, portal, dict(page.headers)["Content-Type"]).links
    elif kind == "render":
        page = rendered(url) if rendered else None
        if page is not None:
            yield from find_links(Selector(text=page.body.decode()), url, portal).links
    else:
        while url and (page := lookup(url)) is not None:
            selector = Selector(text=page.body.decode())
            yield from find_links(selector, url, portal).links
            url, _ = find_next_list(selector, url, portal)
