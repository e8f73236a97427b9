"""Loads `characters.tsv` (forms of one character) and `wrapped_words.txt` (words that a line break splits)."""

from __future__ import annotations

from functools import cache

from resumption.lexicon.read import read_table, read_text


@cache
def load_characters() -> dict[str, str]:
    """One character to the one it is read as: traditional to simplified, full- to half-width, one sign of several.

    Both sides are exactly one code point, so offsets do not move. Raises ValueError with the line number on a bad row.

    >>> [load_characters()[c] for c in "萬％，" if c in load_characters()]
    ['万', '%']
    """
    found: dict[str, str] = read_table("characters.table", ("characters.tsv",), _parse_characters, __name__)
    return found


def _parse_characters(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    lines = text.splitlines()
    for number, line in enumerate(lines[1:], 2):
        code, target, _kind = line.split("\t")
        source = chr(int(code, 16))
        target = " " if target == "SPACE" else target
        if len(target) != 1 or source == target or source in found:
            raise ValueError(
                f"characters.tsv line {number}: {code} must map once to one other character, not {target!r}"
            )
        found[source] = target
    return found


_ALIKE = frozenset(
    "家合曲松范回峰游谷布岳梁昆同克扎沈咸托周凌岩修佛于准栗志巨千即真姜仆凭戚庵彩群斗郁台里干胡升向拐钟余"
)
"""Characters of place names that traditional texts write alike, though other words have another form for them."""
_CHOSEN = dict(
    zip(
        "发术产镇苏蒙国坝鸡汇当陕卫净弥为仑历团荫绿别坛冲个启复获馆药蕴赞户",
        "發術產鎮蘇蒙國壩雞匯當陝衛淨彌為崙歷團蔭綠別壇沖個啟復獲館藥蘊贊戶",
        strict=True,
    )
)
"""The form that place names have of those with several."""


@cache
def traditional_forms() -> dict[str, str]:
    """A simplified character to the form that place names have in traditional texts; none for those written alike.

    >>> "".join(traditional_forms().get(c, c) for c in "浙江省绍兴市、山东省烟台市")
    '浙江省紹興市、山東省煙台市'
    """
    found: dict[str, str] = {}
    for source, target in load_characters().items():
        if "\u4e00" <= source <= "\u9fff" and "\u4e00" <= target <= "\u9fff" and target not in _ALIKE:
            found.setdefault(target, source)
    return found | _CHOSEN


@cache
def load_wrapped_words() -> frozenset[str]:
    """Two-character pieces of words: `开复↵工率` is one word because 复工 is in this list.

    >>> "复工" in load_wrapped_words()
    True
    """
    text = read_text("wrapped_words.txt")
    words = frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
    if bad := [word for word in words if len(word) != 2]:
        raise ValueError(f"wrapped_words.txt: {bad[0]!r} is not two characters")
    return words
