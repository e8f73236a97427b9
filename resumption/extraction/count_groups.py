"""Projects counted by their kind in a report of projects that resumed: 工业项目356个、服务业项目320个.

No verb stands beside them: they are the groups of the projects that the article counted before, and share their role.
"""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.count_verbs import ROLE_OF
from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.extraction.words import VERB, Is
from resumption.items import Unit

_KIND_BEFORE = re.compile(
    r"[\u4e00-\u9fff）”-](?:项目|工程|工地|标段)(?:共计|共有|共|有|为|达到|达|约|近|超过|超){0,2}$"
)
_KIND_BEHIND = re.compile(r"[\u4e00-\u9fff“”（）]{2,16}?(?:项目|工程)(?=[，。；、]|$)")
_ANOTHER_STAGE = (
    r"储备|筛选|遴选|谋划|签约|招商|引进|开通|竣工|建成|完工|完成|验收|改造完"
    r"|民生实事|债券|申报|入库|推介|新签|对接|中标"
)
OTHER_PROJECTS = re.compile(_ANOTHER_STAGE)
"""签约项目, 竣工项目: projects before or behind the stage at which work resumes."""
_OTHER = re.compile(rf"{_ANOTHER_STAGE}|落地|拟|未")
_ALIKE = frozenset({"个", "项"})


def group_of_projects(figure: Figure, text: str, state: State) -> str:
    """The role of a kind of projects in a list of such kinds, below a larger count of projects; "" if it is none."""
    if figure.family != "project" or not state.strong or figure.kind != "level" or not _is_kind(figure, text):
        return ""
    listed = [f for f in state.sentence if f.q.unit is Unit.COUNT and f.kind == "level" and _is_kind(f, text)]
    if len(listed) < 2:
        return ""
    most = max(f.q.value for f in listed)
    whole = next((f for f in reversed(state.told) if f.family == "project" and f.q.value > most), None)
    if whole is None or whole.q.classifier not in _ALIKE:
        return ""
    return ROLE_OF.get(whole.indicator, "")


def repeated_whole(figure: Figure, state: State) -> str:
    """沈河区122个项目中，…: the role of the same number of projects that the article told before, else ""."""
    same = (f for f in reversed(state.told) if f.family == figure.family == "project" and f.q.value == figure.q.value)
    whole = next(same, None)
    return ROLE_OF.get(whole.indicator, "") if whole is not None and figure.q.value >= _LARGE else ""


_LARGE = 10
"""Projects: smaller numbers stand twice by chance."""


def _is_kind(figure: Figure, text: str) -> bool:
    """工业项目356个, 金融产业项目8个: the noun beside the number, and no verb in its clause."""
    if figure.q.classifier not in _ALIKE or figure.left_has(VERB & ~Is.SERVE) or figure.left_has(Is.OTHER_TOPIC):
        return False
    before = text[figure.left_start : figure.q.begin]
    if _OTHER.search(before):
        return False
    return _KIND_BEFORE.search(before) is not None or (
        before.endswith("等") and _KIND_BEHIND.match(text, figure.q.end) is not None
    )
