"""Places in a text: `find_regions` text -> mentions, `region_of_name` a name given by a caller -> region.

A linker needs three calls: `read_frame` once per document, `find_regions(text, frame)` once per text, and, for a number
without a place of its own, `frame.home` or `meaning_of("全市", frame, earlier)` of `region_scope`.
The caller has normalised the characters (simplified, half-width, same offsets).
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from resumption.extraction.region_patterns import (
    province_letters,
)
from resumption.extraction.region_place import Place
from resumption.extraction.region_reader import Reader
from resumption.extraction.region_scope import (
    Frame,
    chain_of,
    choose,
    contexts_of,
    existing,
    meaning_of,
    region_of_name_code,
)
from resumption.items import Mention, Region
from resumption.lexicon.gazetteer import (
    load_gazetteer,
    parent_chain,
    region_of_unit,
)

__all__ = ["Frame", "Place", "chain_of", "find_regions", "meaning_of", "parent_chain", "read_frame", "region_of_name"]
__all__ += ["region_of_name_code"]

_DATELINE = 60
"""Characters at the head of a text that say where the news comes from."""
_ZONE_NAME = 5
"""The end of a zone's name as later sentences repeat it: 祁门经开区."""
_NAME = 16
"""Characters by which a name may reach beyond them."""


@lru_cache(maxsize=16)
def find_regions(text: str, frame: Frame | None = None) -> tuple[Mention, ...]:
    """Every place that `text` names or points back to, in order, without overlaps; `Mention.value` is a `Place`.

    The last answers are kept: the first lines of an article are asked for several times.
    Offsets are code points. A chain (山东省威海市环翠区) is one mention of its last unit. Names of ordinary words
    (和平, 合作) are places only beside a place or in their own region.

    >>> for m in find_regions("山东省威海市环翠区复工率达95%，青岛、淄博等市超过90%"):
    ...     print(m.start, m.text, m.value.region.code)
    0 山东省威海市环翠区 371002
    17 青岛 370200
    20 淄博 370300
    >>> home = read_frame(region="威海市")
    >>> [(m.text, m.value.region.name) for m in find_regions("全市规上企业中，经区复工98家", home)]
    [('全市', '威海市'), ('经区', '威海经济技术开发区')]
    """
    return tuple(Reader(text, frame or Frame()).read())


def region_of_name(name: str, frame: Frame | None = None) -> Region | None:
    """The region of a name on its own (a channel's or a caller's): 山东省威海市, 沈阳市大东区, 威海经济技术开发区, 鲁.

    None if it is empty, unknown, ambiguous without more context, or has anything beside the name.

    >>> region_of_name("沈阳市大东区").full_name
    '辽宁省沈阳市大东区'
    >>> region_of_name("鼓楼区") is None
    True
    >>> region_of_name("鼓楼区", read_frame(region="徐州市")).code
    '320302'
    """
    frame = frame or Frame()
    name = name.strip()
    if name in province_letters():
        return region_of_name_code(province_letters()[name])
    if name == "中国":
        return region_of_name_code("000000")
    units = existing(load_gazetteer().names.get(name, ()), frame.year) if name in load_gazetteer().names else ()
    if units:
        unit = choose(units, name, contexts_of(frame))
        return region_of_unit(unit, frame.year) if unit else None
    found = find_regions(name, frame)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(name)):
        return None
    place = found[0].value
    return place.region if isinstance(place, Place) else None


def read_frame(region: str = "", title: str = "", text: str = "", source: str = "", year: int | None = None) -> Frame:
    """The document frame: the given region, else the first place of the title, of the dateline, of the source.

    `region` is a channel's or caller's name; unknown names count as none. The first 60 characters of `text` are the
    dateline; if nothing names a place, the first one within 400 characters is taken.

    >>> read_frame(title="泰和县规上工业企业复工率达93.5%").home.full_name
    '江西省吉安市泰和县'
    """
    given = region_of_name(region, Frame(year=year)) if region else None
    base = Frame(home=given, year=year)
    hints: list[Region] = []
    dateline, rest = text[: _DATELINE + _NAME], text[_DATELINE:400]
    for part in (title, dateline, source, rest):
        if part and part is rest:
            if given is None and not hints:
                given = _first_place(part, base)
            break
        for mention in find_regions(part, replace(base, hints=tuple(hints))) if part else ():
            place = mention.value
            if part is dateline and mention.start >= _DATELINE:
                continue
            if not isinstance(place, Place) or place.region is None or place.role or place.form == "anaphor":
                continue
            if place.basis == "far" and hints:
                continue  # 古城文创产业园 in news of Shenyang names no place in Lijiang
            area = place.region
            if part is not title and not _speaks_of_zone(text, mention):
                area = _home_of(place, year, part[mention.start - 1 : mention.start])
            if (not place.in_name or part is source) and area not in hints and area.code:
                hints.append(area)
    if given is None and hints:
        given = hints.pop(0)
        lower = [r for r in hints if given.code in parent_chain(r.code, year)[1:] and title.startswith(given.name[:2])]
        if lower and not title:
            given = lower[0]
    return Frame(home=given, hints=tuple(hints), year=year)


def _speaks_of_zone(text: str, mention: Mention) -> bool:
    """True if a text names the zone of its first lines again, or begins with its administration."""
    name = mention.text[-_ZONE_NAME:]
    return text.count(name) > 1 or text.startswith("管委会", text.find(name) + len(name))


def _home_of(place: Place, year: int | None, before: str) -> Region:
    """The place itself, or what a zone lies in where one workshop is; the zone if the news comes from it (从…获悉)."""
    assert place.region is not None
    if place.form == "zone" and place.basis == "form" and before != "从":
        return region_of_name_code(place.region.code, year) or place.region
    return place.region


def _first_place(text: str, frame: Frame) -> Region | None:
    for mention in find_regions(text, frame):
        place = mention.value
        if isinstance(place, Place) and place.region and place.region.code and not (place.role or place.in_name):
            return _home_of(place, frame.year, text[mention.start - 1 : mention.start])
    return None
