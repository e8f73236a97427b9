"""Arithmetic as a judge of roles: where a stated rate is the quotient of two counts before it, the counts are its base.

A random pair of counts fits a rate in about one case of a thousand, so a fit outweighs any word.
"""

from __future__ import annotations

from resumption.extraction.checks import decimals, is_rate_of, slack
from resumption.extraction.figures import Figure
from resumption.items import Comparator, Unit

_ROLES = {
    "resumption_rate": ("enterprises_resumed", "enterprises_total"),
    "project_resumption_rate": ("projects_resumed", "projects_total"),
    "worker_return_rate": ("workers_returned", "workers_total"),
}
_KINDS = ("新建", "续建", "在建", "施工", "推进", "新开工")
"""Kinds of projects, which are verbs too: 续建和保投产项目共189个 says nothing of resuming."""
_OPEN = frozenset({
    "enterprises_resumed", "enterprises_total", "enterprises_served", "enterprises_not_resumed",
    "projects_resumed", "projects_total", "workers_returned", "workers_total", "jobs_offered", "",
})  # fmt: skip


def settle_roles(figures: list[Figure], text: str) -> None:
    """Set the roles of the counts whose quotient a rate of the sentence states.

    122家…121家，复工率99.2% settles 122 as the total and 121 as the resumed, whatever the words say.
    """
    for rate in figures:
        roles = _ROLES.get(rate.indicator)
        if (
            roles is None
            or rate.kind != "level"
            or rate.q.unit is not Unit.PERCENT
            or rate.q.comparator is not Comparator.EQ
        ):
            continue
        pair = _fitting(rate, figures)
        if pair is None:
            continue
        part, whole = pair
        planned = any(word in text[whole.left_start : whole.q.start] for word in ("计划", "拟", "应"))
        kind = any(text[start:end] in _KINDS for start, end, role in whole.used if role == "cue")
        stated = whole.rule == "<verb> <count>" and whole.indicator.endswith("resumed") and whole.explicit
        if stated and not planned and not kind:
            continue
        if whole.reason == "count about another subject":
            continue
        if part.family == "project" and whole.family != "enterprise" and rate.indicator == "resumption_rate":
            rate.accept("project_resumption_rate", rate.rule)
            roles = _ROLES[rate.indicator]
        if rate.indicator == "project_resumption_rate" and part.q.classifier == whole.q.classifier == "户":
            rate.accept("resumption_rate", rate.rule)  # 168户复工156户，92.9% in a paragraph on projects
            roles = _ROLES[rate.indicator]
        family = {"e": "enterprise", "p": "project", "w": "person"}[roles[0][0]]
        for figure, code in ((part, roles[0]), (whole, roles[1])):
            if figure.indicator != code:
                figure.family = family
                figure.kind, figure.sign = "level", 1
                figure.accept(code, "<rate> is the quotient of the counts")


def _fitting(rate: Figure, figures: list[Figure]) -> tuple[Figure, Figure] | None:
    people = rate.indicator == "worker_return_rate"
    unit = Unit.PERSON if people else Unit.COUNT
    counts = [
        f for f in figures[max(0, rate.index - 5) : rate.index]
        if f.q.unit is unit and f.indicator in _OPEN and f.kind == "level" and f.q.comparator is Comparator.EQ
    ]  # fmt: skip
    places = decimals(rate.q.text)
    if rate.q.value >= 100 or (places == 0 and rate.q.text[:1] not in "0123456789"):
        return None
    found = [
        (part, whole)
        for part in counts
        for whole in counts
        if part.q.value < whole.q.value and part.q.classifier[-1:] == whole.q.classifier[-1:]
        and is_rate_of(rate.q.value, places, part.q.value, whole.q.value, slack(part.q.text) + slack(whole.q.text))
    ]  # fmt: skip
    return found[-1] if len(found) == 1 and (places or rate.index - found[0][1].index <= 3) else None
