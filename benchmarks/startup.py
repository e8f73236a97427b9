"""Start-up: wall time and memory of a fresh process, for each command and for the first result of the two functions.

python -m benchmarks.startup
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXTRACT = """
from resumption import extract
from resumption.items import Article
text = "截至2月21日，威海经区122家规上企业复工121家，复工率99.2%。"
assert extract(Article(url="", title="", text=text, published_at="2020-02-22T09:00:00+08:00"))
"""
READ = """
from resumption import read_page
page = "<h1>县里开工了</h1><p>2020-02-20 来源：某网</p><div><p>全县规上企业复工九成，比前日多三家。</p></div>"
assert read_page(page, "https://news.example.com/1.html")
"""
SAVED = ROOT / "tests" / "gold" / "open"


def programs() -> dict[str, list[str]]:
    """Name to arguments of the interpreter."""
    text = str(sorted(SAVED.glob("*.txt"))[0])
    found = {"bare Python": ["-c", "pass"], "import scrapy": ["-c", "import scrapy"]}
    found |= {"first result of extract": ["-c", EXTRACT], "first result of read_page": ["-c", READ]}
    found["scrapy extract FILE"] = ["-m", "scrapy", "extract", text]
    for path in sorted((ROOT / "resumption" / "commands").glob("[a-z]*.py")):
        found[f"scrapy {path.stem} --help"] = ["-m", "scrapy", path.stem, "--help"]
    return found


def start(arguments: list[str]) -> tuple[float, float, float]:
    """Wall and processor seconds, and peak megabytes of one run."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print("| process | wall ms, least | largest | processor ms, least | peak MB |\n|---|---:|---:|---:|---:|")
    for name, arguments in programs().items():
        runs = [start(arguments) for _ in range(options.runs)]
        walls, cpus, peaks = zip(*runs, strict=True)
        print(
            f"| {name} | {1000 * min(walls):.0f} | {1000 * max(walls):.0f} |"
            f" {1000 * min(cpus):.0f} | {max(peaks):.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
