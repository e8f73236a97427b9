"""Plain-text dumps of whole pages: the same ideas without a tree, line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from resumption.items import Cut
from resumption.lexicon.noise import find_heading, find_line
from resumption.page.dates import find_page_date
from resumption.page.fields import find_author, find_editor, find_source
from resumption.page.furniture import fold
from resumption.page.markup import tidy

_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|div|p|br|table|span|meta|a|ul|section|article|h[1-6])\b[^<>]*>", re.IGNORECASE
)
_CRUMB = re.compile(
    r"(?:\S\s{0,20}(?:>>?|»|＞|›)\s{0,20}\S)|当前位置|您(?:现在)?(?:所在)?的位置|^(?:网站)?首页(?:\s|$|[/|])|\S\s{0,20}[|｜]\s{0,20}\S{1,60}\s{0,20}[|｜]\s{0,20}\S|^\S+(?:\s/\s\S+)+$"
)
_META = re.compile(
    r"(?:来\s*源|稿源|作\s*者|编辑|责编|记者|时\s*间|日\s*期|浏览|点击|阅读|访问|字号|字体|发布|发文|索引号|文号|分享|评论)\S{0,4}\s*[:：]"
    r"|(?:19|20)\d\d\s?[-/年.]\s?\d{1,2}\s?[-/月.]\s?\d{1,2}"
)
_CRUMB_END = re.compile(r"[>＞»]\s{0,9}正文")
_DATED = re.compile(
    r"(?:[\u4e00-\u9fff]{2,6}\s?[:：]\s?)?(?:19|20)\d\d\s?[-/年.]\s?\d{1,2}\s?[-/月.]\s?\d{1,2}日?\s{0,3}\d{1,2}[:：]\d\d"
)
_SENTENCE = re.compile(r"[。！？!?”；;]$|[，。].*[，。；：]")
_LONG = 120
_MOST_LINES = 50_000
_ALONE = re.compile(r"(?:\d{1,6}|全部|正文|\W+|扫码手机看|分享至|收藏|打印|微信|微博)$")


@dataclass(slots=True)
class DumpReading:
    """Fields of a dump; `lines` are the kept paragraphs."""

    title: str = ""
    published: str | None = None
    source: str = ""
    author: str = ""
    editor: str = ""
    crumb: str = ""
    lines: list[str] = field(default_factory=list)
    judged: list[tuple[bool, str, str]] = field(default_factory=list)
    """Every line: kept, reason, text."""
    cuts: list[Cut] = field(default_factory=list)
    overlong: bool = False
    """Whether lines beyond the first 50,000 were left out."""


def is_markup(text: str) -> bool:
    """Whether a text is HTML and no plain dump: at least one tag that pages are made of."""
    return _MARKUP.search(text) is not None


def read_dump(text: str, title: str | None = None) -> DumpReading:
    """Read the article out of the text of a whole page, or of a page that is nothing but the article.

    >>> read_dump("首页 > 要闻\\n县里开工了九成\\n2020-02-20\\n昨日，全县复工率达九成。\\n责任编辑：李四").lines
    ['昨日，全县复工率达九成。']
    """
    reading = DumpReading()
    lines = [line for raw in text.splitlines() if (line := tidy(raw))]
    if len(lines) > _MOST_LINES:
        reading.overlong = True
        lines = lines[:_MOST_LINES]
    at = _title_at(lines, title)
    reading.title = lines[at] if at is not None else (title or "")
    begin = _body_at(lines, at)
    _read_head(reading, lines, at, begin)
    closed: tuple[str, str] | None = None
    goes_on = _goes_on_before(lines)
    last = _last_paragraph(lines, begin, goes_on)
    for i, line in enumerate(lines):
        if i < begin:
            _cut(reading, line, "headline" if i == at else "head of the page", "other")
            continue
        if closed is None:
            closed = _closing(lines, i, last, goes_on)
        if closed is not None:
            _cut(reading, line, *closed)
        elif (rule := find_line(line, "inside" if i <= last else "tail")) is not None:
            _cut(reading, line, rule.name, rule.group)
        elif at is None and reading.title and fold(line) == fold(reading.title):
            _cut(reading, line, "headline again", "other")
        else:
            reading.lines.append(line)
            reading.judged.append((True, "paragraph", line))
    reading.editor = find_editor([line for kept, _, line in reading.judged if not kept])
    return reading


def _cut(reading: DumpReading, line: str, reason: str, group: str) -> None:
    reading.judged.append((False, reason, line))
    reading.cuts.append(Cut(text=line, reason=reason, group=group))


def _is_head_line(line: str) -> bool:
    """A line that stands above an article: crumb, date, source, size and share buttons."""
    if _ALONE.match(line):
        return True
    if len(line) > 160 or _SENTENCE.search(line):
        return False
    if line.startswith("核心观点"):
        return False
    return bool(_CRUMB.search(line) or _META.search(line) or find_line(line, "head"))


def _is_dated(line: str) -> bool:
    """A line with the day and the time of day of an article, and perhaps its source."""
    return len(line) <= 80 and _DATED.match(line) is not None


def _is_headline(line: str) -> bool:
    return 8 <= len(line) <= 80 and not line.endswith(("。", "；")) and not _is_head_line(line)


def _anchored(lines: list[str]) -> int | None:
    """The headline above the first line with a day and a time, or under a breadcrumb that ends in 正文.

    Before any paragraph, with navigation in front of it or none; None where neither line stands.
    """
    for i, line in enumerate(lines[:60]):
        if _CRUMB_END.search(line) and i + 1 < len(lines) and _is_headline(lines[i + 1]):
            return i + 1
        if _is_dated(line):
            return next((at for at in range(i - 1, max(-1, i - 4), -1) if _is_headline(lines[at])), None)
        if len(line) >= 40 and _SENTENCE.search(line):
            return None
    return None


def _title_at(lines: list[str], title: str | None) -> int | None:
    if title:
        wanted = fold(title)
        for i, line in enumerate(lines[:60]):
            if fold(line) == wanted:
                return i
            if len(line) >= 50 and line.endswith("。"):
                # A paragraph before it: the lead stands above the headline, or the headline is said again in the text.
                break
    if (anchored := _anchored(lines)) is not None:
        return anchored
    for i, line in enumerate(lines[:12]):
        if len(line) < 5 or _is_head_line(line):
            continue
        followers = lines[i + 1 : i + 5]
        if (
            len(line) <= 60
            and not line.endswith(("。", "；", "：", ":"))
            and (i > 0 or any(map(_is_head_line, followers[:1])) or not title)
        ):
            return i
        return None
    return None


def _body_at(lines: list[str], at: int | None) -> int:
    i = 0 if at is None else at + 1
    if at is None:
        while i < len(lines) and i < 12 and _is_head_line(lines[i]):
            i += 1
        return i
    title = fold(lines[at])
    while i < len(lines):
        follows = (
            len(lines[i]) <= 30 and not _SENTENCE.search(lines[i]) and i + 1 < len(lines) and _is_dated(lines[i + 1])
        )
        if not (follows or _is_head_line(lines[i]) or fold(lines[i]) == title):
            break
        i += 1
    return i


def _read_head(reading: DumpReading, lines: list[str], at: int | None, begin: int) -> None:
    head = [line for i, line in enumerate(lines[:begin]) if i != at]
    reading.crumb = next((line for line in head if _CRUMB.search(line)), "")
    reading.published = find_page_date(head)
    reading.source = find_source(head)
    reading.author = find_author(head)


def _last_paragraph(lines: list[str], begin: int, goes_on: int) -> int:
    """Index of the last line that is certainly a paragraph of the article: before the first closing line."""
    last = begin
    for i in range(begin, len(lines)):
        if _closing(lines, i, begin, goes_on) is not None:
            break
        if len(lines[i]) >= 20 and _SENTENCE.search(lines[i]) and find_line(lines[i], "tail") is None:
            last = i
    return last


def _closing(lines: list[str], i: int, last: int, goes_on: int) -> tuple[str, str] | None:
    """Why everything from line i on is foreign, or None; nothing closes while long paragraphs still follow."""
    line = lines[i]
    reason: tuple[str, str] | None = None
    if rule := find_heading(line):
        reason = (rule.name, rule.group)
    elif i + 1 < len(lines) and 8 <= len(line) <= 80 and line == lines[i + 1] and not line.endswith("。"):
        reason = ("related: headline twice", "related")
    elif (
        i >= last
        and (rule := find_line(line, "tail")) is not None
        and rule.name
        in (
            "neighbour article",
            "licence",
            "copyright",
        )
    ):
        reason = (rule.name, rule.group)
    if reason is None:
        return None
    return reason if i >= goes_on else None


def _goes_on_before(lines: list[str]) -> int:
    """Index of the last but one long paragraph: before it the article goes on, whatever a line looks like."""
    found = 0
    for i in range(len(lines) - 1, -1, -1):
        line = lines[i]
        if len(line) >= _LONG and line.endswith(("。", "”", "！", "）")) and "：" not in line[:15]:
            found += 1
            if found == 2:
                return i
    return 0
