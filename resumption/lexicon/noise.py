"""Words that tell furniture from article text (`noise.toml`), compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from resumption.lexicon.pattern_store import compile_pattern
from resumption.lexicon.read import read_toml


@dataclass(frozen=True, slots=True)
class NoiseRule:
    """One kind of line or heading; `group` says which `removed_*` count it belongs to."""

    name: str
    group: str
    pattern: re.Pattern[str]
    place: str
    longest: int
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    needs: tuple[str, ...] = ()
    """The rule is tried only on blocks with one of these in them; for patterns that may begin anywhere."""


# Bullets and brackets in front of a notice: 【版权声明】, （原标题：…）, ● 相关新闻.
_LEAD = r"[\s【〖\[［（(<《·•●▲△■◆★☆※▶►|｜>＞»\-—_#]{0,6}"


_LONGEST = 600


@cache
def load_lines() -> tuple[NoiseRule, ...]:
    """The kinds of single lines that are cut."""
    return _rules("line")


@cache
def load_headings() -> tuple[NoiseRule, ...]:
    """The headings that open a foreign part of the page."""
    return _rules("heading")


@cache
def _data() -> dict[str, list[dict[str, object]]]:
    return read_toml("noise.toml")


def _rules(kind: str) -> tuple[NoiseRule, ...]:
    return tuple(_rule(row, kind) for row in _data()[kind])


def _rule(row: dict[str, object], kind: str) -> NoiseRule:
    examples, counter, needs = row["examples"], row["counter_examples"], row.get("needs", [])
    if not isinstance(examples, list) or not isinstance(counter, list) or not isinstance(needs, list):
        raise ValueError(f"noise.toml: {row['name']}: examples must be lists")
    return NoiseRule(
        name=str(row["name"]),
        group=str(row["group"]),
        pattern=compile_pattern(_LEAD + f"(?:{row['pattern']})", re.IGNORECASE),
        place=str(row.get("place", "any")),
        longest=int(str(row.get("max", 60 if kind == "heading" else 120))),
        examples=tuple(map(str, examples)),
        counter_examples=tuple(map(str, counter)),
        needs=tuple(map(str, needs)),
    )


@cache
def load_endings() -> re.Pattern[str]:
    """Phrases that a page hangs onto the last paragraph."""
    return compile_pattern("(?:" + "|".join(str(row["pattern"]) for row in _data()["ending"]) + r")\s{0,40}$")


def trim_ending(text: str) -> str:
    """A paragraph without what the page hung onto its end; a line that is nothing else stays, for the line rules.

    >>> trim_ending("他说，会继续努力。返回搜狐，查看更多")
    '他说，会继续努力。'
    """
    return load_endings().sub("", text).rstrip() or text if text[-1:] in "多页》>部文读»]】）)" else text


@cache
def _parted() -> tuple[tuple[NoiseRule, ...], tuple[NoiseRule, ...]]:
    rules = load_lines()
    return tuple(r for r in rules if not r.needs), tuple(r for r in rules if r.needs)


@cache
def _any_anchored() -> re.Pattern[str]:
    """All rules that begin with their own words in one: most blocks fit none, and are let go with one match."""
    patterns = (f"(?:{row['pattern']})" for row in _data()["line"] if not row.get("needs"))
    return compile_pattern(_LEAD + "(?:" + "|".join(patterns) + ")", re.IGNORECASE)


@cache
def _any_needed() -> re.Pattern[str]:
    """A word that some rule needs: most short blocks have none."""
    words = {word for rule in _parted()[1] for word in rule.needs}
    return compile_pattern("|".join(map(re.escape, sorted(words))))


def find_line(text: str, place: str) -> NoiseRule | None:
    """The rule that cuts a block standing at `place` (`head`, `inside`, `tail`), or None.

    >>> find_line("责任编辑：李苒", "tail").name
    'editor'
    >>> find_line("全市复工率达95%。", "tail") is None
    True
    """
    size = len(text)
    if size > _LONGEST:
        return None
    anchored, roving = _parted()
    for rule in anchored if _any_anchored().match(text) else ():
        if size <= rule.longest and rule.place in ("any", place) and rule.pattern.match(text):
            return rule
    if size <= 150 and not _any_needed().search(text):
        return None
    for rule in roving:
        if size <= rule.longest and rule.place in ("any", place):
            for word in rule.needs:
                if word in text:
                    if rule.pattern.match(text):
                        return rule
                    break
    return None


def find_heading(text: str) -> NoiseRule | None:
    """The rule of a heading after which foreign text follows, or None.

    >>> find_heading("【相关推荐】").group
    'related'
    """
    if len(text) > 60:
        return None
    for rule in load_headings():
        if rule.pattern.match(text):
            return rule
    return None
