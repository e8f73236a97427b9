"""Names of firms, what looks like one, and where a firm of a story is."""

from __future__ import annotations

import pytest

from resumption.extraction import extract
from resumption.extraction.firm_names import firms_in
from resumption.items import Article

NAMED = [
    ("瑞屿电机厂的车间亮着灯", ["瑞屿电机厂"]),
    ("东湾镇的泓昌纺织，机器又响了", ["泓昌纺织"]),
    ("走进禾沐食品公司，工人正在装箱", ["禾沐食品公司"]),
    ("凌岳精密是给整车配套的", ["凌岳精密"]),
    ("记者在青蒲镇绮云花炮看到", ["绮云花炮"]),
    ("柏川煤矿的井口排起队", ["柏川煤矿"]),
    ("城北的铭溪灯饰、街对面的沃岩五金停着", ["沃岩五金"]),  # an item of a list is no subject
    # a kind of firms or of goods, a way to the plant, a row, an office
    ("绿色食品加工厂已经开工", []),
    ("高端装备企业复工九成", []),
    ("工人返厂、驻厂干部进厂", []),
    ("一家陶瓷厂、三座水泥厂", []),
    ("泓昌纺织等企业", []),
    ("恒越化工园区复工", []),
    ("市农业农村局和供电公司", []),
    ("节前电子厂用工紧", []),
    # a part of the firm has its own name
    ("泓昌纺织旗下两家子公司", []),
    ("凌岳精密武汉基地员工", []),
]


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_firms_in(text: str, names: list[str]) -> None:
    assert list(firms_in(text)) == names


def read(text: str, title: str = "各企业抓紧复工复产") -> dict[str, tuple[str, str]]:
    article = Article(url="", title=title, text=text, published_at="2021-02-24T09:00:00+08:00")
    return {o.number: (o.population, o.region or "") for o in extract(article)}


STORIES = [
    # the firm is told of by its name, then as 厂里 or 公司, over sentences
    (
        "浙江省金华市永康市复工复产有序推进。早上7点，泓昌电器的大门开了。厂里380人，返岗312人。",
        "312人",
        ("泓昌电器员工", "浙江省金华市永康市"),
    ),
    (
        "永康市规上企业复工率达92%。走进象珠镇的泓昌电器，机器轰鸣。\n“公司返岗312人，产能恢复到八成。”经理陈立说。",
        "312人",
        ("泓昌电器员工", "浙江省金华市永康市象珠镇"),
    ),
    # a figure on the whole place is not where the firm is
    (
        "永康市抓复工。走进象珠镇的泓昌电器，机器轰鸣，返岗312人。全市规上企业返岗员工5.2万人。",
        "5.2万人",
        ("规上企业员工", "浙江省金华市永康市"),
    ),
]


@pytest.mark.parametrize(("text", "number", "expected"), STORIES)
def test_firm_of_a_story(text: str, number: str, expected: tuple[str, str]) -> None:
    assert read(text, "永康企业加快复工复产")[number] == expected


PARTS = [
    ("岳西县复工复产加快。县城1260户商铺开门980户。", "980户", "安徽省安庆市岳西县城"),
    ("岳西县复工复产加快。城区1260户商铺开门980户；规上企业复工66家。", "980户", "安徽省安庆市岳西县城区"),
    ("岳西县复工复产加快。城区1260户商铺开门980户；规上企业复工66家。", "66家", "安徽省安庆市岳西县"),
    ("岳西县复工复产加快。菖蒲工业园37家企业复工35家。", "35家", "安徽省安庆市岳西县菖蒲工业园"),
    ("岳西县复工复产加快。全县各工业园37家企业复工35家。", "35家", "安徽省安庆市岳西县"),
]


@pytest.mark.parametrize(("text", "number", "region"), PARTS)
def test_parts_of_a_county(text: str, number: str, region: str) -> None:
    assert read(text, "岳西企业加快复工复产")[number][1] == region


PERIODS = [
    # the year behind, a quarter: ordinary economics; the days of the return: a sign of it
    ("去年全市工业用电量86.3亿千瓦时，增长5%。", "86.3亿千瓦时", False),
    ("2020年，全社会用电量120亿千瓦时。", "120亿千瓦时", False),
    ("一季度，全市工业用电量21亿千瓦时。", "21亿千瓦时", False),
    ("2月22日，全市工业用电量3100万千瓦时。", "3100万千瓦时", True),
    ("去年同期停产的企业多；2月22日，全市工业用电量3100万千瓦时。", "3100万千瓦时", True),
]


@pytest.mark.parametrize(("sentence", "number", "kept"), PERIODS)
def test_electricity_of_a_year(sentence: str, number: str, kept: bool) -> None:
    found = read(f"永康市规上企业复工率92%。{sentence}", "永康企业加快复工复产")
    assert (number in found) is kept


PLACES = [
    # the sentence before ends with the place; a village of the town; a place between that only the firm's name holds
    ("宜昌企业复工", "沿江而下，是猇亭区。宜昌泓江港务有限公司3月13日复工，返岗87人。", "87人", "湖北省宜昌市猇亭区"),
    ("晋江企业复工", "陈埭镇江头村，泓飞鞋业的皮带动了。厂里返岗890人。", "890人", "福建省泉州市晋江市陈埭镇"),
    ("晋江企业复工", "陈埭镇的街上有雨。全市规上企业返岗890人。", "890人", "福建省泉州市晋江市"),
]


@pytest.mark.parametrize(("title", "text", "number", "region"), PLACES)
def test_where_a_firm_is(title: str, text: str, number: str, region: str) -> None:
    assert read(text, title)[number][1] == region


HOMES = [
    # a word of the title that is a city, with towns of it; a nickname of another city
    ("抛光声又响了 永康粉尘整治记", "古山镇企业复工31家。全市企业复工412家。", "412家", "浙江省金华市永康市"),
    ("滨城企业复工忙", "大连市工信局消息，全市企业复工412家。", "412家", "辽宁省大连市"),
    # 全国 that only ranks
    (
        "童装小镇复工忙",
        "湖州市吴兴区织里镇，全国每三件童装有两件出自这里，已有9800家企业复工。",
        "9800家",
        "浙江省湖州市吴兴区织里镇",
    ),
]


@pytest.mark.parametrize(("title", "text", "number", "region"), HOMES)
def test_home_of_a_story(title: str, text: str, number: str, region: str) -> None:
    assert read(text, title)[number][1] == region
