"""Weighs the evidence where the rules know nothing, and where it speaks clearly against them.

The weights are learnt from annotated articles (`training/`); a decision names the evidence that said most for it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from resumption.extraction.amounts import LOANS, MADE_SUPPLIES, NEEDED_SUPPLIES, SOLVED, TAKEN_BACK
from resumption.extraction.count_clauses import REMAINDER_LATER, ROW_WITH_RATE, STILL_LIMITED
from resumption.extraction.count_guards import FINISHED_WORKS
from resumption.extraction.count_left import KEPT_ON, STILL_AT_IT
from resumption.extraction.count_relative import NOT_YET_OF
from resumption.extraction.count_right import COUNT_OF_RATE, NOT_BACK, PAUSED
from resumption.extraction.counts import (
    ALL_BUT,
    HIT_AND_NOT_BACK,
    LEFT_OUT,
    NONE_OF_THEM,
    ONE_VERB,
    PART_OF_STILL,
    STILL_RUNS,
    UNDER_EXAMINATION,
)
from resumption.extraction.day_evidence import Candidate
from resumption.extraction.figures import Figure
from resumption.extraction.home_evidence import HomeCandidate
from resumption.extraction.money import NEEDED as NEEDED_MONEY
from resumption.extraction.other_counts import CERTAIN as CERTAIN_OTHERS
from resumption.extraction.people import BEFORE_EVENT, LEFT_OUT_PEOPLE, WILL_BE_BACK
from resumption.extraction.people_parts import ALL_OF_THEM, STAFF_OF_SENTENCE
from resumption.extraction.periods import OF_PERIOD
from resumption.extraction.population_evidence import PopulationCandidate
from resumption.extraction.rate_shares import SHARE_OF_OTHERS
from resumption.extraction.rates import ASKED_FOR, NAMED_RATE
from resumption.extraction.rates_told import SALES
from resumption.extraction.role_evidence import table_of
from resumption.extraction.tables import CELL
from resumption.extraction.words import Is
from resumption.items import AsOfBasis, Region, RegionBasis, Unit
from resumption.lexicon.learnt import load_weights

NONE = "-"
"""The decision that a number is no observation."""
ENOUGH = 0.85
"""Share from which the evidence decides on a number of which the rules say nothing (`_OPEN`)."""
DOUBT = 0.9
"""Share from which it decides on a number that the rules took for something else."""
AGAINST = 0.85
"""Share from which it gives another indicator than the rule, or none. All three were chosen on articles that neither
rules nor weights had seen (docs/evidence.md)."""
OF_DAY = 1.2
"""What a day of the rules has before all evidence."""
OF_GROUP = 0.25
"""What the group that the rules read has before all evidence."""
_UNNAMED = -2.0
"""The evidence of a day that only the rules know: a month's end, the day before."""
RULE = "<evidence>"

_FAMILIES = {
    "enterprises": "enterprise",
    "projects": "project",
    "workers": "person",
    "officers": "person",
    "jobs": "person",
    "vehicles": "vehicle",
    "passes": "pass",
    "supplies": "supply",
    "issues": "problem",
    "funds": "money",
    "investment": "money",
    "processing": "time",
    "output": "output",
}


def family_of_code(code: str) -> str:
    """The family of an indicator: what lists and 其中 inherit by.

    >>> family_of_code("worker_return_rate"), family_of_code("workers_returned"), family_of_code("electricity_amount")
    ('rate', 'person', 'power')
    """
    if code == "electricity_amount":
        return "power"
    return "rate" if code.endswith("_rate") else _FAMILIES.get(code.split("_")[0], "")


def reasons_of(figure: Figure) -> list[tuple[str, float]]:
    """The pieces of evidence that said most for the indicator of a figure, with their weights; [] if a rule decided."""
    table, evidence = figure.evidence
    return load_weights(table).reasons(evidence, figure.indicator) if evidence else []


class Judge:
    """Decides with the learnt weights."""

    def wants(self, figure: Figure) -> bool:
        """True if the evidence of a figure is asked for at all."""
        return figure.rule != CELL if figure.indicator else not figure.reason.startswith(_CERTAIN)

    def role(self, figure: Figure, evidence: Collection[str]) -> bool:
        """Decide the indicator of a figure where the evidence is strong enough; True if it changed."""
        table = table_of(figure.q.unit)
        weights = load_weights(table)
        decision, share = weights.best(evidence, figure.indicator)
        if decision == figure.indicator or share < _needed(figure) or _is_firm(figure, evidence):
            return False
        if decision == NONE:
            if not figure.indicator or table == _LITTLE_SEEN:
                return False
            figure.reject("evidence against the rule")
            return True
        if _stand_still(figure) and decision == "enterprises_resumed":
            return False
        if figure.follows is not None or decision not in _SWAPS.get(figure.rule, (decision,)):
            return False  # what a change is of says the rate before it
        if not figure.indicator and figure.kind == "change" and decision.endswith("_rate"):
            return False
        if decision in _LEFT_OUT and (not figure.indicator or figure.rule == NAMED_RATE):
            return False
        figure.family = family_of_code(decision)
        if figure.family == "person" and figure.q.unit is Unit.COUNT:
            figure.q = replace(figure.q, unit=Unit.PERSON)
        figure.accept(decision, RULE)
        figure.evidence = table, evidence
        return True

    def wants_home(self, basis: RegionBasis | None) -> bool:
        """True if the evidence on places is asked for: the region that a caller names stays."""
        return basis is not RegionBasis.CHANNEL

    def home(self, candidates: Sequence[HomeCandidate], rule: Region | None) -> HomeCandidate | None:
        """The place that has more evidence for being the document's own than the rules' place; None if that stays."""
        weights = load_weights("home")
        name = rule.full_name if rule is not None else ""
        best: HomeCandidate | None = None
        known = most = -math.inf
        for candidate in candidates:
            score = weights.score(candidate.evidence)
            if candidate.region.full_name == name:
                known = score
            elif score > most:
                best, most = candidate, score
        return best if most > known else None

    def wants_population(self) -> bool:
        """True if the evidence on groups is asked for where none stands beside the number."""
        return True

    def population(self, figure: Figure, candidates: Sequence[PopulationCandidate]) -> str:
        """The phrase with most evidence for being the group of a figure; the first is that of the rules."""
        weights = load_weights("population")
        scores = [weights.score(candidate.evidence) for candidate in candidates]
        best = max(scores)
        return candidates[0 if best <= scores[0] + OF_GROUP else scores.index(best)].phrase

    def wants_day(self, basis: AsOfBasis | None) -> bool:
        """True if the evidence on days is asked for: a day that the figure's own sentence states stays."""
        return basis is not AsOfBasis.STATED

    def day(self, figure: Figure, candidates: Sequence[Candidate], rule: date | None) -> Candidate | None:
        """The day that has more evidence than the one of the rules; None if theirs stays."""
        weights = load_weights("days")
        best: Candidate | None = None
        known = most = -math.inf
        for candidate in candidates:
            score = candidate.score
            if score is None:
                score = candidate.score = weights.score(candidate.evidence)
            if candidate.day == rule:
                known = score
            elif score > most:
                best, most = candidate, score
        return best if rule is not None and most > max(known, _UNNAMED) + OF_DAY else None


def _stand_still(figure: Figure) -> bool:
    """已经停产的企业已有31家: the words before the number say so, and none behind it does not."""
    if figure.indicator != "enterprises_not_resumed" or figure.rule != "<verb> <count>":
        return False
    return not figure.right_has(Is.RESUME | Is.ARRIVE)


def _needed(figure: Figure) -> float:
    """The share that the evidence needs to decide on a figure."""
    if figure.indicator:
        return AGAINST
    return ENOUGH if figure.reason in _OPEN else DOUBT


def _is_firm(figure: Figure, evidence: Collection[str]) -> bool:
    """True for what the order of a list or a threshold says: the words next to the number are those of another."""
    if figure.rule in _FIRM_RULES:
        return True
    return figure.indicator == "enterprises_at_threshold" or bool(figure.indicator and "left=RESPECTIVELY" in evidence)


class RulesAlone(Judge):
    """Leaves everything to the rules: what the weights are worth is measured against it."""

    def wants(self, figure: Figure) -> bool:
        """Never."""
        return False

    def wants_home(self, basis: RegionBasis | None) -> bool:
        """Never."""
        return False

    def wants_population(self) -> bool:
        """Never."""
        return False

    def wants_day(self, basis: AsOfBasis | None) -> bool:
        """Never."""
        return False


_FIRM_RULES = frozenset(
    {
        ALL_OF_THEM,
        ALL_BUT,
        LEFT_OUT,
        BEFORE_EVENT,
        COUNT_OF_RATE,
        "<parts> of the sum",
        ONE_VERB,
        REMAINDER_LATER,
        STILL_AT_IT,
        KEPT_ON,
        NONE_OF_THEM,
        PAUSED,
        STILL_LIMITED,
        STILL_RUNS,
        UNDER_EXAMINATION,
        SOLVED,
        ROW_WITH_RATE,
        WILL_BE_BACK,
        HIT_AND_NOT_BACK,
        "<solve> <count> 的 <problem>",
        "<count> <group> <verb> <count>",
        "<count> <group> <percent> <return>",
        NOT_YET_OF,
        NOT_BACK,
        "<count> 仍在 …",
        "<count> <group> 100% <resume>",
        "正在 <resume> 的 <remainder> <count>",
        "应复工 <count>",
        "<should> <verb> <count>",
        "有 <wish> 的 <people> <count>",
        "<group>（<count>）<rate>",
        "该到 <count>",
        "<count> <group> 已有 <count> <return>",
        "<count>，<compared> <percent>",
        "<not> <return> <count>",
        "占 <staff>（<count>）",
        "<serve> <resumed group> <count>",
        "<sanction> <resumed group> <count>",
        "<money> <works> <resume>",
        "<trade> <reached> <normal> <percent>",
        "<normal> <staff> <count>，<return>",
        "<count> <people> <busy>",
        "到了 <percent> <people>",
        "<remainder> <count> 正 <return>",
        LEFT_OUT_PEOPLE,
        STAFF_OF_SENTENCE,
    }
)
"""Rules that the words around a number do not overrule."""
_SWAPS = {"<power> <reached> <percent>": ("capacity_rate",), "<power> <amount>": (), "<output> <change> <percent>": ()}
"""Rules that the words around a number overrule only to these: 负荷 is also that of a plant."""
_CERTAIN = (
    *("number without a unit", "number in a name", "one of something", "size", "share that says why", SHARE_OF_OTHERS),
    *(
        "rule or limit",
        "rule for each",
        "threshold of a count",
        "threshold of a share",
        "threshold that places passed",
        "duration of",
        "condition of aid",
        "growth of another",
        "inspection",
        "projects in reserve",
        "projects left out",
        PART_OF_STILL,
        "supplies of the epidemic's front",
        "share of those who are not back",
        "share of money",
        ASKED_FOR,
        NEEDED_MONEY,
        FINISHED_WORKS,
        NEEDED_SUPPLIES,
        MADE_SUPPLIES,
        LOANS,
        SALES,
        TAKEN_BACK,
        "share of an investment",
        "share of a plan",
        "column of something else",
        "count of those who did something else",
        "criterion of who is back",
        OF_PERIOD,
        *CERTAIN_OTHERS,
    ),
)
"""What a number is by its form alone, whatever stands around it."""
_LITTLE_SEEN = "other"
"""The table of hours, tonnes and electricity, learnt from too few to reject by."""
_OPEN = frozenset(
    {
        "people without a role",
        "count without a role",
        "percentage without a rate",
        "money without a purpose",
        "duration",
    }
)
"""Reasons that say only that no rule knows the number."""
_LEFT_OUT = frozenset({"electricity_rate", "jobs_offered", "output_value", "vehicles", "worker_return_rate"})
"""Indicators that the evidence alone gave wrongly more often than rightly on articles it had not seen."""
