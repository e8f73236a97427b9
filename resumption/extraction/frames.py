"""What holds for a figure without standing beside it: day and place, each read from the nearest frame that names one.

Sentence before paragraph before document: a day or place of a sentence ends with it; 截至 holds for the paragraph, the
first 截至 for the document. Lists of places and lists of figures are paired one to one or not at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from resumption.extraction.dates import DateValue
from resumption.extraction.figures import Figure
from resumption.extraction.regions import Frame, Place
from resumption.extraction.words import Is
from resumption.items import AsOfBasis, Mention, Region, RegionBasis

_RANKED = re.compile(
    r"(?:首创|首推|首个|首家|率先|第[一二三四五六七八九十0-9]|最[高低快多早]|前列|领先|平均|上下|各地)"
)
_DATELINE = re.compile(r"(?:[0-9]{1,2}月)?[0-9]{1,2}日(?:电|讯)|[讯电](?=[，。：（ ])")
_FIRM = re.compile(r"[\u4e00-\u9fff（）]{2,12}?(?:有限公司|有限责任|股份公司|集团)")
_EXCEPTION = re.compile(r"除[^。；！？]{0,70}?外(?=[，、其均已])")
_AVERAGE = re.compile(r"(?:份)?(?:日均|平均|水平|同期)")
_BULLETIN = re.compile(r"[^，。；\n]{0,16}?(?:情况|进展|进度)[^，。；\n]{0,4}?(?:通报|公布|通告|报告)")
_BULLETIN_TITLE = re.compile(r"(?:通报|快报|日报|公报|情况|进展|进度)（$")
_EQUALS = re.compile(r"(?:为|相当于|达到?|是|占)[^，。；0-9]{0,6}$")
_DIGIT = re.compile(r"[0-9一二三四五六七八九十]")
_JOINTS = frozenset({"、", "和", "及", "与", "以及", "，"})


class AsOf(NamedTuple):
    """The day that a figure describes; `day` None if its year cannot be known."""

    day: date | None
    text: str | None
    basis: AsOfBasis | None


class Where(NamedTuple):
    """The place of a figure; `shared` if one figure stands for all places of a list."""

    regions: tuple[Region, ...]
    basis: RegionBasis | None
    ambiguous: tuple[Region, ...] = ()
    shared: bool = False
    end: int = 0
    """Where its name ends in the text, 0 if it stands elsewhere."""
    names: tuple[str, ...] = ()
    """As the text names it."""


@dataclass(slots=True)
class Frames:
    """The days and places of one document, in text order."""

    dates: tuple[Mention, ...]
    places: tuple[Mention, ...]
    published: date | None
    document: Frame
    text: str
    home_basis: RegionBasis | None = None
    reporting: Mention | None = None
    """The first 截至 of the document."""

    dateline: Mention | None = None
    """The day on which the report was made: 3月23日，记者从…获悉."""

    lead: AsOf | None = None
    """The day stated for the article's first figure."""
    starts: dict[int, list[int]] = field(default_factory=dict)
    """Where the mentions of a list begin, for bisection."""
    usable: dict[int, list[Mention]] = field(default_factory=dict)
    """Places of a sentence that a figure can belong to, by its beginning."""

    def __post_init__(self) -> None:
        self.reporting = next((m for m in self.dates if self._is_reporting(m)), None)
        lines = [m for m in self.dates if _value(m).role == "dateline" and self._is_day(m)]
        self.dateline = next((m for m in lines if m.start < 300), None)
        if self.dateline is None and self.published is not None:
            for m in self.dates:
                if m.start < 80 and _value(m).role == "" and self._is_near(m):
                    self.dateline = m
                    break

    def ends_between(self, start: int, end: int) -> list[int]:
        """Where the places and dates between two offsets end."""
        return [m.end for m in (*self._within(self.places, start, end), *self._within(self.dates, start, end))]

    def as_of(self, figure: Figure, sentence: tuple[int, int], paragraph: tuple[int, int], target: bool) -> AsOf:
        """The day of a figure."""
        at = figure.q.start
        if target:
            return self._deadline(figure, sentence)
        semicolon = self.text.rfind("；", sentence[0], at)
        if figure.rule.startswith(("<percent> <group> <re", "<count> <group> <verb>")) and figure.used:
            for mention in self._within(self.dates, figure.q.end, figure.used[-1][0]):
                if self._is_day(mention) and _value(mention).role == "" and mention.text not in _NOW:
                    return AsOf(_value(mention).date, mention.text, AsOfBasis.STATED)
        for mention in reversed(self._within(self.dates, sentence[0], at)):
            value = _value(mention)
            if mention.text in _NOW:
                break
            if not self._is_day(mention) or value.role in ("dateline", "since", "deadline") or value.future:
                continue
            if self._is_only_compared(mention, value, at):
                continue
            if value.date is None and self.published is not None:
                continue
            if value.role == "" and mention.end <= semicolon and not self._is_as_of(mention):
                continue
            return AsOf(value.date, mention.text, AsOfBasis.STATED)
        for mention in reversed(self._within(self.dates, paragraph[0], sentence[0])):
            if self._is_as_of(mention):
                return AsOf(_value(mention).date, mention.text, AsOfBasis.INHERITED)
        if (day := self._before_reporting(paragraph, at)) is not None:
            return day
        if self.reporting is not None and (self.reporting.start < at or _value(self.reporting).precision == "day"):
            return AsOf(_value(self.reporting).date, self.reporting.text, AsOfBasis.INHERITED)
        for mention in self._within(self.dates, paragraph[0], sentence[0]):
            value = _value(mention)
            if (
                value.role in ("", "dateline")
                and self._is_near(mention)
                and mention.text not in _NOW
                and not value.future
            ):
                return AsOf(value.date, mention.text, AsOfBasis.INHERITED)
        if self.lead is not None:
            return self.lead._replace(basis=AsOfBasis.INHERITED)
        if self.dateline is not None:
            return AsOf(_value(self.dateline).date, self.dateline.text, AsOfBasis.INHERITED)
        return AsOf(self.published, None, AsOfBasis.PUBLISHED if self.published else None)

    def _is_day(self, mention: Mention) -> bool:
        """A day or a range of days that can be the day of a figure, not a festival, a year or a far past."""
        value = _value(mention)
        if value.precision in ("clock", "vague", "year") or (
            value.precision == "period" and not _DIGIT.search(mention.text)
        ):
            return False
        if value.precision == "month" and _AVERAGE.match(self.text, mention.end):
            return False
        if value.date is None or self.published is None or value.role == "as_of":
            return True
        return value.date <= self.published and (self.published - value.date).days <= (
            400 if "年" in mention.text else 150
        )

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
        return value.role == "as_of" or (
            value.role == "" and self.text[mention.start - 1 : mention.start] in ("到", "至")
        )

    def _is_only_compared(self, mention: Mention, value: DateValue, at: int) -> bool:
        """较14日多2300余人, 相当于7月正常水平的73.2%: the day is only what one compares with."""
        between = self.text[mention.end : at]
        if value.role == "comparison":
            return between.strip("（）的") != ""
        if not between.endswith("的") or len(between) > 8:
            return False
        return bool(_EQUALS.search(self.text, max(0, mention.start - 8), mention.start))

    def _is_reporting(self, mention: Mention) -> bool:
        """The first 截至 or the day of the bulletin; 到昨天 without 截 speaks of its own sentence only."""
        if self._is_as_of(mention):
            return _value(mention).role == "as_of" or bool(_DIGIT.search(mention.text))
        return self._is_bulletin(mention)

    def _before_reporting(self, paragraph: tuple[int, int], at: int) -> AsOf | None:
        """The day stated in a paragraph that stands before the one in which 截至 first stands."""
        if self.reporting is None or self.reporting.start < paragraph[1]:
            return None
        for mention in self._within(self.dates, paragraph[0], at):
            value = _value(mention)
            if value.role not in ("", "dateline") or value.future or mention.text in _NOW:
                continue
            if value.date != self.published and self._is_near(mention, 2):
                return AsOf(value.date, mention.text, AsOfBasis.INHERITED)
        return None

    def _is_bulletin(self, mention: Mention) -> bool:
        """现将2月17日复工复产情况通报如下: the day of the whole report."""
        start = mention.start
        if self.text[start - 1 : start] not in ("将", "（") or _value(mention).precision != "day":
            return False
        if self.text[start - 1] == "（":
            return bool(_BULLETIN_TITLE.search(self.text, max(0, start - 12), start)) and start < 200
        return bool(_BULLETIN.match(self.text, mention.end))

    def _deadline(self, figure: Figure, sentence: tuple[int, int]) -> AsOf:
        for mention in reversed(self._within(self.dates, sentence[0], figure.q.start)):
            value = _value(mention)
            if (
                value.role in ("dateline", "comparison", "since")
                or value.precision in ("clock", "vague")
                or (value.precision == "year" and value.role != "deadline")
                or mention.text in _NOW
            ):
                continue
            if (
                value.role == "deadline"
                or value.future
                or value.date is None
                or self.published is None
                or value.date > self.published
            ):
                return AsOf(value.date, mention.text, AsOfBasis.STATED)
        return AsOf(self.published, None, AsOfBasis.PUBLISHED if self.published else None)

    def deadline_between(self, start: int, end: int) -> bool:
        """True if a day still to come is named there: 3月5日前, 到2月底."""
        for mention in self._within(self.dates, start, end):
            value = _value(mention)
            if value.precision in ("clock", "vague") or value.role in ("comparison", "since"):
                continue
            if value.date is not None and self.published is not None and value.date > self.published:
                return True
            if value.role == "deadline" and self.published is None:
                return True
        return False

    def home(self) -> Where:
        """The document's own place."""
        region = self.document.home
        return Where((region,) if region else (), self.home_basis if region else None)

    def where(
        self, figure: Figure, figures: list[Figure], sentence: tuple[int, int], paragraph: tuple[int, int]
    ) -> Where:
        """The place of a figure: the nearest one before it in its sentence that it can belong to, else the frame's."""
        text = self.text
        in_sentence = self.usable.get(sentence[0])
        if in_sentence is None:
            in_sentence = self.usable[sentence[0]] = self._usable(*sentence)
        named = [m for m in in_sentence if m.end <= figure.q.start]
        if not named:
            return self._inherited(sentence, paragraph)
        semicolon = text.rfind("；", sentence[0], figure.q.start)
        last = named[-1]
        if (
            last.end <= semicolon
            and _place(last).form != "anaphor"
            and len(_list_ending(named, len(named) - 1, text)) + len(named) > 2
        ):
            return self._anaphor_or_home(named)
        if last.end <= semicolon and "其中" in text[sentence[0] : last.start]:
            return self._anaphor_or_home(named)
        own = text[figure.clause_start : figure.q.start]
        if last.end <= figure.clause_start and (again := next((m for m in reversed(named) if m.text in own), None)):
            return self._of(again)
        group = _list_ending(named, len(named) - 1, text)
        run = _run_after(figures, last.end, text)
        if figure in run and len(run) > 1:
            place = run.index(figure)
            if len(group) == len(run):
                return self._of(group[place])
        singles = _singles(named, semicolon)
        own_run = run_of(figure, figures, text)
        if len(own_run) == len(singles) > 1 and figure_said_respectively(own_run[0]):
            return self._of(singles[own_run.index(figure)])
        if len(group) > 1:
            regions = tuple(r for m in group if (r := _place(m).region) is not None)
            return Where(regions, RegionBasis.STATED, shared=True, end=last.end, names=tuple(m.text for m in group))
        return self._of(last)

    def _usable(self, start: int, end: int) -> list[Mention]:
        found: list[Mention] = []
        left_out: Mention | None = None
        exceptions = [m.span() for m in _EXCEPTION.finditer(self.text, start, end)]
        for mention in self._within(self.places, start, end):
            place = _place(mention)
            listed = left_out is not None and self.text[left_out.end : mention.start] in ("、", "和", "及")
            if (
                any(a < mention.start < b <= end for a, b in exceptions)
                or place.role
                or place.in_name
                or listed
                or self._is_dateline_or_name(mention)
                or (place.form == "anaphor" and (self._is_yardstick(mention) or self.text[mention.start - 1] == "含"))
            ):
                left_out = mention if place.role or listed or self._is_far_aim(mention) else None
                continue
            left_out = None
            found.append(mention)
        return found

    def _is_dateline_or_name(self, mention: Mention) -> bool:
        """中新网北京3月14日电, 自贡至义乌, 湖北绿宇环保有限公司: no place of a figure."""
        if self.text[max(0, mention.start - 2) : mention.start].endswith(("至", "赴", "开往", "前往", "直达", "发往")):
            return True
        if _DATELINE.match(self.text, mention.end) or self._is_far_aim(mention):
            return True
        return not mention.text.endswith(("省", "市", "县", "区")) and bool(_FIRM.match(self.text, mention.end))

    def _is_far_aim(self, mention: Mention) -> bool:
        """去安徽六安招工, 包车到阜阳、亳州, 跑了云南: another part of the country, to which one goes for people."""
        home, region = self.document.home, _place(mention).region
        if home is None or region is None or not home.code or not region.code or home.code[:4] == region.code[:4]:
            return False
        if home.level in ("country", "province") and home.code[:2] == region.code[:2]:
            return False
        return self.text[max(0, mention.start - 2) : mention.start].endswith(("去", "到", "跑了", "来自", "远赴", "往"))

    def _is_yardstick(self, mention: Mention) -> bool:
        """在全市率先, 居全省第一: the wider place is only what one is compared with."""
        before = self.text[max(0, mention.start - 2) : mention.start]
        return bool(_RANKED.match(self.text, mention.end)) or before.endswith(("居", "列", "高于", "低于", "占"))

    def _inherited(self, sentence: tuple[int, int], paragraph: tuple[int, int]) -> Where:
        """全省 of the sentence before holds on; a story of many places has its place where the paragraph begins."""
        home = self.document.home
        before = self._usable(paragraph[0], sentence[0])
        for mention in reversed(before):
            region = _place(mention).region
            if region is None:
                continue
            if (
                home is not None
                and region.code != home.code
                and _is_above(region, home)
                and (_place(mention).form == "anaphor" or region.level == "country")
            ):
                return self._of(mention)._replace(basis=RegionBasis.INHERITED)
            if (
                home is not None
                and home.level != "country"
                and _is_above(home, region)
                and self._is_scene(mention, before)
            ):
                return self._of(mention)._replace(basis=RegionBasis.INHERITED)
            break
        if (
            before
            and (home is None or home.level == "country")
            and before[0].start - paragraph[0] <= 6
            and self.text[before[0].end] != "、"
        ):
            return self._of(before[0])._replace(basis=RegionBasis.INHERITED)
        return self.home()

    def _is_scene(self, mention: Mention, before: list[Mention]) -> bool:
        """True if a paragraph stays at this place: the only one of its kind that was named, not one of a list."""
        region = _place(mention).region
        home = self.document.home
        others = [r for m in before if (r := _place(m).region) is not None and r != region and r != home]
        return not any(home is not None and _is_above(home, r) and not _is_above(r, region) for r in others if region)

    def _of(self, mention: Mention) -> Where:
        place = _place(mention)
        if place.region is None:
            return Where((), None, ambiguous=place.candidates, end=mention.end)
        region = place.region
        if place.written and not mention.text.startswith(("经济", "高新", "经开", "开发")):
            region = replace(region, full_name=place.written)  # 郑州航空港区, as the article calls it
        return Where((region,), RegionBasis.STATED, end=mention.end, names=(mention.text,))

    def _anaphor_or_home(self, named: list[Mention]) -> Where:
        for mention in reversed(named):
            if _place(mention).form == "anaphor":
                return self._of(mention)
        return self.home()

    def _within(self, mentions: tuple[Mention, ...], start: int, end: int) -> list[Mention]:
        starts = self.starts.get(id(mentions))
        if starts is None:
            starts = self.starts[id(mentions)] = [m.start for m in mentions]
        low, high = bisect_left(starts, start), bisect_left(starts, end)
        if low == high:
            return []
        return [m for m in mentions[low:high] if m.end <= end]


_NOW = frozenset({"目前", "眼下", "当前", "现在", "如今", "截至目前", "到目前", "至今", "截至今日"})


def figure_said_respectively(figure: Figure) -> bool:
    """True if 分别 or 依次 stands before it."""
    return any(w.flags & Is.RESPECTIVELY for w in figure.left)


def _is_above(region: Region, home: Region) -> bool:
    """True if `region` contains `home`."""
    if region.level == "country":
        return True
    return home.full_name.startswith(region.full_name) and home.full_name != region.full_name


def _list_ending(named: list[Mention], index: int, text: str) -> list[Mention]:
    """The places joined by 、 or 和 that end with the one at `index`."""
    group = [named[index]]
    while index and text[named[index - 1].end : named[index].start].strip("“” 0123456789市县区省等") in _JOINTS - {
        "，"
    }:
        index -= 1
        group.insert(0, named[index])
    return group


def _singles(named: list[Mention], semicolon: int) -> list[Mention]:
    return [m for m in named if m.start > semicolon and _place(m).form != "anaphor"]


def _run_after(figures: list[Figure], position: int, text: str) -> list[Figure]:
    """The figures of one kind in a row that begin after a position: 98.6%、97.2%和96.4%."""
    first = next((f for f in figures if f.q.start >= position), None)
    return run_of(first, figures, text) if first is not None else []


def run_of(figure: Figure, figures: list[Figure], text: str) -> list[Figure]:
    """The figures of one unit in a row that a figure belongs to: 98.6%、97.2%和96.4%."""
    run = [figure]
    for other in figures[figure.index + 1 :]:
        if (
            other.q.unit is not figure.q.unit
            or text[run[-1].q.end : other.q.start].strip("左右以上多余约近超 ") not in _JOINTS
        ):
            break
        run.append(other)
    for other in reversed(figures[: figure.index]):
        if (
            other.q.unit is not figure.q.unit
            or text[other.q.end : run[0].q.start].strip("左右以上多余约近超 ") not in _JOINTS
        ):
            break
        run.insert(0, other)
    return run


def _first_of_run(figure: Figure, figures: list[Figure], text: str) -> Figure:
    return run_of(figure, figures, text)[0]


def _value(mention: Mention) -> DateValue:
    assert isinstance(mention.value, DateValue)
    return mention.value


def _place(mention: Mention) -> Place:
    assert isinstance(mention.value, Place)
    return mention.value
