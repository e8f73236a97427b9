"""Tables: a heading line names the columns, the lines below hold their cells, parted by | or by blanks.

The cleaner parts the cells of an HTML table by tabs (`page/markup.py`), which `characters` reads as |; pages without
markup draw tables with | or with wide blanks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure, read_basis
from resumption.extraction.words import Is, find_words
from resumption.items import Unit

CELL = "<cell of a table>"
Span = tuple[int, int]

_BLANKS = re.compile(r" +")
_NUMERIC = re.compile(r"[+\-－−]?[0-9][0-9.，,]*(?:%|个百分点|[万亿]?[家户个人名项辆趟元]*)?")
_CHANGE = re.compile(r"环比|同比|较|增减|变化|比上|新增|日增|净增")
_SCALES = {"万": 10_000, "亿": 100_000_000}
_UNIT_SAID = re.compile(
    r"[（(／/]\s*(?:单位[：:])?([万亿]?)([家户个项座处间]|人次|人|名|辆次|辆|台|趟|列|班|%|元)[)）]?"
)
_KINDS: tuple[tuple[str, re.Pattern[str], Unit], ...] = (
    ("workers_to_transport", re.compile(r"待(?:接|送|返|运)|需接"), Unit.PERSON),
    ("workers_transported", re.compile(r"输送|接回|接返|运送|转运|送出|送返"), Unit.PERSON),
    ("vehicles", re.compile(r"专车|大巴|包车|专列|包机|班车|客车|车辆"), Unit.COUNT),
    (
        "workers_total",
        re.compile(r"(?:应(?:到|返|在)岗?|职工总|员工总|用工总|从业|节前)[^，]{0,6}(?:人|工|数)|总人数|应返岗"),
        Unit.PERSON,
    ),
    ("workers_returned", re.compile(r"[在到返上]岗|在场|到位人|返[厂工]|复工人|员工|职工|工人|人员|人数"), Unit.PERSON),
    ("enterprises_requesting", re.compile(r"申请|申报|报备|排队|提出"), Unit.COUNT),
    ("enterprises_approved", re.compile(r"批准|通过|验收|核准|获批|同意|核验"), Unit.COUNT),
    ("not_resumed", re.compile(r"未[复开]|尚未|停[工产业]"), Unit.COUNT),
    (
        "total",
        re.compile(
            r"应[复开]|总[数户量]|(?:企业|项目|工地|商户)(?:总?数|个数|户数|家数)?$|^(?:户数|家数|个数|规上|规模)"
        ),
        Unit.COUNT,
    ),
    ("resumed", re.compile(r"复工|复产|开工|开复工|营业|开业|复业|复市|恢复|在产|开门"), Unit.COUNT),
)
"""What a column counts by a word of its heading, the first that fits; without a subject it is of the table's domain."""
_OTHER = re.compile(r"增加值|增速|产值|收入|税|利润|投资额|固定资产|销售|出口额|进出口|面积|贷款|补贴|病例|隔离")
"""Columns of the economy, of money, of an epidemic."""
_PROJECT = re.compile(r"项目|工程|工地|标段")
_ENTERPRISE = re.compile(r"企业|商户|门店|单位|户|家")


class Column(NamedTuple):
    """What the cells of a column are; no `indicator` for names and for what is none of ours."""

    indicator: str
    unit: Unit | None
    scale: int = 1
    change: str = ""
    """The heading of a column of changes, "" for one of levels."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a text: its columns and the offsets of the lines below its heading."""

    columns: tuple[Column, ...]
    begin: int
    end: int
    drawn: bool
    """Its cells are parted by |."""

    def decide(self, figure: Figure, text: str) -> bool:
        """Give a figure what its column says; False if it stands in no cell of the table that is one number."""
        q = figure.q
        if not self.begin <= q.start < self.end:
            return False
        cells = cells_of(text, *_line_at(text, q.start))
        place = bisect_right(cells, (q.start, len(text))) - 1
        if len(cells) != len(self.columns) or place < 0:
            return False
        column = self.columns[place]
        cell = text[cells[place][0] : cells[place][1]].strip()
        if _NUMERIC.fullmatch(cell) is None:
            return False
        if not column.indicator or column.unit is None:
            figure.reject("column of something else")
            return True
        points = q.unit is Unit.PERCENTAGE_POINT and column.unit is Unit.PERCENT
        if (
            q.unit not in (None, column.unit)
            and not points
            and not (column.unit is Unit.PERSON and q.classifier == "个")
        ):
            return False
        if q.unit is None:
            figure.q = replace(q, unit=column.unit, value=q.value * column.scale)
        figure.family = "rate" if column.unit is Unit.PERCENT else _family(column.indicator)
        figure.accept(column.indicator, CELL)
        if column.change:
            figure.kind, figure.basis = "change", read_basis(column.change)
            figure.sign = -1 if text[q.start - 1] in "-－−" or q.value < 0 else 1
        return True


def read_table(text: str, line: Span, domain: str) -> Table | None:
    """The table whose heading is this line of a text; None if it heads none.

    `domain` is `project` where a rate of resumption without a subject is one of projects. A heading has two cells or
    more, none of them a number, and the line below as many, one of them a number.

    >>> text = "区县 应复工（个） 已复工（个） 复工率\\n东河区 95 93 97.9%\\n合计如上。"
    >>> table = read_table(text, (0, text.index("\\n")), "project")
    >>> [column.indicator for column in table.columns]
    ['', 'projects_total', 'projects_resumed', 'project_resumption_rate']
    """
    if (line[0] and text[line[0] - 1] != "\n") or text[line[1] : line[1] + 1] != "\n":
        return None
    heads = cells_of(text, *line)
    names = [text[begin:end].strip() for begin, end in heads]
    if len(heads) < 2 or any(_NUMERIC.fullmatch(name) for name in names):
        return None
    begin = end = line[1] + 1
    while end < len(text):
        row = _line_at(text, end)
        cells = [text[a:b].strip() for a, b in cells_of(text, *row)]
        if len(cells) != len(heads) or not any(_NUMERIC.fullmatch(cell) for cell in cells):
            break
        end = row[1] + 1
    if end == begin:
        return None
    columns: list[Column] = []
    subjects = "".join(names)
    if _ENTERPRISE.search(subjects):
        domain = ""
    elif _PROJECT.search(subjects):
        domain = "project"
    for name in names:
        columns.append(_column(name, columns, domain))
    if not any(column.indicator for column in columns):
        return None
    columns = _stopped_as_base(columns)
    return Table(tuple(columns), begin, end, "|" in text[line[0] : line[1]])


def _stopped_as_base(columns: list[Column]) -> list[Column]:
    """停产企业 已复产 复产率: those that stood still are the base where those that resumed stand beside them."""
    codes = [column.indicator for column in columns]
    if "enterprises_not_resumed" not in codes or "enterprises_resumed" not in codes or "enterprises_total" in codes:
        return columns
    at = codes.index("enterprises_not_resumed")
    if at > codes.index("enterprises_resumed"):
        return columns
    return [c._replace(indicator="enterprises_total") if i == at else c for i, c in enumerate(columns)]


def cells_of(text: str, begin: int, end: int) -> list[Span]:
    """Offsets of the cells of a line, parted by | if it has any, else by blanks.

    >>> text = "| 华东 | 90.1% |"
    >>> [text[a:b].strip() for a, b in cells_of(text, 0, len(text))]
    ['华东', '90.1%']
    """
    line = text[begin:end]
    if "|" in line:
        inner = line.strip(" ")
        start = begin + line.index(inner)
        if inner.startswith("|"):
            inner, start = inner[1:], start + 1
        pieces = inner.removesuffix("|").split("|")
    else:
        inner = line.strip(" ")
        if not inner:
            return []
        start = begin + line.index(inner)
        spans, at = [], start
        for gap in _BLANKS.finditer(text, start, start + len(inner)):
            spans.append((at, gap.start()))
            at = gap.end()
        return [*spans, (at, start + len(inner))]
    spans = []
    for piece in pieces:
        spans.append((start, start + len(piece)))
        start += len(piece) + 1
    return spans


def _line_at(text: str, at: int) -> Span:
    stop = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, stop if stop >= 0 else len(text)


def _column(name: str, before: Sequence[Column], domain: str) -> Column:
    rate = next((word for word in find_words(name) if word.flags & Is.RATE and word.code), None)
    changed = _CHANGE.search(name) is not None
    last = next((column for column in reversed(before) if column.indicator and not column.change), None)
    if changed and rate is None and last is not None:
        return last._replace(change=name)
    if rate is not None:
        is_project = domain == "project" or _PROJECT.search(name) is not None
        code = "project_resumption_rate" if rate.code == "resumption_rate" and is_project else rate.code
        return Column(code, Unit.PERCENT, change=name if changed else "")
    said = _UNIT_SAID.search(name)
    scale = _SCALES.get(said[1], 1) if said is not None else 1
    if said is not None and said[2] in ("%", "元"):
        return Column("", None)
    subject = _UNIT_SAID.sub("", name).strip()
    if _OTHER.search(subject):
        return Column("", None)
    for code, pattern, unit in _KINDS:
        if pattern.search(subject) is None or (said is not None and (said[2] in "人名人次") != (unit is Unit.PERSON)):
            continue
        if code in ("total", "resumed", "not_resumed"):
            of_project = _PROJECT.search(name) is not None or (domain == "project" and not _ENTERPRISE.search(name))
            if of_project and code == "not_resumed":
                return Column("", None)
            code = f"{'projects' if of_project else 'enterprises'}_{code}"
        return Column(code, unit, scale, name if changed else "")
    return Column("", None)


def _family(indicator: str) -> str:
    for head, family in (
        ("worker", "person"),
        ("enterprise", "enterprise"),
        ("project", "project"),
        ("vehicle", "vehicle"),
    ):
        if indicator.startswith(head):
            return family
    return ""
