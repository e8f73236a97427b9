"""What a day of the text can be for a figure: near the publication, a 截至, one that is only compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.extraction.date_reports import is_bulletin, is_statistic
from resumption.extraction.dates import DateValue
from resumption.extraction.mention_line import MentionLine
from resumption.items import AsOfBasis, Mention

_AVERAGE = re.compile(r"份?的?(?:日均|平均|平日|均值|正常|水平|同期|峰值)")
_EQUALS = re.compile(r"(?:为|相当于|达到?|是|占)[^，。；0-9]{0,6}$")
_OF_A_TABLE = re.compile(
    r"(?:更新|汇总|统计|调度|报送|上报|出炉)的[^，。；\n]{0,14}(?:表|数据|台账|日报|清单|快报)[^，。；\n]{0,4}(?:显示|表明|看)"
)
"""11月15日更新的销号表显示，…: the day of all that the table says."""
_OF_AN_ORDER = re.compile(
    r"(?!，)[^，。；\n0-9]{0,18}?(?:会议精神|讲话精神|重要讲话|重要指示|批示精神|会议部署|会议要求|电视电话会议精神|文件精神)"
)
"""落实3月27日某某会议精神: the day of what one follows, not of the figures."""
_LAST_YEAR = re.compile(r"去年|上年|同期|往年|水平|平均")
_STOP = re.compile(r"[，。；：]")
_DIGIT = re.compile(r"[0-9一二三四五六七八九十]")
_OF_ONE_FIGURE = re.compile(r"[家户个项人名万亿元%](?:企业|项目|员工|职工)?（截[至止]到?$")
"""复工886家（截至8月24日）: a day for this figure only."""
NOW = frozenset(
    {
        "目前",
        "眼下",
        "当前",
        "现在",
        "如今",
        "截至目前",
        "到目前",
        "至今",
        "截至今日",
        "现阶段",
        "现如今",
        "此刻",
        "迄今",
    }
)
_SHOWN = ("显示：", "显示，")


class AsOf(NamedTuple):
    """The day that a figure describes; `day` None if its year cannot be known."""

    day: date | None
    text: str | None
    basis: AsOfBasis | None


@dataclass(slots=True, eq=False)
class DayKinds:
    """The days of one document, in text order, and what each can be."""

    dates: MentionLine
    published: date | None
    text: str
    told: Mention | None = field(default=None, kw_only=True)
    """The dateline (3月2日电) that stands for an unknown day of publication: `published` is then its day."""

    def _published_day(self) -> AsOf:
        """The day of publication, or of the dateline that stands for it."""
        if self.told is not None:
            return AsOf(self.published, self.told.text, AsOfBasis.INHERITED)
        return AsOf(self.published, None, AsOfBasis.PUBLISHED if self.published else None)

    def _is_day(self, mention: Mention) -> bool:
        """A day or a range of days that can be the day of a figure, not a festival, a year or a far past."""
        value = value_of(mention)
        if value.role == "" and _OF_AN_ORDER.match(self.text, mention.end):
            return False
        if value.precision in ("clock", "vague", "year") or (
            value.precision == "period"
            and not _DIGIT.search(mention.text)
            and not (value.role == "as_of" and value.first is None)  # 截至元宵节
            and not is_statistic(mention, self.text, self.published)
        ):
            return False
        if value.precision in ("month", "period") and _AVERAGE.match(self.text, mention.end):
            return False
        if value.date is None or self.published is None or value.role == "as_of":
            return True
        return value.date <= self.published and (self.published - value.date).days <= (
            400 if "年" in self.text[max(0, mention.start - 3) : mention.end] else 150
        )

    def can_be_of_figures(self, mention: Mention) -> bool:
        """False for a day that is only compared with (较14日, 去年12月底), of an order, or no day at all."""
        if mention.text in NOW:
            return True
        compared = value_of(mention).role == "comparison" or _LAST_YEAR.search(
            self.text, max(0, mention.start - 2), min(len(self.text), mention.end + 2)
        )
        return not compared and self._is_day(mention)

    def _is_near(self, mention: Mention, days: int = 10) -> bool:
        """A day of the last ten before publication."""
        value = value_of(mention)
        if value.date is None or self.published is None or value.precision != "day":
            return False
        if _OF_AN_ORDER.match(self.text, mention.end):
            return False
        return 0 <= (self.published - value.date).days <= days

    def _is_as_of(self, mention: Mention) -> bool:
        value = value_of(mention)
        if not self._is_day(mention) or mention.text in NOW or value.future:
            return False
        if value.role == "as_of":
            return True
        text, start = self.text, mention.start
        return value.role == "" and (
            text[start - 1 : start] in ("到", "至")
            or (value.precision == "day" and text.endswith(_SHOWN, 0, start) and text[mention.end :][:1] == "，")
            or (value.precision == "day" and _OF_A_TABLE.match(text, mention.end) is not None)
        )

    def _is_only_compared(self, mention: Mention, value: DateValue, at: int) -> bool:
        """较14日多2300余人, 相当于7月正常水平的73.2%: the day is only what one compares with."""
        between = self.text[mention.end : at]
        if value.role == "comparison" and _EXPLAINS.search(self.text, max(0, mention.start - 12), mention.start):
            return True
        if value.role == "comparison":
            return _OF_THAT_DAY.fullmatch(between) is None
        if not between.endswith("的") or len(between) > 20 or _STOP.search(between):
            return False
        return bool(_EQUALS.search(self.text, max(0, mention.start - 8), mention.start))

    def _is_reporting(self, mention: Mention) -> bool:
        """The first 截至 or the day of the bulletin; 到昨天 without 截 speaks of its own sentence only."""
        if self._is_as_of(mention):
            own = _OF_ONE_FIGURE.search(self.text, max(0, mention.start - 9), mention.start)
            if own and self.text[mention.end : mention.end + 1] == "）":
                return False
            return value_of(mention).role == "as_of" or bool(_DIGIT.search(mention.text))
        return is_bulletin(mention, self.text)


_EXPLAINS = re.compile(r"(?:[节灾震停限]前|停产前|停电前|限电前|[上前]一?[轮期次])（[^）]*$")
"""灾前（7月16日）的71.8%: a share of what was then."""
_OF_THAT_DAY = re.compile(r"[（）的]*(?:(?:最低|最高)(?:点|值)?|低点|高点|谷底|低谷|峰值|水平)?[（）的]*")
"""较14日的66.1%, 比14日的最低点66.1%: the number is of the day one compares with."""


def find_dateline(dates: Iterable[Mention]) -> Mention | None:
    """The dateline at the head of a text (乌鲁木齐2月23日电), if the text lets one know its year; else None."""
    lines = (m for m in dates if value_of(m).role == "dateline" and value_of(m).precision == "day")
    line = next(lines, None)
    return line if line is not None and line.start < 300 and value_of(line).date is not None else None


value_of: Callable[[Mention], DateValue] = attrgetter("value")
"""The date of a mention of one."""
