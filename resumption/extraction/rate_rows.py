"""Rows of rates that repeat a row named before: 复工率80%、到岗率77%；15日分别达到98%和94%."""

from __future__ import annotations

from collections.abc import Sequence

from resumption.extraction.figure_runs import figure_said_respectively, run_of
from resumption.extraction.figures import Figure
from resumption.extraction.words import Is
from resumption.items import Unit

AGAIN = "<rates of the row before> 分别 <percent>、<percent>"


def settle_rate_rows(figures: Sequence[Figure], text: str) -> None:
    """Give the rates of a row that 分别 opens, and that names none, the indicators of the row before, in its order.

    `figures` are all of the sentence. Only a row as long as the one before, whose rates differ, is read so.
    """
    listed = list(figures)
    for figure in listed:
        if figure.family != "rate" or figure.kind != "level" or not figure_said_respectively(figure):
            continue
        run = run_of(figure, listed, text)
        if run[0] is not figure or len(run) < 2 or figure.left_has(Is.RATE | Is.SHARE):
            continue
        before = [f for f in listed[: figure.index] if f.q.unit is Unit.PERCENT and f.kind == "level" and f.indicator]
        told = before[-len(run) :]
        if len(told) < len(run) or len({f.indicator for f in told}) < len(run):
            continue
        for one, like in zip(run, told, strict=True):
            if one.indicator and one.indicator != like.indicator:
                one.accept(like.indicator, AGAIN)
