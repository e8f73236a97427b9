"""Documents from files: what can be read is read, what cannot is named in its place."""

import gzip
import io
import json

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from resumption.inputs import Document, Problem, parse_published, read_inputs

PAGE = "<html><body><h1>复工</h1><p>全市122家规上企业复工121家。</p></body></html>"


def lines(*rows):
    return "".join((r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)) + "\n" for r in rows)


def warc(path, records):
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for url, status, kind, body in records:
            headers = StatusAndHeaders(f"{status} X", [("Content-Type", kind)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2020-02-22T09:10:00Z"},
            )
            writer.write_record(record)
            record.raw_stream.close()


def read(*paths, **known):
    return list(read_inputs([str(p) for p in paths], **known))


def test_a_page_gets_its_file_address(tmp_path):
    path = tmp_path / "页 面.html"
    path.write_text(PAGE, encoding="utf-8")
    (document,) = read(path)
    assert (document.url, document.body) == (path.as_uri(), PAGE.encode())


def test_url_and_published_of_the_caller(tmp_path):
    (tmp_path / "a.txt").write_text("复工121家", encoding="utf-8")
    (document,) = read(tmp_path / "a.txt", url="https://x.invalid/1", published="2020-02-22T00:00:00+08:00")
    assert (document.url, document.published) == ("https://x.invalid/1", "2020-02-22T00:00:00+08:00")


def test_json_lines_and_their_problems(tmp_path):
    path = tmp_path / "p.jsonl"
    path.write_text(
        lines(
            {"url": "https://x.invalid/1", "text": "复工121家", "title": "标题", "published": None, "region": "威海"},
            "{not json",
            "",
            {"url": "https://x.invalid/2"},
            {"text": "没有地址"},
            {"url": "https://x.invalid/3", "html": 5},
            ["a", "list"],
            {"url": "https://x.invalid/4", "text": "x", "published": "22 Feb"},
            {"url": "https://x.invalid/5", "html": PAGE, "published": "2020-02-22"},
        ),
        encoding="utf-8",
    )
    found = read(path)
    assert [type(d) for d in found] == [Document] + [Problem] * 6 + [Document]
    assert [p.where for p in found if isinstance(p, Problem)] == [f"{path}:{n}" for n in (2, 4, 5, 6, 7, 8)]
    assert found[0].title == "标题"
    assert found[-1].published == "2020-02-22T00:00:00+08:00"


def test_warc_gives_successful_pages_with_their_dates(tmp_path):
    path = tmp_path / "a.warc.gz"
    warc(
        path,
        [
            ("https://x.invalid/1", "200 OK", "text/html; charset=gbk", "复工".encode("gbk")),
            ("https://x.invalid/2", "404 Not Found", "text/html", b"gone"),
            ("https://x.invalid/3.js", "200 OK", "application/javascript", b"f()"),
        ],
    )
    (document,) = read(path)
    assert document.url == "https://x.invalid/1"
    assert document.body.decode("gbk") == "复工"
    assert document.fetched_at == "2020-02-22T17:10:00+08:00"
    assert document.raw_ref == "a.warc.gz#0"


def test_a_torn_warc_gives_what_stands_before_the_tear(tmp_path):
    path = tmp_path / "a.warc.gz"
    warc(path, [(f"https://x.invalid/{n}", "200 OK", "text/html", PAGE.encode() * 50) for n in range(3)])
    path.write_bytes(path.read_bytes()[:-60])
    found = read(path)
    assert [d.url for d in found if isinstance(d, Document)][:2] == ["https://x.invalid/0", "https://x.invalid/1"]
    assert isinstance(found[-1], Problem)
    assert "broken WARC record" in found[-1].what


@pytest.mark.parametrize(
    "body", [b"this is no archive at all", gzip.compress(b"nor is this", mtime=0), b""], ids=["text", "gzip", "empty"]
)
def test_no_warc(tmp_path, body):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(body)
    assert all(isinstance(d, Problem) for d in read(path))


def test_folder_is_read_in_order_and_the_rest_is_left_alone(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("b/2.html", "a.html", "picture.png"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    assert [d.where for d in read(tmp_path)] == [str(tmp_path / "a.html"), str(tmp_path / "b" / "2.html")]


def test_what_cannot_be_read_is_named_and_the_others_are_read(tmp_path):
    (tmp_path / "good.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "empty.html").write_text(" \n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    missing, empty, folder, good = read(
        tmp_path / "missing.html", tmp_path / "empty.html", tmp_path / "folder", tmp_path / "good.html"
    )
    assert "No such file" in str(missing)
    assert "empty" in str(empty)
    assert "no file" in str(folder)
    assert isinstance(good, Document)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-02-22", "2020-02-22T00:00:00+08:00"),
        ("2020-02-22 17:07:02", "2020-02-22T17:07:02+08:00"),
        ("2020-02-22T09:07:02+00:00", "2020-02-22T17:07:02+08:00"),
    ],
)
def test_published(text, expected):
    assert parse_published(text) == expected
