"""Percentages without the name of a rate, in phrases that say what they are of.

日出砖1.2万块，才到年前的六成; 开着门的估计有三成; 42家铺子，开门21家，刚好一半.
"""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.state import State

_FAR = 44
"""Code points before the number in which a phrase is looked for, within its line."""
_OF_NORMAL = re.compile(
    r"(?:为|是|相当于|等于|合|不到|不及|不足|才到|只有|只及|算|顶得上|接近|回到|恢复(?:到|至)|达到|仅及)[^，。；0-9]{0,3}"
    r"(?:(?:灾|震|风|水|雪|地震|事故|停产|停工|停电|限电|限产|整治|整改|封城|封控|疫情?|爆炸|台风|洪水|冰灾|春节|放假|关停|停摆)之?前|节前|年前"
    r"|往年|常年|平日|平时|平常|往常|正常(?!年份)|去年|上年|前年|旺季|满产|满负荷|设计能力|设计产能|核定|过去|从前|往日|以往"
    r"|(?:[一二三四五六七八九十]|1?[0-9])月份?)[^，。；]{0,9}的?$"
)
"""What is compared with what was usual."""
_MAKES = re.compile(
    r"日产|日均|每天|一天|出煤|出[砖铝瓷纸]|产量|加工|日处理|发货|装卸|卸船|供应|收件|投递|揽收|日出|日宰|日供|日榨|产能|产出|出苗|下线"
    r"|运行|出库|吞吐|装机|发运|作业|供气"
)
_SELLS = re.compile(r"一天卖|卖了|名额|考试|游客|客流|旅客|存栏")
"""Sales and visitors are no capacity."""
_OPEN = re.compile(
    r"(?:开门的|开着的|开机的|复市|开工的|营业的|开了工的|开业的)(?:估计|大约|大概|已|也就|还|才|刚|只){0,2}(?:有|不到|过|占|超过)?$"
)
"""会员里开了工的有三分之二."""
_OF_STAFF = re.compile(r"(?:全员|全厂|员工|职工|工人)[^，。；]{0,10}的$")
_AT_WORK = re.compile(r"到岗|返岗|在岗|在厂|回来|上班|住着|点名")
_CAME = re.compile(r"(?:当天|昨天|今天|[0-9]日)(?:就)?到了$")
"""我们初八开的工，当天到了八成."""
_THEN = re.compile(r"，?(?:还|刚好|刚|差不多|大概|大约|已|也就是|近|约|才|仅|正好|不到|超过?|过|是){0,3}")
_PARTS = {
    "enterprises_resumed": ("enterprises_total", "resumption_rate"),
    "projects_resumed": ("projects_total", "project_resumption_rate"),
    "workers_returned": ("workers_total", "worker_return_rate"),
}
_ROUNDED = 4.0
"""Points by which 近八成 may be off."""


SALES = "sales against what is usual"
"""一天卖140杯，是往年的四成: no rate of resuming."""


def is_of_sales(figure: Figure, text: str) -> bool:
    """True for a share of the usual sales or visitors."""
    begin = figure.q.begin
    start = max(text.rfind("\n", 0, begin) + 1, text.rfind("。", 0, begin) + 1, begin - _FAR)
    return _OF_NORMAL.search(text, start, begin) is not None and _SELLS.search(text, start, begin) is not None


def told_of_rates(figure: Figure, text: str, state: State) -> tuple[str, str] | None:
    """The indicator and the rule of a percentage without a name; None if nothing around it says what it is."""
    if not state.strong:
        return None
    begin = figure.q.begin
    start = max(0, begin - _FAR)
    start = max(start, text.rfind("\n", start, begin) + 1)
    if (code := _quotient(figure, text, state)) is not None:
        return code, "<total>，<part>，<percent>"
    if _OF_NORMAL.search(text, start, begin) and _MAKES.search(text, start, begin):
        return "capacity_rate", "<output>，<normal> 的 <percent>"
    if _OPEN.search(text, start, begin):
        return "resumption_rate", "<open> 的 <percent>"
    if _CAME.search(text, start, begin) or (
        _OF_STAFF.search(text, start, begin) and _AT_WORK.search(text, start, begin)
    ):
        return "worker_return_rate", "<all> 的 <percent>"
    return None


def _quotient(figure: Figure, text: str, state: State) -> str | None:
    """42家铺子，开门21家，刚好一半: the share of the two counts right before it."""
    if figure.index < 2:
        return None
    whole, part = state.sentence[figure.index - 2 : figure.index]
    known = _PARTS.get(part.indicator)
    if known is None or whole.indicator != known[0] or not whole.q.value:
        return None
    between = text[part.q.end : figure.q.begin]
    if _THEN.fullmatch(between.lstrip("多余来家户个人名座条")) is None:
        return None
    return known[1] if abs(figure.q.value - 100 * part.q.value / whole.q.value) <= _ROUNDED else None
