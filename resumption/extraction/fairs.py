"""Recruitment fairs: their visitors and contracts are no people hired for the resumption.

The posts of a fair are offered for the resumption where a report on the resumption mentions it, not in one on the fair:
of 14 reports of the first kind that were annotated 12 counted them, of 5 of the second none.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure

AT_FAIR = "recruitment fair"
_FAIR = re.compile(
    r"(?:招聘|用工|就业|求职|人才)[\u4e00-\u9fff]{0,4}?(?:会|大集|集市|专场|夜市|市集)|专场招聘|招聘活动|双选会|云招聘|空中招聘|直播带岗"
)
_BEFORE, _BEHIND = 40, 12
_OPENING, _MANY = 120, 4
"""Characters in which a report on a fair names it, and how often it does so at least."""


def is_at_fair(figure: Figure, text: str) -> bool:
    """True if a fair is named in the sentence before the figure, or right behind it."""
    return _FAIR.search(text, max(0, figure.left_start - _BEFORE), figure.q.end + _BEHIND) is not None


@lru_cache(maxsize=8)
def is_report_on_fair(text: str) -> bool:
    """True if the text opens with a fair or comes back to it again and again."""
    if _FAIR.search(text, 0, _OPENING) is not None:
        return True
    return len(list(islice(_FAIR.finditer(text), _MANY))) == _MANY
