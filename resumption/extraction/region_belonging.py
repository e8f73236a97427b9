"""Which places of a stretch of text a figure can belong to: not ends of a journey, names, examples, yardsticks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from resumption.extraction import lazy_re as re
from resumption.extraction.mention_line import MentionLine
from resumption.extraction.region_patterns import FOLLOWING, ORDERS
from resumption.extraction.regions import Frame, Place
from resumption.extraction.sentences import begin_of
from resumption.items import Mention, Region
from resumption.lexicon.gazetteer import parent_chain

EXCEPTION = re.compile(
    r"(?:不计算|不计|不含|不包括|剔除|扣除)[^，。；！？]{1,60}，|除[^。；！？]{0,70}?外(?=[，、）其均已的规全各工企复重项在商餐网])"
)
_RANKED = re.compile(
    r"(?:统一|通用|一盘棋|首创|首推|首个|首家|率先|每|知名|闻名|著名|重要|唯一|百强|[一二三四五六七八九十]{1,3}分之|第[一二三四五六七八九十0-9]|最[高低快多早]|前列|领先|平均|上下|各地)"
)
_DATELINE = re.compile(r"(?:[0-9]{1,2}月)?[0-9]{1,2}日(?:电|讯)|[讯电](?=[，。：（ ])")
_BOUNDARY = frozenset("，。；：、“（）\n 在是和与及”·")
_FIRM = re.compile(r"(?!的)[\u4e00-\u9fff（）]{2,12}?(?:有限公司|有限责任|股份公司|集团)")
_STATION = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:客运(?:总站|中心|站)|汽车(?:客运|总)?站|火车站|高铁站|[东南西北]站|机场|人力资源市场|码头|口岸)"
)
_ROUTE = re.compile(r"(?:至|到|—|-)[\u4e00-\u9fff]{2,6}?(?:高速|铁路|公路|高铁|城际|段|航道|管道|电网|特高压)")
"""通渭至定西高速, 来宾至都安段: where a line begins and ends."""
_ROUTE_BEGINS = frozenset("至到—-级省市县区州盟旗")
_RANK = re.compile("[省市县区州盟旗]?级(?!别)")
_EXAMPLES = re.compile(
    r"[^，。；：、]{0,14}等(?:[0-9]{1,4}(?:亿|万)?(?:-[0-9]{1,4}亿)?元以[上下]|[0-9]{1,4}亿-[0-9]{1,4}亿元|[0-9]{1,3}[个家条项](?!(?:省|市|县|区|州|城市|地|镇)(?!级))|一大?批|一系列|多[个项]|数[个项]|[多数][0-9十百]+个?)"
    r"[^，。；、的]{0,8}?(?:园区|开发区|工业园|集聚区|基地|项目|工程|高速|铁路|公路|线路|工地)"
)
"""安城经开区、平川高新区等9个园区: the places are examples of what is counted."""
_LAST_EXAMPLE = re.compile(
    r"[^，。；：、]{0,30}等(?:[0-9]{1,3}[个家条项]|一大?批|一系列|多[个项])[^，。；、的]{0,8}?(?:项目|工程|工地)"
)
"""银川青禾年产3万吨电缆和铜杆等6个项目 as the last item of a list."""
_FIRST_EXAMPLES = re.compile(
    r"[^，。；：、0-9]{2,24}(?:项目|工程)、[^，。；：0-9]{2,40}等(?:[0-9]{1,3}[个项]|一批|多个)[^，。；、的]{0,8}?(?:项目|工程)"
)
"""东山区某某园区项目、某某水厂扩建项目等9个重点项目: the first of the list, with others whose places are names."""
_ITEM_BEGINS = frozenset("、和及与")
_VENUE = re.compile(r"(?:[^，。；]{0,6}?)(?:举行|召开|举办)")
"""动员会在东山产业园举行: where one met."""
_STOPS = re.compile(r"[，。；：]")
_BRANCH = re.compile(r"[市县区]?(?:供电公司|供电局|海关|分公司|分行|支行|中心支行)")
"""国网怀化供电公司: a branch works where its name says."""
_AGENT = frozenset({"由", "和", "与", "同"})
_PARTNERS = re.compile(
    r"(?:[、和及][\u4e00-\u9fff]{2,8}?){0,6}(?:等地|等省份?|等[0-9两三四五六七八九十]+个?省(?:份|区|市)?)?"
    r"(?:的)?(?:有关部门|人社部门|当地)?(?:开展|加强|建立|签订|深化|进行|达成|协调|沟通|对接)[^，。；、]{0,6}?(?:协作|对接|合作|联系|沟通|机制|协议|协调)"
)
"""与贵州、云南等地开展劳务协作: with whom, not where."""
_OFFICE = re.compile(r"[^，。、；]{0,6}?(?:工信|经信|发改|人社|商务|政府|县委|市委|区委|[局委厅])")
_OUTSIDE = re.compile(
    r"以外|之外|除外|外(?=网点|企业|项目|地区|各|规上|规模|重点|重大|在建|全国|全省|商|餐|工业|[，的、）])"
)
"""湖北以外, 湖北省外网点: not of that place."""
_EVEN = ("甚至", "乃至")
_COMPARED = ("居", "列", "高于", "低于", "占", "高", "低")
_PARTNERS_LIST = 30
"""Characters of a list of partners."""
_SUPERIORS = frozenset({"省里", "市里", "州里", "县里", "区里"})
"""省里复核准予复工11座: who decides, not where it is, in a text on a lower place."""
NOT_COUNTED = ("不含", "不包括", "不包含", "不计", "扣除", "剔除")
"""全市规上企业299户（不含宁东）: a place that the figure leaves out."""
_ORDER = re.compile(rf"[^，。；0-9]{{0,40}}?(?:{ORDERS})")
_BESIDE_ALL = tuple(
    f"各{part}{joint}"
    for part in ("市", "县", "区", "县区", "区县", "州", "市州", "地市", "地", "县市", "市县")
    for joint in "及和、与"
)
"""各市及沈抚新区: one of all the parts of the home."""


@dataclass(slots=True, eq=False)
class Belonging:
    """The places of one document, in text order, and the place that it is about."""

    places: MentionLine
    document: Frame
    text: str

    def usable(self, start: int, end: int) -> list[Mention]:
        """The places between two offsets that a figure can belong to, in order."""
        found: list[Mention] = []
        left_out: Mention | None = None
        exceptions = [m.span() for m in EXCEPTION.finditer(self.text, start, end)]
        for mention in self.places.within(start, end):
            place = _place(mention)
            listed = left_out is not None and self.text[left_out.end : mention.start] in ("、", "和", "及")
            if (
                any(a < mention.start < b <= end for a, b in exceptions)
                or place.role
                or (place.form == "anaphor" and place.region is None)
                or (place.in_name and not _BRANCH.match(self.text, mention.end) and not self._is_at_firm(mention))
                or _OUTSIDE.match(self.text, mention.end)
                or self.text.endswith(NOT_COUNTED, 0, mention.start)
                or listed
                or (place.basis == "far" and not self._is_told_from_afar(mention))
                or self._is_served(mention)
                or self._is_partner(mention)
                or (place.form in ("zone", "town") and found and _VENUE.match(self.text, mention.end))
                or self.text.endswith(_BESIDE_ALL, 0, mention.start)
                or self._is_dateline_or_name(mention)
                or (
                    (place.form == "anaphor" or mention.text == "全国")
                    and (self._is_yardstick(mention) or self.text[mention.start - 1] == "含")
                )
                or (mention.text in _SUPERIORS and self._is_above_home(place.region))
            ):
                excluded = self.text.endswith(NOT_COUNTED, 0, mention.start)
                aimed = self._is_served(mention) or self._is_bound_for(mention) or self._is_far_aim(mention)
                left_out = mention if place.role or listed or excluded or aimed else None
                continue
            left_out = None
            found.append(mention)
        if found and "等" in self.text[found[0].end : end]:
            found = self._without_examples(found)
        if len(found) > 1:
            found = [m for m in found if not self._is_agent(m)] or found
        return found

    def _without_examples(self, found: list[Mention]) -> list[Mention]:
        kept: list[Mention] = []
        last: Mention | None = None
        for mention in reversed(found):
            gap = self.text[mention.end : last.start] if last is not None else ""
            joined = "、" in gap or gap.endswith(("和", "及", "与"))
            listed = last is not None and len(gap) <= 30 and joined and not _STOPS.search(gap)
            item = self.text[mention.start - 1 : mention.start] in _ITEM_BEGINS
            first = _FIRST_EXAMPLES.match(self.text, mention.end)
            example = (
                first
                or _EXAMPLES.match(self.text, mention.end)
                or (item and _LAST_EXAMPLE.match(self.text, mention.end))
            )
            if listed or (_place(mention).form != "anaphor" and example):
                last = mention
                continue
            last = None
            kept.insert(0, mention)
        return kept

    def _is_above_home(self, region: Region | None) -> bool:
        home = self.document.home
        return region is not None and home is not None and is_above(region, home)

    def _is_agent(self, mention: Mention) -> bool:
        """在开发区，由华县经信局组成的小组…: whoever acts is not where it is done."""
        return self.text[mention.start - 1 : mention.start] in _AGENT and bool(_OFFICE.match(self.text, mention.end))

    def _is_dateline_or_name(self, mention: Mention) -> bool:
        """中新网北京3月14日电, 自贡至义乌, 湖北青禾环保有限公司: no place of a figure."""
        if (
            self._is_of_order(mention)
            or self._is_bound_for(mention)
            or (self.text.endswith("至", 0, mention.start) and not self.text.endswith(_EVEN, 0, mention.start))
        ):
            return True
        if _DATELINE.match(self.text, mention.end) or self._is_far_aim(mention):
            return True
        after = self.text[mention.end : mention.end + 20]
        if after[:1] in _ROUTE_BEGINS and (_ROUTE.match(after) or _RANK.match(after)):
            return True
        if self.text[mention.start - 1] == "是" and self._is_praise(mention):
            return True
        if after.startswith(("某", "一家", "一间")):
            return False  # 中山某运动器材公司
        if not ("公司" in after or "集团" in after or "有限责任" in after) or not _FIRM.match(self.text, mention.end):
            return False
        if mention.text.endswith(("省", "市", "县", "区")):
            home, region = self.document.home, _place(mention).region
            return home is not None and region is not None and is_above(region, home)  # 桂林市某某有限公司 in a town
        return not self._is_at_firm(mention)

    def _is_of_order(self, mention: Mention) -> bool:
        """根据福鼎市防控工作部署: whose orders one follows."""
        return self.text.endswith(FOLLOWING, 0, mention.start) and _ORDER.match(self.text, mention.end) is not None

    def _is_bound_for(self, mention: Mention) -> bool:
        """开往东莞、汕头: where one goes."""
        return self.text.endswith(("赴", "开往", "前往", "直达", "发往"), 0, mention.start)

    def _is_at_firm(self, mention: Mention) -> bool:
        """在长沙某某有限公司: in news of the province or the country, a firm that one visits is where its name says."""
        home, region = self.document.home, _place(mention).region
        if home is None or region is None or not is_above(home, region):
            return False
        visited = self.text.endswith(("在", "走进", "来到"), 0, mention.start)
        if visited and region.level in ("city", "county") and _STATION.match(self.text, mention.end):
            return True
        if visited and _place(mention).form == "full":
            return True
        if home.level not in ("country", "province"):
            return False
        return visited and region.level in ("city", "county") and bool(_FIRM.match(self.text, mention.end))

    def _is_praise(self, mention: Mention) -> bool:
        """X区是全省的农业大镇, 保税区是宁波外贸的核心: the wider place only says what the narrower one is to it."""
        if self.text[mention.end : mention.end + 1] == "的":
            return True
        wider = _place(mention).region
        begin = begin_of(self.text, "。；！？\n", mention.start)
        before = [_place(m).region for m in self.places.within(begin, mention.start)]
        return wider is not None and any(
            r is not None and (is_above(wider, r) or (r.level == "zone" and r.code == wider.code)) for r in before
        )

    def _is_far_aim(self, mention: Mention) -> bool:
        """去安徽六安招工, 包车到阜阳、亳州, 跑了云南: another part of the country, to which one goes for people."""
        home, region = self.document.home, _place(mention).region
        if home is None or region is None or not home.code or not region.code or home.code[:4] == region.code[:4]:
            return False
        if home.level in ("country", "province") and home.code[:2] == region.code[:2]:
            return False
        return self.text[max(0, mention.start - 2) : mention.start].endswith(("去", "到", "跑了", "来自", "远赴", "往"))

    def _is_told_from_afar(self, mention: Mention) -> bool:
        """A county of which no province was named: only in news of the whole country that says it again."""
        home = self.document.home
        if home is None or home.level != "country":
            return home is None
        return self.text.count(mention.text) > 1 and self.text[mention.start - 1 : mention.start] in _BOUNDARY

    def _is_served(self, mention: Mention) -> bool:
        """为广州、深圳等地企业输送4万人: a list of those for whom it is done, in news of what is above them."""
        before = self.text[mention.start - 1 : mention.start]
        return (
            before == "为"
            and self.text[mention.end : mention.end + 1] == "、"
            and is_below(mention, self.document.home)
        )

    def _is_partner(self, mention: Mention) -> bool:
        """与贵州、云南等地开展劳务协作: places with which another one works together, each of the list."""
        begin = self.text.rfind("与", max(0, mention.start - _PARTNERS_LIST), mention.start)
        if begin < 0 or any(sign in self.text[begin : mention.start] for sign in "，。；：\n"):
            return False
        between = self.text[begin + 1 : mention.start]
        return (not between or between[-1] in "、和及") and _PARTNERS.match(self.text, mention.end) is not None

    def _is_yardstick(self, mention: Mention) -> bool:
        """在全市率先, 居全省第一: the wider place is only what one is compared with."""
        before = self.text[max(0, mention.start - 2) : mention.start]
        return bool(_RANKED.match(self.text, mention.end)) or (before.endswith(_COMPARED) and before != "提高")


def is_above(region: Region, home: Region) -> bool:
    """True if `region` contains `home`."""
    if region.level == "country":
        return True
    if region.level == "zone" and region.code.endswith("0000"):
        return home.code[:2] == region.code[:2] and home.level in ("city", "county")  # 兵团, 雄安新区
    if home.level == "zone" and home.code and region.level != "zone":
        return region.code in parent_chain(home.code)
    return home.full_name.startswith(region.full_name) and home.full_name != region.full_name


def is_below(mention: Mention, home: Region | None) -> bool:
    """True if the place lies in the home."""
    region = _place(mention).region
    return home is not None and region is not None and is_above(home, region)


_place: Callable[[Mention], Place] = attrgetter("value")
