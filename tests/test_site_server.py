"""The local site: a real server for all hosts, and what it can do to a crawler."""

from __future__ import annotations

import gzip
import http.client
import ssl
from urllib.parse import urlsplit

import pytest

from resumption import read_page
from resumption.portals import load_portal
from tests.site.articles import load_articles
from tests.site.big import big_site
from tests.site.pages import all_pages
from tests.site.server import Site, bomb
from tests.site.walk import list_links

BY_NAME = {a.name: a for a in load_articles()}


def fetch(site, url, headers=None, *, proxy=True):
    """One request as a proxy client makes it; TLS goes through CONNECT with the site's certificate."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if parts.scheme == "https":
            context = ssl.create_default_context(cafile=str(site.certificate))
            connection = http.client.HTTPSConnection("127.0.0.1", site.port, context=context, timeout=10)
            connection.set_tunnel(parts.hostname, 443)
            connection.request("GET", path, headers=headers or {})
        elif proxy:
            connection.request("GET", url, headers=headers or {})
        else:
            connection.request("GET", path, headers={"Host": parts.netloc, **(headers or {})})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


@pytest.fixture
def site():
    with Site() as running:
        yield running


def test_answers_for_all_hosts(site):
    served = {p.url: p for p in all_pages() if not p.rendered}
    for url in ["http://weihai.iqilu.com/whyw/", BY_NAME["sc-power-0829"].url, BY_NAME["gd-typhoon-0919"].url]:
        assert fetch(site, url) == (served[url].status, pytest.approx(fetch(site, url)[1]), served[url].body)
    assert fetch(site, "http://weihai.iqilu.com/whyw/", proxy=False)[2] == served["http://weihai.iqilu.com/whyw/"].body
    feed = "http://sc.news.163.com/special/04268EVT/xinxiliu.js"
    assert fetch(site, f"{feed}?callback=data_callback&_=1582361222")[2] == served[feed].body
    assert fetch(site, "http://weihai.iqilu.com/nothing")[0] == 404
    assert site.missing["http://weihai.iqilu.com/nothing"] == 1
    assert BY_NAME["sc-power-0829"].url in site.asked("H") + site.asked("163.com")


def test_charset_stands_where_the_portal_puts_it(site):
    page = fetch(site, BY_NAME["gd-typhoon-0919"].url)
    assert page[1]["Content-Type"] == "text/html; charset=GBK"
    assert b"charset" not in page[2]
    lies = fetch(site, BY_NAME["js-nantong-0215"].url)
    assert b"charset=gb2312" in lies[2]
    assert "南通" in lies[2].decode("utf-8")


def test_edited_pages_and_conditional_requests(site):
    url = BY_NAME["weifang-series-0215"].url
    first = fetch(site, url)
    known = {"If-None-Match": first[1]["ETag"]}
    assert fetch(site, url, known)[0] == 304
    assert fetch(site, url, {"If-Modified-Since": first[1]["Last-Modified"]})[0] == 304
    site.edit(url, "2219家", "2229家")
    status, _, body = fetch(site, url, known)
    assert status == 200
    assert "2229家" in body.decode()
    with pytest.raises(LookupError):
        site.edit(url, "没有的字", "x")


def test_both_captures_can_be_served():
    url = BY_NAME["jining-flood-0730"].url
    with Site(captures="first") as site:
        status, headers, body = fetch(site, url)
        assert "186家" in body.decode()
        site.show("last")
        status, _, body = fetch(site, url, {"If-None-Match": headers["ETag"]})
        assert status == 200
        assert "196家" in body.decode()


def test_trouble(site):
    url, other = BY_NAME["weifang-series-0215"].url, BY_NAME["weifang-series-0217"].url
    site.trouble.forbid_after = 1
    assert [fetch(site, u)[0] for u in (url, other, "http://weifang.iqilu.com/robots.txt")] == [200, 403, 200]
    site.trouble.forbid_after, site.trouble.captcha_after = None, 0
    site.forget()
    assert "安全验证" in fetch(site, url)[2].decode()
    site.trouble.captcha_after, site.trouble.throttle_every, site.trouble.retry_after = None, 1, 7
    site.forget()
    refused = fetch(site, url)
    assert refused[0] == 429
    assert refused[1]["Retry-After"] == "7"
    assert fetch(site, url)[0] == 200
    site.trouble.throttle_every, site.trouble.error_every = None, 1
    site.forget()
    assert [fetch(site, url)[0] for _ in range(2)] == [503, 200]
    site.trouble.error_every, site.trouble.cut_every = None, 1
    site.forget()
    with pytest.raises(http.client.IncompleteRead):
        fetch(site, url)
    assert fetch(site, url)[0] == 200


def test_trouble_of_single_addresses(site):
    url, other = BY_NAME["weifang-series-0215"].url, BY_NAME["weifang-series-0217"].url
    site.trouble.redirects[url] = "http://127.0.0.1/secret"
    assert fetch(site, url)[1]["Location"] == "http://127.0.0.1/secret"
    site.trouble.gone.add(other)
    assert fetch(site, other)[0] == 404
    site.trouble.robots = b"User-agent: *\nDisallow: /\n"
    assert fetch(site, "http://weifang.iqilu.com/robots.txt")[2] == site.trouble.robots
    small = bomb(2**20)
    assert len(small) < 5000
    assert gzip.decompress(small) == b" " * 2**20


def test_redesign_hides_the_article_from_the_old_selectors(site):
    site.trouble.redesign = True
    for name in ("weihai-series-0218", "shenyang-series-0221", "sc-power-0829"):
        body = fetch(site, BY_NAME[name].url)[2]
        got = read_page(body, BY_NAME[name].url)
        assert BY_NAME[name].paragraphs[0] in body.decode()
        assert got is None or got.layout.startswith("general"), got.layout


def test_big_site_is_the_same_every_time_and_reachable():
    big = big_site(95)
    portal = load_portal("qilu")
    urls = [link.address.url for link in list_links("http://weihai.iqilu.com/whyw/", "list", portal, big)]
    assert sorted(urls) == sorted(big.urls)
    article = big.article(94)
    got = read_page(big(article.url).body, article.url)
    assert got.text == article.text
    assert big(article.url) == big_site(95)(article.url)
    assert big("http://weihai.iqilu.com/whyw/list_1_9.shtml") is None
    with Site(big) as site:
        assert fetch(site, article.url)[2] == big(article.url).body
