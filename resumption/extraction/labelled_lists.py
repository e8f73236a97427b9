"""Lists of labels and numbers without a word of their own: they go on with a figure stated before them.

复工111个，…。富锦22个、同江17个、桦南13个: counts of the resumed projects.
复工率64.8%。… 南宁70.4%、钦州81.7%: the rate of the article.
"""

from __future__ import annotations

from collections.abc import Iterator

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import UNDECIDED, Figure
from resumption.extraction.state import State
from resumption.extraction.words import VERB, Is
from resumption.items import Comparator, Unit

_BETWEEN = re.compile(
    r"(?:[个家户项座处人名%％]{0,3}[多余]?(?:左右|以上)?)?(?:（[^（）。]{2,14}）)?"
    r"[、，；＞>和及与 ]{1,2}(?:而|其中|以及)?"
)
_LABEL = re.compile(r"[\u4e00-\u9fffA-Za-z（）“”]{2,12}?(?:有|为|达|是|达到|分别为|分别有|各有|约|近|超)?")
_LABEL_STARTS = re.compile(r"[、，；：。＞>】\n ]|和(?=[\u4e00-\u9fff]{2,6}$)")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[省市县区镇乡州盟旗]|街道|新区|开发区|高新区|园区|片区|林区|苏木|垦区|团)")
_UNKNOWN_VERB = re.compile(
    r"完成|增长|增加|下降|提高|减少|比重|达产|签约|安装|浇筑|封顶|售出|销售|出口|进口|消费|收入|投资|贷款"
)
"""What makes a label the beginning of a sentence of its own: 精装修完成60%."""
_RANKED = re.compile(
    r"([\u4e00-\u9fff]{2,8})(?:最多|最少|最高|居首位?|领先|排第一|排在最前|占大头)，(?:有|为|达|是)?(?:约|近|超过?)?$"
)
"""都安最多，有3860人: the first of a list with what it is first in."""
_OPEN = UNDECIDED | {"percentage without a rate", "money without a purpose"}
_LISTABLE = ("_resumed", "_returned", "_transported", "_approved", "_served", "_assigned", "_issued", "funds")
"""Indicators whose cases a list of places tells without a word."""
_MORE = 1.1
"""So much more than the number itself a count with 余 or 多 may be."""
_WEAK = frozenset({"<list of the paragraph> <percent>", "<list> <percent>"})
"""A list of places gives the rate that the paragraph named, not what it said of other things since."""
_BREAKS = VERB | Is.RATE | Is.SHARE | Is.OTHER_TOPIC | Is.OTHER_RATE | Is.EVERY | Is.LIMIT


def settle_labelled(figures: list[Figure], text: str, state: State, places: frozenset[int]) -> None:
    """Accept such lists of at least three numbers, or of two if every label is a place.

    `places` holds the offsets where place names of the sentence end.
    """
    if not state.strong:
        return
    for run in _runs(figures, text, state):
        labels = [_label(f, text) for f in run]
        named = [_is_place(f, label, places) for f, label in zip(run, labels, strict=True)]
        if not all(labels) or (len(run) < 3 and not all(named)):
            continue
        source = _source(run, state, sum(named) * 2 > len(run) or _is_subset(run[0]))
        if source is None:
            continue
        for figure in run:
            figure.family = source.family
            figure.accept(source.indicator, "<label> <number>、<label> <number>")


def _runs(figures: list[Figure], text: str, state: State) -> Iterator[list[Figure]]:
    run: list[Figure] = []
    for figure in figures:
        joined = run and _goes_on(run[-1], figure, text)
        if not joined:
            if len(run) > 1:
                yield run
            run = []
        if not _is_open(figure, figures, state):
            if len(run) > 1:
                yield run
            run = []
            continue
        run.append(figure)
    if len(run) > 1:
        yield run


def _is_open(figure: Figure, figures: list[Figure], state: State) -> bool:
    if figure.kind != "level":
        return False
    if not figure.indicator:
        return figure.reason in _OPEN
    named = state.named_rate
    return (
        figure.rule in _WEAK
        and named is not None
        and named is state.main_rate
        and named.indicator != figure.indicator
        and not any(f.rule == "<rate> <percent>" for f in figures)
    )


def _goes_on(before: Figure, figure: Figure, text: str) -> bool:
    if before.q.unit is not figure.q.unit or before.q.classifier != figure.q.classifier:
        return False
    sign = _BETWEEN.match(text, before.q.end)
    return sign is not None and figure.q.start - sign.end() <= 14 and "。" not in text[before.q.end : figure.q.start]


def _label(figure: Figure, text: str) -> str:
    """What stands between the sign before a number and the number, "" if words of another meaning are in it."""
    at = figure.q.begin
    if ranked := _RANKED.search(text, max(0, at - 16), at):
        return ranked[1]
    start = max(figure.left_start, at - 14)
    label = _LABEL_STARTS.split(text[start:at])[-1]
    if any(w.flags & _BREAKS and w.start >= at - len(label) for w in figure.left):
        return ""
    return label if _LABEL.fullmatch(label) and not _UNKNOWN_VERB.search(label) else ""


def _is_place(figure: Figure, label: str, places: frozenset[int]) -> bool:
    at = figure.q.begin
    return any(end in places for end in range(at - 3, at + 1)) or _PLACE.match(label) is not None


def _is_subset(figure: Figure) -> bool:
    """其中，装备制造企业12户、电工电器企业9户: parts of the count before."""
    return any(w.flags & Is.SUBSET for w in (*figure.left, *figure.earlier[-1:]))


def _source(run: list[Figure], state: State, of_places: bool) -> Figure | None:
    """The figure whose parts or cases a list gives."""
    if run[0].q.unit is Unit.PERCENT:
        return state.main_rate
    total = sum(f.q.value for f in run)
    told = [f for f in state.told if f.q.unit is run[0].q.unit and f.q.classifier[-1:] == run[0].q.classifier[-1:]]
    for figure in reversed(told):
        if figure.q.value == total:
            return figure
    if not of_places:
        return None
    listable = (f for f in reversed(told) if f.indicator.endswith(_LISTABLE) and f.kind == "level")
    return next((f for f in listable if _holds(f, total)), None)


def _holds(figure: Figure, total: float) -> bool:
    """True if parts of that sum may be of the count; 1500余家 may hold 1523."""
    return figure.q.value >= total or (figure.q.comparator is Comparator.GT and figure.q.value * _MORE >= total)
