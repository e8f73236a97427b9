"""The reader of places: one pass over one text, where what was named before decides what the next word means."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.region_abroad import read_abroad
from resumption.extraction.region_areas import read_letters, read_many, read_parts_of_home
from resumption.extraction.region_built import read_bare_towns, read_opening_zones, read_trade_areas, read_zones_again
from resumption.extraction.region_named import Named
from resumption.extraction.region_patterns import (
    brands,
    organisation,
    province_letters,
    zone_name,
    zone_rest,
)
from resumption.extraction.region_place import Place, place_of
from resumption.extraction.region_roles import with_roles
from resumption.extraction.region_scan import ANAPHORS, Hit, scan
from resumption.extraction.region_scope import (
    MUNICIPAL,
    Frame,
    chain_of,
    choose,
    existing,
    meaning_of,
)
from resumption.extraction.region_short_towns import read_short_towns
from resumption.extraction.region_towns import Towns, unit_of_region
from resumption.extraction.segmentation import stands_alone
from resumption.extraction.sentences import begin_of
from resumption.items import Mention, Region
from resumption.lexicon.gazetteer import (
    Unit,
    full_name,
    load_gazetteer,
    parent_chain,
    region_of_unit,
)

_OF_STRUCTURE = (
    r"[^\W\d_a-zA-Z的在和与及]{0,3}?"
    r"(?:(?:特大|大|立交|高架|[一二三四五六七八九十])桥|隧道|互通(?!有)|枢纽工程|水电站|风电场)"
)
_STRUCTURE = re.compile(_OF_STRUCTURE)
_ROAD = re.compile(
    rf"{_OF_STRUCTURE}|[东南西北中]?(?:路(?![上线径局])|街(?!道)|大道)|平原|盆地|高原|半岛|海峡|流域|油田|煤田|水库|运河(?!区)|峡谷|航道|灌区"
)
_BYLINE = re.compile(r"(?:记者|通讯员|编辑|责编|作者|摄影|校对|审核)[\s：:/]*[^，。）)\n]{0,6}$")
_NAMES_OF_WRITERS = re.compile(
    r"[讯电][（(][\u4e00-\u9fff]{2,4}(?:[ 　、][\u4e00-\u9fff]{2,4}){0,3}[ 　、]?[\u4e00-\u9fff]?$"
)
"""某某日报讯（韦丹凤 蓝柳江）: who wrote it."""
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤盛单柴乔骆卓古聂柳洪蓝祝宁甘耿卫米施温樊颜柯葛文庄"
    "倪牛焦左符岳苗芦项阮包车伍滕靳关毕缪凌殷季霍尚路冷甄臧辛纪游连桑申佟戚喻郎翟褚栾祁傅谷尤窦卞"
)
_NONE = Hit(-1, -1, "")
_SAYING = re.compile(r"(?:说|表示|介绍|告诉|认为|坦言|透露|指出|强调|坦承|称(?!为|号)|向记者)")
_OFFICE_HOLDER = re.compile(
    r"(?:书记|[市县区省州镇乡局厅处科所院会部校队厂店站矿组班团司署台行村社馆园]长|主任|经理|总监|总裁|主席|董事|负责人|主管|总工|工程师|院士|教授|"
    r"老板|店主|工人|员工|职工|司机|村民|居民|代表|委员|专家)[\u4e00-\u9fff]$"
)
"""县长李大同: a word for an office and one character before a name."""
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:局|委员会|委|办公室|办|厅|中心)")
_OF_TOWN = re.compile(r"镇(?!村|街|级|区|办|域)|乡(?!村|镇|下|亲|友|贤|土|音|愁|里|间|情|野)|街道(?!上)|苏木")
_TOWN = re.compile(r"镇|乡(?!村|镇)|街道(?!上)|苏木")
_JOIN = frozenset("、和及与")
_ITEM = frozenset("、，；：中")
_OF_COUNTY = ("委", "里", "内", "级", "直", "域", "际", "长")
_PARTICLES = frozenset("和应古单代临兴对由")
_SUBJECT_OF = re.compile(r"：|规上|规模以上|工业企业|企业复工|全市|市委|[0-9]{1,4}[家个户]|(?:复工|开工|返岗|复产)率")
_PLAIN_WORDS = frozenset({"东方", "灯塔", "海伦", "大安", "新民", "永安", "兴化", "高平"})
_OF_ALL = re.compile(
    r"统一(?!部署|安排|行动)|首[个家批例条创趟列班次座款台辆只单艘场份]|最[大早先高好]|第[一二三]|百强|[十百]佳|文明|优秀|劳动模范|劳模|人大代表|政协委员|同行业|领先|前列|率先"
)
"""全国统一式样, 全国首个, 全国人大代表: said of a thing or a person, not a place."""
_BEFORE_COUNTY = frozenset("在从到由向对为以据")
"""在荣县, 从滦县: before a county's name of two characters."""
_VISITS = ("直击", "走进", "探访", "聚焦", "来到", "走访", "位于", "地处", "驰援", "援助", "灾后", "今日", "今天")
"""直击歙县: likewise, mostly in titles."""
_COUNTED = re.compile(r"(?:(?:已复|复|开)[工产]|恢复|企业|规上|已|率|达到?|约|近|超过?|逾){0,4}[0-9]")
_OF_REGION = re.compile(r"规上|规模|工业|企业|各|已|共|累计|复[工产]|外[资贸]|新增|返岗")
"""自治区 that means all of it, not its government or its list of projects (自治区重点项目)."""
_OPENS_WITH = frozenset({"在", "而在", "在此期间，在", ""})
_OPENING = 14
"""Characters at the head of a paragraph within which it says where it is."""
_WIDER = re.compile(r"地区(?!总部|生产|性|级|间|人)")
_AREA_TAIL = re.compile(r"[0-9]{1,2}个?(?:省份|省区市|省市|省|地市|市|县)(?![级委府长])|地区(?!总部|生产|性|级|间|人)")
"""苏北5市, 华南地区: what belongs to the name of an area."""
_NAMED_EVENT = re.compile(
    r"(?:“?[0-9]{1,2}[·.][0-9]{1,2}”?)?(?:[0-9]\.[0-9]级(?:强烈)?|发生[0-9]\.[0-9]级|强烈|大|特大)(?:地震|洪灾|洪水|泥石流|爆炸)"
)
"""定日6.8级地震: what happened, not where the figures are of."""
_PLATES = ("牌照", "号牌", "车牌")
"""广东深圳牌照的大巴车: where a coach is registered."""


class Reader:
    """One pass over one text: what was named so far decides what the next word means."""

    def __init__(self, text: str, frame: Frame) -> None:
        self.text, self.frame, self.year = text, frame, frame.year
        self.named = Named(text, frame)
        self.towns = Towns(self.named)
        self.words, self.lists = load_gazetteer().words, load_gazetteer().lists

    def read(self) -> list[Mention]:
        """All mentions, with their roles."""
        towns = [match.end() for match in _TOWN.finditer(self.text)]
        upto = 0
        for hit in scan(self.text):
            while upto < len(towns) and towns[upto] <= hit.start:
                self.towns.read(towns[upto])
                upto += 1
            if hit.start < (self.named.found[-1].end if self.named.found else 0):
                continue
            if hit.kind == "anaphor" or self._is_whole_prefecture(hit):
                self._anaphor(hit)
            elif hit.kind == "bare":
                self._bare(hit)
            else:
                self._name(hit)
        for end in towns[upto:]:
            self.towns.read(end)
        read_abroad(self.named)
        read_letters(self.named)
        read_many(self.named)
        read_parts_of_home(self.named)
        read_trade_areas(self.named)
        read_zones_again(self.named)
        read_opening_zones(self.named)
        read_bare_towns(self.named)
        self.towns.read_lists()
        self.towns.read_items()
        read_short_towns(self.named)
        self.named.found.sort(key=lambda mention: mention.start)
        return with_roles(self.text, self.named.found)

    def _is_whole_prefecture(self, hit: Hit) -> bool:
        """全州 that is no 全州县: a name that is also a word for all of a place, outside its own city."""
        if self.text[hit.start : hit.end] not in ANAPHORS:
            return False
        cities = {unit.parent for unit in hit.units}
        named = [chain for chain in self.named.contexts() if chain]
        return not any(cities & set(chain) for chain in named)

    def _name(self, hit: Hit) -> None:
        name = self.text[hit.start : hit.end]
        units = existing(hit.units, self.year)
        upper = self.named.before(hit.start)
        chained, start = False, hit.start
        if upper is not None and upper.code and upper.level != "town":
            below = tuple(u for u in units if upper.code in parent_chain(u.code, self.year) and u.name != upper.name)
            below = below or tuple(u for u in hit.units if upper.code in parent_chain(u.code)[1:])
            if below:
                units, chained, start = below, True, self.named.found[-1].start
        if not chained and self._is_no_place(hit, name, units):
            return
        first = units[0]
        elsewhere = upper is not None and not chained and first.code[:2] != upper.code[:2]
        if elsewhere and first.level == "county" and name != first.name:
            return  # 渝北仙桃数据谷: no list, and not below it
        form = "zone" if first.level == "zone" else "full" if name == first.name else "short"
        if chained and form == "short" and _STRUCTURE.match(self.text, hit.end):
            return  # 武汉江汉七桥
        in_name = (
            self.text.startswith(_PLATES, hit.end)
            or _NAMED_EVENT.match(self.text, hit.end) is not None
            or (not chained and self._in_name(name, hit.end))
        )
        unit, basis = self._decide(units, name, upper if chained else None)
        if unit is None:
            options = tuple(region_of_unit(u, self.year) for u in units)
            self.named.add(
                start, hit.end, Place(region=None, candidates=options, form=form, basis="open", in_name=in_name)
            )
            return
        if form == "short" and unit.level == "county" and not chained and self._is_part_of_words(hit, unit):
            return
        if basis == "unique" and form == "short" and unit.level == "county" and self._is_far(unit):
            basis = "far"
        if start != hit.start:
            self.named.drop_last()
        region = region_of_unit(unit, self.year)
        end = hit.end
        if unit.level != "zone" and _WIDER.match(self.text, end):
            end += 2  # 绍兴地区印染企业: of 绍兴
        elif not unit.code and (wider := _AREA_TAIL.match(self.text, end)):
            end = wider.end()
            whole = name + wider.group()
            region = Region(code="", name=whole, full_name=whole, level="zone")
        if unit.level != "zone" and basis != "far" and (tail := self._zone_tail(unit, end)):
            region, end, form, basis = self._zone(unit, name, tail), end + len(tail), "zone", "form"
        self.named.add(start, end, place_of(region, form, basis, in_name))

    def _decide(self, units: tuple[Unit, ...], name: str, upper: Region | None) -> tuple[Unit | None, str]:
        if len(units) == 1:
            return units[0], "chain" if upper else "unique"
        contexts = self.named.contexts()
        if upper is not None:
            contexts.insert(0, parent_chain(upper.code, self.year))
        return choose(units, name, contexts), "chain" if upper else "context" if contexts else "level"

    def _is_no_place(self, hit: Hit, name: str, units: tuple[Unit, ...]) -> bool:
        """An ordinary word outside its region, the name of a person, the end of 滇东北."""
        if self._is_word(name, units) and not self._word_in_place(hit, units):
            return True
        if self._begins_town(hit, name, units):
            return True
        if name[0] in "镇乡" and self.towns.has(hit.start + 1):
            return True  # the 镇江 of 陈埭镇江头村
        if name == "全国" and _OF_ALL.match(self.text, hit.end):
            return True
        first = units[0]
        if first.level == "county" and name != first.name:
            if _SAYING.match(self.text, hit.end):
                return True
            if hit.end - hit.start == 2 and _OFFICE_HOLDER.search(self.text, max(0, hit.start - 5), hit.start):
                return self.text[hit.start - 1] in _SURNAMES
            return bool(
                _BYLINE.search(self.text, max(0, hit.start - 14), hit.start)
                or _NAMES_OF_WRITERS.search(self.text, max(0, hit.start - 24), hit.start)
            )
        if not first.code:
            before, after = self.text[hit.start - 1 : hit.start], self.text[hit.end : hit.end + 1]
            if before == "等" and self.named.found and self.named.found[-1].end == hit.start - 1:
                return True  # 江苏、福建等华东地区: those that are named
            return before in province_letters() or before == "市" or after in "部侧角方风向路街南北"
        return False

    def _begins_town(self, hit: Hit, name: str, units: tuple[Unit, ...]) -> bool:
        """The 汕头 of 汕头镇: a short name before 镇, 乡, 街道 is of a town, unless a place begins there (宁波镇海)."""
        if name == units[0].name or not units[0].code or not (town := _OF_TOWN.match(self.text, hit.end)):
            return False
        return town[0] not in ("镇", "乡") or next(scan(self.text[hit.end : hit.end + 3]), _NONE).start != 0

    def _is_far(self, unit: Unit) -> bool:
        return bool(self.named.base) and all(chain[-1][:2] != unit.code[:2] for chain in self.named.base)

    def _is_part_of_words(self, hit: Hit, unit: Unit) -> bool:
        """The 商都 of 台商都已返岗. Only asked where the document has not led to the unit's city."""
        if any(chain and chain[-1][:4] == unit.code[:4] for chain in self.named.base):
            return False
        if self._opens_clause(hit.start) and self.text.startswith(self.lists["zone_tail"], hit.end):
            return False  # 石泉经开区
        return not stands_alone(self.text, hit.start, hit.end)

    def _opens_clause(self, start: int) -> bool:
        return start == 0 or not self.text[start - 1].isalnum()

    def _zone_tail(self, unit: Unit, end: int) -> str:
        """The rest of a zone's name at `end`, "" if there is none or if another place begins there."""
        tail = zone_rest().match(self.text, end)
        if tail is None:
            return ""
        own = tail[0] in self.lists["zone_tail"]
        if unit.level == "province" and not (own and unit.code[:2] in MUNICIPAL):
            return ""  # 湖南经济开发区 are all those of the province
        if not own and (first := next(scan(tail[0]), _NONE)).start == 0:
            below = any(unit.code in parent_chain(u.code, self.year) for u in first.units)
            # 海陵岛 begins like 海陵区: no county of another province behind a city.
            if not below and all(u.level == "county" and u.code[:2] != unit.code[:2] for u in first.units):
                return tail[0]
            if below or first.kind != "name" or tail[0][: first.end] not in self.words:
                return ""
        return tail[0]

    def _is_word(self, name: str, units: tuple[Unit, ...]) -> bool:
        return name in self.words or (len(name) == 2 and name == units[0].name and units[0].level == "county")

    def _word_in_place(self, hit: Hit, units: tuple[Unit, ...]) -> bool:
        """Whether an ordinary word is a place here: in its own region, or in a list with its sisters."""
        chains = self.named.contexts()
        if any(u.code in chain for u in units for chain in chains[: len(self.named.base)] if u.level != "zone"):
            return True
        if any(u.level == "city" and u.name.endswith("市") for u in units) and stands_alone(
            self.text, hit.start, hit.end
        ):
            return True  # 西安企业, not 江西安全
        if len(units) == 1 and self._opens_clause(hit.start) and self.text.startswith(self.lists["zone_city"], hit.end):
            return True  # 石泉经开区
        if len(units) == 1 and self._opens_clause(hit.start) and self._is_all_of(hit, units[0]):
            return True
        full = any(self.text[hit.start : hit.end] == u.name for u in units)
        if self._is_short_county(hit, full) or self._is_subject(hit, units):
            return True
        near = any(u.parent in chain for u in units for chain in chains)
        before, after = self.text[hit.start - 1 : hit.start], self.text[hit.end : hit.end + 1]
        if not near and full and after == "、" and not before.isalpha():
            return True
        if near and before == "【" and after == "】":
            return True  # 【东乡】316名驻企联络员: the label of a section
        if not near:
            return full and hit.end - hit.start > 2 and self.text[hit.start : hit.end] not in self.words
        if before in _ITEM and _COUNTED.match(self.text, hit.end):
            return True  # 禅城496家、三水688家: an item of a list of places with their figures
        listed = before in _JOIN and bool(self.named.found) and self.named.found[-1].end == hit.start - 1
        county = full and self.text[hit.start : hit.end].endswith("县") and before in _BEFORE_COUNTY
        return listed or after == "、" or county or (full and not before.isalpha())

    def _is_all_of(self, hit: Hit, unit: Unit) -> bool:
        """武昌全区: the short name with the word for the whole of its kind."""
        return hit.end - hit.start == len(unit.short) and self.text.startswith("全" + unit.name[-1], hit.end)

    def _is_short_county(self, hit: Hit, full: bool) -> bool:
        """沛县企业, 记者从费县获悉: a county whose name is a word or has two characters; not 应县委要求."""
        if not full or self.text[hit.end - 1] != "县":
            return False
        if hit.end - hit.start > 2:  # 公安县, 资源县
            begins = self._opens_clause(hit.start) or self.text[hit.start - 1 : hit.start] in _BEFORE_COUNTY
            return begins and not self.text.startswith(("级", "里", "内", "域"), hit.end)
        if self.text.startswith(_OF_COUNTY, hit.end):
            return False
        if self.text[hit.start] in _PARTICLES:
            often = self.text.count(self.text[hit.start : hit.end]) > 3  # 应县 of a story that says it again and again
            return self._opens_clause(hit.start) and (often or self.text.startswith(("：", "规", "企业"), hit.end))
        before = self.text[hit.start - 1 : hit.start]
        visited = self.text.endswith(_VISITS, 0, hit.start)
        if self._opens_clause(hit.start) or before in _BEFORE_COUNTY or visited:
            return stands_alone(self.text, hit.start, hit.end)
        return False

    def _is_subject(self, hit: Hit, units: tuple[Unit, ...]) -> bool:
        """石狮规上企业复工: a city whose name is also a word, as the subject of a clause on its firms."""
        if len(units) != 1 or not units[0].name.endswith("市") or not self._opens_clause(hit.start):
            return False
        if not _SUBJECT_OF.match(self.text, hit.end) or units[0].short in _PLAIN_WORDS:
            return False
        return stands_alone(self.text, hit.start, hit.end)

    def _in_name(self, name: str, end: int) -> bool:
        if _ROAD.match(self.text, end) or organisation().match(self.text, end):
            return True
        firms = brands().get(name)
        return firms is not None and self.text.startswith(firms, end - len(name))

    def _zone(self, parent: Unit, name: str, tail: str) -> Region:
        """威海市 + 经济技术开发区: the listed zone if there is one, else one built from the words."""
        listed = load_gazetteer().names.get(parent.short + tail, ())
        for unit in listed:
            if unit.level == "zone" and parent.code in parent_chain(unit.code, self.year):
                return region_of_unit(unit, self.year)
        upper = full_name(parent, self.year)
        own = name + tail if tail in self.lists["zone_bare"] or name != parent.name else tail
        full = upper + tail if name == parent.name else upper.removesuffix(parent.name) + own
        return Region(code=parent.code, name=own, full_name=full, level="zone", parent=parent.code)

    def _anaphor(self, hit: Hit) -> None:
        word = self.text[hit.start : hit.end]
        if (word[0] == "全" and self.text[hit.end : hit.end + 1] == "域") or self.text[hit.end : hit.end + 1] == "场":
            return
        if word == "自治区" and not _OF_REGION.match(self.text, hit.end):
            return
        if ANAPHORS[word] in {"市", "县", "区"} and word[1] == "里" and self.text[hit.end - 3 : hit.end - 2].isalpha():
            return
        region = meaning_of(word, self.frame, self.named.earlier)
        beside = self.named.before(hit.start) if word[0] == "全" else None
        if beside is not None and (own := meaning_of(word, Frame(home=beside, year=self.year))) is not None:
            region = own  # 南安全市: of the place whose name stands before it
        elif (
            (word[0] == "全" and (own := self._of_opening(word, hit.start)) is not None)
            or (word[0] == "全" and (own := self._of_office(word, hit.start)) is not None)
            or (word[0] == "全" and (own := self._of_digest(word, hit.start)) is not None)
        ):
            region = own
        elif (peer := self._of_peer(word, hit.start)) is not None:
            region = peer
        self._add_anaphor(hit.start, hit.end, region)

    def _of_opening(self, word: str, at: int) -> Region | None:
        """在江西，…全省12836家: of the place with which the sentence, or its part, begins, if that is of the kind."""
        begin = begin_of(self.text, "。；！？\n", at)
        first = next((m for m in self.named.found if m.start >= begin), None)
        if first is None or not isinstance(first.value, Place) or first.value.region is None:
            return None
        if first.value.form == "anaphor" or self.text[begin : first.start] not in _OPENS_WITH:
            return None
        if self.text[first.end : first.end + 1] not in "，：":
            return None
        region = first.value.region
        own = meaning_of(word, Frame(home=region, year=self.year))
        return own if own == region else None

    def _of_digest(self, word: str, at: int) -> Region | None:
        """安徽省出台20条举措。…全省5751户 in a report on several provinces: of the one that a sentence before is about.

        So is what stands below 安徽：…, the heading of a part. Asked only where the word would mean another place.
        """
        home = self.frame.home
        for mention in reversed(self.named.found):
            place = mention.value
            if not isinstance(place, Place) or place.region is None or place.form == "anaphor":
                continue
            begin = begin_of(self.text, "。！？\n", mention.start)
            own = meaning_of(word, Frame(home=place.region, year=self.year))
            if own != place.region or not own.code or mention.start - begin > 2:
                continue
            if own == home or (home is not None and own.code[:2] == home.code[:2]):
                return None
            line = begin_of(self.text, "\n", mention.start)
            heading = mention.start - line <= 2 and self.text.startswith("：", mention.end)
            if heading or line == begin_of(self.text, "\n", at):
                return own
            return None
        return None

    def _of_office(self, word: str, at: int) -> Region | None:
        """香洲区商务局统计，全区…: of the place whose office speaks in the sentence, if it is of that kind."""
        begin = begin_of(self.text, "。；\n", at)
        for mention in reversed(self.named.found):
            if mention.start < begin:
                return None
            region = mention.value.region if isinstance(mention.value, Place) else None
            if region is not None and _OFFICE.match(self.text, mention.end, at):
                own = meaning_of(word, Frame(home=region, year=self.year))
                return own if own == region else None
        return None

    def _of_peer(self, word: str, at: int) -> Region | None:
        """奉化的情况好一些。…全市204家 in a story not of 奉化 alone: of the place with which the paragraph begins."""
        home = self.frame.home
        begin = begin_of(self.text, "\n", at)
        first = next((m for m in self.named.found if m.start >= begin), None)
        if home is None or first is None or first.start - begin > _OPENING or not isinstance(first.value, Place):
            return None
        region = first.value.region
        if region is None or first.value.form == "anaphor" or not region.code or not home.code:
            return None
        if region.code[:2] != home.code[:2]:
            return None
        if region.code in parent_chain(home.code, self.year) or home.code in parent_chain(region.code, self.year):
            return None
        return meaning_of(word, Frame(home=region, year=self.year))

    def _add_anaphor(self, start: int, end: int, region: Region | None) -> None:
        place = place_of(region, "anaphor", "anaphor" if region else "open", False)
        self.named.found.append(Mention(start, end, self.text[start:end], place, f"region/anaphor: {place.basis}"))

    def _bare(self, hit: Hit) -> None:
        """经区, 高新区, 开发区: the zone of that kind named before, the one of this city, else built from the city."""
        word = self.text[hit.start : hit.end]
        before = self.text[hit.start - 1 : hit.start]
        if (before and before in "各个级家有所等类多") or _ends_alike(self.text, hit.start):
            return
        if self.text[hit.start - 2 : hit.start] in {"全省", "全国", "我国", "省内"}:
            return
        own = [region for region in (self.frame.home, *self.frame.hints) if region is not None]
        if self._named_zone(hit, word, own):
            return
        for region in (*reversed(self.named.earlier), *own):
            if region.level == "zone" and (region.name.endswith(word) or any(u.name == region.name for u in hit.units)):
                self.named.add(hit.start, hit.end, Place(region=region, form="zone", basis="context"))
                return
        for chain in self.named.contexts():
            for unit in hit.units:
                if unit.code in chain:
                    self.named.add(hit.start, hit.end, Place(region=region_of_unit(unit), form="zone", basis="context"))
                    return
        if word in self.lists["zone_city"]:
            for region in own:
                unit_region = next((r for r in chain_of(region, self.year) if r.level in {"city", "county"}), None)
                if unit_region is not None and (city := unit_of_region(unit_region)):
                    zone = self._zone(city, city.short, word)
                    self.named.add(hit.start, hit.end, Place(region=zone, form="zone", basis="form"))
                    return
        self._zone_of_home(hit, word, own)

    def _zone_of_home(self, hit: Hit, word: str, own: list[Region]) -> None:
        """县产业集聚区复工32家, 、开发区15家: a zone of the document's city or county that is an item of a list."""
        home = own[0] if own else None
        if home is None and not self.named.earlier and word in self.lists["zone_city"] and self.text.count(word) > 2:
            region = Region(code="", name=word, full_name=word, level="zone")
            self.named.add(hit.start, hit.end, Place(region=region, form="zone", basis="open"))
            return
        if home is None or home.level not in {"city", "county"} or (unit := unit_of_region(home)) is None:
            return
        start = hit.start - (self.text[hit.start - 1 : hit.start] == home.name[-1])
        found = self.named.found
        joined = bool(found) and self.text[found[-1].end : start] in _JOIN and start < hit.start
        if not joined and ((start and self.text[start - 1] not in _ITEM) or not _COUNTED.match(self.text, hit.end)):
            return
        zone = self._zone(unit, unit.name if start < hit.start else unit.short, word)
        self.named.add(hit.start, hit.end, Place(region=zone, form="zone", basis="form"))

    def _named_zone(self, hit: Hit, word: str, own: list[Region]) -> bool:
        """普光工业园区: a zone with a name of its own, in the county of the document."""
        name = zone_name().search(self.text, max(0, hit.start - 5), hit.start)
        if name is None or not own or own[0].level not in {"city", "county"} or word in self.lists["zone_city"]:
            return False
        if self.named.found and name.start(1) < self.named.found[-1].end:
            return False
        text = self.text[name.start(1) : hit.end]
        region = Region(
            code=own[0].code, name=text, full_name=own[0].full_name + text, level="zone", parent=own[0].code
        )
        self.named.add(name.start(1), hit.end, Place(region=region, form="zone", basis="form"))
        return True


def _ends_alike(text: str, start: int) -> bool:
    return text[max(0, start - 2) : start] in {"国家", "省级", "市级", "多个", "各类", "所有"}
