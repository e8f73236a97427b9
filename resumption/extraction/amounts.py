"""Vehicles, passes, problems, supplies, times, electricity, output and posts: decided by unit and noun."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.count_guards import counts_matters
from resumption.extraction.fairs import AT_FAIR, is_at_fair, is_report_on_fair
from resumption.extraction.figure_runs import run_of
from resumption.extraction.figures import PASS_MEASURES, PLACE_MEASURES, PROBLEM_MEASURES, VEHICLE_MEASURES, Figure
from resumption.extraction.money import any_resumed
from resumption.extraction.nouns import right_noun
from resumption.extraction.periods import OF_PERIOD, is_of_period
from resumption.extraction.state import State
from resumption.extraction.words import NOUN, Is, Word
from resumption.items import Comparator, Unit

_GIVEN = Is.GIVE | Is.SOLVE | Is.SERVE | Is.APPROVE
_HANDLED = re.compile(r"(?:之内|以内|内)?[^，。；、]{0,6}")


_ANY_VEHICLE = frozenset(
    {"车辆", "货车", "客车", "列车", "航班", "动车", "卡车", "货运车辆", "运输车辆", "车队", "车次"}
)
_MOVED = Is.RUN | Is.CARRY | Is.GIVE | Is.RETURN


def decide_thing(figure: Figure, text: str, state: State) -> bool:
    """Decide a count that is not of enterprises, projects or people; False if it is none of these things."""
    q = figure.q
    noun = _thing(figure, text)
    measure = q.classifier
    listed = _listed_family(figure, state)
    if q.value == 1 and q.text[0] == "一" and text.startswith(measure, q.end):
        return _no(figure, "one after the other")  # 一趟趟专列
    if _is_ridden(figure, text, state):
        return _take(figure, "vehicles", "vehicle", "<ride> <count> <vehicle>", None, state)
    if (
        noun is not None
        and noun.flags & Is.VEHICLE
        and not noun.flags & (Is.PASS | Is.SUPPLY)
        and (measure in VEHICLE_MEASURES or measure in PLACE_MEASURES - {"座"} or measure == "台")
    ):
        return _vehicle(figure, text, state, noun)
    if noun is not None and noun.flags & Is.PASS and measure in PASS_MEASURES | PLACE_MEASURES | _PAPERS:
        if _TAKEN_BACK.search(text, figure.left_start, figure.q.begin):
            return _no(figure, TAKEN_BACK)
        return _take(figure, "passes_issued", "pass", "<pass> <count>", noun, state)
    if noun is not None and noun.flags & Is.PROBLEM and measure in PROBLEM_MEASURES:
        return _problem(figure, text, state, noun)
    if noun is not None and noun.flags & Is.SUPPLY and measure not in VEHICLE_MEASURES:
        if counts_matters(figure, text):
            return _no(figure, "count of something else")
        return _supply(figure, text, state, noun)
    if noun is not None and noun.flags & Is.JOB and measure in PLACE_MEASURES and text[noun.end - 1] in "位口":
        if is_at_fair(figure, text) and is_report_on_fair(text):
            return _no(figure, AT_FAIR)
        return _take(figure, "jobs_offered", "job", "<post> <count>", noun, state)
    if measure in VEHICLE_MEASURES - {"次", "部", "节"}:
        if state.strong and _COACH_BEHIND.match(text, q.end):
            return _take(figure, "vehicles", "vehicle", "<count> 的 <vehicle>", None, state)
        if q.value == 1 and q.text[0] == "一" and not figure.last(Is.RUN | Is.GIVE):
            return _no(figure, "one of something")
        other = figure.last(Is.OTHER_TOPIC)
        if other is not None and figure.q.begin - other.end <= 3:
            return _no(figure, "vehicles of another subject")
        carried = figure.last(Is.CARRY) or figure.first(Is.CARRY) or any(w.flags & Is.CARRY for w in figure.later)
        moved = measure.endswith("次") and figure.last(Is.RUN | Is.SOLVE | Is.GIVE)
        following = state.sentence[figure.index + 1] if figure.index + 1 < len(state.sentence) else None
        if following is not None and text[q.end : following.q.begin] == "、" and following.first(Is.VEHICLE | Is.CARRY):
            return _take(figure, "vehicles", "vehicle", "<list> <vehicles>", None, state)  # 6趟、约3100名工人乘专列
        carries = (
            carried or _CHARTERED.search(text, figure.left_start, figure.q.begin) or _carried_just_before(figure, state)
        )
        if listed == "vehicle" or carries or moved or figure.spoken(state.sentence, Is.VEHICLE):
            return _take(figure, "vehicles", "vehicle", "<list> <vehicles>", None, state)
        return _no(figure, "vehicles of another subject")
    if measure in _FILED and (filed := _filed(figure, text, state)):
        return filed
    if measure == "笔" and figure.last(Is.FUND) is not None:
        return _no(figure, LOANS)
    if measure in PASS_MEASURES and (
        listed == "pass" or (figure.last(Is.GIVE) and figure.spoken(state.sentence, Is.PASS))
    ):
        return _take(figure, "passes_issued", "pass", "<list> <passes>", None, state)
    if (
        listed == "supply"
        and measure not in {"个", "项"}
        and not figure.is_enterprise_count
        and (noun is None and not figure.left_has(Is.OTHER_TOPIC))
    ):
        return _take(figure, "supplies_issued", "supply", "<list> <supplies>", None, state)
    if listed == "problem" and measure in {"件", "条"}:
        return _problem(figure, text, state, None)
    if measure in PROBLEM_MEASURES | {"处", "宗", "桩"} and (solved := _solved(figure, text)):
        return _take(figure, "issues_resolved", "problem", "<solve> <unknown noun> <count>", solved, state)
    return False


TAKEN_BACK = "papers that were taken back"
_TAKEN_BACK = re.compile(r"(?:吊销|注销|暂扣|撤销|收缴|收回|作废|扣留)(?:了)?[^，。；0-9发]{0,12}$")
"""吊销安全生产许可证3个."""
_CHARTERED = re.compile(r"包[了下机车]?|包租了?|租用?了")


def _is_ridden(figure: Figure, text: str, state: State) -> bool:
    """搭乘4架包机, 派出8台车接回: 台 counts machines as well."""
    measure = figure.q.classifier
    if not state.strong or not _RIDDEN.match(text, figure.q.end) or measure not in (*VEHICLE_MEASURES, "台"):
        return False
    carries = measure != "台" or figure.first(Is.CARRY) is not None
    return carries and _RIDE.search(text, figure.left_start, figure.q.begin) is not None


_RIDE = re.compile(r"(?:搭乘|乘坐|分乘|包下|包租|租用|租下|调集|调派|调用|派出|安排|派|乘)(?:了|上)?$")
_RIDDEN = re.compile(r"(?:包机|专机|专列|专车|大巴车?|客车|包车|航班|列车|动车|车(?!间|床|辆段|位))")
_COACH_BEHIND = re.compile(r"[^，。；、0-9]{2,18}的(?:大巴车?|客车|专车|包车|专列)(?![司站])")
"""18辆贴着春风送岗红标的大巴: what the coaches look like stands between."""


def _carried_just_before(figure: Figure, state: State) -> bool:
    """输送务工人员3.1万余人，用车1058辆次: those who were carried are told right before."""
    before = state.sentence[figure.index - 1] if figure.index else None
    return before is not None and before.indicator == "workers_transported" and figure.clause - before.clause <= 1


_PAPERS = frozenset({"枚", "件", "块", "套", "批"})
_FILED = frozenset({"件", "份", "宗", "个", "条", "起", "件次", "笔"})
LOANS = "loans by their number"
"""发放贷款16850笔: their money is the figure."""


def _filed(figure: Figure, text: str, state: State) -> bool:
    """受理申请726件，核准583件; 已办结1763件: counted by their papers."""
    if not state.strong or right_noun(figure, text) is not None:
        return False
    last = next((w for w in reversed(figure.left) if not w.flags & (Is.ARRIVE | Is.CUMULATIVE | Is.AT_LEAST)), None)
    if last is None or text[last.end : figure.q.start].strip("了共已达约近超各类") != "":
        return False
    word = text[last.start : last.end]
    if figure.q.classifier in ("件", "份", "宗", "笔") and (word.endswith("申请") or word == "受理"):
        figure.family = "enterprise"
        figure.accept("enterprises_requesting", "<request> <papers>", last)
        return True
    previous = state.sentence[figure.index - 1] if figure.index else None
    if last.flags & Is.APPROVE and previous is not None and previous.indicator == "enterprises_requesting":
        figure.family = "enterprise"
        figure.accept("enterprises_approved", "<approve> <papers>", last)
        return True
    if last.flags & Is.SOLVE and word not in ("收集", "征集", "梳理", "收到", "受理", "协调", "处理"):
        return _take(figure, "issues_resolved", "problem", "<solve> <papers>", last, state)
    return False


_SOLVED = ("解决", "化解", "排除", "消除", "销号", "办结", "破解", "打通", "疏通", "办妥", "立行立改")


def _solved(figure: Figure, text: str) -> Word | None:
    """解决电能质量问题268宗, 办结企业所求134件: solved, whatever name the problems have."""
    verb = next((w for w in reversed(figure.left) if w.flags & Is.SOLVE), None)
    if verb is None or (not text.startswith(_SOLVED, verb.start) and not text[verb.start : verb.end].endswith(_SOLVED)):
        return None
    if text.startswith(("方案", "办法", "途径"), verb.end):
        return None
    between = [w for w in figure.left if w.start >= verb.end and w.flags & (NOUN | Is.OTHER_TOPIC)]
    if figure.q.start - verb.end > 14 or any(not w.flags & (Is.PROBLEM | Is.ENTERPRISE | Is.WORKER) for w in between):
        return None
    return verb if right_noun(figure, text) is None else None


def _thing(figure: Figure, text: str) -> Word | None:
    right = right_noun(figure, text)
    if right is not None:
        return right
    return figure.last(NOUN)


def _listed_family(figure: Figure, state: State) -> str:
    """Family of the figure just before, if only 、 or ， stands between."""
    for other in reversed(state.sentence[: figure.index]):
        if figure.clause - other.clause <= 1:
            return other.family if other.indicator else ""
        break
    return ""


def _no(figure: Figure, reason: str) -> bool:
    figure.reject(reason)
    return True


def _take(figure: Figure, code: str, family: str, rule: str, word: Word | None, state: State) -> bool:
    figure.family = family
    if not state.strong:
        return _no(figure, "off topic")
    if figure.last(Is.EVERY) or figure.last(Is.LIMIT):
        return _no(figure, "rule or limit")
    figure.accept(code, rule, word)
    figure.explicit = word is not None
    return True


_STOPPED_VEHICLES = re.compile(
    r"(?:检查|查验|登记|劝返|劝离|检测|消毒|消杀|核查|拦停|排查|查处|查扣|过往|过境|进出|往来)[^，。；0-9]{0,10}(?:车辆|货车|客车|汽车|车)$"
)
"""检查过往车辆18.6万辆次: traffic at a checkpoint."""


def _vehicle(figure: Figure, text: str, state: State, noun: Word) -> bool:
    other = figure.last(Is.OTHER_TOPIC)
    if (other is not None and other.start < noun.start) or _CONTAINERS.match(text, figure.q.end):
        return _no(figure, "vehicles of another subject")
    if _STOPPED_VEHICLES.search(text, figure.left_start, figure.q.begin):
        return _no(figure, "vehicles of another subject")
    generic = text[noun.start : noun.end] in _ANY_VEHICLE
    if generic and figure.spoken(state.sentence, _MOVED) is None and figure.first(_MOVED) is None:
        return _no(figure, "vehicles of another subject")
    return _take(figure, "vehicles", "vehicle", "<vehicle> <count>", noun, state)


def _problem(figure: Figure, text: str, state: State, noun: Word | None) -> bool:
    verb = figure.last(Is.SOLVE) or figure.first(Is.SOLVE)
    if verb is None and state.roles.get("problem") is None:
        return _no(figure, "problems nobody solved")
    word = text[verb.start : verb.end] if verb is not None else ""
    if word in ("收集", "征集", "梳理", "收到", "受理"):
        figure.optional = True
    beside = (
        noun is not None and noun.start - figure.q.end in (0, 1) and verb is not None and verb.start < figure.q.begin
    )
    rule = SOLVED if beside and not figure.optional else "<solve> <problem> <count>"
    return _take(figure, "issues_resolved", "problem", rule, noun or verb, state)


SOLVED = "<solve> <count> <problem>"
"""协调解决了37个问题: nothing is left to doubt."""


def _supply(figure: Figure, text: str, state: State, noun: Word) -> bool:
    around = state.sentence[0].clause_start, min(len(text), figure.q.end + 40)
    if _TO_HOSPITALS.search(text, *around) and not _TO_FIRMS.search(text, *around):
        return _no(figure, "supplies of the epidemic's front")
    if _NEEDED.search(text, figure.clause_start, figure.q.begin):
        return _no(figure, NEEDED_SUPPLIES)
    if _MADE_FOR_ALL.search(text, max(state.sentence[0].clause_start, figure.q.begin - 40), figure.q.begin):
        return _no(figure, MADE_SUPPLIES)
    verb = figure.first(_GIVEN) or figure.spoken(state.sentence, _GIVEN)
    given = noun.start > figure.left_start and text[noun.start - 1] in "配送发拨调供捐运"
    given = given or _THIS_LOT.search(text, max(0, figure.q.begin - 40), figure.q.begin) is not None
    if verb is None and not given and state.roles.get("supply") is None:
        return _no(figure, "supplies nobody gave")
    return _take(figure, "supplies_issued", "supply", "<give> <supply> <count>", noun, state)


_THIS_LOT = re.compile(
    r"(?:[这此该本首]|第[一二三四五六七八九十])批[^，。；]{0,6}物资(?:共?有|为|是|包括|包含|含)[^。；]{0,30}$"
)
"""这批物资有口罩3200个、额温枪90把: what was told to be given before."""
_MADE_FOR_ALL = re.compile(r"(?:累计|日均?|已|共)?(?:生产供应|产销|生产保供)[^。；]{0,36}$")
"""企业累计生产供应消毒液420吨: what the firms made themselves."""
MADE_SUPPLIES = "supplies that firms made"
NEEDED_SUPPLIES = "supplies that are needed"
_NEEDED = re.compile(
    r"(?:日|每天|每日|每月|月|周|每周|共|总)均?(?:需求?|消耗|耗用)(?:量)?(?:各类|医用|防护){0,2}[^，。；0-9发]{0,8}$"
    r"|(?:目前|现|仍|还|尚)?(?:缺口|短缺|紧缺)(?:约|达|为|近){0,2}$"
)
"""企业日需口罩2.1万只，缺口1.3万只: what nobody has given."""
_TO_HOSPITALS = re.compile(r"医院|一线|捐赠|捐献|驰援|医疗队|全球调配|全球采购|疫区|定点收治|方舱|抗疫物资")
"""运回防护服86万件, 绝大部分已运抵防控一线: not for firms."""
_TO_FIRMS = re.compile(
    r"(?:向|给|为|发放到|送到)[^，。；]{0,14}?(?:企业|工厂|公司|厂|商户|员工|职工|工人|店|工地)|(?:企业|工厂|公司)(?:发放|配发|供应)"
)
_CONTAINERS = re.compile(r"(?:多|余)?个?(?:标准)?(?:集装箱|标箱|车厢|货柜)")
_SHORTENED = re.compile(
    r"(?:审批|申报|申请|办理|办证|受理|核查|出证|放款|审核)[^。；]{0,20}(?:压到|压至|压缩到|压缩至|缩到|缩至|缩短到|缩短至|只用|仅用|只需|仅需|只要)了?(?:不到)?$"
)
_THEN = re.compile(
    r"[^。；0-9]{0,12}，(?:一般|通常|最慢|最快|最长|平均|最多|也|都){0,3}(?:不超过|不到|不超|只要|只需|约|为)?"
)
_HANDLING_TIME = re.compile(
    r"(?:审批|审核|办理|办结|响应|核发|办证|出证|发证|受理|放款|批复|核查)(?:的)?(?:时间|时限|用时)?(?:平均|一般|已|只)?"
    r"(?:为|约|不到|不超过|只需|仅需|只要|控制在|压缩至|压缩到|缩短至|缩短到|缩至|压到)?$"
)

_TIME_OF_HANDLING = re.compile(r"(?:缩短|压缩|提速)(?:至|到|为)$|(?:审批|审核|办理|办结|受理)(?:时间|时限)[^，]{0,6}$")


_JOURNEY = re.compile(r"(?:路程|车程|行程|航程|里程|旅程|旅行时间|通行时间|运行时间)[^，。；]{0,24}$")
"""路程由7个小时缩短至3个小时."""


_ALWAYS_OPEN = re.compile(r"(?:不间断|不打烊|全天|在线)?(?:受理|值守|值班|接听|在线|服务|待命)(?=[，。；、）]|$)")
"""热线24小时受理: somebody answers all day; how long an answer takes is not said."""
_DONE_IN_TIME = re.compile(
    r"[内里]?(?:就|共|已|便)?[\u4e00-\u9fff]{2,4}了[0-9]|(?:就|共|已)?[\u4e00-\u9fff、]{2,22}?[0-9][0-9.,]*万?(?:余|多)?[件个条笔项户家宗起](?!工作)"
)
"""7天备案了862家, 两天收集诉求188件: how much was done in that time."""
_FIRST_DAYS = re.compile(r"(?:前|头|节后|最近|近|过去|这)$")
"""前三天, 节后七天: a stretch of days."""


def decide_hours(figure: Figure, text: str, state: State) -> None:
    """Decide a length of time: only the time in which a request is handled counts."""
    figure.family = "time"
    q = figure.q
    verb = next((w for w in figure.right if w.flags & (Is.HANDLE | Is.SOLVE | Is.APPROVE | Is.GIVE)), None)
    last = state.roles.get("time")
    if (
        last is not None
        and last.indicator
        and figure.index - last.index == 1
        and _THEN.fullmatch(text, last.q.end, q.start)
    ):
        figure.accept("processing_time", "<list> <hours>")
        return
    before = text[max(figure.left_start, q.start - 16) : q.start]
    if state.strong and _HANDLING_TIME.search(before):
        figure.accept("processing_time", "<handling> <hours>")
        return
    if _JOURNEY.search(text, figure.clause_start, q.start):
        figure.reject("duration of a journey")
        return
    if state.strong and _SHORTENED.search(text[max(figure.clause_start - 24, 0) : q.start].rpartition("。")[2]):
        figure.accept("processing_time", "<handling> 压到 <hours>")
        return
    limited = text.startswith(("内", "之内", "以内", "就", "办", "审", "批"), q.end)
    if verb is not None and verb.start - q.end <= 8 and (limited or verb.start == q.end) and state.strong:
        if not limited and not verb.flags & (Is.HANDLE | Is.APPROVE | Is.SOLVE):
            figure.reject("duration")
            return
        if verb.flags & Is.RESUME and not state.roles.get("time"):
            figure.reject("duration")
            return
        stretch = "天" in q.classifier and _FIRST_DAYS.search(text, figure.left_start, q.begin)
        if stretch or _ALWAYS_OPEN.match(text, q.end) or _DONE_IN_TIME.match(text, q.end):
            figure.reject("duration of something else")
            return
        if (figure.last(Is.EVERY) and (figure.last(Is.EVERY) or verb).end != q.start) or figure.last(Is.OTHER_TOPIC):
            figure.reject("duration")
            return
        figure.accept("processing_time", "<hours> 内 <handle>", verb)
        return
    before = text[max(figure.left_start, q.start - 14) : q.start]
    if state.strong and _TIME_OF_HANDLING.search(before):
        figure.accept("processing_time", "<handling time> <hours>")
        return
    figure.reject("duration")


_HOUSEHOLDS = re.compile(
    r"(?:居民|空调|降温|取暖|采暖|制冷|家庭|农业|排灌|灌溉|充电)(?:生活|用电|日均|日|月|最高|最大)?$"
)


def is_of_households(noun: Word, text: str) -> bool:
    """居民日用电量, 空调负荷: electricity that no work uses."""
    return _HOUSEHOLDS.search(text, max(0, noun.start - 6), noun.start) is not None


_MADE_FOR_POWER = re.compile(
    r"(?:以上|级)?的?(?:高效|单晶|多晶|硅|太阳能|光伏|电池|组件|逆变|储能|风电|风机|叶片|机组|火电|煤电|项目|电站)"
)
"""年产5GW单晶硅棒, 660兆瓦机组: what is made or built, not what is used."""


_MADE = re.compile(
    r"(?:装机|发电|发出|上网|并网|变电容量|充电桩)[^，。；0-9]{0,6}$|缺口[^，。；0-9]{0,8}$|指标[为是]?$"
)
"""分布式光伏装机81.5万千瓦: what plants can give or gave, not what work used."""


_COMPARED_AMOUNT = re.compile(r"(?:同比|环比|[去上]年同期|[较比]20[0-9]{2}年)(?:的|为|是)?$")
"""达8.87亿千瓦时，同比5.68亿千瓦时增加…: the amount of another time."""


def decide_electricity(figure: Figure, text: str, state: State) -> None:
    """Decide kWh and kW: electricity used is a sign of resumption, capacity of a plant is not."""
    figure.family = "power"
    noun = figure.first(Is.POWER) or figure.spoken(state.sentence, Is.POWER)
    before = state.sentence[figure.index - 1] if figure.index else None
    if _COMPARED_AMOUNT.search(text, figure.left_start, figure.q.begin):
        figure.reject("what one compares with")
        return
    if is_of_period(figure, text):
        figure.reject(OF_PERIOD)
        return
    if (
        (figure.kind == "change" and not (before is not None and before.q.unit is figure.q.unit))
        or figure.first(Is.CAPACITY)
        or figure.last(Is.OTHER_TOPIC | Is.LIMIT)
        or _MADE_FOR_POWER.match(text, figure.q.end)
        or _MADE.search(text, figure.left_start, figure.q.begin)
        or (noun is not None and is_of_households(noun, text))
    ):
        figure.reject("electricity of another subject")
        return
    if (
        noun is None
        and state.inherited("power") is None
        and not (figure.index and state.sentence[figure.index - 1].q.unit is figure.q.unit)
    ):
        figure.reject("electricity that is not used")
        return
    if not state.strong:
        figure.reject("off topic")
        return
    figure.accept("electricity_amount", "<power> <amount>", noun)


def decide_tonnes(figure: Figure, text: str, state: State) -> None:
    """Decide tonnes: supplies given or output of the resumed."""
    figure.family = "output"
    noun = figure.last(Is.SUPPLY) or figure.first(Is.SUPPLY)
    if noun is not None:
        if not _supply(figure, text, state, noun):
            figure.reject("tonnes of another subject")
        return
    if any(w.flags & Is.OTHER_TOPIC for w in figure.left):
        figure.reject("tonnes of another subject")
        return
    output = figure.last(Is.OUTPUT) or figure.first(Is.OUTPUT)
    if _listed_family(figure, state) == "supply" and output is None:
        _take(figure, "supplies_issued", "supply", "<list> <supplies>", None, state)
        return
    if output is None and (before := _in_row_with(figure, text, state)) is not None:
        figure.optional = before.optional
        figure.accept("output_value", "<list> <tonnes>", None)
        return
    if output is None or not state.strong:
        figure.reject("tonnes of another subject")
        return
    figure.optional = any_resumed(state) is None and not figure.last(Is.ARRIVE)
    figure.accept("output_value", "<output> <tonnes>", output)


def _in_row_with(figure: Figure, text: str, state: State) -> Figure | None:
    """产量分别为350万吨、200万吨: the output just before it in the same row."""
    before = state.sentence[figure.index - 1] if figure.index else None
    in_row = before is not None and before in run_of(figure, state.sentence, text)
    return before if in_row and before is not None and before.indicator == "output_value" else None


_LABOUR = re.compile(r"(?:正常|原有|日常)[\u4e00-\u9fff]{0,4}(?:用工|员工|职工|工人)")


_BACK = re.compile(r"(?:回来|到岗|返岗|复岗|在岗|上班|回到岗位|返厂|到厂)(?:了|的|者)?(?:已|只|才|就|都)?$")
_CAME = re.compile(r"(?:来|到)了$")
_MORE = re.compile(r"[比较][^，。；]{1,8}[多少]了$")


def _people_came(figure: Figure, text: str, before: Figure | None) -> bool:
    """回到岗位的37.4万, 劳务工人来了六万七, 比昨天多了九千: the verb says that people are counted."""
    if figure.q.value < _CROWD or right_noun(figure, text) is not None:
        return False
    after = text[figure.q.end : figure.q.end + 1]
    if after and after not in "，。；！”、）（多余":
        return False
    said = text[max(figure.left_start, figure.q.begin - 16) : figure.q.begin]
    if _MORE.search(said):
        return before is not None and before.q.unit is Unit.PERSON and bool(before.indicator)
    return _BACK.search(said) is not None or (_CAME.search(said) is not None and figure.last(Is.WORKER) is not None)


_CROWD = 100
"""So many at least are told without a measure word."""


_MONEY_SPENT = re.compile(
    r"(?:贷款?|放款|放了|租金|房租|减免|免了|补贴|资金|退税|减税|税费|缓缴|缓税|授信|融资|贴息|理赔|赔付|保费|让利)(?:了|款|金|额|共|总额|累计|合计|超过?|约|近|已|达到?){0,3}$"
)
"""减免租金1.2亿, 放了5.2亿: money told without 元."""
_MONEY_ENDS = re.compile(r"多?(?:[，。；！、”\n]|$|已|下周|这周|本周|明天|今天)")
_ALL = 100.0
_BARE_RATE = re.compile(r"率(?:分别|依次)?(?:是|为|达到?)$")


def _is_of_bare_rates(figure: Figure, text: str, sentence_before: Figure | None) -> bool:
    """开工率是59.8、71.6和64.9: rates told without their sign, one behind the other."""
    if "." not in figure.q.text:
        return False
    if _BARE_RATE.search(text, figure.left_start, figure.q.begin):
        return True
    joined = sentence_before is not None and text[sentence_before.q.end : figure.q.start] in ("、", "和", "，")
    return (
        joined
        and sentence_before is not None
        and sentence_before.q.unit is Unit.PERCENT
        and bool(sentence_before.indicator)
    )


def unit_of_bare(figure: Figure, text: str, sentence_before: Figure | None = None) -> Unit | None:
    """What a number without a unit word counts: 返岗工人数41.7万 people, 7.5万经营户 enterprises.

    None if nothing near says so.
    """
    noun = right_noun(figure, text)
    if noun is None or noun.start - figure.q.end > 6:
        last = next((w for w in reversed(figure.left) if not w.flags & (Is.AT_LEAST | Is.ARRIVE)), None)
        gap = text[last.end : figure.q.start] if last is not None else "?"
        noun = (
            last
            if last is not None
            and gap.strip("总数量达为约近超共已：过到逾有人") == ""
            and (
                "数" in gap
                or text[last.end - 1] == "数"
                or figure.q.text[-1:] in "万亿"
                or (gap == "" and figure.q.value >= 100 and figure.left_has(Is.RETURN | Is.RESUME | Is.CARRY))
            )
            else None
        )
    if _people_came(figure, text, sentence_before):
        return Unit.PERSON
    if figure.q.text[-1:] in "万亿" and _MONEY_SPENT.search(text, figure.clause_start, figure.q.begin):
        return Unit.CNY if _MONEY_ENDS.match(text, figure.q.end) else None
    if figure.q.value <= _ALL and _is_of_bare_rates(figure, text, sentence_before):
        return Unit.PERCENT
    before = text[figure.left_start : figure.q.start].rstrip("约近达为是有共超逾过已大概")
    if (
        before.endswith(("的人", "人数", "工人", "人员", "员工", "职工", "旅客", "农民工", "务工者"))
        and figure.q.value >= 50
    ):
        return Unit.PERSON
    if (
        sentence_before is not None
        and sentence_before.q.unit is Unit.PERSON
        and sentence_before.indicator
        and figure.last(Is.SUBSET)
        and figure.q.text[-1:] == "万"
        and right_noun(figure, text) is None
    ):
        return Unit.PERSON
    if _LABOUR.match(text, figure.q.end) and figure.q.text[-1:] in "万亿":
        return Unit.PERSON
    if noun is None:
        return None
    if noun.flags & (Is.WORKER | Is.OFFICER):
        return Unit.PERSON
    if noun.flags & (Is.ENTERPRISE | Is.PROJECT | Is.PASS | Is.SUPPLY | Is.JOB | Is.PROBLEM):
        return Unit.COUNT
    return Unit.PERSON if noun.flags & (Is.RETURN | Is.CARRY) and figure.q.comparator is not Comparator.LE else None
