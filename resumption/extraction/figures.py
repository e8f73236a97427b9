"""A number in its sentence: the words to its left and right, its neighbours, its clause.

`find_figures` does the only walk over tokens; the rules that decide what a number is ask a `Figure`, not the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

from resumption.extraction import lazy_re as re
from resumption.extraction.quantities import Quantity
from resumption.extraction.words import Is, Word
from resumption.items import ChangeBasis, Unit

_NOMINAL = (
    "情况",
    "工作",
    "进度",
    "进展",
    "难题",
    "问题",
    "需求",
    "方案",
    "计划",
    "条件",
    "手续",
    "证明",
    "政策",
    "措施",
    "期间",
    "以来",
    "第一",
    "首日",
    "后",
    "前",
    "调度",
    "指挥",
    "专班",
    "服务",
    "防疫",
    "专题",
    "名单",
    "白名单",
    "招聘会",
    "时间",
    "专场",
)
"""复工情况, 复工以来: the verb names a matter or a time, it says nothing of a count."""
_WHEN_BACK = ("时间", "意愿", "意向", "计划", "日期", "行程")
"""返岗时间, 返岗意愿: nobody is back."""
_MENDED = ("后", "完成", "到位", "合格", "完毕")
"""整改后已恢复5家: what was ordered is over."""
_BACK = 60
"""Figures of a sentence over which a word before the number still holds; only tables on one line have more."""
_BOUNDARY = re.compile(r"[，；：（）。！？\n]|——")
_LABEL_ENDS = frozenset("数率量例面")

ENTERPRISE_MEASURES = frozenset("家户")
PLACE_MEASURES = frozenset({"座", "处", "间", "所", "个", "项", "宗", "口", "艘", "对", "栋", "幢"})


def _last_of(words: list[Word], flags: int) -> Word | None:
    for word in reversed(words):
        if word.flags & flags:
            return word
    return None


VEHICLE_MEASURES = frozenset(
    {
        "辆",
        "趟",
        "班",
        "列",
        "架",
        "班次",
        "车次",
        "台次",
        "辆次",
        "架次",
        "趟次",
        "列次",
        "节",
        "部",
        "班列",
        "航次",
        "次",
    }
)
PASS_MEASURES = frozenset({"张", "份", "本"})
PROBLEM_MEASURES = frozenset({"件", "条", "件次", "个", "项", "起", "类", "次", "处", "例"})

UNDECIDED = frozenset(
    {"count without a role", "count of something else", "people without a role", "not count of projects"}
)
"""Reasons of a count of which its own sentence says nothing: sums, quotients and lists may still decide it."""


@dataclass(slots=True, eq=False)
class Figure:
    """One number, what stands around it, and what was decided about it."""

    q: Quantity
    index: int
    """Place among the figures of the sentence."""
    clause: int
    """Number of its clause in the sentence."""
    clause_start: int
    clause_end: int
    left_start: int
    """Where its left context begins: the clause, or the end of the figure before it in the clause."""
    right_end: int
    left: list[Word]
    right: list[Word]
    earlier: list[Word] = field(default_factory=list)
    """Words of the sentence between the figure before it and its own clause."""
    later: list[Word] = field(default_factory=list)
    """Words between its own clause and the next figure."""
    inside: bool = False
    """In parentheses."""
    opener: str = ""
    """Sign before the clause: ， ； （ or "" at the start of the sentence."""
    # the decision
    indicator: str = ""
    family: str = ""
    """`enterprise`, `project`, `person`, `rate`, `vehicle` ...: what lists and 其中 inherit by."""
    kind: str = "level"
    basis: ChangeBasis | None = None
    sign: int = 1
    optional: bool = False
    rule: str = ""
    reason: str = ""
    """Why it is no observation; "" if it is one."""
    used: list[tuple[int, int, str]] = field(default_factory=list)
    """Spans that decided, with their role."""
    evidence: tuple[str, Collection[str]] = ("", ())
    """The table of weights and what stood around it, where that decided and no rule (`judge.reasons_of`)."""
    population: str = ""
    population_list: str = ""
    """The list of groups that goes with a list of figures: 大型商场、超市、农贸市场."""
    like: Figure | None = None
    """The rate that this change is of, where several stand in a row."""
    follows: Figure | None = None
    """The rate right before, which this change is of."""
    explicit: bool = False
    """Its indicator was read from words of its own clause, not inherited."""
    left_flags: int = 0
    """All bits of the words to its left."""
    right_flags: int = 0
    noun: tuple[Quantity, Word | None] | None = None
    """The answer of `right_noun`, and the quantity for which it was given."""

    def last(self, flags: int) -> Word | None:
        """The word of such a class nearest to the left."""
        if self.left_flags & flags:
            for word in reversed(self.left):
                if word.flags & flags:
                    return word
        return None

    def first(self, flags: int) -> Word | None:
        """The word of such a class nearest to the right."""
        if self.right_flags & flags:
            for word in self.right:
                if word.flags & flags:
                    return word
        return None

    def accept(self, indicator: str, rule: str, *used: Word | None) -> None:
        """Decide that it is an observation."""
        self.indicator, self.rule, self.reason = indicator, rule, ""
        for word in used:
            if word is not None:
                self.used.append((word.start, word.end, "cue"))

    def reject(self, reason: str) -> None:
        """Decide that it is none."""
        self.indicator, self.reason = "", reason

    def spoken(self, figures: list[Figure], flags: int) -> Word | None:
        """The last word of such a class anywhere before the number in its sentence; `figures` are the sentence's."""
        if found := self.last(flags):
            return found
        if self.earlier and (found := _last_of(self.earlier, flags)):
            return found
        for other in reversed(figures[max(0, self.index - _BACK) : self.index]):
            if other.right_flags & flags:
                return _last_of(other.right, flags)
            if other.left_flags & flags:
                return _last_of(other.left, flags)
            if other.earlier and (found := _last_of(other.earlier, flags)):
                return found
        return None

    @property
    def right_or_left_resumes(self) -> bool:
        """True if its own clause speaks of resuming work."""
        return bool((self.left_flags | self.right_flags) & (Is.RESUME | Is.RATE))

    def earlier_mark(self, text: str) -> bool:
        """True if a semicolon opens its clause."""
        return self.opener == "；"

    def left_has(self, flags: int) -> bool:
        """True if a word of such a class stands to the left."""
        return bool(self.left_flags & flags)

    def right_has(self, flags: int) -> bool:
        """True if a word of such a class stands to the right."""
        return bool(self.right_flags & flags)

    @property
    def is_enterprise_count(self) -> bool:
        """True for 家 and 户."""
        return self.q.unit is Unit.COUNT and self.q.classifier[:1] in ENTERPRISE_MEASURES


def find_figures(text: str, start: int, end: int, quantities: list[Quantity], words: list[Word]) -> list[Figure]:
    """Figures of the sentence `text[start:end]`; `quantities` and `words` are those of the sentence, in order."""
    marks = [(match.start(), match.group()) for match in _BOUNDARY.finditer(text, start, end)]
    marks = _outside(marks, quantities)
    begins = {q.begin for q in quantities}
    # 返岗人数：8.6万人 is one clause, the label says what is counted.
    marks = [
        (at, mark) for at, mark in marks if mark != "：" or text[at - 1] not in _LABEL_ENDS or at + 1 not in begins
    ]
    asides: list[tuple[int, int]] = []
    words = [
        w
        for w in words
        if not (w.flags & Is.RESUME and text.startswith(_NOMINAL, w.end))
        and not (w.flags & Is.RETURN and not w.flags & Is.RATE and text.startswith(_WHEN_BACK, w.end))
        and not (w.flags & Is.SANCTION and text.startswith(_MENDED, w.end))
    ]
    marks = _without_asides(marks, quantities, asides)
    marks = _without_sizes(marks, quantities, words)
    if asides:
        words = [w for w in words if not any(a < w.start < b for a, b in asides)]
    places = [at for at, _ in marks]
    open_after = _open_after(marks)
    word_starts = [word.start for word in words]
    figures: list[Figure] = []
    for index, q in enumerate(quantities):
        clause = bisect_left(places, q.start)
        clause_start = places[clause - 1] + 1 if clause else start
        closing = bisect_left(places, q.end, clause)
        clause_end = places[closing] if closing < len(places) else end
        previous_end = quantities[index - 1].end if index else start
        next_start = quantities[index + 1].start if index + 1 < len(quantities) else end
        left_start, right_end = max(clause_start, previous_end), min(clause_end, next_start)
        at = bisect_left(word_starts, q.start)
        after = bisect_left(word_starts, q.end)
        left = [w for w in words[bisect_left(word_starts, left_start) : at] if w.end <= q.start]
        right = [w for w in words[after : bisect_left(word_starts, right_end)] if w.end <= right_end]
        earlier: list[Word] = []
        if previous_end < clause_start:
            since = previous_end
            if figures and figures[-1].inside and not open_after[clause]:
                since = max(since, text.rfind("）", previous_end, clause_start))  # 41家（含5家规上企业），复工率56%
            earlier = words[bisect_left(word_starts, since) : bisect_left(word_starts, clause_start)]
        later: list[Word] = []
        if clause_end < next_start:
            later = words[bisect_left(word_starts, clause_end) : bisect_left(word_starts, next_start)]
        opener = marks[clause - 1][1] if clause else ""
        figure = Figure(q, index, clause, clause_start, clause_end, left_start, right_end, left, right)
        figure.earlier, figure.later = earlier, later
        for word in left:
            figure.left_flags |= word.flags
        for word in right:
            figure.right_flags |= word.flags
        figure.inside, figure.opener = open_after[clause], opener
        figures.append(figure)
    return figures


def _outside(marks: list[tuple[int, str]], quantities: list[Quantity]) -> list[tuple[int, str]]:
    """Without the signs inside a number: 1，236家. Both are in text order and do not overlap among themselves."""
    kept: list[tuple[int, str]] = []
    index, last = 0, len(quantities)
    for mark in marks:
        at = mark[0]
        while index < last and quantities[index].end <= at:
            index += 1
        if index == last or quantities[index].start >= at:
            kept.append(mark)
    return kept


def _without_asides(
    marks: list[tuple[int, str]], quantities: list[Quantity], asides: list[tuple[int, int]]
) -> list[tuple[int, str]]:
    """Leave out parentheses that hold no figure: 已复工（含持续生产）6967户 is one clause."""
    kept: list[tuple[int, str]] = []
    for mark in marks:
        if (
            mark[1] == "）"
            and (opened := next((i for i in range(len(kept) - 1, -1, -1) if kept[i][1] == "（"), None)) is not None
        ) and not any(kept[opened][0] < q.start < mark[0] for q in quantities):
            asides.append((kept[opened][0], mark[0]))
            del kept[opened:]
            continue
        kept.append(mark)
    return kept


_COUNTED = Is.ENTERPRISE | Is.PROJECT | Is.WORKER


def _without_sizes(
    marks: list[tuple[int, str]], quantities: list[Quantity], words: list[Word]
) -> list[tuple[int, str]]:
    """Leave out parentheses with the size of the group before them: 规上工业企业（1286家）复工率92.4% is one clause."""
    if not any(mark == "（" for _, mark in marks):
        return marks
    closes = {q.begin: q.end for q in quantities if q.unit is Unit.COUNT or q.unit is Unit.PERSON}
    groups = {word.end for word in words if word.flags & _COUNTED}
    dropped: set[int] = set()
    for (at, mark), (end, closing) in pairwise(marks):
        if mark == "（" and closing == "）" and at in groups and closes.get(at + 1) == end:
            dropped |= {at, end}
    return [mark for mark in marks if mark[0] not in dropped] if dropped else marks


def rejected_figure(q: Quantity, reason: str) -> Figure:
    """A quantity that is no figure at all, for the list of rejected numbers."""
    figure = Figure(q, -1, -1, q.start, q.end, q.start, q.end, [], [])
    figure.reject(reason)
    return figure


def _open_after(marks: list[tuple[int, str]]) -> list[bool]:
    """Whether a parenthesis is open after so many marks: of none, of the first, of the first two ..."""
    depth, found = 0, [False]
    for _, mark in marks:
        if mark == "（":
            depth += 1
        elif mark == "）":
            depth -= 1
        found.append(depth > 0)
    return found


_GROWING = Is.RESUME | Is.RETURN | Is.WORKER | Is.ENTERPRISE | Is.PROJECT


def _names_what_grew(figure: Figure, rise: Word, before: int) -> bool:
    """增加复工人员6.9万人: nothing but what grew stands between."""
    at = rise.end
    for word in figure.left:
        if word.start == at and word.flags & _GROWING and not word.flags & Is.RATE:
            at = word.end
    return at > rise.end and before - at <= 1


_JUST_MORE = re.compile(
    r"(?:[多少](?:开|返|回|来|到|复工|复产|开工|返岗)|多了|少了|多出|高了|低了|增|减|降|升|涨|跌|多|少|高|低)(?:约|近|了)?$"
)
"""比去年农历同期多开了9户, 较14日多2300人."""
_AGAIN = re.compile(
    r"(?<!先)(?:昨[天日]|今[天日]|[0-9]日|周[一二三四五六日])?(?:又|再)(?:有|批|批准|核准|复工|复产|恢复|放开|添|多)了?$"
)
"""首日批准86户，昨日又批了131户: so many more."""
_CHANGE_ENDS = frozenset("了少出低增减降升涨跌多高约近\n")
"""Characters that `_JUST_MORE` ends with."""
_FALLING = frozenset("少低减降跌")


_IN_ONE_DAY = re.compile(r"(?<!同)(?:一天|一日|单日)(?:就|新|又|再|内)*(?:开复工|复工复产|复工|复产|开工)了?$")
"""25日一天复产10户: so many more."""
_DAY_ENDS = frozenset("天日就新又再内工产业了\n")
"""Characters that `_IN_ONE_DAY` ends with."""


def read_change(figure: Figure, text: str) -> bool:
    """Mark a figure that is a difference: 新增7家, 较前一日增加37家, 提高5.1个百分点, 比去年少21个."""
    q = figure.q
    before = q.begin
    sign = 0
    spans: list[Word] = []
    for word in reversed(figure.left):
        if q.cue and word.end > q.cue[0] and word.start < q.cue[1]:
            continue
        if (
            word.flags & Is.ARRIVE
            and not word.flags & (Is.RISE | Is.FALL | Is.INCREMENT)
            and not sign
            and word.end >= before - 1
            and word.end - word.start > 1
        ):
            break
        if word.flags & (Is.RISE | Is.FALL) and q.unit is not Unit.PERCENTAGE_POINT and _UP_TO.match(text, word.end):
            break  # 停产企业减少到12户: how many are left
        if word.flags & Is.INCREMENT:
            sign, spans = sign or 1, [*spans, word]
        elif word.flags & (Is.RISE | Is.FALL):
            near = before - word.end <= 3 or (sign != 0) or q.unit is Unit.PERCENTAGE_POINT
            near = near or _names_what_grew(figure, word, before)
            if near:
                sign = (sign or 1) * (-1 if word.flags & Is.FALL else 1)
                spans.append(word)
    if not sign and (signed := text[max(0, q.start - 1) : q.start + 1].strip("0123456789")) and figure.last(Is.COMPARE):
        # 环比+7.48%, 同比-16.61%
        sign = 1 if signed[-1] == "+" else -1 if signed[-1] in "-－−" else 0
    if not sign and text[before - 1] in _CHANGE_ENDS:
        tail = _JUST_MORE.search(text, max(figure.left_start, before - 5), before)
        if tail and (figure.last(Is.COMPARE) or q.unit is Unit.PERCENTAGE_POINT):
            sign = -1 if set(tail.group()) & _FALLING else 1
    if (
        not sign
        and q.unit is Unit.COUNT
        and q.classifier[:1] in ENTERPRISE_MEASURES
        and _AGAIN.search(text, max(figure.left_start, before - 8), before)
    ):
        sign = 1
    if not sign and (
        q.unit is Unit.PERCENTAGE_POINT
        or (text[before - 1] in _DAY_ENDS and _IN_ONE_DAY.search(text, figure.left_start, before))
    ):
        sign = 1
    if not sign or (q.unit is Unit.CNY and not figure.last(Is.COMPARE)):
        return False
    figure.kind, figure.sign = "change", sign
    figure.basis = read_basis(text[figure.clause_start : q.start])
    figure.used += [(word.start, word.end, "change") for word in spans]
    return True


_UP_TO = re.compile(r"了?(?:到(?!岗|位|厂|场)|至(?!少|今)|为)")
"""Behind 减少 or 缩短: what follows is a state, no difference; 增加到岗员工 is one."""
_BASES = (
    (re.compile(r"农历"), ChangeBasis.LUNAR_YEAR),
    (re.compile(r"同比|去年|上年|同期|20\d\d年"), ChangeBasis.PREVIOUS_YEAR),
    (re.compile(r"日增|前一日|前一天|昨日|昨天|当日|日环比|前日|今日"), ChangeBasis.PREVIOUS_DAY),
    (re.compile(r"环比|上周|前一周|上月|上期|上一期|第.期|较上|比上"), ChangeBasis.PREVIOUS_PERIOD),
)


def read_basis(words: str) -> ChangeBasis:
    """What a change is measured against, from the words before it.

    >>> read_basis("环比").value, read_basis("较前一日").value
    ('previous_period', 'previous_day')
    """
    for pattern, basis in _BASES:
        if pattern.search(words):
            return basis
    return ChangeBasis.OTHER
