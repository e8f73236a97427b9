"""The mentions of one kind in text order: those between two offsets are found by bisection."""

from __future__ import annotations

from bisect import bisect_left

from resumption.items import Mention


class MentionLine:
    """Mentions that do not overlap, in text order."""

    __slots__ = ("mentions", "starts")

    def __init__(self, mentions: tuple[Mention, ...]) -> None:
        self.mentions = mentions
        self.starts = [m.start for m in mentions]

    def within(self, start: int, end: int) -> list[Mention]:
        """Those that lie inside `start` and `end`."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        if low == high:
            return []
        return [m for m in self.mentions[low:high] if m.end <= end]
