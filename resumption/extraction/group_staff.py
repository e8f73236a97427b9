"""The people of a group: 员工 alone is 规上工业企业员工, 本地17216人 is 本地员工."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.group_phrases import (
    GROUP,
    clause_of,
    earlier_phrase,
    own_phrase,
    phrase_ending_in,
    spoken_phrase,
    trimmed,
)
from resumption.extraction.groups import Groups, family_of, flags_of
from resumption.extraction.sentences import begin_of
from resumption.extraction.words import Is

_PART = re.compile(
    r"(?:^|[其中，（、])(本地|外地|省外|省内|市外|市内|县外|县内|区内|区外|跨省|本省|外省|境内|本市|外市|[\u4e00-\u9fff]{2,3}(?=籍))(?:的|员工|籍(?:员工|职工|工人)?)?$"
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
        "参建人员",
        "劳务人员",
        "作业人员",
        "管理人员",
        "用工",
        "人",
        "总员工",
        "总职工",
        "总用工",
        "企业员工",
        "企业职工",
    }
)
_STAFF_NAMES = {"用工": "员工", "人": "员工", "总员工": "员工", "总职工": "职工", "总用工": "员工"}
_NORMAL_TIME = re.compile(r"节前|年前|正常|通常|用工")
_NORMAL_STAFF = re.compile(
    r"(?:相当于|占|达到|恢复[到至])?(?:企业)?(?:节前|年前|节后|通常|正常|日常|平时|常年|原有|生产|情况下|[上去]年|同期){0,3}需?"
    r"(?:用工|员工|职工)(?:总数|数量|人数|数|用工|员工)?$"
)
_NORMAL_ONLY = frozenset({"正常", "节前", "年前", "同期", "上年同期", "节后需", "節後需", "节后", "正常水平", "通常"})


def staff_of(
    figure: Figure, figures: list[Figure], text: str, own: str, subject: str, floors: list[int], groups: Groups
) -> str:
    """员工 alone is 规上工业企业员工; 本地17216人 is 本地员工."""
    if part := part_of_people(figure, figures, text):
        return part
    whole = _WITHIN_PEOPLE.search(
        text, max(figure.q.start - 60, begin_of(text, "。；\n", figure.q.start)), figure.q.start
    )
    if whole and figure.family == "person":
        return trimmed(whole[1])
    if not own and (item := _sector_item(figure, figures, text, floors)):
        return item + groups.staff
    if any(text[w.start : w.end].startswith("劳务") for w in figure.left if w.flags & (Is.RATE | Is.WORKER)):
        groups.staff = "劳务"
    if figure.rule.startswith("占 <staff>") and figure.index:
        counted = figures[figure.index - 1]
        if counted.indicator in STAFF_CODES and counted.population:
            return counted.population
    own = _without_normal(own)
    if owns := _HAS.fullmatch(own):
        own = owns[1] + owns[2] if owns[1] not in _FIRMS else owns[2]
    group = subject or groups.current("project" if groups.latest == "project" else "enterprise")
    if own in BARE_STAFF:
        people = next((w for w in figure.left if w.flags & Is.WORKER and text[w.start : w.end] not in BARE_STAFF), None)
        if people is not None:
            start = max(figure.left_start, clause_of(text, people.start))
            named = _without_normal(phrase_ending_in(text, people, figure.left, start, floors))
            if named not in BARE_STAFF:
                return named
        group = (
            subject
            or groups.fuller(
                own_phrase(figure, text, floors, GROUP) or earlier_phrase(figure, figures, text, floors, GROUP)
            )
            or group
        )
        if not group and len(named := spoken_phrase(figure, figures, text, floors, GROUP)) > 2:
            group = named
        if group == "企业" and (near := groups.near("enterprise")).endswith(group):
            group = near
        if len(group) > 2 and (now := groups.current(family_of(group))).endswith(group):
            group = now  # 子公司 of 天成集团
        return group + _STAFF_NAMES.get(own, own.removeprefix("企业")) if group else own
    if not own and not subject and groups.people and not groups.sentence and not groups.subset:
        return groups.people
    if not own and not subject:
        previous = next(
            (f for f in reversed(figures[: figure.index]) if f.indicator in STAFF_CODES and f.population), None
        )
        if previous is not None and not _PART.match(previous.population[:2]):
            beside = previous.index == figure.index - 1 and "；" not in text[previous.q.end : figure.q.start]
            if beside or not group:
                return previous.population
    if not own and subject and _JOB.search(subject) and group == subject:
        return subject
    if not own:
        return group + groups.staff
    if flags_of(own) & GROUP and not flags_of(own) & Is.WORKER:
        groups.name(family_of(own), own, main=False)
        said = figure.last(Is.STAFF)
        noun = text[said.end - 2 : said.end] if said else ""  # 煤矿在册职工
        if noun in ("职工", "工人", "矿工"):
            return own + noun
        return own + ("人员" if family_of(own) == "project" else groups.staff)
    whose = _OF_STAFF.sub("", own)
    if whose != own and len(whose) > 2 and flags_of(whose) & GROUP:
        groups.name(family_of(whose), whose, main=False)  # 宝山基地员工: what follows is of the 基地
    return own


_JOB = re.compile(r"(?:手|师傅?|骨干|队伍|队员|司机|阿姨|白领|匠|(?<![化轻军重施复竣手人加])工|(?<!人)员|者)$")
"""农机手, 焊工, 技术骨干: a subject that is people itself."""
_OF_STAFF = re.compile(r"(?:员工|职工|工人)$")
_HAS = re.compile(
    r"(.{2,20}?)(?:现|共|原|总共|一共|目前|节前|年前|登记|现在|拥|在册){0,3}(?:有|在册)(员工|职工|工人|人员|矿工|从业人员|务工人员|施工人员)"
)
"""样本企业节前有职工5.35万人: a clause, not a name."""
_FIRMS = frozenset({"企业", "公司", "工厂", "厂里", "项目"})
_WITHIN_PEOPLE = re.compile(
    r"([\u4e00-\u9fff]{2,14}(?:员工|职工|工人|人员|劳动力|农民工))(?:当中|中)，[^，。；0-9]{0,20}[0-9]*$"
)
"""回乡员工中，计划回厂工作的有66135人: what they plan is said of them."""
_PEOPLE_NOUNS = ("务工人员", "农民工", "劳动力", "务工者", "职工", "员工", "工人", "人员")


def part_of_people(figure: Figure, figures: list[Figure], text: str) -> str:
    """其中省外2960人: the people counted before, by where they come from."""
    part = _PART.search(text[max(figure.left_start, figure.q.start - 6) : figure.q.begin])
    if part is None:
        return ""
    previous = next((f for f in reversed(figures[: figure.index]) if f.family == "person" and f.population), None)
    noun = next((w for w in _PEOPLE_NOUNS if previous and previous.population.endswith(w)), "员工")
    return part[0].strip("其中，（、的").removesuffix("员工") + noun if "籍" in part[0] else part[1] + noun


_SECTOR_ITEM = re.compile(r"(?:其中[，：]?|[、；])([\u4e00-\u9fff]{2,6})(?:企业|行业|领域)?$")
_NO_SECTOR = re.compile(r"[已共达到有新增余约近超的是为返岗复工较比其中]|本地|外地|[省市县区]|男|女")


def _sector_item(figure: Figure, figures: list[Figure], text: str, floors: list[int]) -> str:
    """其中乳制品4205人、纺织2960人: items of two characters or more that name sectors, two of them or more."""
    match = _SECTOR_ITEM.search(text, max(0, figure.q.start - 12), figure.q.start)
    if match is None or _NO_SECTOR.search(match[1]) or any(match.start(1) < f <= figure.q.start for f in floors):
        return ""
    beside = [f for f in figures if abs(f.index - figure.index) == 1 and f.q.unit is figure.q.unit]
    items = [f for f in beside if _SECTOR_ITEM.search(text, max(0, f.q.start - 12), f.q.start)]
    if not items or flags_of(match[1]) & (Is.WORKER | Is.RETURN | Is.CUMULATIVE | Is.RATE):
        return ""
    return match[1] if match[1].endswith(("企业", "厂")) else match[1] + "企业"


_PEOPLE = re.compile(
    r"(?:外来|外出|返岗|返乡|省外|外地|[\u4e00-\u9fff]{2}籍)?(?:务工人员|农民工|务工者|劳动力)"
    r"|[\u4e00-\u9fff]{2}籍(?:复工|返岗|返工)?人员|(?:返岗|复工|返工|务工)人员|员工|职工|工人|工友"
)
_SENT_OUT = re.compile(r"送走|送出|送往|发往|开往|送到|奔赴|赶赴|前往|驶出|驶向|出发|启程|输出")
_FROM_HOME = re.compile(r"务工|老乡|乡亲")
_COUNTRYMEN = ("老乡", "乡亲", "群众")
"""People seen from home: 三百六十名老乡 go to work elsewhere."""


def carried_people(figure: Figure, text: str) -> str:
    """接回2467人: the people whom the paragraph, else the text before it, names last.

    Where nobody is named, who leaves home (送走2650人) is of 务工人员, who is fetched (接回2467人) of 员工.
    """
    paragraph = text.rfind("\n", 0, figure.q.start) + 1
    named = _PEOPLE.findall(text, paragraph, figure.clause_end)[-1:] or _PEOPLE.findall(
        text, max(0, paragraph - 400), paragraph
    )
    if named:
        return named[0]
    leaves = _SENT_OUT.search(text, figure.clause_start, figure.clause_end)
    return "务工人员" if leaves or _FROM_HOME.search(text, paragraph, figure.right_end) else "员工"


_FROM_WHERE = re.compile(
    r"(?:分别)?(?:来自|从)[^，。；0-9]{2,16}?的((?:返岗|返乡|外出|老|新)?(?:员工|工人|职工|务工人员|务工者|农民工|劳动力|工友))"
)


def from_where(figure: Figure, text: str) -> str:
    """59名来自仁怀各乡镇的员工: the people behind the place that they are from, "" if none stands there."""
    told = _FROM_WHERE.match(text, figure.q.end)
    return told[1] if told is not None else ""


def is_carried(own: str) -> bool:
    """True if a phrase names the people who are carried: no firm that waits for them, no countrymen."""
    if own.endswith(_COUNTRYMEN) and "务工" not in own:
        return False
    return bool(flags_of(own) & (Is.WORKER | Is.OFFICER))


def _without_normal(own: str) -> str:
    """年前用工数, 正常生产情况下用工 are 员工: what the number is measured against is no name of people."""
    if own in _NORMAL_ONLY:
        return ""
    normal = _NORMAL_STAFF.search(own)
    if normal is None or own in BARE_STAFF:
        return own
    head = trimmed(own[: normal.start()])
    if head in ("", "企业", "公司", "被监测企业"):
        return "员工"
    return head + "员工" if _NORMAL_TIME.search(normal[0]) else own
