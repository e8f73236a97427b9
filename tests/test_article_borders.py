"""Where an article begins and ends on its page: captions, notes of enactment, editors, quotations of other articles."""

import pytest

from resumption.reading import read_page

TITLE = "泉阳区晒出复工速写：车间里的灯亮到深夜"
BODY = (
    "截至2月23日24时，全区217家规上工业企业已复工203家，复工率93.5%，到岗职工3.42万人，比前一日增加1800人。",
    "区里抽调146名干部下到车间，帮企业解决口罩、用工和运输难题388个，从皖北、豫东接回职工1460人。",
    "下一步，区工信局将盯紧14家尚未开工的企业，争取3月5日前全部开工。",
)
FOREIGN = "邻区通报称，截至2月20日已有26家企业停工整改，涉及职工1200人，其中九家为物流企业，复查时间另行通知。"


def page(inside: str, *, title: str = TITLE, after: str = "", head: str = "") -> str:
    return (
        f"<html><head><meta charset=utf-8><title>{title}_某某网</title>{head}</head><body>"
        "<div class=top><a href=/>首页</a> <a href=/a>要闻</a> <a href=/b>视频</a></div>"
        f"<div class=main><h1>{title}</h1><div class=wz>{inside}</div>{after}</div>"
        "<div class=bottom>版权所有 某ICP备00000000号</div></body></html>"
    )


def read(source: str):
    article = read_page(source, "https://unknown.invalid/1.html")
    assert article is not None
    return article


def test_captions_before_a_lone_paragraph_are_kept():
    """A caption may be words of the headline; it is no headline for that."""
    inside = f"<p><img><br>泉阳区晒出复工速写</p><p><img><br>车间夜景</p><p>{BODY[0]}</p>"
    assert read(page(inside)).text == f"泉阳区晒出复工速写\n车间夜景\n{BODY[0]}"


def test_a_headline_in_lines_is_not_text():
    title = "泉阳区人民代表大会常务委员会关于批准调整复工专项资金限额的决议"
    note = "（2020年3月9日泉阳区第七届人民代表大会常务委员会第三次会议通过）"
    lines = f"{title[:14]}<br>{title[14:24]}<br>{title[24:]}"
    inside = f"<p align=center><b>{lines}</b></p><p>{note}</p><p>{BODY[0]}</p><p>{BODY[1]}</p>"
    assert read(page(inside, title=title).replace(f"<h1>{title}</h1>", "")).text == "\n".join((note, *BODY[:2]))


@pytest.mark.parametrize("mark", ["责任编辑：", "（责编：李苒）", "【责任编辑:张三 】"])
def test_what_is_quoted_after_the_editor_is_foreign(mark):
    inside = "".join(f"<p>{t}</p>" for t in BODY)
    inside += f"<p>{mark}</p><blockquote><p>邻区通报停工整改</p><p>{FOREIGN}</p></blockquote>,某某都市报"
    assert read(page(inside)).text == "\n".join(BODY)


def test_an_article_goes_on_after_an_editor_in_its_middle():
    inside = f"<p>{BODY[0]}</p><p>编辑：李苒</p><p>{BODY[1]}</p><p>{BODY[2]}</p>"
    assert read(page(inside)).text == "\n".join(BODY)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("[摘要：全区217家规上企业已复工203家，区里盯紧余下的14家。]", False),
        ("[摘要]全区217家规上企业已复工203家，区里盯紧余下的14家。", False),
        ("摘要发布会上说，全区217家规上企业已复工203家，区里盯紧余下的14家。", True),
    ],
)
def test_a_summary_in_brackets_is_not_text(line, kept):
    got = read(page("".join(f"<p>{t}</p>" for t in (line, *BODY)))).text
    assert (line in got) is kept
    assert got.endswith("\n".join(BODY))


@pytest.mark.parametrize(
    "line",
    ["党办、工会供稿 摄影/王五 编辑/赵六", "编辑 方圆圆 ｜ 排版 李四", "- THE END -", "作者简介：某甲，写工厂二十年。"],
)
def test_credits_are_not_text(line):
    assert read(page("".join(f"<p>{t}</p>" for t in (*BODY, line)))).text == "\n".join(BODY)


@pytest.mark.parametrize(
    ("after", "head", "day"),
    [
        (
            "<ul><li>阅读 539</li></ul><div>发布日期：2020-02-24 10:00 分类：头条</div>",
            "",
            "2020-02-24",
        ),
        ("<div>发布日期：2020-02-24</div><div>发布日期：2020-02-23</div>", "", None),
        ("", '<meta itemprop="dateUpdate" content="2020-02-25 12:00:57">', "2020-02-25"),
        ("", '<meta name="firstpublishedtime" content="2020-02-24-23:59:59">', "2020-02-24"),
    ],
)
def test_days_stated_elsewhere(after, head, day):
    share = "<div class=share>分享</div>" * 6
    inside = "".join(f"<p>{t}</p>" for t in BODY)
    stamp = read(page(inside, after=share + after, head=head)).published_at
    assert (stamp and stamp[:10]) == day
