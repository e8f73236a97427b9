"""What the words right of a count say of it: 906家受灾企业恢复生产, 122家规上企业复工121家, 86个项目中."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.count_clauses import resumed_part_follows
from resumption.extraction.count_groups import repeated_whole
from resumption.extraction.count_verbs import (
    SUBJECT,
    deciding_verb,
    next_in_clause,
    role_of_verb,
    same_family,
    same_noun,
    verb_left,
)
from resumption.extraction.figures import Figure
from resumption.extraction.nouns import end_of_group, right_noun
from resumption.extraction.rate_thresholds import EACH, bounds_each
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word
from resumption.items import Unit

_STILL = (
    "仍在", "还在", "尚在", "仍未", "还未", "尚未", "仍需", "还没", "正在等", "要等", "等待", "等候",
    "正在整改", "正在排查整改", "正在停产整改", "正在检修", "仍要", "还要等", "正待",
    "尚待", "有待", "待二次", "排队", "仍停",
)  # fmt: skip
"""What they still do who have not resumed."""

_HELD_UP = re.compile(
    r"(?:则|均|都|还|仍)?(?:因|因为|由于)[^，。；0-9]{1,24}?(?:暂缓|暂未|暂不|搁置|延后|推迟|延期|停着|未能|尚未|无法(?:复|开|恢))"
)
"""2座因搬家暂缓: why they have not resumed."""
_PUT_OFF = re.compile(r"(?:推迟|暂缓|延期|延后|延迟|停止|立即停止|暂停)(?:复工|复产|开工|复业|生产|施工|营业)?")
"""责令3座煤矿推迟复产."""
_ASKS = re.compile(
    r"(?:企业|商户|公司)?[^，。；0-9]{0,20}?(?:反馈|提出|反映|上报)(?:了|的|出)?(?:[0-9]{1,5}[个条项件])?[^，。；0-9]{0,6}?"
    r"(?:问题|困难|诉求|需求|难题|请求)"
)
"""36户企业围绕用工和资金反馈了95个问题."""
_OUT_OF = re.compile(
    r"[中里](?![央小型外国])(?:[，、,有已只仅还尚（]|的(?=[0-9])|(?=[\u4e00-\u9fff]{1,8}的[只才就已有占不仅约近到足]{0,3}[0-9一二三四五六七八九两])|$)|[当之]中"
)
"""86个项目中，…: the base of what follows."""

COUNT_OF_RATE = "<count> <group> <rate>"
"""280家企业复工率为92%: the rate is of so many."""
_LONGEST_BRACKET = 60
Decision = tuple[str, str, Word | None]


def right_side(figure: Figure, text: str, state: State) -> Decision | None:
    """906家受灾企业恢复生产, 57家企业提出需求, 122家规上企业复工121家, 86个项目中."""
    noun = right_noun(figure, text)
    at = end_of_group(figure, text)
    if text.startswith(_STILL, at):
        return "not", "<count> 仍在 …", None
    if state.strong and _HELD_UP.match(text, at):
        return "not", "<count> 因 … <put off>", None
    if state.strong and figure.family == "enterprise" and _ASKS.match(text, at):
        return "requesting", "<count> <group> <ask>", None
    last = figure.left[-1] if figure.left else None
    if (
        last is not None
        and last.flags & Is.APPROVE
        and text[last.end : figure.q.start] in ("", "首批", "第一批", "了", "首批次", "其中")
        and any(w.flags & Is.RESUME for w in figure.right)
    ):
        return "approved", "<approve> <count> <resume>", last
    if last is not None and last.flags & Is.SANCTION and last.end == figure.q.start and _PUT_OFF.match(text, at):
        return "sanctioned", "<order> <count> <put off>", last
    if _OUT_OF.match(text, _behind_bracket(text, at)):
        return _within(figure, text, state)
    rest = [w for w in figure.right if w.start >= at]
    if rest and rest[0].flags & Is.DENOMINATOR and text[at : rest[0].start] == "的" and text[rest[0].end] in "中里":
        return "total", "对 <count> 的 <survey> 中", rest[0]
    word = deciding_verb(rest)
    following = next_in_clause(figure, state)
    if word is not None and word.flags & Is.RESUME and _is_base_of_next(figure, text, state, noun, word):
        return "total", "<count> <group> <resume>，<resume> <count>", word
    if following is not None and noun is not None and _is_part_of(following, figure, text):
        return "total", "<count> <group> … 的有 <count>", None
    if (
        following is not None
        and figure.family == "enterprise"
        and (name := bounds_each(following, figure.right, text, figure, state))
    ):
        return "threshold", EACH, name
    if following is not None and noun is not None and (found := _before_percent(figure, following, word, rest)):
        return found
    if word is not None and (found := _by_verb(figure, text, state, at, word, rest, following)):
        return found
    at_work = next((w for w in rest if w.flags & Is.RETURN and text[w.start : w.end].endswith("上班")), None)
    if at_work is not None and figure.is_enterprise_count and at_work.start - at <= 8 and state.strong:
        return "resumed", "<count> <group> 上班", at_work
    rate = next((w for w in rest if w.flags & (Is.RATE | Is.CAPACITY)), None)
    if rate is not None and figure.left and figure.left[-1].flags & Is.RETURN and figure.left[-1].end == figure.q.begin:
        rate = None  # 累计返岗复工243个、返岗复工率71.8%
    if rate is not None and not verb_left(figure) and following is not None and following.q.unit is Unit.PERCENT:
        return "total", COUNT_OF_RATE, rate
    at += len("不同程度") if text.startswith("不同程度", at) else 0
    affected = next((w for w in rest if w.flags & Is.DENOMINATOR and w.start - at <= 3), None)
    of_people = following is not None and following.q.unit is Unit.PERSON and affected is not None
    if of_people and affected is not None and following is not None and following.q.begin - affected.end <= 1:
        return "", "where the counted people work", None  # 三个标段总计有300人
    if affected is not None and noun is not None and not verb_left(figure):
        return "total", "<count> <group> <affected>", affected
    return None


def _behind_bracket(text: str, at: int) -> int:
    """120家企业（规上80家、规下40家）中: where the bracket ends that begins at `at`, else `at`."""
    close = text.find("）", at, at + _LONGEST_BRACKET) if text.startswith("（", at) else -1
    return close + 1 if close > 0 and "。" not in text[at:close] else at


def _is_part_of(part: Figure, whole: Figure, text: str) -> bool:
    """81家加油站能加油的有78家: so many of them."""
    return (
        part.q.classifier == whole.q.classifier
        and part.q.value < whole.q.value
        and text.endswith(("的有", "的就有", "的已有", "的只有"), 0, part.q.begin)
    )


_DONE = re.compile(r"(?:已|已经|累计|实际|新)$")


def _within(figure: Figure, text: str, state: State) -> Decision:
    """86个项目中: the base of what follows, or of the role that the verb before it gives."""
    verb = deciding_verb(figure.left, strict=True)
    role = role_of_verb(verb, figure.left) if verb is not None else "total"
    adjacent = verb is not None and verb.end == figure.q.start
    if verb is not None and adjacent and role == "resumed" and _DONE.search(text, figure.left_start, verb.start):
        return role, "已 <resume> <count> <group> 中", verb
    if role in ("resumed", "") or (role == "served" and not adjacent):
        role = "total"
    if role == "total" and verb is None and not _speaks_of_work(state):
        if repeated := repeated_whole(figure, state):
            figure.optional = True
            return repeated, "<told> <count> 中", None
        return "", "base of another subject", None
    if verb is not None and verb.flags & Is.RESUME and role == "total" and text.startswith(("的", "企"), verb.end):
        role = "resumed"
    return role, "<count> <group> 中", verb


def _before_percent(figure: Figure, following: Figure, word: Word | None, rest: list[Word]) -> Decision | None:
    """122家企业复工95%; 122家企业100%复工: a percentage follows in the clause."""
    if following.q.unit is not Unit.PERCENT:
        return None
    if (
        word is not None
        and word.flags & Is.RESUME
        and following.q.start - word.end <= 3
        and not verb_left(figure)
        and not any(w.flags & Is.RATE for w in rest)
    ):
        return "total", "<count> <group> <resume> <percent>", word
    done = following.first(Is.RESUME)
    if following.q.value == 100 and word is None and done is not None and done.start - following.q.end <= 3:
        return "resumed", "<count> <group> 100% <resume>", done
    return None


def _by_verb(
    figure: Figure, text: str, state: State, at: int, word: Word, rest: list[Word], following: Figure | None
) -> Decision | None:
    """906家企业恢复生产; 122家复工121家: the verb behind the noun (which ends `at`) is said of it or of the next."""
    if following is not None and figure.left and word.end == following.q.start and text[at : at + 1] == "、":
        return None  # 停产整顿126座、待验收100座: an item of a list in which the verbs come first
    if (
        following is not None
        and following.q.unit is Unit.COUNT
        and same_family(figure, following)
        and word.start - at <= 12
        and text[following.q.start - 1] not in "、和及"
        and role_of_verb(word, rest) in ("resumed", "approved", "not", "requesting")
        and figure.kind == "level"
        and not verb_left(figure)
        and not figure.left_has(Is.SANCTION)
    ):
        return "total", "<count> <group> <verb> <count>", word
    if (
        following is not None
        and following.q.unit is Unit.PERCENT
        and any(w.flags & Is.RATE for w in rest)
        and word.start > next(w.start for w in rest if w.flags & Is.RATE)
    ):
        return "total", "<count> <group> <rate>", None
    everyone = any(w.flags & Is.ALL and 0 <= word.start - w.end <= 2 for w in rest)
    if word.start - at > 18 and not (everyone and word.flags & Is.RESUME and word.start - at <= 60):
        return None
    if word.flags & Is.DENOMINATOR:
        return "total", "<count> <affected>", word
    if figure.family == "enterprise" and text.startswith("推进", word.start) and word.flags & Is.LAUNCH:
        return "", "count under way", word  # 第二批1188家企业也在推进
    role = role_of_verb(word, rest)
    if role == "not" and word.flags & Is.IDLE and resumed_part_follows(figure, state):
        return "total", "<count> <group> <stopped>，<resume> <count>", word
    if role == "served" and "的" in text[word.end : figure.clause_end] and _rate_follows(figure, state):
        return "total", "<count> <verb> 的 <group>，<rate>", word
    if role in ("approved", "requesting") and (_resumed_then(figure) or _passed_and_resumed(word, rest, text)):
        return "resumed", "<count> <group> <approve>，<resume>", word
    if role == "not" and word.flags & Is.RESUME and not word.flags & Is.IDLE:
        return role, NOT_BACK, word
    if role == "not" and text.startswith(("暂停", "闭"), word.start):
        return role, PAUSED, word
    return role, "<count> <group> <verb>", word


PAUSED = "<count> <group> <paused>"
"""86家景区按要求暂停开放."""
NOT_BACK = "<count> <group> <not> <resume>"
"""只有5座煤矿尚未恢复."""


def _passed_and_resumed(approved: Word, rest: list[Word], text: str) -> bool:
    """58家企业通过现场核查恢复生产: what they passed led to it; 获批恢复生产 does not say so."""
    resumed = next((w for w in rest if w.flags & Is.RESUME and w.start >= approved.end), None)
    return (
        resumed is not None
        and text.startswith("通过", approved.start)
        and text.startswith("恢复", resumed.start)
        and text[approved.start : resumed.start].endswith(("核查", "验收", "检查", "评估", "审核", "审查", "鉴定"))
    )


def _rate_follows(figure: Figure, state: State) -> bool:
    """9711家获得许可证的企业，复工率已达87%: what they received only names the group."""
    following = state.sentence[figure.index + 1] if figure.index + 1 < len(state.sentence) else None
    return following is not None and following.q.unit is Unit.PERCENT and following.left_has(Is.RATE)


_WORK = (
    Is.POWER
    | Is.RESUME
    | Is.RATE
    | Is.RETURN
    | Is.IDLE
    | Is.CAPACITY
    | Is.APPROVE
    | Is.SERVE
    | Is.REQUEST
    | Is.SANCTION
)


def _speaks_of_work(state: State) -> bool:
    """False for 280家景区中，已有264家实施分时预约: nothing in the sentence is said of work."""
    around = (w for f in state.sentence for w in (*f.earlier, *f.left, *f.right, *f.later))
    return any(w.flags & _WORK for w in around)


def _resumed_then(figure: Figure) -> bool:
    """通过环保验收，正式恢复生产: what they did then counts."""
    then = next((w for w in figure.later if not w.flags & (Is.CUMULATIVE | Is.ALL) or w.flags & Is.RESUME), None)
    if then is not None and then.start - figure.clause_end <= 8 and then.flags & Is.RESUME:
        return True
    after = [w for w in figure.later if w.start - figure.clause_end <= 20]
    approved = next((w for w in after if w.flags & Is.APPROVE), None)
    return approved is not None and any(
        w.flags & Is.RESUME and w.start > approved.end and not w.flags & Is.APPROVE for w in after
    )


def _is_base_of_next(figure: Figure, text: str, state: State, noun: Word | None, word: Word) -> bool:
    """重点调度345家企业复工复产，累计复工307家; 135户全部复工，复工率100%."""
    nearby = [f for f in state.sentence[figure.index + 1 : figure.index + 3] if f.clause - figure.clause <= 2]
    for other in nearby:
        if (
            other.q.unit is Unit.PERCENT
            and other.q.value < 100
            and other.clause == figure.clause + 1
            and other.last(Is.RATE)
            and not other.left_has(SUBJECT)
            and noun is not None
            and set(text[noun.end : word.start]) & set("都均")
        ):
            return True
        if (
            other.q.unit is Unit.PERCENT
            and other.q.value == 100
            and other.last(Is.RATE)
            and noun is not None
            and noun.start >= figure.q.end
            and any(
                w.flags & SUBJECT
                and w.end == figure.q.start
                and same_noun(text[w.start : w.end], text[noun.start : noun.end])
                for w in figure.left
            )
        ):
            return True  # 规上企业96户规上企业全部复工: the group is said twice, first with its number
        if (
            other.clause == figure.clause + 1
            and other.is_enterprise_count
            and figure.is_enterprise_count
            and other.q.value < figure.q.value
            and other.left_has(Is.RESUME)
            and not other.left_has(SUBJECT | Is.SUBSET | Is.INCREMENT)
            and figure.left_has(Is.DENOMINATOR)
        ):
            return True
    return False
