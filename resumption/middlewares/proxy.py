"""Scrapy's proxy middleware, with the answer for a host kept: the environment is not read again for every request."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware


class ProxyMiddleware(HttpProxyMiddleware):
    """`http_proxy`, `https_proxy` and `no_proxy` as they stood when a host was first asked."""

    def __init__(self, auth_encoding: str | None = "latin-1") -> None:
        super().__init__(auth_encoding)
        self._direct: dict[str, bool] = {}

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Name the proxy of a request in its `meta`, unless it names one itself or there is none."""
        if not self.proxies or "proxy" in request.meta:
            super().process_request(request)
            return
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        direct = self._direct.get(host)
        if direct is None:
            direct = self._direct[host] = bool(proxy_bypass(host))
        if parts.scheme in self.proxies and host and not direct:
            creds, proxy_url = self.proxies[parts.scheme]
            self._set_proxy_and_creds(request, proxy_url, creds, parts.scheme)
