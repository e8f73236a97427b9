"""The day of a plan: 力争3月10日前, 将在正月十五前复工; and whether a day is still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from resumption.extraction import lazy_re as re
from resumption.extraction.day_kinds import NOW, AsOf, DayKinds, value_of
from resumption.extraction.figures import Figure
from resumption.items import AsOfBasis, Mention

_STOP = re.compile(r"[，。；：]")
_OF_AN_EVENT = re.compile(r"(?:份)?的[\u4e00-\u9fff]{1,6}(?:会|节|展|赛|季|订单|合同|交期|班期)")
_OF_YEAR = re.compile(r"(?:今年|全年|年内|年度|((?:19|20)[0-9]{2})年)(?![0-9一上下前后初春底末第])")
_OWN_YEAR = frozenset({"全年", "年内"})
"""力争全年产值突破8亿元: due at the end of the year, whatever quarter the clause before names."""
_HOLIDAYS = frozenset(
    {"春节", "农历新年", "新春", "元旦", "元旦节", "国庆", "国庆节", "劳动节", "五一劳动节", "五一节"}
)
"""What is to be done before a holiday is to be done on the day before; 元宵节 is none."""
_THEN_PLANNED = re.compile(r"，(?:也|均|都|正|全部)?(?:将|计划|预计|拟|力争|争取|有望|确保|可)(?:在|于)?")
_PLANNED = re.compile(r"将|计划|预计|拟|力争|争取|可于|有望|确保|承诺|准备|打算")


@dataclass(slots=True, eq=False)
class Deadlines(DayKinds):
    """The days of one document as deadlines of what is planned."""

    def deadline_behind(self, figure: Figure) -> Mention | None:
        """12家计划3月5日前开工, 9个将在正月十五前复工: the plan and its day stand behind the figure."""
        end = figure.q.end
        for mention in self.dates.within(end, end + 30):
            value = value_of(mention)
            stop = _STOP.search(self.text, end, mention.start)
            if (
                stop
                and figure.rule == "<count>，<verb>"
                and _THEN_PLANNED.fullmatch(self.text, stop.start(), mention.start)
            ):
                stop = None  # 10个项目，力争3月底前陆续开工
            if stop or value.precision in ("clock", "vague", "year"):
                return None
            due = value.role == "deadline" or self._is_ahead(mention)
            if due and _PLANNED.search(self.text, end, mention.start):
                return mention
            if self._begins_later(mention):
                return mention  # 17家10月1日起恢复
        return None

    def _begins_later(self, mention: Mention) -> bool:
        """10月1日起恢复, in a text of September."""
        return self._is_ahead(mention) and self.text.startswith(
            ("起恢复", "起复工", "起复产", "起开工", "起陆续", "起逐步"), mention.end
        )

    def _is_ahead(self, mention: Mention) -> bool:
        day = value_of(mention).date
        return day is not None and self.published is not None and day > self.published

    def _deadline(self, figure: Figure, sentence: tuple[int, int]) -> AsOf:
        if (behind := self.deadline_behind(figure)) is not None:
            return AsOf(value_of(behind).date, behind.text, AsOfBasis.STATED)
        year = self._end_of_year(figure, sentence)
        names_group = self.text.endswith("的", 0, figure.q.start)  # 到5月底前，年内要开工的28个项目将全部动工
        own = year is not None and year.text in _OWN_YEAR and not names_group
        begin = figure.clause_start if own else sentence[0]
        for mention in reversed(self.dates.within(begin, figure.q.start)):
            value = value_of(mention)
            if (
                value.role in ("dateline", "comparison", "since")
                or value.precision in ("clock", "vague")
                or (value.precision == "year" and value.role != "deadline")
                or mention.text in NOW
                or (names_group and mention.text in _OWN_YEAR)
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
        return year or self._published_day()

    def _end_of_year(self, figure: Figure, sentence: tuple[int, int]) -> AsOf | None:
        """今年计划开复工项目2000个: what is planned for a year is due when it ends."""
        said = list(_OF_YEAR.finditer(self.text, figure.clause_start, figure.q.start)) or list(
            _OF_YEAR.finditer(self.text, sentence[0], figure.q.start)
        )
        if not said or figure.family not in ("project", "money", "output"):
            return None
        stated = said[-1][1]
        year = int(stated) if stated else self.published.year if self.published is not None else None
        if year is None or (self.published is not None and year < self.published.year):
            return None
        return AsOf(date(year, 12, 31), said[-1].group(), AsOfBasis.STATED)

    def _only_approaches(self, mention: Mention) -> bool:
        """临近春节, 春节临近, 赶四月的风筝会: a day to come that is no deadline."""
        text = self.text
        return (
            text.endswith(("临近", "将近", "迎接", "备战"), 0, mention.start)
            or text.startswith(
                ("临近", "将至", "在即", "将到", "不停工", "不停产", "不打烊", "不放假", "期间不"), mention.end
            )
            or (value_of(mention).precision == "month" and _OF_AN_EVENT.match(text, mention.end) is not None)
        )

    def is_ahead(self, start: int, end: int) -> bool:
        """True if the last day named there is still to come: 3月20日实现复工率100% in a text of the 18th."""
        for mention in reversed(self.dates.within(start, end)):
            value = value_of(mention)
            if value.precision in ("clock", "vague") or value.role in ("comparison", "since"):
                continue
            if self._only_approaches(mention):
                continue
            if mention.text in NOW or value.role == "as_of":
                return False
            if value.precision != "day" and not mention.text.endswith(("月底", "月末")):
                return False
            return self.published is not None and value.date is not None and value.date > self.published
        return False

    def deadline_between(self, start: int, end: int) -> bool:
        """True if a day still to come is named there: 3月5日前, 到2月底."""
        for mention in self.dates.within(start, end):
            value = value_of(mention)
            if value.precision in ("clock", "vague") or value.role in ("comparison", "since"):
                continue
            if self._only_approaches(mention):
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
