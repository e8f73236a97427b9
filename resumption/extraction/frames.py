"""What holds for a figure without standing beside it: its day (`as_of`) and its place (`scenes`)."""

from __future__ import annotations

from datetime import date

from resumption.extraction.as_of import AsOf, Days
from resumption.extraction.figures import Figure
from resumption.extraction.mention_line import MentionLine
from resumption.extraction.region_sections import find_sections
from resumption.extraction.regions import Frame
from resumption.extraction.scenes import Scenes, Where
from resumption.items import Mention, RegionBasis

__all__ = ["AsOf", "Frames", "Where"]

Span = tuple[int, int]


class Frames:
    """The days and places of one document."""

    def __init__(
        self,
        dates: tuple[Mention, ...],
        places: tuple[Mention, ...],
        published: date | None,
        document: Frame,
        text: str,
        home_basis: RegionBasis | None = None,
        told: Mention | None = None,
    ) -> None:
        line = MentionLine(places)
        sections = find_sections(text, line, document.home)
        self.days = Days(MentionLine(dates), published, text, sections, told=told)
        self.scenes = Scenes(line, document, text, home_basis, sections)

    def read_title(self, title: str, dates: tuple[Mention, ...]) -> None:
        """The day that only the title of a bulletin states."""
        self.days.read_title(title, dates)

    def ends_between(self, start: int, end: int) -> list[int]:
        """Where the places and dates between two offsets end, in order."""
        return sorted(m.end for m in (*self.scenes.places.within(start, end), *self.days.dates.within(start, end)))

    def places_between(self, start: int, end: int) -> list[int]:
        """Where the places between two offsets end."""
        return [m.end for m in self.scenes.places.within(start, end)]

    def as_of(self, figure: Figure, figures: list[Figure], sentence: Span, paragraph: Span, target: bool) -> AsOf:
        """The day of a figure."""
        return self.days.as_of(figure, sentence, paragraph, target, figures)

    def where(self, figure: Figure, figures: list[Figure], sentence: Span, paragraph: Span) -> Where:
        """The place of a figure."""
        return self.scenes.where(figure, figures, sentence, paragraph)

    def state_lead(self, day: AsOf) -> None:
        """The day stated for the article's first figures holds for those of which no day is named: the last of them."""
        known = self.days.lead
        if known is None or (known.day is not None and day.day is not None and day.day > known.day):
            self.days.lead = day

    def deadline_between(self, start: int, end: int) -> bool:
        """True if a day still to come is named there: 3月5日前, 到2月底."""
        return self.days.deadline_between(start, end)

    def is_ahead(self, start: int, end: int) -> bool:
        """True if the last day named between two offsets is still to come."""
        return self.days.is_ahead(start, end)

    def is_planned_behind(self, figure: Figure) -> bool:
        """True if a plan with its day stands right behind the figure: 12家计划3月5日前开工."""
        return self.days.deadline_behind(figure) is not None
