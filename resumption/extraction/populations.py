"""The group a figure describes: the noun phrase that is counted, as written and short, and its canonical codes.

A count takes the phrase beside it; a rate, a number of people or money without one takes the group that the sentence,
the paragraph or the article named last, so 复工率 after 96户规上工业企业 is of 规上工业企业.
"""

from __future__ import annotations

import re
from functools import cache

from resumption.extraction.figures import Figure
from resumption.extraction.groups import Groups, flags_of
from resumption.extraction.nouns import right_noun
from resumption.extraction.words import NOUN, Is, Word, find_words
from resumption.lexicon.populations import load_populations

_MAX = 22
_LEADING = re.compile(
    r"^(?:[前后](?=规|重|全|企)|[的了和与及、，：；“”（）\s—]|以上|左右|多(?!数)|余|其中|全部|共有|已有|现有|目前|累计|共计|合计|总计|全市|全省|全县|全区|全国|全镇|全州|我市|我省|我县|我区|市内|区内|境内|辖区内?|各类?|约|近|有(?![色限])|是|共|已|将|在(?!建|产|营)|对|向|给|帮助|推动|组织|由|从|使|让|该区|该市|另有|还有|仍有|尚有|另外|分别|均|涉及|包括|含|如|真正|主因是|据悉|等地?|还|为|时|平均|其他(?=企业))+"
)
_TRAILING = (
    "已经", "数量", "总数", "共有", "已有", "累计", "目前", "分别", "人数", "平均",
    "的", "了", "数", "）", "（", " ", "，", "、", "均", "已", "共", "达", "为", "现", "\u3000",
)  # fmt: skip
_PART = re.compile(
    r"(?:^|[其中，（、])(本地|外地|省外|省内|市外|市内|县外|县内|区内|区外|跨省|本省|外省|境内|本市|外市)(?:的|员工|籍)?$"
)
_STOP = (
    Is.RESUME | Is.IDLE | Is.RETURN | Is.CARRY | Is.ARRIVE | Is.GIVE | Is.SOLVE | Is.REQUEST | Is.APPROVE | Is.SANCTION
    | Is.TARGET | Is.SUBSET | Is.SHARE | Is.HIRE | Is.CUMULATIVE | Is.ASSIGN | Is.SERVE | Is.RATE | Is.COMPARE
    | Is.RESPECTIVELY | Is.WITHIN | Is.RUN | Is.DENOMINATOR | Is.INCREMENT | Is.SERVE_PREPOSITION | Is.REMAINDER
)  # fmt: skip
_GROUP = Is.ENTERPRISE | Is.PROJECT
_OF_FAMILY = {
    "enterprise": Is.ENTERPRISE | Is.PROJECT,
    "project": Is.PROJECT | Is.ENTERPRISE,
    "person": Is.WORKER | Is.OFFICER | Is.JOB | Is.ENTERPRISE | Is.PROJECT,
    "rate": Is.ENTERPRISE | Is.PROJECT | Is.WORKER,
    "power": Is.POWER | Is.ENTERPRISE,
    "money": Is.FUND | Is.PROJECT | Is.ENTERPRISE,
    "output": Is.OUTPUT | Is.ENTERPRISE | Is.SUPPLY,
    "vehicle": Is.VEHICLE,
    "pass": Is.PASS,
    "problem": Is.PROBLEM,
    "supply": Is.SUPPLY,
    "job": Is.JOB | Is.WORKER,
    "time": Is.PASS | Is.FUND,
}
_STAFF_CODES = frozenset({"workers_returned", "workers_total", "worker_return_rate"})
_BARE_STAFF = frozenset(
    {
        "员工",
        "职工",
        "工人",
        "人员",
        "务工人员",
        "从业人员",
        "建设者",
        "劳务",
        "施工人员",
        "建设人员",
        "管理人员",
        "用工",
        "人",
        "企业员工",
        "企业职工",
    }
)
_SECTOR_ITEM = re.compile(r"[\u4e00-\u9fff、]{2,10}$")


def read_population(figure: Figure, figures: list[Figure], text: str, floors: list[int], groups: Groups) -> str:
    """The group of a figure; `floors` are the ends of places and dates, at which a phrase cannot begin earlier."""
    wanted = _OF_FAMILY.get(figure.family, NOUN)
    if figure.indicator == "electricity_rate":
        wanted = Is.POWER | Is.ENTERPRISE
    elif figure.indicator == "investment":
        wanted = Is.PROJECT
    if figure.index and "；" in text[figures[figure.index - 1].q.end : figure.q.start]:
        groups.subset = {}
    own = "" if _is_only_helped(figure) else _own(figure, text, floors, wanted)
    if own.startswith(_POINTING):
        own = _pointed_at(own, groups)
    if listed := _listed(figure, figures, text, floors):
        return listed
    if (not own or own in _BARE_STAFF) and figure.family in ("rate", "person") and figure.kind == "level":
        subject = _bare_subject(figure, text, floors)
        if subject and not flags_of(subject) & Is.WORKER:
            groups.name("enterprise", subject, True)
        own = own or subject
    if not own and figure.kind == "change":
        previous = next((f for f in reversed(figures[: figure.index]) if f.indicator == figure.indicator), None)
        if previous is not None and previous.population:
            return previous.population
    within = figure.spoken(figures, Is.SUBSET) is not None and not figure.earlier_mark(text)
    if company := _own_company(figure, own, text, groups):
        return company + (groups.staff if figure.indicator in _STAFF_CODES else "")
    family = "project" if "project" in figure.indicator or figure.indicator == "investment" else "enterprise"
    if figure.family in ("enterprise", "project"):
        own = own or _silent_subject(figure, figures, text, floors)
        if own == "企业" and (subject := _bare_subject(figure, text, floors)):
            own = subject if subject.endswith("企业") else subject + "企业"
        names = (own and flags_of(own) & (_GROUP | Is.MODIFIER)) or own.endswith("企业")
        if names and (own != "企业" or not groups.current(figure.family)):
            groups.name(figure.family, own, within)
        if own == "企业" and groups.heading:
            return groups.heading
        return own or groups.current(figure.family)
    if figure.indicator == "electricity_rate":
        return _whole_society(own or _spoken_phrase(figure, figures, text, floors, Is.POWER), figure, text)
    if figure.indicator in _STAFF_CODES:
        return _staff(figure, figures, text, own, floors, groups)
    if figure.family == "rate":
        if own == "企业" and groups.heading:
            return groups.heading
        if own:
            groups.name(
                "project" if flags_of(own) & Is.PROJECT and not flags_of(own) & Is.ENTERPRISE else "enterprise", own
            )
        return own or groups.current(family)
    if figure.indicator == "investment":
        return own or groups.current("project")
    if figure.family in ("supply", "vehicle") and (silent := _silent_thing(figure, text)):
        return silent
    if own:
        return _whole_society(own, figure, text) if figure.family == "power" else own
    if figure.family == "money":
        previous = next((f for f in reversed(figures[: figure.index]) if f.family == "money" and f.population), None)
        if previous is not None:
            return previous.population
    if figure.family == "person":
        previous = next((f for f in reversed(figures[: figure.index]) if f.family == "person" and f.population), None)
        return previous.population if previous is not None else groups.staff
    if figure.family in ("pass", "problem", "vehicle", "supply"):
        return _spoken_phrase(figure, figures, text, floors, wanted)
    if figure.family == "time":
        return _spoken_phrase(figure, figures, text, floors, Is.PASS) or "复工"
    if figure.family in ("power", "output"):
        spoken = _spoken_phrase(figure, figures, text, floors, wanted)
        return _whole_society(spoken, figure, text) if figure.family == "power" else spoken
    return groups.current("enterprise")


_WORKERS_ALONE = re.compile(r"(?:务工人员|劳动力|农民工|务工者|搬迁群众|脱贫人口|贫困人口)$")
_SIZE_BEFORE = re.compile(r"(?:规模以[上下]|限额以[上下]|[规限][上下])$")
_POINTING = ("这些", "上述", "以上", "该批", "此类")
_SHARED_NOUN = re.compile(r"[二两三四五六七八九十0-9]{1,2}[个大][\u4e00-\u9fff]{0,6}(?:行业|产业|板块|领域)")
_SECTOR_OF_POWER = re.compile(r"工业|企业|产业|制造|调度|行业|公司|铁路|电厂|园区|开发区")
_BARE_POWER = re.compile(
    r"(?:社会|地区|日均|平均|日|最高|最大|单日|当日|统调|网供){0,3}总?(?:用电|电力)?(?:总?量|总?负荷)?$"
)
_POWER_SECTOR = re.compile(r"(?:其中)?(第[一二三]产业|[\u4e00-\u9fff]{2,12}?(?:产业|行业|制造业|服务业))")
_ITEM_OF_MANY = re.compile(r"[\u4e00-\u9fff]{1,8}")
_ITEM = re.compile(r"[\u4e00-\u9fff]{2,6}$")
_ITEM_NOUN = re.compile(r"(?:建设者|务工人员|员工|职工|工人|项目|工地|企业|行业|产业)$")
_NORMAL_STAFF = re.compile(
    r"(?:相当于|占|达到|恢复[到至])?(?:企业)?(?:节前|年前|节后|正常|日常|平时|常年|原有|生产|情况下|[上去]年|同期){0,3}需?"
    r"(?:用工|员工|职工)(?:总数|数量|人数|数|用工|员工)?$"
)
_NORMAL_ONLY = frozenset({"正常", "节前", "年前", "同期", "上年同期", "节后需", "正常水平"})


def _is_only_helped(figure: Figure) -> bool:
    """金融机构为48家中小企业续贷: the noun before 为 is who helps, not who is counted."""
    return (
        figure.indicator == "enterprises_served"
        and figure.rule.startswith("为 <count>")
        and not any(word.flags & _GROUP for word in figure.right)
    )


def _pointed_at(own: str, groups: Groups) -> str:
    """这些企业, 上述企业员工: the group named before, if there is one."""
    rest = own[2:]
    noun = next((n for n in ("企业员工", "企业职工", "企业", "项目", "工地") if rest == n), "")
    current = groups.current("project" if noun in ("项目", "工地") else "enterprise")
    if not noun or not current:
        return own
    return current + noun.removeprefix("企业") if noun.endswith(("员工", "职工")) else current


def _listed(figure: Figure, figures: list[Figure], text: str, floors: list[int]) -> str:
    """锁具、燃具、音响三个行业到岗率分别为…; 交通项目复工率92.3%，水利88.9%: groups told by a list."""
    if figure.family != "rate" or figure.kind != "level":
        return ""
    people = figure.indicator in _STAFF_CODES
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
            return _trimmed(names[place]) + ("企业员工" if people else "企业")
        return ""
    if figure.rule != "<list> <percent>" or not figure.index:
        return ""
    before = figures[figure.index - 1]
    start = max(text.rfind(mark, 0, figure.q.start) for mark in "，；、") + 1
    piece = text[start : figure.q.start].removesuffix("为").removesuffix("约")
    noun = _ITEM_NOUN.search(before.population)
    if (
        start <= before.q.start
        or noun is None
        or not _ITEM.match(piece)
        or any(start < f <= figure.q.start for f in floors)
        or flags_of(piece) & (_PREDICATE | Is.RISE | Is.COMPARE | Is.WORKER)
        or piece in _GENERAL_SUBJECT
        or re.search(r"^[其比较高低]|分别|依次|达到?$|是$", piece)
    ):
        return ""
    if piece.endswith(("企业", "行业", "业", "项目", "工地")) and noun[0] not in ("员工", "职工", "工人"):
        return piece
    return piece + noun[0]


def _whole_society(phrase: str, figure: Figure, text: str) -> str:
    """用电量, 最高负荷 of a place, with no sector in the sentence, are those of the whole society."""
    sentence = max(text.rfind(mark, 0, figure.q.start) for mark in "。\n") + 1
    clause = max(text.rfind(mark, 0, figure.q.start) for mark in "，。；：\n") + 1
    if (sector := _POWER_SECTOR.match(text, clause, figure.q.start)) and sector[1] not in phrase and len(phrase) < 12:
        return sector[1] + "用电"
    if not _BARE_POWER.match(phrase) or _SECTOR_OF_POWER.search(text, sentence, figure.q.start):
        return phrase
    return "全社会" + phrase.removeprefix("社会")


_PRONOUNS = frozenset(
    {"公司", "企业", "厂", "厂里", "工厂", "全厂", "公司员工", "企业员工", "时厂", "员工", "职工", "工人", ""}
)


def _own_company(figure: Figure, own: str, text: str, groups: Groups) -> str:
    """The company's name for figures of a story: its staff, its capacity; "" if the figure is of a group."""
    if figure.indicator not in _STAFF_CODES and figure.indicator not in (
        "capacity_rate",
        "workers_transported",
        "jobs_offered",
    ):
        return ""
    company = groups.company or ("" if groups.paragraph or groups.sentence else groups.story)
    return company if company and own in _PRONOUNS else ""


_GENERAL_SUBJECT = frozenset(
    {
        "总体",
        "整体",
        "平均",
        "综合",
        "目前",
        "其中",
        "预计",
        "现",
        "现有",
        "累计",
        "人员",
        "总",
        "全部",
        "实际",
        "行业",
        "单位",
        "当日",
    }
)


_PLACES_ONLY = re.compile(r"^[0-9一二三四五六七八九十两各]{0,4}个?[省市县区州镇]{1,4}$")


_PREDICATE = Is.RATE | Is.CAPACITY | Is.RESUME | Is.RETURN | Is.DENOMINATOR | Is.CUMULATIVE


def _bare_subject(figure: Figure, text: str, floors: list[int]) -> str:
    """装备工业复工率, 盈趣科技已到岗2119人: the subject of the clause, though no word list knows it."""
    decided = next((w for w in figure.left if w.flags & _PREDICATE), None)
    if decided is None or figure.left_start != figure.clause_start:
        return ""
    start = max(figure.left_start, max((f for f in floors if f <= decided.start), default=0))
    between = [w for w in figure.left if start <= w.start < decided.start]
    if any(
        w.flags & (Is.COMPARE | Is.TARGET | Is.NEGATION | Is.SERVE_PREPOSITION | Is.GIVE | Is.OTHER_TOPIC)
        for w in between
    ):
        return ""
    piece = _trimmed(text[start : decided.start])
    if (
        _PLACES_ONLY.fullmatch(piece)
        or not _SECTOR_ITEM.fullmatch(piece)
        or piece in _GENERAL_SUBJECT
        or piece.endswith(
            ("区", "市", "县", "省", "镇", "国", "厅", "局", "委", "办", "部门", "政府", "中心", "银行", "数量")
        )
        or re.search(r"影响|已经|[上下]午|同时|今年|去年|月|日|期", piece)
    ):
        return ""
    return piece.removesuffix("总体").removesuffix("平均").removesuffix("企业中") + (
        "企业" if piece.endswith("企业中") else ""
    )


def _silent_thing(figure: Figure, text: str) -> str:
    """抽水泵340台 in a list of supplies: the word before the number, whatever it is."""
    if figure.left or figure.left_start == figure.clause_start:
        return ""
    piece = text[figure.left_start : figure.q.start].strip("、和及，")
    return piece if 2 <= len(piece) <= 8 else ""


def _staff(figure: Figure, figures: list[Figure], text: str, own: str, floors: list[int], groups: Groups) -> str:
    """员工 alone is 规上工业企业员工; 本地17216人 is 本地员工."""
    before = text[
        max(figure.left_start, figure.q.start - 6) : figure.q.cue[0]
        if figure.q.cue and figure.q.cue[0] < figure.q.start
        else figure.q.start
    ]
    if part := _PART.search(before):
        previous = next((f for f in reversed(figures[: figure.index]) if f.family == "person" and f.population), None)
        base = next(
            (
                w
                for w in ("务工人员", "农民工", "职工", "员工", "工人", "人员")
                if previous and previous.population.endswith(w)
            ),
            "员工",
        )
        return part.group(1) + base
    if any(text[w.start : w.end].startswith("劳务") for w in figure.left if w.flags & (Is.RATE | Is.WORKER)):
        groups.staff = "劳务"
    group = groups.current("project" if groups.latest == "project" else "enterprise")
    own = "员工" if own in _NORMAL_ONLY else own
    if own and (normal := _NORMAL_STAFF.search(own)) and own not in _BARE_STAFF:
        head = _trimmed(own[: normal.start()])
        if head in ("", "企业", "公司", "被监测企业"):
            own = "员工"
        elif re.search(r"节前|年前|正常|用工", normal[0]):
            own = head + "员工"
    if own in _BARE_STAFF:
        people = next(
            (w for w in figure.left if w.flags & Is.WORKER and text[w.start : w.end] not in _BARE_STAFF), None
        )
        if people is not None:
            return _phrase(text, people, figure.left, max(figure.left_start, _clause_of(text, people.start)), floors)
        beside = _own(figure, text, floors, _GROUP)
        group = beside or group
    if not own:
        previous = next(
            (f for f in reversed(figures[: figure.index]) if f.indicator in _STAFF_CODES and f.population), None
        )
        if previous is not None and previous.index == figure.index - 1 and _WORKERS_ALONE.search(previous.population):
            return previous.population
        if previous is not None and not group and not _PART.match(previous.population[:2]):
            return previous.population
        return group + groups.staff
    if own in _BARE_STAFF and group:
        return group + own.removeprefix("企业")
    if flags_of(own) & _GROUP and not flags_of(own) & Is.WORKER:
        groups.name(
            "project" if flags_of(own) & Is.PROJECT and not flags_of(own) & Is.ENTERPRISE else "enterprise", own
        )
    return own


def _own(figure: Figure, text: str, floors: list[int], wanted: int) -> str:
    if figure.family not in ("rate", "time", "power"):
        noun = right_noun(figure, text)
        if noun is not None and not noun.flags & wanted:  # 48家中小企业|续贷
            end = noun.end
            noun = next((w for w in reversed(figure.right) if w.end <= end and w.flags & wanted), None)
        if noun is not None and noun.flags & wanted:
            phrase = _trimmed(text[figure.q.end : noun.end])
            size = _SIZE_BEFORE.search(text, max(0, figure.q.start - 5), figure.q.start)
            if phrase and size and not phrase.startswith(size[0][:2]):
                return size[0] + phrase  # 规上20户工业企业
            if phrase:
                return phrase
    elif (
        figure.family == "rate"
        and (noun := right_noun(figure, text)) is not None
        and noun.flags & wanted
        and "<group>" in figure.rule
    ):
        return _trimmed(text[figure.q.end : noun.end])
    for words in (figure.left, figure.earlier):
        for word in reversed(words):
            if any(word.start < f <= word.end for f in floors) or _is_ground(figure, text[word.start : word.end]):
                continue
            if word.flags & wanted and not (word.flags & Is.CAPACITY and not word.flags & (Is.ENTERPRISE | Is.OUTPUT)):
                start = (
                    figure.left_start
                    if words is figure.left
                    else (figure.earlier[0].start if figure.earlier else word.start)
                )
                return _phrase(text, word, words, max(start, _clause_of(text, word.start)), floors)
    return ""


def _is_ground(figure: Figure, word: str) -> bool:
    """开发区复产29户: enterprises are counted, the zone is where they are."""
    return figure.q.classifier in ("户", "家") and word in ("开发区", "园区", "工业园区", "产业园区")


def _clause_of(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "，。；：（！？\n") + 1


def _phrase(text: str, noun: Word, words: list[Word], floor: int, floors: list[int]) -> str:
    start = max(floor, noun.end - _MAX, max((f for f in floors if f <= noun.start), default=0))
    for word in words:
        if word.end > noun.start:
            break
        joined = word.flags & NOUN or word.flags & Is.MODIFIER or text[word.end : word.end + 1] == "的"
        if word.flags & _STOP and not joined and word.end > start:
            start = word.end
    return _trimmed(text[start : noun.end])


def _spoken_phrase(figure: Figure, figures: list[Figure], text: str, floors: list[int], wanted: int) -> str:
    noun = figure.spoken(figures, wanted)
    if noun is None:
        return ""
    words = find_words(text, _clause_of(text, noun.start), noun.end)
    return _phrase(text, noun, words, _clause_of(text, noun.start), floors)


def _silent_subject(figure: Figure, figures: list[Figure], text: str, floors: list[int]) -> str:
    """水暖厨卫328家: a sector without a head noun, in a list of sectors."""
    if not figure.is_enterprise_count:
        return ""
    verb = next((w for w in reversed(figure.left) if not w.flags & Is.MODIFIER), None)
    if verb is not None and not verb.flags & (Is.SERVE | Is.GIVE):
        return ""
    start = max(figure.left_start, max((f for f in floors if f <= figure.q.start), default=0), verb.end if verb else 0)
    piece = text[start : figure.q.start].strip("，、；：“” ")
    if flags_of(piece) & (Is.RESUME | Is.RETURN | Is.RATE) or piece.endswith(("数量", "总数", "情况")):
        return ""
    if _SECTOR_ITEM.fullmatch(piece) and "、" not in piece and not re.search(r"[共有约近超达其余另还仍]", piece):
        return piece if verb is not None else piece + "企业"
    return ""


def _trimmed(phrase: str) -> str:
    previous = None
    while previous != phrase:
        previous = phrase
        phrase = _LEADING.sub("", phrase.replace("“", "").replace("”", ""))
        while phrase.endswith(_TRAILING):
            phrase = phrase.removesuffix(next(end for end in _TRAILING if phrase.endswith(end)))
    return phrase if len(phrase) <= _MAX else phrase[-_MAX:]


@cache
def population_codes(population: str) -> tuple[str | None, str | None, str | None]:
    """Canonical size, sector and ownership of a group; None where it says nothing.

    >>> population_codes("规模以上工业企业"), population_codes("外资企业")[2]
    (('above_scale', 'industry', None), 'foreign')
    """
    found: list[str | None] = []
    for dimension in ("size", "sector", "ownership"):
        best: tuple[int, str] | None = None
        for code, words in load_populations().modifiers.get(dimension, {}).items():
            for word in words:
                if word in population and (best is None or len(word) > best[0]):
                    best = (len(word), code)
        found.append(best[1] if best else None)
    return found[0], found[1], found[2]
