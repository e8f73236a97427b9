"""Counts that add up: parts whose sum is a count before them share its role.

开复工293个（新建89个、续建204个）: both were resumed.
计划实施项目175项，其中续建项目112项，新建项目63项: both are of the total.
"""

from __future__ import annotations

from resumption.extraction.count_verbs import ROLE_OF
from resumption.extraction.figures import UNDECIDED, Figure
from resumption.extraction.state import State
from resumption.extraction.words import Is
from resumption.items import Comparator, Unit

_PEOPLE = frozenset({"workers_returned", "workers_total", "workers_transported"})
_MOST = 8
"""Figures that a sum is looked for among, at most."""
_PARTS = 40
"""Parts that one sum has at most: the prefectures of a province, the districts of a city."""


def settle_sums(figures: list[Figure], state: State) -> None:
    """Give parts that add up exactly to a count the role of that count.

    Only parts that no verb has decided, or whose verb is the kind of a project (新建, 续建).
    """
    exact = [f for f in figures if f.kind == "level" and f.q.comparator is Comparator.EQ]
    if len(exact) < 2:
        return
    alike: dict[tuple[Unit | None, str], list[Figure]] = {}
    for figure in exact:
        alike.setdefault(_measure(figure), []).append(figure)
    for whole in [*state.told[-_MOST:], *figures]:
        if whole.indicator not in ROLE_OF and whole.indicator not in _PEOPLE:
            continue
        if whole.kind != "level" or whole.q.comparator is not Comparator.EQ:
            continue
        parts = [f for f in alike.get(_measure(whole), ()) if f.q.start > whole.q.end][:_PARTS]
        for first in range(len(parts) - 1):
            total = 0.0
            for last in range(first, len(parts)):
                total += parts[last].q.value
                if total >= whole.q.value:
                    break
            if last == first or total != whole.q.value:
                continue
            run = parts[first : last + 1]
            if all(_open(f, whole) for f in run):
                for figure in run:
                    if figure.indicator != whole.indicator:
                        figure.family = whole.family
                        figure.accept(whole.indicator, "<parts> of the sum")
                break


_BEHIND = ("合计", "共计", "总计", "两项合计", "三项合计", "加起来", "合起来", "总共", "共")


def settle_totals_behind(figures: list[Figure], text: str, state: State) -> None:
    """规上开工263家，规下开工574家，两项合计837家: the sum behind its parts has their role."""
    for whole in figures:
        if whole.indicator or whole.reason not in UNDECIDED or whole.kind != "level":
            continue
        at = whole.q.begin
        if not text[max(whole.left_start, at - 6) : at].endswith(_BEHIND):
            continue
        before = [f for f in state.told if f.q.end <= whole.q.start and _alike(f, whole)]
        for size in range(2, 1 + min(_MOST, len(before))):
            run = before[-size:]
            if len({f.indicator for f in run}) == 1 and sum(f.q.value for f in run) == whole.q.value:
                whole.family = run[0].family
                whole.accept(run[0].indicator, "<sum> of the parts")
                state.remember(whole)
                break


def _measure(figure: Figure) -> tuple[Unit | None, str]:
    """What can be added up: people by whatever word they are counted, all else by the same."""
    return figure.q.unit, "" if figure.q.unit is Unit.PERSON else figure.q.classifier


def _alike(figure: Figure, whole: Figure) -> bool:
    if figure.kind != "level" or figure.q.comparator is not Comparator.EQ:
        return False
    return _measure(figure) == _measure(whole)


def _open(figure: Figure, whole: Figure) -> bool:
    if not figure.indicator:
        return figure.reason in UNDECIDED and not (
            figure.reason == "not count of projects" and whole.indicator == "projects_resumed"
        )
    if figure.indicator == whole.indicator:
        return True
    verbs = [w for w in (*figure.left, *figure.right) if w.flags & (Is.RESUME | Is.IDLE | Is.RETURN | Is.APPROVE)]
    return figure.family == "project" and not verbs
