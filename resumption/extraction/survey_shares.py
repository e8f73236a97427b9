"""Shares that a survey gives beside its rates: who earns, who expects what, of which trade, how far a part is built."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.extraction.words import Is
from resumption.items import Unit

OPINION = "share of those who earn, lose or expect"
OF_OUTPUT = "share of the output of a place"
OF_TRADE = "share of a trade"
PROGRESS = "progress of a part"

_WHO = (
    r"(?:以上|左右|多)?的?[\u4e00-\u9fff]{0,8}?"
    r"(?:企业|厂家|厂商|工厂|公司|商户|商家|门店|经营户|受访者|[钢焦纺纸矿药车房鞋茶酒布砖窑厂]企|[\u4e00-\u9fff]厂|样本)"
)
_EARNS = (
    r"(?:略有|小幅|仍|还|已|处于|出现|实现|能|有|微|正常|保持|仍在|继续){0,3}"
    r"(?:盈利|亏损|赚钱|赢利|保本|微利|亏本|盈亏平衡|有利润)"
)
_MOVES = (
    r"(?:上调|下调|调高|调低|回升|上升|下降|下滑|增长|减少|增加|持平|好转|恶化|改善|提升|降低|回落|上涨|下跌|转好|变差)"
)
_EXPECTS = rf"(?:预计|预期|认为|看好|判断|估计|表示|反映|觉得|对)[^，。；0-9复返]{{0,14}}?{_MOVES}"
_OPINION_BEHIND = re.compile(rf"{_WHO}?(?:{_EARNS}(?!能力)|{_EXPECTS}|(?:看涨|看跌|看稳|看平|看多|看空))")
_OPINION_BEFORE = re.compile(
    r"(?:盈利|亏损|赚钱|赢利|保本|微利|看涨|看跌|看稳|持平|高于(?:去年|上年|往年|同期)(?:同期)?|低于(?:去年|上年|往年|同期)(?:同期)?|好于(?:去年|预期)|差于(?:去年|预期)|增加|减少|上升|下降|提高|降低)"
    r"的?(?:钢厂|企业|厂家|样本|厂|商户|受访企业|公司|焦企|钢企)?(?:约|仅|只|则|数量|家数){0,2}(?:占|占比)(?:约|近|达|为|到|比|总数的|超过?){0,3}$"
    r"|(?:盈利|亏损|赢利)(?:率|面|比例|占比)(?:约|近|达到?|为|到|升至|降至|只有|超过?){0,3}$"
)
_OUTPUT_SHARE = re.compile(
    r"(?:产值|产量|营收|销售额|收入|税收|增加值|纳税额|利润|从业人数|投资额)(?:已|约|合计|合共|总计|就){0,2}(?:占|占到|占比|占了)[^，。；0-9复返]{0,20}$"
)
_TRADE_SHARE = re.compile(
    r"(?:行业|产业|门类|领域)(?:依次|分别)?(?:是|为|属)[^，。；0-9]{2,12}(?:业|类|行业)，(?:其)?(?:约|各)?(?:占|占比)(?:约|近|达|为|到|比|总数的){0,2}$"
)
_TRADE_GOES_ON = re.compile(
    r"(?:其次|再次|然后|接着|之后|接下来)(?:是|为|则是)?[^，。；0-9]{2,12}，?(?:约|各)?(?:占|占比)?(?:约|近|达|为|到|比){0,2}$"
)
_DONE = re.compile(
    r"(?<!复工)(?<!复产)(?<!返岗)(?:工程量|形象进度|总进度|进度|主体结构|结构|安装|装修|铺设|开挖|浇筑|封顶|砌筑|涂料|绿化|园林|管线|土方|桩基|装饰|幕墙|[\u4e00-\u9fff]工程)"
    r"(?:已|约|累计|总体|整体|总|共|基本|施工){0,2}完成(?:了|率|量|度|比例)?(?:近|约|达到?|超过?|至|到|为){0,3}$"
)
_WORK = Is.RESUME | Is.RETURN | Is.RATE | Is.CAPACITY


def of_survey(figure: Figure, text: str, state: State) -> str:
    """The reason for which a percentage is a share of another matter, "" if it is none of these."""
    if figure.q.unit is not Unit.PERCENT or figure.kind != "level":
        return ""
    begin, at = figure.q.start, max(figure.clause_start, figure.q.start - 36)
    before = state.sentence[figure.index - 1] if figure.index else None
    if _OPINION_BEHIND.match(text, figure.q.end) or _OPINION_BEFORE.search(text, at, begin):
        return OPINION
    if figure.left_has(_WORK) and figure.last(Is.RATE) is not None:
        return ""
    if _OUTPUT_SHARE.search(text, at, begin):
        return OF_OUTPUT
    if _TRADE_SHARE.search(text, max(state.sentence[0].clause_start, begin - 36), begin):
        return OF_TRADE
    if before is not None and before.reason == OF_TRADE and _TRADE_GOES_ON.search(text, before.q.end, begin):
        return OF_TRADE
    if _DONE.search(text, at, begin):
        return PROGRESS
    goes_on = before is not None and before.reason == PROGRESS and not figure.left_has(_WORK)
    return PROGRESS if goes_on and "完成" in text[at:begin] else ""
