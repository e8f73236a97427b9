"""One spelling of a text for the rules to read, with an exact way back to the text as written.

Traditional characters, full-width digits and the several forms of one sign are mapped one to one. Line breaks made by a
column limit and invisible characters are left out, and only then does an offset move; a list of cuts leads back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.lexicon.characters import load_characters, load_wrapped_words, traditional_forms

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u034f\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f]"
)
"""Characters without a shape: NUL and controls, soft hyphen, zero-width characters, direction marks, BOM."""

_PINYIN = re.compile("(?<=[\u4e00-\u9fff])[（(][a-zü]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,3}[）)]")
"""A reading behind a character, as mirror sites put them in: 企業(yè). Its tone mark tells it from 重量(kg)."""

_BRACKETED = re.compile("(?<=[开复])[（(][开复][）)](?=[工产业市建])")
"""开（复）工, 复（开）工率: an official's way of writing 开复工; only the signs are left out."""

_SPACED = re.compile("[\u4e00-\u9fff] [0-9]++(?:[.,][0-9]++)*+ [\u4e00-\u9fff]")
"""复工 307 家: a text set with a space between numbers and words."""
_SPACES = re.compile("(?<=[\u4e00-\u9fff]) (?=[0-9])|(?<=[0-9%]) (?=[\u4e00-\u9fff])")
_BROKEN_DECIMAL = re.compile(r"(?<=[0-9]\.) (?=[0-9]{1,2}%)")
"""复工率92. 3%: a space that came into the number."""

_ASPECT = re.compile("(?<=[载带坐随等忙做拿拉送看守忍冒顶开戴接住])著(?![名作述])")
"""載著, 帶著: the sign of an action under way, which simplified texts write 着; 著名 stays."""

_CLOSED = frozenset("。！？；：”’）》」』】]…")
_OPENS_NEW = re.compile(
    r"[ ·•●■◆★▲※—\-【《\[]|[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十]{1,3}）|[0-9]{1,2}[、.．](?![0-9])"
)
_MIN_LINE = 12
_TRADITIONAL = 5
"""Characters in other forms from which a text may be one in traditional characters."""
_MIN_BLOCK = 5
"""Characters below which a line is never taken as cut by a column limit."""


class Normalised(NamedTuple):
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

    def written_forms(self) -> dict[int, str]:
        """Table for `str.translate`: a simplified character to the form that the article writes most often.

        Words put together from `text` are so given back as written; empty for a text in simplified characters.

        >>> "规上工业企业".translate(normalise("規上工業企業復工121戶").written_forms())
        '規上工業企業'
        """
        if self.text == self.source or _other_forms().isdisjoint(self.source):
            return {}
        written = self.source
        if self.cut_at:
            kept = [at + before for at, before in zip(self.cut_at, (0, *self.shift), strict=False)]
            pieces = zip((0, *(at + out for at, out in zip(self.cut_at, self.shift, strict=True))), (*kept, None))
            written = "".join(self.source[start:end] for start, end in pieces)
        forms: dict[str, tuple[int, str]] = {}
        for (character, form), count in Counter(zip(self.text, written, strict=True)).items():
            if "\u4e00" <= character <= "\u9fff" and count > forms.get(character, (0, ""))[0]:
                forms[character] = count, form
        return {ord(character): form for character, (_, form) in forms.items() if form != character}

    def place_forms(self) -> dict[int, str]:
        """The same for names of places, of which the text may hold no character; empty unless it is traditional.

        >>> "山东省烟台市".translate(normalise("膠東企業復工，煙台有121戶").place_forms())
        '山東省煙台市'
        """
        forms = self.written_forms()
        if len(forms) < _TRADITIONAL:
            return {}
        other = {ord(simple): form for simple, form in traditional_forms().items()}
        simple = sum(1 for character in self.source if ord(character) in other)
        traditional = sum(1 for character in self.source if character in _other_forms())
        if simple > traditional:
            return {}
        alike = {code: None for code in map(ord, set(self.text) & set(self.source)) if code not in forms}
        return {code: form for code, form in other.items() if code not in alike} | forms

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
    >>> normalise("企業(yè)復(fù)工45萬(wàn)個(gè)").text
    '企业复工45万个'
    >>> normalise("已复工 307 家，复工率 92. 3%").text
    '已复工307家，复工率92.3%'
    """
    found = load_characters().keys() & set(text)
    read = _replaced(text, found) if found else text
    if "著" in read:
        read = _ASPECT.sub("着", read)
    cuts = [match.start() for match in INVISIBLE.finditer(read)]
    if not read.isascii() and ("）" in read or ")" in read):
        cuts += [position for match in _PINYIN.finditer(read) for position in range(*match.span())]
        cuts += [edge for match in _BRACKETED.finditer(read) for edge in (match.start(), match.end() - 1)]
        cuts.sort()
    if " " in read:
        if _SPACED.search(read):
            cuts = sorted({*cuts, *(match.start() for match in _SPACES.finditer(read))})
        cuts = sorted({*cuts, *(match.start() for match in _BROKEN_DECIMAL.finditer(read))})
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
def _other_forms() -> frozenset[str]:
    """Characters that are read as another Chinese character: traditional ones and variants."""
    return frozenset(form for form, read in load_characters().items() if "\u4e00" <= read <= "\u9fff")


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
        lines.append((start, start + len(piece) - piece.endswith("\r")))
        start += len(piece) + 1
    whole = _column_limits(text, lines)
    cuts: list[int] = []
    limits, block_end = whole, -1
    for index, ((begin, end), (next_begin, next_end)) in enumerate(pairwise(lines)):
        if index > block_end:
            # A page keeps its furniture in longer lines, apart from the body: each block may have its own width.
            block_end = next((i for i in range(index, len(lines)) if lines[i][0] == lines[i][1]), len(lines))
            limits = whole
            if not any(whole) and block_end - index >= _MIN_BLOCK:
                limits = _column_limits(text, lines[index:block_end])
        if end > begin and next_end > next_begin and _is_column_break(text, begin, end, next_begin, limits):
            cuts.extend(range(end, next_begin))
    return cuts


def _is_column_break(text: str, begin: int, end: int, after: int, limits: tuple[int, int]) -> bool:
    last = text[end - 1]
    if last in _CLOSED or last.isspace() or text[after].isspace():
        return False
    characters, columns = limits
    if characters and characters - 1 <= end - begin <= characters:
        return True
    if columns and columns - 3 <= _columns(text, begin, end) <= columns:
        return True
    if _OPENS_NEW.match(text, after):
        return False
    return last in "，、" or last + text[after] in load_wrapped_words() or end - begin >= 60


def _columns(text: str, begin: int, end: int) -> int:
    """Width on a terminal, where a Chinese character is two columns wide."""
    return 2 * (end - begin) - len(text[begin:end].encode("ascii", "ignore"))


def _column_limits(text: str, lines: list[tuple[int, int]]) -> tuple[int, int]:
    """Characters and columns at which the text was wrapped, 0 if it was not: most unclosed lines end at one place."""
    unclosed = [
        (begin, end)
        for (begin, end), (next_begin, next_end) in pairwise(lines)
        if end - begin >= _MIN_LINE and next_end > next_begin and text[end - 1] not in _CLOSED
    ]
    if len(unclosed) < 2:
        return 0, 0
    longest = max(end - begin for begin, end in lines)
    characters = _limit([end - begin for begin, end in unclosed], 2, longest)
    if characters:
        return characters, 0
    widest = max(_columns(text, begin, end) for begin, end in lines)
    return 0, _limit([_columns(text, begin, end) for begin, end in unclosed], 4, widest)


def _limit(sizes: list[int], tolerance: int, largest: int) -> int:
    """The size that most lines have, give or take what a line leaves free because a word or sign did not fit."""
    counts = Counter(near for size in sizes for near in range(size, size + tolerance))
    limit, count = max(counts.items(), key=lambda item: (item[1], -item[0]))
    enough = count >= 3 or (count == 2 and limit >= 34 * (tolerance // 2))
    return limit if enough and count * 10 >= len(sizes) * 6 and largest <= limit + 1 else 0
