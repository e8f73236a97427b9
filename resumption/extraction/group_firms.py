"""The one firm or site that a figure of a story is about: named in its sentence, or told of before."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.group_owners import find_owner, is_site
from resumption.extraction.group_staff import BARE_STAFF, STAFF_CODES
from resumption.extraction.groups import Groups
from resumption.extraction.sentences import begin_of

CARRIED = frozenset({"workers_transported", "workers_to_transport"})
_FIRM_ITEM = re.compile(
    r"(?:其中[，：]?)?([\u4e00-\u9fffA-Za-z（）]{2,12}?(?:集团|公司|股份|药业|钢铁|电力|地电|能源|铝业|石化))"
    r"(?=累计|已|现已|完成|生产|产能|产出|员工|在岗|到岗|复工|目前|当日|日)"
)
_MANY_FIRMS = re.compile(r"[、等各和及与家户个]|所属|下属|省属|市属|中央|国有|重点|大型")


def firm_of_item(figure: Figure, text: str) -> str:
    """北钢集团累计产铁3万吨，产能恢复62%；南铝公司…: each item of the row tells of the firm that it begins with."""
    start = begin_of(text, "。；\n", figure.q.start)
    if figure.clause_start == start and text[start : start + 2] != "其中":
        return ""
    begin = text.rfind("其中，", start, figure.q.start)
    firm = _FIRM_ITEM.match(text, begin if begin >= 0 else start, figure.q.start)
    return "" if firm is None or _MANY_FIRMS.search(firm[1]) or firm[1].endswith(_UTILITIES) else firm[1]


_UTILITIES = ("供电公司", "电力公司", "电网公司", "供水公司", "水务公司", "燃气公司", "自来水公司", "保险公司")
"""Firms that tell of those whom they serve."""


_FIRM_PRONOUNS = frozenset({"该企业", "该公司", "该厂", "公司", "工厂", "全厂", "厂里"})
_SAYS_FIRM = re.compile(
    r"(?:[\u4e00-\u9fff]{0,8}[时前后子天日的初间])?(?:我们|全|整个|咱)?(?:公司|企业|厂[里子]?|工厂|我们)?(?:现|共|总共|一共)?有?(?:员工|职工|工人)?"
    r"|留厂(?:员工|职工|工人)?"
)
"""公司员工, 限电那阵子厂里, or nothing: the firm that the story tells of, not by its name."""
_OF_FIRMS = frozenset({"workers_transported", "jobs_offered"})


def owner_before(figure: Figure, text: str) -> str:
    """The company or site that its sentence names before the number, in sight of it."""
    begin = max(begin_of(text, "。\n", figure.q.start), figure.q.start - _IN_SIGHT)
    return find_owner(text[begin : figure.q.start])


_IN_SIGHT = 300
"""Characters that a reader looks back for the subject of a sentence; longer ones are lists."""


def own_company(figure: Figure, figures: list[Figure], own: str, text: str, groups: Groups) -> str:
    """The company's name for figures of a story: its staff, its capacity; "" if the figure is of a group."""
    told = own in _FIRM_PRONOUNS and figure.indicator in ("resumption_rate", "production_rate")
    if (
        not told
        and figure.indicator not in STAFF_CODES
        and figure.indicator != "capacity_rate"
        and figure.indicator not in _OF_FIRMS
    ):
        return ""
    begin = begin_of(text, "。\n", figure.q.start)
    company = owner_before(figure, text) or groups.company
    if not company and not any(map(_is_of_many, (*groups.paragraph.values(), *groups.sentence.values()))):
        ours = figure.indicator not in _OF_FIRMS and _OURS.search(text, begin, figure.right_end)
        company = (groups.told if ours else "") or ("" if figure.indicator in CARRIED else groups.story)
        groups.company = company if ours else groups.company
    if is_site(company):
        counted = [name for scope in (groups.sentence, groups.subset) for name in scope.values()]
        goes_on = not own and figure.index and figures[figure.index - 1].indicator in STAFF_CODES
        told = figure.indicator in STAFF_CODES and not goes_on and all(name.endswith(_OF_SITE) for name in counted)
        return company if told and (own in BARE_STAFF or not own or own.startswith(_AT_SITE)) else ""
    if own.startswith("厂") and "厂里" not in text[begin : figure.right_end]:
        return ""  # 台康松江厂员工 has its name
    said = told or _SAYS_FIRM.fullmatch(own) or _THIS_ONE.search(text, begin, figure.q.start)
    return company if company and said else ""


_THIS_ONE = re.compile(
    r"这[家座间][\u4e00-\u9fff]{0,10}(?:企业?|公司|厂|店|矿|合作社)(?:[现共]?有)?(?:员工|职工|工人)?[^，。；0-9]{0,8}$"
)
"""这家鞋企节前用工2600人: what the firm is, right before the number."""


def _is_of_many(group: str) -> bool:
    """False for 厂, 公司员工: a group that is the firm told of."""
    return group.startswith("企业") or _SAYS_FIRM.fullmatch(group) is None


_OURS = re.compile(r"我们(?!市|省|县|区|镇)|我厂|我司|咱们?|公司|厂里|厂方|全厂|该企业|该厂|车间|该项目|工地上")
_OF_SITE = ("标段", "工点", "工区", "工地", "现场", "作业面", "工作面", "施工点")
_AT_SITE = (*_OF_SITE, "项目", "施工", "建设", "首批", "参建", "作业")
