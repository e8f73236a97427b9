"""Markup to blocks of text: the one walk over a tree that the general reader and the cleaning both use.

A block is what a reader sees as one line or paragraph: the text between two borders of block elements or `<br>`.
Every block knows the block element it stands in, and every element knows which run of blocks stands in it, so sums over
any part of the page are differences of two prefix sums and the tree is walked once.
"""

from __future__ import annotations

import re
import threading
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
    "canvas", "video", "audio", "select", "option", "optgroup", "datalist", "textarea", "input", "button",
    "meta", "link", "title", "base", "param", "source", "track", "map", "area",
))
# fmt: on
_FLATTENED = tuple(_INLINE - {"a"})
_PARSERS = threading.local()
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_STYLES = etree.XPath("descendant-or-self::*/@style[contains(., 'none') or contains(., 'NONE')]")
_SPACES = re.compile(r"[^\S\u3000\n]+")
_LINE_BREAKS = re.compile(r"(?<=[\u2e80-\uffef])\s*\n\s*(?=[\u2e80-\uffef])")
_EARLY_ENDS = re.compile(rb"</(?:html|body)\b\s{0,9}>?", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_HANS = re.compile("[\u4e00-\u9fff]{4,}")
_BREAKS = re.compile(r"<(?:/?(?:p|div|br|tr|li|h\d|table|section|article|dd|dt|title))\b[^<>]*>", re.IGNORECASE)
_DROP = re.compile(r"<(script|style|noscript)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u2028\u2029"), "")
_INVISIBLE |= dict.fromkeys([*range(0x80, 0xA0), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], "")
_INVISIBLE |= {0x2028: "\n", 0x2029: "\n", 0x00A0: " "}
DEEP = 2000
"""Levels of elements beyond which the parser may have given up."""
_ODD = re.compile("[" + "".join(map(re.escape, map(chr, _INVISIBLE))) + "]")
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
    """Class and id of each element that holds text, joined by a blank."""
    parents: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    """Element n holds blocks[starts[n]:ends[n]]."""
    deepest: int = 0
    """Levels of elements, or a number above them but below `DEEP`."""
    swallowed: bool = False
    """Whether a class or id holds the page that follows it: its closing quote is missing."""
    hidden: list[str] = field(default_factory=list)
    """Text of parts with `display:none`."""

    def within(self, node: int, ancestor: int) -> bool:
        """Whether element `node` is `ancestor` or stands in it."""
        while node > ancestor:
            node = self.parents[node]
        return node == ancestor

    def item_of(self, first: int, last: int) -> int:
        """The smallest element that holds the blocks `first` to `last`."""
        node = self.blocks[first].node
        while node > 0 and self.ends[node] <= last:
            node = self.parents[node]
        return node


def tidy(text: str) -> str:
    """One line of text as a reader sees it: white space runs to one blank, none between Han at a source line break.

    >>> tidy(" 复工率\\n  达99.2% ")
    '复工率达99.2%'
    """
    text = text.strip(_STRIPPED)
    if text.isprintable() and "  " not in text:
        return text
    if not text.isprintable():
        if _ODD.search(text):  # most often it is an indent or a line break that is not printable
            text = text.translate(_INVISIBLE)
        if "\n" in text:
            text = _LINE_BREAKS.sub("", text).replace("\n", " ").replace("\r", " ")
    return _SPACES.sub(" ", text).strip(_STRIPPED)


def parse_html(text: str, data: bytes | None = None) -> tuple[etree._Element | None, bool]:
    """Parse the text of a page: the root (None for a page without markup), and whether much of its text was lost.

    `data` is the text in UTF-8 where the caller has it already.
    """
    data = text.encode("utf-8", "replace") if data is None else data
    ends = [at for at in (data.find(b"</html"), data.find(b"</body")) if at >= 0]
    if ends and len(data) - min(ends) > 120:
        # The parser drops what follows the first </html>; browsers go on (a header file included as a whole page).
        # An end tag that nothing opened closes a tag left open before it as </html> did; a blank would open it again.
        data = _EARLY_ENDS.sub(b"</ignored>", data)
    if not data or data.isspace():
        return None, False
    parser = _parser()
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None, True
    if root is None:  # nothing but comments or broken markup
        return None, True
    last = parser.error_log.last_error
    gave_up = last is not None and ("depth" in last.message or "Resource limit" in last.message)
    return root, gave_up or _is_lost(root, text, len(data) - len(text))


def _parser() -> etree.HTMLParser:
    """The parser of this thread: to make one takes as long as to parse a kilobyte."""
    try:
        return _PARSERS.parser
    except AttributeError:
        # huge_tree: 2,048 levels instead of 256, and text nodes beyond 10 MB; the caller bounds the number of tags.
        # Nobody asks for comments, or for an element by its id.
        _PARSERS.parser = parser = etree.HTMLParser(
            encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
        )
        return parser


def _is_lost(root: etree._Element, text: str, foreign: int) -> bool:
    """Whether the tree holds far less Chinese than the page, or not its end: first cheap guesses, then an exact count.

    `foreign` is the number of bytes that the page has more than characters, twice its Chinese characters or so.
    """
    if foreign < 100:
        return False
    held = etree.tostring(root, method="text", encoding="utf-8")
    words = held.decode("utf-8", "replace")
    if not _has_end(words, text):
        return len(_HAN.findall(words)) + 20 < len(_HAN.findall(strip_markup(text)))
    # Bytes tell how much is Chinese, but not in a page of two encodings: its unreadable characters take three as well.
    if foreign < 300 or ((len(held) - len(words)) * 6 >= foreign and "\ufffd" not in words):
        return False
    return 2 * len(_HAN.findall(words)) + 40 < len(_HAN.findall(strip_markup(text)))


def _has_end(words: str, text: str) -> bool:
    """Whether the words of a tree hold the last words of its page, as far as these can be seen without parsing."""
    for size in (400, 4000):
        tail = text[-size:]
        found = _HANS.findall(tail if size == 400 else strip_markup(tail))
        # The first word may have been cut, and there may be none.
        if len(found) < 2 or words.rfind(found[-1]) >= 0:  # it stands near the end
            return True
    return False


def is_swallowed(value: str) -> bool:
    """Whether the value of an attribute is a piece of the page: a quote is missing, and the parser read on for one."""
    return "</" in value and value.count(">") > 1 and _HAN.search(value) is not None


def strip_markup(text: str) -> str:
    """The text of a page by pattern, without a tree: for pages that no parser reads whole."""
    return _TAG.sub("", _BREAKS.sub("\n", _DROP.sub("", text)))


def drop_scripts(root: etree._Element) -> None:
    """Take out of the tree what holds no text of the page: scripts, styles, forms' fields, players."""
    etree.strip_elements(root, etree.Comment, etree.PI, *_DROPPED, with_tail=False)


def read_blocks(root: etree._Element, *, keep_hidden: bool = False, dropped: bool = False) -> Blocks:
    """Walk the tree once and return its blocks. The tree is changed: what holds no text of the page is taken out.

    `dropped` says that `drop_scripts` has been here already.
    """
    out = Blocks()
    if not dropped:
        drop_scripts(root)
    if not keep_hidden:
        for style in _STYLES(root):
            if "display" not in style.lower():  # far faster than the pattern on what is mostly `outline:none`
                continue
            if _HIDDEN.search(style) and (element := style.getparent()) is not root:
                out.hidden.append(tidy("".join(element.itertext())))
                element.clear(keep_tail=True)
    # Spans, fonts and bold change nothing about where a block ends; without them the walk is half as long.
    etree.strip_tags(root, *_FLATTENED)
    return _walk(root, out)


def _walk(root: etree._Element, out: Blocks) -> Blocks:
    """One pass over the start and end of every element; written for speed, most of the reading time is here."""
    tags, hints, parents, starts, ends, blocks = out.tags, out.hints, out.parents, out.starts, out.ends, out.blocks
    pieces: list[str] = []  # of the block that is being read
    opened: list[str] = []
    linked = anchors = in_link = 0
    node = -1
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            tag = element.tag
            opened.append(tag)
            if tag == "a":
                in_link += 1
                anchors += 1
                if (href := element.get("href")) and len(href) > 60:
                    out.swallowed |= is_swallowed(href)
            else:
                if pieces:
                    if whole := tidy(pieces[0] if len(pieces) == 1 else "".join(pieces)):
                        blocks.append(Block(whole, min(linked, len(whole)), node, anchors))
                        linked = 0
                        anchors = 1 if in_link else 0
                    pieces.clear()
                if tag != "br":
                    parents.append(node)
                    node = len(tags)
                    tags.append(tag)
                    starts.append(len(blocks))
                    ends.append(0)
                    hints.append("")
            text = element.text
        else:
            tag = opened.pop()
            if tag == "a":
                in_link -= 1
            elif tag != "br":
                if pieces:
                    if whole := tidy(pieces[0] if len(pieces) == 1 else "".join(pieces)):
                        blocks.append(Block(whole, min(linked, len(whole)), node, anchors))
                        linked = 0
                        anchors = 1 if in_link else 0
                    pieces.clear()
                ended = len(blocks)
                ends[node] = ended
                if ended > starts[node]:
                    # Only of elements that hold text is it asked what they call themselves.
                    name, ident = element.get("class"), element.get("id")
                    if name or ident:
                        hint = f"{name} {ident}" if name and ident else name or ident or ""
                        if len(hint) > 60:
                            out.swallowed |= is_swallowed(hint)
                            hint = hint[:200]
                        hints[node] = hint
                    if tag == "tr" and ended - starts[node] > 1:
                        _join_row(out, node)
                node = parents[node]
            text = element.tail
        if text:
            if not text.isspace():
                pieces.append(text)
                if in_link:
                    linked += len(text.strip(_STRIPPED))
            elif pieces:
                pieces.append(text)
    if pieces and (whole := tidy("".join(pieces))):
        blocks.append(Block(whole, min(linked, len(whole)), node, anchors))
    out.deepest = _depth(parents)
    return out


def _depth(parents: list[int]) -> int:
    """Levels of elements; of a page with few elements their number, which is as good a bound."""
    if len(parents) < DEEP:
        return len(parents)
    depths: list[int] = []
    for parent in parents:
        depths.append(depths[parent] + 1 if parent >= 0 else 1)
    return max(depths)


def _join_row(out: Blocks, row: int) -> None:
    """A row of a table of data is one line, cells parted by tabs; a row that lays out the page stays as it is."""
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
