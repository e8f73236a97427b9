"""The general reader: finds the article on a page of which nothing is known.

Three questions, each answered by numbers that `explain` can show. Which element holds the article: the one whose blocks
hold the most prose after taking off what links, lists and notices there cost. Where does it begin: after the headline
and the lines with date and source. Which of its blocks are foreign: link lists, repeated items, notices, everything
after a heading like 相关新闻 that the article's own paragraphs do not continue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from resumption.lexicon.noise import find_line, trim_ending
from resumption.page.fields import Head, find_headline, find_title, is_site_name
from resumption.page.furniture import Reason, judge, prose_of
from resumption.page.markup import Block, Blocks

_BODY_HINT = re.compile(
    r"TRS_Editor|UCAP-CONTENT|Custom_UnionStyle|endText|artibody|article[-_]?(?:body|content|con|main|text|detail)"
    r"|(?:news|detail|post|main|text|zw|info|page|rm_txt|show)[-_]?(?:content|body|con|text|txt|article)\b"
    r"|\b(?:content|article|zoom|fontzoom|detail|js_content|textbody|vsb_content\w*|zhengwen|conTxt|contentText|pages_content"
    r"|bodytext|news_txt|cont|con_txt|main_con|neirong|wzcon|xxgk_content|text)\b",
    re.IGNORECASE,
)
_FOREIGN_HINT = re.compile(
    r"(?<![a-z])(?:comment|pinglun|gentie|tie-?area|share|bdshare|related?|relevant|xiangguan|recommend|tuijian|sharecommend"
    r"|side-?bar|aside|foot(?:er)?|copyright|crumbs?|bread-?crumbs?|breadnav|position|nav(?:bar)?|menu|tool-?(?:bar|s)?|qr-?code|ewm|erweima"
    r"|login|search|rank(?:ing)?|paihang|hot(?:news|list|rank)?|advert\w*|ads?|adv|guanggao|tags?|keywords?|pager|paging|prev"
    r"|next(?:page)?|print|statement|disclaimer|declare|editor|zebian|edit|recom|more-?news|toplist|interest|guess\w*|popup|modal"
    r"|download|app-?down|banner|friend-?link|yqlj|xgxw|xglj|xgbd|weixin|wechat|subscribe|author-?info|feedback|vote|reco|rec"
    r")(?![a-rt-z])",
    re.IGNORECASE,
)
_EDITOR_BODY = re.compile(r"TRS_Editor|view\s*TRS|ueditor|kindeditor|fck|editor-?(?:content|body|box)", re.IGNORECASE)
_FAR = ("aside", "footer", "nav")
# Kinds of lines that are notices wherever they stand, even as long as a paragraph.
_NOTICES = frozenset(("copyright", "licence", "hot line", "rights note", "scan code", "detail link", "comments"))
LINK_PRICE = 0.8
WIDE_ROW = 30
_HINTS = 20_000
"""Names of elements to remember: a site has some hundred of them, and those with a number in them are no use."""


@dataclass(slots=True)
class Reading:
    """What the general reader found; indices are those of `Blocks.blocks`."""

    kept: list[int] = field(default_factory=list)
    cut: dict[int, Reason] = field(default_factory=dict)
    """Index to reason and group, for the blocks near or in the article that are no article text."""
    title: str = ""
    title_at: int | None = None
    node: int = -1
    prose: int = 0
    outside: int = 0
    """Prose below the headline that stands outside of the article's element and not in furniture."""


def read_general(page: Blocks, head: Head) -> Reading:
    """Find the article among the blocks of a page; `kept` is empty when there is none."""
    blocks = page.blocks
    reading = Reading()
    reading.title, reading.title_at = find_title(page, head)
    if is_site_name(reading.title):
        reading.title_at = None
    prose = [prose_of(b) for b in blocks]
    foreign = _foreign_blocks(page, prose) | _summaries(page, prose)
    for i, reason in foreign.items():
        if prose[i]:
            prose[i] = 0
            reading.cut[i] = reason
    if reading.title_at is not None and sum(prose[reading.title_at :]) >= 40:
        prose[: reading.title_at] = [0] * reading.title_at
    price = _prices(page, prose)
    node = _best_node(page, prose, price)
    if node is None and reading.title_at is not None:
        prose = _verses(page, reading.title_at)
        node = _best_node(page, prose, price)
    if node is None:
        return reading
    reading.node = _around(page, node, price)
    _judge(page, reading, prose, foreign)
    reading.prose = sum(prose[i] for i in reading.kept)
    reading.outside = sum(prose) - sum(prose[page.starts[reading.node] : page.ends[reading.node]])
    if reading.kept and is_site_name(reading.title):
        headline = find_headline(page, reading.kept[0])
        if headline is not None:
            reading.title, reading.title_at = page.blocks[headline].text, headline
    return reading


def _verses(page: Blocks, title_at: int) -> list[int]:
    """Prose of a page whose article has no punctuation (one clause to a line): its unlinked paragraphs below the
    headline, where ten or more stand in an element that is named like a body; else none."""
    lines = [0] * len(page.blocks)
    for i in range(title_at + 1, len(page.blocks)):
        block = page.blocks[i]
        own = page.tags[block.node] in ("p", "section") and not block.linked and 4 <= len(block.text) <= 60
        if own and "：" not in block.text and "\t" not in block.text and find_line(block.text, "tail") is None:
            lines[i] = len(block.text)
    sums = [0, *accumulate(map(bool, lines))]
    for node, hint in enumerate(page.hints):
        start, end = page.starts[node], page.ends[node]
        count = sums[end] - sums[start]
        if count >= 10 and count * 5 >= (end - start) * 4 and hint and _is_body(hint):
            return [size if start <= i < end else 0 for i, size in enumerate(lines)]
    return [0] * len(page.blocks)


def _prices(page: Blocks, prose: list[int]) -> list[float]:
    """What each block costs the element that holds it: links much, what is no prose little.

    What is said again and again costs once, and so does what comes after the first cells of a very wide row.
    """
    price: list[float] = []
    before = ""
    for block, own in zip(page.blocks, prose, strict=True):
        text, linked = block.text, block.linked
        if own:
            price.append(LINK_PRICE * linked)
        elif linked * 2 > len(text):
            price.append(min(len(text), 40) * LINK_PRICE + 4)
        else:
            price.append(0.0 if text == before and not linked else min(len(text), 24) * 0.25)
        before = text
    for node, tag in enumerate(page.tags) if "tr" in page.tags else ():
        start, end = page.starts[node], page.ends[node]
        if tag == "tr" and end - start > WIDE_ROW and not any(prose[start:end]):
            price[start + WIDE_ROW : end] = [0.0] * (end - start - WIDE_ROW)
    return price


def _foreign_blocks(page: Blocks, prose: list[int]) -> dict[int, Reason]:
    """Blocks in elements that say by tag, class or id that they are furniture, unless much of the prose is there."""
    total = sum(prose) or 1
    sums = [0, *accumulate(prose)]
    found: dict[int, Reason] = {}
    covered = 0
    for tag, hint, start, end in zip(page.tags, page.hints, page.starts, page.ends, strict=True):
        if not hint and tag not in _FAR:
            continue
        if start == end or end <= covered or not (tag in _FAR or _is_foreign(hint)):
            continue
        if (sums[end] - sums[start]) / total < 0.35:
            covered = end
            group = _group_of(hint or tag)
            for i in range(start, end):
                found.setdefault(i, (f"furniture: {tag}{'.' + hint if hint else ''}"[:60], group))
    for i, block in enumerate(page.blocks):
        if not prose[i] or i in found or len(block.text) > 600:
            continue
        block.text = trim_ending(block.text)
        if (rule := find_line(block.text, "tail")) and rule.name in _NOTICES:
            found[i] = (f"{rule.name}: {block.text[:12]}", rule.group)
    return found


@lru_cache(_HINTS)
def _is_body(hint: str) -> bool:
    return bool(_BODY_HINT.search(hint))


@lru_cache(_HINTS)
def _is_foreign(hint: str) -> bool:
    return bool(_FOREIGN_HINT.search(hint)) and not _EDITOR_BODY.search(hint)


@lru_cache(_HINTS)
def _group_of(hint: str) -> str:
    if re.search(r"relat|recom|tuijian|xiangguan|hot|rank|next|more|guess|xg|reco|aside|side", hint, re.IGNORECASE):
        return "related"
    return "ads" if re.search(r"ad|guanggao|banner|qr|ewm|app|down|wechat|weixin", hint, re.IGNORECASE) else "other"


def _best_node(page: Blocks, prose: list[int], price: list[float]) -> int | None:
    """The element with the most prose net of its furniture; of nearly equal ones the innermost."""
    prose_sums = [0, *accumulate(prose)]
    price_sums = [0.0, *accumulate(price)]
    best: int | None = None
    best_net = 0.0
    for node, (start, end) in enumerate(zip(page.starts, page.ends, strict=True)):
        held = prose_sums[end] - prose_sums[start]
        if held < 10:
            continue
        net = held - (price_sums[end] - price_sums[start])
        if page.hints[node] and _is_body(page.hints[node]):
            net *= 1.06
        if best is None or net > best_net or (net >= 0.97 * best_net and page.within(node, best)):
            best, best_net = node, max(net, best_net)
    if best is None and prose_sums[-1] >= 10:
        return max(
            range(len(page.tags)), key=lambda n: prose_sums[page.ends[n]] - prose_sums[page.starts[n]], default=None
        )
    return best


def _around(page: Blocks, node: int, price: list[float]) -> int:
    """The element around a lone paragraph: captions and lines without prose beside it may be the article's too."""
    while page.tags[node] in ("p", "section", "center", "blockquote") and page.parents[node] >= 0:
        parent = page.parents[node]
        start, end = page.starts[parent], page.ends[parent]
        beside = sum(price[start:end]) - sum(price[page.starts[node] : page.ends[node]])
        if page.tags[parent] in ("body", "html") or end - start > 12 or beside > 40:
            break
        node = parent
    return node


def _judge(page: Blocks, reading: Reading, prose: list[int], foreign: dict[int, Reason]) -> None:
    """Keep or cut each block of the element, and of its twins where the body is broken into several."""
    start, end = page.starts[reading.node], page.ends[reading.node]
    first = next((i for i in range(start, end) if prose[i]), end)
    if reading.title_at is not None and start <= reading.title_at < first:
        start = reading.title_at
    at = [*range(start, end)]
    for twin in _twins(page, reading.node, prose, foreign):
        at.extend(range(page.starts[twin], page.ends[twin]))
    at.sort()
    home = _home(page, prose, at)

    def continues(i: int) -> bool:
        block = page.blocks[at[i]]
        own = page.within(block.node, home) and block.linked * 4 < len(block.text)
        return own and not _listed(page, block, home)

    inside = {k: foreign[i] for k, i in enumerate(at) if i in foreign}
    cut = judge([page.blocks[i] for i in at], [prose[i] for i in at], reading.title, inside, continues)
    reading.cut.update({at[k]: reason for k, reason in cut.items()})
    reading.kept = [i for k, i in enumerate(at) if k not in cut]


def _summaries(page: Blocks, prose: list[int]) -> dict[int, Reason]:
    """Summaries of other articles: three or more paragraphs, each in a small element with the link to its article."""
    found: dict[int, Reason] = {}
    items: set[int] = set()
    for i, p in enumerate(prose):
        block = page.blocks[i]
        if not p or len(block.text) > 300:
            continue
        if block.text.endswith(("[详细]", "【详细】", "[详情]", "[全文]")):
            found[i] = ("summary in a list of articles", "related")
            items.add(-i)
            continue
        for k in (i - 1, i - 2, i + 1):
            if not 0 <= k < len(page.blocks):
                continue
            head = page.blocks[k]
            if 8 <= len(head.text) <= 60 and head.linked * 2 > len(head.text) and not prose[k]:
                item = page.item_of(min(i, k), max(i, k))
                if page.ends[item] - page.starts[item] <= 6:
                    for inner in range(page.starts[item], page.ends[item]):
                        found[inner] = ("summary in a list of articles", "related")
                    items.add(item)
                    break
    return found if len(items) >= 3 else {}


def _twins(page: Blocks, node: int, prose: list[int], foreign: dict[int, Reason]) -> list[int]:
    """Other elements that hold a part of the body: of the same id or class where that is a name that bodies bear, or
    brothers of the same tag and class; both only with prose in them."""
    names = {name for name in page.hints[node].split() if _is_body(name)}
    parent, tag, own = page.parents[node], page.tags[node], page.hints[node]
    found: list[int] = []
    for other, (hint, above) in enumerate(zip(page.hints, page.parents, strict=True)):
        brother = above == parent and hint == own and page.tags[other] == tag
        if other != node and (brother or (hint and names and names.intersection(hint.split()))):
            start, end = page.starts[other], page.ends[other]
            apart = not page.within(other, node) and not page.within(node, other)
            text = sum(
                len(b.text)
                for i, b in enumerate(page.blocks[start:end], start)
                if i not in foreign and b.linked * 2 < len(b.text)
            )
            full = sum(prose[start:end]) * 2 > text > 20
            if apart and full and not any(page.within(other, f) for f in found):
                found.append(other)
    return found


def _home(page: Blocks, prose: list[int], at: list[int]) -> int:
    """The element that most of the paragraphs stand directly in."""
    sums: dict[int, int] = {}
    for i in at:
        if prose[i]:
            node = page.blocks[i].node
            if page.tags[node] in ("p", "li", "h2", "h3", "h4", "blockquote", "section", "td"):
                node = page.parents[node]
            sums[node] = sums.get(node, 0) + prose[i]
    return max(sums, key=lambda n: sums[n]) if sums else 0


def _listed(page: Blocks, block: Block, home: int) -> bool:
    """Whether a block stands in a list, or in a quotation that the article itself does not stand in."""
    node = block.node
    while node >= 0:
        if page.tags[node] in ("li", "dd", "dt") or (page.tags[node] == "blockquote" and node > home):
            return True
        node = page.parents[node]
    return False
