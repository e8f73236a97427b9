"""Places without a code that are several or a part: 中西部22个省份, 主城区, the letters of 鲁豫皖."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.region_named import Named
from resumption.extraction.region_patterns import letter_list, province_letters
from resumption.extraction.region_place import Place
from resumption.extraction.region_scope import region_of_name_code
from resumption.items import Region

_MANY = re.compile(
    r"(?:(?:东部|中西部|中部|西部|珠三角|长三角|粤东西北|沿海)[0-9]{1,2}个?(?:省份|省区市|省市|省|地市|市)"
    r"|[0-9]{1,2}个(?:省份|省区市|(?:粮食|生猪|家禽|蔬菜)?主[产销](?:省|区)|(?:挂牌督战|贫困)县))(?![级委府长])"
)


_SPREAD = ("有", "涉及", "覆盖", "遍及", "涵盖", "分布在", "来自", "辐射")
"""已有22个省份的80项工程: over how many the figure is spread, not its place."""
_PART = re.compile(
    r"(?:主城区|中心城区|主城(?=[0-9规企已])|(?<![主心老新市])城区|老城区|县城(?!区)|[东西中]部(?:盟市|地市|市州|县区|区县|县市)"
    r"|[低中高]风险(?:片区|地区|区域|区)(?!划|别))(?=[^，。；、\n]{0,14}[0-9])"
)
"""Parts of a city or a province that stand as the place of the figure right behind."""
_TOWN_ITSELF = frozenset({"城区", "老城区", "县城"})
"""The town of a county: what follows its own figures is of the county again."""
_UNITS = frozenset({"province", "city", "county"})


def read_many(named: Named) -> None:
    """中西部22个省份, 珠三角9市: several units that are counted and not named are one place without a code."""
    if "省" not in named.text and "珠三角" not in named.text and "贫困县" not in named.text:
        return
    for match in _MANY.finditer(named.text):
        begin, end = match.span()
        if match.group()[0] in "0123456789" and named.text.endswith(_SPREAD, 0, begin):
            continue
        name = match.group()
        named.found = [m for m in named.found if m.end <= begin or m.start >= end]
        region = Region(code="", name=name, full_name=name, level="zone")
        named.add(begin, end, Place(region=region, form="zone", basis="form"))


def read_parts_of_home(named: Named) -> None:
    """主城区684家, 东部盟市: a part of the document's place that has no code."""
    home = named.frame.home
    if home is None or not home.code or home.level not in {"province", "city", "county"}:
        return
    for match in _PART.finditer(named.text):
        begin, end = match.span()
        last = max((m for m in named.found if m.start < end), key=lambda m: m.start, default=None)
        if last is not None and last.end > begin:
            continue
        name = match.group()
        if name.endswith("城区") and (home.level == "province" or home.name[-1] == "区"):
            continue  # 中心城区农贸市场 of a province are those of all its cities
        if name == "县城" and home.name[-1] != "县":
            continue
        upper = home
        if last is not None and last.end == begin:
            place = last.value
            if not isinstance(place, Place) or place.region is None or place.region.level not in _UNITS:
                continue
            upper, begin = place.region, last.start
            named.found.remove(last)
        whole = upper.full_name + name.removeprefix("县" if upper.name[-1] == "县" else "")  # 榕江县城
        region = Region(code=upper.code, name=name, full_name=whole, level="zone", parent=upper.code)
        form = "part" if name in _TOWN_ITSELF else "zone"
        named.add(begin, end, Place(region=region, form=form, basis="context"))


def read_letters(named: Named) -> None:
    """浙苏沪鲁, 鲁、豫、皖等: one mention per letter."""
    for match in letter_list().finditer(named.text):
        begin = match.start()
        if named.text[begin - 1 : begin] in province_letters() or any(
            m.start < match.end() and begin < m.end for m in named.found
        ):
            continue
        for index in range(match.start(), match.end()):
            code = province_letters().get(named.text[index])
            if code:
                named.add(index, index + 1, Place(region=region_of_name_code(code), form="letter"))
