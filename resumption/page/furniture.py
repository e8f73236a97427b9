"""Which blocks of an article's element are no article text: one judgement for the general reader and for known layouts.

Every rule looks at what a block says, how much of it is links, and whether it stands before the first paragraph
(`head`), between paragraphs (`inside`) or after the last one (`tail`); each cut names its rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from resumption.lexicon.noise import find_heading, find_line, trim_ending
from resumption.page.markup import Block

Reason = tuple[str, str]
"""Name of the rule, and the group the cut is counted in: `related`, `ads` or `other`."""

_SIGNS = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[。！？!?；;…”’」』）):：.]\s*$")
_CRUMB = re.compile(r"(?:^|[>＞»/|])\s*(?:首页|正文|网站首页)|当前位置|您(?:现在)?(?:所在)?的位置")
_DAY = re.compile(r"(?:19|20)\d\d\s?[-/年.]\s?\d{1,2}\s?[-/月.]\s?\d{1,2}")
# 「（2007年6月29日…会议通过）」 under the headline of a law or decision is part of its text.
_ENACTED = re.compile(r"[（(].{0,100}(?:通过|公布|发布|批准|修订|修正|施行)[)）]$")
_META_WORD = re.compile(r"来\s*源|作\s*者|出处|编辑|责编|浏览|点击|阅读|人气|字号|字体|分享|收藏|打印")
_LAST = ("editor", "copyright", "licence", "scan code", "comments", "neighbour")


def fold(text: str) -> str:
    """Letters, digits and Han only, for comparing titles.

    >>> fold("“服务包”  助力复工！") == fold("“服务包” 助力复工")
    True
    """
    return _SIGNS.sub("", text).lower()


def prose_of(block: Block) -> int:
    """Characters of a block that are running text: not links, and with the punctuation of sentences."""
    text = block.text
    size = len(text)
    free = size - block.linked
    if size < 12 or free * 2 < size:
        return 0
    marks = sum(map(text.count, "，。,、；！？"))
    if marks == 0:
        plain = size >= 40 and not text[0].isdigit() and "：" not in text and "\t" not in text
        return free // 2 if plain and text.count(" ") * 8 < size else 0
    if size < 60 and _DAY.search(text[:24]) and _META_WORD.search(text):
        return 0
    return free if "。" in text or marks >= 3 or _SENTENCE_END.search(text) else free * 2 // 3


def is_paragraph(block: Block, prose: int) -> bool:
    """Whether a block is certainly a paragraph of an article and no caption, notice or list item."""
    own = prose > 0 and block.linked * 3 < len(block.text)
    return own and (prose >= 30 or bool(_SENTENCE_END.search(block.text)))


def judge(
    blocks: Sequence[Block],
    prose: Sequence[int],
    title: str,
    foreign: Mapping[int, Reason],
    continues: Callable[[int], bool],
) -> dict[int, Reason]:
    """Why each block that is no article text is none, by index; the other blocks are the article.

    `foreign` are blocks already known to be furniture, `continues` says whether a block after a heading like 相关新闻
    is the article going on. Endings such as 返回首页 are cut off the blocks in place.
    """
    count = len(blocks)
    folded_title = fold(title)
    if len(folded_title) > 5:
        span = range(len(title) - 6, len(title) + 7)
        prose = [0 if p and len(b.text) in span and fold(b.text) == folded_title else p for b, p in zip(blocks, prose)]
    first = next((i for i in range(count) if prose[i] and not find_line(blocks[i].text, "head")), count)
    end, appended = _appended(blocks, prose)
    paragraphs = (i for i in range(end - 1, -1, -1) if is_paragraph(blocks[i], prose[i]))
    last = next((i for i in paragraphs if len(blocks[i].text) > 300 or not find_line(blocks[i].text, "tail")), first)
    headline = _headline_parts(blocks, folded_title, first)
    cut: dict[int, Reason] = {}
    closed: Reason | None = None
    final = False
    for i, block in enumerate(blocks):
        if i in foreign:
            cut[i] = foreign[i]
            if i > last and "edit" in foreign[i][0]:
                closed = closed or ("after the article's end", "other")
            continue
        if closed is not None:
            if final or not (prose[i] and continues(i)):
                cut[i] = closed
                continue
            closed = None
        place = "head" if i < first else "tail" if i > last else "inside"
        if i == end and appended is not None:
            cut[i] = closed = appended
            final = True
            continue
        if rule := find_heading(block.text):
            cut[i] = closed = (f"{rule.name}: {block.text[:12]}", rule.group)
            # Readers write whole sentences: after the heading of their comments nothing is the article's any more.
            final = rule.name == "comments" and 3 * sum(prose[:i]) > sum(prose[i:])
            continue
        block.text = trim_ending(block.text)
        reason = ("headline again", "other") if i in headline else _reason(block, place, prose[i])
        if reason is not None:
            cut[i] = reason
            ends = reason[0].startswith(_LAST) if place == "tail" else reason[0].startswith("editor")
            if ends and place != "head":  # in the middle: until the article's own paragraphs go on, if they do
                closed = ("after the article's end", "other")
    dated = max((i for i in range(first) if cut.get(i, ("", ""))[0] == "date line"), default=0)
    for i in range(dated):  # a medium's or account's name between the headline and the date
        if i not in cut and not prose[i] and len(blocks[i].text) <= 30:
            cut[i] = ("meta line", "other")
    _cut_list_headings(blocks, cut, last)
    return cut


def _appended(blocks: Sequence[Block], prose: Sequence[int]) -> tuple[int, Reason | None]:
    """Where another article begins that was put under this one: 「[相关新闻]」, its headline, its paragraphs.

    Only a heading in brackets of its own, with no small part of the prose before it: in the middle of an article, an
    unmarked heading of that kind opens a list of links after which the article goes on.
    """
    for i in range(1, len(blocks) - 2):
        text = blocks[i].text
        if text[0] in "[［【" and len(text) <= 12 and (rule := find_heading(text)) and rule.group == "related":
            below = blocks[i + 1]
            titled = 8 <= len(below.text) <= 60 and not below.linked and not below.text.endswith("。")
            if titled and prose[i + 2] and sum(prose[:i]) * 2 > sum(prose[i:]):
                return i, (f"{rule.name}: {text}", rule.group)
    return len(blocks), None


def _headline_parts(blocks: Sequence[Block], title: str, first: int) -> frozenset[int]:
    """Blocks before the first paragraph that repeat the headline: one alone, most of it, or several lines together."""
    found: set[int] = set()
    if len(title) <= 5:
        return frozenset()
    for i in range(first):
        folded = fold(blocks[i].text) if len(blocks[i].text) <= 160 else ""
        if i in found or not folded or (at := title.find(folded)) < 0:
            continue
        if len(folded) * 2 > len(title):
            found.add(i)
        rest, end = title[at + len(folded) :], i + 1
        while rest and end < first and (folded := fold(blocks[end].text)) and rest.startswith(folded):
            rest, end = rest[len(folded) :], end + 1
        if not rest and (len(title) - at) * 2 > len(title):
            found.update(range(i, end))
    return frozenset(found)


def _reason(block: Block, place: str, prose: int) -> Reason | None:
    text = block.text
    size = len(text)
    if rule := find_line(text, place):
        return (f"{rule.name}: {text[:12]}", rule.group)
    if place == "head" and not prose and size < 120:
        if _CRUMB.search(text):
            return ("breadcrumb", "other")
        if _DAY.search(text):
            return None if _ENACTED.match(text) else ("date line", "other")
        if size < 80 and _META_WORD.search(text):
            return ("meta line", "other")
    if block.linked * 10 >= size * 7 and not (prose and size > 60):
        return ("link", "related" if place != "head" else "other")
    if not text or (size <= 2 and not text.isalnum()):
        return ("sign", "other")
    return None


def _cut_list_headings(blocks: Sequence[Block], cut: dict[int, Reason], last: int) -> None:
    """A short line after the article under which only links were cut was their heading."""
    for i in range(len(blocks) - 2, last, -1):
        if (
            i not in cut
            and i + 1 in cut
            and cut[i + 1][0] in ("link", "heading of links")
            and len(blocks[i].text) <= 16
        ):
            cut[i] = ("heading of links", "related")
