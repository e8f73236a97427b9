"""No request leaves for a private place: loopback, private, link-local and metadata addresses, on every hop.

The middleware refuses what the address itself says (every spelling of an IP address, other schemes); it sees start
addresses, links, redirects and robots.txt alike, for all of them pass the downloader. The resolver refuses what a name
resolves to at the moment of connecting, so a name that changes its address gains nothing.
"""

from __future__ import annotations

import socket
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Self
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import BaseSettings
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred

SCHEMES = ("http", "https")
PRIVATE_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa", "intranet", "lan", "corp")
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
IPAddress = IPv4Address | IPv6Address


class RefusedAddressError(IgnoreRequest):
    """A request to a place that is not public."""


class Allowed:
    """What the setting `RESUMPTION_ALLOW_PRIVATE` names: hosts, addresses, networks."""

    def __init__(self, entries: Iterable[str]) -> None:
        self.names: set[str] = set()
        self.networks = []
        for entry in filter(None, (e.strip().lower() for e in entries)):
            try:
                self.networks.append(ip_network(entry, strict=False))
            except ValueError:
                self.names.add(entry)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Comma-separated or a list."""
        return cls(settings.getlist("RESUMPTION_ALLOW_PRIVATE"))

    def name(self, host: str) -> bool:
        """True if this host name is named."""
        return host in self.names

    def address(self, address: IPAddress) -> bool:
        """True if this address is named or lies in a named network."""
        return any(address in network for network in self.networks)


@lru_cache(maxsize=1024)
def parse_host_address(host: str) -> IPAddress | None:
    """The IP address that a host is a spelling of, None for a name.

    >>> [str(parse_host_address(h)) for h in ("2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "１２７。0。0。1")]
    ['127.0.0.1', '127.0.0.1', '127.0.0.1', '::1', '127.0.0.1']
    >>> parse_host_address("weihai.iqilu.com")
    """
    host = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".").strip("[]").rstrip(".").partition("%")[0]
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host)) if host and host[0].isdigit() else None
    except (OSError, UnicodeError):
        return None


def is_public(address: IPAddress) -> bool:
    """True if an address can be reached by everybody; looks through mapped, 6to4, Teredo and NAT64 addresses.

    >>> [is_public(ip_address(a)) for a in ("169.254.169.254", "100.64.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1")]
    [False, False, False, False]
    >>> is_public(ip_address("59.110.0.1"))
    True
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and (any(address in net for net in _NAT64) or int(address) >> 32 == 0):
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def refusal(url: str, allowed: Allowed) -> str | None:
    """Why an address may not be asked, None if it may (as far as the address itself says)."""
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return "not an address"
    if parts.scheme not in SCHEMES:
        return f"only {' and '.join(SCHEMES)} addresses are fetched"
    if not host:
        return "no host"
    if allowed.name(host):
        return None
    address = parse_host_address(host)
    if address is not None:
        return None if allowed.address(address) or is_public(address) else f"{address} is not public"
    if "." not in host or any(host == name or host.endswith("." + name) for name in PRIVATE_NAMES):
        return f"{host} is not a public name"
    return None


class GuardMiddleware:
    """Downloader middleware in front of all others."""

    def __init__(self, crawler: Crawler) -> None:
        self.allowed = Allowed.from_settings(crawler.settings)
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Raise RefusedAddressError for a request that must not leave."""
        reason = refusal(request.url, self.allowed)
        if reason:
            if self.stats:
                self.stats.inc_value("resumption/guard/refused")
            raise RefusedAddressError(f"refused {request.url[:200]!r}: {reason}")


class GuardedResolver(CachingThreadedResolver):
    """Resolver that gives no private address, unless the setting names the host or the address."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, allowed: Allowed | None = None) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.allowed = allowed or Allowed(())
        # A proxy is named by whoever runs the crawl; no page can name one.
        self.proxies = {urlsplit(proxy).hostname or "" for proxy in getproxies().values()}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Scrapy's constructor."""
        size = crawler.settings.getint("DNSCACHE_SIZE") if crawler.settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(reactor, size, crawler.settings.getfloat("DNS_TIMEOUT"), Allowed.from_settings(crawler.settings))

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        """Resolve, then look at what came out, also when it came from the cache."""
        found = super().getHostByName(name, timeout)
        found.addCallback(self._check, name)
        return found

    def _check(self, result: Any, name: str) -> Any:
        address = ip_address(str(result))
        if not (name in self.proxies or self.allowed.name(name) or self.allowed.address(address) or is_public(address)):
            raise RefusedAddressError(f"refused {name}: it resolves to {address}, which is not public")
        return result
