"""Cut the noise inside a body and turn what is left into paragraphs."""

from __future__ import annotations

import re

from lxml import etree
from parsel.csstranslator import HTMLTranslator

from resumption.items import Article, Cut, RawArticle
from resumption.page.furniture import is_paragraph, judge, prose_of
from resumption.page.markup import Block, parse_html, read_blocks, tidy
from resumption.portals import Portal, load_portal

_NAMED: dict[str, tuple[str, ...]] = {}
_XPATHS: dict[str, tuple[tuple[str, ...], etree.XPath]] = {}
_NAMES = re.compile(r"[.#\[]([\w-]+)")


def clean(raw: RawArticle, portal: Portal | None = None, tree: etree._Element | None = None) -> Article:
    """The article as text: paragraphs separated by a newline, and what was cut with its reason.

    `portal` is loaded from `raw.portal` when not given (SeedError if there is no such seed); `tree` is the parsed body
    where the caller has it (`resumption.page.raw.read_tree`), and is used up.
    An article whose whole body was noise has text "".
    """
    if portal is None and raw.portal:
        portal = load_portal(raw.portal)
    cuts = list(raw.cuts)
    if raw.body_is_html:
        lines = _keep(_html_blocks(raw, portal, cuts, tree), raw.title, cuts)
    else:  # read line by line by the general reader or the dump reader, which judged every line already
        lines = [line for text in raw.body.split("\n") if (line := tidy(text))]
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


def _html_blocks(
    raw: RawArticle, portal: Portal | None, cuts: list[Cut], tree: etree._Element | None = None
) -> list[Block]:
    root = parse_html(raw.body)[0] if tree is None else tree
    if root is None:
        return []
    if portal is not None:
        selectors = list(portal.noise)
        selectors += [
            s for layout in portal.layouts if raw.layout == f"{portal.name} {layout.name}" for s in layout.noise
        ]
        body = raw.body
        for selector in selectors:
            names = _NAMED.get(selector)
            if names is None:
                names = _NAMED[selector] = tuple(_NAMES.findall(selector))
            if not names or names[0] in body:
                _drop(root, selector, body, cuts)
    return read_blocks(root).blocks


def _drop(root: etree._Element, selector: str, source: str, cuts: list[Cut]) -> None:
    if selector not in _XPATHS:
        _XPATHS[selector] = (_NAMED[selector], etree.XPath(HTMLTranslator().css_to_xpath(selector)))
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
    if re.search(r"relat|reco|next|biaoqian|tag_tj|list|相关|推荐", selector):
        return "related"
    return "ads" if re.search(r"\bad|gg\d|contact|topad|qr|vhouse", selector) else "other"


def _keep(blocks: list[Block], title: str, cuts: list[Cut]) -> list[str]:
    """The lines that are article text."""
    prose = [prose_of(b) for b in blocks]
    cut = judge(blocks, prose, title, {}, lambda i: is_paragraph(blocks[i], prose[i]))
    cuts.extend(Cut(text=blocks[i].text, reason=why, group=group) for i, (why, group) in sorted(cut.items()))
    return [b.text for i, b in enumerate(blocks) if i not in cut]
