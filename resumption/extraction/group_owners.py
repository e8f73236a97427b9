"""Whose staff and whose capacity a story tells of: the company or the building site that a sentence names."""

from __future__ import annotations

from functools import lru_cache

from resumption.extraction import lazy_re as re
from resumption.extraction.firm_names import firms_in
from resumption.extraction.group_subjects import NO_NAME_END
from resumption.extraction.groups import find_company, flags_of
from resumption.extraction.words import VERB, Is, find_words

_NAME = r"([\u4e00-\u9fffA-Za-z]{3,9}?)"
_BEGIN = r"(?:^|(?<=[，。：；“”、—\n]))"
_POST = r"(?:负责人|总经理|董事长|厂长|副总|经理|主管|总监|车间主任|老板|主任)"
_TOLD = re.compile(
    rf"{_BEGIN}(?:而|目前，)?{_NAME}(?:作为|是)[^，。；0-9]{{0,30}}(?:企业|公司|厂家|工厂|厂|之一|龙头)(?=[，。；])"
    rf"|(?:走进|来到|走访|在|位于[^，。；]{{2,16}}的){_NAME}(?:的|生产|装配|总装|加工|纺纱|织造|包装){{0,2}}(?:车间|厂区|生产线|(?<!生)产线|厂房|生产基地|厂门口|厂门|食堂|仓库|展厅)"
    rf"|{_BEGIN}{_NAME}的(?:[\u4e00-\u9fff]{{0,4}}?)(?:车间|厂区|厂房|流水线|(?<!生)产线)(?:里|内|门口)?(?=[，。；])"
    r"|(?:厂|公司|企业|工厂|饭店|餐厅|酒店|超市|门店)“([\u4e00-\u9fffA-Za-z]{2,8})”(?=[的，。里]|[\u4e00-\u9fff]{0,4}?(?:老板|经理|厂长|店长|负责人))"
    rf"|{_BEGIN}([\u4e00-\u9fffA-Za-z]{{3,14}}?(?:公司|集团|煤业|矿业))[\u4e00-\u9fff]{{0,6}}?{_POST}"
    rf"|(?:走进|来到|位于[^，。；]{{2,16}}的)(?:位于[^，。；]{{2,16}}的)?{_NAME}(?=[，。；])"
    rf"|{_BEGIN}{_NAME}的?[0-9一二两三四五六七八九十]{{1,3}}[条个][\u4e00-\u9fff]{{0,7}}(?:生产线|产线|车间|流水线)"
    rf"|{_BEGIN}据?([\u4e00-\u9fffA-Za-z]{{2,12}}?(?:集团|公司|药业|股份|电子厂|制衣厂))(?=自|已|从|目前|员工|职工|全面|复工|于|[0-9])"
    rf"|{_BEGIN}据?{_NAME}的?(?:有关|相关|行政|生产|人事|人力资源|人力|招聘|车间|设备|常务|运营){{0,2}}{_POST}"
)
"""What only a firm has or is: 永丰食品作为…企业, 走进晶曜光伏的车间, 新隆制衣总经理."""
_FIRM_SIGN = re.compile(
    r"作为|是|厂“|公司“|企业“|店“|餐厅“|超市“|食堂|仓库|厂门|展厅|车间|厂区|产线|厂房|生产基地|走进|来到|位于|流水线|集团|公司|药业|股份|电子厂|制衣厂"
    r"|负责人|经理|董事长|厂长|副总|主管|总监|老板|主任"
)
"""One of them stands in every match of `_TOLD`, which takes twenty times as long."""
_NO_FIRM = re.compile(
    r"[该这其他她某各每我你们]|不少|许多|一些|部分|多家|记者|今[天日]|昨[天日]|目前|春节|有关|相关|一[位名个家]|的|[在从对为与和及]"
    r"|只有|还有|没有|已经|[就才都也]|[上里内中下有只开用装剩了着过到把被让使说称]$"
    r"|委副|政府|街道|支队|办公|(?:[副会部处站总级员]|(?<!公)司|主要|生产|制作|建设|通知|产业|工业|方面)$"
    r"|^(?:据|另|即|上市|随着|要求|加快|逐一|水泥|自动|人力|人事|行政|生产|质量|质检|安全|安环|设备|仓储|物流|销售|财务|综合|办公|运营|技术|研发|工程|项目|常务|车间|工会|党)"
)
_FIRM_END = ("集团", "公司", "厂", "股份", "药业", "实业", "重工", "新材", "控股")

_SITE_NOUN = (
    r"(?:特大桥|大桥|[一二三四五六七八九十]桥|隧道|高铁|高速公路|高速|城际铁路|铁路|[0-9一二三四五六七八九十]{1,2}号线|枢纽|机场|水库"
    r"|水电站|电站|核电|运河|引水|调水|航道|港区|管廊|体育场|会展中心|运营中心)"
)
_PART = r"(?:[\u4e00-\u9fff]{1,5}段|[A-Z0-9]{1,4}标段?)?"
_SITE = re.compile(
    rf"([\u4e00-\u9fffA-Z0-9（）]{{2,16}}?{_SITE_NOUN}(?:改扩建|扩建|改造)?{_PART}(?:项目|工程)?)"
    r"(?:建设|施工|工程)*(?=的?(?:现场|工地|项目部)|[已正全又也均，]|的?[0-9一二三四五六七八九十]{1,2}个[标工]|复工|开工|恢复|[一二两三]?[期名]|作业)"
    r"|(?:在|走进|来到|重点项目|重点工程)([\u4e00-\u9fffA-Z0-9（）]{3,22}?)(?:项目|工程)?的?(?:建设|施工|建筑)(?:现场|工地)"
    r"|(?:^|(?<=[，。：；“\n]))([\u4e00-\u9fffA-Z0-9]{3,24}?项目)(?=作为|[0-9]{1,3}%的?员工|施工现场|工地|现场|已|于|正|目前|全面|复工|恢复)"
)
_SITE_SIGN = re.compile(
    r"项目|现场|工地|桥|隧道|高铁|高速|铁路|号线|枢纽|机场|水库|电站|核电|运河|引水|调水|航道|港区|管廊|体育场|会展中心|运营中心"
)
"""One of them stands in every match of `_SITE`."""
_BEFORE_SITE = re.compile(
    r"^.*(?:在|从|走进|来到|位于|的|是|截至|目前|其中|作为|上午|下午|今天|今日|[0-9]日|[：，、]|(?:重点|重大|续建|在建|新建)(?:建设)?(?:项目|工程))"
)
_CALLED = re.compile(
    r"(?:厂|公司|企业|店|合作社|农场|牧场|一家|第[一二三四]家|这家)[^。；“”]{0,14}?(?:名字叫|名叫|取名|叫做|名为|，叫)“?([\u4e00-\u9fffA-Za-z]{2,8}?)”?"
    r"(?=[，。；]|的(?:企业|公司|厂|工厂|门店|店|小厂))"
)
"""一家水产加工厂，名字叫海礁食品: its own name, whatever kind it is of."""


def _called(text: str) -> str:
    match = _CALLED.search(text) if "叫" in text or "名为" in text or "取名" in text else None
    return match[1] if match is not None and is_firm_name(match[1]) else ""


_MANY = re.compile(
    r"[0-9一二三四五六七八九十百两多][条个座项]|全[省市国县区]|各|重点|重大|在建|续建|多个|等|[年月日]|春节|节后|初$"
    r"|推进|[为任]|感谢|打响|积极|当前|近期|看到|统筹|一手抓|.和(?!平|谐)|主要|所有|首[条趟座个]|两趟|境内|企业|公司|^仅|据|比如|迎来|科教"
)


_FIRST_COUNT = re.compile(r"(?<![0-9])[0-9][0-9.，]*(?![0-9.，]|[点日月年时号分届周])")
"""The first number that is no time of day and no date."""


def _by_name(text: str) -> str:
    """店口镇的恒翊管业，三百多名工人: the last firm before the first number; later ones are of a row of firms."""
    number = _FIRST_COUNT.search(text)
    found = list(firms_in(text[: number.start()] if number else text))
    return found[-1] if found else ""


@lru_cache(maxsize=512)
def find_owner(text: str) -> str:
    """The company or the site that a piece of text tells of; "" if there is none.

    >>> find_owner("永丰食品作为县里的老牌企业，"), find_owner("金水大桥已复工，"), find_owner("市经信局负责人说")
    ('永丰食品', '金水大桥', '')
    """
    found = _called(text) or find_company(text, 0, len(text)) or _last_firm(text) or _by_name(text) or _last_site(text)
    if found.startswith(_THIRDS_OF_MONTH):
        found = found[2:] if len(found) > 4 else ""  # 3月中旬|公司复工
    if found.startswith("中") and "其" + found in text:
        return found[1:] if len(found) > 3 else ""  # 其中|钢厂
    return "" if _SPEAKS.search(found) else found


_THIRDS_OF_MONTH = ("上旬", "中旬", "下旬")
_SPEAKS = re.compile(r"(?:说|表示|介绍|称|透露|指出|坦言)$|管委会|委员会|主任$|局长|镇长|县长|区长|市长|书记|科长|处长")
"""该园区管委会副主任说: who speaks, not whose staff it is."""


def is_site(owner: str) -> bool:
    """True for a bridge, a line, a building project: its people are no 员工 of a firm."""
    return _SITE_END.search(owner) is not None


_SITE_END = re.compile(rf"(?:{_SITE_NOUN}(?:改扩建|扩建|改造)?{_PART}|项目|中心|广场|花园|小区)(?:工程|项目)?$")


def _last_firm(text: str) -> str:
    found = ""
    if _FIRM_SIGN.search(text) is None:
        return found
    for match in _TOLD.finditer(text):
        name = next(group for group in match.groups() if group)
        if is_firm_name(name):
            found = next(firms_in(f"{name}，"), name)  # 申岳车灯 of 申岳车灯物流总监
    return found


def is_firm_name(name: str) -> bool:
    """True if a piece of text can be a firm's own name."""
    if _NO_FIRM.search(name) or name.endswith(NO_NAME_END):
        return False
    flags = flags_of(name)
    if name.endswith(_FIRM_END):
        return len(name) > 3
    return not flags & (VERB | Is.ENTERPRISE | Is.PROJECT | Is.WORKER | Is.OFFICER | Is.RATE | Is.CUMULATIVE)


def _is_named(site: str) -> bool:
    """云栖综合体项目 has a name, 水利基础设施项目 is of a kind."""
    if not site.endswith(("项目", "工程")):
        return True
    known = sum(w.end - w.start for w in find_words(site) if w.flags & (Is.MODIFIER | Is.PROJECT | Is.ENTERPRISE))
    return len(_OF_ANY_WORKS.sub("", site)) - known >= 3


_OF_ANY_WORKS = re.compile(
    r"棚户区|中小|河流|治理|商品房|建设|阶段|新开工|扩建|车间|智能|修复|住建|基础设施|产业|民生|社会事业|生态|环保|城镇化|老旧小区|改造|保障|教育|卫生|医疗|能源|投资|政府|计划|新型|一批"
)


def _last_site(text: str) -> str:
    found = ""
    if _SITE_SIGN.search(text) is None:
        return found
    for match in _SITE.finditer(text):
        name = _BEFORE_SITE.sub("", next(group for group in match.groups() if group))
        if (
            len(name) > 3
            and _is_named(name)
            and not _MANY.search(name)
            and not flags_of(name) & (Is.RESUME | Is.RETURN | Is.RATE)
        ):
            found = name
    return found
