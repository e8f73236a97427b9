"""Counts that are no figures of resumption: of another subject, in the title of a paper, of places."""

from __future__ import annotations

import re

from resumption.extraction.count_verbs import (
    DECIDING,
    SUBJECT,
)
from resumption.extraction.figures import Figure
from resumption.extraction.words import NOUN, VERB, Is


def other_topic(figure: Figure, text: str) -> bool:
    near = [w for w in figure.left if w.flags & Is.OTHER_TOPIC and not w.flags & (NOUN | VERB)]
    verbs = [w for w in figure.left if w.flags & (DECIDING | SUBJECT)]
    if near and not [w for w in verbs if w.start > near[-1].start]:
        return True
    right = figure.right[:1]
    return bool(
        right
        and right[0].flags & Is.OTHER_TOPIC
        and not right[0].flags & (NOUN | VERB)
        and right[0].start - figure.q.end <= 4
    )


_PLACES = (
    "市",
    "县",
    "区",
    "省",
    "镇",
    "州",
    "旗",
    "乡",
    "地市",
    "街道",
    "社区",
    "村",
    "设区市",
    "市州",
    "盟市",
    "国家",
    "地区",
    "方面",
    "行业",
)


_JOINED_PLACES = re.compile(r"[省市县区]、(?:直辖市|自治区|设区市|市|县|区)(?![属级重管直])")


def group_of_places(figure: Figure, text: str) -> bool:
    return (figure.q.classifier == "个" and _JOINED_PLACES.match(text, figure.q.end) is not None) or (
        figure.q.classifier == "个"
        and text.startswith(_PLACES, figure.q.end)
        and not text.startswith(
            (
                "市级",
                "省级",
                "区级",
                "县级",
                "市重",
                "省重",
                "省市",
                "市区重",
                "区重",
                "县重",
                "省、",
                "市、",
                "县、",
                "区、",
                "省属",
                "市属",
            ),
            figure.q.end,
        )
    )


def in_title_of_paper(figure: Figure, text: str) -> bool:
    opened = text.rfind("《", max(0, figure.q.start - 60), figure.q.start)
    return opened >= 0 and "》" not in text[opened : figure.q.start]
