"""Bytes to text: declared rightly, wrongly and not at all, cut at every byte, with characters that are no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resumption.page.decode import decode

PROSE = "昨日，记者从市工信局了解到，全市规上工业企业复工率达到九成五，返岗员工二十八万人，比前一日增加三千人。"
PAGE = '<html><head><meta charset="{}"><title>复工</title></head><body><p>{}</p></body></html>'


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "gbk", "big5", "iso-8859-1", "no-such-thing", ""])
@pytest.mark.parametrize("header", [None, "text/html; charset=gb2312", "text/html; charset=UTF-8", "text/html"])
def test_what_the_bytes_are_decides(encoding, declared, header):
    page = PAGE.format(declared, PROSE)
    headers = {"content-type": header} if header else None
    assert decode(page.encode(encoding), headers).text == page


def test_big5():
    prose = "昨日，記者從市政府了解到，全市企業復工率達到九成五，返崗員工二十八萬人，這個數字還會繼續增加。"
    assert prose in decode(PAGE.format("big5", prose).encode("big5")).text
    assert prose in decode(PAGE.format("", prose).encode("big5")).text


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
def test_cut_inside_the_last_character(encoding):
    data = PROSE.encode(encoding)
    for cut in range(1, 4):
        text = decode(data[:-cut]).text
        assert PROSE.startswith(text)
        assert len(text) >= len(PROSE) - 2


@pytest.mark.parametrize("length", range(20, 50, 3))
def test_gbk_without_declaration(length):
    assert decode(PROSE[:length].encode("gbk")).text == PROSE[:length]


def test_meta_far_down_the_page():
    page = "<script>" + "x" * 40_000 + '</script><meta charset="gbk"><p>' + PROSE
    assert decode(page.encode("gbk")).text == page


def test_a_lie_is_reported():
    assert "declared gb18030, is utf-8" in decode(PAGE.format("gb2312", PROSE).encode()).warnings[0]
    assert decode(PAGE.format("utf-8", PROSE).encode()).warnings == ()


def test_a_few_broken_bytes_do_not_turn_utf8_into_gbk():
    data = bytearray(PAGE.format("utf-8", PROSE * 4).encode())
    data[200] = 0xFF
    decoded = decode(bytes(data))
    assert decoded.encoding == "utf-8"
    assert PROSE in decoded.text
    assert any("unreadable" in warning for warning in decoded.warnings)


def test_controls_are_dropped():
    assert decode("复\x00工\x08率\x1f\x7f".encode()).text == "复工率"
    assert decode(b"\xef\xbb\xbf" + "复工率".encode()).text == "复工率"
    assert decode("复\x00工\ufeff率").text == "复工率"


@given(st.binary(max_size=400))
def test_never_an_exception(data):
    text = decode(data, {"Content-Type": "text/html; charset=shift_jis"}).text
    text.encode("utf-8")  # no lone surrogates


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=200))
def test_utf8_is_always_right(text):
    assert decode(text.encode()).text == text
