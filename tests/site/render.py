"""Articles to pages: each portal's template generation filled in, with the furniture that surrounds real articles."""

from __future__ import annotations

import html
import re
import tomllib
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

from tests.site.articles import Article

HERE = Path(__file__).parent
BEIJING = timedelta(hours=8)
CITIES = [x + y for x, y in zip("济青淄枣东烟潍济泰威日临德聊滨菏", "南岛博庄营台坊宁安海照沂州城州泽", strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One capture of one address: what the server answers and the archive holds."""

    url: str
    body: bytes
    date: str
    """WARC-Date, UTC."""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),)
    rendered: bool = False


@cache
def furniture() -> dict[str, Any]:
    """Related news, comments, rankings and hot-lines that stand around every article."""
    return tomllib.loads((HERE / "furniture.toml").read_text(encoding="utf-8"))


@cache
def template(name: str) -> Template:
    return Template((HERE / "templates" / f"{name}.html").read_text(encoding="utf-8"))


def pick(items: list[Any], name: str, count: int) -> list[Any]:
    """`count` items, another choice for every article but always the same for the same one."""
    start = zlib.crc32(name.encode()) % len(items)
    return [items[(start + i) % len(items)] for i in range(min(count, len(items)))]


def render_article(article: Article) -> tuple[Page, ...]:
    """All pages of one edition of an article: the desktop page, more pages of a long one, the mobile page."""
    pages = []
    for url, paragraphs, pager in _split(article):
        pages.append(_page(article, url, _fill(article, url, paragraphs, pager)))
    pages += [replace(pages[0], url=url) for url in article.also]
    if article.mobile:
        mobile = replace(article, template="netease_m", encoding="utf-8", declared="")
        url = f"https://m.163.com/local/article/{article.doc_id}.html"
        pages.append(_page(mobile, url, _fill(mobile, url, article.paragraphs, "")))
    return tuple(pages)


def _split(article: Article) -> list[tuple[str, list[str], str]]:
    """Address, paragraphs and pager of each page of an article."""
    if article.pages == 1:
        return [(article.url, article.paragraphs, "")]
    stem = article.url.removesuffix(".html")
    urls = [article.url] + [f"{stem}_{n}.html" for n in range(2, article.pages + 1)]
    size = -(-len(article.paragraphs) // article.pages)
    links = " ".join(f'<a href="{u}">{i + 1}</a>' for i, u in enumerate(urls))
    pager = f'<div class="ep-pages">{links} <a href="{stem}_all.html" class="ep-pages-all">在本页浏览全文</a></div>'
    parts = [(u, article.paragraphs[i * size : (i + 1) * size], pager) for i, u in enumerate(urls)]
    return [*parts, (f"{stem}_all.html", article.paragraphs, "")]


def _page(article: Article, url: str, text: str) -> Page:
    kind = "text/html" + (f"; charset={article.header_charset}" if article.header_charset else "")
    fetched = datetime.fromisoformat(article.fetched)
    headers = [("Date", format_datetime(fetched.astimezone(UTC), usegmt=True)), ("Content-Type", kind)]
    if article.portal == "qilu" and article.published:
        changed = datetime.fromisoformat(article.published).replace(tzinfo=UTC) - BEIJING
        if article.refetched == article.fetched:
            changed = fetched
        headers.append(("Last-Modified", format_datetime(changed, usegmt=True)))
        headers.append(("ETag", f'"{zlib.crc32(text.encode()):08x}"'))
    return Page(
        url=url, body=text.encode(article.encoding, "xmlcharrefreplace"), date=article.fetched, headers=tuple(headers)
    )


def _fill(article: Article, url: str, paragraphs: list[str], pager: str) -> str:
    """The page of an article as text."""
    esc: Callable[[str], str] = html.escape
    words = {
        "url": url,
        "docid": article.doc_id,
        "title": html.escape(article.title, quote=False),
        "head_title": html.escape(_head_title(article), quote=False),
        # as the real ones do: ASCII quotes of the headline break the attribute
        "og_title": article.title,
        "description": esc(paragraphs[0][:60]),
        "keywords": "复工,企业",
        "source": article.source,
        "author": article.author,
        "editor": article.editor,
        "published": article.published,
        "day": article.published[:10],
        "iso": article.published.replace(" ", "T") + "+08:00",
        "channel_url": _channel_url(article),
        "channel_title": article.extra.get("channel_title", article.channel),
        "charset": _charset(article),
        "body": _body(article, paragraphs),
        "pager": pager,
        "html_data": _html_data(article),
        "meta_time": _meta_time(article),
        "info": _info(article),
    }
    return template(article.template).substitute(words, **_furniture(article))


def _head_title(article: Article) -> str:
    if article.portal == "qilu":
        return f"{article.title}_{article.extra.get('channel_title', '山东')}_齐鲁网"
    tail = "网易新闻中心" if article.year < 2019 else "网易新闻"
    tags = "|复工|企业" if article.template == "netease_d" else ""
    return f"{article.title}{tags}_{tail}"


def _channel_url(article: Article) -> str:
    parts = urlsplit(article.url)
    return article.extra.get("channel_url", f"{parts.scheme}://{parts.netloc}/")


def _charset(article: Article) -> str:
    name = article.declared or {"gb18030": "gb2312"}.get(article.encoding, article.encoding)
    if name == "none":
        return ""
    if article.template in ("netease_d", "netease_m", "qilu_share"):
        return f'<meta charset="{name}">'
    return f'<meta http-equiv="Content-Type" content="text/html; charset={name}" />'


def _html_data(article: Article) -> str:
    return f' data-publishtime="{article.published}"' if article.published and article.year >= 2020 else ""


def _meta_time(article: Article) -> str:
    if not article.published:
        return ""
    iso = article.published.replace(" ", "T") + "+08:00"
    return f'<meta property="article:published_time" content="{iso}">'


def _info(article: Article) -> str:
    """The line under a headline of template D; the bare word after the link is where the account's network is."""
    if not article.published:
        return " "
    place = article.extra.get("ip_region", "")
    source = f'<a href="{_channel_url(article)}">{article.source}</a>'
    return f'{article.published}　来源: {source} {place} <a class="post_jubao">举报</a>'


def _body(article: Article, paragraphs: list[str]) -> str:
    """Paragraphs as each generation writes them: two full-width blanks, numbered ids, images with captions."""
    qilu = article.portal == "qilu"
    lines = []
    for i, paragraph in enumerate(paragraphs):
        words = html.escape(paragraph, quote=False)
        if article.template in ("netease_d", "netease_m"):
            lines.append(f'<p id="0{i:X}A{zlib.crc32(article.name.encode()) % 4096:03X}">{words}</p>')
        else:
            lines.append(f"<p>　　{words}</p>")
        if i == 0 and article.extra.get("image"):
            lines.append(
                f'<p style="text-align: center;"><img src="http://img8.iqilu.com/{article.doc_id}.jpg" alt="" /></p>'
            )
    if article.byline and paragraphs and paragraphs[-1] == article.paragraphs[-1]:
        blank = "" if article.template in ("netease_d", "netease_m") else "　　"
        lines.append(f"<p>{blank}{article.byline}</p>")
    if article.extra.get("wrapped") and not qilu:
        lines = [f"<div>{line}</div>" for line in lines]
    return "\n".join(lines)


def _furniture(article: Article) -> dict[str, str]:
    """Everything around the body, chosen by the article's name."""
    data = furniture()
    fetched = datetime.fromisoformat(article.fetched)
    ranking = "".join(
        f'<li><a href="{_channel_url(article)}">{x}</a></li>' for x in pick(data["ranking"], article.name, 4)
    )
    comments = "".join(f'<p class="cmt">{x}</p>' for x in pick(data["comments"], article.name, 3))
    rows = pick(data[article.portal], article.name, 8)
    related = "\n".join(_related(article, row, fetched, i) for i, row in enumerate(rows))
    phone = data["hotlines"].get(article.channel, data["hotlines"]["shandong"])
    return {
        "ranking": ranking,
        "comments": comments,
        "cities": "".join(
            f'<li><a target="_blank" title="{c}" href="http://www.iqilu.com/">{c}</a></li>' for c in CITIES
        ),
        "videos": "".join(f"<li><a>{v}</a></li>" for v in data["videos"]),
        "thumbs": "".join(f'<li><a href="#{i}"><img src="{i}.jpg" /></a></li>' for i in range(1, 7)),
        "contact": f'<p class="contact">{data["contact"].format(phone=phone)}</p>',
        "related": related,
        "recommend": "\n".join(
            _recommend(row, fetched, i) for i, row in enumerate(pick(data["netease"], article.title, 5))
        ),
        "lead": f'<div class="post_desc">{article.extra["lead"]}</div>' if "lead" in article.extra else "",
        "otitle": f'<p class="otitle">（原标题：{article.extra.get("otitle", article.title)}）</p>',
        "special": _special(article, rows),
        "creative": f'<p class="creative_statement">责任编辑：{article.editor}</p>' if article.editor else "",
        "statement_style": "" if article.extra.get("statement") else ' style="display: none;"',
        "next_time": f"{fetched.year + 2}-05-24 11:34:10",
        "next_title": "开工首日发放红包800元 这家公司火了",
    }


def _related(article: Article, row: dict[str, str], fetched: datetime, i: int) -> str:
    """One item of the list below an article; in template D it is dated when the page was saved, years later."""
    title, url = row["title"], f"http://{article.channel}.iqilu.com/"
    day = fetched - timedelta(days=i % 3)
    if article.template == "qilu_2016":
        summary = row["summary"].format(month=day.month, day=day.day)
        return (
            f'<div class="news-pic-item"><dl><dt><a href="{url}" title="{title}" target="_blank">'
            f'<img src="http://img5.iqilu.com/{i}.jpg" alt="{title}"></a></dt>\n'
            f'<dd><h3><a href="{url}" title="{title}" target="_blank">{title}</a></h3></dd>'
            f'<dd>{summary}...<a href="{url}" target="_blank">[详细]</a></dd>\n'
            f'<dd class="info"><span class="resource">{row["source"]}</span> '
            f'<span class="time">{day:%Y-%m-%d}</span></dd></dl></div>'
        )
    if article.template == "netease_d":
        late = day.replace(year=day.year + 2 if day.year < 2024 else day.year)
        return (
            f'<li class="post_recommend"><a class="post_recommend_pic" href="https://www.163.com/dy/article/K{i}.html">'
            f'<img alt="{title}" src="https://nimg.ws.126.net/{i}.jpg"></a><div class="post_recommend_info">'
            f'<h3 class="post_recommend_title"><a>{title}</a></h3><p class="post_recommend_tags">{row["source"]} '
            f'<span class="post_recommend_time">{late:%Y-%m-%d} 1{i}:35:20</span></p></div></li>'
        )
    return f'<li><a href="{url}">{title}</a> <span>{day:%m-%d}</span></li>'


def _recommend(row: dict[str, str], fetched: datetime, i: int) -> str:
    return (
        f'<div class="post_recommend_new"><a class="post_recommend_img" title="{row["title"]}">'
        f'<img alt="{row["title"]}"></a>'
        f'<h3><a>{row["title"]}</a></h3><span class="post_recommend_source">{row["source"]}</span>'
        f'<div class="post_recommend_time">{fetched:%Y-%m-%d} 0{i}:12:06</div></div>'
    )


def _special(article: Article, rows: list[dict[str, str]]) -> str:
    if not article.extra.get("special"):
        return ""
    items = "".join(f"<li><a>{row['title']}</a></li>" for row in rows[:4])
    return f'<div class="related_article related_special"><h3>延伸阅读</h3><ul>{items}</ul></div>'


def redesigned(body: bytes) -> bytes:
    """The page with new names for the article's blocks, as after a redesign: no selector of the old template hits."""
    text = body.decode("latin-1")
    old = r"\b(article-main|section-cnt-tit|resource|endText|post_text|post_body|post_time_source|post_info|post_title"
    text = re.sub(old + r"|h1title|post_content|post_main|epContentLeft)\b", lambda m: "x-" + m[1][::-1], text)
    return text.replace('class="time"', 'class="x-t"').encode("latin-1")
