"""The contract of the feeds: files equal the types, every field is documented, rows have every key."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from resumption.items import Article, Observation, Unit, observation_id
from resumption.rows import (
    ARTICLE_FIELDS,
    OBSERVATION_FIELDS,
    EvidenceError,
    article_row,
    line,
    observation_row,
    observation_rows,
)
from resumption.schema import FEEDS, build_schema, load_schema
from resumption.schema.docs import documented

FEED_PAGE = Path(__file__).parents[1] / "docs" / "feed.md"
TEXT = "截至2月21日,全市122家规上企业复工121家。"


def article() -> Article:
    bare = Article(url="https://weihai.iqilu.com/a/2020/0222/1.shtml", title="标题", text=TEXT, doc_id="1")
    start = TEXT.index("121家")
    observation = Observation(
        obs_id=observation_id(bare.article_version_id, "121家", 0),
        start=start,
        end=start + 4,
        number="121家",
        quote=TEXT,
        quote_start=0,
        quote_end=len(TEXT),
        indicator="enterprises_resumed",
        value=121,
        unit=Unit.COUNT,
        rule="<base> <cue> <count>",
    )
    return replace(bare, observations=(observation,))


@pytest.mark.parametrize("feed", FEEDS)
def test_schema_file_equals_the_types(feed):
    assert load_schema(feed) == build_schema(feed), "run: scrapy schema"


def test_every_field_is_documented():
    text = FEED_PAGE.read_text(encoding="utf-8")
    assert documented(text) == text, "run: scrapy schema"


def test_rows_have_the_fields_in_order_and_are_valid():
    a = article()
    row, (observation,) = article_row(a), tuple(observation_rows(a))
    assert list(row) == [f.name for f in ARTICLE_FIELDS]
    assert list(observation) == [f.name for f in OBSERVATION_FIELDS]
    jsonschema.validate(row, load_schema("articles"))
    jsonschema.validate(observation, load_schema("observations"))


def test_value_keeps_its_decimal_point():
    assert '"value": 121.0,' in line(next(observation_rows(article())))


def test_rights_keep_the_text_back():
    assert article_row(article(), rights="quotes")["text"] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("start", 0), ("number", "122家"), ("quote", "别的句子"), ("quote_start", 30), ("quote_end", 3)],
)
def test_a_line_without_evidence_is_not_written(field, value):
    a = article()
    with pytest.raises(EvidenceError):
        observation_row(a, replace(a.observations[0], **{field: value}))


@pytest.mark.parametrize("text", ["行\u2028分\u2029隔\x85符", "孤\ud800立", '引"号\n换行\t制表\x00'])
def test_any_text_is_one_line_of_utf8(text):
    written = line({"text": text})
    assert written.encode("utf-8").decode("utf-8").splitlines() == [written[:-1]]
    assert json.loads(written)


def test_no_nan():
    with pytest.raises(ValueError, match="finite"):
        line({"value": float("nan")})


def test_the_released_schema_only_grows():
    """Version 1.0 as it was released: these fields may not disappear or change their type."""
    released = json.loads((Path(__file__).parent / "released_schema_1.0.json").read_text(encoding="utf-8"))
    for feed, fields in released.items():
        now = {name: p["type"] for name, p in build_schema(feed)["properties"].items()}
        assert {name: now.get(name) for name in fields} == fields
