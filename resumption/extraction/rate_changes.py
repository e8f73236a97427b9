"""Which rate a change is of: percentage points, and growth in percent."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figure_runs import figure_said_respectively, run_of
from resumption.extraction.figures import Figure
from resumption.extraction.periods import OF_PERIOD, is_of_period
from resumption.extraction.rate_names import named_rate, zipped_in_run, zipped_name
from resumption.extraction.rate_thresholds import share_at_threshold
from resumption.extraction.state import State
from resumption.extraction.survey_shares import OF_OUTPUT, OF_TRADE, OPINION
from resumption.extraction.words import NOUN, Is, Word
from resumption.items import Unit

_OTHERS = (
    *("rate of another subject", "share of an investment", "share of money", "list of another rate"),
    *(OPINION, OF_OUTPUT, OF_TRADE),
)
_OF_OTHERS = "change of another subject"


def changed_points(figure: Figure, text: str, state: State, name: Word | None) -> tuple[str, str, Word | None]:
    """提高5.1个百分点: of the rate that the clause names, else of the one before it."""
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is not None and not before.indicator and text[before.q.end : figure.q.start] in ("、", "和", "及"):
        topic = before.last(Is.OTHER_TOPIC)
        if topic is not None or before.q.unit is figure.q.unit:
            return "", _OF_OTHERS, topic
    other = (
        before is not None
        and (
            (before.q.unit is Unit.PERCENT and (before.reason.startswith("growth") or before.reason in _OTHERS))
            or before.reason == _OF_OTHERS
        )
        and figure.clause - before.clause <= 1
        and not figure.left_has(NOUN | Is.RATE)
    )
    if name is None and other:
        return "", _OF_OTHERS, None  # 投资增长5.7%，高于全省1.2个百分点
    if name is None and "拉动" in text[figure.left_start : figure.q.begin]:
        return "", _OF_OTHERS, None  # 拉动工业增长3.4个百分点
    if (found := share_at_threshold(figure, text, state)) is not None:
        return found
    if (like := _rate_in_row(figure, text, state)) is not None:
        figure.like = like
        return like.indicator, "<rate>…，分别 <change> <points>、<points>", None
    name = (zipped_name(figure, text, state) or name) if name is not None else zipped_in_run(figure, text, state)
    if name is not None:
        return named_rate(name, figure, text, state), "<rate> <change> <points>", name
    if figure.last(Is.POWER):
        return "electricity_rate", "<power> <change> <points>", figure.last(Is.POWER)
    previous = state.roles.get("rate") or (state.paragraph_roles.get("rate") if not figure.left_has(NOUN) else None)
    if previous is None and state.roles.get("power") is not None and not figure.left_has(NOUN) and state.strong:
        return "electricity_rate", "<power>，<change> <points>", None
    if previous is not None:
        if previous.indicator == "electricity_rate" and previous.kind == "change":
            figure.optional = True
        figure.follows = previous
        return previous.indicator, "<rate>，<change> <points>", None
    return "", _OF_OTHERS, None


_BOTH = re.compile(r"(?:[两二三]|这[两几])(?:项|个)(?:指标|比率|比例|数据|数字|率)|[两双]率|二者|两者")
_NEAR = 80
"""Characters between the rates and what is said of both."""


def _rate_in_row(figure: Figure, text: str, state: State) -> Figure | None:
    """复工率78.7%，…复工率75.4%，分别提高15.9、21.6个百分点: changes in a row go with the rates before, one to one."""
    run = run_of(figure, state.sentence, text)
    if len(run) < 2 or not figure_said_respectively(run[0]):
        return None
    if _BOTH.search(text, max(0, run[0].clause_start - 12), run[0].q.start):
        both = [rate for rate in state.rates[-len(run) :] if run[0].q.start - rate.q.end < _NEAR]
        if len(both) == len(run):
            return both[run.index(figure)]  # 复工率93.3%；…到岗率68.2%。两项指标分别提高3.4个和6.1个百分点
    rates = [
        f
        for f in state.sentence[: run[0].index]
        if f.q.unit is Unit.PERCENT and f.kind == "level" and f.indicator.endswith("_rate")
    ][-len(run) :]
    return rates[run.index(figure)] if len(rates) == len(run) else None


_OF_TRADE = re.compile(
    r"收入|营收|订单|价格|单价|成本|客流|客单价|运费|运价|销量|销售|利润|库存|交易量|成交量|吞吐量|流量|工资|薪"
)
"""日均营运收入比节前增长两成: not of the rate before it."""


def _power_in_row(figure: Figure, text: str, state: State) -> Figure | None:
    """用电量4.1亿千瓦时、最高负荷2140万千瓦，比…分别增长20.6%、21.3%: the growths go with the amounts, one to one."""
    run = run_of(figure, state.sentence, text)
    if len(run) < 2 or not figure_said_respectively(run[0]):
        return None
    amounts = [f for f in state.sentence[: run[0].index] if f.indicator == "electricity_amount"][-len(run) :]
    return amounts[run.index(figure)] if len(amounts) == len(run) else None


COMPARED = "<rate>，<compared> <percent>"


def grown(figure: Figure, text: str, state: State, power: Word | None) -> tuple[str, str, Word | None]:
    """同比增长7.5%: of electricity, output, of the count or the rate before it; `power` is the electricity named."""
    if figure.follows is not None:
        return figure.follows.indicator, "<rate> <sign> <percent>", None
    if power is not None and is_of_period(figure, text):
        return "", OF_PERIOD, power
    if (row := _power_in_row(figure, text, state)) is not None:
        figure.like = row
        return "electricity_rate", "<power>、<power> 分别 <change> <percent>", power
    if power is not None:
        return "electricity_rate", "<power> <change> <percent>", power
    output = figure.last(Is.OUTPUT)
    if output is None and (found := _of_rate_before(figure, text, state)):
        return found
    if output is not None or state.roles.get("output") is not None:
        figure.optional = True
        return "output_value", "<output> <change> <percent>", output
    if state.roles.get("power") is not None:
        return "electricity_rate", "<power> <change> <percent>", None
    counted = state.sentence[figure.index - 1] if figure.index else None
    if (
        counted is not None
        and counted.indicator in ("enterprises_resumed", "projects_resumed", "workers_returned")
        and counted.clause >= figure.clause - 1
        and not figure.left_has(NOUN | Is.RESUME | Is.OTHER_TOPIC)
        and figure.last(Is.COMPARE)
    ):
        return counted.indicator, "<count>，<compared> <percent>", None
    return (
        _of_rate_before(figure, text, state)
        or _rates_of_places(figure, text, state)
        or ("", "growth of another subject", None)
    )


def _of_rate_before(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """产能利用率86.71%，环比增加0.94%，同比减少2.15%: of the rate right before it."""
    counted = state.sentence[figure.index - 1] if figure.index else None
    rate = state.roles.get("level rate")
    alone = not figure.left_has(NOUN | Is.INVESTMENT | Is.OTHER_TOPIC) and not _OF_TRADE.search(
        text, figure.clause_start, figure.q.begin
    )
    if rate is not None and figure.index - rate.index == 1 and alone and figure.last(Is.COMPARE):
        return rate.indicator, COMPARED, None
    chained = counted is not None and counted.rule == COMPARED and counted.kind == "change" and alone
    if chained and counted is not None and figure.clause - counted.clause <= 1 and figure.last(Is.COMPARE):
        return counted.indicator, COMPARED, None  # 环比上升2.42%，同比上升9.82%
    return None


def _rates_of_places(figure: Figure, text: str, state: State) -> tuple[str, str, Word | None] | None:
    """产能利用率上升较快的是江西、福建，分别上升4.18%、3.92%: the rate is named before the places."""
    run = run_of(figure, state.sentence, text)
    if len(run) < 2 or not figure_said_respectively(run[0]) or run[0].left_has(NOUN):
        return None
    name = next((w for w in reversed(run[0].earlier) if w.flags & (Is.RATE | Is.OTHER_RATE)), None)
    if name is None or name.flags & Is.OTHER_RATE or run[0].clause_start - name.start > _NEAR:
        return None
    return named_rate(name, figure, text, state), "<rate> …，分别 <change> <percent>、<percent>", name
