"""The first gate for archives of other hosts: drops what cannot matter by its raw bytes, before anything is parsed.

It is a necessary condition of `extract`, made from the same words: a page whose text gives an observation has a word
of the topic, three words of resuming work, workers and what they ride in, plants and their rate, or what had stopped
work and who is back (`extraction/gate.py`). So the gate decides by words and never by beauty: what passes may still be
no article.
Whatever it cannot judge cheaply (UTF-16, escaped text, Big5) it decodes first.

Markup is ASCII and Chinese is not: with all ASCII bytes deleted a tenth of the page is left, and a word that markup
splits (`复<b>工</b>`) stands together again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from itertools import groupby, islice
from urllib.parse import urlsplit

from resumption.extraction.characters import normalise
from resumption.extraction.gate import CORE, VAGUE, may_tell_of_resumption, speaks_of_plants, speaks_of_rides
from resumption.extraction.words import Is, load_flags
from resumption.lexicon.words import load_topic_words
from resumption.page.decode import decode


class Refusal(StrEnum):
    """Why a page cannot matter."""

    LANGUAGE = "language"
    """It is not in Chinese."""
    CUE = "cue"
    """It names nothing that is about the resumption of work."""


_ASCII = bytes(range(128))
_BLANKED = bytes(32 if code < 128 else code for code in range(256))
_LEAST = 24
"""Bytes beyond ASCII of the shortest text that can state a figure."""
_KANA = (b"\xe3\x81", b"\xe3\x82", b"\xe3\x83")
_FIRST = bytes(range(0x80, 0xA1))
"""Bytes that GBK needs only for characters that GB 2312 has not; UTF-8 and traditional text are full of them."""
_ESCAPED = 20
"""Escapes that are more than a few signs."""
_UNICODE_ESCAPE = re.compile(rb"\\u[0-9a-fA-F]{4}")
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{4,5})|([0-9]{5,6}))\b")
_CORE_NEEDED = 3
_TRADITIONAL = tuple("復產開業廠國為這個時會")
"""A text in traditional characters has one of these."""


def refuse(body: bytes | str) -> Refusal | None:
    """Why a page (its body without content coding) cannot matter, None if it may.

    >>> refuse("<p>截至21日，全市规上企业复<b>工</b>率99.2%。</p>".encode("gbk")) is None
    True
    >>> refuse("<p>市博物馆本周末延长开放，预约电话不变。</p>".encode()).value, refuse(b"<p>Back to work</p>").value
    ('cue', 'language')
    """
    if isinstance(body, str):
        body = body.encode("utf-8", "replace")
    if b"\x00" in body:
        body = decode(body).text.encode()
    bare = body.translate(None, _ASCII)
    if len(bare) < _LEAST:
        return None if _hides(body) else Refusal.LANGUAGE
    try:
        text = bare.decode()
    except UnicodeDecodeError:
        return None if _speaks_otherwise(body, bare) or _hides(body) else Refusal.CUE
    if 30 * sum(map(bare.count, _KANA)) > len(bare):
        return Refusal.LANGUAGE
    return None if _speaks(text) or _hides(body) else Refusal.CUE


def host_gate(hosts: tuple[str, ...]) -> Callable[[str], bool]:
    """A test of addresses: True for these hosts and those below them. Without hosts everything passes.

    >>> wanted = host_gate(("iqilu.com",))
    >>> wanted("http://yx.iqilu.com/1.shtml"), wanted("http://notiqilu.com/")
    (True, False)
    """
    if not hosts:
        return lambda url: True
    names = tuple(host.strip().lower().strip(".") for host in hosts)
    endings = tuple(f".{name}" for name in names)

    def wanted(url: str) -> bool:
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            return False
        return host in names or host.endswith(endings)

    return wanted


def _speaks(text: str) -> bool:
    """True if a text without its ASCII characters may be about the resumption of work."""
    if any(sign in text for sign in _TRADITIONAL):
        text = normalise(text).text
    topic, core = _patterns()
    if topic.search(text) or speaks_of_rides(text) or speaks_of_plants(text):
        return True
    if len(list(islice(core.finditer(text), _CORE_NEEDED))) == _CORE_NEEDED:
        return True
    return may_tell_of_resumption(text)


def _speaks_otherwise(body: bytes, bare: bytes) -> bool:
    """The same for a page that is not UTF-8."""
    # The second byte of a rare GBK character may be a letter: a space in its stead keeps the next ones readable.
    short = b" ".join(body.translate(_BLANKED).split())
    if _speaks(short.decode("gb18030", "ignore").replace(" ", "")):
        return True
    # Traditional text, Big5, or UTF-8 with a broken byte: misread as GBK these are full of other bytes.
    other = len(bare) - len(bare.translate(None, _FIRST)) > len(bare) // 20 or b"big5" in body[:4096].lower()
    return other and _speaks(decode(body).text.encode("utf-8", "replace").translate(None, _ASCII).decode())


def _hides(body: bytes) -> bool:
    r"""True if escaped text (`&#22797;`, `\u590d`) speaks of the resumption of work."""
    # One byte is counted much faster than two.
    if body.count(b"\\") >= _ESCAPED and body.count(b"\\u") >= _ESCAPED:
        escapes = b"".join(_UNICODE_ESCAPE.findall(body))
        if _speaks(escapes.decode("unicode_escape")):
            return True
    if body.count(b"&") < _ESCAPED or body.count(b"&#") < _ESCAPED:
        return False
    codes = (int(x, 16) if x else int(d) for x, d in _REFERENCE.findall(body))
    return _speaks("".join(chr(code) for code in codes if code < 0x110000))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of the topic, of which one is enough, and those that `is_full_of_resumption` counts, shortest only.

    Every word that `extract` asks for holds one of these, and no word stands in another one, so that matches counted
    from the left are never fewer than words.
    """
    core = {
        word
        for word, (flags, _) in load_flags().items()
        if flags & CORE and not flags & Is.OTHER_TOPIC and word not in VAGUE
    }
    return _pattern(set(load_topic_words())), _pattern(core)


def _pattern(words: set[str]) -> re.Pattern[str]:
    """Words grouped by their first character: then `re` passes over all other characters quickly."""
    shortest = sorted(word for word in words if not _holds_another(word, words))
    groups = groupby(shortest, key=lambda word: word[0])
    return re.compile("|".join(f"{first}(?:{'|'.join(word[1:] for word in group)})" for first, group in groups))


def _holds_another(word: str, words: set[str]) -> bool:
    """True if a part of a word is a word; words are short and many, so their parts are looked up."""
    return any(
        word[start : start + size] in words for size in range(1, len(word)) for start in range(len(word) - size + 1)
    )
