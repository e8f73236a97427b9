"""Where people or goods come from or go to: hardly ever the place of a figure."""

from __future__ import annotations

from dataclasses import replace

from resumption.extraction import lazy_re as re
from resumption.extraction.region_place import Place
from resumption.items import Mention
from resumption.lexicon.gazetteer import load_gazetteer

_NEWS = re.compile(r"[^，。；\n]{0,14}?(?:获悉|了解到|得知|看)")
_JOIN = frozenset("、和及与")
_NATIVE = re.compile(
    r"(?:人(?![民才员社大力均数口行工事寿造文保气类防居]|[，。；：、]|[0-9])|老乡|小伙|姑娘|妹子|汉子)"
)
"""贵州人老杨: where somebody comes from."""
_HIRING = re.compile(r"等?(?:地|省份?|[两三]地)?(?:招工|招人|招募|揽工|接人)")
_OUT = frozenset("在到赴去往、和")
"""在拉萨、昌都等地招工."""
_DASHES = frozenset({"—", "——", "→", "-", "--", "➡", "至"})
_TO = frozenset({"至", "到", "—", "——", "-", "往", "开往"})
_TRAIN = re.compile(
    r"[东南西北]?(?:站)?(?:的|方向)?[^，。；、]{0,4}?(?:[GDCKTZ][0-9]{1,4}(?:/[0-9]+)?次|[0-9]{3,4}次|复工专列|返岗专列|务工专列|高铁|动车)"
)
_SENT_THERE = re.compile(
    r"(?:等[0-9一二三四五六七八九十两]{0,2}个?(?:地|省份|省市|省区市|省|市|城市|方向))?(?:方向|地区)?(?:累计|共|已|定向|有序|点对点|“点对点”)?"
    r"(?:发送|开行|开出|加开|输送|输出|运送|送出|转移|组织输出)(?!新冠|防疫|口罩|物资)"
)
"""向广东、福建发送12趟专列: where they were sent."""
_RIDE = re.compile(r"[”’]?[^，。；、]{0,6}?(?:专列|专车|包车|包机|航班|班车|直通车|动车|列车|大巴)")


def with_roles(text: str, found: list[Mention]) -> list[Mention]:
    """Where people come from or go to; a role holds for a whole list (从云南、贵州接回)."""
    roles = _own_roles(text, found)
    if not any(roles):
        return found
    for index in range(1, len(found)):
        if roles[index - 1] and not roles[index] and _joined(text, found, index):
            roles[index] = roles[index - 1]
    for index in range(len(found) - 1, 0, -1):
        if roles[index] and not roles[index - 1] and _joined(text, found, index):
            roles[index - 1] = roles[index]
    return [_with_role(mention, role) if role else mention for mention, role in zip(found, roles, strict=True)]


def _joined(text: str, found: list[Mention], index: int) -> bool:
    gap = text[found[index - 1].end : found[index].start]
    return not gap or gap in _JOIN


def _own_roles(text: str, found: list[Mention]) -> list[str]:
    lists = load_gazetteer().lists
    to, out, after = lists["destination"], lists["origin"], lists["origin_after"]
    roles = []
    for index, mention in enumerate(found):
        role, start = "", mention.start
        if text[start] == "全" and mention.rule.startswith("region/anaphor"):
            pass
        elif text.endswith(to, 0, start) or (_SENT_THERE.match(text, mention.end) and _towards(text, found, index)):
            role = "destination"
        elif index and text[found[index - 1].end : start] in _DASHES and _RIDE.match(text, mention.end):
            role = "destination"  # “印江——浙江”的返岗专车
        elif _is_origin(text, mention, out, after):
            role = "origin"
        roles.append(role)
    for index in range(len(found) - 1):
        if roles[index] or roles[index + 1] or text[found[index].end : found[index + 1].start] not in _TO:
            continue
        if _TRAIN.match(text, found[index + 1].end):
            roles[index], roles[index + 1] = "origin", "destination"  # 百色至广州南D4508次
    return roles


def _towards(text: str, found: list[Mention], index: int) -> bool:
    """True if 向 or 往 stands before a place or before the first of its list."""
    while index and _joined(text, found, index):
        index -= 1
    return text[found[index].start - 1 : found[index].start] in ("向", "往")


def _is_origin(text: str, mention: Mention, before: tuple[str, ...], behind: tuple[str, ...]) -> bool:
    if text.endswith(before, 0, mention.start) and not _NEWS.match(text, mention.end):
        return True
    if text[mention.start - 1 : mention.start] in _OUT and _HIRING.match(text, mention.end):
        return True
    return text.startswith(behind, mention.end) or bool(_NATIVE.match(text, mention.end))


def _with_role(mention: Mention, role: str) -> Mention:
    assert isinstance(mention.value, Place)
    return replace(mention, value=mention.value._replace(role=role))
