"""What one number means: its unit sends it to the module that knows counts, people, rates, money, power or time."""

from __future__ import annotations

from dataclasses import replace

from resumption.extraction import amounts, counts, money, people, rates
from resumption.extraction import lazy_re as re
from resumption.extraction.conditions import is_condition
from resumption.extraction.figures import Figure, read_change
from resumption.extraction.firms_told import told_of_firms
from resumption.extraction.other_counts import of_something_else
from resumption.extraction.people import counts_people
from resumption.extraction.state import State
from resumption.extraction.things_told import told_of_things
from resumption.extraction.words import VERB, Is
from resumption.items import ChangeBasis, Unit

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
"""2020首批务工人员: a year without its sign counts nobody."""


def is_readable(figure: Figure) -> bool:
    """True if its unit is one that anything is counted in."""
    return figure.q.unit is not None and figure.q.unit is not Unit.OTHER


def in_table(figure: Figure, text: str, state: State) -> bool:
    """A row below a heading line that names the columns."""
    if state.table is not None and state.table.decide(figure, text):
        if figure.indicator:
            state.remember(figure)
        return True
    header, row = state.header, state.sentence
    if (
        not header
        or len(row) != len(header)
        or any(f.q.unit is not Unit.PERCENT for f in row)
        or figure.left_has(Is.RATE)
    ):
        return False
    figure.family = "rate"
    figure.accept(header[figure.index], "<column of a table>")
    state.remember(figure)
    return True


_BEST = re.compile(r"强(?:企业|企|县|区|镇|园区|名录|榜|房企|民企|品牌|市|[、，。；：”）（]|已|均|全)")


def _is_list_of_best(figure: Figure, text: str) -> bool:
    """工业50强企业, 500强: a list's name."""
    return figure.q.value in _SIZES and _BEST.match(text, figure.q.end) is not None


_SIZES = frozenset({10, 20, 30, 40, 50, 60, 80, 100, 200, 300, 500, 1000})
"""Lengths of such lists."""


def decide(figure: Figure, text: str, state: State) -> None:
    """What a number means: the module of its unit says so; an accepted figure is remembered."""
    unit = figure.q.unit
    if unit is None and (_YEAR.fullmatch(figure.q.text) or _is_list_of_best(figure, text)):
        figure.reject("number without a unit")
        return
    if unit is None:
        unit = amounts.unit_of_bare(figure, text, state.sentence[figure.index - 1] if figure.index else None)
        if unit is None:
            figure.reject("number without a unit")
            return
        figure.q = replace(figure.q, unit=unit)
    if is_condition(figure, text):
        figure.reject("condition of aid")
        return
    if unit is Unit.COUNT and figure.q.classifier == "个" and counts_people(figure, text, state):
        unit = Unit.PERSON
        figure.q = replace(figure.q, unit=unit)
    if reason := of_something_else(figure, text, state):
        figure.reject(reason)
        return
    changed = read_change(figure, text) or _is_signed(figure, text, state)
    if figure.index and not figure.left and (changed or unit is Unit.PERCENT):
        before = state.sentence[figure.index - 1]
        listed = text[before.q.end : figure.q.start] in ("、", "和", "及") and before.q.unit is unit
        if before.kind == "change" and (listed or (changed and unit is Unit.PERCENTAGE_POINT)):
            figure.kind, figure.sign, figure.basis = "change", before.sign, before.basis
    if unit in (Unit.PERCENT, Unit.PERCENTAGE_POINT):
        rates.decide_rate(figure, text, state)
    elif unit is Unit.COUNT:
        if figure.is_enterprise_count or not amounts.decide_thing(figure, text, state):
            counts.decide_count(figure, text, state)
    elif unit is Unit.PERSON:
        people.decide_people(figure, text, state)
    elif unit is Unit.CNY:
        money.decide_money(figure, text, state)
    elif unit is Unit.HOUR:
        amounts.decide_hours(figure, text, state)
    elif unit in (Unit.KWH, Unit.KW):
        amounts.decide_electricity(figure, text, state)
    elif unit is Unit.TONNE:
        amounts.decide_tonnes(figure, text, state)
    else:
        figure.reject("unit that nothing is counted in")
    if not figure.indicator and unit is Unit.COUNT:
        told_of_firms(figure, text, state)
    if figure.indicator or (unit in _TOLD and told_of_things(figure, text, state)):
        state.remember(figure)
        if figure.q.is_range:
            figure.optional = True
        if _opens_parts(figure, text):
            state.base = figure


_TOLD = frozenset({Unit.COUNT, Unit.HOUR, Unit.CNY})
"""Units of which phrases are asked where no rule knows the number."""
_SIGN = re.compile(r"[ ，（]?(?:(?P<up>[增升涨↑+＋])|[减降跌↓\-－])(?:了)? ?")
"""66.32% 增 0.74%, 83.13%（-0.6%）: how much it rose or fell."""


def _is_signed(figure: Figure, text: str, state: State) -> bool:
    """Mark a percentage with nothing but a sign between it and the rate before it as the change of that rate."""
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is None or before.q.unit is not Unit.PERCENT or not before.indicator.endswith("_rate"):
        return False
    if before.kind != "level":
        return False
    sign = _SIGN.fullmatch(text, before.q.end, figure.q.begin)
    below = figure.q.value < 0 and text[before.q.end : figure.q.begin] in ("（", "，", " ")
    if sign is None and not below:
        return False
    figure.kind, figure.sign = "change", 1 if below or (sign is not None and sign["up"]) else -1
    figure.basis, figure.follows = ChangeBasis.OTHER, before
    return True


def _opens_parts(figure: Figure, text: str) -> bool:
    """尚未复工的32家企业中，…: parts of the count follow."""
    for word in figure.right:
        if word.flags & Is.WITHIN:
            return text.startswith(("，", "、", "有"), word.end)
        if word.flags & VERB:
            return False
    return False
