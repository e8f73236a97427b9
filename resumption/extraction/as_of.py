"""The day that a figure describes: stated beside it, in its paragraph, by the first 截至 of the document, or published.

Sentence before paragraph before document: a day of a sentence ends with it; 截至 holds for the paragraph, the first
截至 for the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from resumption.extraction import lazy_re as re
from resumption.extraction.count_clauses import REMAINDER, REMAINDER_LATER
from resumption.extraction.date_reports import find_titled_day, is_bulletin, is_statistic, tells_of_works
from resumption.extraction.day_kinds import NOW, AsOf, value_of
from resumption.extraction.deadlines import Deadlines
from resumption.extraction.figure_runs import JOINTS, run_of
from resumption.extraction.figures import Figure
from resumption.extraction.region_sections import Sections
from resumption.extraction.sentences import opener_of_list
from resumption.items import AsOfBasis, Mention

_STOP = re.compile(r"[，。；：]")
_DIGIT = re.compile(r"[0-9一二三四五六七八九十]")
_DONE_BY = re.compile(r"(?:之前|以前|前)(?:已|就)?(?:全部|全面|陆续)?(?:复工|复产|开工|返岗|到岗|开业|复业|恢复|投产)")
_AHEAD = 200
"""Characters that a 截至 reaches back to."""
_FROM = re.compile(r"[从由][约近]?$")
_TO = re.compile(r"[到至]$")
_ANNOUNCED = re.compile(
    r"(?:[上下]午|晚[上间]?|中午)?(?:从[^，。；\n]{2,16}(?:获悉|了解到|得知)"
    r"|公布|发布|给出|通报|披露|透露|介绍|表示|宣布|召开|举行|举办)"
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
_YESTERDAY = frozenset({"昨天", "昨日", "前天", "前日", "昨"})
"""目前 in a report that told of yesterday is today."""
_REPORTED = frozenset({"目前", "眼下", "当前", "如今", "现阶段", "现如今"})
"""Words for now that a report says of itself; 现在 is rather said on a scene."""
_REPORT = re.compile(
    r"[^。！？\n]{0,60}?(?:记者|发布会|通报会|获悉|了解到|得知|[电讯]|报道|消息|通报|公布|发布|披露|透露|访谈|答记者问|星期|周[一二三四五六日]|农历|播出|来源|下午好|晚上好)"
)
"""What makes the day before it one on which something was reported."""
_ON_SCENE = re.compile(r"[^\n]{0,90}?(?:告诉记者|记者看到|记者在|记者来到)")
"""A day on which the reporter was there, some sentences on."""
_HOUR_OF_DAY = re.compile(r"(?:一大?早|[上下]午|[清早凌]晨|早上|中午|傍晚|晚上?|夜里|[0-9]{1,2}(?:时|点))")
_RECENT = 5
"""Days between a day that was told and the publication after which it is no day of what still goes on."""
_IN_TURN = re.compile(r"，?[^，。；0-9]{0,24}(?:分别|依次|逐日|顺次)(?:是|为|达|达到|在)?")
"""21日、22日、23日，复工率逐日为…: the words between days in a row and their figures."""
_BEGAN = re.compile(
    r"(?!当[天日])(?:就|便|已|又|起|正式|全面|率先|开始|刚|才|经)?[^，。；0-9]{0,8}?"
    r"(?:复工|复产|开工|投产|开业|恢复营业|开门|点火|重启|启动|恢复生产|获批|批复|批准|核准)(?:复工|复产)?了?，"
)
_THAT_DAY = re.compile(r"当[天日]|首[日批]|第[一二三]天|头[一两]天|次日|第[一二]批")
_AT_WORK = frozenset({"workers_returned", "workers_total", "worker_return_rate", "capacity_rate", "production_rate"})
"""What a story tells of a firm that began again some days ago."""
_SINCE_EVENT = re.compile(r"(?:疫情|灾情|节后|年初|今年|复工|灾害|台风|地震)[^，。；]{0,6}以来，")
_UP_TO = ("截至", "截止", "截至到", "截止到", "截止至", "到")


_STAND_STILL = (REMAINDER, REMAINDER_LATER)
_YET_TO_START = re.compile(r"[^，。；0-9]{0,8}?(?:将|计划|预计|拟|待|有望|打算|准备)")
"""初六开工29家，其余16家将于正月十五后开工: they stand still today, not on the day of those before."""
_LAST_YEAR = re.compile(
    r"(?P<year>(?:去年|上年)(?:农历|节后|春节后)?同期)(?:的)?(?:[\u4e00-\u9fff]{0,5}率)?(?:则|却|仅|只|还|也|约){0,2}(?:仅为|只有|只是|才|为|是|仅|有|达到?|在)(?:近|约)?$"
)
"""而去年同期仅为69.3%."""
_ABOVE_LAST_YEAR = re.compile(
    r"(?:高于|超过|低于|好于|优于|不及)(?P<year>(?:去年|上年)(?:农历|节后)?同期)(?:的)?(?:近|约)?$"
)
_RATE_BEHIND = re.compile(r"(?:左右|以上)?的(?:[\u4e00-\u9fff]{0,6}率|水平)")
"""高于上年同期71%左右的开工率."""


def _year_before(day: date) -> date:
    """The same day of the year before; the 28th of February for the 29th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


Span = tuple[int, int]

_WRITTEN = re.compile(r"[0-9日号]|[初廿十][一二三四五六七八九十]")
"""A day by its number or as 今日, 昨日."""


@dataclass(slots=True, eq=False)
class Days(Deadlines):
    """The days of one document, in text order."""

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
        lines = [m for m in self.dates.mentions if value_of(m).role == "dateline" and self._is_day(m)]
        self.dateline = next((m for m in lines if m.start < 300), None)
        if self.dateline is None:
            for m in self.dates.mentions:
                said = _ANNOUNCED.match(self.text, m.end) is not None
                if m.start >= 80 or value_of(m).role or m.text in NOW:
                    continue
                # Without a day of publication only a day whose year the text states has a date.
                if self._is_near(m, 31 if said else 10) if self.published else self._is_day(m):
                    if self.text[m.start - 1 : m.start] in ("是", "自") or self._turns_to_today(m):
                        continue
                    self.dateline = m
                    break

    def _turns_to_today(self, mention: Mention) -> bool:
        """昨天还是几扇卷闸门，今天一早…: the report is of today."""
        if mention.text not in _YESTERDAY or not self.text.startswith(("还", "仍"), mention.end):
            return False
        stop = self.text.find("。", mention.end)
        return any(m.text in ("今天", "今日", "今早", "今晨") for m in self.dates.within(mention.end, stop))

    def read_title(self, title: str, dates: tuple[Mention, ...]) -> None:
        """The day of the title holds where the text has no 截至 of its own."""
        mention = find_titled_day(title, dates)
        if mention is not None:
            self.titled = AsOf(value_of(mention).date, mention.text, AsOfBasis.INHERITED)

    def is_of_bulletin(self, day: AsOf) -> bool:
        """True for a day of which the text says that all it reports is of it: 现将2月17日复工复产情况通报如下."""
        told = self.reporting
        return told is not None and day.text == told.text and is_bulletin(told, self.text)

    def was_told_last(self, day: AsOf, start: int, at: int) -> bool:
        """True for a day that a 截至 states and behind which the paragraph names no other before the figure."""
        named = [m for m in self.dates.within(start, at) if _WRITTEN.search(m.text)]  # not 今年, 春节
        return bool(named) and self._is_as_of(named[-1]) and value_of(named[-1]).date == day.day

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
        day = None
        if not (figure.rule in _STAND_STILL and _YET_TO_START.match(self.text, figure.q.end)):
            day = self._in_sentence(figure, sentence, paragraph, figures)
        day = day or self._now(figure, sentence)
        return day or self._inherited(figure, paragraph, sentence)

    def of_last_year(self, figure: Figure, now: AsOf) -> AsOf:
        """去年同期为71.2%: a level of one year before `now`, the day of what stands beside it; else `now` itself."""
        if figure.kind != "level" or now.day is None:
            return now
        told = _LAST_YEAR.search(self.text, figure.left_start, figure.q.start)
        if told is None and _RATE_BEHIND.match(self.text, figure.q.end):
            told = _ABOVE_LAST_YEAR.search(self.text, figure.left_start, figure.q.start)
        return now if told is None else AsOf(_year_before(now.day), told["year"], AsOfBasis.STATED)

    def _in_sentence(self, figure: Figure, sentence: Span, paragraph: Span, figures: Sequence[Figure]) -> AsOf | None:
        """The day named in the sentence: behind the figure with its verb, else the nearest before it."""
        at = figure.q.start
        if (behind := self._behind(figure)) is not None:
            return behind
        before = self.dates.within(sentence[0], at)
        if not before and not self.dates.within(at, sentence[1]):
            return None
        semicolon = self.text.rfind("；", sentence[0], at)
        usable: list[Mention] = []
        for mention in reversed(before):
            value = value_of(mention)
            if mention.text in NOW:
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
            if self._says_again(mention) or self._only_began(mention, figure):
                continue
            if (
                value.role == ""
                and mention.end <= semicolon
                and not (self._is_as_of(mention) or is_statistic(mention, self.text, self.published))
            ):
                continue
            opened = self.text.rfind("（", sentence[0], mention.start)
            closed = self.text.find("）", opened, at) if opened >= 0 else -1
            if closed > mention.start and any(f.q.end == opened for f in figures):
                continue
            usable.append(mention)
        if (paired := self._paired(figure, figures, usable)) is not None:
            return paired
        named, usable = usable, [m for m in usable if not self._is_only_compared(m, value_of(m), at)]
        if not usable or (_ANNOUNCED.match(self.text, usable[0].end) and not self._is_as_of(usable[0])):
            ahead = self.dates.within(at, paragraph[1] if usable else sentence[1])
            later = next((m for m in ahead if value_of(m).role == "as_of" and self._is_as_of(m)), None)
            if later is None and figure.indicator.endswith("_total") and ahead and self._opens_clause(ahead[0], at):
                later = ahead[0]  # 规上企业144家，到3月4日开工75家
            if later is not None and not any(m.text in NOW for m in before):
                return AsOf(value_of(later).date, later.text, AsOfBasis.INHERITED)
        if not usable:
            return None
        value = value_of(usable[0])
        if _FROM.search(self.text, max(0, at - 2), at):
            if value.precision == "period" and value.first is not None:
                return AsOf(value.first, usable[0].text, AsOfBasis.STATED)
            if _TO.search(self.text, max(0, usable[0].start - 1), usable[0].start):
                first = next((m for m in named if m.end < usable[0].start), None)
                if first is not None:
                    return AsOf(value_of(first).date, first.text, AsOfBasis.STATED)
        return AsOf(value.date, usable[0].text, AsOfBasis.STATED)

    def _opens_clause(self, mention: Mention, since: int) -> bool:
        """到3月4日 at the head of the clause next to the one of a figure that ends at `since`."""
        between = self.text[since : mention.start]
        return self._is_as_of(mention) and between.endswith(("，到", "，至")) and between.count("，") == 1

    def _says_again(self, mention: Mention) -> bool:
        """2月27日（农历二月初一前一天）: the same day in other words, directly behind it."""
        head = self.text[max(0, mention.start - 3) : mention.start].removesuffix("农历")
        if not head.endswith("（") or mention.text[0] in "0123456789":
            return False
        opened = self.text.rfind("（", 0, mention.start)
        return any(m.end == opened and self._is_day(m) for m in self.dates.within(max(0, opened - 14), opened + 1))

    def _only_began(self, mention: Mention, figure: Figure) -> bool:
        """2月24日复工，85名职工返岗71人: the day on which work began is not that of those who are there."""
        if figure.indicator not in _AT_WORK or self._is_as_of(mention):
            return False
        began = _BEGAN.match(self.text, mention.end, figure.q.start)
        return began is not None and _THAT_DAY.search(self.text, began.end(), figure.q.start) is None

    def _is_done_by(self, mention: Mention) -> bool:
        """2月20日前复工的企业达95.5%: a day that is over, by which it was done."""
        value = value_of(mention)
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
                return AsOf(value_of(mention).date, mention.text, AsOfBasis.STATED)  # 82%（截至2月28日）
            own = self.text[mention.start - 1] == "在" and not _STOP.search(self.text, end, mention.start)
            if own and self._is_done_by(mention):
                return AsOf(value_of(mention).date, mention.text, AsOfBasis.STATED)  # 八成企业在2月20日前复工
            if not self._is_day(mention) or value_of(mention).role or mention.text in NOW:
                continue
            at = self.text[mention.start - 1] == "于" and not _STOP.search(self.text, end, mention.start)
            if mention.end <= verb or at:
                return AsOf(value_of(mention).date, mention.text, AsOfBasis.STATED)
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
        between = self.text[row[0].end : run[0].q.begin]
        if (
            len(row) < 2
            or len(row) != len(run)
            or not (between.strip("的分别为是") == "" or _IN_TURN.fullmatch(between))
        ):
            return None
        mention = row[len(row) - 1 - run.index(figure)]
        return AsOf(value_of(mention).date, mention.text, AsOfBasis.STATED)

    def _now(self, figure: Figure, sentence: Span) -> AsOf | None:
        """截至目前 is the day of the report; 目前 alone names none: it is the 截至 of the text, if there is one."""
        mention = next((m for m in reversed(self.dates.within(sentence[0], figure.q.start)) if m.text in NOW), None)
        if mention is None:
            return None
        if (said := self._said_before(mention, sentence)) is not None:
            return said
        if mention.text.startswith("截至") or self.text.endswith(_UP_TO, 0, mention.start):
            if self.reporting is None and self.titled is None and self._is_event():
                return self._published_day()
            return self._day_of_report()
        if mention.text in _REPORTED and self.reporting is None and self._is_event():
            return self._published_day()
        if mention.text in _REPORTED and self._is_stale(sentence[0]):
            return self._day_of_report()
        earlier = [m for m in self.dates.within(sentence[0], mention.start) if self._is_day(m) and m.text not in NOW]
        return self._day_of_report() if earlier and self.reporting is None else None

    def _said_before(self, now: Mention, sentence: Span) -> AsOf | None:
        """2月4日，市经信局称目前…: the day on which it was said, in the same sentence."""
        for mention in reversed(self.dates.within(sentence[0], now.start)):
            if self._is_as_of(mention):
                return None
            if self._is_near(mention) and value_of(mention).role in ("", "dateline") and mention.text not in NOW:
                if _SAID.search(self.text, mention.end, now.start):
                    return AsOf(value_of(mention).date, mention.text, AsOfBasis.STATED)
                return None
        return None

    def _is_stale(self, start: int) -> bool:
        """True if a report speaks of now some days after its first 截至: its figures are no longer of that day."""
        line, first = self.dateline, self.reporting
        if line is None or first is None or not line.start < first.start < start or self._is_event():
            return False
        told, counted = value_of(line).date, value_of(first).date
        return told is not None and counted is not None and (told - counted).days > 1

    def _is_event(self) -> bool:
        """True if the day at the head of the text is one on which something happened, not the day of the report."""
        line = self.dateline
        if line is None or value_of(line).role == "dateline" or self.published is None:
            return False
        if line.text in ("今天", "今日") or (self._is_near(line, 1) and self._at_an_hour(line)):
            return False
        return _REPORT.match(self.text, line.end) is None and _ON_SCENE.match(self.text, line.end) is None

    def _at_an_hour(self, mention: Mention) -> bool:
        """8月2日上午，场记板清脆一响; 4月26日9时20分: somebody was there and tells of it on the next day."""
        return "时" in mention.text or _HOUR_OF_DAY.match(self.text, mention.end) is not None

    def _day_of_report(self) -> AsOf:
        if self.titled is not None and self.reporting is None:
            return self.titled
        if self.dateline is not None:
            return AsOf(value_of(self.dateline).date, self.dateline.text, AsOfBasis.INHERITED)
        return self._published_day()

    def _inherited(self, figure: Figure, paragraph: Span, sentence: Span) -> AsOf:
        """截至 of the paragraph, then of the document, then a day of the paragraph, then the day of the report."""
        at = figure.q.start
        now = any(m.text in NOW for m in self.dates.within(sentence[0], at))
        opener = opener_of_list(self.text, paragraph[0])
        if opener is not None and not self.dates.within(*paragraph):
            for mention in reversed(self.dates.within(*opener)):
                if self._is_as_of(mention):
                    return AsOf(value_of(mention).date, mention.text, AsOfBasis.INHERITED)
        for mention in reversed(self.dates.within(paragraph[0], sentence[0])):
            if self._is_as_of(mention) or (not now and self._holds_on(mention)):
                return AsOf(value_of(mention).date, mention.text, AsOfBasis.INHERITED)
            if mention.text in _REPORTED and self.reporting is None and self._is_event():
                return self._published_day()
        if (day := self._before_reporting(paragraph, at)) is not None:
            return day
        if self.reporting is not None and self.reporting.start > at:
            for mention in self.dates.within(sentence[0], at):
                if value_of(mention).role == "dateline" and self._is_near(mention):
                    return AsOf(value_of(mention).date, mention.text, AsOfBasis.INHERITED)
        if self.reporting is not None and self._reaches(at, paragraph):
            return AsOf(value_of(self.reporting).date, self.reporting.text, AsOfBasis.INHERITED)
        if self.titled is not None and self.reporting is None:
            return self.titled
        for mention in reversed(self.dates.within(paragraph[0], sentence[0])):
            value = value_of(mention)
            if value.role not in ("", "dateline") or not self._is_near(mention):
                continue
            if mention.text not in NOW and not value.future:
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
            and not self._counts_on(sentence[0], at)
            and not (now and self.lead.text in _YESTERDAY)
            and self.sections.at(at) < 0
            and (self.reporting is None or self.dateline is None)
        ):
            return self.lead._replace(basis=AsOfBasis.INHERITED)
        if self._comes_before(paragraph) or self.turns_to_now(paragraph):
            return self._published_day()
        return self._day_of_report()

    def _counts_on(self, start: int, at: int) -> bool:
        """自疫情发生以来，已发放贷款42亿元: what has gone on since is counted up to now, not to a day told before."""
        now, lead = self.published, self.lead.day if self.lead is not None else None
        if now is None or lead is None or (now - lead).days <= _RECENT:
            return False
        return _SINCE_EVENT.search(self.text, start, at) is not None

    def _comes_before(self, paragraph: Span) -> bool:
        """True for a paragraph before the one that names the day on which something happened."""
        line = self.dateline
        if self.titled is not None or line is None or line.start < paragraph[1]:
            return False
        return self._is_event() or not self._is_near(line, 3)

    def turns_to_now(self, paragraph: Span) -> bool:
        """True for a paragraph on how things stand, with its 目前, behind one on the event of an earlier day."""
        if self.titled is not None or self.dateline is None or self.dateline.start >= paragraph[0]:
            return False
        return self._is_event() and any(
            m.text in NOW and self.text.endswith(_UP_TO, 0, m.start) for m in self.dates.within(*paragraph)
        )

    def _reaches(self, at: int, paragraph: Span) -> bool:
        """True if the first 截至 of the document speaks of a figure there: any after it, few before it."""
        if self.reporting is None:
            return False
        if self.sections.at(self.reporting.start) not in (-1, self.sections.at(at)):
            return False
        if self.reporting.start < at:
            return True
        if value_of(self.reporting).precision != "day":
            return False
        if self.dateline is not None and self.dateline.start < at and self.reporting.start > paragraph[1]:
            return False
        return self.reporting.start - at < _AHEAD or (self.lead is not None and self.dateline is None)

    def _holds_on(self, mention: Mention) -> bool:
        """True for 一季度，全市124个重点项目…: what follows in the paragraph is of the same span."""
        if self.reporting is not None or not is_statistic(mention, self.text, self.published):
            return False
        return tells_of_works(self.text, mention.end)

    def _before_reporting(self, paragraph: Span, at: int) -> AsOf | None:
        """The day stated in a paragraph that stands before the one in which 截至 first stands."""
        if self.reporting is None or self.reporting.start < paragraph[1]:
            return None
        for mention in self.dates.within(paragraph[0], at):
            value = value_of(mention)
            if value.role not in ("", "dateline") or value.future or mention.text in NOW:
                continue
            if value.date != self.published and self._is_near(mention, 2):
                return AsOf(value.date, mention.text, AsOfBasis.INHERITED)
        return None
