"""Which role a count of people has: back at work, carried, to be fetched, assigned as helpers, hired, all of them."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.fairs import AT_FAIR, is_at_fair
from resumption.extraction.figures import Figure
from resumption.extraction.nouns import right_noun
from resumption.extraction.other_counts import is_team
from resumption.extraction.people_lists import busy, by_destination, said_later, who_went_home
from resumption.extraction.people_officers import EACH, officers_among, sent_elsewhere
from resumption.extraction.people_phrases import AT_WORK, CAME, IN_PLANT, shaped
from resumption.extraction.people_stories import told_in_story
from resumption.extraction.state import State
from resumption.extraction.words import NOUN, VERB, Is, Word
from resumption.items import Unit

_VERBS = Is.CARRY | Is.RETURN | Is.HIRE | Is.ASSIGN | Is.AWAIT | Is.RESUME | Is.STAFF | Is.IDLE | Is.REQUEST
_PEOPLE = Is.WORKER | Is.OFFICER | Is.JOB


def counts_people(figure: Figure, text: str, state: State) -> bool:
    """一百五十个工人, 回来了五十九个: 个 counts people."""
    noun = right_noun(figure, text)
    if figure.q.classifier == "个" and is_team(text, figure.q.end):
        return False
    if noun is not None:
        if any(w.flags & Is.PROJECT and not w.flags & Is.WORKER and w.end <= noun.start for w in figure.right):
            return False  # 132个重大项目员工返岗人数
        named = text.startswith(("工作站", "站", "服务", "基地", "市场", "协作", "公司", "中介", "品牌"), noun.end)
        return bool(noun.flags & (Is.WORKER | Is.OFFICER) and not noun.flags & Is.ENTERPRISE) and not named
    last = figure.left[-1] if figure.left else None
    if last is not None and last.flags & Is.WORKER and not last.flags & Is.ENTERPRISE:
        return text[last.end : figure.q.start].strip("共有约近") == ""
    previous = state.sentence[figure.index - 1] if figure.index else None
    if IN_PLANT.match(text, figure.q.end) and figure.q.classifier == "个":
        return state.strong
    if AT_WORK.search(text, figure.left_start, figure.q.begin) and not figure.left_has(Is.ENTERPRISE | Is.PROJECT):
        return state.strong
    if previous is None or previous.q.unit is not Unit.PERSON:
        return False
    if previous.q.classifier == "个" and previous.clause == figure.clause and not figure.left_has(NOUN):
        return True  # 480个工人只来了300个
    return CAME.search(text, figure.left_start, figure.q.start) is not None


_PLACE_ONLY = re.compile(
    r"(?:^|[，。；、：\n]|其中)[\u4e00-\u9fff]{1,6}[市县区镇乡州旗盟省](?:最多|最少|次之|居首)?，?(?:有|为|达|约|近|已){0,3}$"
)
_PASSENGERS = re.compile(
    r"(?:地铁|轨道|线网|公交|号线|机场|高速|客运|铁路)[^。；]{0,30}?(?:客运量|客流量?|发送量|(?:运送|发送|输送)(?:旅客|乘客))[^，。；0-9]{0,6}$"
    r"|(?:客运量|客流量|旅客发送量)[^，。；0-9]{0,6}$"
)
"""1号线客运量83万人次: everybody who travelled."""
_CONDITION = re.compile(r"以上[，,]?(?:就|即|方可|才|可|便)")


def decide_people(figure: Figure, text: str, state: State) -> None:
    """Decide a count of people (人, 名, 位, 人次)."""
    figure.family = "person"
    code, rule, word = _role(figure, text, state)
    if code == "officers_assigned" and word is not None and sent_elsewhere(figure, text, state, word):
        code, rule = "", "people sent elsewhere"
    if code:
        figure.accept(code, rule, word)
        figure.explicit = word is not None
    else:
        figure.reject(rule)


Decision = tuple[str, str, Word | None]
"""The indicator, the rule and the word that decided; "" and the reason if it is none."""


def _role(figure: Figure, text: str, state: State) -> Decision:
    """What rules it out, what its noun says (officers), then its verb to the left and to the right."""
    if found := _no_people(figure, text):
        return found
    at = figure.q.begin
    if _DUE.search(text, figure.left_start, at) and state.strong:
        return "workers_total", "该到 <count>", None
    if _WANTS_BACK.search(text, figure.left_start, at) and state.strong:
        return "workers_total", "有 <wish> 的 <people> <count>", None
    if CAME.search(text, figure.left_start, at) and state.strong:
        return "workers_returned", "到了 <count>", None
    if IN_PLANT.match(text, figure.q.end) and state.strong:
        return "workers_returned", "<count> 在厂里", None
    if (
        _BEFORE_EVENT.search(text, max(0, figure.left_start - 1), at) or _ALL_YEAR.search(text, figure.left_start, at)
    ) and state.strong:
        return "workers_total", BEFORE_EVENT, None
    if _YET_TO_GO.search(text, figure.left_start, at) and state.strong:
        return "workers_to_transport", "还没走的有 <count>", None
    if _REST.search(text, figure.clause_start, at) and _STILL_ON_THE_WAY.match(text, figure.q.end):
        return "workers_to_transport", "<remainder> <count> 正 <return>", None
    if _LEFT_OUT.search(text, figure.clause_start, at) and _OUTSIDE.match(text, figure.q.end):
        return "workers_to_transport", LEFT_OUT_PEOPLE, None
    noun = _helper(figure, text) or right_noun(figure, text)
    if found := shaped(figure, text, state, noun):
        return found
    left_noun = figure.last(_PEOPLE | Is.OTHER_TOPIC)
    verb = _verb(figure.left)
    if other := _other_subject(figure, verb, left_noun):
        return "", "people of another subject", other
    if verb is None and state.strong and _AT_WORK_BEFORE.search(text, figure.clause_start, at) and noun is None:
        return "workers_returned", "<staff at work> <count>", left_noun
    if _WILL_BE_BACK.match(text, figure.q.end) and state.strong:
        return "workers_returned", WILL_BE_BACK, None
    if _STAFF_BACK.match(text, figure.q.end) and state.strong:
        return "workers_returned", "<count> <staff> <return>", None
    if found := officers_among(figure, text, state, noun, left_noun, verb):
        return found
    previous = state.sentence[figure.index - 1] if figure.index else None
    if (
        previous is not None
        and previous.indicator == "enterprises_requesting"
        and text[figure.left_start : figure.q.start].lstrip("，").startswith("涉及")
    ):
        return "workers_to_transport", "<requesting>，涉及 <count>", None
    after = _verb([w for w in figure.right if noun is None or w.start >= noun.end])
    if text[at - 1] == "的" and text.startswith(("中，", "里，"), figure.q.end if noun is None else noun.end):
        return "workers_total", "<verb> 的 <count> 中", verb
    if verb is not None:
        return _by_verb(verb, figure, text, after, left_noun, state.strong)
    if _AMONG.match(text, figure.q.end if noun is None else noun.end):
        return "workers_total", "<count> <group> 中", noun
    following = state.sentence[figure.index + 1 : figure.index + 2]
    if noun is not None and following and _then_so_many(figure, following[0], noun, text):
        return "workers_total", "<count> <group> 已有 <count> <return>", noun
    if (
        noun is not None
        and following
        and (_then_percent(figure, following[0]) or _RETURNED_SHARE.fullmatch(text, noun.end, following[0].q.begin))
    ):
        return "workers_total", "<count> <group> <percent> <return>", noun
    if (
        following
        and text.startswith("）", figure.q.end)
        and left_noun is not None
        and left_noun.flags & Is.WORKER
        and _RETURNED_SHARE.fullmatch(text, figure.q.end + 1, following[0].q.begin)
    ):
        return "workers_total", "<group>（<count>）<rate>", left_noun  # 员工（1.2万人）到岗率达89%
    if after is not None and (noun is not None or after.start - figure.q.end <= 10):
        if (
            following
            and following[0].clause == figure.clause
            and following[0].family in ("", "person")
            and following[0].q.unit is figure.q.unit
        ):
            return "workers_total", "<count> <group> <verb> <count>", after
        return _by_verb(after, figure, text, None, noun, state.strong)
    return _listed(figure, text, state, noun or left_noun)


LEFT_OUT_PEOPLE = "除 <count> 外，<return>"
_LEFT_OUT = re.compile(r"除(?:了|去|却)?(?:约|近|还有|有)?$")
_OUTSIDE = re.compile(r"[^，。；0-9]{0,20}?(?:以外|之外|外)，?(?:其余|其他|其它|剩下|均|都|全部|全都|已|大部分)")
"""除40多名在外省的员工外，都已返岗: those who have not."""
_REST = re.compile(r"(?:剩余|剩下|其余|余下|尚余)的?(?:约|近|还有)?$")
_STILL_ON_THE_WAY = re.compile(
    r"(?:多)?(?:员工|职工|工人|人员|务工人员)?(?:正|正在|将|也将|也在)(?:陆续|分批|有序|逐步|加紧|安排|抓紧|返回|在){0,2}[^，。；0-9]{0,6}?"
    r"(?:返岗|返程|返厂|返工|到岗|复岗|外出|出发|赶回|返回)"
)
"""剩余4.8万人正陆续返岗: not back yet."""
BEFORE_EVENT = "节前是 <count>"
_BEFORE_EVENT = re.compile(
    r"(?:我们|厂里|公司|全厂|工厂|车间|店里)?(?:节前|年前|灾前|震前|停工前|停产前|疫情前|春节前|放假前|原先|原来)(?:是|有|一共|总共|共|全厂|厂里|公司){1,2}(?:约|近)?$"
    r"|（(?:节前|年前|灾前|震前|停工前|停产前|疫情前|春节前|放假前|原有)(?:为|有|共|约)?$"
    r"|(?:用工|职工|员工|从业人员|在册)(?:总)?(?:人数|总数|总量|规模)（(?:共|约|为)?$"
)
"""我们节前是870人: all of them."""
_ALL_YEAR = re.compile(
    r"(?:常年|长年|常年在外|每年)(?:外出|在外|有|在)?(?:务工|打工|就业)的?(?:人员|劳动力|人数|农民工)?(?:约|达|近|有|为|超过?)*$"
    r"|往年[^，。；0-9]{0,12}?(?:店里|厂里|工地|车间|公司|这里|有|都有|至少有)$"
)
"""常年外出务工1.4万人; 往年这个时候店里30多名员工早就到齐: all of them, not those who came."""
_AMONG = re.compile(r"[中里]，|[里中](?!心|国|央|等|小|型|层|旬|午|间|面|头|[0-9])[\u4e00-\u9fff、]{2,12}(?:占|有|是)")
"""260个工人里安徽、河南籍的占七成."""
_YET_TO_GO = re.compile(
    r"(?:还没走|没走|尚未出发|待出发|等待出发|等着走|等候返岗|(?:想|愿意?|打算|计划|有意愿?|准备)[^，。；0-9]{0,10}(?:返岗|外出|务工|出去|出门|走|去[\u4e00-\u9fff]{1,3}))的"
    r"(?:人员|务工人员|劳动力|老乡|人)?(?:还|就|也|约|共|达|尚)?(?:有|达)?$"
)
"""报了名还没走的有1640人, 全市想去省外返岗的有11.7万人."""
_GUESTS = re.compile(
    r"力资源|(?:的)?[\u4e00-\u9fff]{0,3}?(?:嘉宾|客人|游客|顾客|观众|听众|网友|评委|律师|医生|记者|代表|工作组|专家组|调查组|检查组|督导组|验收组|评审组)"
)
"""请来了两位嘉宾, 5人工作组: who is no staff of anybody here."""
_STAFF_BACK = re.compile(
    r"(?:多)?(?:工作|技术|管理|作业|服务)人员(?:已经|已|均已|都已|全部|陆续)?(?:返岗|到岗|上岗|复岗)"
)
"""合作社已有75名工作人员返岗."""
WILL_BE_BACK = "<count> 将 <return>"
_WILL_BE_BACK = re.compile(
    r"(?:多)?(?:员工|工人|职工|农民工|务工人员|劳动力|人员)?(?:将会|将|预计|计划|有望|打算|可)(?:在|于|从)?[^，。；、]{0,10}?"
    r"(?:返回|返岗|返程|返工|返厂|到岗|复工|回到岗位|回到工作岗位)"
)
"""约1.1亿人将在2月底返回: a target of those who are back."""
_AT_WORK_BEFORE = re.compile(
    r"(?:生产|在岗|当班|作业|施工|坚守岗位的?|坚持生产的?|在工)(?:一线)?(?:职工|员工|工人|人员)(?:共|共有|有|达|为|约|近){0,2}$"
)
"""坚持生产的企业86家，生产职工3.1万人."""
_BACK_OF_THEM = re.compile(
    r"(?<!未)(?<!没有)(?:复工|返岗|到岗|上班|返厂|回厂|上岗)的(?:共|已|就|只|仅)?(?:有|达)?(?:近|约)?$"
)
"""480名员工中，经批准复工的共有142人."""
_GOES_TO = re.compile(
    r"(?:分别|将|已)?(?:驻守|进驻|入驻|包联|联系|下沉|奔赴|赴|深入|走进|驻点|对口|结对|包保|服务|蹲点)"
)


def _helper(figure: Figure, text: str) -> Word | None:
    """260名机关干部驻守重点企业: those who go, not where they go."""
    noun = next((w for w in figure.right if w.flags & Is.OFFICER and w.start - figure.q.end <= 6), None)
    return noun if noun is not None and _GOES_TO.match(text, noun.end) else None


_EVERY_DAY = re.compile(r"(?:都|平均|约|均|大约|差不多)?有(?:近|约|超过?)?$")
"""每天有1.9万名建设者在推进工程."""
_IDLE_PEOPLE = re.compile(
    r"(?:多)?(?:员工|工人|劳动力|人员)?(?:仍|尚|还|在家|暂时)?(?:待业|失业|下岗|赋闲|无业|闲置|辞职|离职|离岗|被裁)"
)
"""尚有900人待业: neither back nor on the way."""
_DUE = re.compile(r"[该应](?:到|来|返)(?:岗|厂|场)?的?(?:员工|职工|工人|人员)?(?:共|有|约|近)?$")
"""项目上该到600人."""
_WANTS_BACK = re.compile(
    r"有(?:返岗|返工|外出|务工|就业|复工|出行|转移|返程)[^，。；0-9]{0,4}?(?:意愿|意向|需求|打算)的?"
    r"[^，。；0-9]{0,12}?(?:人员|劳动力|员工|农民工|工人|务工者|群众)(?:共|共有|有|约|近|达|计){0,2}$"
)
"""有返岗意愿的务工人员共28.4万人: all who are to go back."""


def _then_so_many(figure: Figure, following: Figure, noun: Word, text: str) -> bool:
    """320名员工已有305名回到岗位: the part has the verb."""
    return (
        bool(noun.flags & Is.WORKER)
        and following.q.unit is figure.q.unit
        and following.q.value < figure.q.value
        and text[noun.end : following.q.begin]
        in ("，有", "，已有", "已有", "已经有", "有", "中有", "中已有", "里有", "当中有")
        and following.first(Is.RETURN | Is.RESUME) is not None
    )


_RETURNED_SHARE = re.compile(
    r"(?:已经?|目前|现)?(?:返岗|到岗|复岗|返厂|复工|上岗|回岗)(?:率|比例)?(?:已|达到?|为|在|约|近|超过?){0,2}"
)
"""1.2万名员工返岗98%, 3600名工人到岗率92%: all of them."""


def _then_percent(figure: Figure, following: Figure) -> bool:
    """80余名工人已有三分之二返岗: the percentage has the verb."""
    verb = next((w for w in following.right[:3] if w.flags & Is.RETURN), None)
    return (
        following.q.unit is Unit.PERCENT
        and following.clause == figure.clause
        and verb is not None
        and bool(verb.flags & Is.RETURN)
        and verb.start - following.q.end <= 4
    )


def _no_people(figure: Figure, text: str) -> Decision | None:
    """每人, 不超过50人, 一人: rules, conditions, and one of something."""
    limit = figure.last(Is.LIMIT)
    every = figure.last(Is.EVERY)
    daily = every is not None and text[every.start : every.end] in ("每天", "每日")
    if every is not None and daily and (figure.last(Is.RETURN) or _EVERY_DAY.match(text, every.end, figure.q.begin)):
        every = None
    if every is not None or (limit is not None and not (figure.q.cue and limit.start <= figure.q.cue[0] < limit.end)):
        return "", EACH, None
    if _PASSENGERS.search(text, max(0, figure.q.begin - 48), figure.q.begin):
        return "", "passengers", None
    if _IDLE_PEOPLE.match(text, figure.q.end):
        return "", "people of another subject", None
    if _GUESTS.match(text, figure.q.end):
        return "", "people of another subject", None
    if _CONDITION.match(text, figure.q.end):
        return "", "condition", None
    if figure.q.text[0] == "一" and figure.q.value == 1:
        return "", "one of something", None
    return None


def _other_subject(figure: Figure, verb: Word | None, left_noun: Word | None) -> Word | None:
    """The word that says that these people are another subject's; None if none does."""
    other = figure.last(Is.OTHER_TOPIC)
    if (
        other is not None
        and (verb is None or verb.start < other.start)
        and not (left_noun and left_noun.flags & _PEOPLE and left_noun.start > other.start)
    ):
        return other
    after = figure.right[0] if figure.right else None
    if (
        after is not None
        and after.flags & Is.OTHER_TOPIC
        and not after.flags & (NOUN | VERB)
        and after.start - figure.q.end <= 4
    ):
        return after
    return None


def _by_verb(
    verb: Word, figure: Figure, text: str, after: Word | None, noun: Word | None, state_strong: bool
) -> tuple[str, str, Word | None]:
    flags = verb.flags
    around = figure.left if verb.start < figure.q.start else figure.right
    negated = any(w.flags & Is.NEGATION and 0 <= verb.start - w.end <= 4 for w in around)
    needed = text[verb.start - 1 : verb.start] in "需待应拟" and verb.start > figure.clause_start
    if flags & Is.STAFF and not flags & Is.RETURN:
        done = next(
            (w for w in figure.left if w.flags & (Is.RETURN | Is.RESUME) and 0 <= verb.start - w.end <= 3), None
        )
        if done is not None and "应" not in text[verb.start : verb.end]:
            return "workers_returned", "<return> <staff> <count>", done
        return "workers_total", "<all staff> <count>", verb
    if flags & Is.AWAIT:
        return "workers_to_transport", "<await> <count>", verb
    if flags & Is.CARRY:
        return (
            ("workers_to_transport", "需 <carry> <count>", verb)
            if needed
            else ("workers_transported", "<carry> <count>", verb)
        )
    if flags & Is.RETURN or flags & Is.RESUME:
        if negated:
            figure.optional = True
            return "workers_to_transport", "<not> <return> <count>", verb
        if needed and text[verb.start - 1] == "应":
            return "workers_total", "应 <return> <count>", verb
        return "workers_returned", "<return> <count>", verb
    if flags & Is.HIRE:
        if not state_strong or is_at_fair(figure, text):
            return "", AT_FAIR, verb
        return "jobs_offered", "<hire> <count>", verb
    if flags & Is.ASSIGN:
        if noun is not None and noun.flags & Is.OFFICER:
            return "officers_assigned", "<assign> <count>", verb
        if after is not None and after.flags & (Is.CARRY | Is.RETURN):
            return _by_verb(after, figure, text, None, noun, state_strong)
        if noun is not None and noun.flags & Is.WORKER:
            return "", "people of another subject", verb
        return "officers_assigned", "<assign> <count>", verb
    if flags & Is.REQUEST:
        figure.optional = True
        return "workers_to_transport", "<request> <count>", verb
    return "", "people without a role", None


_EACH_HAS = re.compile(r"(?:各有|各为|各达|分别有|分别为|分别达|分别是|依次为|依次是)(?:约|近)?$")


_OUT_OF = re.compile(r"[\u4e00-\u9fff]{0,4}?[中里]，")


def _listed(figure: Figure, text: str, state: State, noun: Word | None) -> Decision:
    """People without a verb beside their number: the figures around them tell what they are."""
    if (each := _each(figure, text, state, noun)) is not None:
        return each
    staff = figure.last(Is.STAFF)
    if staff is not None:
        return "workers_total", "<all staff> <count>", staff
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is not None and before.indicator == "vehicles" and _ABOARD.fullmatch(text, before.q.end, figure.q.begin):
        return "workers_transported", "<vehicles>、<count>", None
    if state.strong and (found := by_destination(figure, text, state)):
        return found
    if state.strong and _OF_THOSE_BACK.search(text, max(0, figure.clause_start - _BACK_AT), figure.q.begin):
        return "workers_returned", "<return> 的 <people> 中，<count>", None
    if (found := told_in_story(figure, text, state) or _like_previous(figure, text, state, noun)) is not None:
        return found
    if (found := _place_and_count(figure, text, state, noun)) is not None:
        return found
    if (found := _total_before(figure, text, state, noun)) is not None:
        return found
    if figure.family == "person" and figure.right and figure.right[0].flags & (Is.RETURN | Is.CARRY):
        return _by_verb(figure.right[0], figure, text, None, noun, state.strong)
    if state.strong and (
        found := busy(figure, text, noun) or said_later(figure, text, state, noun) or who_went_home(figure, text, state)
    ):
        return found
    return "", "people without a role", None


_BACK_AT = 16
_OF_THOSE_BACK = re.compile(
    r"(?:(?<!未)已|目前|现有?|累计)(?:返岗|到岗|复岗|返厂|返程|复工)(?:复工|复产)?的?(?:员工|职工|工人|人员|务工人员|农民工)(?:当中|之中|中|里)，[^，。；0-9]{0,12}?$"
)
"""已返岗员工中，本地员工1.2万人: a part of those who are back."""
_ABOARD = re.compile(r"(?:（[\u4e00-\u9fff]{1,3}）)?[、，]?(?:共|计|合计|约)?")
"""专列63列、约25200人: those who were on them."""


def _each(figure: Figure, text: str, state: State, noun: Word | None) -> Decision | None:
    """疏附县、莎车县上岗人数居前，各有5830人、8120人: the verb stands before the list of places."""
    said = next((w for w in reversed(figure.earlier) if w.flags & (Is.RETURN | Is.CARRY)), None)
    if said is None or noun is not None or not state.strong:
        return None
    if not _EACH_HAS.search(text, figure.left_start, figure.q.begin):
        return None
    return ("workers_returned" if said.flags & Is.RETURN else "workers_transported"), "<verb> …，各有 <count>", said


def _like_previous(figure: Figure, text: str, state: State, noun: Word | None) -> Decision | None:
    """The number behind one of people, in its list or as a part of it: of the same kind."""
    previous = state.roles.get("person") or (state.paragraph_roles.get("person") if figure.last(Is.SUBSET) else None)
    if previous is None:
        return None
    total = previous.indicator == "workers_total"
    later = figure.clause > previous.clause
    if total and later and _OUT_OF.match(text, previous.q.end) and not figure.last(Is.SUBSET):
        if _BACK_OF_THEM.search(text, figure.clause_start, figure.q.begin):
            return "workers_returned", "<count> 中，<return> <count>", None
        return "", "part of the staff", None  # 2680人中，隔离观察150人
    near = noun is not None or figure.inside or figure.q.end - figure.left_start < 24
    if not previous.indicator or not near:
        return None
    part = figure.kind == "change" or figure.inside or figure.last(Is.SUBSET)
    if not part and previous.clause < figure.clause - 1:
        return None
    if (
        total
        and previous.kind == figure.kind == "level"
        and later
        and not figure.inside
        and figure.q.value < previous.q.value
        and text[figure.left_start : figure.q.start].endswith(("的有", "的就有", "的已有", "的达"))
    ):
        return "workers_returned", "<total>，… 的有 <count>", None
    if total and figure.kind == "change":
        return (
            ("", "change of all the staff", None) if figure.sign < 0 else ("workers_returned", "<list> <count>", None)
        )
    return previous.indicator, "<list> <count>", None


def _place_and_count(figure: Figure, text: str, state: State, noun: Word | None) -> Decision | None:
    """…返岗3.2万人。开发区8100人: a part of the number of the sentence before, by its place."""
    before = state.paragraph_roles.get("person")
    if (
        before is not None
        and before.indicator in ("workers_returned", "workers_transported")
        and before.kind == "level"
        and noun is None
        and figure.q.value < before.q.value
        and not any(w.flags & (NOUN | VERB) for w in (*figure.left, *figure.right))
        and _PLACE_ONLY.search(text[max(0, figure.q.start - 16) : figure.q.start])
    ):
        return before.indicator, "<place> <count>", None
    return None


_NOW_THERE = re.compile(r"，(?:现|目前|已|现已|现在)(?:经|已|有|安排|组织)*$")
"""厂里有工人90名，现到岗60名."""


def _total_before(figure: Figure, text: str, state: State, noun: Word | None) -> Decision | None:
    """共有员工500人，返岗420人: the first of two numbers of people; 300名工人，均已返岗: the verb stands behind."""
    upcoming = state.sentence[figure.index + 1] if figure.index + 1 < len(state.sentence) else None
    workers = noun if noun is not None and noun.flags & Is.WORKER else None
    if workers is not None and upcoming is not None and figure.last(Is.DENOMINATOR):
        came = upcoming.last(Is.RETURN) or upcoming.last(Is.RESUME)
        if came is None and (
            text.startswith(("中", "里"), workers.end) or _NOW_THERE.search(text, figure.q.end, upcoming.q.begin)
        ):
            came = upcoming.first(Is.RETURN | Is.RESUME)
        if came:
            return "workers_total", "<all> <staff> <count>，<return> <count>", workers
    if (
        upcoming is not None
        and upcoming.clause - figure.clause <= 1
        and CAME.search(text, figure.q.end, upcoming.q.start)
    ):
        return "workers_total", "<count> … 到了 <count>", None
    if workers is not None and state.strong and figure.later:
        then = figure.later[0]
        if then.flags & (Is.ALL | Is.CUMULATIVE) and len(figure.later) > 1:
            then = figure.later[1]
        if then.flags & Is.RETURN and upcoming is not None and _is_its_part(then, upcoming, figure):
            return "workers_total", "<count> <group>，<return> <part>", workers
        new_row = "；" in text[figure.q.end : then.start]  # 吸纳劳动力1563人；外出务工人员返岗…: of others
        if then.flags & Is.RETURN and then.start - figure.clause_end <= 14 and not new_row:
            return "workers_returned", "<count> <group>，<return>", then
    if workers is not None and upcoming is not None and upcoming.q.unit is figure.q.unit:
        there = _NOW_THERE.search(text, figure.q.end, upcoming.q.begin) and upcoming.first(Is.RETURN)
        if upcoming.q.value > figure.q.value or not (_verb(upcoming.left) or there):
            return None  # fewer than those who came: no total of them
        return "workers_total", "<count> <group>，<return> <count>", workers
    return None


def _is_its_part(verb: Word, part: Figure, whole: Figure) -> bool:
    """一万两千名员工，今天在岗10480人; 1300名员工，初七返岗就达九成: the verb is of the part."""
    if not verb.end <= part.q.begin <= verb.end + 3:
        return False
    if part.q.unit is Unit.PERCENT:
        return part.q.value < 100
    return part.q.unit is whole.q.unit and part.q.value < whole.q.value


def _verb(words: list[Word]) -> Word | None:
    """The verb that decides: carrying and hiring outweigh 返岗, which outweighs assigning; the nearest of its class."""
    for wanted in (Is.AWAIT, Is.CARRY, Is.HIRE, Is.STAFF, Is.RETURN, Is.RESUME, Is.ASSIGN, Is.REQUEST):
        for word in words:
            if (
                word.flags & wanted
                and not word.flags & Is.RATE
                and not (wanted is Is.CARRY and word.flags & Is.VEHICLE)
            ):
                if wanted is Is.RESUME and word.flags & (Is.APPROVE | Is.LAUNCH) and not word.flags & Is.RETURN:
                    continue
                return word
    return None
