"""The document's own place: the caller's region, the title's, else what the text says of itself.

A national ministry in the first lines makes it the whole country; 我市 in a text that names only a district makes it
the city of that district.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.extraction.home_outlets import fits, outlet_home, outlet_of_title
from resumption.extraction.home_towns import county_of_towns, home_of_town, town_of_text, town_of_title
from resumption.extraction.region_abroad import home_abroad
from resumption.extraction.region_built import fullest_trade_area
from resumption.extraction.region_patterns import FOLLOWING, ORDERS
from resumption.extraction.region_scan import scan
from resumption.extraction.region_spelling import short_name
from resumption.extraction.regions import (
    Frame,
    Place,
    chain_of,
    find_regions,
    meaning_of,
    read_frame,
    region_of_name_code,
)
from resumption.extraction.segmentation import stands_alone
from resumption.items import Region, RegionBasis
from resumption.lexicon.gazetteer import COUNTRY, load_gazetteer, parent_chain, region_of_unit, towns_of

_MEASURED_ALL_OVER = re.compile(
    r"全国[^，。；\n]{0,10}?(?:开复工率|复工率|开工率|返岗率|到岗率|到位率|[0-9]{2,6}[个家户](?:企业|工地|项目|样本|在建))"
)
"""预计3月6日全国开复工率将达75%: a survey that has no other home is of the whole country."""
NATIONAL = re.compile(
    r"全国(?!人大|政协|各地|每|最|首|第|知名|闻名|重要|著名|有名|唯一|的|占|[一二三四五六七八九十]|多个|领先|前列|同行|百强|文明|卫生|劳动|劳模|优秀|先进|市场)|国家(?:发展改革委|发改委|统计局(?![\u4e00-\u9fff]{2,6}调查)|能源局|税务总局|电网(?![^，。；\n]{0,8}(?:供电|公司|电力))|矿山|邮政局|铁路局|卫健委|卫生健康委|(?!统计)[^，。]{2,8}局)"
    r"|工业和信息化部|工信部|商务部|国务院|(?<![省市区州])国资委|交通运输部|农业农村部|(?:水利|财政|自然资源|生态环境|科学技术|科技|民政|教育)部(?![门分署队委落])|(?<!区)民航局|人力资源和?社会保障部|(?:人社|住房和?城乡建设|住建)部(?!门)"
    r"|文化和旅游部|应急管理部|中央企业|央企|国铁集团|国家铁路|国新办|中小企业协会|我国"
    r"|中国[^，。；\n]{2,10}?(?:联合会|协会|学会|商会(?!会员)|500强)"
)
_AGENCY = re.compile(
    r"^[^，。\n]{0,12}?(?:新华|中新|人民|央视|央广|光明|经济日报|中国[^，。\n]{1,4}[报网社]|本报)[^，。\n]{0,14}?日(?:电|讯)"
    r"|^[\u4e00-\u9fff]{2,8}[0-9]{1,2}月[0-9]{1,2}日[电讯]"
)
"""新华社北京3月16日电: where the reporter sat says little of the place of the news."""
_OPENING = 200
"""Characters of a text from abroad that name no place of ours."""
_LINE = 60
"""Characters that `_AGENCY` reads at most."""
_EXCEPT = re.compile(r"除[^，。；\n]{1,12}外|[^，。；：、\n]{2,4}(?:以外|之外|除外)")
_ORDERS = re.compile(rf"^(?:{'|'.join(FOLLOWING)})[^，。；\n0-9]{{2,40}}(?:{ORDERS})，")
"""按照上级指挥部的通告，我市…: whose orders a county follows is not its place."""
_OWN = re.compile(
    r"(?<![居列占于])[我全][市省县区州盟旗](?!率先|首(?!批)|第(?![一二三四五六](?:批|场|次|期|阶段|波|轮))|最|前列|领先|平均)"
)
"""我县第一批14家, but not 居全市第一 or 全省首个."""


Home = tuple[Frame, RegionBasis | None]


def read_home(region: str, title: str, text: str, source: str, year: int | None) -> Home:
    """The frame of a document and where its home was read: the first of these that tells it.

    The caller's region, the title, the outlet, the words of a national report, 我市 and 全县, the outlet once more, the
    names and towns of the text.

    >>> read_home("", "工信部：中小企业复工率为32.8%", "2月27日，国新办举行发布会。", "", 2020)[0].home.name
    '全国'
    """
    document = _document(region, title, text, source, year)
    if region and document.frame.home is not None:
        return document.frame, RegionBasis.CHANNEL
    for read in (_left_out, _of_abroad, _of_title, _of_outlet, _of_country, _of_own_word, _of_names):
        if (home := read(document)) is not None:
            return home
    if document.frame.home is None and _MEASURED_ALL_OVER.search(text):
        return document.at_home(region_of_name_code(COUNTRY, year), RegionBasis.INHERITED)
    return document.frame, RegionBasis.INHERITED if document.frame.home else None


class _Document(NamedTuple):
    """What is read: `body` is the text without the agency's dateline and 除武汉外; `own` is 我市, 全县 or ""."""

    title: str
    text: str
    body: str
    source: str
    year: int | None
    frame: Frame
    own: str

    def at_home(self, home: Region | None, basis: RegionBasis) -> Home:
        """The frame with this home; the one it had becomes a hint."""
        frame = self.frame
        hints = (frame.home, *frame.hints) if frame.home else frame.hints
        return replace(frame, home=home, hints=tuple(h for h in hints if h != home)), basis


def _document(region: str, title: str, text: str, source: str, year: int | None) -> _Document:
    title = _EXCEPT.sub("", title) if "外" in title else title
    body = _AGENCY.sub("", text, count=1) if "日" in text[:_LINE] else text
    body = _EXCEPT.sub("", body) if "外" in body else body
    body = _ORDERS.sub("", body, count=1) if body.startswith(FOLLOWING) else body
    frame = read_frame(region=region, title=title, text=body, source=source, year=year)
    if frame.home is None and body != text and _without_province(text, year) is None:
        frame = read_frame(region=region, title=title, text=text, source=source, year=year)
    own = _OWN.search(title) or _OWN.search(text[:200])
    return _Document(title, text, body, source, year, frame, own.group() if own is not None else "")


def _without_province(text: str, year: int | None) -> Region | None:
    """除湖北外: the province that a report of the whole country leaves out in its first lines."""
    place = _first_place("".join(piece for piece in _EXCEPT.findall(text[:200]) if len(piece) <= 8), year)
    return place.region if place is not None and place.region and place.region.level == "province" else None


def _left_out(document: _Document) -> Home | None:
    """A report that names no place but the province it leaves out is of the whole country."""
    if document.frame.home is not None or document.body == document.text:
        return None
    if _without_province(document.text, document.year) is None:
        return None
    return document.at_home(region_of_name_code(COUNTRY, document.year), RegionBasis.INHERITED)


def _of_abroad(document: _Document) -> Home | None:
    """日本车企陆续复工: a report of another country that names no place of ours in its title and its first lines."""
    country = home_abroad(document.title, document.body)
    if country is None or document.own or _first_place(document.title, document.year) is not None:
        return None
    if _first_place(document.body[:_OPENING], document.year) is not None:
        return None
    return document.at_home(country, RegionBasis.TITLE if country.name in document.title else RegionBasis.INHERITED)


def _of_title(document: _Document) -> Home | None:
    """The place of the title, unless the first lines tell that it is only a part, or no place."""
    titled = _first_place(document.title, document.year)
    if titled is None:
        if (worded := _word_with_towns(document)) is not None:
            return document.at_home(worded, RegionBasis.TITLE)
        town = town_of_title(document.title, document.body, document.frame.home, document.year)
        return document.at_home(town, RegionBasis.TITLE) if town is not None else None
    if (common := _above_list(document)) is not None:
        return document.at_home(common, RegionBasis.TITLE)
    if (better := _place_over_title(titled, document.body, document.year)) is not None:
        hints = tuple(hint for hint in document.frame.hints if hint != better)
        return replace(document.frame, home=better, hints=hints), RegionBasis.INHERITED
    if (town := _town_below_title(titled, document)) is not None:
        return document.at_home(town, RegionBasis.TITLE)
    if (outlet := _outlet_over_title(titled, document)) is not None:
        return document.at_home(outlet, RegionBasis.SOURCE)
    area = fullest_trade_area(titled.region, document.text)
    if area is not None and not area.code and area.name[0].isdigit():
        area = region_of_name_code(COUNTRY, document.year)  # 25个省份: all over the country
    elif area is not None and not area.code and area != document.frame.home:
        return document.at_home(area, RegionBasis.TITLE)
    elif area is None or area == titled.region:
        return document.frame, RegionBasis.TITLE
    return replace(document.frame, home=area), RegionBasis.TITLE


def _above_list(document: _Document) -> Region | None:
    """任丘、河间领跑, 余姚、奉化、海曙三地: a title that lists several places is of what they lie in."""
    title, year = document.title, document.year
    listed: list[Region] = []
    last = -1
    for mention in find_regions(title, Frame(year=year)):
        place = mention.value
        if not isinstance(place, Place) or place.region is None or not place.region.code or place.role or place.in_name:
            continue
        if place.region.level not in ("county", "city"):
            return None
        if last >= 0 and title[last : mention.start] not in _LIST_SIGNS:
            return None
        listed.append(place.region)
        last = mention.end
    if len({region.code for region in listed}) < 2:
        return None
    chains = [chain_of(region, year) for region in listed]
    common = next((r for r in chains[0][1:] if all(r in chain for chain in chains)), None)
    return common if common is not None and common.level in ("city", "province") else None


_LIST_SIGNS = frozenset({"、", "和", "与", "及", "—", "——", "·", " ", "\u3000"})


def _word_with_towns(document: _Document) -> Region | None:
    """永康 in the title, a word too, of a text that names towns of 永康市."""
    words = load_gazetteer().words
    for hit in scan(document.title):
        name = document.title[hit.start : hit.end]
        if hit.kind != "name" or name not in words or len(hit.units) != 1 or hit.units[0].level != "county":
            continue
        unit = hit.units[0]
        if any(len(town) > 2 and town in document.text for town in towns_of(unit.code)):
            return region_of_unit(unit, document.year)
    return None


def _outlet_over_title(titled: Place, document: _Document) -> Region | None:
    """滨城问答 of 滨海新区's own site: the short name of a far county that the text never names is a nickname."""
    region = titled.region
    if region is None or titled.form != "short" or region.level != "county" or not document.source:
        return None
    if short_name(region.code) in document.text:
        return None
    outlet = _first_place(document.source, document.year)
    if outlet is None or outlet.region is None or not outlet.region.code:
        return None
    return outlet.region if outlet.region.code[:2] != region.code[:2] else None


def _unnamed_county(home: Region, document: _Document) -> Region | None:
    """我市 of firms of 威海 and of 港西镇: the county-level city with that town, which its own paper need not name."""
    if home.level != "city" or document.own[-1:] != "市":
        return None
    county = county_of_towns(f"{document.title}\n{document.text[:_WHOLE_STORY]}", home, document.year)
    if county is None or not county.name.endswith("市"):
        return None
    return county if short_name(county.code) not in f"{document.title}{document.text}" else None


_COUNTY_KINDS = frozenset("县旗区")
_WHOLE_STORY = 3000
"""Characters of a text in which a town is looked for."""
_TOWN_KIND = re.compile(r"(?:镇|街道|乡)$")


def _town_below_title(titled: Place, document: _Document) -> Region | None:
    """东莞南城超1.2万家企业复工: the street of which the first lines give the full name (东莞市南城街道)."""
    region = titled.region
    if region is None or region.level not in ("city", "county"):
        return None
    for mention in find_regions(document.body[:160], Frame(home=region, year=document.year)):
        place = mention.value
        if not isinstance(place, Place) or place.form != "town" or place.region is None or place.role:
            continue
        name = _TOWN_KIND.sub("", place.region.name)
        if len(name) > 1 and region.code in parent_chain(place.region.code) and name in document.title:
            return place.region
    return None


def _of_outlet(document: _Document) -> Home | None:
    """《平和新闻》 in the title, a zone's own media centre."""
    outlet = outlet_of_title(document.title, document.source, document.year)
    return document.at_home(outlet, RegionBasis.SOURCE) if outlet is not None else None


def _of_country(document: _Document) -> Home | None:
    """A ministry or 全国 in the title or the first lines, or 各地 before places of many provinces."""
    text = document.text
    national = NATIONAL.search(document.title) or (NATIONAL.search(text[:160]) and not _OWN.search(text[:300]))
    many = _opens_with_many(text, document.year) or _tells_of_many(text, document.year) or _surveys_many(document)
    if not national and not many:
        return None
    return document.at_home(region_of_name_code(COUNTRY, document.year), RegionBasis.INHERITED)


def _of_own_word(document: _Document) -> Home | None:
    """我市 or 全县: the unit of that kind above the place that was read, or a word that is its name here."""
    own, home = document.own, document.frame.home
    if not own:
        return None
    lifted = meaning_of(own, document.frame) if home is not None else None
    if home is not None and lifted is not None and lifted.code != home.code:
        itself = _speaks_of_itself(home, own, document.text)
        if not itself:
            return document.at_home(lifted, RegionBasis.INHERITED)
    if home is not None and (county := _unnamed_county(home, document)) is not None:
        return document.at_home(county, RegionBasis.INHERITED)
    worded = _worded_home(own, document.title, document.body, document.year)
    if worded is not None and (home is None or _first_place(document.body[:60], document.year) is None):
        return document.at_home(worded, RegionBasis.INHERITED)
    return None


def _of_names(document: _Document) -> Home | None:
    """The place in the outlet's name, else the one in which all names or towns of the text lie."""
    own, home, body, year = document.own, document.frame.home, document.body, document.year
    if home is not None and (not own or fits(own, home)):
        return None
    outlet = outlet_home(document.title, document.text, document.source, year, own)
    if outlet is not None:
        lifted = meaning_of(own, Frame(home=outlet, year=year)) if own else None
        return document.at_home(lifted or outlet, RegionBasis.SOURCE)
    if home is not None:
        return None
    town = home_of_town(document.title, document.text, year)
    if town is not None and own[-1:] in _COUNTY_KINDS and town.name[-1] in _COUNTY_KINDS and town.name[-1] != own[-1]:
        town = None  # 全县 of a 沙河镇 is not the district that has one
    if own and town is not None and town.name[-1] == own[-1]:
        return document.at_home(town, RegionBasis.INHERITED)  # 我市 of 港西镇 is 荣成市, not the city above it
    common = (own and (_common_home(own, body, year) or _common_home(own, body, year, named=True))) or None
    common = common or town or _nameless_zone(body, year)
    common = common or town_of_text(body, year) or _named_home(body, year)
    if common is not None:
        common = _unnamed_county(common, document) or common
    return document.at_home(common, RegionBasis.INHERITED) if common is not None else None


def _opens_with_many(text: str, year: int | None) -> bool:
    """福建、安徽、陕西等地一方面…: a report that opens with a list of three provinces."""
    head = text[:60]
    at = head.find("等地")
    if at < 0 or head.count("、", 0, at) < 2 or head[:at].count("，") > 1:
        return False
    found = find_regions(head[: at + 2], Frame(year=year))
    codes = {
        m.value.region.code[:2]
        for m in found
        if isinstance(m.value, Place) and m.value.region is not None and m.value.region.level == "province"
    }
    return len(codes) > 2


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


_SURVEY = re.compile(
    r"国内|行业(?:平均|整体|总体)?(?:开工率|复工率|产能|日产)|会员(?:企业|单位)|(?:协会|商会|学会|联合会|研究院|机构)[^，。；\n]{0,12}(?:调查|调研|统计|监测|问卷|数据|报告)"
    r"|(?:调查|调研|监测|跟踪|样本)[^，。；\n]{0,16}?[0-9]+(?:余|多)?[家户个座条]|对[0-9]+(?:余|多)?家[^，。；\n]{0,16}(?:调查|调研|监测|跟踪)"
)
"""What a report on a trade of the whole country says of its figures."""


def _surveys_many(document: _Document) -> bool:
    """A survey of a trade whose places are of three provinces or more and none of which leads: of the whole country."""
    text = document.text
    if document.own or _OWN.search(text[:400]) or _first_place(document.title, document.year) is not None:
        return False
    if _SURVEY.search(text[:400]) is None:
        return False
    named: Counter[str] = Counter()
    for mention in find_regions(text[:2500], Frame(year=document.year)):
        place = mention.value
        if isinstance(place, Place) and place.region is not None and place.region.code and not place.role:
            named[place.region.code[:2]] += 1
            if mention.start < _HEAD and not place.in_name:
                return False  # the news begins at a place
    return len(named) > 2 and max(named.values()) * 2 <= named.total()


_HEAD = 30
"""Characters at the head of a text in which it says where it comes from."""


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


_ROAD_OF = re.compile(r"(?:[东西南北中]?路|大?街|大道)(?:口|段|上|[，。、的从沿到和往向])")


def _named_home(text: str, year: int | None) -> Region | None:
    """云南交投集团, 重庆城投公司: the place of names, if all places of the first lines lie in it."""
    chains: list[tuple[Region, ...]] = []
    for mention in find_regions(text[:600], Frame(year=year)):
        place = mention.value
        if _ROAD_OF.match(text, mention.end):
            continue  # 江苏路 is in many a city
        if isinstance(place, Place) and place.region is not None and not place.role and place.region.code:
            chains.append(chain_of(place.region, year))
    if not chains:
        return None
    firsts = [chain[0] for chain in chains]
    if firsts.count(firsts[0]) * 2 >= len(firsts):
        return firsts[0]
    return next((r for r in chains[0] if all(r in chain for chain in chains)), None)


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
            if unit.name[-1] == own[-1] and (named or starts) and stands_alone(part, hit.start, hit.end):
                return region_of_unit(unit, year)
    return None


def _first_place(title: str, year: int | None) -> Place | None:
    for mention in find_regions(title, Frame(year=year)):
        place = mention.value
        if isinstance(place, Place) and place.region is not None and not place.role and place.form != "anaphor":
            return place
    return None
