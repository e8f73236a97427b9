"""Quantities in Chinese numerals: 三百二十家, 七成半, 百分之九十, 三分之一, 一半.

They count only where a unit, 成 or 分之 follows, so that 一起 and 统一 are no numbers.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from resumption.extraction import lazy_re as re
from resumption.extraction.numbers import CHINESE, DIGITS, parse_multiplier, parse_numeral
from resumption.extraction.quantity_words import (
    ABOUT_SO_MANY,
    LAST_DAY,
    UNITS,
    WORDS,
    Quantity,
    comparator_of,
    half_and_more,
    is_ranked,
    pattern_of_longest,
    unit_at,
)
from resumption.items import Comparator, Mention, Unit

_NUMERAL = rf"[{CHINESE}]{{1,24}}(?:点[〇零一二三四五六七八九]{{1,8}}[万亿]?)?"
_CHINESE_WORDS = [
    word
    for word, entry in WORDS.items()
    if entry.unit and word not in "%‰" and (not entry.digits_only or entry.unit is Unit.COUNT or word == "度")
]
_LONG = 3
"""Signs of a numeral from which a word like 起 or 例 behind it is its measure word: 一百一十七起, but 一起."""
CHINESE_QUANTITY = re.compile(
    rf"({_NUMERAL})(?:"
    rf"分之({_NUMERAL}|{DIGITS})(?:(?:至|到|-|~|—{{1,2}})({_NUMERAL})(?!分之))?"
    rf"|(?:(?:至|到|-|~|—{{1,2}})({_NUMERAL}))?"
    rf"(?:(成)([半一二三四五六七八九])?(?:(?=员工|人员|人手|人(?:[，。；！”、]|都|了|回来|到|在|没|还|已|上))|(?![立为功员果本长交品熟型效绩都套人年片形]))"
    rf"|([余多几来])?([万亿])?([余多])?({pattern_of_longest(_CHINESE_WORDS)})))"
)
"""Groups: 1 numeral, 2-3 numerator and its upper end, 4 upper end, 5-6 成 and half, 7-9 余/万/余, 10 unit word."""
HALF = re.compile(
    r"半成(?![品熟功型年])|过半数?|一半|半数|(?<=[近约超])半(?=以上|数|的?企业|员工|职工|项目)|半个?(?=小时|天)"
)

_ROUND = frozenset("百千万亿")
_LARGE = frozenset("万亿")
_SIGNS = frozenset(CHINESE)
_BEFORE_WEEKDAY = frozenset("第周期初高大老小之每同某另任这那哪唯统专逐")
_NUMBER_OF = frozenset("人户家台次")
"""返岗人数千余人 is a number of people, 数千人 is a vague number."""
_SINGLE_ONE = frozenset([*"家户名座列趟艘", "个工作日"])


def read_chinese(text: str, digits: list[Quantity], masks: list[Mention] | None) -> list[Quantity]:
    found: list[Quantity] = []
    index = 0
    for match in () if _SIGNS.isdisjoint(text) else CHINESE_QUANTITY.finditer(text):
        start, end = match.span()
        if masks is None and match[1] == "一" and match[10] and match[10] not in _SINGLE_ONE:
            continue
        while index < len(digits) and digits[index].end <= start:
            index += 1
        if index < len(digits) and digits[index].start < end and match[2] is None:
            continue
        before = text[start - 1] if start else "\n"
        if before.isdigit() or (before in "余多几来点." and start > 1 and text[start - 2].isdigit()):
            continue
        result = _chinese_quantity(text, match, before)
        if isinstance(result, str):
            if masks is not None and result:
                masks.append(Mention(start, end, match.group(), result, result))
        else:
            found.append(result)
    for match in HALF.finditer(text) if "半" in text else ():
        if match.group()[0] == "半" and text[match.end() : match.end() + 1] in "小天":
            word = "小时" if text.startswith("小时", match.end()) else "天"
            start, end = match.start(), match.end() + len(word)
            if start and text[start - 1] in "个两三四五六七八九十0123456789":
                continue
            hours, unit, rule = (0.5 if word == "小时" else 12.0), Unit.HOUR, "半 <unit>"
        else:
            start, end = match.span()
            hours, unit, word, rule = 50.0, Unit.PERCENT, match.group(), "一半"
            if word == "半成":
                if start and text[start - 1] in _DIGITS_OR_HALF:
                    continue
                hours, word = 5.0, "成"
        comparator, cue = comparator_of(text, start, end, unit)
        if text[start] == "过":
            comparator = Comparator.GT
        if not any(q.start < end and start < q.end for q in found):
            found.append(Quantity(start, end, text[start:end], hours, unit, word, comparator, cue, None, rule))
    for match in _BARE.finditer(text):
        start, end = match.span(1)
        value = _value(match[1])
        if value is None or value < (_FEWEST_MORE if match[2] else _FEWEST):
            continue
        if any(q.start < end and start < q.end for q in found):
            continue
        comparator, cue = comparator_of(text, start, end, Unit.PERSON)
        if match[2] and comparator is Comparator.EQ:
            comparator, cue = (Comparator.APPROX if match[2] == "来" else Comparator.GT), match.span(2)
        found.append(Quantity(start, end, match[1], float(value), Unit.PERSON, "", comparator, cue, None, "<n>"))
    return found


_BARE = re.compile(
    r"(?:(?:来|到|多|少)(?:了|过)|(?:回来|到岗|返岗|到厂|返厂|上班|在岗|上工)(?:了|过|的)?|(?:工人|员工|职工|人手|全厂))"
    r"(?:一共|总共|现在|眼下|如今|今天|昨天)?(?:才|只有|还是|有|是)?(?:将近|接近|不足|不到|超过|差不多|约|近|超)?"
    r"([一二两三四五六七八九][一二两三四五六七八九十百千万零]{1,8})(多|出头|来)?(?=[，。；！”、])"
)
"""劳务工人来了六万七, 回来五百多: a number of people without its measure word."""
_FEWEST = 100
_FEWEST_MORE = 20
"""With 多 or 出头 behind it: 来了九十多."""
_DIGITS_OR_HALF = frozenset("0123456789一二三四五六七八九两个")


def _chinese_quantity(text: str, match: re.Match[str], before: str) -> Quantity | str:
    numeral = match[1]
    if match[2] is not None:
        return _fraction(text, match)
    if match[5]:
        return _tenths(text, match, before)
    start, end = match.span()
    word = match[10]
    entry = unit_at(text, word, end)
    if entry is None or entry.unit is None:
        return ""
    if entry.digits_only and len(numeral) < _LONG:
        return ""
    if word == "度" and not (match[8] or _LARGE.intersection(numeral)):
        return ""  # 三十八度 is a temperature, 一千八百六十万度 is electricity
    pair = _pair(numeral)
    value = _value(numeral) if pair is None else pair[0]
    if value is None:
        return ""
    high = pair[1] if pair else None
    bare = numeral[0] in _ROUND
    comparator, cue = comparator_of(text, start, end, entry.unit, round_number=bare)
    more = match[7] or match[9]
    if word in ABOUT_SO_MANY:
        if value < LAST_DAY:
            return "date"  # 二十多号开工
        more = word[0]
    if before in "几好" or (before == "数" and text[start - 2 : start - 1] not in _NUMBER_OF):
        return "vague number"
    if bare and comparator is Comparator.EQ and not more and match[4] is None:
        return "idiom"
    if text.startswith(UNITS.idioms, start) and not (bare and (more or cue)):
        return "idiom"
    weekday = len(numeral) == 1 and before in _BEFORE_WEEKDAY and entry.unit is not Unit.PERCENTAGE_POINT
    if before == "第" or weekday:
        return "ordinal"
    if is_ranked(text, start, word):
        return "ordinal"
    if numeral == "一" and (word not in _SINGLE_ONE or text[max(0, start - 2) : start - 1] == "一"):
        return "one of something"
    after = text[end : end + 1]
    if len(numeral) == 1 and word == "个" and UNITS.is_slogan(text, end):
        return "slogan"
    if before in "“‘" and (after in ("”", "’") or (len(numeral) == 1 and text.find("”", end, end + 7) >= 0)):
        return "slogan"
    unit, classifier = entry.unit, word
    if word == "个":
        unit, value, end, classifier, more = half_and_more(text, unit, value, end, classifier, more)
    if match[8]:
        value *= parse_multiplier(match[8])
        high = high * parse_multiplier(match[8]) if high is not None else None
    if match[4]:
        upper = _value(match[4])
        value = _shared_scale(value, numeral, match[4])
        if upper is None or upper <= value:
            return ""
        high = upper
    if classifier == word and entry.factor != 1:
        value *= entry.factor
    if unit is Unit.HOUR and text.startswith(UNITS.slogan_hours, end):
        return "slogan"
    if comparator is Comparator.EQ and more:
        comparator = Comparator.APPROX if more == "来" else Comparator.GT
    if high is not None:
        comparator = Comparator.GE if match[4] else Comparator.APPROX
        high *= entry.factor
    top = None if high is None else float(high)
    return Quantity(
        start, end, text[start:end], float(value), unit, classifier, comparator, cue, top, "<Chinese numeral> <unit>"
    )


_value = lru_cache(maxsize=4096)(parse_numeral)
"""A text says the same numerals again and again."""


_PAIR = re.compile(r"(.{0,20}?)([一二三四五六七八九两])([二三四五六七八九])([十百千万亿]{0,4})")


@lru_cache(maxsize=4096)
def _pair(numeral: str) -> tuple[Fraction, Fraction] | None:
    """Lower and upper value of 两三百 or 三四十, where two digits that follow each other stand side by side.

    >>> _pair("两三百")
    (Fraction(200, 1), Fraction(300, 1))
    """
    match = _PAIR.fullmatch(numeral)
    if match is None:
        return None
    low, high = (_value(match[1] + match[i] + match[4]) for i in (2, 3))
    order = "一二三四五六七八九"
    if low is None or high is None or order.find(match[3]) - order.find(match[2].replace("两", "二")) != 1:
        return None
    return low, high


def _shared_scale(value: Fraction, low: str, high: str) -> Fraction:
    """三至五百名: the multiplier of the upper end holds for the lower one too."""
    scale = high.lstrip("一二两三四五六七八九")
    if scale and all(c in "十百千万亿" for c in scale) and low.rstrip("十百千万亿") == low:
        return value * parse_multiplier(scale)
    return value


def _fraction(text: str, match: re.Match[str]) -> Quantity | str:
    """百分之九十四点六, 三分之一, 百分之八十至九十: always a percentage."""
    start, end = match.span()
    whole, part = _value(match[1]), _value(match[2])
    if whole is None or part is None or whole == 0:
        return ""
    if text.startswith("点", end) and match[3] is None and text[end + 1 : end + 2].isdigit():
        return ""
    value = part * 100 / whole
    top = _value(match[3]) if match[3] else None
    high = None if top is None else float(top * 100 / whole)
    if match[3] and (top is None or top <= part):
        end, high = match.end(2), None
    comparator, cue = comparator_of(text, start, end, Unit.PERCENT)
    if high is not None:
        comparator = Comparator.GE
    text_read = text[start:end]
    return Quantity(start, end, text_read, float(value), Unit.PERCENT, "分之", comparator, cue, high, "<n> 分之 <m>")


def _tenths(text: str, match: re.Match[str], before: str) -> Quantity | str:
    """七成半, 三至五成, 九成以上: tenths."""
    start, end = match.span()
    if before in "第完达组建构变促形" and before != "达":
        return "ordinal"
    pair = _pair(match[1])
    low = pair[0] if pair else _value(match[1])
    high = pair[1] if pair else _value(match[4]) if match[4] else None
    if low is None or low > 10 or match[1] == "〇" or (high is not None and high <= low):
        return ""
    if text.startswith(("一成不变", "一成一"), start):
        return "idiom"
    half = Fraction("半一二三四五六七八九".index(match[6]) or 5) if match[6] else Fraction(0)
    comparator, cue = comparator_of(text, start, end, Unit.PERCENT, round_number=True)
    if high is not None and comparator is Comparator.EQ:
        comparator = Comparator.APPROX if pair else Comparator.GE
    value = low * 10 + half
    top = None if high is None else float(high * 10)
    return Quantity(start, end, text[start:end], float(value), Unit.PERCENT, "成", comparator, cue, top, "<n> 成")
