"""The adapters: one type in, the next out, and why an article gets no line."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from scrapy.utils.test import get_crawler

from resumption.items import Article, RawArticle
from resumption.pipelines import CleanPipeline, Dropped, DropPipeline, ExtractPipeline
from resumption.relevance import weigh_relevance
from resumption.spider_arguments import Arguments
from tests.test_safety import spider_of

TEXT = "截至2月21日24时，威海市规上工业企业复工率达到89.3%，到岗职工28.38万人。"


def article(**changes) -> Article:
    values = {"url": "http://weihai.iqilu.com/1", "title": "威海企业复工", "text": TEXT} | changes
    return Article(**values)


def drop(item: Article, **arguments) -> Article:
    spider = spider_of("qilu")
    spider.arguments = Arguments(channels=(), **arguments)
    crawler = get_crawler()
    crawler.spider = spider
    return DropPipeline.from_crawler(crawler).process_item(item)


async def extracted(item):
    pipeline = ExtractPipeline()
    try:
        return await pipeline.process_item(item)
    finally:
        await pipeline.close_spider()


def test_clean_drop_extract():
    raw = RawArticle(url="http://weihai.iqilu.com/1", title="威海企业复工", body=f"<div><p>{TEXT}</p></div>")
    cleaned = CleanPipeline().process_item(raw)
    assert cleaned.text == TEXT
    kept = drop(cleaned)
    assert kept.relevance == 1.0
    found = asyncio.run(extracted(kept))
    assert {o.number for o in found.observations} >= {"89.3%"}
    assert found.text == TEXT


@pytest.mark.parametrize(("item", "arguments", "reason"), [
    (article(text=" \n"), {}, "empty"),
    (article(title="博物馆", text="市博物馆周末延长开放至21时。"), {}, "off_topic"),
    (article(published_at="2020-02-20T08:00:00+08:00"), {"since": date(2020, 2, 21)}, "before_since"),
    (article(published_at="2020-02-22T08:00:00+08:00"), {"until": date(2020, 2, 21)}, "after_until"),
])  # fmt: skip
def test_why_an_article_is_dropped(item, arguments, reason):
    with pytest.raises(Dropped) as error:
        drop(item, **arguments)
    assert error.value.reason == reason


@pytest.mark.parametrize(("item", "arguments"), [
    (article(), {}), (article(), {"since": date(2020, 2, 21)}),  # no publication time: not dropped for it
    (article(published_at="2020-02-21T00:00:00+08:00"), {"since": date(2020, 2, 21), "until": date(2020, 2, 21)}),
    (article(title="用工", text="全市重点企业到岗3.2万人。"), {}),
])  # fmt: skip
def test_what_is_kept(item, arguments):
    assert drop(item, **arguments).relevance


@pytest.mark.parametrize(("title", "text", "low", "high"), [
    ("威海规上工业企业复工率89.3%", TEXT, 1.0, 1.0), ("全市经济工作会议召开",
    "会议提出，" + "要抓好各项工作。" * 200 + "推动复工。", 0.01, 0.2),
    ("电网抢修", "震后恢复供电，12座煤矿恢复生产。", 0.3, 1.0), ("天气", "明天多云转晴，气温回升。", 0.0, 0.0),
    ("", "", 0.0, 0.0),
])  # fmt: skip
def test_relevance(title, text, low, high):
    assert low <= weigh_relevance(title, text) <= high
