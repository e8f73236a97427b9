"""Which role a count of enterprises or projects has: total, resumed, not resumed, served, approved ...

Evidence in order of strength: a threshold before it, 的 directly before it, what the words to its right say of it, the
verb to its left, the next clause (全县96户，复工83户), the list it stands in.
"""

from __future__ import annotations

from collections.abc import Callable

from resumption.extraction import lazy_re as re
from resumption.extraction.count_clauses import (
    LIES,
    REMAINDER,
    REMAINDER_LATER,
    STILL_LIMITED,
    changed,
    goes_on,
    is_rest_of_places,
    listed,
    modified,
    next_clause,
    part_of_base,
    part_of_told,
    resumed_part_follows,
    said_after,
    stopped_with_next,
    threshold,
    topic_before,
)
from resumption.extraction.count_guards import (
    FINISHED_WORKS,
    affected,
    are_finished,
    counts_matters,
    given_power,
    group_of_places,
    in_title_of_paper,
    other_topic,
    shut_after,
)
from resumption.extraction.count_left import left_side
from resumption.extraction.count_relative import relative
from resumption.extraction.count_right import right_side
from resumption.extraction.count_served import served
from resumption.extraction.count_verbs import (
    DECIDING,
    ENTERPRISE_CODES,
    PROJECT_CODES,
    ROLE_OF,
    SUBJECT,
    next_in_clause,
    same_family,
    verb_left,
)
from resumption.extraction.figures import Figure
from resumption.extraction.nouns import count_domain, end_of_group, right_noun
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word
from resumption.items import Unit

ALL_BUT = "<count> <group>，除 <count> 外"
LEFT_OUT = "除 <count> 外"
"""502户企业除20户外全部复工: those that are left out have not."""


def decide_count(figure: Figure, text: str, state: State) -> None:
    """Decide a count of enterprises or projects."""
    domain = count_domain(figure, text, state)
    if not domain:
        figure.reject("count of something else")
        return
    if figure.q.classifier == "项":
        domain = "project"
    if figure.q.classifier in _BUILDINGS and (
        _HOLDS.match(text, end_of_group(figure, text))
        or not any(f.right_or_left_resumes for f in state.sentence if f.q.classifier in _BUILDINGS)
    ):
        figure.reject("buildings that hold what is counted")
        return
    figure.family = domain
    role, rule, word = _role(figure, text, state)
    if role == "sanctioned" and text.startswith(_AT_IT_STILL, figure.q.end):
        role, rule, word = "not", "<count> 仍在 …", None
    if word is not None and role == "sanctioned" and _households(figure, text, word):
        role, rule = "", "power of households"
    if role == "sanctioned" and _SHUT_BY_EVENT.search(text, max(0, figure.q.start - 30), figure.q.end + 24):
        role = "total" if resumed_part_follows(figure, state) else "not"
    if not role:
        figure.reject(rule or "count without a role")
        return
    if domain == "project" and role == "approved" and figure.right_or_left_resumes:
        role = "resumed"
    codes = ENTERPRISE_CODES if domain == "enterprise" or role == "threshold" else PROJECT_CODES
    code = codes.get(role)
    may_start = (
        role == "approved" and word is not None and "复工" in text[word.start : word.end]
    )  # 允许复工的6处 may have started
    if code is None and role in _OF_WORKS and state.strong and not may_start:
        figure.accept(ENTERPRISE_CODES[role], rule, word)
        figure.optional = True
        return
    if code is None:
        figure.reject(f"{role} count of projects")
        return
    figure.accept(code, rule, word)
    figure.explicit = word is not None


_AT_IT_STILL = ("仍在", "还在", "尚在", "仍未", "还未", "尚未", "仍需")
"""4座仍在整改: nobody was ordered to do so now."""
OTHER_DEED = "count of those who did something else"
_OTHER_DEED = re.compile(
    r"(?:对[^，。；0-9]{1,12})?(?:开展|进行|组织)(?:了|安全|消防|隐患|全面|大|自查|环保|生产){0,4}(?:排查|检查|督查|体检|整治|自查|评估|演练|培训)"
    r"|(?:已经|已|均|都|全部)?(?:实行|推行|采用|安装|配备|上线|接入|投保|接种)(?!了?(?:闭环|封闭|复|开|全面|分批|错峰|两班|三班|轮|生产))"
)
"""150家实行分时预约."""
_BOUND_FOR = re.compile(r"(?:前往|奔赴|赶赴|分赴|去往|赴|前去)[^，。；0-9家]{0,30}$")
_GO_TO_INVEST = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6}企业|公司)?(?:到|赴|在)[^，。；0-9]{2,24}?(?:投资|落户|考察|设厂|建厂)"
)
"""引导5家企业到结对县投资."""
_TO_WORK_THERE = re.compile(
    r"(?:重点|用工|园区)?(?:企业|公司|工厂|单位|厂)?(?:上班|务工|就业|上岗|工作|报到|返岗|打工)"
)
"""682名员工前往柯桥等地的38家企业上班: where they go to work."""
_OF_WORKS = frozenset({"approved", "requesting", "sanctioned"})
"""The indicators are those of enterprises: of works a careful reader could leave such a count out."""
_BUILDINGS = frozenset({"栋", "幢"})
"""帮助18栋楼宇复工; but 28栋楼宇中企业复工率51%."""
_HOLDS = re.compile(r"[中里内]，?(?:共?有|入驻|企业|商户)")
_SHUT_BY_EVENT = re.compile(
    r"(?:因|因为|由于|受)[^，。；]{0,8}(?:疫情|台风|洪水|洪灾|暴雨|地震|限电|停电|缺电)[^。；]{0,30}(?:关停|关闭|停业)"
)
"""因台风关停的64家: nobody was punished."""


def _households(figure: Figure, text: str, word: Word) -> bool:
    """全市6.42万户断电: nobody was punished; 9家被当场断电 were."""
    if text[word.start : word.end] != "断电" or "被" in text[figure.q.end : word.start]:
        return False
    return not figure.left_has(SUBJECT) and right_noun(figure, text) is None


Decision = tuple[str, str, Word | None]
"""The role, the rule and the word that decided; "" and the reason if it has none."""


def _role(figure: Figure, text: str, state: State) -> Decision:
    """The first rule of `_RULES` that knows the role, else what the list says that it stands in."""
    for rule in _RULES:
        if found := rule(figure, text, state):
            return found
    return listed(figure, text, state)


def _before(figure: Figure, text: str) -> str:
    """What stands before it in its clause, without its comparator."""
    q = figure.q
    return text[figure.left_start : q.begin]


HIT_AND_NOT_BACK = "<count> <group> 受影响 <not> <resume>"
"""2家工厂因厂房受损暂未复产."""


def _hit_by_event(figure: Figure, text: str, state: State) -> Decision | None:
    """62家企业受到影响, 451户恢复供电."""
    if affected(figure, text):
        verb = figure.first(Is.RESUME)
        if verb is not None and any(w.flags & Is.NEGATION and 0 <= verb.start - w.end <= 4 for w in figure.right):
            return "not", HIT_AND_NOT_BACK, verb
        return "total", "<count> <group> 受影响", None
    if given_power(figure, text):
        return "served", "<power restored> <count>", None
    return None


def _no_figure(figure: Figure, text: str, state: State) -> Decision | None:
    """Counts of another subject, of a survey, in a name, of places, of one."""
    if other_topic(figure, text):
        return "", "count about another subject", None
    if _INSPECTED.search(_before(figure, text)):
        return "", "inspection", None
    if figure.family == "project" and _RESERVE.search(_before(figure, text)):
        return "", "projects in reserve", None
    if figure.family == "project" and are_finished(figure, text):
        return "", FINISHED_WORKS, None
    part = next(iter(state.sentence[figure.index + 1 : figure.index + 2]), figure)
    if _GO_TO_INVEST.match(text, figure.q.end):
        return "", OTHER_DEED, None
    if _TO_WORK_THERE.match(text, figure.q.end) and _BOUND_FOR.search(text, figure.clause_start, figure.q.begin):
        return "", OTHER_DEED, None
    if any(_OTHER_DEED.match(text, end_of_group(f, text)) for f in (figure, part)):
        return "", OTHER_DEED, None  # 160家景区中，150家实行分时预约: nor is the whole a base of ours
    if counts_matters(figure, text):
        return "", "count of something else", None
    if figure.family == "enterprise" and _WATCHED.search(_before(figure, text)) and not figure.right_or_left_resumes:
        return "", "sample of a survey", None
    if "样本" in text[figure.left_start : figure.q.start] and not figure.right_or_left_resumes:
        if figure.family == "enterprise" and state.strong and resumed_part_follows(figure, state):
            return "total", "<sample> <count>，<resume> <count>", None
        if _SAMPLE_OF.search(_before(figure, text)) and _measured_in_sentence(figure, state):
            return "total", "<sample> <count> … <rate>", None
        return "", "sample of a survey", None
    if in_title_of_paper(figure, text) or group_of_places(figure, text):
        return "", "number in a name or of places", None
    if figure.q.text[0] == "一" and figure.q.value == 1:
        return "", "one of something", None
    end = figure.q.end
    if text.startswith(("以上", "以下"), end) and right_noun(figure, text) is not None and "的" in text[end : end + 4]:
        return "", "size that defines a group", None
    return None


_WATCHED = re.compile(r"(?:重点|定点|直接|挂钩)(?:联系|监测|跟踪|调查|观察)的$")
"""重点联系的2600家餐饮门店营业收入…: whose trade is told, nobody was helped."""
_SAMPLE_OF = re.compile(r"样本(?!数|量|覆盖|涵盖|包括|来自|为|共|总|规模|中|容)[\u4e00-\u9fff]{1,8}$")
"""样本钢企89座, 样本企业260家: what the rates of the sentence are measured against."""


def _measured_in_sentence(figure: Figure, state: State) -> bool:
    after = state.sentence[figure.index + 1 :]
    return state.strong and any(f.left_has(Is.RATE | Is.RESUME) or f.right_has(Is.RESUME | Is.IDLE) for f in after)


def _difference(figure: Figure, text: str, state: State) -> Decision | None:
    return changed(figure, text, state) if figure.kind == "change" else None


_AT_FULL = re.compile(
    r"(?:满产|超产|达产|满负荷(?:生产|运行|运转)?)(?:、?(?:超产|满产))?(?:的(?=共?有?$)|(?:的)?(?:重点|规上|规模以上|工业)?(?:企业|工厂|公司|厂家))"
    r"(?:数量|数|已经|已|共|有|达到|达|为){0,2}$"
)


def _at_full_load(figure: Figure, text: str, state: State) -> Decision | None:
    """满产企业26户, 满产的26户: a state of capacity that some of the resumed have reached."""
    if figure.family == "enterprise" and state.strong and _AT_FULL.search(_before(figure, text)):
        return "threshold", "<full load> <group> <count>", None
    return None


def _bounded(figure: Figure, text: str, state: State) -> Decision | None:
    """产能恢复率超过80%的303户; 每户, 平均每家: a rule for each of them."""
    if threshold(figure, text, state):
        return "threshold", "<rate> <comparator> <threshold> 的 <count>", None
    before = state.sentence[figure.index - 1] if figure.index else None
    if _before(figure, text).endswith("每") or (
        before is not None and before.reason == RATIO and figure.clause == before.clause
    ):
        return "", RATIO, None
    every = figure.last(Is.EVERY)
    if every is not None and figure.family == "enterprise" and text[every.start : every.end] in _EACH:
        return "", "rule for each of them", every
    return None


_ALL_BUT = re.compile(
    r"[^，。；0-9]{0,16}，?除[^，。；0-9]{0,8}[0-9]+[家户个项][^。；0-9]{0,24}?外[^。；0-9]{0,4}?(?:全|均|都|已|其余|其他|其它)"
)
"""45家外贸企业，除1家停业外全部开工: the whole of which some are left out."""


_BEGAN = re.compile(
    r"(?:已经|已|陆续|全面|正式){0,2}(?:开始|投入|着手|启动|重新)[^，。；0-9]{0,3}?(?:派送|配送|收派|收件|揽收|营运|运营|接单|发货|出货|供货|出餐|接诊|发车|试生产|投料|点火|作业)"
)
"""8家快递企业已有4家开始派送."""
_AT_WORK = re.compile(r"[，、；](?:目前|现|正|仍|尚)?(?:在产|生产|运行|开机|开炉)(?:的)?(?:有)?$")
"""停产112家，生产275家."""
_OPENED = re.compile(r"(?:已经?|就|又|都|才|只|实际|先|能)开(?:了|起来)?(?:的|有|的有|到)?$")
"""80户都该开，眼下已开72户."""


def _opened(figure: Figure, text: str, state: State) -> Decision | None:
    """80户都该开，眼下已开72户; 8家快递企业已有4家开始派送."""
    if figure.family == "enterprise" and state.strong and _BEGAN.match(text, end_of_group(figure, text)):
        return "resumed", "<count> 开始 <work>", None
    last = state.sentence[figure.index - 1] if figure.index else None
    stopped = last is not None and last.indicator == "enterprises_not_resumed" and last.left_has(Is.IDLE)
    if stopped and figure.family == "enterprise" and _AT_WORK.search(text, figure.clause_start - 1, figure.q.begin):
        return "resumed", "停产 <count>，生产 <count>", None
    following = next_in_clause(figure, state)
    if following is not None and figure.family == "enterprise" and state.strong and following.q.unit is Unit.COUNT:
        part = following.q.value < figure.q.value and same_family(figure, following)
        if part and _BEGAN.match(text, following.q.end) and not figure.left_has(DECIDING):
            return "total", "<count> <group> 已有 <count> 开始 <work>", None
    if figure.family == "enterprise" and state.strong and _OPENED.search(_before(figure, text)):
        return "resumed", "已开 <count>", None
    return None


_PENDING = re.compile(
    r"(?:停产|停炉|停机|停窑)?检修(?:中|，|。|；|状态)|(?:目前|现)?(?:正在|还在|仍在|待|等待|正等|尚待|在等)(?:履行|办理|进行|接受|等待)?[^，。；0-9]{0,8}?(?:验收|审批|核查|评审|鉴定|整改|检修|审核|审查)"
)
"""15座正在履行验收程序: they have yet to resume."""
_PENDING_LEFT = re.compile(
    r"(?:待|等待|正在|尚待|等候|正)(?:复产|复工)?(?:验收|整改|审批|核查|复核|检修|抢修|清淤|修复|维修|排水)的?(?:煤矿|矿井|矿山|企业)?(?:有|共|共有)?$"
)


NONE_OF_THEM = "<count>，无一 <resume>"
UNDER_EXAMINATION = "<count> 正在 <examination>"


def _judged(figure: Figure, text: str, state: State) -> Decision | None:
    """11家被责令停工, 通过85家, 除20户暂缓外, 45家除1家外全部开工."""
    if _ALL_BUT.match(text, figure.q.end):
        return "total", ALL_BUT, None
    pending = _PENDING.match(text, end_of_group(figure, text)) and not _before(figure, text).endswith("条件的")
    pending = pending or _PENDING_LEFT.search(_before(figure, text)) is not None
    if pending and figure.family == "enterprise" and state.strong:
        return "not", UNDER_EXAMINATION, None
    before_number = _before(figure, text)
    if state.strong and _WANTS.search(before_number):
        return "requesting", "有 <need> 的 <count>", None
    if (
        figure.family == "enterprise"
        and _LIMITS.match(text, end_of_group(figure, text))
        and _AT_THEM.search(before_number)
    ):
        return "total", "对 <count> <limit>", None
    if figure.family == "enterprise" and shut_after(figure, text, state):
        return "sanctioned", "<count>，被 <sanction>", None
    before = _before(figure, text)
    if figure.family == "enterprise" and state.strong and _SERVES_RESUMED.search(before):
        return "served", "<serve> <resumed group> <count>", None
    last = figure.left[-1] if figure.left else None
    solves = last is not None and last.flags & (Is.SOLVE | Is.SERVE) and last.end >= figure.q.begin - 1
    if solves and figure.family == "enterprise" and state.strong and _THEIR_PROBLEMS.match(text, figure.q.end):
        return "served", "<solve> <count> 的 <problem>", last
    last_count = state.roles.get("enterprise")
    if (
        last_count is not None
        and last_count.indicator == "enterprises_approved"
        and _NEXT_BATCH.match(text, figure.q.end)
    ):
        return "approved", "<count> 第二批 <resume>", None
    if figure.family == "enterprise" and _NONE_OF_THEM.match(text, end_of_group(figure, text)):
        return "not", NONE_OF_THEM, None
    if figure.family == "enterprise" and _CLOSED.match(text, end_of_group(figure, text)):
        return "sanctioned", "<count> <group> 实施关闭", None
    if figure.family == "enterprise" and _STOPS_RESUMED.search(before):
        return "sanctioned", "<sanction> <resumed group> <count>", None
    if _PASSED.search(before):
        return "approved", "通过 <count>", None
    if _EXCEPT.search(before) or (
        _LEAVES_OUT.search(text, figure.clause_start, figure.q.begin) and _OUTSIDE.match(text, figure.q.end)
    ):
        # what is left of projects has no indicator
        return ("not", LEFT_OUT, None) if figure.family == "enterprise" else ("", "projects left out", None)
    return None


def _relative(figure: Figure, text: str, state: State) -> Decision | None:
    return relative(figure, _before(figure, text), text, state)


STILL_RUNS = "<remainder> <count> 没停"


def _left_over(figure: Figure, text: str, state: State) -> Decision | None:
    """其余30户正在复工: not yet; 其余30户已复工."""
    remainder = figure.last(Is.REMAINDER)
    if remainder is None or remainder.end < figure.q.start - 2 or text[remainder.end - 1] not in "余下剩":
        return None
    if is_rest_of_places(text[remainder.end : figure.q.start]) or LIES.match(text, figure.q.end):
        return None
    resumed = figure.first(Is.RESUME)
    if resumed is None and figure.family == "project" and text.startswith("，", figure.clause_end):
        resumed = next((w for w in figure.later if w.flags & Is.RESUME and w.start - figure.clause_end < 24), None)
    if resumed is not None and figure.family == "project" and "将" in text[figure.q.end : resumed.start]:
        return "resumed", "<remainder> <count> 将 <resume>", resumed  # what is left of projects has no indicator
    if figure.right_flags & (Is.CUMULATIVE | Is.ALL):
        return None
    if _STILL_LIMITED.match(text, figure.q.end) and figure.family == "enterprise":
        return "not", STILL_LIMITED, remainder
    if _STILL_RUNS.match(text, figure.q.end) and state.strong:
        return "resumed", STILL_RUNS, None
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is not None and before.reason == "count without a role" and before.q.classifier == figure.q.classifier:
        return "", "rest of a count without a role", None  # 187处煤矿已完成核查159处，剩余28处
    resumed = figure.first(Is.RESUME | Is.IDLE | Is.AWAIT | Is.NEGATION | Is.TARGET)
    done = resumed is not None and resumed.flags & Is.RESUME and not resumed.flags & Is.IDLE
    if resumed is not None and done and not _YET_TO.search(text, figure.q.end, resumed.start):
        return "resumed", "<remainder> <count> <resume>", resumed
    later = resumed is not None and (
        bool(resumed.flags & Is.TARGET) or _YET_TO.search(text, figure.q.end, resumed.start) is not None
    )
    return "not", REMAINDER_LATER if later else REMAINDER, remainder


def _part_of_still(figure: Figure, text: str, state: State) -> Decision | None:
    """尚未复工的19个项目中，交通项目有6个: no indicator counts works that stand still, nor parts of them."""
    whole = next((f for f in state.sentence[: figure.index] if f.reason in (WORKS_STILL, PART_OF_STILL)), None)
    if whole is None or figure.family != "project" or figure.right_or_left_resumes or figure.clause - whole.clause > 4:
        return None
    within = whole.reason == PART_OF_STILL or _OUT_OF_THEM.match(text, end_of_group(whole, text)) is not None
    if not within or figure.q.classifier != whole.q.classifier or figure.q.value >= whole.q.value:
        return None
    return "", PART_OF_STILL, None


WORKS_STILL = "not count of projects"
PART_OF_STILL = "part of the projects that stand still"
_OUT_OF_THEM = re.compile(r"(?:[当之]?中|里)?，(?:其中)?")


def _part(figure: Figure, text: str, state: State) -> Decision | None:
    return part_of_base(figure, state) if state.base is not None else None


def _shared(figure: Figure, text: str, state: State) -> Decision | None:
    """占在库企业122户的: what a share is of."""
    share = figure.last(Is.SHARE)
    if share is not None and share.end >= figure.q.start - 8 and not verb_left(figure):
        return "total", "占 <count>", share
    if share is not None and share.end >= figure.q.start - 14 and _is_base_of_share(figure, text, state):
        return "total", "占 <count> 的 <percent>", share
    return None


def _served(figure: Figure, text: str, state: State) -> Decision | None:
    return served(figure, text, _before(figure, text))


def _topic_before(figure: Figure, text: str, state: State) -> Decision | None:
    return topic_before(figure, text)


def _all_of(figure: Figure, text: str, state: State) -> Decision | None:
    """共有企业122家."""
    known = figure.last(Is.DENOMINATOR)
    if known is not None and figure.last(SUBJECT) and not figure.left_has(Is.RATE | Is.SHARE):
        if stopped_with_next(figure, text, state):
            return "", PENDING, None
        then = next((w for w in figure.later if not w.flags & (Is.ALL | Is.CUMULATIVE) or w.flags & Is.RESUME), None)
        if then is not None and then.flags & Is.RESUME and _ALL_DID.fullmatch(text, figure.clause_end, then.start):
            return "resumed", "<all> <group> <count>，都 <resume>", then
        return "total", "<all> <group> <count>", known
    return None


def _one_verb(figure: Figure, text: str, state: State) -> Decision | None:
    """48个在建工地、317家工业企业均已恢复生产: what all of them did is said behind the last."""
    following = next_in_clause(figure, state)
    noun = right_noun(figure, text)
    if following is None or noun is None or following.q.unit is not Unit.COUNT or figure.left_has(DECIDING):
        return None
    if not _AND_NEXT.fullmatch(text, noun.end, following.q.begin) or right_noun(following, text) is None:
        return None
    everyone = following.first(Is.ALL | Is.CUMULATIVE)
    done = following.first(Is.RESUME)
    if everyone is None or done is None or done.flags & (Is.RATE | Is.IDLE) or not 0 <= done.start - everyone.end <= 2:
        return None
    return "", PENDING_TOGETHER, None


_AND_NEXT = re.compile(r"(?:、[\u4e00-\u9fff]{2,5}?){0,2}(?:、|和|及|以及|与)")
"""38家博物馆、纪念馆和|25家景区."""


def _part_of_told(figure: Figure, text: str, state: State) -> Decision | None:
    verb = part_of_told(figure, text) if figure.family == "enterprise" else None
    return ("resumed", "<resume>，其中 <count>", verb) if verb is not None else None


def _first_of_list(figure: Figure, text: str, state: State) -> Decision | None:
    return ("", PENDING, None) if goes_on(figure, text, state) else None


_INSPECTED = re.compile(
    r"(?:检查|督查|抽查|巡查|暗访|巡检|复查|夜查|抽检)(?:了|过|各类|辖区|全[市县区省]|的)?"
    r"(?:已)?(?:复工复产|复工|复产|开工|复业|停工)?[^，。；、（）0-9出中发后的时]{0,6}$"
)
"""检查复工复产企业236家次: who was looked at, not who resumed."""
_RESERVE = re.compile(r"(?:储备|前期|谋划|包装|入库|签约|申报|推介|对接)[^，。；]{0,12}$")
"""全市谋划储备项目860个: nobody works on them."""
_STILL_RUNS = re.compile(
    r"(?:企业|工厂|厂|煤矿|店|门店)?(?:还|仍|仍然|依然|一直)?(?:没停|未停|没有停|在产|开着|在生产|坚持生产|维持生产|勉强生产|没关|在营业)"
)
"""最少的时候只剩9家没停."""
_STILL_LIMITED = re.compile(
    r"[^，。；0-9]{0,12}?(?:仍|还|尚|继续|依然)[^，。；0-9]{0,4}?(?:错峰|限产|避峰|轮停|让电|停产|停工|停机|停窑)"
)
"""剩余154家高耗能企业仍执行错峰生产: not back to normal."""
_ALL_DID = re.compile(
    r"，(?:截至|到)?(?:目前|现在|现|当前|今天)?，?(?:已经|已)?(?:都|均|全部|全都|悉数)(?:已经|已)?(?:顺利|有序|正常|实现)?"
)
"""共有在建工地64个，目前都已顺利复工."""
_YET_TO = re.compile(r"[正准计拟将预有力陆逐待需暂]")
"""其余30户正在复工, 准备复工, 将复工: not yet."""
_EACH = ("每人", "每名", "每家", "每户", "每个", "人均", "平均每", "户均")
_WANTS = re.compile(
    r"有[^，。；0-9]{0,10}?(?:需求|意愿|意向|诉求)的(?:企业|单位|公司|商户|工厂|项目)?(?:共|约|有){0,2}$"
)
"""有包车需求的企业56家."""
_AT_THEM = re.compile(r"(?:对|要求|安排|组织)(?:全[市县区省]|区内|辖区内?)?(?:的)?$")
_LIMITS = re.compile(
    r"(?:全面)?(?:实施|实行|采取|执行|启动)(?:了)?[^，。；0-9]{0,6}?(?:有序用电|限电|限产|错峰|轮停|避峰|停限产|停产)"
)
"""对1862家企业实施有序用电: whom it hit."""
_EXCEPT = re.compile(r"(?:^|[，。；、：（]|项目|企业|工地)(?:其中)?除(?:了|去)?$")
"""除20户零部件企业暂缓复产外，其余全部复产: those that have not resumed."""
_LEAVES_OUT = re.compile(r"(?<![免解扣消开废拆剔清排去])除(?![夕尘险雪冰])(?:了|去)?(?:[^，。；外]{0,40})?$")
_OUTSIDE = re.compile(r"[^，。；]{0,16}?(?:以|之)?外(?![省市地企资商贸])|[^，。；]{0,30}?(?:以|之)?外，")
_RESUMED_GROUP = (
    r"(?:已)?(?:复工复产|复工|复产|开工|开复工)的?(?:重点|规上|工业|小微|中小|外贸|各类)*"
    r"(?:企业|商户|门店|单位)(?:共|约|累计|近|超)?$"
)
_SERVES_RESUMED = re.compile(
    r"(?:走访|服务|帮扶|惠及|联系|对接|支持|帮助|摸排|指导|包联|慰问|辅导|扶持)"
    rf"(?:了|指导|服务|慰问|过|各类|全[市县区]){{0,2}}{_RESUMED_GROUP}"
)
"""走访复工企业320家: whom they went to see."""
_STOPS_RESUMED = re.compile(
    r"(?:关停|查封|取缔|停业整顿|处罚|查处|叫停|约谈)(?:了)?(?:违规|擅自|违法|提前|未经批准){0,2}"
    r"(?:复工复产|复工|复产|开工)的?(?:企业|商户|店铺|门店)(?:共|约|累计)?$"
)
_THEIR_PROBLEMS = re.compile(
    r"[^，。；]{0,24}?(?:的|存在的?|面临的?|遇到的?)[^，。；]{0,8}?(?:难题|问题|困难|诉求|瓶颈|需求)"
)
"""协调解决27家停产砖厂的难题."""
_NONE_OF_THEM = re.compile(
    r"，?(?:目前|至今|现在|截至目前|暂时|竟|却){0,2}(?:无一|没有一)[家座户处个]?(?:具备|能|复|开|恢|通过|符合|达到)"
)
"""磷矿31座，目前无一具备复产条件."""
_CLOSED = re.compile(r"(?:依法|予以|实施|全部|强制|永久性?){1,3}(?:关闭|关停|取缔)")
_NEXT_BATCH = re.compile(r"[^，。；0-9]{0,8}?第[二三四五六]批(?:次)?[复开]")
"""同意12家企业第一批复工，20家第二批复工."""
_PASSED = re.compile(r"(?<!未)(?<!不予)通过(?:了|的)?$")


def _is_base_of_share(figure: Figure, text: str, state: State) -> bool:
    """分别占具备复产条件68座煤矿的79.4%: whatever the base is called."""
    following = state.sentence[figure.index + 1] if figure.index + 1 < len(state.sentence) else None
    noun = right_noun(figure, text)
    at = noun.end if noun is not None else figure.q.end
    return (
        following is not None
        and following.q.unit is Unit.PERCENT
        and text[at : following.q.start] in ("的", "总数的", "总量的", "")
    )


def _helped(figure: Figure, text: str, state: State) -> Decision | None:
    """发放转贷资金5.6亿元，涉及133户企业: those that the help before reached."""
    known = figure.last(Is.DENOMINATOR | Is.SERVE)
    previous = state.sentence[figure.index - 1] if figure.index else None
    helped = previous is not None and previous.indicator and previous.family in ("money", "supply", "pass", "problem")
    fund = figure.spoken(state.sentence, Is.FUND) if figure.family == "enterprise" and state.strong else None
    paid = fund is not None and figure.q.start - fund.end < 16 and "。" not in text[fund.end : figure.q.start]
    if (helped or paid) and known is not None and text[known.start : known.end] in ("涉及", "覆盖", "惠及"):
        return "served", "<help>，涉及 <count>", known
    return None


ONE_VERB = "<count>、<count> 都 <verb>"
"""48个在建工地、317家工业企业均已恢复生产."""
RATIO = "ratio"
"""每10家企业就有9家复工."""
PENDING = "first of a list"
PENDING_TOGETHER = "first of a list that one verb closes"

_RULES: tuple[Callable[[Figure, str, State], Decision | None], ...] = (
    _hit_by_event,
    _no_figure,
    _difference,
    _bounded,
    _at_full_load,
    _judged,
    _helped,
    _relative,
    _left_over,
    _opened,
    _part_of_still,
    _part,
    _shared,
    modified,
    _served,
    _one_verb,
    right_side,
    left_side,
    _topic_before,
    _all_of,
    _part_of_told,
    _first_of_list,
    next_clause,
    said_after,
)
"""In order of strength: what is no figure, what bounds or excludes, the words beside it, its clause, the next one."""


def settle_lists(figures: list[Figure], text: str) -> None:
    """Give the first items of 高新区212家、开发区198家、城东镇155家全部开工 the role of the item that has the verb."""
    for figure in reversed(figures):
        if figure.reason not in (PENDING, PENDING_TOGETHER):
            continue
        rule = ONE_VERB if figure.reason == PENDING_TOGETHER else "<count>、<count> <verb>"
        following = figures[figure.index + 1]
        if following.indicator and following.family in ("enterprise", "project"):
            noun, role = right_noun(figure, text), ROLE_OF.get(following.indicator, "")
            project = noun is not None and noun.flags & Is.PROJECT and not noun.flags & Is.ENTERPRISE
            firms = noun is not None and noun.flags & Is.ENTERPRISE and following.family == "project"
            code = PROJECT_CODES.get(role) if project else ENTERPRISE_CODES.get(role) if firms else following.indicator
            figure.family = "project" if project and code else "enterprise" if firms else following.family
            figure.accept(code or following.indicator, rule)
        elif following.indicator == "" and following.reason not in (PENDING, PENDING_TOGETHER):
            figure.reject(following.reason)
