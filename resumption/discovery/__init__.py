"""Discovery: from list pages, JSONP feeds and search answers to article addresses. No network, no clock."""

from resumption.discovery.addresses import Address, article_address, clean_url, portal_host
from resumption.discovery.listing import Link, find_links, find_next_list, read_feed, read_search

__all__ = [
    "Address",
    "Link",
    "article_address",
    "clean_url",
    "find_links",
    "find_next_list",
    "portal_host",
    "read_feed",
    "read_search",
]
