"""The gate on raw bytes loses no page that gives an observation, in no encoding, and drops what says nothing."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resumption import extract, read_page
from resumption.extraction.gate import is_about_resumption, is_full_of_resumption
from resumption.extraction.words import find_words, load_flags
from resumption.gate import Refusal, host_gate, refuse
from resumption.inputs import Document, read_inputs
from resumption.items import Article
from resumption.lexicon.words import load_topic_words

ROOT = Path(__file__).parents[1]
TEXT = "截至2月21日，全市122家规上企业复工121家，复工率99.2%，返岗员工2.38万人。"
OTHER = "市博物馆本周末延长开放至21时，共展出文物1280件，预约电话不变，观众请从东门入馆参观。"
PAGE = "<html><head><title>标题</title></head><body><div class='a'><p>{}</p></div></body></html>"


@pytest.mark.parametrize(
    "source", ["seeds/replay", "tests/pages", "tests/gold/open", "tests/gold/blind", "tests/gold/fresh"]
)
def test_no_page_with_an_observation_is_lost(source):
    found = 0
    for document in read_inputs([str(ROOT / source)]):
        assert isinstance(document, Document)
        article = read_page(document.body, document.url, headers=document.headers)
        if article and extract(article):
            found += 1
            assert refuse(document.body) is None, document.where
    assert found >= 10


@pytest.mark.parametrize(
    "encode",
    [
        lambda page: page.encode(),
        lambda page: b"\xef\xbb\xbf" + page.encode(),
        lambda page: page.encode("gbk"),
        lambda page: page.encode("utf-16"),
        lambda page: page,
        lambda page: page.encode() + "裳".encode()[:2],
        lambda page: page.encode().replace("全市".encode(), b"\xff\xfe"),
        lambda page: ("<script>var page = '" + page.encode("unicode_escape").decode() + "'</script>").encode(),
        lambda page: re.sub(r"[^\x00-\x7f]", lambda m: f"&#{ord(m[0])};", page).encode(),
        lambda page: re.sub(r"[^\x00-\x7f]", lambda m: f"&#x{ord(m[0]):X};", page).encode(),
        lambda page: html.unescape(page).replace("复", "复<b>").replace("岗", "</b>岗").encode("gb18030"),
        lambda page: ("囧喆" * 30 + "﹏" + page).encode("gbk"),
    ],
    ids=["utf-8", "mark", "gbk", "utf-16", "text", "cut", "broken", "escaped", "decimal", "hex", "markup", "rare"],
)  # fmt: skip
def test_every_way_to_write_a_page(encode):
    assert refuse(encode(PAGE.format(TEXT))) is None
    assert refuse(encode(PAGE.format(OTHER))) in Refusal


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "big5"])
def test_traditional_pages(encoding):
    charset = f'<meta charset="{encoding}">'
    text = charset + "截至2月21日，全市規上企業復工復產121家，復工率99.2%，這個時候工廠開工。" * 3
    other = charset + "市博物館本週末延長開放至21時，這個時候觀眾請從東門進入參觀。" * 3
    assert refuse(text.encode(encoding)) is None
    assert refuse(other.encode(encoding)) is Refusal.CUE


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<p>Factories reopened on Monday.</p>", Refusal.LANGUAGE),
        (
            "<p>工場は月曜日に再開しました。復旧工事の完了を待って、営業を再開する予定です。</p>".encode(),
            Refusal.LANGUAGE,
        ),
        ("<p>공장은 월요일에 다시 문을 열었습니다. 생산이 재개되었습니다.</p>".encode(), Refusal.CUE),
        ("<p>© 2020 · • — “Reopening”</p>".encode(), Refusal.LANGUAGE),
        (b"", Refusal.LANGUAGE),
        (("<p>" + "大连太平湾停产两年后重启。" * 3).encode(), Refusal.CUE),
        (("<p>" + "节后企业开足马力。" * 3).encode(), None),
        (("<p>" + "64座高炉36座检修，高炉产能利用率为47.5%。" * 2).encode(), None),
        ("<p>三季度全国工业产能利用率为76.8%。".encode(), Refusal.CUE),
    ],
)
def test_other_pages(page, expected):
    assert refuse(page) is expected


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([*sorted(set(load_flags()) | set(load_topic_words())), "3", "家", "，", "。", "<br>", "的"]),
        max_size=40,
    ),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_what_the_extraction_asks_for_passes(words, encoding):
    """The gate is a necessary condition of both questions that `extract` asks first."""
    text = "".join(words)
    bare = text.replace("<br>", "")
    if is_about_resumption(bare, "") or is_about_resumption("", bare) or is_full_of_resumption(find_words(bare), bare):
        assert refuse(("一" * 12 + text).encode(encoding)) is None
    if extract(Article(url="", title="", text=bare, published_at=None)):
        assert refuse(("一" * 12 + text).encode(encoding)) is None


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(body):
    assert refuse(body) in (None, *Refusal)


@pytest.mark.parametrize(
    ("hosts", "url", "expected"),
    [
        ((), "https://anything.invalid/", True),
        (("iqilu.com",), "http://iqilu.com/", True),
        (("iqilu.com",), "http://YX.iqilu.com:8080/1.shtml", True),
        ((".iqilu.com ",), "http://yx.iqilu.com/", True),
        (("iqilu.com",), "http://notiqilu.com/", False),
        (("iqilu.com", "163.com"), "https://www.163.com/news/1.html", True),
        (("iqilu.com",), "http://x.invalid/?u=.iqilu.com", False),
        (("iqilu.com",), "http://[broken", False),
        (("iqilu.com",), "", False),
    ],
)
def test_hosts(hosts, url, expected):
    assert host_gate(hosts)(url) is expected
