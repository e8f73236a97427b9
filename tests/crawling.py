"""Runs of `scrapy crawl` in a process of its own, and what they left behind: for the tests of the crawl."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.site.server import Site

ROOT = Path(__file__).parents[1]
FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8")
FAST += ("-s", "DOWNLOAD_VERIFY_CERTIFICATES=False")


def environment(data: Path, site: Site | None = None, **more: str) -> dict[str, str]:
    """Environment of a run: the data folder, and the site as proxy for every host."""
    names = ("RESUMPTION_", "REPLAY", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "no_proxy", "NO_PROXY")
    env = {k: v for k, v in os.environ.items() if not k.startswith(names)}
    env |= {"RESUMPTION_DATA": str(data), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}
    # Many processes start in the tests: bytecode is kept, beside nobody's sources.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env["PYTHONPYCACHEPREFIX"] = str(ROOT / "build" / "pycache")
    if site:
        env |= {"http_proxy": site.proxy, "https_proxy": site.proxy}
    return env | more


def command(*arguments: str) -> list[str]:
    """Command line of `scrapy crawl`."""
    return [sys.executable, "-m", "scrapy", "crawl", *arguments]


def crawl(
    data: Path, *arguments: str, site: Site | None = None, timeout: float = 120, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run `scrapy crawl ARGUMENTS` to its end; against a site without delays, else as given (a replay)."""
    fast = FAST if site else ()
    return subprocess.run(
        command(*arguments, *fast),
        cwd=ROOT,
        env=environment(data, site, **more),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def rows(data: Path, feed: str) -> list[dict[str, Any]]:
    """All lines of a feed; every file must be whole: each line ends and is JSON."""
    found = []
    for path in sorted((data / "feeds" / feed).glob("*.jsonl")):
        text = path.read_text(encoding="utf-8")
        assert not text or text.endswith("\n"), f"{path}: torn line"
        found += [json.loads(line) for line in text.splitlines()]
    return found


def article_keys(data: Path) -> Counter[str]:
    """Version ids of the articles feed with how often each stands there."""
    return Counter(row["article_version_id"] for row in rows(data, "articles"))


def last_run(data: Path, portal: str) -> dict[str, Any]:
    """The newest run.json of a portal."""
    path = max((data / "runs").glob(f"{portal}-*/run.json"))
    return json.loads(path.read_text(encoding="utf-8"))
