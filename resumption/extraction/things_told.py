"""Counts, times and money whose verb or noun no word list has, in phrases that say what they are.

当天办掉83件, 首批4.2万只, 替26家企业改签舱位. Asked last, for numbers that the rules of their kind know nothing of.
"""

from __future__ import annotations

from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.items import Unit

SETTLED = "<settled> <count>"
"""Problems that were solved, of which only the verb tells: 当天办掉83件."""
_FAR = 44
"""Code points before the number in which a phrase is looked for, within its line."""
_OPEN = frozenset(
    {
        "count of something else",
        "count without a role",
        "supplies nobody gave",
        "problems nobody solved",
        "machines",
        "roads, lines, homes or schools",
        "count about another subject",
        "duration",
        "money without a purpose",
    }
)
"""Reasons that say only that no rule knew the number."""
_OTHERS = re.compile(r"法院|开庭|学校|校园|卡点|网格员|限期整改|涉爆|立案|食堂|核酸采样点|消防救援|法律援助")
"""Courts, schools and check points: none of them is work that resumes."""
_ALL = frozenset({""})
"""Of times and money: nothing measures them."""
_PAPERS = frozenset("件个条起处项宗份次")
_SHEETS = frozenset("张份个枚本")
_FIRMS = frozenset("家户个")
_GOODS = frozenset("套台顶张只个桶箱份盒片包条吨瓶支件把间") | {"人份", "万份"}


class _Told(NamedTuple):
    indicator: str
    family: str
    rule: str
    measures: frozenset[str]
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None


def _told(indicator: str, family: str, rule: str, measures: frozenset[str], before: str, behind: str = "") -> _Told:
    return _Told(
        indicator,
        family,
        rule,
        measures,
        re.compile(before) if before else None,
        re.compile(behind) if behind else None,
    )


_PHRASES = (
    _told(
        "issues_resolved",
        "problem",
        SETTLED,
        _PAPERS,
        r"(?:办成(?:事情)?|办掉了?|办妥了?|已?了结(?:的有|了)?|销了|销号(?:各类隐患|隐患)?|改完|已?打通|协调通了|消缺|一天解难"
        r"|督促整改(?:安全|用电|各类)?隐患|排除(?:用电|安全|各类)?隐患|消除隐患|啃掉[^，。；0-9]{0,14}|调解(?:工程款|欠薪|工资)[^，。；0-9]{0,12}"
        r"|整改完毕|解决了|办了)$",
    ),
    _told("issues_resolved", "problem", "<hard things> <count>", _PAPERS, r"(?:断点|堵点|难题|难事)$"),
    _told(
        "passes_issued",
        "pass",
        "<pass> … <give> <count>",
        _SHEETS,
        r"(?:通行证|健康证明?|复工证|许可证|电子证|备案通知书|告知书|工作证|出入证|证)[^。；]{0,26}"
        r"(?:发了?|发出了?|发下来了?|拿到了?|批了|领了|办了|开了|核发|累计(?:是|领了)?|已发出|发放)$",
    ),
    _told(
        "passes_issued",
        "pass",
        "<give> <papers> <count>",
        _SHEETS,
        r"(?:核发|签发|制发|办理|发出)[^，。；0-9]{0,10}(?:通知书|告知书|申报码|通行码|许可证|备案书)$",
    ),
    _told("passes_issued", "pass", "<pass> <count>", _SHEETS, r"通行证$"),
    _told(
        "supplies_issued",
        "supply",
        "<bring> <supply> <count>",
        _GOODS,
        r"(?:调配|调来|调剂|架设|搭建|匀出|拉来|借来|捐来|送来|送去|投放企业|投放|分发|发放|配送|筹集|采购|团购)(?:了|的)?[^，。；0-9]{0,3}"
        r"(?:板房|帐篷|变压器|发电车|发电机|烘干设备|抽水泵|排水泵|防滑链|融雪剂|口罩|消毒液|额温枪|测温枪|泡腾片|抗原试剂|试剂|药品"
        r"|防疫包|暖心包|健康包|防护服|手套|酒精|消毒片)$",
    ),
    _told(
        "supplies_issued",
        "supply",
        "<supply> … <bring> <count>",
        _GOODS,
        r"(?:口罩|消毒液|试剂|药品|帐篷|板房|活动房|健康小包|防疫包)[^。；]{0,34}"
        r"(?:送来了?|送去了?|送了|发了|发完|配送|，首批|头一批|，合计|共计(?:近|约)?|调给企业)$",
    ),
    _told(
        "enterprises_served",
        "enterprise",
        "替 <count> <group>",
        _FIRMS,
        r"(?:替|帮|给|为|对)(?:像[^，。；0-9]{0,10}这样[^，。；0-9]{0,6}的|[^，。；0-9]{0,10}的|镇内|[\u4e00-\u9fff、]{2,8}[两三]镇的)?$",
        r"(?:多|余)?[\u4e00-\u9fff]{0,10}(?:企业|商户|经营户|工厂|店|厂|车间|网点|用户)",
    ),
    _told(
        "enterprises_served",
        "enterprise",
        "<loan> <count>，<money>",
        _FIRMS - {"个"},
        r"(?:银行|农商行|信用社|贷款?|复工贷|展期|放款|批下来?|授信|累计批下|续贷|免租|获贷)[^，。；0-9]{0,6}$",
        r"(?:展期|续贷|企业获|[、，](?:金额|合计|共|投放|[0-9])|获得贷款)",
    ),
    _told(
        "enterprises_served",
        "enterprise",
        "<restored to> <count>",
        _FIRMS - {"个"},
        r"(?:复电企业|已?恢复供[电水气]|恢复送电|已送电|送上电|已?清理|已鉴定|完成[^，。；0-9]{0,6}清淤的?|授信|已送到|已发到|分到|下达到|下到)$",
    ),
    _told(
        "enterprises_served",
        "enterprise",
        "<count> <get> <aid>",
        _FIRMS,
        "",
        r"(?:多|余)?(?:小微)?(?:企业|商户|经营户|个体工商户|市场主体|网点|车间|工厂)?[^，。；0-9]{0,8}"
        r"(?:获免租|获(?:得)?减免|获免|免除?租|获(?:得)?贷款?|办下了?[^，。；]{0,4}贷款?|拿到了?[^，。；]{0,6}(?:贷款|补助|补贴)|到账|领到|享受)",
    ),
    _told(
        "enterprises_total",
        "enterprise",
        "像这样的 <group>，全市有 <count>",
        frozenset("家户个处座"),
        r"像[^，。；0-9]{0,8}这?样的[^，。；0-9]{2,14}，[^，。；0-9]{0,8}(?:一共|共)?有$",
    ),
)
"""In order; measured on 1,300 annotated articles: 92 right, 8 wrong."""
_TIMES = (
    _told(
        "processing_time",
        "time",
        "从 <request> 到 <grant> <time>",
        _ALL,
        r"从[^，。；]{0,8}(?:申请|受理|申报|递|提交|报上|交上)[^，。；]{0,14}到[^，。；]{0,14}，?(?:最多|最快|最长|平均|一般|原则上|前后|通常)?"
        r"(?:平均)?(?:用时|只花了?|花了|用了|只用了?|不超过|不到|等|压缩到)?$",
    ),
    _told(
        "processing_time",
        "time",
        "<time> 内 <answer>",
        _ALL,
        "",
        r"(?:之|以)?内(?:必须|就能|就|要|即可|组织|一律|原则上|须)?(?:组织)?[^，。；]{0,4}"
        r"(?:派人|到场|到现场|有回音|回话|回音|反馈|答复|拿到手|拿到|放行|查看|上门|响应|给结果|出结果|核验)",
    ),
    _told(
        "processing_time", "time", "平均 <time> 一件", _ALL, r"平均(?:用时)?$", r"(?:一[件份个]|给答复|办结|就能|出证)"
    ),
    _told("processing_time", "time", "平均用时 <time>", _ALL, r"平均用时$"),
)
_MONEY = (
    _told(
        "funds",
        "money",
        "<relief>，合计 <money>",
        _ALL,
        r"(?:租金|房租|半月租|摊位费|物管费|贷款|补助|补贴|展期|续贷|还本付息|奖补|纾困资金|返还|免租|基本电费|水费|场租)[^。；]{0,30}"
        r"[，、](?:共减)?(?:合计|共计|共|一共|总计|涉及本金|金额|算下来(?:有)?|预计|减免额|首批|第一批|首笔|初步匡算|目前放出)(?:约|近|超)?$",
    ),
    _told(
        "funds",
        "money",
        "<bank> 投放 <money>",
        _ALL,
        r"(?:银行|农商行|信用社|大行|农信社|财政|国资)[^，。；0-9]{0,12}(?:投放|放了|放出|授信|批了|放了款，一共|挤出|减了|拿出)$",
    ),
    _told("funds", "money", "拿到 <money>", _ALL, r"(?:拿到|用上了|领到|已退|免了|减收|少收)了?$", r"(?!的?订单)"),
    _told(
        "funds",
        "money",
        "<deferral> <money>",
        _ALL,
        r"(?:减半收取|免收|减免|缓缴|缓征|延期还本|延期付息|留抵退税|兑现)[^，。；0-9]{0,10}$",
    ),
)
"""Times: 25 right, 2 wrong; money: 38 right, none wrong."""


def told_of_things(figure: Figure, text: str, state: State) -> bool:
    """Decide a number that no rule knew by the phrase around it; False if none says what it is."""
    if not state.strong or figure.reason not in _OPEN or figure.kind != "level":
        return False
    if figure.q.unit is Unit.COUNT and figure.q.value < 2:
        return False
    begin, measure = figure.q.begin, figure.q.classifier
    start = max(0, begin - _FAR)
    start = max(start, text.rfind("\n", start, begin) + 1)
    phrases = _TIMES if figure.q.unit is Unit.HOUR else _MONEY if figure.q.unit is Unit.CNY else _PHRASES
    known = [told for told in phrases if told.measures is _ALL or measure in told.measures]
    if not known or _OTHERS.search(text, start, figure.q.end + 4):
        return False
    for told in known:
        if told.before is not None and told.before.search(text, start, begin) is None:
            continue
        if told.behind is not None and told.behind.match(text, figure.q.end) is None:
            continue
        figure.family = told.family
        figure.accept(told.indicator, told.rule)
        return True
    return False
