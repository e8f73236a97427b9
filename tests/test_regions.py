"""Regions: the table itself, every unit by name, and composed cases (`cases/regions.jsonl`)."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resumption.extraction.region_scan import ANAPHORS
from resumption.extraction.regions import Frame, Place, find_regions, read_frame, region_of_name
from resumption.extraction.words import Is, find_words
from resumption.lexicon.gazetteer import (
    Unit,
    full_name,
    load_gazetteer,
    parent_chain,
    region_of_unit,
    towns_of,
    unit_of,
)

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "regions.jsonl").read_text(encoding="utf-8").splitlines()
    if line
]
GAZETTEER = load_gazetteer()


def test_no_region_ends_in_a_word_of_another_subject():
    """丛台区 ends in 台区, the area of a transformer: `modifier` in words.toml must hold such names."""
    for name in GAZETTEER.names:
        assert not any(w.start and w.end == len(name) and w.flags & Is.OTHER_TOPIC for w in find_words(name)), name


UNITS = [unit for units in GAZETTEER.by_code.values() for unit in units]
ZONES = sorted({u for us in GAZETTEER.names.values() for u in us if u.level == "zone" and u.code}, key=lambda u: u.name)
SHORT = [
    (alias, unit)
    for alias, units in GAZETTEER.names.items()
    for unit in units
    if unit.level != "zone" and alias != unit.name
]


def year_of(unit: Unit) -> int | None:
    """A year in which the unit was in force; for a renamed one not the year of the change."""
    if unit.last == 9999:
        return None
    return max(unit.first, unit.last - 1)


def own_frame(unit: Unit) -> Frame:
    return Frame(home=region_of_unit(unit, year_of(unit)), year=year_of(unit))


def place_of(text: str, part: str, frame: Frame | None = None) -> Place | None:
    at = text.index(part)
    found = [m for m in find_regions(text, frame) if m.start <= at and m.end >= at + len(part)]
    assert len(found) <= 1
    if not found:
        return None
    assert isinstance(found[0].value, Place)
    return found[0].value


def test_one_unit_per_code_and_year() -> None:
    for code, units in GAZETTEER.by_code.items():
        for older, newer in pairwise(units):
            assert older.last <= newer.first, (code, older.name, newer.name)


def test_every_parent_exists_and_every_chain_ends_in_a_province() -> None:
    for unit in UNITS:
        if unit.code == "000000":
            continue
        assert unit.parent in GAZETTEER.by_code, unit
        assert parent_chain(unit.code)[-1][2:] == "0000", unit
    for zone in ZONES:
        assert zone.parent in GAZETTEER.by_code, zone


def test_the_table_is_complete() -> None:
    now = [unit for unit in UNITS if unit.last == 9999]
    assert sum(unit.level == "province" for unit in now) == 34
    assert sum(unit.level == "city" for unit in now) == 333
    assert sum(unit.level == "county" for unit in now) > 2840
    assert len(UNITS) - len(now) > 500


def test_every_successor_is_a_unit() -> None:
    for unit in UNITS:
        assert not unit.successor or unit.successor in GAZETTEER.by_code, unit


def test_every_unit_by_full_name() -> None:
    wrong = []
    for unit in UNITS:
        year = year_of(unit)
        name = full_name(unit, year)
        place = place_of(f"据了解，{name}复工率达95.2%。", name, Frame(year=year))
        if place is None or place.region is None or (place.region.code, place.region.name) != (unit.code, unit.name):
            wrong.append((name, unit.code, place and place.region))
    assert not wrong


def test_every_unit_by_its_own_name_in_its_own_channel() -> None:
    wrong = []
    for unit in UNITS:
        place = place_of(f"据了解，{unit.name}复工率达95.2%。", unit.name, own_frame(unit))
        if place is None or place.region is None or (place.region.code, place.region.name) != (unit.code, unit.name):
            wrong.append((unit.name, unit.code, place and place.region))
    assert not wrong


def test_every_unit_by_short_name_in_its_own_channel() -> None:
    wrong = []
    for alias, unit in SHORT:
        frame = own_frame(unit)
        place = place_of(f"记者获悉，{alias}复工率达95.2%。", alias, frame)
        region = region_of_name(alias, frame)
        found = place.region if place else None
        for got in (found, region):
            if got is None or (got.code, got.name) != (unit.code, unit.name):
                wrong.append((alias, unit.code, unit.name, got))
    assert not wrong


def test_every_zone_by_name() -> None:
    wrong = []
    for zone in ZONES:
        region = region_of_name(zone.name)
        if region is None or region.level != "zone" or region.code != zone.code:
            wrong.append((zone.name, region))
    assert not wrong


def test_names_shared_by_units_are_open_without_context_and_decided_by_it() -> None:
    """Every county name borne by several counties of today, in full: open alone, right in each one's channel."""
    shared = {
        name: now
        for name, units in GAZETTEER.names.items()
        if len(now := [u for u in units if u.last == 9999 and u.level == "county" and u.name == name]) > 1
    }
    assert {"鼓楼区", "朝阳区", "和平区", "新华区", "普陀区", "通州区", "城关区"} <= set(shared)
    for name, units in shared.items():
        assert region_of_name(name) is None
        for unit in units:
            city = unit_of(unit.parent)
            assert city is not None
            got = region_of_name(name, Frame(home=region_of_unit(city)))
            assert got is not None, (name, unit.code)
            assert got.code == unit.code, (name, unit.code)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_case(case: dict[str, object]) -> None:
    given_frame = case.get("frame", {})
    assert isinstance(given_frame, dict)
    text = str(case["text"])
    got = []
    for mention in find_regions(text, read_frame(**given_frame)):
        place = mention.value
        assert isinstance(place, Place)
        marks = ("?" if place.basis == "open" else "") + ("!" if place.in_name else "") + ("~" if place.role else "")
        names = place.region.full_name if place.region else "|".join(sorted(r.code for r in place.candidates))
        got.append([mention.text, names + marks])
    assert got == case["places"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("山东省威海市", "371000"),
        ("沈阳市大东区", "210104"),
        ("威海经济技术开发区", "371000"),
        ("山东省青岛市市北区", "370203"),
        ("济南市中区", "370103"),
        ("上海浦东", "310115"),
        ("鲁", "370000"),
        ("中国", "000000"),
        ("湘西州", "433100"),
        ("内蒙古", "150000"),
    ],
)
def test_names_of_channels(name: str, code: str) -> None:
    region = region_of_name(name)
    assert region is not None
    assert region.code == code


@pytest.mark.parametrize("name", ["", " ", "齐鲁网", "要闻", "鼓楼区", "威海新闻", "山东省河南市", "123456"])
def test_names_that_are_no_region(name: str) -> None:
    assert region_of_name(name) is None


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("莱芜市", 2018, "371200"),
        ("莱芜", 2018, "371200"),
        ("莱芜区", 2020, "370116"),
        ("莱芜市", 2021, "370116"),
        ("即墨市", 2016, "370282"),
        ("即墨", 2020, "370215"),
        ("崇文区", 2009, "110103"),
        ("巢湖", 2010, "341400"),
        ("巢湖", 2015, "340181"),
        ("邹平县", 2017, "371626"),
        ("邹平", 2020, "371681"),
        ("襄樊市", 2009, "420600"),
        ("余杭区", 2022, "330110"),
        ("钱塘区", 2022, "330114"),
        ("那曲县", 2016, "542421"),
    ],
)
def test_old_names_by_year(name: str, year: int, code: str) -> None:
    region = region_of_name(name, Frame(year=year))
    assert region is not None
    assert region.code == code


def test_towns_belong_to_their_county() -> None:
    assert {"马市镇", "塘洲镇"} <= set(towns_of("360826"))
    assert towns_of("999999") == ()


PIECES = st.sampled_from(
    [*ANAPHORS, *"市区县镇、等从籍鲁，", "山东省", "威海", "经区", "吉林", "95%", "\n", "马市", "乡镇", "普光工业园区"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=30), st.sampled_from(["", "威海市", "泰和县", "山东省"]))
def test_any_text_gives_ordered_mentions_that_quote_it(pieces: list[str], region: str) -> None:
    text = "".join(pieces)
    last = 0
    for mention in find_regions(text, read_frame(region=region)):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        place = mention.value
        assert isinstance(place, Place)
        assert place.region is None or not place.candidates
        last = mention.end


@pytest.mark.parametrize("text", ["我市中区企业复工", "全市北区企业复工", "我市南区"])
@pytest.mark.parametrize("region", ["", "山东省青岛市", "江西省吉安市"])
def test_an_anaphor_before_an_inner_district(text, region):
    """我市 or 市中区, but not 我 and 市中区: a part of an anaphor is no place."""
    frame = read_frame(region=region, title="", text="", source="", year=2020)
    assert {mention.text for mention in find_regions(text, frame)} <= {text[:2], text[1:4]}
