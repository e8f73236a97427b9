"""What other clauses and lists say of a count: the base before it, the verb after it, the list it stands in."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.count_groups import OTHER_PROJECTS, group_of_projects, repeated_whole
from resumption.extraction.count_verbs import (
    ROLE_OF,
    SUBJECT,
    deciding_verb,
    next_in_clause,
    role_of_verb,
    same_noun,
)
from resumption.extraction.figures import Figure
from resumption.extraction.nouns import head_noun, right_noun
from resumption.extraction.state import State
from resumption.extraction.words import VERB, Is, Word
from resumption.items import Comparator, Unit


def modified(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """12家未开工企业, 35家停产煤矿: the verb stands inside the noun phrase."""
    noun = right_noun(figure, text)
    if noun is None:
        return None
    inside = [
        w
        for w in figure.right
        if w.end <= noun.start and w.flags & (Is.RESUME | Is.IDLE) and w.start - figure.q.end <= 4
    ]
    if not inside:
        return None
    role = role_of_verb(inside[0], inside)
    after = deciding_verb([w for w in figure.right if w.start >= noun.end])
    if after is not None and role == "resumed":
        return None
    if role == "not" and not resumed_part_follows(figure, state):
        then = after or deciding_verb([w for w in figure.later if w.start - figure.clause_end < 24])
        if then is not None and _is_over(then, text, noun.end):
            return None  # 27家停产企业恢复生产: what they were, then what they did
    if role == "not" and resumed_part_follows(figure, state):
        return "total", "<count> <stopped> <group>，<resume> <count>", inside[0]
    return role, "<count> <verb> <group>", inside[0]


_YET = re.compile(r"(?:准备|筹备|着手|等待|等候|计划|预计|有望|力争|拟|将|待|需|正|正在|积极|争取)[^，。；]{0,6}$")


def _is_over(verb: Word, text: str, since: int) -> bool:
    """恢复生产, 申请复产 of those that stood still; not 正准备复产: they stand still yet."""
    if not verb.flags & (Is.RESUME | Is.APPROVE | Is.REQUEST) or verb.flags & Is.IDLE:
        return False
    return _YET.search(text, since, verb.start) is None


def resumed_part_follows(figure: Figure, state: State) -> bool:
    """27家停产企业已有25家复产: the next count is the part of it that resumed."""
    after = state.sentence[figure.index + 1] if figure.index + 1 < len(state.sentence) else None
    return (
        after is not None
        and after.q.unit is Unit.COUNT
        and after.q.value <= figure.q.value
        and any(w.flags & (Is.RESUME | Is.APPROVE) for w in (*after.left, *after.right))
        and not any(w.flags & Is.TARGET for w in (*after.left, *after.right))
    )


_AND = ("和", "及", "以及", "与")


def goes_on(figure: Figure, text: str, state: State) -> bool:
    following = next_in_clause(figure, state)
    if following is None or following.q.unit is not Unit.COUNT:
        return False
    noun, next_noun = right_noun(figure, text), right_noun(following, text)
    if (
        noun is not None
        and next_noun is not None
        and noun.end == following.q.start
        and not same_noun(text[noun.start : noun.end], text[next_noun.start : next_noun.end])
        and (figure.left_has(Is.CUMULATIVE | Is.RESUME) or _works_twice(noun, next_noun, following))
    ):
        # 已有4个项目5个标段复工, 18个在建项目259个工点已复工: one verb for both
        return True
    kind = figure.right[0] if figure.right and figure.right[0].flags & Is.MODIFIER else None
    if noun is None and kind is not None and kind.start == figure.q.end and text[kind.end : following.q.start] in _AND:
        return next_noun is not None and following.right_has(Is.RESUME)  # 8家规上和20家中小企业复工
    if noun is not None and text[noun.end : following.q.start] in _AND:
        return any(w.flags & Is.RESUME for w in following.right) and next_noun is not None
    listed = noun is not None and text[noun.end : following.q.start] == "、"
    if listed and next_noun and any(w.flags & Is.RESUME and w.start >= next_noun.end for w in following.right):
        return True
    return state.roles.get(figure.family) is None and "、" in text[figure.q.end : following.q.start]


def _works_twice(noun: Word, next_noun: Word, following: Figure) -> bool:
    """18个项目259个工点已复工: works, and the parts of them."""
    return bool(noun.flags & next_noun.flags & Is.PROJECT) and following.right_has(Is.RESUME)


def stopped_with_next(figure: Figure, text: str, state: State) -> bool:
    """共有规上企业17户、规下企业86户停产: one verb for both."""
    following = next_in_clause(figure, state)
    return (
        following is not None
        and text.startswith("、", figure.q.end)
        and following.q.classifier == figure.q.classifier
        and following.first(Is.IDLE | Is.RESUME | Is.RATE) is following.first(Is.IDLE) is not None
    )


def part_of_base(figure: Figure, state: State) -> tuple[str, str, Word | None] | None:
    base = state.base
    if base is None or base.indicator not in ROLE_OF or figure.clause - base.clause > 3:
        return None
    role = ROLE_OF[base.indicator]
    if role in ("total", "resumed", "served", "threshold"):
        return None
    verb = deciding_verb(figure.left) or deciding_verb(figure.right)
    resumed = verb is not None and verb.flags & Is.RESUME and not verb.flags & Is.IDLE
    if resumed and not any(w.flags & (Is.NEGATION | Is.IDLE | Is.AWAIT) for w in [*figure.left, *figure.right]):
        return None
    return role, "<part> of <count> 中", None


_THERE_ARE = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:就|共|已|还)?(?:有|达|为|是)(?:约|近|超)?$")


def _group_named_before(figure: Figure, text: str) -> tuple[str, str, Word | None] | None:
    """节后复工的亿元以上工业项目，昆山开发区有22个: the clause before names the group by what it did."""
    if not figure.earlier or not figure.earlier[-1].flags & SUBJECT or figure.left_has(SUBJECT | Is.RESUME | Is.IDLE):
        return None
    if text[figure.earlier[-1].end : figure.clause_start] not in ("，", "、") or not _THERE_ARE.fullmatch(
        text, figure.clause_start, figure.q.start
    ):
        return None
    verb = next((w for w in reversed(figure.earlier) if w.flags & (Is.RESUME | Is.IDLE)), None)
    if verb is None or "的" not in text[verb.end : verb.end + 2]:
        return None
    return (
        ("not" if verb.flags & Is.IDLE and not verb.flags & Is.RESUME else "resumed"),
        "<verb> 的 <group>，有 <count>",
        verb,
    )


def topic_before(figure: Figure, text: str) -> tuple[str, str, Word | None] | None:
    """园洲镇、石湾镇复工企业最多，分别为208家、197家: the clause before has the verb."""
    if found := _group_named_before(figure, text):
        return found
    if not any(w.flags & (Is.RESPECTIVELY | Is.ARRIVE) for w in figure.left[:2]) or not figure.earlier:
        return None
    word = deciding_verb(figure.earlier)
    if word is None or figure.last(SUBJECT):
        return None
    return role_of_verb(word, figure.earlier), "<verb> …，分别为 <count>", word


_OPEN_WHEN = re.compile(r"(?:何时|何日|什么时候|几时|啥时候)[^，。；]{0,6}$")
"""何时复产尚未确定: they stand still."""
_OF_THEM = re.compile(r"的(?:已经|已|只|才|就|仅)?(?:有|占|达|是)?")


def said_after(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """其余27家仍在清淤排水，尚未复工: the clause after has the verb."""
    if "；" in text[figure.clause_end : figure.clause_end + 1]:
        return None
    words = [w for w in figure.later if w.start - figure.clause_end < 24]
    if any(w.flags & (SUBJECT | Is.RATE) for w in words):
        return None
    word = deciding_verb([w for w in words if w.flags & (Is.RESUME | Is.IDLE | Is.REQUEST | Is.APPROVE | Is.SANCTION)])
    if word is None:
        return None
    following = state.sentence[figure.index + 1] if figure.index + 1 < len(state.sentence) else None
    if (
        following is not None
        and word.flags & (Is.RESUME | Is.REQUEST | Is.APPROVE)
        and _OF_THEM.fullmatch(text, word.end, following.q.begin)
    ):
        return "total", "<count>，<verb> 的 <part>", word  # 216户，开门的不到一半
    if (
        following is not None
        and word.flags & Is.SANCTION
        and following.q.unit is Unit.COUNT
        and word.start >= following.left_start
        and following.q.start - word.end <= 3
    ):
        return None
    role = role_of_verb(word, words)
    if role == "resumed" and _OPEN_WHEN.search(text, figure.clause_end, word.start):
        role = "not"
    return role, "<count>，<verb>", word


_OF_PLACES = re.compile(r"[0-9]个?(?:县（市、区）|县（区、市）|市（州）|县|市|区|州|乡镇|街道)")


def changed(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None]:
    word = figure.last(Is.IDLE | Is.RESUME) or figure.first(Is.IDLE | Is.RESUME)
    approved = figure.first(Is.APPROVE) if word is None else None
    if approved is not None and approved.start - figure.q.end <= 8:
        return "approved", "<increment> <count> <approve>", approved  # 节后又有76座煤矿通过验收
    if word is not None:
        return (
            ("not" if word.flags & Is.IDLE and not word.flags & Is.RESUME else "resumed"),
            "<increment> <verb> <count>",
            word,
        )
    previous = state.roles.get(figure.family) or state.paragraph_roles.get(figure.family)
    if previous is not None and previous.indicator in ROLE_OF:
        if _OF_PLACES.search(text, previous.q.end, figure.q.start):
            return "", "change of a count of places", None
        role = ROLE_OF[previous.indicator]
        return ("resumed" if role == "total" else role), "<compared> <count>", None
    return "", "change of an unknown count", None


_SIZED = re.compile(r"(?:以上|以下)(?:的)?(?:企业|项目|工地|工程)?(?:就|已|仅|共|达到?|有){0,3}(?=[0-9])")


_THAT_MANY = re.compile(r"的(?:规上|规模以上)?(?:企业|商户|门店)?(?:共|已|就|只|仅|约|近)?(?:有|达|达到)")
"""产能恢复到疫情前九成的有1208家."""
_OVER_STAFF = re.compile(
    r"(?:到岗|在岗|返岗|上岗|施工|用工)(?:人员|人数|工人|职工|员工)?[^，。；]{0,8}?[0-9]人(?:以上|以下)的?"
    r"(?:企业|项目|工地|工程)?(?:就|已|仅|共|达到?|有|为){0,3}$"
)
"""到岗人数500人以上的项目达119项: over a size that is no figure."""


def threshold(figure: Figure, text: str, state: State) -> bool:
    """True for the 303户 of 产能恢复率超过80%的303户; the 80% before it is marked as a threshold."""
    begin = max(figure.clause_start, figure.q.start - 40)
    sized = "人以" in text[begin : figure.q.start] and _OVER_STAFF.search(text, begin, figure.q.start) is not None
    if not figure.index:
        return sized
    previous = state.sentence[figure.index - 1]
    if previous.clause == figure.clause and previous.q.unit is Unit.PERSON and _SIZED.match(text, previous.q.end):
        # 到岗人数100人以上的有346户
        previous.reject("threshold of a count")
        state.roles["threshold"] = figure
        return True
    if sized:
        return True
    if figure.family != "enterprise" or previous.clause != figure.clause or previous.q.unit is not Unit.PERCENT:
        return False
    gap = text[previous.q.end : figure.q.start]
    whole = gap.startswith("的") and (previous.q.value == 100 or _THAT_MANY.fullmatch(gap) is not None)
    bounded = previous.q.comparator is not Comparator.EQ or previous.q.is_range or whole
    if not bounded or len(gap) > 16 or any(w.flags & (Is.SHARE | Is.RATE) for w in figure.left):
        return False
    named = previous.last(Is.RATE | Is.CAPACITY | Is.POWER) or state.roles.get("threshold")
    if "的" not in gap and "企业" not in gap and not gap.endswith("有") and "以上" not in gap and "以下" not in gap:
        return False
    if any(w.flags & (Is.RESUME | Is.IDLE) for w in figure.left):
        return False
    if named is None and not (previous.indicator and previous.family == "rate"):
        return False
    previous.reject("threshold of a count")
    state.roles["threshold"] = figure
    return True


def next_clause(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """全县在建项目67个，复工52个: the next figure of the kind has the verb, this one is the base."""
    for other in state.sentence[figure.index + 1 :]:
        if other.clause - figure.clause > 2:
            break
        if other.q.unit in (Unit.PERCENT, Unit.PERCENTAGE_POINT):
            if (
                other.last(Is.RATE | Is.CAPACITY)
                and right_noun(figure, text) is not None
                and other.clause == figure.clause
            ):
                return "total", "<count> <group> <rate>", None
            if other.last(Is.SHARE):
                break
            continue
        if other.q.unit is not Unit.COUNT:
            break
        if other.is_enterprise_count != figure.is_enterprise_count and other.q.classifier != figure.q.classifier:
            break
        if other.last(Is.SHARE):
            break
        new_subject = other.last(SUBJECT)
        verb = deciding_verb(other.left) or deciding_verb(other.right)
        if verb is None:
            break
        own = head_noun(figure, text)
        if (
            new_subject is not None
            and own is not None
            and other.clause != figure.clause
            and right_noun(other, text) is None
        ) and not same_noun(text[new_subject.start : new_subject.end], text[own.start : own.end]):
            break
        if text[other.clause_start - 1] == "；":
            break
        if other.clause != figure.clause and right_noun(other, text) is not None and not other.left:
            # 建筑企业118家，其中，1250家规上企业全部复工: it says all of itself
            break
        if role_of_verb(verb, other.left) in ("resumed", "not", "approved"):
            return "total", "<group> <count>，<verb> <count>", None
        break
    return None


REMAINDER = "<remainder> <count>"
STILL_LIMITED = "<remainder> <count> 仍 <limited>"
"""剩余154家仍执行错峰生产."""
REMAINDER_LATER = "<remainder> <count> 待 <resume>"
"""其余19家计划元宵节后开工."""
_WHO = ("的有", "的就有", "的已有", "的只有")
"""81家加油站能加油的有78家: how many of them do what is said, whatever it is."""
_ACTUAL = re.compile(r"(?:实|已|真正|目前|现)[\u4e00-\u9fff]{0,3}(?:开|复|转|产)[\u4e00-\u9fff]{0,3}$")


def _among(figure: Figure) -> bool:
    """True if the words before its clause end in 中."""
    return bool(figure.earlier[-1].flags & Is.WITHIN)


def _opens_with_subset(figure: Figure, text: str, state: State) -> bool:
    """其中，产业项目181个: a part of what was counted before, unless a rate of its own follows."""
    if not figure.earlier or not figure.earlier[-1].flags & Is.SUBSET or text[figure.clause_start - 1] != "，":
        return False
    noun = figure.last(SUBJECT)
    if noun is None or text[noun.end : figure.q.begin].strip("有达为共") or right_noun(figure, text) is not None:
        return False
    following = state.sentence[figure.index + 1 : figure.index + 2]
    return not (following and following[0].q.unit is Unit.PERCENT and following[0].left_has(Is.RATE | Is.SHARE))


_VIEW = re.compile(
    r"(?:分|从|按)(?:区域|地区|地域|乡镇|镇街|县区|区县|县市|市州|地市|片区|街道|行业|类型|园区)来?看，[^，。；0-9]{1,8}$"
)
"""从乡镇看，桐木镇63家: a part of what was counted last."""
_REST = re.compile(
    r"的?(?:各|几个|[两三四五六七八九十]个?)?(?:乡镇|镇街|街道|县区|区县|县市|市州|地市|地区|各地|市县|[镇县区市])"
)


LIES = re.compile(
    r"(?:企业|项目)?(?:均|都|则)?(?:分布)?在(?!建|等|排|检|整|观|隔|家|停|清|修)[\u4e00-\u9fff]{2,8}?(?:区|园|县|市|镇|街道|乡|各地)"
)
"""其余15户在经济开发区: where the rest of those counted are."""


def _opens_row_with_rate(figure: Figure, text: str, state: State) -> bool:
    """集团39家已全部复工；子企业986户，复工比例99.2%: a new row without a verb."""
    following = state.sentence[figure.index + 1 : figure.index + 2]
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is None or before.q.unit is Unit.PERCENT or not following or not figure.last(SUBJECT):
        return False
    rate = following[0].left[0] if following[0].left else None
    return (
        text[figure.clause_start - 1] == "；"
        and text[figure.q.end] == "，"
        and following[0].q.unit is Unit.PERCENT
        and following[0].q.value < _WHOLE
        and rate is not None
        and bool(rate.flags & Is.RATE)
        and rate.start == figure.q.end + 1
    )


_WHOLE = 100
ROW_WITH_RATE = "<group> <count>，<rate>"


def is_rest_of_places(words: str) -> bool:
    """其余乡镇49家: what the other places have, not what has yet to resume.

    >>> is_rest_of_places("乡镇"), is_rest_of_places("的")
    (True, False)
    """
    return _REST.fullmatch(words) is not None


def listed(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None]:
    """城东镇155家 after 高新区212家, 其中…38个, 家电企业684家 after 汽车零部件企业复工1215家."""
    if state.base is not None and state.base.indicator in ROLE_OF:
        role = ROLE_OF[state.base.indicator]
        if role != "total":
            return role, "<part> of <count> 中", None
    remainder = figure.last(Is.REMAINDER)
    rest = remainder is not None and (
        is_rest_of_places(text[remainder.end : figure.q.start]) or LIES.match(text, figure.q.end) is not None
    )
    if remainder is not None and remainder.end >= figure.q.start - 2 and not rest:
        return "not", REMAINDER, remainder
    previous = state.roles.get(figure.family)
    if previous is not None and previous.indicator in ROLE_OF and previous.kind == "level":
        role = ROLE_OF[previous.indicator]
        if (
            role == "total"
            and figure.clause > previous.clause
            and not figure.inside
            and figure.q.value < previous.q.value
            and _ACTUAL.search(text, figure.clause_start, figure.q.start)
        ):
            return "resumed", "<total>，实开 <count>", None
        if role == "total" and figure.q.value < previous.q.value and text.endswith(_WHO, 0, figure.q.begin):
            return "resumed", "<total>，… 的有 <count>", None
        if role == "resumed" and _opens_row_with_rate(figure, text, state):
            return "total", ROW_WITH_RATE, None
        return role, "<list> <count>", None
    if (
        previous is not None
        and previous.indicator in ROLE_OF
        and previous.kind == "change"
        and figure.last(Is.ARRIVE)
        and not figure.last(SUBJECT)
    ):
        return ROLE_OF[previous.indicator], "<change>，<reached> <count>", None
    if figure.last(Is.DENOMINATOR) is not None and (figure.last(SUBJECT) or right_noun(figure, text)):
        return "total", "<all> <count>", figure.last(Is.DENOMINATOR)
    subset = figure.last(Is.SUBSET)
    if subset is None and previous is None and _opens_with_subset(figure, text, state):
        subset = figure.earlier[-1]  # 其中，产业项目181个
    earlier = state.paragraph_roles.get(figure.family)
    viewed = _VIEW.search(text, max(0, figure.q.begin - 24), figure.q.begin) and not figure.left_has(VERB)
    if viewed and earlier is not None and earlier.indicator in ROLE_OF and earlier.kind == "level":
        return ROLE_OF[earlier.indicator], "<view>，<place> <count>", None
    if subset is not None and earlier is not None and earlier.indicator in ROLE_OF:
        return ROLE_OF[earlier.indicator], "其中 <count>", subset
    within = next((w for w in reversed(figure.earlier) if w.flags & (Is.RESUME | Is.LAUNCH)), None)
    if within is not None and figure.earlier[-1].start - within.end <= 4 and _among(figure):
        return "resumed", "<verb> 的 <group> 中，<count>", within
    noun = figure.last(SUBJECT)
    if (
        noun is not None
        and noun.end == figure.q.start
        and state.strong
        and any(
            w.flags & (Is.RESUME | Is.RATE) for f in state.sentence[figure.index + 1 :] for w in (*f.left, *f.earlier)
        )
    ):
        return "total", "<group> <count> … <resume>", noun
    if role := group_of_projects(figure, text, state):
        return role, "<kind> <count>、<kind> <count>", noun
    if right_noun(figure, text) is not None and (role := repeated_whole(figure, state)):
        figure.optional = True
        return role, "<told> <count>", None  # 合计111个…。111个项目总投资538亿元
    if figure.family == "project" and state.strong and state.projects_measured and _all_projects(figure, text):
        return "total", "<all> <projects> <count>", noun
    return "", "count without a role", None


def part_of_told(figure: Figure, text: str) -> Word | None:
    """三类企业已复工，其中规上企业（86家）: the verb of the clause before, if it says that they did."""
    words = figure.earlier
    if not figure.left or not figure.left[0].flags & Is.SUBSET or figure.left_has(VERB):
        return None
    verb = next((w for w in reversed(words) if w.flags & (Is.RESUME | Is.IDLE)), None)
    if verb is None or verb.flags & (Is.IDLE | Is.RATE) or any(w.flags & (Is.NEGATION | Is.TARGET) for w in words):
        return None
    done = any(w.flags & (Is.CUMULATIVE | Is.ALL) and w.end <= verb.start for w in words)
    return verb if done and text[verb.end : verb.end + 1] in "，了" else None


_PLANNED = re.compile(
    r"(?:计划|安排|实施|共有|共|现有|拥有|列入|纳入|确定)(?:的|了|实施|建设|安排|投资|总投资){0,3}[^，。；]{0,26}?(?:项目|工程|工地|标段)(?:数|总数)?(?:共|共计|合计|总计|达|有|为|约|安排){0,3}$"
    r"|(?:项目|工程|工地|标段)(?:数|总数)?(?:计划|安排|计划安排|计划实施|共|共有|共计|合计|总计|总数)(?:为|达|有)?$"
)
_OPENS = re.compile(r"(?:计划|安排|实施|共有|现有|列入|纳入|全[省市县区州盟旗]|我[省市县区]|有)[^，。；0-9]{0,8}$")
_WHOLE_PLACE = re.compile(
    r"[全我][省市县区州盟旗][^，。；0-9]{0,10}(?:项目|工程|工地)(?:共计|共有|总计|总数|共|有){0,2}"
)
"""全县重点项目50个, where the article then says how many of them were begun."""
_ARRANGED = re.compile(r"^(?:年初|今年|全年|年内|年度)?(?:计划|共)?(?:安排|实施)(?:了)?$")
"""水利项目，年初安排8项: the clause before names the group."""
_PLANNED_RIGHT = re.compile(r"[^，。；0-9]{0,16}?(?:项目|工程|工地|标段)")


def _all_projects(figure: Figure, text: str) -> bool:
    """今年安排省重点项目335项: what the article then measures the resumed against."""
    before = text[max(figure.left_start, figure.q.start - 40) : figure.q.start].strip()
    after = text[figure.q.end : min(figure.q.end + 20, figure.clause_end)]
    if OTHER_PROJECTS.search(before) or OTHER_PROJECTS.search(after) or figure.left_has(Is.OTHER_TOPIC):
        return False
    if _PLANNED.search(before) or _WHOLE_PLACE.fullmatch(before):
        return True
    if _ARRANGED.search(before) and figure.earlier and figure.earlier[-1].flags & Is.PROJECT:
        return True
    opens = _OPENS.search(before)
    return opens is not None and _PLANNED_RIGHT.match(text, figure.q.end) is not None
