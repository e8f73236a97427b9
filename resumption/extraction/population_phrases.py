"""Phrases that may name a group though no word list knows their head, and the groups that were told of before.

缫丝类26家, 82名挡车工, 渔工6390人; 64座高炉 for 37座 further on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.group_phrases import trimmed
from resumption.extraction.groups import flags_of
from resumption.extraction.sentences import begin_of, last_end
from resumption.extraction.words import NOUN, VERB, Is, Word, find_words

Past = tuple[Figure, int]
"""A figure before, and the number of its paragraph."""

_LONGEST = 14
"""Characters of a phrase."""
_FAR = 30
"""Characters before the number in which phrases are looked for."""
_PAST, _MOST = 30, 3
"""Figures before that are looked at, and how many of their groups are candidates."""
_CLAUSES = 1
"""Clauses before that of the number whose beginnings are looked at; more cost more time than they bring."""
_CUT = re.compile(
    r"已经?|一?共有?|总共|约有?|将?近|超过?|另?有(?![限色机效证照序])|(?<!就)是(?!否)|只(?:[有开剩]|保留)?|都(?!市)|就(?![业地近])|才(?!能)|还[有在]?"
    r"|也|又|再(?!生)|均|将|把|被|让(?![电利])|使|比|较|仅|目前|眼下|现在|如今|昨[天日]|今[天日]|其中|其余|余下|剩下|剩余|累计|合计|总计|分别"
    r"|了|着|过(?=[了半])|[达等拿][到成了]|达(?!标)|到(?!位|岗)|为(?!主)|正?在(?![建产营册岗外线沪])|从|由|经(?=[^营济理])|对(?![外口])|给"
    r"|能(?![源耗效力])|可以|没有?|不到|不足|未(?![开复])|开(?=了|门$)|来了?|[^\u4e00-\u9fffA-Za-z“”、（）]+"
)
"""Words and signs between the name of a group and its number that say nothing of who they are."""
_STOP = (
    VERB | Is.RATE | Is.CAPACITY | Is.STAFF | Is.RISE | Is.FALL | Is.INCREMENT | Is.COMPARE | Is.ARRIVE | Is.TARGET
    | Is.SUBSET | Is.WITHIN | Is.ALL | Is.RESPECTIVELY | Is.SHARE | Is.CUMULATIVE | Is.REMAINDER | Is.NEGATION
)  # fmt: skip
_NAME = NOUN | Is.MODIFIER
_EDGE = "的、，（）“ "
_BEHIND = re.compile(r"(?:左右|以上|多|余|上下)?的?([\u4e00-\u9fffA-Za-z“”]{2,14})")
_HAS_HEAD = re.compile(r"(?:企业|公司|商户|单位|项目|工程|工地|[店厂户商所院场馆坊社行站矿窑园铺摊家线炉])$")
"""What needs no 企业 behind it."""

_NO_NAME = re.compile(
    r"[尚还]?(?:不及|不足)|还没有?|[时最]久|长期|短期|无望|稳在|离?满员|减收|的是|夜间|白天|首[批日场期]|第[一二三四五六七八九十][次轮]|次日"
    r"|[整核检审查验].{0,2}(?:完毕|完成|到位)|(?:停产|停工|停电|台风|地震|[灾震节年限疫封]情?|事故|受灾)前|(?:大致|大约|约)?相当于?.*"
    r"|[合是].{0,2}平[日时常]的?|最[低高多少快慢]的?.{0,2}|[前后]者|其?[他余]"
)
"""What stands before a number and is a measure, a time or a rank, no group: 尚不足总数的四成, 最久90分钟."""
_SIGHT = 300
"""Characters before it in which the same measure word is looked for."""
_NOUN = re.compile(r"[\u4e00-\u9fff]{2,10}")
_DIGITS = frozenset("0123456789一二三四五六七八九十百千万亿两多余")


class Phrase(NamedTuple):
    """A phrase and where it stands."""

    text: str
    place: str
    beside: str
    """What stands between it and the number, its first two characters."""
    is_first: bool


def phrases_around(figure: Figure, text: str, floors: Sequence[int]) -> Iterator[Phrase]:
    """What the clause begins with, what stands right before the number, and what right behind it.

    陶瓷类51家正在升温 begins with 陶瓷类; 返船渔工6390人 has 渔工 before it, 58名绣娘回来了 绣娘 behind.
    """
    q = figure.q
    start = max(figure.left_start, last_end(floors, q.begin), q.begin - _FAR)
    pieces = pieces_of(text, start, q.begin, figure.left)
    if pieces:
        begin, end = pieces[0]
        opens = start == figure.clause_start or start in floors
        place = f"first|{opens}|{len(pieces) == 1}"
        yield Phrase(named(text[begin:end], figure), place, text[end : min(end + 2, q.begin)], True)
    if len(pieces) > 1:
        begin, end = pieces[-1]
        yield Phrase(named(text[begin:end], figure), f"last|{end == q.begin}", text[begin - 1 : begin], False)
    behind = _BEHIND.match(text, q.end, figure.right_end)
    if behind is not None:
        begin = behind.start(1)
        pieces = pieces_of(text, begin, behind.end(1), figure.right)
        if pieces and pieces[0][0] == begin:
            end = pieces[0][1]
            yield Phrase(named(text[begin:end], figure), "behind", text[end : min(end + 2, figure.right_end)], False)


def subject_before(figure: Figure, text: str, own: int, words: Sequence[Word]) -> str:
    """汽车零部件稳步恢复，64家已开工: what the last clause before its own begins with that begins with a name.

    `own` is where its own clause begins.
    """
    end = own - 1
    for _ in range(_CLAUSES):
        begin = begin_of(text, "。！？\n，；：", end)
        if begin >= end:
            return ""
        near = words[bisect_left(words, begin, key=_start) : bisect_left(words, end, key=_start)]
        cut = _first_cut(text, begin, end, near)
        if cut - begin >= 2:
            return named(text[begin:cut], figure)
        if text[begin - 1] not in "，；：":
            return ""
        end = begin - 1
    return ""


def counted_before(figure: Figure, text: str) -> str:
    """64座高炉里，在产37座: the noun behind the last number with the same measure word."""
    measure = figure.q.classifier
    if not measure or figure.family not in ("enterprise", "project", "person"):
        return ""
    end = figure.q.begin
    start = max(0, end - _SIGHT)
    while (at := text.rfind(measure, start, end)) > 0:
        noun = _NOUN.match(text, at + len(measure), figure.q.begin) if text[at - 1] in _DIGITS else None
        if noun is not None:
            pieces = pieces_of(noun[0], 0, len(noun[0]), find_words(noun[0]))
            return named(noun[0][: pieces[0][1]], figure) if pieces and not pieces[0][0] else ""
        end = at
    return ""


def groups_of_past(figure: Figure, past: Sequence[Past]) -> Iterator[tuple[str, Figure, str]]:
    """Figures before whose groups differ, the last first, then the first of the article; each with its distance."""
    if not past:
        return
    seen: set[str] = set()
    here = past[-1][1]
    for other, paragraph in reversed(past[-_PAST:]):
        if other is figure or not other.population or other.population in seen:
            continue
        seen.add(other.population)
        yield f"past{len(seen)}", other, _DISTANCES[min(here - paragraph, 2)]
        if len(seen) == _MOST:
            break
    first = past[0][0]
    if first.population and first is not figure:
        yield "past first", first, "first"


_DISTANCES = ("here", "next", "far")


def pieces_of(text: str, start: int, end: int, words: Sequence[Word]) -> list[tuple[int, int]]:
    """The pieces of `text[start:end]` between verbs and function words, each of two characters or more.

    What belongs to a known name does not cut it: 返乡农民工, 在建项目. `words` are lexicon words in order.
    """
    names: list[Word] = []
    cuts: list[tuple[int, int]] = []
    for word in words:
        if word.start >= start and word.end <= end:
            if word.flags & _NAME:
                names.append(word)
            elif word.flags & _STOP:
                cuts.append((word.start, word.end))
    for match in _CUT.finditer(text, start, end):
        at = match.start()
        if not any(word.start <= at < word.end for word in names):
            cuts.append(match.span())
    cuts.sort()
    found = []
    at = start
    for low, high in (*cuts, (end, end)):
        if low - at >= 2:
            found.append((at, low))
        at = max(at, high)
    return found


def _first_cut(text: str, start: int, end: int, words: Sequence[Word]) -> int:
    """Where the piece ends with which `text[start:end]` begins."""
    stop = next((w.start for w in words if w.flags & _STOP and not w.flags & _NAME and w.start >= start), end)
    match = _CUT.search(text, start, stop)
    while match is not None:
        at = match.start()
        name = next((w for w in words if w.flags & _NAME and w.start <= at < w.end), None)
        if name is None:
            return at
        match = _CUT.search(text, name.end, stop)
    return stop


def named(phrase: str, figure: Figure) -> str:
    """The phrase as the name of a group: 陶瓷类 is 陶瓷类企业 where enterprises are counted; "" if it can be none."""
    phrase = trimmed(phrase.strip(_EDGE))
    if not 2 <= len(phrase) <= _LONGEST or _NO_NAME.fullmatch(phrase):
        return ""
    if not figure.is_enterprise_count or _HAS_HEAD.search(phrase) or flags_of(phrase) & (Is.ENTERPRISE | Is.PROJECT):
        return phrase
    return phrase + "企业"


def _start(word: Word) -> int:
    return word.start
