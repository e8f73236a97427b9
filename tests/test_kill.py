"""K1, K2, K4 against real processes and a real server. `python -m tests.test_kill 200` is the whole torture."""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.crawling import FAST, ROOT, article_keys, command, crawl, environment, last_run, rows
from tests.site.big import SECTION, BigSite
from tests.site.render import Page
from tests.site.server import Lookup, Site

SMALL_PARTS = ("-s", "RESUMPTION_PART_ARTICLES=5", "-s", "RESUMPTION_PART_SECONDS=0.5")
FRONT = "http://weihai.iqilu.com/"
START_SHARE = 0.3
"""Before this share of a run nothing has been opened: Python is importing."""
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


@dataclass
class Tally:
    """What the kills of a torture met."""

    kills: int = 0
    missed: int = 0
    """Runs that had ended by themselves."""
    at: Counter[str] = field(default_factory=Counter)
    """What stood in the data folder after a kill: nothing yet, some articles, a part that was being written ..."""


def found_after_kill(data: Path) -> str:
    """What a killed run left behind, for the tally."""
    feeds = data / "feeds"
    if any(feeds.glob("*/.*.part")):
        return "a part being written"
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        # A copy: opening the ledger itself would already mend it.
        for path in data.glob("ledger.sqlite*"):
            shutil.copy(path, folder)
        with contextlib.closing(sqlite3.connect(Path(folder) / "ledger.sqlite")) as db:
            try:
                row = db.execute("select count(*) filter (where state = 'pending'), count(*) from part").fetchone()
            except sqlite3.OperationalError:
                return "no ledger yet"
    pending, written = row
    return "a part committed and not renamed" if pending else "whole parts" if written else "no part yet"


def kill_and_resume(number: int, site: Site, big: BigSite, spans: list[float]) -> Tally:
    """Kill a run, sometimes its resumption too, then let it end and look at everything; `number` seeds the moments.

    `spans` are the seconds a whole run took; a moment is drawn from all of it, the start of the program included.
    """
    chance = random.Random(number)
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        data = Path(folder)
        again = True
        while again:
            site.forget()
            process = start(data, site)
            try:
                process.wait(timeout=chance.uniform(START_SHARE, 1.0) * min(spans))
                tally.missed += 1
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                tally.kills += 1
                tally.at[found_after_kill(data)] += 1
            again = chance.random() < 0.3
        begun = time.perf_counter()
        done = crawl(data, *WEIHAI, site=site, timeout=600)
        assert done.returncode == 0, f"torture {number}: {done.stderr[-2000:]}"
        spans[:] = [*spans[-3:], time.perf_counter() - begun]
        check_complete(data, big)
    return tally


def main(kills: int, jobs: int = 2) -> None:
    """The whole torture: each kill in a folder of its own (some resumptions are killed too), resumed to the end."""
    big = BigSite(60)
    total = Tally()
    numbers = itertools.count()

    def work() -> None:
        with Site(served(big)) as site, tempfile.TemporaryDirectory(prefix="torture-") as folder:
            site.trouble.latency = 0.02
            begun = time.perf_counter()
            assert crawl(Path(folder), *WEIHAI, site=site, timeout=600).returncode == 0
            spans = [time.perf_counter() - begun]
            while total.kills < kills:
                tally = kill_and_resume(next(numbers), site, big, spans)
                total.kills += tally.kills
                total.missed += tally.missed
                total.at.update(tally.at)
                print(f"{total.kills}/{kills} kills, all resumed: 0 lost, 0 twice, 0 torn", flush=True)

    with ThreadPoolExecutor(jobs) as pool:
        for done in [pool.submit(work) for _ in range(jobs)]:
            done.result()
    met = ", ".join(f"{count} x {what}" for what, count in total.at.most_common())
    print(f"{total.kills} kills met: {met}; {total.missed} runs had ended before")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
