"""The egg, and a real scrapyd on loopback with a folder of its own: for the tests of operations."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from select import select
from typing import Any

from tests.crawling import ROOT, environment
from tests.site.server import Site

DEADLINE = 180.0
USER, PASSWORD = "crawler", "only-for-tests"


def build_egg(folder: Path) -> Path:
    """Build the egg of this tree; nothing is written into the tree."""
    command = ["egg_info", "-e", str(folder), "build", "-b", str(folder / "build")]
    command += ["bdist_egg", "-b", str(folder / "bdist"), "-d", str(folder)]
    done = subprocess.run(
        [sys.executable, "setup.py", "-q", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (egg,) = folder.glob("*.egg")
    return egg


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_for(what: str, condition: Callable[[], Any], seconds: float = DEADLINE) -> Any:
    """The first true value of `condition`, asked five times a second; fails after so many seconds."""
    for _ in range(int(seconds * 5)):
        if value := condition():
            return value
        select([], [], [], 0.2)
    raise AssertionError(f"{what}: not within {seconds:g} s")


class Host:
    """A scrapyd host: folder, configuration, process, and the calls of its API."""

    def __init__(self, folder: Path, site: Site | None = None, **options: str) -> None:
        self.folder = folder
        self.site = site
        self.data = folder / "data"
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        conf = (ROOT / "deploy" / "scrapyd.conf").read_text(encoding="utf-8")
        values = {"http_port": str(self.port), "username": USER, "password": PASSWORD, "poll_interval": "0.2"}
        (folder / "scrapyd.conf").write_text(changed(conf, values | options), encoding="utf-8")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """Environment of scrapyd and its jobs, and of whoever talks to it. No source tree on the path."""
        env = environment(
            self.data, self.site, HOME=str(self.folder), XDG_CONFIG_HOME=str(self.folder), no_proxy="127.0.0.1"
        )
        del env["PYTHONPATH"]
        return env | {"SCRAPYD_URL": self.url, "SCRAPYD_USERNAME": USER, "SCRAPYD_PASSWORD": PASSWORD}

    def start(self) -> Host:
        with (self.folder / "scrapyd.out").open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "scrapyd"], cwd=self.folder, env=self.env, stdout=out, stderr=out
            )
        wait_for("scrapyd answers", self.answers, 30)
        return self

    def answers(self) -> bool:
        try:
            return bool(self.get("daemonstatus.json")["status"] == "ok")
        except urllib.error.URLError:
            return False

    def stop(self, signum: int = signal.SIGTERM) -> None:
        """End scrapyd; with SIGTERM its jobs end first."""
        if self.process:
            self.process.send_signal(signum)
            self.process.wait(timeout=30)
            self.process = None

    def __enter__(self) -> Host:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def call(self, name: str, data: bytes | None = None, auth: str | None = f"{USER}:{PASSWORD}") -> dict[str, Any]:
        """One call of the API. Raises HTTPError."""
        request = urllib.request.Request(f"{self.url}/{name}", data=data)
        if auth:
            request.add_header("Authorization", "Basic " + b64encode(auth.encode()).decode())
        with urllib.request.urlopen(request, timeout=30) as response:
            return dict(json.load(response))

    def get(self, name: str, **values: str) -> dict[str, Any]:
        return self.call(f"{name}?{urllib.parse.urlencode(values)}")

    def post(self, name: str, **values: str) -> dict[str, Any]:
        return self.call(name, urllib.parse.urlencode(values).encode())

    def deploy(self, egg: Path, version: str = "1") -> None:
        """Send an egg with scrapyd-deploy, as people do."""
        done = subprocess.run(
            [str(Path(sys.executable).with_name("scrapyd-deploy")), "here", "--egg", str(egg), "-v", version],
            cwd=self._project(),
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def _project(self) -> Path:
        folder = self.folder / "project"
        folder.mkdir(exist_ok=True)
        cfg = (ROOT / "scrapy.cfg").read_text(encoding="utf-8")
        (folder / "scrapy.cfg").write_text(f"{cfg}\n[deploy:here]\nurl = {self.url}\n", encoding="utf-8")
        return folder

    def schedule(self, spider: str, jobid: str, *settings: str, **arguments: str) -> None:
        """Start a job."""
        pairs = {"project": "resumption", "spider": spider, "jobid": jobid, **arguments}
        body = urllib.parse.urlencode([*pairs.items(), *(("setting", s) for s in settings)])
        assert self.call("schedule.json", body.encode())["status"] == "ok"

    def state(self, jobid: str) -> str:
        """`pending`, `running`, `finished` or "" if scrapyd does not know the job (any more)."""
        jobs = self.get("listjobs.json", project="resumption")
        for state in ("pending", "running", "finished"):
            if any(job["id"] == jobid for job in jobs[state]):
                return state
        return ""

    def wait_finished(self, *jobids: str) -> None:
        wait_for(f"end of {jobids}", lambda: all(self.state(j) == "finished" for j in jobids))

    def log(self, spider: str, jobid: str) -> str:
        return (self.folder / "logs" / "resumption" / spider / f"{jobid}.log").read_text(encoding="utf-8")

    def crawl_pids(self, jobid: str) -> list[int]:
        """Processes of a job."""
        return pids_with(f"{jobid}.log")


def pids_with(part: str) -> list[int]:
    """Processes of this machine whose command line contains a text."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if part.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return [pid for pid in found if pid != os.getpid()]


def changed(conf: str, values: dict[str, str]) -> str:
    """A configuration with other values for some of its keys; each must stand there."""
    lines = []
    for line in conf.splitlines():
        key = line.partition("=")[0].strip()
        lines.append(f"{key} = {values.pop(key)}" if key in values else line)
    assert not values, f"not in the configuration: {', '.join(values)}"
    return "\n".join(lines) + "\n"
