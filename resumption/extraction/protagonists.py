"""Who a story follows: a firm by its short name (瑞陶 of 福建瑞陶建材有限公司), and its boss by his own (佟立新的厂子).

A firm that was named in full is meant again where its brand, or the person introduced beside it, comes again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from resumption.extraction import lazy_re as re
from resumption.extraction.groups import flags_of
from resumption.lexicon.firms import load_firms
from resumption.lexicon.gazetteer import load_gazetteer

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏"
    "韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰"
    "焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连"
    "芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_PERSON = re.compile(
    rf"(?:老板娘?|厂长|总?经理|董事长|负责人|店主|总监|主任|主管|矿长|队长|老总|创始人|掌柜|场长|站长|当家人|合伙人)([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
)
_NO_NAME = re.compile(r"[的说介表告坦透称算指在是和对也则都正站带看拿给将把，。：]")
_FORM = re.compile(
    r"(?:股份|科技|实业|集团|控股|国际|发展|工贸|贸易|制造){0,3}(?:有限责任公司|股份有限公司|有限公司|公司|集团|厂)$"
)
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,12}[省市县区镇]")
_SHORTEST, _LONGEST = 2, 4
"""Characters of a brand."""


@dataclass(slots=True, eq=False)
class Protagonists:
    """The firms of one document by the names that a story has for them."""

    text: str
    known: dict[str, str] = field(default_factory=dict)
    """Brand or person to the firm's name as it was first told."""

    def learn(self, owner: str, sentence: tuple[int, int]) -> None:
        """The sentence tells of the firm: remember its brand, and the person whom it introduces."""
        if not owner:
            return
        if brand := brand_of(owner):
            self.known.setdefault(brand, owner)
        for match in _PERSON.finditer(self.text, *sentence):
            if name := self._name(match[1]):
                self.known.setdefault(name, owner)

    def firm_in(self, sentence: tuple[int, int]) -> str:
        """The firm that the sentence means by a brand or a person told before, "" if none."""
        for name, firm in self.known.items():
            if self.text.find(name, *sentence) >= 0:
                return firm
        return ""

    def _name(self, letters: str) -> str:
        """佟立新 of 老板佟立新带着: as many characters as come again."""
        found = _NO_NAME.search(letters, 1)
        letters = letters[: found.start()] if found else letters
        while len(letters) > 1:
            if self.text.count(letters) > 1:
                return letters
            letters = letters[:-1]
        return ""


@cache
def _place_names() -> tuple[str, ...]:
    units = [
        unit for units in load_gazetteer().by_code.values() for unit in units if unit.level in ("province", "city")
    ]
    names = {name for unit in units for name in (unit.short, unit.name) if len(name) > 1}
    return tuple(sorted(names, key=len, reverse=True))


@cache
def brand_of(firm: str) -> str:
    """The brand in the name of a firm: without its place, its trade and its form; "" if nothing is left.

    >>> brand_of("福建瑞陶建材有限公司"), brand_of("藤编企业")
    ('瑞陶', '')
    """
    core = _FORM.sub("", _PLACE.sub("", firm))
    if core == firm:
        return ""
    core = next((core.removeprefix(name) for name in _place_names() if core.startswith(name)), core)
    firms = load_firms()
    for _ in range(3):
        end = next(
            (w for w in (*firms.trades, *firms.goods) if core.endswith(w) and len(core) - len(w) >= _SHORTEST), ""
        )
        if not end:
            break
        core = core.removesuffix(end)
    if not _SHORTEST <= len(core) <= _LONGEST or flags_of(core) or core in firms.kinds:
        return ""
    return core
