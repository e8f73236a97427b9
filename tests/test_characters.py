"""Characters: one spelling, and an exact way back to the text as written."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from resumption.extraction.characters import normalise
from resumption.lexicon.characters import load_characters, load_wrapped_words

PARAGRAPH = (
    "截至3月8日24时，青川县138家规上工业企业中已有129家复工复产，复工率93.5%，当日新增7家，返岗员工1.62万人，"
    "占职工总数2.39万人的67.8%。为解决用工难题，县里开出返岗包车46趟，从外省接回务工人员1087人，发放口罩5.8万只。"
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("復工復產企業１２３家", "复工复产企业123家"),
        ("規模以上工業企業，復工率達９３．５％", "规模以上工业企业，复工率达93.5%"),
        ("複工率上升,其中(外資)", "复工率上升，其中（外资）"),
        ("職工四千馀人", "职工四千余人"),
        ("乾隆著作", "乾隆著作"),
        ("頭髮與發展", "头发与发展"),
        ("不低於80﹪", "不低于80%"),
        ("二○二○年", "二〇二〇年"),
        ("復\u00a0工　率", "复 工 率"),
        ("50％～60％", "50%~60%"),
        ("50％－60％", "50%-60%"),
        ("「點對點」專列", "“点对点”专列"),
        ("国務院⼯作", "国务院工作"),
        ("", ""),
        ("\n", "\n"),
    ],
)
def test_spelling(written, read):
    assert normalise(written).text == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("复\u200b工企业", "复工企业"),
        ("复\u00ad工\x00企\ufeff业", "复工企业"),
        ("规上企业开复\n工率91%", "规上企业开复工率91%"),
        ("规上企业开复\r\n工率91%", "规上企业开复工率91%"),
        ("已有121家，\n其中外资企业30家", "已有121家，其中外资企业30家"),
    ],
)
def test_left_out(written, read):
    assert normalise(written).text == read


@pytest.mark.parametrize(
    "text",
    [
        "全市复工率81%\n来源：市融媒体中心\n全市已有121家企业复工。",
        "第一段。\n第二段。",
        "一、工业\n全市复工345家。\n二、建筑业\n复工52个。",
        "地区  复工率\n城东  58.3%\n城西  43.9%\n城北  41.6%\n",
        "相关新闻\n某市158家纺织企业复工\n某县接回外省员工\n某区开出专列3列",
        "345\n307\n90%\n",
    ],
)
def test_paragraphs_stay(text):
    assert normalise(text).text == text.replace("来源:", "来源：")


@pytest.mark.parametrize("width", [18, 20, 25, 30, 34, 38, 40, 50, 60, 76])
def test_hard_wrap_is_undone(width):
    """A paragraph wrapped at any column reads as if it had not been wrapped, and every number finds its way back."""
    wrapped = "\n".join(PARAGRAPH[i : i + width] for i in range(0, len(PARAGRAPH), width))
    read = normalise(wrapped)
    assert read.text.replace("\n", "") == PARAGRAPH
    for line in read.text.split("\n")[:-1]:
        assert line[-1] == "。"
    for number in ("138家", "93.5%", "1.62万人", "1087人"):
        start = read.text.index(number)
        begin, end = read.original(start, start + len(number))
        assert wrapped[begin:end].replace("\n", "") == number


@pytest.mark.parametrize("width", [20, 30, 50])
def test_hard_wrap_of_several_paragraphs(width):
    paragraphs = [PARAGRAPH, PARAGRAPH[50:], PARAGRAPH[:51] + "。"]
    wrapped = "\n\n".join(
        "\n".join(paragraph[i : i + width] for i in range(0, len(paragraph), width)) for paragraph in paragraphs
    )
    read = normalise(wrapped).text
    assert [p.replace("\n", "") for p in read.split("\n\n")] == paragraphs


SIGNS = st.sampled_from([*"复工企业萬戶１２，,％%。：\n\r \u200b\x00\u00ad　a1", "\r\n", "开复\n工率"])
TEXTS = st.lists(SIGNS | st.characters(), max_size=60).map("".join)


@settings(max_examples=1000, deadline=None)
@given(TEXTS)
@example("\u200b")
@example("\u200b\u200b复\u200b\u200b工\u200b")
def test_every_character_leads_back(text):
    read = normalise(text)
    table = load_characters()
    last = 0
    for position, character in enumerate(read.text):
        start, end = read.original(position, position + 1)
        assert end - start == 1
        assert start >= last
        assert table.get(text[start], text[start]) == character
        assert read.normalised(start, end) == (position, position + 1)
        last = end


@settings(max_examples=500, deadline=None)
@given(TEXTS, st.data())
def test_spans_lead_back_whole(text, data):
    read = normalise(text)
    start = data.draw(st.integers(0, len(read.text)))
    end = data.draw(st.integers(start, len(read.text)))
    begin, stop = read.original(start, end)
    assert 0 <= begin <= stop <= len(text)
    if start < end:
        assert (begin, stop) == (read.original(start, start + 1)[0], read.original(end - 1, end)[1])
    else:
        assert begin == stop


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="复工企业萬戶，,％%。：１ａ", max_size=40))
def test_reading_twice_changes_nothing(text):
    once = normalise(text).text
    assert normalise(once).text == once


def test_tables():
    table = load_characters()
    assert 2000 < len(table) < 4000
    assert not set(table.values()) & set(table), "a character is mapped to one that is mapped on"
    assert all(len(word) == 2 for word in load_wrapped_words())
    for character in "乾著复工企业户万亿":
        assert character not in table


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("車載著務工人員", "车载着务工人员"),
        ("隨著企業復工", "随着企业复工"),
        ("著名企業", "著名企业"),
        ("顯著回升", "显著回升"),
    ],
)
def test_the_aspect_sign_of_traditional_texts(written, read):
    assert normalise(written).text == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("開（復）工率", "开复工率"),
        ("应复(开)工企业", "应复开工企业"),
        ("复（查）工作", "复（查）工作"),
        ("开（发）区", "开（发）区"),
    ],
)
def test_brackets_inside_a_word(written, read):
    text = normalise(written)
    assert text.text == read
    assert text.source[slice(*text.original(0, 1))] == written[0]
    assert text.source[slice(*text.original(len(read) - 1, len(read)))] == written[-1]
