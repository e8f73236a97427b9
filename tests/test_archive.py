"""The archive: torn files, several processes, rendered pages, what replays and what does not."""

from __future__ import annotations

import gzip
import multiprocessing
import os
from io import BytesIO
from pathlib import Path

import pytest
from scrapy import Request, Spider
from scrapy.http import HtmlResponse
from scrapy.settings import Settings

from resumption.archive import ArchiveError, Index, Replay, WarcFile, read_stored, replay_paths, scan
from resumption.middlewares.archive import ArchivePolicy, ArchiveStorage
from resumption.run import open_run

URL = "http://weihai.iqilu.com/whyw/2020/0222/4479316.shtml"
DATE = "2020-02-22T09:30:00Z"
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"a1"')]


def write(path: Path, count: int = 3, **kw) -> list:
    file = WarcFile(path)
    places = [
        file.write(URL.replace("4479316", str(i)), 200, "OK", HEADERS, f"<p>复工{i}".encode(), date=DATE, **kw)
        for i in range(count)
    ]
    file.close()
    return places


def test_what_is_written_is_read_again(tmp_path):
    places = write(tmp_path / "a.warc.gz")
    found = list(scan(tmp_path / "a.warc.gz"))
    assert [(key[-7:], rendered, place) for key, rendered, place in found] == [
        (f"{i}.shtml", False, place) for i, place in enumerate(places)
    ]
    stored = read_stored(places[1])
    assert (stored.body.decode(), stored.status, stored.fetched_at) == ("<p>复工1", 200, "2020-02-22T17:30:00+08:00")
    assert ("ETag", '"a1"') in stored.headers


def test_a_file_cut_at_every_byte_gives_the_whole_records(tmp_path):
    """What a kill leaves behind: never an error, never half a record, and all records before the cut."""
    places = write(tmp_path / "a.warc.gz")
    body = (tmp_path / "a.warc.gz").read_bytes()
    ends = [p.offset for p in places[1:]] + [len(body)]
    cut = tmp_path / "cut.warc.gz"
    for size in range(places[0].offset, len(body), 3):
        cut.write_bytes(body[:size])
        whole = sum(1 for end in ends if end <= size)
        found = list(scan(cut))
        assert len(found) in (whole, whole + 1)  # the gzip trailer may be missing, not the content
        for _, _, place in found:
            assert read_stored(place).body.startswith("<p>复工".encode())


def test_the_index_is_repaired_after_a_kill(tmp_path):
    """Written but not indexed: found by the next process; a second repair finds nothing."""
    write(tmp_path / "qilu-1.warc.gz")
    index = Index(tmp_path)
    assert index.repair() == 3
    assert index.repair() == 0
    assert len(index.find(URL.replace("4479316", "2"), False)) == 1
    (tmp_path / "qilu-1.warc.gz").unlink()
    index.repair()
    assert index.find(URL.replace("4479316", "2"), False) == []
    index.close()


def crawl_part(folder: str, number: int) -> None:
    """One process: its own WARC file, the common index."""
    index = Index(Path(folder))
    file = WarcFile(Path(folder) / f"qilu-{number}.warc.gz")
    for i in range(40):
        place = file.write(f"http://a.iqilu.com/{number}/{i}", 200, "OK", HEADERS, b"x", date=DATE)
        index.add(f"http://a.iqilu.com/{number}/{i}", False, place)
        if i % 7 == 0:
            index.commit(file.path.name, file.sync())
    size = file.sync()
    file.close()
    index.commit(f"qilu-{number}.warc.gz", size)
    index.close()


def test_several_processes_share_an_index(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=crawl_part, args=(str(tmp_path), n)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    index = Index(tmp_path)
    assert index.repair() == 0
    found = [index.find(f"http://a.iqilu.com/{n}/{i}", False) for n in range(4) for i in range(40)]
    assert all(len(places) == 1 and read_stored(places[0]).body == b"x" for places in found)
    index.close()


def test_rendered_pages_are_kept_apart(tmp_path):
    file = WarcFile(tmp_path / "a.warc.gz")
    file.write(URL, 200, "OK", HEADERS, b"plain", date=DATE)
    file.write(URL, 200, "OK", HEADERS, b"rendered", date=DATE, rendered=True)
    file.close()
    replay = Replay([tmp_path / "a.warc.gz"])
    for rendered, body in ((False, b"plain"), (True, b"rendered")):
        (place,) = replay.find(URL, rendered)
        assert read_stored(place).body == body


def test_versions_come_in_the_order_of_their_dates(tmp_path):
    file = WarcFile(tmp_path / "a.warc.gz")
    for date in ("2020-02-23T00:00:00Z", "2020-02-21T00:00:00Z", "2020-02-22T00:00:00Z"):
        file.write(URL, 200, "OK", HEADERS, date.encode(), date=date)
    file.close()
    dates = [place.date for place in Replay([tmp_path / "a.warc.gz"]).find(URL, False)]
    assert dates == sorted(dates)


def test_a_chunked_record_of_another_tool(tmp_path):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "other.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        headers = StatusAndHeaders(
            "200 OK", [("Transfer-Encoding", "chunked"), ("Content-Type", "text/html")], protocol="HTTP/1.1"
        )
        body = b"6\r\n\xe5\xa4\x8d\xe5\xb7\xa5\r\n0\r\n\r\n"
        record = writer.create_warc_record(URL, "response", BytesIO(body), http_headers=headers)
        writer.write_record(record)
        record.raw_stream.close()
    (place,) = Replay([path]).find(URL, False)
    stored = read_stored(place)
    assert stored.body.decode() == "复工"
    assert "Transfer-Encoding" not in dict(stored.headers)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        gzip.compress(b"<html>", mtime=0),
        b"\x1f\x8b\x08broken",
    ],  # the time would stand in the case's name
    ids=["empty", "page", "gzip", "broken"],
)
def test_what_is_no_archive(tmp_path, body):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(body)
    if body:
        with pytest.raises(ArchiveError, match="is not a WARC file"):
            list(scan(path))
    else:
        assert list(scan(path)) == []


@pytest.mark.parametrize("value", ["nowhere.warc.gz", "", ",", "bundled,nowhere"])
def test_replay_paths_that_are_none(tmp_path, value):
    with pytest.raises(ArchiveError, match="REPLAY"):
        replay_paths(value, tmp_path)


def test_replay_paths_are_files_and_folders(tmp_path):
    write(tmp_path / "b.warc.gz", 1)
    write(tmp_path / "a.warc.gz", 1)
    (tmp_path / "index.sqlite").write_bytes(b"")
    assert [p.name for p in replay_paths(str(tmp_path), tmp_path)] == ["a.warc.gz", "b.warc.gz"]
    assert [p.name for p in replay_paths(f"bundled,{tmp_path / 'a.warc.gz'}", tmp_path)][-1] == "a.warc.gz"


class Qilu(Spider):
    name = "qilu"


def storage(tmp_path: Path) -> tuple[ArchiveStorage, Settings]:
    settings = Settings({"RESUMPTION_DATA": str(tmp_path), "DOWNLOAD_MAXSIZE": 1 << 20})
    made = ArchiveStorage(settings)
    made.open_spider(Qilu())
    return made, settings


def test_only_requests_that_may_are_answered_from_a_live_archive(tmp_path):
    """A list page never; an article that was stored and not committed; an article looked at again, to compare."""
    made, settings = storage(tmp_path)
    body = "<p>复工".encode()
    made.store_response(Qilu(), Request(URL), HtmlResponse(URL, body=body, headers={"ETag": '"a1"'}))
    open_run(settings, "qilu").sync_archive()
    policy = ArchivePolicy(settings)
    assert made.retrieve_response(Qilu(), Request(URL)) is None
    stored = Request(URL, meta={"stored_will_do": True})
    response = made.retrieve_response(Qilu(), stored)
    assert response is not None
    assert response.body == body
    assert policy.is_cached_response_fresh(response, stored)
    again = Request(URL, meta={"again": True})
    response = made.retrieve_response(Qilu(), again)
    assert not policy.is_cached_response_fresh(response, again)
    assert again.headers["If-None-Match"] == b'"a1"'
    rendered = Request(URL, meta={"stored_will_do": True, "playwright": True})
    assert made.retrieve_response(Qilu(), rendered) is None
    open_run(settings, "qilu").close()


def test_refusals_are_archived_and_never_used(tmp_path):
    made, settings = storage(tmp_path)
    made.store_response(Qilu(), Request(URL), HtmlResponse(URL, status=403, body=b"no"))
    open_run(settings, "qilu").sync_archive()
    assert made.retrieve_response(Qilu(), Request(URL, meta={"stored_will_do": True})) is None
    assert len(list(scan(next((tmp_path / "archive").glob("*.warc.gz"))))) == 1
    open_run(settings, "qilu").close()


def test_retention_by_age_and_size(tmp_path):
    """The oldest go first, files of the last day stay, the index forgets what is gone."""
    now = 1_600_000_000.0
    for number, days in enumerate((40, 20, 5, 0.5)):
        path = tmp_path / f"qilu-{number}.warc.gz"
        write(path, 2)
        os.utime(path, (now - days * 86400, now - days * 86400))
    index = Index(tmp_path)
    index.repair()
    assert index.retain(days=0, size=0, now=now) == []
    assert index.retain(days=30, size=0, now=now) == ["qilu-0.warc.gz"]
    size = (tmp_path / "qilu-3.warc.gz").stat().st_size
    assert index.retain(days=0, size=2.5 * size, now=now) == ["qilu-1.warc.gz"]
    assert index.retain(days=0, size=1, now=now) == ["qilu-2.warc.gz"]
    index.repair()
    assert [Path(p.file).name for p in index.find(URL.replace("4479316", "1"), False)] == ["qilu-3.warc.gz"]
    index.close()
