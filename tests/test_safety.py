"""S1 to S6, T1, T2: what a hostile or broken site can do to a crawl."""

from __future__ import annotations

import itertools
import socketserver
import subprocess
import sys
import threading
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse, Request, Response
from scrapy.utils.test import get_crawler

from resumption.middlewares.blocked import is_captcha, parse_retry_after
from resumption.middlewares.guard import Allowed, is_public, parse_host_address, refusal
from resumption.portals import load_portal
from tests.crawling import FAST, ROOT, article_keys, command, crawl, environment, last_run, rows
from tests.site.big import BigSite
from tests.site.bombs import bombs, unreadable
from tests.site.pages import CAPTCHA
from tests.site.render import Page
from tests.site.server import Site
from tests.test_kill import FRONT, SECTION, WEIHAI, served

PRIVATE = [
    "127.0.0.1",
    "127.1",
    "127.255.255.254",
    "0.0.0.0",
    "0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "240.0.0.1",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::169.254.169.254]",
    "[2002:7f00:1::]",
    "[2002:a00:1::1]",
    "[fe80::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[::127.0.0.1]",
    "[ff02::1]",
    "１２７.0.0.1",
    "127。0。0。1",
    "%31%32%37.0.0.1",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "foo.localhost",
    "metadata.google.internal",
    "printer.local",
    "metadata",
    "intranet",
]


@pytest.mark.parametrize("host", PRIVATE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_s3_private_places_are_refused_in_every_spelling(host, scheme):
    assert refusal(f"{scheme}://{host}/latest/meta-data/", Allowed(()))
    assert refusal(f"{scheme}://user:pass@{host}:8080/", Allowed(()))


@pytest.mark.parametrize("url", [
    "http://weihai.iqilu.com/", "https://www.163.com/local/article/X.html", "http://59.110.0.1/", "http://1and1.com/",
    "http://[2400:3200::1]/", "http://10.iqilu.com/", "http://127.0.0.1.iqilu.com/",
])  # fmt: skip
def test_s3_public_places_are_not_refused(url):
    assert refusal(url, Allowed(())) is None


@pytest.mark.parametrize("url", [
    "file:///etc/hostname", "ftp://iqilu.com/a", "data:text/html,<p>复工", "javascript:alert(1)", "s3://bucket/key",
    "gopher://iqilu.com/", "http:///a", "http://", "http://[::1", "//weihai.iqilu.com/", "HTTP//weihai.iqilu.com",
])  # fmt: skip
def test_s4_only_http_and_https(url):
    assert refusal(url, Allowed(()))


@pytest.mark.parametrize(("named", "url", "ok"), [
    ("127.0.0.1", "http://127.0.0.1:8080/", True), ("127.0.0.1", "http://127.0.0.2/", False),
    ("10.0.0.0/8", "http://10.9.8.7/", True), ("10.0.0.0/8", "http://11.0.0.1/", True),
    ("10.0.0.0/8", "http://192.168.0.1/", False), ("mirror.local", "http://mirror.local/", True),
    ("mirror.local", "http://other.local/", False), ("", "http://localhost/", False),
])  # fmt: skip
def test_s3_a_setting_names_what_is_allowed(named, url, ok):
    assert (refusal(url, Allowed(named.split(","))) is None) is ok


@pytest.mark.parametrize("host", ["weihai.iqilu.com", "a1b2", "1.2.3.4.5", "0x", "", "10.iqilu.com", "٣.٣.٣.٣x"])
def test_names_are_no_addresses(host):
    assert parse_host_address(host) is None


@pytest.mark.parametrize("address", ["8.8.8.8", "59.110.0.1", "2400:3200::1", "::ffff:8.8.8.8", "2002:808:808::1"])
def test_public_addresses(address):
    assert is_public(ip_address(address))


LAUNCHER = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(process.pid, 0)
open(sys.argv[1], "w").write(f"{os.waitstatus_to_exitcode(status)} {usage.ru_maxrss}")
"""
"""Linux counts what the parent held at the fork as the child's peak, so a small process has to start the run."""


def measured(data: Path, site: Site, *arguments: str, **more: str) -> tuple[int, int, str]:
    """Exit code, peak memory in MiB, and what was said on standard error."""
    log, usage = data.with_suffix(".log"), data.with_suffix(".usage")
    with log.open("w") as out:
        subprocess.run(
            [sys.executable, "-c", LAUNCHER, str(usage), *command(*arguments, *FAST)],
            cwd=ROOT,
            env=environment(data, site, **more),
            stdout=out,
            stderr=out,
            check=True,
        )
    code, kibibytes = map(int, usage.read_text().split())
    return code, kibibytes // 1024, log.read_text(encoding="utf-8", errors="replace")


def test_s1_s2_s3_s4_a_hostile_site(tmp_path):
    """Bombs, endless bodies, redirects to private places, other schemes and in circles: the rest is still read."""
    big = BigSite(60)
    data = tmp_path / "data"
    with Site(served(big)) as site:
        bomb, endless, *redirected = big.urls[:12]
        inner = "http://weihai.iqilu.com/secret/2020/0222/4499999.shtml"
        targets = [
            f"http://127.0.0.1:{site.port}/secret", "http://[::ffff:127.0.0.1]/secret", "http://2130706433/secret",
            "http://169.254.169.254/latest/", "file:///etc/hostname", "ftp://127.0.0.1/secret", "http://localhost/secret",
            redirected[7], redirected[9], redirected[8],
        ]  # fmt: skip
        site.trouble.bombs = {bomb}
        site.trouble.endless = {endless}
        site.trouble.redirects = dict(zip(redirected, targets, strict=True))
        site.trouble.redirects["http://127.0.0.1/robots.txt"] = inner
        code, memory, log = measured(data, site, *WEIHAI)
    asked = site.asked()
    assert not [url for url in asked if "secret" in url or "169.254" in url or "localhost" in url]
    assert len(rows(data, "articles")) == 48, log[-3000:]
    assert max(article_keys(data).values()) == 1
    assert memory <= 256
    assert code == 3  # 12 of 63 requests failed
    assert last_run(data, "qilu")["stats"]["resumption/guard/refused"] >= 4
    assert len(asked) < 150


def test_s1_bombs_in_every_coding(tmp_path):
    """gzip, brotli, deflate, zstd and nested; a coding nobody asked for; bodies that are not what they say."""
    big = BigSite(20)
    packed = [*bombs().items(), *unreadable(big(big.urls[0]).body).items()]
    bodies = dict(zip(big.urls, packed, strict=False))

    def lookup(url: str) -> Page | None:
        if url not in bodies:
            return served(big)(url)
        coding, body = bodies[url]
        headers = (("Content-Type", "text/html"), ("Content-Encoding", coding))
        return Page(url=url, body=body, date="2020-03-01T00:00:00Z", headers=headers)

    data = tmp_path / "data"
    with Site(lookup) as site:
        code, memory, log = measured(data, site, *WEIHAI)
        asked_for = site.hits[-1].headers["Accept-Encoding"]
    assert code == 3, log[-3000:]
    assert memory <= 256
    assert set(asked_for.split(", ")) == {"gzip", "deflate", "br", "zstd"}
    assert {r["url"] for r in rows(data, "articles")} == set(big.urls) - set(bodies)
    skipped = last_run(data, "qilu")["channels"]["weihai"]["skipped"]
    assert sum(skipped.values()) == len(bodies)
    assert skipped["IgnoreRequest"] == 5  # larger than DOWNLOAD_MAXSIZE
    assert skipped["UnknownCodingError"] == 2


def test_s3_a_name_that_resolves_to_a_private_address(tmp_path):
    """The resolver is the last gate: without a proxy, the portal's own name leads to this machine."""
    resolver = ("-s", "TWISTED_DNS_RESOLVER=tests.resolvers.ToLoopback")
    url = ("-a", "url=http://weihai.iqilu.com/whyw/2020/0210/4400000.shtml")
    refused = crawl(tmp_path / "a", "qilu", *url, *resolver, *FAST, "-s", "RETRY_TIMES=0")
    assert refused.returncode != 0
    assert "refused weihai.iqilu.com: it resolves to 127.0.0.1, which is not public" in refused.stderr
    # Named by the setting, the same request does leave (and finds nobody there).
    named = crawl(
        tmp_path / "b", "qilu", *url, *resolver, *FAST, "-s", "RETRY_TIMES=0", RESUMPTION_ALLOW_PRIVATE="127.0.0.1"
    )
    assert "not public" not in named.stderr


@dataclass
class Drip:
    """A proxy that answers with a byte now and then, or with headers without end; `stopped` ends it."""

    stopped: threading.Event = field(default_factory=threading.Event)

    def serve(self) -> tuple[socketserver.ThreadingTCPServer, str]:
        stopped = self.stopped

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                path = self.rfile.readline()
                if b"robots.txt" in path:
                    self.wfile.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    return
                try:
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                    if b"4400001" not in path:
                        self.wfile.write(b"Content-Type: text/html\r\n\r\n")
                    for number in itertools.count():
                        self.wfile.write(b"X-%d: 1\r\n" % number if b"4400001" in path else b"x")
                        self.wfile.flush()
                        if stopped.wait(0.1):
                            return
                except OSError:
                    return

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server, f"http://127.0.0.1:{server.server_address[1]}"


@pytest.mark.parametrize("number", [4400000, 4400001], ids=["one byte at a time", "headers without end"])
def test_s2_a_wall_clock_limit_per_request(tmp_path, number):
    drip = Drip()
    server, proxy = drip.serve()
    try:
        url = f"url=http://weihai.iqilu.com/whyw/2020/0210/{number}.shtml"
        limits = ("-s", "DOWNLOAD_TIMEOUT=1", "-s", "RETRY_TIMES=1")
        done = crawl(tmp_path, "qilu", "-a", url, *limits, *FAST, timeout=30, http_proxy=proxy)
    finally:
        drip.stopped.set()
        server.shutdown()
        server.server_close()
    assert done.returncode != 0
    assert "DownloadTimeoutError" in done.stderr
    assert rows(tmp_path, "articles") == []


def test_s5_arguments_never_become_paths(tmp_path):
    """Every refused argument: one sentence, exit code 2, no file anywhere."""
    from resumption.spider_arguments import ARGUMENTS, ArgumentError, parse_arguments

    portal = load_portal("qilu")
    evil = [
        "../../x",
        "/etc/passwd",
        "a\x00b",
        "x" * 4096,
        "..／..／x",
        "%2e%2e%2f",
        "$(id)",
        "weihai/../x",
        "\n",
        "-1",
    ]
    for name, value in itertools.product((*ARGUMENTS, "name", "portal", "custom_settings"), evil):
        if name == "search" and value.isprintable() and len(value) <= 50:
            assert parse_arguments(portal, {name: value}).search == value  # words to look for, quoted in the address
            continue
        with pytest.raises(ArgumentError) as error:
            parse_arguments(portal, {name: value})
        assert len(str(error.value)) < 700
    done = crawl(tmp_path / "data", "qilu", "-a", "channel=../../../x")
    assert done.returncode == 2
    assert "no channel '../../../x' in qilu; there are: jinan" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_s5_a_search_is_quoted_and_goes_to_the_portal(tmp_path):
    spider = spider_of("qilu", search="../../x?a=b#c&d=复工")
    request = spider.search_request(1)
    assert request.url.startswith(
        "https://s.iqilu.com/api/search?q=..%2F..%2Fx%3Fa%3Db%23c%26d%3D%E5%A4%8D%E5%B7%A5&page=1"
    )


def spider_of(name: str, **arguments: str):
    from resumption.spiders.netease import NeteaseSpider
    from resumption.spiders.qilu import QiluSpider

    cls = {"qilu": QiluSpider, "netease": NeteaseSpider}[name]
    return cls.from_crawler(get_crawler(cls, {"EXTENSIONS": {"resumption.health.Health": None}}), **arguments)


LAUGHS = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 9))
ENTITIES = {
    "external entity": "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a href='/w/2020/0222/1.shtml'>&x;</a>",
    "billion laughs": f"<!DOCTYPE l [<!ENTITY a0 '{'x' * 1000}'>{LAUGHS}]><a href='/w/2020/0222/1.shtml'>&a8;</a>",
    "external DTD": '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><a href="/whyw/2020/0222/1.shtml">&x;</a>',
}


@pytest.mark.parametrize("body", ENTITIES.values(), ids=ENTITIES.keys())
def test_s6_entities_are_not_expanded(body):
    from resumption.discovery import find_links

    host = Path("/etc/hostname").read_text().strip()
    listing = find_links(HtmlResponse(FRONT, body=body.encode(), encoding="utf-8").selector, FRONT, load_portal("qilu"))
    assert all(len(link.title) < 2000 and host not in link.title for link in listing.links)


def endless_calendar(same: bool):
    """A list whose pages never end: with new articles on each (a calendar), or always the same."""

    def lookup(url: str) -> Page | None:
        number = int(url.rpartition("_")[2].partition(".")[0]) if "/list_" in url else 1
        if url not in (FRONT, SECTION) and "/list_" not in url:
            return BigSite(100_000)(url)
        first = 0 if same else number * 40
        links = "".join(f'<h3><a href="{BigSite(100_000).article(first + i).url}">复工{i}</a></h3>' for i in range(40))
        body = f'<div class="mod-list">{links}</div><a href="list_600_{number + 1}.shtml">下一页</a>'
        return Page(url=url, body=body.encode(), date="2020-03-01T00:00:00Z", headers=(("Content-Type", "text/html"),))

    return lookup


@pytest.mark.parametrize(("same", "pages"), [(False, 3), (True, 2)], ids=["calendar", "the same again and again"])
def test_t1_lists_without_end(tmp_path, same, pages):
    with Site(endless_calendar(same)) as site:
        done = crawl(tmp_path, *WEIHAI, "-a", "max_pages=3", "-s", "RETRY_TIMES=0", site=site)
        assert done.returncode == 0, done.stderr[-2000:]
        assert len([url for url in site.asked() if "/2020/" not in url]) == 2 * pages
    assert len(rows(tmp_path, "articles")) == (40 if same else 120)


def test_t1_a_page_of_a_million_links():
    """Only so many links of one page are followed, in time and memory that do not grow with the rest."""
    from resumption.discovery import find_links
    from resumption.discovery.listing import MAX_LINKS

    links = "".join(f'<a href="/whyw/2020/0222/{5_000_000 + i}.shtml">x</a>' for i in range(200_000))
    response = HtmlResponse(FRONT, body=f"<body>{links}</body>".encode(), encoding="utf-8")
    listing = find_links(response.selector, FRONT, load_portal("qilu"))
    assert len(listing.links) == MAX_LINKS
    assert listing.cut


@pytest.mark.parametrize("trouble", [{"forbid_after": 30}, {"captcha_after": 30}], ids=["403", "captcha with 200"])
def test_t2_a_site_that_refuses(tmp_path, trouble):
    """Blocked: exit code 5, what came before is kept, no refusal is an article, and the next run goes on."""
    big = BigSite(100)
    with Site(served(big)) as site:
        site.trouble = replace(site.trouble, **trouble)
        done = crawl(tmp_path, *WEIHAI, site=site)
        assert done.returncode == 5, done.stderr[-2000:]
        assert "blocked" in done.stderr
        before = len(rows(tmp_path, "articles"))
        assert 20 <= before <= 30
        assert not [r for r in rows(tmp_path, "articles") if "安全验证" in r["text"]]
        assert len(site.asked()) < 60
        site.trouble = replace(site.trouble, forbid_after=None, captcha_after=None)
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0
    assert len(rows(tmp_path, "articles")) == 100
    assert max(article_keys(tmp_path).values()) == 1


def test_t2_retry_after_is_obeyed(tmp_path):
    """429 now and then: waited for, asked again, nothing lost."""
    big = BigSite(30)
    with Site(served(big)) as site:
        site.trouble.throttle_every = 11
        site.trouble.retry_after = 2
        done = crawl(tmp_path, *WEIHAI, "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1", site=site)
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(rows(tmp_path, "articles")) == 30
    run = last_run(tmp_path, "qilu")
    assert run["stats"]["resumption/blocked/429"] >= 2
    assert run["seconds"] >= 2, "one wait at least; two hosts may wait at the same time"


@pytest.mark.parametrize(("text", "captcha"), [
    (CAPTCHA, True),
    ("<html><body><form action='/captcha/verify'><input></form></body></html>", True),
    ("<title>访问被拒绝</title><h1>您的IP因访问过于频繁已被限制</h1>", True),
    ("<p>" + "全市企业复工复产有序推进，人员登记改用手机，滑动验证后即可入厂。" * 40 + "</p>", False),
    ('<ul><li><a href="/1.shtml">企业复工申报平台上线安全验证</a></li></ul>', False),
    ("<h1>威海企业复工率达79.4%</h1><p>详见附件。</p>", False),
    ("", False),
])  # fmt: skip
def test_captcha_pages_are_told_from_articles(text, captcha):
    from resumption.middlewares.blocked import BlockedMiddleware

    assert is_captcha(text) is captcha
    middleware = BlockedMiddleware.from_crawler(get_crawler())
    for encoding in ("utf-8", "gb18030"):
        response = HtmlResponse(FRONT, body=text.encode(encoding), encoding=encoding)
        assert (middleware._refusal(response) == "captcha") is captcha


@pytest.mark.parametrize("value", ["", "soon", "-5", "１２", "Sat, 99 Feb 2020", "1e9", "12.5"])
def test_retry_after_that_is_none(value):
    from datetime import UTC, datetime

    assert parse_retry_after(value, datetime(2020, 2, 22, tzinfo=UTC)) is None


def test_settings_that_keep_a_crawl_closed():
    from scrapy.utils.project import get_project_settings

    settings = get_project_settings()
    for name in ("COOKIES_ENABLED", "TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "METAREFRESH_ENABLED"):
        assert settings.getbool(name) is False, name
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getint("DOWNLOAD_MAXSIZE") == 16 * 1024 * 1024
    assert settings.getfloat("DOWNLOAD_TIMEOUT") * (1 + settings.getint("RETRY_TIMES")) <= 60
    handlers = settings.getdict("DOWNLOAD_HANDLERS")
    assert [handlers[s] for s in ("file", "ftp", "data", "s3")] == [None] * 4


def test_a_plain_response_is_no_captcha(tmp_path):
    from resumption.middlewares.blocked import BlockedMiddleware

    middleware = BlockedMiddleware.from_crawler(get_crawler())
    assert middleware._refusal(Response(FRONT, body=b"\x89PNG 403")) == ""
    assert middleware._refusal(HtmlResponse(FRONT, status=403, body=b"", request=Request(FRONT))) == "403"
