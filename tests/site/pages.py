"""Every page of the archive: articles in all captures, the lists that name them, and what else a portal answers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from urllib.parse import quote, urlsplit

from resumption.portals import Channel, load_portal
from tests.site.articles import Article, load_articles
from tests.site.lists import feed_pages, list_pages, script_channel, search_page
from tests.site.render import Page, furniture, render_article

ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /cgi-bin/\n"
CAPTCHA = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>安全验证</title></head><body><div class="verify">'
    "<h1>安全验证</h1><p>您的访问过于频繁，请拖动滑块完成验证后继续访问。</p>"
    "<div id='captcha'></div></div></body></html>"
)
NOT_FOUND = "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center></body></html>"
NO_ARTICLE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>专题_齐鲁网</title></head>'
    '<body><div class="zt-banner"></div>'
    '<ul class="zt-links"><li><a href="http://www.iqilu.com/">首页</a></li>'
    '<li><a href="http://v.iqilu.com/">视频</a></li></ul></body></html>'
)
SHARED = {"qilu": "shandong-cities-0219", "netease": "hb-wuhan-0410"}
CLIP_URL = "http://v.iqilu.com/qlpd/mrxw/2025/1117/5808351.html"
CLIP = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>20251117每日新闻_齐鲁网</title></head><body>'
    '<div class="player"><input type="hidden" id="playerId" url="http://stream.iqilu.com/vod/0.m3u8" />'
    '<textarea id="copy_mp4text" style="display:none"></textarea></div></body></html>'
)
"""A television clip that every list page links to: an article's form of address and no text."""
ODD = {
    # 404, captcha with status 200, empty body, a page in an article's place that is none
    "http://weihai.iqilu.com/whyw/2020/0224/4480999.shtml": (404, NOT_FOUND, "威海：一篇已经撤下的稿件"),
    "http://weifang.iqilu.com/wfyaowen/2020/0221/4478999.shtml": (200, CAPTCHA, "潍坊企业复工：请完成安全验证"),
    "http://dezhou.iqilu.com/dzyaowen/2020/0225/4481999.shtml": (200, "", "德州：一张空白页"),
    "http://jining.iqilu.com/jnyw/2020/0226/4482777.shtml": (200, NO_ARTICLE, "专题：复工进行时"),
}


def channel_of(article: Article) -> Channel | None:
    """The seed's channel an article is found through."""
    return next((c for c in load_portal(article.portal).channels if c.name == article.channel), None)


def article_pages() -> list[Page]:
    """Every capture of every article, oldest first."""
    pages = []
    for first, last in zip(load_articles(0), load_articles(), strict=True):
        pages += render_article(first)
        if last.edited:
            pages += render_article(replace(last, fetched=last.refetched))
    return pages


def odd_articles() -> list[Article]:
    """What stands in the lists like an article and is none."""
    return [
        Article(
            name=url.rsplit("/", 1)[1],
            portal="qilu",
            channel=urlsplit(url).netloc.split(".")[0],
            template="",
            url=url,
            title=title,
            published=f"{url.split('/')[-3]}-{url.split('/')[-2][:2]}-{url.split('/')[-2][2:]} 08:00:00",
            fetched="2020-02-27T01:00:00Z",
            topic="",
            style="",
        )
        for url, (_, _, title) in ODD.items()
    ]


def odd_pages() -> list[Page]:
    """404, captcha, empty page, no article, a clip without text: each with an article's address."""
    clip = Page(url=CLIP_URL, body=CLIP.encode(), date="2025-11-18T01:00:00Z")
    others = [
        Page(url=url, body=body.encode(), date="2020-02-27T01:00:00Z", status=status)
        for url, (status, body, _) in ODD.items()
    ]
    return [clip, *others]


def by_list() -> dict[tuple[str, str], list[Article]]:
    """(kind, address) of every list of the seeds -> the articles it names; kind is `list`, `feed`, `front` or `render`.

    A front page names the newest articles of its channel once more; a channel without articles of its own shows one
    of another channel, as local channels do with national news.
    """
    found: dict[tuple[str, str], list[Article]] = {}
    for portal in ("qilu", "netease"):
        for channel in load_portal(portal).channels:
            found |= {(kind, url): [] for url, kind in kinds(channel).items()}
    for article in [*load_articles(), *odd_articles()]:
        for key in _lists_of(article):
            # a front page links to the story where another section has filed it
            shown = replace(article, url=article.also[0]) if key[0] == "front" and article.also else article
            found[key].append(shown)
    by_name = {a.name: a for a in load_articles()}
    for portal, name in SHARED.items():
        for channel in load_portal(portal).channels:
            lists = [found[kind, url] for url, kind in kinds(channel).items() if not channel.retired]
            if not any(lists):
                for named in lists:
                    named.append(by_name[name])
    return found


def kinds(channel: Channel) -> dict[str, str]:
    """Address of each list of a channel -> what kind of list it is."""
    if channel.render:
        return dict.fromkeys(channel.lists or (channel.url,), "render")
    lists = {url: "front" if url == channel.url and len(channel.lists) > 1 else "list" for url in channel.lists}
    return lists | dict.fromkeys(channel.feeds, "feed")


def _lists_of(article: Article) -> list[tuple[str, str]]:
    channel = channel_of(article)
    if channel is None:
        raise LookupError(f"{article.name}: seeds/{article.portal}.toml has no channel {article.channel!r}")
    known = kinds(channel)
    fronts = [(kind, url) for url, kind in known.items() if kind == "front"]
    if article.lists:
        return [(known[url], url) for url in article.lists]
    others = [url for url, kind in known.items() if kind != "front"]
    if not others:
        raise LookupError(f"{article.name}: channel {article.channel!r} of seeds/{article.portal}.toml has no list")
    # the list whose section the article's address has, else the first
    near = [url for url in others if article.url.partition("://")[2].startswith(url.partition("://")[2])]
    best = max(near, key=len) if near else others[0]
    return [*fronts, (known[best], best)]


def listing_pages() -> list[Page]:
    """All pages of all lists and feeds of the seeds; one that names no article is there and empty."""
    pages = []
    titles = {c.url: c.title for p in ("qilu", "netease") for c in load_portal(p).channels}
    for (kind, url), articles in by_list().items():
        if kind == "list":
            pages += list_pages(url, articles)
        elif kind == "front":
            pages += list_pages(url, articles, per_page=max(len(articles), 1))
        elif kind == "feed":
            pages += feed_pages(url, articles)
        else:
            pages += script_channel(url, titles[url], articles)
    return pages


def search_pages() -> list[Page]:
    """The JSON search of 齐鲁网 for one word: ten hits a page, the page after the last is empty."""
    hits = [a for a in load_articles() if a.portal == "qilu" and "复工" in a.title]
    hits.sort(key=lambda a: a.published, reverse=True)
    address = load_portal("qilu").search
    count = -(-len(hits) // 10) + 1
    return [
        search_page(address.format(query=quote("复工"), page=n + 1), hits[10 * n : 10 * n + 10], len(hits))
        for n in range(count)
    ]


def robots_pages(pages: list[Page]) -> list[Page]:
    """robots.txt of every host, in both schemes."""
    roots = sorted({"{0.scheme}://{0.netloc}".format(urlsplit(p.url)) for p in pages})
    plain = (("Content-Type", "text/plain"),)
    return [
        Page(url=f"{root}/robots.txt", body=ROBOTS.encode(), date="2018-01-01T00:00:00Z", headers=plain)
        for root in roots
    ]


@cache
def all_pages() -> tuple[Page, ...]:
    """Everything, by date of capture."""
    pages = article_pages() + odd_pages() + listing_pages() + search_pages()
    pages += robots_pages(pages)
    return tuple(sorted(pages, key=lambda p: (p.date, p.url, p.rendered)))


def furniture_sentences() -> tuple[str, ...]:
    """Sentences that stand on pages but in no article: none may reach a text."""
    data = furniture()
    rows = [row["title"] for key in ("qilu", "netease") for row in data[key]]
    return (*rows, *data["comments"], *data["ranking"], *data["videos"], "想爆料", "举报电话", "特别声明")
