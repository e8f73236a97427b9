"""The spiders end to end: replay, live through a real server, only what is new, edited articles, wrong arguments."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from resumption.portals import load_portal, portal_names
from resumption.schema import load_schema
from resumption.spider_arguments import ArgumentError, parse_arguments
from tests.crawling import FAST, ROOT, article_keys, command, crawl, environment, last_run, rows
from tests.site.big import BigSite
from tests.site.server import Site
from tests.test_kill import WEIHAI, served

PORTALS = ("qilu", "netease")


@pytest.fixture(scope="module")
def replayed(tmp_path_factory) -> Path:
    """Both portals crawled once from the bundled archive."""
    data = tmp_path_factory.mktemp("replay")
    for portal in PORTALS:
        done = crawl(data, portal, "-s", "REPLAY=bundled")
        assert done.returncode == 0, done.stderr[-3000:]
    return data


def test_the_replay_gives_what_the_archive_holds(replayed):
    articles = rows(replayed, "articles")
    assert len({r["article_id"] for r in articles}) >= 30
    assert sum(1 for r in articles if r["supersedes"]) == 2
    assert sum(1 for r in articles if r["duplicate_of"]) == 3
    assert len({r["region_code"] for r in articles if r["portal"] == "qilu"}) >= 8
    assert len({r["channel"] for r in articles if r["portal"] == "netease"}) >= 8
    assert {r["published_at"][:4] for r in articles if r["published_at"]} >= {"2018", "2020", "2026"}
    dropped = Counter()
    for portal in PORTALS:
        for counts in last_run(replayed, portal)["channels"].values():
            dropped.update(counts["skipped"])
    assert dropped["off_topic"] == 8


def test_a_run_says_little(tmp_path):
    """Short lines, no warning of any library, the verdict with its counts at the end."""
    done = crawl(tmp_path, "netease", "-a", "channel=liaoning", "-s", "REPLAY=bundled")
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert 3 <= len(lines) <= 8
    assert max(map(len, lines)) <= 200
    assert not [line for line in lines if " INFO " not in line]
    assert any("verdict ok (" in line and " articles, " in line for line in lines)


def test_every_line_obeys_the_schema_and_points_into_its_text(replayed):
    import jsonschema

    texts = {}
    for feed in ("articles", "observations"):
        validator = jsonschema.Draft202012Validator(load_schema(feed))
        for row in rows(replayed, feed):
            assert not list(validator.iter_errors(row))
            if feed == "articles":
                texts[row["article_version_id"]] = row["text"]
            else:
                text = texts[row["article_version_id"]]
                assert text[row["start"] : row["end"]] == row["number"]
                assert text[row["quote_start"] : row["quote_end"]] == row["quote"]


def test_a_second_replay_adds_nothing(replayed):
    before, runs = article_keys(replayed), sorted((replayed / "runs").iterdir())
    for portal in PORTALS:
        done = crawl(replayed, portal, "-s", "REPLAY=bundled")
        assert done.returncode == 0, done.stderr[-3000:]
    assert article_keys(replayed) == before
    assert sorted((replayed / "runs").iterdir()) == runs, "no second record of the same replay"


@pytest.mark.parametrize("zone", ["America/New_York"])
def test_k5_d1_the_same_bytes_in_any_time_zone_and_with_any_hash_seed(replayed, tmp_path, zone):
    done = crawl(tmp_path, "qilu", "-s", "REPLAY=bundled", TZ=zone, PYTHONHASHSEED=str(len(zone)))
    assert done.returncode == 0, done.stderr[-2000:]
    for feed in ("articles", "observations"):
        here, there = (
            b"".join(p.read_bytes() for p in sorted((d / "feeds" / feed).glob("qilu-*"))) for d in (replayed, tmp_path)
        )
        assert here == there


def test_an_address_that_is_not_in_the_archive_is_an_error_and_no_request(tmp_path):
    """A site that would answer is there, and is not asked."""
    with Site(served(BigSite(3))) as site:
        url = "url=http://weihai.iqilu.com/whyw/2020/0210/4400000.shtml"
        done = crawl(tmp_path, "qilu", "-a", url, "-s", "REPLAY=bundled", site=site)
        assert done.returncode == 4
        assert "not in the archive: http://weihai.iqilu.com/whyw/2020/0210/4400000.shtml" in done.stderr
        assert site.hits == []
    assert last_run(tmp_path, "qilu")["stats"]["resumption/archive/missing"] == 1


def test_d2_only_what_is_new(tmp_path):
    """Unchanged: no line and at most 5 % of the requests. One new article: one line. Conditional after some days."""
    small, big = BigSite(120), BigSite(121)
    current = small
    with Site(lambda url: served(current)(url)) as site:
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0
        first = len(site.asked())
        before = article_keys(tmp_path)
        site.forget()
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0
        assert len(site.asked()) <= 0.05 * first
        assert article_keys(tmp_path) == before
        current = big
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0
    assert len(article_keys(tmp_path)) == 121
    assert last_run(tmp_path, "qilu")["articles"] == 1


def age(data: Path, days: int) -> None:
    """Make the ledger believe that everything was first seen so many days earlier."""
    import sqlite3
    from datetime import datetime, timedelta

    db = sqlite3.connect(data / "ledger.sqlite")
    for portal, key, seen in db.execute("select portal, key, first_seen from page").fetchall():
        moved = (datetime.fromisoformat(seen) - timedelta(days=days)).isoformat()
        db.execute("update page set first_seen = ? where portal = ? and key = ?", (moved, portal, key))
    db.commit()
    db.close()


def test_d3_an_edited_article_is_found_again(tmp_path):
    """A day later: every article is asked for conditionally, one has changed, one new line that names the old one."""
    big = BigSite(20)
    with Site(served(big)) as site:
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0
        before = rows(tmp_path, "articles")
        (edited,) = [r for r in before if r["doc_id"] == big.article(7).doc_id]
        site.edit(big.urls[7], "已复工", "已经复工")
        age(tmp_path, 1)
        site.forget()
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0
        assert Counter(h.status for h in site.hits if "/2020/" in h.url)[304] == 19
        after = rows(tmp_path, "articles")
        assert len(after) == 21
        (new,) = [r for r in after if r["supersedes"]]
        assert (new["article_id"], new["supersedes"]) == (edited["article_id"], edited["article_version_id"])
        assert new["text"] != edited["text"]
        site.forget()
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0
        assert not site.asked("/2020/")  # the next look is due on the third day


def test_the_archive_of_a_live_crawl_replays(tmp_path):
    """What was crawled live is a WARC that standard tools read and that gives the same lines again."""
    from warcio.archiveiterator import ArchiveIterator

    with Site(served(BigSite(30))) as site:
        assert crawl(tmp_path / "live", *WEIHAI, site=site).returncode == 0
    (warc,) = (tmp_path / "live" / "archive").glob("*.warc.gz")
    with warc.open("rb") as stream:
        records = [(r.rec_type, r.rec_headers.get_header("WARC-Target-URI")) for r in ArchiveIterator(stream)]
    assert sum(1 for kind, url in records if kind == "response" and "/2020/" in url) == 30
    assert crawl(tmp_path / "again", *WEIHAI, "-s", f"REPLAY={warc}").returncode == 0
    live, again = (
        sorted((r["article_version_id"], r["fetched_at"]) for r in rows(tmp_path / name, "articles"))
        for name in ("live", "again")
    )
    assert live == again
    for row in rows(tmp_path / "live", "articles"):
        name, _, offset = row["raw_ref"].partition("#")
        assert name == f"archive/{warc.name}"
        with warc.open("rb") as stream:
            stream.seek(int(offset))
            assert next(iter(ArchiveIterator(stream))).rec_headers.get_header("WARC-Target-URI") == row["url"]


def test_search_and_one_address(tmp_path):
    done = crawl(tmp_path, "qilu", "-a", "search=复工", "-s", "REPLAY=bundled")
    assert done.returncode in (0, 3), done.stderr[-2000:]
    found = rows(tmp_path, "articles")
    assert len(found) >= 5
    assert all("复工" in r["title"] for r in found)
    url = found[0]["url"]
    done = crawl(tmp_path / "one", "qilu", "-a", f"url={url}", "-s", "REPLAY=bundled")
    assert done.returncode == 0, done.stderr[-2000:]
    assert {r["doc_id"] for r in rows(tmp_path / "one", "articles")} == {found[0]["doc_id"]}


def test_since_until_and_channel(tmp_path):
    days = ("-a", "since=2020-02-18", "-a", "until=2020-02-20")
    done = crawl(tmp_path, "qilu", "-a", "channel=weihai,weifang", *days, "-s", "REPLAY=bundled")
    assert done.returncode == 0, done.stderr[-2000:]
    found = rows(tmp_path, "articles")
    assert found
    assert all("2020-02-18" <= r["published_at"][:10] <= "2020-02-20" for r in found)
    assert set(last_run(tmp_path, "qilu")["channels"]) == {"weihai", "weifang"}
    # What lies outside of those days is not forgotten: a later run without limits reads it.
    assert crawl(tmp_path, "qilu", "-a", "channel=weihai,weifang", "-s", "REPLAY=bundled").returncode == 0
    assert len(rows(tmp_path, "articles")) > len(found)
    assert max(article_keys(tmp_path).values()) == 1


@pytest.mark.parametrize(("arguments", "message"), [
    ({"chanel": "weihai"}, "no argument 'chanel'; there are: channel, since, until, max_pages, url, search"),
    ({"channel": "weihia"}, "no channel 'weihia' in qilu; there are: jinan, qingdao"),
    ({"channel": "weihai,,x"}, "no channel 'x' in qilu"), ({"channel": ","}, "channel is empty; there are: jinan"),
    ({"since": "2020-2-1"}, "since='2020-2-1' is no day, write YYYY-MM-DD"), ({"until": ""}, "until='' is no day"),
    ({"since": "2020-02-30"}, "is no day"), ({"since": "2020-02-02", "until": "2020-02-01"}, "is before since"),
    ({"max_pages": "0"}, "must be a whole number from 1 to 1000"), ({"max_pages": "９"}, "must be a whole number"),
    ({"max_pages": "1" * 5000}, "must be a whole number"), ({"search": ""}, "search must be 1 to 50"),
    ({"url": "http://weihai.iqilu.com/"}, "is no article address of 齐鲁网"), ({"url": ""}, "is no article address"),
    ({"url": "http://127.0.0.1/2020/0222/4479316.shtml"}, "is no article address"),
])  # fmt: skip
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ArgumentError) as error:
        parse_arguments(load_portal("qilu"), arguments)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_right_arguments():
    portal = load_portal("qilu")
    made = parse_arguments(portal, {"channel": "weihai, jinan,weihai", "since": "2020-02-01", "_job": "a1b2"})
    assert [c.name for c in made.channels] == ["weihai", "jinan"]
    assert made.max_pages == 50
    assert "laiwu" not in [c.name for c in parse_arguments(portal, {}).channels]  # retired: only when named
    assert [c.name for c in parse_arguments(portal, {"channel": "laiwu"}).channels] == ["laiwu"]
    with pytest.raises(ArgumentError, match="netease has no search"):
        parse_arguments(load_portal("netease"), {"search": "复工"})


@pytest.mark.parametrize(("command", "message"), [
    (("qilu", "-a", "channel=nowhere"), "no channel 'nowhere' in qilu; there are: jinan"),
    (("sohu",), "no portal 'sohu'; there are: netease, qilu"),
    (("qilu", "-s", "REPLAY=nowhere.warc.gz"), "REPLAY names 'nowhere.warc.gz', where there is no WARC file"),
])  # fmt: skip
def test_a_misconfigured_run_ends_at_once(tmp_path, command, message):
    done = crawl(tmp_path / "data", *command)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data" / "feeds").exists()


@pytest.mark.parametrize("name", ["ledger.sqlite", "archive/index.sqlite"])
def test_k6_state_of_a_newer_release_is_refused(tmp_path, name):
    import sqlite3

    (tmp_path / "archive").mkdir()
    with sqlite3.connect(tmp_path / name) as db:
        db.execute("pragma user_version = 2")
    db.close()
    done = crawl(tmp_path, "qilu")
    assert done.returncode == 2
    (said,) = [line for line in done.stderr.splitlines() if "newer release" in line]
    assert said.startswith("scrapy crawl: ")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "feeds").exists()


def test_k3_a_folder_that_cannot_be_used(tmp_path):
    (tmp_path / "file").write_text("")
    done = crawl(tmp_path / "file", "qilu", "-s", "REPLAY=bundled")
    assert done.returncode == 1
    assert "cannot use the folder" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("kilobytes", [150, 250])
def test_k3_a_disk_that_fills_up(tmp_path, kilobytes):
    """No file may grow beyond so much: exit code 1, one sentence, whole lines, and the next run loses nothing."""
    with Site(served(BigSite(150))) as site:
        limited = ["bash", "-c", f'ulimit -f {kilobytes}; exec "$@"', "limited", *command(*WEIHAI, *FAST)]
        done = subprocess.run(
            limited, cwd=ROOT, env=environment(tmp_path, site), capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 1, done.stderr[-3000:]
        assert "failed: " in done.stderr.splitlines()[-1]
        assert "cannot write" in done.stderr.splitlines()[-1]
        assert not article_keys(tmp_path) or max(article_keys(tmp_path).values()) == 1
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0
    assert len(rows(tmp_path, "articles")) == 150
    assert max(article_keys(tmp_path).values()) == 1


def test_every_portal_has_a_spider_of_four_lines():
    from scrapy.spiderloader import SpiderLoader
    from scrapy.utils.project import get_project_settings

    assert set(SpiderLoader.from_settings(get_project_settings()).list()) == set(portal_names())


def test_feed_pages_follow_the_portals_rule():
    from tests.test_safety import spider_of

    spider = spider_of("netease")
    feed = "http://bendi.news.163.com/liaoning/special/04228EED/xinxiliu.js"
    assert spider._feed_page(feed, 2) == feed.replace(".js", "_02.js")
    assert spider._feed_page(feed, 10) == feed.replace(".js", "_10.js")
    query = "https://news.163.com/special/cm_guonei/?callback=data_callback"
    assert spider._feed_page(query, 2) == "https://news.163.com/special/cm_guonei_02/?callback=data_callback"


def test_no_text_leaves_where_only_quotes_may(tmp_path):
    """The rights of a portal stand in its seed and hold for the feed, not for the archive."""
    from scrapy.settings import Settings

    from resumption.run import open_run

    run = open_run(Settings({"RESUMPTION_DATA": str(tmp_path), "REPLAY": "bundled"}), "qilu")
    assert run.writer.rights == load_portal("qilu").rights
    run.close()
