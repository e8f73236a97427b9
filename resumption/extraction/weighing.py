"""Weighs one article beside the rules: its own place, which indicator a number has, which day a figure is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from resumption.extraction import lazy_re as re
from resumption.extraction.day_evidence import DayEvidence
from resumption.extraction.day_kinds import NOW
from resumption.extraction.figures import Figure
from resumption.extraction.frames import AsOf, Frames
from resumption.extraction.groups import Groups
from resumption.extraction.home_evidence import home_candidates
from resumption.extraction.judge import Judge
from resumption.extraction.mention_line import MentionLine
from resumption.extraction.population_evidence import population_candidates, stands_beside
from resumption.extraction.population_phrases import Past, phrases_around
from resumption.extraction.rate_shares import SHARE_OF_GROUP
from resumption.extraction.regions import Frame, Place, find_regions
from resumption.extraction.role_evidence import RoleEvidence
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word
from resumption.items import AsOfBasis, Mention, RegionBasis

Span = tuple[int, int]
Home = tuple[Frame, RegionBasis | None, tuple[Mention, ...]]
"""The frame of a document, where its home was read, and the places that the text names when read so."""

_RATE_BEHIND = re.compile(r"[^，。；0-9复开返到]{0,10}，(?:平均)?(?:开复工|复工|开工|复产|开业|营业|复业|到岗|返岗)率")
_SHORT = 100
"""Characters below which a text has too little to weigh: there is no telling what most of it is about."""


def weigh_home(judge: Judge, title: str, text: str, source: str, read: tuple[Frame, RegionBasis | None]) -> Home:
    """The home of a document where the evidence says another than the rules (`read`), with the places of its text."""
    frame, basis = read
    places = find_regions(text, frame)
    if len(text) < _SHORT or not judge.wants_home(basis):
        return frame, basis, places
    candidates = home_candidates(title, text, source, frame, basis, (find_regions(title, frame), places))
    best = judge.home(candidates, frame.home)
    if best is None or (not best.titled and _is_of_many(frame, title, text, places)):
        return frame, basis, places
    hints = (frame.home, *frame.hints) if frame.home is not None else frame.hints
    frame = replace(frame, home=best.region, hints=tuple(hint for hint in hints if hint != best.region))
    return frame, best.basis, find_regions(text, frame)


_MANY = 3
"""Provinces from which on a report of all over the country is of none of them."""


def _is_of_many(frame: Frame, title: str, text: str, places: Sequence[Mention]) -> bool:
    """各地… in the first lines or the title, and places of several provinces, in what rules read as national news."""
    if frame.home is None or frame.home.level != "country" or not ("各地" in title or "各地" in text[:_SHORT]):
        return False
    regions = (m.value.region for m in places if isinstance(m.value, Place) and not m.value.in_name)
    return len({region.code[:2] for region in regions if region is not None and region.code[:2] != "00"}) >= _MANY


@dataclass(slots=True, eq=False)
class Weighing:
    """The evidence of one article and the judge who weighs it.

    `published` and `titled` are the day of publication and the days that the title names.
    """

    judge: Judge
    frames: Frames
    text: str
    title: str
    published: date | None
    titled: Sequence[Mention]
    _roles: RoleEvidence = field(init=False)
    _days: DayEvidence = field(init=False)
    _past: list[Past] = field(default_factory=list)
    """The figures so far, each with the number of its paragraph."""
    _paragraph: int = 0

    def __post_init__(self) -> None:
        self._roles = RoleEvidence(self.text, self.title, self.frames.scenes.places.mentions)
        days = self.frames.days
        usable = MentionLine(tuple(filter(days.can_be_of_figures, days.dates.mentions)))
        self._days = DayEvidence(self._roles.shown, usable, self.published, self.titled, days.sections)

    def new_paragraph(self) -> None:
        """What was told before is no longer evidence for the figures that follow."""
        self._roles.told = []
        self._paragraph += 1

    def roles(self, figures: Sequence[Figure], state: State, sentence: Span, words: Sequence[Word]) -> None:
        """Decide the figures of a sentence of which no rule is sure; `words` are the lexicon words of the sentence."""
        silent = not any(w.flags & _OF_WORK for w in words) and _SAMPLED.search(self.text, *sentence) is not None
        for figure in figures:
            if silent and (figure.indicator.endswith("_total") or figure.reason == SHARE_OF_GROUP):
                continue  # 共抽取86家企业，其中大型企业9家，占10.5%: who was asked, nothing is said of their work
            if figure.follows is not None and figure.follows.indicator.endswith("_rate"):
                figure.indicator = figure.follows.indicator
            if self.judge.wants(figure) and not self._is_base(figure):
                evidence = self._roles.of(figure, figures, words, sentence)
                if self.judge.role(figure, evidence) and figure.indicator:
                    state.remember(figure)
        self._roles.tell(figures)

    def _is_base(self, figure: Figure) -> bool:
        """其中重点用工企业998家，复工率63%: the name of the rate follows at once, so the count is what it is of."""
        if figure.indicator != "enterprises_total" or figure.left_has(Is.RESUME | Is.RETURN):
            return False
        return _RATE_BEHIND.match(self.text, figure.q.end) is not None

    def day(self, figure: Figure, as_of: AsOf, sentence: Span, paragraph: Span) -> AsOf:
        """The day that the evidence names where no day stands beside the figure, else `as_of`."""
        if len(self.text) < _SHORT or not self.judge.wants_day(as_of.basis) or self.frames.days.is_of_bulletin(as_of):
            return as_of
        near = self.frames.days.dates.within(sentence[0], figure.q.start)
        if (len(near) > 1 and near[-1].text in NOW) or self.frames.days.turns_to_now(paragraph):
            return as_of  # 2月5日增加到310人，现在有450人
        if self.frames.days.was_told_last(as_of, paragraph[0], figure.q.start):
            return as_of
        candidates = self._days.of(figure.q.start, sentence, paragraph, figure.kind)
        best = self.judge.day(figure, candidates, as_of.day)
        if best is None:
            return as_of
        if best.mention is None:
            return AsOf(best.day, None, AsOfBasis.PUBLISHED)
        return AsOf(best.day, best.mention.text, AsOfBasis.INHERITED)

    def population(
        self,
        figure: Figure,
        figures: Sequence[Figure],
        words: list[Word],
        floors: list[int],
        groups: Groups,
        rule: str,
    ) -> str:
        """The group that the evidence names where none stands beside the number, else that of the rules.

        A list of groups and the output of a group are put together by rules: no single phrase says them.
        """
        self._past.append((figure, self._paragraph))
        if len(self.text) < _SHORT or not self.judge.wants_population() or stands_beside(figure, rule, self.text):
            return rule
        if "、" in rule or figure.family == "output":
            return rule
        item = figure.index and self.text.startswith("、", figures[figure.index - 1].q.end)
        if item and rule.endswith(_POWER) and stands_beside(figure, rule.removesuffix(_POWER), self.text):
            return rule  # 用电恢复101%，其中电子信息92%、食品饮料105%
        if groups.label and rule.startswith(groups.label):
            return rule  # 工业：开工1589家，开工率92%
        if _goes_on(figure, figures, rule) and not any(phrases_around(figure, self.text, floors)):
            return rule
        candidates = population_candidates(figure, figures, words, self.text, floors, groups, rule, self._past)
        return self.judge.population(figure, candidates)


_OF_WORK = Is.RESUME | Is.RATE | Is.RETURN | Is.IDLE | Is.APPROVE | Is.SERVE | Is.REQUEST | Is.SANCTION | Is.CAPACITY
_SAMPLED = re.compile(r"抽取|抽样|选取|有效样本|有效问卷|受访企业|调查对象|参与调查|样本量")
_POWER = "用电量"


def _goes_on(figure: Figure, figures: Sequence[Figure], rule: str) -> bool:
    """2.64万家园区企业，复工1.9万家，复工率75.1%: the group of the figure right before it, which names it."""
    before = figures[figure.index - 1] if figure.index else None
    return before is not None and bool(rule) and before.population == rule and figure.clause - before.clause <= 1
