"""Feeds of any size, composed through the real types: what the load benchmark and the warehouse tests load.

Every article is a made-up bulletin in the usual form. Figures, places and days vary as in a real month: most figures
stand in one article, some are repeated by others, one article in twenty is a reprint, one in fifty was edited later.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from resumption.items import (
    Article,
    AsOfBasis,
    Observation,
    PublishedBasis,
    RegionBasis,
    Unit,
    observation_id,
)
from resumption.rows import article_row, line, observation_rows

FIRST_DAY = date(2020, 2, 10)
DAYS = 40
INDICATORS = (
    ("enterprises_total", Unit.COUNT, "企业共{}家"),
    ("enterprises_resumed", Unit.COUNT, "已有{}家企业复工"),
    ("resumption_rate", Unit.PERCENT, "复工率达{}%"),
    ("workers_returned", Unit.PERSON, "返岗职工{}人"),
    ("worker_return_rate", Unit.PERCENT, "返岗率为{}%"),
    ("capacity_rate", Unit.PERCENT, "产能恢复到{}%"),
    ("passes_issued", Unit.COUNT, "发放通行证{}张"),
)
POPULATIONS = (
    ("规上工业企业", "above_scale", "industry", None),
    ("规下工业企业", "below_scale", "industry", None),
    ("外资企业", None, None, "foreign"),
    ("重点项目", "key", "construction", None),
    ("商贸流通企业", None, "commerce", None),
    ("晨光机械有限公司", None, None, None),
)
SOURCES = ("齐鲁网", "海右日报", "城市快报", "工信之声")
CITIES = tuple(
    (f"{province}{city:02d}00", f"示范省{province}第{city}市") for province in range(31, 47) for city in range(1, 18)
)


def compose_articles(count: int, per_article: int = 5, seed: int = 1) -> Iterator[Article]:
    """`count` articles with `per_article` observations each, the same for the same seed."""
    dice = random.Random(seed)
    earlier: list[Article] = []
    for number in range(count):
        day = FIRST_DAY + timedelta(days=number * DAYS // max(count, 1))
        if earlier and dice.random() < 0.05:
            first = dice.choice(earlier[-50:])
            article = replace(
                first,
                url=f"https://www.163.com/dy/article/FS{number:014d}.html",
                portal="netease",
                doc_id=f"FS{number:014d}",
                source=dice.choice(SOURCES),
                duplicate_of=first.article_id,
            )
            yield replace(article, observations=tuple(_renamed(article, first.observations)))
            continue
        article = _compose(number, day, per_article, dice)
        yield article
        earlier.append(article)
        if dice.random() < 0.02:
            edited = replace(
                _compose(number, day, per_article, dice),
                supersedes=article.article_version_id,
                fetched_at=f"{day + timedelta(days=3)}T09:00:00+08:00",
            )
            yield edited


def write_feeds(folder: Path, count: int, per_article: int = 5, seed: int = 1) -> tuple[int, int]:
    """Write `articles/part-000.jsonl` and `observations/part-000.jsonl`; returns the numbers of lines."""
    articles = observations = 0
    for feed in ("articles", "observations"):
        (folder / feed).mkdir(parents=True, exist_ok=True)
    with (
        (folder / "articles" / "part-000.jsonl").open("w", encoding="utf-8") as article_feed,
        (folder / "observations" / "part-000.jsonl").open("w", encoding="utf-8") as observation_feed,
    ):
        for article in compose_articles(count, per_article, seed):
            article_feed.write(line(article_row(article)))
            rows = [line(row) for row in observation_rows(article)]
            observation_feed.writelines(rows)
            articles += 1
            observations += len(rows)
    return articles, observations


def _compose(number: int, day: date, per_article: int, dice: random.Random) -> Article:
    text = "记者从市工业和信息化局获悉，连日来各地有序推进复工复产。\n"
    found: list[Observation] = []
    code, city = CITIES[dice.randrange(len(CITIES))]
    for index in range(per_article):
        indicator, unit, words = dice.choice(INDICATORS)
        population, size, sector, ownership = dice.choice(POPULATIONS)
        as_of = day - timedelta(days=dice.randrange(2))
        value = round(dice.uniform(40, 100), 1) if unit is Unit.PERCENT else float(dice.randrange(200, 40_000))
        figure = str(value) if unit is Unit.PERCENT else str(int(value))
        before, after = words.split("{}")
        written = figure + after[:1]
        lead = f"截至{as_of.month}月{as_of.day}日，{city}{population}{before}"
        quote = f"{lead}{figure}{after}，较前一日有所提高。"
        start = len(text) + len(lead)
        found.append(
            Observation(
                obs_id="",
                start=start,
                end=start + len(written),
                number=written,
                quote=quote,
                quote_start=len(text),
                quote_end=len(text) + len(quote),
                indicator=indicator,
                value=value,
                unit=unit,
                population=population,
                population_size=size,
                population_sector=sector,
                population_ownership=ownership,
                region=city,
                region_code=code,
                region_level="city",
                region_basis=RegionBasis.STATED,
                as_of=as_of,
                as_of_text=f"{as_of.month}月{as_of.day}日",
                as_of_basis=AsOfBasis.STATED,
                group_id=f"g{index}",
                rule="<population> <cue> <quantity>",
            )
        )
        text += quote + "\n"
    text += "下一步，各部门将继续做好防疫物资、用工和物流等方面的服务保障工作，帮助企业解决实际困难。\n" * 12
    article = Article(
        url=f"http://news.iqilu.com/shandong/yuanchuang/{day:%Y/%m%d}/{4_400_000 + number}.shtml",
        title=f"{city}有序推进企业复工复产（{day.month}月{day.day}日）",
        text=text,
        portal="qilu",
        channel="http://news.iqilu.com/shandong/",
        canonical_url=f"http://news.iqilu.com/shandong/yuanchuang/{day:%Y/%m%d}/{4_400_000 + number}.shtml",
        doc_id=str(4_400_000 + number),
        source=dice.choice(SOURCES),
        published_at=f"{day}T10:30:00+08:00",
        published_basis=PublishedBasis.PAGE,
        region=city,
        region_code=code,
        relevance=0.9,
        fetched_at=f"{day}T18:00:00+08:00",
        http_status=200,
        layout="qilu A",
        raw_ref=f"archive/{day:%Y%m%d}.warc.gz#{number}",
    )
    return replace(article, observations=tuple(_renamed(article, found)))


def _renamed(article: Article, observations: list[Observation] | tuple[Observation, ...]) -> Iterator[Observation]:
    """The observations with the ids that they have in this article version."""
    seen: dict[str, int] = {}
    for o in observations:
        occurrence = seen.get(o.number, 0)
        seen[o.number] = occurrence + 1
        yield replace(o, obs_id=observation_id(article.article_version_id, o.number, occurrence))
