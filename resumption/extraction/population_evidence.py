"""What speaks for a phrase as the group of a figure: for each group that stands around it or that holds from before.

The names of the evidence are what the weights of `lexicon/learnt/population.tsv` are learnt for (`training/`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from operator import attrgetter

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.group_phrases import clause_of, is_compared_with, phrase_ending_in, trimmed
from resumption.extraction.group_staff import STAFF_CODES
from resumption.extraction.groups import Groups, flags_of
from resumption.extraction.population_phrases import (
    Past,
    counted_before,
    groups_of_past,
    phrases_around,
    subject_before,
)
from resumption.extraction.words import NOUN, Is, Word, find_words, names_of

_LEFT, _RIGHT, _BEFORE = 6, 3, 4
"""Nouns to the left and to the right, and figures before it, whose groups are looked at."""
_SIGHT = 2000
"""Characters before the number in which a phrase is looked for."""
_LONGEST = 24
"""Characters between the number and the end of a phrase behind it."""
_SIGNS = '，。、；：“”"（）() '
_PERSON_ENDS = ("员", "工", "人", "者", "手")


_RANKS = ("居", "位居", "列", "位列", "排名", "排在")
_AFTER_NUMBERS = ("之间", "首位", "前列", "第一", "领先", "上述", "总体", "其余", "部分")
_PLACES = re.compile(r"[0-9两二三四五六七八九十]{1,3}个?[市县区省州地]")


def _is_no_group(phrase: str) -> bool:
    """居全省首位, 30%—50%之间, 两市: what stands between rates of places names none of those that are counted."""
    return phrase.startswith(_RANKS) or phrase.endswith(_AFTER_NUMBERS) or _PLACES.fullmatch(phrase) is not None


@dataclass(slots=True, eq=False)
class PopulationCandidate:
    """A phrase that may name the group of a figure."""

    phrase: str
    evidence: set[str] = field(default_factory=set)
    source: str = ""
    """The kind of place where it was found first."""


def stands_beside(figure: Figure, phrase: str, text: str) -> bool:
    """True if the phrase stands right before or behind the number: no evidence is needed there.

    A word or two characters may stand between (规上企业共122家).
    """
    q, size = figure.q, len(phrase)
    quoted = text.find("”", max(0, q.begin - 4), q.begin) >= 0  # “百强企业”开工96家
    return bool(phrase) and (
        text.find(phrase, max(0, q.begin - size - 2 - quoted), q.begin) >= 0
        or text.find(phrase, q.end, q.end + size + 1) >= 0
    )


def population_candidates(
    figure: Figure,
    figures: Sequence[Figure],
    words: list[Word],
    text: str,
    floors: list[int],
    groups: Groups,
    rule: str,
    past: Sequence[Past] = (),
) -> list[PopulationCandidate]:
    """Every phrase that may be the group, each once; the first is that of the rules (`rule`, "" if they found none).

    `words` are the lexicon words of the sentence, `past` the figures so far.
    """
    code = figure.indicator
    kind = "staff" if code in STAFF_CODES else code
    found = {rule: PopulationCandidate(rule, {"rule"} if rule else {"rule", "empty"}, "rule")}

    def add(phrase: str, *names: str, are_people: bool = False) -> None:
        phrase = trimmed(phrase.strip(_SIGNS))
        if not are_people:
            phrase = _of_staff(phrase, code)
        if _is_no_group(phrase):
            return
        if len(phrase) > 1 and "、" not in phrase and phrase[0] != "按":  # which groups a list has rules know best
            known = found.get(phrase)
            if known is None:
                known = found[phrase] = PopulationCandidate(phrase, set(), names[0])
            known.evidence.update(names)

    own = clause_of(text, figure.q.start)
    is_said_here = bool(rule) and text.find(rule.removesuffix("员工") or rule, own, figure.q.begin) >= 0
    cut = bisect_left(words, figure.q.start, key=_start)
    left = (w for w in reversed(words[:cut]) if w.end <= figure.q.start and w.flags & NOUN)
    for step, word in enumerate(islice(left, _LEFT)):
        if is_compared_with(text, word.start) or _is_in_closed_bracket(text, word.end, figure.q.begin):
            continue
        clause = clause_of(text, word.start)
        earlier = bisect_right(figures, word.start, key=_end)
        floor = max(clause, figures[earlier - 1].q.end) if earlier else clause
        near = words[bisect_left(words, clause, key=_start) : bisect_right(words, word.start + 8, key=_start)]
        place = "own" if clause == own else "sentence"
        between = text[word.end : figure.q.begin]
        phrase: str = phrase_ending_in(text, word, near, floor, floors)
        add(
            phrase,
            f"left{min(step, 4)}", f"left|{place}", f"left|{place}|{_class_of(word)}|{kind}",
            f"behind={text[word.end : word.end + 1]}|{place}",
            *_gap(between, phrase, text, word, len(figures[earlier:figure.index])),
        )  # fmt: skip
    following = figures[figure.index + 1 : figure.index + 2]
    stop = following[0].q.start if following else len(text)
    right = (w for w in islice(words, cut, None) if w.start >= figure.q.end and w.flags & NOUN)
    for step, word in enumerate(islice(right, _RIGHT)):
        if word.start > stop or (step and clause_of(text, word.start) != own):
            break
        near_enough = word.end - figure.q.end <= _LONGEST
        phrase = trimmed(text[figure.q.end : word.end]) if near_enough else text[word.start : word.end]
        same = clause_of(text, word.start) == own
        add(phrase, f"right{step}", f"right|{same}", f"right|{same}|{_class_of(word)}|{kind}")
    if not is_said_here:
        for bare in phrases_around(figure, text, floors):
            add(
                bare.text,
                f"bare|{bare.place}", f"bare|{bare.place}|{kind}", f"bare|{bare.place}|{bare.beside}",
                are_people=figure.family == "person" and not bare.is_first,
            )  # fmt: skip
        if phrase := counted_before(figure, text):
            add(
                phrase,
                "counted",
                f"counted|{kind}",
                f"counted|{figure.q.classifier}",
                are_people=figure.family == "person",
            )
        if phrase := subject_before(figure, text, own, words):
            add(phrase, "subject", f"subject|{kind}")
    for step, other in enumerate(reversed(figures[max(0, figure.index - _BEFORE) : figure.index])):
        if other.population and (figure.inside or not other.inside):
            add(
                other.population,
                f"before{step}", f"before|{other.q.unit == figure.q.unit}|{other.indicator == code}",
                f"before|{other.indicator}>{code}", f"before clause|{other.clause == figure.clause}",
            )  # fmt: skip
    for name, other, near_by in groups_of_past(figure, () if is_said_here else past):
        measure = other.q.classifier == figure.q.classifier
        add(
            other.population,
            name, f"{name}|{near_by}|{measure}|{kind}", f"past|{measure}|{other.indicator == code}",
            f"past|{near_by}|{other.indicator}>{code}",
        )  # fmt: skip
    for name, phrase in (("company", groups.company), ("story", groups.story), ("heading", groups.heading)):
        add(phrase, name, f"{name}|{kind}")
    add(groups.told, "told")
    for name, scope in (("title", groups.title), ("paragraph", groups.paragraph), ("article", groups.article)):
        for family, phrase in scope.items():
            add(phrase, f"{name}|{family}", f"{name}|{family}|{kind}")
    if len(found) == 1:
        return list(found.values())
    for candidate in found.values():
        _add_said(candidate, found, figure, kind, text)
    _add_places(found, figure, kind, text)
    return list(found.values())


def _is_in_closed_bracket(text: str, end: int, at: int) -> bool:
    """200个市级项目（含续建项目132个）中，76个已复工: what a bracket names is told of the parts alone."""
    close = text.find("）", end, at)
    return close >= 0 and text.find("（", end, close) < 0


def _gap(between: str, phrase: str, text: str, word: Word, figures: int) -> list[str]:
    """What stands between a phrase to the left and the number, and around the phrase; `figures` stand between them."""
    commas = min(3, between.count("，"))
    begin = word.end - len(phrase)
    found = [
        f"commas={commas}",
        f"numbers={min(3, figures)}",
        f"ahead={text[begin - 1 : begin]}",
        f"behind2={text[word.end : word.end + 2]}",
    ]
    if "其中" in between:
        found.append(f"among|{commas}")
    if "；" in between:
        found.append("semicolon")
    if "：" in between:
        found.append("colon")
    if not between or len(between) < 3:
        found.append(f"close={between}")
    return found


def _add_said(
    candidate: PopulationCandidate, found: dict[str, PopulationCandidate], figure: Figure, kind: str, text: str
) -> None:
    """What the phrase itself says, and how it lies to that of the rules and to the others."""
    phrase, code, evidence = candidate.phrase, figure.indicator, candidate.evidence
    evidence.update(_said_by(phrase, code, kind, figure.q.classifier[:2]))
    evidence.add(f"often={min(3, text.count(phrase)) if phrase else 0}")
    if "rule" in evidence:
        evidence.update((f"rule|{code}", f"rule|in text={phrase in text}", f"rule|{figure.family}"))
        return
    rule = next(iter(found))
    if rule and phrase in rule:
        evidence.add("in that of the rules")
    elif rule and rule in phrase:
        evidence.add("holds that of the rules")
    for other in found:
        if phrase in other and other != phrase:
            evidence.add("part of another")
            break


@lru_cache(maxsize=4096)
def _said_by(phrase: str, code: str, kind: str, measure: str) -> tuple[str, ...]:
    """What a phrase itself says as the group of such a figure: its nouns, its length, its first and last characters."""
    head, modified = _head(phrase)
    core = phrase.removesuffix("员工") or phrase  # nothing was read but what stands before it
    tail = core[-2:]
    return (
        f"head={head}", f"head={head}|{code}", f"{modified}|{code}", f"length={min(len(phrase) // 3, 5)}",
        f"tail={tail}", f"tail={tail}|{kind}", f"last={core[-1:]}", f"begins={phrase[:2]}", f"begin={phrase[:1]}",
        f"measure|{measure}|{head}", f"measure|{measure}|{tail}",
    )  # fmt: skip


def _add_places(found: dict[str, PopulationCandidate], figure: Figure, kind: str, text: str) -> None:
    """How many of the other phrases stand nearer before the number, and how far back that of the rules was read."""
    begin = figure.q.begin
    places = []
    for phrase, candidate in found.items():
        named = phrase.removesuffix("员工") or phrase
        at = text.rfind(named, max(0, begin - _SIGHT), begin) if phrase else -1
        if at >= 0:
            places.append((at + len(named), len(named), candidate))
        if "rule" in candidate.evidence:
            read = _where(figure, text, phrase, at)
            candidate.evidence |= {f"rule read|{read}", f"rule read|{read}|{kind}"}
    places.sort(key=_place, reverse=True)
    for rank, (_, _, candidate) in enumerate(places):
        candidate.evidence.add(f"nearest{min(rank, 4)}")
    for candidate in found.values():
        if "rule" not in candidate.evidence:
            candidate.evidence.add(f"{candidate.source}|rule {read}")


def _where(figure: Figure, text: str, phrase: str, at: int) -> str:
    """Where a phrase stands that begins at `at` last before the number: clause, sentence, paragraph ..."""
    if at < 0:
        return "empty" if not phrase else "behind" if text.find(phrase, figure.q.begin) >= 0 else "nowhere"
    if at >= figure.clause_start:
        return "clause"
    between = text[at : figure.q.begin]
    return "earlier" if "\n" in between else "paragraph" if "。" in between else "sentence"


def _place(place: tuple[int, int, PopulationCandidate]) -> tuple[int, int]:
    return place[:2]


def _of_staff(phrase: str, code: str) -> str:
    """规上企业 is 规上企业员工 where people are counted."""
    if code not in STAFF_CODES or len(phrase) < 2 or flags_of(phrase) & (Is.WORKER | Is.OFFICER):
        return phrase
    return phrase if phrase[-2:].endswith(_PERSON_ENDS) else phrase + "员工"


_start: Callable[[Word], int] = attrgetter("start")


def _end(figure: Figure) -> int:
    return figure.q.end


def _class_of(word: Word) -> str:
    return names_of(word.flags & NOUN)


@lru_cache(maxsize=4096)
def _head(phrase: str) -> tuple[str, str]:
    """Classes of its last noun, and whether a word before it says more."""
    words = find_words(phrase)
    nouns = [w for w in words if w.flags & NOUN]
    return (
        _class_of(nouns[-1]) if nouns else "none",
        "modified" if any(w.flags & Is.MODIFIER for w in words) else "bare",
    )
