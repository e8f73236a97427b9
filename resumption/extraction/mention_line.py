"""The mentions of one kind in text order: those between two offsets are found by bisection."""

from __future__ import annotations

from bisect import bisect_left

from resumption.items import Mention


class MentionLine:
    """Mentions that do not overlap, in text order."""

    __slots__ = ("mentions", "starts")

    def __init__(self, mentions: tuple[Mention, ...]) -> None:
        self.mentions = list(mentions)
        self.starts = [m.start for m in mentions]

    def within(self, start: int, end: int) -> list[Mention]:
        """Those that lie inside `start` and `end`."""
        starts = self.starts
        low = bisect_left(starts, start)
        if low == len(starts) or starts[low] >= end:
            return []
        high = bisect_left(starts, end, low)
        if high > low and self.mentions[high - 1].end > end:
            high -= 1
        return self.mentions[low:high]
