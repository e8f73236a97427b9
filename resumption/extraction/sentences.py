"""Paragraphs, sentences and clauses of a normalised text, as spans of code points.

Sentences end with 。！？ and their closing quotes; a semicolon separates clauses of one sentence, because the quote of
an observation is the whole sentence. Headings are found too: what they name holds for the text below them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from resumption.extraction import lazy_re as re

Span = tuple[int, int]

_SENTENCE_END = re.compile(r"[。！？…]+[”’）》】]*")
_CLAUSE_END = re.compile(r"[，；：（）。！？]+[”’]*")
_ENUMERATION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十0-9]{1,3}）|[0-9]{1,2}[、.](?![0-9])|[一二三四五六七八九十]{1,2}是)"
)
_BULLET = re.compile(r"[—●■◆▪•·]{1,3}\s*")
_BULLET_TOPIC = re.compile(r"[^，。；：、\n0-9]{2,14}(?:项目|企业|行业|工程|业)(?:方面)?(?=[，：])")
"""—— 水利项目，年初安排8项: the item of a list opens with its group."""
_TOPIC = re.compile(
    r"(?:从|按|分)[^，。；：\n]{1,10}(?:看|分|来看|来说)(?=[，：])|[^，。；：、\n0-9]{2,14}?(?:方面|领域)(?=[，：])|分[^，。；：\n]{1,6}看(?=[，：])"
)
_TOPIC_SIGN = re.compile(r"[看分说面域][，：]")
"""What every `_TOPIC` ends with."""
_TOPIC_SENTENCE = re.compile(r"[^，。；：！？\n0-9%“”]{2,14}[。：]")


def begin_of(text: str, marks: str, at: int) -> int:
    """Where the piece of text that holds offset `at` begins: behind the last of the marks before it, 0 without one.

    >>> begin_of("全市复工，其中规上企业", "，。", 8)
    5
    """
    begin = 0
    for mark in marks:
        begin = text.rfind(mark, begin, at) + 1 or begin
    return begin


def last_end(ends: Sequence[int], at: int) -> int:
    """The last of the ends, which stand in order, that is not behind offset `at`; 0 if there is none.

    >>> last_end([3, 9, 14], 10), last_end([3, 9], 2)
    (9, 0)
    """
    found = bisect_right(ends, at)
    return ends[found - 1] if found else 0


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """Spans of the lines that hold anything, without blanks at their edges.

    >>> find_paragraphs("甲\\n\\n 乙 \\n")
    ((0, 1), (4, 5))
    """
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if stripped := line.strip():
            begin = start + line.index(stripped[0])
            spans.append((begin, begin + len(stripped)))
        start = end + 1
    return tuple(spans)


_OPENS_LIST = re.compile(r"(?:情况|如下|分别|来看|其中|分[^，。；：\n]{1,8})(?:是|为|看)?：$")


def opener_of_list(text: str, begin: int) -> Span | None:
    """The paragraph that opens the list of lines in which the one at `begin` stands; None if it stands in no list.

    The lines of a list end with semicolons, but for the last: what its opening says (the group, the day) holds for all.

    >>> t = "规上企业复工75家。分地市的情况是：\\n拉萨市复工38家；\\n山南市复工7家。"
    >>> opener_of_list(t, t.index("山南")), opener_of_list(t, t.index("规上"))
    ((0, 18), None)
    """
    end = begin
    while True:
        while end and text[end - 1].isspace():
            end -= 1
        start = text.rfind("\n", 0, end) + 1
        if text[end - 1 : end] != "；":
            opens = text[end - 1 : end] == "：" and _OPENS_LIST.search(text, start, end)
            return _stripped(text, start, end) if opens else None
        end = start


def find_sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of all paragraphs, closing quotes with the sentence they close.

    >>> t = "“工厂动起来了。”他说。目前复工率达79.4%！"
    >>> [t[a:b] for a, b in find_sentences(t)]
    ['“工厂动起来了。”他说。', '目前复工率达79.4%！']
    """
    spans: list[Span] = []
    for begin, end in find_paragraphs(text):
        start = begin
        for match in _SENTENCE_END.finditer(text, begin, end):
            stop = match.end()
            # “……。”他说。: the speaker belongs to the quotation
            if text[stop - 1] == "”" and stop < end and _SPEAKER.match(text, stop, end):
                continue
            spans.append(_stripped(text, start, stop))
            start = stop
        if start < end:
            spans.append(_stripped(text, start, end))
    return tuple(span for span in spans if span[0] < span[1])


_SPEAKER = re.compile(r"[^。！？，“”\n]{0,12}(?:说|表示|介绍|告诉|坦言|笑道|感慨)")


def find_clauses(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Spans between ，；：（） inside `text[start:end]`, separators left out; 、 does not separate.

    >>> t = "其中，规上企业121家（停产1家）；复工率99.2%。"
    >>> [t[a:b] for a, b in find_clauses(t)]
    ['其中', '规上企业121家', '停产1家', '复工率99.2%']
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for match in _CLAUSE_END.finditer(text, start, end):
        at, after = match.span()
        if after - at == 1 and text[at] in "，：" and _inside_number(text, at):
            continue
        spans.append(_stripped(text, begin, at))
        begin = after
    spans.append(_stripped(text, begin, end))
    return tuple(span for span in spans if span[0] < span[1])


def find_headings(text: str) -> tuple[Span, ...]:
    """Spans of section headings.

    A heading is a short line without a closing sign (`一、工业`), or `工业企业。`, `建筑业方面` opening a paragraph.

    >>> t = "一、工业企业\\n全市复工345家。\\n建筑业方面，复工52个。"
    >>> [t[a:b] for a, b in find_headings(t)]
    ['一、工业企业', '建筑业方面']
    """
    spans: list[Span] = []
    for begin, end in find_paragraphs(text):
        if end - begin <= 30 and text[end - 1] not in "。！？；，…”":
            spans.append((begin, end))
            continue
        inner = begin
        if numbered := _ENUMERATION.match(text, begin, end):
            inner = numbered.end()
        elif bullet := _BULLET.match(text, begin, end):
            if topic := _BULLET_TOPIC.match(text, bullet.end(), end):
                spans.append(topic.span())
                continue
            inner = bullet.end()
        topic = _TOPIC.match(text, inner, end) or _TOPIC_SENTENCE.match(text, inner, end)
        if topic and topic.end() < end:
            spans.append(_stripped(text, begin, topic.end() - (text[topic.end() - 1] in "。：")))
    return tuple(spans)


def find_topics(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Spans of `从行业看`, `建筑业方面` anywhere inside `text[start:end]`: they open a section inside a paragraph.

    >>> t = "全市复工率81%。建筑业方面，在建项目复工率60%。"
    >>> [t[a:b] for a, b in find_topics(t, 0, len(t))]
    ['建筑业方面']
    """
    spans: list[Span] = []
    if _TOPIC_SIGN.search(text, start, end) is None:
        return ()
    for begin, stop in find_clauses(text, start, end):
        match = _TOPIC.match(text, begin, min(stop + 1, end))
        if match and match.end() == stop:
            spans.append((begin, stop))
    return tuple(spans)


def _inside_number(text: str, at: int) -> bool:
    if not text[at - 1 : at].isdigit() or not text[at + 1 : at + 2].isdigit():
        return False
    after = text[at + 1 : at + 4]
    if text[at] == "：":
        return True
    return len(after) == 3 and after.isdigit() and not text[at + 4 : at + 5].isdigit()


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
