"""A percentage of something: 占规上企业的85%, 占比60%, and what such a share is no rate of."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.checks import decimals, is_rate_of
from resumption.extraction.figures import Figure
from resumption.extraction.rate_verbs import SHARE_OF
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word
from resumption.items import Unit

_OF_LEAVERS = re.compile(r"(?:到|了|全[省市县区])?(?:春节前|节前|年前)?(?:返乡|回乡)[^，。；0-9]{0,8}的$")
"""占节前返乡总数的78%: of those who went home, so many are back."""
_AMONG_RESUMED = re.compile(
    r"(?:在|占)(?:全部|所有|全[市省县区]|已)*(?:开复工|复工复产|复工|复产|开工)(?:的)?(?:企业|项目|商户)(?:总数|当)?[中里内]?(?:的)?$"
)
"""在全部复工企业里占42.5%: of those that resumed."""
_OF_RESUMED = re.compile(
    r"(?:全?[市省区县国盟旗州]|总|其|已)?的?(?:已)?(?:开复工|复工复产|复工|复产|开工|返岗)(?:项目|企业|人员|职工|员工|工人)?"
    r"(?:总)?(?:数|量|总数)?的?"
)


_OF_ALL_STAFF = re.compile(
    r"(?:了|到)?(?:公司|全厂|工厂|企业|厂里)?(?:全员|全部(?:员工|职工|人员)|(?:员工|职工)总?数?)(?:总数)?的?"
)
"""返岗人员全部来自本地，占全员的95%."""
SHARE_OF_GROUP = "share of a group"
SHARE_OF_OTHERS = "share of a count of something else"
_COUNTS_OF_OTHERS = frozenset({"count of something else", "count of places", "households"})
_ITS_SHARE = re.compile(r"，(?:约|已|大约)?占(?:比|总数的?|全部的?|了)?(?:为|达到?|约|近|到)?")
"""恢复供电的乡镇210个，占87%."""
_OF_UPPER = re.compile(r"占(?:到|了)?全(?:国|省|市|县|区|州|自治区)(?:总量|总数|同类)?的?(?:近|约|超过?)?")
"""全市共有1260家规上企业，占全省的8.6%: of the firms of a larger place."""
_COUNT_ITSELF = re.compile(r"(?:企业|台企|外企|单位|商户|项目|员工)(?:总)?(?:数量|总数|总量)(?:约|就|已)?$")
"""这些省市台企数量占总数83%以上: of how many there are, not of how many resumed."""
_OF_PEOPLE = re.compile(
    r"占(?:到|了)?(?:全[市县区镇省州]|我[市县]|辖区|应)?(?:总户数|总人口|户籍人口|常住人口|居民总数|总农户|农户总数|村民)"
)
"""排查98320户，占总户数的97.2%."""
_STRANDED = re.compile(r"(?:滞留|未返岗|未到岗|未返回|没回来|未能返|被困|隔离)[^。；]{0,24}$")
"""滞留外地的员工1260人，占员工总数的6.8%."""
_GONE_HOME = re.compile(r"(?:返乡|回乡|回家|返家|离岗|留守|留岗|就地过年|返回老家)[^，。；返]{0,3}$")
"""返乡比例35.8%: who left, not who came back."""


def share_of(figure: Figure, text: str, state: State, share: Word) -> tuple[str, str, Word | None]:
    """Indicator, rule and word of a percentage behind 占 or 占比 (`share`); "" and the reason if it is no rate."""
    between = [w for w in figure.left if w.start >= share.end]
    at = figure.q.begin
    before = state.sentence[figure.index - 1] if figure.index else None
    money = before is not None and before.q.unit is Unit.CNY and before.clause >= figure.clause - 1
    if (money and not any(w.flags & (Is.ENTERPRISE | Is.PROJECT | Is.WORKER) for w in between)) or any(
        w.flags & Is.INVESTMENT or text.startswith("固定资产投资", w.start) for w in between
    ):
        return "", "share of money", share
    if before is not None and before.indicator == "jobs_offered" and before.clause >= figure.clause - 1:
        return "", SHARE_OF_OTHERS, share  # 补员15.2万人，约占在职人员的1.8%
    if before is not None and before.indicator == "enterprises_at_threshold" and before.clause >= figure.clause - 1:
        return before.indicator, "<count>，占 <percent>", share  # 到岗率超七成的1124户，占开工企业的63.4%
    if _OF_RESUMED.fullmatch(text, share.end, at) or _AMONG_RESUMED.search(text, figure.clause_start, share.start):
        # 占全区开复工项目数的71.3%: a share of the resumed, not of the whole group
        return "", "share of another subject", share
    if _OF_ALL_STAFF.fullmatch(text, share.end, at) and figure.spoken(state.sentence, Is.RETURN) is not None:
        return "worker_return_rate", "<return>，占 <all staff> <percent>", share
    if _OF_PEOPLE.match(text, share.start) and before is not None and not before.indicator:
        return "", SHARE_OF_OTHERS, share
    if _COUNT_ITSELF.search(text, figure.left_start, share.start) and not figure.left_has(Is.RESUME | Is.RETURN):
        return "", SHARE_OF_OTHERS, share
    gone = before is not None and before.rule == "<went home> <count>" and before.clause >= figure.clause - 1
    if (gone and "返乡" not in text[share.end : at]) or _GONE_HOME.search(text, figure.left_start, share.start):
        return "", "share of those who went home", share
    if (
        before is not None
        and before.q.unit is Unit.PERSON
        and _STRANDED.search(text, max(0, before.q.begin - 30), before.q.begin)
    ):
        return "", SHARE_OF_OTHERS, share
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
    ) and (state.roles.get("person") is not None or figure.last(Is.RETURN)):
        return "worker_return_rate", "占 <staff> 的 <percent>", share
    if (
        before is not None
        and before.q.unit is Unit.PERSON
        and before.indicator
        and _OF_LEAVERS.match(text, share.end, at)
    ):
        return "worker_return_rate", "占 <went home> 的 <percent>", share
    staff = next((w for w in figure.left if w.flags & Is.RETURN and w.end <= share.start), None)
    if staff is not None and share.start - staff.end <= 8 and figure.last(Is.WORKER) and state.strong:
        return "worker_return_rate", "<returned> <staff> 占比 <percent>", staff
    previous = _previous_count(figure, state)
    if previous is not None and previous.indicator.endswith("_total") and _OF_UPPER.fullmatch(text, share.start, at):
        return "", SHARE_OF_OTHERS, share
    if previous is not None and _is_of_the_resumed(figure, previous, state):
        return "", "share of the resumed", share
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
                return "", SHARE_OF_GROUP, share
        return code, "<count>，占 <percent>", share
    if before is not None and before.reason in _COUNTS_OF_OTHERS and _ITS_SHARE.fullmatch(text, before.q.end, at):
        return "", SHARE_OF_OTHERS, share
    if any(w.flags & Is.ENTERPRISE for w in between) and any(w.flags & Is.RESUME for w in figure.left):
        return "resumption_rate", "<resumed> 占 <group> <percent>", share
    spoken = next((w for w in reversed(figure.earlier) if w.flags & Is.RESUME), None)
    if any(w.flags & Is.ENTERPRISE for w in between) and spoken is not None and share.start - figure.clause_start <= 2:
        return "resumption_rate", "<resume>，占 <group> <percent>", spoken
    resumed = next((w for w in reversed(figure.left) if w.start < share.start and w.flags & Is.RESUME), None)
    if resumed is not None and share.start - resumed.end <= 4:
        return "resumption_rate", "<resume> <group> 占 <percent>", resumed
    return "", "share of another subject", share


def _is_of_the_resumed(figure: Figure, part: Figure, state: State) -> bool:
    """开复工项目10个，其中新开工6个，占比60%: of those that were resumed, so it says nothing of how many were."""
    if not part.indicator.endswith(("_resumed", "_returned")):
        return False
    if part.spoken(state.sentence, Is.SUBSET | Is.WITHIN) is None:
        return False
    places = decimals(figure.q.text)
    fits = [
        f.indicator
        for f in (*state.counts, *state.sentence[: part.index])
        if f is not part and f.q.value > part.q.value and is_rate_of(figure.q.value, places, part.q.value, f.q.value)
    ]
    return bool(fits) and all(code == part.indicator for code in fits)


def _previous_is(figure: Figure, state: State, code: str) -> bool:
    return figure.index > 0 and state.sentence[figure.index - 1].indicator == code


def _previous_count(figure: Figure, state: State) -> Figure | None:
    for other in reversed(state.sentence[: figure.index]):
        if other.q.unit in (Unit.COUNT, Unit.PERSON):
            return other
    return None
