"""Typed loader of the regions: units of GB/T 2260 with history, development zones, towns, and the words around them.

The files are read on the first call and kept; `Unit` and `Region` objects are made only for the units that a
text names, so that loading costs a few milliseconds. Sources and licences: `lexicon/README.md`, section regions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from resumption.items import Region
from resumption.lexicon.read import read_table, read_text

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
    aliases: str = ""
    """All names beside the full one, `|` between them: 土左旗|土默特左."""

    def in_force(self, year: int | None) -> bool:
        """Whether the unit existed in that year; None asks for today's units."""
        return self.last == 9999 if year is None else self.first <= year <= self.last


class Units(Mapping[str, tuple[Unit, ...]]):
    """Units by a name or by a code; a `Unit` is made when it is first asked for, because a text names few of 4 000."""

    __slots__ = ("_index", "_known", "_made", "_rows")

    def __init__(self, rows: list[str], made: dict[int, Unit], index: dict[str, int | list[int]]) -> None:
        self._rows, self._made, self._index = rows, made, index
        self._known: dict[str, tuple[Unit, ...]] = {}

    def __getitem__(self, key: str) -> tuple[Unit, ...]:
        found = self._known.get(key)
        if found is None:
            rows = self._index[key]
            found = tuple(self._unit(row) for row in ([rows] if isinstance(rows, int) else rows))
            self._known[key] = found
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._index

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)

    def _unit(self, row: int) -> Unit:
        unit = self._made.get(row)
        if unit is None:
            unit = self._made[row] = _unit_of_row(self._rows[row])
        return unit


@dataclass(slots=True, eq=False)
class Gazetteer:
    """All names: what a text can call a place, and the words that decide whether it means one."""

    names: Units
    """Full and short names of units and zones, and the abbreviations that stand alone."""
    bare: Units
    """Names of zones that only make sense inside their parent: 经区, 高区."""
    by_code: Units
    """Units by code, newest last; without zones."""
    words: frozenset[str]
    """Short names that are ordinary words."""
    lists: dict[str, tuple[str, ...]]
    """The other lists of `region_words.tsv`: block, org, stop, origin, origin_after, open, area."""
    lengths: dict[str, list[int]]
    """First two characters of everything that a text is searched for to the lengths of it, the longest first."""


@cache
def load_gazetteer() -> Gazetteer:
    """Read the three files once.

    >>> [unit.code for unit in load_gazetteer().names["威海"]]
    ['371000']
    """
    table = read_table("regions.index", ("region_words.tsv", "regions.tsv", "zones.tsv"), _index, __name__)
    lists = {key: tuple(words) for key, words in table["lists"].items()}
    rows = _rows(read_text("regions.tsv")) + _rows(read_text("zones.tsv")) + list(lists["area"])
    made: dict[int, Unit] = {}
    return Gazetteer(
        names=Units(rows, made, table["names"]),
        bare=Units(rows, made, table["bare"]),
        by_code=Units(rows, made, table["codes"]),
        words=frozenset(lists["word"]),
        lists=lists,
        lengths=table["lengths"],
    )


def _unit_of_row(row: str) -> Unit:
    """A row of `regions.tsv` (eight columns), of `zones.tsv` (three), or the name of an area."""
    columns = row.split("\t")
    if len(columns) == 1:
        return Unit("", row, "zone", COUNTRY, 0, 9999, "", row)
    if len(columns) == 3:
        name, parent, _ = columns
        return Unit(parent, name, "zone", parent, 0, 9999, "", name)
    code, name, level, parent, first, last, successor, aliases = columns
    return Unit(
        code,
        name,
        level,
        parent,
        int(first or 0),
        int(last or 9999),
        successor,
        aliases.rpartition("|")[2] or name,
        aliases,
    )


def _index(words: str, regions: str, zones: str) -> dict[str, object]:
    """Names, bare names and codes to the numbers of their rows, one or several, and the lists of words."""
    lists: dict[str, list[str]] = {}
    names: dict[str, list[int]] = {}
    bare: dict[str, list[int]] = {}
    codes: dict[str, list[int]] = {}
    for row in _rows(words):
        key, _, line = row.partition("\t")
        lists.setdefault(key, []).extend(line.split())
    rows = _rows(regions)
    for number, row in enumerate(rows):
        columns = row.split("\t")
        codes.setdefault(columns[0], []).append(number)
        for key in (columns[1], *filter(None, columns[7].split("|"))):
            names.setdefault(key, []).append(number)
    for numbers in codes.values():
        numbers.sort(key=lambda number: int(rows[number].split("\t")[5] or 9999))
    for number, row in enumerate(_rows(zones), len(rows)):
        name, _, aliases = row.split("\t")
        names.setdefault(name, []).append(number)
        for alias in filter(None, aliases.split("|")):
            table, key = (bare, alias[1:]) if alias.startswith("=") else (names, alias)
            table.setdefault(key, []).append(number)
    for number, name in enumerate(lists["area"], len(rows) + len(_rows(zones))):
        names.setdefault(name, []).append(number)
    single = {"names": names, "bare": bare, "codes": codes}
    packed = {
        table: {key: numbers[0] if len(numbers) == 1 else numbers for key, numbers in index.items()}
        for table, index in single.items()
    }
    return {**packed, "lists": lists, "lengths": lengths_of([*names, *bare, *lists["block"], *lists["zone_bare"]])}


def lengths_of(words: Iterable[str]) -> dict[str, list[int]]:
    """First two characters of words to the lengths of the words that begin so, the longest first.

    >>> lengths_of(["威海", "威海市", "威宁县"])
    {'威宁': [3], '威海': [3, 2]}
    """
    found: dict[str, list[int]] = {}
    for pair, size in sorted({(word[:2], -len(word)) for word in words}):
        found.setdefault(pair, []).append(-size)
    return found


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


def names_with_kind(code: str) -> tuple[str, ...]:
    """The shorter names of a county that keep its kind: 土默特左旗 is also 土左旗.

    >>> names_with_kind("150121")
    ('土左旗',)
    """
    unit = unit_of(code)
    return tuple(a for a in unit.aliases.split("|") if a and a[-1] == unit.name[-1] in "县旗") if unit else ()


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


def _rows(text: str) -> list[str]:
    rows = [line for line in text.split("\n") if line and line[0] != "#"]
    return rows[1:] if rows[0].startswith(("code\t", "name\t")) else rows
