"""Counts far from their rate: the base and the part that a named rate of a later sentence is the quotient of.

今年计划实施重大项目3095个，总投资…。截至目前，已开复工2237个，开复工率72.3%: 2237 of 3095 is 72.3 %,
so 3095 is the base, though its own sentence says nothing of resumption. A random pair of counts fits a rate with one
decimal in about one case of a thousand; only rates with a name are asked, and without a decimal only for the count that
stands next to them.
"""

from __future__ import annotations

from bisect import bisect_left

from resumption.extraction.checks import decimals, is_rate_of, slack
from resumption.extraction.count_parts import family_codes
from resumption.extraction.figures import UNDECIDED, Figure
from resumption.extraction.nouns import right_noun
from resumption.extraction.quantities import Quantity
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word
from resumption.items import Comparator, Unit

_FAR = 260
"""Code points between a base and its rate: two or three sentences."""
_NAME_GAP = 8
_UNIT_OF = {
    "resumption_rate": Unit.COUNT,
    "project_resumption_rate": Unit.COUNT,
    "production_rate": Unit.COUNT,
    "worker_return_rate": Unit.PERSON,
}


def find_quotients(quantities: list[Quantity], words: list[Word], text: str) -> dict[int, str]:
    """Offset of a count to its role, `total` or `part`, for all pairs whose quotient a named rate states.

    >>> from resumption.extraction.quantities import find_quantities
    >>> from resumption.extraction.words import find_words
    >>> text = "计划实施项目3095个。已开复工2237个，开复工率72.3%。"
    >>> find_quotients(list(find_quantities(text)), find_words(text), text)
    {6: 'total', 16: 'part'}
    """
    names = [w for w in words if w.flags & Is.RATE and w.code in _UNIT_OF]
    ends = [w.end for w in names]
    found: dict[int, str] = {}
    for index, rate in enumerate(quantities):
        if rate.unit is not Unit.PERCENT or rate.value >= 100 or rate.comparator is not Comparator.EQ:
            continue
        places = decimals(rate.text)
        if not places and rate.text[:1] not in "0123456789":
            continue
        at = bisect_left(ends, rate.start + 1) - 1
        if at < 0 or rate.start - ends[at] > _NAME_GAP:
            continue
        unit = _UNIT_OF[names[at].code]
        counts = [
            q
            for q in quantities[max(0, index - 12) : index]
            if q.unit is unit and q.comparator is Comparator.EQ and rate.start - q.start < _FAR
        ]
        pairs = [
            (part, whole)
            for part in (counts if places else counts[-1:])
            for whole in counts
            if part.value < whole.value
            and part.classifier[-1:] == whole.classifier[-1:]
            and is_rate_of(rate.value, places, part.value, whole.value, slack(part.text) + slack(whole.text))
        ]
        if len(pairs) == 1:
            part, whole = pairs[0]
            found.setdefault(whole.start, "total")
            found.setdefault(part.start, "part")
    return found


def settle_far(figures: list[Figure], text: str, state: State, quotients: dict[int, str]) -> None:
    """Accept the undecided counts that `find_quotients` knows."""
    for figure in figures:
        role = quotients.get(figure.q.start)
        if role is None or figure.indicator or figure.reason not in UNDECIDED:
            continue
        if figure.q.unit is Unit.PERSON:
            figure.family = "person"
            code = "workers_total" if role == "total" else "workers_returned"
        else:
            noun = right_noun(figure, text) or figure.last(Is.ENTERPRISE | Is.PROJECT)
            project = not figure.is_enterprise_count and (
                figure.q.classifier == "项"
                or noun is None
                or bool(noun.flags & Is.PROJECT and not noun.flags & Is.ENTERPRISE)
            )
            figure.family = "project" if project else "enterprise"
            code = family_codes(figure.family) + ("_total" if role == "total" else "_resumed")
        figure.accept(code, "<rate> is the quotient of the counts")
        if not any(f.indicator and f.family == figure.family for f in figures[figure.index + 1 :]):
            # Lists that follow go on with the last count, not with its base.
            state.remember(figure)
