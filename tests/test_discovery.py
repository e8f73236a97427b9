"""Addresses, list pages, feeds and search answers: what is found and what is not."""

from __future__ import annotations

import contextlib
import json
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from parsel import Selector

from resumption.discovery import article_address, clean_url, find_links, find_next_list, read_feed, read_search
from resumption.discovery.addresses import in_circle
from resumption.discovery.jsonp import parse_jsonp
from resumption.discovery.listing import parse_list_day
from resumption.page.urls import canonical
from resumption.portals import load_portal

QILU, NETEASE = load_portal("qilu"), load_portal("netease")
ROOT = "http://weihai.iqilu.com/whyw/"

ARTICLES = [
    ("qilu", "http://jinan.iqilu.com/jnms/2019/0531/4282448.shtml", "4282448", date(2019, 5, 31)),
    ("qilu", "https://news.iqilu.com/shandong/yuanchuang/2025/1118/5868885.shtml", "5868885", date(2025, 11, 18)),
    ("qilu", "http://news.iqilu.com/shandong/kejiaoshehui/20180305/3851491.shtml", "3851491", date(2018, 3, 5)),
    ("qilu", "http://yx.iqilu.com/2020/0311/4493612.shtml#3", "4493612", date(2020, 3, 11)),
    ("qilu", "http://v.iqilu.com/qlpd/mrxw/2025/1117/5808351.html", "5808351", date(2025, 11, 17)),
    ("qilu", "http://sd.iqilu.com/share/article/2190448.html", "2190448", None),
    ("qilu", "https://sdxw.iqilu.com/w/article/YS0yMS0xNjg4MTQxNg.html", "YS0yMS0xNjg4MTQxNg", None),
    ("qilu", "https://sdxw.iqilu.com/w/article/YS0yMS0xNjg4MTQxNg%3D%3D.html", "YS0yMS0xNjg4MTQxNg", None),
    ("netease", "http://liaoning.news.163.com/19/0314/05/EA74TS1I04228EEJ.html",
    "EA74TS1I04228EEJ", date(2019, 3, 14)),
    ("netease", "http://bendi.news.163.com/gd/17/0603/10/CM0IJ0RS04178D6J.html", "CM0IJ0RS04178D6J", date(2017, 6, 3)),
    ("netease", "http://henan.163.com/20/0220/09/F5QL81TB04398DMR_2.html", "F5QL81TB04398DMR", date(2020, 2, 20)),
    ("netease", "http://dy.163.com/v2/article/detail/E8TJ0Q5L0512AB3C.html", "E8TJ0Q5L0512AB3C", None),
    ("netease", "https://www.163.com/dy/article/GG0T5B1M04398DMR.html", "GG0T5B1M04398DMR", None),
    ("netease", "https://m.163.com/local/article/KMR3D8V504388CC1.html", "KMR3D8V504388CC1", None),
    ("netease", "https://3g.163.com/local/article/KMR3D8V504388CC1.html", "KMR3D8V504388CC1", None),
    ("netease", "http://3g.163.com/touch/article.html?docid=KMR3D8V504388CC1", "KMR3D8V504388CC1", None),
    ("netease", "https://c.m.163.com/news/a/KMR3D8V504388CC1.html", "KMR3D8V504388CC1", None),
]  # fmt: skip
NO_ARTICLES = [
    ("qilu", "http://weihai.iqilu.com/"), ("qilu", "http://weihai.iqilu.com/whyw/list_600_2.shtml"),
    ("qilu", "http://iqilu.com.evil.example/whyw/2020/0222/4479316.shtml"),
    ("qilu", "http://evil.example/iqilu.com/2020/0222/4479316.shtml"), ("qilu", "javascript:void(0)"), ("qilu", "#"),
    ("qilu", "mailto:a@iqilu.com"), ("qilu", "ftp://weihai.iqilu.com/whyw/2020/0222/4479316.shtml"),
    ("qilu", "http://weihai.iqilu.com/a/b/a/b/a/b/a/b/2020/0222/4479316.shtml"), ("qilu",
    "http://[bad/2020/0222/1.shtml"),
    ("qilu", "http://weihai.iqilu.com/" + "a" * 3000 + "/2020/0222/4479316.shtml"), ("qilu", ""),
    ("netease", "http://comment.tie.163.com/"), ("netease", "https://www.163.com/"),
    ("netease", "http://liaoning.news.163.com/special/04228EED/xinxiliu.js"),
]  # fmt: skip


@pytest.mark.parametrize(("portal", "url", "doc_id", "day"), ARTICLES)
def test_every_form_of_article_address(portal, url, doc_id, day):
    address = article_address(url, load_portal(portal))
    assert address is not None
    assert (address.doc_id, address.day) == (doc_id, day)
    assert "#" not in address.url


@pytest.mark.parametrize(("portal", "url"), NO_ARTICLES)
def test_what_is_no_article_address(portal, url):
    assert article_address(url, load_portal(portal)) is None


@pytest.mark.parametrize(("portal", "url", "doc_id", "day"), ARTICLES)
def test_discovery_and_reader_agree_on_the_identity(portal, url, doc_id, day):
    """The ledger's key is found before the page is read, the article's id after it."""
    assert canonical(url, load_portal(portal))[1].rstrip("=").replace("%3D", "") == doc_id


@pytest.mark.parametrize(("url", "base", "expected"), [
    ("http:// sc.news.163.com/", "", "http://sc.news.163.com/"),
    ("//weihai.iqilu.com/a", "https://www.iqilu.com/", "https://weihai.iqilu.com/a"),
    ("2020/0222/1.shtml", ROOT, ROOT + "2020/0222/1.shtml"), ("?p=2", ROOT, ROOT + "?p=2"),
    ("http://user:secret@weihai.iqilu.com:80/a", "", "http://weihai.iqilu.com/a"),
    ("https://weihai.iqilu.com:443/a", "", "https://weihai.iqilu.com/a"),
    ("http://weihai.iqilu.com:8080/a", "", "http://weihai.iqilu.com:8080/a"),
    ("HTTP://WeiHai.iqilu.com/A", "", "http://weihai.iqilu.com/A"),
    ("\n\t/a\u3000b\r", ROOT, "http://weihai.iqilu.com/ab"),
    ("http://weihai.iqilu.com:99999/a", "", ""), ("data:text/html,x", ROOT, ""),
])  # fmt: skip
def test_clean_url(url, base, expected):
    assert clean_url(url, base) == expected


def test_circles():
    assert in_circle("http://a.com/b/c/b/c/b/c/b/c")
    assert not in_circle("http://a.com/2020/02/02/20/b")


def page(*links: str, extra: str = "") -> Selector:
    items = "".join(f'<li><h3><a href="{link}" title="复工{i}">复工</a></h3></li>' for i, link in enumerate(links))
    return Selector(text=f'<div class="mod-list"><ul>{items}</ul></div>{extra}')


def test_links_of_a_list_page():
    """The list's own links, each article once, however it is addressed; other links are counted, not followed."""
    selector = page(
        "/whyw/2020/0222/4479316.shtml", "http://news.iqilu.com/sd/20200222/4479316.shtml", "/whyw/", "javascript:;",
        "https://weihai.iqilu.com/whyw/2020/0221/4478540.shtml?from=index", "http://evil.example/2020/0222/1.shtml",
        extra='<div class="mod-d"><a href="/whyw/2020/0220/4477735.shtml">热点排行</a></div>',
    )  # fmt: skip
    listing = find_links(selector, ROOT, QILU)
    assert [link.address.doc_id for link in listing.links] == ["4479316", "4478540"]
    assert listing.links[0].title == "复工0"
    assert listing.links[0].day == date(2020, 2, 22)
    assert listing.skipped == 3


def test_a_list_page_of_another_layout_is_searched_as_a_whole():
    selector = Selector(text='<table><tr><td><a href="/whyw/2020/0222/4479316.shtml">复工</a></td></tr></table>')
    assert [link.address.doc_id for link in find_links(selector, ROOT, QILU).links] == ["4479316"]


@pytest.mark.parametrize(("url", "links", "expected"), [
    (ROOT, ["list_600_2.shtml", "list_600_3.shtml"], (ROOT + "list_600_2.shtml", False)),
    (ROOT + "list_600_2.shtml", ["./", "list_600_3.shtml", "list_600_9.shtml"], (ROOT + "list_600_3.shtml", False)),
    (ROOT + "list_600_9.shtml", ["list_600_2.shtml", "list_600_8.shtml"], ("", False)),
    (ROOT + "list_600_3.shtml", [], (ROOT + "list_600_4.shtml", True)), (ROOT, [], ("", False)),
    (ROOT, ["http://news.iqilu.com/guoji/list_11_2.shtml"], ("", False)),
])  # fmt: skip
def test_the_next_list_page(url, links, expected):
    assert find_next_list(page(*links), url, QILU) == expected


def test_no_next_page_where_the_portal_has_no_rule():
    assert find_next_list(page("list_600_2.shtml"), "http://sd.news.163.com/", NETEASE) == ("", False)


ENTRY = {
    "title": "沈阳规上工业企业复工率达79%",
    "docurl": "http://liaoning.news.163.com/20/0221/09/F5T4D0PM04228EED.html",
}
FEED = "http://bendi.news.163.com/liaoning/special/04228EED/xinxiliu.js"


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("wrap", [
    "data_callback({});", "data_callback({})", "{}", "  data_callback( {} )\n;", "var a = {};",
    'artiList({{"BBM":{}}})',
])  # fmt: skip
def test_feeds_in_either_encoding_and_any_wrapper(encoding, wrap):
    body = wrap.format(json.dumps([ENTRY | {"time": "02/21/2020 09:30:12"}], ensure_ascii=False)).encode(encoding)
    (link,) = read_feed(body, FEED, NETEASE).links
    assert (link.title, link.day, link.address.doc_id) == (ENTRY["title"], date(2020, 2, 21), "F5T4D0PM04228EED")


TOLERATED = [
    '[{"a": 1,}]', "[{'a': 1}]", "[{a: 1}]", '[{"a": 1},]', '[,{"a": 1}]', '[{"a": 1} {"a": 1}]',
    '[{"a": 1} // 复工\n]', '/* x */[{"a": 1}]',
    '[{"a": 1, "b": "第一行\n第二行"}]', '[{"a": 1, "b": "引\\\'号"}]',
    '[{"a": 1, "b": undefined}]', '[{"a": 1, "b": "企业"复工"啦"}]', '[{"a": 1}, {"b": }, {"a": 1}]',
    '[{"a": 1}, {"b": "x',
    '[{"a": 1, "b": "\\x41\\u590d"}]', '[{"a": 1, "b": +1}]', '[{"a": 1, "b": "\t"}]', "[{\"a\": 1, 'b': \"'\"}]",
]  # fmt: skip


@pytest.mark.parametrize("text", TOLERATED)
def test_feeds_that_are_not_strict_json(text):
    data = parse_jsonp(f"data_callback({text})")
    assert {"a": 1}.items() <= data[0].items()


@pytest.mark.parametrize(("text", "value"), [
    ("[{'b': '企业\"复工\"'}]", '企业"复工"'), ('[{"b": "企业"复工"啦"}]', '企业"复工"啦'),
    ('[{"b": "\\u590d\\x41",}]', "复A"),
    ('[{"b": "a\\/b",}]', "a/b"), ("[{b: 1.5}]", 1.5), ("[{b: null,}]", None), ("[{b: [1,,2]}]", [1, 2]),
])  # fmt: skip
def test_values_of_lenient_json(text, value):
    assert parse_jsonp(f"f({text});")[0]["b"] == value


@pytest.mark.parametrize(
    "body", [b"", b"<html><h1>404 Not Found</h1></html>", b"data_callback()", b"null", b"\x00\xff\xfe", b"data"]
)
def test_a_body_without_a_list_is_an_error(body):
    with pytest.raises(ValueError, match="no JSON list"):
        read_feed(body, FEED, NETEASE)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="[]{}\",:\\'ab1 复\n/*-.", max_size=60))
@example("[" * 5000)
@example('[{"a":' * 3000)
def test_any_text_gives_a_value_or_one_kind_of_error(text):
    with contextlib.suppress(ValueError):
        parse_jsonp("f(" + text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.text(max_size=10) | st.integers() | st.none(), max_size=3), max_size=3
    )
)
def test_json_comes_back_as_it_was(data):
    assert parse_jsonp(f"data_callback({json.dumps(data, ensure_ascii=False)});") == data


def test_feed_entries_that_are_no_articles_are_counted():
    entries = [
        ENTRY,
        {"title": "直播", "docurl": "", "skipType": "live"},
        {"docurl": "http://v.163.com/x"},
        {"docurl": 5},
        {},
    ]
    listing = read_feed(json.dumps(entries).encode(), FEED, NETEASE)
    assert (len(listing.links), listing.skipped) == (1, 4)


@pytest.mark.parametrize(("text", "day"), [
    ("02/22/2020 17:07:02", date(2020, 2, 22)), ("2/3/2020", date(2020, 2, 3)),
    ("2020-02-22 17:07", date(2020, 2, 22)),
    ("2020年2月22日", date(2020, 2, 22)), ("22/02/2020", None), ("13/01/2020", None), ("02-22 17:07", None),
    ("刚刚", None),
    ("02/30/2020", None), ("", None),
])  # fmt: skip
def test_days_of_list_entries(text, day):
    assert parse_list_day(text) == day


def test_search_answers():
    item = {
        "docType": 1,
        "id": "1",
        "title": "<em>复工</em>率",
        "url": "http://weihai.iqilu.com/whyw/2020/0222/4479316.shtml",
    }
    body = json.dumps({"code": 200, "data": {"items": [item, {"url": "https://s.iqilu.com/"}], "total": 31}}).encode()
    listing, total = read_search(body, "https://s.iqilu.com/", QILU)
    assert (total, listing.links[0].title, listing.skipped) == (31, "复工率", 1)


@pytest.mark.parametrize("body", [b"", b"[]", b'{"code":500}', b'{"data":{"items":null}}', b"<html>"])
def test_search_answers_without_items(body):
    with pytest.raises(ValueError, match="search answer"):
        read_search(body, "https://s.iqilu.com/", QILU)


def test_every_list_and_feed_of_the_seeds_is_the_portals_own():
    for portal in (QILU, NETEASE):
        for channel in portal.channels:
            assert channel.lists or channel.feeds or channel.uncertain, channel.name
            for url in (*channel.lists, *channel.feeds, channel.url):
                assert clean_url(url) == url
                assert article_address(url, portal) is None
