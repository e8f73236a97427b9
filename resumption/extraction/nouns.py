"""What a number counts: the noun to its right or left, and whether that is an enterprise or a project."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.count_verbs import SUBJECT
from resumption.extraction.figures import PLACE_MEASURES, Figure
from resumption.extraction.state import State
from resumption.extraction.words import NOUN, VERB, Is, Word

_THEIRS = Is.CAPACITY | Is.OUTPUT
"""What firms make or can make: the noun of a figure of its own."""


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
    return any(w.start == word.end and w.flags & (SUBJECT | Is.MODIFIER) for w in figure.right)


def right_noun(figure: Figure, text: str) -> Word | None:
    """End of the noun chain directly right of the number, None if a verb or sign comes first."""
    known = figure.noun
    if known is None or known[0] is not figure.q:
        known = figure.noun = figure.q, _right_noun(figure, text)
    return known[1]


def _right_noun(figure: Figure, text: str) -> Word | None:
    found: Word | None = None
    last = figure.q.end
    if text.startswith("）", last):
        return None  # 规上企业（86家）、外资企业（12家）: the noun stands before the bracket
    for word in figure.right:
        gap = text[last : word.start]
        if len(gap) > (18 if found is None else 4) or gap.startswith("、") or ("、" in gap and found is not None):
            break
        if found is None and gap[:1] in _OF_CAUSE and not any(w.flags & SUBJECT for w in figure.right):
            break  # 3处因|隐患被责令停产
        if word.flags & NOUN:
            if found is not None and gap and gap[0] not in "的及和类":
                break
            if found is not None and found.flags & SUBJECT and word.flags & _THEIRS and not gap:
                break  # 18处煤矿|产能2160万吨, 六成企业|营业额
            if found is not None and found.flags & Is.PROJECT and word.flags & Is.INVESTMENT and not gap:
                break  # 24个项目|总投资233亿元
            if (
                found is not None
                and figure.is_enterprise_count
                and found.flags & Is.ENTERPRISE
                and word.flags & (Is.PROJECT | Is.ENTERPRISE) == Is.PROJECT
            ):
                break  # 28家房企|在建项目
            found = word
        elif word.flags & Is.MODIFIER or (
            found is None
            and word.flags & (Is.RESUME | Is.IDLE | Is.RETURN | Is.LAUNCH | Is.DENOMINATOR)
            and (text.startswith(("的", "中的"), word.end) or _names_group(figure, word))
        ):
            pass
        elif found is None and text[word.start : word.end] == "中的" and not gap:
            pass  # 118个施工|中的|项目
        elif (
            found is None
            and word.flags & (Is.LIMIT | Is.SOURCE_PREPOSITION | Is.ARRIVE | Is.AT_LEAST | Is.OTHER_TOPIC)
            and (word.end - word.start <= 2 or (word.flags & Is.OTHER_TOPIC and _names_group(figure, word)))
        ):
            if word.flags & Is.OTHER_TOPIC and not _names_group(figure, word):
                break
        else:
            break
        last = word.end
    return found


_OF_CAUSE = frozenset("因由受被未")


def end_of_group(figure: Figure, text: str) -> int:
    """Where the counted group ends right of the number: its noun chain, or a noun behind a long description."""
    noun = right_noun(figure, text)
    if noun is not None:
        return noun.end
    far = _FAR_NOUN.match(text, figure.q.end, figure.right_end)
    return far.end() if far and figure.q.classifier in PLACE_MEASURES else figure.q.end


def count_domain(figure: Figure, text: str, state: State) -> str:
    """`enterprise`, `project` or "": what a count of 家, 个, 座 ... is about."""
    noun = head_noun(figure, text)
    if figure.is_enterprise_count:
        if noun is not None and noun.flags & Is.PROJECT and not noun.flags & Is.ENTERPRISE:
            return "project" if right_noun(figure, text) is noun else "enterprise"
        return "enterprise"
    if figure.q.classifier == "条" and noun is not None and noun.flags & Is.PROJECT:
        return "project" if right_noun(figure, text) is noun else ""
    if figure.q.classifier not in PLACE_MEASURES:
        return ""
    if sized := _SIZED_GROUP.match(text, figure.q.end):
        return "project" if sized[1] else "enterprise"
    if noun is None and (far := _FAR_NOUN.match(text, figure.q.end, figure.right_end)):
        return "project" if far.group(1) else "enterprise"
    before = next((w for w in reversed(figure.earlier) if not w.flags & Is.WITHIN), None)
    if (
        noun is None
        and before is not None
        and before.flags & SUBJECT
        and _AMONG_THEM.fullmatch(text, before.end, figure.clause_start)
        and not figure.left_has(NOUN)
    ):
        # 节后复工的亿元以上项目，临港区有26个
        return "project" if before.flags & Is.PROJECT else "enterprise"
    if figure.q.classifier == "个" and right_noun(figure, text) is None and _counts_unknown(figure, text):
        return ""
    if noun is None and (group := _before_bracket(figure, text)) is not None:
        noun = group
    if noun is not None:
        if noun.flags & Is.PROJECT:
            return "project"
        if noun.flags & Is.ENTERPRISE:
            return "enterprise"
        return ""
    if figure.q.classifier in ("座", "处", "对") and text.endswith(_PRODUCES, 0, figure.q.begin):
        return "enterprise"
    previous = state.roles.get("project") or state.roles.get("enterprise")
    if previous is not None and previous.q.classifier == figure.q.classifier:
        return previous.family
    if (
        figure.q.classifier == "项"
        and figure.left_has(Is.RESUME | Is.LAUNCH)
        and figure.q.start - figure.left_start < 24
    ):
        return "project"
    if previous is not None and figure.left_has(Is.RESUME) and previous.q.classifier in PLACE_MEASURES:
        return previous.family
    if previous is not None and previous.family == "project" and {figure.q.classifier, previous.q.classifier} <= _ALIKE:
        return previous.family
    if any(w.flags & (Is.RESPECTIVELY | Is.ARRIVE) for w in figure.left[:2]):
        for word in reversed(figure.earlier):
            if word.flags & SUBJECT:
                return "project" if word.flags & Is.PROJECT else "enterprise"
    return state.measures.get(figure.q.classifier, "") or _of_what_was_counted(figure, text, state)


def _of_what_was_counted(figure: Figure, text: str, state: State) -> str:
    """370个帮扶车间吸纳1.5万人就业，已有352个恢复生产: what the measure word counted before in the sentence."""
    resumes = figure.left_has(Is.RESUME) or (figure.first(Is.RESUME) is not None and right_noun(figure, text) is None)
    if not resumes or figure.kind != "level":
        return ""
    for other in reversed(state.sentence[: figure.index]):
        if other.q.classifier == figure.q.classifier and other.q.value >= figure.q.value:
            noun = right_noun(other, text)
            if noun is None or not noun.flags & SUBJECT:
                return ""
            return "project" if noun.flags & Is.PROJECT and not noun.flags & Is.ENTERPRISE else "enterprise"
    return ""


def _before_bracket(figure: Figure, text: str) -> Word | None:
    """文化场馆（图书馆、文化馆）开放112个: the noun stands before what explains it."""
    at = figure.clause_start
    if at == 0 or text[at - 1] != "）":
        return None
    opened = text.rfind("（", 0, at)
    return next((w for w in reversed(figure.earlier) if w.end == opened and w.flags & SUBJECT), None)


def described_group(figure: Figure, text: str) -> str:
    """326个上年结转的农房改善项目: the group behind a description that no word list knows; "" if there is none."""
    if figure.q.classifier not in PLACE_MEASURES:
        return ""
    far = _FAR_NOUN.match(text, figure.q.end, figure.right_end)
    told, mark, name = far[0].rpartition("的") if far is not None else ("", "", "")
    return name if mark and told and len(name) > 3 else ""


_SIZED_GROUP = re.compile(
    r"(?:总投资|计划总投资|计划投资|投资|年产值|营收|年营收)(?:额)?[0-9.]{1,8}[百千万亿]{0,2}元(?:及)?以[上下]的?[^，。；0-9]{0,10}?"
    r"(?:(项目|工程)|企业|公司)"
)
"""56个投资50亿元以上的在建项目有55个已复工."""
_AMONG_THEM = re.compile(r"(?:（[^（）0-9]{0,16}）)?[里中内]?，")
"""89座高炉（含长期停产）中，22座停产."""
_FAR_NOUN = re.compile(
    r"[^，。；：0-9]{0,26}?(?:(项目|工程|楼盘|工地|标段)|(?:企业|商户|门店|市场|工厂|网点|车间|园区|矿山|煤矿))"
    r"(?=中|，|。|里|内|已|均|都|全|现|尚|仍|有|实现|复|开|恢|$)"
)
"""147个已售停工、半停工商品住宅项目中: the noun behind a long description."""
_PRODUCES = ("复产", "已复产", "恢复生产", "复产了")
"""复产41座: mines and works that produce, whatever was counted before; those under construction 复工."""
_ALIKE = frozenset({"个", "项", "宗"})
"""Measures of projects that one text mixes: 118个重点项目，已开工57项."""
_GOES_ON = frozenset("进计拟预将要因尚仍由也都已全均未正陆目其实在较比，。；、（）：增的左以多余和及与分占复恢开投为有")


_SIZED = re.compile(r"[0-9十百千万亿]{1,6}元以[上下]")
"""20个亿元以上批发市场."""


def _counts_unknown(figure: Figure, text: str) -> bool:
    """4个公告: what follows 个 is counted, and no word list knows it."""
    after = text[figure.q.end : figure.q.end + 1]
    if not ("\u4e00" <= after <= "\u9fff") or after in _GOES_ON or _SIZED.match(text, figure.q.end):
        return False
    return not any(w.start - figure.q.end <= 1 for w in figure.right)
