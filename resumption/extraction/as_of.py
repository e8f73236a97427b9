"""The day that a figure describes: stated beside it, in its paragraph, by the first 截至 of the document, or published.

Sentence before paragraph before document: a day of a sentence ends with it; 截至 holds for the paragraph, the first
截至 for the document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.extraction.date_reports import find_titled_day, is_bulletin, is_statistic, tells_of_works
from resumption.extraction.dates import DateValue
from resumption.extraction.figure_runs import JOINTS, run_of
from resumption.extraction.figures import Figure
from resumption.extraction.mention_line import MentionLine
from resumption.extraction.region_sections import Sections
from resumption.items import AsOfBasis, Mention

_AVERAGE = re.compile(r"(?:份)?(?:日均|平均|水平|同期)")
_EQUALS = re.compile(r"(?:为|相当于|达到?|是|占)[^，。；0-9]{0,6}$")
_STOP = re.compile(r"[，。；：]")
_DIGIT = re.compile(r"[0-9一二三四五六七八九十]")
_OF_ONE_FIGURE = re.compile(r"[家户个项人名万亿元%](?:企业|项目|员工|职工)?（截[至止]到?$")
"""复工886家（截至8月24日）: a day for this figure only."""
_DONE_BY = re.compile(r"(?:之前|以前|前)(?:已|就)?(?:全部|全面|陆续)?(?:复工|复产|开工|返岗|到岗|开业|复业|恢复|投产)")
_AHEAD = 200
"""Characters that a 截至 reaches back to."""
_HOLIDAYS = frozenset(
    {"春节", "农历新年", "新春", "元旦", "元旦节", "国庆", "国庆节", "劳动节", "五一劳动节", "五一节"}
)
"""What is to be done before a holiday is to be done on the day before; 元宵节 is none."""
_PLANNED = re.compile(r"将|计划|预计|拟|力争|争取|可于|有望|确保|承诺")
_FROM = re.compile(r"[从由][约近]?$")
_TO = re.compile(r"[到至]$")
_NOW = frozenset(
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
_ANNOUNCED = re.compile(
    r"(?:[上下]午|晚[上间]?|中午)?(?:从[^，。；\n]{2,16}(?:获悉|了解到|得知)"
    r"|公布|发布|通报|披露|透露|介绍|表示|宣布|召开|举行|举办)"
)
"""After a day on which something was said: the figures are those of the 截至 that follows."""
_SAID = re.compile(
    r"[称说]|介绍|表示|透露|披露|指出|通报|发布|公布|宣布|获悉|了解到|得知|回应|发布会|见面会|记者会|显示"
)
"""What makes a day one on which something was said."""
_SPAN = re.compile(r"月份?$|季度|上半年")
"""A lead that is a span, not a day: 1-4月份."""
_APPOSED = re.compile(r"[日号天]，?(?:也就是?|也即|也是|即)[^，。0-9]{0,4}$")
"""2月8日，也就是复工次日: the same day said again."""
_REPORTED = frozenset({"目前", "眼下", "当前", "如今", "现阶段", "现如今"})
"""Words for now that a report says of itself; 现在 is rather said on a scene."""
_REPORT = re.compile(
    r"[^。！？\n]{0,60}?(?:记者|发布会|通报会|获悉|了解到|得知|[电讯]|报道|消息|通报|公布|发布|披露|透露|访谈|答记者问|星期|周[一二三四五六日]|农历|播出|来源|下午好|晚上好)"
)
"""What makes the day before it one on which something was reported."""
_ON_SCENE = re.compile(r"[^\n]{0,90}?(?:告诉记者|记者看到|记者在|记者来到)")
"""A day on which the reporter was there, some sentences on."""
_SHOWN = ("显示：", "显示，")
_UP_TO = ("截至", "截止", "截至到", "截止到", "截止至", "到")


Span = tuple[int, int]


class AsOf(NamedTuple):
    """The day that a figure describes; `day` None if its year cannot be known."""

    day: date | None
    text: str | None
    basis: AsOfBasis | None


@dataclass(slots=True, eq=False)
class Days:
    """The days of one document, in text order."""

    dates: MentionLine
    published: date | None
    text: str
    sections: Sections = field(default_factory=lambda: Sections([], []))
    """The sections of a digest: a day of one of them does not hold in the next."""
    reporting: Mention | None = None
    """The first 截至 of the document."""

    dateline: Mention | None = None
    """The day on which the report was made: 3月23日，记者从…获悉."""

    titled: AsOf | None = None
    """The day of a bulletin that only its title states: 9月17日企业复工复产情况."""

    lead: AsOf | None = None
    """The day stated for the article's first figure."""

    def __post_init__(self) -> None:
        self.reporting = next((m for m in self.dates.mentions if self._is_reporting(m)), None)
        lines = [m for m in self.dates.mentions if _value(m).role == "dateline" and self._is_day(m)]
        self.dateline = next((m for m in lines if m.start < 300), None)
        if self.dateline is None:
            for m in self.dates.mentions:
                said = _ANNOUNCED.match(self.text, m.end) is not None
                if m.start >= 80 or _value(m).role or m.text in _NOW:
                    continue
                # Without a day of publication only a day whose year the text states has a date.
                if self._is_near(m, 31 if said else 10) if self.published else self._is_day(m):
                    if self.text[m.start - 1 : m.start] in ("是", "自"):
                        continue
                    self.dateline = m
                    break

    def read_title(self, title: str, dates: tuple[Mention, ...]) -> None:
        """The day of the title holds where the text has no 截至 of its own."""
        mention = find_titled_day(title, dates)
        if mention is not None:
            self.titled = AsOf(_value(mention).date, mention.text, AsOfBasis.INHERITED)

    def as_of(
        self,
        figure: Figure,
        sentence: Span,
        paragraph: Span,
        target: bool,
        figures: Sequence[Figure] = (),
    ) -> AsOf:
        """The day of a figure; `figures` are those of its sentence."""
        if target:
            return self._deadline(figure, sentence)
        if (day := self._in_sentence(figure, sentence, paragraph, figures)) is not None:
            return day
        if (day := self._now(figure, sentence)) is not None:
            return day
        return self._inherited(figure, paragraph, sentence)

    def _in_sentence(self, figure: Figure, sentence: Span, paragraph: Span, figures: Sequence[Figure]) -> AsOf | None:
        """The day named in the sentence: behind the figure with its verb, else the nearest before it."""
        at = figure.q.start
        if (behind := self._behind(figure)) is not None:
            return behind
        semicolon = self.text.rfind("；", sentence[0], at)
        usable: list[Mention] = []
        for mention in reversed(self.dates.within(sentence[0], at)):
            value = _value(mention)
            if mention.text in _NOW:
                break
            done = value.role == "deadline" and self._is_done_by(mention)
            if not self._is_day(mention) or value.role in ("dateline", "since"):
                continue
            if (value.role == "deadline" or value.future) and not done:
                continue
            if value.date is None and self.published is not None:
                continue
            if _APPOSED.search(self.text, max(sentence[0], mention.start - 8), mention.start):
                continue
            if (
                value.role == ""
                and mention.end <= semicolon
                and not (self._is_as_of(mention) or is_statistic(mention, self.text, self.published))
            ):
                continue
            opened = self.text.rfind("（", sentence[0], mention.start)
            if opened >= 0 and self.text.find("）", opened, at) >= 0 and any(f.q.end == opened for f in figures):
                continue
            usable.append(mention)
        if (paired := self._paired(figure, figures, usable)) is not None:
            return paired
        named, usable = usable, [m for m in usable if not self._is_only_compared(m, _value(m), at)]
        if not usable or (_ANNOUNCED.match(self.text, usable[0].end) and not self._is_as_of(usable[0])):
            ahead = self.dates.within(at, paragraph[1] if usable else sentence[1])
            later = next((m for m in ahead if _value(m).role == "as_of" and self._is_as_of(m)), None)
            if later is not None and not any(m.text in _NOW for m in self.dates.within(sentence[0], at)):
                return AsOf(_value(later).date, later.text, AsOfBasis.INHERITED)
        if not usable:
            return None
        value = _value(usable[0])
        if _FROM.search(self.text, max(0, at - 2), at):
            if value.precision == "period" and value.first is not None:
                return AsOf(value.first, usable[0].text, AsOfBasis.STATED)
            if _TO.search(self.text, max(0, usable[0].start - 1), usable[0].start):
                first = next((m for m in named if m.end < usable[0].start), None)
                if first is not None:
                    return AsOf(_value(first).date, first.text, AsOfBasis.STATED)
        return AsOf(value.date, usable[0].text, AsOfBasis.STATED)

    def _is_done_by(self, mention: Mention) -> bool:
        """2月20日前复工的企业达95.5%: a day that is over, by which it was done."""
        value = _value(mention)
        if self.reporting is not None or value.date is None or self.published is None or value.precision != "day":
            return False
        return value.date <= self.published and _DONE_BY.match(self.text, mention.end) is not None

    def _behind(self, figure: Figure) -> AsOf | None:
        """120家3月2日复工, 其余的8%于3月5日复工: the day stands between the figure and its verb."""
        rules = ("<percent> <group> <re", "<count> <group> <verb>")
        verb = figure.used[-1][0] if figure.rule.startswith(rules) and figure.used else 0
        end = figure.q.end
        for mention in self.dates.within(end, max(verb, end + 16)):
            if self.text[end] == "（" and mention.start <= end + 4 and self._is_as_of(mention):
                return AsOf(_value(mention).date, mention.text, AsOfBasis.STATED)  # 82%（截至2月28日）
            own = self.text[mention.start - 1] == "在" and not _STOP.search(self.text, end, mention.start)
            if own and self._is_done_by(mention):
                return AsOf(_value(mention).date, mention.text, AsOfBasis.STATED)  # 八成企业在2月20日前复工
            if not self._is_day(mention) or _value(mention).role or mention.text in _NOW:
                continue
            if mention.end <= verb or (mention.start <= end + 4 and self.text[end : mention.start] == "于"):
                return AsOf(_value(mention).date, mention.text, AsOfBasis.STATED)
        return None

    def _paired(self, figure: Figure, figures: Sequence[Figure], days: list[Mention]) -> AsOf | None:
        """3月1日、8日的51%、72%: days in a row go with figures in a row, one to one; `days` has the last one first."""
        if len(days) < 2 or not figures:
            return None
        row = [days[0]]
        for mention in days[1:]:
            if self.text[mention.end : row[-1].start].strip("农历正月 ") not in JOINTS:
                break
            row.append(mention)
        run = run_of(figure, list(figures), self.text)
        if len(row) < 2 or len(row) != len(run) or self.text[row[0].end : run[0].q.start].strip("的分别为是") != "":
            return None
        mention = row[len(row) - 1 - run.index(figure)]
        return AsOf(_value(mention).date, mention.text, AsOfBasis.STATED)

    def _now(self, figure: Figure, sentence: Span) -> AsOf | None:
        """截至目前 is the day of the report; 目前 alone names none: it is the 截至 of the text, if there is one."""
        mention = next((m for m in reversed(self.dates.within(sentence[0], figure.q.start)) if m.text in _NOW), None)
        if mention is None:
            return None
        if (said := self._said_before(mention, sentence)) is not None:
            return said
        if mention.text.startswith("截至") or self.text.endswith(_UP_TO, 0, mention.start):
            if self.reporting is None and self.titled is None and self._is_event():
                return AsOf(self.published, None, AsOfBasis.PUBLISHED if self.published else None)
            return self._day_of_report()
        if mention.text in _REPORTED and self.reporting is None and self._is_event():
            return AsOf(self.published, None, AsOfBasis.PUBLISHED if self.published else None)
        if mention.text in _REPORTED and self._is_stale(sentence[0]):
            return self._day_of_report()
        earlier = [m for m in self.dates.within(sentence[0], mention.start) if self._is_day(m) and m.text not in _NOW]
        return self._day_of_report() if earlier and self.reporting is None else None

    def _said_before(self, now: Mention, sentence: Span) -> AsOf | None:
        """2月4日，市经信局称目前…: the day on which it was said, in the same sentence."""
        for mention in reversed(self.dates.within(sentence[0], now.start)):
            if self._is_as_of(mention):
                return None
            if self._is_near(mention) and _value(mention).role in ("", "dateline") and mention.text not in _NOW:
                if _SAID.search(self.text, mention.end, now.start):
                    return AsOf(_value(mention).date, mention.text, AsOfBasis.STATED)
                return None
        return None

    def _is_stale(self, start: int) -> bool:
        """True if a report speaks of now some days after its first 截至: its figures are no longer of that day."""
        line, first = self.dateline, self.reporting
        if line is None or first is None or not line.start < first.start < start or self._is_event():
            return False
        told, counted = _value(line).date, _value(first).date
        return told is not None and counted is not None and (told - counted).days > 1

    def _is_event(self) -> bool:
        """True if the day at the head of the text is one on which something happened, not the day of the report."""
        line = self.dateline
        if line is None or _value(line).role == "dateline" or self.published is None:
            return False
        if line.text in ("今天", "今日"):
            return False
        return _REPORT.match(self.text, line.end) is None and _ON_SCENE.match(self.text, line.end) is None

    def _day_of_report(self) -> AsOf:
        if self.titled is not None and self.reporting is None:
            return self.titled
        if self.dateline is not None:
            return AsOf(_value(self.dateline).date, self.dateline.text, AsOfBasis.INHERITED)
        return AsOf(self.published, None, AsOfBasis.PUBLISHED if self.published else None)

    def _inherited(self, figure: Figure, paragraph: Span, sentence: Span) -> AsOf:
        """截至 of the paragraph, then of the document, then a day of the paragraph, then the day of the report."""
        at = figure.q.start
        now = any(m.text in _NOW for m in self.dates.within(sentence[0], at))
        for mention in reversed(self.dates.within(paragraph[0], sentence[0])):
            if self._is_as_of(mention) or (not now and self._holds_on(mention)):
                return AsOf(_value(mention).date, mention.text, AsOfBasis.INHERITED)
            if mention.text in _REPORTED and self.reporting is None and self._is_event():
                return AsOf(self.published, None, AsOfBasis.PUBLISHED if self.published else None)
        if (day := self._before_reporting(paragraph, at)) is not None:
            return day
        if self.reporting is not None and self.reporting.start > at:
            for mention in self.dates.within(sentence[0], at):
                if _value(mention).role == "dateline" and self._is_near(mention):
                    return AsOf(_value(mention).date, mention.text, AsOfBasis.INHERITED)
        if self.reporting is not None and self._reaches(at, paragraph):
            return AsOf(_value(self.reporting).date, self.reporting.text, AsOfBasis.INHERITED)
        if self.titled is not None and self.reporting is None:
            return self.titled
        for mention in self.dates.within(paragraph[0], sentence[0]):
            value = _value(mention)
            if value.role not in ("", "dateline") or not self._is_near(mention):
                continue
            if mention.text not in _NOW and not value.future:
                return AsOf(value.date, mention.text, AsOfBasis.INHERITED)
        told = (
            self.dateline is not None
            and self.text.startswith("，记者", self.dateline.end)
            and self.reporting is None
            and not (self.lead is not None and _SPAN.search(self.lead.text or ""))
        )
        if (
            self.lead is not None
            and not told
            and self.sections.at(at) < 0
            and (self.reporting is None or self.dateline is None)
        ):
            return self.lead._replace(basis=AsOfBasis.INHERITED)
        if self._comes_before(paragraph) or self._turns_to_now(paragraph):
            return AsOf(self.published, None, AsOfBasis.PUBLISHED if self.published else None)
        return self._day_of_report()

    def _comes_before(self, paragraph: Span) -> bool:
        """True for a paragraph before the one that names the day on which something happened."""
        line = self.dateline
        if self.titled is not None or line is None or line.start < paragraph[1]:
            return False
        return self._is_event() or not self._is_near(line, 3)

    def _turns_to_now(self, paragraph: Span) -> bool:
        """True for a paragraph on how things stand, with its 目前, behind one on the event of an earlier day."""
        if self.titled is not None or self.dateline is None or self.dateline.start >= paragraph[0]:
            return False
        return self._is_event() and any(
            m.text in _NOW and self.text.endswith(_UP_TO, 0, m.start) for m in self.dates.within(*paragraph)
        )

    def _is_day(self, mention: Mention) -> bool:
        """A day or a range of days that can be the day of a figure, not a festival, a year or a far past."""
        value = _value(mention)
        if value.precision in ("clock", "vague", "year") or (
            value.precision == "period"
            and not _DIGIT.search(mention.text)
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

    def _reaches(self, at: int, paragraph: Span) -> bool:
        """True if the first 截至 of the document speaks of a figure there: any after it, few before it."""
        if self.reporting is None:
            return False
        if self.sections.at(self.reporting.start) not in (-1, self.sections.at(at)):
            return False
        if self.reporting.start < at:
            return True
        if _value(self.reporting).precision != "day":
            return False
        if self.dateline is not None and self.dateline.start < at and self.reporting.start > paragraph[1]:
            return False
        return self.reporting.start - at < _AHEAD or (self.lead is not None and self.dateline is None)

    def _is_near(self, mention: Mention, days: int = 10) -> bool:
        """A day of the last ten before publication."""
        value = _value(mention)
        if value.date is None or self.published is None or value.precision != "day":
            return False
        return 0 <= (self.published - value.date).days <= days

    def _is_as_of(self, mention: Mention) -> bool:
        value = _value(mention)
        if not self._is_day(mention) or mention.text in _NOW or value.future:
            return False
        if value.role == "as_of":
            return True
        text, start = self.text, mention.start
        return value.role == "" and (
            text[start - 1 : start] in ("到", "至")
            or (value.precision == "day" and text.endswith(_SHOWN, 0, start) and text[mention.end :][:1] == "，")
        )

    def _holds_on(self, mention: Mention) -> bool:
        """True for 一季度，全市124个重点项目…: what follows in the paragraph is of the same span."""
        if self.reporting is not None or not is_statistic(mention, self.text, self.published):
            return False
        return tells_of_works(self.text, mention.end)

    def _is_only_compared(self, mention: Mention, value: DateValue, at: int) -> bool:
        """较14日多2300余人, 相当于7月正常水平的73.2%: the day is only what one compares with."""
        between = self.text[mention.end : at]
        if value.role == "comparison":
            return between.strip("（）的") != ""
        if not between.endswith("的") or len(between) > 20 or _STOP.search(between):
            return False
        return bool(_EQUALS.search(self.text, max(0, mention.start - 8), mention.start))

    def _is_reporting(self, mention: Mention) -> bool:
        """The first 截至 or the day of the bulletin; 到昨天 without 截 speaks of its own sentence only."""
        if self._is_as_of(mention):
            own = _OF_ONE_FIGURE.search(self.text, max(0, mention.start - 9), mention.start)
            if own and self.text[mention.end : mention.end + 1] == "）":
                return False
            return _value(mention).role == "as_of" or bool(_DIGIT.search(mention.text))
        return is_bulletin(mention, self.text)

    def _before_reporting(self, paragraph: Span, at: int) -> AsOf | None:
        """The day stated in a paragraph that stands before the one in which 截至 first stands."""
        if self.reporting is None or self.reporting.start < paragraph[1]:
            return None
        for mention in self.dates.within(paragraph[0], at):
            value = _value(mention)
            if value.role not in ("", "dateline") or value.future or mention.text in _NOW:
                continue
            if value.date != self.published and self._is_near(mention, 2):
                return AsOf(value.date, mention.text, AsOfBasis.INHERITED)
        return None

    def deadline_behind(self, figure: Figure) -> Mention | None:
        """12家计划3月5日前开工, 9个将在正月十五前复工: the plan and its day stand behind the figure."""
        end = figure.q.end
        for mention in self.dates.within(end, end + 30):
            value = _value(mention)
            if _STOP.search(self.text, end, mention.start) or value.precision in ("clock", "vague", "year"):
                return None
            if value.role == "deadline" and _PLANNED.search(self.text, end, mention.start):
                return mention
        return None

    def _deadline(self, figure: Figure, sentence: Span) -> AsOf:
        if (behind := self.deadline_behind(figure)) is not None:
            return AsOf(_value(behind).date, behind.text, AsOfBasis.STATED)
        for mention in reversed(self.dates.within(sentence[0], figure.q.start)):
            value = _value(mention)
            if (
                value.role in ("dateline", "comparison", "since")
                or value.precision in ("clock", "vague")
                or (value.precision == "year" and value.role != "deadline")
                or mention.text in _NOW
                or (self.text.startswith("前后", mention.end) and self.text[mention.start - 1 : mention.start] == "在")
            ):
                continue
            if (
                value.role == "deadline"
                or value.future
                or value.date is None
                or self.published is None
                or value.date > self.published
            ):
                day = value.date
                if value.role == "deadline" and mention.text in _HOLIDAYS and day is not None:
                    day -= timedelta(days=1)
                return AsOf(day, mention.text, AsOfBasis.STATED)
        return AsOf(self.published, None, AsOfBasis.PUBLISHED if self.published else None)

    def is_ahead(self, start: int, end: int) -> bool:
        """True if the last day named there is still to come: 3月20日实现复工率100% in a text of the 18th."""
        for mention in reversed(self.dates.within(start, end)):
            value = _value(mention)
            if value.precision in ("clock", "vague") or value.role in ("comparison", "since"):
                continue
            if mention.text in _NOW or value.role == "as_of":
                return False
            if value.precision != "day" and not mention.text.endswith(("月底", "月末")):
                return False
            return self.published is not None and value.date is not None and value.date > self.published
        return False

    def deadline_between(self, start: int, end: int) -> bool:
        """True if a day still to come is named there: 3月5日前, 到2月底."""
        for mention in self.dates.within(start, end):
            value = _value(mention)
            if value.precision in ("clock", "vague") or value.role in ("comparison", "since"):
                continue
            if value.date is not None and self.published is not None and value.date > self.published:
                if (
                    value.role
                    or value.future
                    or value.first is None
                    or value.first > self.published
                    or mention.text.endswith(("底", "末"))
                ):
                    return True
                continue  # 2024年在建项目, 本周开工率: the span in which it was written
            if value.role == "deadline" and self.published is None:
                return True
        return False


_value: Callable[[Mention], DateValue] = attrgetter("value")
