"""The ledger: what it knows, what a transaction that fails leaves, how walks and runs are remembered."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from resumption.archive import Index, WarcFile
from resumption.ledger import CANDIDATES, COMMON, FORMAT, Entry, Ledger, Page, Part, Print
from resumption.middlewares.incremental import LOOK_AGAIN, MAX_ATTEMPTS, is_due
from resumption.sqlite_file import FormatError, open_sqlite

SEEN = "2020-02-22T10:00:00+08:00"
PAGE = Page("4479316", "http://weihai.iqilu.com/1", "weihai", "article", "written", "v1", SEEN, SEEN, 1)
PART = Part("qilu-1-00001", "qilu", "qilu-1", 1, 2, "a", "b")


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path / "ledger.sqlite")
    yield made
    made.close()


def test_a_commit_is_all_or_nothing(ledger):
    """The second page brings a version that exists: neither page, part nor version of the commit is there."""
    ledger.commit("qilu", PART, [Entry(PAGE, True)])
    second = replace(PART, name="qilu-1-00002")
    new = replace(PAGE, key="2", version="v2")
    with pytest.raises(sqlite3.IntegrityError):
        ledger.commit("qilu", second, [Entry(new, True), Entry(PAGE, True)])
    assert ledger.page("qilu", "2") is None
    assert not ledger.has_version("v2")
    assert [p.name for p in ledger.pending_parts("qilu")] == ["qilu-1-00001"]


def test_parts_until_they_are_final(ledger):
    ledger.commit("qilu", PART, [Entry(PAGE, True)])
    assert ledger.pending_parts("netease") == []
    assert ledger.pending_parts("qilu") == [PART]
    ledger.finish_part(PART.name)
    assert ledger.pending_parts("qilu") == []
    assert ledger.parts_of("qilu-1") == [PART]
    ledger.forget_part(PART.name)
    assert ledger.page("qilu", PAGE.key) is None
    assert not ledger.has_version("v1")


def test_a_page_keeps_its_version_when_a_later_look_brings_none(ledger):
    ledger.commit("qilu", PART, [Entry(PAGE, True)])
    ledger.commit("qilu", None, [Entry(replace(PAGE, state="off_topic", version=None, checks=2))])
    page = ledger.page("qilu", PAGE.key)
    assert page is not None
    assert (page.state, page.version, page.checks, page.first_seen) == ("off_topic", "v1", 2, SEEN)


def test_portals_do_not_share_keys(ledger):
    ledger.commit("qilu", PART, [Entry(PAGE, True)])
    assert ledger.page("netease", PAGE.key) is None


def test_walks(ledger):
    ledger.set_walks("qilu", [("http://a/", True, "2020-02-01", 50), ("http://b/", False, "", 0)])
    assert ledger.walked("qilu", "http://a/") == ("2020-02-01", 50)
    assert ledger.walked("qilu", "http://b/") is None
    assert ledger.walked("netease", "http://a/") is None
    ledger.set_walks("qilu", [("http://a/", False, "", 0)])
    assert ledger.walked("qilu", "http://a/") is None


def test_runs_newest_first(ledger):
    for day in (1, 3, 2):
        ledger.add_run(f"qilu-{day}", "qilu", "ok", f"2020-02-0{day}", {"n": day})
    assert [r["n"] for r in ledger.last_runs("qilu", 2)] == [3, 2]


def test_pages_whose_turn_it_is(ledger):
    for number, seen in enumerate(("2020-02-20", "2020-02-22", "2020-02-24")):
        ledger.commit("qilu", None, [Entry(replace(PAGE, key=str(number), first_seen=seen + SEEN[10:]))])
    assert [p.key for p in ledger.pages_checked("qilu", 1, "2020-02-23")] == ["0", "1"]
    assert list(ledger.pages_checked("qilu", 2, "2020-02-23")) == []


@pytest.mark.parametrize("checks", range(1, len(LOOK_AGAIN) + 2))
@pytest.mark.parametrize("hours", [-1, 1])
def test_the_decaying_schedule(checks, hours):
    """One, three, ten, thirty days after the first look, then never."""
    days = LOOK_AGAIN[checks - 1] if checks <= len(LOOK_AGAIN) else 3650
    now = datetime(2020, 2, 22, 2, tzinfo=UTC) + timedelta(days=days, hours=hours)
    assert is_due(replace(PAGE, checks=checks), now) is (hours > 0 and checks <= len(LOOK_AGAIN))


@pytest.mark.parametrize(("checks", "due"), [(1, True), (MAX_ATTEMPTS - 1, True), (MAX_ATTEMPTS, False)])
def test_a_page_that_fails_is_tried_in_every_run_for_a_while(checks, due):
    now = datetime(2020, 2, 22, 3, tzinfo=UTC)
    assert is_due(replace(PAGE, state="failing", checks=checks), now) is due


def test_k6_a_ledger_of_before_there_were_formats_is_used_on(tmp_path):
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger(path)
    ledger.commit("qilu", PART, [Entry(PAGE, True)])
    ledger.close()
    with sqlite3.connect(path) as db:
        db.execute("pragma user_version = 0")
        db.execute("drop table walk")  # such a table is younger than the file
    db.close()
    ledger = Ledger(path)
    assert ledger.page("qilu", PAGE.key) == PAGE
    assert ledger.has_version("v1")
    assert ledger.walked("qilu", "x") is None
    ledger.close()
    with sqlite3.connect(path) as db:
        assert db.execute("pragma user_version").fetchone() == (FORMAT,)
    db.close()


@pytest.mark.parametrize(("name", "make"), [("ledger.sqlite", Ledger), ("index.sqlite", lambda p: Index(p.parent))])
def test_k6_a_file_of_a_newer_release_is_refused_and_left_alone(tmp_path, name, make):
    path = tmp_path / name
    with sqlite3.connect(path) as db:
        db.execute("create table later (x)")
        db.execute("pragma user_version = 99")
    db.close()
    before = path.read_bytes()
    with pytest.raises(FormatError, match=rf"{name} has format 99 of a newer release and this one knows 1: crawl with"):
        make(path)
    assert path.read_bytes() == before


def test_k6_an_older_index_is_made_again_from_the_archive(tmp_path):
    warc = WarcFile(tmp_path / "a.warc.gz")
    place = warc.write("http://weihai.iqilu.com/1", 200, "OK", [], "复工".encode(), date="2020-02-22T00:00:00Z")
    warc.close()
    with sqlite3.connect(tmp_path / "index.sqlite") as db:
        db.execute("create table record (address text)")
        db.execute("create table file (name text primary key, indexed int)")
        db.execute("insert into file values ('a.warc.gz', 100000)")
    db.close()
    index = Index(tmp_path)
    index.repair()
    assert [p.offset for p in index.find("http://weihai.iqilu.com/1", False)] == [place.offset]
    index.close()


def test_a_file_that_two_processes_open_at_once_is_made_once(tmp_path):
    """The second has seen the file empty when the first makes it and writes: what was written stays."""
    path = tmp_path / "index.sqlite"
    how = {"version": 1, "schema": "create table if not exists t (x)", "older": "drop table if exists t"}

    class Second(sqlite3.Connection):
        def execute(self, sql, *rest):
            if sql.startswith("begin"):
                first = open_sqlite(path, **how)
                first.execute("insert into t values (1)")
                first.commit()
                first.close()
            return super().execute(sql, *rest)

    second = open_sqlite(path, factory=Second, **how)
    assert second.execute("select x from t").fetchall() == [(1,)]
    second.close()


def _print(number: int, hashes: range) -> Print:
    return Print(f"text {number}", frozenset(hashes), frozenset())


def _add(ledger, numbers: range, hashes_of) -> None:
    entries = [
        Entry(replace(PAGE, key=f"{n}", article_id=f"a{n:04d}", version=f"w{n}"), True, _print(n, hashes_of(n)))
        for n in numbers
    ]
    ledger.commit("qilu", replace(PART, name=f"qilu-1-{numbers.start:05d}"), entries)


def test_articles_that_share_most_shingles_come_first(ledger):
    """Article n shares n of its shingles with the one that is looked for; an equal text stands before all of them."""
    _add(ledger, range(10), lambda n: range(40 - n, 80 - n))
    asked = _print(3, range(1, 40))
    like = [name for name, _ in ledger.prints_like(asked, "other")]
    assert like == ["a0003", "a0009", "a0008", "a0007", "a0006", "a0005"]
    assert len(like) == CANDIDATES + 1
    assert "a0009" not in [name for name, _ in ledger.prints_like(asked, "a0009")]
    assert dict(ledger.prints_like(asked, "other"))["a0008"] == _print(8, range(32, 72))


@pytest.mark.parametrize("look_up", [True, False], ids=["looked up before", "only written"])
def test_a_shingle_of_many_articles_is_a_phrase_and_leads_nowhere(ledger, look_up):
    """However many parts bring it, it is kept for no more articles than tell that it is common."""
    for first in range(0, 4 * COMMON, 30):
        if look_up:
            assert len(list(ledger.prints_like(_print(-1, range(8)), "x"))) <= CANDIDATES
        _add(ledger, range(first, first + 30), lambda n: range(8))
    count = ledger._db.execute("select count(*), count(distinct hash) from shingle").fetchone()
    assert count == (8 * (COMMON + 1), 8)
    assert list(ledger.prints_like(_print(-1, range(8)), "x")) == []
    _add(ledger, range(9000, 9003), lambda n: range(8, 16))
    assert [n for n, _ in ledger.prints_like(_print(-1, range(16)), "x")] == ["a9000", "a9001", "a9002"]
