"""How much a text is about the resumption of work: a number for the feed and the gate of the drop stage."""

from __future__ import annotations

import re
from functools import cache

from resumption.lexicon.events import load_events
from resumption.lexicon.words import load_topic_words, load_weak_topic_words

TITLE_WEIGHT = 3
FULL = 1 / 150
"""One topic word per so many characters makes a text wholly about the topic."""


def weigh_relevance(title: str, text: str) -> float:
    """0 to 1: topic words of title (weighted) and text per length; 0 exactly when there is none.

    >>> weigh_relevance("威海规上工业企业复工率79.4%", "截至21日24时，全市到岗职工28.38万人。")
    1.0
    >>> weigh_relevance("市博物馆周末延长开放", "每周六开放至21时，预约电话不变。")
    0.0
    """
    hits = sum(weight * (TITLE_WEIGHT * len(p.findall(title)) + len(p.findall(text))) for p, weight in _topic())
    return round(min(1.0, hits / max(3.0, FULL * len(text))), 3)


@cache
def _topic() -> tuple[tuple[re.Pattern[str], float], ...]:
    strong = set(load_topic_words())
    for classes in load_events().values():
        strong.update(classes.get("resume", ()))
    return (_pattern(strong), 1.0), (_pattern(set(load_weak_topic_words()) - strong), 0.5)


def _pattern(words: set[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))))
