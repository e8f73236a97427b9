"""The home that an outlet's name tells: 株洲日报, 《平和新闻》, a zone's own media centre."""

from __future__ import annotations

from functools import cache

from resumption.extraction import lazy_re as re
from resumption.extraction.regions import Frame, meaning_of, region_of_name, region_of_name_code
from resumption.items import Region
from resumption.lexicon.gazetteer import load_gazetteer

_OUTLET = re.compile(
    r"新闻网|新闻客户端|[日晚晨早商]报|都市报|广播电视|电视台|广播|融媒|发布(?=[：:，。\s]|$)|新闻(?=[】》\s：]|$)|人民政府|政府网|政务网|网讯"
)
"""What stands after the place in the name of an outlet: 齐齐哈尔新闻网, 株洲日报, 黄梅广播电视台."""
_ZONE_OUTLET = re.compile(
    r"([\u4e00-\u9fff]{2,8}(?:经济区|开发区|高新区|新区|示范区|经开区))(?:融媒体?中心|管委会|管理委员会|官网|政务网)"
)
_PROGRAMME = re.compile(r"《([\u4e00-\u9fff]{2,4})新闻(?:联播)?》")


def outlet_of_title(title: str, source: str, year: int | None) -> Region | None:
    """《平和新闻》 in a title without another place, a zone's own media centre as the source."""
    for match in _PROGRAMME.finditer(title) if "《" in title else ():
        region = region_of_name(match[1], Frame(year=year))
        if region is not None and region.code and region.level != "country":
            return region
    zone = _ZONE_OUTLET.match(source.strip()) if source else None
    if zone is None:
        return None
    known = region_of_name(zone[1], Frame(year=year))
    return known or Region(code="", name=zone[1], full_name=zone[1], level="zone")


def outlet_home(title: str, text: str, source: str, year: int | None, own: str = "") -> Region | None:
    """The place in the name of the outlet; it speaks of its own city when it says 全市. One that `own` fits is best."""
    found: list[Region] = []
    for part in (title, source, text[:400], text[-300:]):
        found += [r for name, code in _outlets() if name in part and (r := region_of_name_code(code, year)) is not None]
        for match in _OUTLET.finditer(part):
            for size in range(min(6, match.start()), 1, -1):
                region = region_of_name(part[match.start() - size : match.start()], Frame(year=year))
                if region is not None and region.code and region.level != "country":
                    found.append(region)
                    break
    return next((r for r in found if own and fits(own, r)), found[0] if found else None)


@cache
def _outlets() -> tuple[tuple[str, str], ...]:
    """Outlets whose name does not hold their place: 民族日报 is of 临夏州."""
    return tuple((name, code) for name, _, code in (o.partition(":") for o in load_gazetteer().lists["outlet"]))


def fits(own: str, home: Region) -> bool:
    """True if 全县, 我市 can mean the home or what it lies in."""
    return meaning_of(own, Frame(home=home)) is not None
