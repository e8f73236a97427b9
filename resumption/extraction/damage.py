"""What an event broke beside the works of firms, and what of it was mended: roads, homes, schools, users, losses."""

from __future__ import annotations

from functools import cache

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word
from resumption.items import Unit
from resumption.lexicon.damage import load_damage

MENDED = "roads, lines, homes or schools"
LOSS = "loss or damage"
HOUSEHOLDS = "households"

_SIGNS = frozenset("抢修复断毁损塌冲淹清疏补建固停开恢竣通除")
"""One of these characters stands in every word for breaking and mending."""
_MEASURES = frozenset(
    {"条", "处", "座", "个", "公里", "所", "间", "栋", "套", "户", "根", "台", "基", "口", "段", "米", "片", "幢", "宗"}
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = load_damage()
    works, homes, schools = "|".join(words.works), "|".join(words.homes), "|".join(words.schools)
    broken, mended = "|".join(words.broken), "|".join(words.mended)
    counted = r"(?:共|有|约|近|达|已|累计|计|的){0,3}"
    of_works = rf"(?:{works})(?:{broken}|{mended}|开通|通车|通行|设施|工程){{0,2}}{counted}$"
    of_homes = rf"(?:{homes})[^，。；、0-9企厂商店点]{{0,14}}$"
    return (
        re.compile(rf"{of_works}|{of_homes}"),
        re.compile(rf"[^，。；、0-9企厂商店]{{0,6}}?(?:{works}|{homes})(?!企业|施工|项目)"),
        re.compile(rf"{broken}|{mended}"),
        re.compile(
            rf"(?:^|[，、；：已均又再现共中前经了个条处座所])(?:{mended}|开通|通车|通行|开工|完工|竣工|复课|复学)(?:了|有|率)?{counted}(?:为|到|至)?$"
        ),
        re.compile(
            rf"(?:[^，。；、0-9企厂商店]{{0,6}}?(?:{schools})(?!建设|项目|工程|改造|新建|工地)|(?:中小学|学校)?(?:复课|复学|开学|开诊|接诊))"
            rf"|(?:{schools})(?:均|已|全部|陆续|恢复|正常|复课|复学|开学|开放|开诊|接诊|上课){{0,4}}{counted}$"
        ),
    )


_OUT_OF_POWER = re.compile(
    r"(?:停电|断电|失电|停水|断水|停气|断气|断网|停暖|复电|来电|送上电|恢复供电|恢复供水|恢复供气|恢复用电)"
)
_USERS = re.compile(
    r"(?:停电|断电|失电|停水|断水|停气|断气|断网|复电)(?:用户|客户|居民|住户)?(?:共|达|约|近|有|累计|超){0,2}(?P<of>[0-9])?"
)
_FIRMS = re.compile(r"企|厂|商|店|公司|专变|园区|工业|单位")
_BACK = re.compile(
    r"(?:^|[，；：、已均又再现共前经户条个处])(?:恢复|复电|送电|复通|抢修恢复|抢通|复供|通电|来电|通水|复水)(?:供电|供水|供气|用电|通电|送电)?(?:率)?(?:了|为|达到?|到|至|有|已|约|近|超过?){0,3}$"
)
_LOST = re.compile(
    r"(?:报案|报损|定损|估损|报损金额|受损金额|损失金额|经济损失|直接损失|损失)(?:金额|额)?(?:合计|累计|总计|共计|共|约|达到?|超过?|近|为|在|高达){0,3}$"
    r"|(?:影响|减少|损失|少产|减产|少收)(?:的)?(?:日|周|月|年|日均|全年|当月|工业|总){0,2}(?:产量|产值|产能|营收|营业额|销售额|营业收入|收入)?"
    r"(?<=[量值能收额入产])(?:合计|累计|总计|共计|共|约|达到?|超过?|近|为){0,3}$"
)
"""直接经济损失3.2亿元, 影响日产量2400吨: what was lost."""
_CLAIMS = re.compile(r"(?:报案|赔案|出险|结案|已赔付|赔付案件|受理理赔|理赔案件)[^，。；0-9]{0,6}$")
_MACHINES_HIT = re.compile(
    r"(?:受损|受淹|被淹|浸泡|损坏|损毁|进水|过水)(?:的)?(?:机器|生产)?(?:设备|厂房|机器|仓库|车间|房屋|面积|仪器)(?:共|约|达|计){0,2}$"
)
_CLAIM_MEASURES = ("件", "笔", "起", "宗", "单")


def of_damage(figure: Figure, text: str, state: State) -> str:
    """The reason for which a number is one of damage and repair, "" if it is none of these.

    A count without a noun (修复76处) goes with what was counted right before it (受损饮水工程87处).
    """
    q = figure.q
    at = max(figure.clause_start, q.start - 26)
    if q.unit in (Unit.CNY, Unit.TONNE):
        return LOSS if _LOST.search(text, at, q.start) else ""
    if q.unit is Unit.PERCENT:
        return _rate_of_damaged(figure, text, state)
    if q.unit is not Unit.COUNT:
        return ""
    if q.classifier in _CLAIM_MEASURES and _CLAIMS.search(text, at, q.start):
        return LOSS
    if _MACHINES_HIT.search(text, at, q.start):
        return LOSS
    if q.classifier not in _MEASURES:
        return ""
    before = state.sentence[figure.index - 1] if figure.index else None
    goes_on = before is not None and before.reason in (MENDED, HOUSEHOLDS) and before.q.classifier == q.classifier
    if q.classifier == "户":
        return _users(figure, text, state, goes_on)
    named, behind, hit, verb_alone, school = _patterns()
    thing = named.search(text, at, q.start) or behind.match(text, q.end)
    if any(w.flags & Is.ENTERPRISE for w in (*figure.left, *figure.right) if thing is None or not _inside(w, thing)):
        return ""
    if goes_on and verb_alone.search(text, max(0, at - 1), q.start):
        return MENDED
    if school.match(text, q.end) or (school.search(text, at, q.start) and not text.startswith("家", q.end)):
        return MENDED if q.classifier in "所个间" else ""
    if _SIGNS.isdisjoint(text[at : figure.clause_end]):
        return ""
    if thing is not None:
        clause = slice(figure.clause_start, min(figure.clause_end, q.end + 12))
        return MENDED if hit.search(text[clause]) and not _AT_WORK.search(text[clause]) else ""
    return ""


def _inside(word: Word, thing: re.Match[str]) -> bool:
    """The 厂 of 水厂."""
    return word.start >= thing.start() and word.end <= thing.end()


def _users(figure: Figure, text: str, state: State, goes_on: bool) -> str:
    """停电用户3.6万户，恢复3.5万户: households, unless the sentence speaks of firms."""
    q = figure.q
    at = max(figure.clause_start, q.start - 26)
    if goes_on and _BACK.search(text, max(0, at - 1), q.start):
        return HOUSEHOLDS
    start = state.sentence[0].clause_start
    near = text[max(start, q.start - 26) : q.end + 12]
    if _FIRMS.search(near) or q.value < _FEW:
        return ""
    named = _patterns()[0].search(text, at, q.start) or _OUT_OF_POWER.search(text, at, q.start)
    return HOUSEHOLDS if named or _OUT_OF_POWER.match(text, q.end) or text.startswith("停", q.end) else ""


_AT_WORK = re.compile(r"复工|复产|开工|复业|施工|动工|企业|生产")
_FEW = 1000
"""Of fewer 户 without power a report may count firms."""


def _rate_of_damaged(figure: Figure, text: str, state: State) -> str:
    """恢复率88.9% behind households or roads."""
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is None or before.reason not in (MENDED, HOUSEHOLDS):
        return ""
    at = max(figure.clause_start, figure.q.start - 16)
    return MENDED if _BACK.search(text, at, figure.q.start) or _RATE.search(text, at, figure.q.start) else ""


_RATE = re.compile(
    r"(?:恢复|修复|抢通|复电|开工|完工|竣工|复课|复通|抢修|通电|通水|通车|送电)(?:率|面|比例)(?:已|为|达到?|到|约|近|超过?){0,3}$"
)
