"""Series, tiles and latest figures: the facts of the warehouse as small tables of numbers that a page can draw."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any

Fact = dict[str, Any]
RefOf = Callable[[str], str]
"""obs_id to the way to its evidence: `3.ab12cd34ef56`, page and name; "" if it has none."""


class Codes:
    """Texts that stand many times, each once: a text to its place in `names`."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._places: dict[str, int] = {}

    def place(self, name: str) -> int:
        """Where the name stands; it is added if it is new.

        >>> codes = Codes()
        >>> [codes.place(name) for name in ("威海", "青岛", "威海")], codes.names
        ([0, 1, 0], ['威海', '青岛'])
        """
        if name not in self._places:
            self._places[name] = len(self.names)
            self.names.append(name)
        return self._places[name]


@cache
def load_tiles() -> dict[str, dict[str, list[Any]]]:
    """Tile grids: grid to six-digit code to [row, column, Chinese, English, short English name]."""
    return tomllib.loads(files("resumption.report").joinpath("tiles.toml").read_text(encoding="utf-8"))


def series_data(facts: Iterable[Fact], ref_of: RefOf, most_points: int) -> dict[str, Any]:
    """Series with their points `[day, value, lowest, highest, reports, comparator, ref]`, the most reported first.

    Series beyond `most_points` points in all are left out and counted in `left_out`.
    """
    populations, regions = Codes(), Codes()
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact["series_key"], []).append(fact)
    chosen: list[dict[str, Any]] = []
    points = left_out = 0
    for members in sorted(grouped.values(), key=len, reverse=True):
        if points + len(members) > most_points:
            left_out += 1
            continue
        points += len(members)
        labels = Counter(member["population"] or "" for member in members)
        first = members[0]
        chosen.append(
            {
                "i": first["indicator"],
                "u": first["unit"],
                "k": first["kind"],
                "st": first["status"],
                "b": first["change_basis"] or "",
                "p": populations.place(labels.most_common(1)[0][0]),
                "g": first["population_key"] or "",
                "r": regions.place(first["region"]),
                "pts": [_point(member, ref_of) for member in members],
            }
        )
    return {"series": chosen, "populations": populations.names, "regions": regions.names, "left_out": left_out}


def _point(fact: Fact, ref_of: RefOf) -> list[Any]:
    return [
        fact["as_of"],
        fact["value"],
        fact["min_value"] if fact["min_value"] != fact["value"] else None,
        fact["max_value"] if fact["max_value"] != fact["value"] else None,
        fact["n_reports"],
        fact["comparator"],
        ref_of(fact["obs_id"]),
    ]


def tile_data(facts: Iterable[Fact], ref_of: RefOf) -> dict[str, Any]:
    """Actual levels of regions with a tile: `[indicator, population, code, day, value, unit, comparator, ref]`."""
    known = {code for grid in load_tiles().values() for code in grid}
    indicators, populations, codes, units = Codes(), Codes(), Codes(), Codes()
    labels: dict[str, Counter[str]] = {}
    rows = []
    for fact in facts:
        is_place = fact["region_code"] in known and fact["region_level"] in ("city", "province")
        if is_place and fact["kind"] == "level" and fact["status"] == "actual":
            labels.setdefault(fact["population_key"] or "", Counter())[fact["population"] or ""] += 1
            rows.append(
                [
                    indicators.place(fact["indicator"]),
                    populations.place(fact["population_key"] or ""),
                    codes.place(fact["region_code"]),
                    fact["as_of"],
                    fact["value"],
                    units.place(fact["unit"]),
                    fact["comparator"],
                    ref_of(fact["obs_id"]),
                ]
            )
    return {
        "rows": rows,
        "indicators": indicators.names,
        "populations": [labels[key].most_common(1)[0][0] for key in populations.names],
        "codes": codes.names,
        "units": units.names,
    }


def latest_data(facts: Iterable[Fact], ref_of: RefOf, most: int) -> dict[str, Any]:
    """The latest actual level of every series: `[region, population, indicator, day, value, unit, comparator, ref]`."""
    latest: dict[str, Fact] = {}
    for fact in facts:
        if fact["kind"] == "level" and fact["status"] == "actual":
            before = latest.get(fact["series_key"])
            if before is None or before["as_of"] <= fact["as_of"]:
                latest[fact["series_key"]] = fact
    ordered = sorted(latest.values(), key=lambda f: (f["as_of"], f["region"]), reverse=True)
    regions, populations, indicators = Codes(), Codes(), Codes()
    rows = [
        [
            regions.place(f["region"]),
            populations.place(f["population"] or ""),
            indicators.place(f["indicator"]),
            f["as_of"],
            f["value"],
            f["unit"],
            f["comparator"],
            ref_of(f["obs_id"]),
        ]
        for f in ordered[:most]
    ]
    return {
        "rows": rows,
        "regions": regions.names,
        "populations": populations.names,
        "indicators": indicators.names,
        "left_out": max(0, len(ordered) - most),
    }
