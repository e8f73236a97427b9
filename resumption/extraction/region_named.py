"""What a text has named so far: it decides what the next word means."""

from __future__ import annotations

from resumption.extraction.region_place import Place
from resumption.extraction.region_scope import Frame, as_written, contexts_of
from resumption.items import Mention, Region
from resumption.lexicon.gazetteer import parent_chain


class Named:
    """The mentions of one pass, in the order in which they were read."""

    def __init__(self, text: str, frame: Frame) -> None:
        self.text, self.frame, self.year = text, frame, frame.year
        self.found: list[Mention] = []
        self.earlier: list[Region] = []
        self.base = contexts_of(frame)

    def add(self, start: int, end: int, place: Place) -> None:
        if place.form == "zone" and place.region is not None and place.basis != "context":
            known = place.region.name in self.text
            place = place._replace(written="" if known else as_written(place.region, self.text[start:end]))
        mention = Mention(start, end, self.text[start:end], place, f"region/{place.form}: {place.basis}")
        self.found.append(mention)
        if place.region is not None and not place.in_name and place.region.code:
            self.earlier.append(place.region)

    def contexts(self) -> list[tuple[str, ...]]:
        recent = dict.fromkeys(region.code for region in reversed(self.earlier[-8:]))
        return self.base + [parent_chain(code, self.year) for code in recent]

    def before(self, start: int) -> Region | None:
        """The region whose name ends where this one begins."""
        if not self.found or self.found[-1].end != start:
            return None
        place = self.found[-1].value
        if not isinstance(place, Place) or place.form == "letter":
            return None
        return place.region

    def drop_last(self) -> None:
        """The last mention becomes part of a longer one; its region stays known."""
        self.found.pop()
