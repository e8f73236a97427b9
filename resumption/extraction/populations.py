"""The group a figure describes: the noun phrase that is counted, as written and short, and its canonical codes.

A count takes the phrase beside it; a rate, a number of people or money without one takes the group that the sentence,
the paragraph or the article named last, so 复工率 after 96户规上工业企业 is of 规上工业企业.
"""

from __future__ import annotations

from functools import cache

from resumption.extraction.figures import Figure
from resumption.extraction.group_lists import listed_group
from resumption.extraction.group_phrases import GROUP, own_phrase, spoken_phrase
from resumption.extraction.group_power import whole_society
from resumption.extraction.group_staff import BARE_STAFF, STAFF_CODES, staff_of
from resumption.extraction.group_subjects import bare_subject, silent_subject, silent_thing
from resumption.extraction.groups import Groups, flags_of
from resumption.extraction.words import NOUN, Is
from resumption.lexicon.populations import load_populations

_OF_FAMILY = {
    "enterprise": Is.ENTERPRISE | Is.PROJECT,
    "project": Is.PROJECT | Is.ENTERPRISE,
    "person": Is.WORKER | Is.OFFICER | Is.JOB | Is.ENTERPRISE | Is.PROJECT,
    "rate": Is.ENTERPRISE | Is.PROJECT | Is.WORKER,
    "power": Is.POWER | Is.ENTERPRISE,
    "money": Is.FUND | Is.PROJECT | Is.ENTERPRISE,
    "output": Is.OUTPUT | Is.ENTERPRISE | Is.SUPPLY,
    "vehicle": Is.VEHICLE,
    "pass": Is.PASS,
    "problem": Is.PROBLEM,
    "supply": Is.SUPPLY,
    "job": Is.JOB | Is.WORKER,
    "time": Is.PASS | Is.FUND,
}


def read_population(figure: Figure, figures: list[Figure], text: str, floors: list[int], groups: Groups) -> str:
    """The group of a figure; `floors` are the ends of places and dates, at which a phrase cannot begin earlier."""
    wanted = _OF_FAMILY.get(figure.family, NOUN)
    if figure.indicator == "electricity_rate":
        wanted = Is.POWER | Is.ENTERPRISE
    elif figure.indicator == "investment":
        wanted = Is.PROJECT
    if figure.index and "；" in text[figures[figure.index - 1].q.end : figure.q.start]:
        groups.subset = {}
    own = "" if _is_only_helped(figure) else own_phrase(figure, text, floors, wanted)
    if own.startswith(_POINTING):
        own = _pointed_at(own, groups)
    if listed := listed_group(figure, figures, text, floors):
        return listed
    if (not own or own in BARE_STAFF) and figure.family in ("rate", "person") and figure.kind == "level":
        subject = bare_subject(figure, text, floors)
        if subject and not flags_of(subject) & Is.WORKER:
            groups.name("enterprise", subject, True)
        own = own or subject
    if not own and figure.kind == "change":
        previous = next((f for f in reversed(figures[: figure.index]) if f.indicator == figure.indicator), None)
        if previous is not None and previous.population:
            return previous.population
    within = figure.spoken(figures, Is.SUBSET) is not None and not figure.earlier_mark(text)
    if company := _own_company(figure, own, text, groups):
        return company + (groups.staff if figure.indicator in STAFF_CODES else "")
    family = "project" if "project" in figure.indicator or figure.indicator == "investment" else "enterprise"
    if figure.family in ("enterprise", "project"):
        own = own or silent_subject(figure, figures, text, floors)
        if own == "企业" and (subject := bare_subject(figure, text, floors)):
            own = subject if subject.endswith("企业") else subject + "企业"
        names = (own and flags_of(own) & (GROUP | Is.MODIFIER)) or own.endswith("企业")
        if names and (own != "企业" or not groups.current(figure.family)):
            groups.name(figure.family, own, within)
        if own == "企业" and groups.heading:
            return groups.heading
        return own or groups.current(figure.family)
    if figure.indicator == "electricity_rate":
        return whole_society(own or spoken_phrase(figure, figures, text, floors, Is.POWER), figure, text)
    if figure.indicator in STAFF_CODES:
        return staff_of(figure, figures, text, own, floors, groups)
    if figure.family == "rate":
        if own == "企业" and groups.heading:
            return groups.heading
        if own:
            groups.name(
                "project" if flags_of(own) & Is.PROJECT and not flags_of(own) & Is.ENTERPRISE else "enterprise", own
            )
        return own or groups.current(family)
    if figure.indicator == "investment":
        return own or groups.current("project")
    if figure.family in ("supply", "vehicle") and (silent := silent_thing(figure, text)):
        return silent
    if own:
        return whole_society(own, figure, text) if figure.family == "power" else own
    if figure.family == "money":
        previous = next((f for f in reversed(figures[: figure.index]) if f.family == "money" and f.population), None)
        if previous is not None:
            return previous.population
    if figure.family == "person":
        previous = next((f for f in reversed(figures[: figure.index]) if f.family == "person" and f.population), None)
        return previous.population if previous is not None else groups.staff
    if figure.family in ("pass", "problem", "vehicle", "supply"):
        return spoken_phrase(figure, figures, text, floors, wanted)
    if figure.family == "time":
        return spoken_phrase(figure, figures, text, floors, Is.PASS) or "复工"
    if figure.family in ("power", "output"):
        spoken = spoken_phrase(figure, figures, text, floors, wanted)
        return whole_society(spoken, figure, text) if figure.family == "power" else spoken
    return groups.current("enterprise")


_POINTING = ("这些", "上述", "以上", "该批", "此类")


def _is_only_helped(figure: Figure) -> bool:
    """金融机构为48家中小企业续贷: the noun before 为 is who helps, not who is counted."""
    return (
        figure.indicator == "enterprises_served"
        and figure.rule.startswith("为 <count>")
        and not any(word.flags & GROUP for word in figure.right)
    )


def _pointed_at(own: str, groups: Groups) -> str:
    """这些企业, 上述企业员工: the group named before, if there is one."""
    rest = own[2:]
    noun = next((n for n in ("企业员工", "企业职工", "企业", "项目", "工地") if rest == n), "")
    current = groups.current("project" if noun in ("项目", "工地") else "enterprise")
    if not noun or not current:
        return own
    return current + noun.removeprefix("企业") if noun.endswith(("员工", "职工")) else current


_PRONOUNS = frozenset(
    {"公司", "企业", "厂", "厂里", "工厂", "全厂", "公司员工", "企业员工", "时厂", "员工", "职工", "工人", ""}
)


def _own_company(figure: Figure, own: str, text: str, groups: Groups) -> str:
    """The company's name for figures of a story: its staff, its capacity; "" if the figure is of a group."""
    if figure.indicator not in STAFF_CODES and figure.indicator not in (
        "capacity_rate",
        "workers_transported",
        "jobs_offered",
    ):
        return ""
    company = groups.company or ("" if groups.paragraph or groups.sentence else groups.story)
    return company if company and own in _PRONOUNS else ""


@cache
def population_codes(population: str) -> tuple[str | None, str | None, str | None]:
    """Canonical size, sector and ownership of a group; None where it says nothing.

    >>> population_codes("规模以上工业企业"), population_codes("外资企业")[2]
    (('above_scale', 'industry', None), 'foreign')
    """
    found: list[str | None] = []
    for dimension in ("size", "sector", "ownership"):
        best: tuple[int, str] | None = None
        for code, words in load_populations().modifiers.get(dimension, {}).items():
            for word in words:
                if word in population and (best is None or len(word) > best[0]):
                    best = (len(word), code)
        found.append(best[1] if best else None)
    return found[0], found[1], found[2]
