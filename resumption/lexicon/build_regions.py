"""Write `regions.tsv` and `towns.tsv` from two public packages and `region_changes.tsv`; run by hand, once a year.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz       # MIT; state of 2023-06
    pip download --no-deps GB2260==0.4.1 && unzip GB2260-*.whl -d gb2260      # BSD; revisions 2002 to 2014
    python -m resumption.lexicon.build_regions package/dist gb2260

Not used at run time.
"""

from __future__ import annotations

import csv
import importlib
import itertools
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
# Longest first.
NATIONS = (
    "独龙族怒族|哈萨克族|柯尔克孜|达斡尔族|鄂温克族|蒙古族|维吾尔|布依族|朝鲜族|土家族|哈尼族|哈萨克|"
    "傈僳族|拉祜族|东乡族|纳西族|景颇族|仫佬族|布朗族|撒拉族|毛南族|仡佬族|塔吉克|普米族|独龙族|裕固族|"
    "保安族|鄂伦春|蒙古|回族|藏族|苗族|彝族|壮族|满族|侗族|瑶族|白族|傣族|黎族|佤族|畲族|水族|土族|"
    "羌族|锡伯|怒族|各族"
)
NATION = re.compile(f"(?:{NATIONS})+(?=自治[州县旗区]$)")
PROVINCE_SHORT = {"150000": "内蒙古", "450000": "广西", "540000": "西藏", "640000": "宁夏", "650000": "新疆"}
PROVINCE_SHORT |= {"810000": "香港", "820000": "澳门", "710000": "台湾"}
PSEUDO = re.compile(r"^(.*市辖区|县|.*直辖.*行政.*|行政区划|市)$")
MISSPELT = frozenset({"荷泽市", "荔蒲县"})
GENERAL = frozenset({"城区", "郊区", "矿区", "新市区", "市区"})
CUSTOM_ALIASES = {
    "211324": ["喀左县", "喀左"], "150521": ["科左中旗"], "150522": ["科左后旗"], "152221": ["科右前旗"],
    "152222": ["科右中旗"], "220721": ["前郭县", "前郭"], "652700": ["博州"], "652800": ["巴州"], "653000": ["克州"],
    "654000": ["伊犁州", "伊犁"], "152500": ["锡盟"], "433100": ["湘西州", "湘西"], "422800": ["恩施州"],
    "310115": ["浦东"], "460400": ["儋州"], "620200": ["嘉峪关"], "222400": ["延边州", "延边"], "371681": ["邹平"],
    "130107": ["井陉矿"], "653100": ["喀什"], "620525": ["张川"], "622926": ["东乡县"],
    "150121": ["土左旗"], "150122": ["托县"], "150123": ["和林县", "和林"], "150223": ["达茂旗"],
    "150421": ["阿鲁旗"], "150425": ["克旗"], "150621": ["达旗"], "150622": ["准旗"], "150627": ["伊旗"],
    "150722": ["莫旗"], "150725": ["陈旗"], "150726": ["新左旗"], "150727": ["新右旗"], "150926": ["察右前旗"],
    "150927": ["察右中旗"], "150928": ["察右后旗"], "152525": ["东乌旗"], "152526": ["西乌旗"],
    "152921": ["阿左旗"], "152922": ["阿右旗"], "150422": ["巴左旗"], "150423": ["巴右旗"], "150426": ["翁旗"],
    "150428": ["喀旗"], "150823": ["乌前旗"], "150824": ["乌中旗"], "150825": ["乌后旗"], "150623": ["鄂前旗"],
    "150221": ["土右旗"], "152923": ["额旗"],
    "150724": ["鄂温克旗"], "150723": ["鄂伦春旗"], "540600": ["那曲"],
}  # fmt: skip
# Units that are not in the packages, or under codes of their own there: code, name, from, to.
EXTRA = [
    ("000000", "全国", None, None), ("460301", "西沙区", 2020, None), ("460302", "南沙区", 2020, None),
    ("540530", "错那县", 2016, 2023), ("540422", "米林县", 2015, 2023), ("653228", "和安县", 2024, None),
    ("653229", "和康县", 2024, None), ("630000", "青海省", None, None),
]  # fmt: skip
# Districts of 大兴安岭 that the newer tables list as 232761 to 232764, and a name kept for a few months only.
NBS_ONLY = frozenset({"232701", "232702", "232703", "232704", "510726"})
# Listed late only because an earlier revision has them misspelt.
OLD = frozenset({"371700", "450331"})
# First year of units that have no predecessor in `region_changes.tsv`.
FOUNDED = {
    "150603": 2016, "330383": 2019, "330113": 2021, "330114": 2021, "341504": 2015, "360113": 2019, "440309": 2016,
    "440310": 2016, "440311": 2018, "451103": 2016, "654004": 2014, "659005": 2011, "659006": 2012, "659007": 2014,
    "659008": 2015, "659009": 2016, "659010": 2019, "659011": 2021, "659012": 2023, "632803": 2018, "320214": 2015,
    "540581": 2023, "540481": 2023,
}  # fmt: skip


def short_names(code: str, name: str, level: str) -> list[str]:
    """Aliases by rule: 威海市 -> 威海; 湘西土家族苗族自治州 -> 湘西州, 湘西; 浦东新区 -> 浦东; 沙县 -> none."""
    found = list(CUSTOM_ALIASES.get(code, []))
    if code in PROVINCE_SHORT:
        return [PROVINCE_SHORT[code]]
    if name in GENERAL or level == "country":
        return found
    plain = NATION.sub("", name)
    if match := re.fullmatch(r"(.+)自治([州县旗])", plain):
        base, kind = match.groups()
        found += [base + kind, base]
    elif match := re.fullmatch(r"(.{2,}?)(?:新区|林区|特区|矿区|地区|省|市|区|县|旗|盟)", name):
        found.append(match[1])
    if level == "city" and name.endswith("盟"):
        found = [alias for alias in found if alias.endswith("盟")] + [name[:-1]]
    return [alias for alias in dict.fromkeys(found) if len(alias) >= 2 and alias != name]


def level_of(code: str) -> str:
    """Level by the zeros of a six-digit code."""
    if code == "000000":
        return "country"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def read_base(folder: Path) -> dict[str, str]:
    """Units of the npm package by code, without 市辖区 rows and the statistical codes of zones (xx71 to xx79)."""
    units: dict[str, str] = {}
    for file in ("provinces", "cities", "areas"):
        with (folder / f"{file}.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                code = row["code"]
                statistical = len(code) == 6 and code[4] == "7" and code[5] != "0"
                if not statistical and not PSEUDO.match(row["name"]):
                    units[code.ljust(6, "0")] = row["name"]
    units["620200"] = "嘉峪关市"
    units.pop("620201", None)
    for file_code, name in (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区")):
        units[file_code] = name
    return units


def read_history(folder: Path) -> dict[tuple[str, str], list[int]]:
    """(code, name) of every revision of GB/T 2260 with the years in which it was listed; the unnamed one is of 2014."""
    sys.path.insert(0, str(folder))
    revisions = importlib.import_module("gb2260.data").data
    seen: dict[tuple[str, str], list[int]] = {}
    for stamp, units in revisions.items():
        year = 2014 if stamp is None else int(str(stamp)[:4])
        for number, name in units.items():
            code = str(number)
            if not PSEUDO.match(name) and name not in MISSPELT and not code.startswith("1390") and code not in NBS_ONLY:
                seen.setdefault((code, name), []).append(year)
    return seen


def read_changes() -> dict[str, tuple[int, str]]:
    """`region_changes.tsv`: old code -> (year, successor)."""
    lines = (HERE / "region_changes.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith(("#", "code"))]
    return {code: (int(year), successor) for code, year, successor in rows}


def successor_of(code: str, name: str, units: dict[str, str]) -> str:
    """Today's unit of one that ended before 2014: the same code, or the same name without its suffix."""
    if code in units:
        return code
    base = name.rstrip("市区县")
    same = [c for c, n in units.items() if c[:2] == code[:2] and len(base) > 1 and n.rstrip("市区县") == base]
    near = [c for c in same if c[:4] == code[:4]] or same
    return near[0] if len(near) == 1 else ""


def build(base: Path, history: Path) -> list[list[str]]:
    """All rows of `regions.tsv`."""
    units, seen, changes = read_base(base), read_history(history), read_changes()
    first = {successor: year for year, successor in changes.values() if successor not in changes} | FOUNDED
    first = {code: year for code, year in first.items() if not any((code, n) in seen for n in [units.get(code, "")])}
    rows: dict[tuple[str, str], tuple[int | None, int | None, str]] = {}
    for code, name in units.items():
        years = seen.get((code, name), [])
        start = first.get(code) or (min(years) if years and min(years) > 2002 else None)
        if code in changes and changes[code][1] == code:
            start = changes[code][0]
        rows[code, name] = (start, None, "")
    for (code, name), years in seen.items():
        if units.get(code) == name or code == "620201":
            continue
        end = max(years) + 1
        successor = ""
        if code in changes and (max(years) >= 2014 or changes[code][0] <= 2014):
            end, successor = changes[code]
        elif max(years) >= 2014:
            end, successor = _by_prefecture(code, name, changes, units)
        successor = successor or successor_of(code, name, units)
        rows[code, name] = (min(years) if min(years) > 2002 else None, end, successor)
    for code, name, start, stop in EXTRA:
        rows[code, name] = (start, stop, {"540530": "540581", "540422": "540481"}.get(code, ""))
    _close_gaps(rows)
    table = []
    for (code, name), (start, stop, successor) in sorted(
        rows.items(), key=lambda item: (item[0][0], item[1][1] or 9999)
    ):
        level = level_of(code)
        parent = _parent(code, start, stop, rows)
        aliases = "|".join(short_names(code, name, level))
        table.append([code, name, level, parent, str(start or ""), str(stop or ""), successor, aliases])
    return table


def _close_gaps(rows: dict[tuple[str, str], tuple[int | None, int | None, str]]) -> None:
    """A code that changes its name: the old one ends in the year in which the new one begins (revisions overlap)."""
    codes: dict[str, list[str]] = {}
    for code, name in rows:
        codes.setdefault(code, []).append(name)
    for code, names in codes.items():
        names.sort(key=lambda name: rows[code, name][1] or 9999)
        for older, newer in itertools.pairwise(names):
            start, end, successor = rows[code, older]
            follows = rows[code, newer][0]
            if follows is None:
                rows[code, newer] = (end, *rows[code, newer][1:])
            elif end is not None and end > follows:
                rows[code, older] = (start, follows, successor)


def _by_prefecture(code: str, name: str, changes: dict[str, tuple[int, str]], units: dict[str, str]) -> tuple[int, str]:
    """Counties that got a new code because their prefecture did (西藏, 吐鲁番, 哈密): year and code of the new one."""
    year, prefecture = changes[code[:4] + "00"]
    same = [c for c, n in units.items() if c[:4] == prefecture[:4] and n == name]
    return year, same[0] if same else prefecture


def _parent(
    code: str, start: int | None, stop: int | None, rows: dict[tuple[str, str], tuple[int | None, int | None, str]]
) -> str:
    if code == "000000":
        return ""
    if code.endswith("0000"):
        return "000000"
    upper = code[:4] + "00"
    for (other, _), (a, b, _s) in rows.items():
        if other == upper and upper != code and (a or 0) <= (stop or 9999) and (start or 0) <= (b or 9999):
            return upper
    return code[:2] + "0000"


def write_towns(base: Path, known: set[str]) -> None:
    """`towns.tsv`: per county (or city without counties) the towns, townships and streets, one line each."""
    towns: dict[str, list[str]] = {}
    with (base / "streets.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            area = row["areaCode"]
            area = area if area in known else area[:4] + "00"
            name = re.sub(r"(?<=街道)办事处$|办事处$", "", row["name"])
            if re.search(r"(?:镇|乡|街道|苏木)$", name) and len(name) > 1:
                towns.setdefault(area, []).append(NATION_TOWN.sub("", name))
    lines_out = [f"{area}\t{'|'.join(dict.fromkeys(names))}\n" for area, names in sorted(towns.items())]
    (HERE / "towns.tsv").write_text("".join(lines_out), encoding="utf-8")


NATION_TOWN = re.compile(f"(?:{NATIONS})+(?=乡$)")


def main() -> None:
    """Write both files beside this one."""
    base, history = Path(sys.argv[1]), Path(sys.argv[2])
    table = build(base, history)
    header = "code\tname\tlevel\tparent\tvalid_from\tvalid_to\tsuccessor\taliases\n"
    body = "".join("\t".join(row) + "\n" for row in table)
    (HERE / "regions.tsv").write_text(header + body, encoding="utf-8")
    write_towns(base, {row[0] for row in table})


if __name__ == "__main__":
    main()
