"""Numbers beside the word for resuming that are figures of something else: one sentence each, nothing may be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from resumption import extract
from resumption.items import Article

SENTENCES = (Path(__file__).parent / "cases" / "not_figures.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_nothing_is_read(sentence: str) -> None:
    article = Article(
        url="https://news.example/1", title="各地有序复工复产", text=sentence, published_at="2022-02-20T09:00:00+08:00"
    )
    assert [(o.number, o.indicator) for o in extract(article)] == []
