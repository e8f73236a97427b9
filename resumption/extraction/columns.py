"""Lists that name their columns once: 华东开复工率80.3%、劳务上工率77.9%；华南79.6%、76.1%.

An item whose figures say nothing of themselves repeats the indicators of the item before it, if the units agree one to
one; else nothing is copied.
"""

from __future__ import annotations

from itertools import pairwise

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.words import VERB, Is

_SPEAKING = (
    VERB
    | Is.RATE
    | Is.CAPACITY
    | Is.OTHER_RATE
    | Is.SHARE
    | Is.STAFF
    | Is.POWER
    | Is.INCREMENT
    | Is.RISE
    | Is.FALL
    | Is.OTHER_TOPIC
)

_OTHER_STAGE = re.compile(r"(?:竣工|建成|签约|储备|完工)(?:的)?(?:项目|工程)")
"""竣工项目12个，总投资65亿元 is no row of those that were begun."""
_FEWEST = 4
"""Figures of two items of two."""


def items_of(figures: list[Figure], text: str, separator: str) -> list[list[Figure]]:
    """The figures of a sentence, split where the separator stands between two of them."""
    items: list[list[Figure]] = [figures[:1]]
    for before, figure in pairwise(figures):
        if separator in text[before.q.end : figure.q.start]:
            items.append([])
        items[-1].append(figure)
    return items


def mark_columns(figures: list[Figure], text: str) -> dict[int, Figure]:
    """Index of a figure to the figure whose indicator it repeats; decided before any of them is."""
    found: dict[int, Figure] = {}
    if len(figures) < _FEWEST:
        return found
    for separator in ("；", "，"):
        items = items_of(figures, text, separator)
        for before, item in pairwise(items):
            if len(item) < 2 or len(item) != len(before) or not _is_silent(item, text):
                continue
            if separator == "，" and "；" in text[before[0].q.end : item[-1].q.start]:
                continue  # 开工率94.3%；满产的118家: no item goes on over a semicolon
            if any(f.index in found for f in item):
                continue
            roots = [found.get(source.index, source) for source in before]
            if all(_alike(a, b) for a, b in zip(before, item, strict=True)) and not _is_run(roots, text):
                for source, figure in zip(before, item, strict=True):
                    found[figure.index] = found.get(source.index, source)
    return found


def _alike(a: Figure, b: Figure) -> bool:
    return a.q.unit is b.q.unit and a.is_enterprise_count == b.is_enterprise_count


def _is_silent(item: list[Figure], text: str) -> bool:
    if _OTHER_STAGE.search(text, item[0].clause_start, item[0].q.begin):
        return False
    if any(w.flags & _SPEAKING and w.end - w.start > 1 for figure in item for w in figure.left):
        return False
    return not any(w.flags & VERB for w in item[-1].right)


def _is_run(before: list[Figure], text: str) -> bool:
    """True for one list of places with one list of rates: 分别为98.7%、99.1%: all figures are of one column."""
    joined = text[before[0].clause_start : before[-1].q.start]
    names = {w.code for f in before for w in f.left if w.flags & Is.RATE}
    units = {f.q.unit for f in before}
    return ("分别" in joined or "依次" in joined) or (len(units) == 1 and len(names) < 2)
