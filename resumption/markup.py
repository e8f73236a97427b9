"""Markup to blocks of text: the one walk over a tree that the general reader and the cleaning both use.

A block is what a reader sees as one line or paragraph: the text between two borders of block elements or `<br>`.
Every block knows the block element it stands in, and every element knows which run of blocks stands in it, so sums over
any part of the page are differences of two prefix sums and the tree is walked once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

# fmt: off
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr", "img", "o:p", "st1:chsdate", "ne_article_source",
))
_DROPPED = frozenset((
    "script", "style", "noscript", "template", "iframe", "frame", "object", "embed", "applet", "svg", "math",
    "canvas", "video", "audio", "select", "option", "optgroup", "datalist", "textarea", "input", "button", "head",
    "meta", "link", "title", "base", "param", "source", "track", "map", "area",
))
# fmt: on
_FLATTENED = tuple(_INLINE - {"a"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_ELEMENTS = etree.XPath(
    "//*[contains(@style, 'none') or contains(@style, 'hidden') or contains(@style, 'NONE')]"
)
_SPACES = re.compile(r"[^\S\u3000\n]+")
_LINE_BREAKS = re.compile(r"(?<=[\u2e80-\uffef])\s*\n\s*(?=[\u2e80-\uffef])")
_EARLY_ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u2028\u2029"), "")
_INVISIBLE |= {0x2028: "\n", 0x2029: "\n", 0x00A0: " "}
_STRIPPED = " \t\r\n\f\v\u3000\xa0"


@dataclass(slots=True)
class Block:
    """One paragraph, line, list item or table row."""

    text: str
    linked: int
    """Characters of the text that are links."""
    node: int
    """Index of the block element it stands in."""
    anchors: int = 0
    """Number of links in it."""


@dataclass(slots=True)
class Blocks:
    """The blocks of a page in the order of reading, and the block elements around them."""

    blocks: list[Block] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    """Class and id of each element, joined by a blank."""
    parents: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    """Element n holds blocks[starts[n]:ends[n]]."""
    deepest: int = 0
    hidden: list[str] = field(default_factory=list)
    """Text of parts with `display:none`."""

    def within(self, node: int, ancestor: int) -> bool:
        """Whether element `node` is `ancestor` or stands in it."""
        while node > ancestor:
            node = self.parents[node]
        return node == ancestor


def tidy(text: str) -> str:
    """One line of text as a reader sees it: white space runs to one blank, none between Han at a source line break.

    >>> tidy(" 复工率\\n  达99.2% ")
    '复工率达99.2%'
    """
    text = text.strip(_STRIPPED)
    if text.isprintable() and "  " not in text:
        return text
    if not text.isprintable():
        text = text.translate(_INVISIBLE)
        if "\n" in text:
            text = _LINE_BREAKS.sub("", text).replace("\n", " ").replace("\r", " ")
    return _SPACES.sub(" ", text).strip(_STRIPPED)


def parse_html(text: str) -> tuple[etree._Element | None, bool]:
    """Parse the text of a page; returns the root (None for a page without markup) and whether the parser gave up early."""
    if len(text) - text.find("</html") > 400 or len(text) - text.find("</body") > 4000:
        # The parser drops what follows the first </html>; browsers go on reading (a header file included as a whole page).
        text = _EARLY_ENDS.sub("", text)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    data = text.encode("utf-8", "replace")
    if not data.strip():
        return None, False
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None, True
    last = parser.error_log.last_error
    return root, last is not None and ("depth" in last.message or "Resource limit" in last.message)


def read_blocks(root: etree._Element, *, keep_hidden: bool = False) -> Blocks:
    """Walk the tree once and return its blocks. The tree is changed: what holds no text of the page is taken out."""
    out = Blocks()
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    if not keep_hidden:
        for element in _HIDDEN_ELEMENTS(root):
            if element is not root and _HIDDEN.search(element.get("style")):
                out.hidden.append(tidy("".join(element.itertext())))
                element.clear(keep_tail=True)
    # Spans, fonts and bold change nothing about where a block ends; without them the walk is half as long.
    etree.strip_tags(root, *_FLATTENED)
    return _Walk(out).run(root)


class _Walk:
    """State of one walk; `pieces` is the text of the block that is being read."""

    def __init__(self, out: Blocks) -> None:
        self.out = out
        self.pieces: list[str] = []
        self.linked = 0
        self.anchors = 0
        self.in_link = 0
        self.node = -1

    def run(self, root: etree._Element) -> Blocks:
        out = self.out
        pieces = self.pieces
        stack: list[tuple[bool, etree._Element]] = [(False, root)]
        pop, push = stack.pop, stack.append
        depth = 0
        while stack:
            leaving, element = pop()
            tag = element.tag
            if leaving:
                depth -= 1
                if tag == "a":
                    self.in_link -= 1
                else:
                    self._leave()
            elif tag == "a":
                self.anchors += 1
                children = len(element)
                if not children:
                    if text := element.text:
                        pieces.append(text)
                        self.linked += len(text.strip(_STRIPPED))
                else:
                    self.in_link += 1
                    if element.text:
                        self._add(element.text)
                    push((True, element))
                    depth += 1
                    stack.extend([(False, child) for child in element.iterchildren(reversed=True)])
                    continue
            elif tag == "br":
                self._flush()
            elif tag.__class__ is str:
                self._enter(tag, element)
                if element.text:
                    self._add(element.text)
                if len(element):
                    push((True, element))
                    depth += 1
                    if depth > out.deepest:
                        out.deepest = depth
                    stack.extend([(False, child) for child in element.iterchildren(reversed=True)])
                    continue
                self._leave()
            if element.tail:
                self._add(element.tail)
        self._flush()
        return out

    def _enter(self, tag: str, element: etree._Element) -> None:
        self._flush()
        out = self.out
        out.tags.append(tag)
        name, ident = element.get("class"), element.get("id")
        out.hints.append(f"{name} {ident}" if name and ident else name or ident or "")
        out.parents.append(self.node)
        out.starts.append(len(out.blocks))
        out.ends.append(0)
        self.node = len(out.tags) - 1

    def _leave(self) -> None:
        self._flush()
        out, node = self.out, self.node
        out.ends[node] = len(out.blocks)
        if out.tags[node] == "tr" and out.ends[node] - out.starts[node] > 1:
            self._join_row(node)
        self.node = out.parents[node]

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        if self.in_link:
            self.linked += len(text.strip(_STRIPPED))

    def _flush(self) -> None:
        if self.pieces:
            if text := tidy("".join(self.pieces)):
                self.out.blocks.append(Block(text, min(self.linked, len(text)), self.node, self.anchors))
                self.linked = 0
                self.anchors = 1 if self.in_link else 0
            self.pieces.clear()

    def _join_row(self, row: int) -> None:
        """A row of a table of data is one line, cells parted by tabs; a row that lays out the page stays as it is."""
        out = self.out
        start = out.starts[row]
        cells = out.blocks[start:]
        if len(cells) > 30 or any(len(c.text) > 60 or c.linked for c in cells):
            return
        nodes = [n for n in range(row + 1, len(out.tags)) if out.tags[n] in ("td", "th")]
        if len(nodes) < 2 or "table" in out.tags[row + 1 :] or any(out.ends[n] - out.starts[n] > 2 for n in nodes):
            return
        out.blocks[start:] = [Block("\t".join(c.text for c in cells), 0, row)]
        out.ends[row] = start + 1
        for n in range(row + 1, len(out.tags)):
            out.starts[n], out.ends[n] = start, start + 1
