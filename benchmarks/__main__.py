"""All measurements in one run, written to docs/performance.md: `make bench`, or `python -m benchmarks --quick`.

Every script runs in a process of its own; what it prints is what stands there. One that fails is named with its last
line, and nothing stands in its place.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "performance.md"
PACKAGES = (
    "scrapy", "lxml", "parsel", "pyahocorasick", "warcio", "duckdb", "trafilatura", "readability-lxml", "jusText",
    "gne", "newspaper4k", "magic-html", "recognizers-text-suite", "jionlp", "jieba", "cpca",
)  # fmt: skip


@dataclass(frozen=True)
class Script:
    """One measurement: its arguments for a whole and for a quick run, and what to read it as."""

    title: str
    what: str
    whole: tuple[str, ...]
    quick: tuple[str, ...]


SCRIPTS = (
    Script(
        "Whole pages to feed lines, per stage",
        "Least processor time of the rounds on one core, warm; spread is the largest round over the least.",
        ("pages", "--rounds", "7", "--jobs", "2", "--count"),
        ("pages", "--rounds", "2", "--limit", "20", "--jobs", "2", "--pages", "800"),
    ),
    Script(
        "Page to clean article, beside other readers",
        "F1 and time on the annotated pages of `tests/pages`, time as a multiple of the bare parse.",
        ("reading", "tests/pages"),
        ("reading", "tests/pages", "--repeat", "1"),
    ),
    Script(
        "Text to observations, per stage and beside other tools",
        "Characters of article text per second of processor time.",
        ("extraction",),
        ("extraction", "--seconds", "0.4"),
    ),
    Script("Loading the warehouse", "Composed feeds.", ("loading",), ("loading", "--articles", "1000")),
    Script("Start-up and memory", "A fresh process each time.", ("startup",), ("startup", "--runs", "1")),
    Script(
        "Crawl throughput beside bare Scrapy",
        "The same pages from a local site without delays; real portals are asked once per second and host.",
        ("crawl_throughput", "2000"),
        ("crawl_throughput", "800"),
    ),
)


def machine() -> list[str]:
    """Lines on the machine, the versions and the state of the tree."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = [row for row in info.read_text().splitlines() if row.startswith("model name")]
        model = named[0].partition(":")[2].strip() if named else model
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    versions = []
    for name in PACKAGES:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            versions.append(f"{name} not installed")
    return [
        f"- machine: {model}, {os.cpu_count()} cores, {platform.system()}; Python {platform.python_version()}",
        f"- load average when the run began: {os.getloadavg()[0]:.1f} (above 1 others were at work, times are longer)",
        f"- commit {commit.stdout.strip() or 'unknown'}, {time.strftime('%Y-%m-%d')}",
        f"- {', '.join(versions)}",
    ]


def run(script: Script, arguments: tuple[str, ...]) -> str:
    """What a script prints, as a section."""
    command = f"python -m benchmarks.{' '.join(arguments)}"
    print(command, file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{arguments[0]}", *arguments[1:]], cwd=ROOT, capture_output=True, text=True
    )
    lines = [f"## {script.title}", "", f"{script.what} `{command}`", ""]
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no message"]
        return "\n".join([*lines, f"Not measured: {said[-1]}", ""])
    body = done.stdout.strip()
    # Tables are Markdown where the script writes them so, else they are set as they are.
    return "\n".join([*lines, *([body] if "|---" in body else ["```text", body, "```"]), ""])


def page(head: list[str], sections: list[str], quick: bool) -> str:
    """The file."""
    size = "`python -m benchmarks --quick` (few rounds, small sizes)" if quick else "`make bench`"
    told = f"Written by {size}, nothing by hand. Compare ratios, not times: both sides were measured in this run."
    return "\n".join(["# Performance", "", told, "", *head, "", *sections])


def main() -> int:
    """Run everything, write the file; exit code 1 if a script failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few rounds and small sizes: minutes, and a wider spread")
    parser.add_argument("--only", default="", help="scripts to run, comma-separated; then only printed")
    options = parser.parse_args()
    only = set(filter(None, options.only.split(",")))
    head = machine()
    chosen = [s for s in SCRIPTS if not only or s.whole[0] in only]
    sections: list[str] = []
    for script in chosen:
        sections.append(run(script, script.quick if options.quick else script.whole))
        if not only:
            # After each script: a run that is ended early leaves what it measured.
            TARGET.write_text(page(head, sections, options.quick), encoding="utf-8")
    print(page(head, sections, options.quick) if only else f"wrote {TARGET.relative_to(ROOT)}")
    return int(any("Not measured: " in section for section in sections))


if __name__ == "__main__":
    sys.exit(main())
