"""The words of the trade in plain sentences: each noun and each verb by itself, where two words may run into one.

`12家电子企业` was once read as 12 and 家电; a table of words beside a few frames finds such collisions.
"""

from __future__ import annotations

import pytest

from resumption import extract
from resumption.items import Article, Observation


def _words(text: str) -> list[str]:
    return text.split()


FIRMS = _words("""
汽车零部件企业 纺织企业 服装厂 化工企业 造纸企业 食品加工企业 电子厂 电子企业 电力企业
电商企业 电镀厂 家具厂 家电企业 乡镇企业 园区企业 建材企业 水泥厂 陶瓷厂 钢厂 铝厂 煤矿
露天煤矿 采石场 砖厂 药企 医疗器械企业 口罩企业 饲料企业 屠宰企业 农产品加工企业 合作社
养殖场 大型商超 超市 便利店 农贸市场 批发市场 餐饮店 酒店 民宿 理发店 药店 银行网点
加油站 物流企业 快递网点 外贸企业 外资企业 民营企业 央企 高新技术企业 专精特新企业 小微企业
个体工商户 商户 门店 旅行社 景区 电影院 健身房 培训机构 产业园 写字楼 商务楼宇 建筑企业
房企 汽车4S店 船厂 机械企业 光伏企业 印染企业 鞋企 五金企业 炼厂 焦化厂 水电站 酒企
扶贫车间
""")
WORKS = _words("""
重点项目 重大项目 在建项目 续建项目 市政工程 交通项目 水利工程 高速公路项目 铁路项目
化工项目 棚改项目 技改项目 产业项目 亿元以上项目 民生工程 建筑工地 保障房项目 省重点项目
能源项目 电网工程 园区项目
""")
VERBS = _words("""
复工 复产 开工 复工复产 恢复生产 恢复营业 复业 重新开业 恢复经营 恢复运营 恢复正常生产
恢复开放 开市 正常营业 有序复工 开足马力生产 恢复作业 正常运转 开机
""")
FRAMES = [
    ("全县35家{}已恢复生产。", "35家", "enterprises_resumed", FIRMS),
    ("截至3月1日，全县{}已复工35家。", "35家", "enterprises_resumed", FIRMS),
    ("全县{}复工率为85%。", "85%", "resumption_rate", FIRMS),
    ("全县86家{}中，35家已经复工。", "86家", "enterprises_total", FIRMS),
    ("全县三家{}已恢复生产。", "三家", "enterprises_resumed", FIRMS),
    ("全县35个{}已复工。", "35个", "projects_resumed", WORKS),
    ("全县三个{}已复工。", "三个", "projects_resumed", WORKS),
    ("全县{}复工率85%。", "85%", "project_resumption_rate", WORKS),
    ("全县35家规上企业已{}。", "35家", "enterprises_resumed", VERBS),
    ("全县规上企业已{}35家。", "35家", "enterprises_resumed", VERBS),
    ("全县已有九成规上企业{}。", "九成", "resumption_rate", VERBS),
    (
        "县里向复工企业选派{}320名。",
        "320名",
        "officers_assigned",
        _words("驻企指导员 驻厂员 联络员 特派员 机关干部 防疫指导员 助企专员 首席服务员 督导员 网格员"),
    ),
    (
        "专班为复工企业{}各类问题320个。",
        "320个",
        "issues_resolved",
        _words("解决 协调解决 办结 帮助解决 化解 破解 累计解决"),
    ),
    (
        "为复工企业发放{}3200张。",
        "3200张",
        "passes_issued",
        _words("通行证 复工证明 车辆通行证 电子通行证 健康证明 复工许可证"),
    ),
    (
        "为复工企业发放{}3200个。",
        "3200个",
        "supplies_issued",
        _words("口罩 医用口罩 防护服 额温枪 测温仪 护目镜 防护手套"),
    ),
    (
        "为企业复工发放{}3.2亿元。",
        "3.2亿元",
        "funds",
        _words("贷款 复工贷 流动资金贷款 低息贷款 扶持资金 稳岗补贴 奖补资金"),
    ),
    ("为复工企业{}3.2亿元。", "3.2亿元", "funds", _words("减税降费 减免租金 减免税费 缓缴社保费 延期还本付息 退税")),
    (
        "全县{}返岗务工人员3200人，助力企业复工。",
        "3200人",
        "workers_transported",
        _words("接回 运送 输送 接返 点对点输送 转运"),
    ),
    ("专班{}复工企业320家。", "320家", "enterprises_served", _words("走访 服务 帮扶 惠及 联系 对接 支持 指导")),
    ("全县{}违规复工企业32家。", "32家", "enterprises_sanctioned", _words("责令停产 关停 查封 责令整改 处罚")),
    (
        "企业复工，全县{}恢复到去年同期的85%。",
        "85%",
        "electricity_rate",
        _words("用电量 工业用电量 日用电量 全社会用电量 制造业用电量"),
    ),
    ("全县规上企业{}为85%。", "85%", "worker_return_rate", _words("返岗率 到岗率 复岗率 上岗率 员工到岗率 人员到位率")),
    ("全县商贸企业{}为85%。", "85%", "resumption_rate", _words("复工率 开工率 复业率 开业率 复市率 复工面 营业率")),
]


def by_number(text: str) -> dict[str, Observation]:
    article = Article(
        url="https://news.example/1", title="各地有序复工复产", text=text, published_at="2020-03-02T09:00:00+08:00"
    )
    return {o.number: o for o in extract(article)}


@pytest.mark.parametrize(("frame", "number", "indicator", "words"), FRAMES, ids=[frame for frame, *_ in FRAMES])
def test_every_word_in_the_frame(frame: str, number: str, indicator: str, words: list[str]) -> None:
    wrong = {}
    for word in words:
        found = by_number(frame.format(word)).get(number)
        if found is None or found.indicator != indicator:
            wrong[word] = found and found.indicator
    assert wrong == {}


@pytest.mark.parametrize("frame", [f for f, _, _, words in FRAMES[:5] if words is FIRMS])
def test_every_firm_is_the_group(frame: str) -> None:
    number = next(n for f, n, _, _ in FRAMES if f == frame)
    groups = {word: by_number(frame.format(word))[number].population for word in FIRMS}
    assert {word: group for word, group in groups.items() if group != word} == {}
