"""Names of firms by how they are built: brand and trade (恒砚陶瓷), brand and form, all three (津岳阀门公司)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from resumption.extraction import lazy_re as re
from resumption.extraction.groups import flags_of
from resumption.extraction.words import VERB, Is
from resumption.lexicon.firms import load_firms

_BRAND = re.compile(
    r"(?:(?![的了在是有和与及从到对为向已被把将也都就还个家户名这那该各某此其由给让使说称叫等第共每年月日])[\u4e00-\u9fffA-Za-z]){2,9}$"
)
"""Characters of a brand, from the last one back to a word that is in no name."""
_PLACE_END = re.compile(r"^.*(?:[市县区镇乡村州旗盟园]|街道)")
_COUNTED = re.compile(r"^.*[一二两三四五六七八九十几][座台家批辆块副处双间头个条所名万套组]")
"""一家, 三台: what follows is a kind."""
_PLACE_TAIL = re.compile(r"^(?:走进|来到|位于|走访|探访|据|另|以|像|如|而|但)")
_NO_BRAND_END = frozenset("前后时里内外间")
_TO_PLANT = re.compile(r"[返出进驻留入住到回开办建盯看卖]$")
"""返厂, 驻厂: to the plant, not the name of one."""
_LONGEST = 5
"""Characters of a brand; what is longer is a clause."""
_NO_BRAND = VERB | Is.ENTERPRISE | Is.PROJECT | Is.WORKER | Is.OFFICER | Is.RATE | Is.CUMULATIVE | Is.MODIFIER
_NOT_BEHIND_TRADE = re.compile(
    r"企业|行业|产业|业|类|产品|园|城|市场|项目|工程|商|店|出口|进口|订单|原料|材料|加工|制造|龙头|基地|等|和|及|与|、|厂家|供应|专业|领域|板块|集群|展|机械|行|用品|零部件|配件|化|厅|局|部门|协会|商会|大学|学院|职业"
)
_BEHIND_GOODS = re.compile(
    r"看到|采访|了解|的?(?:生产|组装|装配|加工|包装|灌装){0,2}车间|的?厂[区门房]|老板|负责人|董事长|总?经理|厂长|副总"
)
"""What stands only behind the name of a firm: 在恒盛花炮看到."""
_PART = re.compile(r"旗下|下属|所属|[\u4e00-\u9fff]{0,4}?(?:总部|基地|分公司|子公司|工厂|事业部|分厂)")
"""康洁电器苏州总部: a part of the firm, with a name of its own."""
_NOT_BEHIND_FORM = re.compile(r"[长房区家商址子牌内矿们法制债化]|治理|所在|等|和|及|与|、|企业|集群")


@cache
def _ends() -> re.Pattern[str]:
    firms = load_firms()

    def any_of(words: tuple[str, ...]) -> str:
        return "|".join(sorted(words, key=len, reverse=True))

    every = any_of(firms.trades + firms.goods)
    trades = any_of(firms.trades)
    begins = "".join(sorted({word[0] for word in firms.trades + firms.goods + firms.forms}))
    return re.compile(  # most characters begin none of the words: one class rules them out, not hundreds of branches
        f"(?=[{begins}])(?:(?:{every}){{0,3}}(?P<form>{any_of(firms.forms)})|(?:{every}){{0,2}}(?:{trades})"
        f"|(?:{every}){{1,2}}(?={_BEHIND_GOODS.pattern}))"
    )


def firms_in(text: str) -> Iterator[str]:
    """The firms that a piece of text names, in order.

    >>> list(firms_in("恒砚陶瓷的老板说，津岳阀门公司已复工")), list(firms_in("高端装备企业和绿色食品加工厂"))
    (['恒砚陶瓷', '津岳阀门公司'], [])
    """
    for match in _ends().finditer(text):
        if _PART.match(text, match.end()) or (_NOT_BEHIND_FORM if match["form"] else _NOT_BEHIND_TRADE).match(
            text, match.end()
        ):
            continue
        brand = _BRAND.search(text, max(0, match.start() - 9), match.start())
        if brand is None:
            continue
        own = _PLACE_TAIL.sub("", _COUNTED.sub("", _PLACE_END.sub("", brand.group())))
        if _is_brand(own) and not (match.group() == "厂" and _TO_PLANT.search(own)):
            yield own + match.group()


def _is_brand(brand: str) -> bool:
    if not 2 <= len(brand) <= _LONGEST or brand[-1] in _NO_BRAND_END or flags_of(brand) & _NO_BRAND:
        return False
    kinds = load_firms().kinds
    return not any(brand[start : start + size] in kinds for size in (2, 3) for start in range(len(brand) - size + 1))
