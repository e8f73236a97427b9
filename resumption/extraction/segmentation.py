"""Where one word ends and the next begins, asked only for a short place name that would decide where an article is.

台商都已返岗 holds the county 商都 as little as 街道里 holds 道里; no list of such accidents is ever complete. jieba
knows the words of ordinary Chinese; its tokenizer is our own, fed with the nouns of the lexicons, and is loaded by the
first question.
"""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING

from resumption.extraction.words import Is, load_flags

if TYPE_CHECKING:
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
    for word in _tokenizer().cut(text[first : end if known else end + _AROUND], HMM=False):
        position += len(word)
        borders.add(position)
    return start in borders and end in borders


@cache
def _tokenizer() -> Tokenizer:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba still asks for pkg_resources and says so
        from jieba import Tokenizer
    tokenizer = Tokenizer()
    # As its initialize() does, but without the cache file that all users of a machine would share in /tmp.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word, (flags, _) in load_flags().items():
        if len(word) > 1 and flags & (Is.ENTERPRISE | Is.PROJECT | Is.WORKER):
            tokenizer.add_word(word)
    return tokenizer
