"""What a date is for, by the signs beside it: 截至 it, compared with it, since it, before it, or the day of a plan."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.date_finder import CALENDAR
from resumption.extraction.quantity_words import pattern_of_longest

Span = tuple[int, int]

YEAR_BEFORE = re.compile(r"(今年|去年|上年|明年|前年|同年|当年|本年)(?:的|农历)?$")
_WRITTEN_YEAR = re.compile(r"(?:19|20)[0-9]{2}年(?:的|农历)?$")
_COMPARED_TERM = re.compile(
    r"(?:[比较][^，。；：（]{1,12}|(?<!截至)(?:[上前]一?[轮期次]|[节灾震停限]前|停产前|停电前|限电前))（[^）。；\n]{0,16}$"
)
"""环比上轮（2月6日，正月初九）, 恢复至节前（1月9日至15日均值）的91.3%: days that one compares with."""
_TOLD_THEN = ("公布的", "发布的", "通报的", "批准的", "上报的", "统计的", "公示的")
"""加上1月30日公布的第一批803个: when a part was told of."""
_ROLES = CALENDAR.roles
_ROLE_BEFORE = frozenset("年的历（者") | {s[-1] for role in ("as_of", "since", "comparison") for s in _ROLES[role]}
"""Characters before a date without which no sign of a role stands there."""
_SINCE_LATER = re.compile(r"(?:正式|陆续|全面)?(?:复工|复产|开工|复市|开市|恢复|停[工产]|启动|封控|解封){1,2}以来")
"""2月10日复工以来: the day on which something began."""
_SINCE_CLAUSE = re.compile(r"[\u4e00-\u9fff（）“”]{2,24}?以来(?=[，、])")
"""去年12月23日西安实行封闭管理以来，: what has gone on since then."""
_HIT = (
    r"(?:山洪|洪峰|洪水|洪灾|洪涝|暴雨|强降雨|降雨|暴雪|大雪|雨雪|冰冻|冰灾|雪灾|寒潮|地震|台风|龙卷风|泥石流"
    r"|爆炸|火灾|事故)"
)
_OF_EVENT = re.compile(
    rf"的?[\u4e00-\u9fff“”]{{0,8}}?{_HIT}[^，。；\n0-9]{{0,10}}?(?:造成|致使|导致|发生后|过后|之后|以后|后，|中，)"
    r"|[\u4e00-\u9fff“”]{2,16}?(?:拉响|启动|发布)[^，。；\n0-9]{2,14}后，"
)
"""7月7日的特大洪水造成…, 11月12日拉响红色警报后，: the day of what stopped the work, not that of the figures."""
_ADDED = ("加上", "连同", "包括", "算上", "与")
_ROLE_AFTER = frozenset(
    s[0] for role in ("before_after", "since_after", "dateline_after") for s in _ROLES[role]
) | frozenset("复开恢停启封解止")
_FUTURE = re.compile(pattern_of_longest(CALENDAR.roles["future"]))


_SEEN_THEN = re.compile(r"的?(?:统计|监测|调度|数据|情况|调查|汇总|上报)[^，。；]{0,8}?(?:看|来看|显示|反映)")


def role_of(text: str, start: int, end: int) -> tuple[str, Span | None]:
    """What a date is for, by the signs directly before and behind it, and where the sign stands."""
    if _SINCE_CLAUSE.match(text, end) or _OF_EVENT.match(text, end):
        return "since", None
    if text.startswith(_TOLD_THEN, end) and text.endswith(_ADDED, 0, start):
        return "since", None
    opened = text.rfind("（", max(0, start - 20), start)
    if opened >= 0 and _COMPARED_TERM.search(text, max(0, opened - 16), start):
        return "comparison", (opened, opened + 1)
    if not ((start and text[start - 1] in _ROLE_BEFORE) or text[end : end + 1] in _ROLE_AFTER):
        return "", None
    roles = CALENDAR.roles
    if text.startswith(("止，", "止,", "止全", "止）"), end):
        return "as_of", (end, end + 1)  # 3月1日17时止，全市…
    if text.startswith(roles["before_after"], end) and not text.startswith(roles["not_before"], end):
        return "deadline", (end, end + _matched(text, end, roles["before_after"]))
    head = text[max(0, start - 8) : start]
    if "年" in head and (year := YEAR_BEFORE.search(head) or _WRITTEN_YEAR.search(head)):
        head = head[: year.start()]
    head = head.removesuffix("农历").removesuffix("（")
    if head.endswith("从") and _SEEN_THEN.match(text, end):
        return "as_of", (start - 1, start)  # 从1月4日的统计情况来看
    since = text.startswith(roles["since_after"], end) and not text.startswith(("后续", "后期"), end)
    began = _SINCE_LATER.match(text, end)
    for role in ("as_of", "since", "comparison"):
        if head.endswith(roles[role]) and not (role == "since" and head.endswith("从") and not since):
            size = max(len(sign) for sign in roles[role] if head.endswith(sign))
            return role, (start - size, start)
    if began is not None:
        return "since", began.span()
    if since:
        return "since", (end, end + _matched(text, end, roles["since_after"]))
    if text.startswith(roles["dateline_after"], end) or head.endswith("记者"):
        return "dateline", None
    return "", None


def is_planned(text: str, start: int) -> bool:
    """True if the clause before a date speaks of plans: 力争, 预计, 将."""
    begin = max(0, start - 12)
    if _FUTURE.search(text, begin, start) is None:
        return False
    begin = max(begin, *(text.rfind(stop, begin, start) + 1 for stop in "。；！？\n"))
    return _FUTURE.search(text, begin, start) is not None


def _matched(text: str, at: int, signs: tuple[str, ...]) -> int:
    return max(len(sign) for sign in signs if text.startswith(sign, at))
