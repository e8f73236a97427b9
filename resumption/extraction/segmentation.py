"""Where one word ends and the next begins, asked only for a short place name that would decide where an article is.

台商都已返岗 holds the county 商都 as little as 街道里 holds 道里; no list of such accidents is ever complete. jieba
knows the words of ordinary Chinese; its tokenizer is our own, fed with the nouns of the lexicons, and is loaded by the
first question. It learns only the words that begin with a character it is asked about: all of them, a third of a
million, take a second to load.
"""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from resumption.extraction.words import Is, load_flags
from resumption.lexicon.read import read_kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jieba import Tokenizer

_AROUND = 8
"""Characters to each side that are segmented with the name: longer words than this do not occur."""


def stands_alone(text: str, start: int, end: int) -> bool:
    """True if no word of ordinary Chinese reaches over an end of `text[start:end]`.

    >>> stands_alone("走进商都一家企业", 2, 4), stands_alone("春节后台商都已返岗", 4, 6)
    (True, False)
    >>> stands_alone("临平复工率", 0, 2)
    True
    """
    first = max(0, start - _AROUND)
    # A word of the lexicons that begins behind the name ends it: 临平复工率 is not cut into 临, 平复, 工率.
    known = any(text[end : end + length] in load_flags() for length in range(2, 7))
    position = first
    borders = {first}
    for word in _cut(text[first : end if known else end + _AROUND]):
        position += len(word)
        borders.add(position)
    return start in borders and end in borders


class _Segmenter(NamedTuple):
    tokenizer: Tokenizer
    untold: dict[str, str]
    """First character to the words that begin with it and their frequencies, those that the tokenizer does not know."""


def _cut(text: str) -> Iterator[str]:
    segmenter = _segmenter()
    known = segmenter.tokenizer.FREQ
    for sign in set(text) & segmenter.untold.keys():
        entries = segmenter.untold.pop(sign).split(" ")
        words = entries[::2]
        known.update(zip(words, map(int, entries[1::2]), strict=True))
        for word in words:
            for size in range(1, len(word)):
                known.setdefault(word[:size], 0)  # the beginning of a word, as jieba marks it
    pieces: Iterator[str] = segmenter.tokenizer.cut(text, HMM=False)
    return pieces


@cache
def _segmenter() -> _Segmenter:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba still asks for pkg_resources and says so
        from jieba import Tokenizer
    tokenizer = Tokenizer()
    with tokenizer.get_dict_file() as file:
        dictionary = file.read()
    nouns = [
        word
        for word, (flags, _) in load_flags().items()
        if len(word) > 1 and flags & (Is.ENTERPRISE | Is.PROJECT | Is.WORKER)
    ]
    sources = [dictionary, " ".join(nouns).encode()]
    total, untold = read_kept("segmentation.words", sources, lambda: _all_words(nouns), __name__)
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = {}, total, True
    return _Segmenter(tokenizer, untold)


def _all_words(nouns: list[str]) -> tuple[int, dict[str, str]]:
    """The sum of all frequencies, and for each first character its words with theirs: `商都 3 商都县 2`."""
    from jieba import Tokenizer

    tokenizer = Tokenizer()
    # As its initialize() does, but without the cache file that all users of a machine would share in /tmp.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in nouns:
        tokenizer.add_word(word)
    found: dict[str, list[str]] = {}
    for word, frequency in tokenizer.FREQ.items():
        if frequency:
            found.setdefault(word[0], []).append(f"{word} {frequency}")
    return tokenizer.total, {sign: " ".join(words) for sign, words in found.items()}
