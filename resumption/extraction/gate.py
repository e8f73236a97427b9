"""What an article and a sentence are about: figures that have nothing to do with resuming work get a named reason."""

from __future__ import annotations

from functools import cache

from resumption.extraction import lazy_re as re
from resumption.extraction.words import Is, Word
from resumption.lexicon.words import load_topic_words


@cache
def _topic() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, load_topic_words()), key=len, reverse=True)))


def is_about_resumption(title: str, text: str) -> bool:
    """True if the title or at least three places of the text speak of resuming work; two below a title on new works.

    >>> is_about_resumption("我市企业有序复工", ""), is_about_resumption("春季招聘会举行", "提供岗位4200个。")
    (True, False)
    """
    if _topic().search(title):
        return True
    enough = 2 if _BEGUN.search(title) and _is_not_all_new(text) else 3
    found, last = 0, -9
    for match in _topic().finditer(text):
        if match.start() > last:
            found += 1
            if found >= enough:
                return True
        last = match.end()
    return False


_BEGUN = re.compile(r"(?:项目|工程)[^，。；]{0,6}开工|开工(?:率|项目)|集中开工|新开工")
"""A title on works that begin: they are counted with those that go on again."""
CORE = Is.RESUME | Is.RETURN | Is.RATE
_SHORT_NAMES = "粤浙沪京苏鲁闽皖赣湘鄂豫冀晋陕川渝黔滇桂琼津辽吉疆藏厦深杭甬惠莞穗澳港"
VAGUE = frozenset(
    [
        "恢复",
        "开工",
        "运转",
        "运营",
        "开放",
        "开业",
        "开门",
        "重启",
        "上班",
        "作业",
        "现场",
        "到位",
        "在场",
        "启动",
        "返工",
        "开机",
        "营业",
        "营运",
        "达产",
        "投产",
        "开馆",
        "开园",
        "点火",
        "回来",
        *("返程", "报到", "集结", "归队", "值守", "在忙", "坐满了", "来上班", "进厂上班"),
        *("投运", "运作", "开动", "转动", "开转", "开了", "复运", "满负荷运行", "出货"),
        *("动起来", "热起来", "忙起来", "开起来"),
        *("投入运营", "投入建设", "投入施工", "恢复交易", "恢复服务", "恢复接待", "恢复运行", "恢复建设", "恢复开放"),
        *(head + tail for head in ("返", "已返") for tail in _SHORT_NAMES),
        "进场",
        *("上手", "上货", "亮灯", "供货", "发货", "出料", "投料", "接单", "接客", "就位", "归来", "归位", "忙碌"),
        *(
            "入企",
            "入厂",
            "入园",
            "叫回",
            "喊回",
            "回流",
            "转产",
            "试生产",
            "持续生产",
            "正常生产",
            "稳定生产",
            "加紧生产",
        ),
        *(
            "开车",
            "赶工",
            "跑起来",
            "热火朝天",
            "机器轰鸣",
            "复苏",
            "复习",
            "回暖",
            "走上正轨",
            "步入正轨",
            "生产正常",
            "经营正常",
        ),
    ]
)


_STOPPED = re.compile(
    r"节后|年后|春节|正月|元宵|灾后|灾情|台风|洪水|暴雨|洪涝|积水|过水|进水|受淹|地震|龙卷风|雪灾|冰灾|断电|停电|限电|限气|让电|让气|断气"
    r"|有序用电|错峰|轮停|停气|缺电|用电紧张|解封|封控|静默|静态管理|疫情|疫后|停产|停工|停业|停限产|歇业|关停|停摆|整顿|事故|复垦|罢工|重污染|预警解除|停了(?:整整|近|快|将近)?[一二两三四五六七八九十半几多0-9]"
)
"""What stops work: after such a word, 恢复 and 开门 speak of its resumption."""


def is_full_of_resumption(words: list[Word], text: str) -> bool:
    """True if three words of the text are of resuming work, whatever its event calls it (复电, 返厂率).

    Words that may mean something else (恢复, 开门, 进场) count where the text tells what had stopped work, and there
    four are asked for.
    """
    found = vague = 0
    for word in words:
        if word.flags & CORE and not word.flags & Is.OTHER_TOPIC:
            if text[word.start : word.end] in VAGUE:
                vague += 1
                continue
            found += 1
            if found >= 3:
                return True
    return found >= 2 and found + vague >= 5 and _STOPPED.search(text) is not None


_RATE_OF_PROJECTS = re.compile(r"(?:项目|工程|工地)[^。；\n]{0,40}?(?:复工率|开工率)(?:约为|达到|[为达约是])?[0-9]")


def states_rate_of_projects(text: str) -> bool:
    """True for 已动工项目21个，未开工项目9个，开工率70%: however short, the text measures the work on projects."""
    return "工率" in text and _is_not_all_new(text) and _RATE_OF_PROJECTS.search(text) is not None


_PLANTS = (
    "(?:高炉|焦炉|焦企|焦化|电弧炉|电炉|钢厂|钢企|钢铁企业|织机|织造|印染|喷水|加弹|熟料|水泥窑|纸机|装置"
    "|炼厂|地炼|氯碱|搅拌站|混凝土)"
)
_RATE_OF_PLANTS = re.compile(
    rf"{_PLANTS}[^。；\n]{{0,40}}?"
    r"(?:开工率|产能利用率|开机率|运转率|开窑率|开工负荷)[^。；，\n0-9]{0,4}[0-9]"
)
_OVERHAUL = re.compile(r"检修|复产|停产|停机|停窑|限产|限电|复工|节后|年后|春节|开工率")


_PLANT = re.compile(_PLANTS)
_RATES_OF_PLANTS = ("开工率", "产能利用率", "开机率", "运转率", "开窑率", "开工负荷")


def speaks_of_plants(text: str) -> bool:
    """True if the text has plants, a rate of theirs and what stops them: what `states_rate_of_plants` needs."""
    if not any(rate in text for rate in _RATES_OF_PLANTS):
        return False
    return _PLANT.search(text) is not None and _OVERHAUL.search(text) is not None


def states_rate_of_plants(text: str) -> bool:
    """True for the bulletins of a trade that tell how many of its furnaces or looms run: what of them stands still.

    >>> states_rate_of_plants("高炉36座检修，高炉产能利用率为47.5%。"), states_rate_of_plants("工业产能利用率为76.8%。")
    (True, False)
    """
    return _OVERHAUL.search(text) is not None and _RATE_OF_PLANTS.search(text) is not None


def _is_not_all_new(text: str) -> bool:
    """False for a report of new projects alone, of which none goes on again."""
    return any(word in text for word in ("复工", "复产", "续建", "未开工项目", "未开工的项目"))


_RIDES = ("专列", "专车", "包车", "专机", "包机", "直通车", "大巴", "中巴", "客车")
_RIDERS = ("务工", "员工", "工人", "职工", "工友", "农民工")
_FETCHED = re.compile(
    r"(?:登上|踏上|输转|接回|接走|接送|接来|接到|送走|送回|送往|输送|运送|载着|载有|搭载|搭乘|乘坐|坐上|坐|乘)[^。；\n]{0,24}?"
    r"(?:务工人员|务工者|务工群众|农民工|返工人员|员工|工人|职工|工友|专列|专车|包车|专机|包机|直通车|大巴)"
)
_TO_WORK = re.compile(r"返岗|返工|返厂|务工|上班|复工|回厂")


def speaks_of_rides(text: str) -> bool:
    """True if the text has workers and something that they may ride in: what `carries_workers` needs at the least."""
    return any(ride in text for ride in _RIDES) and any(rider in text for rider in _RIDERS)


def carries_workers(text: str) -> bool:
    """True if the text tells of workers who are fetched or carried to their work, whatever else it calls it.

    >>> carries_workers("务工者坐专列南下，送走1200多名务工人员去上班。"), carries_workers("旅客乘坐专列出游。")
    (True, False)
    """
    if not speaks_of_rides(text) or _FETCHED.search(text) is None:
        return False
    return len(_TO_WORK.findall(text)) > (1 if _NAMED_RIDE.search(text) else 2)


_NAMED_RIDE = re.compile(r"(?:务工|劳务|返岗|返厂|复工|送工|春风)[^，。；\n]{0,4}(?:专列|专车|包车|包机|大巴|直通车)")
"""劳务专列: a ride that only workers take."""


_BACK_TO_WORK = re.compile(
    r"[0-9][万千余多]?(?:家|户|处|座)[^，。；\n0-9]{0,12}?(?:已|均|都|全部|陆续|基本)?(?:恢复|重新|重启)(?:了)?(?:正常|满负荷|部分)?"
    r"(?:生产|营业|经营|开业|开门|班次|运转|运营|施工|开机|作业)"
    r"|(?:恢复|重新|重启)(?:正常|满负荷|部分)?(?:生产|营业|经营|开业|开门|运转|运营|施工|作业|发电|加工)(?:的)?(?:企业|商户)?(?:已有|只有|仅有|共有|有|共)?[0-9.]+[万千余多]?[家户处座]"
)
"""1063家恢复正常班次, 恢复生产2768家: so many are back at work, whatever the text calls it."""


_N = "[0-9一二两三四五六七八九十百千万零〇]"
_SO_MANY_OF = re.compile(
    rf"{_N}(?:多|余)?([家户座处])(?![次均])[^，。；\n0-9]{{0,10}}?(?:企业|厂|商户|店铺?|矿井?|窑|用户|门店|作坊)[^。；\n0-9]{{0,3}}?，?"
    rf"(?:昨天|今天|目前|现在|已经|已)?(?:恢复|重开|重启|复产|复工|开工|投产|开)(?:了|的有|的已有|起来)?(?:近|约|超过)?{_N}{{1,9}}(?:多|余)?\1"
)
"""532户停产企业恢复了418户, 三百二十七家厂，昨天开了三百零一家: firms and how many of them started again."""


def counts_those_back(text: str) -> bool:
    """True if the text tells what had stopped work, counts enterprises that are back, and speaks of it once more.

    >>> counts_those_back("限电放宽，63家恢复正常班次"), counts_those_back("限电放宽，63家恢复正常班次，9家恢复生产")
    (False, True)
    """
    if _STOPPED.search(text) is None:
        return False
    if _SO_MANY_OF.search(text):
        return True
    counted = _BACK_TO_WORK.search(text)
    if counted is None or _topic().search(text) is None:
        return False
    rest = text[: counted.start()] + text[counted.end() :]
    return _BACK_TO_WORK.search(rest) is not None or _topic().search(rest) is not None or rest.count("恢复") > 1


_RESTARTS = re.compile(
    rf"{_N}[多余]?[家户处座对][^，。；\n0-9]{{0,10}}?(?:开机|开车|点火|开炉|开窑|验收合格|开工|复工|开门|开了)"
    rf"|(?:产能|负荷|开机率|开工率)[^，。；\n0-9]{{0,10}}(?:恢复|回升|开)[^，。；\n0-9]{{0,4}}{_N}"
    rf"|(?:回来|回厂|返岗|到岗|上班|报到|开工|来)(?:了|的)?(?:有|是|已|约|近|大概){{0,2}}{_N}{{1,7}}[多余来几]{{0,1}}(?:人|名|个|家|户)(?!月|小时|多?小时|星期|礼拜)"
    rf"|{_N}家[^，。；\n0-9]{{0,4}}[中里]开了|开工率"
    r"|(?:恢复|重新)(?:生产|开工|营业|开业|点火|开机|送电|供气|运转)|合上(?:了)?(?:电)?闸|点(?:了|着|上)?火|复燃|重燃"
    r"|开(?:了|起来|了起来)?(?:机|窑|炉|闸)(?!会|动|器)"
)
"""326家验收合格, 重新点火, 合上电闸: what a story of a restart says, whatever it calls it."""


def tells_of_a_restart(text: str) -> bool:
    """True if three places of a text tell that machines, kilns or people are back.

    >>> tells_of_a_restart("窑火重燃。全厂回来263人，6家陶瓷厂点火，另一家重新点火。"), tells_of_a_restart("窑火重燃。")
    (True, False)
    """
    return len(_RESTARTS.findall(text)) > 2


def speaks_of_resumption(sentence: str) -> bool:
    """True if a sentence names the resumption of work itself."""
    return _topic().search(sentence) is not None or "恢复产能" in sentence or "恢复正常产能" in sentence


_BACK = re.compile(r"恢复|重新|重启|开门|开张|开工|上班|返回|到岗|在岗|回来|开车|点火|来了|启动|复")


def tells_of_resumption(paragraph: str) -> bool:
    """True if a paragraph names the resumption of work, or tells what had stopped and that something is back.

    >>> tells_of_resumption("停工的楼盘23个，19个重新施工。"), tells_of_resumption("一季度发放贷款21.8亿元。")
    (True, False)
    """
    if speaks_of_resumption(paragraph):
        return True
    return _STOPPED.search(paragraph) is not None and _BACK.search(paragraph) is not None


_LAST_YEAR = re.compile(r"(?:去年|上年|前年)同期[^。\n]*")


def without_last_year(text: str) -> str:
    """The text without what is told of the same time a year before: whoever stood still then is no news of today.

    >>> without_last_year("产能利用率76%。去年同期受疫情影响，企业停产较多。")
    '产能利用率76%。。'
    """
    return _LAST_YEAR.sub("", text) if "同期" in text else text


_WORK_AGAIN = "到岗|返岗|上班|回来|复工|复产|开工|开门|返厂|回厂|重新施工|恢复施工|恢复生产|恢复营业"
_COUNTED_BACK = re.compile(
    rf"(?:{_WORK_AGAIN})(?:了|的|的有|的已有)?[^，。；\n0-9]{{0,4}}[0-9]"
    rf"|[0-9][家户个处座人名](?![^，。；\n]{{0,6}}以)[^，。；\n0-9]{{0,8}}(?:{_WORK_AGAIN})"
    r"|(?:产能|负荷|产量|开工率|复工率)[^，。；\n0-9]{0,8}(?:恢复|回)[^，。；\n0-9]{0,8}[0-9]"
)


def counts_who_is_back(paragraph: str) -> bool:
    """True if a paragraph states a number of people or firms that are back at work: 开门31家, 12人返岗."""
    return _COUNTED_BACK.search(paragraph) is not None


def states_who_is_back(paragraph: str) -> bool:
    """True if a paragraph tells what stopped or resumed and states a number of those back: so it is about that.

    >>> states_who_is_back("停工楼盘23个，19个重新施工。"), states_who_is_back("停产整顿的煤矿须经验收。")
    (True, False)
    """
    tells = _topic().search(paragraph) or _STOPPED.search(paragraph)
    return tells is not None and counts_who_is_back(paragraph)


_SO_MANY_BACK = re.compile(
    rf"[家户个处座人名][^，。；\n]{{0,10}}?(?:恢复|重新|重启|{_WORK_AGAIN})|(?:恢复|{_WORK_AGAIN})[^，。；\n]{{0,8}}?[家户个处座人名成]"
    r"|(?:产能|负荷|产量)[^，。；\n]{0,16}?(?:恢复|回)"
)


def may_tell_of_resumption(text: str) -> bool:
    """False for a text of which no paragraph can tell of the resumption of work; the same without its ASCII characters.

    Beside a word of the topic itself a text needs something that stopped work, and so many that are back.

    >>> may_tell_of_resumption("进水的企业，七百零八家恢复。"), may_tell_of_resumption("停产两年后重启。")
    (True, False)
    """
    if speaks_of_resumption(text):
        return True
    return _STOPPED.search(text) is not None and _SO_MANY_BACK.search(text) is not None
