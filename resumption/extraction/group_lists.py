"""Groups told by a list: 锁具、燃具、音响三个行业到岗率分别为…; 交通项目复工率92.3%，水利88.9%."""

from __future__ import annotations

import re

from resumption.extraction.figures import Figure
from resumption.extraction.group_phrases import trimmed
from resumption.extraction.group_staff import STAFF_CODES
from resumption.extraction.group_subjects import GENERAL_SUBJECT, PREDICATE, SECTOR
from resumption.extraction.groups import flags_of
from resumption.extraction.words import Is

_SHARED_NOUN = re.compile(r"[二两三四五六七八九十0-9]{1,2}[个大][\u4e00-\u9fff]{0,6}(?:行业|产业|板块|领域)")
_ITEM_OF_MANY = re.compile(r"[\u4e00-\u9fff]{1,8}")
_ITEM = re.compile(r"[\u4e00-\u9fff]{2,6}$")
_ITEM_NOUN = re.compile(r"(?:建设者|务工人员|员工|职工|工人|项目|工地|企业|行业|产业)$")


def listed_group(figure: Figure, figures: list[Figure], text: str, floors: list[int]) -> str:
    """锁具、燃具、音响三个行业到岗率分别为…; 交通项目复工率92.3%，水利88.9%: groups told by a list."""
    if figure.family != "rate" or figure.kind != "level":
        return ""
    people = figure.indicator in STAFF_CODES
    run_start = figure
    for other in reversed(figures[: figure.index]):
        if other.family != "rate" or text[other.q.end : run_start.q.start] not in ("、", "和", "及"):
            break
        run_start = other
    sentence = max(text.rfind(mark, 0, run_start.q.start) for mark in "。；，\n") + 1
    match = _SHARED_NOUN.search(text, sentence, run_start.q.start)
    if match and "、" in text[sentence : match.start()]:
        names = text[sentence : match.start()].removesuffix("等").split("、")
        place = figure.index - run_start.index
        run = 1
        while figures[run_start.index + run : run_start.index + run + 1] and text[
            figures[run_start.index + run - 1].q.end : figures[run_start.index + run].q.start
        ] in ("、", "和", "及"):
            run += 1
        if len(names) == run and place < len(names) and all(_ITEM_OF_MANY.fullmatch(name) for name in names):
            return trimmed(names[place]) + ("企业员工" if people else "企业")
        return ""
    if figure.rule != "<list> <percent>" or not figure.index:
        return ""
    before = figures[figure.index - 1]
    start = max(text.rfind(mark, 0, figure.q.start) for mark in "，；、") + 1
    piece = text[start : figure.q.start].removesuffix("为").removesuffix("约")
    if before.population.endswith("业") and (sector := SECTOR.fullmatch(piece)):
        return sector[0]
    noun = _ITEM_NOUN.search(before.population)
    if (
        start <= before.q.start
        or noun is None
        or not _ITEM.match(piece)
        or any(start < f <= figure.q.start for f in floors)
        or flags_of(piece) & (PREDICATE | Is.RISE | Is.COMPARE | Is.WORKER)
        or piece in GENERAL_SUBJECT
        or re.search(r"^[其比较高低]|分别|依次|达到?$|是$", piece)
    ):
        return ""
    if piece.endswith(("企业", "行业", "业", "项目", "工地")) and noun[0] not in ("员工", "职工", "工人"):
        return piece
    return piece + noun[0]
