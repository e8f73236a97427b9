"""What an address says: which portal, which article, its canonical spelling, its channel."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import SplitResult, urlsplit, urlunsplit

from resumption.portals import Channel, Portal, load_portal, portal_names

# Parameters that say how a reader came, not what is shown.
_TRACKING = re.compile(
    r"(?:from|utm_\w+|spm|source|share\w*|wx\w*|isappinstalled|log_from|timestamp|_t|f|ref)(?:=|$)", re.IGNORECASE
)


@cache
def _hosts() -> tuple[tuple[str, str], ...]:
    return tuple((host, name) for name in portal_names() for host in load_portal(name).hosts)


@lru_cache(1024)
def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def find_portal(url: str) -> Portal | None:
    """The known portal that an address belongs to, or None."""
    host = _host(url)
    for domain, name in _hosts():
        if host == domain or host.endswith("." + domain):
            return load_portal(name)
    return None


def canonical(url: str, portal: Portal | None) -> tuple[str, str]:
    """One spelling of an address and the portal's own id in it (or "").

    >>> canonical("HTTP://www.example.com/a/b.html?from=x#top", None)
    ('https://www.example.com/a/b.html', '')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url, ""
    if portal is not None:
        for form in portal.article_urls:
            if match := re.search(form.pattern, url):
                named = {k: v or "" for k, v in match.groupdict().items()}
                address = form.canonical.format(**named) if form.canonical else _plain(parts)
                return address, named.get("doc_id", "")
    return _plain(parts) if parts.scheme in ("http", "https") else url, ""


def _plain(parts: SplitResult) -> str:
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part))
    return urlunsplit(("https", parts.netloc.lower(), parts.path, query, ""))


def find_channel(portal: Portal, url: str, doc_id: str, crumb: str = "") -> Channel | None:
    """The channel of an article: by host, else by the column in its id, else by the breadcrumb; None if none fits."""
    host = _host(url)
    for channel in portal.channels:
        if host in channel.hosts or (not channel.hosts and host and host == _host(channel.url)):
            return channel
    column = doc_id[8:]
    fitting = [(len(c), ch) for ch in portal.channels for c in ch.columns if column.startswith(c)] if column else []
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]
    if crumb:
        return next((ch for ch in portal.channels if ch.title and ch.title in crumb), None)
    return None
