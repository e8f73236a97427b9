"""Places of other countries: the home of a report from abroad, and what it names there (日本茨城县).

A report of a place of ours names other countries too, as customers, owners and sources of parts (日本客户, 德国设备);
so a country is a place only in a document that is about it.
"""

from __future__ import annotations

from functools import cache

from resumption.extraction import lazy_re as re
from resumption.extraction.region_named import Named
from resumption.extraction.region_place import Place
from resumption.items import Region
from resumption.lexicon.gazetteer import load_gazetteer

_HEAD = 14
"""Characters of a text that say what it is about if its title names no country."""
_OTHERS = (
    r"客户|客商|订单|市场|进口|出口|进境|专家|技术|设备|标准|品牌|商会|独资|籍|人(?!口)|留学|料理|系|航线|游客|经济新闻|共同社|放送|时事|媒体"
    r"|大使|总理|首相|总统|语|元|经贸|投资者|股东|母公司|总部|方面表示|独有|同行"
)
"""日本客户, 日本共同社: what comes from there or tells of it, not the place itself."""
_PART = r"(?:[\u4e00-\u9fff]{2,3}?(?:县|府(?!县)|州(?!长)|都(?!市))(?![城域内级]))?"


@cache
def _country() -> re.Pattern[str]:
    names = "|".join(load_gazetteer().lists["country"])
    return re.compile(rf"(?<![驻对赴与和、])({names})(?!{_OTHERS})({_PART})")


def home_abroad(title: str, text: str) -> Region | None:
    """The country that a document is about: named in the title or the first lines, and again; None for news of ours.

    >>> home_abroad("日本车企陆续复工", "日本国内12家工厂已复工。受停电影响，日本仍有3家工厂停产。").name
    '日本'
    >>> home_abroad("苏州日资企业复工", "苏州新区日本客户的订单增加，日本设备已到。") is None
    True
    """
    in_title = [match[1] for match in _country().finditer(title)]
    for name in in_title or [match[1] for match in _country().finditer(text[:_HEAD])]:
        if sum(match[1] == name for match in _country().finditer(text)) > 1:
            return Region(code="", name=name, full_name=name, level="zone")
    return None


def is_abroad(region: Region | None) -> bool:
    """True for a country of `country` in `region_words.tsv`."""
    return region is not None and not region.code and region.name in load_gazetteer().lists["country"]


def read_abroad(named: Named) -> None:
    """日本, 日本茨城县 in a document whose home is abroad."""
    if not is_abroad(named.frame.home):
        return
    for match in _country().finditer(named.text):
        begin, end = match.span()
        named.found = [m for m in named.found if m.end <= begin or m.start >= end]  # the 本县 of 熊本县
        region = Region(code="", name=match[2] or match[1], full_name=match[0], level="zone")
        named.add(begin, end, Place(region=region, form="zone", basis="form"))
