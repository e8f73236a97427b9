"""Figures of a year or a quarter: ordinary economics, not the days in which work is resumed."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.gate import speaks_of_resumption
from resumption.extraction.sentences import begin_of

_PERIOD = re.compile(
    r"(?:[去上]年|前年|全年|20[0-9]{2}年(?:度|全年)?)(?![^，。；]{0,4}(?:[0-9]{1,2}月|同期|同比|相比|同日|底|末|初|春节|节后|冬|夏|秋|春|的))"
    r"|[一二三四1-4]季度|(?<![前提])[上下]半年|前[一二三四五六七八九十两0-9]{1,2}个?月|[0-9]{1,2}月?(?:至|-|—|到)[0-9]{1,2}月份?(?![0-9日])"
)
_DAY = re.compile(r"截[至止]|目前|眼下|如今|现在|[0-9]日|昨[天日]|今[天日]|当[天日]|复工以来|节后|年后")

OF_PERIOD = "figure of a year or a quarter"


def is_of_period(figure: Figure, text: str) -> bool:
    """True if the sentence says, before the figure, that it is one of a year or a quarter, and no day after that.

    去年全社会用电量108.6亿千瓦时; a sentence that speaks of resumption itself is not asked.
    """
    begin, end = begin_of(text, "。！？\n", figure.q.start), figure.clause_end
    named = [match.end() for match in _PERIOD.finditer(text, begin, figure.q.start)]
    if not named or _DAY.search(text, named[-1], figure.q.start):
        return False
    return not speaks_of_resumption(text[begin:end])
