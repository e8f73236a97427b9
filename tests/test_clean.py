"""Noise rules beside their examples, and the cleaning of bodies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resumption.clean import clean
from resumption.items import RawArticle
from resumption.lexicon.noise import find_heading, find_line, load_headings, load_lines, trim_ending
from resumption.page.furniture import judge, prose_of
from resumption.page.markup import Block, tidy

RULES = [(rule, "tail" if rule.place != "head" else "head") for rule in load_lines()]


@pytest.mark.parametrize(("rule", "place"), RULES, ids=[r.name for r, _ in RULES])
def test_line_rules(rule, place):
    for example in rule.examples:
        assert rule.pattern.match(example), example
        assert find_line(example, place) is not None
    for example in rule.counter_examples:
        assert find_line(example, place) is None, example
    assert rule.examples
    assert rule.counter_examples


@pytest.mark.parametrize("rule", load_headings(), ids=lambda r: r.name)
def test_heading_rules(rule):
    for example in rule.examples:
        assert rule.pattern.match(example), example
        assert find_heading(example) is not None
    for example in rule.counter_examples:
        assert find_heading(example) is None, example
    assert rule.group in ("related", "ads", "other")


PARAGRAPHS = [
    "全市新开工项目31个，总投资86亿元，其中制造业项目占了七成。",
    "来源地分别是四川、河南和安徽，返岗的工人都做了登记。",
    "编辑部昨日收到一封感谢信，写信的是一家轴承厂。",
    "记者走进车间，机器轰鸣，工人间隔站位，12条生产线开了11条。",
    "声明发出后，三家企业提前复工，比原计划早了两天。",
    "时间就是订单，负责人说，厂里每天上三班，产能恢复到八成五。",
    "阅读通知之后，企业主动报备，两小时内就批了下来。",
    "下载量、浏览量都不如工人的返岗率让他高兴，他笑着说。",
]


@pytest.mark.parametrize("place", ["head", "inside", "tail"])
@pytest.mark.parametrize("text", PARAGRAPHS)
def test_paragraphs_stay(text, place):
    assert find_line(text, place) is None
    assert find_heading(text) is None


def _clean(body: str, **more) -> str:
    return clean(RawArticle(url="https://news.example.com/1.html", body=body, title="县里开工了九成", **more)).text


def test_noise_inside_and_after():
    body = (
        f"<p>（原标题：县里开工）</p><p>{PARAGRAPHS[0]}</p>"
        f"<p><a href='#'>邻县接回职工三百人 忙着复工</a></p><p>{PARAGRAPHS[3]}</p>"
        "<p>相关阅读</p><p><a href='#'>邻县158家企业复工</a></p><p>责任编辑：周二</p><p>扫一扫关注我们的公众号</p>"
    )
    assert _clean(body) == f"{PARAGRAPHS[0]}\n{PARAGRAPHS[3]}"


def test_article_goes_on_after_a_box():
    body = f"<p>{PARAGRAPHS[0]}</p><div><h3>延伸阅读</h3><a href='#'>邻县158家企业复工</a></div><p>{PARAGRAPHS[3]}</p>"
    assert _clean(body) == f"{PARAGRAPHS[0]}\n{PARAGRAPHS[3]}"


def test_layout_noise_keeps_the_text_after_it():
    body = f"<div><p class='contact'>想爆料？</p>{PARAGRAPHS[0]}<p>{PARAGRAPHS[3]}</p></div>"
    text = _clean(body, portal="qilu", layout="qilu 2016")
    assert text == f"{PARAGRAPHS[0]}\n{PARAGRAPHS[3]}"


def test_a_recap_of_an_earlier_article_is_related_news():
    recap = f'<pre datatype="specialtag" datavalue="回顾"><p><a href=#>前情</a></p>{PARAGRAPHS[3]}</pre>'
    text = _clean(f"<div>{PARAGRAPHS[0]}{recap}<p>{PARAGRAPHS[1]}</p></div>", portal="netease", layout="netease B")
    assert text == f"{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}"


def test_rows_of_data_are_lines():
    table = "<table><tr><td>镇街</td><td>复工率</td></tr><tr><td>城关</td><td>97.6%</td></tr></table>"
    body = f"<p>{PARAGRAPHS[0]}</p>{table}<p>{PARAGRAPHS[3]}</p>"
    assert "城关\t97.6%" in _clean(body).split("\n")


def test_plain_bodies_are_only_tidied():
    assert (
        _clean("　　复工率\u200b达九成。 \n\n 责任编辑：周二", body_is_html=False) == "复工率达九成。\n责任编辑：周二"
    )


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("　　复工 ", "复工"),
        ("复工\n  率", "复工率"),
        ("a\nb", "a b"),
        ("审批提速　服务上门", "审批提速　服务上门"),
        ("９９．２％", "９９．２％"),
        ("复工\u00a0\u00a0率", "复工 率"),
        ("\ufeff复\u200b工", "复工"),
    ],
)
def test_tidy(text, tidied):
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("他说，会继续努力。返回搜狐，查看更多", "他说，会继续努力。"),
        ("企业全部复工。（责任编辑：周二）", "企业全部复工。"),
        ("工人返回首页岗位", "工人返回首页岗位"),
        ("会上通报了复工进度。>>>更多内容，点击阅读", "会上通报了复工进度。"),
    ],
)
def test_endings(text, trimmed):
    assert trim_ending(text) == trimmed


@given(st.lists(st.text(alphabet="复工率，。123 责任编辑：相关新闻\n", max_size=40), max_size=12))
def test_judging_never_fails_and_accounts_for_every_block(texts):
    blocks = [Block(t, 0, 0) for t in map(tidy, texts) if t]
    cut = judge(blocks, [prose_of(b) for b in blocks], "复工率", {}, lambda i: True)
    assert set(cut) <= set(range(len(blocks)))
