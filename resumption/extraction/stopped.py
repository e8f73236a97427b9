"""Firms that had stopped, and later in the article those of them that resumed: 128家停产。… 96家已恢复生产."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.quantities import Quantity
from resumption.extraction.words import Is, Word

_STOPPED = re.compile(r"停产|停工|停业|停气|停电|限产|关停|轮停|停摆|歇业|停运|停止生产|停机|停窑|停限产")
_STILL = re.compile(r"仍|还|尚|未|至今|目前|继续|剩|其余|余下")
WHOLE = "<stopped> <count> … <resumed> <count>"
_NEAR = 3
"""Characters between a count and the verb that says it is back."""
_AHEAD = 6
"""Observations behind it among which those that resumed are looked for."""


def settle_stopped(figures: Sequence[Figure], text: str) -> None:
    """Firms that an event stopped are what resumption is measured against, if the article tells how many resumed.

    `figures` are the observations of the article in order. On 250 annotated articles 21 of 28 such counts were the
    whole, and one of the others a mandatory count of firms that stand still.
    """
    for place, figure in enumerate(figures):
        if figure.indicator != "enterprises_not_resumed" or figure.kind != "level":
            continue
        if not _STOPPED.search(text, figure.clause_start, figure.clause_end):
            continue
        if _STILL.search(text, figure.clause_start, figure.clause_end):
            continue
        if any(_resumed_of(later, figure) for later in figures[place + 1 : place + 1 + _AHEAD]):
            figure.accept("enterprises_total", WHOLE)


_NOW_AT_WORK = re.compile(
    r"[^，。；、0-9]{0,20}(?:停产|停工|停业|停运|停限产|关停)[^，。；0-9]{0,6}，(?!预计|计划|拟|将|待|争取|力争|确保)[^，。；家户座处]{0,14}?"
    r"(?<![未待])(?:恢复(?:了)?(?:正常)?(?:生产|营业|经营|运营)|复工|复产|复业|开工)(?!率|[^，。；]{0,4}[0-9])"
)
_NOT_YET = re.compile(r"其余|其他|其它|外，|未|仍|预计|计划|拟|将|待|争取|力争|确保|推动|帮助|加快|助力|有序推进")
NOW_AT_WORK = "<stopped> <count>，<resumed>"


def settle_restarted(figures: Sequence[Figure], text: str) -> None:
    """8家企业因台风停产，目前已恢复生产: who stood still and is at work again has resumed.

    `figures` are all of the sentence.
    """
    for figure in figures:
        if figure.indicator not in ("enterprises_not_resumed", "enterprises_total") or figure.kind != "level":
            continue
        told = _NOW_AT_WORK.match(text, figure.q.end)
        if told is None or _NOT_YET.search(told[0]):
            continue
        if not any(told.end() > other.q.start > figure.q.end for other in figures):
            figure.accept("enterprises_resumed", NOW_AT_WORK)


def _resumed_of(later: Figure, stopped: Figure) -> bool:
    return (
        later.indicator == "enterprises_resumed"
        and later.kind == "level"
        and later.q.classifier == stopped.q.classifier
        and later.q.value <= stopped.q.value
    )


def settle_stopped_projects(figures: Sequence[Figure], text: str) -> None:
    """停工项目31个，已有26个重新施工: works that stood still are the whole of which some went on, in one sentence.

    `figures` are all of the sentence. There is no indicator for works that stand still, so such a count is else none.
    """
    for place, figure in enumerate(figures[:-1]):
        if figure.indicator or figure.reason != "not count of projects" or figure.kind != "level":
            continue
        if _STILL.search(text, figure.clause_start, figure.clause_end):
            continue
        later = next((f for f in figures[place + 1 :] if f.indicator), None)
        if later is None and figures[place + 1].reason == "count of something else":
            later = _resumed_beside(figures[place + 1], figure)
        if later is None or later.indicator != "projects_resumed" or later.kind != "level":
            continue
        if later.q.classifier == figure.q.classifier and later.q.value <= figure.q.value:
            figure.family = "project"
            figure.accept("projects_total", WHOLE)


def may_settle_projects(quantities: Iterable[Quantity], words: Iterable[Word]) -> bool:
    """False if `settle_stopped_projects` finds nothing in a text off topic: no verb of resuming is right at a number.

    Only there it makes observations of numbers that were rejected (`_resumed_beside`).
    """
    verbs = {word.start for word in words if word.flags & Is.RESUME}
    return bool(verbs) and any(not verbs.isdisjoint(range(q.end, q.end + _NEAR + 1)) for q in quantities)


def _resumed_beside(part: Figure, whole: Figure) -> Figure | None:
    """停工项目31个，其中26个恢复施工: a count without a noun that is back at work is of the works just named."""
    verb = part.first(Is.RESUME)
    if verb is None or verb.start > part.q.end + _NEAR or part.right_flags & Is.NEGATION or part.kind != "level":
        return None
    if part.q.classifier != whole.q.classifier or part.q.value > whole.q.value:
        return None
    part.family = "project"
    part.accept("projects_resumed", WHOLE, verb)
    return part
