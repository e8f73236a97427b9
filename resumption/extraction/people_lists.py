"""Counts of people that a sentence says nothing of in their own clause: where they went, what they do after it."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word
from resumption.items import Unit

_BOUND_FOR = re.compile(
    r"(?:去|赴|到|往|前往|流向|输往|发往)[\u4e00-\u9fff]{2,8}?(?:的|方向)?(?:务工|就业)?(?:最多|居多|较多)?，?(?:有|达|为|约|近|超|就有|的有)*$"
)
"""去浙江的最多，有3.02万人: cases of those who were carried or went back."""
_INSIDE = re.compile(
    r"(?:跨省|省外|省内|市外|市内|县外|县内|区外|区内|本地|外地|县域内|本省|外省|跨市|就近)(?:的|转移|务工|就业|返岗)*(?:有|达|为|约|近|超)?$"
)
"""其中跨省的6.38万人, 省内1484.1万人."""
_WENT_HOME = re.compile(r"返乡|回乡|返家|回家过年|离岗返乡|节前返乡|返乡过年")
_FAR = 34
"""Code points between people and the verb that is said of them in a later clause."""


def by_destination(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """The role of the count before, for those of it that went to one place."""
    before = state.inherited("person")
    if before is None or before.indicator not in ("workers_returned", "workers_transported") or before.kind != "level":
        return None
    if figure.q.value > before.q.value:
        return None
    at = figure.q.begin
    near = text[max(figure.clause_start - 14, at - 20, 0) : at]
    if _BOUND_FOR.search(near) or _INSIDE.search(near):
        return before.indicator, "<destination> <count>", None
    return None


def who_went_home(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """节前返乡农民工470万人: all whose return to work the article measures."""
    near = text[max(figure.left_start, figure.q.start - 14) : figure.q.end + 8]
    if _WENT_HOME.search(near) and not figure.left_has(Is.CARRY | Is.RETURN) and figure.q.value >= 100:
        return "workers_total", "<went home> <count>", None
    return None


def said_later(figure: Figure, text: str, state: State, noun: Word | None) -> tuple[str, str, Word | None] | None:
    """2万名建设者、近1500台设备奋战在…, 20多名打包员，初七就全部到岗: the verb stands behind."""
    if noun is None and not _unknown_staff(figure, text):
        return None
    end = figure.q.end + _FAR
    words = [w for w in (*figure.right, *figure.later) if w.start >= figure.q.end]
    if _OUT_OF_THEM.match(text, noun.end if noun is not None else figure.q.end):
        return "workers_total", "<count> <people> 里头，… <return>", noun
    for other in state.sentence[figure.index + 1 : figure.index + 3]:
        if other.q.unit is Unit.PERSON or other.q.start > end:
            break
        words += [*other.left, *other.right]
    for word in words:
        if word.start > end:
            break
        if word.flags & (Is.ENTERPRISE | Is.OFFICER | Is.OTHER_TOPIC | Is.RATE) and word is not noun:
            return None
        if word.flags & Is.RETURN and not word.flags & Is.RESUME:
            if "。" in text[figure.q.end : word.start] or "；" in text[figure.q.end : word.start]:
                return None
            return "workers_returned", "<count> <people> … <return>", word
    return None


_OUT_OF_THEM = re.compile(r"(?:里头|里面|当中|之中)，")
_STAFF_NAME = re.compile(r"[\u4e00-\u9fff]{1,6}(?:员|工|师傅|师|手|匠|者)(?=[，、。在正已都也全于分])")


_BUSY = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:在干|在忙|忙着|正忙|正在(?!接受|隔离|医学|排队|等|观察|治疗)|一边|在车间|在工地|在(?:施工)?现场|在一线|在昼夜|日夜|昼夜|坐在|站在|各就各位|[^，。；0-9]{0,10}，在各自岗位"
    r"|各司其职|奋战|忙碌|穿梭|干得|热火朝天|正?加班加点|正?加紧|正?(?:聚精会神|全神贯注|有条不紊|熟练|紧张|忙而有序)(?:地|而)?)"
)


def busy(figure: Figure, text: str, noun: Word | None) -> tuple[str, str, Word | None] | None:
    """现在有740人在干, 52名工人一边清淤一边抢修: they are at work."""
    if noun is None and figure.q.classifier[:1] != "人":
        return None
    at = noun.end if noun is not None and noun.start >= figure.q.end else figure.q.end
    if not _BUSY.match(text, at) or figure.q.value < 5:
        return None
    return "workers_returned", "<count> <people> <busy>", None


def _unknown_staff(figure: Figure, text: str) -> bool:
    """20多名打包员: people by their trade."""
    return figure.q.classifier[:1] in "名位" and _STAFF_NAME.match(text, figure.q.end) is not None
