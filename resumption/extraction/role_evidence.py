"""What speaks for the indicator of a number, as a list of names: the characters, words and figures around it.

The names are what the weights of `lexicon/learnt` are learnt for (`training/`), so a changed name needs new weights.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import attrgetter

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.quantities import Quantity
from resumption.extraction.words import Word, names_of
from resumption.items import Mention, Unit

_BEFORE, _AFTER = 24, 20
"""Characters of the sentence that are looked at, a number or a place as one of them."""
_NUMBER = re.compile(r"[0-9]+(?:[,，][0-9]{3}(?![0-9]))*(?:\.[0-9]+)?")
_PLACE = re.compile(r"@+")
_SAME = {ord("户"): "家", ord("@"): " "}
"""Measure words that say the same."""
_BREAKS = re.compile(r"[，；：。、（）]")
_RESUMES = re.compile(r"复工|复产|返岗|开工")
_SAID = re.compile(r"复工|复产|返岗|开工|恢复|到岗")
_TITLE = (
    "复工",
    "复产",
    "返岗",
    "开工",
    "恢复",
    "项目",
    "企业",
    "员工",
    "春节",
    "疫情",
    "电",
    "务工",
    "招聘",
    "贷款",
    "口罩",
)
_Add = Callable[[str], None]
_NEAR = 12
"""Figures before it among which the last of its unit is looked for."""


@dataclass(slots=True, eq=False)
class RoleEvidence:
    """The evidence of one article. No name of a place and no digit of a number is part of it."""

    text: str
    title: str
    places: Sequence[Mention]
    told: list[Figure] = field(default_factory=list)
    """Observations of the paragraph, in the sentences before."""
    article: list[str] = field(init=False)
    shown: str = field(init=False)
    """The text with places hidden, character by character."""

    def __post_init__(self) -> None:
        spoken = min(3, len(_RESUMES.findall(self.text)))
        self.article = [f"title={word}" for word in _TITLE if word in self.title] + [f"topic={spoken}"]
        pieces, at = [], 0
        plain = self.text.translate(_SAME)
        for place in self.places:
            pieces += [plain[at : place.start], "@" * (place.end - place.start)]
            at = place.end
        self.shown = "".join([*pieces, plain[at:]])

    def tell(self, figures: Sequence[Figure]) -> None:
        """The figures of a sentence are decided."""
        self.told += [figure for figure in figures if figure.indicator]

    def _piece(self, start: int, end: int) -> str:
        """A piece of the text: `@` for a place, `#` for a number."""
        return _folded(self.shown[start:end])

    def of(
        self, figure: Figure, figures: Sequence[Figure], words: Sequence[Word], sentence: tuple[int, int]
    ) -> set[str]:
        """Names of what stands around a figure; `words` are all lexicon words of its sentence."""
        text, q = self.text, figure.q
        begin, end = q.begin, q.end
        found = set(self.article)
        add = found.add
        left = self._piece(max(sentence[0], begin - 2 * _BEFORE), begin)
        right = self._piece(end, min(sentence[1], end + 2 * _AFTER))
        left = left[-_BEFORE:] if len(left) > _BEFORE else "^" + left
        right = right[:_AFTER] if len(right) > _AFTER else right + "$"
        _characters(left, right, add)
        unit = str(q.unit or "")
        add(f"measure={_measure(q)}")
        add(f"unit={unit}")
        add(f"kind={figure.kind}")
        add("size=" + str(len(str(int(abs(q.value))))) if abs(q.value) < 1e15 else "size=16")
        if q.value == 100:
            add("all")
        self._words(begin, end, words, unit, add)
        self._neighbours(figure, figures, unit, add)
        add("said=" + str(min(3, len(_SAID.findall(text, *sentence)))))
        return found

    def _words(self, begin: int, end: int, words: Sequence[Word], unit: str, add: _Add) -> None:
        text = self.text
        comma = text.rfind("，", 0, begin)
        clause = max(comma, text.rfind("；", comma + 1, begin))
        sides: tuple[list[str], list[str]] = ([], [])
        place = 0
        named = False
        cut = bisect_left(words, begin, key=_start)
        for word in reversed(words[:cut]):
            if word.end > begin:
                continue
            own = word.end > clause
            if word.code:
                if not named:
                    add("named=" + word.code)
                    named = True
                if place < 6:
                    add("left name=" + word.code)
            if place < 6:
                add("left word=" + self._piece(word.start, word.end) if own else "left far")
                for name in _names(word.flags):
                    add(f"left{min(place, 2)}={name}")
                    add("left=" + name)
                    if own:
                        add("left clause=" + name)
            if own and place < 3:
                sides[0].append(_names(word.flags)[0])
            place += 1
            if place >= 6 and named:
                break
        stop = text.find("，", end)
        first = bisect_left(words, end, key=_start)
        for place, word in enumerate(words[first : first + 5]):
            own = stop < 0 or word.start < stop
            if word.code:
                add("right name=" + word.code)
            if own:
                add("right word=" + self._piece(word.start, word.end))
            for name in _names(word.flags):
                add(f"right{min(place, 2)}={name}")
                add("right=" + name)
                if own:
                    add("right clause=" + name)
            if own and place < 3:
                sides[1].append(_names(word.flags)[0])
        before, after = "<".join(sides[0]), ">".join(sides[1])
        add("frame left=" + before)
        add("frame right=" + after)
        add(f"frame={before}#{after}|{unit}")

    def _neighbours(self, figure: Figure, figures: Sequence[Figure], unit: str, add: _Add) -> None:
        q, at = figure.q, figure.index
        told = len(self.told)
        for step, name in ((-1, "previous"), (-2, "second")):
            place = at + step
            inside = place >= 0
            if not inside and told + place < 0:
                add(name + " none")
                continue
            other = figures[place] if inside else self.told[place]
            add(f"{name} measure={_measure(other.q)}|{inside}")
            between = self._piece(other.q.end, q.begin) if q.begin - other.q.end <= 12 else ""
            if between and len(between) <= 8:
                add(f"{name} joint={between}")
            code = other.indicator or "-"
            add(f"{name}={code}|{inside}|{other.q.unit == q.unit}")
        if at + 1 < len(figures):
            other = figures[at + 1]
            add(f"next measure={_measure(other.q)}")
            between = self._piece(q.end, other.q.begin) if other.q.begin - q.end <= 12 else ""
            if between and len(between) <= 8:
                add(f"next joint={between}")
            add(f"next={other.indicator or '-'}|{other.q.unit == q.unit}")
        else:
            add("next none")
        same = last = ""
        for place in range(at - 1, at - 1 - _NEAR, -1):
            if place < 0 and told + place < 0:
                break
            other = figures[place] if place >= 0 else self.told[place]
            if other.indicator:
                last = last or other.indicator
                if other.q.unit == q.unit:
                    same = f"{other.indicator}|{_measure(other.q) == _measure(q)}"
                    break
        if same:
            add("last of unit=" + same)
        if last:
            add("last=" + last)


_start: Callable[[Word], int] = attrgetter("start")


def _characters(left: str, right: str, add: _Add) -> None:
    """The characters next to the number, those of its clause, those of the sentence."""
    for length in (1, 2, 3, 4, 5):
        add("<" + left[-length:])
        add(">" + right[:length])
    own_left, own_right = _BREAKS.split(left)[-1], _BREAKS.split(right, 1)[0]
    add("clause<" + own_left[-8:])
    add("clause>" + own_right[:8])
    for k in range(len(own_left) - 1):
        add("in<" + own_left[k : k + 2])
    for k in range(len(own_right) - 1):
        add("in>" + own_right[k : k + 2])
        add("in>" + own_right[k : k + 3])
    for k in range(len(left) - 1):
        add("near<" + left[k : k + 2])
        add("near<" + left[k : k + 3])
    for k in range(len(right) - 1):
        add("near>" + right[k : k + 2])


@lru_cache(maxsize=4096)
def _folded(piece: str) -> str:
    return _NUMBER.sub("#", _PLACE.sub("@", piece)).replace("规模以上", "规上")


@cache
def _names(flags: int) -> tuple[str, ...]:
    return tuple(names_of(flags).split("|"))


def _measure(q: Quantity) -> str:
    return f"{q.unit}/{q.classifier.translate(_SAME)}"


def table_of(unit: Unit | None) -> str:
    """Which table of weights a unit has: the people's, the counts' ...

    >>> table_of(Unit.PERCENTAGE_POINT), table_of(None)
    ('percent', 'other')
    """
    return _TABLES.get(unit, "other") if unit is not None else "other"


_TABLES = {
    Unit.PERCENT: "percent",
    Unit.PERCENTAGE_POINT: "percent",
    Unit.COUNT: "count",
    Unit.PERSON: "person",
    Unit.CNY: "money",
}
