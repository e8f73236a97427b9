"""Dates of a normalised text, resolved by the day of publication; what cannot be known stays None.

A year is read in the text, or follows from the publication date or a given year of the document; it is never guessed.
Mentions are resolved in text order, because 21日 takes its month, and 当日 its day, from what was named before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from resumption.extraction import lazy_re as re
from resumption.extraction.date_finder import find_candidates
from resumption.extraction.date_resolver import DateValue, Resolver
from resumption.extraction.lunar_year import find_lunar_year
from resumption.items import Mention

__all__ = ["DateValue", "find_dates", "find_year"]

_OPENS = frozenset({"（", "（农历", "（即", "（公历", "（周", "（星期"})
_SPAN_OPENS = frozenset({"从", "自"})
_JOINS = frozenset({"至", "到", "-", "—", "——", "~", "至当月"})


def find_dates(text: str, published: date | None = None, document_year: int | None = None) -> tuple[Mention, ...]:
    """All dates and clock times of a normalised text, in order, as `Mention` with a `DateValue`.

    `published` is the day of publication. `document_year` is used for dates without a year only where `published` is
    None. Without both, a date that does not state its year has `date` None.

    >>> for m in find_dates("截至2月21日24时复工345家，比20日增加7家", date(2020, 2, 22)):
    ...     print(m.text, m.value.date, m.value.role)
    2月21日24时 2020-02-21 as_of
    20日 2020-02-20 comparison
    """
    resolver = Resolver(text, published, document_year)
    mentions: list[Mention] = []
    for start, end, rule in find_candidates(text):
        value = resolver.resolve(start, end, rule)
        if value is not None:
            mentions.append(Mention(start, end, text[start:end], value, rule))
    return tuple(_merged(text, mentions))


def find_year(text: str, latest: int | None = None) -> int | None:
    """The one year that the text states in full, for `document_year`; None if it states none or several.

    A day said twice tells it too: 2月26日（正月十五）, of the years up to `latest`.

    >>> find_year("2022年4月18日首批企业开工，4月20日全部复工"), find_year("2019年2月至2020年2月")
    (2022, None)
    >>> find_year("2021年安排重点项目710项，1-3月完成投资313亿元"), find_year("已达到2019年同期水平")
    (2021, None)
    >>> find_year("4月8日，全州2022年春季项目集中开工仪式在城东举行"), find_year("与2019年集中开工的项目相比")
    (2022, None)
    """
    stated = "年" in text and ("20" in text or "19" in text)
    years = (
        {int(year) for pattern in (_FULL_YEAR, _YEAR_OF_EVENT) for year in pattern.findall(text)} if stated else set()
    )
    if not years:
        return find_lunar_year(text, latest) if "日（" in text or "农历" in text else None
    return years.pop() if len(years) == 1 else None


# Only 2022年4月 or 2022年计划: a bare 2022年 may be the year compared with, 2022-04-18 the stamp of something else.
_FULL_YEAR = re.compile(
    r"(?<![较比])(?:19|20)[0-9]{2}(?=年(?:第[一二三四五六]批|[0-9]{1,2}(?:[-—~至][0-9]{1,2})?月|[第全]?[一二三]?季度|“"
    r"|(?:(?:全|我)[市省区县州盟旗]|[市省区县]级|[市省区]重点)?(?:(?:共|共计|拟|已)?(?:计划|安排|确定|下达|实施)|规上|规模以上|经济“?开门红|重点|春风|春运|节后|春季|立春|春节|新春|开春|入春|元旦|国庆|入冬|入汛)))"
)


_YEAR_OF_EVENT = re.compile(
    r"(?<![较比与同])(?:19|20)[0-9]{2}(?=年[\u4e00-\u9fff“”]{0,16}?(?:集中开复?工|集中复工|开工仪式|启动仪式|动员大?会|欢送))"
)
"""2022年春季项目集中开工仪式: what the article is about happened in that year."""


def _explained(mention: Mention, inside: Mention) -> list[Mention]:
    """2月17日（正月初七） is the day outside, 今天（17日） the one inside; what the bracket is for, the day is for."""
    first, last = mention.value, inside.value
    assert isinstance(first, DateValue)
    assert isinstance(last, DateValue)
    role = first.role or last.role
    outside = mention.rule in ("<solar date>", "<iso date>") and first.precision == "day"
    spoken = mention.rule == "<relative word>" and inside.rule == "<solar date>" and last.date is not None
    if outside and inside.rule.startswith("<lunar"):
        last = last._replace(date=first.date)
    elif spoken:
        first = first._replace(date=last.date)
    return [replace(mention, value=first._replace(role=role)), replace(inside, value=last._replace(role=role))]


def _merged(text: str, mentions: list[Mention]) -> list[Mention]:
    """2月10日至20日 is one mention that describes its last day."""
    found: list[Mention] = []
    for mention in mentions:
        if found and text[found[-1].end : mention.start] in _OPENS and text[mention.end : mention.end + 1] == "）":
            found += _explained(found.pop(), mention)
            continue
        if found and mention.start - found[-1].end <= 3 and text[found[-1].end : mention.start] in _JOINS:
            first, last = found[-1].value, mention.value
            if isinstance(first, DateValue) and isinstance(last, DateValue):
                if last.precision == "clock":
                    merged = first
                elif first.precision == "clock":
                    found.append(mention)
                    continue
                else:
                    spans = text[found[-1].start - 1 : found[-1].start] in _SPAN_OPENS  # 从2月3日至3月1日
                    compared = first.role == "comparison" and not spans
                    role = first.role if first.role == "as_of" or compared else last.role
                    merged = last._replace(
                        first=first.first or first.date, precision="period", role=role, cue=first.cue
                    )
                start, end = found[-1].start, mention.end
                found[-1] = Mention(start, end, text[start:end], merged, "<date> 至 <date>")
                continue
        found.append(mention)
    return found
