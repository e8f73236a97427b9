"""Whether a figure is planned, promised or required, and so no fact yet: 力争2月底前复工率达到90%."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from resumption.extraction import lazy_re as re
from resumption.extraction.count_clauses import REMAINDER, REMAINDER_LATER
from resumption.extraction.count_right import COUNT_OF_RATE
from resumption.extraction.figures import Figure
from resumption.extraction.frames import Frames
from resumption.extraction.words import Is, Word

_PLANNED_WORKS = re.compile(
    r"(?:计划|拟|确定)(?!总)(?![^，。；0-9]{0,20}已)[^，。；0-9]{0,14}?(?:开复工|复开工|复工|新开工|集中开工)[^，。；0-9]{0,14}$"
)
"""今年全县拟开复工重点项目80个."""
_WILL = re.compile(
    r"(?<![即未必])将(?:“[^”]{1,8}”|再|继续|陆续|分批|统一|集中|有序|免费){0,2}(?:送出|送走|运送|输送|接回|派出|派遣|开行|发出|返岗|到岗|返厂|抵达|惠及|带动)(?!的|到|至[^0-9])[^，。；已]{0,14}$"
)
"""将“点对点”送出近2.6万人."""
_PLANS = re.compile(
    r"(?:计划|拟|准备)(?![总外内书表生中的])(?![^，。；0-9]{0,12}已)[^，。；0-9]{0,8}?(?:送|接|运|输送|输出|返岗|到岗|派|招|发放|投放|开行|加开)(?!人[数员]|员工|的)[^，。；已0-9]{0,10}$"
)
"""计划“点对点”送近2.6万人."""
_LEFT_OVER = (REMAINDER, REMAINDER_LATER, "<total> less <resumed>")
_PLANNED_RATE = re.compile(r"[年季月]度?计划(?!总)[^。；已0-9]{0,20}[0-9]+[^。；已0-9]{0,24}$")
"""一季度计划完成投资180亿元，开复工率达到40%: the plan goes on over the comma."""


def is_figure_planned(
    figure: Figure, text: str, sentence: tuple[int, int], words: Sequence[Word], frames: Frames
) -> bool:
    """True for a target; `words` are the lexicon words of the sentence, in order."""
    if figure.indicator == "enterprises_not_resumed" and figure.rule in _LEFT_OVER:
        return False  # 剩下3家计划3月上旬开工: they stand still today
    if figure.rule == COUNT_OF_RATE:
        return False  # 预计月底143家企业复工率将达98%: there are so many today
    if frames.is_planned_behind(figure):
        return True
    at = figure.q.start
    start = max(sentence[0], text.rfind("；", sentence[0], at))
    if frames.is_ahead(start, at) or figure.rule == "<remainder> <count> 将 <resume>":
        return True
    if _PLANS.search(text, max(start, figure.clause_start), at):
        return True
    if text.find("将", start, at) >= 0 and _WILL.search(text, max(start, figure.clause_start), at):
        return True
    if figure.indicator == "projects_resumed" and _PLANNED_WORKS.search(text, start, at):
        return True
    if figure.family == "rate" and _PLANNED_RATE.search(text, start, at):
        return True
    first, last = bisect_left(words, start, key=_start), bisect_left(words, at, key=_start)
    planned = tells_plan([word for word in words[first:last] if word.end <= at], text)
    return frames.deadline_between(start, at) if planned is None else planned


_LOAN_WON = re.compile(r"争取(?:到|了)?[^，。；0-9]{0,8}?(?:贷款|信贷|授信|再贷款|补助资金|专项资金)")
_TO_BE = ("实现",)
"""What is planned as well as what is done: 预计二季度实现营收20亿元."""


def tells_plan(words: Sequence[Word], text: str) -> bool | None:
    """True for words of a plan, a forecast, a promise or a requirement: 力争; None if a day must decide.

    `words` stand before the figure in its sentence, since the last semicolon. Where they say neither that it is planned
    nor that it is done, it is a target if a day still to come is named there.
    """
    done, reached, told = False, False, Is.TARGET | Is.CUMULATIVE
    for word in reversed(words):
        if word.flags & told:
            if word.flags & Is.TARGET:
                if _LOAN_WON.match(text, word.start):
                    continue  # 争取优惠贷款12.6亿元
                return not done
            reached = True
            done = done or text[word.start : word.end] not in _TO_BE
    return False if reached else None


def _start(word: Word) -> int:
    return word.start
