"""Whose electricity it is: a place without a sector in the sentence is 全社会."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.sentences import begin_of, last_end

_SECTOR_OF_POWER = re.compile(r"工业|企业|产业|制造|调度|行业|公司|铁路|电厂|园区|开发区")
_BARE_POWER = re.compile(
    r"(?:社会|地区|日均|平均|日|最高|最大|单日|当日|统调|网供){0,3}总?(?:用电|电力)?(?:总?量|总?负荷)?$"
)
_POWER_SECTOR = re.compile(r"(?:其中)?(第[一二三]产业|[\u4e00-\u9fff]{2,12}?(?:产业|行业|制造业|服务业))")


_ITEM = re.compile(
    r"(?:其中|当中|[，、；和及：]){0,3}([\u4e00-\u9fff、]{2,20}?)(?:[的]?(?:用电|负荷|电量)量?|[环同]比|恢复|增长|提高|上升|达|为|是|[0-9])"
)
_COMPARED_ITEM = re.compile(r"(?:其中)?([\u4e00-\u9fff]{2,10}?业)(?:用电量?)?(?:[同环]比|较)")
_NO_ITEM = re.compile(
    r"[日月年均总其较比已了]|水平|正常|平[日时]|恢复|达到|只有|仅有|不[足到]|超过|约|近|[增降升提跌落]|指数|复[工产]|分别|依次|以上|同期|全社会|负荷|电量|用电|最[高大]"
)


def sector_of_power(figure: Figure, figures: list[Figure], text: str, floors: list[int]) -> str:
    """其中制造业用电量恢复率77%，一般商业62%: the sector that an item of a list of electricity figures names."""
    before = figures[figure.index - 1] if figure.index else None
    if before is None or not before.indicator.startswith("electricity"):
        return ""
    start = max(figure.left_start, figure.clause_start, last_end(floors, figure.q.start))
    item = _ITEM.match(text, start, figure.q.start + 1)
    if item is None or _NO_ITEM.search(item[1]):  # a day of comparison may stand between: 第二产业环比上周增长36%
        item = _COMPARED_ITEM.match(text, max(figure.left_start, figure.clause_start), figure.q.start)
    if item is None or _NO_ITEM.search(item[1]):
        return ""
    return item[1] + "用电量"


_SECTOR_IN_ALL = re.compile(
    r"(工业|制造业|第二产业|建筑业|商业|规上工业|企业)(?:累计|合计|总计|日均|平均)用电量?[^，。；\n]{0,8}$"
)
"""工业累计用电151亿千瓦时."""


def whole_society(phrase: str, figure: Figure, text: str) -> str:
    """用电量, 最高负荷 of a place, with no sector in the sentence, are those of the whole society."""
    if phrase in ("用电", "用电量") and (whole := _SECTOR_IN_ALL.search(text, 0, figure.q.begin)):
        return whole[1] + phrase
    sentence = begin_of(text, "。\n", figure.q.start)
    clause = begin_of(text, "，。；：\n", figure.q.start)
    if (sector := _POWER_SECTOR.match(text, clause, figure.q.start)) and sector[1] not in phrase and len(phrase) < 12:
        return sector[1] + "用电"
    if not _BARE_POWER.match(phrase) or _SECTOR_OF_POWER.search(text, sentence, figure.q.start):
        return phrase
    return "全社会" + phrase.removeprefix("社会")
