"""A resolver for tests: names of the portals lead to this machine, as a poisoned or rebinding DNS would have it."""

from typing import Any

from scrapy.resolver import dnscache

from resumption.middlewares.guard import GuardedResolver


class ToLoopback(GuardedResolver):
    """The guarded resolver over a DNS that answers 127.0.0.1 for a portal's host."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        for host in ("weihai.iqilu.com", "news.iqilu.com"):
            dnscache[host] = "127.0.0.1"
