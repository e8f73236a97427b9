"""Compiled patterns in a file beside the bytecode: a new process takes from it what an earlier one compiled.

Compiling takes longer than everything else up to the first result. As with bytecode, what is kept serves one build of
one Python, which the name of the file tells, and a folder that cannot be written is no error: there patterns are
compiled in every process. What is kept is found by the text of the pattern, so a changed pattern is a new one.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from contextlib import suppress
from functools import cache
from typing import NamedTuple
from zlib import crc32

from resumption.lexicon.read import kept_path

try:  # private parts of `re`: the same in Python 3.11 to 3.14; where they are missing, nothing is kept
    import _sre  # type: ignore[import-not-found]
    from re import _compiler, _parser  # type: ignore[attr-defined]

    _MAGIC = _sre.MAGIC
except (ImportError, AttributeError):
    _MAGIC = 0

_BUILD = crc32(f"{sys.version} {sys.byteorder} {_MAGIC}".encode())
_FILE = kept_path(f"patterns.{sys.implementation.cache_tag}-{_BUILD:08x}")
_LARGEST = 1 << 23
"""Bytes of a file that is read; one that is larger holds mostly patterns that were changed since, and is left out."""
_HEAD = 12
"""Bytes before each entry: the lengths of the pattern and of what it was compiled to, and the flags."""


class _Compiled(NamedTuple):
    """What the last step of `re.compile` takes beside the pattern."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]
    names_in_order: tuple[str | None, ...]


def compile_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`. Raises `re.error` for what is no pattern.

    >>> compile_pattern("复(?P<how>工|产)").fullmatch("复产")["how"]
    '产'
    """
    flags = int(flags)
    if not _MAGIC:
        return re.compile(pattern, flags)
    kept = _read(_load(_FILE), pattern, flags)
    if kept is None:
        kept = _compile(pattern, flags)
        if not sys.dont_write_bytecode:
            _append(_FILE, pattern, flags, kept)
    try:
        return _assemble(pattern, kept)
    except (RuntimeError, TypeError, ValueError, OverflowError):  # "invalid SRE code": kept by something else
        return re.compile(pattern, flags)


def _compile(pattern: str, flags: int) -> _Compiled:
    """The steps of `re.compile` but the last."""
    parsed = _parser.parse(pattern, flags)
    code = _compiler._code(parsed, flags)
    names: dict[str, int] = parsed.state.groupdict
    in_order: list[str | None] = [None] * parsed.state.groups
    for name, number in names.items():
        in_order[number] = name
    packed = b"".join(sign.to_bytes(_sre.CODESIZE, sys.byteorder) for sign in code)
    return _Compiled(flags | parsed.state.flags, packed, parsed.state.groups - 1, dict(names), tuple(in_order))


def _assemble(pattern: str, kept: _Compiled) -> re.Pattern[str]:
    """The last step, which checks the code."""
    code = memoryview(kept.code).cast("I" if _sre.CODESIZE == 4 else "H").tolist()
    compiled: re.Pattern[str] = _sre.compile(pattern, kept.flags, code, kept.groups, kept.names, kept.names_in_order)
    return compiled


@cache
def _load(path: str) -> dict[tuple[bytes, int], bytes]:
    """The entries of the file, {} if there is none; a file that is broken is removed, to be written anew."""
    found: dict[tuple[bytes, int], bytes] = {}
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib would be imported for this alone
            data = file.read() if os.fstat(file.fileno()).st_size <= _LARGEST else b""
    except OSError:
        return found
    at, end = 0, len(data)
    while at < end:
        size, rest = int.from_bytes(data[at : at + 4], "big"), int.from_bytes(data[at + 4 : at + 8], "big")
        flags = int.from_bytes(data[at + 8 : at + _HEAD], "big")
        at += _HEAD + size
        found[data[at - size : at], flags] = data[at : at + rest]
        at += rest
    if at != end or not end:
        _remove(path)
    return found


def _read(entries: dict[tuple[bytes, int], bytes], pattern: str, flags: int) -> _Compiled | None:
    """What is kept of a pattern, None if nothing is; a file with a broken entry is removed."""
    name = pattern.encode("utf-8", "surrogatepass")
    entry = entries.get((name, flags))
    if entry is None:
        return None
    if int.from_bytes(entry[:4], "big") != crc32(entry[4:], crc32(name)):
        entries.clear()
        _remove(_FILE)
        return None
    return _Compiled(*marshal.loads(entry[4:]))  # noqa: S302 - as bytecode: our own, of our own folder


def _append(path: str, pattern: str, flags: int, kept: _Compiled) -> None:
    """Behind what is there, in one write, so that processes that run at once do not mix their entries."""
    name, code = pattern.encode("utf-8", "surrogatepass"), marshal.dumps(tuple(kept))
    head = b"".join(number.to_bytes(4, "big") for number in (len(name), 4 + len(code), flags))
    with suppress(OSError), open(path, "ab", buffering=0) as file:  # noqa: PTH123
        file.write(head + name + crc32(code, crc32(name)).to_bytes(4, "big") + code)


def _remove(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108
