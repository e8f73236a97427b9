"""Cut the noise inside a body and turn what is left into paragraphs."""

from __future__ import annotations

import re

from lxml import etree
from parsel.csstranslator import HTMLTranslator

from resumption.items import Article, Cut, RawArticle
from resumption.lexicon.noise import find_heading, find_line
from resumption.markup import Block, parse_html, read_blocks, tidy
from resumption.portals import Portal, load_portal, portal_names

_SIGNS = re.compile(r"[\W_]+")
_PARAGRAPH = 20
_XPATHS: dict[str, tuple[tuple[str, ...], etree.XPath]] = {}
_NAMES = re.compile(r"[.#]([\w-]+)")
_ENDS = re.compile(r"[。！？!?]")


def clean(raw: RawArticle, portal: Portal | None = None) -> Article:
    """The article as text: paragraphs separated by a newline, and what was cut with its reason.

    `portal` is loaded from `raw.portal` when not given. Never raises; an article whose whole body was noise has text "".
    """
    if portal is None and raw.portal in portal_names():
        portal = load_portal(raw.portal)
    cuts = list(raw.cuts)
    blocks = (
        _html_blocks(raw, portal, cuts)
        if raw.body_is_html
        else [Block(t, 0, 0) for t in map(tidy, raw.body.split("\n")) if t]
    )
    lines = _keep(blocks, raw, cuts)
    removed = {group: sum(len(cut.text) for cut in cuts if cut.group == group) for group in ("related", "ads", "other")}
    return Article(
        url=raw.url,
        title=tidy(raw.title),
        text="\n".join(lines),
        portal=raw.portal,
        channel=raw.channel,
        canonical_url=raw.canonical_url,
        doc_id=raw.doc_id,
        source=raw.source,
        author=raw.author,
        editor=raw.editor,
        published_at=raw.published_at,
        published_basis=raw.published_basis,
        region=raw.region,
        region_code=raw.region_code,
        removed_related=removed["related"],
        removed_ads=removed["ads"],
        removed_other=removed["other"],
        fetched_at=raw.fetched_at,
        http_status=raw.http_status,
        layout=raw.layout,
        raw_sha256=raw.raw_sha256,
        raw_ref=raw.raw_ref,
        warnings=raw.warnings,
        cuts=tuple(cuts),
    )


def _html_blocks(raw: RawArticle, portal: Portal | None, cuts: list[Cut]) -> list[Block]:
    root, _ = parse_html(raw.body)
    if root is None:
        return []
    if portal is not None:
        selectors = list(portal.noise)
        selectors += [
            s for layout in portal.layouts if raw.layout == f"{portal.name} {layout.name}" for s in layout.noise
        ]
        for selector in selectors:
            _drop(root, selector, raw.body, cuts)
    return read_blocks(root).blocks


def _drop(root: etree._Element, selector: str, source: str, cuts: list[Cut]) -> None:
    if selector not in _XPATHS:
        _XPATHS[selector] = (tuple(_NAMES.findall(selector)), etree.XPath(HTMLTranslator().css_to_xpath(selector)))
    names, path = _XPATHS[selector]
    if any(name not in source for name in names):
        return
    for element in path(root):
        parent = element.getparent()
        if parent is None:
            continue
        text = tidy(" ".join(t for t in element.itertext() if not t.isspace()))
        if text and element.tag not in ("script", "style"):
            cuts.append(Cut(text=text, reason=f"layout noise: {selector}", group=_group(selector)))
        # The text after the element belongs to the article.
        previous = element.getprevious()
        if element.tail:
            if previous is not None:
                previous.tail = (previous.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)


def _group(selector: str) -> str:
    if re.search(r"relat|reco|next|biaoqian|list", selector):
        return "related"
    return "ads" if re.search(r"\bad|gg\d|contact|topad|qr|vhouse", selector) else "other"


def _keep(blocks: list[Block], raw: RawArticle, cuts: list[Cut]) -> list[str]:
    """The lines that are article text; notices are cut by what they say and where they stand."""
    title = _SIGNS.sub("", raw.title).lower()
    prose = [
        i
        for i, b in enumerate(blocks)
        if len(b.text) >= _PARAGRAPH and _ENDS.search(b.text) and not find_line(b.text, "tail")
    ]
    first, last = (prose[0], prose[-1]) if prose else (len(blocks), -1)
    lines: list[str] = []
    closed: tuple[str, str] | None = None
    for i, block in enumerate(blocks):
        text = block.text
        place = "head" if i < first else "tail" if i > last else "inside"
        if closed and i in prose and block.linked * 3 < len(text):
            closed = None
        reason = closed
        if reason is None and title and len(text) < 160 and i < first and _SIGNS.sub("", text).lower() == title:
            reason = ("headline again", "other")
        if reason is None and (rule := find_line(text, place)):
            reason = (f"{rule.name}: {text[:12]}", rule.group)
        if reason is None and raw.body_is_html and (rule := find_heading(text)):
            reason = closed = (f"{rule.name}: {text[:12]}", rule.group)
        if reason:
            cuts.append(Cut(text=text, reason=reason[0], group=reason[1]))
        else:
            lines.append(text)
    return lines
