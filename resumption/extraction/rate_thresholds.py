"""Percentages that are thresholds: of a count, of a share, over places."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word
from resumption.items import Comparator, Unit

_PLACES = (
    r"(?:县（市、区）|县（区、市）|区（县、市）|县（区）|县（市）|区（县）|市（州）|市（区）|市（县）|省（区、市）|省（市、区）"
    r"|设区市|市州|市县|县市|县区|区县|地市|省区市|省份|城市|乡镇|镇街|街镇|街道|地区|盟市)"
)
OF_PLACES = re.compile(
    rf"(?:以上|以下|左右|多)?(?:的(?:设区)?(?:(?:市|县|区|省|州)(?![属直域内外政]|级(?!市))|{_PLACES})|{_PLACES}|的?(?:就|已|仅|只|共)?有[0-9一二三四五六七八九十两]{{1,3}}个?(?:省|市|县|区|州|镇|行业|产业|领域|板块|门类|大类))"
)
"""超过90%的市, 七成以上县（市、区）, 高于90%的有7个省份: the percentage is of places or their threshold."""


EACH = "<count> <group> <capacity> <threshold>"
"""23家企业产能恢复到八成以上: the rule by which a count of firms is one of those that passed a bound."""


def _bounded(figure: Figure, text: str) -> bool:
    return (
        figure.q.comparator is not Comparator.EQ or figure.q.is_range or text.startswith(("以上", "以下"), figure.q.end)
    )


_THOSE_THAT = ("的占", "的约占", "的企业占", "的企业约占", "的商户占", "的项目占")
"""产能利用率达到七成的占45.1%: a bound without 以上."""
_REACHED = re.compile(r"(?:企业|项目|商户)?(?:已|均|都)?(?:达到?|超过?|在|高于)")
_OR_MORE = ("以上", "及以上")


def _bounds_those_counted(figure: Figure, previous: Figure, text: str) -> bool:
    """产能恢复率83.5%，有2140家达到九成以上: what each of the counted firms has passed."""
    return (
        previous.is_enterprise_count
        and previous.clause == figure.clause
        and _REACHED.fullmatch(text, previous.q.end, figure.q.begin) is not None
        and text.startswith(_OR_MORE, figure.q.end)
    )


def share_at_threshold(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """66.2%的企业到岗率80%以上: the bound follows the share; 产能发挥80%以上企业占18%: it stands before."""
    following = state.sentence[figure.index + 1 : figure.index + 2]
    if (
        following
        and following[0].clause == figure.clause
        and following[0].q.unit is Unit.PERCENT
        and _bounded(following[0], text)
    ):
        noun = next((w for w in figure.right if w.flags & (Is.ENTERPRISE | Is.PROJECT)), None)
        kinds = Is.RATE | Is.CAPACITY | (Is.OUTPUT if following[0].left_has(Is.NORMAL_LEVEL) else 0)
        name = next((w for w in figure.right if w.flags & kinds), None)
        before = next((w for w in reversed(figure.left) if w.end <= figure.q.begin), None)
        beside = before is not None and name is not None and text[figure.q.end : name.start] in ("", "的")
        if beside and before is not None and before.flags & Is.ENTERPRISE and before.end >= figure.q.begin - 1:
            return (
                "enterprises_at_threshold",
                "<group> <percent> <rate> <threshold>",
                name,
            )  # 企业超过七成产能恢复率达到70%
        if noun is not None and name is not None and noun.start < name.start and noun.start - figure.q.end <= 12:
            return "enterprises_at_threshold", "<percent> <group> <rate> <threshold>", name
    previous = state.sentence[figure.index - 1] if figure.index else None
    if (
        previous is not None
        and previous.indicator == "enterprises_at_threshold"
        and previous.kind == "change"
        and text[previous.q.end : figure.q.start] in ("至", "到", "，至", "，达到", "，达")
    ):
        return previous.indicator, "<share> <change> 至 <percent>", None
    if previous is None or previous.q.unit is not Unit.PERCENT:
        return None
    if not _bounded(previous, text) and not text.startswith(_THOSE_THAT, previous.q.end):
        return None
    apart = text[previous.q.end : figure.clause_start] in ("的，", "以上的，", "以下的，", "的企业，", "以上的企业，")
    if previous.clause != figure.clause and not apart:
        return None
    share = figure.last(Is.SHARE)
    named = previous.last(Is.RATE | Is.CAPACITY | Is.RETURN) or previous.reason == "threshold of a share"
    if share is None or not named or share.start - previous.q.end > 10:
        return None
    at = figure.q.begin
    if not text[share.end : at].strip("已经达到为约近超过了仅是的有") or figure.kind == "change":
        previous.reject("threshold of a share")
        return "enterprises_at_threshold", "<rate> <threshold> <group> 占 <percent>", share
    return None


_ALL = 100.0


def _is_one_of_several(count: Figure, state: State) -> bool:
    """324家公司全部复工，其中269家公司复工率超90%: a part of the firms, each with a rate of its own."""
    before = state.sentence[: count.index]
    beside = bool(before) and not count.right_has(Is.ENTERPRISE) and before[-1].right_has(Is.RESUME)
    if beside and before[-1].q.classifier == count.q.classifier and count.clause - before[-1].clause == 1:
        return True  # 12家集团中，有5家已全部复工，4家复工率超过80%
    if not any(f.left_has(Is.SUBSET) or any(w.flags & Is.SUBSET for w in f.earlier) for f in (*before, count)):
        return False
    return any(
        f.q.classifier == count.q.classifier
        and f.q.value > count.q.value
        and f.indicator
        and f.rule != "<count> <group> <rate>"  # 1500家企业复工率超过65%，其中首批420家超过85%: a rate of the part
        for f in before
    )


_REACHED_BY_EACH = re.compile(r"(?:以上|以下|多)(?!的)")


def bounds_each(percent: Figure, words: list[Word], text: str, count: Figure, state: State) -> Word | None:
    """The capacity of which each of some firms has passed a bound: 23家企业产能恢复到八成以上, 21户产能利用率过半.

    A 复工率 is of the group as a whole; what share of its capacity is used each firm knows of itself. `words` stand
    between the count and the bound. 有9家中央企业复工率超过95% tells of so many groups, each with its own rate.
    """
    if percent.q.unit is not Unit.PERCENT or percent.q.is_range:
        return None
    name = next((w for w in words if w.flags & Is.CAPACITY or w.code == "capacity_rate"), None)
    bounded = percent.q.comparator is not Comparator.EQ or percent.q.value == _ALL
    so_many = bounded and (text.startswith("有", count.q.begin - 1) or _is_one_of_several(count, state))
    if so_many and name is None:
        name = next((w for w in words if w.flags & Is.RATE), None)
    if name is None or name.end > percent.q.begin:
        return None
    if so_many and percent.q.comparator in (Comparator.GT, Comparator.GE, Comparator.EQ):
        return name
    capacity = bool(name.flags & Is.CAPACITY)
    if capacity and percent.q.comparator in (Comparator.LT, Comparator.LE):
        return name  # 9家表示产能不足50%
    half = text.startswith("过半", percent.q.begin)
    return name if half or _REACHED_BY_EACH.match(text, percent.q.end) else None


def is_bound_of_share(figure: Figure, text: str, state: State) -> bool:
    previous = state.sentence[figure.index - 1] if figure.index else None
    if previous is not None and _bounds_those_counted(figure, previous, text):
        return True
    return (
        previous is not None
        and previous.indicator == "enterprises_at_threshold"
        and (previous.q.unit is Unit.PERCENT or previous.rule == EACH)
        and previous.clause == figure.clause
        and (_bounded(figure, text) or (previous.rule == EACH and figure.q.value == _ALL))
    )


_COUNT_OF_PLACES = re.compile(
    rf"(?:[0-9一二三四五六七八九十两]{{1,9}}个?(?:{_PLACES}|设区市|市州|市|县|区|省|州|盟|镇|街道|旗|乡)"
    rf"|(?:[成%]|半数?)(?:以上|左右|多)?的?{_PLACES}"
    rf"|(?:绝?大多数|绝?大部分|多数|部分|不少)(?:的)?(?:{_PLACES}|设区市|市州|市|县|区|省|州|盟|镇|街道|旗|乡)(?:（[市县区州、]{{1,4}}）)?)[^，。；、0-9]{{0,14}}$"
)


_AREAS = ("珠三角", "长三角", "京津冀", "粤东西北", "苏南", "苏北", "苏中", "东部", "中部", "西部", "沿海")


def over_places(figure: Figure, text: str) -> bool:
    """9个市复工率超过90%: the places are counted, the percentage is their threshold or holds for all of them."""
    at = figure.q.begin
    found = _COUNT_OF_PLACES.search(text, figure.clause_start, at)
    if found is None or any(word in found.group() for word in ("分别", "依次", "平均")):
        return False
    if (
        figure.q.comparator is Comparator.EQ
        and figure.q.value < 100
        and not any(word in found.group() for word in "均都皆")
    ):
        return False
    if text.endswith(_AREAS, 0, found.start()):
        return False  # 珠三角9市返岗率在八成以上: an area by its name
    return text[found.start() - 1] != "、" and "分别" not in text[found.start() : at]


def bounds_a_count(figure: Figure, text: str, state: State) -> bool:
    following = state.sentence[figure.index + 1 : figure.index + 2]
    if not following or following[0].clause != figure.clause or following[0].q.unit is not Unit.COUNT:
        return False
    gap = text[figure.q.end : following[0].q.start]
    return (
        figure.q.comparator is not Comparator.EQ
        and ("的" in gap or "以" in gap)
        and len(gap) <= 12
        and "threshold" in state.roles
    )
