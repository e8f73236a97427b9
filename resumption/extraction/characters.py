"""One spelling of a text for the rules to read, with an exact way back to the text as written.

Traditional characters, full-width digits and the several forms of one sign are mapped one to one. Line breaks made by a
column limit and invisible characters are left out, and only then does an offset move; a list of cuts leads back.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from resumption.lexicon.characters import load_characters, load_wrapped_words

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u034f\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f]"
)
"""Characters without a shape: NUL and controls, soft hyphen, zero-width characters, direction marks, BOM."""

_CLOSED = frozenset("。！？；：”’）》」』】]…")
_OPENS_NEW = re.compile(
    r"[ ·•●■◆★▲※—\-【《\[]|[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十]{1,3}）|[0-9]{1,2}[、.．](?![0-9])"
)
_NARROW = re.compile(r"[\x20-\x7e]")
_MIN_WIDTH = 24
"""Columns (a Chinese character is two) below which a line is never taken as cut by a column limit."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text as the rules read it. `source` is the text as written; every span of `text` has one span of `source`."""

    text: str
    source: str
    cut_at: tuple[int, ...] = ()
    """Offsets in `text` before which characters of `source` were left out, ascending."""
    shift: tuple[int, ...] = ()
    """How many characters of `source` were left out in all, up to and including the cut of the same index."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Span of `source` (code points, half open) from the first to the last character of `text[start:end]`.

        Characters left out inside the span belong to it, those at its edges do not. An empty span stays empty.

        >>> n = normalise("复工\\u200b企业３０７家")
        >>> n.text, n.original(4, 8), n.source[slice(*n.original(4, 8))]
        ('复工企业307家', (5, 9), '３０７家')
        """
        if not self.cut_at:
            return start, end
        first = start + self._left_out(start)
        return (first, end + self._left_out(end - 1)) if end > start else (first, first)

    def normalised(self, start: int, end: int) -> tuple[int, int]:
        """Span of `text` that holds what `source[start:end]` holds: the way there, for spans found on the source."""
        if not self.cut_at:
            return start, end
        return self._position(start), max(self._position(start), self._position(end))

    def _left_out(self, position: int) -> int:
        index = bisect_right(self.cut_at, position)
        return self.shift[index - 1] if index else 0

    def _position(self, source_position: int) -> int:
        starts = [at + before for at, before in zip(self.cut_at, (0, *self.shift), strict=False)]
        index = bisect_left(starts, source_position)
        if not index:
            return source_position
        return max(self.cut_at[index - 1], source_position - self.shift[index - 1])


def normalise(text: str) -> Normalised:
    """`text` with one form per character and without column breaks and invisible characters.

    Chinese punctuation comes out full-width (，；：！？（）), digits, Latin letters, `%`, `.`, `-`, `~` half-width,
    spaces of all kinds as one space character each; 「」 become “”. Paragraph breaks stay.

    >>> normalise("復工率達７９．４％,其中").text
    '复工率达79.4%，其中'
    """
    found = set(_mapped().findall(text))
    read = _replaced(text, found) if found else text
    cuts = [match.start() for match in INVISIBLE.finditer(read)]
    if "\n" in read or "\r" in read:
        cuts = sorted({*cuts, *_column_breaks(read)})
    if not cuts:
        return Normalised(read, text)
    pieces: list[str] = []
    cut_at: list[int] = []
    shift: list[int] = []
    last = 0
    for count, cut in enumerate(cuts):
        pieces.append(read[last:cut])
        position = cut - count
        if cut_at and cut_at[-1] == position:
            shift[-1] = count + 1
        else:
            cut_at.append(position)
            shift.append(count + 1)
        last = cut + 1
    pieces.append(read[last:])
    return Normalised("".join(pieces), text, tuple(cut_at), tuple(shift))


@cache
def _mapped() -> re.Pattern[str]:
    return re.compile("[" + "".join(re.escape(c) for c in load_characters()) + "]")


@cache
def _translation() -> dict[int, str]:
    return {ord(source): target for source, target in load_characters().items()}


def _replaced(text: str, found: set[str]) -> str:
    """One pass per character is quicker than `translate` while they are few."""
    if len(found) > 12:
        return text.translate(_translation())
    table = load_characters()
    for character in found:
        text = text.replace(character, table[character])
    return text


def _column_breaks(text: str) -> list[int]:
    """Offsets of line breaks (and the blanks around them) that split a sentence: made by a column limit."""
    lines: list[tuple[int, int]] = []
    start = 0
    for piece in text.split("\n"):
        lines.append((start, start + len(piece)))
        start += len(piece) + 1
    limit = _column_limit(text, lines)
    cuts: list[int] = []
    for (begin, end), (next_begin, next_end) in pairwise(lines):
        line_end = end - 1 if end > begin and text[end - 1] == "\r" else end
        if line_end > begin and next_end > next_begin and _is_column_break(text, begin, line_end, next_begin, limit):
            cuts.extend(range(line_end, next_begin))
    return cuts


def _is_column_break(text: str, begin: int, end: int, after: int, limit: int) -> bool:
    last = text[end - 1]
    if last in _CLOSED or last.isspace() or text[after].isspace():
        return False
    if limit and limit - 3 <= _width(text, begin, end) <= limit:
        return True
    if _OPENS_NEW.match(text, after):
        return False
    if last in "，、" or last + text[after] in load_wrapped_words():
        return True
    return end - begin >= 60 and not _NARROW.match(last)


def _width(text: str, begin: int, end: int) -> int:
    return 2 * (end - begin) - len(text[begin:end].encode("ascii", "ignore"))


def _column_limit(text: str, lines: list[tuple[int, int]]) -> int:
    """Width in columns at which the text was wrapped, 0 if it was not: most unclosed lines end at the same column."""
    open_lines = sum(
        1
        for (begin, end), (next_begin, next_end) in pairwise(lines)
        if end - begin >= _MIN_WIDTH // 2 and next_end > next_begin and text[end - 1] not in _CLOSED
    )
    if open_lines < 3:
        return 0
    widths: Counter[int] = Counter()
    unclosed = 0
    widest = 0
    for (begin, end), (next_begin, next_end) in pairwise(lines):
        end = end - 1 if end > begin and text[end - 1] == "\r" else end
        if end == begin:
            continue
        width = _width(text, begin, end)
        widest = max(widest, width)
        if next_end > next_begin and text[end - 1] not in _CLOSED and width >= _MIN_WIDTH:
            unclosed += 1
            for near in range(width, width + 4):
                widths[near] += 1
    if not unclosed:
        return 0
    limit, count = max(widths.items(), key=lambda item: (item[1], -item[0]))
    fits = count >= 3 and count * 10 >= unclosed * 6 and widest <= limit + 1
    return limit if fits else 0
