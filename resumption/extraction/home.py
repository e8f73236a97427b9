"""The document's own place: the caller's region, the title's, else what the text says of itself.

A national ministry in the first lines makes it the whole country; 我市 in a text that names only a district makes it
the city of that district.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from resumption.extraction import lazy_re as re
from resumption.extraction.region_built import fullest_trade_area
from resumption.extraction.region_scan import scan
from resumption.extraction.regions import (
    Frame,
    Place,
    chain_of,
    find_regions,
    meaning_of,
    read_frame,
    region_of_name,
    region_of_name_code,
)
from resumption.extraction.segmentation import stands_alone
from resumption.items import Region, RegionBasis
from resumption.lexicon.gazetteer import (
    counties_of_town,
    county_of_unique_town,
    load_gazetteer,
    names_with_kind,
    region_of_unit,
    town_region,
    unit_of,
)


def short_name(code: str) -> str:
    """Short name of a unit (湘西 for 433100), "" if the code is unknown."""
    unit = unit_of(code)
    return unit.short if unit is not None else ""


NATIONAL = re.compile(
    r"全国(?!人大|政协|各地)|国家(?:发展改革委|发改委|统计局|能源局|税务总局|电网(?![^，。；\n]{0,8}(?:供电|公司|电力))|矿山|邮政局|铁路局|卫健委|卫生健康委|[^，。]{2,8}局)"
    r"|工业和信息化部|工信部|商务部|国务院|(?<![省市区州])国资委|交通运输部|农业农村部|(?:水利|财政|自然资源|生态环境|科学技术|科技|民政|教育)部(?![门分署队委落])|(?<!区)民航局|人力资源和?社会保障部|人社部|住房和?城乡建设部|住建部"
    r"|文化和旅游部|应急管理部|中央企业|央企|国铁集团|国家铁路|国新办|中小企业协会|我国"
    r"|中国[^，。；\n]{2,10}?(?:联合会|协会|学会|商会(?!会员)|500强)"
)
_AGENCY = re.compile(
    r"^[^，。\n]{0,12}?(?:新华|中新|人民|央视|央广|光明|经济日报|中国[^，。\n]{1,4}[报网社]|本报)[^，。\n]{0,14}?日(?:电|讯)"
)
"""新华社北京3月16日电: where the reporter sat says little of the place of the news."""
_LINE = 60
"""Characters that `_AGENCY` reads at most."""
_EXCEPT = re.compile(r"除[^，。；\n]{1,12}外|[^，。；：、\n]{2,4}(?:以外|之外|除外)")
_OWN = re.compile(r"(?<![居列占于])[我全][市省县区州盟旗](?!率先|首|第|最|前列|领先|平均)")


def read_home(region: str, title: str, text: str, source: str, year: int | None) -> tuple[Frame, RegionBasis | None]:
    """The frame of a document and where its home was read.

    >>> read_home("", "工信部：中小企业复工率为32.8%", "2月27日，国新办举行发布会。", "", 2020)[0].home.name
    '全国'
    """
    title = _EXCEPT.sub("", title) if "外" in title else title
    body = _AGENCY.sub("", text, count=1) if "日" in text[:_LINE] else text
    body = _EXCEPT.sub("", body) if "外" in body else body
    frame = read_frame(region=region, title=title, text=body, source=source, year=year)
    if frame.home is None and body != text:
        left_out = _first_place("".join(piece for piece in _EXCEPT.findall(text[:200]) if len(piece) <= 8), year)
        if left_out is not None and left_out.region is not None and left_out.region.level == "province":
            return replace(frame, home=region_of_name_code("000000", year)), RegionBasis.INHERITED
        frame = read_frame(region=region, title=title, text=text, source=source, year=year)
    if region and frame.home is not None:
        return frame, RegionBasis.CHANNEL
    titled = _first_place(title, year)
    if titled is None and (town := _town_of_title(title, body, frame.home, year)) is not None:
        return replace(frame, home=town, hints=(frame.home, *frame.hints) if frame.home else frame.hints), (
            RegionBasis.TITLE
        )
    if titled is not None and (better := _place_over_title(titled, body, year)) is not None:
        return replace(frame, home=better, hints=tuple(h for h in frame.hints if h != better)), RegionBasis.INHERITED
    if titled is not None:
        area = fullest_trade_area(titled.region, text)
        if area is not None and not area.code and area.name[0].isdigit():
            area = region_of_name_code("000000", year)  # 25个省份: all over the country
            return replace(frame, home=area), RegionBasis.TITLE
        if area is not None and not area.code and area != frame.home:
            return replace(
                frame, home=area, hints=(frame.home, *frame.hints) if frame.home else frame.hints
            ), RegionBasis.TITLE
        if area is not None and area != titled.region:
            return replace(frame, home=area), RegionBasis.TITLE
        return frame, RegionBasis.TITLE
    if (outlet := _outlet_of_title(title, source, year)) is not None:
        return replace(frame, home=outlet, hints=(frame.home, *frame.hints) if frame.home else frame.hints), (
            RegionBasis.SOURCE
        )
    country = region_of_name_code("000000", year)
    if country is not None and _tells_of_many(text, year):
        return replace(frame, home=country, hints=(frame.home, *frame.hints) if frame.home else ()), (
            RegionBasis.INHERITED
        )
    if country is not None and (
        NATIONAL.search(title) or (NATIONAL.search(text[:160]) and not _OWN.search(text[:300]))
    ):
        hints = (frame.home, *frame.hints) if frame.home else frame.hints
        return replace(frame, home=country, hints=hints), RegionBasis.INHERITED
    own = _OWN.search(title) or _OWN.search(text[:200])
    if own is not None and frame.home is not None:
        lifted = meaning_of(own.group(), frame)
        if (
            lifted is not None
            and lifted.code != frame.home.code
            and not _speaks_of_itself(frame.home, own.group(), text)
        ):
            return replace(frame, home=lifted, hints=(frame.home, *frame.hints)), RegionBasis.INHERITED
    worded = _worded_home(own.group(), title, body, year) if own is not None else None
    if worded is not None and (frame.home is None or _first_place(body[:60], year) is None):
        hints = (frame.home, *frame.hints) if frame.home else frame.hints
        return replace(frame, home=worded, hints=hints), RegionBasis.INHERITED
    if frame.home is None or (own is not None and not _fits(own.group(), frame.home)):
        outlet = _outlet_home(title, text, source, year, own.group() if own is not None else "")
        if outlet is not None:
            hints = (frame.home, *frame.hints) if frame.home else frame.hints
            lifted = meaning_of(own.group(), Frame(home=outlet, year=year)) if own is not None else None
            return replace(frame, home=lifted or outlet, hints=hints), RegionBasis.SOURCE
        if frame.home is None:
            common = None
            if own is not None:
                common = _common_home(own.group(), body, year) or _common_home(own.group(), body, year, named=True)
            if common is None:
                common = _home_of_town(title, text, year) or _nameless_zone(body, year)
            common = common or _town_of_text(body, year) or _named_home(body, year)
            if common is not None:
                return replace(frame, home=common), RegionBasis.INHERITED
    return frame, RegionBasis.INHERITED if frame.home else None


def _tells_of_many(text: str, year: int | None) -> bool:
    """这几天，各地… before any place is named: a report from all over the country, if three provinces follow."""
    at = text.find("各地", 0, 80)
    if at < 0 or _OWN.search(text[:300]):
        return False
    found: set[str] = set()
    for mention in find_regions(text[:2000], Frame(year=year)):
        place = mention.value
        if not isinstance(place, Place) or place.region is None or not place.region.code or place.in_name:
            continue
        if mention.start < at:
            return False
        found.add(place.region.code[:2])
    return len(found) > 2


def _common_home(own: str, text: str, year: int | None, named: bool = False) -> Region | None:
    """The one place that 全省 or 我市 can mean if all places of the text lie in it: 漯河、开封、洛阳 are of 河南省.

    With `named` the places in names count too: 国网青岛供电公司.
    """
    found: set[str] = set()
    homes: list[Region] = []
    for mention in find_regions(text, Frame(year=year)):
        place = mention.value
        if not isinstance(place, Place) or place.region is None or place.role or not place.region.code:
            continue
        if place.in_name and not named:
            continue
        home = meaning_of(own, Frame(home=place.region, year=year))
        if home is None and place.region.level in ("province", "country"):
            continue
        if home is None:
            return None
        if home.code not in found:
            found.add(home.code)
            homes.append(home)
    return homes[0] if len(homes) == 1 else None


def _speaks_of_itself(home: Region, own: str, text: str) -> bool:
    """我市 of the city's paper in a report from one county, which it calls 全县 and 该县 again and again."""
    kind = home.name[-1]
    if kind == own[-1]:
        return False
    return sum(map(text.count, ("全" + kind, "该" + kind))) > sum(map(text.count, ("全" + own[-1], "我" + own[-1])))


def _place_over_title(titled: Place, text: str, year: int | None) -> Region | None:
    """The place of the first lines where that of the title is only part of it, or a word that is a county elsewhere.

    古城换新颜 over a report from 西安市 is no news of 古城区 in Lijiang; a title that names an industrial park and a
    text that speaks of its whole county are news of the county.
    """
    region = titled.region
    if region is None or not region.code:
        return None
    zone = titled.form == "zone" and titled.basis == "form"
    odd = titled.form == "short" and region.level == "county"
    if not (zone or odd):
        return None
    name = region.name if zone else short_name(region.code)
    if region.name in text or _begins_words(name, text):
        return None
    for mention in find_regions(text[:120], Frame(year=year)):
        place = mention.value
        if not isinstance(place, Place) or place.region is None or place.role or place.in_name:
            continue
        named = place.region
        if zone and named.code == region.code and named.level in ("county", "city", "town"):
            return region_of_name_code(region.code, year)
        if odd and place.form == "full" and named.code and named.code[:2] != region.code[:2]:
            return named if named.level != "country" else None
    return None


def _begins_words(name: str, text: str) -> bool:
    """True if the name stands somewhere behind no other Chinese character."""
    at = text.find(name)
    while at > 0 and "\u4e00" <= text[at - 1] <= "\u9fff":
        at = text.find(name, at + 1)
    return at >= 0


def _nameless_zone(text: str, year: int | None) -> Region | None:
    """经开区 in a text that never says whose it is."""
    for mention in find_regions(text[:400], Frame(year=year)):
        place = mention.value
        if isinstance(place, Place) and place.form == "zone" and place.basis == "open":
            return place.region
    return None


_TOWN = re.compile("镇|街道|乡")


def _home_of_town(title: str, text: str, year: int | None) -> Region | None:
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


_TOWN_NAME = re.compile(r"(?:^|[\s，。；：、|丨（“《】])([\u4e00-\u9fff]{2,5}?(?:街道|社区|镇|乡))(?![长委政办党级村])")
_NO_TOWN = (*"全各我该本乡城街小古重多一这今", "特色", "新型", "社区")


def _town_of_title(title: str, text: str, home: Region | None, year: int | None) -> Region | None:
    """龙坪镇 in the title of a report that names no other place there: it is about the town."""
    for match in _TOWN_NAME.finditer(title):
        if text.count(match[1]) > 1 and not match[1].startswith(_NO_TOWN):
            return _town_region(match[1], home, year)
    return None


def _town_of_text(text: str, year: int | None) -> Region | None:
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


def _named_home(text: str, year: int | None) -> Region | None:
    """云南交投集团, 重庆城投公司: the place of names, if all places of the first lines lie in it."""
    chains: list[tuple[Region, ...]] = []
    for mention in find_regions(text[:600], Frame(year=year)):
        place = mention.value
        if isinstance(place, Place) and place.region is not None and not place.role and place.region.code:
            chains.append(chain_of(place.region, year))
    if not chains:
        return None
    firsts = [chain[0] for chain in chains]
    if firsts.count(firsts[0]) * 2 >= len(firsts):
        return firsts[0]
    return next((r for r in chains[0] if all(r in chain for chain in chains)), None)


_OUTLET = re.compile(
    r"新闻网|新闻客户端|[日晚晨早商]报|都市报|广播电视|电视台|广播|融媒|发布(?=[：:，。\s]|$)|新闻(?=[】》\s：]|$)|人民政府|政府网|政务网|网讯"
)
"""What stands after the place in the name of an outlet: 齐齐哈尔新闻网, 株洲日报, 黄梅广播电视台."""


_CLAUSE_START = frozenset("，。；：、！？“\n 　")


def _worded_home(own: str, title: str, text: str, year: int | None) -> Region | None:
    """文昌 or 海曙 as the subject of a clause in a text that says 全市 or 全区: a place though also a word."""
    words = load_gazetteer().words
    for part in (title, text[:120]):
        for hit in scan(part):
            name = part[hit.start : hit.end]
            if hit.kind != "name" or name not in words or len(hit.units) != 1:
                continue
            unit = hit.units[0]
            starts = hit.start == 0 or part[hit.start - 1] in _CLAUSE_START
            named = part.startswith(("全" + own[-1], own), hit.end) or (starts and part is not title)
            if (
                unit.name[-1] == own[-1]
                and (named or (starts and hit.start == 0))
                and stands_alone(part, hit.start, hit.end)
            ):
                return region_of_unit(unit, year)
    return None


_ZONE_OUTLET = re.compile(
    r"([\u4e00-\u9fff]{2,8}(?:经济区|开发区|高新区|新区|示范区|经开区))(?:融媒体?中心|管委会|管理委员会|官网|政务网)"
)
_PROGRAMME = re.compile(r"《([\u4e00-\u9fff]{2,4})新闻(?:联播)?》")


def _outlet_of_title(title: str, source: str, year: int | None) -> Region | None:
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


def _outlet_home(title: str, text: str, source: str, year: int | None, own: str = "") -> Region | None:
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
    return next((r for r in found if own and _fits(own, r)), found[0] if found else None)


@cache
def _outlets() -> tuple[tuple[str, str], ...]:
    """Outlets whose name does not hold their place: 民族日报 is of 临夏州."""
    return tuple((name, code) for name, _, code in (o.partition(":") for o in load_gazetteer().lists["outlet"]))


def _fits(own: str, home: Region) -> bool:
    """True if 全县, 我市 can mean the home or what it lies in."""
    return meaning_of(own, Frame(home=home)) is not None


def _first_place(title: str, year: int | None) -> Place | None:
    for mention in find_regions(title, Frame(year=year)):
        place = mention.value
        if isinstance(place, Place) and place.region is not None and not place.role and place.form != "anaphor":
            return place
    return None


_PREFECTURE = re.compile(r"[全我]州|州(?:委|政府|工信|发改|人社|商务|住建|交通)")
"""The article speaks of its own prefecture as 州: 临夏 is 临夏州 there."""


_CORPS_CITIES = "6590"
"""GB/T 2260: county-level cities that Xinjiang administers itself."""
_DIVISION = re.compile(r"第[一二三四五六七八九十]{1,3}师")
"""第三师图木舒克市: a city of the Xinjiang corps is named with its division."""


def spelled(region: Region, text: str) -> str:
    """The region's name in full, as far as the article lets one know it.

    A county of which the article names the province and not the city is written without the city (安徽省宁国市), as its
    readers would; long names of autonomous units are shortened to what the article calls them.

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
        if unit.level == "city" and not named and _names(chain[-1], text):
            name = name.replace(unit.name, "", 1)
    for unit in chain:
        called = next((a for a in names_with_kind(unit.code) if a in text), "")
        if called and unit.name not in text:
            name = name.replace(unit.name, called)  # 土左旗, 前郭县, as the article has it
            continue
        if "自治" not in unit.name or unit.name in text:
            continue
        if unit.level == "province":
            if unit.name != region.name and _names(unit, text):
                name = name.replace(unit.name, short_name(unit.code), 1)  # 广西钦州市
            continue
        short = short_name(unit.code) or unit.name
        kind = unit.name[-1]
        said = short + kind in text or (kind == "州" and _PREFECTURE.search(text))
        name = name.replace(unit.name, short + kind if kind in "州县旗" and said else short)
    return name


def _names(unit: Region, text: str) -> bool:
    short = short_name(unit.code)
    return unit.name in text or (len(short) > 1 and short in text)
