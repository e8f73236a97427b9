"""How the name of a place is written out: in full, as far as the article lets one know it, in its own words."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.regions import chain_of
from resumption.items import Region
from resumption.lexicon.gazetteer import Unit, full_name, names_with_kind, unit_of

_PREFECTURE = re.compile(r"[全我]州|州(?:委|政府|工信|发改|人社|商务|住建|交通)")
"""The article speaks of its own prefecture as 州: 临夏 is 临夏州 there."""


_COUNTY = re.compile(r"[全我]县|县(?:委|政府|工信|发改|人社|商务|住建|交通|重建)")

_CORPS_CITIES = "6590"
"""GB/T 2260: county-level cities that Xinjiang administers itself."""
_DIVISION = re.compile(r"第[一二三四五六七八九十]{1,3}师")
"""第三师图木舒克市: a city of the Xinjiang corps is named with its division."""


def short_name(code: str) -> str:
    """Short name of a unit (湘西 for 433100), "" if the code is unknown."""
    unit = unit_of(code)
    return unit.short if unit is not None else ""


def spelled(region: Region, text: str, from_afar: bool = False) -> str:
    """The region's name in full, as far as the article lets one know it.

    A county, or a town in it, is written with its city, whether the article names that or not: one place has one name
    in all articles; only one that tells of several provinces (`from_afar`) is followed in leaving it out (浙江省义乌市
    of national news: so did the annotators of four such items, none did otherwise). A zone of which the article names
    the province and not the city is written without the city (安徽省宁国经济技术开发区), as its readers would, for its
    own name is the article's. Long names of autonomous
    prefectures and counties are shortened to what the article calls them, those of provinces never
    (广西壮族自治区钦州市 of an article on 广西). A zone that bears the name of its county or city is written behind it
    where the article names both (四川省遂宁市射洪市射洪经济开发区): so did the annotators of 23 articles, those of 7
    did not.

    >>> from resumption.extraction.regions import region_of_name_code
    >>> xiangxi = region_of_name_code("433100")
    >>> spelled(xiangxi, "张家界和湘西州"), spelled(xiangxi, "湘西土家族苗族自治州")
    ('湖南省湘西州', '湖南省湘西土家族苗族自治州')
    """
    name = region.full_name
    chain = chain_of(region)
    if region.code.startswith(_CORPS_CITIES):
        division = next((m for m in _DIVISION.finditer(text) if text.startswith(region.name, m.end())), None)
        if division is not None:
            return ("新疆生产建设兵团" if "兵团" in text else "") + division.group() + region.name
    for unit in chain[1:-1]:
        named = unit.name in text or (short_name(unit.code) or unit.name) in text.replace(region.name, "")
        far = from_afar and region.level == "county" and unit.name != chain[-1].name
        if (region.level == "zone" or far) and unit.level == "city" and not named and _names(chain[-1], text):
            name = name.replace(unit.name, "", 1)
    if (
        region.level == "zone"
        and (parent := unit_of(region.parent or region.code))
        and _is_told_apart(region, parent, text)
    ):
        name = full_name(parent) + name[name.rindex(parent.short) :]
    for unit in chain:
        called = next((a for a in names_with_kind(unit.code) if a in text), "")
        if called and unit.name not in text:
            name = name.replace(unit.name, called)  # 土左旗, 前郭县, as the article has it
            continue
        if "自治" not in unit.name or unit.name in text or unit.level == "province":
            continue
        short = short_name(unit.code) or unit.name
        kind = unit.name[-1]
        if short not in text:
            continue  # the article never names it: 甘肃省临夏回族自治州东乡县
        if f"{short}自治{kind}" in text:
            name = name.replace(unit.name, f"{short}自治{kind}")
            continue
        said = (
            short + kind in text
            or (kind == "州" and _PREFECTURE.search(text))
            or (kind == "县" and _COUNTY.search(text))
        )
        if not said and (kind in "县旗" or (region.name.startswith(short) and unit.name != region.name)):
            continue  # 积石山 alone is no name of a county; 玉树藏族自治州玉树县, for 玉树玉树县 is none
        name = name.replace(unit.name, short + kind if kind in "州县旗" and said else short)
    return name


def _is_told_apart(region: Region, parent: Unit, text: str) -> bool:
    """射洪 and 射洪经济开发区: the article speaks of the zone by its whole name, and of the place it lies in."""
    if not parent.short or parent.short not in region.full_name or parent.name in region.full_name:
        return False
    in_zone = alone = False
    at = text.find(parent.short)
    while at >= 0:
        at += len(parent.short)
        if _ZONE_TAIL.match(text, at):
            in_zone = True
        else:
            alone = True
        at = text.find(parent.short, at)
    return in_zone and alone


_ZONE_TAIL = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:开发区|高新区|经开区|新区|保税区|园区?|示范区|集聚区|工业区)")


def _names(unit: Region, text: str) -> bool:
    short = short_name(unit.code)
    return unit.name in text or (len(short) > 1 and short in text)
