"""Texts on something else that hold a paragraph on resumption, and figures that only stand near one."""

from __future__ import annotations

import pytest

from resumption.extraction import extract
from resumption.items import Article


def read(title: str, text: str) -> dict[str, str]:
    article = Article(url="", title=title, text=text, published_at="2021-02-24T09:00:00+08:00")
    return {o.number: o.indicator for o in extract(article)}


HOUSES = "我市新房均价每平方米6120元，公积金贷款余额86.3亿元，放贷2140笔。\n"
SPRING = "全市完成麦田追肥410万亩，浇水126万亩，发放补贴3200万元。\n"

WITHIN = [
    (HOUSES + "停工多时的楼盘有了新说法，全市停工楼盘31个，其中26个恢复施工。", "26个", "projects_resumed"),
    (SPRING + "地震后停产的酒厂缓过来了，产量恢复到震前的六成。", "六成", "capacity_rate"),
    (SPRING + "断料停产的电子厂昨天重新开工，到岗412人。", "412人", "workers_returned"),
]


@pytest.mark.parametrize(("text", "number", "indicator"), WITHIN)
def test_paragraph_on_resumption_within_another_text(text: str, number: str, indicator: str) -> None:
    found = read("一周民生数据", text)
    assert found.get(number) == indicator
    assert not {"6120元", "86.3亿元", "2140笔", "3200万元"} & set(found)


NOT_OF_IT = [
    # a bank's quarter, a utility's year, below one word on firms that start
    ("一季度，农商行向1120户小微企业发放贷款18.6亿元，户均166万元。\n节后企业陆续开工，客户经理上门走访。", "1120户"),
    ("一季度，农商行向1120户小微企业发放贷款18.6亿元，户均166万元。\n节后企业陆续开工，客户经理上门走访。", "18.6亿元"),
    ("2020年，全市用电量96.4亿千瓦时，新增用户5.2万户。\n部分企业放假停产，复工前请检查配电房。", "96.4亿千瓦时"),
    ("全市光伏装机61.2万千瓦，发电5.8亿度。\n企业复工前请检查配电房。", "5.8亿度"),
]


@pytest.mark.parametrize(("text", "number"), NOT_OF_IT)
def test_other_paragraphs_stay_out(text: str, number: str) -> None:
    assert number not in read("去年成绩单出炉", text)


BULLETINS = [
    # the bulletin of a trade on what of its plants runs, and the statistics of a whole industry
    ("本周71座高炉中38座检修，高炉产能利用率为46.2%，周环比下降1.3%。", "46.2%", "capacity_rate"),
    ("限电放宽，织机综合开机率为58.4%。", "58.4%", "capacity_rate"),
    ("三季度全国工业产能利用率为76.8%，钢铁业为76.7%。", "76.8%", None),
]


@pytest.mark.parametrize(("text", "number", "indicator"), BULLETINS)
def test_bulletins_of_trades(text: str, number: str, indicator: str | None) -> None:
    assert read("一周行情", text).get(number) == indicator


TRADE = [
    # words that any trade uses do not make a text one on resumption
    "订单多了，客户催着发货，工厂赶工，经理上班很忙碌。前4个月出口3.1亿元，同比增长8.2%，企业数量增加412家。",
    "消费强势复苏，自动投料的设备正常生产。前4个月进出口3.1亿元，同比增长8.2%，总经理刚回来。",
]


@pytest.mark.parametrize("text", TRADE)
def test_news_of_trade_is_none(text: str) -> None:
    assert read("前4个月外贸数据", text) == {}


FAIRS = [
    ("全市企业加快复工。招聘大集上，68家企业摆出1860个岗位，达成意向412人。", ["1860个岗位", "1860个", "412人"]),
    ("全市企业加快复工。直播带岗专场提供1860个岗位。", ["1860个岗位", "1860个"]),
    ("全市企业加快复工。春季用工双选会上，企业招到412人。", ["412人"]),
]


@pytest.mark.parametrize(("text", "numbers"), FAIRS)
def test_fairs_are_none(text: str, numbers: list[str]) -> None:
    assert not set(numbers) & set(read("企业复工复产忙", text))


STOPPED = [
    ("全市停工项目31个，其中26个恢复施工。", "31个", "projects_total"),
    ("全市停工项目31个，其中26个恢复施工。", "26个", "projects_resumed"),
    ("去年缓建的工程停工42处，有35处已重新施工。", "42处", "projects_total"),
    ("全市停工项目31个，其中26个未恢复施工。", "26个", None),
    ("停工的工地还有31个，26个已复工。", "31个", None),
]


@pytest.mark.parametrize(("text", "number", "indicator"), STOPPED)
def test_works_that_stood_still(text: str, number: str, indicator: str | None) -> None:
    assert read("工地复工忙", text).get(number) == indicator


OF_WORKS = [
    ("全市86个工地递交了复工申请，合格71个。", "86个", "enterprises_requesting"),
    ("检查中对4个工地责令停工。", "4个", "enterprises_sanctioned"),
]


@pytest.mark.parametrize(("text", "number", "indicator"), OF_WORKS)
def test_requests_and_orders_of_works_are_optional(text: str, number: str, indicator: str) -> None:
    article = Article(url="", title="工地复工忙", text=text, published_at="2021-02-24T09:00:00+08:00")
    found = {o.number: (o.indicator, o.optional) for o in extract(article)}
    assert found[number] == (indicator, True)
