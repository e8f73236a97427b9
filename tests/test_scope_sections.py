"""Places and days of sections, areas, routes and examples: what a figure inherits in digests and in short notices."""

from __future__ import annotations

import pytest

from resumption import extract
from resumption.items import Article, Observation

PUBLISHED = "2020-02-19T09:00:00+08:00"
DIGEST = (
    "各地企业加快复工，本报梳理如下。\n云南：规上企业复工率83.1%\n截至2月17日，云南省规上企业复工3412家。\n"
    "分规模看，大型企业复工率96.5%。\n贵州：工地陆续开工\n骨干企业复工率74.2%。"
)


def read(text: str, title: str = "", source: str = "") -> dict[str, Observation]:
    article = Article(url="", title=title, text=text, source=source, published_at=PUBLISHED)
    return {o.number: o for o in extract(article)}


REGIONS = [
    # a digest: the line that opens a section is the place of what follows
    (DIGEST, "3412家", "云南省"),
    (DIGEST, "96.5%", "云南省"),
    (DIGEST, "74.2%", "贵州省"),
    # areas with their number of units
    ("据行业协会调查，全国饲料企业复工率81%，其中北方地区饲料企业复工率为73.5%。", "73.5%", "北方地区"),
    ("江苏省农业农村厅消息，苏中3市112个农业项目，截至2月17日，已复工97个。", "97个", "苏中3市"),
    ("全国粮食企业复工加快，13个主产省的面粉企业复工率达到78%。", "78%", "13个主产省"),
    ("全国水泥企业开工率41%，华东地区水泥企业开工率52.3%。", "52.3%", "华东地区"),
    # places that are only examples of what is counted, or where a line ends
    ("湖北省复工加快。其中，襄阳高新区、宜昌高新区等9个省级园区，规上企业复工率91.2%。", "91.2%", "湖北省"),
    ("江西省交通运输厅消息，截至2月17日，上饶至浦城等6条高速公路项目全部复工，返岗率达72%。", "72%", "江西省"),
    (
        "江西省交通运输厅消息，省内的萍乡绕城工程、宜春机场扩建等8个重点项目复工，返岗率72%。",
        "8个",
        "江西省",
    ),
    ("浙江省瑞安市复工加快，温州级重点项目已复工21个。", "21个", "浙江省温州市瑞安市"),
    ("云南省工信厅消息，云南是全国的有色大省，已有38家冶炼企业复工。", "38家", "云南省"),
    # a place behind its figure
    ("山西省应急厅消息，尚未复工的煤矿有9座，5座位于吕梁市。", "5座", "山西省吕梁市"),
    # firms and goods
    ("云南省昆明市复工加快，产品远销四川、重庆。全市规上企业复工312家。", "312家", "云南省昆明市"),
    ("四川省复工加快。阿里巴巴仓库等复工，全省物流企业复工402家。", "402家", "四川省"),
    # a wider place that only praises the narrower one
    ("福建省复工加快。厦门象屿保税区是厦门外贸的窗口，入驻企业复工率达93%。", "93%", "福建省厦门市厦门象屿保税区"),
    # firms: in news of a province they are where their name says; in a town the wider name is only theirs
    ("湖南省复工加快。记者走进株洲红叶机械有限公司，公司复工后返岗员工312人。", "312人", "湖南省株洲市"),
    (
        "平远县大柘镇复工加快。该镇复工企业有梅州市红叶木业有限公司等，复工率达68%。",
        "68%",
        "广东省梅州市平远县大柘镇",
    ),
    # a zone that the text also spells out
    ("大亚湾经济技术开发区加快复工。大亚湾开发区规上企业复工41家。", "41家", "广东省惠州市大亚湾经济技术开发区"),
]


@pytest.mark.parametrize(("text", "number", "region"), REGIONS)
def test_region(text: str, number: str, region: str) -> None:
    assert read(text)[number].region == region


OUTLETS = [
    ("2020年2月18日《武义新闻》", "", "浙江省金华市武义县"),
    ("规上企业复工加快", "青岭航空经济区融媒体中心", "青岭航空经济区"),
]


@pytest.mark.parametrize(("title", "source", "region"), OUTLETS)
def test_region_of_outlet(title: str, source: str, region: str) -> None:
    text = "产品除在贵州本地供应外，还远销各地。截至2月17日，规上企业已复工52家。"
    assert read(text, title, source)["52家"].region == region


HOMES = [
    # an ordinary word is a place where the text says that it speaks of all of it
    ("台风过后，博爱全县抢修厂房。截至2月17日，规上企业已复工52家。", "", "河南省焦作市博爱县"),
    ("截至2月17日，全市规上企业已复工52家。", "文昌企业加快复工", "海南省文昌市"),
    ("连日来，公安部门加强巡查，全县规上企业已复工52家。", "", ""),
]


@pytest.mark.parametrize(("text", "title", "region"), HOMES)
def test_home_that_is_a_word(text: str, title: str, region: str) -> None:
    assert read(text, title)["52家"].region == region


GROUPS = [
    ("全市企业返岗率按行业从高到低为：塑料制品（93.2%）、五金机电（91.5%）。", "91.5%", "五金机电企业员工"),
    ("全县120家汽配批发和维修企业已全部复工。", "120家", "汽配批发和维修企业"),
    ("全县受灾企业陆续复工；35家蚕茧收购点，已复工25家。", "35家", "蚕茧收购点"),
    ("全省桥梁加固工程已复工46个项目。", "46个", "桥梁加固工程"),
    ("全市620家规上工业企业中，规上企业复工513家。", "513家", "规上工业企业"),
]


@pytest.mark.parametrize(("text", "number", "population"), GROUPS)
def test_population(text: str, number: str, population: str) -> None:
    assert read(text)[number].population == population


DAYS = [
    # the day on which a reporter was told, not that of a scene between
    (
        "2月18日，记者从市商务局获悉，全市商超已复工。\n2月17日，一家布店开门，12名员工到岗。\n全市商超复工88家。",
        "88家",
        "2020-02-18",
    ),
    # a day of one section of a digest is not that of the next
    (DIGEST, "96.5%", "2020-02-17"),
    (DIGEST, "74.2%", "2020-02-19"),
    # a bracket explains the day before it
    ("2月17日（正月廿三），全市规上企业复工率61%。", "61%", "2020-02-17"),
    ("截至昨天（2月17日），全县复工企业41家。\n目前，商贸企业复工12家。", "12家", "2020-02-17"),
    # 目前 after a day of events holds for its paragraph
    (
        "2月16日、17日，调研组到我市走访企业。\n目前，我市企业复工41家。其中，纺织企业复工12家。",
        "12家",
        "2020-02-19",
    ),
    # but not after a day on which the reporter was there
    (
        "2月18日下午，红叶工业园里叉车往来。园区主任告诉记者，复工企业有20家。\n目前，全县规上企业复工41家。",
        "41家",
        "2020-02-18",
    ),
]


@pytest.mark.parametrize(("text", "number", "day"), DAYS)
def test_day(text: str, number: str, day: str) -> None:
    assert str(read(text)[number].as_of) == day


def test_first_weeks_of_a_month_are_no_deadline() -> None:
    found = read("根据2月份前两周的数据，全市规上企业复工率恢复至71%。")
    assert str(found["71%"].status) == "actual"


def test_year_of_a_list_of_projects_is_no_deadline() -> None:
    found = read("全市2020年在建重点项目61个，已复工52个；2020年计划开工9个。")
    assert [str(found[number].status) for number in ("61个", "52个")] == ["actual", "actual"]
