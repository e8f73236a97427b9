"""Sentences, clauses, paragraphs and headings of a text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resumption.extraction.sentences import find_clauses, find_headings, find_paragraphs, find_sentences, find_topics


def words(text, spans):
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("复工率79.4%。返岗率62%！真的吗？", ["复工率79.4%。", "返岗率62%！", "真的吗？"]),
        ("复工345家；其中外资121家。", ["复工345家；其中外资121家。"]),
        ("他说：“已经开工了。”目前已有3家。", ["他说：“已经开工了。”", "目前已有3家。"]),
        ("“已经开工了。”厂长说。目前已有3家。", ["“已经开工了。”厂长说。", "目前已有3家。"]),
        ("第一行\n第二行。第三句", ["第一行", "第二行。", "第三句"]),
        ("等了很久……终于开工。", ["等了很久……", "终于开工。"]),
        ("（已复工。）还有3家。", ["（已复工。）", "还有3家。"]),
        ("  \n\n", []),
        ("", []),
        ("。。。", ["。。。"]),
    ],
)
def test_sentences(text, sentences):
    assert words(text, find_sentences(text)) == sentences


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("其中，规上121家（停产1家）；复工率99.2%。", ["其中", "规上121家", "停产1家", "复工率99.2%"]),
        ("青岛、威海复工率为1，236家", ["青岛、威海复工率为1，236家"]),
        ("8：30开工，17：00下班", ["8：30开工", "17：00下班"]),
        ("共复工95，12家停工", ["共复工95", "12家停工"]),
        ("", []),
    ],
)
def test_clauses(text, clauses):
    assert words(text, find_clauses(text)) == clauses


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("一、工业\n全市复工345家，复工率81%。", ["一、工业"]),
        ("（二）建筑业\n复工52个。", ["（二）建筑业"]),
        ("工业企业。全市1718户规上工业企业复工1669户。", ["工业企业"]),
        ("建筑业方面，全市在建项目67个。", ["建筑业方面"]),
        ("从行业看，电子企业复工率98%。", ["从行业看"]),
        ("分行业看，石材企业412家。", ["分行业看"]),
        ("三是要素保障有力。全市开出专列。", ["三是要素保障有力"]),
        ("全市已有345家企业复工，复工率81%。", []),
        ("县里派出驻厂员56名，办理通行证1120张。", []),
        ("机器响起来 车间忙起来\n连日来，园区一片繁忙。", ["机器响起来 车间忙起来"]),
    ],
)
def test_headings(text, headings):
    assert words(text, find_headings(text)) == headings


def test_topics_inside_a_paragraph():
    text = "全市复工率81%。建筑业方面，复工率60%；从地区看，城东最高。"
    assert words(text, find_topics(text, 0, len(text))) == ["建筑业方面", "从地区看"]


TEXTS = st.text(alphabet="复工企业1，。！？；：（）“”、\n 　…一是方面从看", max_size=80)


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_sentences_hold_every_visible_character(text):
    spans = find_sentences(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(start < end and not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)
    kept = sum(1 for s, e in spans for c in text[s:e] if not c.isspace())
    assert kept == sum(1 for c in text if not c.isspace())


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_spans_lie_inside(text):
    paragraphs = find_paragraphs(text)
    for start, end in [*find_headings(text), *find_sentences(text)]:
        assert any(a <= start and end <= b for a, b in paragraphs)
    for start, end in find_sentences(text):
        assert all(start <= a < b <= end for a, b in find_clauses(text, start, end))
