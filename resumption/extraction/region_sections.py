"""Sections of a digest: 河北：复工率达七成 as a line of its own is the place of what follows it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from resumption.extraction import lazy_re as re
from resumption.extraction.mention_line import MentionLine
from resumption.extraction.region_place import Place
from resumption.items import Mention, Region

_LEAD = re.compile(r"(?:^|[\n。！？；↓▼])[（(【\[●■◆▶·*# ]{0,4}(?:[一二三四五六七八九十0-9]{1,3}[、.）] ?)?$")
_AFTER = re.compile(r"[】\])）]?[ \u3000]{0,2}(?:[：:｜|丨]|$)", re.MULTILINE)


@dataclass(slots=True, eq=False)
class Sections:
    """The sections of one document: where each begins, and its place."""

    starts: list[int]
    places: list[Mention]

    def at(self, offset: int) -> int:
        """The number of the section an offset lies in, -1 before the first."""
        return bisect_right(self.starts, offset) - 1

    def place(self, offset: int) -> Mention | None:
        """The place of the section an offset lies in."""
        number = self.at(offset)
        return self.places[number] if number >= 0 else None


def find_sections(text: str, places: MentionLine, home: Region | None) -> Sections:
    """The sections of a digest of several places below its home; none if fewer than two places open one.

    >>> from resumption.extraction.regions import Frame, find_regions
    >>> text = "河北：复工率71%\\n从规模看，大企业复工502家。\\n上海：复工率70%"
    >>> [m.text for m in find_sections(text, MentionLine(find_regions(text, Frame())), None).places]
    ['河北', '上海']
    """
    starts: list[int] = []
    found: list[Mention] = []
    if home is not None and home.level not in ("country", "province"):
        return Sections(starts, found)
    for mention in places.mentions:
        place = mention.value
        if not isinstance(place, Place) or place.region is None or place.role or place.form not in ("full", "short"):
            continue
        start = mention.start
        if _AFTER.match(text, mention.end) and _LEAD.search(text, max(0, start - 12), start):
            starts.append(start)
            found.append(mention)
    if len({m.value.region.code for m in found if isinstance(m.value, Place) and m.value.region}) < 2:
        return Sections([], [])
    return Sections(starts, found)
