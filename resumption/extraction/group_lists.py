"""Groups told by a list: 锁具、燃具、音响三个行业到岗率分别为…; 交通项目复工率92.3%，水利88.9%."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.group_phrases import trimmed
from resumption.extraction.group_staff import STAFF_CODES
from resumption.extraction.group_subjects import GENERAL_SUBJECT, PREDICATE, SECTOR
from resumption.extraction.groups import flags_of
from resumption.extraction.sentences import begin_of, last_end
from resumption.extraction.words import Is, Word
from resumption.items import Unit

_SHARED_NOUN = re.compile(r"[二两三四五六七八九十0-9]{1,2}[个大][\u4e00-\u9fff]{0,6}(?:行业|产业|板块|领域)")
_ITEM_OF_MANY = re.compile(r"[\u4e00-\u9fff]{1,12}")
_ITEM = re.compile(r"[\u4e00-\u9fff]{2,6}$")
_NO_ITEM = re.compile(r"^[其比较高低]|分别|依次|达到?$|是$")
_ITEM_NOUN = re.compile(r"(?:建设者|务工人员|员工|职工|工人|项目|工地|企业|行业|产业)$")


_JOINTS = ("、", "和", "及", "与")
_SPLIT = re.compile(r"[、和及与]")
_OTHERS = re.compile(r"(?:等[\u4e00-\u9fff]{0,4}|[二两三四五六七八九十0-9]{1,2}[个大类])(?=行业|产业|领域|企业|项目)")
_TAIL = re.compile(r"(?:行业|产业|领域|企业|项目|工地)$")


def listed_group(figure: Figure, figures: list[Figure], text: str, floors: list[int]) -> str:
    """锁具、燃具、音响三个行业到岗率分别为…; 交通项目复工率92.3%，水利88.9%: groups told by a list."""
    if figure.family != "rate":
        return ""
    if bracketed := _bracketed(figure, text, floors):
        return bracketed
    run = _run_of(figure, figures, text)
    if figure.kind != "level":
        before = _run_of(figures[run[0].index - 1], figures, text) if run[0].index else []
        return before[run.index(figure)].population if len(before) == len(run) > 1 else ""
    if len(run) > 1 and (counted := _counted_before(run, figures)):
        name = counted[run.index(figure)]
        return name + "员工" if figure.indicator in STAFF_CODES else name
    if len(run) > 1 and (names := _names_before(run, text, floors)):
        name = names[run.index(figure)]
        return name + "员工" if figure.indicator in STAFF_CODES else name
    return _item(figure, figures, text, floors)


_BEFORE_BRACKET = re.compile(r"[：，、和及]([\u4e00-\u9fff]{2,10})（$")
_NEXT_BRACKET = re.compile(r"）(?:、|和|及|，)[\u4e00-\u9fff]{2,10}（[0-9.]+%）")
_LAST_BRACKET = re.compile(r"[0-9.]%）(?:、|和|及|，)[\u4e00-\u9fff]{2,10}（$")


def _bracketed(figure: Figure, text: str, floors: list[int]) -> str:
    """商贸服务（95.4%）、机械设备（94.1%）: the item of the list before the bracket."""
    start, end = figure.q.start, figure.q.end
    if text[start - 1 : start] != "（" or text[end : end + 1] != "）" or start - 1 in floors:
        return ""
    name = _BEFORE_BRACKET.search(text, max(0, start - 13), start)
    if name is None:
        return ""
    if not _NEXT_BRACKET.match(text, end, end + 30) and not _LAST_BRACKET.search(text, max(0, start - 18), start):
        return ""
    group = name[1] if flags_of(name[1]) & Is.ENTERPRISE or name[1].endswith(("业", "行业")) else name[1] + "企业"
    if flags_of(name[1]) & (Is.RATE | Is.RESUME):
        return ""
    return group + "员工" if figure.indicator in STAFF_CODES else group


def _run_of(figure: Figure, figures: list[Figure], text: str) -> list[Figure]:
    """The rates in a row that it belongs to: 91%、84%和77%."""
    first = last = figure.index
    while first and figures[first - 1].family == "rate" and _joined(figures[first - 1], figures[first], text):
        first -= 1
    while last + 1 < len(figures) and _joined(figures[last], figures[last + 1], text):
        last += 1
    return figures[first : last + 1]


def _joined(left: Figure, right: Figure, text: str) -> bool:
    return text[left.q.end : right.q.start] in _JOINTS


def _counted_before(run: list[Figure], figures: list[Figure]) -> list[str]:
    """加油站356座、药店1280家，营业率分别为98%、96%: the groups counted right before go with the rates, one to one."""
    first = run[0].index
    counts = figures[max(0, first - len(run)) : first]
    names = [f.population for f in counts]
    if len(set(names)) < len(run) or not all(names) or not run[0].left_has(Is.RESPECTIVELY):
        return []
    alike = all(f.indicator == counts[0].indicator and f.family in ("enterprise", "project") for f in counts)
    rates = [w for w in run[0].left if w.flags & Is.RATE]
    return names if alike and len(rates) == 1 else []


def words_of_rate(figure: Figure, figures: list[Figure], text: str) -> list[Word] | None:
    """规上企业开工率和员工到岗率分别为98%、91%: the words that say whose rate it is, those before its own name.

    None if the figure does not stand in a row that goes with a row of rates.
    """
    if figure.family != "rate" or figure.kind != "level":
        return None
    run = _run_of(figure, figures, text)
    rates = [w for w in run[0].left if w.flags & Is.RATE]
    if len(run) < 2 or len(rates) != len(run) or not run[0].left_has(Is.RESPECTIVELY):
        return None
    place = run.index(figure)
    begin = rates[place - 1].end if place else 0
    return [w for w in run[0].left if begin <= w.start and w.end <= rates[place].start]


def _names_before(run: list[Figure], text: str, floors: list[int]) -> list[str]:
    """The groups that a row of rates is told of, one to one; [] if their numbers differ."""
    start = begin_of(text, "。；，\n", run[0].q.start)
    match = _SHARED_NOUN.search(text, start, run[0].q.start)
    if match and "、" in text[start : match.start()]:
        names = text[start : match.start()].removesuffix("等").split("、")
        good = len(names) == len(run) and all(_ITEM_OF_MANY.fullmatch(name) for name in names)
        return [trimmed(name) + "企业" for name in names] if good else []
    said = (*run[0].earlier, *run[0].left)
    rates = [w for w in said if w.flags & Is.RATE]
    rate = rates[0] if rates else None
    if (
        rate is None
        or len(rates) == len(run)
        or not any(w.flags & Is.RESPECTIVELY and w.start > rate.start for w in said)
    ):
        return []
    start = begin_of(text, "。；，：\n", rate.start)
    start = max(start, last_end(floors, rate.start))
    piece = _OTHERS.sub("", trimmed(text[start : rate.start]))
    names = _SPLIT.split(piece)
    if len(names) != len(run) or not all(_ITEM_OF_MANY.fullmatch(name) for name in names):
        return []
    tail = _TAIL.search(names[-1])
    return [name if tail is None or name.endswith(("业", tail[0])) else name + tail[0] for name in names]


_REACHES = re.compile(r"(?:普遍|(?:也|仅|只)?有|仅|达到|达|则?为|约|刚过|更是)$")
_OF_KIND = re.compile(r"[，；、。：]([\u4e00-\u9fff]{2,8}类)(?:有|共|达|为)?$")
"""产业类51个，…；基础设施类29个: the kind, whose noun stands in the group before."""


def _item(figure: Figure, figures: list[Figure], text: str, floors: list[int]) -> str:
    """水利88.9% after 交通项目复工率92.3%: the item names its group short, the noun stands in the first."""
    if not figure.index:
        return ""
    before = figures[figure.index - 1]
    if figure.q.unit is Unit.COUNT and (kind := _OF_KIND.search(text, before.q.end, figure.q.begin)):
        noun = _ITEM_NOUN.search(before.population)
        return kind[1] + noun[0] if noun is not None else ""
    if figure.rule not in ("<list> <percent>", "<column of a list>"):
        return ""
    if figure.rule == "<column of a list>" and text[before.q.end : figure.q.start] == "、":
        return before.population
    start = begin_of(text, "，；、", figure.q.start)
    piece = _REACHES.sub("", text[start : figure.q.begin])
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
        or _NO_ITEM.search(piece)
    ):
        return ""
    if piece.endswith(("企业", "行业", "业", "项目", "工地")) and noun[0] not in ("员工", "职工", "工人"):
        return piece
    return piece + noun[0]
