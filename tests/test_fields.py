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


COUNTIES = (
    "浙江省丽水市项目复工加快，分县市情况如下：\n云和县实施重点项目21项，开复工13项。景宁县实施重点项目17项。"
    "截至目前，开复工12项，开复工率70.6%。缙云县实施重点项目26项。已复工企业9家。北山智造园区实施重点项目6项。"
    "截至目前，开复工5项。此外，组织返岗员工3100人。"
)

HOMES += [
    # what opens a sentence holds for the next one that says more of it, not for one that begins anew
    ("", COUNTIES, "12项", "浙江省丽水市景宁县"),
    ("", COUNTIES, "70.6%", "浙江省丽水市景宁县"),
    ("", COUNTIES, "9家", "浙江省丽水市缙云县"),
    ("", COUNTIES, "6项", "浙江省丽水市北山智造园区"),
    ("", COUNTIES, "5项", "浙江省丽水市北山智造园区"),
    ("", COUNTIES, "3100人", "浙江省丽水市"),
    # ministries; provinces over which a figure is spread; a report from all over the country
    ("", "3月1日，记者从财政部获悉，截至2月26日，在建的98项重点工程中，已有17个省份的61项工程复工。", "61项", "全国"),
    ("", "3月1日，记者从财政部门获悉，海宁市规上企业复工61家。", "61家", "浙江省嘉兴市海宁市"),
    ("16个省份企业复工", "国家有关部门介绍，扶贫企业复工率达到91%。", "91%", "全国"),
    (
        "",
        "这几天，各地企业加快复工。福建厦门的港口一片繁忙。\n贵州遵义酒企机器轰鸣。\n昨天下午，88名返岗员工乘专机飞抵宁波。",
        "88名",
        "浙江省宁波市",
    ),
    # 全国 that only says what a pass is, 我市 in a text whose title names the city
    (
        "全国统一式样通行证启用 泰州已发出8张",
        "3月1日起，江苏省启用全国统一式样的通行证，我市同步办理。目前已有复工企业83家。",
        "83家",
        "江苏省泰州市",
    ),
    ("", "湖北省黄石市复工加快。全市办理全国统一通行证，已有复工企业83家。", "83家", "湖北省黄石市"),
    # the place of names where nothing else says it
    ("", "贵州交建集团在建的31个高速公路项目已全部复工，员工已返岗。", "31个", "贵州省"),
    ("", "数据显示，国家电网泉州供电公司服务复工企业260家。", "260家", "福建省泉州市"),
    # a town that the title names, a community that the text opens with, a street that decides between counties
    ("金鸡岭镇：受灾企业加快复工", "金鸡岭镇组织力量清淤。金鸡岭镇有9家企业复工。", "9家", "金鸡岭镇"),
    ("", "北坪街社区的工作人员走访企业。北坪街社区已复工企业16家。", "16家", "北坪街社区"),
    ("", "市中区光明路街道抓复工，街道企业复工18家。", "18家", "山东省枣庄市市中区光明路街道"),
    ("", "广东省广州市海珠区抓复工，凤阳街道企业复工18家。", "18家", "广东省广州市海珠区凤阳街道"),
    # an area of a free trade zone by its fullest name
    (
        "自贸区厦门片区企业满产",
        "中国（福建）自贸试验区厦门片区加快复工，自贸区厦门片区外资企业复工率98%。",
        "98%",
        "中国（福建）自贸试验区厦门片区",
    ),
    # where a journey begins or ends inside the home, a station that one stands at
    ("四川农民工返岗", "2月19日，9辆大巴载着211名返岗务工人员从巴中市南江县汽车站驶出。", "211名", "巴中市南江县"),
    ("湖南职工返岗", "26日，包机载着120名返岗员工抵达长沙黄花机场。", "120名", "湖南省长沙市"),
    ("河北职工返岗", "26日，包车载着120名返岗员工抵达上海。", "120名", "河北省"),
    ("唐山：专车送返岗", "唐山市复工加快。3月1日，在滦南县客运中心，5辆专车整装待发。", "5辆", "唐山市滦南县"),
    # the place behind the figure's noun, the speaker behind a quotation
    ("", "山西省应急厅消息，9座煤矿尚未复工，其中两座煤矿位于阳泉市。", "两座", "山西省阳泉市"),
    (
        "贵州煤矿复工",
        "全省煤矿复工加快。\n“目前我矿共有76名员工返岗。”盘州市红叶煤矿矿长李某介绍。",
        "76名",
        "盘州市",
    ),
    # the same place twice before a semicolon; 总体 behind a list; where one met
    (
        "多地复工",
        "2月21日，国务院介绍复工情况。\n安徽省经信厅公布，截至2月20日，安徽规上企业复工1.2万家；返岗员工208万人。",
        "208万人",
        "安徽省",
    ),
    ("", "海南省复工加快。琼海、万宁、东方等地的项目加紧施工，目前总体复工率已达到71%。", "71%", "海南省"),
    ("", "4月8日，靖边县动员大会在靖边产业园举行。集中开复工项目41个。", "41个", "靖边县"),
    # examples: items of a list, those for whom it is done, one named beside all parts
    (
        "",
        "云南省项目复工加快。昆明红叶新材料基地、玉溪年产2万吨铜箔和曲靖硅片车间等7个项目完成投资。22个服务业项目已复工19个。",
        "19个",
        "云南省",
    ),
    ("", "广东省加强服务，为湛江、茂名、阳江等重点企业输送返岗员工3.1万人。", "3.1万人", "广东省"),
    ("", "陕西省市场监管局组织各市和西咸新区对12万户商户调查，复工率81%。", "81%", "陕西省"),
    ("", "山东省滨州市推进项目，纳入山东省省级重点项目36个已复工。", "36个", "山东省滨州市"),
    # a name that was still used in the year after its unit ended
    ("", "河北省邢台县规上企业复工31家。", "31家", "邢台县"),
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
    # names of officials, bridges, roads; verbs before a park, 今年镇里
    ("东莞市复工加快。市委书记徐建华透露，全市返岗员工201.3万人。", "201.3万人", "广东省东莞市"),
    ("四川省阿坝州项目复工。九若路黑河塘大桥等2个项目复工。", "2个", "四川省阿坝州"),
    ("武汉市项目复工。武汉江汉七桥复工，首批50多名工人返岗。", "50多名", "湖北省武汉市"),
    ("四川省雅安市石棉县复工加快；协调工业园区供电，复工企业38家。", "38家", "四川省雅安市石棉县"),
    ("浙江省义乌市复工加快。今年镇里组织复工企业15家。", "15家", "浙江省义乌市"),
    # a list without a place of its own, ends of a journey outside the home
    ("江西省上饶市返岗加快。由南昌开往上饶的专列运送返岗员工210人。", "210人", "江西省上饶市"),
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
    # 目前 behind the day on which it was said, and behind an event
    ("", "3月3日，市经信局称目前全市规上企业复工98家。", "98家", "2021-03-03"),
    ("", "3月3日，大会在县城举行。\n截至目前，全市规上企业复工98家。", "98家", "2021-03-05"),
    ("", "3月3日，工人在工地施工。\n据了解，全市重点项目复工210个。截至目前，返岗员工98人。", "210个", "2021-03-05"),
    # the same day said again; what 今天 is by a bracket; 截至 in a bracket of one figure
    ("", "3月2日，也就是复工次日，全市规上企业复工率98%。", "98%", "2021-03-02"),
    ("", "今天（3月4日）上午，大桥复工，今天到岗员工98人。", "98人", "2021-03-04"),
    ("", "近日，全市受灾企业复工1500家。\n其中城区复工886家（截至3月1日）。", "1500家", "2021-03-05"),
    # days by which it was done, a bulletin as follows, the first working day in other words
    ("", "调查显示，89%的企业在2月20日前复工，2月26日前复工的企业达95%。", "95%", "2021-02-26"),
    ("", "调查显示，89%的企业在2月20日前复工，2月26日前复工的企业达95%。", "89%", "2021-02-20"),
    ("", "协会每日调查企业，3月3日情况如下。\n目前有67%的企业已复工。", "67%", "2021-03-03"),
    ("", "春节过后的第一个工作日，全市规上企业复工98家。", "98家", "2021-02-18"),
    # the span of a lead holds on; one that is only a level to compare with does not
    (
        "",
        "3月1日，记者从市发改委获悉，1-2月份，全市新开复工项目84项。\n据了解，西部县项目开复工59项。",
        "59项",
        "2021-02-28",
    ),
    ("", "全市企业复工率回升至2月上旬水平，已有24家企业复工。", "24家", "2021-03-05"),
    # before the paragraph that names the day of an event
    ("", "近日，全市国企复工1200家。\n3月2日，市长到红叶公司调研。该公司返岗员工131人。", "1200家", "2021-03-05"),
    ("", "近日，全市国企复工1200家。\n3月2日，市长到红叶公司调研。该公司返岗员工131人。", "131人", "2021-03-02"),
    # an announcement some weeks back is still the day of what it says
    ("", "市扶贫办在2月15日发布消息。\n全市扶贫车间复工率95%。", "95%", "2021-02-15"),
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
    ("受调查的312家企业已复工，春节前总员工数2.1万人，返岗员工1.9万人。", "2.1万人", "企业员工"),
    ("广东以新电子有限公司复工，返岗员工2000人。", "2000人", "广东以新电子有限公司员工"),
]


@pytest.mark.parametrize(("text", "number", "population"), GROUPS)
def test_population(text: str, number: str, population: str) -> None:
    assert read(text)[number].population == population
