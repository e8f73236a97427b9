"""Counts whose role shows in their values: what is left of a base, the part of a base that no known verb names.

31家工厂，已有19家恢复，7家搬进板房，5家待鉴定: 7 and 5 are what 19 leaves of 31, whatever is said of them.
"""

from __future__ import annotations

from itertools import pairwise

from resumption.extraction import lazy_re as re
from resumption.extraction.checks import decimals, is_rate_of
from resumption.extraction.count_clauses import STILL_LIMITED
from resumption.extraction.count_verbs import SUBJECT
from resumption.extraction.figures import UNDECIDED, Figure
from resumption.extraction.nouns import right_noun
from resumption.extraction.state import State
from resumption.extraction.words import NOUN, Is, Word
from resumption.items import ChangeBasis, Comparator, Unit

_TOTAL = {"enterprises_total": "enterprises_resumed", "projects_total": "projects_resumed"}
_LEFT_OVER = ("enterprises_approved", "enterprises_not_resumed")
_WEAK = ("<list> <count>", "<list of the paragraph> <count>")


def settle_remainders(figures: list[Figure], state: State) -> None:
    """Mark the counts that are what the resumed leave of the total, one alone or several that follow each other."""
    for base in [*state.counts]:
        if base.indicator != "enterprises_total":
            continue
        part = next(
            (
                f
                for f in state.counts
                if f.indicator == _TOTAL[base.indicator] and f.q.classifier == base.q.classifier
                and base.q.start < f.q.start and f.q.value < base.q.value
            ),
            None,
        )  # fmt: skip
        if part is None:
            continue
        left = base.q.value - part.q.value
        run: list[Figure] = []
        for figure in figures:
            if figure.q.start <= part.q.end or figure.q.unit is not Unit.COUNT:
                continue
            if not _open(figure, base):
                run = []
                continue
            run.append(figure)
            if sum(f.q.value for f in run) == left:
                for one in run:
                    one.family = base.family
                    rule = STILL_LIMITED if one.rule == STILL_LIMITED else "<total> less <resumed>"
                    one.accept("enterprises_not_resumed", rule)
                break


def _open(figure: Figure, base: Figure) -> bool:
    """True for a count of the same measure that no word of its own has decided."""
    return (
        figure.q.classifier == base.q.classifier
        and figure.q.comparator is Comparator.EQ
        and figure.kind == "level"
        and (not figure.indicator or figure.rule in _WEAK or figure.indicator in _LEFT_OVER or _named_rest(figure))
        and not any(w.flags & (Is.RATE | Is.SERVE | Is.SHARE | Is.SUBSET) for w in figure.left)
    )


def _named_rest(figure: Figure) -> bool:
    """另外两家也在推进中: called the rest, whatever they do."""
    word = figure.last(Is.REMAINDER)
    return word is not None and word.end >= figure.q.start - 2 and not figure.left_has(Is.CUMULATIVE | Is.ALL)


def settle_unnamed(figures: list[Figure], text: str, state: State) -> None:
    """Give 176家企业转动了149家 its roles though no list has the verb: a base, its noun, a short word, a smaller count.

    Only among figures of the resumption of work (an accepted count in the paragraph, or a rate beside it).
    """
    for base, part in pairwise(figures):
        if part.indicator or part.reason not in UNDECIDED or not _may_be_base(base, part):
            continue
        if not state.counts and not any(f.indicator for f in figures):
            continue
        noun = right_noun(base, text)
        at = noun.end if noun is not None else base.q.end
        between = text[at : part.q.start]
        if (noun is None and base.last(SUBJECT) is None) or not 0 < len(between) <= 6 or set(between) & _SIGNS:
            continue
        if any(w.flags & (NOUN | _OTHER) for w in part.left if w.start >= at):
            continue
        family = base.family or "enterprise"
        for figure, code in ((base, "_total"), (part, "_resumed")):
            figure.family = family
            figure.accept(family_codes(family) + code, "<count> <group> <unknown verb> <count>")
            state.remember(figure)


_SPEAKS_OF = frozenset({
    "enterprises_resumed", "enterprises_not_resumed", "resumption_rate", "production_rate", "capacity_rate",
    "projects_resumed", "project_resumption_rate", "workers_returned", "worker_return_rate",
})  # fmt: skip
_OUTER = re.compile(r"[^，。；0-9]{0,16}?(?:所属|旗下|下属|下辖|入驻的)")


_LITTLE = frozenset("的等共计总达有均都已约近超为是在中里内新各并和及与、（）“” ")


def _says_more(base: Figure, text: str, noun: Word) -> bool:
    """True for 85家铺子支起了摊，…: words that no list knows say something of the count, perhaps that it resumed."""
    at, rest = max(noun.end, base.q.end), ""
    end = min(base.clause_end, base.right_end)
    for word in base.right:
        if word.start >= at:
            rest += text[at : word.start]
            at = word.end
    rest += text[at:end] if at < end else ""
    return len([c for c in rest if c not in _LITTLE and not c.isdigit()]) >= 2


def settle_bases(figures: list[Figure], text: str, state: State) -> None:
    """Make 吉林省500户重点企业，员工在岗率达66.6% a total: a group that the sentence then states figures of.

    For a count with its noun that no word gives another role, if a figure of resumption follows within three clauses.
    Of 96家企业所属2.3万户子企业 the outer count is optional.
    """
    if not state.strong:
        return
    for base in figures:
        if base.indicator or base.reason != "count without a role" or base.kind != "level":
            continue
        noun = right_noun(base, text) or base.last(SUBJECT)
        if noun is None or not noun.flags & SUBJECT or (noun.end != base.q.start and noun.end < base.q.start - 4):
            continue
        if text[noun.end - 1] == "区" or "招聘会" in text[max(0, base.q.start - 40) : base.q.end]:
            continue
        levels = (f for f in figures[base.index + 1 :] if f.indicator in _SPEAKS_OF and f.kind == "level")
        told = next((f for f in levels if f.rule != "<remainder> <count>"), None)
        if told is None or told.clause - base.clause > 3 or base.left_has(_OTHER | Is.RESUME | Is.REMAINDER):
            continue
        base.family = "project" if noun.flags & Is.PROJECT and not noun.flags & Is.ENTERPRISE else "enterprise"
        after = figures[base.index + 1]
        beside = after.clause == base.clause and text[noun.end : after.left_start + 1].strip("、和，") == ""
        if beside and after.indicator == "workers_returned" and base.left_has(Is.CUMULATIVE):
            base.accept(family_codes(base.family) + "_resumed", "已有 <count>、<people> <return>", noun)
            continue
        if _says_more(base, text, noun) or text[max(noun.end, base.q.end)] in "、和及与":
            # A verb that no list knows, or the verb of the list that it opens: not only a base.
            continue
        base.optional = _OUTER.match(text, base.q.end) is not None
        base.accept(family_codes(base.family) + "_total", "<count> <group>，… <resume>", noun)
        state.remember(base)


_ON_A_DAY = re.compile(r"(?:[0-9]{1,2}日|当日|当天|昨日|昨天|今日|今天)(?:的|新|又|再|实现|顺利|全部)?$")


def settle_daily(figures: list[Figure], text: str) -> None:
    """Make 25日复产5家，累计复产116家 a change: what a day added to the sum that follows it."""
    for part, whole in pairwise(figures):
        if (
            part.indicator in ("enterprises_resumed", "projects_resumed", "workers_returned")
            and part.indicator == whole.indicator
            and part.kind == whole.kind == "level"
            and part.q.value < whole.q.value
            and whole.clause > part.clause
            and (verb := part.last(Is.RESUME | Is.RETURN) or part.first(Is.RESUME | Is.RETURN)) is not None
            and _ON_A_DAY.search(text, max(part.clause_start, verb.start - 7), verb.start)
            and (text[whole.clause_start : whole.clause_start + 2] in ("累计", "总计") or verb.start > part.q.end)
        ):
            part.kind, part.basis = "change", ChangeBasis.PREVIOUS_DAY


def settle_quotients(figures: list[Figure], state: State) -> None:
    """Accept a percentage that is the quotient of two counts of resumption before it, whatever words lead to it."""
    for rate in figures:
        if rate.indicator or rate.q.unit is not Unit.PERCENT or rate.reason not in _UNNAMED_RATES:
            continue
        places = decimals(rate.q.text)
        if rate.q.comparator is not Comparator.EQ or rate.q.value >= 100:
            continue
        before = figures[max(0, rate.index - 4) : rate.index]
        for part in before:
            code = _RATE_OF.get(part.indicator)
            if code and any(
                whole.indicator == _WHOLE_OF[part.indicator]
                and whole.q.value > 0
                and (
                    is_rate_of(rate.q.value, places, part.q.value, whole.q.value)
                    if places
                    else abs(part.q.value / whole.q.value * 100 - rate.q.value) < 0.05
                    and part is figures[rate.index - 1]
                )
                for whole in before
            ):
                rate.family = "rate"
                rate.accept(code, "<rate> is the quotient of the counts")
                state.remember(rate)
                break


def family_codes(family: str) -> str:
    """`enterprises` or `projects`: how the codes of a family begin."""
    return "projects" if family == "project" else "enterprises"


def _may_be_base(base: Figure, part: Figure) -> bool:
    return (
        base.q.unit is Unit.COUNT
        and base.q.classifier == part.q.classifier
        and base.clause == part.clause
        and base.kind == part.kind == "level"
        and part.q.value <= base.q.value
        and (base.indicator in _TOTAL or base.reason in UNDECIDED)
    )


_UNNAMED_RATES = ("share of another subject", "percentage without a rate", "share of a group")
_SIGNS = frozenset("、和及，；：。（）")
_OTHER = Is.NEGATION | Is.IDLE | Is.SERVE | Is.SANCTION | Is.OTHER_TOPIC | Is.SUBSET
_RATE_OF = {
    "enterprises_resumed": "resumption_rate",
    "projects_resumed": "project_resumption_rate",
    "workers_returned": "worker_return_rate",
}
_WHOLE_OF = {
    "enterprises_resumed": "enterprises_total",
    "projects_resumed": "projects_total",
    "workers_returned": "workers_total",
}
