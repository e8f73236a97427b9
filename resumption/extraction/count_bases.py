"""Whether a count is the base of the one behind it: 停产97户，恢复71户; 通过验收并复产的 have done both."""

from __future__ import annotations

from resumption.extraction.count_verbs import SUBJECT
from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word


def text_between(figure: Figure, first: Word, second: Word, text: str) -> str:
    """What stands between two words of a figure's clause."""
    return text[first.end : second.start] if first.start >= figure.clause_start else ""


def led_to_work(figure: Figure, approved: Word, resumed: Word, text: str) -> bool:
    """通过验收并复产的, 验收合格恢复生产的; not 批准复工的."""
    between = text_between(figure, approved, resumed, text)
    passed = text[approved.start : approved.end].endswith(("合格", "达标"))
    listed = between.endswith("、") and text.startswith(("恢复", "实现"), resumed.start)  # 通过验收、恢复生产的
    return bool(set(between) & set("并后且即已然")) or (passed and not between) or listed


def fewer_resumed(figure: Figure, state: State) -> bool:
    """True if a smaller count of the same measure behind it has the verb."""
    return any(
        f.q.classifier == figure.q.classifier
        and f.q.value < figure.q.value
        and f.right_or_left_resumes
        and not f.inside
        for f in state.sentence[figure.index + 1 : figure.index + 4]
    )


def is_base(figure: Figure, text: str, state: State, word: Word, role: str) -> bool:
    """停产97户，恢复71户; 计划复工188个，已复工73个: the figure after it is its part."""
    planned = (
        text[max(0, word.start - 4) : word.start].startswith(("计划", "拟"))
        or "计划" in text[max(0, word.start - 4) : word.start]
    )
    remaining = any(w.flags & (Is.NEGATION | Is.REMAINDER) for w in figure.left)
    if (role == "resumed" and not planned) or remaining:
        return False
    ahead = state.sentence[figure.index + 1 : figure.index + 5]
    following = next((f for f in ahead if f.left_has(Is.RESUME | Is.APPROVE) and f.clause > figure.clause), None)
    between = ahead[: ahead.index(following)] if following is not None else []
    if role != "not" and between:
        following = None
    if any(f.q.classifier == figure.q.classifier and f.q.value > figure.q.value for f in between):
        following = None  # 停产112家，生产275家，其中闭环生产63家
    if following is not None and (len(between) > 1 or following.clause > figure.clause + 4):
        following = None if not all(f.q.value < figure.q.value for f in between) else following
    return (
        following is not None
        and figure.clause < following.clause
        and following.q.unit is figure.q.unit
        and following.q.classifier == figure.q.classifier
        and following.q.value < figure.q.value
        and following.left_has(Is.RESUME | Is.APPROVE)
        and not following.left_has(Is.IDLE)
    )


def part_is_done(figure: Figure, text: str, state: State) -> bool:
    """新开工项目38个，已开工12个."""
    following = state.sentence[figure.index + 1] if figure.index + 1 < len(state.sentence) else None
    return (
        following is not None
        and following.q.classifier == figure.q.classifier
        and following.q.value < figure.q.value
        and following.clause == figure.clause + 1
        and following.left_has(Is.RESUME)
        and not following.left_has(SUBJECT | Is.SUBSET)
        and text[following.clause_start : following.q.start].startswith(("已", "现已", "目前已", "实际"))
    )


def resumed_ahead(figure: Figure, state: State) -> bool:
    """由各区推进的项目172个，投入资金3亿元，已开工152个: a smaller count of the sentence has the verb."""
    return any(
        f.q.unit is figure.q.unit
        and f.q.classifier == figure.q.classifier
        and f.q.value < figure.q.value
        and f.left_has(Is.RESUME)
        for f in state.sentence[figure.index + 1 : figure.index + 4]
    )
