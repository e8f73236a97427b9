"""Our own annotated articles: their format, and floors under how well they are read (`tests/gold/README.md`).

`python -m tests.test_gold` prints the figures of both halves (with `--by-event` or `--by-style` split), with `--pin` it
raises the floors to them. It never lowers a floor: that is an edit of `tests/gold/floors.json` which a reader sees.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from resumption.commands.score import score_by, score_folder
from resumption.extraction.score import Tally, ratios, report
from resumption.items import Comparator, Kind, Status, Unit
from resumption.lexicon.indicators import load_indicators

GOLD = Path(__file__).parent / "gold"
FLOORS = GOLD / "floors.json"
HALVES = ("open", "blind", "fresh")
"""`fresh` holds whole sets as their writers left them: of any length, with few or many figures."""
FIELDS = {
    "quote", "number", "indicator", "value", "unit", "comparator", "kind", "status", "population", "region", "as_of",
    "optional",
}  # fmt: skip
FEWEST_FOR_A_FLOOR = 3
"""An indicator with fewer mandatory observations in a half says too little: it counts in `core` and `full` only."""

Floors = dict[str, Any]


def load(path: Path) -> tuple[dict[str, Any], str]:
    return json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".txt").read_text(encoding="utf-8")


def articles(half: str) -> list[Path]:
    return sorted((GOLD / half).glob("*.json"))


ALL = [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for half in HALVES for path in articles(half)]


# Format


@pytest.mark.parametrize("path", ALL)
def test_article_keeps_the_rules(path: Path) -> None:
    gold, text = load(path)
    assert gold["id"] == path.stem
    assert gold["text_file"] == f"{path.stem}.txt"
    assert gold["url"] == ""
    assert gold["query"] == "composed for testing"
    assert gold["event"]
    assert gold["style"]
    assert gold["published"] is None or date.fromisoformat(gold["published"])
    shortest, longest, fewest = (150, 2000, 4) if path.parent.name == "fresh" else (250, 900, 8)
    assert shortest <= len(re.sub(r"\s", "", text)) <= longest
    assert (
        len(gold["observations"]) == 0
        if gold["event"] == "none"
        else fewest <= len(gold["observations"]) <= (45 if path.parent.name == "fresh" else 40)
    )
    codes = {indicator.code for indicator in load_indicators()}
    places = set()
    for o in gold["observations"]:
        assert set(o) == FIELDS, o
        assert 4 <= len(o["quote"]) <= 30, o
        assert text.count(o["quote"]) == 1, o
        assert o["number"] in o["quote"], o
        assert o["indicator"] in codes, o
        assert (o["unit"], o["comparator"], o["kind"], o["status"]) == (
            Unit(o["unit"]), Comparator(o["comparator"]), Kind(o["kind"]), Status(o["status"]),
        ), o  # fmt: skip
        assert o["as_of"] is None if gold["published"] is None else date.fromisoformat(o["as_of"]), o
        assert o["value"] >= 0 or o["kind"] == "change", o
        assert o["region"] == o["region"].strip(), o
        assert abs(o["value"]) == pytest.approx(stated_value(o["number"]), rel=1e-5), o
        start = text.index(o["quote"]) + o["quote"].rindex(o["number"])
        places.add((start, start + len(o["number"])))
    assert len(places) == len(gold["observations"]), "one number gives at most one observation"
    ordered = sorted(places)
    assert all(a[1] <= b[0] for a, b in pairwise(ordered)), "numbers overlap"


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "兩": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


def stated_value(number: str) -> float:
    """What an annotated number says, read without the project's own code, so that the two can disagree.

    >>> [stated_value(n) for n in ("2.5万人", "两万三千多人", "八成五", "百分之八十六点六", "30分钟", "３．１６万人")]
    [25000.0, 23000.0, 85.0, 86.6, 0.5, 31600.0]
    >>> stated_value("七八十台")
    70.0
    """
    s = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in number).replace(",", "").replace(" ", "")
    s = s.replace("千瓦", "瓦")
    s = s.replace("俩", "两")
    if s in ("全部", "全數", "百分之百", "全都", "全员", "所有", "全面"):
        return 100.0
    if s in ("一半", "半", "半数"):
        return 50.0
    if s.startswith(("半小时", "半个小时")):
        return 0.5
    if s == "一周":
        return 7 * 24.0
    if found := re.fullmatch(r"(\d)/(\d)", s):
        return 100 * int(found[1]) / int(found[2])
    if found := re.fullmatch(r"([一二三四五六七八九])百([一二三四五六七八九])", s):
        return _DIGITS[found[1]] * 100.0 + _DIGITS[found[2]] * 10  # 六百三 is 630
    if found := re.fullmatch(r"([一二两三四五六七八九])(亿|万)([一二三四五六七八九])", s):
        return (_DIGITS[found[1]] + _DIGITS[found[3]] / 10) * _POWERS[found[2]]  # 一亿二
    found = re.match(r"(.*?)([一二两三四五六七八九])([二三四五六七八九])([十百千万]?[^零一二三四五六七八九十]*)$", s)
    if found and _DIGITS[found[3]] == _DIGITS[found[2]] + 1 and not set("分点成") & set(s):
        return stated_value(found[1] + found[2] + found[4])  # 十一二个, 七八十台: the lower bound of a range
    if found := re.match(r"(\w)分之(\w)$", s):
        return 100 * _DIGITS[found[2]] / _DIGITS[found[1]]
    if found := re.match(r"(\w)成(\w?)", s):
        return _DIGITS[found[1]] * 10.0 + (5 if found[2] == "半" else _DIGITS.get(found[2], 0))
    found = re.match(r"(?:百分之)?([\d.]+|[零一二三四五六七八九十百千万两]+(?:点[零一二三四五六七八九]+)?)(.*)", s)
    assert found, number
    value = float(found[1]) if found[1][0].isdigit() else _chinese(found[1])
    rest = found[2].removeprefix("多").removeprefix("余").removeprefix("来")
    while rest and rest[0] in _POWERS:
        value, rest = value * _POWERS[rest[0]], rest[1:]
    if re.match(r"多?余?倍", rest):
        return value * 100
    return value / 60 if re.match("分[钟鐘]", rest) else value * 24 if re.match("天|个工作日", rest) else value


def _chinese(numeral: str) -> float:
    whole, _, decimals = numeral.partition("点")
    total = section = digit = 0
    for c in whole:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif _POWERS[c] < 10**4:
            section, digit = section + (digit or 1) * _POWERS[c], 0
        else:
            total, section, digit = (total + section + digit) * _POWERS[c], 0, 0
    return total + section + digit + float("0." + ("".join(str(_DIGITS[c]) for c in decimals) or "0"))


def test_set_is_wide_enough() -> None:
    sizes = {half: len(articles(half)) for half in HALVES}
    assert sizes["open"] >= 44
    assert sizes["blind"] >= 24
    gold = [load(path)[0] for half in HALVES for path in articles(half)]
    assert sum(not g["observations"] for g in gold) >= 10, "articles without any observation"
    assert len({g["event"] for g in gold}) >= 12
    assert len({(g["published"] or "")[:4] for g in gold}) >= 14, "years"
    counts = Counter(o["indicator"] for g in gold for o in g["observations"])
    assert set(counts) == {indicator.code for indicator in load_indicators()}, "every indicator occurs"


def test_halves_share_no_sentence() -> None:
    def pieces(half: str) -> set[str]:
        texts = (re.sub(r"\W", "", path.with_suffix(".txt").read_text(encoding="utf-8")) for path in articles(half))
        return {text[i : i + 16] for text in texts for i in range(len(text) - 15)}

    assert not pieces("open") & (pieces("blind") | pieces("fresh"))


# Floors


@cache
def measure(folder: Path) -> Tally:
    """Read and extract every article of a folder as a user's text dump and score it (the code of `scrapy score`)."""
    return score_folder(folder)


def measure_by(folder: Path, key: str) -> dict[str, Tally]:
    """The same for each `event` or each `style` of a folder, the ones with most observations first."""
    return score_by(folder, key)


def figures(tally: Tally) -> Floors:
    """F1 of core and full and of each indicator, cut to three decimals.

    The accuracy of single fields has no floor: it may fall when harder observations are found at last.
    """
    indicators = {}
    for code, counts in sorted(tally.per_indicator.items()):
        right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
        if right + missed >= FEWEST_FOR_A_FLOOR:
            indicators[code] = cut(ratios(right, right + wrong, right + missed)[2])
    return {
        "core": cut(tally.f1("core")[2]),
        "full": cut(tally.f1("full")[2]),
        "indicators": indicators,
    }


def cut(share: float) -> float:
    return int(share * 1000 + 1e-9) / 1000


def below(measured: Floors, floors: Floors, name: str = "") -> list[str]:
    """One line per figure that has fallen under its floor.

    >>> below({"core": 0.8, "indicators": {}}, {"core": 0.9, "indicators": {"funds": 0.5}})
    ['core: 0.8, floor 0.9', 'indicators funds: nothing, floor 0.5']
    """
    lines = []
    for key, floor in floors.items():
        label = f"{name} {key}".strip()
        if isinstance(floor, dict):
            lines += below(measured.get(key, {}), floor, label)
        elif measured.get(key, -1) < floor:
            lines.append(f"{label}: {measured.get(key, 'nothing')}, floor {floor}")
    return lines


def raised(measured: Floors, floors: Floors) -> Floors:
    """The floors, each lifted to what was measured if that is higher; new figures are added.

    >>> raised({"core": 0.8, "indicators": {"funds": 0.7}}, {"core": 0.9, "indicators": {"funds": 0.5}})
    {'core': 0.9, 'indicators': {'funds': 0.7}}
    """
    out: Floors = {}
    for key, value in measured.items():
        old = floors.get(key)
        out[key] = raised(value, old or {}) if isinstance(value, dict) else max(value, old if old is not None else -1)
    return out


@pytest.mark.parametrize("half", HALVES)
def test_figures_do_not_fall(half: str) -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[half]
    fallen = below(figures(measure(GOLD / half)), floors)
    hint = "raise the floors after a gain with: python -m tests.test_gold --pin"
    assert not fallen, "\n".join([f"tests/gold/{half} fell under tests/gold/floors.json:", *fallen, hint])


@pytest.mark.parametrize("half", HALVES)
def test_hard_negatives_stay_nearly_empty(half: str) -> None:
    """At most two false observations in ten articles that have none."""
    empty = [path.stem for path in articles(half) if not load(path)[0]["observations"]]
    false = [error for error in measure(GOLD / half).errors if error.article in empty]
    allowed = json.loads(FLOORS.read_text(encoding="utf-8"))["false_on_hard_negatives"][half]
    assert len(false) <= allowed, f"{len(false)} false observations in {len(empty)} articles, {allowed} allowed"


def test_floors_would_catch_a_loss() -> None:
    now = figures(measure(GOLD / "open"))
    worse = {**now, "core": cut(now["core"] - 0.01)}
    assert below(worse, now) == [f"core: {worse['core']}, floor {now['core']}"]
    assert below(now, now) == []


def pin() -> None:
    """Raise the floors to what is measured now, never lower one."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    out = {half: raised(figures(measure(GOLD / half)), floors.get(half, {})) for half in HALVES}
    false = {}
    for half in HALVES:
        empty = {path.stem for path in articles(half) if not load(path)[0]["observations"]}
        now = sum(error.article in empty for error in measure(GOLD / half).errors)
        false[half] = min(now, floors.get("false_on_hard_negatives", {}).get(half, now))
    FLOORS.write_text(
        json.dumps({**out, "false_on_hard_negatives": false}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    if "--pin" in sys.argv[1:]:
        pin()
    for name in HALVES:
        print(f"tests/gold/{name}", *report(measure(GOLD / name)), sep="\n")
        for key in ("event", "style"):
            if f"--by-{key}" in sys.argv[1:]:
                for value, tally in measure_by(GOLD / name, key).items():
                    core, full = (tally.f1(level)[2] for level in ("core", "full"))
                    print(f"  {value:28} {tally.articles:3} articles {tally.gold:4}  core {core:.3f}  full {full:.3f}")
