"""Dates, titles, pages of one article, pages that are no article, loss of text."""

import pytest

from resumption.page import join, next_pages, read_raw
from resumption.page.dates import find_page_date, find_url_date, not_after, parse_machine_stamp, parse_stamp
from resumption.page.fields import find_author, find_editor, find_source, is_site_name, read_head, strip_site
from resumption.reading import read_page

P = "截至2月23日24时，全区217家规上工业企业已复工203家，复工率93.5%，到岗职工3.42万人。"


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("2020-02-22 17:07:02", "2020-02-22T17:07:02+08:00"),
        ("2020/2/3 7:05", "2020-02-03T07:05:00+08:00"),
        ("2020年02月22日17时07分", "2020-02-22T17:07:00+08:00"),
        ("2020.2.22", "2020-02-22T00:00:00+08:00"),
        ("2023 11/17 20:52:15", "2023-11-17T20:52:15+08:00"),
        ("2020-02-22T09:07:02Z", "2020-02-22T17:07:02+08:00"),
        ("2020-02-22T17:07:02.123+0800", "2020-02-22T17:07:02+08:00"),
        ("2020-02-30", None),
        ("电话0631-5213515", None),
        ("同比增长2020.5万元", None),
        ("", None),
    ],
)
def test_stamps(text, stamp):
    assert parse_stamp(text) == stamp


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("20200222170702", "2020-02-22T00:00:00+08:00"),
        ("1582362422", "2020-02-22T17:07:02+08:00"),
        ("1582362422000", "2020-02-22T17:07:02+08:00"),
        ("nonsense", None),
    ],
)
def test_machine_stamps(text, stamp):
    assert parse_machine_stamp(text) == stamp


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://news.example.com/2020/0224/4470001.shtml", "2020-02-24"),
        ("http://www.example.gov.cn/yw/202002/t20200224_100.html", "2020-02-24"),
        ("https://www.example.com/2020-02-24/doc-1.shtml", "2020-02-24"),
        ("https://www.example.com/20200224/1.html", "2020-02-24"),
        ("https://news.example.com/n1/2020/0224/c1-2.html", "2020-02-24"),
        ("https://x.163.com/20/0224/05/EA74TS1I04228EEJ.html", "2020-02-24"),
        ("https://www.example.com/a/733320600_429139", None),
        ("https://www.example.com/show.asp?id=20", None),
    ],
)
def test_url_dates(url, day):
    assert find_url_date(url) == (f"{day}T00:00:00+08:00" if day else None)


@pytest.mark.parametrize(
    ("lines", "stamp"),
    [
        (["今天是2021年3月1日 星期一", "2021-02-24 08:00"], "2021-02-24T08:00:00+08:00"),
        (["更新时间：2021-02-26 08:00", "发布时间：2021-02-24"], "2021-02-24T00:00:00+08:00"),
        (["有效期至：2022-12-31", "2021-02-24"], "2021-02-24T00:00:00+08:00"),
        (["成文日期：2021-02-20 发布日期：2021-02-24"], "2021-02-20T00:00:00+08:00"),
        (["今天是2021年3月1日 星期一"], None),
        ([], None),
    ],
)
def test_dates_around_a_title(lines, stamp):
    assert find_page_date(lines) == stamp


def test_a_date_after_the_fetch_is_none():
    assert not_after("2024-07-26T15:35:20+08:00", "2022-04-25T10:00:00+08:00") is None
    assert not_after("2022-04-25T12:00:00+08:00", "2022-04-25T10:00:00+08:00") == "2022-04-25T12:00:00+08:00"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("企业有序复工_网易新闻", "企业有序复工"),
        ("企业有序复工|复工|企业_网易订阅", "企业有序复工"),
        ("企业有序复工_济南_齐鲁网", "企业有序复工"),
        ("企业有序复工 - 某某省人民政府门户网站", "企业有序复工"),
        ("企业有序复工--时政--某某网", "企业有序复工"),
        ("企业有序复工-某某新闻网", "企业有序复工"),
        ("复工-复产两手抓 三家企业开工", "复工-复产两手抓 三家企业开工"),
        ("企业有序复工", "企业有序复工"),
    ],
)
def test_site_names_are_taken_off(title, headline):
    assert strip_site(title) == headline


def test_offices_are_no_headlines():
    assert is_site_name("某某县人民政府")
    assert not is_site_name("县政府出台十条措施支持企业复工")


def test_meta_lines():
    line = ["时间：2021-02-24 08:15  来源：县融媒体中心  作者：周一 周二  责任编辑：周三  点击：3021"]
    assert (find_source(line), find_author(line), find_editor(line)) == ("县融媒体中心", "周一 周二", "周三")
    assert find_source(["来源：", "某某日报"]) == "某某日报"
    assert (find_source(["昨日天晴"]), find_author([]), find_editor([])) == ("", "", "")


def test_head_by_pattern_survives_broken_markup():
    head = read_head(
        "<META NAME='PubDate' CONTENT='2020-02-24 09:06'><title>县里开工_某网</title>"
        '<meta content="甲 & 乙" name=author>'
    )
    assert (head.title, head.published, head.metas["author"]) == (
        "县里开工_某网",
        "2020-02-24T09:06:00+08:00",
        "甲 & 乙",
    )


FIRST = "http://news.163.com/16/0224/05/BGB0000A00014AED.html"


def _page(body: str, extra: str = "") -> str:
    return (
        "<title>全区企业有序复工_网易新闻</title><h1 id='h1title'>全区企业有序复工"
        "</h1><div class='ep-time-soure'>2016-02-24 05:00:00</div>"
        f"<div id='endText'>{body}</div>{extra}"
    )


def test_pages_are_put_together():
    links = "".join(f"<a href='BGB0000A00014AED_{n}.html'>{n}</a>" for n in (2, 3, 10))
    first = _page(f"<p>第一页。{P}</p>", f"<div class='ep-pages'>{links}</div>")
    further = next_pages(first, FIRST)
    assert [url.rsplit("_", 1)[1] for url in further] == ["2.html", "3.html", "10.html"]
    assert further[0].startswith("http://news.163.com/16/0224/05/")
    raws = [read_raw(first, FIRST), read_raw(_page(f"<p>第二页。{P}</p>"), further[0])]
    assert raws[0].canonical_url == raws[1].canonical_url
    body = join(raws).body
    assert body.index("第一页") < body.index("第二页")


def test_the_whole_on_one_page_is_preferred():
    page = _page(
        P, "<a href='/16/0224/05/BGB0000A00014AED_2.html'>2</a><a href='/16/0224/05/BGB0000A00014AED_all.html'>全文</a>"
    )
    assert next_pages(page, FIRST) == (FIRST.replace(".html", "_all.html"),)
    assert next_pages(_page(P), FIRST) == ()
    assert next_pages(_page(P), "") == ()


ITEMS = "".join(
    f"<li><a href='/{n}.html'>某县{n}家企业开工复产忙起来"
    f"</a><p>记者获悉，截至昨日，全县已有{n}家规上工业企业复工，返岗{n}00人。</p></li>"
    for n in range(12)
)


@pytest.mark.parametrize(
    "page",
    [
        f"<title>要闻_某网</title><h1>要闻</h1><ul>{ITEMS}</ul>",
        "<title>要闻_某网</title><ul>"
        + "".join(f"<li><a href=/{n}>某县{n}家企业开工复产</a> 2020-02-1{n}</li>" for n in range(9))
        + "</ul>",
        "<title>404 Not Found</title><h1>抱歉，您访问的页面不存在或已被删除"
        "</h1><p>您可以返回首页，或者使用搜索功能查找需要的内容。</p>",
        "<title>访问验证</title><div>为了您的账号安全，请完成下方的滑动验证，验证通过后即可继续访问。</div>",
        "<title>某某网</title><div>您的访问过于频繁，请输入验证码以继续访问。</div>",
        "<title>跳转中</title><body>页面正在跳转，请稍候，如果没有自动跳转，请点击这里。</body>",
        "<html><body></body></html>",
        "<div id=app></div><script>var a='复工率，达九成。'</script>",
        "<html",
    ],
)
@pytest.mark.parametrize("url", ["https://news.example.com/", "https://www.163.com/", "http://weihai.iqilu.com/"])
def test_no_article(page, url):
    assert read_page(page, url) is None


def test_error_status_is_no_article():
    page = f"<title>县里企业有序复工</title><h1>县里企业有序复工</h1><p>{P}</p>"
    assert read_page(page, "https://news.example.com/1.html", http_status=404) is None
    assert read_page(page, "https://news.example.com/1.html", http_status=200).text == P


@pytest.mark.parametrize(
    ("tag", "depth", "lost"),
    [
        ("div", 1, False),
        ("div", 1500, False),
        ("div", 2100, True),
        ("div", 30_000, True),
        ("table><tr><td", 50, False),
        ("table><tr><td", 30_000, True),
        ("span", 30_000, True),
        ("li", 30_000, False),  # each closes the one before it
    ],
)
def test_deep_nesting_loses_no_text(tag, depth, lost):
    page = (
        f"<title>县里企业有序复工_某网</title><h1>县里企业有序复工</h1><p>{P}</p>"
        + f"<{tag}>" * depth
        + f"<p>又讯：{P}</p>"
    )
    article = read_page(page, "https://news.example.com/1.html")
    assert article.text.count("复工率93.5%") == 2
    assert any("text lost" in warning for warning in article.warnings) == lost


@pytest.mark.parametrize(
    "page",
    [
        f"<title>县里企业有序复工</title><h1>县里企业有序复工</h1><p>{P}</p>" + "<i>x</i>" * 110_000,
        f"<title>县里企业有序复工</title><h1>县里企业有序复工</h1><p>{P}</p><p {'a=1 ' * 160_000}>{P}</p>",
        "<title>县里企业有序复工</title><h1>县里企业有序复工</h1>"
        f"<table><tr><td colspan=9007199254740991>{P}</td></tr></table>",
        "<p>" + P * 20_000,
    ],
)
def test_huge_pages_are_read(page):
    assert "复工率93.5%" in read_page(page, "https://news.example.com/1.html").text


def test_fuzz_small():
    import random

    from benchmarks.fuzz_reading import find_lost, mutated, run

    for n in range(150):
        assert run(mutated(random.Random(f"test/{n}")))[2] == 0, n
    whole, article = (
        mutated_from("</p>"),
        read_page("<h1>县里企业有序复工</h1><p>" + P, "https://news.example.com/1.html"),
    )
    assert find_lost(whole, article) == 0
    assert find_lost(mutated_from("</p><textarea>"), article) == 1


def mutated_from(end: str) -> bytes:
    """A page of two paragraphs of the fuzz, the first with another end."""
    from benchmarks.fuzz_reading import page

    return page(2).replace("</p>", end, 1).encode()


UNKNOWN, KNOWN = "https://news.example.com/1.html", "https://www.163.com/local/article/H5TM123404228EED.html"


@pytest.mark.parametrize("url", [UNKNOWN, KNOWN])
@pytest.mark.parametrize(
    "broken",
    ["<div class='aside", "<p id='x"],
)
def test_text_that_an_open_quote_takes_is_read_and_reported(url, broken):
    """The parser reads on for the quote that is missing, over whole paragraphs."""
    body = "".join(f"<p>第{n}段。{P}</p>" for n in range(6))
    page = f"<title>全县企业有序复工</title><h1>全县企业有序复工</h1>{broken}{body}<p class='last'>又讯：{P}</p>"
    article = read_page(page, url)
    assert article.text.count("复工率93.5%") >= 6
    assert any("text lost" in w for w in article.warnings)


def test_text_in_an_attribute_that_the_parser_drops_is_noticed():
    """A class that is written twice is dropped with the paragraphs in it; unreadable characters hid that."""
    from resumption.page.markup import parse_html

    page = f"<h1>{{}}</h1><div class='a id='b' class='c<p>{P * 4}</p><p class='last'>某县新闻网：企业复工</p>"
    assert parse_html(page.format("\ufffdȫ" * 60))[1]
    assert not parse_html(page.format("\ufffdȫ" * 60).replace(" class='c", "'>"))[1]


def test_an_early_end_still_closes_the_broken_tag_before_it():
    start = f"<title>全县企业有序复工</title><h1>全县企业有序复工</h1><p>一、{P}</p></h</html>　　二、{P}</p>"
    assert read_page(start + f"<p>三、{P}</p>" * 4, UNKNOWN).text.count("复工率93.5%") == 6


def test_text_in_a_title_without_end_is_read_and_reported():
    page = f"<head><title>全县企业有序复工</head><body><h1>全县企业有序复工</h1><p>{P}</p><p>{P * 5}</p></body>"
    article = read_page(page, UNKNOWN)
    assert article.text.count("复工率93.5%") == 6
    assert any("<title without end" in w for w in article.warnings)


def test_text_that_broken_tags_leave_in_the_head_is_read():
    page = f"<html><head><title>全县企业有序复工</title><metap id='1'>第1段。{P}</p><p>第2段。{P}</p><p>第3段。{P}"
    assert read_page(page, UNKNOWN).text.count("复工率93.5%") == 3


@pytest.mark.parametrize("cell", ["<td>一", "<td>{}", "<td><p>一</p>"])
def test_a_row_of_a_hundred_thousand_cells_does_not_cost_the_article(cell):
    row = "<table><tr>" + "".join(cell.format(n) for n in range(100_000)) + "</table>"
    page = "<title>县里企业有序复工</title><h1>县里企业有序复工</h1><div>" + f"<p>{P}</p>" * 3 + row + f"<p>{P}</p>" * 3
    article = read_page(page, UNKNOWN)
    # Of 200,000 tags no tree is made, and of its lines no more than 50,000 are read: then that is said.
    assert article.text.count("复工率93.5%") == (3 if any("text lost" in w for w in article.warnings) else 6)


def test_prose_beside_the_article_is_reported():
    """Two texts of which only one can be the article: what is left out is no longer left out in silence."""
    one, other = f"<div><p>{P * 3}</p></div>", f"<div><div>{'<a href=x>某地要闻一则</a> ' * 60}</div><p>{P * 2}</p>" * 4
    page = "<title>县里企业有序复工</title><h1>县里企业有序复工</h1>{}"
    article = read_page(page.format(one + "</div>" * 4 + other), UNKNOWN)
    assert any("stand outside" in w for w in article.warnings) == (article.text.count("复工率93.5%") < 6)
    assert read_page(page.format(one), UNKNOWN).warnings == ()


@pytest.mark.parametrize("begin", ["<!--", "<script>"])
def test_text_in_a_comment_or_script_without_end_is_reported(begin):
    body = "<p>截至2月21日24时，全县138家规上工业企业中已有129家复工复产，复工率93.5%。</p>"
    page = f"<html><title>全县企业有序复工</title><h1>全县企业有序复工</h1><div>{body * 2}{{}}{body * 6}</div></html>"
    assert any("without end" in w for w in read_raw(page.format(begin), "").warnings)
    assert read_raw(page.format(""), "").warnings == ()


def test_a_title_whose_end_is_broken_is_reported():
    page = f"<head><title>全县企业有序复工</title嶅伐><p>{P}</p><p>{P * 5}</p></body>"
    assert any("<title without end" in w for w in read_page(page, UNKNOWN).warnings)
