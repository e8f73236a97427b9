"""Crawl throughput as a ratio to bare Scrapy, and memory over a long crawl, against a local site without delays.

    python -m benchmarks.crawl_throughput 2000          both, three times in turn: ratio of the best and of each pair
    python -m benchmarks.crawl_throughput memory 20000  memory of the crawl and its processes while one runs

Bare Scrapy follows the same list pages, downloads the same article pages and does nothing with them.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.crawling import FAST, ROOT, command, environment, rows
from tests.site.big import BigSite
from tests.site.server import Site
from tests.test_kill import SECTION, served

BARE = """
import scrapy
class Bare(scrapy.Spider):
    name = "bare"
    start_urls = ["{section}"]
    def parse(self, response):
        for url in response.css("a[href*='/2020/']::attr(href)").getall():
            yield scrapy.Request(response.urljoin(url), self.done)
        for url in response.xpath("//a[contains(., '下一页')]/@href").getall():
            yield scrapy.Request(response.urljoin(url), self.parse)
    def done(self, response):
        pass
"""


@dataclass(frozen=True, slots=True, order=True)
class Spent:
    """Seconds of one run."""

    wall: float
    cpu: float
    """User and system time of the crawling process and of the one that extracts beside it, without the site's."""


def run_timed(arguments: list[str], folder: Path, env: dict[str, str]) -> Spent:
    """Run a command, raise if it fails."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, cwd=folder, env=env, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(time.perf_counter() - start, cpu)


def run_bare(site: Site, folder: Path) -> Spent:
    """A bare spider over the same pages."""
    path = folder / "bare.py"
    path.write_text(BARE.format(section=SECTION), encoding="utf-8")
    arguments = [sys.executable, "-m", "scrapy", "runspider", str(path), "-s", "LOG_LEVEL=ERROR"]
    arguments += [
        "-s",
        "DOWNLOAD_DELAY=0",
        "-s",
        "CONCURRENT_REQUESTS_PER_DOMAIN=8",
        "-s",
        "TELNETCONSOLE_ENABLED=False",
    ]
    return run_timed(arguments, folder, environment(folder, site))


def run_ours(site: Site, folder: Path) -> Spent:
    """The whole thing: robots, archive, reading, extraction, feeds."""
    arguments = ("qilu", "-a", "channel=weihai", "-a", "max_pages=1000", "-s", "LOG_LEVEL=ERROR")
    return run_timed(command(*arguments, *FAST), ROOT, environment(folder, site))


def compare(count: int, repeats: int = 3) -> None:
    """Alternate both, print the best of each and the ratio of pages per second."""
    bare: list[Spent] = []
    ours: list[Spent] = []
    with Site(served(BigSite(count))) as site, tempfile.TemporaryDirectory(prefix="bench-") as name:
        for number in range(repeats):
            for times, run in ((bare, run_bare), (ours, run_ours)):
                folder = Path(name) / f"{run.__name__}-{number}"
                folder.mkdir()
                site.forget()
                times.append(run(site, folder))
                print(
                    f"{run.__name__} {times[-1].wall:.1f} s, {times[-1].cpu:.1f} s CPU, {len(site.asked())} requests",
                    flush=True,
                )
            assert len(rows(folder, "articles")) == count
    for name in ("wall", "cpu"):
        lefts, rights = ([getattr(spent, name) for spent in runs] for runs in (bare, ours))
        pairs = sorted(left / right for left, right in zip(lefts, rights, strict=True))
        print(
            f"{count} articles, {name}: bare {min(lefts):.1f} s, ours {min(rights):.1f} s, "
            f"ratio {min(lefts) / min(rights):.2f}, of the pairs {', '.join(f'{pair:.2f}' for pair in pairs)}"
        )


def memory(count: int) -> None:
    """Resident memory, of the extraction process too, against pages, and its slope after the first 2,000."""
    points: list[tuple[int, float]] = []
    with Site(served(BigSite(count))) as site, tempfile.TemporaryDirectory(prefix="bench-") as name:
        arguments = ("qilu", "-a", "channel=weihai", "-a", "max_pages=1000", "-s", "LOG_LEVEL=ERROR")
        process = subprocess.Popen(command(*arguments, *FAST), cwd=ROOT, env=environment(Path(name), site))
        while process.poll() is None:
            try:
                process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                points.append((len(site.asked()), _resident(process.pid) / 1024))
                print(f"{points[-1][0]} pages, {points[-1][1]:.0f} MB", flush=True)
        assert len(rows(Path(name), "articles")) == count
    late = [p for p in points if p[0] > 2000]
    mean_x = sum(x for x, _ in late) / len(late)
    mean_y = sum(y for _, y in late) / len(late)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in late) / sum((x - mean_x) ** 2 for x, _ in late)
    print(f"{count} articles: slope {1000 * slope:.2f} MB per 1,000 pages after the first 2,000")


def _resident(pid: int) -> int:
    """Resident memory of a process and its children, kB; 0 for one that has just ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    own = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
    return own + sum(map(_resident, map(int, children)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        memory(int(sys.argv[2]))
    else:
        compare(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
