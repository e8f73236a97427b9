"""Counts whose role shows in their values: what is left of a base, the part of a base that no known verb names.

31家工厂，已有19家恢复，7家搬进板房，5家待鉴定: 7 and 5 are what 19 leaves of 31, whatever is said of them.
"""

from __future__ import annotations

from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.extraction.words import Is
from resumption.items import Comparator, Unit

_TOTAL = {"enterprises_total": "enterprises_resumed", "projects_total": "projects_resumed"}
_WEAK = ("<list> <count>", "<list of the paragraph> <count>")


def settle_remainders(figures: list[Figure], state: State) -> None:
    """Mark the counts that are what the resumed leave of the total, one alone or several that follow each other."""
    for base in [*state.counts]:
        if base.indicator != "enterprises_total":
            continue
        part = next(
            (
                f
                for f in state.counts
                if f.indicator == _TOTAL[base.indicator] and f.q.classifier == base.q.classifier
                and base.q.start < f.q.start and f.q.value < base.q.value
            ),
            None,
        )  # fmt: skip
        if part is None:
            continue
        left = base.q.value - part.q.value
        run: list[Figure] = []
        for figure in figures:
            if figure.q.start <= part.q.end or figure.q.unit is not Unit.COUNT:
                continue
            if not _open(figure, base):
                run = []
                continue
            run.append(figure)
            if sum(f.q.value for f in run) == left:
                for one in run:
                    one.family = base.family
                    one.accept("enterprises_not_resumed", "<total> less <resumed>")
                break


def _open(figure: Figure, base: Figure) -> bool:
    """True for a count of the same measure that no word of its own has decided."""
    return (
        figure.q.classifier == base.q.classifier
        and figure.q.comparator is Comparator.EQ
        and figure.kind == "level"
        and (not figure.indicator or figure.rule in _WEAK or figure.indicator == "enterprises_approved")
        and not any(w.flags & (Is.RATE | Is.SERVE | Is.SHARE | Is.SUBSET) for w in figure.left)
    )


def unnamed_part(figure: Figure, text: str, state: State) -> bool:
    """True for the 149家 of 176家企业开了149家 when its verb is in no list: a base just before it, and smaller.

    The base must have no role yet or be a total; between the two stands a short verb and no other noun.
    """
    if not figure.index:
        return False
    base = state.sentence[figure.index - 1]
    between = text[base.q.end : figure.q.start]
    return (
        base.q.unit is Unit.COUNT
        and base.clause == figure.clause
        and base.q.classifier == figure.q.classifier
        and base.indicator == "enterprises_total"
        and figure.q.value <= base.q.value
        and not any(mark in between for mark in "、和及")
    )
