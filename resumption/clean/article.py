"""Cut the noise inside a body and turn what is left into paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lxml import etree
from parsel.csstranslator import HTMLTranslator

from resumption.items import Article, Cut, RawArticle
from resumption.page.furniture import is_paragraph, judge, prose_of
from resumption.page.markup import Block, parse_html, read_blocks, tidy
from resumption.portals import Portal, load_portal

_NAMES = re.compile(r"[.#]([\w-]+)")
_ATTRIBUTES = re.compile(r"\[([\w-]+)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


@dataclass(frozen=True, slots=True)
class _Noise:
    """The selectors of noise of one layout, by what a body must hold for them to match: most bodies hold none of it."""

    selectors: tuple[str, ...]
    by_tag: dict[str, tuple[int, ...]]
    by_name: dict[str, tuple[int, ...]]
    """Class or id to the selectors with it."""
    others: tuple[tuple[int, etree.XPath | None], ...]
    """Selectors without a name, and a quick search without whose finding theirs finds nothing."""

    def find(self, root: etree._Element) -> list[int]:
        """The selectors that may match something below `root`, in the order of the seed."""
        by_tag, by_name = self.by_tag, self.by_name
        found: set[int] = set()
        for element in root.iter():
            if element.tag in by_tag:
                found.update(by_tag[element.tag])
            if value := element.get("class"):
                for token in value.split():
                    if token in by_name:
                        found.update(by_name[token])
            if (value := element.get("id")) and value in by_name:
                found.update(by_name[value])
        found.update(i for i, quick in self.others if quick is None or quick(root))
        return sorted(found)


@cache
def _compile(selectors: tuple[str, ...]) -> _Noise:
    by_name: dict[str, tuple[int, ...]] = {}
    by_tag: dict[str, tuple[int, ...]] = {}
    others: list[tuple[int, etree.XPath | None]] = []
    for i, css in enumerate(selectors):
        parts = [_QUOTED.sub("", part) for part in css.split(",")]
        names = [_NAMES.findall(part) for part in parts]
        attributes = [_ATTRIBUTES.findall(part) for part in parts]
        if css.isalnum():
            by_tag[css.lower()] = (*by_tag.get(css.lower(), ()), i)
        elif "(" not in css and all(names):
            for some in names:
                by_name[some[0]] = (*by_name.get(some[0], ()), i)
        elif "(" not in css and all(attributes):
            wanted = sorted({some[0] for some in attributes})
            others.append((i, etree.XPath(f"boolean({'|'.join(f'descendant-or-self::*/@{name}' for name in wanted)})")))
        else:  # what stands in brackets as in `:not(.ad)` need not be there
            others.append((i, None))
    return _Noise(selectors, by_tag, by_name, tuple(others))


@cache
def _path(selector: str) -> etree.XPath:
    return etree.XPath(HTMLTranslator().css_to_xpath(selector))


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
        lines = [line for text in raw.body.split("\n") if (line := _tidy_row(text))]
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


def _tidy_row(text: str) -> str:
    """A line as a reader sees it; the tabs between the cells of a row of data stay."""
    if "\t" not in text:
        return tidy(text)
    return "\t".join(map(tidy, text.strip().split("\t"))).strip()


def _html_blocks(
    raw: RawArticle, portal: Portal | None, cuts: list[Cut], tree: etree._Element | None = None
) -> list[Block]:
    root = parse_html(raw.body)[0] if tree is None else tree
    if root is None:
        return []
    if portal is not None:
        own = (
            noise for layout in portal.layouts if raw.layout == f"{portal.name} {layout.name}" for noise in layout.noise
        )
        noise = _compile((*portal.noise, *own))
        for i in noise.find(root):
            _drop(root, noise.selectors[i], cuts)
    return read_blocks(root, dropped=tree is not None).blocks


def _drop(root: etree._Element, selector: str, cuts: list[Cut]) -> None:
    for element in _path(selector)(root):
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
