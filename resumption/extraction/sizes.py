"""Numbers that only define a group or count places: 营业收入300万元以上的企业, 亿元以上项目, 安庆6市.

They are no figures, and the grammar reads over them: 86个亿元以上项目 is 86个 and 项目.
"""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.quantities import Quantity
from resumption.items import Comparator, Unit

_GROUP = (
    r"(?:企业|项目|工程|单位|公司|景区|机构|商户|工地|工厂|园区|商场|超市|门店"
    r"|市场|合作社|酒店|饭店|煤矿|矿山|厂|用户|中介|中小|小微|规下|规上)"
)
BOUND = re.compile(rf"(?:及以上|及以下|以上|以下|级|规模|以内)的?[^，。；：、0-9]{{0,12}}?{_GROUP}")
POWER_BOUND = re.compile(r"(?:及以上|及以下|以上|以下)的[0-9]")
"""年用电50万千瓦时以上的1268家."""
BARE = re.compile(rf"的?[^，。；：、0-9已复开占]{{0,8}}?{_GROUP}")
PLACES = re.compile(
    r"个?(?:极?重灾|受灾|主要)?(?:设区市|地级市|(?:县市区|县区|区县|市州|州市|盟市|地市)(?![级属重])|主产省|市(?![州县级属场政外内民管重直本立区])|县(?![区市级属重域])|省(?![级属外内道市重直本立、])|区(?![县级属重域间块])|(?:大中|特大|主要|重点)?城市|镇街|乡镇|镇(?!区)|旗|街道|行政村|城市|村(?![镇级])|社区|国家和地区|省市(?!级|属|重))(?!重|项目|工程|企业)"
)


def size_of(text: str, q: Quantity) -> str:
    """Reason why a quantity only defines a group or counts places, "" if it may be a figure.

    >>> from resumption.extraction.quantities import find_quantities
    >>> t = "223家营业收入300万元以上的规下企业，安庆6市"
    >>> [(q.text, size_of(t, q)) for q in find_quantities(t)]
    [('223家', ''), ('300万元', 'size that defines a group'), ('6', 'count of places')]
    """
    if q.unit in (Unit.CNY, Unit.PERSON, Unit.OTHER, Unit.KWH, Unit.KW):
        if BOUND.match(text, q.end):
            return "size that defines a group"
        if q.unit in (Unit.KWH, Unit.KW) and POWER_BOUND.match(text, q.end):
            return "size that defines a group"
        if (
            q.unit in (Unit.CNY, Unit.OTHER)
            and q.comparator in (Comparator.GT, Comparator.GE, Comparator.LT)
            and BARE.match(text, q.end)
        ):
            return "size that defines a group"
    if q.unit is None and text.startswith("消毒", q.end):
        return "part of a name"
    if q.unit is None or (q.unit is Unit.COUNT and q.classifier == "个"):
        at = q.end - 1 if q.classifier == "个" else q.end
        if PLACES.match(text, at):
            return "count of places"
    return ""
