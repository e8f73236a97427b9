"""What speaks for a day as the day of a figure: for each day that the text, its title or its publication names.

The names are what the weights of `lexicon/learnt/days.tsv` are learnt for (`training/`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from resumption.extraction import lazy_re as re
from resumption.extraction.day_kinds import NOW, value_of
from resumption.extraction.mention_line import MentionLine
from resumption.extraction.region_sections import Sections
from resumption.items import Mention

Span = tuple[int, int]
_UP_TO = re.compile(r"截[至止]")
_STOP = re.compile(r"[，；。]")
_SAID = re.compile(r"[^。\n]{0,12}?(?:获悉|了解到|记者|召开|发布|通报|介绍)")
_BEFORE = re.compile(r"[^，。]{0,3}?(?:之前|以前|前)")
_SINCE = re.compile(r"以来|起|开始|至|到")
_DIGITS = re.compile(r"[0-9]+")
_LEAD = 300
"""Characters of the text in which its first day is looked for."""


@dataclass(slots=True, eq=False)
class Candidate:
    """A day that a figure may be of.

    `mention` is the nearest place in the text that names it, else that in the title, None for the day of publication.
    """

    day: date
    evidence: set[str] = field(default_factory=set)
    mention: Mention | None = None
    score: float | None = None
    """Sum of its evidence, once it was asked for: figures beside each other share their days."""


@dataclass(slots=True, eq=False)
class DayEvidence:
    """The days of one article. `shown` is its text with the names of places hidden, character by character.

    `dates` are those that can be days of figures: none that is only compared with, none of an order.
    """

    shown: str
    dates: MentionLine
    published: date | None
    title: Sequence[Mention]
    sections: Sections
    _first: Mention | None = field(init=False)
    _reporting: Mention | None = field(init=False)
    _known: dict[tuple[Span, int, str, bool], list[Candidate]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = [m for m in self.dates.mentions if m.text not in NOW]
        self._reporting = next((m for m in named if self._kind(m) in ("up to", "to", "as_of")), None)
        self._first = next((m for m in named if value_of(m).date and m.start < _LEAD), None)

    def of(self, at: int, sentence: Span, paragraph: Span, kind: str) -> list[Candidate]:
        """The days for a figure at an offset, each once; a figure beside it with the same days around has the same."""
        clause = max(self.shown.rfind("，", sentence[0], at), self.shown.rfind("；", sentence[0], at), sentence[0])
        earlier = len(self.dates.within(0, at))
        last = self.dates.mentions[earlier - 1].start >= clause if earlier else False
        key = sentence, earlier, kind, last
        if key not in self._known:
            self._known[key] = self._candidates(at, clause, sentence, paragraph, kind)
        return self._known[key]

    def _candidates(self, at: int, clause: int, sentence: Span, paragraph: Span, kind: str) -> list[Candidate]:
        found: dict[date, Candidate] = {}
        section = self.sections.at(at)
        near = self.dates.within(sentence[0], at)
        nows = [m.text for m in near if m.text in NOW]
        context = (
            f"now={nows[-1] if nows else ''}",
            f"day in sentence={any(m.text not in NOW for m in near)}",
            f"day in paragraph={any(m.text not in NOW for m in self.dates.within(paragraph[0], sentence[0]))}",
        )
        last = next(
            (m for m in reversed(self.dates.within(0, at)) if m.text not in NOW and value_of(m).date is not None), None
        )
        for mention in self.dates.mentions:
            day = value_of(mention).date
            if day is None or self.sections.at(mention.start) not in (-1, section):
                continue
            precision = value_of(mention).precision
            far = precision == "month" or (precision == "period" and mention.start < paragraph[0])
            if far and self._kind(mention) == "bare":
                continue  # 2月, 2月上旬 alone is when something went on, no day of a report
            place = self._place(mention, at, clause, sentence, paragraph)
            if place == "behind, text" and self._kind(mention) != "up to":
                continue
            candidate = found.setdefault(day, Candidate(day))
            if candidate.mention is None or abs(mention.start - at) < abs(candidate.mention.start - at):
                candidate.mention = mention
            candidate.evidence |= self._of_mention(mention, place, kind, context, last)
        for mention in self.title:
            day = value_of(mention).date
            if day is not None:
                candidate = found.setdefault(day, Candidate(day))
                candidate.evidence |= {"title", f"title|{value_of(mention).role}"}
                candidate.mention = candidate.mention or mention
        if self.published is not None:
            own = found.setdefault(self.published, Candidate(self.published)).evidence
            own |= {"published", f"published|{self._reporting is None}"}
            own |= {f"published&{name}" for name in context}
            for candidate in found.values():
                days = (self.published - candidate.day).days
                ago = "future" if days < 0 else str(days) if days < 5 else "week" if days < 10 else "month"
                if days >= 60:
                    ago = "long"
                candidate.evidence.add(f"ago={ago}")
        return list(found.values())

    def _kind(self, mention: Mention) -> str:
        if mention.text in NOW:
            return "now"
        role = value_of(mention).role
        before = self.shown[max(0, mention.start - 3) : mention.start]
        if role == "as_of" or _UP_TO.search(before):
            return "up to"
        return "to" if before.endswith(("到", "至")) else role or "bare"

    def _place(self, mention: Mention, at: int, clause: int, sentence: Span, paragraph: Span) -> str:
        start = mention.start
        if start < at:
            if start >= clause:
                return "clause"
            return "sentence" if start >= sentence[0] else "paragraph" if start >= paragraph[0] else "text"
        if not _STOP.search(self.shown, at, start):
            return "behind, clause"
        if start < sentence[1]:
            return "behind, sentence"
        return "behind, paragraph" if start < paragraph[1] else "behind, text"

    def _of_mention(
        self, mention: Mention, place: str, kind: str, context: Sequence[str], last: Mention | None
    ) -> set[str]:
        text, value = self.shown, value_of(mention)
        own = self._kind(mention)
        both = f"{place}|{own}"
        end = mention.end
        found = {both, f"place={place}", f"kind={own}", f"precision={value.precision}"}
        found |= {f"{both}|{kind}", f"future={value.future}"}
        behind = _DIGITS.sub("#", text[end : end + 2])
        before = _DIGITS.sub("#", text[max(0, mention.start - 1) : mention.start])
        found |= {f"behind={behind[:1]}|{place}", f"before={before}|{place}", f"behind={behind}"}
        if _SAID.match(text, end):
            found.add("said|" + place)
        if _BEFORE.match(text, end):
            found.add(f"by|{place}")
        if _SINCE.match(text, end):
            found.add("since|" + place)
        if before in ("自", "从"):
            found.add("from|" + place)
        if mention is self._reporting:
            found.add("reporting|" + place.partition(",")[0])
        if mention is self._first:
            found.add("first|" + place.partition(",")[0])
        if mention is last:
            found.add("last|" + both)
        words = _DIGITS.sub("#", mention.text)[:6]
        found.add(f"words={words}|{place if place in ('clause', 'sentence', 'paragraph') else 'far'}")
        found |= {f"{both}&{name}" for name in context}
        return found
