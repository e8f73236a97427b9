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

from resumption.extraction.figures import Figure
from resumption.extraction.group_phrases import clause_of, phrase_ending_in, trimmed
from resumption.extraction.group_staff import STAFF_CODES
from resumption.extraction.groups import Groups, flags_of
from resumption.extraction.words import NOUN, Is, Word, find_words, names_of

_LEFT, _RIGHT, _BEFORE = 6, 3, 4
"""Nouns to the left and to the right, and figures before it, whose groups are looked at."""
_LONGEST = 24
"""Characters between the number and the end of a phrase behind it."""
_SIGNS = '，。、；：“”"（）() '
_PERSON_ENDS = ("员", "工", "人", "者", "手")


@dataclass(slots=True, eq=False)
class PopulationCandidate:
    """A phrase that may name the group of a figure."""

    phrase: str
    evidence: set[str] = field(default_factory=set)


def stands_beside(figure: Figure, phrase: str, text: str) -> bool:
    """True if the phrase stands right before or behind the number: no evidence is needed there.

    A word or two characters may stand between (规上企业共122家).
    """
    q, size = figure.q, len(phrase)
    return bool(phrase) and (
        text.find(phrase, max(0, q.begin - size - 2), q.begin) >= 0 or text.find(phrase, q.end, q.end + size + 1) >= 0
    )


def population_candidates(
    figure: Figure,
    figures: Sequence[Figure],
    words: list[Word],
    text: str,
    floors: list[int],
    groups: Groups,
    rule: str,
) -> list[PopulationCandidate]:
    """Every phrase that may be the group, each once; the first is that of the rules (`rule`, "" if they found none).

    `words` are the lexicon words of the sentence.
    """
    code = figure.indicator
    kind = "staff" if code in STAFF_CODES else code
    found = {rule: PopulationCandidate(rule, {"rule"} if rule else {"rule", "empty"})}

    def add(phrase: str, *names: str) -> None:
        phrase = _of_staff(phrase.strip(_SIGNS), code)
        if len(phrase) > 1 and "、" not in phrase:  # which groups a list has rules know best
            found.setdefault(phrase, PopulationCandidate(phrase)).evidence.update(names)

    own = clause_of(text, figure.q.start)
    cut = bisect_left(words, figure.q.start, key=_start)
    left = (w for w in reversed(words[:cut]) if w.end <= figure.q.start and w.flags & NOUN)
    for step, word in enumerate(islice(left, _LEFT)):
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
            *_gap(between, phrase, text, word, kind, len(figures[earlier:figure.index])),
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
    for step, other in enumerate(reversed(figures[max(0, figure.index - _BEFORE) : figure.index])):
        if other.population:
            add(
                other.population,
                f"before{step}", f"before|{other.q.unit == figure.q.unit}|{other.indicator == code}",
                f"before|{other.indicator}>{code}", f"before clause|{other.clause == figure.clause}",
            )  # fmt: skip
    for name, phrase in (("company", groups.company), ("story", groups.story), ("heading", groups.heading)):
        add(phrase, name, f"{name}|{kind}")
    add(groups.told, "told")
    for name, scope in (("title", groups.title), ("paragraph", groups.paragraph), ("article", groups.article)):
        for family, phrase in scope.items():
            add(phrase, f"{name}|{family}", f"{name}|{family}|{kind}")
    for candidate in found.values():
        candidate.evidence |= _of_phrase(candidate, found, figure, kind, text)
    return list(found.values())


def _gap(between: str, phrase: str, text: str, word: Word, kind: str, figures: int) -> list[str]:
    """What stands between a phrase to the left and the number, and around the phrase; `figures` stand between them."""
    commas = min(3, between.count("，"))
    begin = word.end - len(phrase)
    found = [
        f"commas={commas}",
        f"commas={commas}|{kind}",
        f"numbers={min(3, figures)}",
        f"numbers={min(3, figures)}|{commas}",
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


def _of_phrase(
    candidate: PopulationCandidate, found: dict[str, PopulationCandidate], figure: Figure, kind: str, text: str
) -> set[str]:
    """What the phrase itself says, and how it lies to that of the rules and to the others."""
    phrase, code = candidate.phrase, figure.indicator
    head, modified = _head(phrase)
    said = {f"head={head}", f"head={head}|{code}", f"{modified}|{code}", f"length={min(len(phrase) // 3, 5)}"}
    said |= {f"tail={phrase[-2:]}", f"tail={phrase[-2:]}|{kind}"}
    measure = figure.q.classifier[:2]
    said |= {f"measure|{measure}|{head}", f"measure|{measure}|{phrase[-2:]}"}
    often = min(3, text.count(phrase)) if phrase else 0
    said |= {f"often={often}", f"often={often}|{kind}", f"family|{figure.family}|{head}"}
    if "rule" in candidate.evidence:
        return said | {f"rule|{code}", f"rule|in text={phrase in text}", f"rule|{figure.family}"}
    rule = next(iter(found))
    if rule and phrase in rule:
        said.add("in that of the rules")
    elif rule and rule in phrase:
        said.add("holds that of the rules")
    if any(other != phrase and phrase in other for other in found):
        said.add("part of another")
    return said


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
