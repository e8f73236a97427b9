"""Groups told by a list: 锁具、燃具、音响三个行业到岗率分别为…; 交通项目复工率92.3%，水利88.9%."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.group_phrases import trimmed
from resumption.extraction.group_staff import STAFF_CODES
from resumption.extraction.group_subjects import GENERAL_SUBJECT, PREDICATE, SECTOR
from resumption.extraction.groups import flags_of
from resumption.extraction.sentences import begin_of, last_end
from resumption.extraction.words import VERB, Is, Word
from resumption.items import Unit

_SHARED_NOUN = re.compile(r"[二两三四五六七八九十0-9]{1,2}[个大][\u4e00-\u9fff]{0,6}(?:行业|产业|板块|领域)")
_ITEM_OF_MANY = re.compile(r"[\u4e00-\u9fff]{1,12}")
_ITEM = re.compile(r"[\u4e00-\u9fff]{2,8}")
_NO_ITEM = re.compile(
    r"^(?:高[于出达至]|低[于至]|达到|超过|恢复|回升|相当|接近|不足|约为|占)|^[其比较去上下同本今昨前这那该从由至到全各余另]|分别|依次|达到?$|是$|[省市县区镇州]$|年|月|日|周|同期|以来|水平|之[前后]|比例|总体|整体|剩|其余|率$|[一二三四五六七八九十两几]成"
)
_ITEM_NOUN = re.compile(r"(?:建设者|务工人员|员工|职工|工人|项目|工地|企业|行业|产业)$")


_JOINTS = ("、", "和", "及", "与")
_SPLIT = re.compile(r"[、和及与]")
_OTHERS = re.compile(
    r"(?:等[\u4e00-\u9fff]{0,4}|[二两三四五六七八九十0-9]{1,2}[个大类])(?=行业|产业|领域|企业|项目|门店|商户|网点|场所|单位|工地)"
)
_TAIL = re.compile(r"(?:行业|产业|领域|企业|项目|工地|门店|商户|网点|场所|单位)$")


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


_PART_NAME = re.compile(r"[（、，和；]([\u4e00-\u9fff]{2,8}?)(?:有|为|共|约|各)?$")
_KIND_OF_PART = re.compile(r"[业类型资营属产]$")
_OWN_HEADS = ("煤矿", "矿山", "工地", "工程", "标段", "商户", "门店")
_HEADS = {"enterprise": "企业", "project": "项目", "person": "员工"}


def part_in_bracket(figure: Figure, figures: list[Figure], text: str, floors: list[int]) -> str:
    """120家企业（规上80家、规下40家）: the part whose name stands right before a number in a bracket of several."""
    if not figure.inside or figure.family not in _HEADS or figure.kind != "level":
        return ""
    beside = figures[max(0, figure.index - 1) : figure.index] + figures[figure.index + 1 : figure.index + 2]
    if not any(f.inside and f.q.classifier == figure.q.classifier for f in beside):
        return ""
    start = figure.q.begin
    name = _PART_NAME.search(text, max(0, start - 10), start)
    if name is None or any(name.start(1) < floor for floor in floors if floor <= start):
        return ""
    part, flags = name[1], flags_of(name[1])
    if flags & (VERB | Is.RATE | Is.REMAINDER | Is.SUBSET | Is.CUMULATIVE):
        return ""
    if not flags & (Is.MODIFIER | Is.ENTERPRISE | Is.PROJECT) and not _KIND_OF_PART.search(part):
        return ""
    whole = next((f.population for f in reversed(figures[: figure.index]) if not f.inside and f.population), "")
    if flags & (Is.ENTERPRISE | Is.PROJECT):
        return part
    head = next((noun for noun in _OWN_HEADS if whole.endswith(noun)), _HEADS[figure.family])
    return part + head


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
    if rate is None and run[0].rule in _LISTED:
        return _names_again(run, text, floors)
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


_AGAIN = re.compile(
    r"[，；。]((?:[\u4e00-\u9fff]{2,8}、)+[\u4e00-\u9fff]{2,8}|(?:[\u4e00-\u9fff]{2,8}、)*[\u4e00-\u9fff]{2,8}[和及与][\u4e00-\u9fff]{2,8})"
    r"(?:分别|依次|各)(?:约为|达到?|为|是)?$"
)


def _names_again(run: list[Figure], text: str, floors: list[int]) -> list[str]:
    """低压电器和汽摩配分别为92%、85% after a rate: the names that stand before 分别."""
    begin = run[0].q.begin
    match = _AGAIN.search(text, max(0, begin - 60), begin)
    if match is None or any(match.start(1) < f <= begin for f in floors):
        return []
    names = _SPLIT.split(match[1])
    if len(names) != len(run) or any(flags_of(name) & PREDICATE or _NO_ITEM.search(name) for name in names):
        return []
    tail = _TAIL.search(names[-1])
    return [name if tail is None or name.endswith(("业", tail[0])) else name + tail[0] for name in names]


_REACH = re.compile(
    r"(?:[也则仅只才还都均稍略已]|普遍|最[高低快慢好差]|分别|依次|垫底|居首|领先|有|达到?|为|是|约|刚[过到满]|更是|恢复到?|回升到?|升到|[不超近将]|不到|不足|不过|接近|平均"
    r"|(?<![存现实所])在|大约|大概|差不多|几乎)$"
)


def _without_reach(piece: str) -> str:
    """纺织服装 of 纺织服装也只有: without the words between a label and its number."""
    while (match := _REACH.search(piece)) is not None:
        piece = piece[: match.start()]
    return piece


_SUPERLATIVE = re.compile(
    r"[，；。：]([\u4e00-\u9fff]{2,9}?)(?:恢复|复工|开工|到岗)?(?:得)?(?:垫底|最[高低快慢好差]|居首|领先|排名?第一|殿后|稍慢|稍低|较[慢快低高]|更[慢快低高])，(?:[也则仅只才]|为|有|达到?|是|约)*$"
)
"""纺织服装垫底，为83.1%: the trade that stands in the clause before."""
_FIRST_OF_LIST = re.compile(r"(?:从高到低|由高到低|分别|依次|如下|来看|情况|其中)(?:是|为)?：([\u4e00-\u9fff]{2,8})$")
"""产能恢复率从高到低：冷柜81.4%: the first label of a list."""
_OF_KIND = re.compile(r"[，；、。：]([\u4e00-\u9fff]{2,8}类)(?:有|共|达|为)?$")
"""产业类51个，…；基础设施类29个: the kind, whose noun stands in the group before."""


def _item(figure: Figure, figures: list[Figure], text: str, floors: list[int]) -> str:
    """水利88.9% after 交通项目复工率92.3%: the item names its group short, the noun stands in the first."""
    if figure.rule == "<rate> …，<percent>" and (topic := _of_topic(figure, text)):
        return topic
    if not figure.index:
        first = _FIRST_OF_LIST.search(text, max(0, figure.q.begin - 24), figure.q.begin)
        if first is None or figure.rule != "<rate> …，<percent>" or last_end(floors, figure.q.begin) > first.start(1):
            return ""
        return "" if flags_of(first[1]) & PREDICATE or _NO_ITEM.search(first[1]) else first[1]
    before = figures[figure.index - 1]
    if figure.q.unit is Unit.COUNT and (kind := _OF_KIND.search(text, before.q.end, figure.q.begin)):
        noun = _ITEM_NOUN.search(before.population)
        return kind[1] + noun[0] if noun is not None else ""
    if figure.rule == "<column of a list>" and text[before.q.end : figure.q.start] == "、":
        return before.population
    if figure.rule not in _LISTED:
        return ""
    superlative = _SUPERLATIVE.search(text, max(0, figure.q.begin - 24), figure.q.begin)
    if superlative is not None and superlative.start(1) > before.q.end:
        start, piece = superlative.span(1)[0], superlative[1]
    else:
        start = begin_of(text, "，；、：。\n", figure.q.begin)
        piece = _without_reach(text[start : figure.q.begin])
    if piece.startswith("其中"):
        start, piece = start + 2, piece[2:]
    if (example := _EXAMPLE.match(piece)) is not None:
        start, piece = start + example.end(), piece[example.end() :]
    if (sectors := _SECTORS.search(text, max(before.q.end, figure.q.begin - 60), figure.q.begin)) is not None:
        return sectors[1]
    if before.population.endswith("业") and (sector := SECTOR.fullmatch(piece)):
        return sector[0]
    if (
        start < before.q.end
        or not _ITEM.fullmatch(piece)
        or any(start < f <= figure.q.start for f in floors)
        or flags_of(piece) & (PREDICATE | Is.RISE | Is.COMPARE | Is.WORKER | Is.IDLE | Is.REMAINDER)
        or piece in GENERAL_SUBJECT
        or _NO_ITEM.search(piece)
    ):
        return ""
    noun = _ITEM_NOUN.search(before.population)
    if noun is None:
        return piece if piece.endswith(_NAMES_ALONE) or not before.population or figure.rule in _OF_KINDS else ""
    if piece.endswith(_NAMES_ALONE) and noun[0] not in ("员工", "职工", "工人"):
        return piece
    return piece + noun[0]


_TOPIC = re.compile(
    r"(?:^|[，。；：\n])(?:其中|而)?([\u4e00-\u9fff、]{2,20}?)的?(?:平均|整体|综合)?(?:复工复产|开复工|复工|开工|复产|返岗|到岗|开业|复业|复市)率"
    r"[^，。；0-9]{0,12}，(?:已|约|目前)?(?:达到?|仅为|为|超过?|在|约)?$"
)


def _of_topic(figure: Figure, text: str) -> str:
    """电子信息产业复工率最高，达到97.8%: the group of the rate that the clause before names."""
    found = _TOPIC.search(text, max(0, figure.q.begin - 60), figure.q.begin)
    piece = trimmed(found[1]) if found is not None else ""
    return piece if SECTOR.fullmatch(piece) or flags_of(piece) & (Is.ENTERPRISE | Is.PROJECT) else ""


_EXAMPLE = re.compile(r"(?:比如|例如|譬如|如(?!皋|东县|意))(?=[\u4e00-\u9fff]{3})")
"""如某某工厂48%: one of those that the figure before sums up."""
_SECTORS = re.compile(
    r"(?:^|[，。；：]|其中)((?:[\u4e00-\u9fff]{2,8}、)+[\u4e00-\u9fff]{2,8}?等?(?:行业|产业|领域))(?:也|均|都|已|已经|则|更){0,2}(?:超|超过|达|达到|突破|高于|在|为|是)?(?:到)?$"
)
"""石油石化、通信、电网等行业已超93%: all that the list names."""
_LISTED = frozenset(
    {
        "<list> <percent>",
        "<column of a list>",
        "<list of the paragraph> <percent>",
        "<rate>，<group> 恢复 <percent>",
        "<rate> …，<percent>",
    }
)
_OF_KINDS = frozenset({"<list> <percent>", "<column of a list>", "<rate>，<group> 恢复 <percent>"})
_NAMES_ALONE = ("企业", "行业", "业", "项目", "工地", "厂", "店", "商户", "门店", "市场", "矿", "煤矿")
