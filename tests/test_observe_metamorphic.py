"""What may not matter: width, script, separators, synonyms, a sentence on something else: the rest stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from resumption import extract, read_page
from resumption.items import Article, Observation
from resumption.lexicon.characters import load_characters
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
    return (o.indicator, o.value, o.unit, o.comparator, o.kind, o.status, o.region, o.as_of)


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
