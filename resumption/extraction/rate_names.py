"""Which rate a name means: 复工率 of enterprises, projects or staff, and names in a row with figures in a row."""

from __future__ import annotations

from itertools import pairwise

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.rate_verbs import subject_before
from resumption.extraction.state import State
from resumption.extraction.words import NOUN, Is, Word
from resumption.items import Unit

_JOINTS = ("、", "和", "及", "，", "")
"""What stands between the numbers of a run; nothing where a page lost its sign."""

_ADVERBS = re.compile(r"[，、 ]*(?:截至|到)?(?:目前|当前|现在|现|已|今天)?[，、 ]*")
_PLAIN = ("复工率", "开工率", "开复工率")


def _names_of_run(first: Figure, text: str) -> list[Word]:
    """复工率、复岗率分别: the rates named in a row before a figure."""
    names = [w for w in first.left if w.flags & Is.RATE]
    if len(names) < 2 or not any(w.flags & Is.RESPECTIVELY or text[w.start] in "分依" for w in first.left):
        return []
    joined = all(
        text[a.end : b.start].strip("及和与、") == "" or len(text[a.end : b.start]) <= 6 for a, b in pairwise(names)
    )
    return names if joined else []


def zipped_name(figure: Figure, text: str, state: State) -> Word | None:
    """复工率、复岗率分别为95%、90%: the first name for the first figure, if names and figures are as many."""
    names = _names_of_run(figure, text)
    return names[0] if names and len(_run(figure, text, state)) == len(names) else None


def zipped_in_run(figure: Figure, text: str, state: State) -> Word | None:
    """The 90% of 复工率、复岗率分别为95%、90%: the name that stands at its place in the row."""
    if figure.index == 0 or figure.left_has(NOUN | Is.RATE):
        return None
    index = figure.index
    while index and text[state.sentence[index - 1].q.end : state.sentence[index].q.start] in _JOINTS:
        index -= 1
    first = state.sentence[index]
    names = _names_of_run(first, text)
    run = _run(first, text, state)
    if len(run) != len(names) or figure not in run:
        return None
    return names[run.index(figure)]


def _run(first: Figure, text: str, state: State) -> list[Figure]:
    run = [first]
    for other in state.sentence[first.index + 1 :]:
        if text[run[-1].q.end : other.q.start] not in _JOINTS or other.q.unit is not first.q.unit:
            break
        run.append(other)
    return run


def named_rate(name: Word, figure: Figure, text: str, state: State, words: list[Word] | None = None) -> str:
    """复工率 of workers, projects or enterprises: the noun before it, else what the text is about there."""
    before = next(
        (w for w in figure.left if w.end == name.start or (w.end == name.start - 1 and text[w.end] == "的")), None
    )
    if before is not None and before.flags & Is.CAPACITY:
        return "capacity_rate"
    if before is not None and before.flags & Is.POWER:
        return "electricity_rate"
    if name.code != "resumption_rate":
        return name.code
    if text.endswith(("全员", "员工", "职工", "工人"), 0, name.start):
        return "worker_return_rate"  # 全员复工率
    if (
        figure.q.value < 100
        and text[name.start : name.end] in _PLAIN
        and _THIS_FIRM.search(text, max(0, name.start - 8), name.start)
    ):
        return "worker_return_rate"
    for word in reversed(figure.left if words is None else words):
        if word.start >= name.start:
            continue
        if word.flags & Is.ENTERPRISE:
            return "resumption_rate"
        if word.flags & Is.PROJECT:
            return "project_resumption_rate"
        if word.flags & Is.WORKER and name.start - word.end <= 1:
            return "worker_return_rate"
    if figure.earlier and figure.earlier[-1].flags & Is.WITHIN and figure.clause_start - figure.earlier[-1].end <= 1:
        group = next((w for w in reversed(figure.earlier) if w.flags & (Is.ENTERPRISE | Is.PROJECT)), None)
        if group is not None and group.flags & Is.ENTERPRISE and group.end == figure.earlier[-1].start:
            return "resumption_rate"  # 全州规上工业企业中，复工率…
    if figure.q.value < 100 and text[name.start : name.end] in _PLAIN and _of_one_firm(figure, text, name):
        return "worker_return_rate"
    previous = state.sentence[figure.index - 1] if figure.index else None
    rates_before = [*state.sentence[: figure.index], *filter(None, [state.paragraph_roles.get("level rate")])]
    given = any(f.indicator.endswith(("resumption_rate", "production_rate")) for f in rates_before) or not (
        state.counts or any(f.family in ("enterprise", "project") and f.indicator for f in state.sentence)
    )
    staff = state.sentence[figure.index - 2] if figure.index > 1 else None
    if staff is not None and staff.indicator == "workers_total" and staff.clause >= figure.clause - 3:
        given = True
    single = sum(1 for w in figure.left if w.flags & Is.RATE) == 1
    bare = _ADVERBS.fullmatch(text, figure.left_start, name.start) is not None
    alone = single and bare and text[name.start : name.end] in _PLAIN
    if (
        previous is not None
        and previous.indicator in ("workers_returned", "workers_total")
        and given
        and alone
        and previous.kind == "level"
    ):
        return "worker_return_rate"
    same = next((f for f in reversed(state.sentence[: figure.index]) if _same_name(f, name, text)), None)
    if same is not None and same.clause >= figure.clause - 2 and same.indicator == "worker_return_rate":
        return same.indicator
    subject = subject_before(figure, state, Is.ENTERPRISE | Is.PROJECT)
    if subject is not None:
        return (
            "project_resumption_rate"
            if subject.flags & Is.PROJECT and not subject.flags & Is.ENTERPRISE
            else "resumption_rate"
        )
    if state.domain == "project" or _goes_on_with_projects(figure, state):
        return "project_resumption_rate"
    return "resumption_rate"


def _goes_on_with_projects(figure: Figure, state: State) -> bool:
    """西南的工地开复工率为59.2%。东北地区复工率只有9.8%: the paragraph goes on with the rate that it named last."""
    last = next(reversed(state.paragraph_rates), None)
    if last is None or last.indicator != "project_resumption_rate" or figure.left_has(NOUN):
        return False
    return not any(f.family == "enterprise" and f.q.start > last.q.end for f in state.counts)


_FIRM_BEFORE = re.compile(
    r"(?:(?<![家个批各数类等十百千万户属的])(?:有限公司|有限责任公司|股份公司|集团公司)"
    r"|(?:公司|该厂|厂里)(?:的)?(?:员工|职工|工人)[^。；0-9]{0,24}?(?:返岗|到岗|复工|上班|回来))，(?:目前|现在|现)?$"
)
_STAFF_BACK = re.compile(
    r"(?:公司|工厂|厂里|企业(?:负责人|董事长|总经理))[^。；0-9]{0,40}?(?:员工|职工|工人)(?:们)?(?:大多|基本|陆续|全部|都|均|已经?|也|正)*"
    r"(?:返岗|到岗|复工|上班|回来|返厂|到厂|回到(?:了)?(?:工作)?岗位|重返岗位)(?:了)?，(?:目前|现在|现)?$"
)
"""…公司总经理说，员工都已回到岗位，复工率达到95%."""
_THIS_FIRM = re.compile(r"(?:该|这家|本)(?:企业|公司|厂|工厂)的?(?:整体|总体)?$")
_MANY_FIRMS = re.compile(r"[0-9两多数各]家|等|、|和|及其")


def _of_one_firm(figure: Figure, text: str, name: Word) -> bool:
    """青禾机械有限公司，复工率85%: of one firm only its people can resume in part."""
    begin = max(text.rfind(sign, 0, name.start) for sign in "。；\n")
    before = _FIRM_BEFORE.search(text, begin + 1, name.start) or _STAFF_BACK.search(text, begin + 1, name.start)
    return before is not None and not _MANY_FIRMS.search(text, max(begin + 1, before.start() - 20), name.start)


def _same_name(figure: Figure, name: Word, text: str) -> bool:
    """施工人员返岗复工率为66.3%，预计10日返岗复工率…: the same name in one sentence means the same."""
    spoken = [text[w.start : w.end] for w in figure.left if w.flags & Is.RATE]
    return figure.indicator.endswith("_rate") and spoken == [text[name.start : name.end]]


_POINTING = re.compile(r"(?:这|上述|以上|前述)([一两三四2-4])(?:个|项|组)?(?:比例|比率|数据|数字|指标|百分比|占比|率)")
_HOW_MANY = {"一": 1, "两": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}


def pointed_at(figure: Figure, text: str, state: State) -> str | None:
    """一周前，这两个比例分别只有41.5%和22.7%: the last rates of the paragraph, one by one."""
    if not state.strong or figure.q.unit is not Unit.PERCENT or figure.left_has(Is.RATE):
        return None
    found = _POINTING.search(text, max(0, state.sentence[0].clause_start - 4), figure.q.start)
    if found is None:
        return None
    count = _HOW_MANY[found.group(1)]
    run = [f for f in state.sentence if f.q.unit is Unit.PERCENT and f.q.start > found.end()]
    before = [f for f in state.rates if f.q.end < found.start()][-count:]
    if len(before) != count or len(run) != count or figure not in run:
        return None
    return before[run.index(figure)].indicator
