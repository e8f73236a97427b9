"""Which rate a percentage is: named before it, a share of a count, repeated by a list, said by noun and verb."""

from __future__ import annotations

from itertools import pairwise

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.rate_thresholds import (
    OF_PLACES,
    bounds_a_count,
    is_bound_of_share,
    over_places,
    share_at_threshold,
)
from resumption.extraction.rate_verbs import (
    SHARE_OF,
    bare_recovery,
    bare_share,
    by_verb,
    of_group,
    plant_load,
    subject_before,
)
from resumption.extraction.state import State
from resumption.extraction.words import NOUN, Is, Word
from resumption.items import Unit

_PLAIN = ("复工率", "开工率", "开复工率")
_NAMES = Is.RATE | Is.OTHER_RATE


def decide_rate(figure: Figure, text: str, state: State) -> None:
    """Decide a percentage or a number of percentage points."""
    figure.family = "rate"
    code, rule, word = _rate(figure, text, state)
    if code:
        figure.accept(code, rule, word)
        figure.explicit = word is not None
    else:
        figure.reject(rule)


def _rate(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None]:
    q = figure.q
    if (code := _pointed_at(figure, text, state)) is not None:
        return code, "这两个比例 <percent>", None
    name: Word | None = figure.last(_NAMES)
    if name is not None and name.flags & Is.OTHER_RATE and not name.flags & Is.RATE:
        return "", "rate of another subject", name
    if (
        name is not None
        and text[name.start : name.end] == "复电率"
        and not figure.spoken(state.sentence, Is.ENTERPRISE)
    ):
        return "", "power of households", name
    if q.unit is Unit.PERCENTAGE_POINT:
        return _points(figure, text, state, name)
    if over_places(figure, text) or OF_PLACES.match(text, q.end):
        if name is not None:
            state.topic, state.topic_at = _named(name, figure, text, state), q.start
        return "", "threshold over places", None
    if name is None and (_FROM.match(text, q.end) or _unknown_rate(figure, text)):
        return "", "rate of another subject", None
    if name is None and figure.left_has(Is.INVESTMENT) and not figure.left_has(Is.RESUME | Is.CAPACITY | Is.RETURN):
        return "", "share of an investment", None
    other = figure.last(Is.OTHER_TOPIC)
    if name is None and other is not None and text[other.start : other.end].endswith("到位"):
        return "", "rate of another subject", other
    if figure.last(Is.EVERY) or (figure.last(Is.LIMIT) and name is None):
        return "", "rule or limit", None
    if is_bound_of_share(figure, text, state):
        return "", "threshold of a share", None
    if name is not None and _FIRMS_NAMED.match(text, q.end):
        return "", "bound of a list of names", name
    if name is not None:
        if (zipped := _zipped_name(figure, text, state, name)) is not None:
            name = zipped
        return _named(name, figure, text, state), "<rate> <percent>", name
    after = figure.right[0] if figure.right else None
    if name is None and after is not None and after.flags & Is.RATE and text[q.end : after.start] == "的":
        return _named(after, figure, text, state), "<percent> 的 <rate>", after
    if text.startswith("为标准", figure.q.end) or text.startswith("为复工标准", figure.q.end):
        return "", "threshold of a definition", None
    if (found := share_at_threshold(figure, text, state)) is not None:
        return found
    if (zipped := _zipped_in_run(figure, text, state)) is not None:
        return _named(zipped, figure, text, state), "<rate>、<rate> 分别 <percent>、<percent>", zipped
    power = figure.last(Is.POWER)
    if power is not None and text[power.start : power.end] == "负荷" and plant_load(figure, text, state):
        return "capacity_rate", "<load of a plant> <percent>", power
    if power is not None and figure.left_has(Is.OTHER_TOPIC):
        return "", "rate of another subject", None
    if (
        power is not None
        and any(w.flags & Is.SHARE and w.start < power.start for w in figure.left)
        and not (figure.left_has(Is.NORMAL_LEVEL))
    ):
        return "", "share of electricity", power
    if power is None and not figure.left_has(NOUN | Is.SHARE):
        power = subject_before(figure, state, Is.POWER)
    if figure.kind == "change":
        if power is not None:
            return "electricity_rate", "<power> <change> <percent>", power
        output = figure.last(Is.OUTPUT)
        if output is not None or state.roles.get("output") is not None:
            figure.optional = True
            return "output_value", "<output> <change> <percent>", output
        previous = state.roles.get("power")
        if previous is not None:
            return "electricity_rate", "<power> <change> <percent>", None
        counted = state.sentence[figure.index - 1] if figure.index else None
        if (
            counted is not None
            and counted.indicator in ("enterprises_resumed", "projects_resumed", "workers_returned")
            and counted.clause >= figure.clause - 1
            and not figure.left_has(NOUN | Is.RESUME)
            and figure.last(Is.COMPARE)
        ):
            return counted.indicator, "<count>，<compared> <percent>", None
        rate = state.roles.get("level rate")
        if (
            rate is not None
            and figure.index - rate.index == 1
            and not figure.left_has(NOUN)
            and figure.last(Is.COMPARE)
        ):
            return rate.indicator, "<rate>，<compared> <percent>", None
        return "", "growth of another subject", None
    if bounds_a_count(figure, text, state):
        return "", "threshold of a count", None
    share = figure.last(Is.SHARE)
    if share is None and figure.index and text[figure.left_start : figure.q.start].strip("近约超过").endswith("的"):
        share = state.sentence[figure.index - 1].last(Is.SHARE)
        if share is None and text[figure.clause_start - 1] == "）":
            share = figure.spoken(state.sentence, Is.SHARE)
    if not state.strong and (power is not None or state.roles.get("power") is not None):
        return "", "off topic", None
    if power is not None or (
        share is None and state.roles.get("power") is not None and figure.last(Is.NORMAL_LEVEL | Is.ARRIVE)
    ):
        return "electricity_rate", "<power> <reached> <percent>", power
    if share is not None:
        return _share(figure, text, state, share)
    capacity = figure.last(Is.CAPACITY) or next(
        (w for w in figure.right if w.flags & Is.CAPACITY and w.start - q.end <= 4), None
    )
    if capacity is not None:
        if capacity.flags & Is.OUTPUT and not figure.last(Is.NORMAL_LEVEL):
            return "", "output without a normal level", capacity
        return "capacity_rate", "<capacity> <reached> <percent>", capacity
    output = figure.last(Is.OUTPUT)
    if output is None and figure.last(Is.NORMAL_LEVEL) and not figure.left_has(NOUN):
        made = figure.spoken(state.sentence, Is.OUTPUT)
        output = made if made is not None and figure.q.start - made.end < 40 else None
    if output is not None and figure.last(Is.NORMAL_LEVEL) and state.strong:
        return "capacity_rate", "<output> <reached> <normal> <percent>", output
    if output is not None:
        return "", "share of output", None
    people = figure.last(Is.WORKER)
    if (
        people is not None
        and (figure.last(Is.NORMAL_LEVEL) or "相当于" in text[figure.clause_start : q.start])
        and state.strong
    ):
        return "worker_return_rate", "<normal> <staff> <percent>", people
    if found := bare_recovery(figure, text, state):
        return found
    if found := bare_share(figure, text, state):
        return found
    if found := of_group(figure, text):
        return found
    if found := by_verb(figure, text):
        return found
    return _listed(figure, text, state)


_FROM = re.compile(r"(?:以上|左右|多)?(?:都|均|由|源|产|出)?(?:来自|自于|出自|源于|产自|由)")
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


def _names_of_run(first: Figure, text: str) -> list[Word]:
    """复工率、复岗率分别: the rates named in a row before a figure."""
    names = [w for w in first.left if w.flags & Is.RATE]
    if len(names) < 2 or not any(w.flags & Is.RESPECTIVELY or text[w.start] in "分依" for w in first.left):
        return []
    joined = all(
        text[a.end : b.start].strip("及和与、") == "" or len(text[a.end : b.start]) <= 6 for a, b in pairwise(names)
    )
    return names if joined else []


def _zipped_name(figure: Figure, text: str, state: State, name: Word) -> Word | None:
    names = _names_of_run(figure, text)
    return names[0] if names and len(_run(figure, text, state)) == len(names) else None


def _zipped_in_run(figure: Figure, text: str, state: State) -> Word | None:
    if figure.index == 0 or figure.left_has(NOUN | Is.RATE):
        return None
    index = figure.index
    while index and text[state.sentence[index - 1].q.end : state.sentence[index].q.start] in (
        "、",
        "和",
        "及",
        "，",
        "",
    ):
        index -= 1
    first = state.sentence[index]
    names = _names_of_run(first, text)
    run = _run(first, text, state)
    if len(run) != len(names) or figure not in run:
        return None
    return names[run.index(figure)]


def _run(first: Figure, text: str, state: State) -> list[Figure]:
    run = [first]
    for other in state.sentence[first.index + 1 :]:
        if text[run[-1].q.end : other.q.start] not in ("、", "和", "及", "，", "") or other.q.unit is not first.q.unit:
            break
        run.append(other)
    return run


def _named(name: Word, figure: Figure, text: str, state: State, words: list[Word] | None = None) -> str:
    """复工率 of workers, projects or enterprises: the noun before it, else what the text is about there."""
    before = next(
        (w for w in figure.left if w.end == name.start or (w.end == name.start - 1 and text[w.end] == "的")), None
    )
    if before is not None and before.flags & Is.CAPACITY:
        return "capacity_rate"
    if before is not None and before.flags & Is.POWER:
        return "electricity_rate"
    if name.code != "resumption_rate":
        return name.code
    for word in reversed(figure.left if words is None else words):
        if word.start >= name.start:
            continue
        if word.flags & Is.ENTERPRISE:
            return "resumption_rate"
        if word.flags & Is.PROJECT:
            return "project_resumption_rate"
        if word.flags & Is.WORKER and name.start - word.end <= 1:
            return "worker_return_rate"
    previous = state.sentence[figure.index - 1] if figure.index else None
    rates_before = [*state.sentence[: figure.index], *filter(None, [state.paragraph_roles.get("level rate")])]
    given = any(f.indicator.endswith(("resumption_rate", "production_rate")) for f in rates_before) or not (
        state.counts or any(f.family in ("enterprise", "project") and f.indicator for f in state.sentence)
    )
    staff = state.sentence[figure.index - 2] if figure.index > 1 else None
    if staff is not None and staff.indicator == "workers_total" and staff.clause >= figure.clause - 3:
        given = True
    single = sum(1 for w in figure.left if w.flags & Is.RATE) == 1
    alone = (
        single and text[figure.left_start : name.start].strip("，、 ") == "" and text[name.start : name.end] in _PLAIN
    )
    if (
        previous is not None
        and previous.indicator == "workers_returned"
        and given
        and alone
        and previous.kind == "level"
    ):
        return "worker_return_rate"
    same = next((f for f in reversed(state.sentence[: figure.index]) if _same_name(f, name, text)), None)
    if same is not None and same.clause >= figure.clause - 2 and same.indicator == "worker_return_rate":
        return same.indicator
    subject = subject_before(figure, state, Is.ENTERPRISE | Is.PROJECT)
    if subject is not None:
        return (
            "project_resumption_rate"
            if subject.flags & Is.PROJECT and not subject.flags & Is.ENTERPRISE
            else "resumption_rate"
        )
    return "project_resumption_rate" if state.domain == "project" else "resumption_rate"


def _same_name(figure: Figure, name: Word, text: str) -> bool:
    """施工人员返岗复工率为66.3%，预计10日返岗复工率…: the same name in one sentence means the same."""
    spoken = [text[w.start : w.end] for w in figure.left if w.flags & Is.RATE]
    return figure.indicator.endswith("_rate") and spoken == [text[name.start : name.end]]


def _points(figure: Figure, text: str, state: State, name: Word | None) -> tuple[str, str, Word | None]:
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is not None and not before.indicator and text[before.q.end : figure.q.start] in ("、", "和", "及"):
        topic = before.last(Is.OTHER_TOPIC)
        if topic is not None or before.q.unit is figure.q.unit:
            return "", "change of another subject", topic
    if (found := share_at_threshold(figure, text, state)) is not None:
        return found
    if name is not None:
        return _named(name, figure, text, state), "<rate> <change> <points>", name
    if figure.last(Is.POWER):
        return "electricity_rate", "<power> <change> <points>", figure.last(Is.POWER)
    previous = state.roles.get("rate") or (state.paragraph_roles.get("rate") if not figure.left_has(NOUN) else None)
    if previous is None and state.roles.get("power") is not None and not figure.left_has(NOUN) and state.strong:
        return "electricity_rate", "<power>，<change> <points>", None
    if previous is not None:
        if previous.indicator == "electricity_rate" and previous.kind == "change":
            figure.optional = True
        return previous.indicator, "<rate>，<change> <points>", None
    return "", "change of another subject", None


_POINTING = re.compile(r"(?:这|上述|以上|前述)([两三四2-4])(?:个|项|组)?(?:比例|比率|数据|数字|指标|百分比|占比|率)")
_HOW_MANY = {"两": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}


def _pointed_at(figure: Figure, text: str, state: State) -> str | None:
    """一周前，这两个比例分别只有41.5%和22.7%: the last rates of the paragraph, one by one."""
    if not state.strong or figure.q.unit is not Unit.PERCENT or figure.left_has(Is.RATE):
        return None
    found = _POINTING.search(text, max(0, state.sentence[0].clause_start - 4), figure.q.start)
    if found is None:
        return None
    count = _HOW_MANY[found.group(1)]
    run = [f for f in state.sentence if f.q.unit is Unit.PERCENT and f.q.start > found.end()]
    before = [f for f in state.rates if f.q.end < found.start()][-count:]
    if len(before) != count or len(run) != count or figure not in run:
        return None
    return before[run.index(figure)].indicator


_OF_RESUMED = re.compile(
    r"(?:全?[市省区县国盟旗州]|总|其|已)?的?(?:已)?(?:开复工|复工复产|复工|复产|开工|返岗)(?:项目|企业|人员|职工|员工|工人)?(?:总)?(?:数|量|总数)?的?"
)


def _share(figure: Figure, text: str, state: State, share: Word) -> tuple[str, str, Word | None]:
    between = [w for w in figure.left if w.start >= share.end]
    at = figure.q.cue[0] if figure.q.cue and figure.q.cue[0] < figure.q.start else figure.q.start
    before = state.sentence[figure.index - 1] if figure.index else None
    money = before is not None and before.q.unit is Unit.CNY and before.clause >= figure.clause - 1
    if (money and not any(w.flags & (Is.ENTERPRISE | Is.PROJECT | Is.WORKER) for w in between)) or any(
        w.flags & Is.INVESTMENT or text.startswith("固定资产投资", w.start) for w in between
    ):
        return "", "share of money", share
    if _OF_RESUMED.fullmatch(text, share.end, at):
        # 占全区开复工项目数的71.3%: a share of the resumed, not of the whole group
        return "", "share of another subject", share
    capacity = next((w for w in figure.left if w.flags & Is.CAPACITY and not w.flags & Is.OUTPUT), None)
    if (
        capacity is not None
        and state.strong
        and (
            any(w.flags & Is.RESUME for w in (*figure.left, *figure.earlier))
            or (figure.index and state.sentence[figure.index - 1].indicator == "enterprises_resumed")
        )
    ):
        return "capacity_rate", "<resumed> 占 <capacity> <percent>", capacity
    if (
        any(w.flags & (Is.WORKER | Is.STAFF) and not w.flags & Is.ENTERPRISE for w in between)
        or _previous_is(figure, state, "workers_total")
    ) and (any(state.roles.get("person") is not None for _ in (0,)) or figure.last(Is.RETURN)):
        return "worker_return_rate", "占 <staff> 的 <percent>", share
    staff = next((w for w in figure.left if w.flags & Is.RETURN and w.end <= share.start), None)
    if staff is not None and share.start - staff.end <= 8 and figure.last(Is.WORKER) and state.strong:
        return "worker_return_rate", "<returned> <staff> 占比 <percent>", staff
    previous = _previous_count(figure, state)
    if previous is not None and previous.indicator in SHARE_OF:
        code = SHARE_OF[previous.indicator]
        if previous.indicator.endswith("_total"):
            earlier = [
                f
                for f in state.sentence[: previous.index]
                if f.indicator in ("workers_returned", "enterprises_resumed", "projects_resumed")
            ]
            resumed = next((w for w in figure.left if w.flags & Is.RESUME and 0 <= share.start - w.end <= 4), None)
            if not earlier and resumed is not None:
                return "resumption_rate", "<resume> <group> 占 <percent>", resumed
            if not earlier:
                return "", "share of a group", share
        return code, "<count>，占 <percent>", share
    if any(w.flags & Is.ENTERPRISE for w in between) and any(w.flags & Is.RESUME for w in figure.left):
        return "resumption_rate", "<resumed> 占 <group> <percent>", share
    spoken = next((w for w in reversed(figure.earlier) if w.flags & Is.RESUME), None)
    if any(w.flags & Is.ENTERPRISE for w in between) and spoken is not None and share.start - figure.clause_start <= 2:
        return "resumption_rate", "<resume>，占 <group> <percent>", spoken
    resumed = next((w for w in reversed(figure.left) if w.start < share.start and w.flags & Is.RESUME), None)
    if resumed is not None and share.start - resumed.end <= 4:
        return "resumption_rate", "<resume> <group> 占 <percent>", resumed
    return "", "share of another subject", share


def _previous_is(figure: Figure, state: State, code: str) -> bool:
    return figure.index > 0 and state.sentence[figure.index - 1].indicator == code


def _previous_count(figure: Figure, state: State) -> Figure | None:
    for other in reversed(state.sentence[: figure.index]):
        if other.q.unit in (Unit.COUNT, Unit.PERSON):
            return other
    return None


_NAME_ONLY = re.compile(r"[\u4e00-\u9fff]{2,6}(?:以|为|是|有)?")


_OF_GROUP = re.compile(
    r"(?:以上|左右|多)?的?(?:受访|被访|受调查|参与调查|样本|调查|被调查)?[\u4e00-\u9fff]{0,6}?(?:企业|公司|商家|商户|店铺|厂家|受访者|业者)(?![，。；、]|$)"
)
_OF_THINGS = re.compile(
    r"(?:以上|左右|多)?的(?!企业|公司|商家|商户|店铺|厂家|项目|工地|员工|职工|工人|人员|复|开|返|到岗|水平|比例|，|。)[\u4e00-\u9fff]{2}"
)
"""55%的产品用于出口."""
_VIEWED = re.compile(r"的?(?:情况|行业|领域|地区|区域|门类|企业类型)?(?:来看|看|方面|而言)")


def _listed(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None]:
    """合肥为81.5%, 家电企业684家，70.9%: the rate named before, while the list goes on."""
    by_trade = next((w for w in figure.earlier if w.flags & Is.RESUME), None)
    if by_trade is not None and _VIEWED.match(text, by_trade.end) and state.strong:
        return "resumption_rate", "从 <resume> 的行业看，<percent>", by_trade
    topic = next((w for w in reversed(figure.earlier) if w.flags & (Is.RATE | Is.RETURN | Is.CAPACITY)), None)
    if topic is not None and (
        topic.flags & Is.RATE or text[topic.end : topic.end + 4].startswith(("情况", "看", "方面"))
    ):
        if topic.flags & Is.RATE:
            return _named(topic, figure, text, state, figure.earlier), "<rate> …，<percent>", topic
        return ("worker_return_rate" if topic.flags & Is.RETURN else "capacity_rate"), "从 <topic> 看，<percent>", topic
    other = _OF_THINGS.match(text, figure.q.end) or _OF_GROUP.match(text, figure.q.end)
    told = [*figure.right, *(w for f in state.sentence[figure.index + 1 : figure.index + 2] for w in f.right)]
    if other and not any(w.flags & (Is.RESUME | Is.RETURN) for w in told):
        # 近七成受访企业订单正常: a share of them, and by_verb and of_group found no resumption in what it says.
        return "", "share of a group", None
    previous = state.roles.get("level rate")
    if previous is not None and figure.index - previous.index <= 20:
        return previous.indicator, "<list> <percent>", None
    if state.topic and state.topic_at >= state.sentence[0].clause_start and not figure.left_has(NOUN):
        return state.topic, "<rate of the sentence> <percent>", None
    previous = state.paragraph_roles.get("level rate")
    if previous is not None and not figure.left_has(NOUN & ~Is.ENTERPRISE & ~Is.PROJECT & ~Is.WORKER):
        return previous.indicator, "<list of the paragraph> <percent>", None
    if state.topic and not figure.left_has(NOUN):
        return state.topic, "<rate of the paragraph> <percent>", None
    if (
        state.article_rate not in ("", "several")
        and not figure.left
        and state.strong
        and _NAME_ONLY.fullmatch(text[figure.clause_start : figure.q.start].strip())
        and figure.spoken(state.sentence, Is.SHARE) is None
    ):
        return state.article_rate, "<rate of the article> <percent>", None
    return "", "percentage without a rate", None
