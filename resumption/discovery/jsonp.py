"""JSONP as portals write it: `data_callback([...]);` that is not always strict JSON.

Strict JSON is parsed by `json`. What it refuses is read by a small reader of JavaScript literals that takes single
quotes, bare keys, comments, trailing and doubled commas, raw control characters, `\\'` and `\\x41`, `undefined`; an
entry it cannot read is left out and the next one is tried, a feed that ends in the middle gives what it has.
"""

from __future__ import annotations

import json
import re
from typing import Any

MAX_DEPTH = 40
_WRAPPER = re.compile(
    r"^[\s;]*(?:/\*.{0,200}?\*/\s*)?(?:var\s+)?[\w$.\[\]'\"]{1,80}\s*[(=](?>\s|/\*.{0,200}?\*/)*+(?=[\[{])", re.S
)
_BLANK = re.compile(r"(?:\s|,|//[^\n]*|/\*.*?\*/)*", re.S)
_BARE = re.compile(r"[\w$+.\-]+")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\n": ""}
_WORDS = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None}


def parse_jsonp(text: str) -> Any:
    """The list or object inside a JSONP (or plain JSON) text. Raises ValueError if there is none.

    >>> parse_jsonp('data_callback([{"title":"威海复工","time":"02/22/2020 17:07:02",},]);')
    [{'title': '威海复工', 'time': '02/22/2020 17:07:02'}]
    >>> parse_jsonp("artiList({BBM54PGAwangning: [{title: '临沂\\\\'复产'}]})")
    {'BBM54PGAwangning': [{'title': "临沂'复产"}]}
    """
    match = _WRAPPER.match(text)
    start = match.end() if match else len(text) - len(text.lstrip("\ufeff \t\r\n"))
    if text[start : start + 1] not in ("[", "{"):
        raise ValueError(f"no JSON list or object, starts with {text.strip()[:40]!r}")
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return _Reader(text, start).read_value(0)


class _Reader:
    """Recursive descent over a JavaScript literal; every step moves forward, so it is linear in the text."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at

    def skip(self) -> str:
        """Skip blanks, commas and comments; the next character, "" at the end."""
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def read_value(self, depth: int) -> Any:
        char = self.skip()
        if depth > MAX_DEPTH:
            raise ValueError("nested too deeply")
        if char == "[":
            return self.read_list(depth)
        if char == "{":
            return self.read_object(depth)
        if char and char in "\"'":
            return self.read_string()
        match = _BARE.match(self.text, self.at)
        if not match:
            raise ValueError(f"cannot read {self.text[self.at : self.at + 20]!r}")
        self.at = match.end()
        return parse_bare(match.group())

    def read_list(self, depth: int) -> list[Any]:
        self.at += 1
        values: list[Any] = []
        while True:
            char = self.skip()
            if char in ("]", ""):
                self.at += 1
                return values
            start = self.at
            try:
                values.append(self.read_value(depth + 1))
            except ValueError:
                if depth:
                    raise
                # One broken entry of the feed costs one entry: go on at the next one.
                following = self.text.find("{", max(self.at, start + 1))
                if following < 0:
                    return values
                self.at = following

    def read_object(self, depth: int) -> dict[str, Any]:
        self.at += 1
        values: dict[str, Any] = {}
        while True:
            char = self.skip()
            if char == "}":
                self.at += 1
                return values
            if not char:
                raise ValueError("object does not end")
            key = self.read_string() if char in "\"'" else self.read_key()
            if self.skip() != ":":
                raise ValueError(f"no colon after {key!r}")
            self.at += 1
            values[key] = self.read_value(depth + 1)

    def read_key(self) -> str:
        match = _BARE.match(self.text, self.at)
        if not match:
            raise ValueError(f"no key at {self.text[self.at : self.at + 20]!r}")
        self.at = match.end()
        return match.group()

    def read_string(self) -> str:
        quote = self.text[self.at]
        parts: list[str] = []
        at = self.at + 1
        pattern = re.compile(rf"[^\\{quote}]*")
        while True:
            match = pattern.match(self.text, at)
            parts.append(match.group() if match else "")
            at = match.end() if match else at
            if at >= len(self.text):
                self.at = at
                raise ValueError("string does not end")
            if self.text[at] == quote:
                if self.closes(at):
                    self.at = at + 1
                    return "".join(parts)
                # An unescaped quote inside a headline: 企业"复工"
                parts.append(quote)
                at += 1
                continue
            piece, at = self.read_escape(at + 1)
            parts.append(piece)

    def closes(self, at: int) -> bool:
        """True if the quote at `at` can end a string: a comma, colon or bracket, or the end, follows."""
        match = re.compile(r"\s*").match(self.text, at + 1)
        end = match.end() if match else at + 1
        return self.text[end : end + 1] in ("", ",", ":", "}", "]", ")")

    def read_escape(self, at: int) -> tuple[str, int]:
        char = self.text[at : at + 1]
        for letter, digits in (("u", 4), ("x", 2)):
            code = self.text[at + 1 : at + 1 + digits]
            if char == letter and re.fullmatch(rf"[0-9a-fA-F]{{{digits}}}", code):
                return chr(int(code, 16)), at + 1 + digits
        return _ESCAPES.get(char, char), at + 1


def parse_bare(word: str) -> Any:
    """A bare word of JavaScript: a number, true, null ..., else the word itself.

    >>> parse_bare("12"), parse_bare("0.5"), parse_bare("undefined"), parse_bare("abc")
    (12, 0.5, None, 'abc')
    """
    if word in _WORDS:
        return _WORDS[word]
    for kind in (int, float):
        try:
            return kind(word)
        except ValueError:
            continue
    return word
