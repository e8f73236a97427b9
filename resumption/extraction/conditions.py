"""Numbers that a rule or a promise of aid asks for: 接回员工10人以上的，给予补贴. Nobody has come yet."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure

_ASKED = re.compile(r"以上|满|不低于|不少于|不高于|超过|达到|达|每|成功|首次|且")
"""Near the number: it is a bound, or counted for each."""
_THEN_AID = re.compile(
    r"[^。；\n，]{0,24}(?:，?且[^。；，\n]{2,24})?的(?:[^，。；\n0-9]{0,14}(?:企业|机构|园区|单位|中介|用户|商户|个体户|个体工商户|工厂|项目|个人|平台|组织|县))?，"
    r"[^。；\n]{0,28}?(?:给予|予以|奖励|补助|补贴|奖补|资助)"
)
"""Behind it: …的，给予; …的企业，按实际费用的70%给予."""
_AROUND = 12


def is_condition(figure: Figure, text: str) -> bool:
    """True if who reaches the number is promised something for it.

    对返岗的120家企业给予补贴 is no condition: those are there.
    """
    q = figure.q
    if _THEN_AID.match(text, q.end) is None:
        return False
    return _ASKED.search(text, max(figure.clause_start, q.begin - _AROUND), min(len(text), q.end + 4)) is not None
