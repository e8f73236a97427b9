"""A real scrapyd on loopback: deploy, schedule, cancel, kill, load."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
from dataclasses import replace
from pathlib import Path

import pytest

from resumption.warehouse import open_warehouse
from resumption.warehouse.watch import Watch
from tests.crawling import FAST, ROOT, article_keys, crawl, last_run, rows
from tests.scrapyd_host import USER, Host, build_egg, pids_with, wait_for
from tests.site.big import BigSite
from tests.site.server import Site
from tests.test_kill import served

REPLAY = ("REPLAY=bundled",)
LIVE = (*FAST[1::2], "CONCURRENT_REQUESTS=2", "RESUMPTION_PART_ARTICLES=2")
CHANNELS = "weihai,weifang,zibo,jining"
MIDDLE = 14
"""Requests after which the crawl of these channels is in its middle."""


@pytest.fixture(scope="module")
def site():
    with Site() as site:
        yield site


@pytest.fixture(scope="module")
def egg(tmp_path_factory):
    return build_egg(tmp_path_factory.mktemp("egg"))


@pytest.fixture(scope="module")
def host(tmp_path_factory, site, egg):
    """A host with the egg, whose jobs crawl the local site; with a jobs_dir, as other projects have one."""
    folder = tmp_path_factory.mktemp("host")
    with Host(folder, site=site, jobs_dir="jobs") as host:
        host.deploy(egg)
        yield host


@pytest.fixture(scope="module")
def reference(tmp_path_factory, site):
    """The articles of a run that nobody disturbs."""
    data = tmp_path_factory.mktemp("reference")
    assert crawl(data, "qilu", "-a", f"channel={CHANNELS}", site=site).returncode == 0
    keys = article_keys(data)
    assert len(keys) >= 10
    return keys


class Work:
    """Crawls of one test: a data folder and job names of their own."""

    def __init__(self, host, site, data):
        self.host, self.site, self.data = host, site, data
        self.settings = (*LIVE, f"RESUMPTION_DATA={data}")

    def schedule(self, job):
        self.host.schedule("qilu", f"{self.data.name}-{job}", *self.settings, channel=CHANNELS)

    def begin(self, job):
        """Schedule the crawl and hold it (SIGSTOP) in its middle, so that the test need not hurry."""
        self.site.forget()
        self.site.trouble.latency = 0.3
        self.schedule(job)
        wait_for("the middle of the crawl", lambda: len(self.site.asked()) >= MIDDLE)
        self.signal(signal.SIGSTOP)
        self.site.trouble.latency = 0.0
        assert self.state(job) == "running"

    def finish(self, job):
        """Schedule the crawl and wait for its end."""
        self.schedule(job)
        self.wait(job)

    def wait(self, job):
        self.host.wait_finished(f"{self.data.name}-{job}")

    def state(self, job):
        return self.host.state(f"{self.data.name}-{job}")

    def pids(self):
        return pids_with(f"{self.data.name}-")

    def signal(self, signum):
        for pid in self.pids():
            os.kill(pid, signum)

    def is_complete(self, reference):
        """Every article stands in the feeds, each once."""
        return article_keys(self.data) == reference and set(reference.values()) == {1} and manifests_hold(self.data)


@pytest.fixture
def work(host, site, tmp_path):
    work = Work(host, site, tmp_path)
    yield work
    site.trouble.latency = 0.0
    work.signal(signal.SIGKILL)


def manifests_hold(data):
    """Every feed file stands in a complete manifest with its number of lines."""
    listed = {}
    for path in (data / "feeds" / "manifests").glob("*.json"):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        assert manifest["complete"] is True
        listed |= {file["path"]: file["rows"] for file in manifest["files"]}
    files = [path for feed in ("articles", "observations") for path in (data / "feeds" / feed).iterdir()]
    counted = {str(p.relative_to(data / "feeds")): len(p.read_bytes().splitlines()) for p in files}
    return bool(listed) and listed == counted


def test_both_portals_from_the_archive_to_the_warehouse(host, tmp_path):

    data = tmp_path / "data"
    assert host.get("listspiders.json", project="resumption")["spiders"] == ["netease", "qilu"]
    for portal in ("qilu", "netease"):
        host.schedule(portal, f"{portal}-1", *REPLAY, f"RESUMPTION_DATA={data}")
    host.wait_finished("qilu-1", "netease-1")
    for portal in ("qilu", "netease"):
        run = last_run(data, portal)
        assert (run["verdict"], run["reasons"], run["exit_code"]) == ("ok", [], 0)
        assert run["articles"] > 10
    assert manifests_hold(data)
    assert not (host.folder / "items").exists()
    target = f"duckdb:///{tmp_path / 'w.duckdb'}"
    assert Watch(data, target).round().problems == ()
    with open_warehouse(target) as warehouse:
        assert warehouse.fetch("SELECT count(*) FROM article_version") == [(len(rows(data, "articles")),)]
        assert warehouse.fetch("SELECT count(*) FROM obs_report") == [(len(rows(data, "observations")),)]
        assert warehouse.fetch("SELECT verdict, count(*) FROM run GROUP BY 1") == [("ok", 2)]
        assert not [c.name for c in warehouse.check() if c.violations and c.severity == "error"]


def test_cancelled_in_the_middle_and_scheduled_again(work, reference):
    work.begin("slot")
    assert work.host.post("cancel.json", project="resumption", job=f"{work.data.name}-slot")["prevstate"] == "running"
    work.signal(signal.SIGCONT)
    work.wait("slot")
    assert last_run(work.data, "qilu")["verdict"] == "interrupted"
    assert 0 < len(article_keys(work.data)) < len(reference)
    work.finish("slot")
    assert work.is_complete(reference)
    assert last_run(work.data, "qilu")["verdict"] == "ok"
    articles = [url for url in work.site.asked(".shtml") if "/list_" not in url]
    assert len(articles) < 2 * len(set(articles)), "the second run fetched everything again"


def test_killed_crawl_is_completed_by_the_next_job(work, reference):
    work.begin("slot")
    work.signal(signal.SIGKILL)
    work.wait("slot")
    work.finish("slot")
    assert work.is_complete(reference)


def test_killed_scrapyd_with_its_crawl(work, reference):
    work.begin("slot")
    work.host.stop(signal.SIGKILL)
    work.signal(signal.SIGKILL)
    work.host.start()
    work.finish("slot")
    assert work.is_complete(reference)
    work.host.stop()
    work.host.start()
    assert work.state("slot") == "finished", "the list of finished jobs survives a restart"


def test_killed_scrapyd_leaves_its_crawl_to_finish(work, reference):
    work.begin("slot")
    work.host.stop(signal.SIGKILL)
    work.signal(signal.SIGCONT)
    wait_for("end of the orphan", lambda: not work.pids())
    assert work.is_complete(reference)
    work.host.start()
    work.finish("next")
    assert work.is_complete(reference)


def test_a_second_job_of_the_portal_is_refused_by_the_lock(work, reference):
    work.begin("first")
    work.schedule("second")
    work.wait("second")
    assert work.state("first") == "running"
    assert "another run of qilu is at work" in (work.host.folder / "scrapyd.out").read_text(encoding="utf-8")
    work.signal(signal.SIGCONT)
    work.wait("first")
    assert work.is_complete(reference)
    assert len(list((work.data / "runs").iterdir())) == 1, "a refused run leaves no record and raises no alarm"


TROUBLES = (
    ({"redesign": True}, "degraded", 3, "no layout fits"),
    ({"forbid_after": 50}, "blocked", 5, "requests were refused"),
)


@pytest.mark.parametrize(("trouble", "verdict", "code", "said"), TROUBLES, ids=["renamed template", "403 after 50"])
def test_what_is_wrong_is_known_after_one_run(egg, tmp_path, trouble, verdict, code, said):
    """scrapyd, crawl, loader, monitor: the channel is named, exit codes tell, and no refusal is an article."""
    with Site(served(BigSite(80))) as site, Host(tmp_path / "host", site=site) as host:
        host.deploy(egg)
        site.trouble = replace(site.trouble, **trouble)
        host.schedule("qilu", "qilu-1", *LIVE, f"RESUMPTION_DATA={host.data}", channel="weihai")
        host.wait_finished("qilu-1")
    run = last_run(host.data, "qilu")
    assert (run["verdict"], run["exit_code"]) == (verdict, code)
    stored = rows(host.data, "articles")
    assert len(stored) < 50 if verdict == "blocked" else len(stored) == 80
    assert not [row for row in stored if "403" in row["text"] or "Forbidden" in row["text"]]
    target = f"duckdb:///{tmp_path / 'w.duckdb'}"
    assert Watch(host.data, target).round().problems == ()
    for source in ((), ("--from", target)):
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "health", "--json", *source],
            cwd=ROOT, env=host.env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        (weihai,) = [c for c in json.loads(done.stdout)["channels"] if c["channel"] == "weihai"]
        assert (weihai["title"], weihai["state"], weihai["last_good"]) == ("齐鲁网威海", verdict, None)
        assert any(said in reason for reason in weihai["reasons"])


def start_slot(host, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "schedule", *arguments],
        cwd=ROOT,
        env=host.env | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_slot_is_started_once_per_time(host, tmp_path):
    settings = ("-s", "REPLAY=bundled", "-s", f"RESUMPTION_DATA={tmp_path}")
    first = start_slot(host, "--start", "qilu-1", *settings)
    assert first.returncode == 0, first.stderr
    job, _, channels = first.stdout.strip().partition(" started: ")
    host.wait_finished(job)
    again = start_slot(host, "--start", "qilu-1", *settings)
    if "started: " not in again.stdout:  # the next time of the slot may have come
        assert (again.returncode, again.stdout) == (0, f"{job} has been started already\n")
    run = last_run(tmp_path, "qilu")
    assert (run["verdict"], run["reasons"]) == ("ok", [])
    assert run["arguments"]["channel"] == channels.replace(", ", ",")


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"SCRAPYD_PASSWORD": "secret-and-wrong"}, "set SCRAPYD_USERNAME and SCRAPYD_PASSWORD"),
        ({"SCRAPYD_URL": "http://127.0.0.1:9"}, "cannot be reached"),
        ({"SCRAPYD_URL": "file:///etc"}, "must begin with http"),
    ],
)
def test_a_slot_that_cannot_be_started_is_an_error(host, environment, said):
    done = start_slot(host, "--start", "netease-1", **environment)
    assert done.returncode == 1
    assert said in done.stderr
    assert "secret-and-wrong" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("auth", [None, f"{USER}:wrong", "somebody:else"])
def test_no_access_without_the_password(host, auth):
    for name, data in [
        ("daemonstatus.json", None),
        ("listjobs.json?project=resumption", None),
        ("", None),
        ("logs/", None),
        ("jobs", None),
        ("schedule.json", b"project=resumption&spider=qilu"),
        ("addversion.json", b"project=resumption&version=2&egg="),
        ("cancel.json", b"project=resumption&job=slot"),
    ]:
        with pytest.raises(urllib.error.HTTPError) as refused:
            host.call(name, data, auth=auth)
        assert refused.value.code == 401, name
        refused.value.close()


def test_scrapyd_listens_on_loopback_only(host):
    tables = [Path(f"/proc/{host.process.pid}/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    sockets = [line.split()[1:4] for table in tables for line in table]
    port = f"{host.port:04X}"
    listening = [local for local, _, state in sockets if local.endswith(f":{port}") and state == "0A"]
    assert listening == [f"0100007F:{port}"]
