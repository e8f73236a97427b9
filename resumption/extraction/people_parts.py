"""So many of them came: 31个师傅来了22个, 店里十四口人，现在回来九个, 三百多名工人里近三百人上了线."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.items import Unit

ALL_OF_THEM = "<count> <people>，<come> <count>"
"""The rule of the first of the two numbers: the order of both decides, not the words next to it."""
_PEOPLE = (
    r"(?:[\u4e00-\u9fff]{0,6}?(?:员工|职工|工人|师傅|伙计|店员|教练|队员|司机|工友|学徒|帮工|人手|劳务"
    r"|[\u4e00-\u9fff][工员]|人))"
)
_WHEN = r"(?:现在|眼下|目前|如今|今天|今早|昨天|截至目前|到现在|已经|已|只|才|就|仅|还|都|实际){0,3}"
_CAME = r"(?:(?:来|回来|到|返回|到岗|返岗|留住|复岗|上岗|回|赶回|到位)了?|在岗(?:的有)?|来上班的有)"
_THEN_CAME = re.compile(rf"{_PEOPLE}?(?:里头|里面|里|中|当中)?，?{_WHEN}{_CAME}(?:约|近|超过|超)?")
_AND_OF_THEM = re.compile(rf"{_PEOPLE}(?:里头|里面|里|中|当中)，?{_WHEN}(?:有)?(?:约|近|超过|超)?")
_ARE_BACK = re.compile(
    r"(?:员工|工人|职工|人)?(?:已经|已|都)?(?:上了[线岗班]|到了?岗|返岗|回来|回到|上岗|在岗|复岗|到位|上班)"
)
_LATER_CAME = re.compile(
    rf"{_PEOPLE}?[^。；！？0-9]{{0,20}}，(?:{_WHEN})(?:(?:{_CAME})(?:的)?|(?:上班|在岗|到岗|返岗)的?|点名)"
    r"(?:人)?(?:只|才|就|也|有|是|已|约|近|不到|不足|超过){0,3}"
    rf"|{_PEOPLE}?[^。；！？0-9]{{0,20}}，(?:现在|如今|眼下|目前|今天|昨天)(?:只|才|仅|就)(?:有|剩下?|来了)"
)
"""165个人，能来的都来了，昨天点名是131个; 640个工人，现在上班的不到500个: with a clause in between."""
_SINCE_CAME = re.compile(
    rf"{_PEOPLE}?(?:里头|里面|里|中|当中)?[^。；！？]{{0,24}}?"
    rf"(?:(?:当天|那天|过完年|今年|年后|节后|头天|第一天|到今天|[日号])?(?:只|才|就|也|已|又)?{_CAME}(?:的)?|来修机器的|来清理的|来上班的|到厂的)"
    r"(?:只有|有|了)?(?:约|近|不到)?"
)
"""厂里150人，26号当天就回来120个; 420个工人，走了六七十个，过完年回来355个."""
_NAMED = re.compile(_PEOPLE)
_MEASURES = frozenset("个口位名人")


def settle_came(figures: Sequence[Figure], text: str, state: State) -> None:
    """All the people of a place and those of them who came; the measure of both may be 个."""
    if not state.strong:
        return
    for whole, part in _pairs(figures):
        if not (_may_be_people(whole, "workers_total") and _may_be_people(part, "workers_returned")):
            continue
        if part.q.value > whole.q.value or whole.clause + 2 < part.clause:
            continue
        between = text[whole.q.end : part.q.begin]
        if whole.q.classifier == "个" and not _NAMED.match(between):
            continue
        if not (
            _THEN_CAME.fullmatch(between)
            or (_AND_OF_THEM.fullmatch(between) and _ARE_BACK.match(text, part.q.end))
            or (whole.kind == "level" and _LATER_CAME.fullmatch(between))
            or (_NAMED.match(between) and _SINCE_CAME.fullmatch(between))
        ):
            continue
        _accept(whole, "workers_total", ALL_OF_THEM)
        _accept(part, "workers_returned", "<all>，<come> <count>")
        _settle_share(whole, part, figures)


def _pairs(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Every two figures in a row, and every two with one between them that nothing was found to be."""
    yield from pairwise(figures)
    for whole, between, part in zip(figures, figures[1:], figures[2:], strict=False):
        if not between.indicator:
            yield whole, part


STAFF_OF_SENTENCE = "<all> <staff> <count>，… <return>"
_HAS = re.compile(
    r"(?:现有|共有|有|拥有|原有|总共|共|一共)(?:在册|在职|一线|各类|正式)?(?:员工|职工|工人|从业人员)?(?:总数)?(?:约|近|达|超过?)?$"
)
_STAFF = re.compile(r"(?:在册|在职|一线|各类|正式)?(?:员工|职工|工人|从业人员)")
_HAS_STAFF = re.compile(r"(?:员工|职工|工人|从业人员)(?:总数)?(?:共有|共|有|总计|合计|达)?(?:约|近|超过?)?$")
_CLAUSES = 4
_OF_THEM = frozenset({"workers_returned", "workers_to_transport"})


def settle_staff(figures: Sequence[Figure], text: str, state: State) -> None:
    """现有2600名员工，外地的占六成，返岗的有1900多名: all the people of whom the sentence then says how many came."""
    if not state.strong:
        return
    for whole in figures:
        q = whole.q
        if whole.indicator or q.unit is not Unit.PERSON or whole.reason != _NO_ROLE or whole.kind != "level":
            continue
        if not _is_all_staff(text, max(whole.clause_start, q.begin - 16), whole):
            continue
        later = (f for f in figures[whole.index + 1 :] if f.q.unit is Unit.PERSON and f.indicator)
        part = next(later, None)
        if part is None or part.indicator not in _OF_THEM or part.kind != "level" or part.q.value >= q.value:
            continue
        if part.clause - whole.clause <= _CLAUSES and "；" not in text[q.end : part.q.begin]:
            _accept(whole, "workers_total", STAFF_OF_SENTENCE)


def _is_all_staff(text: str, start: int, whole: Figure) -> bool:
    begin = whole.q.begin
    if _HAS_STAFF.search(text, start, begin):
        return True
    named = _STAFF.match(text, whole.q.end) or _STAFF.search(text, start, begin)
    return named is not None and _HAS.search(text, start, begin) is not None


_NO_ROLE = "people without a role"


def _settle_share(whole: Figure, part: Figure, figures: Sequence[Figure]) -> None:
    """全厂186个车位工回来了171个，九成二: the share that a number without a name behind them is of both."""
    share = figures[part.index + 1] if part.index + 1 < len(figures) else None
    if share is None or share.indicator or share.reason != "percentage without a rate" or not whole.q.value:
        return
    if abs(share.q.value - 100 * part.q.value / whole.q.value) <= _ROUNDED:
        share.family = "rate"
        share.accept("worker_return_rate", "<all>，<come> <count>，<percent>")


_ROUNDED = 1.0
"""Points by which 九成二 may be off."""


def _may_be_people(figure: Figure, code: str) -> bool:
    """True for a number of people, or of 个, that nothing else was found to be."""
    q = figure.q
    if figure.indicator and figure.indicator not in (code, "workers_returned", "workers_total"):
        return figure.rule == "<count> <group> <unknown verb> <count>" and q.classifier == "个"
    return q.unit is Unit.PERSON or (q.unit is Unit.COUNT and q.classifier in _MEASURES)


def _accept(figure: Figure, code: str, rule: str) -> None:
    if figure.indicator == code:
        return
    figure.family = "person"
    if figure.q.unit is not Unit.PERSON:
        figure.q = replace(figure.q, unit=Unit.PERSON)
    figure.accept(code, rule)
