"""Percentages that no name leads to: what the verb, the group or the machines beside them say (员工返岗九成)."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.nouns import right_noun
from resumption.extraction.state import State
from resumption.extraction.words import NOUN, Is, Word

SHARE_OF = {
    "enterprises_resumed": "resumption_rate",
    "enterprises_total": "resumption_rate",
    "projects_resumed": "project_resumption_rate",
    "projects_total": "project_resumption_rate",
    "workers_returned": "worker_return_rate",
    "workers_total": "worker_return_rate",
    "enterprises_at_threshold": "enterprises_at_threshold",
}
_PART_OF = frozenset({"enterprises_resumed", "projects_resumed", "workers_returned"})

_MACHINES = re.compile(r"(?:织机|机台|机器|机床|设备|产线|生产线|机组|锭子|窑炉|高炉|车位|产能)[\u4e00-\u9fff]{0,6}$")


def plant_load(figure: Figure, text: str, state: State) -> bool:
    """装置负荷, PTA负荷, 负荷提到了八成: of a plant, unless electricity is spoken of."""
    spoken = text[max(0, figure.clause_start - 30) : figure.q.start]
    return "电" not in spoken and state.inherited("power") is None and "千瓦" not in spoken


def bare_recovery(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """以产能计，晶圆厂恢复八成二; 产能恢复率…，三个行业分别恢复84.5%: 恢复 alone says what was named before."""
    if any(w.flags & Is.RETURN for w in figure.right):
        return None
    at = figure.q.begin
    moving = figure.last(Is.RESUME)
    if (
        state.strong
        and moving is not None
        and not figure.left_has(Is.RATE | Is.ENTERPRISE | Is.IDLE)
        and _MACHINES.search(text[max(figure.left_start, at - 12) : at])
    ):
        return "capacity_rate", "<machines> <run> <percent>", moving
    verbs = [w for w in figure.left if w.flags & (Is.RESUME | Is.RETURN | Is.RATE | Is.IDLE)]
    if any(text[w.start : w.end] not in _BARE for w in verbs) or not state.strong:
        return None
    topic = next((w for w in reversed(figure.earlier) if w.flags & (Is.CAPACITY | Is.RATE)), None)
    if topic is not None and topic.flags & Is.CAPACITY and figure.index == 0:
        return "capacity_rate", "<capacity>，<group> <reached> <percent>", topic
    before = state.inherited("level rate")
    if before is None or before.indicator not in ("capacity_rate", "production_rate"):
        return None
    joined = verbs or (figure.index and state.sentence[figure.index - 1] is before)
    if joined and not figure.left_has(Is.WORKER | Is.POWER | Is.OTHER_TOPIC | Is.SHARE):
        return before.indicator, "<rate>，<group> 恢复 <percent>", None
    return None


_BARE = ("恢复", "恢复到", "恢复至", "恢复了", "回升到", "回到")


def subject_before(figure: Figure, state: State, wanted: int) -> Word | None:
    """The nearest noun of that class in the clauses before, if nothing else was the subject since."""
    for other in reversed(state.sentence[: figure.index]):
        if other.clause < figure.clause - 2:
            return None
        for word in [*reversed(other.right), *reversed(other.left)]:
            if word.flags & wanted:
                return word
            if word.flags & (NOUN | Is.RATE) and not word.flags & (Is.WORKER | Is.INVESTMENT) and wanted == Is.POWER:
                return None
    return None


_ADVERB = Is.CUMULATIVE | Is.ARRIVE | Is.ALL | Is.AT_LEAST
_THEN_RESUMED = re.compile(
    r"(?:以上|左右|多)?(?:的)?(?:于(?:[0-9]{1,2}月)?[0-9]{1,2}日(?:前|起)?)?(?:表示|反映|回答|称)?(?:已经|已|均|都|基本|陆续|顺利|全面|逐步|积极|有序|实现|了|正常|正式|部分|先后|相继|成功|开始){0,4}(?:的)?"
)


_OUT_OF_THEM = re.compile(
    r"(?:多)?[^，。；0-9]{0,8}?(?:里头|里面|里|当中|之中|中)，(?:目前|现在|眼下|今天|已经|已|只|仅|就|有|约|近|超过?){0,4}"
)
"""800多名员工里，已有七成返岗."""
_NOT_YET = re.compile(
    r"(?:以上|左右|多)?(?:的)?(?:企业|商户|店铺)?(?:表示|则)?(?:尚未|仍未|还未|暂未|未能|还没有?|没有|未)(?:能|有)?"
)


def bare_share(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """基建工地55.4%开复工; …恢复35户，不到六成: the verb follows, or the count before has it."""
    after = next((w for w in figure.right if not w.flags & _ADVERB or w.flags & Is.RESUME), None)
    if after is not None and after.flags & Is.RESUME and _THEN_RESUMED.fullmatch(text, figure.q.end, after.start):
        people = figure.last(Is.WORKER)
        if people is not None and not people.flags & Is.ENTERPRISE and not figure.last(Is.PROJECT | Is.ENTERPRISE):
            return "worker_return_rate", "<people> <percent> <resume>", after
        subject = figure.last(Is.PROJECT | Is.ENTERPRISE) or subject_before(figure, state, Is.PROJECT | Is.ENTERPRISE)
        if subject is None and figure.index == 0 and figure.earlier and figure.earlier[-1].flags & Is.WITHIN:
            subject = next((w for w in reversed(figure.earlier) if w.flags & (Is.PROJECT | Is.ENTERPRISE)), None)
        if subject is None and state.strong and figure.q.value == 100 and not figure.left_has(NOUN):
            return "resumption_rate", "<percent> <resume>", after
        if subject is not None:
            code = "project_resumption_rate" if subject.flags & Is.PROJECT else "resumption_rate"
            return code, "<group> <percent> <resume>", after
    then = next((w for w in figure.right if w.flags & Is.RESUME), None)
    if then is not None and state.strong and _NOT_YET.fullmatch(text, figure.q.end, then.start):
        rate = state.roles.get("level rate")
        if figure.last(Is.PROJECT) or (rate is not None and rate.indicator == "project_resumption_rate"):
            return "", "share of those not resumed", then
        return "enterprises_not_resumed", "<percent> 尚未 <resume>", then
    previous = state.sentence[figure.index - 1] if figure.index else None
    if (
        previous is not None
        and previous.indicator == "workers_total"
        and (previous.clause == figure.clause or _OUT_OF_THEM.fullmatch(text, previous.q.end, figure.q.begin))
        and figure.right
        and figure.right[0].flags & Is.RETURN
        and figure.right[0].start - figure.q.end <= 2
    ):
        return "worker_return_rate", "<count> <group> <percent> <return>", figure.right[0]
    if previous is None or figure.clause != previous.clause + 1 or previous.indicator not in _PART_OF:
        return None
    at = figure.q.begin
    own = next(
        (w for w in figure.right if w.flags & (Is.ENTERPRISE | Is.PROJECT) and w.start - figure.q.end <= 10), None
    )
    if own is not None and any(w.flags & Is.RESUME and w.start >= own.end for w in figure.right):
        return None  # 23家复工，60%以上的二级企业复工: of a group of its own
    if _SO_MUCH.fullmatch(text, figure.clause_start, at):
        return SHARE_OF[previous.indicator], "<count>，<percent>", None
    return None


_SO_MUCH = re.compile(
    r"(?:换算|折算|合|算)?(?:下来|起来)?(?:也就|就)?(?:还|已经|已|正好|恰好|刚好|差不多|大约|大概|接近|将近|约|近|仅|只|才)?"
    r"(?:还|差不多|约|近|不到|有)?(?:是|有|为|占|合|达到|达|到|相当于)?(?:了|不到|约|近)?"
    r"(?:(?:我们|咱们)?(?:全厂|全公司|总数|原来|原有|原先|平时|平常|往常|往年|以往|正常|高峰(?:时|期|时期)?"
    r"|(?:节|灾|震|停产|停工|疫情|停电|春节|年)前|去年(?:同期|这时候)?)(?:用工|人数|员工|总数)?的)?(?:差不多|约|近)?"
)
"""，恰好八成; ，换算下来是74.5%; ，为高峰期用工的62%: the count before as a share of all."""
_EQUIPMENT = re.compile(
    r"(?:以上|左右|多)?的?(?:生产|服务|加工|接待|运输|供应){0,2}(?:设备|产线|生产线|机器|机台|织机|车床|装置|运力|能力|产能|班次)"
    r"(?:[^，。；]{0,8}(?:恢复|转|运转|开动|开机|生产|复工|复产|投入))?"
)


def of_group(figure: Figure, text: str) -> tuple[str, str, Word | None] | None:
    """超七成规上工业企业复工, 近半数员工返岗."""
    noun = right_noun(figure, text)
    if _EQUIPMENT.match(text, figure.q.end, figure.right_end):
        return "capacity_rate", "<percent> <equipment> <resume>", None
    came = next((w for w in figure.right if w.flags & Is.RETURN and not w.flags & Is.RESUME), None)
    if came is not None and any(w.flags & Is.NEGATION and w.end <= came.start for w in figure.right):
        return "", "share of those not back", came
    if came is not None and (noun is None or noun.flags & Is.OFFICER) and 2 <= came.start - figure.q.end <= 10:
        return "worker_return_rate", "<percent> <people> <return>", came
    if noun is None:
        return None
    verb = next((w for w in figure.right if w.start >= noun.end and w.flags & (Is.RESUME | Is.RETURN | Is.IDLE)), None)
    if verb is None or verb.start - noun.end > 8:
        return None
    negated = verb.flags & Is.IDLE or any(w.flags & Is.NEGATION for w in figure.right)
    if negated and noun.flags & Is.ENTERPRISE:
        return "enterprises_not_resumed", "<percent> <group> <idle>", verb
    if negated:
        return "", "share of those not resumed", verb
    if noun.flags & Is.ENTERPRISE and verb.flags & Is.RESUME:
        return "resumption_rate", "<percent> <group> <resume>", verb
    if noun.flags & Is.PROJECT and verb.flags & Is.RESUME:
        return "project_resumption_rate", "<percent> <group> <resume>", verb
    if noun.flags & Is.WORKER and verb.flags & (Is.RETURN | Is.RESUME):
        return "worker_return_rate", "<percent> <group> <return>", verb
    return None


_OF_THEM = ("的", "的有", "的占", "的已有", "的已", "的只有", "的才")
_WORK = ("复工复产", "复工", "开复工", "复产复工", "开工")
_ENDS = ("，", "。", "；", "、", "”", "\n", "")
_MADE_UP = frozenset("补追抢挽拉找")
"""把交期补回来七成: time or money comes back, no people."""
_CAME = re.compile(r"(?:到|来|回来|返回|回)了$")
_CAME_OF = re.compile(r"(?:到|来|回来|返回|回|到岗|返岗|凑齐|到齐|聚齐)了?(?:近|约|将近|差不多|超过|不到|大约)?$")
_PEOPLE = re.compile(r"(?:左右|以上|多)?的?(?:员工|工人|职工|师傅|伙计|人手|人)(?![次均力才事])")
"""就到了八成人, 来了七成工人."""
_TRADE = re.compile(r"(?:商业|经营|商贸|市场|经济|生产|餐饮|零售)活动")


def by_verb(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """企业复产还不到一半, 员工到岗九成, 复工复产超50%."""
    people = figure.last(Is.WORKER)
    back = figure.right[0] if figure.right else None
    returned = back is not None and back.flags & Is.RETURN and back.start - figure.q.end <= 2
    if people is not None and returned and state.strong and figure.q.begin - people.end <= 4:
        return "worker_return_rate", "<staff> <percent> <return>", people  # 企业员工已100%到岗
    if people is not None and state.strong and _CAME.search(text, people.end, figure.q.begin):
        return "worker_return_rate", "<people> 到了 <percent>", people
    if state.strong and _CAME_OF.search(text, figure.left_start, figure.q.begin) and _PEOPLE.match(text, figure.q.end):
        return "worker_return_rate", "到了 <percent> <people>", people
    for word in reversed(figure.left):
        if word.flags & Is.RETURN and not word.flags & Is.RESUME:
            if text[word.start - 1] in _MADE_UP:
                return None
            return "worker_return_rate", "<return> <percent>", word
        if word.flags & Is.RESUME:
            subject = figure.last(Is.ENTERPRISE | Is.PROJECT | Is.WORKER)
            if (
                subject is None
                and figure.q.start - word.end <= 3
                and _TRADE.search(text, figure.left_start, word.start)
            ):
                return "resumption_rate", "<trade> <resume> <percent>", word
            if subject is None and text[word.start : word.end] in _WORK and figure.q.begin - word.end <= 1:
                alone = text[figure.q.end : figure.q.end + 1] in _ENDS and not figure.left_has(NOUN | Is.CAPACITY)
                subject = subject_before(figure, state, Is.ENTERPRISE | Is.PROJECT) if alone and state.strong else None
            if subject is None and text[word.end : figure.q.begin] in _OF_THEM and state.strong:
                subject = subject_before(figure, state, Is.ENTERPRISE | Is.PROJECT)  # 216户，开门的不到一半
                if subject is None and figure.index and state.sentence[figure.index - 1].is_enterprise_count:
                    return "resumption_rate", "<count>，<resume> 的 <percent>", word
            if subject is None:
                return None
            if subject.flags & Is.PROJECT:
                return "project_resumption_rate", "<group> <resume> <percent>", word
            if subject.flags & Is.WORKER and not subject.flags & Is.ENTERPRISE:
                return "worker_return_rate", "<group> <return> <percent>", word
            return "resumption_rate", "<group> <resume> <percent>", word
    return None


_FILLER = re.compile(
    r"[“，]?(?:差不多|大约|大概|也就|估计|超过|已经|达到|只有|不到|约|近|超|已|达|到|占|有|从|由|升至|的|上周|昨天|昨日|此前|节前|月初|年初"
    r"|[0-9]{1,2}日){0,6}"
)


def by_clause_before(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """员工基本到齐，差不多九成五: nothing but the figure stands in its clause, the one before has the verb."""
    if not state.strong or not _FILLER.fullmatch(text, figure.clause_start, figure.q.begin):
        return None
    verb = next(
        (w for w in reversed(figure.earlier) if w.flags & (Is.RETURN | Is.RESUME) and not w.flags & Is.RATE), None
    )
    if verb is None or figure.clause_start - verb.end > 10:
        return None
    noun = next((w for w in reversed(figure.earlier) if w.flags & NOUN and w.end <= verb.start), None)
    if noun is None or verb.start - noun.end > 6:
        return None
    if noun.flags & Is.WORKER and not noun.flags & Is.ENTERPRISE:
        return "worker_return_rate", "<people> <return>，<percent>", verb
    if noun.flags & (Is.ENTERPRISE | Is.PROJECT) and verb.flags & Is.RESUME:
        code = "resumption_rate" if noun.flags & Is.ENTERPRISE else "project_resumption_rate"
        return code, "<group> <resume>，<percent>", verb
    return None
