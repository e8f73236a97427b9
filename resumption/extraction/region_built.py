"""Places without a code whose names are built from words: the areas of free trade zones, zones that open a sentence."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from resumption.extraction import lazy_re as re
from resumption.extraction.region_named import Named
from resumption.extraction.region_place import Place
from resumption.items import Region
from resumption.lexicon.gazetteer import load_gazetteer

_TRADE_AREA = re.compile(
    r"(?:中国)?(?:（[\u4e00-\u9fff]{2,3}）)?(?:自由贸易试验区|自贸试验区|自贸区)([\u4e00-\u9fff]{2,4}?片区)"
)
_OPENING_ZONE = re.compile(
    r"(?:(?<=[。！？；\n])|(?<=； )|(?<=看，)|^)"
    r"(?!各|全|该|本|我|这|其|此|多|由|在|截|目前|据|国家|省级|市级|重点|一些|部分|走|位|已|园区)"
    r"([\u4e00-\u9fff]{2,10}?(?:园区|开发区|产业园|工业园|集聚区|保税区|物流园|片区|示范区))"
    r"(?=(?:应复工|应开工|到岗|返岗|实施|现有|共有|有|共|已|规上|规模|复工|开工|开复工|企业|重点|项目|入统)"
    r"[^。；，\n]{0,16}?[0-9]|[0-9])"
)


def read_trade_areas(named: Named) -> None:
    """自贸试验区烟台片区: an area of a free trade zone, by the fullest name that the text has for it."""
    if "片区" not in named.text or ("自贸" not in named.text and "自由贸易" not in named.text):
        return
    spans = [match.span() for match in _TRADE_AREA.finditer(named.text)]
    for begin, end in spans:
        inner = [m for m in named.found if begin <= m.start < end and isinstance(m.value, Place) and m.value.region]
        if not inner:
            continue
        upper = inner[-1].value
        before = next((m for m in named.found if m.end == begin), None)
        start = before.start if before is not None else begin
        tail = inner[-1].text + "片区"
        names = (_whole(named, b, e) for b, e in spans if named.text[b:e].endswith(tail))
        name = max(names, key=len)
        assert isinstance(upper, Place)
        assert upper.region is not None
        code = upper.region.code
        named.found = [m for m in named.found if m.end <= start or m.start >= end]
        region = Region(code=code, name=name, full_name=name, level="zone", parent=code)
        named.add(start, end, Place(region=region, form="zone", basis="context"))


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(sorted(load_gazetteer().lists["zone_tail"], key=len, reverse=True))


def _own_part(name: str) -> str:
    """What a zone's name says beside its kind: 现代金融 of 现代金融园区, nothing of 工业园区."""
    kind = next((kind for kind in _kinds() if name.endswith(kind)), "")
    return name.removesuffix(kind) if kind else ""


def read_zones_again(named: Named) -> None:
    """沈河区现代金融园区 … 现代金融园区: a zone by its own name, where the text names it with its place elsewhere."""
    known: dict[str, Region] = {}
    for mention in named.found:
        place = mention.value
        if not isinstance(place, Place) or place.form != "zone" or place.region is None or place.role or place.in_name:
            continue
        name = place.region.name
        if mention.text != name and mention.text.endswith(name) and len(_own_part(name)) > 1:
            known.setdefault(name, place.region)
    for name, region in known.items():
        at = named.text.find(name)
        while at >= 0:
            end = at + len(name)
            if not any(m.start < end and at < m.end for m in named.found):
                named.add(at, end, Place(region=region, form="zone", basis="context"))
            at = named.text.find(name, end)


_BARE_TOWN = re.compile(r"(?:^|[，。；：\n])(街道|镇里|乡里|镇内|街道内)(?=(?:现有|共有|已有|有|共|已)?[0-9])")


def read_bare_towns(named: Named) -> None:
    """现在，街道36家企业…: the street or town that the text named last before it."""
    if not _BARE_TOWN.search(named.text):
        return
    for match in _BARE_TOWN.finditer(named.text):
        begin, end = match.span(1)
        kind = match[1].removesuffix("里").removesuffix("内")
        before = [m for m in named.found if m.end <= begin and isinstance(m.value, Place) and m.value.form == "town"]
        towns = [m.value.region for m in before if m.text.endswith(kind) and isinstance(m.value, Place)]
        region = max(before, key=lambda m: m.start).value if towns else None
        if isinstance(region, Place) and region.region is not None:
            named.add(begin, end, Place(region=region.region, form="anaphor", basis="anaphor"))


def fullest_trade_area(region: Region | None, text: str) -> Region | None:
    """The area of a title by the fullest name that the text has for it; any other region as it is."""
    if region is None or region.level != "zone" or not region.name.endswith("片区"):
        return region
    same = [m[0] for m in _TRADE_AREA.finditer(text) if region.name.endswith(m[1])]
    name = max((region.name, *same), key=len)
    return replace(region, name=name, full_name=name)


def _whole(named: Named, begin: int, end: int) -> str:
    """黑龙江自贸区黑河片区: with the province that stands before it."""
    before = next((m for m in named.found if m.end == begin), None)
    return named.text[before.start if before is not None else begin : end]


def read_opening_zones(named: Named) -> None:
    """空港物流园区实施项目6项 at the head of a sentence: a zone of the document's own place that no list has."""
    home = named.frame.home
    if home is None or home.level not in ("city", "county"):
        return
    for match in _OPENING_ZONE.finditer(named.text):
        begin, end = match.span(1)
        if any(m.start < end and begin < m.end for m in named.found):
            continue
        region = Region(
            code=home.code, name=match[1], full_name=home.full_name + match[1], level="zone", parent=home.code
        )
        named.add(begin, end, Place(region=region, form="zone", basis="context"))
