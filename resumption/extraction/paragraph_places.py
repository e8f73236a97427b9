"""Paragraphs that are of one place as a whole: 湖南。…, and those of one who speaks for a place.

In the record of a press conference 巩义市副市长康彦民：… tells whose figures follow, and so does 康彦民：… later on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from resumption.extraction import lazy_re as re
from resumption.extraction.regions import Place
from resumption.items import Mention

_OFFICE = re.compile(
    r"[\u4e00-\u9fff、（）]{0,22}?(?:长|主任|书记|负责人|发言人|代表|总监|巡视员|主席|专员|干部)[ 　]?"
    r"([\u4e00-\u9fff]{2,3})(?:（[^（）\n]{1,10}）)?："
)
"""What stands between the place and the colon; the name is its group."""
_NAME = re.compile(r"[【\[]?(?:同期声】?)?[ 　]{0,4}([\u4e00-\u9fff]{2,3})：")
_HEAD = re.compile(r"(?:[【\[]同期[声]?[】\]])?[ 　]{0,4}")


def places_of_paragraphs(text: str, places: Sequence[Mention]) -> dict[int, Mention]:
    """Offset of a paragraph to its place, for every paragraph that begins with one or with who speaks for one."""
    named = {m.start: m for m in places if isinstance(m.value, Place) and m.value.region is not None}
    of_name: dict[str, Mention] = {}
    found: dict[int, Mention] = {}
    at = 0
    while at < len(text):
        head = _HEAD.match(text, at)
        start = head.end() if head else at
        mention = named.get(start)
        if mention is not None and (office := _OFFICE.match(text, mention.end)):
            of_name[office[1]] = found[at] = mention
        elif mention is not None and _place(mention).form != "anaphor" and text.startswith("。", mention.end):
            found[at] = mention
        elif (name := _NAME.match(text, start)) and name[1] in of_name:
            found[at] = of_name[name[1]]
        end = text.find("\n", at)
        at = end + 1 if end >= 0 else len(text)
    return found


def speaks_of(anaphor: Mention, place: Mention) -> bool:
    """True if 全市, 县里 can mean the place by its kind."""
    region = _place(place).region
    kind = next((sign for sign in anaphor.text if sign in _KINDS), "")
    return region is not None and bool(kind) and region.name.endswith(kind)


_KINDS = frozenset("省市县区州旗盟镇")
_place: Callable[[Mention], Place] = attrgetter("value")
