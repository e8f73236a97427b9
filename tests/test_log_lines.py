"""The log: one line per event with run, channel and doc_id; nothing breaks a line, nothing secret stands in it."""

import json
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import HtmlResponse

from resumption.items import Article
from resumption.log_lines import LineFormatter, ShortLines, visible
from resumption.pipelines import Dropped
from tests.crawling import crawl, last_run
from tests.site.server import Site

URL = "http://weihai.iqilu.com/whyw/2020/0222/4479316.shtml"
TEXT = "全市企业复工率达到90.5%。" * 50
ARTICLE = Article(
    url=URL,
    title="威海复工",
    text=TEXT,
    channel="http://weihai.iqilu.com/",
    doc_id="4479316",
)
RESPONSE = HtmlResponse(URL, request=Request(URL, meta={"channel": "weihai"}))
BREAKS = "\n\r\t\v\f\x00\x07\x08\x1b\x1c\x1d\x1e\x7f\x85\x9b\u2028\u2029\u202e\u2066\ufeff\ud800"


def record(message, args=(), level=logging.INFO, error=None):
    return logging.LogRecord("resumption.test", level, __file__, 1, message, args, error)


def event(result):
    return record(result["msg"], (result["args"],), result["level"])


@given(st.text(st.characters(), max_size=80), st.sampled_from(BREAKS), st.booleans())
def test_a_message_is_one_line_whatever_it_holds(text, control, as_json):
    line = LineFormatter("qilu-1", as_json=as_json).format(record("%s", (text + control + text,)))
    assert len(line.splitlines()) == 1
    assert not set(line) & set(BREAKS)
    line.encode("utf-8")
    if as_json:
        assert json.loads(line)["message"] == text + control + text or "://" in text


@pytest.mark.parametrize("as_json", [False, True])
def test_a_traceback_is_one_line(as_json):
    try:
        raise ValueError("torn\n2020-02-22T00:00:00.000Z INFO [x] run=y verdict ok")
    except ValueError:
        line = LineFormatter(as_json=as_json).format(record("error", error=sys.exc_info()))
    assert len(line.splitlines()) == 1
    assert "ValueError" in line


def test_a_long_message_is_cut_in_its_middle():
    line = LineFormatter().format(record("%s", ("复" * 10**6 + "end",)))
    assert len(line) < 21_000
    assert line.endswith("end")


@pytest.mark.parametrize(
    "address",
    ["postgresql://loader:se-cret@db/news", "http://user:se-cret@proxy:3128/", "https://:se-cret@hook.example/x"],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_passwords_of_addresses_are_not_shown(address, as_json):
    line = LineFormatter(as_json=as_json).format(record("cannot reach %s now", (address,)))
    assert "se-cret" not in line
    assert address.rpartition("@")[2] in line


def test_harmless_text_stays_as_it_is():
    text = "网易 100% http://bj.news.163.com:80/20/0222/17/A@B.html 截至2月21日24时"
    assert visible(text) == text


EVENTS = [
    ("read", ShortLines().scraped(ARTICLE, RESPONSE), ""),
    ("dropped", ShortLines().dropped(ARTICLE, Dropped("off_topic", ARTICLE), RESPONSE), "off_topic"),
    ("error", ShortLines().item_error(ARTICLE, KeyError("x"), RESPONSE), "KeyError"),
]


@pytest.mark.parametrize(("name", "result", "reason"), EVENTS)
def test_an_event_names_run_channel_and_document(name, result, reason):
    text = LineFormatter("qilu-1").format(event(result))
    assert f"run=qilu-1 {name} channel=weihai doc_id=4479316 {URL}" in text
    assert text.endswith(reason or URL)
    row = json.loads(LineFormatter("qilu-1", as_json=True).format(event(result)))
    assert (row["event"], row["run"], row["channel"], row["doc_id"]) == (name, "qilu-1", "weihai", "4479316")
    assert row.get("reason", "") == reason
    assert "复工率" not in text, "no text of a page in a log"


@pytest.fixture(scope="module")
def site():
    with Site() as site:
        yield site


def test_a_crawl_writes_json_lines_only(tmp_path, site):
    log = tmp_path / "job.log"
    options = ("-s", "LOG_JSON=1", "-s", f"LOG_FILE={log}", "-s", "LOG_LEVEL=DEBUG")
    done = crawl(tmp_path / "data", "qilu", "-a", "channel=weihai", *options, site=site)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    run = last_run(tmp_path / "data", "qilu")
    read = [line for line in lines if line.get("event") == "read"]
    assert len(read) == run["articles"] > 3
    assert {(line["run"], line["channel"]) for line in read} == {(run["run"], "weihai")}
    assert len({line["doc_id"] for line in read}) == len(read)
    assert any(line["message"].startswith("verdict ok (") for line in lines)
    assert not any("复工率" in line["message"] for line in lines), "no text of a page in a log"


@pytest.mark.parametrize("as_json", [False, True])
def test_a_request_that_fails_is_an_event_too(tmp_path, as_json):
    """The bundled archive holds one captcha page: a line with channel, document, address once, and the reason."""
    options = ("-a", "channel=weifang", "-s", f"LOG_JSON={int(as_json)}", "-s", "LOG_LEVEL=WARNING")
    lines = crawl(tmp_path, "qilu", *options, REPLAY="bundled").stderr.splitlines()
    url = "http://weifang.iqilu.com/wfyaowen/2020/0221/4478999.shtml"
    said = f"failed channel=weifang doc_id=4478999 {url}: BlockedError: captcha"
    (line,) = [line for line in lines if "4478999" in line]
    if as_json:
        row = json.loads(line)
        assert row["message"] == said
        assert [row[key] for key in ("event", "channel", "doc_id", "url")] == ["failed", "weifang", "4478999", url]
    else:
        assert line.endswith(said)


def test_the_level_is_kept_and_text_is_the_default(tmp_path):
    done = crawl(tmp_path, "qilu", "-a", "channel=weihai", "-s", "LOG_LEVEL=INFO", REPLAY="bundled")
    assert " DEBUG " not in done.stderr
    lines = done.stderr.splitlines()
    assert all(line[:4].isdigit() and " run=" in line for line in lines), done.stderr
    assert any("] run=" in line and " verdict ok (" in line for line in lines)


@pytest.mark.parametrize(
    ("item", "named"),
    [
        (
            {"url": "https://x.invalid/1", "doc_id": "17", "channel": "威海"},
            "channel=威海 doc_id=17 https://x.invalid/1",
        ),
        (Article(url="https://x.invalid/2", title="", text="", doc_id="18"), "channel=- doc_id=18 https://x.invalid/2"),
        (object(), "channel=- doc_id=- object"),
    ],
)
def test_an_item_of_any_kind_is_named(item, named):
    line = ShortLines().item_error(item, ValueError("x"), None)
    assert line["msg"] % line["args"] == f"error {named}: ValueError"
