"""Reprints: the same press release on several channels and portals, recognised by its words.

A text is a set of shingles (eight characters each, punctuation left out), of which a fixed eighth is kept, so that the
shared part of two texts can be estimated from what is kept. An article is a reprint of an earlier one when the shorter
text stands almost wholly in the longer one, both are of like length, and no figure of the shorter one is missing in the
longer: two bulletins of one office on two days share nearly all words, but not their figures.
"""

from __future__ import annotations

import re
import zlib

from resumption.items import Article
from resumption.ledger import Print

SHINGLE = 8
KEPT = 8
"""One shingle in KEPT is kept."""
MAX_KEPT = 2000
MIN_KEPT = 6
"""Fewer kept shingles say nothing; only equal texts are reprints then."""
CONTAINED = 0.85
LIKE_LENGTH = 0.6
_WORDS = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d+\.\d+|\d{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def make_print(article: Article) -> Print:
    """Finger print of an article's text.

    >>> a = Article(url="", title="", text="截至2月21日，全市规上工业企业复工率达79.4%，到岗28.38万人。")
    >>> sorted(make_print(a).figures)
    ['28.38', '79.4']
    """
    words = "".join(_WORDS.findall(article.text)).encode("utf-32-le")
    size, crc = 4 * SHINGLE, zlib.crc32
    kept = sorted({h for i in range(0, len(words) - size + 1, 4) if not (h := crc(words[i : i + size])) % KEPT})[
        :MAX_KEPT
    ]
    figures = frozenset(f for f in _FIGURE.findall(article.text) if not _YEAR.fullmatch(f))
    return Print(article.text_sha256, frozenset(kept), figures)


def is_reprint(mine: Print, other: Print) -> bool:
    """True if one of two texts reprints the other."""
    if mine.text_sha256 == other.text_sha256:
        return True
    small, large = (mine, other) if len(mine.hashes) <= len(other.hashes) else (other, mine)
    if len(small.hashes) < MIN_KEPT or len(small.hashes) < LIKE_LENGTH * len(large.hashes):
        return False
    if len(mine.hashes) == len(other.hashes):
        figures = mine.figures <= other.figures or other.figures <= mine.figures
    else:
        figures = small.figures <= large.figures
    return figures and len(mine.hashes & other.hashes) >= CONTAINED * len(small.hashes)
