"""Subjects that no word list knows: 装备工业复工率, 水暖厨卫328家, 抽水泵340台."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.group_phrases import begin_of_name, clause_of, trimmed
from resumption.extraction.group_staff import BARE_STAFF
from resumption.extraction.groups import flags_of
from resumption.extraction.sentences import last_end
from resumption.extraction.words import VERB, Is

_SECTOR_ITEM = re.compile(r"[\u4e00-\u9fff、]{2,10}$")
SECTOR = re.compile(
    r"[\u4e00-\u9fff、]{2,34}业(?<!企业)(?<!作业)(?<!行业)(?<!开业)(?<!营业)(?<!就业)(?<!停业)(?<!复业)"
)
GENERAL_SUBJECT = frozenset(
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
        "用工",
        "所有",
        "所以从",
        "闭环",
        "只有",
        "年前",
        "节前",
        "正常",
        "面上",
        "矿上",
        "镇上",
        "村里",
        "合计",
        "全员",
        "也就",
        "通常",
        "首批",
        "首日",
        "第一批",
        "周度",
        "虽然",
        "尽管",
        "因为",
        "如果",
        "月度",
        "本周",
        "当周",
        "本期",
        "日度",
    }
)


_SAID_OF = re.compile(r"[共有约近超达其余另还仍]|也是")
_PLACES_ONLY = re.compile(r"^[0-9一二三四五六七八九十两各]{0,4}个?[省市县区州镇地]{1,4}$")


PREDICATE = Is.RATE | Is.CAPACITY | Is.RESUME | Is.RETURN | Is.DENOMINATOR | Is.CUMULATIVE


_BLOCKED = Is.COMPARE | Is.TARGET | Is.NEGATION | Is.SERVE_PREPOSITION | Is.GIVE | Is.OTHER_TOPIC
NO_NAME_END = (
    "区", "市", "县", "省", "镇", "旗", "州", "盟", "乡", "街道", "国", "厅", "局", "委", "办", "部门", "政府",
    "中心", "银行", "数量", "我们", "他们", "后", "前",
    "以来", "期间", "当天", "当日", "首日", "初期", "时", "一带", "里", "家", "户", "大家",
)  # fmt: skip
_NO_NAME = re.compile(
    r"影响|[有只才就]$|^初[一二三四五六七八九十]|正月|已经|[上下]午|同时|今年|去年|月|日|期|[看占说听]|率先|^按|元宵|除夕|春节|国庆|一[家户个]不[落少]|^这|^该|上述|我们|他们"
)


def bare_subject(figure: Figure, text: str, floors: list[int]) -> str:
    """装备工业复工率, 盛达药业已到岗760人: the subject of the clause, though no word list knows it."""
    decided = next((w for w in figure.left if w.flags & PREDICATE), None)
    if decided is None or figure.left_start != figure.clause_start:
        return ""
    start = begin_of_name(text, max(figure.left_start, last_end(floors, decided.start)), floors)
    between = [w for w in figure.left if start <= w.start < decided.start]
    rate = figure.last(Is.RATE)
    if rate is not None and (named := trimmed(text[start : rate.start])).endswith("业") and SECTOR.fullmatch(named):
        return named
    if any(w.flags & _BLOCKED for w in between) or "）" in text[start : decided.start]:
        return ""
    piece = _name(_NEWLY.sub("", text[start : decided.start]))
    if piece.startswith(("正在", "等待", "正等", "待")):
        return ""  # 正在检修11户
    return piece.removesuffix("总体").removesuffix("平均").removesuffix("企业中") + (
        "企业" if piece.endswith("企业中") else ""
    )


_NEWLY = re.compile(r"(?:新增|累计|合计|共计|日增|净增|当日新增|今日新增|已经|已|共){1,3}$")


def earlier_subject(figure: Figure, text: str, floors: list[int]) -> str:
    """青禾电子假期连续生产，产能发挥85%: the subject of the clause before, which only says that it works."""
    said = figure.earlier[-1] if figure.earlier else None
    if said is None or not said.flags & Is.RESUME or figure.clause_start - said.end > 2:
        return ""
    begin = clause_of(text, said.start)
    begin += 2 if text.startswith("其中", begin) else 0
    if any(
        begin <= w.start and w.end - w.start > 1 and not w.flags & (Is.RESUME | Is.CUMULATIVE | Is.ALL | Is.MODIFIER)
        for w in figure.earlier
    ):
        return ""  # one sign alone is part of a name: 中联重科
    first = next(w for w in figure.earlier if begin <= w.start and w.flags & Is.RESUME)
    time = _SINCE.search(text, begin, first.start)
    end = time.start() if time else first.start
    return _name(text[max(begin, last_end(floors, end - 1)) : end])


_SINCE = re.compile(r"正式|全面|率先|顺利|陆续|春节|节日|假期|疫情|目前|现|已|从|自|于|在|[0-9]")


def _name(piece: str) -> str:
    """The piece if it can be the name of a group, "" if it is a place, an office, a time or another phrase."""
    piece = trimmed(piece)
    if (
        _PLACES_ONLY.fullmatch(piece)
        or not _SECTOR_ITEM.fullmatch(piece)
        or piece in GENERAL_SUBJECT
        or piece in BARE_STAFF
        or piece.endswith(NO_NAME_END)
        or _NO_NAME.search(piece)
    ):
        return ""
    return piece


def silent_thing(figure: Figure, text: str) -> str:
    """抽水泵340台 in a list of supplies: the word before the number, whatever it is."""
    if "<unknown noun>" in figure.rule and figure.left:
        return trimmed(text[figure.left[-1].end : figure.q.start])
    if figure.left or figure.left_start == figure.clause_start or figure.family not in ("supply", "vehicle"):
        return ""
    piece = text[figure.left_start : figure.q.start].rsplit("、", 1)[-1].strip("和及，")
    return piece if 2 <= len(piece) <= 8 and not piece.endswith("了") else ""


def silent_subject(figure: Figure, figures: list[Figure], text: str, floors: list[int]) -> str:
    """水暖厨卫328家: a sector without a head noun, in a list of sectors."""
    if not figure.is_enterprise_count:
        return _works_item(figure, text, floors)
    verb = next((w for w in reversed(figure.left) if not w.flags & Is.MODIFIER), None)
    if verb is not None and not verb.flags & (Is.SERVE | Is.GIVE | Is.SUBSET):
        return ""
    start = max(figure.left_start, last_end(floors, figure.q.start), verb.end if verb else 0)
    piece = text[start : figure.q.start].strip("，、；：“” ")
    if flags_of(piece) & (Is.RESUME | Is.RETURN | Is.RATE) or piece.endswith(("数量", "总数", "情况", "相加")):
        return ""
    if (
        verb is not None
        and verb.flags & Is.SUBSET
        and not (flags_of(piece[-2:]) & Is.MODIFIER or piece[-1:] in "业级类型")
    ):
        return ""  # 其中创业园16家: where they are
    if piece.startswith(("经", "因", "由", "受", "被", "只")) or piece.endswith(
        ("的", "保留", "关停", "淘汰", "镇", "街道")
    ):
        return ""
    if _SECTOR_ITEM.fullmatch(piece) and "、" not in piece and not _SAID_OF.search(piece):
        return piece if verb is not None and not verb.flags & Is.SUBSET else piece + "企业"
    return ""


def _works_item(figure: Figure, text: str, floors: list[int]) -> str:
    """重大产业47个，…；生态环境11个，…: an item of a list of works, without the noun that all of them share."""
    start = max(figure.left_start, last_end(floors, figure.q.start))
    opens = text[start - 1 : start] in "；。：\n、" or start == 0 or text[start - 2 : start] in ("其中", "中，")
    piece = text[start : figure.q.start]
    if (
        not opens
        or text[figure.q.end : figure.q.end + 1] not in "，、；。（"
        or any(w.flags & VERB for w in figure.left)
    ):
        return ""
    if len(piece) > 12 or _SAID_OF.search(piece) or not _name(piece) or flags_of(piece) & PREDICATE:
        return ""
    return piece if piece.endswith(("项目", "工程", "工地")) else piece.removesuffix("类") + "项目"
