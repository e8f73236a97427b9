"""What the words left of a count say of it: 累计复工307家, 已批准复工248家, 续建项目46个，已复工8个."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.count_bases import is_base, led_to_work, part_is_done, resumed_ahead
from resumption.extraction.count_plans import planned_kind
from resumption.extraction.count_verbs import SUBJECT, deciding_verb, role_of_verb
from resumption.extraction.figures import Figure
from resumption.extraction.nouns import right_noun
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word

_OF_SIZE = re.compile(r"(?:[0-9.]{0,5}[百千万亿]{0,2}元(?:以上|及以上)的?)?")
"""续建|亿元以上|项目."""

_KEEPS_ON = frozenset({"连续生产", "坚持生产", "不停工", "不停产", "未停工", "未停产", "不打烊", "没有停产", "没停工"})
KEPT_ON = "<kept on> 的 <count>"
"""春节期间连续生产的企业有132家: at work all the time, whatever resumed after them."""
_AT_IT = ("仍在", "还在", "尚在")
STILL_AT_IT = "仍在 <resume> 的 <count>"
"""仍在恢复生产的企业有214家: they have not resumed."""


def left_side(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """累计复工307家, 已批准复工248家, 走访企业326家次."""
    word = deciding_verb(figure.left)
    later = [w for w in figure.later[:4] if not w.flags & Is.CUMULATIVE or w.flags & (Is.ALL | Is.RESUME)]
    if len(later) > 1 and later[0].flags & Is.ALL and later[0].start - figure.clause_end <= 6:
        done = next((w for w in later if w.flags & Is.RESUME and w.start >= later[0].end), None)
        if done is not None and done.start - later[0].end <= 3 and (word is None or word.flags & Is.SERVE):
            return "resumed", "<count>，全部 <resume>", done
    if word is None:
        affected = figure.last(Is.DENOMINATOR)
        if (
            affected is not None
            and (figure.last(SUBJECT) or right_noun(figure, text))
            and affected.end >= figure.q.start - 2
        ):
            return "total", "<all> <count>", affected
        return None
    role = role_of_verb(word, figure.left)
    if figure.family == "project" and (found := planned_kind(figure, text, state, word)):
        return found
    kinds = [
        w
        for w in figure.left
        if w.flags & Is.LAUNCH
        and any(n.flags & Is.PROJECT and _OF_SIZE.fullmatch(text, w.end, n.start) for n in figure.left)
    ]
    kind = text[kinds[-1].start : kinds[-1].end] if kinds else ""
    if kind == "新开工" and part_is_done(figure, text, state):
        return "total", "<kind> <group> <count>，已 <resume> <count>", word
    if (
        kind in ("续建", "新建", "结转")
        and not figure.left_has(Is.CUMULATIVE | Is.RESUME | Is.INCREMENT)
        and any(f.left_has(Is.RESUME | Is.RATE | Is.ALL) for f in state.sentence[figure.index + 1 :])
    ):
        return "total", "<kind> <group> <count>，… <resume>", word
    resumed = next((w for w in reversed(figure.left) if w.flags & Is.RESUME and w.start >= word.end), None)
    if role == "approved" and resumed is not None and led_to_work(figure, word, resumed, text):
        return "resumed", "<approve> 后 <resume> <count>", resumed
    remainder = figure.last(Is.REMAINDER)
    if (
        role == "resumed"
        and text.startswith(_AT_IT, max(figure.left_start, word.start - 2))
        and "的" in text[word.end : figure.q.start]
    ):
        return "not", STILL_AT_IT, word
    if (
        role == "resumed"
        and remainder is not None
        and remainder.end >= figure.q.start - 1
        and text[max(figure.left_start, word.start - 2) : word.start] in ("正在", "才能", "方能", "方可")
    ):
        return "not", "正在 <resume> 的 <remainder> <count>", word
    able = role == "approved" and "条件" in text[word.start : figure.q.start]
    if (role in ("resumed", "not") or able) and is_base(figure, text, state, word, role):
        return "total", "<stopped or planned> <count>，<resume> <count>", word
    if word.flags & Is.LAUNCH and text[word.end : word.end + 1] == "的" and resumed_ahead(figure, state):
        return "total", "<launch> 的 <group> <count>，… <resume> <count>", word
    if text[word.start - 1 : word.start] == "应" and role in ("resumed", "approved"):
        return "total", "应复工 <count>", word
    if role == "total":
        return "total", "<should> <verb> <count>", word
    if role == "resumed" and text[word.start : word.end] in _KEEPS_ON and "的" in text[word.end : figure.q.start]:
        return role, KEPT_ON, word
    return role, "<verb> <count>", word
