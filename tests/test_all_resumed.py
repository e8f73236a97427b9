"""全部复工 without a number: an optional rate of 100 percent, and the sentences that only wish for it."""

from __future__ import annotations

import pytest

from resumption.extraction import extract
from resumption.extraction.all_resumed import ALL_RESUMED
from resumption.items import Article, Observation

OPENING = "截至2月18日，全市企业有序复工复产，返岗员工1.2万人。"


def told_in_words(text: str) -> list[Observation]:
    """The rates of 100 percent that a text tells in a word."""
    article = Article(url="", title="复工复产快报", text=OPENING + text, published_at="2020-02-19T09:00:00+08:00")
    return [o for o in extract(article) if o.rule == ALL_RESUMED]


TOLD = [
    ("全市规上工业企业全部复工。", "resumption_rate", "规上工业企业", "actual", "2020-02-18"),
    ("36家外资企业已全部恢复生产。", "resumption_rate", "外资企业", "actual", "2020-02-18"),
    ("农贸市场全部开门，店里人不少。", "resumption_rate", "农贸市场", "actual", "2020-02-18"),
    ("轨道交通续建项目已经全部复工。", "project_resumption_rate", "轨道交通续建项目", "actual", "2020-02-18"),
    (
        "今年续建项目91个，已复工40个，3月底前要全部复工。",
        "project_resumption_rate",
        "续建项目",
        "target",
        "2020-03-31",
    ),
    ("规上工业企业要在2月底前全面复产。", "resumption_rate", "规上工业企业", "target", "2020-02-29"),
]


@pytest.mark.parametrize(("text", "indicator", "population", "status", "day"), TOLD)
def test_it_is_an_optional_rate(text: str, indicator: str, population: str, status: str, day: str) -> None:
    (found,) = told_in_words(text)
    assert (found.indicator, found.population, found.status, str(found.as_of)) == (indicator, population, status, day)
    assert found.optional
    assert (found.value, found.unit, found.number in ("全部", "全面")) == (100.0, "percent", True)


@pytest.mark.parametrize(
    "text",
    [
        "为助力企业全面复工复产，银行放贷3亿元。",
        "企业全面复工后，员工吃住在厂。",
        "大企业占全部复工企业的六成。",
        "全部复工的企业里，三成在扩产。",
        "企业全面复产的条件还没有具备。",
        "规上企业全部复工，复工率100%。",
        "工人全部返乡过年。",
    ],
)
def test_it_is_none(text: str) -> None:
    assert told_in_words(text) == []


def test_it_changes_nothing_for_the_figures_around_it() -> None:
    told = "规上企业全部复工，规下企业复工820家，返岗员工3.1万人。"
    plain = told.replace("全部复工", "抓紧复工")
    for one, other in zip(*(_figures(OPENING + text) for text in (told, plain)), strict=True):
        assert one == other


def _figures(text: str) -> list[tuple[str, str, str, str, str | None]]:
    article = Article(url="", title="复工复产快报", text=text, published_at="2020-02-19T09:00:00+08:00")
    found = [o for o in extract(article) if o.rule != ALL_RESUMED]
    return [(o.number, o.indicator, o.population, o.region, o.as_of and str(o.as_of)) for o in found]
