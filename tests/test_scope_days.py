"""Days and places of stories: a dateline without a day of publication, the same event, plans of a year."""

from __future__ import annotations

import pytest

from resumption import extract
from resumption.items import Article, Observation


def read(text: str, title: str = "", published: str = "2020-02-19") -> dict[str, Observation]:
    stamp = f"{published}T09:00:00+08:00" if published else None
    return {o.number: o for o in extract(Article(url="", title=title, text=text, published_at=stamp))}


UNPUBLISHED = "兰州3月6日电 2021年立春后，榆中县企业复工加快。\n5日，榆中县举行春季项目集中开复工仪式。"
"""A report that states its year, and whose dateline is all that is known of its day of publication."""

DAYS = [
    # a dateline stands for an unknown day of publication, and days without a month count from it
    (UNPUBLISHED + "此次集中开复工项目61个。", "", "", "61个", "2021-03-05"),
    (UNPUBLISHED + "\n据了解，本次开复工项目61个，涉及三个行业。", "", "", "61个", "2021-03-05"),
    (UNPUBLISHED + "\n目前，全县规上企业复工58家。", "", "", "58家", "2021-03-06"),
    # days in a row and their figures behind more words
    (
        "11日、12日、13日，全县规上企业复工率依次为51.3%、64.6%、73.1%。",
        "企业复工",
        "2020-02-19",
        "64.6%",
        "2020-02-12",
    ),
    # the day of what stopped the work
    ("2月7日的特大暴雪造成全县停电，已恢复供电的企业复工86家。", "企业复工", "2020-02-19", "86家", "2020-02-19"),
    ("2月7日县里拉响停气红色警报后，全县企业复工86家。", "企业复工", "2020-02-19", "86家", "2020-02-19"),
    ("2月17日，全县企业复工86家。", "暴雪之后企业复工", "2020-02-19", "86家", "2020-02-17"),
    # what has gone on since a day
    ("2月3日县城实行封闭管理以来，为企业发放通行证86张。", "企业复工", "2020-02-19", "86张", "2020-02-19"),
    # up to an hour of the day before the paper's own, though a month before was told of last
    ("1月26日企业停工。\n到18日下午5时，街道商户开门120家。", "企业复工", "2020-02-19", "120家", "2020-02-18"),
    # a month to come in between says nothing of a bare day
    ("企业说4月的单子不能拖。\n截至17日，全县企业复工120家。", "企业复工", "2020-02-19", "120家", "2020-02-17"),
    # without its year the day stays unknown
    ("兰州3月6日电 榆中县规上企业复工58家。", "榆中企业复工", "", "58家", "None"),
    # an old report put on the net again: the text states the year
    ("截至2月24日，全市企业复工648家。2020年计划实施重点项目88个。", "亳州复工", "2022-10-05", "648家", "2020-02-24"),
    ("截至2月24日，全市企业复工648家。2020年计划实施重点项目88个。", "亳州复工", "2021-03-05", "648家", "2021-02-24"),
    # the day of a meeting whose spirit one follows
    ("落实2月10日全省复工会议精神，我市已复工企业88家。", "亳州复工", "2020-02-19", "88家", "2020-02-19"),
    # 如今 is no day that 当日 points to
    ("2月17日，一家工厂复工。如今价格平稳。\n截至当日17时，全县企业复工88家。", "", "2020-02-19", "88家", "2020-02-17"),
    # 目前 behind a story of yesterday
    ("昨天，商场150家店铺恢复营业。\n目前，全市29家超市恢复营业。", "涿州复市", "2020-02-19", "29家", "2020-02-19"),
    # a day said twice tells its year, and so does a year at the head of the text
    ("截至2月26日（正月十五），全市企业复工319户。", "雅安复工", "", "319户", "2021-02-26"),
    ("2011年全市共确定重点项目96个。截至6月30日，项目复工81个。", "项目复工", "", "81个", "2011-06-30"),
    # the day of the statement, not of what it is compared with, holds for the rest
    (
        "2月14日，全省企业开工率从正月初六的38.2%升到76.9%。\n化工企业开工率为84.3%。",
        "湖北企业开工",
        "2020-02-15",
        "84.3%",
        "2020-02-14",
    ),
    # yesterday at an hour is when somebody was there; a bare day, or an earlier one, is only when it happened
    ("2月18日上午，砖厂的窑重新点火。\n目前，全县规上企业复工26家。", "", "2020-02-19", "26家", "2020-02-18"),
    ("2月18日9时20分，砖厂的窑重新点火。\n目前，全县规上企业复工26家。", "", "2020-02-19", "26家", "2020-02-18"),
    ("2月18日，砖厂的窑重新点火。\n目前，全县规上企业复工26家。", "", "2020-02-19", "26家", "2020-02-19"),
    ("2月15日上午，砖厂的窑重新点火。\n目前，全县规上企业复工26家。", "", "2020-02-19", "26家", "2020-02-19"),
    # the day stands behind the figure
    ("首批100名务工人员已于2月14日抵达连江返岗。", "连江务工人员返岗", "2020-02-19", "100名", "2020-02-14"),
    # X时止, and the day of a table
    ("管委会2月18日对外公布，前一天20时止，园区企业开工9家。", "园区复工", "2020-02-19", "9家", "2020-02-17"),
    ("2月17日17时止，全市企业复工58家。\n返岗员工6200人。", "亳州复工", "2020-02-19", "6200人", "2020-02-17"),
    ("专班2月15日更新的复工台账显示，项目复工24个；工人到岗3670人。", "亳州复工", "2020-02-19", "3670人", "2020-02-15"),
    # plans of a year for works are due when it ends; coaches and workers are not
    ("今年全市计划推进开复工重点项目620个。", "亳州项目复工", "2020-02-19", "620个", "2020-12-31"),
    ("今年计划开行返岗专列26趟。", "亳州返岗专列", "2020-02-19", "26趟", "2020-02-19"),
]


@pytest.mark.parametrize(("text", "title", "published", "number", "day"), DAYS)
def test_day(text: str, title: str, published: str, number: str, day: str) -> None:
    assert str(read(text, title, published)[number].as_of) == day


def test_dateline_is_no_day_of_publication() -> None:
    found = read(UNPUBLISHED + "\n目前，全县规上企业复工58家。", published="")["58家"]
    assert (str(found.as_of_basis), found.as_of_text) == ("inherited", "3月6日")


def test_a_feast_that_comes_near_is_no_deadline() -> None:
    found = read("春节临近，全市仅43个项目复工，复工率12%。", "项目复工", "2022-01-26")
    assert {str(found[number].status) for number in ("43个", "12%")} == {"actual"}


REGIONS = [
    # who speaks for a place, and by name later on
    (
        "台州灾后企业复产发布会\n临海市副市长郑一鸣：全市受灾企业212家，178家恢复生产。\n天台县县长吴敏：我县复产企业63家。\n"
        "郑一鸣：我们发放贷款5.2亿元，派出干部130名。",
        "台州市企业复产",
        "130名",
        "浙江省台州市临海市",
    ),
    # a paragraph that opens with its place
    (
        "三省企业复工。\n湖北。省里调度，企业开工1021家。\n安徽。全省企业复工3307家，首批员工返岗8600人。",
        "化雪之后看企业复工",
        "8600人",
        "安徽省",
    ),
    # 天全县 only where it is no 昨天
    ("石棉县企业复产31家。昨天全县工业企业到岗员工820人。", "石棉复产", "820人", "四川省雅安市石棉县"),
    ("天全县企业复产31家，到岗员工820人。", "雅安企业复产", "820人", "四川省雅安市天全县"),
    # a short name that is a word, with the word for all of it
    ("武昌全区企业复工379家。", "武汉企业复工", "379家", "湖北省武汉市武昌区"),
    # kinds of zones
    ("福州台商投资区企业复工率为91%。目前投资区企业到岗员工820人。", "台企复工", "820人", "福建省福州台商投资区"),
    ("汕头华侨经济文化合作试验区复工企业12家。", "", "12家", "广东省汕头华侨经济文化合作试验区"),
    # a zone without a list, in a list of places
    ("砀山县应复工企业86家；青禾产业园应复工15家。", "宿州企业复工", "15家", "安徽省宿州市青禾产业园"),
    # the town named before
    ("稠江街道设了复工专班。\n现在，街道36家企业复工。", "义乌企业复工", "36家", "浙江省金华市义乌市稠江街道"),
    # a city's dateline in news of its prefecture
    ("康定6月3日讯 甘孜州今年有重点工程42项。前5月，工程复工35项。", "", "35项", "四川省甘孜州"),
    # the rest of a destination list
    ("达州客运站开往东莞、汕头、石狮等地的返岗专车日均发车12班次。", "达州返岗专车", "12班次", "四川省达州市"),
    # the street below the title's city, and the county that its own paper does not name
    ("连日来，东莞市南城街道企业复工。\n某公司返岗员工166名。", "东莞南城企业复工", "166名", "广东省东莞市南城街道"),
    ("我市企业复工568家，威海某重工公司已开工。\n港西镇派出驻厂员。", "企业复工", "568家", "山东省威海市荣成市"),
    # plates, orders, brackets
    ("漯河市复工。7辆浙江宁波牌照的客车接返岗员工。", "漯河返岗", "7辆", "河南省漯河市"),
    ("根据福州市复工工作部署，仓山区复工企业16家。", "福建企业复工", "16家", "福建省福州市仓山区"),
    ("河北省与277家（含湖北省100家）企业沟通，166家企业复工。", "河北企业复工", "166家", "河北省"),
    # examples of a size of projects
    ("铁西区某某工厂等100亿元以上项目复工3个。", "沈阳市项目复工", "3个", "辽宁省沈阳市"),
    # what the province keeps for itself
    ("开复工项目26个，其中沈阳市13个、大连市8个、省直5个。", "辽宁项目复工", "5个", "辽宁省"),
    # where people were sent; means are no things; kinds of all after the example of one place
    ("目前，孝感市已向广东、福建发送9趟专列，输送返岗人员7200余人。", "孝感务工人员返岗", "9趟", "湖北省孝感市"),
    ("毕节通过专列、包机等方式送出务工人员6200人。", "威海企业复工", "6200人", "贵州省毕节市"),
    (
        "河北省规上企业复工率75%。其中，邢台市复工率为89%。分规模看，大型企业复工率93%。",
        "邢台复工率居全省第二",
        "93%",
        "河北省",
    ),
    # 古城文创产业园 of Shenyang lies in no 古城区 of Lijiang
    ("沈阳市项目复工。古城文创产业园复工项目3个。", "沈阳市项目复工", "3个", "辽宁省沈阳市古城文创产业园"),
]


@pytest.mark.parametrize(("text", "title", "number", "region"), REGIONS)
def test_region(text: str, title: str, number: str, region: str) -> None:
    assert read(text, title)[number].region == region


GROUPS = [
    ("某某工厂项目、某某金融中心等100亿元以上项目复工3个。", "3个", "100亿元以上项目"),
    ("全市计划开复工的亿元以上项目有20个。", "20个", "亿元以上项目"),
]


@pytest.mark.parametrize(("text", "number", "population"), GROUPS)
def test_population(text: str, number: str, population: str) -> None:
    assert read(text, "沈阳市项目复工")[number].population == population


def test_speaker_in_a_line_of_its_own() -> None:
    text = "晶曜能源（义乌）有限公司已复工。\n浙江青禾化妆品有限公司总经理 傅某：\n目前员工返岗率达到91%。"
    assert read(text, "义乌企业复工")["91%"].population == "浙江青禾化妆品有限公司员工"


COMPARED = [
    # days in brackets that say when 上轮 and 灾前 were
    (
        "截至3月5日，调研工地开复工率46.9%，环比上轮（2月27日，正月十八）提升9.5个百分点，农历同比减少3.2个百分点。",
        "9.5个百分点",
        "2024-03-05",
    ),
    (
        "截至3月5日，调研工地开复工率46.9%，环比上轮（2月27日，正月十八）提升9.5个百分点，农历同比减少3.2个百分点。",
        "3.2个百分点",
        "2024-03-05",
    ),
    ("3月4日，企业复工用电2876万千瓦时，为灾前（2月16日）的71.8%。", "71.8%", "2024-03-04"),
    ("截至3月4日，企业复工率71.8%，较2月18日节后首个工作日提升34.5个百分点。", "34.5个百分点", "2024-03-04"),
    # when a part was told of is not the day of all
    ("截至3月4日企业复工情况公布。加上2月27日公布的第一批80家，全市1120家企业复工1030家。", "1030家", "2024-03-04"),
    # a month that one compares with does not give the days behind it their month
    ("3月2日通知放开，工厂复工用电9.2万千瓦时，相当于1月平日的77%。4日企业返岗员工320人。", "320人", "2024-03-04"),
    # a day after the one on which it began is one of the next month
    ("2月20日企业复工，到2日返岗工人340名。", "340名", "2024-03-02"),
]


@pytest.mark.parametrize(("text", "number", "day"), COMPARED)
def test_days_that_one_compares_with(text: str, number: str, day: str) -> None:
    article = Article(url="", title="企业复工复产", text=text, published_at="2024-03-06T09:00:00+08:00")
    found = {o.number: str(o.as_of) for o in extract(article)}
    assert found[number] == day
