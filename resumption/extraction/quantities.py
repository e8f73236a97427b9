"""Numbers with what they count, on a normalised text.

Digits first: one expression reads number, multiplier and unit in a single pass. Chinese numerals come second and count
only where a unit, 成 or 分之 follows, so that 一起 and 统一 are no numbers. What looks like a number and is none
(telephone, ordinal, document number, road, slogan) is left out here with a reason that `find_masks` shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from resumption.extraction.numbers import CHINESE, DIGITS, parse_digits, parse_multiplier, parse_numeral
from resumption.items import Comparator, Mention, Unit
from resumption.lexicon.units import UnitWord, load_comparators, load_units

Span = tuple[int, int]


class Quantity(NamedTuple):
    """A number and what it counts. Offsets are code points of the text that was read; `text` is its slice."""

    start: int
    end: int
    text: str
    """As written, with multiplier and unit, without comparator: `28.38万人`, `四百余家`, `80%-90%`."""
    value: float
    """In the base of its unit: 28.38万 is 283800, 3天 is 72 hours; the lower end of a range."""
    unit: Unit | None
    """None if nothing that counts follows (200多万务工人员, 申请数29814)."""
    classifier: str = ""
    """The unit word as read: `家`, `万吨` gives `吨`; "" if there is none."""
    comparator: Comparator = Comparator.EQ
    cue: Span | None = None
    """Span of the comparator word, if it stands outside `text`: 近, 以上."""
    high: float | None = None
    """The upper end of a range, None if it is no range."""
    rule: str = "<digits> <unit>"

    @property
    def is_range(self) -> bool:
        """True for 80%-90%, 三至五成, 两三百名."""
        return self.high is not None


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of a normalised text, in order, none overlapping another.

    >>> [(q.text, q.value, str(q.unit), str(q.comparator)) for q in find_quantities("超1.2万家企业复工，返岗近九成")]
    [('1.2万家', 12000.0, 'count', 'gt'), ('九成', 90.0, 'percent', 'approx')]
    """
    return tuple(_read(text, None))


def find_masks(text: str) -> tuple[Mention, ...]:
    """What looks like a quantity and is none, with the reason in `rule` and `value`.

    >>> [(m.text, m.rule) for m in find_masks("第3批，热线0631-5213515")]
    [('3', 'ordinal'), ('0631', 'telephone or code'), ('5213515', 'telephone or code')]
    """
    masks: list[Mention] = []
    _read(text, masks)
    return tuple(sorted(masks, key=lambda mask: mask.start))


def _read(text: str, masks: list[Mention] | None) -> list[Quantity]:
    quantities = [_tenths_of_digits(text, q) for q in _read_digits(text, masks)]
    chinese = _read_chinese(text, quantities, masks)
    if chinese:
        # 百分之85 holds the digits that the first pass took for a number of its own
        fractions = [q for q in chinese if q.classifier == "分之"]
        quantities = [q for q in quantities if not any(f.start <= q.start < f.end for f in fractions)]
        quantities = sorted([*quantities, *chinese])
    return _joined(text, quantities)


# --- words ---------------------------------------------------------------------------------------------------------


def _trie(words: Iterable[str]) -> str:
    """Pattern of the longest of `words`, with common beginnings shared, so that it is linear and quick."""
    branches: dict[str, list[str]] = {}
    ends = False
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    if not branches:
        return ""
    single = [re.escape(first) for first, rest in branches.items() if rest == [""]]
    parts = [re.escape(first) + _trie(rest) for first, rest in branches.items() if rest != [""]]
    if single:
        parts.append(single[0] if len(single) == 1 else "[" + "".join(single) + "]")
    joined = parts[0] if len(parts) == 1 and not ends else "(?:" + "|".join(parts) + ")"
    return joined + "?" if ends else joined


_UNITS = load_units()
_COMPARATORS = load_comparators()
_WORDS = _UNITS.words
_MULTIPLIER = r"万亿|[十百千]?亿|[十百千]?万|千(?![瓦克米卡伏])|百(?!分|度)"
QUANTITY = re.compile(
    rf"({DIGITS})([余多几来])?({_MULTIPLIER})?([余多来])? ?({_trie(_WORDS)})?(/[年月日天人户家小时吨]+)?"
)
"""Groups: number, 余/多 before and after the multiplier, multiplier, unit word, per what."""

_NUMERAL = rf"[{CHINESE}]{{1,24}}(?:点[〇零一二三四五六七八九]{{1,8}}[万亿]?)?"
_CHINESE_WORDS = [word for word, entry in _WORDS.items() if not entry.digits_only and entry.unit and word not in "%‰"]
CHINESE_QUANTITY = re.compile(
    rf"({_NUMERAL})(?:"
    rf"分之({_NUMERAL}|{DIGITS})(?:(?:至|到|-|~|—{{1,2}})({_NUMERAL})(?!分之))?"
    rf"|(?:(?:至|到|-|~|—{{1,2}})({_NUMERAL}))?"
    rf"(?:(成)([半一二三四五六七八九])?(?![立为功员果本长交品熟型效绩都套人年片形])"
    rf"|([余多几来])?([万亿])?([余多])?({_trie(_CHINESE_WORDS)})))"
)
"""Groups: 1 numeral, 2-3 numerator and its upper end, 4 upper end, 5-6 成 and half, 7-9 余/万/余, 10 unit word."""
HALF = re.compile(r"过半数?|一半|半数|(?<=[近约超])半(?=以上|数|的?企业|员工|职工|项目)|半个?(?=小时|天)")

_SEPARATED = re.compile(r"[，, ]")
_SCALES = {a + b: parse_multiplier(a + b) for a in ("", "十", "百", "千", "万") for b in ("万", "亿", "千", "百")}
_SIGN_BEFORE = frozenset("0123456789%-/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz号万亿")
"""A hyphen behind one of these joins; behind anything else it is a minus sign."""
_AFTER_COUNT = frozenset("半多余" + _UNITS.slogan_after)
_DASHES = frozenset({"-", "—", "——", "~", "～", "至", "到"})
_ROUND = frozenset("百千万亿")
_BEFORE_WEEKDAY = frozenset("第周期初高大老小之每同某另任这那哪唯统专逐")
_SINGLE_ONE = frozenset("家户名座列趟艘")
_AFTER_LIST = frozenset("、和及与，")


def _shorter(text: str, word: str, end: int) -> tuple[str | None, int]:
    """The unit that is left of 个人 where 才 follows: 个. Only units of factor 1 have such words."""
    for size in range(len(word) - 1, 0, -1):
        entry = _WORDS.get(word[:size])
        stop = end - len(word) + size
        if entry and entry.unit and entry.factor == 1 and text[stop] not in (entry.not_before or ""):
            return word[:size], stop
    return None, end


def _unit_at(text: str, word: str, end: int) -> UnitWord | None:
    """Entry of a unit word that ends at `end`, or None if it is the beginning of another word there."""
    entry = _WORDS[word]
    return None if entry.not_before and text[end : end + 1] in entry.not_before and end < len(text) else entry


def _prefix(text: str, start: int, round_number: bool = False) -> tuple[Comparator, Span] | None:
    for table in (_COMPARATORS.prefixes, _COMPARATORS.round_prefixes) if round_number else (_COMPARATORS.prefixes,):
        for size in range(min(4, start), 0, -1):
            if found := table.get(text[start - size : start]):
                code, not_after = found
                if start - size and text[start - size - 1] in not_after:
                    break
                return code, (start - size, start)
    return None


_PREFIX_ENDS = frozenset(word[-1] for word in _COMPARATORS.prefixes) | frozenset(_COMPARATORS.round_prefixes)
_SUFFIX_STARTS = frozenset(word[0] for word in _COMPARATORS.suffixes)
SUFFIX = re.compile(_trie(_COMPARATORS.suffixes))
_SHARE_OF = re.compile(r"(?<![节签预合违履])(约)占[^，。；约]{1,8}的$")
"""约占总数的七成: 约 stands before the whole phrase."""
_SHORT_SUFFIX = frozenset("多余强")
_MEASURES = frozenset({Unit.PERCENT, Unit.HOUR, Unit.TONNE, Unit.CNY, Unit.KWH, Unit.KW, None})


def _comparator(
    text: str, start: int, end: int, unit: Unit | None, round_number: bool = False
) -> tuple[Comparator, Span | None]:
    """Comparator word directly before or behind a number, and where it stands."""
    if end < len(text) and text[end] in _SUFFIX_STARTS and (match := SUFFIX.match(text, end)):
        word = match.group()
        if word not in _SHORT_SUFFIX or (unit in _MEASURES and (word != "余" or not text[end + 1 : end + 2].isalpha())):
            return _COMPARATORS.suffixes[word], match.span()
    if unit is Unit.HOUR and text.startswith("内", end):
        return Comparator.LE, (end, end + 1)
    if start and text[start - 1] in _PREFIX_ENDS and (found := _prefix(text, start, round_number)):
        return found
    if start > 3 and text[start - 1] == "的" and (far := _SHARE_OF.search(text, max(0, start - 12), start)):
        return Comparator.APPROX, far.span(1)
    return Comparator.EQ, None


# --- digits --------------------------------------------------------------------------------------------------------


def _read_digits(text: str, masks: list[Mention] | None) -> list[Quantity]:
    found: list[Quantity] = []
    for match in QUANTITY.finditer(text):
        start = match.start()
        reason = _not_a_number(text, match)
        if reason:
            if masks is not None:
                masks.append(Mention(start, match.end(1), match[1], reason, reason))
            continue
        quantity = _quantity(text, match)
        if isinstance(quantity, str):
            if masks is not None:
                masks.append(Mention(start, match.end(), match.group(), quantity, quantity))
        else:
            found.append(quantity)
    return found


def _not_a_number(text: str, match: re.Match[str]) -> str:
    """Reason why these digits are no number, from the signs around them; "" if they may be one."""
    start, end = match.span(1)
    digits, word = match[1], match[5]
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before == "第":
        return "ordinal"
    if before.isascii() and (before.isalpha() or before in "_#@&=/."):
        return "part of a name, address or code"
    if before in "〔[［" and after in "〕]］":
        return "document number"
    if before == "〕" and word == "号":
        return "document number"
    if word is None and not match[3]:
        if after.isascii() and after.isalpha():
            return "part of a name"
        if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
            return "telephone or code"
        if len(digits) >= 7 and digits.isdigit():
            return "telephone or code"
        if after in "-/：" and text[end + 1 : end + 2].isdigit() and not _range_follows(text, end):
            return "date, clock time, telephone or code"
        if before in "-：/" and start > 1 and text[start - 2].isdigit():
            return "date, clock time, telephone or code"
        if before in "\n（；。： " and len(digits) <= 2 and after in "、.）":
            return "number of a list"
        if after in "+×" or before == "+" or (before in "“‘" and after in "”’"):
            return "part of a name"
        if before == "-" and start > 1 and text[start - 2] in "号%万亿":
            return "date, clock time, telephone or code"
    elif before in "×xX*" and word:
        return "service hours"
    elif before == "：" and start > 1 and text[start - 2].isdigit() and word is None:
        return "clock time"
    return ""


_RANGE_TAIL = re.compile(rf"-{DIGITS}(?:{_MULTIPLIER})?(?:{_trie(_WORDS)})")


def _range_follows(text: str, end: int) -> bool:
    return text[end] == "-" and _RANGE_TAIL.match(text, end) is not None


def _quantity(text: str, match: re.Match[str]) -> Quantity | str:
    """The quantity of a match of QUANTITY, or the reason why there is none."""
    start = match.start()
    number, before, multiplier, after, word, per = match.groups()
    end = match.end(5) if word else match.end(4) if after else match.end(3) if multiplier else match.end(1)
    unit: Unit | None = None
    numerator, denominator = 1, 1
    classifier = ""
    if word:
        entry = _WORDS[word]
        if entry.not_before and end < len(text) and text[end] in entry.not_before:
            word, end = _shorter(text, word, end)
            if word is None:
                end = match.end(4) if after else match.end(3) if multiplier else match.end(1)
            else:
                unit, classifier = _WORDS[word].unit, word
        elif entry.unit is None:
            if not (word == "日" and text.startswith("内", end) and text[start - 1 : start] != "月"):
                return f"number before {word}"
            unit, numerator, classifier = Unit.HOUR, 24, "日"
        else:
            unit, classifier = entry.unit, word
            numerator, denominator = entry.factor.as_integer_ratio()
            if per and unit is not Unit.PERCENT:
                end = match.end(6)
    if word is None:
        if " " in number:
            number = number.partition(" ")[0]
            end = start + len(number)
            multiplier = before = after = None
        elif (before or after) and end == match.end(4):
            # 300多企业: 多 is the comparator, it stands at the edge
            end = match.end(3) if multiplier else match.end(1)
        elif before and not multiplier:
            end = match.end(1)
    elif word == "个" and text[end : end + 1] in _AFTER_COUNT and end < len(text):
        return _counted(text, start, end, number, multiplier, before or after)
    if unit is Unit.HOUR and text.startswith(_UNITS.slogan_hours, end):
        return "slogan"
    whole, _, decimals = number.partition(".")
    if not whole.isdigit():
        whole = _SEPARATED.sub("", whole)
    if multiplier:
        numerator *= _SCALES[multiplier]
    # Division of whole numbers rounds once, so 28.38万 is exactly 283800
    value = int(whole + decimals) * numerator / (denominator * 10 ** len(decimals))
    comparator, cue = _comparator(text, start, end, unit)
    if comparator is Comparator.EQ and (before or after) in ("余", "多", "几", "来"):
        comparator = Comparator.APPROX if (before or after) == "来" else Comparator.GT
    if start and text[start - 1] == "-" and (start == 1 or _SIGN_BEFORE.isdisjoint(text[start - 2])):
        start, value = start - 1, -value
    return Quantity(start, end, text[start:end], value, unit, classifier, comparator, cue)


def _counted(text: str, start: int, end: int, number: str, multiplier: str | None, more: str | None) -> Quantity | str:
    """5个 before 半, 多, 余 (a time) or before what makes it a slogan: 4个一."""
    exact = parse_digits(number) * parse_multiplier(multiplier or "")
    unit, exact, stop, classifier, more = _half_and_more(text, Unit.COUNT, exact, end, "个", more)
    if classifier == "个" and text[end] in _UNITS.slogan_after and exact < 10:
        return "slogan"
    comparator, cue = _comparator(text, start, stop, unit)
    if comparator is Comparator.EQ and more:
        comparator = Comparator.APPROX if more == "来" else Comparator.GT
    return Quantity(start, stop, text[start:stop], float(exact), unit, classifier, comparator, cue)


def _half_and_more(
    text: str, unit: Unit, value: Fraction, end: int, classifier: str, before: str | None
) -> tuple[Unit, Fraction, int, str, str | None]:
    """2个半小时 and 3个多月: 个 belongs to the time word behind it."""
    for tail, half, more in (("半小时", True, False), ("多小时", False, True), ("余小时", False, True)):
        if text.startswith(tail, end):
            return Unit.HOUR, value + (Fraction(1, 2) if half else 0), end + 3, "小时", "多" if more else before
    for tail in ("多月", "半月", "余月"):
        if text.startswith(tail, end):
            return Unit.OTHER, value, end + 2, "个月", "多"
    return unit, value, end, classifier, before


# --- Chinese numerals ----------------------------------------------------------------------------------------------


def _read_chinese(text: str, digits: list[Quantity], masks: list[Mention] | None) -> list[Quantity]:
    found: list[Quantity] = []
    index = 0
    for match in CHINESE_QUANTITY.finditer(text):
        start, end = match.span()
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
    for match in HALF.finditer(text):
        if match.group()[0] == "半" and text[match.end() : match.end() + 1] in "小天":
            word = "小时" if text.startswith("小时", match.end()) else "天"
            start, end = match.start(), match.end() + len(word)
            if start and text[start - 1] in "个两三四五六七八九十0123456789":
                continue
            hours, unit, rule = (0.5 if word == "小时" else 12.0), Unit.HOUR, "半 <unit>"
        else:
            start, end = match.span()
            hours, unit, word, rule = 50.0, Unit.PERCENT, match.group(), "一半"
        comparator, cue = _comparator(text, start, end, unit)
        if text[start] == "过":
            comparator = Comparator.GT
        if not any(q.start < end and start < q.end for q in found):
            found.append(Quantity(start, end, text[start:end], hours, unit, word, comparator, cue, None, rule))
    return found


def _chinese_quantity(text: str, match: re.Match[str], before: str) -> Quantity | str:
    numeral = match[1]
    if match[2] is not None:
        return _fraction(text, match)
    if match[5]:
        return _tenths(text, match, before)
    start, end = match.span()
    word = match[10]
    entry = _unit_at(text, word, end)
    if entry is None or entry.unit is None:
        return ""
    pair = _pair(numeral)
    value = _chinese_value(numeral) if pair is None else pair[0]
    if value is None:
        return ""
    high = pair[1] if pair else None
    bare = numeral[0] in _ROUND
    comparator, cue = _comparator(text, start, end, entry.unit, round_number=bare)
    more = match[7] or match[9]
    if before in "几数好":
        return "vague number"
    if bare and comparator is Comparator.EQ and not more and match[4] is None:
        return "idiom"
    if text.startswith(_UNITS.idioms, start) and not (bare and (more or cue)):
        return "idiom"
    if before == "第" or (len(numeral) == 1 and before in _BEFORE_WEEKDAY):
        return "ordinal"
    if numeral == "一" and (word not in _SINGLE_ONE or text[max(0, start - 2) : start - 1] == "一"):
        return "one of something"
    after = text[end : end + 1]
    if len(numeral) == 1 and after and (after in _UNITS.slogan_after and word == "个"):
        return "slogan"
    if before in "“‘" and (after in ("”", "’") or (len(numeral) == 1 and text.find("”", end, end + 7) >= 0)):
        return "slogan"
    unit, classifier = entry.unit, word
    if word == "个":
        unit, value, end, classifier, more = _half_and_more(text, unit, value, end, classifier, more)
    if match[8]:
        value *= parse_multiplier(match[8])
        high = high * parse_multiplier(match[8]) if high is not None else None
    if match[4]:
        upper = parse_numeral(match[4])
        value = _shared_scale(value, numeral, match[4])
        if upper is None or upper <= value:
            return ""
        high = upper
    value *= entry.factor if classifier == word else 1
    if unit is Unit.HOUR and text.startswith(_UNITS.slogan_hours, end):
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


def _chinese_value(numeral: str) -> Fraction | None:
    return parse_numeral(numeral)


_PAIR = re.compile(r"(.{0,20}?)([一二三四五六七八九两])([二三四五六七八九])([十百千万亿]{0,4})")


def _pair(numeral: str) -> tuple[Fraction, Fraction] | None:
    """Lower and upper value of 两三百 or 三四十, where two digits that follow each other stand side by side.

    >>> _pair("两三百")
    (Fraction(200, 1), Fraction(300, 1))
    """
    match = _PAIR.fullmatch(numeral)
    if match is None:
        return None
    low, high = (parse_numeral(match[1] + match[i] + match[4]) for i in (2, 3))
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
    whole, part = parse_numeral(match[1]), parse_numeral(match[2])
    if whole is None or part is None or whole == 0:
        return ""
    if text.startswith("点", end) and match[3] is None and text[end + 1 : end + 2].isdigit():
        return ""
    value = part * 100 / whole
    top = parse_numeral(match[3]) if match[3] else None
    high = None if top is None else float(top * 100 / whole)
    if match[3] and (top is None or top <= part):
        end, high = match.end(2), None
    comparator, cue = _comparator(text, start, end, Unit.PERCENT)
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
    low = pair[0] if pair else parse_numeral(match[1])
    high = pair[1] if pair else parse_numeral(match[4]) if match[4] else None
    if low is None or low > 10 or match[1] == "〇" or (high is not None and high <= low):
        return ""
    if text.startswith(("一成不变", "一成一"), start):
        return "idiom"
    half = Fraction("半一二三四五六七八九".index(match[6]) or 5) if match[6] else Fraction(0)
    comparator, cue = _comparator(text, start, end, Unit.PERCENT, round_number=True)
    if high is not None and comparator is Comparator.EQ:
        comparator = Comparator.APPROX if pair else Comparator.GE
    value = low * 10 + half
    top = None if high is None else float(high * 10)
    return Quantity(start, end, text[start:end], float(value), Unit.PERCENT, "成", comparator, cue, top, "<n> 成")


# --- neighbours ----------------------------------------------------------------------------------------------------


_NOT_TENTHS = frozenset("立为功员果本长交品熟型效绩都套人年片形")


def _tenths_of_digits(text: str, q: Quantity) -> Quantity:
    """7成 is 70 percent, as 七成 is."""
    if q.unit is not None or q.value > 10 or text[q.end : q.end + 1] != "成" or text[q.end + 1 : q.end + 2] in _NOT_TENTHS:
        return q
    end = q.end + 1
    comparator, cue = _comparator(text, q.start, end, Unit.PERCENT)
    return q._replace(
        end=end, text=text[q.start : end], value=q.value * 10, unit=Unit.PERCENT, classifier="成", comparator=comparator,
        cue=cue, rule="<n> 成",
    )  # fmt: skip


def _joined(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Ranges become one quantity; in 提高1.3个、9.6个百分点 the first gets the unit of the second."""
    found: list[Quantity] = []
    for quantity in quantities:
        while found:
            previous = found[-1]
            between = text[previous.end : quantity.start]
            if between in _DASHES and (joined := _range(text, previous, quantity)):
                found.pop()
                quantity = joined
                continue
            if between in _AFTER_LIST and between:
                _share_unit(found, quantity)
            break
        found.append(quantity)
    return found


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    if low.is_range or high.is_range or (low.start and text[low.start - 1] in "由从自"):
        return None
    if low.unit is not None and low.unit is not high.unit:
        return None
    if high.unit is None and low.unit is None:
        return None
    value = low.value
    if low.unit is None and high.value > 0 and value < high.value:
        scale = _scale(high)
        value = float(Fraction(str(value)) * scale) if "万" not in low.text and "亿" not in low.text else value
    if value >= high.value:
        return None
    cue = low.cue or high.cue
    return Quantity(
        low.start,
        high.end,
        text[low.start : high.end],
        value,
        high.unit,
        high.classifier,
        Comparator.GE,
        cue,
        high.value,
        "<low> - <high>",
    )


def _scale(high: Quantity) -> Fraction:
    """How much larger the value of `high` is than its digits: 万 and 天 in 1.5-2万人, 5~6天 hold for both ends."""
    if match := QUANTITY.match(high.text):
        digits = parse_digits(match[1])
        return Fraction(high.value).limit_denominator(10**9) / digits if digits else Fraction(1)
    return Fraction(1)


def _share_unit(found: list[Quantity], quantity: Quantity) -> None:
    for index in range(len(found) - 1, -1, -1):
        earlier = found[index]
        if quantity.unit is Unit.PERCENTAGE_POINT and earlier.classifier == "个":
            found[index] = earlier._replace(unit=Unit.PERCENTAGE_POINT, rule="<n>个、<n>个百分点")
        elif quantity.classifier == "%" and earlier.unit is None and "." in earlier.text and not earlier.is_range:
            found[index] = earlier._replace(unit=Unit.PERCENT, rule="<n>、<n>%")
        else:
            return
        if index and earlier.start - found[index - 1].end != 1:
            return
        quantity = found[index] if quantity.classifier == "%" and index else quantity
