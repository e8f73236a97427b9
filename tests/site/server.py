"""A real local HTTP server that answers for all hosts of the portals, as a proxy would see them.

    with Site() as site:
        run("scrapy", "crawl", "qilu", env={"http_proxy": site.proxy, "https_proxy": site.proxy})

It takes plain requests (told apart by `Host`), proxy requests (`GET http://host/path`) and `CONNECT host:443`, behind
which it speaks TLS with a certificate of its own (`site.certificate`). An address that is not served is a 404 that is
counted in `site.missing`. What a portal does to a crawler is set on `site.trouble` at any time.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase, BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from tests.site.certificate import write_certificate
from tests.site.pages import CAPTCHA, all_pages
from tests.site.render import Page, redesigned

ARTICLE = re.compile(r"/\d{5,}\.shtml|/[A-Z0-9]{16}(?:_\w+)?\.html")
DROPPED = {"callback", "_"}
"""Query parameters that change nothing: the JSONP callback and the cache breaker."""


@dataclass
class Trouble:
    """What the portal does to whoever asks; everything is off at first. Counts are of article and list requests."""

    latency: float = 0.0
    """Seconds before every answer."""
    forbid_after: int | None = None
    """403 for every request after so many."""
    throttle_every: int | None = None
    """429 with Retry-After for every n-th request (the same address is answered the next time)."""
    retry_after: int = 1
    captcha_after: int | None = None
    """A captcha page with status 200 for every request after so many."""
    error_every: int | None = None
    """503 for every n-th request (the same address is answered the next time)."""
    cut_every: int | None = None
    """Every n-th answer breaks off in the middle of its body (the same address is answered the next time)."""
    endless: set[str] = field(default_factory=set)
    """Addresses whose body never ends (up to 256 MiB)."""
    stalled: set[str] = field(default_factory=set)
    """Addresses that send half a body and then nothing until the site stops."""
    bombs: set[str] = field(default_factory=set)
    """Addresses that answer 200 MiB of blanks as a small gzip body."""
    redirects: dict[str, str] = field(default_factory=dict)
    """Address -> where it redirects to."""
    changed: dict[str, bytes] = field(default_factory=dict)
    """Address -> body that is served instead: edited articles."""
    robots: bytes | None = None
    """What every robots.txt says instead."""
    robots_status: int = 200
    redesign: bool = False
    """Article pages come with new class names."""
    gone: set[str] = field(default_factory=set)
    """Addresses that answer 404 now."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One request as the server saw it."""

    method: str
    url: str
    status: int
    headers: dict[str, str]


Lookup = Callable[[str], "Page | None"]


class Site:
    """The server; use it in a `with` block or call `start` and `stop`. `pages` is a list, or a function by address."""

    def __init__(self, pages: Iterable[Page] | Lookup | None = None, *, captures: str = "last", port: int = 0) -> None:
        self.trouble = Trouble()
        self.hits: list[Hit] = []
        self.missing: Counter[str] = Counter()
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._asked = 0
        self._skipped: set[str] = set()
        self._folder = TemporaryDirectory(prefix="site-")
        self.certificate, self._key = write_certificate(Path(self._folder.name))
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(self.certificate, self._key)
        self._pages = pages if callable(pages) else tuple(all_pages() if pages is None else pages)
        self.show(captures)
        self._server = _Server(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def proxy(self) -> str:
        """Value for `http_proxy` and `https_proxy`."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Site:
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop answering; open connections are closed."""
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._folder.cleanup()

    def __enter__(self) -> Site:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def asked(self, part: str = "") -> list[str]:
        """Addresses that were asked for, in order, robots.txt left out; only those that contain `part`."""
        with self._lock:
            return [h.url for h in self.hits if part in h.url and not h.url.endswith("/robots.txt")]

    def forget(self) -> None:
        """Empty the log and start the counts of `trouble` again."""
        with self._lock:
            self.hits.clear()
            self.missing.clear()
            self._skipped.clear()
            self._asked = 0

    def show(self, captures: str) -> None:
        """Serve the `first` or the `last` capture of pages that were edited."""
        self._lookup: Lookup = self._pages if callable(self._pages) else serve(self._pages, captures)

    def edit(self, url: str, old: str, new: str) -> None:
        """Change words of a page from now on. Raises LookupError if the page or the words are not there."""
        page = self.find(url)
        if page is None or old.encode() not in page.body:
            raise LookupError(f"{url} does not hold {old!r}")
        self.trouble.changed[url] = page.body.replace(old.encode(), new.encode())

    def find(self, url: str) -> Page | None:
        """The page served at an address, as of now and without trouble."""
        page = self._lookup(url) or self._lookup(_bare(url))
        if page is None or url in self.trouble.gone:
            return None
        body = self.trouble.changed.get(url)
        if body is None and self.trouble.redesign and ARTICLE.search(url):
            body = redesigned(page.body)
        if body is None:
            return page
        headers = tuple((k, v) for k, v in page.headers if k not in ("ETag", "Last-Modified"))
        return Page(url=url, body=body, date=page.date, headers=(*headers, ("ETag", f'"{zlib.crc32(body):08x}"')))

    def number(self, url: str) -> int:
        """Count a request, not robots.txt; 0 for one that must be answered because it was refused before."""
        if url.endswith("/robots.txt"):
            return 0
        with self._lock:
            self._asked += 1
            if url in self._skipped:
                self._skipped.discard(url)
                return 0
            return self._asked

    def refuse_once(self, url: str) -> None:
        with self._lock:
            self._skipped.add(url)

    def log(self, method: str, url: str, status: int, headers: dict[str, str]) -> None:
        with self._lock:
            self.hits.append(Hit(method, url, status, headers))
            if status == 404:
                self.missing[url] += 1


def serve(pages: Iterable[Page], captures: str = "last") -> Lookup:
    """Lookup by address: the last capture of each (or the first); rendered captures are what a browser makes itself."""
    found: dict[str, Page] = {}
    for page in pages:
        if page.rendered or (captures == "first" and page.url in found):
            continue
        found[page.url] = page
    return found.get


def _bare(url: str) -> str:
    """The address without the parameters that change nothing."""
    head, _, query = url.partition("?")
    rest = "&".join(p for p in query.split("&") if p and p.partition("=")[0] not in DROPPED)
    return f"{head}?{rest}" if rest else head


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        self.site = site
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error of the site."""


class _Writer(BufferedIOBase):
    """Writes to a TLS socket, as socketserver does to a plain one."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:
        self._connection.sendall(data)
        return len(data)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server
    tunnel = ""

    def do_CONNECT(self) -> None:
        """Speak TLS behind the tunnel, for whatever host was asked."""
        self.send_response_only(200, "Connection established")
        self.end_headers()
        self.close_connection = True
        super().finish()
        try:
            self.connection = self.server.site.tls.wrap_socket(self.connection, server_side=True)
        except (ssl.SSLError, OSError):
            # a client that does not trust the certificate goes away
            self.rfile, self.wfile = BytesIO(), BytesIO()
            return
        self.tunnel = self.path.rpartition(":")[0]
        self.close_connection = False
        self.rfile = self.connection.makefile("rb", self.rbufsize)
        self.wfile = _Writer(self.connection)

    def finish(self) -> None:
        """Close the inside of a tunnel too."""
        super().finish()
        if self.tunnel:
            self.connection.close()

    def do_GET(self) -> None:
        site, url = self.server.site, self._url()
        trouble, number = site.trouble, site.number(url)
        if trouble.latency:
            time.sleep(trouble.latency)
        if refusal := self._refusal(trouble, number, url):
            status, headers, body = refusal
            return self._answer(url, status, headers, body)
        if url in trouble.redirects:
            return self._answer(url, 302, (("Location", trouble.redirects[url]),), b"")
        if url.endswith("/robots.txt") and (trouble.robots is not None or trouble.robots_status != 200):
            return self._answer(url, trouble.robots_status, (("Content-Type", "text/plain"),), trouble.robots or b"")
        if url in trouble.stalled:
            return self._stall(url)
        if url in trouble.endless:
            return self._endless(url)
        if url in trouble.bombs:
            return self._answer(url, 200, (("Content-Type", "text/html"), ("Content-Encoding", "gzip")), bomb())
        page = site.find(url)
        if page is None:
            return self._answer(url, 404, (("Content-Type", "text/html"),), b"<h1>404 Not Found</h1>")
        kept = dict(page.headers)
        if page.status == 200 and self._unchanged(kept):
            return self._answer(url, 304, tuple((k, v) for k, v in page.headers if k in ("ETag", "Last-Modified")), b"")
        headers = tuple((k, v) for k, v in page.headers if k != "Date")
        cut = bool(trouble.cut_every and number and number % trouble.cut_every == 0)
        return self._answer(url, page.status, headers, page.body, cut=cut)

    do_HEAD = do_GET

    def _url(self) -> str:
        """The address asked for: absolute as to a proxy, or made of Host and path."""
        if self.path.startswith("http://") or self.path.startswith("https://"):
            parts = urlsplit(self.path)
            return self.path if parts.path else self.path + "/"
        scheme = "https" if self.tunnel else "http"
        return f"{scheme}://{(self.headers.get('Host') or self.tunnel).partition(':')[0]}{self.path}"

    def _refusal(
        self, trouble: Trouble, number: int, url: str
    ) -> tuple[int, tuple[tuple[str, str], ...], bytes] | None:
        html = (("Content-Type", "text/html; charset=utf-8"),)
        if trouble.forbid_after is not None and number > trouble.forbid_after:
            return 403, html, b"<h1>403 Forbidden</h1>"
        if trouble.captcha_after is not None and number > trouble.captcha_after:
            return 200, html, CAPTCHA.encode()
        if trouble.throttle_every and number and number % trouble.throttle_every == 0:
            self.server.site.refuse_once(url)
            return 429, (*html, ("Retry-After", str(trouble.retry_after))), b"<h1>429 Too Many Requests</h1>"
        if trouble.error_every and number and number % trouble.error_every == 0:
            self.server.site.refuse_once(url)
            return 503, html, b"<h1>503 Service Unavailable</h1>"
        return None

    def _unchanged(self, headers: dict[str, str]) -> bool:
        etag, changed = headers.get("ETag"), headers.get("Last-Modified")
        if asked := self.headers.get("If-None-Match"):
            return etag is not None and asked == etag
        return changed is not None and self.headers.get("If-Modified-Since") == changed

    def _answer(
        self, url: str, status: int, headers: tuple[tuple[str, str], ...], body: bytes, *, cut: bool = False
    ) -> None:
        self.server.site.log(self.command, url, status, dict(self.headers.items()))
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if cut:
            self.server.site.refuse_once(url)
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
        else:
            self.wfile.write(body)

    def _stall(self, url: str) -> None:
        site, page = self.server.site, self.server.site.find(url)
        body = page.body if page else b"<html>"
        site.log(self.command, url, 200, dict(self.headers.items()))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.close_connection = True
        self.wfile.write(body[: len(body) // 2])
        site.stopping.wait()

    def _endless(self, url: str) -> None:
        self.server.site.log(self.command, url, 200, dict(self.headers.items()))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.close_connection = True
        for _ in range(4096):
            self.wfile.write(b"<p>" + b"x" * 65533)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error: the requests are in `site.hits`."""


def bomb(size: int = 200 * 2**20) -> bytes:
    """A gzip body of `size` blanks."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * 2**20
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()
