"""Verbs that decide the role of a count, and the codes of the roles."""

from __future__ import annotations

from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word

ENTERPRISE_CODES = {
    "resumed": "enterprises_resumed",
    "total": "enterprises_total",
    "not": "enterprises_not_resumed",
    "served": "enterprises_served",
    "requesting": "enterprises_requesting",
    "approved": "enterprises_approved",
    "sanctioned": "enterprises_sanctioned",
    "threshold": "enterprises_at_threshold",
}


PROJECT_CODES = {"resumed": "projects_resumed", "total": "projects_total"}


ROLE_OF = {code: role for role, code in [*ENTERPRISE_CODES.items(), *PROJECT_CODES.items()]}


SUBJECT = Is.ENTERPRISE | Is.PROJECT
"""Words that can be the subject of 复工: enterprises and projects."""


DECIDING = Is.SANCTION | Is.REQUEST | Is.APPROVE | Is.IDLE | Is.RESUME | Is.SERVE | Is.AWAIT


def deciding_verb(words: list[Word], strict: bool = False) -> Word | None:
    """The verb that decides among several: approval, request and sanction outweigh 复工, which outweighs help."""
    best: Word | None = None
    for wanted in (Is.SANCTION | Is.REQUEST | Is.APPROVE, Is.IDLE, Is.RESUME, Is.SERVE | Is.AWAIT, Is.LAUNCH):
        for word in words:
            if word.flags & wanted and not word.flags & Is.RATE:
                if wanted & Is.IDLE and word.flags & Is.RESUME:
                    continue
                if wanted & Is.IDLE and _names_who_resumed(word, words):
                    continue
                if (
                    wanted & Is.APPROVE
                    and any(w.flags & Is.RESUME and not w.flags & Is.APPROVE for w in words)
                    and word.flags & (Is.SOLVE | Is.GIVE)
                    and strict
                ):
                    continue
                if word.flags & Is.APPROVE and any(w.flags & Is.REQUEST and w.start == word.end for w in words):
                    continue  # 备案申请3600家
                best = word
                break
        if best is not None:
            return best
    return best


def _names_who_resumed(idle: Word, words: list[Word]) -> bool:
    """停产企业中已恢复生产294户, 停产的规上企业已恢复15户: what stood still names the group of which it is said."""
    group = next((w for w in words if w.flags & SUBJECT and w.start >= idle.end), None)
    return group is not None and any(
        w.flags & Is.RESUME and w.start - idle.end > 1 and w.start > group.start for w in words
    )


def role_of_verb(word: Word, words: list[Word]) -> str:
    flags = word.flags
    negated = any(w.flags & Is.NEGATION and 0 <= word.start - w.end <= 4 for w in words)
    if flags & Is.RESUME:
        return "not" if negated else "resumed"
    if flags & Is.IDLE:
        return "resumed" if negated else "not"
    if flags & Is.SANCTION:
        return "sanctioned"
    if flags & Is.REQUEST:
        return "not" if negated else "requesting"
    if flags & Is.APPROVE:
        return "not" if negated else "approved"
    if flags & Is.SERVE:
        return "served"
    if flags & Is.LAUNCH:
        return "resumed"
    return ""


def verb_left(figure: Figure) -> bool:
    return any(w.flags & (Is.RESUME | Is.IDLE | Is.APPROVE | Is.REQUEST) for w in figure.left)


def next_in_clause(figure: Figure, state: State) -> Figure | None:
    following = state.sentence[figure.index + 1 : figure.index + 2]
    return following[0] if following and following[0].clause == figure.clause else None


def same_noun(a: str, b: str) -> bool:
    return a.endswith(b) or b.endswith(a)


def same_family(figure: Figure, other: Figure) -> bool:
    return other.q.classifier == figure.q.classifier or other.is_enterprise_count == figure.is_enterprise_count is True
