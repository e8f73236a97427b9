"""Which rate a percentage is: named before it, a share of a count, repeated by a list, said by noun and verb."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.amounts import is_of_households
from resumption.extraction.figures import Figure
from resumption.extraction.rate_changes import changed_points, grown
from resumption.extraction.rate_names import named_rate, pointed_at, zipped_in_run, zipped_name
from resumption.extraction.rate_shares import share_of
from resumption.extraction.rate_thresholds import (
    OF_PLACES,
    bounds_a_count,
    is_bound_of_share,
    over_places,
    share_at_threshold,
)
from resumption.extraction.rate_verbs import (
    bare_recovery,
    bare_share,
    by_clause_before,
    by_verb,
    of_group,
    plant_load,
    subject_before,
)
from resumption.extraction.rates_told import SALES, is_of_sales, told_of_rates
from resumption.extraction.state import State
from resumption.extraction.words import NOUN, Is, Word
from resumption.items import Comparator, Unit

_NAMES = Is.RATE | Is.OTHER_RATE
OTHER_TIME_LEVEL = "level of another time"
OTHER_LIST = "list of another rate"


def decide_rate(figure: Figure, text: str, state: State) -> None:
    """Decide a percentage or a number of percentage points."""
    figure.family = "rate"
    code, rule, word = _rate(figure, text, state)
    if code:
        figure.accept(code, rule, word)
        figure.explicit = word is not None
    else:
        figure.reject(rule)


Decision = tuple[str, str, Word | None]
"""The indicator, the rule and the word that decided; "" and the reason if it is no rate."""


def _rate(figure: Figure, text: str, state: State) -> Decision:
    """What the clause names decides first, then what the figures before it leave open."""
    if _FROM.match(text, figure.q.end):
        return "", "where they come from", None
    if (code := pointed_at(figure, text, state)) is not None:
        return code, "这两个比例 <percent>", None
    name: Word | None = figure.last(_NAMES)
    if name is not None and (other := _other_name(figure, text, state, name)):
        return other
    if figure.q.unit is Unit.PERCENTAGE_POINT:
        return changed_points(figure, text, state, name)
    if bound := _bound(figure, text, state, name):
        return bound
    if name is not None:
        name = zipped_name(figure, text, state) or name
        return named_rate(name, figure, text, state), NAMED_RATE, name
    return _named_after(figure, text, state) or _unnamed(figure, text, state)


def _other_name(figure: Figure, text: str, state: State, name: Word) -> Decision | None:
    """入住率85%, households' 复电率: the name is that of another rate."""
    if name.flags & Is.OTHER_RATE and not name.flags & Is.RATE:
        return "", "rate of another subject", name
    if text[name.start : name.end] == "复电率" and not figure.spoken(state.sentence, Is.ENTERPRISE):
        return "", "power of households", name
    return None


def _bound(figure: Figure, text: str, state: State, name: Word | None) -> Decision | None:
    """超过90%的市, 每…, 不低于80%: the percentage is the bound of something, not its rate."""
    if _NOT_BACK.match(text, figure.q.end):
        return "", "share of those who are not back", None
    if _CRITERION.match(text, figure.q.end):
        return "", "criterion of who is back", None
    if over_places(figure, text) or OF_PLACES.match(text, figure.q.end):
        if name is not None:
            state.topic, state.topic_at = named_rate(name, figure, text, state), figure.q.start
        passed = figure.q.comparator is not Comparator.EQ
        return "", PASSED_BY_PLACES if passed else "threshold over places", None
    if name is None and (other := _unknown_subject(figure, text)):
        return other
    if _names_trouble(figure, text, state):
        return "", "share that says why", None
    if name is None and is_of_sales(figure, text):
        return "", SALES, None
    if name is None and _FELL.search(text, figure.clause_start, figure.q.begin):
        return "", "growth of another subject", None
    if name is None and _OF_PLAN.search(text, max(figure.left_start, figure.q.start - 16), figure.q.begin):
        return "", "share of a plan", None
    if figure.last(Is.EVERY) or (figure.last(Is.LIMIT) and name is None):
        return "", "rule or limit", None
    if _BAND.match(text, figure.q.end) and figure.index + 1 < len(state.sentence):
        return "", "threshold of a share", None
    if is_bound_of_share(figure, text, state):
        return "", "threshold of a share", None
    if _REWARDED.match(text, figure.q.end):
        return "", "condition of aid", None
    if is_of_another_time(figure, text) and _after_rate(figure, state):
        return "", OTHER_TIME_LEVEL, None
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is not None and before.reason == OTHER_TIME_LEVEL and text[before.q.end : figure.q.start] in ("、", "和"):
        return "", OTHER_TIME_LEVEL, None
    if name is not None and _FIRMS_NAMED.match(text, figure.q.end):
        return "", "bound of a list of names", name
    return None


_NOT_BACK = re.compile(
    r"(?:以上|左右|多)?的?(?:人|员工|工人|职工|外地人|工友)?[^，。；0-9]{0,12}(?:无复工|没有复工|未定复工|无返岗|没有返岗|未有复工|无开工|没有开工|回不来|来不了|没有?回来|没到岗|未到岗|未返岗|未返回|滞留|被困)"
)
"""还有60%的人在外地回不来."""
NAMED_RATE = "<rate> <percent>"
"""The name of a rate stands before the percentage."""
PASSED_BY_PLACES = "threshold that places passed"
"""18省份复工率超过50%: surely no rate of its own."""
_OF_STUFF = re.compile(r"(?:缺|短缺|涨|跌|亏|赚|贵|便宜|流失|报废)(?:了|掉)?(?:近|约|到|出)?$")
"""混凝土缺两成, 运价涨了三成: of goods and prices."""
_OF_REASON = re.compile(
    r"(?:反映|认为|归于|归因|归咎|抱怨|坦言|表示|提到|担心|受困于|受制于|苦于)[^，。；0-9]{1,20}(?:的(?:企业|商户|公司)?)(?:则|却|又|也)?"
    r"(?:由|从|占|有|为|达)(?![^，。；]{0,12}(?:复工|开工|返岗|到岗|产能))"
    r"|受到?(?:疫情|灾情|停电|限电|较大|严重|明显|一定|不同程度)?的?影响的(?:企业|商户|公司|厂家|门店)(?:约|大约)?(?:占|有|为|达)(?:到|了|比)?$"
)
"""把原因归于“工人回不来”的占31%, 反映订单不足的从12%爬到47%: how many firms name a trouble."""


_IS_WHY = re.compile(
    r"(?:以上|左右|多)?(?:的)?(?:企业|商户|店|厂)?(?:都|则)?(?:是|因|因为|由于|卡在|受制于)(?:因为|由于)?"
    r"(?:缺|没|等|招不|资金|原材料|原料|订单|工人|物流|设备|配件|用工|防护|房租)"
)
"""没开门的41家里，有一半是缺工."""
_TROUBLE = re.compile(r"(?:困难|难处|难题|瓶颈|原因|短板|制约因素|烦恼)[^。；]{0,40}$")


def _names_trouble(figure: Figure, text: str, state: State) -> bool:
    """排在困难首位的是“订单不足”，占61.2%，其次是缺人，占48.7%: of the firms that name it; so in a row of them."""
    if _OF_REASON.search(text, figure.clause_start, figure.q.begin) or _IS_WHY.match(text, figure.q.end):
        return True
    if figure.last(Is.RATE | Is.RESUME | Is.RETURN | Is.CAPACITY | Is.POWER) is not None:
        return False
    previous = state.sentence[figure.index - 1] if figure.index else None
    if previous is not None and previous.reason == "share that says why":
        return True
    begin = previous.q.end if previous is not None else state.sentence[0].clause_start
    return _TROUBLE.search(text, max(begin, figure.q.begin - 60), figure.q.begin) is not None


_OF_PLAN = re.compile(
    r"(?:完成|占|为)[^，。；0-9复开返到]{0,6}(?:目标任务|年度目标|目标|任务|计划)(?:总数|总量)?的(?:约|近|超)?$"
)
"""占全年计划的62%: how much of a plan is done, not how many work."""


def _unknown_subject(figure: Figure, text: str) -> Decision | None:
    """种子入户率, 到位率 of funds, a share of an investment: no rate of work, though no list names it."""
    if _unknown_rate(figure, text):
        return "", "rate of another subject", None
    if figure.left_has(Is.INVESTMENT) and not figure.left_has(Is.RESUME | Is.CAPACITY | Is.RETURN):
        return "", "share of an investment", None
    other = figure.last(Is.OTHER_TOPIC)
    if other is not None and text[other.start : other.end].endswith("到位"):
        return "", "rate of another subject", other
    return None


_BAND = re.compile(r"(?:以上|以下|之间|左右)?的(?:企业|商户|项目|公司|单位)?(?:约|仅|只|则|各)?占")
"""80%以上的企业占62.4%，50%—80%的占25.1%: bounds of what is counted."""
_REWARDED = re.compile(
    r"(?:以上|以下)?的(?:[\u4e00-\u9fff]{0,6}?(?:企业|项目|单位|商户))?，?[^，。；]{0,8}?(?:给予|予以奖|奖励|奖补|可享受|可获|可申请)"
)
"""复工率达到90%以上的企业给予5万元奖励."""
_LIKE_THEN = re.compile(
    r"相当于[^，。；0-9]{0,10}(?:同期|正常|平时|往年|节前)[^，。；0-9]{0,4}(?:[0-9.]{1,6}%[、和]){0,9}$"
)
"""返岗率31%，相当于去年同期的37%: no rate of its own."""


def is_of_another_time(figure: Figure, text: str) -> bool:
    """相当于去年同期的96%: a comparison, even in a row like that of the rates before."""
    return _LIKE_THEN.search(text, figure.clause_start, figure.q.begin) is not None


def _after_rate(figure: Figure, state: State) -> bool:
    before = [f for f in state.sentence[: figure.index] if f.indicator]
    return bool(before) and before[-1].indicator in ("worker_return_rate", "resumption_rate", "project_resumption_rate")


_FELL = re.compile(
    r"(?:销量|销售额|营业额|销售|营收|收入|订单|客流|业务量|交易量)[^，。；0-9]{0,8}?(?:下降|下跌|下滑|跌|降|减少|萎缩)(?:到|至|为)[^，。；0-9]{0,8}$"
)
"""销量下降到同期的25%: how bad it was."""
_HIGH = re.compile(r"(?:以上|左右|以下)?的(?:高|较高|高位|平均|总体|综合|稳定|整体){0,2}")
"""保持90%以上的高产能利用率."""
_AT_MOST = re.compile(r"[^，。；0-9]{0,8}为限")


def _named_after(figure: Figure, text: str, state: State) -> Decision | None:
    """95%的复工率, 以80%为标准, 95%、90% after two names: the name stands behind the figure or in a row."""
    after = next((w for w in figure.right[:2] if w.flags & Is.RATE or w.code == "capacity_rate"), None)
    if after is not None and _HIGH.fullmatch(text, figure.q.end, after.start):
        return named_rate(after, figure, text, state), "<percent> 的 <rate>", after
    if text.startswith(("为标准", "为复工标准", "为限"), figure.q.end) or _AT_MOST.match(text, figure.q.end):
        return "", "threshold of a definition", None
    if (found := share_at_threshold(figure, text, state)) is not None:
        return found
    if (zipped := zipped_in_run(figure, text, state)) is not None:
        return named_rate(zipped, figure, text, state), "<rate>、<rate> 分别 <percent>、<percent>", zipped
    return None


def _unnamed(figure: Figure, text: str, state: State) -> Decision:
    """A percentage without the name of a rate: of electricity, a whole, capacity, output, people, or of a verb."""
    if (listed := _list_of_another(figure, text, state)) is not None:
        return listed
    power = figure.last(Is.POWER)
    if power is not None and (found := _beside_power(figure, text, state, power)):
        return found
    if power is None and not figure.left_has(NOUN | Is.SHARE) and not _follows_money(figure, state):
        power = subject_before(figure, state, Is.POWER)
    if figure.kind == "change":
        return grown(figure, text, state, power)
    if bounds_a_count(figure, text, state):
        return "", "threshold of a count", None
    share = _word_of_share(figure, text, state)
    if found := _reached_power(figure, state, power, share):
        return found
    if share is not None:
        return share_of(figure, text, state, share)
    return (
        _reached_capacity(figure, text)
        or _reached_output(figure, state)
        or _normal_trade(figure, text, state)
        or _normal_staff(figure, text, state)
        or bare_recovery(figure, text, state)
        or bare_share(figure, text, state)
        or of_group(figure, text)
        or by_verb(figure, text, state)
        or by_clause_before(figure, text, state)
        or _listed(figure, text, state)
    )


def _follows_money(figure: Figure, state: State) -> bool:
    """税收5.11亿元、增长26.3%: the growth of the amount beside it, whatever the clause before was about."""
    before = state.sentence[figure.index - 1] if figure.index else None
    return before is not None and before.q.unit is Unit.CNY and figure.q.start - before.q.end <= 6


def _list_of_another(figure: Figure, text: str, state: State) -> Decision | None:
    """投资完成率依次是：运城13.4%、阳泉7.6%: what the colon opens, and the list goes on with."""
    before = state.sentence[figure.index - 1] if figure.index else None
    if figure.left_has(Is.RATE | Is.RESUME | Is.RETURN | Is.CAPACITY):
        return None
    if before is not None and before.reason == OTHER_LIST and text.startswith(("、", "，", "；"), before.q.end):
        return "", OTHER_LIST, None
    name = next((w for w in reversed(figure.earlier) if w.flags & _NAMES), None)
    if figure.opener == "：" and name is not None and not name.flags & Is.RATE and figure.clause_start - name.end <= 12:
        return "", OTHER_LIST, name
    return None


def _beside_power(figure: Figure, text: str, state: State, power: Word) -> Decision | None:
    """负荷率 of a plant is capacity; 清洁能源占用电量45% says nothing of work."""
    if text[power.start : power.end] == "负荷" and plant_load(figure, text, state):
        return "capacity_rate", "<load of a plant> <percent>", power
    if figure.left_has(Is.OTHER_TOPIC) or is_of_households(power, text):
        return "", "rate of another subject", None
    shared = any(w.flags & Is.SHARE and w.start < power.start for w in figure.left)
    return ("", "share of electricity", power) if shared and not figure.left_has(Is.NORMAL_LEVEL) else None


def _word_of_share(figure: Figure, text: str, state: State) -> Word | None:
    """占, 占比 before the figure; that of the figure before for 占总数的85%、员工的90%."""
    share = figure.last(Is.SHARE)
    if share is None and figure.index and text[figure.left_start : figure.q.start].strip("近约超过").endswith("的"):
        share = state.sentence[figure.index - 1].last(Is.SHARE)
        if share is None and text[figure.clause_start - 1] == "）":
            share = figure.spoken(state.sentence, Is.SHARE)
    return share


def _reached_power(figure: Figure, state: State, power: Word | None, share: Word | None) -> Decision | None:
    """用电量恢复到去年同期的92%."""
    before = state.roles.get("power")
    if not state.strong and (power is not None or before is not None):
        return "", "off topic", None
    if power is None and figure.last(Is.NORMAL_LEVEL) and not figure.left_has(NOUN):
        named = next((w for w in reversed(figure.earlier) if w.flags & NOUN), None)
        if named is not None and named.flags & Is.POWER and figure.clause_start - named.end <= 3:
            power = named  # 工业用电负荷呢，今早九点达到台风前的71.6%
    goes_on = share is None and before is not None and figure.last(Is.NORMAL_LEVEL | Is.ARRIVE)
    return ("electricity_rate", "<power> <reached> <percent>", power) if power is not None or goes_on else None


_TRANSPORT_POWER = re.compile(r"运力(?:已|基本|逐步)?(?:恢复|达到|回升|恢复到|恢复至)[^，。；0-9]{0,10}$")
_GROWS = re.compile(r"(?:提高|提升|增加|增长|扩大|扩充|翻|多出|新增)(?:了|约|近|超)?$")
"""产能将提高40%: growth, not how much of it runs."""


def _reached_capacity(figure: Figure, text: str) -> Decision | None:
    """产能恢复到85%, 85%的产能."""
    capacity = figure.last(Is.CAPACITY) or next(
        (w for w in figure.right if w.flags & Is.CAPACITY and w.start - figure.q.end <= 4), None
    )
    if capacity is None and (power := _TRANSPORT_POWER.search(text, figure.left_start, figure.q.begin)):
        return "capacity_rate", f"{power.group()[:2]} <reached> <percent>", None
    if capacity is None:
        return None
    if capacity.flags & Is.OUTPUT and not figure.last(Is.NORMAL_LEVEL):
        return "", "output without a normal level", capacity
    if _GROWS.search(text, capacity.end, figure.q.begin):
        return "", "growth of capacity", capacity
    return "capacity_rate", "<capacity> <reached> <percent>", capacity


def _reached_output(figure: Figure, state: State) -> Decision | None:
    """产值达到正常水平的八成."""
    output = figure.last(Is.OUTPUT)
    if output is None and figure.last(Is.NORMAL_LEVEL) and not figure.left_has(NOUN):
        # 整车日产量从800辆恢复到3100辆，达到正常水平的55%
        made = figure.spoken(state.sentence, Is.OUTPUT)
        output = made if made is not None and figure.q.start - made.end < 40 else None
    if output is None:
        return None
    if figure.last(Is.NORMAL_LEVEL) and state.strong:
        return "capacity_rate", "<output> <reached> <normal> <percent>", output
    return "", "share of output", None


_TRADE_OF_NORMAL = re.compile(
    r"(?:生产|产量|产出|经营|业务量?|出货量?|供应量?|供货量?|开单量|接单量)[^，。；0-9]{0,10}?(?:恢复|回升|达到|达|提升)(?:到|至)?[^，。；0-9]{0,4}?"
    r"(?:平时|平常|正常|往常|往年|(?:震|灾|疫|疫情|节|停工|停产|停电)前|去年同期|上年同期)[^，。；0-9]{0,4}?(?:约|近|超过?|将近|不到)?$"
)


def _normal_trade(figure: Figure, text: str, state: State) -> Decision | None:
    """生产只能恢复到平时的一半, 业务已恢复至去年同期40%: how much of the usual work is done."""
    if not state.strong or _TRADE_OF_NORMAL.search(text, figure.clause_start, figure.q.begin) is None:
        return None
    return "capacity_rate", "<trade> <reached> <normal> <percent>", None


_OF_NORMAL = re.compile(
    r"(?:所需|正常|节前|年前|往年|平时|疫情前|灾前|停产前|原先|台风前|爆炸前|事故前)[^，。产能值量]{0,8}的?$"
)
_OF_THE_STAFF = re.compile(
    r"，(?:约|已)?(?:达到?|占到?|相当于|恢复[到至])(?:员工|职工|用工)?(?:总数|总量|总人数)的?(?:约|近)?"
)
"""到岗3.58万人，达到总数的七成."""


def _normal_staff(figure: Figure, text: str, state: State) -> Decision | None:
    """用工达到正常水平的八成, 相当于年前员工的85%."""
    people = figure.last(Is.WORKER)
    at = figure.q.begin
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is not None and before.indicator == "workers_returned" and before.kind == "level" and state.strong:
        if _OF_THE_STAFF.fullmatch(text, before.q.end, at):
            return "worker_return_rate", "<returned>，达到 <all staff> 的 <percent>", None
        if people is None and before.clause >= figure.clause - 1 and _OF_NORMAL.search(text, figure.left_start, at):
            # 返岗的工人有560人，达到正常生产所需的90%
            return "worker_return_rate", "<returned>，<normal> <percent>", None
    if people is None or not state.strong:
        return None
    if figure.last(Is.NORMAL_LEVEL) or "相当于" in text[figure.clause_start : figure.q.start]:
        return "worker_return_rate", "<normal> <staff> <percent>", people
    return None


_FROM = re.compile(r"(?:以上|左右|多)?(?:（[^）\n]{1,10}）)?(?:都|均|由|源|产|出)?(?:来自|自于|出自|源于|产自|由)")
"""减速机80%来自甲公司: where something comes from."""
_RATE_WORD = re.compile(r"[\u4e00-\u9fff]{1,3}(?<![效频功税汇概])率(?=[\u4e00-\u9fff，：:（(0-9]{0,8}$)")
_OF_WORK = frozenset("复返岗工产开营业市到达能用机位")


_FIRMS_NAMED = re.compile(
    r"(?:以上)?的(?:重点|用工|规上){0,2}(?:企业|公司|项目)(?:分别)?(?:有|包括|为|是)(?![0-9一二三四五六七八九十近约超共])"
)
"""返岗率为100%的企业有甲公司、乙公司."""


def _unknown_rate(figure: Figure, text: str) -> bool:
    """种子入户率平均为36%: a rate that no word list knows, and not one of work."""
    found = _RATE_WORD.search(text, max(figure.left_start, figure.q.start - 16), figure.q.start)
    return found is not None and not _OF_WORK & set(found.group())


_NAME_ONLY = re.compile(r"[\u4e00-\u9fff]{2,6}(?:以|为|是|有)?")


_OF_GROUP = re.compile(
    r"(?:以上|左右|多)?的?(?:受访|被访|受调查|参与调查|样本|调查|被调查)?[\u4e00-\u9fff]{0,6}?(?:企业|公司|商家|商户|店铺|厂家|受访者|业者)(?![，。；、]|$)"
)
_OF_THINGS = re.compile(
    r"(?:以上|左右|多)?的(?!企业|公司|商家|商户|店铺|厂家|项目|工地|员工|职工|工人|人员|复|开|返|到岗|水平|比例|，|。)[\u4e00-\u9fff]{2}"
)
"""55%的产品用于出口."""
_VIEWED = re.compile(r"的?(?:情况|行业|领域|地区|区域|门类|企业类型)?(?:来看|看|方面|而言)")


def _of_its_noun(code: str, figure: Figure) -> str:
    """规上企业复工率达到100%，工地不低于95%: works have a rate of their own name."""
    noun = figure.last(Is.ENTERPRISE | Is.PROJECT)
    if code == "resumption_rate" and noun is not None and noun.flags & Is.PROJECT and not noun.flags & Is.ENTERPRISE:
        return "project_resumption_rate"
    return code


_CRITERION = re.compile(
    r"”?(?:以上)?”?的?(?:口径|标准(?!差)|作为[^，。；]{0,6}?(?:标准|口径|依据)|为(?:开工|复工|复产)?的?(?:标准|口径|准|依据)"
    r"|(?:视为|认定为|算作?|即为|即视为|就算)(?:已|企业|是)?(?:开工|复工|复产|恢复))"
)
"""用电量达到节前三成作为开工标准: who counts as back, not how far they are."""
ASKED_FOR = "how much a market is asked for"
_ASKED_FOR = re.compile(r"(?:热度|预订量?|预定量?|咨询量|搜索量|订房|询价)[^，。；0-9]{0,12}$")
"""酒店市场热度达到去年同期的19%."""
_VOLUME = re.compile(
    r"(?:排水|供汽|用汽|蒸汽|用水|发货|出货|到货|揽收|收寄|寄递|投递|处理|作业|装卸|吞吐|运输|货运|加工|屠宰|出库|入库|产)量(?:已|目前|已经|基本)?"
    r"(?:恢复|回升|达到?|回到|相当于|为|是)(?:到|至|了)?(?:了)?(?:疫情前|疫前|节前|灾前|震前|停产前|限电前|正常|去年同期|上年同期|平时|往年|往常)"
    r"(?:正常|同期)?(?:水平|业务量)?的(?:近|约|超过?)?$"
)
"""印染企业日排水量恢复到疫情前的八成五: how much goes through a works."""
_VISITORS = re.compile(r"(?:客流|人流|车流|入园|接待|上座)[^，。；0-9]{0,12}$")
_AS_MUCH_AS = re.compile(r"，(?:约|已|也)?(?:为|是|相当于|达到?|恢复[至到])[^，。；0-9]{0,10}$")


def _visitors(figure: Figure, text: str, state: State) -> bool:
    """客流恢复至疫情前的四成; 日均客流8.2万人次，为去年同期的五成."""
    at = figure.q.begin
    if _VISITORS.search(text, figure.left_start, at):
        return True
    before = state.sentence[figure.index - 1] if figure.index else None
    return (
        before is not None
        and not before.indicator
        and _AS_MUCH_AS.fullmatch(text, before.q.end, at) is not None
        and _VISITORS.search(text, before.left_start, before.q.begin) is not None
    )


_NORMALLY = re.compile(
    r"，(?:约|已|也|大致)?(?:为|是|相当于|达到?|恢复[至到])?(?:约)?(?:[上去]年(?:同期|同日)?|节前|年前|灾前|震前|疫情前|平时|常年|正常|往年)[^，。；0-9]{0,8}的(?:近|约)?$"
)


def _as_many_as(figure: Figure, text: str, state: State) -> bool:
    """在岗员工18.2万人，相当于去年同期的53.7%: of the people who were there then."""
    before = state.sentence[figure.index - 1] if figure.index else None
    return (
        before is not None
        and before.indicator == "workers_returned"
        and before.kind == "level"
        and _NORMALLY.fullmatch(text, before.q.end, figure.q.begin) is not None
    )


def _listed(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None]:
    """合肥为81.5%, 家电企业684家，70.9%: the rate named before, while the list goes on."""
    by_trade = next((w for w in figure.earlier if w.flags & Is.RESUME), None)
    if by_trade is not None and _VIEWED.match(text, by_trade.end) and state.strong:
        return "resumption_rate", "从 <resume> 的行业看，<percent>", by_trade
    wanted = (
        Is.RATE if text[figure.clause_start - 1 : figure.clause_start] == "：" else Is.RATE | Is.RETURN | Is.CAPACITY
    )
    topic = next((w for w in reversed(figure.earlier) if w.flags & wanted), None)  # 产能利用率回来得快：8月31日54%
    if topic is not None and (
        topic.flags & Is.RATE or text[topic.end : topic.end + 4].startswith(("情况", "看", "方面"))
    ):
        if topic.flags & Is.RATE:
            return named_rate(topic, figure, text, state, figure.earlier), "<rate> …，<percent>", topic
        return ("worker_return_rate" if topic.flags & Is.RETURN else "capacity_rate"), "从 <topic> 看，<percent>", topic
    if _OF_STUFF.search(text, figure.clause_start, figure.q.begin):
        return "", "share of something else", None
    if _ASKED_FOR.search(text, figure.clause_start, figure.q.begin):
        return "", ASKED_FOR, None
    if _visitors(figure, text, state):
        return "", "visitors", None
    if state.strong and _VOLUME.search(text, figure.clause_start, figure.q.begin):
        return "capacity_rate", "<volume> <reached> <normal> <percent>", None
    other = _OF_THINGS.match(text, figure.q.end) or _OF_GROUP.match(text, figure.q.end)
    told = [*figure.right, *(w for f in state.sentence[figure.index + 1 : figure.index + 2] for w in f.right)]
    if other and not any(w.flags & (Is.RESUME | Is.RETURN) for w in told):
        # 近七成受访企业订单正常: a share of them, and by_verb and of_group found no resumption in what it says.
        return "", "share of a group", None
    previous = state.roles.get("level rate")
    if previous is not None and figure.index - previous.index <= 20:
        return _of_its_noun(previous.indicator, figure), "<list> <percent>", None
    if state.topic and state.topic_at >= state.sentence[0].clause_start and not figure.left_has(NOUN):
        return state.topic, "<rate of the sentence> <percent>", None
    previous = _whole_of(figure, text, state) or state.paragraph_roles.get("level rate")
    if previous is not None and not figure.left_has(NOUN & ~Is.ENTERPRISE & ~Is.PROJECT & ~Is.WORKER):
        return previous.indicator, "<list of the paragraph> <percent>", None
    if state.topic and not figure.left_has(NOUN):
        return state.topic, "<rate of the paragraph> <percent>", None
    if _as_many_as(figure, text, state):
        return "worker_return_rate", "<returned>，相当于 <normal> 的 <percent>", None
    if (
        state.article_rate not in ("", "several")
        and not figure.left
        and state.strong
        and _NAME_ONLY.fullmatch(text[figure.clause_start : figure.q.start].strip())
        and figure.spoken(state.sentence, Is.SHARE) is None
    ):
        return state.article_rate, "<rate of the article> <percent>", None
    if (phrase := told_of_rates(figure, text, state)) is not None:
        return *phrase, None
    return "", "percentage without a rate", None


_VIEW = re.compile(
    r"(?:分|从|按)[^，。；\n]{1,10}(?:看|来看|来说)，[^，。；]{0,12}$|各(?:市州|县区|区县|县市|地市|市|县|区)(?:中|情况)?[，：][^，。；]{0,12}$"
)
"""分地区看，银川市85.1%: parts of a whole that stands before."""


def _whole_of(figure: Figure, text: str, state: State) -> Figure | None:
    """The rate whose parts follow: of several, the first that lies among them (复工率82.6%，到岗率72%。分地区看，…)."""
    if _VIEW.search(text, max(0, figure.q.begin - 26), figure.q.begin) is None:
        return None
    parts = [f.q.value for f in state.sentence[figure.index :] if f.q.unit is Unit.PERCENT]
    if len(parts) < 3:
        return None
    low, high = min(parts), max(parts)
    return next((f for f in state.paragraph_rates if low <= f.q.value <= high and not f.inside), None)
