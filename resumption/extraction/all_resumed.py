"""全部复工 without a number: a rate of 100 percent that is told in a word, always optional (docs/annotation.md)."""

from __future__ import annotations

from collections.abc import Sequence

from resumption.extraction import lazy_re as re
from resumption.extraction.counts import LEFT_OUT
from resumption.extraction.figures import Figure, find_figures
from resumption.extraction.quantities import Quantity
from resumption.extraction.words import Is, Word
from resumption.items import Comparator, Unit

ALL_RESUMED = "全部 <resume>"
"""The rule of such a rate."""
_NO_STATE = r"(?!率|秩序|的|[条准预审目前后方案要进情申备]|以[前后来]|之[前后])"
_WHOLE = re.compile(
    r"(?<![占对或及])(全部|全面)(?:实现|已经|已|都|也|正常|顺利|按期|如期|安全|正式|通电、){0,3}"
    rf"(?:(?:开复工|复工复产|复产复工|复工|复产|开工|复业|开业|开门|开市|复市|开机|开窑|投产|营业){_NO_STATE}"
    rf"|(?:恢复|重启)(?:了)?(?:正常)?(?:生产|施工|营业|运营|经营|开放){_NO_STATE}"
    r"|开放(?=[，。；])|恢复(?=[，。；])|开了工|动了?起来|开起来|转起来)"
)
"""The word for all, and the verb of resuming behind it; not 全面复工前, 全部复工的目标."""
_WISHED = re.compile(
    r"推动|推进|加快|加速|促进|助力|支持|有序|如何|能否|是否|尚未|仍未|还未|没有|未能|未|不能|等待|直到|直至|待|为了|为|除了|并非|不是|离|距"
)
"""助力企业全面复工: what somebody works for is no state."""
_NEAR = 22
"""Characters between the group and 全部: 规上企业（除停产检修外）要在2月底前全部复工."""
_GROUP = Is.ENTERPRISE | Is.PROJECT


def find_all_resumed(
    text: str, sentence: tuple[int, int], words: list[Word], figures: Sequence[Figure]
) -> list[Figure]:
    """The rates of 100 percent that a sentence tells in a word; `words` and `figures` are those of the sentence.

    What resumed is named before it in its clause, or is that of the figure before it in the sentence.
    """
    found: list[Figure] = []
    if any(f.q.value == 100 and f.indicator.endswith("resumption_rate") for f in figures):
        return found  # 全部复工，复工率100%: the number says it
    for match in _WHOLE.finditer(text, *sentence):
        start, end = match.span(1)
        quantity = Quantity(start, end, match[1], 100.0, Unit.PERCENT, "", Comparator.EQ, None, None, "全部")
        figure = find_figures(text, *sentence, [quantity], words)[0]
        told = [f for f in figures if f.q.end <= start and f.indicator and f.rule != LEFT_OUT]
        before = told[-1] if told else None
        code, group = _what(figure, text, before)
        if not code:
            continue
        figure.family, figure.optional, figure.population = "rate", True, group
        figure.accept(code, ALL_RESUMED)
        found.append(figure)
    return found


_OTHERS = re.compile(r"外，?(?:其余|其他|其它|余下)")


def _what(figure: Figure, text: str, before: Figure | None) -> tuple[str, str]:
    """The indicator of the rate and the group that the figure before it has; "" if no group is named."""
    at = figure.q.start
    noun = figure.last(_GROUP)
    if noun is not None and _OTHERS.search(text, noun.end, at):
        noun = None  # 除3户需要搬迁的企业外，其余已全部复工
    begin = noun.end if noun is not None else max(figure.clause_start, before.q.end if before is not None else 0)
    if at - begin > _NEAR or _WISHED.search(text, max(figure.clause_start, at - 2 * _NEAR), at):
        return "", ""
    if noun is not None:
        return ("project_resumption_rate" if noun.flags & Is.PROJECT else "resumption_rate"), ""
    if before is None or figure.clause - _clause_of(figure, before, text) > 2:
        return "", ""
    if before.family == "project" or before.indicator == "project_resumption_rate":
        return "project_resumption_rate", before.population
    if before.family == "enterprise" or before.indicator == "resumption_rate":
        return "resumption_rate", before.population
    return "", ""


def _clause_of(figure: Figure, before: Figure, text: str) -> int:
    """Number of the clause in which the figure before stands, as the clauses of `figure` are counted."""
    return figure.clause - sum(text.count(sign, before.q.end, figure.q.start) for sign in "，；：（）")
