"""The patterns and tables that `regions` reads around a name, compiled once from `lexicon/region_words.tsv`."""

from __future__ import annotations

from functools import cache

from resumption.extraction import lazy_re as re
from resumption.lexicon.gazetteer import load_gazetteer, towns_of

FOLLOWING = ("根据", "按照", "依据", "遵照", "响应", "落实", "贯彻")
"""根据某市的部署: whose orders one follows is not the place of what one does."""
ORDERS = "部署|要求|精神|通知|规定|意见|号召|指示|通告|方案"


@cache
def province_letters() -> dict[str, str]:
    return dict(pair.split(":") for pair in load_gazetteer().lists["letter"])


@cache
def letter_list() -> re.Pattern[str]:
    """Three letters or more in a row, or letters with 、 between them; what follows must end a list."""
    one = f"[{''.join(province_letters())}]"
    return re.compile(f"{one}(?:{one}{{2,5}}|(?:、{one})+)(?=等|[，。、；省市籍返三四两]|务工|人员|地区|$)")


@cache
def zone_rest() -> re.Pattern[str]:
    """The rest of a zone's name after its city: up to four characters and a kind (普光 + 工业园区)."""
    lists = load_gazetteer().lists
    kinds = "|".join(sorted(lists["zone_tail"], key=len, reverse=True))
    return re.compile(f"[^\\W\\d_a-zA-Z{''.join(lists['zone_stop'])}]{{0,6}}?(?:{kinds})")


@cache
def organisation() -> re.Pattern[str]:
    lists = load_gazetteer().lists
    stop = re.escape("".join(lists["stop"]))
    first = "".join(sorted({word[0] for word in lists["org"]}))
    return re.compile(f"[^{stop}\\W\\d]{{0,6}}?(?=[{first}])(?:{'|'.join(lists['org'])})")


@cache
def brands() -> dict[str, tuple[str, ...]]:
    """Place name -> firms that begin with it; all place names in them have two characters."""
    found: dict[str, tuple[str, ...]] = {}
    for brand in load_gazetteer().lists["brand"]:
        found[brand[:2]] = (*found.get(brand[:2], ()), brand)
    return found


@cache
def town_names(code: str) -> frozenset[str]:
    return frozenset(towns_of(code))


@cache
def zone_name() -> re.Pattern[str]:
    """Two to four characters of a zone's own name, from a sign or a particle up to its kind."""
    stop = "".join(load_gazetteer().lists["zone_stop"])
    verbs = "|".join(load_gazetteer().lists["zone_verb"])
    return re.compile(f"(?:^|[^\\w]|[在和与及、于进到从])((?!{verbs})[^\\W\\da-zA-Z{stop}新省高现]{{2,4}})$")
