"""K1, K2, K4 against real processes and a real server. `python -m tests.test_kill 200` is the whole torture."""

from __future__ import annotations

import contextlib
import json
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.crawling import FAST, ROOT, article_keys, command, crawl, environment, last_run, rows
from tests.site.big import SECTION, BigSite
from tests.site.render import Page
from tests.site.server import Lookup, Site

SMALL_PARTS = ("-s", "RESUMPTION_PART_ARTICLES=5", "-s", "RESUMPTION_PART_SECONDS=0.5")
FRONT = "http://weihai.iqilu.com/"
WEIHAI = ("qilu", "-a", "channel=weihai", *SMALL_PARTS)


def served(big: BigSite) -> Lookup:
    """The big site with a front page that shows the same articles as the first page of the section."""

    def lookup(url: str) -> Page | None:
        front = big(SECTION) if url == FRONT else None
        return replace(front, url=FRONT) if front else big(url)

    return lookup


def start(data: Path, site: Site, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        command(*(arguments or WEIHAI), *FAST),
        cwd=ROOT,
        env=environment(data, site),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_after(process: subprocess.Popen, seconds: float, site: Site) -> bool:
    """SIGKILL so many seconds after the first request; False if the run had ended by itself."""
    while not site.hits and process.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.02)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def check_complete(data: Path, big: BigSite) -> None:
    """Every served article once, every observation once, manifests for every file."""
    articles = rows(data, "articles")
    assert Counter(r["doc_id"] for r in articles) == Counter(big.article(i).doc_id for i in range(big.n))
    assert max(article_keys(data).values()) == 1
    observations = rows(data, "observations")
    assert max(Counter(r["obs_id"] for r in observations).values()) == 1
    assert len(observations) == sum(r["observation_count"] for r in articles)
    listed = set()
    for path in (data / "feeds" / "manifests").glob("*.json"):
        listed |= {f["path"] for f in json.loads(path.read_text())["files"]}
    assert listed == {f"{p.parent.name}/{p.name}" for p in (data / "feeds").glob("*/*.jsonl")}


def torture(data: Path, site: Site, big: BigSite, moments: list[float]) -> int:
    """Kill one run after another in one folder, then let it end; the number of kills that hit."""
    hits = 0
    for moment in moments:
        site.forget()
        hits += kill_after(start(data, site), moment, site)
    done = crawl(data, *WEIHAI, site=site)
    assert done.returncode == 0, done.stderr[-2000:]
    check_complete(data, big)
    return hits


def test_k1_ten_kills_lose_nothing(tmp_path):
    """Killed with SIGKILL at moments spread over start, lists, articles and writes."""
    chance = random.Random(20200222)
    big = BigSite(200)
    with Site(served(big)) as site:
        site.trouble.latency = 0.03
        hits = torture(tmp_path, site, big, [chance.random() * 0.8 for _ in range(10)])
    assert hits >= 7


@pytest.mark.parametrize("signals", [(signal.SIGTERM,), (signal.SIGINT, signal.SIGINT)])
def test_k2_a_stopped_run_leaves_whole_feeds_and_goes_on(tmp_path, signals):
    big = BigSite(120)
    with Site(served(big)) as site:
        site.trouble.latency = 0.05
        process = start(tmp_path, site)
        while len(site.asked("/2020/")) < 20:
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(timeout=0.05)
        for number in signals:
            process.send_signal(number)
            try:
                process.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
        assert process.wait(timeout=30) == 7
        assert last_run(tmp_path, "qilu")["verdict"] == "interrupted"
        assert not article_keys(tmp_path) or max(article_keys(tmp_path).values()) == 1
        site.trouble.latency = 0.0
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0
        check_complete(tmp_path, big)


def test_k4_a_second_run_of_a_portal_is_refused(tmp_path):
    """Its own exit code, one sentence, nothing touched; another portal may run."""
    with Site(served(BigSite(60))) as site:
        site.trouble.latency = 0.5
        process = start(tmp_path, site)
        while not site.asked():
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(timeout=0.05)
        second = crawl(tmp_path, *WEIHAI, site=site)
        assert second.returncode == 6
        assert "another run of qilu is at work" in second.stderr
        assert "Traceback" not in second.stderr
        assert process.poll() is None
        other = crawl(tmp_path, "netease", "-s", "REPLAY=bundled")
        assert other.returncode == 0, other.stderr[-1000:]
        process.kill()
        process.wait()
        site.trouble.latency = 0.0
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0  # the lock went with the process


def main(kills: int) -> None:
    """The whole torture: every kill in a folder of its own, resumed to the end."""
    chance = random.Random(kills)
    big = BigSite(120)
    hit = 0
    with Site(served(big)) as site:
        site.trouble.latency = 0.02
        for number in range(kills):
            with tempfile.TemporaryDirectory(prefix="torture-") as folder:
                hit += torture(Path(folder), site, big, [chance.random() * 2.5])
            print(f"{number + 1}/{kills} kills, {hit} in the middle of a run, 0 lost, 0 twice, 0 torn", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
