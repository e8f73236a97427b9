"""People who help: 138名干部驻企, 派驻厂员300人; not those who put out fires or keep an office."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.people_phrases import HELPING
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word

Decision = tuple[str, str, Word | None]


_REPAIRERS = ("抢修人员", "抢修队员", "抢险人员", "除冰队员", "施救人员")
"""Who mends a power line helps, but is no officer for enterprises."""
_NO_OFFICE = ("工作人员", "技术人员", "技师", "工程师", "专家", "管理人员")
"""People who help enterprises only if something says that they were sent there."""


def _has_no_office(figure: Figure, text: str, state: State, officer: Word) -> bool:
    word = text[officer.start : officer.end]
    if word.endswith(_REPAIRERS):
        return True
    if word.endswith(("干部", "党员", "志愿者")) and not word.startswith(("驻", "包", "挂", "联")):
        around = (*figure.earlier, *figure.left, *figure.right, *figure.later)
        return not any(w.flags & (Is.ASSIGN | Is.SERVE | Is.GIVE | Is.SOLVE) for w in around) and not HELPING.match(
            text, figure.q.end, figure.clause_end
        )
    spoken = any(
        w.flags & (Is.ENTERPRISE | Is.PROJECT | Is.RESUME)
        for f in state.sentence
        for w in (*f.earlier, *f.left, *f.right, *f.later)
    )
    if word.endswith(_NO_OFFICE) and not spoken:
        return True
    return (
        word.endswith(_NO_OFFICE)
        and not figure.last(Is.ASSIGN | Is.GIVE)
        and not figure.spoken(state.sentence, Is.ASSIGN)
        and not HELPING.match(text, figure.q.end, figure.clause_end)
    )


_SENT_OUT = ("出动", "调集", "投入", "组织出动", "调派", "增派", "集结")
_TO_WORK = Is.ENTERPRISE | Is.PROJECT | Is.RESUME | Is.RETURN | Is.RATE


def sent_elsewhere(figure: Figure, text: str, state: State, word: Word) -> bool:
    """出动官兵1960余人抢险: sent out, but the sentence speaks neither of enterprises nor of work."""
    if text[word.start : word.end] not in _SENT_OUT:
        return False
    words = (w for f in state.sentence for w in (*f.earlier, *f.left, *f.right, *f.later))
    return not any(w.flags & _TO_WORK for w in words)


EACH = "rule for each person"
_IN_ALL = re.compile(r"，(?:总共|共|共计|合计|总计|全县共|全市共|全区共)(?:派出|选派|派驻|派|有|需)?")


def officers_among(
    figure: Figure, text: str, state: State, noun: Word | None, left_noun: Word | None, verb: Word | None
) -> Decision | None:
    """138名干部驻企: those who help, counted."""
    officer = noun if noun is not None and noun.flags & Is.OFFICER else None
    if noun is None and left_noun is not None and left_noun.flags & Is.OFFICER and not left_noun.flags & Is.WORKER:
        officer = left_noun
    if officer is not None and figure.q.value <= 3 and (verb is None or verb.end != figure.q.start):
        return "", "who does it, not how many", officer
    if officer is not None and not _other_people(figure, text, officer, verb):
        if _has_no_office(figure, text, state, officer):
            return "", "people of another subject", officer
        return ("officers_assigned", "<assign> <count> <officer>", officer) if state.strong else ("", "off topic", None)
    if officer is None and noun is None and left_noun is None and verb is None:
        words = figure.earlier
        before = state.sentence[figure.index - 1] if figure.index else None
        if before is not None and before.reason == EACH and _IN_ALL.fullmatch(text, before.q.end, figure.q.begin):
            words = before.left + before.earlier  # 派驻联络员，每家2名，共356名
        spoken = next((w for w in reversed(words) if w.flags & (Is.OFFICER | Is.WORKER)), None)
        if (
            spoken is not None
            and spoken.flags & Is.OFFICER
            and state.strong
            and figure.last(Is.DENOMINATOR | Is.CUMULATIVE)
        ):
            return "officers_assigned", "<officer>，<place> 共有 <count>", spoken
    return None


def _other_people(figure: Figure, text: str, officer: Word, verb: Word | None) -> bool:
    if verb is None or verb.flags & Is.ASSIGN or text[verb.start : verb.end] in ("现场", "在场", "进场"):
        return False
    staff = text[officer.start : officer.end].endswith(("工作人员", "技术人员", "工程师", "技师", "管理人员"))
    return bool(verb.flags & (Is.CARRY | Is.HIRE | Is.RETURN | (Is.RESUME if staff else 0)))
