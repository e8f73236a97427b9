"""Counts behind 的: 尚未复工的32家, 被责令整改的96家: the clause before 的 says what they are."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.count_bases import fewer_resumed, is_base, led_to_work
from resumption.extraction.count_clauses import resumed_part_follows
from resumption.extraction.count_verbs import deciding_verb, role_of_verb
from resumption.extraction.figures import Figure
from resumption.extraction.nouns import right_noun
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word

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


NOT_YET_OF = "<not> <resume> 的 <count>"
"""要等半年才能恢复生产的有97家."""
_NEAR_OF = 18
"""Characters between a verb and its count where 的 joins them."""


_ALL_NOW = re.compile(r"[^，。；0-9]{0,6}?(?:均|都|已|全部|全都|悉数)")


_LISTED_IN = re.compile(
    r"(?:列入|纳入|进入|在)[^，。；0-9]{0,20}(?:计划|方案|名单|名录|台账|范围|清单|之列)的?$|(?:计划|方案|台账|范围)[内中]的$"
)
"""列入今年节后复工复产计划的42对: all that are to resume."""
_UNALLOWED = re.compile(
    r"(?:擅自|私自|违规|违法|非法|偷偷|强行)[^，。；0-9]{0,8}(?:复工|复产|开工|生产|恢复生产|开业|营业|施工|启封|开采)的$"
)
"""擅自提前恢复生产的3家."""


def _did_resume(figure: Figure, text: str) -> Word | None:
    """具备条件的58座矿山均已复产: what they did, not what they may do."""
    noun = right_noun(figure, text)
    since = noun.end if noun is not None else figure.q.end
    verb = next((w for w in figure.right if w.flags & Is.RESUME and w.start >= since), None)
    if verb is None or any(w.flags & Is.NEGATION and since <= w.start < verb.start for w in figure.right):
        return None
    return verb if _ALL_NOW.match(text, since, verb.start) else None


_IN_USE = ("投产", "建成投产", "投运", "投入运营", "达产")
"""What they are, before anything stopped: 建成投产的36家，已有29家复工."""


def relative(figure: Figure, before: str, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """被责令整改的96家, 尚未复工的32家: the clause before 的 says what they are."""
    before = before.rstrip()
    if not before.endswith(_OF):
        return None
    group = next((i for i, w in reversed(list(enumerate(figure.left))) if w.flags & Is.WITHIN), -1)
    # 已放行企业中实际恢复生产的487家: what stands before 中 names the group
    word = deciding_verb(figure.left[group + 1 :], strict=True) or deciding_verb(figure.left, strict=True)
    if word is None or figure.q.start - word.end > _NEAR_OF:
        return None
    if _LISTED_IN.search(before):
        return "total", "<in a plan> 的 <count>", None
    if word.flags & Is.RESUME and _UNALLOWED.search(before):
        return "sanctioned", "擅自 <verb> 的 <count>", word
    if before.endswith("条件的") and (done := _did_resume(figure, text)) is not None:
        return "resumed", "<condition> 的 <count> <group> 均已 <resume>", done
    if before.endswith("条件的") and word.flags & Is.RESUME and not word.flags & Is.APPROVE:
        return "total", "<condition> 的 <count>", word
    if before.endswith("条件的") and resumed_part_follows(figure, state):
        return "total", "<condition> 的 <count>，<resume> <count>", word
    helped = next(
        (w for w in figure.left if w.flags & Is.SERVE_PREPOSITION and w.end - w.start == 1 and w.start < word.start),
        None,
    )
    if helped is not None and figure.first(Is.GIVE | Is.SOLVE | Is.FUND) is not None:
        return "served", "向 <verb> 的 <count> <give>", helped
    role = role_of_verb(word, figure.left)
    kind = word.flags & Is.LAUNCH and not word.flags & Is.RESUME
    negated = role == "not" and word.flags & Is.RESUME
    if (
        (kind or (role == "not" and word.flags & Is.IDLE))
        and not negated
        and (resumed_part_follows(figure, state) or (role == "not" and is_base(figure, text, state, word, role)))
    ):
        return "total", "<stopped> 的 <count>，<resume> <count>", word
    if role == "resumed" and text[word.start : word.end] in _IN_USE and fewer_resumed(figure, state):
        return "total", "<in use> 的 <count>，<resume> <count>", word
    then = next((w for w in figure.left if w.flags & Is.RESUME and w.start >= word.end), None)
    if role == "approved" and then is not None and led_to_work(figure, word, then, text):
        return "resumed", "<approve> 并 <resume> 的 <count>", then
    return role, NOT_YET_OF if negated else "<verb> 的 <count>", word
