"""The home of a text that names only towns: 龙坪镇 in the title, the one county that has a town of that name."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.regions import region_of_name_code
from resumption.items import Region
from resumption.lexicon.gazetteer import counties_of_town, county_of_unique_town, town_region

_TOWN = re.compile("镇|街道|乡")


def home_of_town(title: str, text: str, year: int | None) -> Region | None:
    """The county of a town that no other county has: 楚米镇 is of 桐梓县. None if the towns lie in several."""
    found: set[str] = set()
    head = f"{title}\n{text[:400]}"
    for match in _TOWN.finditer(head):
        end = match.end()
        names = (head[start:end] for start in range(max(0, match.start() - 4), match.start() - 1))
        county = next((code for name in names if (code := county_of_unique_town(name))), "")
        if county:
            found.add(county)
    return region_of_name_code(found.pop(), year) if len(found) == 1 else None


def county_of_towns(text: str, city: Region, year: int | None) -> Region | None:
    """The one county of a city in which the towns of a text lie; None if they lie in several, or none is known."""
    found: set[str] = set()
    for match in _TOWN.finditer(text):
        end = match.end()
        for start in range(max(0, match.start() - 4), match.start() - 1):
            counties = counties_of_town(text[start:end], city.code[:4])
            if counties:
                found.update(counties)
                break
    return region_of_name_code(found.pop(), year) if len(found) == 1 else None


_TOWN_NAME = re.compile(r"(?:^|[\s，。；：、|丨（“《】])([\u4e00-\u9fff]{2,5}?(?:街道|社区|镇|乡))(?![长委政办党级村])")
_NO_TOWN = (*"全各我该本乡城街小古重多一这今", "特色", "新型", "社区")


def town_of_title(title: str, text: str, home: Region | None, year: int | None) -> Region | None:
    """龙坪镇 in the title of a report that names no other place there: it is about the town."""
    for match in _TOWN_NAME.finditer(title) if _TOWN.search(title) else ():
        if text.count(match[1]) > 1 and not match[1].startswith(_NO_TOWN):
            return _town_region(match[1], home, year)
    return None


def town_of_text(text: str, year: int | None) -> Region | None:
    """西矿街社区 that opens a text and comes again, where nothing else says where it is."""
    match = _TOWN_NAME.match(text)
    if match is None or text.count(match[1]) < 2 or match[1].startswith(_NO_TOWN):
        return None
    return _town_region(match[1], None, year)


def _town_region(name: str, home: Region | None, year: int | None) -> Region:
    """The town, in its county if that is known: the document's, or the only one of its province that has it."""
    code = ""
    if home is not None and home.code:
        prefix = home.code.rstrip("0") if home.level in ("city", "province") else home.code
        found = counties_of_town(name, prefix[: 2 if home.level == "province" else 4])
        found = tuple(c for c in found if home.level != "county" or c == home.code)
        code = found[0] if len(found) == 1 else home.code if home.level == "county" else ""
    code = code or county_of_unique_town(name)
    if not code:
        return Region(code="", name=name, full_name=name, level="town")
    return town_region(name, code, year)
