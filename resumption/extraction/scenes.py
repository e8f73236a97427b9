"""The place of a figure: the nearest one before it that it can belong to, else what its paragraph or document names.

Lists of places and lists of figures are paired one to one or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import NamedTuple

from resumption.extraction import lazy_re as re
from resumption.extraction.figure_runs import JOINTS, figure_said_respectively, run_after, run_of
from resumption.extraction.figures import Figure
from resumption.extraction.mention_line import MentionLine
from resumption.extraction.paragraph_places import places_of_paragraphs, speaks_of
from resumption.extraction.region_belonging import EXCEPTION, NOT_COUNTED, Belonging, is_above, is_below
from resumption.extraction.region_sections import Sections
from resumption.extraction.regions import Frame, Place
from resumption.extraction.sentences import begin_of
from resumption.items import Mention, Region, RegionBasis

_IN_ZONE = re.compile(r"(?:(?<=[，。；：、“”\n\u3000 ])|^|[该本]|(?<=位于))(?:园区|区内|园内|工业区|开发区)(?!别)")
_OUTPOST = re.compile(
    r"[^，。；：\n]{0,14}?(?:设(?:了|立|置|有|驻)|建立?了?|挂牌)[^，。；\n]{0,6}?(?:劳务|用工|招工|驻外|返岗)[^，。；\n]{0,4}?站"
)
_OVERALL = re.compile(r"[^。；]{0,20}?各(?:区县|县区|县市|市县|市州|地市|镇街|区|县|市|地)(?!级|类)")
"""A sentence on all parts of the home ends the stay at one of them: 各区统计的在建工地."""
_BY_KIND = re.compile(
    r"(?:从|按|分){1,2}(?:企业|行业|产业|地区|区域|领域|项目|所有制)?"
    r"(?:规模|类型|类别|行业|地区|区域|区县|县区|市县|领域|性质|种类|产业|门类)(?:情况)?(?:来看|看|统计)，"
)
"""A sentence on the kinds of all leaves the one place that was told of as an example: 分规模看."""
_GOES_ON = re.compile(r"(?:截[至止]|目前|现|已|其中|累计|同时|复工|开工|开复工)")
_WIDENS = re.compile(r"(?:此外|另外|下一步|接下来|总体|整体|总的|综合|据悉|据了解)")
_COUNTS = re.compile(r"[0-9余多][家户个项处条座人名万亿%]")
_OPENS = 2
"""Characters before a place that opens its sentence, at most."""
_OF_ALL_ITSELF = re.compile(
    r"[、，；](?:省|市|县|区|州|盟|自治区)(?:直|本级|直属|直管|直单位)$"
    r"|[、，；](?:其余|其他|其它|另外)的?(?:各|几个|[两三四五六七八九十]个?)?(?:乡镇|镇街|街道|县区|区县|县市|市州|地市|地区|各地|市县)$"
)
"""某示范区6个、省直9个: what the home keeps for itself, in a list of its parts."""
_OFFICE_OF_HOME = re.compile(
    r"([市县区州旗镇])(?:里|直|级|本级|农信|农商|农村|经信|经贸|工信|发改|人社|商务|住建|供电|税务|财政|总工会|市场监管|应急|交通|科技|文旅|金融)"
)
"""福州市本级安排…；县农信社发放…: behind the semicolon an office of the document's own place acts."""
_PEERS = frozenset({"city", "county", "zone", "town"})
_OPENING = 14
"""Characters at the head of a paragraph within which it says where it is."""
_SIDE = re.compile(r"来自|为|给|向|与|和|对|像|从|往")
_LEFT_OUT = ("除", "除去", "除了", *NOT_COUNTED)
"""除湖北籍员工外: who is not counted says nothing of where the figure is from."""
_TOTAL = re.compile(r"(?:总体|整体|综合|总的)")
_SPEAKER = re.compile(r"[^。！？“”\n]{2,40}?(?:说|介绍|表示|告诉|坦言|透露)")
_LIES_IN = re.compile(
    r"(?:均|都)?(?:位于|地处|坐落在|分布在|在)|[\u4e00-\u9fff]{1,6}?(?:均|都)?(?:位于|地处|坐落于|坐落在|分布在)"
)
_NOUN_IN = re.compile(r"[\u4e00-\u9fff]{2,18}?在(?!建)")
_BEGINS = re.compile(r"(?:集中|同时|同步|正式|陆续|全面|共同)?(?:开复工|开工|复工|启动|奠基)")
_MOVED = frozenset({"workers_transported", "workers_returned", "vehicles"})
_ARRIVAL = re.compile(r"(?:抵达|到达|送达|送到|送至|飞抵|运抵|接回|接到|接至|运回|返回)(?:了)?")
_HOW_MANY = re.compile(
    "[两三四五六七八九十0-9]{1,2}[个大]?[^，。；：、0-9]{0,3}?(?:乡镇|镇街|街镇|[镇乡市县区州旗盟省地]|街道|园区|片区)"
)
"""仪征、高邮、宝应三地: the number of places in a list is no figure of the row that belongs to them."""
_ITEM_REST = re.compile(r"[^，。；：、]{2,14}?(?:、|等)")
"""The rest of an item of a list behind a place in it: 宜昌三峡人家、."""
_THINGS_END = re.compile(r"等(?![^，。；：、等]{0,2}(?:方式|形式|措施|渠道|途径|手段|举措|办法))[^，。；：、等]{0,12}$")
_DOES = re.compile(r"已|通过|采取|采用|运用|协调|解决|帮助|落实|组织|发放|提供|派出|推出|开展|为|向|给|对")
"""Between a place and the first of a list: who does it, no part of the name of a thing."""
_UNITS_END = re.compile(
    r"(?:[^，。；：、]{0,4}(?:[市县省区州盟旗镇乡]|地区|街道|新区|园区|开发区)|[^，。；：、]{0,2}(?:各地|两地|三地|等地))(?:、|等)"
)


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


@dataclass(slots=True, eq=False)
class Scenes:
    """The places of one document, in text order."""

    places: MentionLine
    document: Frame
    text: str
    home_basis: RegionBasis | None = None
    sections: Sections = field(default_factory=lambda: Sections([], []))
    """The sections of a digest."""
    usable: dict[int, list[Mention]] = field(default_factory=dict)
    """Places of a sentence that a figure can belong to, by its beginning."""
    inherited: dict[tuple[int, int], Where] = field(default_factory=dict)
    """Place of the figures of a sentence that names none, by its span."""
    belonging: Belonging = field(init=False)
    paragraphs: dict[int, Mention] = field(init=False)
    """Places that whole paragraphs are of, by their beginning."""

    def __post_init__(self) -> None:
        self.belonging = Belonging(self.places, self.document, self.text)
        self.paragraphs = places_of_paragraphs(self.text, self.places.mentions)

    def home(self) -> Where:
        """The document's own place."""
        region = self.document.home
        if region is not None and region.level == "zone" and region.code:
            named = next((p for m in self.places.mentions if (p := _place(m)).region == region), None)
            if named is not None and named.written:
                region = replace(region, full_name=named.written)
        return Where((region,) if region else (), self.home_basis if region else None)

    def where(
        self, figure: Figure, figures: list[Figure], sentence: tuple[int, int], paragraph: tuple[int, int]
    ) -> Where:
        """The place of a figure: the nearest one before it in its sentence that it can belong to, else the frame's."""
        text = self.text
        in_sentence = self.usable.get(sentence[0])
        if in_sentence is None:
            in_sentence = self.usable[sentence[0]] = self.belonging.usable(*sentence)
        if (inside := self._excepted(figure, sentence)) is not None:
            return inside
        if (arrived := self._arrived(figure, sentence)) is not None:
            return arrived
        if (located := self._located(figure, sentence)) is not None:
            return located
        if self.document.home is None and figure.indicator in _MOVED and not in_sentence:
            origins = [
                m
                for m in self.places.within(*sentence)
                if _place(m).role == "origin" and _place(m).region and not text.endswith(_LEFT_OUT, 0, m.start)
            ]
            if origins:
                return self.of(origins[0])  # 来自济宁市的专列, in a text that has no other place
        named = [m for m in in_sentence if m.end <= figure.q.start and not self._is_in_closed_part(m, figure)]
        if figure.indicator in _MOVED and (own_end := self._own_end(named, sentence)) is not None:
            return own_end
        if named and _REST_OF_PLACES.match(text, figure.clause_start):
            return self._anaphor_or_home([m for m in named if m.start < figure.clause_start])
        named = [m for m in self._without_things(named, figure) if not self._is_outpost(m, figure)]
        if named and _OF_ALL_ITSELF.search(text, max(figure.clause_start - 1, named[-1].end), figure.q.start):
            return self.home()
        if (whole := self._of_paragraph(named, paragraph)) is not None:
            return whole
        if not named:
            if (spoken := self._speaker(figure, paragraph)) is not None:
                return spoken
            if sentence not in self.inherited:
                self.inherited[sentence] = self._inherited(sentence, paragraph)
            return self._of_zone(figure, sentence) or self.inherited[sentence]
        semicolon = text.rfind("；", sentence[0], figure.q.start)
        return self._widened(figure, named, sentence, semicolon) or self._of_row(figure, figures, named, semicolon)

    def _of_paragraph(self, named: list[Mention], paragraph: tuple[int, int]) -> Where | None:
        """The place that the whole paragraph is of, for a figure beside which no other is named."""
        place = self.paragraphs.get(paragraph[0])
        if place is None or not all(_place(m).form == "anaphor" and speaks_of(m, place) for m in named):
            return None
        return self.of(place)._replace(basis=RegionBasis.INHERITED)

    def _is_in_closed_part(self, mention: Mention, figure: Figure) -> bool:
        """与277家（含湖北省100家）企业…，166家复工: a part that a bracket names is not the place of what follows."""
        close = self.text.find("）", mention.end, figure.q.start)
        if close < 0:
            return False
        opened = self.text.rfind("（", 0, close)
        return opened < mention.start and self.text.startswith(("含", "包括", "其中"), opened + 1)

    def _widened(self, figure: Figure, named: list[Mention], sentence: tuple[int, int], semicolon: int) -> Where | None:
        """Figures behind the list of places, or the part, that a sentence named before: of all of it again."""
        text, last = self.text, named[-1]
        own = text[figure.clause_start : figure.q.start]
        if last.end <= semicolon:
            if (office := _OFFICE_OF_HOME.match(text, semicolon + 1)) and self._is_kind_of_home(office[1]):
                return self.home()
            if _place(last).form == "part":
                return self._anaphor_or_home(named[:-1])
            several = len({r.code for m in named if (r := _place(m).region) is not None}) > 1
            listed = len(_list_ending(named, len(named) - 1, text)) + len(named) > 2
            if _place(last).form != "anaphor" and listed and several:
                return self._anaphor_or_home(named)
            counted = len(named) == 1 and _COUNTS.search(text, last.end, semicolon)
            if _place(last).form == "town" and not counted:
                return self._anaphor_or_home(named[:-1])
            if "其中" in text[sentence[0] : last.start]:
                return self._anaphor_or_home(named)
        if last.end > figure.clause_start:
            return None
        listed = len(_list_ending(named, len(named) - 1, text)) > 1
        if listed and _TOTAL.search(own) and is_below(last, self.document.home):
            return self._anaphor_or_home(named)
        again = next((m for m in reversed(named) if m.text in own), None)
        return self.of(again) if again is not None else None

    def _is_kind_of_home(self, kind: str) -> bool:
        home = self.document.home
        return home is not None and home.name.endswith(kind)

    def _of_row(self, figure: Figure, figures: list[Figure], named: list[Mention], semicolon: int) -> Where:
        """The last place before the figure, or its place of a list: one to one with a row of figures, or shared."""
        text, last = self.text, named[-1]
        if len(named) > 1 and text[last.start - 1 : last.start] == "（" and text[last.end : last.end + 1] == "）":
            last = (named := named[:-1])[-1]  # 贵阳市（贵安新区）
        group = _list_ending(named, len(named) - 1, text)
        counted = _HOW_MANY.match(text, last.end, figure.q.start)
        run = run_after(figures, counted.end() if counted else last.end, text)
        if figure in run and len(group) == len(run) > 1:
            return self.of(group[run.index(figure)])
        singles = _singles(named, semicolon)
        own_run = run_of(figure, figures, text)
        if len(own_run) == len(group) > 1 and figure_said_respectively(own_run[0]):
            return self.of(group[own_run.index(figure)])
        if len(own_run) == len(singles) > 1 and figure_said_respectively(own_run[0]):
            return self.of(singles[own_run.index(figure)])
        if len(group) > 1:
            regions = tuple(r for m in group if (r := _place(m).region) is not None)
            return Where(regions, RegionBasis.STATED, shared=True, end=last.end, names=tuple(m.text for m in group))
        return self.of(last)

    def _arrived(self, figure: Figure, sentence: tuple[int, int]) -> Where | None:
        """210名工人顺利抵达福建莆田: in news of the whole country, or of where they arrive, that is the place."""
        if figure.indicator not in _MOVED:
            return None
        at = figure.q.end
        arrival = _ARRIVAL.search(self.text, at, min(sentence[1], at + 40))
        home = self.document.home
        if arrival is None:
            return None
        for mention in self.places.within(arrival.end(), min(sentence[1], arrival.end() + 12)):
            region = _place(mention).region
            if region is None or mention.start != arrival.end():
                continue
            if home is None or home.level == "country" or is_above(home, region):
                return self.of(mention)
        return None

    def _own_end(self, named: list[Mention], sentence: tuple[int, int]) -> Where | None:
        """14辆大巴从昭化区出发 in news of the province: where a journey begins or ends, if that lies in the home."""
        home = self.document.home
        if home is None or any(_place(m).region != home for m in named):
            return None
        ends = [m for m in self.places.within(*sentence) if _place(m).role and is_below(m, home)]
        regions = {r.code for m in ends if (r := _place(m).region) is not None}
        return self.of(ends[0]) if len(regions) == 1 else None

    def _speaker(self, figure: Figure, paragraph: tuple[int, int]) -> Where | None:
        """“目前89名员工在岗。”据修文县某煤矿矿长介绍: who says it stands behind the quotation."""
        opened = self.text.rfind("“", paragraph[0], figure.q.start)
        if opened < 0 or self.text.find("”", opened, figure.q.start) >= 0:
            return None
        close = self.text.find("”", figure.q.end, paragraph[1])
        said = _SPEAKER.match(self.text, close + 1, paragraph[1]) if close >= 0 else None
        if said is None:
            return None
        for mention in self.places.within(close + 1, said.end()):
            if is_below(mention, self.document.home) and not _place(mention).role:
                return self.of(mention)
        return None

    def _located(self, figure: Figure, sentence: tuple[int, int]) -> Where | None:
        """3座位于临汾市, 12家在高新区: the place stands behind the figure."""
        lies = _LIES_IN.match(self.text, figure.q.end, sentence[1])
        if lies is None:
            return self._begun(figure, sentence)
        for mention in self.places.within(lies.end(), min(sentence[1], lies.end() + 14)):
            if mention.start == lies.end() and _place(mention).region is not None:
                return self.of(mention)
        return None

    def _begun(self, figure: Figure, sentence: tuple[int, int]) -> Where | None:
        """11个重大项目在廊坊市集中开工: the place between the figure's noun and its verb."""
        noun = _NOUN_IN.match(self.text, figure.q.end, sentence[1])
        if noun is None:
            return None
        for mention in self.places.within(noun.end(), min(sentence[1], noun.end() + 14)):
            if mention.start == noun.end() and _place(mention).region is not None:
                return self.of(mention) if _BEGINS.match(self.text, mention.end) else None
        return None

    def _excepted(self, figure: Figure, sentence: tuple[int, int]) -> Where | None:
        """除东乡县复工率为85%外: the figure inside the exception is that of the place left out."""
        if "除" not in self.text[sentence[0] : figure.q.start]:
            return None
        for match in EXCEPTION.finditer(self.text, *sentence):
            if match.start() < figure.q.start < match.end() and (
                named := [
                    m
                    for m in self.places.within(match.start(), figure.q.start)
                    if not _place(m).role and _place(m).region
                ]
            ):
                return self.of(named[-1])
        return None

    def _is_outpost(self, mention: Mention, figure: Figure) -> bool:
        """县里在贵州紫云、云南镇雄设了劳务工作站，…输送回来3126人: where somebody waits for those who are fetched."""
        return figure.clause_start > mention.end and _OUTPOST.match(self.text, mention.end) is not None

    def _without_things(self, named: list[Mention], figure: Figure) -> list[Mention]:
        """秭归屈原故里、平遥牛肉等9家: a place in the name of a listed thing is not that of the figure."""
        text, at = self.text, figure.q.start
        begin = max(figure.clause_start, at - 14)
        listed = named and "等" in text[begin:at] and _THINGS_END.search(text, begin, at)
        if not listed or text.rfind("、", figure.clause_start, at) < 0:
            return named
        first = text.find("、", figure.clause_start, at)
        inside = [
            m
            for m in named
            if m.start >= figure.clause_start
            and _ITEM_REST.match(text, m.end, at)
            and not _UNITS_END.match(text, m.end)
            and not _DOES.search(text, m.end, max(m.end, first))
        ]
        later = any(m.start > first for m in inside)  # else a full name that opens the list says where all of it is
        inside = [m for m in inside if m.start > first or later or _place(m).form == "short"]
        return [m for m in named if m not in inside]

    def _of_zone(self, figure: Figure, sentence: tuple[int, int]) -> Where | None:
        """园区176家企业, 区内12家: the zone that the text named last, not far above; 区内 is in a district as well."""
        inside = _IN_ZONE.search(self.text, sentence[0], figure.q.start)
        if inside is None:
            return None
        for mention in reversed(self.places.within(max(0, sentence[0] - 400), sentence[0])):
            place = _place(mention)
            home = self.document.home
            if place.region is not None and not place.role and (home is None or is_above(home, place.region)):
                if place.region.level == "zone" and place.region.code:
                    return self.of(mention)._replace(basis=RegionBasis.INHERITED)
                if inside.group().endswith("区内") and place.region.level == "county" and place.region.name[-1] == "区":
                    return self.of(mention)._replace(basis=RegionBasis.INHERITED)
                if place.form != "town" and place.form != "anaphor":
                    return None
        return None

    def _inherited(self, sentence: tuple[int, int], paragraph: tuple[int, int]) -> Where:
        """全省 of the sentence before holds on; a story of many places has its place where the paragraph begins."""
        home = self.document.home
        section = self.sections.place(sentence[0])
        if home is not None and section is None and _OVERALL.match(self.text, sentence[0], sentence[1]):
            return self.home()
        before = [m for m in self.belonging.usable(paragraph[0], sentence[0]) if _place(m).form != "part"]
        if home is not None and before and _BY_KIND.match(self.text, *sentence):
            whole = _place(before[0]).region
            return (
                self.of(before[0])._replace(basis=RegionBasis.INHERITED)
                if whole is not None and is_above(whole, home)
                else self.home()
            )
        for mention in reversed(before):
            region = _place(mention).region
            if region is None:
                continue
            if (
                home is not None
                and is_above(region, home)
                and (_place(mention).form == "anaphor" or region.level == "country")
            ):
                return self.of(mention)._replace(basis=RegionBasis.INHERITED)
            if (
                home is not None
                and home.level != "country"
                and is_above(home, region)
                and self._is_scene(mention, before)
            ):
                return self.of(mention)._replace(basis=RegionBasis.INHERITED)
            break
        if (topic := self._topic(before, sentence)) is not None:
            return self.of(topic)._replace(basis=RegionBasis.INHERITED)
        if (
            before
            and (home is None or home.level == "country")
            and before[0].start - paragraph[0] <= 6
            and self.text[before[0].end] != "、"
        ):
            return self.of(before[0])._replace(basis=RegionBasis.INHERITED)
        if section is not None:
            return self.of(section)._replace(basis=RegionBasis.INHERITED)
        if (peer := self._peer(before, sentence, paragraph)) is not None:
            return self.of(peer)._replace(basis=RegionBasis.INHERITED)
        return self.home()

    def _peer(self, before: list[Mention], sentence: tuple[int, int], paragraph: tuple[int, int]) -> Mention | None:
        """奉化的情况好一些。… in a story of 余姚、奉化 that was read as one of 余姚: where the paragraph begins."""
        home = self.document.home
        if home is None or not before or _WIDENS.match(self.text, *sentence):
            return None
        opener = before[0]
        region = _place(opener).region
        if region is None or not region.code or region.level not in _PEERS or opener.start - paragraph[0] > _OPENING:
            return None
        if region.code[:2] != home.code[:2] and self.home_basis is not RegionBasis.INHERITED:
            return None
        if region == home or is_above(region, home) or is_above(home, region) or _place(opener).form == "anaphor":
            return None
        if self.text[opener.end] in "、和与" or _SIDE.search(self.text, paragraph[0], opener.start):
            return None
        last = _place(before[-1]).region
        if (
            last is not None
            and _place(before[-1]).form == "anaphor"
            and is_above(last, region)
            and not is_above(last, home)
        ):
            return before[-1]  # 高平市寺庄镇。…全市…
        inside = last is not None and is_above(region, last)
        if not inside and any(_place(m).region != region and not is_below(m, region) for m in before):
            return None
        return before[-1] if inside else opener

    def _topic(self, before: list[Mention], sentence: tuple[int, int]) -> Mention | None:
        """达拉特旗实施10项。截至目前，开工10项: what opens the sentence before, if this one only says more of it."""
        if not before:
            return None
        last = before[-1]
        begin = begin_of(self.text, "。！？\n", last.start)
        if _WIDENS.match(self.text, *sentence):
            return None
        if not (_GOES_ON.match(self.text, *sentence) or _COUNTS.search(self.text, last.end, sentence[0])):
            return None
        opener = next(m for m in before if m.start >= begin)
        region, home = _place(opener).region, self.document.home
        if region is None or (home is not None and not is_above(home, region)):
            return None
        if opener is not last and any(_place(m).region != region for m in before if m.start >= begin):
            return None
        return opener if opener.start - begin <= _OPENS and self.text[opener.end] not in "、和" else None

    def _is_scene(self, mention: Mention, before: list[Mention]) -> bool:
        """True if a paragraph stays at this place: the only one of its kind that was named, not one of a list."""
        region = _place(mention).region
        home = self.document.home
        others = [r for m in before if (r := _place(m).region) is not None and r != region and r != home]
        if home is None or region is None:
            return True
        inside = region.level in ("city", "county")  # what lies in it is no other scene: 荔波县…玉屏街道
        return not any(
            is_above(home, r) and not is_above(r, region) and not (inside and is_above(region, r)) for r in others
        )

    def of(self, mention: Mention) -> Where:
        """The place that a mention names, spelled as the article writes it where that is a zone of its own."""
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
                return self.of(mention)
        return self.home()


def _list_ending(named: list[Mention], index: int, text: str) -> list[Mention]:
    """The places joined by 、 or 和 that end with the one at `index`."""
    group = [named[index]]
    while index and text[named[index - 1].end : named[index].start].strip("“” 0123456789市县区省盟州旗等") in JOINTS - {
        "，"
    }:
        index -= 1
        group.insert(0, named[index])
    return group


def _singles(named: list[Mention], semicolon: int) -> list[Mention]:
    return [m for m in named if m.start > semicolon and _place(m).form != "anaphor"]


_REST_OF_PLACES = re.compile(
    r"(?:而|但)?(?:其他|其余|其它|剩余|余下)(?:的)?(?:各|[0-9]{1,2}个)?(?:地)?"
    r"(?:市州|市县|州市|地市|县区|区县|县市|镇街|乡镇|省份|省区市|地区|省|市|县|区|州|镇|街道|地)(?!场|民|政|里|级|属|内|外)"
)
"""其他各市复工率在20%左右: of none of those that the sentence named."""
_place: Callable[[Mention], Place] = attrgetter("value")
