"""Money: the investment of projects, the funds that enterprises got, the output of the resumed."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.count_guards import FINISHED_WORKS
from resumption.extraction.figures import Figure
from resumption.extraction.nouns import right_noun
from resumption.extraction.state import State
from resumption.extraction.words import NOUN, Is, Word

_PAID = re.compile(
    r"(?:缓缴|缓交|减免|免除|减收|免收|退还|返还|兑付|兑现|拨付|垫付|预付|放贷|放款|续贷|展期|贴息|退税|免租|减租|理赔|赔付|赔款|补偿|奖补|省下|节省|节约|减负)"
    r"(?:资金|金额|款项|各类)?(?:了|约|近|超|共|共计|合计|达|逾|超过|累计|出|到){0,2}$"
)
"""税务缓缴1870万元: money was given, whatever it is called."""
_OWED = re.compile(
    r"实现[^，。；0-9]{0,8}税收|(?<![减免缓退返征])税收(?:总额|收入)?(?:达|为|约|完成)?$|应交|应缴税|上缴|入库|税收收入|研发投入|技改投入"
)
_LOAN_NAMED = re.compile(
    r"[贷险]款?[”」』]?(?:业务|产品)?(?:共|累计|合计|约)?(?:\d+(?:余|多)?笔)?[、，]?(?:金额|共计|合计|共)?$"
)
"""发放“复工贷”13笔4100万元: the name of the loan says what the money is."""
_OF_STOCKS = re.compile(
    r"(?:买入|卖出|净流入|净流出|净买入|净卖出|市值|涨停|跌停|融资余额|捐款|募捐|捐赠)[^，。；0-9]{0,8}$"
)
_SIZE_OF_FUND = re.compile(r"(?:总规模|总额度|额度|盘子)(?:为|达|约|近|超过?){0,2}$")
_QUOTA = re.compile(
    r"(?:的)?(?:专项)?再贷款(?:再贴现)?(?:专用)?(?:额度|政策|资金)?(?:正在|已|将|全部)?(?:加紧|加快)?(?:投放|落地|下达|启动)"
)
"""3000亿元专项再贷款正在投放: what the state sets aside, nobody's loan yet."""
_OF_ONE = 10_000
"""Yuan of which one person may get so much."""
_TO_EACH = re.compile(r"每(?:名|人|位|户|家|个|车)[^。；]{0,36}$")
"""为每名返岗人员发放口罩2只、补贴交通费200元: what each of them gets."""
NEEDED = "money that is needed"
_NEEDED = re.compile(
    r"(?:融资|资金|贷款|信贷|用款|授信)(?:需求|缺口)(?:额|总额|金额)?(?:共计|合计|总计|共|约|达到?|为|近|超过?){0,2}$"
)
"""融资需求1.7亿元: nobody gave it yet; 解决融资需求1.7亿元: it was given."""
_MET = re.compile(r"(?:解决|满足|落实|化解|保障|缓解|对接|支持)[^，。；0-9]{0,8}$")
_NOT_PAID = ("投入", "增加", "协调", "落实", "保障", "储备", "采购", "购买", "购置", "降低")


def decide_money(figure: Figure, text: str, state: State) -> None:
    """Decide an amount of money: investment of projects, funds for enterprises, output."""
    figure.family = "money"
    if reason := _no_amount(figure, text):
        figure.reject(reason)
        return
    if _is_worth(figure, text):
        figure.accept("investment", "<money> <works> <resume>", None)
        return
    near = right_noun(figure, text)
    if near is None or near.flags & Is.PROJECT:
        near = figure.last(Is.INVESTMENT | Is.FUND | Is.OUTPUT)
    if near is not None and near.flags & Is.INVESTMENT and not near.flags & Is.FUND:
        _investment(figure, text, state, near)
    elif near is not None and near.flags & Is.OUTPUT and not near.flags & Is.FUND:
        _output(figure, state, near)
    else:
        _funds(figure, text, state, near)


_WORTH = re.compile(
    r"(?:的)?(?:存量|在建|续建|重点|重大|储备|政府投资|基建){0,2}(?:项目|工程)(?:全面|陆续|加快|尽快|已|全部)?(?:复工|复产|开工)"
)
_BRINGS = re.compile(
    r"(?:带动|推动|促进|促成|撬动|助力|支持|保障|拉动|盘活)(?:了|全[市省县区])?(?:近|约|超过?|总计|共|总投资)?$"
)


def _is_worth(figure: Figure, text: str) -> bool:
    """带动354亿元存量项目复工复产: what works are worth that go on again."""
    begin = figure.q.begin
    return (
        _WORTH.match(text, figure.q.end) is not None
        and _BRINGS.search(text, max(figure.clause_start, begin - 10), begin) is not None
    )


def _no_amount(figure: Figure, text: str) -> str:
    """Why the money was neither invested, given nor earned: a limit, the size of a group, another subject; else ""."""
    limit = figure.last(Is.LIMIT)
    if limit is not None and text[limit.start : limit.end] == "一次性" and figure.last(Is.GIVE):
        limit = None
    if limit is not None and _given_in_all(figure, text, limit):
        limit = None
    if figure.last(Is.EVERY) or limit is not None or figure.first(Is.EVERY):
        return "rule or limit"
    if figure.q.value < _OF_ONE and _TO_EACH.search(text, max(0, figure.q.begin - 40), figure.q.begin):
        return "rule or limit"
    after = figure.right[0] if figure.right else None
    of_group = after is not None and after.start - figure.q.end <= 2 and after.flags & (Is.PROJECT | Is.MODIFIER)
    if of_group and _is_worth(figure, text):
        return ""
    if of_group or text[figure.q.end : figure.q.end + 2] in ("以上", "以下"):
        return "size that defines a group"
    other = next((w for w in reversed(figure.left) if w.flags & Is.OTHER_TOPIC and not w.flags & NOUN), None)
    if other is not None and not any(w.flags & Is.FUND and 0 <= w.start - other.end <= 2 for w in figure.left):
        return "money of another subject"  # but 国有房屋租金: what the fund is for may be a word of another topic
    if _OF_STOCKS.search(text, figure.left_start, figure.q.start):
        return "money of another subject"
    if _SIZE_OF_FUND.search(text, figure.left_start, figure.q.begin) or _QUOTA.match(text, figure.q.end):
        return "rule or limit"
    if _OWED.search(text, figure.left_start, figure.q.start):
        return "money of another subject"
    needed = _NEEDED.search(text, figure.left_start, figure.q.begin)
    if needed and _MET.search(text, figure.left_start, needed.start()) is None:
        return NEEDED
    return ""


def _investment(figure: Figure, text: str, state: State, name: Word) -> None:
    if (
        state.inherited("project") is None
        and state.domain != "project"
        and not figure.last(Is.PROJECT)
        and not (state.strong and _OF_PROJECT.match(text, figure.q.end, figure.clause_end))
    ):
        figure.reject("investment without projects")
        return
    before = state.sentence[figure.index - 1] if figure.index else None
    if before is not None and before.reason == FINISHED_WORKS and figure.clause - before.clause <= 1:
        figure.reject(FINISHED_WORKS)
        return
    figure.optional = _SPENT_OR_DUE.search(text, figure.left_start, figure.q.start) is not None
    figure.accept("investment", "<investment> <money>", name)


def _output(figure: Figure, state: State, name: Word) -> None:
    figure.family = "output"
    figure.optional = (figure.last(Is.RESUME) or any_resumed(state)) is None
    figure.accept("output_value", "<output> <money>", name)
    if not state.strong:
        figure.reject("output of another subject")


def _funds(figure: Figure, text: str, state: State, near: Word | None) -> None:
    fund = near if near is not None and near.flags & Is.FUND else figure.last(Is.FUND) or figure.first(Is.FUND)
    verb = figure.last(Is.GIVE | Is.SOLVE | Is.SERVE) or figure.first(Is.GIVE | Is.SERVE)
    if fund is None and state.strong:
        if _is_paid(figure, text, state):
            figure.accept("funds", "<pay> <money>")
            return
        fund = _fund_said_before(figure, text, state)
    previous = state.sentence[figure.index - 1] if figure.index else None
    follows = previous is not None and previous.family == "money" and figure.clause - previous.clause <= 1
    if fund is None and previous is not None and follows and previous.indicator:
        figure.optional = previous.optional
        figure.accept(previous.indicator, "<list> <money>")
        return
    if fund is None or not state.strong:
        figure.reject("money without a purpose" if state.strong else "off topic")
        return
    if verb is None and state.inherited("money") is None and "enterprise" not in state.roles:
        figure.optional = True
    figure.accept("funds", "<give> <fund> <money>", fund)


def _is_paid(figure: Figure, text: str, state: State) -> bool:
    """税务缓缴1870万元, 发放“复工贷”13笔4100万元: the verb or the name of the loan tells, no word for a fund."""
    if _PAID.search(text, max(figure.left_start, figure.q.start - 8), figure.q.start):
        return True
    lent = _LOAN_NAMED.search(text, max(0, figure.q.start - 20), figure.q.start) is not None
    return lent and figure.spoken(state.sentence, Is.GIVE) is not None


def _fund_said_before(figure: Figure, text: str, state: State) -> Word | None:
    """The fund that the sentence named not far before, where only 发放 or 总额 stands beside the number."""
    named = text[figure.left_start : figure.q.start].rstrip("达约为近超共计逾")[-4:]
    given = figure.last(Is.GIVE)
    paid = given is not None and text[given.start : given.end] not in _NOT_PAID
    if not paid and not named.endswith(("金额", "合计", "资金", "总额")):
        return None
    fund = figure.spoken(state.sentence, Is.FUND)
    return fund if fund is not None and fund.start >= figure.q.start - _FAR else None


_FAR = 60
"""Characters between a fund and its amount, at most."""


def settle_investments(figures: list[Figure]) -> None:
    """Reject the investment of projects that are no figure of resumption: 全区储备项目9421个，总投资10.4万亿元."""
    for figure in figures:
        if figure.indicator != "investment":
            continue
        counts = (f for f in reversed(figures[: figure.index]) if f.family in ("project", "enterprise"))
        counted = next(counts, None)
        if counted is not None and not counted.indicator and counted.reason in _NOTHING_SAID:
            figure.reject("investment of projects of which nothing is said")


_NOTHING_SAID = ("count without a role", "projects in reserve")


_SUM = 1e6
"""Yuan: what a policy grants to one enterprise is mostly less, what was granted to all is more."""


def _given_in_all(figure: Figure, text: str, limit: Word) -> bool:
    """银行给予展期4.7亿元, 贷款贴息420万元: the money's name stands between, and it is too much for one enterprise."""
    if text[limit.start : limit.end] not in ("给予", "贴息") or figure.q.value < _SUM:
        return False
    if sum(1 for w in figure.left if w.flags & Is.LIMIT) > 1 or figure.last(Is.AT_LEAST) or figure.q.is_range:
        return False
    named = limit if limit.flags & Is.FUND else figure.last(Is.FUND)
    return named is not None and named.start >= limit.start and figure.q.start - named.end <= 3


_SPENT_OR_DUE = re.compile(r"完成[^，。；0-9]{0,8}投资|(?:年度|年|当年|今年)(?:度)?(?:计划)?(?:完成)?投资|到位资金")
"""完成投资3.2亿元, 年度计划投资96亿元: what a project has spent or is due this year, not what it is worth."""
_OF_PROJECT = re.compile(r"的[\u4e00-\u9fffA-Za-z0-9“”]{2,30}?(?:项目|工程|电站|基地|生产线|高速|铁路|公路)")
"""投资100亿元的乙二醇项目."""


def any_resumed(state: State) -> Word | None:
    """The first word of the sentence, left of one of its figures, that says that work was resumed."""
    return next((w for f in state.sentence for w in f.left if w.flags & Is.RESUME), None)
