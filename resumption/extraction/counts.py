"""Which role a count of enterprises or projects has: total, resumed, not resumed, served, approved ...

Evidence in order of strength: a threshold before it, 的 directly before it, what the words to its right say of it, the
verb to its left, the next clause (全县96户，复工83户), the list it stands in.
"""

from __future__ import annotations

from resumption.extraction.figures import PLACE_MEASURES, Figure
from resumption.extraction.state import State
from resumption.extraction.words import NOUN, VERB, Is, Word
from resumption.items import Comparator, Unit

_ENTERPRISE = {
    "resumed": "enterprises_resumed",
    "total": "enterprises_total",
    "not": "enterprises_not_resumed",
    "served": "enterprises_served",
    "requesting": "enterprises_requesting",
    "approved": "enterprises_approved",
    "sanctioned": "enterprises_sanctioned",
    "threshold": "enterprises_at_threshold",
}
_PROJECT = {"resumed": "projects_resumed", "total": "projects_total"}
_SUBJECT = Is.ENTERPRISE | Is.PROJECT
_DECIDING = Is.SANCTION | Is.REQUEST | Is.APPROVE | Is.IDLE | Is.RESUME | Is.SERVE | Is.AWAIT
_GIVING = Is.GIVE | Is.SOLVE | Is.SERVE | Is.APPROVE | Is.SANCTION | Is.FUND | Is.CARRY | Is.ASSIGN | Is.HIRE
_OF = (
    "的",
    "的有",
    "的共",
    "的只有",
    "的仅有",
    "的达",
    "的约",
    "的近",
    "的为",
    "的共有",
    "的企业",
    "的已有",
    "的还有",
    "的就有",
)


def head_noun(figure: Figure, text: str) -> Word | None:
    """The noun that is counted: the end of the noun chain right of the number, else the nearest noun to its left.

    122家规上企业复工 is 企业, 138名干部驻企 is 干部, 解决问题94个 is 问题.
    """
    chain = right_noun(figure, text)
    if chain is not None:
        return chain
    for word in reversed(figure.left):
        if word.flags & NOUN and not (word.flags & VERB and not word.flags & (Is.OFFICER | Is.VEHICLE)):
            return word
    return None


def _names_group(figure: Figure, word: Word) -> bool:
    """续建项目, 未开工企业: the verb is part of the group's name, a noun follows it at once."""
    return any(w.start == word.end and w.flags & (_SUBJECT | Is.MODIFIER) for w in figure.right)


def right_noun(figure: Figure, text: str) -> Word | None:
    """End of the noun chain directly right of the number, None if a verb or sign comes first."""
    found: Word | None = None
    last = figure.q.end
    for word in figure.right:
        gap = text[last : word.start]
        if len(gap) > (18 if found is None else 4) or gap.startswith("、") or ("、" in gap and found is not None):
            break
        if word.flags & NOUN:
            if found is not None and gap and gap[0] not in "的及和":
                break
            found = word
        elif word.flags & Is.MODIFIER or (
            found is None
            and word.flags & (Is.RESUME | Is.IDLE | Is.RETURN | Is.LAUNCH | Is.DENOMINATOR)
            and (text[word.end : word.end + 1] == "的" or _names_group(figure, word))
        ):
            pass
        elif (
            found is None
            and word.flags & (Is.LIMIT | Is.SOURCE_PREPOSITION | Is.ARRIVE | Is.AT_LEAST | Is.OTHER_TOPIC)
            and word.end - word.start <= 2
        ):
            if word.flags & Is.OTHER_TOPIC:
                break
        else:
            break
        last = word.end
    return found


def count_domain(figure: Figure, text: str, state: State) -> str:
    """`enterprise`, `project` or "": what a count of 家, 个, 座 ... is about."""
    noun = head_noun(figure, text)
    if figure.is_enterprise_count:
        if noun is not None and noun.flags & Is.PROJECT and not noun.flags & Is.ENTERPRISE:
            return "project" if right_noun(figure, text) is noun else "enterprise"
        return "enterprise"
    if figure.q.classifier not in PLACE_MEASURES:
        return ""
    if figure.q.classifier == "个" and right_noun(figure, text) is None and _counts_unknown(figure, text):
        return ""
    if noun is not None:
        if noun.flags & Is.PROJECT:
            return "project"
        if noun.flags & Is.ENTERPRISE:
            return "enterprise"
        return ""
    previous = state.roles.get("project") or state.roles.get("enterprise")
    if previous is not None and previous.q.classifier == figure.q.classifier:
        return previous.family
    if any(w.flags & (Is.RESPECTIVELY | Is.ARRIVE) for w in figure.left[:2]):
        for word in reversed(figure.earlier):
            if word.flags & _SUBJECT:
                return "project" if word.flags & Is.PROJECT else "enterprise"
    return state.measures.get(figure.q.classifier, "")


_GOES_ON = frozenset("已全均未正陆目其实在较比，。；、（）：增的左以多余和及与分占复恢开投为有")


def _counts_unknown(figure: Figure, text: str) -> bool:
    """4个公告: what follows 个 is counted, and no word list knows it."""
    after = text[figure.q.end : figure.q.end + 1]
    if not ("\u4e00" <= after <= "\u9fff") or after in _GOES_ON:
        return False
    return not any(w.start - figure.q.end <= 1 for w in figure.right)


def decide_count(figure: Figure, text: str, state: State) -> None:
    """Decide a count of enterprises or projects."""
    domain = count_domain(figure, text, state)
    if not domain:
        figure.reject("count of something else")
        return
    figure.family = domain
    role, rule, word = _role(figure, text, state)
    if not role:
        figure.reject(rule or "count without a role")
        return
    code = (_ENTERPRISE if domain == "enterprise" else _PROJECT).get(role)
    if code is None:
        figure.reject(f"{role} count of projects")
        return
    figure.accept(code, rule, word)
    figure.explicit = word is not None


def _role(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None]:
    before = text[
        figure.left_start : figure.q.cue[0] if figure.q.cue and figure.q.cue[0] < figure.q.start else figure.q.start
    ]
    if _other_topic(figure, text):
        return "", "count about another subject", None
    if "样本" in text[figure.left_start : figure.q.start] and not figure.right_or_left_resumes:
        return "", "sample of a survey", None
    if (
        _in_title_of_paper(figure, text)
        or _group_of_places(figure, text)
        or (figure.q.text[0] == "一" and figure.q.value == 1)
    ):
        return "", "number in a name, of places or of one", None
    if (
        text.startswith(("以上", "以下"), figure.q.end)
        and right_noun(figure, text) is not None
        and "的" in text[figure.q.end : figure.q.end + 4]
    ):
        return "", "size that defines a group", None
    if figure.kind == "change":
        return _changed(figure, state)
    threshold = _threshold(figure, text, state)
    if threshold:
        return "threshold", "<rate> <comparator> <threshold> 的 <count>", None
    if found := _relative(figure, before):
        return found
    remainder = figure.last(Is.REMAINDER)
    if remainder is not None and remainder.end >= figure.q.start - 2 and text[remainder.end - 1] in "余下":
        if not any(w.flags & (Is.CUMULATIVE | Is.ALL) for w in figure.right):
            return "not", "<remainder> <count>", remainder
    if state.base is not None and (found := _part_of_base(figure, state)):
        return found
    if figure.last(Is.SHARE) and figure.last(Is.SHARE).end >= figure.q.start - 8 and not _verb_left(figure):
        return "total", "占 <count>", figure.last(Is.SHARE)
    if found := _modified(figure, text):
        return found
    if found := _served(figure, text, before):
        return found
    if found := _right(figure, text, state):
        return found
    if found := _left(figure, text):
        return found
    if found := _topic_before(figure, text):
        return found
    known = figure.last(Is.DENOMINATOR)
    if known is not None and figure.last(_SUBJECT) and not figure.left_has(Is.RATE | Is.SHARE):
        return "total", "<all> <group> <count>", known
    if _goes_on(figure, text, state):
        return "", _PENDING, None
    if found := _next_clause(figure, text, state):
        return found
    if found := _said_after(figure, text):
        return found
    return _listed(figure, text, state)


_PENDING = "first of a list"


def settle_lists(figures: list[Figure], text: str) -> None:
    """Give the first items of 高新区212家、开发区198家、城东镇155家全部开工 the role of the item that has the verb."""
    for figure in reversed(figures):
        if figure.reason != _PENDING:
            continue
        following = figures[figure.index + 1]
        if following.indicator and following.family in ("enterprise", "project"):
            figure.family = following.family
            figure.accept(following.indicator, "<count>、<count> <verb>")
        elif following.indicator == "" and following.reason != _PENDING:
            figure.reject(following.reason)


def _modified(figure: Figure, text: str) -> tuple[str, str, Word | None] | None:
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
    role = _role_of_verb(inside[0], inside)
    after = _deciding([w for w in figure.right if w.start >= noun.end])
    if after is not None and role == "resumed":
        return None
    return role, "<count> <verb> <group>", inside[0]


def _goes_on(figure: Figure, text: str, state: State) -> bool:
    following = _next_in_clause(figure, state)
    if following is None or following.q.unit is not Unit.COUNT or state.roles.get(figure.family) is not None:
        return False
    return "、" in text[figure.q.end : following.q.start]


def _part_of_base(figure: Figure, state: State) -> tuple[str, str, Word | None] | None:
    base = state.base
    if base is None or base.indicator not in _ROLE_OF or figure.clause - base.clause > 3:
        return None
    role = _ROLE_OF[base.indicator]
    if role in ("total", "resumed", "served", "threshold"):
        return None
    verb = _deciding(figure.left) or _deciding(figure.right)
    if verb is not None and verb.flags & Is.RESUME and not verb.flags & Is.IDLE:
        if not any(w.flags & (Is.NEGATION | Is.IDLE | Is.AWAIT) for w in [*figure.left, *figure.right]):
            return None
    return role, "<part> of <count> 中", None


def _topic_before(figure: Figure, text: str) -> tuple[str, str, Word | None] | None:
    """园洲镇、石湾镇复工企业最多，分别为208家、197家: the clause before has the verb."""
    if not any(w.flags & (Is.RESPECTIVELY | Is.ARRIVE) for w in figure.left[:2]) or not figure.earlier:
        return None
    word = _deciding(figure.earlier)
    if word is None or figure.last(_SUBJECT):
        return None
    return _role_of_verb(word, figure.earlier), "<verb> …，分别为 <count>", word


def _said_after(figure: Figure, text: str) -> tuple[str, str, Word | None] | None:
    """其余27家仍在清淤排水，尚未复工: the clause after has the verb."""
    if "；" in text[figure.clause_end : figure.clause_end + 1]:
        return None
    words = [w for w in figure.later if w.start - figure.clause_end < 24]
    if any(w.flags & (_SUBJECT | Is.RATE) for w in words):
        return None
    word = _deciding([w for w in words if w.flags & (Is.RESUME | Is.IDLE | Is.REQUEST | Is.APPROVE | Is.SANCTION)])
    if word is None:
        return None
    return _role_of_verb(word, words), "<count>，<verb>", word


def _other_topic(figure: Figure, text: str) -> bool:
    near = [w for w in figure.left if w.flags & Is.OTHER_TOPIC and not w.flags & (NOUN | VERB)]
    verbs = [w for w in figure.left if w.flags & (_DECIDING | _SUBJECT)]
    if near and not [w for w in verbs if w.start > near[-1].start]:
        return True
    right = figure.right[:1]
    return bool(
        right
        and right[0].flags & Is.OTHER_TOPIC
        and not right[0].flags & (NOUN | VERB)
        and right[0].start - figure.q.end <= 4
    )


_PLACES = (
    "市",
    "县",
    "区",
    "省",
    "镇",
    "州",
    "旗",
    "乡",
    "地市",
    "街道",
    "社区",
    "村",
    "设区市",
    "市州",
    "盟市",
    "国家",
    "地区",
    "方面",
    "行业",
)


def _group_of_places(figure: Figure, text: str) -> bool:
    return (
        figure.q.classifier == "个"
        and text.startswith(_PLACES, figure.q.end)
        and not text.startswith(
            ("市级", "省级", "区级", "县级", "市重", "省重", "省市", "市区重", "区重", "县重"), figure.q.end
        )
    )


def _in_title_of_paper(figure: Figure, text: str) -> bool:
    opened = text.rfind("《", max(0, figure.q.start - 60), figure.q.start)
    return opened >= 0 and "》" not in text[opened : figure.q.start]


def _changed(figure: Figure, state: State) -> tuple[str, str, Word | None]:
    word = figure.last(Is.IDLE | Is.RESUME) or figure.first(Is.IDLE | Is.RESUME)
    if word is not None:
        return (
            ("not" if word.flags & Is.IDLE and not word.flags & Is.RESUME else "resumed"),
            "<increment> <verb> <count>",
            word,
        )
    previous = state.roles.get(figure.family) or state.paragraph_roles.get(figure.family)
    if previous is not None and previous.indicator in _ROLE_OF:
        role = _ROLE_OF[previous.indicator]
        return ("resumed" if role == "total" else role), "<compared> <count>", None
    return "", "change of an unknown count", None


_ROLE_OF = {code: role for role, code in [*_ENTERPRISE.items(), *_PROJECT.items()]}


def _threshold(figure: Figure, text: str, state: State) -> bool:
    """True for the 303户 of 产能恢复率超过80%的303户; the 80% before it is marked as a threshold."""
    if figure.family != "enterprise" or not figure.index:
        return False
    previous = state.sentence[figure.index - 1]
    if previous.clause != figure.clause or previous.q.unit is not Unit.PERCENT:
        return False
    gap = text[previous.q.end : figure.q.start]
    bounded = previous.q.comparator is not Comparator.EQ or previous.q.is_range
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


def _relative(figure: Figure, before: str) -> tuple[str, str, Word | None] | None:
    """被责令整改的96家, 尚未复工的32家: the clause before 的 says what they are."""
    if not before.endswith(_OF):
        return None
    word = _deciding(figure.left, strict=True)
    if word is None:
        return None
    helped = next(
        (w for w in figure.left if w.flags & Is.SERVE_PREPOSITION and w.end - w.start == 1 and w.start < word.start),
        None,
    )
    if helped is not None and figure.first(Is.GIVE | Is.SOLVE) is not None:
        return "served", "向 <verb> 的 <count> <give>", helped
    return _role_of_verb(word, figure.left), "<verb> 的 <count>", word


def _served(figure: Figure, text: str, before: str) -> tuple[str, str, Word | None] | None:
    """为35户企业发放贷款, 帮助88家企业获得贷款, 为甲、乙等34户企业办理."""
    last = figure.left[-1] if figure.left else None
    preposition = None
    if (
        last is not None
        and last.flags & (Is.SERVE_PREPOSITION | Is.SERVE)
        and not before[last.end - figure.left_start :].strip("了过到近约超逾多家大批首全市区县省各类的")
    ):
        preposition = last
    elif (
        last is not None
        and last.flags & Is.ASSIGN
        and last.end - last.start > 1
        and last.end == figure.q.start
        and figure.family == "enterprise"
    ):
        return "served", "<assign> <count>", last
    elif (
        last is not None
        and last.flags & Is.GIVE
        and figure.first(Is.FUND)
        and not figure.first(_DECIDING)
        and figure.family == "enterprise"
    ):
        return "served", "<give> <count> <fund>", last
    elif before.endswith("等"):
        preposition = next(
            (w for w in reversed(figure.left) if w.flags & Is.SERVE_PREPOSITION and w.end - w.start <= 2), None
        )
    if preposition is None or figure.family == "project":
        return None
    if text[preposition.start : preposition.end] == "为" and not (
        figure.first(_GIVING) or any(w.flags & _GIVING for w in figure.later)
    ):
        return None
    if figure.first(Is.DENOMINATOR) is not None and not figure.first(_GIVING):
        return "total", "对 <count> <survey>", figure.first(Is.DENOMINATOR)
    action = figure.first(_DECIDING | Is.GIVE | Is.SOLVE | Is.ASSIGN | Is.CARRY | Is.HIRE)
    if action is not None and action.flags & Is.SANCTION and not action.flags & Is.SERVE:
        return "sanctioned", "对 <count> <sanction>", action
    if (
        action is not None
        and action.flags & Is.RESUME
        and not action.flags & Is.GIVE
        and preposition.flags & Is.SERVE
        and action.start - figure.q.end <= 10
    ):
        return "resumed", "<help> <count> <resume>", action
    if action is not None and action.flags & Is.APPROVE and not action.flags & (Is.GIVE | Is.SERVE):
        return "approved", "对 <count> <approve>", action
    return "served", "为 <count>", preposition


def _right(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """906家受灾企业恢复生产, 57家企业提出需求, 122家规上企业复工121家, 86个项目中."""
    noun = right_noun(figure, text)
    at = noun.end if noun is not None else figure.q.end
    if (text[at : at + 1] in "中里" and text[at + 1 : at + 2] in "，、,有已（") or text[at : at + 2] in (
        "当中",
        "之中",
    ):
        verb = _deciding(figure.left, strict=True)
        role = _role_of_verb(verb, figure.left) if verb is not None else "total"
        adjacent = verb is not None and verb.end == figure.q.start
        if role in ("resumed", "") or (role == "served" and not adjacent):
            role = "total"
        if verb is not None and verb.flags & Is.RESUME and role == "total" and text[verb.end : verb.end + 1] in "的企":
            role = "resumed"
        return role, "<count> <group> 中", verb
    rest = [w for w in figure.right if w.start >= at]
    word = _deciding(rest)
    following = _next_in_clause(figure, state)
    if word is not None and word.flags & Is.RESUME and _is_base_of_next(figure, text, state, noun, word):
        return "total", "<count> <group> <resume>，<resume> <count>", word
    if word is not None:
        if (
            following is not None
            and following.q.unit is Unit.COUNT
            and _same_family(figure, following)
            and word.start - at <= 12
            and text[following.q.start - 1] not in "、和及"
        ):
            role = _role_of_verb(word, rest)
            if (
                role in ("resumed", "approved", "not", "requesting")
                and figure.kind == "level"
                and not _verb_left(figure)
            ):
                return "total", "<count> <group> <verb> <count>", word
        if (
            following is not None
            and following.q.unit is Unit.PERCENT
            and any(w.flags & Is.RATE for w in rest)
            and word.start > next(w.start for w in rest if w.flags & Is.RATE)
        ):
            return "total", "<count> <group> <rate>", None
        if word.start - at <= 18:
            if word.flags & Is.DENOMINATOR:
                return "total", "<count> <affected>", word
            return _role_of_verb(word, rest), "<count> <group> <verb>", word
    rate = next((w for w in rest if w.flags & (Is.RATE | Is.CAPACITY)), None)
    if rate is not None and not _verb_left(figure) and following is not None and following.q.unit is Unit.PERCENT:
        return "total", "<count> <group> <rate>", rate
    affected = next((w for w in rest if w.flags & Is.DENOMINATOR and w.start - at <= 3), None)
    if affected is not None and noun is not None and not _verb_left(figure):
        return "total", "<count> <group> <affected>", affected
    return None


def _is_base_of_next(figure: Figure, text: str, state: State, noun: Word | None, word: Word) -> bool:
    """重点调度345家企业复工复产，累计复工307家; 135户全部复工，复工率100%."""
    nearby = [f for f in state.sentence[figure.index + 1 : figure.index + 3] if f.clause - figure.clause <= 2]
    for other in nearby:
        if (
            other.q.unit is Unit.PERCENT
            and other.q.value == 100
            and other.last(Is.RATE)
            and noun is not None
            and noun.start >= figure.q.end
            and figure.left_has(_SUBJECT)
        ):
            return True
        if (
            other.clause == figure.clause + 1
            and other.is_enterprise_count
            and figure.is_enterprise_count
            and other.q.value < figure.q.value
            and other.left_has(Is.RESUME)
            and not other.left_has(_SUBJECT | Is.SUBSET | Is.INCREMENT)
            and figure.left_has(Is.DENOMINATOR)
        ):
            return True
    return False


def _left(figure: Figure, text: str) -> tuple[str, str, Word | None] | None:
    """累计复工307家, 已批准复工248家, 走访企业326家次."""
    word = _deciding(figure.left)
    if word is None:
        affected = figure.last(Is.DENOMINATOR)
        if (
            affected is not None
            and (figure.last(_SUBJECT) or right_noun(figure, text))
            and affected.end >= figure.q.start - 2
        ):
            return "total", "<all> <count>", affected
        return None
    role = _role_of_verb(word, figure.left)
    if text[word.start - 1 : word.start] == "应" and role == "resumed":
        return "total", "应复工 <count>", word
    if role == "total":
        return "total", "<should> <verb> <count>", word
    return role, "<verb> <count>", word


def _next_clause(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
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
        new_subject = other.last(_SUBJECT)
        verb = _deciding(other.left) or _deciding(other.right)
        if verb is None:
            break
        own = head_noun(figure, text)
        if (
            new_subject is not None
            and own is not None
            and other.clause != figure.clause
            and right_noun(other, text) is None
        ):
            if not _same_noun(text[new_subject.start : new_subject.end], text[own.start : own.end]):
                break
        if text[other.clause_start - 1] == "；":
            break
        if _role_of_verb(verb, other.left) in ("resumed", "not", "approved"):
            return "total", "<group> <count>，<verb> <count>", None
        break
    return None


def _listed(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None]:
    """城东镇155家 after 高新区212家, 其中…38个, 家电企业684家 after 汽车零部件企业复工1215家."""
    if state.base is not None and state.base.indicator in _ROLE_OF:
        role = _ROLE_OF[state.base.indicator]
        if role != "total":
            return role, "<part> of <count> 中", None
    remainder = figure.last(Is.REMAINDER)
    if remainder is not None and remainder.end >= figure.q.start - 2:
        return "not", "<remainder> <count>", remainder
    previous = state.roles.get(figure.family)
    if previous is not None and previous.indicator in _ROLE_OF and previous.kind == "level":
        role = _ROLE_OF[previous.indicator]
        return role, "<list> <count>", None
    if figure.last(Is.DENOMINATOR) is not None and (figure.last(_SUBJECT) or right_noun(figure, text)):
        return "total", "<all> <count>", figure.last(Is.DENOMINATOR)
    subset = figure.last(Is.SUBSET)
    earlier = state.paragraph_roles.get(figure.family)
    if subset is not None and earlier is not None and earlier.indicator in _ROLE_OF:
        return _ROLE_OF[earlier.indicator], "其中 <count>", subset
    noun = figure.last(_SUBJECT)
    if noun is not None and noun.end == figure.q.start and state.strong:
        if any(
            w.flags & (Is.RESUME | Is.RATE) for f in state.sentence[figure.index + 1 :] for w in (*f.left, *f.earlier)
        ):
            return "total", "<group> <count> … <resume>", noun
    return "", "count without a role", None


# --- words -----------------------------------------------------------------------------------------------------------


def _deciding(words: list[Word], strict: bool = False) -> Word | None:
    """The verb that decides among several: approval, request and sanction outweigh 复工, which outweighs help."""
    best: Word | None = None
    for wanted in (Is.SANCTION | Is.REQUEST | Is.APPROVE, Is.IDLE, Is.RESUME, Is.SERVE | Is.AWAIT, Is.LAUNCH):
        for word in words:
            if word.flags & wanted and not word.flags & Is.RATE:
                if wanted & Is.IDLE and word.flags & Is.RESUME:
                    continue
                if (
                    wanted & Is.APPROVE
                    and any(w.flags & Is.RESUME and not w.flags & Is.APPROVE for w in words)
                    and word.flags & (Is.SOLVE | Is.GIVE)
                    and strict
                ):
                    continue
                best = word
                break
        if best is not None:
            return best
    return best


def _role_of_verb(word: Word, words: list[Word]) -> str:
    flags = word.flags
    negated = any(w.flags & Is.NEGATION and 0 <= word.start - w.end <= 4 for w in words)
    if flags & Is.RESUME:
        return "not" if negated else "resumed"
    if flags & Is.IDLE:
        return "resumed" if negated else "not"
    if flags & Is.SANCTION:
        return "sanctioned"
    if flags & Is.REQUEST:
        return "requesting"
    if flags & Is.APPROVE:
        return "not" if negated else "approved"
    if flags & Is.SERVE:
        return "served"
    if flags & Is.LAUNCH:
        return "resumed"
    return ""


def _verb_left(figure: Figure) -> bool:
    return any(w.flags & (Is.RESUME | Is.IDLE | Is.APPROVE | Is.REQUEST) for w in figure.left)


def _next_in_clause(figure: Figure, state: State) -> Figure | None:
    following = state.sentence[figure.index + 1 : figure.index + 2]
    return following[0] if following and following[0].clause == figure.clause else None


def _same_noun(a: str, b: str) -> bool:
    return a.endswith(b) or b.endswith(a)


def _same_family(figure: Figure, other: Figure) -> bool:
    return other.q.classifier == figure.q.classifier or other.is_enterprise_count == figure.is_enterprise_count is True
