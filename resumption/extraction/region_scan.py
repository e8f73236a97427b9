"""Where a text names a place: one pass over the characters, longest name first, left to right.

A regular expression finds pairs of characters that can begin a name (two character classes, so the time is linear);
a dictionary decides. Words that only look like places (公安, 民族复兴, 大连接) stand in the same dictionary and consume
their characters, so that nothing is read across them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.lexicon.gazetteer import Unit, lengths_of, load_gazetteer

ANAPHORS = {
    prefix + kind: kind
    for prefix in ("全", "我", "本", "该")
    for kind in ("市", "省", "区", "县", "州", "旗", "盟", "镇", "乡", "街道")
} | {
    "市里": "市",
    "县里": "县",
    "省里": "省",
    "区里": "区",
    "镇上": "镇",
    "乡里": "乡",
    "全自治区": "省",
    "自治区": "省",
    "我国": "国",
}


@dataclass(slots=True, eq=False)
class Hit:
    """A name as found: `kind` is `name`, `anaphor` or `bare` (a zone's name without its city)."""

    start: int
    end: int
    kind: str
    units: tuple[Unit, ...] = ()


class _Scanner(NamedTuple):
    pairs: re.Pattern[str]
    lengths: dict[str, list[int]]
    """The first two characters of an entry to the lengths of those that begin so, the longest first."""
    kinds: dict[str, str]


@cache
def _scanner() -> _Scanner:
    gazetteer = load_gazetteer()
    kinds = dict.fromkeys(gazetteer.lists["block"], "block")
    kinds |= dict.fromkeys(gazetteer.lists["zone_bare"], "bare")
    kinds |= dict.fromkeys(gazetteer.bare, "bare")
    kinds |= dict.fromkeys(ANAPHORS, "anaphor")
    kinds |= dict.fromkeys(gazetteer.names, "name")
    lengths = dict(gazetteer.lengths)
    for pair, sizes in lengths_of(ANAPHORS).items():
        lengths[pair] = sorted({*sizes, *lengths.get(pair, ())}, reverse=True)
    first, second = ("".join(sorted(set(signs))) for signs in zip(*lengths, strict=True))
    return _Scanner(re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])"), lengths, kinds)


def scan(text: str) -> Iterator[Hit]:
    """Every name, anaphor and bare zone, in order, without overlaps.

    >>> [text[hit.start:hit.end] for text in ["济南市中区和威海经区、我市高新区"] for hit in scan(text)]
    ['济南', '市中区', '威海经区', '我市', '高新区']
    """
    scanner = _scanner()
    lengths, kinds = scanner.lengths, scanner.kinds
    after, size_of_text = 0, len(text)
    for match in scanner.pairs.finditer(text):
        start = match.start()
        if start < after:
            continue
        sizes = lengths.get(text[start : start + 2])
        if sizes is None:
            continue
        for size in sizes:
            end = start + size
            if end > size_of_text:
                continue
            word = text[start:end]
            kind = kinds.get(word)
            if kind is not None:
                if kind == "name" and word[-1] == "市" and text[end : end + 2] in _CITY_INNER:
                    end -= 1
                    if word[:-1] in kinds:
                        word = word[:-1]
                        kind = kinds[word]
                if text[start] == "户" and start and text[start - 1] in _COUNTED:
                    break  # 35.6万户县乡门店: a measure word, not 户县
                if word[:2] == "天全" and start and text[start - 1] in _OF_DAYS:
                    break  # 昨天|全县
                if size == 2 and (_runs_into_province(text, end, scanner) or _runs_into_full_name(text, end, scanner)):
                    break
                after = end
                if kind != "block":
                    yield Hit(start, end, kind, _units(kind, word))
                break


_OF_DAYS = frozenset("昨今当每前明一两三几整首连")
_COUNTED = frozenset("0123456789万亿千百十多余几两")


def _units(kind: str, word: str) -> tuple[Unit, ...]:
    if kind == "name":
        return load_gazetteer().names[word]
    return load_gazetteer().bare.get(word, ()) if kind == "bare" else ()


def _runs_into_province(text: str, end: int, scanner: _Scanner) -> bool:
    """从江 in 从江苏、江西接回: a name whose last character begins the name of a province, after 从."""
    if text[end - 2] != "从":
        return False
    return any(
        scanner.kinds.get(text[end - 1 : end - 1 + size]) == "name"
        for size in scanner.lengths.get(text[end - 1 : end + 1], ())
    )


def _runs_into_full_name(text: str, end: int, scanner: _Scanner) -> bool:
    """天宁 in 当天宁明县: a short name that no kind follows, whose last character begins a name with its kind."""
    if text[end : end + 1] in _KINDS:
        return False
    return any(
        size > 2
        and text[end - 2 + size : end - 1 + size] in _KINDS
        and scanner.kinds.get(text[end - 1 : end - 1 + size]) == "name"
        for size in scanner.lengths.get(text[end - 1 : end + 1], ())
    )


_KINDS = frozenset("省市县区旗")
_CITY_INNER = frozenset({"中区", "北区", "南区"})
"""济南市中区 is 济南 + 市中区."""
