"""Counts of enterprises that were helped: 为35户企业发放贷款, 走访企业326家; who was inspected or surveyed was not."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.count_verbs import DECIDING
from resumption.extraction.figures import Figure
from resumption.extraction.nouns import right_noun
from resumption.extraction.words import Is, Word

_GIVING = Is.GIVE | Is.SOLVE | Is.SERVE | Is.APPROVE | Is.SANCTION | Is.FUND | Is.CARRY | Is.ASSIGN | Is.HIRE


_PLACE = re.compile(
    r"(?:全|我|本|该)?[\u4e00-\u9fff]{1,6}(?:省|市|县|区|镇|州|旗|盟|街道|园区|辖区|境内)(?:内|的)?|[区市县省辖境]内(?:的)?"
)
"""为汝州市106家企业, 进驻全区21家企业: only a place stands between."""


_INSPECTED = re.compile(
    r"[^，。；]{0,24}?(?:进行|开展|实施|展开)?[^，。；]{0,8}?(?:监督检查|执法检查|检查|抽查|巡查|排查|暗访|督查)(?![^，。；]{0,12}(?:指导|服务|帮扶|帮助))"
)
"""对38家公共场所和25家医疗机构进行监督检查: nobody was helped."""
_SURVEYED = re.compile(
    r"[^。；]{0,90}?的(?:调度|监测|调查|统计|走访|摸排|摸底|调研|抽查|抽样)(?:中|显示|结果|发现|了解)"
)
"""对1556家规上企业、230个项目、7家物流企业的调度中."""


def served(figure: Figure, text: str, before: str) -> tuple[str, str, Word | None] | None:
    """为35户企业发放贷款, 帮助88家企业获得贷款, 为甲、乙等34户企业办理."""
    last = figure.left[-1] if figure.left else None
    preposition = None
    between = before[last.end - figure.left_start :].strip("了过到近约超逾多家大批首全市区县省各类的") if last else ""
    at_place = not between or _PLACE.fullmatch(before, last.end - figure.left_start if last else 0) is not None
    if last is not None and last.flags & (Is.SERVE_PREPOSITION | Is.SERVE) and at_place:
        preposition = last
    elif (
        last is not None
        and last.flags & Is.ASSIGN
        and last.end - last.start > 1
        and at_place
        and figure.family == "enterprise"
    ):
        return "served", "<assign> <count>", last
    elif (
        last is not None
        and last.flags & Is.GIVE
        and figure.first(Is.FUND)
        and not figure.first(DECIDING)
        and figure.family == "enterprise"
    ):
        return "served", "<give> <count> <fund>", last
    elif before.endswith("等"):
        preposition = next(
            (w for w in reversed(figure.left) if w.flags & Is.SERVE_PREPOSITION and w.end - w.start <= 2), None
        )
    if preposition is None or figure.family == "project":
        return None
    noun = right_noun(figure, text)
    goes_on = noun is not None and noun.flags & Is.ENTERPRISE and figure.clause_end - noun.end >= 2
    if (
        text[preposition.start : preposition.end] == "为"
        and not (figure.first(_GIVING) or any(w.flags & _GIVING for w in figure.later))
        and not (goes_on and not figure.right_or_left_resumes)
    ):
        return None
    at = noun.end if noun is not None else figure.q.end
    if _INSPECTED.match(text, at):
        return "", "inspection", preposition
    if text[preposition.start : preposition.end] == "对" and _SURVEYED.match(text, at):
        return "total", "对 <list of counts> 的 <survey> 中", preposition
    surveyed = next((w for w in figure.right if w.flags & Is.DENOMINATOR and w.start >= at), None)
    if surveyed is not None and not figure.first(_GIVING) and not before.endswith("等"):
        return "total", "对 <count> <survey>", surveyed
    action = figure.first(DECIDING | Is.GIVE | Is.SOLVE | Is.ASSIGN | Is.CARRY | Is.HIRE)
    punished = next((w for w in figure.right if w.flags & Is.SANCTION and not w.flags & Is.SERVE), None)
    if action is not None and punished is not None:
        return "sanctioned", "对 <count> <sanction>", punished
    if (
        action is not None
        and action.flags & Is.RESUME
        and not action.flags & Is.GIVE
        and preposition.flags & Is.SERVE
        and action.start - figure.q.end <= 10
        and not before.endswith("等")
    ):
        return "resumed", "<help> <count> <resume>", action
    if action is not None and action.flags & Is.APPROVE and not action.flags & (Is.GIVE | Is.SERVE):
        return "approved", "对 <count> <approve>", action
    return "served", "为 <count>", preposition
