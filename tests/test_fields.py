"""Fields that no word beside the figure states: the home of a text, its day, the group of an item of a list."""

from __future__ import annotations

import pytest

from resumption import extract
from resumption.items import Article, Observation


def read(text: str, title: str = "", published: str | None = "2021-03-05T09:00:00+08:00") -> dict[str, Observation]:
    article = Article(url="", title=title, text=text, published_at=published)
    return {o.number: o for o in extract(article)}


HOMES = [
    # a word of the title that is a county elsewhere, and one that is the news
    ("水乡古城机器响了", "浙江省绍兴市2月18日通报：规上企业复工412户。", "412户", "浙江省绍兴市"),
    ("古城复工企业达九成", "云南省丽江市古城区发布：规上企业复工41户。", "41户", "云南省丽江市古城区"),
    ("三江口工地开工", "2月20日，福建省福州市工信局消息，企业复工310家。", "310家", "福建省福州市"),
    # a park in the title, its county in the text; and a park that the text keeps to
    (
        "暴雨过后，桐城工业园区加紧复工",
        "安徽省安庆市桐城市企业复工步子加快。截至3月2日，全市受灾企业86家，已复工51家。",
        "86家",
        "安徽省安庆市桐城市",
    ),
    (
        "桐城经开区企业全面复工",
        "桐城经开区管委会消息，企业加紧复工。桐城经开区返岗员工2100人。",
        "2100人",
        "桐城经开区",
    ),
    # a zone whose city nobody names, a town that only one county has
    (
        "",
        "经开区召开复工会议。经开区要求企业尽快复工。截至3月1日，经开区规上企业复工31户。",
        "31户",
        "经开区",
    ),
    ("", "走进楚米镇一家纸箱厂，工人正忙。全县规上企业复工58家。", "58家", "贵州省遵义市桐梓县"),
    # outlets by their name; the one that 全州 fits
    ("", "华龙网讯 全市规上企业复工2100家。", "2100家", "重庆市"),
    ("我州企业加快复工", "每日甘肃网讯 据民族日报报道，全州规上企业复工36户。", "36户", "甘肃省临夏州"),
    # a county's report in the paper of its city
    (
        "",
        "驻马店日报讯 我市开展服务日期间，遂平县一手抓防控、一手抓复工。全县规上企业复工64家。该县派出人员进厂。\n"
        "累计为企业协调口罩5万只。",
        "5万只",
        "河南省驻马店市遂平县",
    ),
    # natives, riders to a far end, what is left out, what superiors decide
    ("", "贵州人老杨昨天进了厂。浙江省温州市瑞安市企业复工加快，返岗员工1.2万人。", "1.2万人", "温州市瑞安市"),
    ("", "贵州省铜仁市石阡县组织返岗，“石阡——浙江”的专车载着70名务工人员出发返岗。", "70名", "铜仁市石阡县"),
    ("", "宁夏银川市复工加快。全市规上企业299户（不含宁东），已复工168户。", "168户", "银川市"),
    ("", "山东省烟台市招远市矿山复工。全市矿山企业提出申请23家，省里批准复工11家。", "11家", "烟台市招远市"),
    ("", "当天宁明县组织返岗务工人员168名乘车返岗复工。", "168名", "宁明县"),
    # towns: rows of figures, a counted list with one that no table has, a town that no row names
    ("浙江省乐清市", "乐清市企业复工加快。论复工率，柳市83%、北白象70%、虹桥65%。", "70%", "乐清市北白象镇"),
    ("盘州市", "盘州市煤矿复工。柏果、云脚、石桥三个产煤镇复工煤矿分别为9处、7处和6处。", "7处", "盘州市云脚镇"),
    # parts of a city or a province, names as the article has them, the zone that ends a list
    ("", "江苏省扬州市复工加快。主城区规上企业复工684家。", "684家", "江苏省扬州市主城区"),
    ("", "内蒙古自治区复工加快。东部盟市亿元以上项目复工225项。", "225项", "内蒙古自治区东部盟市"),
    ("", "呼和浩特市复工加快。土左旗已复工项目12项。", "12项", "呼和浩特市土左旗"),
    (
        "",
        "我盟重点项目复工加快。兴安盟复工率高的有突泉县、扎赉特旗和盟开发区，项目复工率分别达到88%、84%和83%。",
        "83%",
        "兴安盟开发区",
    ),
    ("", "全港持牌食店企业复工1.2万家。", "1.2万家", "香港特别行政区"),
    ("", "国网烟台供电公司数据显示，全市工业企业复工率92%。", "92%", "山东省烟台市"),
    (
        "",
        "山东省临沂市企业复工。临沂经开区重点企业复工207家。按规模分，规上企业复工121家。",
        "121家",
        "山东省临沂经开区",
    ),
    ("", "来自山东省菏泽市的专列载着1200名务工人员返岗。", "1200名", "山东省菏泽市"),
    ("", "浙江省舟山市自贸片区建设加快。郑州航空港规上企业复工98家。", "98家", "河南省郑州航空港"),
    ("", "全省除襄阳外规上企业复工98家。", "98家", "湖北省"),
    # 全市 is that of the city named last, in news of a province
    (
        "福建省各地加快复工",
        "24日，位于上杭的一家材料公司复工。\n漳州市工信局数据显示，全市复工企业1811家。",
        "1811家",
        "福建省漳州市",
    ),
]


@pytest.mark.parametrize(("title", "text", "number", "region"), HOMES)
def test_home(title: str, text: str, number: str, region: str) -> None:
    assert read(text, title)[number].region.endswith(region)


NOT_THERE = [
    # 人民, 人社 are no natives; a canal is no district; 全港口 is not 全港
    ("贵州省复工加快。贵州人社部门组织返岗员工1.2万人。", "1.2万人", "贵州省"),
    ("广西壮族自治区钦州市项目复工加快。平陆运河复工项目13个。", "13个", "广西壮族自治区钦州市"),
    ("山东省青岛市复工加快，全港口复工企业12家。", "12家", "山东省青岛市"),
    ("江苏省扬州市复工加快。企业分布在主城区。全市规上企业复工684家。", "684家", "江苏省扬州市"),
]


@pytest.mark.parametrize(("text", "number", "region"), NOT_THERE)
def test_no_such_place(text: str, number: str, region: str) -> None:
    assert read(text)[number].region == region


DAYS = [
    # spans of statistics, in the text and in the title
    ("", "1-2月份，全市开复工项目413个。全市重点项目复工率77%。", "77%", "2021-02-28"),
    ("", "前2个月，全市开复工项目413个。", "413个", "2021-02-28"),
    ("", "2020年前10个月，全市开复工项目413个。", "413个", "2020-10-31"),
    ("2021年1-2月全市重点项目进展情况", "全市重点项目开复工413个。", "413个", "2021-02-28"),
    # no statistic: what is hoped for the quarter, and 目前
    ("", "一季度“开门红”势头良好，全市复工企业98家。", "98家", "2021-03-05"),
    ("", "1-2月，全市用电增长。截至3月3日，复工企业98家。\n返岗员工1.2万人。", "1.2万人", "2021-03-03"),
    # the day of a bulletin that only its title has
    ("3月2日企业复工复产情况", "一、总体情况\n已复工企业4466家，复工率99%。", "4466家", "2021-03-02"),
    ("全县复工复产专报（3月3日）", "规上企业复工46家。", "46家", "2021-03-03"),
    ("3月2日企业复工复产情况", "截至3月1日，已复工企业4466家。", "4466家", "2021-03-01"),
    ("3月2日起企业可以复工", "已复工企业4466家。", "4466家", "2021-03-05"),
    # spoken days
    ("", "到二号，全县复工企业五十二家。", "五十二家", "2021-03-02"),
    ("", "全县二号楼复工企业五十二家。", "五十二家", "2021-03-05"),
    # this and next month, the eve of a holiday, a day still to come
    ("", "本月20日是关口，届时规上企业复工率要达到100%。", "100%", "2021-03-20"),
    ("", "力争国庆节前规上企业复工率达到95%。", "95%", "2021-09-30"),
    ("", "3月20日实现规上企业复工率100%。", "100%", "2021-03-20"),
    # weekdays, first working days, a month that is not over
    ("", "截至周三，全市规上企业复工98家。", "98家", "2021-03-03"),
    ("", "企业周三已全部开工，全市规上企业复工98家。", "98家", "2021-03-05"),
    ("", "节后首个工作日，全市规上企业复工98家。", "98家", "2021-02-18"),
    ("", "工地节后首日就开工，全市规上企业复工98家。", "98家", "2021-03-05"),
    ("", "截至3月，全市规上企业复工98家。", "98家", "2021-03-05"),
    # a day of last year by 去年; the day that one compares with
    ("", "全市复工企业93家。去年正月初八企业复工率仅23.5%。", "23.5%", "2020-02-01"),
    ("", "全区345家企业已复工，复工率71.0%，同去年正月十一相比低3.2个百分点。", "3.2个百分点", "2021-03-05"),
    # a day named on the way is not that of the report
    ("", "3月4日下午，副区长答记者问。\n“2月16日恢复堂食，到昨天已有商户1.2万户复工。”", "1.2万户", "2021-03-03"),
]


@pytest.mark.parametrize(("title", "text", "number", "day"), DAYS)
def test_day(title: str, text: str, number: str, day: str) -> None:
    assert str(read(text, title)[number].as_of) == day


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        ("南川区2026年“点对点”专车启程", "2月22日，全区规上企业复工31家。", "2026-02-22"),
        ("", "2022年计划项目200个。截至3月2日，全区规上企业复工31家。", "2022-03-02"),
        ("", "产能已达到2019年同期水平。截至3月2日，全区规上企业复工31家。", "None"),
    ],
)
def test_year_without_publication(title: str, text: str, day: str) -> None:
    assert str(read(text, title, published=None)["31家"].as_of) == day


TARGETS = [
    ("3月20日实现规上企业复工率100%。", "100%", "target"),
    ("截至3月4日，规上企业复工率100%。", "100%", "actual"),
    ("三、打算。3月底员工返岗率达到80%。", "80%", "target"),
]


@pytest.mark.parametrize(("text", "number", "status"), TARGETS)
def test_day_to_come_is_a_target(text: str, number: str, status: str) -> None:
    assert read(text)[number].status == status


GROUPS = [
    # firms of a row, and a row of groups
    (
        "省属企业全面复工。其中，北钢集团累计产铁30万吨，产能恢复62%；南铝公司生产铝锭2万吨，产能恢复81%。",
        "81%",
        "南铝公司",
    ),
    # what a group only does
    ("受灾规上工业企业已复工914户，还有472户没有复工。停产企业中已恢复生产294户。", "294户", "受灾规上工业企业"),
    ("全市复工商户300户。", "300户", "商户"),
    # items of columns and of a staff list
    ("分行业看，电子企业开工率98%、产能利用率87%；化工97%、81%；食品95%、79%。", "81%", "化工企业"),
    (
        "规上工业企业复工，在岗员工1.4万人，在岗率76%。其中乳制品4205人、纺织2960人、建材1738人。",
        "2960人",
        "纺织企业员工",
    ),
    ("规上工业企业复工，在岗员工1.4万人，其中本地9205人、外地2960人。", "2960人", "外地员工"),
    # people without a firm, until a firm is named
    ("全县组织返岗，已返岗外出务工人员2.1万人。返岗率达到92%。", "92%", "外出务工人员"),
    ("全县组织返岗，已返岗外出务工人员2.1万人。规上企业复工98家，返岗率达到92%。", "92%", "规上企业员工"),
    # shops by their last sign, the tail of a date, a firm whose name holds 以
    ("镇上复工加快，道具租赁铺开门347家。", "347家", "道具租赁铺"),
    ("受调查的312家企业已复工，春节前总员工数2.1万人，返岗员工1.9万人。", "2.1万人", "调查企业员工"),
    ("广东以新电子有限公司复工，返岗员工2000人。", "2000人", "广东以新电子有限公司员工"),
    # parts of a group: what follows them is of the whole, what parentheses name ends with them
    (
        "我市列入省级重点项目30项，新建项目12项，续建项目18项；总投资86亿元。截至目前共开复工21项。",
        "21项",
        "省级重点项目",
    ),
    ("全市亿元以上产业项目90个（新建52个、续建38个）。已复工61个，复工率68%。", "68%", "亿元以上产业项目"),
    ("全县重点工程70个，已开复工60个，其中扩建项目复工9个，新开工项目51个。", "9个", "重点扩建项目"),
    ("全区90家限上商贸企业复工，其中药店30家、宾馆12家，从业人员到岗2100人。", "2100人", "限上商贸企业从业人员"),
    # items of a list of works, without the noun that they share
    ("全旗计划实施重大项目60个，复工40个。\n生态修复12个，年度投资3亿元，复工7个，复工率58%；", "58%", "生态修复项目"),
    # what they only did; the group before that it means
    ("率先复产的限上零售企业有31家。", "31家", "限上零售企业"),
    ("全省3A级景区复工加快，已有86家3A级景区恢复开放。重新开放的景区中，淄博市9家。", "9家", "3A级景区"),
    ("全市应急停产的26家化工企业已复工24家。", "24家", "停产化工企业"),
    # whose rate in a row of rates; rates that go with the counts before them; what it is measured against
    ("全省规上纺织企业开工率和职工到岗率分别为97%、83%。", "97%", "规上纺织企业"),
    ("全省规上纺织企业开工率和职工到岗率分别为97%、83%。", "83%", "规上纺织企业职工"),
    ("全市复工书店41家、影院12家，营业率分别为96%、75%。", "75%", "影院"),
    ("外贸企业复工情况好于内贸企业，复工率92%。", "92%", "外贸企业"),
    # a firm by what only a firm has or does, in this sentence or in one before
    ("安丰食品作为该县较早复工的企业，目前已有210名员工返岗。", "210名", "安丰食品员工"),
    ("在高新区，长信光电的6条生产线全开，设备负责人介绍，公司1500人在岗。", "1500人", "长信光电员工"),
    ("博远制药是园区首批复工的企业。企业产能已恢复到疫情前的六成。", "六成", "博远制药"),
    ("当日，记者来到银鹭水产，目前该企业员工到岗率85%。", "85%", "银鹭水产员工"),
    (
        "机器停了又转，这是泸州市合江县立兴造纸有限公司的八月。\n她说，停电那阵子厂里只留36人值守，如今到岗员工410人。",
        "410人",
        "立兴造纸有限公司员工",
    ),
    (
        "企业加紧复工。“我们从6日开始复工，目前员工到岗率已达88%。”12日，南通利华制衣厂有限公司副总陈红介绍。",
        "88%",
        "南通利华制衣厂有限公司员工",
    ),
    ("去年底，江陵恒力已全面复工复产，410名员工到岗。", "410名", "恒力员工"),
    # a site: a bridge, a line, a project with a name of its own
    ("今天上午，黄石江湾大桥正式复工，首批上班的60多名工人正在架梁。", "60多名", "黄石江湾大桥工人"),
    ("沪宁沿江高铁常州段的4个标段9个工点已复工，1360人进场施工。", "1360人", "沪宁沿江高铁常州段员工"),
    ("中建承建的星海地下文化馆项目已于3月1日复工，项目现有工人220人，返岗率达80%。", "220人", "星海地下文化馆项目工人"),
    # who is carried
    ("全县组织返岗，首批专车送走860人。", "860人", "务工人员"),
    ("全县组织返岗，开行专车12趟，从昭通接回320人。", "320人", "员工"),
    ("全县务工人员返岗，园区企业包车9趟，接回210人。", "210人", "务工人员"),
    ("全县组织返岗，接回务工人员620人，其中省外310人。", "310人", "省外务工人员"),
    ("乡里180名脱贫返岗务工人员乘专车出发返岗。", "180名", "脱贫返岗务工人员"),
    # people within people, a firm that has staff, a subsidiary, money
    ("企业复工。返乡职工中，计划节后回厂上班的有3200人，预计返岗率91%。", "3200人", "返乡职工"),
    ("全市电气企业复工88家，企业节前有职工2.1万人，返岗1.9万人。", "2.1万人", "电气企业职工"),
    ("远大集团旗下8家子公司复工，3100名员工到岗。", "3100名", "远大集团子公司员工"),
    ("助力企业复工，6家银行已放贷9.3亿元。", "9.3亿元", "贷款"),
]


@pytest.mark.parametrize(("text", "number", "population"), GROUPS)
def test_population(text: str, number: str, population: str) -> None:
    assert read(text, "各地加快复工复产")[number].population == population


NOT_OF_THEM = [
    # an office, a department, a place, a crowd are no firm; a group is no site
    ("全市规上企业复工310家。市经信局有关负责人介绍，员工到岗2.6万人。", "2.6万人", "规上企业员工"),
    ("走进高新区，企业复工忙。规上企业复工310家，员工到岗2.6万人。", "2.6万人", "规上企业员工"),
    ("全市水利项目已全面复工，复工120个，到岗工人6300人。", "6300人", "水利项目工人"),
    ("走进恒达纺织有限公司，机器轰鸣。全市规上企业复工310家，员工到岗2.6万人。", "2.6万人", "规上企业员工"),
    # one part after 其中 keeps what follows; kinds without a whole are groups of their own
    ("全市已有2350家企业复工，其中外资企业复工235家，员工到岗率85%。", "85%", "外资企业员工"),
    ("全市续建项目复工189个，复工率91%。", "91%", "续建项目"),
    # what stood still is a name
    ("停产的规上企业已复工12家。", "12家", "停产的规上企业"),
]


@pytest.mark.parametrize(("text", "number", "population"), NOT_OF_THEM)
def test_population_of_others(text: str, number: str, population: str) -> None:
    assert read(text, "各地加快复工复产")[number].population == population
