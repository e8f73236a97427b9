"""What a place name means where it stands: validity, context, and the words that point back (全市, 该区, 高新区)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from resumption.extraction.region_scan import ANAPHORS
from resumption.items import Region
from resumption.lexicon.gazetteer import COUNTRY, Unit, full_name, load_gazetteer, parent_chain, region_of_unit, unit_of

MUNICIPAL = frozenset({"11", "12", "31", "50"})
_SUFFIX = {"市": "市", "省": "省", "区": "区", "县": "县", "州": "州", "旗": "旗", "盟": "盟"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is known of a document before its text is read; every slot may be empty.

    `home` is the region whose news it is (channel, caller, else the title's place), `hints` are weaker places in order
    of weight (title, dateline, source), `year` is the year of the figures or of publication: it decides which units
    existed (莱芜市 in 2018). Build it with `read_frame`.
    """

    home: Region | None = None
    hints: tuple[Region, ...] = ()
    year: int | None = None


@cache
def chain_of(region: Region, year: int | None = None) -> tuple[Region, ...]:
    """The region itself and every unit above it, up to the province.

    >>> from resumption.extraction.regions import region_of_name
    >>> [region.name for region in chain_of(region_of_name("威海经区"))]
    ['威海经济技术开发区', '威海市', '山东省']
    """
    upper = [unit for code in parent_chain(region.code, year) if (unit := unit_of(code, year)) is not None]
    regions = tuple(region_of_unit(unit, year) for unit in upper)
    return (region, *regions) if region.level in {"zone", "town"} else regions or (region,)


def meaning_of(anaphor: str, frame: Frame, earlier: Sequence[Region] = ()) -> Region | None:
    """The region that 全市, 我省, 该县, 全区, 市里 … means; None if nothing fits.

    `earlier` are the regions named before it in the text, last one nearest. 该 points to the nearest name first, the
    others to the document's own region first. The most specific governing unit of that kind wins: in Haian (a county
    level city) 全市 is Haian, in Taihe county it is Ji'an city.

    >>> from resumption.extraction.regions import region_of_name
    >>> meaning_of("全市", Frame(home=region_of_name("海安市"))).name
    '海安市'
    >>> meaning_of("全市", Frame(home=region_of_name("泰和县"))).name
    '吉安市'
    >>> meaning_of("全区", Frame(home=region_of_name("广西"))).name
    '广西壮族自治区'
    """
    kind = ANAPHORS.get(anaphor, "")
    if kind == "国":
        return region_of_name_code(COUNTRY, frame.year)
    home = [frame.home] if frame.home is not None else []
    recent = list(reversed(earlier))
    hints = list(frame.hints)
    order = [*recent, *home, *hints] if anaphor[0] == "该" else [*home, *recent[:1], *hints, *recent]
    for region in order:
        for upper in chain_of(region, frame.year):
            if _is_kind(upper, kind):
                return upper
    return None


def region_of_name_code(code: str, year: int | None = None) -> Region | None:
    """The region of a six-digit code, None if there is no such code.

    >>> region_of_name_code("370305").full_name
    '山东省淄博市临淄区'
    """
    unit = unit_of(code, year)
    return region_of_unit(unit, year) if unit else None


def _is_kind(region: Region, kind: str) -> bool:
    if kind == "省":
        return region.level == "province"
    if kind == "区" and region.level == "zone":
        return region.name.endswith("区") and not region.name.endswith("地区")
    if kind in {"镇", "乡", "街道"}:
        return region.level == "town" and region.name.endswith(kind)
    return region.name.endswith(kind) and region.level in {"province", "city", "county"}


def existing(units: tuple[Unit, ...], year: int | None) -> tuple[Unit, ...]:
    """Those in force in that year; old names are replaced by their successors, or kept if nothing else is known.

    >>> [unit.code for unit in existing(load_gazetteer().names["莱芜市"], 2018)]
    ['371200']
    >>> [unit.code for unit in existing(load_gazetteer().names["莱芜市"], 2022)]
    ['370116']
    """
    if len(units) == 1 and (units[0].last == 9999 or year is None):
        return units
    found = tuple(unit for unit in units if unit.in_force(year))
    if not found and year is not None:
        found = tuple(unit for unit in units if unit.last == year - 1)  # 湾里区 was still said in the year after
    if found:
        return found
    if year is not None:
        moved = [unit_of(unit.successor, year) for unit in units if unit.last < year and unit.successor]
        kept = tuple(dict.fromkeys(unit for unit in moved if unit is not None))
        if kept:
            return kept
    newest = max(unit.last for unit in units)
    return tuple(unit for unit in units if unit.last == newest)


def choose(units: tuple[Unit, ...], name: str, contexts: Sequence[tuple[str, ...]]) -> Unit | None:
    """The candidate that the contexts (chains of codes, strongest first) favour; None if two are equally good.

    Without context a province beats a city and a city a county, except for the `open` names of `region_words.tsv`.
    """
    if len(units) == 1:
        return units[0]
    is_open = name in load_gazetteer().lists["open"]
    scored = sorted(((_score(unit, contexts, is_open), index) for index, unit in enumerate(units)), reverse=True)
    if scored[0][0] <= 0 or scored[0][0] == scored[1][0]:
        return None
    return units[scored[0][1]]


def _score(unit: Unit, contexts: Sequence[tuple[str, ...]], is_open: bool) -> float:
    best = 0.0
    if unit.level == "province":
        best = 3.5
    elif unit.level == "city" and not is_open:
        best = 2.5
    for rank, chain in enumerate(contexts):
        best = max(best, _closeness(unit, chain) - 0.1 * min(rank, 9))
    return best


def _closeness(unit: Unit, chain: tuple[str, ...]) -> float:
    code = unit.code
    if not code or not chain:
        return 0.0
    if code in chain:
        return 6.0 - 0.01 * chain.index(code) - (0.5 if unit.level == "zone" and chain.index(code) else 0.0)
    if unit.parent == chain[0]:
        return 4.5
    if any(upper[:4] == code[:4] and not upper.endswith("0000") for upper in chain):
        return 4.0
    if chain[0][:2] in MUNICIPAL and chain[0][:2] == code[:2]:
        return 4.0
    if chain[-1][:2] == code[:2]:
        return 3.0 if unit.level == "city" else 2.0
    return 0.0


_SPELLED_OUT = ("经区", "高区", "经技区", "临港区")


def as_written(region: Region, text: str) -> str:
    """威海经区 is spelled out; 海安高新区 and 安徽省宁国经济技术开发区 stay as the article has them."""
    if text == region.name or text.endswith(_SPELLED_OUT) or not region.code:
        return ""
    chain = [unit for code in parent_chain(region.code) if (unit := unit_of(code)) is not None]
    if text.startswith((chain[-1].name, chain[-1].short)):
        return text
    for unit in chain:
        if text.startswith((unit.name, unit.short)):
            return full_name(unit).removesuffix(unit.name) + text
    return full_name(chain[0]) + text


def contexts_of(frame: Frame) -> list[tuple[str, ...]]:
    """Chains of codes of the frame's regions, strongest first; regions without a code are left out."""
    own = [region for region in (frame.home, *frame.hints) if region is not None and region.code]
    return [parent_chain(region.code, frame.year) for region in own]
