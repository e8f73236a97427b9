"""Bytes to text, once, in one place: what the bytes are decides before what the page says it is.

Re-saved pages lie in their meta tag and servers lie in their header, but text that decodes strictly as UTF-8 and holds
anything beyond ASCII is UTF-8. Everything else on Chinese news pages is GBK under one of its names (read as gb18030,
which contains gb2312 and gbk), rarely Big5 or UTF-16; declarations only decide between those.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_CHARSET = re.compile(rb"""(?:charset|encoding)\s{0,40}=\s{0,40}["']?\s{0,40}([\w.:-]{2,20})""", re.IGNORECASE)
_IN_META = re.compile(rb"<(?:meta|\?xml)\b[^<>]*$", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ASCII = bytes(range(128))
_HEADER = re.compile(r"""charset\s{0,40}=\s{0,40}["']?\s{0,40}([\w.:-]{2,20})""", re.IGNORECASE)
_FAMILY = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf8": "utf-8",
    "utf-8": "utf-8",
}
# C0 controls but tab, line feed and return; C1 controls; byte order mark inside the text; lone surrogates.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff\ufffe\uffff]")
_C0_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r") + b"\x7f"
_C0 = dict.fromkeys(_C0_BYTES)
_PLAIN = 0.35  # share of common characters that only text in the right encoding reaches
_FAR = 100_000  # a declaration was seen 34,000 bytes into a page
_JUDGED = 700  # foreign characters that are enough to judge an encoding by
_WINDOW = 4096
# The 500 or so commonest characters of Chinese prose sit in level 1 of GB 2312; a wrong decoding scatters.
_COMMON = re.compile(
    "[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "先回则任取据处理府研市县省企复疫控防网闻记报首页这來個們國這為時對會發動過說產種後學經進還開實現體電無當條問關"
    "\u3000\u3001\u3002\u300a\u300b\u3010\u3011\u201c\u201d，：；！？（）]+"
)
_BROKEN = re.compile("[\ufffd\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a page, the encoding it was read in, and what was odd about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    utf8: bytes | None = field(default=None, compare=False, repr=False)
    """The text in UTF-8, where the page is just that."""


def decode(body: bytes | str, headers: Mapping[str, str] | None = None) -> Decoded:
    """Turn the bytes of a page into text without control characters; never raises.

    `headers` are the HTTP headers (any case of the names); they and the page's own declaration are only evidence.
    A `str` is passed through with its control characters removed.

    >>> decode("复工率".encode("gbk"), {"Content-Type": "text/html; charset=utf-8"}).text
    '复工率'
    >>> decode("截至昨日复工".encode()[:-1]).text
    '截至昨日复'
    """
    if isinstance(body, str):
        return Decoded(CONTROLS.sub("", body), "str")
    for bom, name in _MARKS:
        if body.startswith(bom):
            return _read(body[len(bom) :], name, None)
    declared = _declared(body, headers)
    try:
        return _read_strictly(body, declared)
    except UnicodeDecodeError as error:
        # A page that was cut inside its last character is still UTF-8.
        if error.start >= len(body) - 3 and error.reason == "unexpected end of data" and error.start > 0:
            return Decoded(CONTROLS.sub("", body[: error.start].decode()), "utf-8", ("encoding: last character cut",))
    return _read_other(body, declared)


def _read_strictly(body: bytes, declared: str) -> Decoded:
    if b"\x00" in body and body.count(0) > len(body) // 4:
        return _read(body, _utf16(body), None)
    text = body.decode("utf-8")
    plain = _without_c0(text, body)
    warned = declared not in ("", "utf-8") and not text.isascii()
    warnings = (f"encoding: declared {declared}, is utf-8",) if warned else ()
    return Decoded(plain, "utf-8", warnings, body if plain is text else None)


def _without_c0(text: str, body: bytes) -> str:
    """The text without C0 controls; whether there are any is seen faster in the bytes."""
    return text.translate(_C0) if len(body.translate(None, _C0_BYTES)) != len(body) else text


def _read_other(body: bytes, declared: str) -> Decoded:
    """Not strict UTF-8: GBK, Big5, UTF-8 with a few broken bytes, or UTF-16 without its mark."""
    if b"\x00" in body and body.count(0) > len(body) // 8:
        return _read(body, _utf16(body), None)
    texts = {"gb18030": body.decode("gb18030", "replace")}
    if declared in ("", "gb18030") and _plausibility(texts["gb18030"], False) > _PLAIN:
        return _finish(_without_c0(texts["gb18030"], body), "gb18030", declared)
    for name in ("utf-8", "big5hkscs"):
        texts[name] = body.decode(name, "replace")
    marks = {name: _plausibility(text, name == declared) for name, text in texts.items()}
    best = max(marks, key=lambda name: marks[name])
    return _finish(_without_c0(texts[best], body), best, declared)


def _utf16(body: bytes) -> str:
    return "utf-16-be" if body[::2].count(0) > body[1::2].count(0) else "utf-16-le"


def _plausibility(text: str, is_declared: bool) -> float:
    """Share of common Chinese characters among what is not ASCII, less what could not be read; 1 is plain prose."""
    foreign = _sample(text)
    if not foreign:
        return 1.0
    common = len(foreign) - len(_COMMON.sub("", foreign))
    broken = len(_BROKEN.findall(foreign))
    return (common - 4 * broken) / len(foreign) + (0.05 if is_declared else 0.0)


def _sample(text: str) -> str:
    """The first foreign characters of the text, as many as are judged."""
    found = ""
    for at in range(0, len(text), _WINDOW):
        piece = text[at : at + _WINDOW]
        if not piece.isascii():  # known without a look at the characters
            # Bytes are dropped many times faster than a pattern finds characters.
            foreign = piece.encode("utf-8", "surrogatepass").translate(None, _ASCII)
            found += foreign.decode("utf-8", "surrogatepass")
            if len(found) >= _JUDGED:
                break
    return found[:_JUDGED]


def _read(body: bytes, encoding: str, declared: str | None) -> Decoded:
    return _finish(CONTROLS.sub("", body.decode(encoding, "replace")), encoding, declared)


def _finish(text: str, encoding: str, declared: str | None) -> Decoded:
    warnings = []
    if declared and declared != encoding:
        warnings.append(f"encoding: declared {declared}, is {encoding}")
    if text.endswith("\ufffd"):
        text = text.rstrip("\ufffd")
        warnings.append("encoding: last character cut")
    if "\ufffd" in text:  # far faster than to count
        broken = text.count("\ufffd")
        warnings.append(f"encoding: {broken} unreadable characters")
    return Decoded(text, encoding, tuple(warnings))


def _declared(body: bytes, headers: Mapping[str, str] | None) -> str:
    """Family name of the declared encoding, the page's own declaration before the header's; "" if there is none."""
    found = ""
    for word in (b"charset", b"CHARSET", b"encoding"):
        if found:
            break
        at = body.find(word, 0, 200 if word == b"encoding" else _FAR)
        while at >= 0:
            if (match := _CHARSET.match(body, at)) and _IN_META.search(body, max(0, at - 200), at):
                found = match.group(1).decode("ascii", "replace")
                break
            at = body.find(word, at + 7, _FAR)
    if not found and headers:
        value = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
        if header := _HEADER.search(value):
            found = header.group(1)
    found = found.lower()
    return _FAMILY.get(found, found)
