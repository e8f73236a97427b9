"""Where articles are found: section lists, JSONP feeds, the channel page that fills in by script, the JSON search."""

from __future__ import annotations

import json
from datetime import datetime

from tests.site.articles import Article
from tests.site.render import Page, template

LIST_DATE = "2026-03-05T02:00:00Z"
"""When the lists of the archive were fetched."""
PER_LIST_PAGE = 3
PER_FEED_PAGE = 2
CATEGORIES = {
    "http://news.iqilu.com/shandong/yuanchuang/": 564,
}
UTF8 = (("Content-Type", "text/html"),)


def category(section: str) -> int:
    """The numeric category of a section, the CAT of `list_CAT_N.shtml`."""
    return CATEGORIES.get(section) or 600 + sum(section.encode()) % 397


def list_pages(
    section: str, articles: list[Article], per_page: int = PER_LIST_PAGE, *, at: int = 0, count: int = 0
) -> list[Page]:
    """The section root and `list_CAT_N.shtml` behind it, newest article first.

    With `at` and `count` the articles are those of page `at` of `count`, and that page alone is made.
    """
    articles = sorted(articles, key=lambda a: (a.published, a.name), reverse=True)
    parts = [articles[i : i + per_page] for i in range(0, len(articles), per_page)] or [[]]
    if at:
        return [_list_page(section, parts[0], at, count)]
    return [_list_page(section, part, i + 1, len(parts)) for i, part in enumerate(parts)]


def _list_page(section: str, articles: list[Article], number: int, count: int) -> Page:
    def address(n: int) -> str:
        return section if n == 1 else f"{section}list_{category(section)}_{n}.shtml"

    links = "".join(f'<a href="{address(n)}">{n}</a> ' for n in range(1, min(count, 8) + 1))
    following = f'<a href="{address(number + 1)}">下一页</a>' if number < count else ""
    items = "\n".join(
        f'<li><h3><a href="{a.url}" title="{a.title}" target="_blank">{a.title}</a></h3>'
        f'<span class="time">{a.published[5:16]}</span></li>'
        for a in articles
    )
    text = template("qilu_list").substitute(title="新闻列表", items=items, pages=links + following)
    return Page(url=address(number), body=text.encode(), date=LIST_DATE, headers=UTF8)


def feed_urls(feed: str, count: int) -> list[str]:
    """Addresses of a feed's pages: `_02`, `_03` go before the suffix."""
    stem, suffix = feed.removesuffix(".js"), ".js"
    return [feed] + [f"{stem}_{n:02d}{suffix}" for n in range(2, count + 1)]


def feed_pages(feed: str, articles: list[Article], per_page: int = PER_FEED_PAGE) -> list[Page]:
    """A local channel's JSONP feed: GBK bytes, US dates; every other page is no strict JSON.

    The page after the last is a 404, as the portal answers it.
    """
    articles = sorted(articles, key=lambda a: (feed_time(a), a.name), reverse=True)
    parts = [articles[i : i + per_page] for i in range(0, len(articles), per_page)] or [[]]
    pages = []
    for i, (url, part) in enumerate(zip(feed_urls(feed, len(parts)), parts, strict=True)):
        rows = ",\n".join(_feed_row(a, strict=i % 2 == 1) for a in part)
        comma = "," if i % 2 == 0 else ""
        body = f"data_callback([\n{rows}{comma}\n])" + (";" if i % 2 else "")
        kind = "application/javascript" + ("; charset=GBK" if i % 2 else "")
        pages.append(Page(url=url, body=body.encode("gbk"), date=LIST_DATE, headers=(("Content-Type", kind),)))
    end = feed_urls(feed, len(pages) + 1)[-1]
    return [*pages, Page(url=end, body=b"<h1>404 Not Found</h1>", date=LIST_DATE, status=404)]


def feed_time(article: Article) -> str:
    """Publication as the feed states it; some article pages state none themselves."""
    return article.published or article.extra["feed_time"]


def _feed_row(article: Article, *, strict: bool) -> str:
    moment = datetime.fromisoformat(feed_time(article))
    row = {
        "title": article.title,
        "docurl": article.url,
        "commenturl": f"http://comment.tie.163.com/{article.doc_id}.html",
        "tienum": 12,
        "tlastid": "",
        "tlink": article.url,
        "keywords": [{"akey_link": "/keywords/5/0/590d5de5/1.html", "keyname": "复工"}],
        "time": f"{moment:%m/%d/%Y %H:%M:%S}",
        "newstype": "article",
        "imgurl": "",
        "channelname": article.channel,
        "source": article.source,
        "point": "60",
    }
    text = json.dumps(row, ensure_ascii=False)
    return text if strict else text[:-1] + ", 'label': '其它'}"


def script_channel(url: str, title: str, articles: list[Article]) -> list[Page]:
    """A channel page that is empty until its script has run, its two JSON lists, and the page as a browser shows it.

    The rendered capture is the DOM after 加载更多 was pressed.
    """
    articles = sorted(articles, key=lambda a: (a.published, a.name), reverse=True)
    half = -(-len(articles) // 2)
    first, more = f"{url}special/list_1.json", f"{url}special/list_2.json"
    rows = [{"docurl": a.url, "title": a.title, "ago": f"{26 + i}分钟前"} for i, a in enumerate(articles)]
    page = template("netease_channel")
    shown = "".join(
        '<div class="data_row news_article clearfix"><div class="news_title"><h3>'
        f'<a href="{r["docurl"]}">{r["title"]}</a></h3></div>'
        f'<div class="news_tag"><span class="time">{r["ago"]}</span></div></div>'
        for r in rows
    )
    words = {"title": title, "first_json": first, "more_json": more}
    js = (("Content-Type", "application/json; charset=utf-8"),)
    return [
        Page(url=url, body=page.substitute(words, rows="").encode(), date=LIST_DATE, headers=UTF8),
        Page(url=first, body=json.dumps(rows[:half], ensure_ascii=False).encode(), date=LIST_DATE, headers=js),
        Page(url=more, body=json.dumps(rows[half:], ensure_ascii=False).encode(), date=LIST_DATE, headers=js),
        Page(url=url, body=page.substitute(words, rows=shown).encode(), date=LIST_DATE, headers=UTF8, rendered=True),
    ]


def search_page(query_url: str, articles: list[Article], total: int) -> Page:
    """The portal's JSON search answer for one query address."""
    items = [
        {"docType": 1, "id": a.doc_id, "title": a.title, "url": a.url, "description": a.paragraphs[0][:40]}
        for a in articles
    ]
    body = json.dumps({"code": 200, "data": {"items": items, "total": total}}, ensure_ascii=False)
    headers = (("Content-Type", "application/json; charset=utf-8"),)
    return Page(url=query_url, body=body.encode(), date=LIST_DATE, headers=headers)
