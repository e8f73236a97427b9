"""Towns without their kind: 织里 after 吴兴区织里镇, 厚街 in 东莞厚街.

A town that was named in full is named short from then on; one that stands right behind its city or county is taken if
the text says it again. Short names that are words of the language are left alone.
"""

from __future__ import annotations

from functools import cache

from resumption.extraction import lazy_re as re
from resumption.extraction.region_named import Named
from resumption.extraction.region_patterns import town_names
from resumption.extraction.region_place import Place
from resumption.items import Mention, Region
from resumption.lexicon.gazetteer import counties_of_town, load_gazetteer, town_region

_KIND = re.compile(r"(?:街道|镇|乡|苏木)$")
_KINDS = ("镇", "街道", "乡")
_NOT_BEHIND = re.compile(
    r"[路街村河山湖桥港站庙江水口塘海岛城州县区乡道矿]|镇|小学|中学|大[桥道街]|社区|大厦|广场|人(?!力|社|员|均)|籍|牌|式|味|话|语|[\u4e00-\u9fff]{0,4}?(?:园区|产业园|工业园|化工园|开发区|集[聚中]区)"
)
"""What makes the characters before it the name of something else."""
_BEFORE = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[在到从对由与以和及是向往过离]|位于|走进|来到|走访|沿着|全|地处|坐落于|整个|今年|节后|如今|目前|当天|当日|[日年月天时分])$"
)
"""What stands before a name that is a word of its own."""
_SIZES = (4, 3, 2)


@cache
def plain_names() -> frozenset[str]:
    """Short names of towns that are ordinary words, or names of many other things: 温泉, 大桥."""
    return frozenset(load_gazetteer().lists["plain_town"])


def read_short_towns(named: Named) -> None:
    """Add the places of the towns that the text names without their kind."""
    short = _named_in_full(named)
    short.update(_behind_county(named))
    short.update(_listed_beside(named, short))
    for name in sorted(short, key=len, reverse=True):
        at = named.text.find(name)
        while at >= 0:
            end = at + len(name)
            if _stands_as_place(named, at, end):
                place = Place(region=short[name], form="town", basis="context")
                named.found.append(Mention(at, end, name, place, "region/town: short name"))
            at = named.text.find(name, end)


def short_town(region: Region) -> str:
    """织里 of 织里镇; "" if the name has one character, or is a word.

    >>> short_town(town_region("织里镇", "330502")), short_town(town_region("温泉镇", "371002"))
    ('织里', '')
    """
    name = _KIND.sub("", region.name)
    return "" if len(name) < 2 or name in plain_names() or name in load_gazetteer().words else name


def _named_in_full(named: Named) -> dict[str, Region]:
    found: dict[str, Region] = {}
    for mention in named.found:
        place = mention.value
        if isinstance(place, Place) and place.form == "town" and place.region is not None and not place.in_name:
            name = short_town(place.region)
            if name and name not in load_gazetteer().names and named.text.count(name) > 1:
                found.setdefault(name, place.region)
    return found


def _behind_county(named: Named) -> dict[str, Region]:
    """东莞厚街, 诸暨大唐: right behind its city or county, and said again."""
    found: dict[str, Region] = {}
    text = named.text
    for index, mention in enumerate(named.found):
        place = mention.value
        if not isinstance(place, Place) or place.region is None or place.in_name or place.region.level not in _UPPER:
            continue
        region = _town_at(text, mention.end, place.region, named.year)
        if region is None:
            continue
        end = mention.end + len(short_town(region))
        if any(m.start < end and mention.end < m.end for m in named.found if m is not mention):
            continue
        found[short_town(region)] = region
        whole = Mention(
            mention.start, end, text[mention.start : end], Place(region=region, form="town", basis="context"),
            "region/town: short name",
        )  # fmt: skip
        named.found[index] = whole
    return found


def _listed_beside(named: Named, known: dict[str, Region]) -> dict[str, Region]:
    """大唐 and 枫桥 in 店口、大唐、枫桥: towns of the same county in a list with one that is known."""
    found: dict[str, Region] = {}
    text = named.text
    for name, region in known.items():
        names = town_names(region.code)
        at = text.find(name)
        while at >= 0:
            left, right = at, at + len(name)
            while text[right : right + 1] in _JOINTS and (item := _item(text, right + 1, names)):
                found.setdefault(text[right + 1 : right + 1 + item[0]], town_region(item[1], region.code, named.year))
                right += 1 + item[0]
            while text[left - 1 : left] in _JOINTS and (item := _item_before(text, left - 1, names)):
                found.setdefault(text[left - 1 - item[0] : left - 1], town_region(item[1], region.code, named.year))
                left -= 1 + item[0]
            at = text.find(name, right)
    return {name: region for name, region in found.items() if name not in plain_names() and name not in known}


_JOINTS = frozenset("、和与及")


def _item(text: str, at: int, names: frozenset[str]) -> tuple[int, str] | None:
    """Length and full name of the town whose short name begins there."""
    for size in _SIZES:
        for kind in _KINDS:
            if text[at : at + size] + kind in names:
                return size, text[at : at + size] + kind
    return None


def _item_before(text: str, end: int, names: frozenset[str]) -> tuple[int, str] | None:
    for size in _SIZES:
        for kind in _KINDS:
            if end >= size and text[end - size : end] + kind in names:
                return size, text[end - size : end] + kind
    return None


_UPPER = frozenset({"city", "county"})


def _town_at(text: str, at: int, upper: Region, year: int | None) -> Region | None:
    for size in _SIZES:
        name = text[at : at + size]
        if len(name) < size or not name.isalpha() or text.count(name) < 2 or _NOT_BEHIND.match(text, at + size):
            continue
        for kind in _KINDS:
            county = _county_of(name + kind, upper.code)
            if county and short_town(region := town_region(name + kind, county, year)):
                return region
    return None


def _county_of(name: str, code: str) -> str:
    if name in town_names(code):
        return code
    if code.endswith("00") and not code.endswith("0000"):
        found = counties_of_town(name, code[:4])
        return found[0] if len(found) == 1 else ""
    return ""


def _stands_as_place(named: Named, start: int, end: int) -> bool:
    if any(m.start < end and start < m.end for m in named.found):
        return False
    return (
        _NOT_BEHIND.match(named.text, end) is None and _BEFORE.search(named.text, max(0, start - 3), start) is not None
    )
