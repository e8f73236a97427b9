"""The people of a group: 员工 alone is 规上工业企业员工, 本地17216人 is 本地员工."""

from __future__ import annotations

import re

from resumption.extraction.figures import Figure
from resumption.extraction.group_phrases import GROUP, clause_of, own_phrase, phrase_ending_in, trimmed
from resumption.extraction.groups import Groups, flags_of
from resumption.extraction.words import Is

_PART = re.compile(
    r"(?:^|[其中，（、])(本地|外地|省外|省内|市外|市内|县外|县内|区内|区外|跨省|本省|外省|境内|本市|外市)(?:的|员工|籍)?$"
)
STAFF_CODES = frozenset({"workers_returned", "workers_total", "worker_return_rate"})
BARE_STAFF = frozenset(
    {
        "员工",
        "职工",
        "工人",
        "人员",
        "务工人员",
        "从业人员",
        "建设者",
        "劳务",
        "施工人员",
        "建设人员",
        "管理人员",
        "用工",
        "人",
        "企业员工",
        "企业职工",
    }
)
_WORKERS_ALONE = re.compile(r"(?:务工人员|劳动力|农民工|务工者|搬迁群众|脱贫人口|贫困人口)$")
_NORMAL_STAFF = re.compile(
    r"(?:相当于|占|达到|恢复[到至])?(?:企业)?(?:节前|年前|节后|正常|日常|平时|常年|原有|生产|情况下|[上去]年|同期){0,3}需?"
    r"(?:用工|员工|职工)(?:总数|数量|人数|数|用工|员工)?$"
)
_NORMAL_ONLY = frozenset({"正常", "节前", "年前", "同期", "上年同期", "节后需", "正常水平"})


def staff_of(figure: Figure, figures: list[Figure], text: str, own: str, floors: list[int], groups: Groups) -> str:
    """员工 alone is 规上工业企业员工; 本地17216人 is 本地员工."""
    before = text[
        max(figure.left_start, figure.q.start - 6) : figure.q.cue[0]
        if figure.q.cue and figure.q.cue[0] < figure.q.start
        else figure.q.start
    ]
    if part := _PART.search(before):
        previous = next((f for f in reversed(figures[: figure.index]) if f.family == "person" and f.population), None)
        base = next(
            (
                w
                for w in ("务工人员", "农民工", "职工", "员工", "工人", "人员")
                if previous and previous.population.endswith(w)
            ),
            "员工",
        )
        return part.group(1) + base
    if any(text[w.start : w.end].startswith("劳务") for w in figure.left if w.flags & (Is.RATE | Is.WORKER)):
        groups.staff = "劳务"
    group = groups.current("project" if groups.latest == "project" else "enterprise")
    own = "员工" if own in _NORMAL_ONLY else own
    if own and (normal := _NORMAL_STAFF.search(own)) and own not in BARE_STAFF:
        head = trimmed(own[: normal.start()])
        if head in ("", "企业", "公司", "被监测企业"):
            own = "员工"
        elif re.search(r"节前|年前|正常|用工", normal[0]):
            own = head + "员工"
    if own in BARE_STAFF:
        people = next((w for w in figure.left if w.flags & Is.WORKER and text[w.start : w.end] not in BARE_STAFF), None)
        if people is not None:
            return phrase_ending_in(
                text, people, figure.left, max(figure.left_start, clause_of(text, people.start)), floors
            )
        beside = own_phrase(figure, text, floors, GROUP)
        group = beside or group
    if not own:
        previous = next(
            (f for f in reversed(figures[: figure.index]) if f.indicator in STAFF_CODES and f.population), None
        )
        if previous is not None and previous.index == figure.index - 1 and _WORKERS_ALONE.search(previous.population):
            return previous.population
        if previous is not None and not group and not _PART.match(previous.population[:2]):
            return previous.population
        return group + groups.staff
    if own in BARE_STAFF and group:
        return group + own.removeprefix("企业")
    if flags_of(own) & GROUP and not flags_of(own) & Is.WORKER:
        groups.name(
            "project" if flags_of(own) & Is.PROJECT and not flags_of(own) & Is.ENTERPRISE else "enterprise", own
        )
    return own
