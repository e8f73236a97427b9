"""The same crawl from the archive and from a server that answers for the portals' hosts: the same feeds."""

from __future__ import annotations

import json
import subprocess

import pytest

from resumption.middlewares.render import find_browser
from tests.crawling import crawl, rows
from tests.site.articles import load_articles
from tests.site.server import Site

HOW_FETCHED = ("fetched_at", "raw_ref", "supersedes")
"""What may differ: when and from where. A site shows the last capture only, so no version replaces another."""


def feeds(data, articles):
    """Lines of both feeds, sorted, without how they were fetched; of the articles, and of their last versions only."""
    found = {}
    last = {}
    for row in rows(data, "articles"):
        if row["doc_id"] in articles:
            last[row["article_id"]] = row["article_version_id"]
    for feed in ("articles", "observations"):
        lines = [r for r in rows(data, feed) if last.get(r["article_id"]) == r["article_version_id"]]
        found[feed] = sorted(
            json.dumps({k: v for k, v in r.items() if k not in HOW_FETCHED}, ensure_ascii=False) for r in lines
        )
    return found


def compare(tmp_path, portal, channels=""):
    arguments = (portal, *(["-a", f"channel={channels}"] if channels else []))
    names = set(channels.split(",")) if channels else {a.channel for a in load_articles() if a.portal == portal}
    expected = {
        a.doc_id for a in load_articles() if a.portal == portal and a.about == "resumption" and a.channel in names
    }
    replayed = crawl(tmp_path / "replay", *arguments, "-s", "REPLAY=bundled")
    assert replayed.returncode == 0, replayed.stderr[-2000:]
    with Site() as site:
        live = crawl(tmp_path / "live", *arguments, site=site, RESUMPTION_ALLOW_PRIVATE="127.0.0.1")
        assert live.returncode == 0, live.stderr[-2000:]
        assert site.asked()
    first, second = feeds(tmp_path / "replay", expected), feeds(tmp_path / "live", expected)
    assert {json.loads(line)["doc_id"] for line in first["articles"]} == expected
    assert len(first["observations"]) > 50
    assert first == second


def test_qilu(tmp_path):
    compare(tmp_path, "qilu")


def browser_works() -> bool:
    path = find_browser()
    return bool(path) and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0


def test_netease_with_a_page_that_needs_a_browser(tmp_path):
    if not browser_works():
        pytest.skip("NO CHROMIUM FOUND: the page that fills in by script was not tested (see README, Chromium)")
    # 湖南 and 河南 have no feed: their front pages are empty until their script has run
    compare(tmp_path, "netease", "liaoning,dalian,jiangsu,sichuan,hunan,henan")
