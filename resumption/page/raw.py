"""`read_raw`: one page, whatever it is, to one RawArticle or None."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from lxml import etree

from resumption.items import Cut, PublishedBasis, RawArticle
from resumption.page.dates import find_closing_date, find_page_date, find_url_date, not_after, parse_stamp
from resumption.page.decode import CONTROLS, Decoded, decode
from resumption.page.dump import is_markup, read_dump
from resumption.page.fields import Head, find_author, find_editor, find_source, read_head, strip_site
from resumption.page.general import Reading, read_general
from resumption.page.layouts import LayoutReading, read_layout
from resumption.page.markup import DEEP, Blocks, drop_scripts, parse_html, read_blocks, strip_markup, tidy
from resumption.page.urls import canonical, find_channel, find_portal
from resumption.portals import Channel, Portal, load_portal

_NO_ARTICLE = re.compile(
    r"^\W*(?:40[0-9]|50[0-4])\b|页面(?:不存在|没有找到|找不到|已删除|未找到|走丢|无法)|(?:文章|内容|信息|新闻)(?:不存在|已(?:被)?删除)|无法访问"
    r"|访问(?:验证|受限|被拒绝|过于频繁)|(?:安全|人机|滑动|身份)验证|验证码|出错了|系统(?:繁忙|维护|错误)|正在跳转|自动跳转|跳转中|(?:开启|启用|支持)\s?JavaScript"
    r"|Not Found|Forbidden|Access Denied|Bad Gateway|Just a moment|Service Unavailable|滚动新闻",
    re.IGNORECASE,
)
_GALLERY = re.compile(
    r"""<textarea[^<>]*name=["']?gallery-data["']?[^<>]*>((?:[^<]++|<(?!/?textarea))*+)</textarea>""",
    re.IGNORECASE | re.DOTALL,
)
_DAY_FIRST = re.compile(r"^\s{0,9}(?:19|20)\d\d-\d\d-\d\d(?:\s\d\d:\d\d(?::\d\d)?)?\s{0,4}[·|｜]\s{0,4}")
_LABELS = re.compile(r"^\W*(?:本文)?(?:来源|作者|责任编辑|责编|编辑)\s*[:：]\s*")
_NEXT_FIELD = re.compile(r"(?:19|20)\d\d-\d\d|(?:作者|责任编辑)\s*[:：]")
_HAN = re.compile("[\u4e00-\u9fff]")
_SHORTEST = 12
_LONGEST_MESSAGE, _MESSAGE = 400, 100
"""Characters of the body of a page that calls itself an error in its title, and of one that does so in its body."""
# No news page comes near; beyond, parsers and walks take seconds.
_MOST_TAGS = 200_000
_MOST_ATTRIBUTES = 150_000


@dataclass(slots=True, kw_only=True)
class _Found:
    """What a page itself says: the fields of a `RawArticle` that come out of its text."""

    title: str
    body: str
    body_is_html: bool
    layout: str
    source: str = ""
    author: str = ""
    editor: str = ""
    published_at: str | None = None
    published_basis: PublishedBasis | None = None
    cuts: tuple[Cut, ...] = ()
    warnings: tuple[str, ...] = ()


_Read = tuple[_Found | None, etree._Element | None]
_OUTSIDE = "text lost: {} characters of prose stand outside of what was taken for the article"
_LOST = "text lost by the parser (nesting, size or broken markup), read without markup"


def read_raw(
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
) -> RawArticle | None:
    """Read one page (HTML or plain-text dump, told apart by content); None when it is no article. Never raises.

    `published` (any date form) and `region` win over what the page says; `portal` is a Portal or a seed name, found
    from the address when not given. A layout of the portal is tried first, then the general reader.
    """
    return read_tree(
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
    )[0]


def read_tree(
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
    markup: bool = True,
) -> tuple[RawArticle | None, etree._Element | None]:
    """Like `read_raw`, and the tree of an HTML `RawArticle.body`, so that cleaning need not parse it again.

    Without `markup` the body of a layout is its mere text, for who needs nothing but the tree.
    """
    if http_status is not None and http_status >= 400:
        return None, None
    known = load_portal(portal) if isinstance(portal, str) and portal else portal or find_portal(url)
    assert not isinstance(known, str)
    decoded = decode(body, headers)
    source = decoded.text
    tree: etree._Element | None = None
    unclosed: tuple[str, ...] = ()
    if is_markup(source):
        raw, tree = _read_page(decoded, url, known, title, markup)
        unclosed = _unclosed(source)
    else:
        raw = _read_text(source, title)
    if raw is None or (title is None and _is_message(raw)):
        return None, None
    address, doc_id = canonical(url, known)
    if channel is None and known is not None:
        channel = find_channel(known, url, doc_id, raw.source)
    stamp, basis = _published(published, raw, url, fetched_at)
    whole = RawArticle(
        url=url,
        portal=known.name if known else "",
        channel=channel.url if channel else "",
        canonical_url=address,
        doc_id=doc_id,
        # A character reference (`&#27;`) brings in what `decode` has dropped.
        title=_printed(raw.title or title or ""),
        source=_printed(raw.source),
        author=_printed(raw.author),
        editor=_printed(raw.editor),
        published_at=stamp,
        published_basis=basis,
        body=raw.body,
        body_is_html=raw.body_is_html,
        cuts=raw.cuts,
        region=region or (channel.region if channel else ""),
        region_code=channel.region_code if channel and (not region or region == channel.region) else "",
        layout=raw.layout,
        fetched_at=fetched_at,
        http_status=http_status,
        raw_sha256=hashlib.sha256(
            body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
        ).hexdigest(),
        raw_ref=raw_ref,
        warnings=decoded.warnings + raw.warnings + unclosed,
    )
    return whole, tree


def _printed(text: str) -> str:
    """A field without control characters."""
    return text if text.isprintable() else CONTROLS.sub("", text)


def _unclosed(source: str) -> tuple[str, ...]:
    """A warning where a comment, script or title that never ends holds Chinese text: a page cut or broken there."""
    for begin, end in (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<title", "</title")):
        at = source.rfind(begin)
        if at >= 0 and source.find(end, at) < 0 and len(_HAN.findall(source, at)) > 100:
            return (f"text lost: {begin} without end",)
    # `</title垂…` is no end: the title goes on to the next one and takes the paragraphs between with it.
    opened = _TITLE.search(source)
    if opened:
        closed = _TITLE_END.search(source, opened.end())
        taken = source[opened.end() : closed.start() if closed else len(source)]
        if "<p" in taken and len(_HAN.findall(taken)) > 100:
            return ("text lost: <title without end",)
    return ()


# A pattern that ignores case as a whole is tried at every character.
_TITLE = re.compile("<[Tt][Ii][Tt][Ll][Ee]")
_TITLE_END = re.compile(r"</[Tt][Ii][Tt][Ll][Ee](?=[\s>/])")


def _is_message(raw: _Found) -> bool:
    """An error page, a captcha or a redirect that calls itself a page: short, and it says so."""
    if len(raw.body) > _LONGEST_MESSAGE:
        return False
    return bool(_NO_ARTICLE.search(raw.title)) or (len(raw.body) < _MESSAGE and bool(_NO_ARTICLE.search(raw.body)))


def _published(
    given: str | None, raw: _Found, url: str, fetched_at: str | None
) -> tuple[str | None, PublishedBasis | None]:
    if given and (stamp := parse_stamp(given)):
        return stamp, PublishedBasis.GIVEN
    if stamp := not_after(raw.published_at, fetched_at):
        return stamp, raw.published_basis
    if stamp := not_after(find_url_date(url), fetched_at):
        return stamp, PublishedBasis.URL
    return None, None


def _read_page(decoded: Decoded, url: str, portal: Portal | None, title: str | None, markup: bool) -> _Read:
    source = decoded.text
    head = read_head(source)
    name = f"general ({portal.name})" if portal else "general"
    data = source.encode("utf-8", "replace") if decoded.utf8 is None else decoded.utf8
    large = len(data) > 3 * _MOST_ATTRIBUTES  # `<p>` and ` a=` are the shortest
    if large and (data.count(b"<") > _MOST_TAGS or data.count(b"=") > _MOST_ATTRIBUTES):
        return _read_stripped(source, title, head, name, "markup too large, read without it"), None
    root, broken = parse_html(source, data)
    if root is None:
        return (_read_stripped(source, title, head, name, _LOST) if broken else None), None
    dropped = False
    if portal is not None and not broken:
        drop_scripts(root)
        dropped = True
        reading, broken = read_layout(root, source, portal)
        if reading is not None:
            return _from_layout(reading, portal, head, markup)
    if portal is not None and (gallery := _read_gallery(source, head, portal)) is not None:
        return gallery, None
    page = read_blocks(root, dropped=dropped)
    if broken or page.swallowed or page.deepest > DEEP:
        return _read_stripped(source, title, head, name, _LOST), None
    reading_general = read_general(page, head)
    if not reading_general.kept and sum(map(len, page.hidden)) > 100:
        # Some pages hide the whole article until a script has run.
        root, _ = parse_html(source)
        if root is not None:
            page = read_blocks(root, keep_hidden=True)
            reading_general = read_general(page, head)
    if not reading_general.kept or sum(len(page.blocks[i].text) for i in reading_general.kept) < _SHORTEST:
        # A title without end takes the page with it.
        return (_read_stripped(source, title, head, name, _LOST) if _unclosed(source) else None), None
    return _from_general(page, reading_general, head, name), None


def _read_stripped(source: str, title: str | None, head: Head, layout: str, warning: str) -> _Found | None:
    """Read the page as a dump of its own text, where no tree holds the whole of it."""
    raw = _read_text(strip_markup(source), title or strip_site(head.title) or None)
    if raw is None:
        return None
    stamp = head.published or raw.published_at
    basis = PublishedBasis.META if head.published else raw.published_basis
    return replace(raw, layout=layout, published_at=stamp, published_basis=basis, warnings=(*raw.warnings, warning))


def _from_layout(reading: LayoutReading, portal: Portal, head: Head, markup: bool) -> _Read:
    title = reading.title or strip_site(head.title)
    if not markup:
        body = "\n".join(etree.tostring(b, method="text", encoding="unicode", with_tail=False) for b in reading.bodies)
    # Whether a short page is a message is judged by its markup.
    if markup or len(body) < _MESSAGE or (len(body) <= _LONGEST_MESSAGE and _NO_ARTICLE.search(title)):
        body = "\n".join(etree.tostring(b, method="html", encoding="unicode", with_tail=False) for b in reading.bodies)
    tree = etree.Element("html")
    for element in reading.bodies:
        element.tail = "\n"
        tree.append(element)
    stamp, basis = head.published, PublishedBasis.META
    if stamp is None or stamp[11:19] == "00:00:00":
        on_page = find_page_date([reading.published]) if reading.published else None
        if stamp is None or (on_page and on_page[:10] == stamp[:10]):
            stamp, basis = on_page, PublishedBasis.PAGE
    raw = _Found(
        title=title,
        source=_unlabelled(reading.source),
        author=find_author([reading.author]) if reading.author else "",
        editor=find_editor([reading.editor]) or _unlabelled(reading.editor),
        published_at=stamp,
        published_basis=basis if stamp else None,
        body=body,
        body_is_html=True,
        layout=f"{portal.name} {reading.layout.name}",
    )
    return raw, tree


def _unlabelled(text: str) -> str:
    if not text:
        return ""
    text = _LABELS.sub("", _DAY_FIRST.sub("", text))
    return _NEXT_FIELD.split(text, 1)[0].strip(" 　()（）")[:60]


def _read_gallery(source: str, head: Head, portal: Portal) -> _Found | None:
    """A photo set: its pictures' notes stand as JSON in a textarea."""
    match = _GALLERY.search(source)
    if not match:
        return None
    try:
        data = json.loads(match.group(1))
        info, notes = data["info"], [str(row.get("note") or row.get("title") or "") for row in data["list"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    lines: list[str] = []
    for note in notes:
        if (line := tidy(note)) and line not in lines:
            lines.append(line)
    stamp = parse_stamp(str(info.get("lmodify", ""))) or head.published
    return (
        _Found(
            title=tidy(str(info.get("setname", ""))) or strip_site(head.title),
            source=str(info.get("source", "")),
            published_at=stamp,
            published_basis=PublishedBasis.PAGE if stamp else None,
            body="\n".join(lines),
            body_is_html=False,
            layout=f"{portal.name} photo",
        )
        if lines
        else None
    )


def _from_general(page: Blocks, reading: Reading, head: Head, layout: str) -> _Found:
    blocks = page.blocks
    first = reading.kept[0]
    at = reading.title_at if reading.title_at is not None and reading.title_at < first else max(0, first - 12)
    around = [b.text for b in blocks[at:first] if len(b.text) < 260]
    before = [b.text for b in blocks[max(0, at - 8) : at] if len(b.text) < 120]
    after = [b.text for i, b in enumerate(blocks[reading.kept[-1] + 1 : reading.kept[-1] + 8]) if len(b.text) < 160]
    stamp, basis = head.published, PublishedBasis.META
    if stamp is None or stamp[11:19] == "00:00:00":
        on_page = find_page_date(around) or find_page_date(before[::-1]) or find_page_date(after[:5])
        if stamp is None or (on_page and on_page[:10] == stamp[:10]):
            stamp, basis = on_page, PublishedBasis.PAGE
    if stamp is None:
        labelled = find_closing_date(b.text for b in blocks[reading.kept[-1] + 1 : reading.kept[-1] + 60])
        stamp, basis = (labelled, PublishedBasis.PAGE) if labelled else (head.updated, PublishedBasis.META)
    cut_lines = [blocks[i].text for i in sorted(reading.cut)]
    return _Found(
        title=reading.title,
        source=find_source(around + before, head) or find_source(after),
        author=find_author([line for line in around if len(line) < 200], head),
        editor=find_editor(around + after + cut_lines),
        published_at=stamp,
        published_basis=basis if stamp else None,
        body="\n".join(blocks[i].text for i in reading.kept),
        body_is_html=False,
        cuts=tuple(
            Cut(text=blocks[i].text, reason=why, group=group) for i, (why, group) in sorted(reading.cut.items())
        ),
        layout=layout,
        warnings=(_OUTSIDE.format(reading.outside),) if reading.outside > max(200, reading.prose) else (),
    )


def _read_text(text: str, title: str | None) -> _Found | None:
    reading = read_dump(text, title)
    if sum(map(len, reading.lines)) < (_SHORTEST if title is None else 1):
        return None
    return _Found(
        title=title or reading.title,
        source=reading.source,
        author=reading.author,
        editor=reading.editor,
        published_at=reading.published,
        published_basis=PublishedBasis.PAGE if reading.published else None,
        body="\n".join(reading.lines),
        body_is_html=False,
        cuts=tuple(reading.cuts),
        layout="dump",
        warnings=("text lost: more than 50,000 lines",) if reading.overlong else (),
    )


def explain_blocks(body: bytes | str, url: str = "") -> list[tuple[bool, str, str]]:
    """Every block of a page with whether it was kept and why, in the order of reading."""
    source = decode(body).text
    if not is_markup(source):
        return read_dump(source).judged
    root, _ = parse_html(source)
    if root is None:
        return []
    page = read_blocks(root)
    reading = read_general(page, read_head(source[:200_000]))
    kept = set(reading.kept)
    rows = []
    for i, block in enumerate(page.blocks):
        if i in kept:
            rows.append((True, "article", block.text))
        elif i == reading.title_at:
            rows.append((False, "headline", block.text))
        else:
            rows.append((False, reading.cut.get(i, ("outside the article's element", ""))[0], block.text))
    return rows


def next_pages(body: bytes | str, url: str) -> tuple[str, ...]:
    """Addresses of the further pages of a long article (`X_2.html`, or `X_all.html` alone where there is one)."""
    stem = re.match(r"(.*/[^/?#]*?)(?:_(?:\d+|all))?(\.s?html?)(?:[?#].*)?$", url)
    if not stem:
        return ()
    source = decode(body).text
    name = re.escape(stem.group(1).rsplit("/", 1)[1])
    found = re.findall(rf"""href\s*=\s*["']?([^"'\s>]*{name}_(?:\d{{1,2}}|all){re.escape(stem.group(2))})""", source)
    links = list(dict.fromkeys(urljoin(url, link) for link in found))
    links = [link for link in links if link != url]
    whole = [link for link in links if "_all." in link]
    return tuple(whole[:1] or sorted(links, key=lambda link: int(re.findall(r"_(\d+)\.", link)[-1])))


def join(raws: Sequence[RawArticle]) -> RawArticle:
    """One article out of its pages, in their order; fields are those of the first page."""
    first, *rest = raws
    body = first.body
    for raw in rest:
        if raw.body != body:
            body += "\n" + raw.body
    cuts = tuple(cut for raw in raws for cut in raw.cuts)
    warnings = tuple(dict.fromkeys(w for raw in raws for w in raw.warnings))
    return replace(first, body=body, cuts=cuts, warnings=warnings)
