"""`re` for the modules of this package: a pattern is compiled when it is first used, not when its module is imported.

A short text needs a small part of them. Read as `from resumption.extraction import lazy_re as re`; only `compile`
differs.
"""

from __future__ import annotations

import re
from re import MULTILINE, Match, Pattern, escape
from typing import TYPE_CHECKING, Any

from resumption.lexicon.pattern_store import compile_pattern

__all__ = ["MULTILINE", "LazyPattern", "Match", "Pattern", "compile", "escape"]

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern", "flags")


class LazyPattern:
    """Stands for a compiled pattern; the first use of a method compiles it and keeps its methods as attributes."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Called only for a name that is not kept yet."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = self.compiled()
        for method in _METHODS:
            self.__dict__[method] = getattr(compiled, method)
        return self.__dict__[name]

    def compiled(self) -> re.Pattern[str]:
        """The pattern itself. Raises `re.error` if it is none."""
        return compile_pattern(*self._source)


if TYPE_CHECKING:
    from re import compile
else:

    def compile(pattern: str, flags: int = 0) -> LazyPattern:
        """As `re.compile`, but later; a wrong pattern raises at its first use.

        >>> compile("复(工)").search("有序复工")[1]
        '工'
        """
        return LazyPattern(pattern, flags)
