"""Finds the words of all lexicons in one pass over the text: what they are is a set of bits.

One automaton holds every word of `indicators.toml`, `populations.toml`, `words.toml` and `events/*.toml`, and those
made by `compounds.toml`. A word that stands in several lists has several bits; of words that overlap the leftmost
longest is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import ahocorasick

from resumption.extraction import word_classes as Is
from resumption.lexicon.compounds import load_compounds
from resumption.lexicon.events import load_events
from resumption.lexicon.indicators import LexiconError, load_indicators
from resumption.lexicon.populations import load_populations
from resumption.lexicon.words import load_words

NOUN = (
    Is.ENTERPRISE | Is.PROJECT | Is.WORKER | Is.OFFICER | Is.VEHICLE | Is.PASS | Is.PROBLEM | Is.SUPPLY
    | Is.FUND | Is.INVESTMENT | Is.POWER | Is.OUTPUT | Is.JOB | Is.CAPACITY
)  # fmt: skip
VERB = (
    Is.RESUME | Is.IDLE | Is.RETURN | Is.CARRY | Is.AWAIT | Is.LAUNCH | Is.SERVE | Is.REQUEST | Is.APPROVE
    | Is.SANCTION | Is.ASSIGN | Is.SOLVE | Is.GIVE | Is.HIRE | Is.HANDLE | Is.RUN
)  # fmt: skip

_VERBS_OF = {
    "enterprises_resumed": Is.RESUME,
    "enterprises_not_resumed": Is.IDLE,
    "workers_returned": Is.RETURN,
    "workers_transported": Is.CARRY,
    "workers_to_transport": Is.AWAIT,
    "vehicles": Is.RUN,
    "projects_resumed": Is.LAUNCH,
    "enterprises_served": Is.SERVE,
    "enterprises_requesting": Is.REQUEST,
    "enterprises_approved": Is.APPROVE,
    "enterprises_sanctioned": Is.SANCTION,
    "officers_assigned": Is.ASSIGN,
    "issues_resolved": Is.SOLVE,
    "supplies_issued": Is.GIVE,
    "processing_time": Is.HANDLE,
    "jobs_offered": Is.HIRE,
}
_NOUNS_OF = {
    "capacity_rate": Is.CAPACITY,
    "vehicles": Is.VEHICLE,
    "investment": Is.INVESTMENT,
    "officers_assigned": Is.OFFICER,
    "issues_resolved": Is.PROBLEM,
    "passes_issued": Is.PASS,
    "supplies_issued": Is.SUPPLY,
    "funds": Is.FUND,
    "electricity_amount": Is.POWER,
    "output_value": Is.OUTPUT,
    "jobs_offered": Is.JOB,
}


@dataclass(slots=True)
class Word:
    """A lexicon word in the text: its span, what it is, and the indicator code if it names a figure.

    No tuple and not frozen: its fields are read all the time, and those of a slotted class are read fastest.
    """

    start: int
    end: int
    flags: int
    code: str


@cache
def load_flags() -> dict[str, tuple[int, str]]:
    """Every lexicon word with its bits and, for the name of a figure, the indicator. Raises LexiconError.

    >>> flags, code = load_flags()["复工率"]
    >>> names_of(flags), code
    ('RATE', 'resumption_rate')
    """
    found: dict[str, tuple[int, str]] = {}

    def add(words: tuple[str, ...], flag: int, code: str = "") -> None:
        for word in words:
            flags, old = found.get(word, (0, ""))
            found[word] = (flags | flag, old or code)

    for indicator in load_indicators():
        named = Is.STAFF if indicator.code == "workers_total" else Is.RATE
        add(indicator.names, named, indicator.code if named is Is.RATE else "")
        if indicator.verbs:
            add(indicator.verbs, _VERBS_OF[indicator.code])
        if indicator.nouns:
            add(indicator.nouns, _NOUNS_OF[indicator.code])
    for name, words in load_populations().heads.items():
        add(words, _flag(name, "populations.toml"))
    for codes in load_populations().modifiers.values():
        for words in codes.values():
            add(words, Is.MODIFIER)
    for name, words in load_words().items():
        add(words, _flag(name, "words.toml"))
    for event, classes in load_events().items():
        for name, words in classes.items():
            add(words, _flag(name, f"events/{event}.toml"))
    for compound in load_compounds():
        flag = Is.RATE if compound.code else _flag(compound.group, "compounds.toml")
        add(tuple(word for word in compound.words if word not in found), flag, compound.code)
    return found


@cache
def names_of(flags: int) -> str:
    """The names of the bits, joined by `|`.

    >>> names_of(Is.RESUME | Is.RATE)
    'RESUME|RATE'
    """
    return "|".join(name for name, bit in vars(Is).items() if name.isupper() and flags & bit)


def _flag(name: str, file: str) -> int:
    try:
        return int(vars(Is)[name.upper()])
    except KeyError:
        raise LexiconError(f"{file}: no word class is called {name!r}") from None


_FIRM = "企业"


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    lexicon = load_flags()
    for word, (flags, code) in lexicon.items():
        automaton.add_word(word, (len(word), flags, code))
        if word[-1] == _FIRM[0] and len(word) > 1 and word + _FIRM[1] not in lexicon:
            # 电商平|台企|业: behind a short word for firms the whole one is meant
            automaton.add_word(word + _FIRM[1], (len(_FIRM), *lexicon[_FIRM]))
    automaton.make_automaton()
    return automaton


def find_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Lexicon words in `text[start:end]`, leftmost longest, in order.

    >>> [text_[w.start:w.end] for text_ in ["规上企业复工率"] for w in find_words(text_)]
    ['规上企业', '复工率']
    """
    limit = len(text) if end is None else end
    if limit <= start:
        return []
    return [
        Word(last - length + 1, last + 1, flags, code)
        for last, (length, flags, code) in _automaton().iter_long(text, start, limit)
    ]
