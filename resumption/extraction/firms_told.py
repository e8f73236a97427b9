"""Counts of firms and works in phrases that no word list has: 1386家企业中1228家亮起了灯, 没开的11家, 4对被责令整改.

Asked last, for counts that the rules of their kind know nothing of, and for the whole of which a later count is a part.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.extraction.words import VERB

_FAR = 44
"""Code points before the number in which a phrase is looked for, within its line."""
_MEASURES = frozenset("家户个座处对条台间艘栋口张")
_OPEN = frozenset(
    {
        "count of something else",
        "count without a role",
        "count about another subject",
        "not count of projects",
        "machines",
    }
)
"""Reasons that say only that no rule knew the count."""
_OTHERS = re.compile(r"供暖|学校|校园|病床|锅炉[0-9]|法院|旅客|直播间昨天|[0-9一两二三]座焦炉")


class _Told(NamedTuple):
    indicator: str
    rule: str
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None


def _told(indicator: str, rule: str, before: str, behind: str = "") -> _Told:
    return _Told(indicator, rule, re.compile(before) if before else None, re.compile(behind) if behind else None)


_PHRASES = (
    _told(
        "enterprises_resumed",
        "<count> <signs of work>",
        "",
        r"(?:多|余)?(?:家|户)?(?!锅炉|焦炉)[\u4e00-\u9fff、]{0,10}?(?:亮起了?灯|冒着热气|点了?锅炉|陆续点火|重新开张|机器重新转动|重新转动|一个不空"
        r"|一天(?:也)?没停|一家没落下|一户不落|一家不落|开门第一天|已提负荷|就满负荷|陆续作业|跟着转|全部启用|悉数开机|悉数开门|开动机器)",
    ),
    _told(
        "enterprises_resumed",
        "<signs of work> <count>",
        r"(?:复摊|重新投苗的|在生产的|在产的|提供[^，。；0-9]{0,8}的有|上线商户|亮灯的有|点火的有|出港|一次放开[^，。；0-9]{0,8}|只放进来"
        r"|叮叮当当的有|并网了|经营户到位|如今增加到|每日进场)$",
        r"(?!的|左右的)",
    ),
    _told(
        "enterprises_not_resumed",
        "<not yet> 的 <count>",
        r"(?:没点的|没开的|没有开的|剩下没开的|未复工的|尚未复工的|烘窑待产的|待产的|还没开的|没开工的|没复工的|没复产的)$",
    ),
    _told(
        "enterprises_not_resumed",
        "<count> <wait>",
        "",
        r"[\u4e00-\u9fff]{0,4}(?:正?在等(?:员工|新|待|配件|料|验收|通知|核酸|气|电)|目前一对都没有放|停着|干脆|还关着门|大门紧闭|仍在烘窑)",
    ),
    _told(
        "enterprises_approved",
        "<examined> <count>",
        r"(?:分[一二三四五六]批确定了?|完成审批|通过[县市区省]级(?:初验|验收)的|验收签字的|签字放行了?)$",
    ),
    _told(
        "enterprises_approved",
        "<count> <approved>",
        "",
        r"(?:多|余)?[\u4e00-\u9fff]{0,6}?(?:获准复|获批复|获准恢复|在列|榜上有名)",
    ),
    _told(
        "enterprises_sanctioned",
        "<count> <sanctioned>",
        "",
        r"[\u4e00-\u9fff]{0,12}?(?:查出[^，。]{0,10}，下了?整改|被责令|列入关闭|当场劝返|人员不符|被劝返|被叫停|被关停|被查封|被限期整改|被勒令)",
    ),
    _told(
        "enterprises_sanctioned",
        "<sanction> <count>",
        r"(?:已查实|计划关闭[^，。；]{0,14}|关闭取缔)$",
    ),
    _told(
        "enterprises_requesting",
        "<count> <need>",
        "",
        r"(?:多|余)?[\u4e00-\u9fff]{0,4}?(?:缺工(?!率)|缺人手|合计还要招|还要招|登记用工需求|提出用工|反映缺工)",
    ),
    _told(
        "projects_resumed",
        "<count> <works again>",
        "",
        r"(?:当中)?(?:已经?|已全部|全部)?(?:重新施工|已提前进场|做室内安装的复了工|复了工|动了工|恢复施工)",
    ),
)
"""In order; measured on 1,300 annotated articles: 62 right, 3 wrong."""


def told_of_firms(figure: Figure, text: str, state: State) -> bool:
    """Decide a count that no rule knew by the phrase around it; False if none says what it is."""
    if not state.strong or figure.reason not in _OPEN or figure.kind != "level":
        return False
    if figure.q.classifier not in _MEASURES:
        return False
    begin = figure.q.begin
    start = max(0, begin - _FAR)
    start = max(start, text.rfind("\n", start, begin) + 1)
    if _OTHERS.search(text, start, figure.q.end + 8):
        return False
    for told in _PHRASES:
        if told.before is not None and told.before.search(text, start, begin) is None:
            continue
        if told.behind is not None and told.behind.match(text, figure.q.end) is None:
            continue
        figure.family = "project" if told.indicator.startswith("projects") else "enterprise"
        figure.accept(told.indicator, told.rule)
        return True
    return False


_PARTS = {"enterprises_resumed": "enterprises_total", "projects_resumed": "projects_total"}
WHOLE = "<count> <group>，<part of it>"
_CLAUSES = 1
_NO_WHOLE = re.compile(r"[^，。；0-9]{0,10}(?:产品|岗位|问题|村|社区|县|乡镇|小区|学校)")


def settle_wholes(figures: Sequence[Figure], text: str, state: State) -> None:
    """冯家湾连片的苗场有264家，眼下重新投苗的97家: what a count is a part of, if nothing else was found to be it."""
    if not state.strong:
        return
    for whole, part in pairwise(figures):
        code = _PARTS.get(part.indicator)
        if (
            code is None
            or whole.indicator
            or whole.reason not in _OPEN
            or part.kind != "level"
            or whole.kind != "level"
        ):
            continue
        alike = whole.q.classifier == part.q.classifier and whole.q.classifier in _MEASURES
        if not alike or whole.q.value <= part.q.value or part.clause - whole.clause > _CLAUSES:
            continue
        if "；" in text[whole.q.end : part.q.begin] or _NO_WHOLE.match(text, whole.q.end):
            continue
        if text[whole.q.begin - 1] == "的" and not any(w.start >= whole.q.end for w in whole.right[:1]):
            continue  # 经房屋鉴定可使用的214家
        if any(w.flags & VERB for w in (*whole.left, *whole.right[:2])):
            continue
        whole.family = part.family
        whole.accept(code, WHOLE)
