"""Recruitment fairs: posts, visitors and contracts of a fair are no posts filled for the resumption."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure

AT_FAIR = "recruitment fair"
_FAIR = re.compile(
    r"(?:招聘|用工|就业|求职|人才)[\u4e00-\u9fff]{0,4}?(?:会|大集|集市|专场|夜市|市集)|专场招聘|招聘活动|双选会|云招聘|空中招聘|直播带岗"
)
_BEFORE, _BEHIND = 40, 12


def is_at_fair(figure: Figure, text: str) -> bool:
    """True if a fair is named in the sentence before the figure, or right behind it."""
    return _FAIR.search(text, max(0, figure.left_start - _BEFORE), figure.q.end + _BEHIND) is not None
