"""Figures of one kind in a row (98.6%、97.2%和96.4%), which go with a list of places or groups one to one."""

from __future__ import annotations

from resumption.extraction.figures import Figure
from resumption.extraction.words import Is

JOINTS = frozenset({"、", "和", "及", "与", "以及", "，"})
"""What stands between the items of a list."""


def figure_said_respectively(figure: Figure) -> bool:
    """True if 分别 or 依次 stands before it."""
    return any(w.flags & Is.RESPECTIVELY for w in figure.left)


def run_after(figures: list[Figure], position: int, text: str) -> list[Figure]:
    """The figures of one kind in a row that begin after a position: 98.6%、97.2%和96.4%."""
    first = next((f for f in figures if f.q.start >= position), None)
    return run_of(first, figures, text) if first is not None else []


def run_of(figure: Figure, figures: list[Figure], text: str) -> list[Figure]:
    """The figures of one unit in a row that a figure belongs to: 98.6%、97.2%和96.4%."""
    run = [figure]
    if len(figures) == 1:
        return run
    for other in figures[figure.index + 1 :]:
        if (
            other.q.unit is not figure.q.unit
            or text[run[-1].q.end : other.q.start].strip("左右以上多余约近超 ") not in JOINTS
        ):
            break
        run.append(other)
    for other in reversed(figures[: figure.index]):
        if (
            other.q.unit is not figure.q.unit
            or text[other.q.end : run[0].q.start].strip("左右以上多余约近超 ") not in JOINTS
        ):
            break
        run.insert(0, other)
    return run
