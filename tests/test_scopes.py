"""What a figure inherits: place of its list, paragraph or outlet, day of its bulletin, group of its list."""

from __future__ import annotations

import pytest

from resumption import extract
from resumption.items import Article, Observation

PUBLISHED = "2020-02-19T09:00:00+08:00"


def read(text: str, title: str = "") -> dict[str, Observation]:
    article = Article(url="", title=title, text=text, published_at=PUBLISHED)
    return {o.number: o for o in extract(article)}


REGIONS = [
    ("衢州新闻网2月18日讯 截至2月17日，全市规上工业企业复工412家。", "412家", "浙江省衢州市"),
    ("《浦江新闻》\n浦江县广播电视台消息，我县规上企业已复工51家。", "51家", "浙江省金华市浦江县"),
    ("金华市各县区中，兰溪市复工90家，其中义乌全市规上企业复工301家。", "301家", "浙江省金华市义乌市"),
    ("截至2月18日，中西部18个省份扶贫车间复工1.1万个。", "1.1万个", "中西部18个省份"),
    ("金华市五县市中，婺城复工企业30家、永康复工企业41家、武义52家。", "52家", "浙江省金华市武义县"),
    (
        "浙江省金华市复工加快。在永康市一家门厂，机器声响成一片。该企业返岗员工312人。\n全市规上企业复工900家。",
        "312人",
        "浙江省金华市永康市",
    ),
    (
        "浙江省金华市复工加快。在永康市一家门厂，机器声响成一片。该企业返岗员工312人。\n全市规上企业复工900家。",
        "900家",
        "浙江省金华市",
    ),
    ("金华市企业复工加快，市里组织企业去贵州铜仁招工，开行返岗包车9辆，接回返岗员工230人。", "230人", "浙江省金华市"),
]


@pytest.mark.parametrize(("text", "number", "region"), REGIONS)
def test_region(text: str, number: str, region: str) -> None:
    assert read(text)[number].region == region


def test_province_keeps_its_name() -> None:
    assert read("截至2月17日，宁夏规上工业企业复工620家。")["620家"].region == "宁夏回族自治区"


DAYS = [
    ("2月15日，我市成立复工专班，现将2月18日复工复产情况通报如下。\n全市规上企业复工80家。", "80家", "2020-02-18"),
    ("全县餐饮企业复工率从2月8日的31.2%上升到17日的64.5%。", "64.5%", "2020-02-17"),
    ("截至2月18日，全县返岗员工1.5万人，较17日多1200人。", "1200人", "2020-02-18"),
    ("2月1日以来雨雪不断，截至16日12时，全县停产企业恢复生产35家。", "35家", "2020-02-16"),
    ("昨日，全市重点项目复工58个。\n截至2月10日，高新区规上企业复工19家。", "58个", "2020-02-18"),
]


@pytest.mark.parametrize(("text", "number", "day"), DAYS)
def test_day(text: str, number: str, day: str) -> None:
    assert str(read(text)[number].as_of) == day


GROUPS = [
    ("全县规上26户工业企业已复工21户。", "26户", "规上工业企业"),
    ("袜业、水晶、锁具三个行业复工率分别为71%、62%和55%。", "62%", "水晶企业"),
    ("分领域看，交通项目复工率92.3%，水利88.9%。", "88.9%", "水利项目"),
]


@pytest.mark.parametrize(("text", "number", "population"), GROUPS)
def test_population(text: str, number: str, population: str) -> None:
    assert read(text)[number].population == population
