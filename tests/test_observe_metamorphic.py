"""What may not matter: width, script, separators, synonyms, a sentence on something else: the rest stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from resumption import extract, read_page
from resumption.extraction.characters import normalise
from resumption.extraction.regions import chain_of, find_regions, region_of_name
from resumption.items import Article, Observation, Region
from resumption.lexicon.characters import load_characters
from resumption.lexicon.gazetteer import load_gazetteer
from resumption.rows import check_evidence

GOLD = Path(__file__).parent / "gold" / "open"
COMMON = frozenset("业产复动员数户间个经应这来时国际东车开会发动达级总点对从岗务现边进还电线专")


@cache
def articles() -> tuple[Article, ...]:
    found = []
    for path in sorted(GOLD.glob("*.json"))[::2]:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        article = read_page(text, "https://news.example/1", published=gold["published"], title=gold["title"])
        assert article is not None
        found.append(article)
    return tuple(found)


def meaning(observation: Observation) -> tuple[object, ...]:
    o = observation
    region = normalise(o.region).text  # a place is written in the characters of the article
    return (o.indicator, o.value, o.unit, o.comparator, o.kind, o.status, region, o.as_of)


def traditional() -> dict[int, str]:
    table: dict[int, str] = {}
    for source, target in load_characters().items():
        if target in COMMON and "\u4e00" <= source <= "\u9fff":
            table.setdefault(ord(target), source)
    return table


CHANGES: dict[str, Callable[[str], str]] = {
    "full-width digits": lambda text: text.translate(str.maketrans("0123456789%", "０１２３４５６７８９％")),
    "half-width signs": lambda text: text.translate(str.maketrans("，；：（）！？", ",;:()!?")),
    "traditional characters": lambda text: text.translate(traditional()),
    "规上 for 规模以上": lambda text: text.replace("规模以上", "规上"),
    "户 for 家": lambda text: re.sub(r"(?<=[\d万余多])家(?!次)", "户", text),
    "thousands separators": lambda text: re.sub(r"(?<![\d.,])(\d{1,3})(\d{3})(?=[家户人个名])", r"\1,\2", text),
    "a sentence on something else": lambda text: text + "\n当日全市接待游客12.3万人次，实现旅游收入1.9亿元。",
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_same_is_found(change: str) -> None:
    for article in articles():
        changed = replace(article, text=CHANGES[change](article.text))
        found = extract(changed)
        for observation in found:
            check_evidence(changed.text, observation)
        assert [meaning(o) for o in found] == [meaning(o) for o in extract(article)]


def test_without_a_paragraph_the_others_stay() -> None:
    text = (
        "截至3月1日，全县规上企业复工96家，复工率91.4%。\n全县选派驻企联络员120名。\n2月29日全县工业用电量310万千瓦时。"
    )
    article = Article(url="", title="全县企业有序复工", text=text, published_at="2020-03-02T00:00:00+08:00")
    lines = text.split("\n")
    shorter = replace(article, text="\n".join((lines[0], lines[2])))
    assert [meaning(o) for o in extract(shorter)] == [
        meaning(o) for o in extract(article) if o.indicator != "officers_assigned"
    ]


SOLAR = re.compile(r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
OTHER_DAYS = re.compile(
    r"[正腊]月|农历|[春清端中元]节|[元除]旦|小长假|国庆|五一|元宵|除夕|年[前初]|[初廿][一二三四五六七八九十]|星期|周[一二三四五六日末]"
    r"|[上下]?旬|月[底末初份中]|(?<![月\d])\d{1,2}[日号]|\d月(?!\d)|[一二三四五六七八九十][月日号]|[一二三四]季度|年[底末]|[上本]月|\d{4}-\d|\d年"
)


@cache
def articles_with_plain_days() -> tuple[Article, ...]:
    """Articles that name days only as 2月21日, 昨日, 目前: those that can be shifted without a calendar of feasts."""
    found = []
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        if gold["published"] and SOLAR.search(text) and not OTHER_DAYS.search(SOLAR.sub("", text + gold["title"])):
            article = read_page(text, "https://news.example/1", published=gold["published"], title=gold["title"])
            assert article is not None
            found.append(article)
    return tuple(found)


def shifted(text: str, year: int, days: int) -> str:
    def later(match: re.Match[str]) -> str:
        day = date(int(match["year"] or year), int(match["month"]), int(match["day"])) + timedelta(days=days)
        return (f"{day.year}年" if match["year"] else "") + f"{day.month}月{day.day}日"

    return SOLAR.sub(later, text)


@pytest.mark.parametrize("days", [1, 7, -20, 45])
def test_shifted_days_move_the_day_only(days: int) -> None:
    texts = articles_with_plain_days()
    assert len(texts) >= 10
    seen = 0
    for article in texts:
        assert article.published_at is not None
        published = date.fromisoformat(article.published_at[:10]) + timedelta(days=days)
        if published.year != int(article.published_at[:4]):
            continue
        year = published.year
        changed = replace(
            article,
            text=shifted(article.text, year, days),
            title=shifted(article.title, year, days),
            published_at=published.isoformat() + article.published_at[10:],
        )
        before, after = extract(article), extract(changed)
        assert [meaning(o)[:-1] for o in after] == [meaning(o)[:-1] for o in before]
        assert [o.as_of for o in after] == [o.as_of and o.as_of + timedelta(days=days) for o in before], article.title
        seen += len(after)
    assert seen > 100


@cache
def articles_of_one_place() -> tuple[tuple[Article, Region, Region], ...]:
    """Articles that name one county or city and what it lies in, with that place and a sister of it."""
    found = []
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        article = read_page(text, "https://news.example/1", published=gold["published"], title=gold["title"])
        assert article is not None
        named = [m.value.region for m in find_regions(article.title + "\n" + article.text) if m.value.region]
        codes = {r.code for r in named} - {"000000"}
        place = next((r for r in named if codes == codes & {above.code for above in chain_of(r)}), None)
        if place is None or place.level not in ("city", "county") or any(r.level in ("zone", "town") for r in named):
            continue
        if (sister := sister_of(place)) is not None:
            found.append((article, place, sister))
    return tuple(found)


def sister_of(place: Region) -> Region | None:
    """A unit beside it, of its kind, with a short name of two characters that is no ordinary word."""
    gazetteer = load_gazetteer()
    for units in gazetteer.by_code.values():
        unit = units[-1]
        if unit.parent != place.parent or unit.code == place.code or len(unit.name) != len(place.name):
            continue
        plain = unit.short not in gazetteer.words and gazetteer.names[unit.short] == (unit,)
        if plain and unit.name[-1] == place.name[-1] and unit.in_force(2020) and len(unit.short) == 2:
            return region_of_name(unit.name)
    return None


def test_swapped_regions_change_the_region_only() -> None:
    texts = articles_of_one_place()
    moved = 0
    for article, place, sister in texts:
        swap = (place.name[:-1], sister.name[:-1])
        changed = replace(article, text=article.text.replace(*swap), title=article.title.replace(*swap))
        before, after = extract(article), extract(changed)
        if any(o.region.endswith("开发区") for o in before):
            continue  # the full name of its 高新区 is a fact of one city, no word of the text
        assert [replaced(o, *swap) for o in before] == [meaning(o) for o in after], article.title
        moved += sum(sister.name in o.region for o in after)
    assert moved > 20


def replaced(observation: Observation, old: str, new: str) -> tuple[object, ...]:
    return meaning(replace(observation, region=observation.region.replace(old, new)))


CITIES = ["绍兴市", "衢州市", "遵义市", "洛阳市", "包头市", "齐齐哈尔市", "景德镇市", "攀枝花市"]


@pytest.mark.parametrize("city", CITIES)
def test_any_city_reads_alike(city: str) -> None:
    short = city[:-1]
    text = (
        f"{short}日报讯 3月5日，记者从{city}工信局获悉，截至3月4日，全市规上企业复工412家，复工率96.2%。\n"
        f"{short}高新区规上企业复工88家。市里组织包车从云南曲靖接回返岗员工260人。目前，{short}返岗员工9.6万人。"
    )
    article = Article(url="", title=f"{city}企业有序复工", text=text, published_at="2020-03-06T00:00:00+08:00")
    home = region_of_name(city)
    assert home is not None
    found = [
        (o.number, o.region.replace(home.full_name, "@").replace(f"{short}高新", "@高新"), o.as_of)
        for o in extract(article)
    ]
    assert [(number, day) for number, _, day in found] == [
        ("412家", date(2020, 3, 4)),
        ("96.2%", date(2020, 3, 4)),
        ("88家", date(2020, 3, 4)),
        ("260人", date(2020, 3, 4)),
        ("9.6万人", date(2020, 3, 4)),
    ]
    regions = [region for _, region, _ in found]
    assert "高新" in regions.pop(2)
    assert regions == ["@"] * 4
