"""The group a figure describes: the noun phrase that is counted, as written and short, and its canonical codes."""

from __future__ import annotations

import re
from functools import cache

from resumption.extraction.counts import right_noun
from resumption.extraction.figures import Figure
from resumption.extraction.words import NOUN, VERB, Is, Word
from resumption.lexicon.populations import load_populations

_MAX = 22
_LEADING = re.compile(
    r"^(?:[的了和与及、，：；“”（）\s]|以上|左右|多|余|其中|全部|共有|已有|现有|目前|累计|共计|合计|总计|全市|全省|全县|全区|全国|全镇|全州|我市|我省|我县|我区|市内|区内|境内|辖区内?|各类?|约|近|超|为|有|是|共|已|将|在|对|向|给|帮助|支持|推动|组织|由|从|使|让|该|另有|还有|仍有|尚有|另外|分别|均|涉及|包括|含)+"
)
_TRAILING = re.compile(r"(?:[的了数“”（）\s，、]|数量|总数|共有|已有|累计|目前|分别|均|已|共|达|为|人数)+$")
_PART = re.compile(r"^(?:本地|外地|省外|省内|市外|市内|县外|县内|区内|区外|跨省|本省|外省|境内|男|女)")
_STOP = (
    Is.RESUME
    | Is.IDLE
    | Is.RETURN
    | Is.CARRY
    | Is.ARRIVE
    | Is.GIVE
    | Is.SOLVE
    | Is.REQUEST
    | Is.APPROVE
    | Is.SANCTION
    | Is.TARGET
    | Is.SUBSET
    | Is.SHARE
    | Is.HIRE
    | Is.CUMULATIVE
    | Is.ASSIGN
    | Is.SERVE
    | Is.RATE
    | Is.COMPARE
    | Is.RESPECTIVELY
    | Is.WITHIN
    | Is.RUN
    | Is.DENOMINATOR
    | Is.INCREMENT
)
_SENTENCE_MARKS = re.compile(r"[，。；：（）！？\n]")


def read_population(figure: Figure, text: str, floor: int) -> str:
    """The phrase that names what is counted, "" if the clause names nothing; `floor` is where a place name ends."""
    noun = right_noun(figure, text)
    if noun is not None and figure.family not in ("rate", "money", "time"):
        phrase = _trimmed(text[figure.q.end : noun.end])
        if phrase:
            return phrase
    noun = figure.last(NOUN)
    if noun is not None:
        return _phrase_before(figure, text, noun, floor)
    if figure.family in ("person", "enterprise", "project", "rate"):
        piece = text[max(figure.left_start, floor) : figure.q.start]
        if part := _PART.match(piece.lstrip("其中，（、")):
            return part.group()
    return ""


def _phrase_before(figure: Figure, text: str, noun: Word, floor: int) -> str:
    start = max(figure.left_start, floor if floor <= noun.start else figure.left_start, noun.end - _MAX)
    for word in figure.left:
        if word.end > noun.start:
            break
        joined = word.flags & NOUN or word.flags & Is.MODIFIER or text[word.end : word.end + 1] == "的"
        if word.flags & _STOP and not joined and word.end > start:
            start = word.end
    return _trimmed(text[start : noun.end])


def _trimmed(phrase: str) -> str:
    previous = None
    while previous != phrase:
        previous = phrase
        phrase = _TRAILING.sub("", _LEADING.sub("", phrase))
    return phrase if len(phrase) <= _MAX else phrase[-_MAX:]


def heading_population(heading: str) -> str:
    """The group that a section heading names: 一、工业企业 is 工业企业, 建筑业方面 is 建筑业, 从行业看 names none.

    >>> heading_population("二、建筑业方面"), heading_population("从行业看"), heading_population("三是商贸企业")
    ('建筑业', '', '商贸企业')
    """
    name = _ENUMERATED.sub("", heading.strip("。：:，、 "))
    name = re.sub(r"(?:方面|领域|情况|复工复产|复工|复产)+$", "", name)
    if not name or len(name) > 12 or re.search(r"看$|来看|[0-9]", name):
        return ""
    return name


_ENUMERATED = re.compile(r"^(?:（?[一二三四五六七八九十]{1,3}[、）]|[一二三四五六七八九十]{1,2}是|[0-9]{1,2}[、.])\s*")


@cache
def population_codes(population: str) -> tuple[str | None, str | None, str | None]:
    """Canonical size, sector and ownership of a group; None where it says nothing.

    >>> population_codes("规模以上工业企业"), population_codes("外资企业")[2]
    (('above_scale', 'industry', None), 'foreign')
    """
    found: list[str | None] = []
    for dimension in ("size", "sector", "ownership"):
        best: tuple[int, str] | None = None
        for code, words in load_populations().modifiers.get(dimension, {}).items():
            for word in words:
                if word in population and (best is None or len(word) > best[0]):
                    best = (len(word), code)
        found.append(best[1] if best else None)
    return found[0], found[1], found[2]
