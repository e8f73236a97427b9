"""The verdict of a run: every way to be unwell, named with channel and reason; M1 and M2."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resumption.portals import Expect
from resumption.verdict import ChannelCounts, Verdict, find_notes, judge
from tests.crawling import crawl, last_run, rows
from tests.site.big import BigSite
from tests.site.server import Site
from tests.test_kill import WEIHAI, served


def well(**changes) -> ChannelCounts:
    counts = ChannelCounts(
        lists=2, links=40, fetched=20, articles=20, observations=60, relevant=18, relevant_without=2, published=20,
        text_chars=[400] * 20,
    )  # fmt: skip
    for name, value in changes.items():
        setattr(counts, name, value)
    return counts


def verdict(counts: ChannelCounts, **changes) -> tuple[Verdict, list[str]]:
    values = {"finish_reason": "finished", "requests": 100, "failed": 0, "blocked": 0, **changes}
    return judge({"weihai": counts, "zibo": well()}, Expect(), **values)


def test_a_run_that_is_well():
    assert verdict(well()) == (Verdict.OK, [])


SEVEN = tuple({"weihai": 40 + i} for i in range(7))


@pytest.mark.parametrize(("counts", "changes", "expected", "reason"), [
    (ChannelCounts(errors=1, fetched=1), {}, Verdict.FAILED, "the program failed on all 1 articles"),
    (ChannelCounts(lists=1, links=9, fetched=9, errors=9), {}, Verdict.FAILED, "the program failed on all 9 articles"),
    (ChannelCounts(), {"requests": 1, "failed": 1, "blocked": 1}, Verdict.BLOCKED, "1 of 1 requests were refused"),
    (ChannelCounts(), {"requests": 1, "failed": 1}, Verdict.EMPTY, "1 of 1 requests failed"),
    (ChannelCounts(fetched=1, skipped={"empty": 1}), {}, Verdict.EMPTY, "no article could be read from 1 pages"),
    (ChannelCounts(fetched=1, skipped={"off_topic": 1}), {}, Verdict.OK, ""),
    (ChannelCounts(lists=1, links=1, fetched=1, unchanged=1), {"requests": 3, "failed": 1}, Verdict.OK, ""),
])  # fmt: skip
def test_a_run_of_one_channel_or_one_address(counts, changes, expected, reason):
    """What is all there was must not be lost in silence."""
    values = {"finish_reason": "finished", "requests": 2, "failed": 0, "blocked": 0, "full": False, **changes}
    found, reasons = judge({"url": counts}, Expect(), **values)
    assert found is expected
    assert any(reason in r for r in reasons) or not reason, reasons


@pytest.mark.parametrize(("counts", "changes", "expected", "reason"), [
    (well(lists_failed=1), {}, Verdict.DEGRADED, "weihai: 1 of 3 lists could not be read"),
    (well(links=0), {}, Verdict.DEGRADED, "weihai: 0 article links in 2 lists, expected at least 1"),
    (well(links=18), {"earlier": SEVEN}, Verdict.DEGRADED, "weihai: 18 article links, usually 43"),
    (well(skipped={"no_article": 12}), {}, Verdict.DEGRADED, "weihai: 12 of 20 article pages could not be read"),
    (well(general=11), {}, Verdict.DEGRADED, "weihai: no layout fits 11 of 20 articles: has the template changed?"),
    (well(published=17), {}, Verdict.DEGRADED, "weihai: only 17 of 20 articles have a publication time"),
    (well(relevant_without=14), {}, Verdict.DEGRADED, "weihai: 14 of 18 articles on resumption with digits gave no"),
    (well(text_chars=[20] * 20), {}, Verdict.DEGRADED, "weihai: half of the articles have 20 characters or fewer"),
    (well(errors=1), {}, Verdict.DEGRADED, "weihai: the program failed on 1 articles, see the log"),
    (well(), {"unproven": 2}, Verdict.DEGRADED, "2 observations did not hold in their text and were left out"),
    (well(), {"failed": 11}, Verdict.DEGRADED, "11 of 100 requests failed"),
    (well(), {"finish_reason": "no_progress"}, Verdict.DEGRADED, "the run ended early: no_progress"),
    (well(), {"blocked": 60}, Verdict.BLOCKED, "60 of 100 requests were refused"),
    (well(), {"finish_reason": "blocked", "blocked": 5}, Verdict.BLOCKED, "5 of 100 requests were refused"),
    (well(), {"finish_reason": "shutdown"}, Verdict.INTERRUPTED, "the same command continues"),
    (well(), {"finish_reason": "feed_error: disk full"}, Verdict.FAILED, "disk full"),
])  # fmt: skip
def test_a_run_that_is_not(counts, changes, expected, reason):
    found, reasons = verdict(counts, **changes)
    assert found is expected
    assert any(reason in r for r in reasons), reasons


@pytest.mark.parametrize(("counts", "changes"), [
    (well(links=30), {"earlier": SEVEN}), (well(links=10), {"earlier": SEVEN[:2]}),  # two runs are no habit
    (well(links=0), {"full": False}), (well(links=0, lists_missing=1), {}), (well(skipped={"no_article": 4}), {}),
    (well(skipped={"off_topic": 15}), {}), (well(relevant=4, relevant_without=4), {}), (well(), {"failed": 10}),
    (well(articles=0, published=0, relevant=0, relevant_without=0, text_chars=[], known=40), {}),  # nothing new
])  # fmt: skip
def test_what_is_no_reason(counts, changes):
    assert verdict(counts, **changes)[0] is Verdict.OK


def test_nothing_anywhere_is_empty():
    assert judge({}, Expect(), finish_reason="finished", requests=0, failed=0, blocked=0)[0] is Verdict.EMPTY


def test_exit_codes_do_not_change():
    """Schedulers know these numbers."""
    assert {v.value: v.exit_code for v in Verdict} == {
        "ok": 0, "failed": 1, "misconfigured": 2, "degraded": 3, "empty": 4, "blocked": 5, "locked": 6,
        "interrupted": 7,
    }  # fmt: skip


def test_m1_lists_that_lost_their_links(tmp_path):
    """The list pages come, the links in them do not: degraded, in one run, with the channel's name."""
    big = BigSite(40)
    current = served(big)
    with Site(lambda url: current(url)) as site:
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0

        def emptied(url):
            page = served(big)(url)
            return replace(page, body=b"<html><body><div id='app'></div></body></html>") if page else None

        current = emptied
        done = crawl(tmp_path, *WEIHAI, site=site)
    assert done.returncode in (3, 4)
    assert "article link" in done.stderr
    assert len(rows(tmp_path, "articles")) == 40


def test_m1_articles_that_can_no_longer_be_read(tmp_path):
    """Article pages that are empty shells: degraded, the channel is named, and nothing is stored."""
    big = BigSite(40)

    def shells(url):
        page = served(big)(url)
        body = (
            b"<html><head><title>x</title></head><body><div id='root'></div><script src='/a.js'></script></body></html>"
        )
        return replace(page, body=body) if page and "/2020/" in url else page

    with Site(shells) as site:
        done = crawl(tmp_path, *WEIHAI, site=site)
    assert done.returncode == 3
    assert "weihai: 40 of 40 article pages could not be read" in done.stderr
    run = last_run(tmp_path, "qilu")
    assert run["verdict"] == "degraded"
    assert run["channels"]["weihai"]["skipped"] == {"no_article": 40}
    assert rows(tmp_path, "articles") == []


def test_m1_an_article_template_with_other_names(tmp_path):
    """Other class names on article pages: the text is still read, the run says that the template has changed."""
    with Site(served(BigSite(20))) as site:
        site.trouble.redesign = True
        done = crawl(tmp_path, *WEIHAI, site=site)
    assert done.returncode == 3
    assert "weihai:" in done.stderr.splitlines()[-1]
    assert "layout" in done.stderr.splitlines()[-1]


def test_m2_a_fifth_fewer_links_is_a_note():
    counts = {"weihai": well(links=33), "zibo": well()}
    assert find_notes(counts, SEVEN) == ["weihai: 33 article links, usually 43"]
    assert find_notes(counts, SEVEN[:2]) == []
    assert find_notes({"weihai": well(links=35)}, SEVEN) == []


def test_run_json_says_what_happened(tmp_path):
    with Site(served(BigSite(10))) as site:
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0
    run = last_run(tmp_path, "qilu")
    assert (run["verdict"], run["exit_code"], run["reasons"], run["articles"]) == ("ok", 0, [], 10)
    assert run["channels"]["weihai"]["articles"] == 10
    assert sum(run["layouts"].values()) == 10
    assert run["versions"]["scrapy"] == "2.19.0"
    assert run["arguments"]["channel"] == "weihai"
    assert "resumption/render/browsers" not in run["stats"]  # no page asked for a browser
    assert run["observations"] == len(rows(tmp_path, "observations"))


STAGES = '"resumption.pipelines.CleanPipeline": 100, "resumption.pipelines.DropPipeline": 200'


def test_a_program_that_fails_on_articles_is_never_well(tmp_path):
    """All of them: failed. Some of them: degraded, the others have their lines. And the next run reads them again."""
    with Site(served(BigSite(20))) as site:
        for name, code, said, count in (
            ("Raising", 1, "failed: the program failed on all 20 articles it read", 0),
            ("SometimesRaising", 3, "degraded: weihai: the program failed on 2 articles", 18),
        ):
            broken = f'ITEM_PIPELINES={{{STAGES}, "tests.raising.{name}Pipeline": 300}}'
            done = crawl(tmp_path, *WEIHAI, "-s", broken, site=site)
            assert (done.returncode, said in done.stderr.splitlines()[-1]) == (code, True), done.stderr[-2000:]
            assert len(rows(tmp_path, "articles")) == count
        assert last_run(tmp_path, "qilu")["channels"]["weihai"]["skipped"] == {"ZeroDivisionError": 2}
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0
        assert len(rows(tmp_path, "articles")) == 20


def test_one_address_that_is_lost_is_not_well(tmp_path):
    """`-a url=` of a page that fails, is gone, or is no article: never ok."""
    big = BigSite(4)
    with Site(served(big)) as site:
        site.trouble.gone = {big.urls[0]}
        site.trouble.changed = {big.urls[1]: b"<html><body></body></html>"}
        codes = [crawl(tmp_path / str(i), "qilu", "-a", f"url={big.urls[i]}", site=site).returncode for i in range(3)]
    assert codes == [4, 4, 0]
