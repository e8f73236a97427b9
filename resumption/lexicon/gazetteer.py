"""Typed loader of the regions: units of GB/T 2260 with history, development zones, towns, and the words around them.

The files are read on the first call and kept; `Region` objects are made only for the units that a text names, so that
loading costs a few milliseconds. Sources and licences: `lexicon/README.md`, section regions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from resumption.items import Region
from resumption.lexicon.read import read_text

COUNTRY = "000000"


@dataclass(slots=True, eq=False)
class Unit:
    """One row of `regions.tsv` or `zones.tsv`: a unit in the years in which it had this code and this name.

    Not frozen, because freezing makes 4 000 of them four times as slow to build; nobody changes one.
    """

    code: str
    name: str
    level: str
    parent: str
    first: int
    last: int
    successor: str
    short: str
    """The shortest usual name, 威海 for 威海市; the name itself if there is none."""

    def in_force(self, year: int | None) -> bool:
        """Whether the unit existed in that year; None asks for today's units."""
        return self.last == 9999 if year is None else self.first <= year <= self.last


@dataclass(slots=True)
class Gazetteer:
    """All names: what a text can call a place, and the words that decide whether it means one."""

    names: dict[str, tuple[Unit, ...]] = field(default_factory=dict)
    """Full and short names of units and zones, and the abbreviations that stand alone."""
    bare: dict[str, tuple[Unit, ...]] = field(default_factory=dict)
    """Names of zones that only make sense inside their parent: 经区, 高区."""
    by_code: dict[str, tuple[Unit, ...]] = field(default_factory=dict)
    """Units by code, newest last; without zones."""
    words: frozenset[str] = frozenset()
    """Short names that are ordinary words."""
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The other lists of `region_words.tsv`: block, org, stop, origin, origin_after, open, area."""


@cache
def load_gazetteer() -> Gazetteer:
    """Read the three files once.

    >>> [unit.code for unit in load_gazetteer().names["威海"]]
    ['371000']
    """
    gazetteer = Gazetteer()
    lists: dict[str, list[str]] = {}
    for key, words in _rows("region_words.tsv"):
        lists.setdefault(key, []).extend(words.split())
    gazetteer.lists = {key: tuple(words) for key, words in lists.items()}
    gazetteer.words = frozenset(lists["word"])
    names, bare, codes = gazetteer.names, gazetteer.bare, gazetteer.by_code
    for code, name, level, parent, first, last, successor, aliases in _rows("regions.tsv"):
        shorts = aliases.split("|") if aliases else ()
        unit = Unit(
            code, name, level, parent, int(first or 0), int(last or 9999), successor, shorts[-1] if shorts else name
        )
        codes[code] = (*codes[code], unit) if code in codes else (unit,)
        names[name] = (*names[name], unit) if name in names else (unit,)
        for key in shorts:
            names[key] = (*names[key], unit) if key in names else (unit,)
    for name, parent, aliases in _rows("zones.tsv"):
        unit = Unit(parent, name, "zone", parent, 0, 9999, "", name)
        names[name] = (*names.get(name, ()), unit)
        for alias in aliases.split("|") if aliases else ():
            table, key = (bare, alias[1:]) if alias.startswith("=") else (names, alias)
            table[key] = (*table.get(key, ()), unit)
    for name in gazetteer.lists["area"]:
        names[name] = (*names.get(name, ()), Unit("", name, "zone", COUNTRY, 0, 9999, "", name))
    for code, units in codes.items():
        if len(units) > 1:
            codes[code] = tuple(sorted(units, key=lambda unit: unit.last))
    return gazetteer


@cache
def _towns() -> str:
    return "\n" + read_text("towns.tsv")


@cache
def towns_of(code: str) -> tuple[str, ...]:
    """Towns, townships and streets of a county (or of a city without counties); () if the code has none.

    >>> "横沥镇" in towns_of("441900")
    True
    """
    text = _towns()
    start = text.find(f"\n{code}\t")
    if start < 0:
        return ()
    return tuple(text[start + len(code) + 2 : text.find("\n", start + 1)].split("|"))


@cache
def counties_of_town(name: str, prefix: str) -> tuple[str, ...]:
    """Codes of the counties under `prefix` (2 or 4 digits) that have a town of that name.

    >>> counties_of_town("横沥镇", "4419")
    ('441900',)
    """
    text, found = _towns(), []
    start = text.find(f"\n{prefix}")
    while start >= 0 and text.startswith(prefix, start + 1):
        end = text.find("\n", start + 1)
        line = text[start + 1 : end]
        if (f"\t{name}" in line or f"|{name}" in line) and name in line[7:].split("|"):
            found.append(line[:6])
        start = end if text.startswith(prefix, end + 1) else -1
    return tuple(found)


@cache
def county_of_unique_town(name: str) -> str:
    """Code of the one county that has a town of that name, "" if none or several have.

    >>> county_of_unique_town("横沥镇"), county_of_unique_town("城关镇")
    ('', '')
    >>> county_of_unique_town("楚米镇")
    '520322'
    """
    text, found = _towns(), ""
    at = text.find(name)
    while at >= 0:
        if text[at - 1] in "\t|" and text[at + len(name) : at + len(name) + 1] in ("|", "\n", ""):
            if found:
                return ""
            start = text.rfind("\n", 0, at) + 1
            found = text[start : start + 6]
        at = text.find(name, at + 1)
    return found


@cache
def called_also() -> dict[str, tuple[str, ...]]:
    """Code of a county to its shorter names that keep the kind: 土默特左旗 is also 土左旗.

    >>> called_also()["150121"]
    ('土左旗',)
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, units in load_gazetteer().names.items():
        for unit in units:
            if unit.level == "county" and name != unit.name and name[-1] == unit.name[-1] and name[-1] in "县旗":
                found[unit.code] = (*found.get(unit.code, ()), name)
    return found


@cache
def unit_of(code: str, year: int | None = None) -> Unit | None:
    """The unit of that code in that year; the newest one if none was in force then; None for an unknown code."""
    units = load_gazetteer().by_code.get(code, ())
    for unit in reversed(units):
        if unit.in_force(year):
            return unit
    return units[-1] if units else None


@cache
def parent_chain(code: str, year: int | None = None) -> tuple[str, ...]:
    """Codes from the unit itself up to the province (the country only for the country).

    >>> parent_chain("371002")
    ('371002', '371000', '370000')
    >>> parent_chain("310115"), parent_chain("469002"), parent_chain("000000")
    (('310115', '310000'), ('469002', '460000'), ('000000',))
    """
    found: list[str] = []
    unit = unit_of(code, year)
    while unit is not None and unit.code not in found:
        if unit.code == COUNTRY and found:
            break
        found.append(unit.code)
        unit = unit_of(unit.parent, year) if unit.parent else None
    return tuple(found)


def full_name(unit: Unit, year: int | None = None) -> str:
    """Name from the province down; a zone that begins with a parent's short name takes that name's place.

    >>> full_name(unit_of("371002"))
    '山东省威海市环翠区'
    >>> full_name(load_gazetteer().names["威海经区"][0])
    '山东省威海经济技术开发区'
    """
    if not unit.parent or unit.parent == COUNTRY:
        return unit.name
    parent = unit_of(unit.parent, year if year is not None or unit.last == 9999 else unit.last)
    if parent is None:
        return unit.name
    if unit.level == "zone":
        return _zone_full_name(unit.name, parent, year)
    return full_name(parent, year) + unit.name


def _zone_full_name(name: str, parent: Unit, year: int | None) -> str:
    for code in parent_chain(parent.code, year):
        upper = unit_of(code, year)
        if upper is not None and name.startswith(upper.short):
            return full_name(upper, year).removesuffix(upper.name) + name
    return full_name(parent, year) + name


@cache
def region_of_unit(unit: Unit, year: int | None = None) -> Region:
    """The public `Region` of a unit or zone."""
    return Region(
        code=unit.code,
        name=unit.name,
        full_name=full_name(unit, year),
        level=unit.level,
        parent=unit.parent,
        valid_from=unit.first or None,
        valid_to=None if unit.last == 9999 else unit.last,
    )


def town_region(name: str, county: str, year: int | None = None) -> Region:
    """A town or street: no code of its own, that of its county.

    >>> town_region("横沥镇", "441900").full_name
    '广东省东莞市横沥镇'
    """
    unit = unit_of(county, year)
    upper = full_name(unit, year) if unit else ""
    return Region(code=county, name=name, full_name=upper + name, level="town", parent=county)


def _rows(name: str) -> list[list[str]]:
    lines = read_text(name).split("\n")
    rows = [line.split("\t") for line in lines if line and line[0] != "#"]
    return rows[1:] if rows[0][0] in {"code", "name"} else rows
