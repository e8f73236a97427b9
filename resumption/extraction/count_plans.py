"""Counts of projects that are planned, and of their kinds: 计划实施项目58项，其中续建31项、新建27项."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure
from resumption.extraction.state import State
from resumption.extraction.words import Is, Word

_PLANNED = re.compile(
    r"(?:计划|安排|拟|谋划|列入)[^，。；0-9已]{0,6}(?:实施|安排|开工|推进|建设|投资)?[^，。；0-9已]{0,24}$"
)
_KIND = re.compile(r"(?:续建|新建|结转|在建|储备|扩建|改建)(?:类|性)?(?:项目|工程|标段)?(?:数)?(?:共计?|有|为|达)?$")


def planned_kind(figure: Figure, text: str, state: State, word: Word) -> tuple[str, str, Word | None] | None:
    """计划实施项目58项，其中续建31项、新建27项; 续建和保投产项目共189个: what is planned, and its kinds."""
    before = text[figure.left_start : figure.q.start]
    if any(w.flags & Is.CUMULATIVE and text[w.start : w.end] in _DONE for w in figure.left) or "已" in before:
        return None
    resumes = any(word in text for word in ("复工", "复产", "续建"))
    if _PLANNED.search(before) and any(w.flags & Is.PROJECT for w in figure.left) and not _resumes(word, text):
        return ("total", "计划 <launch> <group> <count>", word) if resumes else ("", "launch of new projects", word)
    verbs = [w for w in figure.left if w is word or w.flags & Is.LAUNCH]
    kinds = [w for w in verbs if any(n.start == w.end and n.flags & Is.PROJECT for n in figure.left)]
    if (
        kinds
        and not text.startswith("集中开工", kinds[-1].start)
        and not _resumes(kinds[-1], text)
        and any(w.start > kinds[-1].end and w.flags & Is.DENOMINATOR for w in figure.left)
    ):
        return "total", "<kind> <group> 共 <count>", word
    previous = state.roles.get("project")
    if previous is not None and previous.indicator == "projects_total" and _KIND.search(before):
        return "total", "其中 <kind> <count>", word
    return None


def _resumes(word: Word, text: str) -> bool:
    """计划开复工项目2000个: what is planned is the resumption, not a kind of works."""
    return bool(word.flags & Is.RESUME) and text[word.start : word.end] not in _KINDS_OF_WORKS


_KINDS_OF_WORKS = ("续建", "新建", "开工", "新开工", "复工续建", "施工", "推进", "启动", "动工")
_DONE = ("已", "已有", "现已", "累计", "实现")
