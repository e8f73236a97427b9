"""The general reader on structures it has no rules for: the same body in many costumes."""

import itertools

import pytest

from resumption.page import explain_blocks
from resumption.reading import read_page

TITLE = "泉阳区203家规上企业开足马力"
BODY = (
    "截至2月23日24时，全区217家规上工业企业已复工203家，复工率93.5%，到岗职工3.42万人，比前一日增加1800人。",
    "区里抽调146名干部下到车间，帮企业解决口罩、用工和运输难题388个，从皖北、豫东接回职工1460人。",
    "“订单没有丢，人也基本回来了。”一家轴承厂的负责人说，厂里12条生产线开了11条。",
    "下一步，区工信局将盯紧14家尚未开工的企业，争取3月5日前全部开工。",
)
NEIGHBOURS = (
    "邻区接回外省职工2600人",
    "全市新开工项目31个 总投资86亿元",
    "夜市复业三天 客流恢复七成",
    "气温回升 市民踏青",
)


def paragraphs(text):
    return "".join(f"<p>　　{t}</p>" for t in text)


def breaks(text):
    return "<br><br>".join(f"　　{t}" for t in text)


def wrapped(text):
    return "".join(f"<div><div><span style='font-size:16px'>{t}</span></div></div>" for t in text)


def word(text):
    return "".join(
        f"<p class=MsoNormal><span>{t[:20]}</span><font face=仿宋>{t[20:]}</font><o:p></o:p></p>" for t in text
    )


def cells(text):
    return "<table>" + "".join(f"<tr><td>{t}</td></tr>" for t in text) + "</table>"


def links_inside(text):
    return "".join(f"<p>{t[:6]}<a href='/k'>{t[6:10]}</a>{t[10:]}</p>" for t in text)


def sections(text):
    return f"<section>{paragraphs(text[:2])}</section><section>{paragraphs(text[2:])}</section>"


def link_list():
    return (
        "<div class=a1><h3>相关新闻</h3><ul>"
        + "".join(f"<li><a href=#>{n}</a> 02-2{i}</li>" for i, n in enumerate(NEIGHBOURS))
        + "</ul></div>"
    )


def cards():
    item = (
        "<div class=k><a href=#><img></a><h4><a href=#>{0}</a>"
        "</h4><p>记者获悉，{0}，各项工作正在有序推进，涉及七个乡镇。</p><em>2020-02-2{1}</em></div>"
    )
    return "<div class=b1>" + "".join(item.format(n, i) for i, n in enumerate(NEIGHBOURS)) + "</div>"


def double_titles():
    return (
        "<div class=c1><h3>热点推荐</h3>"
        + "".join(
            f"<div><p>{n}</p><h5><a href=#>{n}</a></h5><i>2024-07-2{i} 10:00</i></div>"
            for i, n in enumerate(NEIGHBOURS)
        )
        + "</div>"
    )


def comments():
    return (
        "<div class=d1><h3>网友评论</h3>"
        + "".join(
            f"<div><b>网友{i}</b><p>我们厂还差{i}00人没回来，{n}，什么时候能开工啊？</p></div>"
            for i, n in enumerate(NEIGHBOURS)
        )
        + "</div>"
    )


HEADINGS = (
    "<h1>{0}</h1><div class=m>2020-02-24 09:12　来源：泉阳发布</div>",
    "<div class=biaoti>{0}</div><p>发布时间：2020-02-24 来源：泉阳发布 【字体：大 中 小】</p>",
    "<h2>{0}</h2><ul><li>来源：泉阳发布</li><li>发布日期：2020年2月24日</li><li>浏览次数：31</li></ul>",
)
COSTUMES = (paragraphs, breaks, wrapped, word, cells, links_inside, sections)
TAILS = (link_list, cards, double_titles, comments)


def page(costume, tail, heading, inside):
    body = costume(BODY)
    after = tail()
    main = f"<div class=x7>{body}{after}</div>" if inside else f"<div class=x7>{body}</div>{after}"
    return (
        f"<html><head><title>{TITLE}_泉阳发布网"
        f"</title></head><body><div class=t><a href=/>首页</a><a href=/a>要闻</a><a href=/b>政务</a></div>"
        f"<div>当前位置：<a href=/>首页</a> &gt; <a href=/a>要闻</a></div>{heading.format(TITLE)}{main}"
        "<div class=z>版权所有：泉阳发布网　某ICP备00000000号"
        "<br>地址：某路1号　邮编：100000　电话：0500-5550100</div></body></html>"
    )


CASES = list(itertools.product(COSTUMES, TAILS, range(len(HEADINGS)), (False, True)))


@pytest.mark.parametrize(("costume", "tail", "heading", "inside"), CASES)
def test_article_and_nothing_but_the_article(costume, tail, heading, inside):
    article = read_page(page(costume, tail, HEADINGS[heading], inside), "https://www.example.org/1.html")
    assert article.text == "\n".join(BODY)
    assert article.title == TITLE
    assert article.published_at[:10] == "2020-02-24"
    assert article.source == "泉阳发布"


def test_related_news_changes_nothing():
    """Metamorphic: another block of related news leaves the text as it is."""
    one = page(paragraphs, link_list, HEADINGS[0], False)
    two = one.replace("<div class=z>", cards() + double_titles() + "<div class=z>")
    assert read_page(one, "").text == read_page(two, "").text


def test_explain_says_why():
    rows = explain_blocks(page(paragraphs, link_list, HEADINGS[0], True))
    reasons = {text: reason for kept, reason, text in rows if not kept}
    assert reasons[TITLE] == "headline"
    assert reasons["相关新闻"].startswith("related news")
    assert [text for kept, _, text in rows if kept] == list(BODY)


def test_hidden_text_is_no_text():
    hidden = page(paragraphs, link_list, HEADINGS[0], True).replace(
        "<div class=x7>", "<div class=x7><p style='display: none'>隐藏的一段，写着复工率12%。</p>"
    )
    assert "隐藏" not in read_page(hidden, "").text


def test_an_article_hidden_until_a_script_ran_is_read():
    hidden = page(paragraphs, link_list, HEADINGS[0], False).replace(
        "<div class=x7>", "<div class=x7 style='display:none'>"
    )
    assert read_page(hidden, "").text == "\n".join(BODY)


@pytest.mark.parametrize(
    "stated",
    [
        "某某县人民政府 要闻 {0}",
        "某某县人民政府",
        "{0}",
        "{0}-要闻-某某县人民政府门户网站",
        "{0}_某某新闻网_新闻中心",
        "无标题文档",
        "",
    ],
)
@pytest.mark.parametrize("heading", range(len(HEADINGS)))
def test_headline_whatever_the_head_says(stated, heading):
    one = page(paragraphs, link_list, HEADINGS[heading], False).replace(
        f"<title>{TITLE}_泉阳发布网", "<title>" + stated.format(TITLE)
    )
    assert read_page(one, "").title == TITLE


def test_another_article_put_under_this_one_is_cut():
    other = "<p><strong>邻区怎样接人回来</strong></p>" + paragraphs(["邻区用三天，包了86辆车，接回1460名工人。"] * 2)
    page = f"<title>{TITLE}_某网</title><h1>{TITLE}</h1><div id=art>{paragraphs(BODY)}<p>[相关新闻]</p>{other}</div>"
    assert read_page(page, "").text == "\n".join(BODY)


def test_links_in_the_middle_of_an_article_do_not_end_it():
    page = f"<title>{TITLE}_某网</title><h1>{TITLE}</h1><div>{paragraphs(BODY[:1])}<p>[相关新闻]</p>{link_list()}"
    page += paragraphs(BODY[1:]) + "</div>"
    assert read_page(page, "").text == "\n".join(BODY)


LINES = ("二月的泉阳", "机器又响起来", "十二条生产线", "开了十一条", "车间的灯亮着", "工人从皖北来", "从豫东来",
         "一千四百六十人", "带着行李和干粮", "在站台上等车", "春天在路上")  # fmt: skip


def test_an_article_without_punctuation_is_read():
    body = "".join(f"<p class=one>{line}</p>" for line in LINES)
    page = f"<title>{TITLE}_某网</title><h1>{TITLE}</h1><div class='content-article'>{body}</div>{link_list()}"
    assert read_page(page, "").text == "\n".join(LINES)


def test_a_list_without_punctuation_is_no_article():
    body = "".join(f"<p class=one><a href=/{i}>{line}</a></p>" for i, line in enumerate(LINES))
    page = f"<title>{TITLE}_某网</title><h1>{TITLE}</h1><div class='content-article'>{body}</div>"
    assert read_page(page, "") is None


def test_the_time_of_publication_is_preferred_to_that_of_the_page():
    head = '<meta name="apub:time" content="2/25/2020, 10:46:16 AM">'
    data = '<script>window.DATA = {"pubtime": "2020-02-24 21:48:28"}</script>'
    page = f"<html><head><title>{TITLE}</title>{head}DATA</head><body><h1>{TITLE}</h1>{paragraphs(BODY)}</body></html>"
    assert read_page(page.replace("DATA", ""), "").published_at == "2020-02-25T10:46:16+08:00"
    assert read_page(page.replace("DATA", data), "").published_at == "2020-02-24T21:48:28+08:00"
