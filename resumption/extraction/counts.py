"""Which role a count of enterprises or projects has: total, resumed, not resumed, served, approved ...

Evidence in order of strength: a threshold before it, 的 directly before it, what the words to its right say of it, the
verb to its left, the next clause (全县96户，复工83户), the list it stands in.
"""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.count_clauses import (
    changed,
    goes_on,
    listed,
    modified,
    next_clause,
    part_of_base,
    resumed_part_follows,
    said_after,
    threshold,
    topic_before,
)
from resumption.extraction.count_guards import (
    affected,
    counts_matters,
    given_power,
    group_of_places,
    in_title_of_paper,
    other_topic,
    shut_after,
)
from resumption.extraction.count_sides import left_side, relative, right_side, served
from resumption.extraction.count_verbs import (
    ENTERPRISE_CODES,
    PROJECT_CODES,
    ROLE_OF,
    SUBJECT,
    verb_left,
)
from resumption.extraction.figures import Figure
from resumption.extraction.nouns import count_domain, right_noun
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word
from resumption.items import Unit


def decide_count(figure: Figure, text: str, state: State) -> None:
    """Decide a count of enterprises or projects."""
    domain = count_domain(figure, text, state)
    if not domain:
        figure.reject("count of something else")
        return
    if figure.q.classifier == "项":
        domain = "project"
    figure.family = domain
    role, rule, word = _role(figure, text, state)
    if not role:
        figure.reject(rule or "count without a role")
        return
    if domain == "project" and role == "approved" and figure.right_or_left_resumes:
        role = "resumed"
    codes = ENTERPRISE_CODES if domain == "enterprise" or role == "threshold" else PROJECT_CODES
    code = codes.get(role)
    if code is None:
        figure.reject(f"{role} count of projects")
        return
    figure.accept(code, rule, word)
    figure.explicit = word is not None


def _role(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None]:
    before = text[
        figure.left_start : figure.q.cue[0] if figure.q.cue and figure.q.cue[0] < figure.q.start else figure.q.start
    ]
    if affected(figure, text):
        return "total", "<count> <group> 受影响", None
    if given_power(figure, text):
        return "served", "<power restored> <count>", None
    if other_topic(figure, text):
        return "", "count about another subject", None
    if figure.family == "project" and _RESERVE.search(before):
        return "", "projects in reserve", None
    if counts_matters(figure, text):
        return "", "count of something else", None
    if "样本" in text[figure.left_start : figure.q.start] and not figure.right_or_left_resumes:
        if figure.family == "enterprise" and state.strong and resumed_part_follows(figure, state):
            return "total", "<sample> <count>，<resume> <count>", None
        return "", "sample of a survey", None
    if (
        in_title_of_paper(figure, text)
        or group_of_places(figure, text)
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
        return changed(figure, text, state)
    if threshold(figure, text, state):
        return "threshold", "<rate> <comparator> <threshold> 的 <count>", None
    every = figure.last(Is.EVERY)
    if every is not None and figure.family == "enterprise" and text[every.start : every.end] in _EACH:
        return "", "rule for each of them", every
    if figure.family == "enterprise" and shut_after(figure, text, state):
        return "sanctioned", "<count>，被 <sanction>", None
    if _PASSED.search(before):
        return "approved", "通过 <count>", None
    if _EXCEPT.search(before) and figure.family == "enterprise":
        return "not", "除 <count> 外", None
    if found := _helped(figure, text, state):
        return found
    if found := relative(figure, before, text, state):
        return found
    remainder = figure.last(Is.REMAINDER)
    rest = remainder is not None and remainder.end >= figure.q.start - 2 and text[remainder.end - 1] in "余下"
    if rest and not any(w.flags & (Is.CUMULATIVE | Is.ALL) for w in figure.right):
        resumed = figure.first(Is.RESUME | Is.IDLE | Is.AWAIT | Is.NEGATION | Is.TARGET)
        done = resumed is not None and resumed.flags & Is.RESUME and not resumed.flags & Is.IDLE
        if resumed is not None and done and not _YET_TO.search(text, figure.q.end, resumed.start):
            return "resumed", "<remainder> <count> <resume>", resumed
        return "not", "<remainder> <count>", remainder
    if state.base is not None and (found := part_of_base(figure, state)):
        return found
    share = figure.last(Is.SHARE)
    if share is not None and share.end >= figure.q.start - 8 and not verb_left(figure):
        return "total", "占 <count>", share
    if share is not None and share.end >= figure.q.start - 14 and _is_base_of_share(figure, text, state):
        return "total", "占 <count> 的 <percent>", share
    if found := modified(figure, text, state):
        return found
    if found := served(figure, text, before):
        return found
    if found := right_side(figure, text, state):
        return found
    if found := left_side(figure, text, state):
        return found
    if found := topic_before(figure, text):
        return found
    known = figure.last(Is.DENOMINATOR)
    if known is not None and figure.last(SUBJECT) and not figure.left_has(Is.RATE | Is.SHARE):
        return "total", "<all> <group> <count>", known
    if goes_on(figure, text, state):
        return "", PENDING, None
    if found := next_clause(figure, text, state):
        return found
    if found := said_after(figure, text, state):
        return found
    return listed(figure, text, state)


_RESERVE = re.compile(r"(?:储备|谋划|包装|入库|签约|申报|推介|对接)[^，。；]{0,12}$")
"""全市谋划储备项目860个: nobody works on them."""
_YET_TO = re.compile(r"[正准计拟将预有力陆逐待需暂]")
"""其余30户正在复工, 准备复工, 将复工: not yet."""
_EACH = ("每人", "每名", "每家", "每户", "每个", "人均", "平均每", "户均")
_EXCEPT = re.compile(r"(?:^|[，。；、：（])(?:其中)?除(?:了|去)?$")
"""除20户零部件企业暂缓复产外，其余全部复产: those that have not resumed."""
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


def _helped(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """发放转贷资金5.6亿元，涉及133户企业: those that the help before reached."""
    known = figure.last(Is.DENOMINATOR | Is.SERVE)
    previous = state.sentence[figure.index - 1] if figure.index else None
    helped = previous is not None and previous.indicator and previous.family in ("money", "supply", "pass", "problem")
    fund = figure.spoken(state.sentence, Is.FUND) if figure.family == "enterprise" and state.strong else None
    paid = fund is not None and figure.q.start - fund.end < 16 and "。" not in text[fund.end : figure.q.start]
    if (helped or paid) and known is not None and text[known.start : known.end] in ("涉及", "覆盖", "惠及"):
        return "served", "<help>，涉及 <count>", known
    return None


PENDING = "first of a list"


def settle_lists(figures: list[Figure], text: str) -> None:
    """Give the first items of 高新区212家、开发区198家、城东镇155家全部开工 the role of the item that has the verb."""
    for figure in reversed(figures):
        if figure.reason != PENDING:
            continue
        following = figures[figure.index + 1]
        if following.indicator and following.family in ("enterprise", "project"):
            noun, role = right_noun(figure, text), ROLE_OF.get(following.indicator, "")
            project = noun is not None and noun.flags & Is.PROJECT and not noun.flags & Is.ENTERPRISE
            code = PROJECT_CODES.get(role) if project else following.indicator
            figure.family = "project" if project and code else following.family
            figure.accept(code or following.indicator, "<count>、<count> <verb>")
        elif following.indicator == "" and following.reason != PENDING:
            figure.reject(following.reason)
