"""Plain-text dumps of whole pages."""

import pytest

from resumption.page.dump import is_markup, read_dump
from resumption.reading import read_page

BODY = [
    "昨日，全县217家规上工业企业已复工203家，复工率93.5%，到岗职工3.42万人。",
    "一、总体情况",
    "县里抽调146名干部下到车间，帮企业解决口罩、用工难题388个，接回职工1460人。",
    "镇街　　复工率",
    "城关镇　　97.6%",
]
TITLE = "清河县203家规上企业开足马力"
HEADS = [
    ["首页 > 要闻 > 正文", TITLE, "发布时间：2020-02-24 17:32    来源：县工信局    作者：周一    浏览次数：1,286"],
    ["全部", TITLE, "来源:清河网", "作者:", "2020-02-24 17:32:00"],
    [
        "网站首页 / 企业之窗 / 正文",
        TITLE,
        "时间：2020-02-24 17:32  来源：县融媒体中心",
        "字号：【大 中 小】 【打印】 【关闭】",
    ],
    [
        "首页 | 要闻 | 区县 | 专题",
        "您当前的位置：首页 >> 要闻",
        TITLE,
        "2020-02-24 17:32 | 来源：综合 | 编辑：周二 | 阅读 1.8万",
        "[A-] [A+]　收藏　手机看新闻",
    ],
]
TAILS = [
    [
        "责任编辑：周二",
        "上一篇：我县召开春季造林现场会",
        "下一篇：发放补贴3200万元",
        "相关新闻",
        "· 邻县158家企业全部复工（2020-02-23）",
    ],
    [
        "想爆料?请拨打新闻热线0531-5550100",
        "邻县158家企业全部复工",
        "邻县158家企业全部复工",
        "昨日，邻县158家企业全部复工，返岗3万人。[详细]",
        "清河网 2020-02-23",
    ],
    ["【打印本页】【关闭窗口】", "相关链接", "邻县158家企业全部复工", "Copyright © 2020 某ICP备00000000号-1"],
    [
        "标签：清河 复工",
        "【版权声明】凡本网注明来源的稿件，转载须经授权。",
        "24小时热评",
        "清河人：我们厂还差300人没回来，流水线只开了一半。",
    ],
    ["相关推荐", "热点推荐", "邻县158家企业全部复工", "邻县158家企业全部复工", "某某号", "2024-07-26 15:35:20"],
    [],
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("tail", TAILS)
def test_body_and_nothing_but_the_body(head, tail):
    article = read_page("\n\n".join([*head, *BODY, *tail]), "https://news.example.com/1.html")
    assert article.text == "\n".join(BODY)
    assert article.title == TITLE
    assert article.published_at == "2020-02-24T17:32:00+08:00"
    assert article.layout == "dump"
    assert "158" not in article.text


def test_fields():
    reading = read_dump("\n".join([*HEADS[0], *BODY, *TAILS[0]]))
    assert (reading.source, reading.author, reading.editor) == ("县工信局", "周一", "周二")
    assert reading.crumb == "首页 > 要闻 > 正文"


@pytest.mark.parametrize("title", [TITLE, None])
def test_plain_body_under_its_title(title):
    article = read_page("\n".join([TITLE, "", *BODY]), "", title=title)
    assert article.text == "\n".join(BODY)
    assert article.title == TITLE


def test_plain_body_without_its_title():
    article = read_page("\n".join(BODY), "", title=TITLE)
    assert article.text == "\n".join(BODY)


def test_no_date_is_no_date():
    article = read_page("\n".join([HEADS[0][0], TITLE, "0", "分享至", *BODY, *TAILS[4]]), "")
    assert article.published_at is None
    assert article.published_basis is None


def test_nothing_is_lost():
    text = "\n".join([*HEADS[3], *BODY, *TAILS[1]])
    judged = [line for _, _, line in read_dump(text).judged]
    assert [line.replace("　", "") for line in judged] == [line.replace("　", "").strip() for line in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("<p>复工</p>", True),
        ("<!DOCTYPE html><html>", True),
        ("复工率<90%且>80%", False),
        ("a < b > c", False),
        ("", False),
    ],
)
def test_markup_is_told_by_content(text, markup):
    assert is_markup(text) is markup


@pytest.mark.parametrize(
    "text", ["", " \n ", "404 Not Found", "您的访问过于频繁，请输入验证码以继续访问。", "首页 | 要闻"]
)
def test_no_article(text):
    assert read_page(text, "https://news.example.com/1.html") is None


def test_lines_beyond_the_limit_are_reported():
    article = read_page("\n".join([*HEADS[0], *(f"全县又有{n}家企业开工，职工陆续返岗。" for n in range(50_100))]), "")
    assert any("50,000 lines" in warning for warning in article.warnings)


@pytest.mark.parametrize(
    ("before", "between"),
    [
        (("某网首页邮箱客户端下载", "新闻 体育 财经"), ("2020-02-24 09:30:00 来源: 泉阳发布 举报",)),
        (("某网首页邮箱客户端下载",), ("某网泉阳", "2020-02-24 09:30:00")),
        (("登录注册无障碍浏览", "某网首页 > 某网泉阳 > 正文"), ("0", "分享至")),
    ],
)
def test_navigation_is_no_headline(before, between):
    """A whole page saved as text begins with its navigation; the headline stands over the date or under the crumb."""
    title = "泉阳区203家规上企业开足马力"
    article = read_page("\n".join((*before, title, *between, *BODY)), "")
    assert article.title == title
    assert article.text == "\n".join(line.strip("　 ") for line in BODY)


def test_a_lead_above_the_headline_stays():
    """The text says its headline again below the first paragraph: nothing before it is lost."""
    lead = "3月4日上午，县经信局通报，全县217家规上工业企业已复工203家，复工率93.5%，到岗职工3.42万人。"
    reading = read_dump("\n".join([lead, TITLE, *BODY]), TITLE)
    assert reading.lines == [lead, *BODY]
    assert reading.title == TITLE
