"""Towns, townships and streets: 马市镇, 马市、塘洲等乡镇, and towns that no list has."""

from __future__ import annotations

from dataclasses import replace

from resumption.extraction import lazy_re as re
from resumption.extraction.region_named import Named
from resumption.extraction.region_patterns import town_names, zone_rest
from resumption.extraction.region_place import Place
from resumption.extraction.region_scope import region_of_name_code
from resumption.items import Region
from resumption.lexicon.gazetteer import Unit, counties_of_town, load_gazetteer, town_region

_TOWN_LIST = re.compile(
    r"(?:等(?:\d+个)?|([两三四五六七八九十2-9])个?)(?:[^，。；：、0-9\n的]{2,3})??(乡镇|镇街|街镇|镇|街道|乡)"
)
_LIST_ITEM = re.compile("[^、和及与]+")
_COUNTS = {sign: i for i, sign in enumerate("两三四五六七八九十", 2)} | {str(i): i for i in range(2, 10)}
_TOWN_ITEM = re.compile(
    r"(?:^|[，。；：、（\n])([\u4e00-\u9fff]{2,4}?)(?:(?:已复|复|开)[工产]|达|为|各)?(?=[0-9][0-9.,]*(?:%|[家户个处]))"
)
_UNLISTED_TOWN = re.compile(
    r"(?:^|[\s，。；：、“”（）]|位于|走进|来到|[在到对区市县])((?!全|各|该|本|乡|城|村|小|集|我|多|这|今年|去年|往年|每年|明年|常年|当地|附近|周边|方便|遍布|跨|其[余他它]|[两三四五六七八九十]个)[\u4e00-\u9fff]{2}"
    r"(?:集?镇|街道))$"
)
_LONG_UNLISTED_TOWN = re.compile(
    r"(?:^|[，。；：、“（\n])((?!其|各|有|所|沿|受|重点|部分|相关|特色|中心|历史|工业|建制|街|乡|该|本|全)"
    r"[^\W\d_a-zA-Z的和与及在了是各个从到由把被村县市区省镇乡两三四五六七八九十]{3,4}(?:镇|街道))$"
)
_BARE_TOWN = re.compile(
    r"(?:^|[\s，。；：、“（\n])((?!全|各|该|本|乡|我|多|这|其|有|所|受|重点|部分|相关|特色|中心|工业|建制|村|小城|城[镇乡]|集镇|当地|附近|周边)"
    r"[^\W\d_a-zA-Z的和与及在了是个从到由把被村县市区省镇乡两三四五六七八九十]{2,3}(?:镇|街道|乡))$"
)
_FIGURE_OF_TOWN = re.compile(
    r"(?:的)?(?:规上|规模以上|工业)?(?:企业|商户|工地|项目)?(?:已|累计|共|有|达|为|在|现){0,2}(?:复工|复产|开工|返岗|到岗|[0-9])"
)


class Towns:
    """Reads towns by what their county's list has, in the context of what was named."""

    def __init__(self, named: Named) -> None:
        self.named, self.text, self.frame, self.year = named, named.text, named.frame, named.year

    def read(self, end: int) -> None:
        """马市镇: the longest name before the suffix that the county in context has."""
        self._drop_beginning(end)
        floor = self.named.found[-1].end if self.named.found else 0
        start = max(floor, end - 8)
        upper = self.named.found[-1] if self.named.found else None
        chains = self.named.contexts()
        for begin in range(start, end - 1):
            name = self.text[begin:end]
            if upper is not None and upper.end == begin and isinstance(upper.value, Place) and upper.value.region:
                codes = [upper.value.region.code]
            elif upper is not None and upper.end == begin and isinstance(upper.value, Place) and upper.value.candidates:
                codes = [r.code for r in upper.value.candidates if _county_of(name, r.code)]
                codes = codes if len(codes) == 1 else []  # 市中区光明路街道: the one 市中区 that has the street
            else:
                codes = list(dict.fromkeys(code for chain in chains for code in chain[:2] if not code.endswith("0000")))
            county = next((found for code in codes if (found := _county_of(name, code))), None)
            if county is None:
                continue
            if upper is not None and upper.end == begin and codes[0][:4] == county[:4]:
                begin = upper.start
                self.named.drop_last()
            region = self._town_then(town_region(name, county, self.year))
            tail = zone_rest().match(self.text, end)
            if tail:
                region = replace(region, name=name + tail[0], full_name=region.full_name + tail[0], level="zone")
                end = tail.end()
            self.named.add(begin, end, Place(region=region, form="town" if not tail else "zone", basis="context"))
            return
        self._unlisted_town(end)

    def has(self, end: int) -> bool:
        """True if a name that ends there is a town of a county or a city in context: 陈埭镇."""
        codes = {code for chain in self.named.contexts() for code in chain[:2] if not code.endswith("0000")}
        return any(_county_of(self.text[end - size : end], code) for size in (3, 4) for code in codes)

    def _drop_beginning(self, end: int) -> None:
        """凤阳 of 凤阳街道 and 固镇 of 龙固镇 are no counties in Anhui, if the county in context has such a town."""
        last = self.named.found[-1] if self.named.found else None
        if last is None or not isinstance(last.value, Place) or last.value.form != "short" or last.end <= end - 6:
            return
        if last.end == end:
            chains = [chain for chain in self.named.contexts() if chain and last.value.region is not None]
            codes = dict.fromkeys(code for chain in chains for code in chain[:1] if code[2:] != "0000")
            names = [self.text[begin:end] for begin in range(max(0, end - 5), last.start)]
            if any(name in town_names(code) for code in codes for name in names):
                self.named.drop_last()
            return
        name = self.text[last.start : end]
        if last.text != name[: len(last.text)] or name[len(last.text) :] not in ("镇", "街道", "乡", "苏木"):
            return
        codes = dict.fromkeys(code for chain in self.named.contexts() for code in chain[:2] if code[2:] != "0000")
        own = last.value.region.code if last.value.region is not None else ""
        if any(code != own and _county_of(name, code) for code in codes):
            self.named.drop_last()

    def _town_then(self, town: Region) -> Region:
        """盛泽镇 in 2011 lay in 吴江市, the home of the text, not in the district that followed it."""
        home = self.frame.home
        unit = unit_of_region(home) if home is not None and home.level == "county" else None
        if home is None or unit is None or unit.successor != town.code:
            return town
        return replace(town, code=home.code, parent=home.code, full_name=home.full_name + town.name)

    def _unlisted_town(self, end: int) -> None:
        """龙港镇 before it became a city, 团洲集镇: a town that no list has, of the document's own county."""
        home = self._county()
        match = _UNLISTED_TOWN.search(self.text, max(0, end - 9), end)
        if match is None and _FIGURE_OF_TOWN.match(self.text, end):
            match = _LONG_UNLISTED_TOWN.search(self.text, max(0, end - 9), end)
        if self.frame.home is None and _FIGURE_OF_TOWN.match(self.text, end):
            self._town_of_nowhere(end)
            return
        if home is None or match is None:
            return
        begin = match.start(1)
        if self.named.found and self.named.found[-1].end > begin:
            last = self.named.found[-1].value
            if not (isinstance(last, Place) and last.basis == "far" and self.named.found[-1].start == begin):
                return
            self.named.drop_last()
        name = match[1]
        region = Region(code=home.code, name=name, full_name=home.full_name + name, level="town", parent=home.code)
        self.named.add(begin, end, Place(region=region, form="town", basis="form"))

    def _town_of_nowhere(self, end: int) -> None:
        """沙河镇规上企业17家 in a text that does not say in which county: the town by its name alone."""
        match = _BARE_TOWN.search(self.text, max(0, end - 6), end)
        if match is None or (self.named.found and self.named.found[-1].end > match.start(1)):
            return
        region = Region(code="", name=match[1], full_name=match[1], level="town")
        self.named.add(match.start(1), end, Place(region=region, form="town", basis="form"))

    def _county(self) -> Region | None:
        """The county that the document is of, or that its town lies in."""
        home = self.frame.home
        if home is not None and home.level == "town" and home.parent:
            home = region_of_name_code(home.parent, self.year)
        return home if home is not None and home.level == "county" else None

    def read_lists(self) -> None:
        """马市、塘洲等乡镇: the items are towns of the county in context."""
        if not ("镇" in self.text or "乡" in self.text or "街" in self.text):
            return
        for match in _TOWN_LIST.finditer(self.text):
            codes = list(dict.fromkeys(code for chain in self.named.contexts() for code in chain[:1]))
            stop = match.start()
            begin = max((self.text.rfind(sign, 0, stop) for sign in "，。；：\n（“"), default=-1) + 1
            items = [m.span() for m in _LIST_ITEM.finditer(self.text, begin, stop)]
            found = [
                next((n for n in range(min(4, e - b), 1, -1) if self._listed(self.text[e - n : e], codes)), 0)
                for b, e in items
            ]
            whole = _COUNTS.get(match[1] or "") == len(items) and any(found)
            for (start, end), size in zip(items, found, strict=True):
                size = size or (end - start if whole and end - start in (2, 3) else 0)
                if not size or any(m.start < end and end - size < m.end for m in self.named.found):
                    continue
                name = self.text[end - size : end]
                region = self._listed(name, codes) or self._unlisted_item(name, match[2])
                if region is not None:
                    self.named.add(end - size, end, Place(region=region, form="town", basis="context"))

    def _unlisted_item(self, name: str, kind: str) -> Region | None:
        """盘江 in 柏果、盘江、石桥三个镇, though the list of its county has only the others."""
        home = self.frame.home
        if home is None or home.level != "county" or kind not in ("镇", "乡", "街道"):
            return None
        whole = name + kind
        return Region(code=home.code, name=whole, full_name=home.full_name + whole, level="town", parent=home.code)

    def read_items(self) -> None:
        """柳市83%、北白象70%: two items or more of a list of figures that are towns of the document's county."""
        home = self.frame.home
        if home is None or home.level != "county":
            return
        items = [(m.span(1), r) for m in _TOWN_ITEM.finditer(self.text) if (r := self._listed(m[1], [home.code]))]
        taken = [(m.start, m.end) for m in self.named.found]
        for (start, end), region in items if len(items) > 1 else ():
            if not any(a < end and start < b for a, b in taken):
                self.named.add(start, end, Place(region=region, form="town", basis="context"))

    def _listed(self, name: str, codes: list[str]) -> Region | None:
        for code in codes:
            for suffix in ("镇", "街道", "乡"):
                if county := _county_of(name + suffix, code):
                    return self._town_then(town_region(name + suffix, county, self.year))
        return None


def _county_of(name: str, code: str) -> str | None:
    """The county under `code` (a county or a city) that has this town; None if none or several."""
    if name in town_names(code):
        return code
    if code.endswith("00") and not code.endswith("0000"):
        found = counties_of_town(name, code[:4])
        return found[0] if len(found) == 1 else None
    return None


def unit_of_region(region: Region) -> Unit | None:
    units = load_gazetteer().by_code.get(region.code, ())
    return next((unit for unit in units if unit.name == region.name), units[-1] if units else None)
