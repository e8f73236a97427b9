"""`read_page`: a page in, an Article out; what the spiders, `scrapy extract` and a REPL all use."""

from __future__ import annotations

from collections.abc import Mapping

from resumption.clean import clean
from resumption.items import Article
from resumption.page.raw import read_tree
from resumption.portals import Channel, Portal


def read_page(
    body: bytes | str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    published: str | None = None,
    region: str | None = None,
    portal: Portal | str | None = None,
    channel: Channel | None = None,
    fetched_at: str | None = None,
    http_status: int | None = None,
    raw_ref: str = "",
    title: str | None = None,
) -> Article | None:
    """Read one page, HTML or plain text; None when it is no article (list, captcha, error page, empty).

    Arguments and what wins over what: see `resumption.page.read_raw`. Never raises on any input bytes.

    >>> page = "<title>县里开工了_某网</title><h1>县里开工了</h1><p>2020-02-20 来源：某网</p>"
    >>> page += "<div><p>昨日，全县规上企业复工九成，比前日多三家。</p></div>"
    >>> read_page(page, "https://news.example.com/1.html").text
    '昨日，全县规上企业复工九成，比前日多三家。'
    """
    raw, tree = read_tree(
        body,
        url,
        headers=headers,
        published=published,
        region=region,
        portal=portal,
        channel=channel,
        fetched_at=fetched_at,
        http_status=http_status,
        raw_ref=raw_ref,
        title=title,
        markup=False,
    )
    if raw is None:
        return None
    article = clean(raw, portal if isinstance(portal, Portal) else None, tree)
    return article if article.text else None
