"""Whole pages to feed lines, per stage and beside a bare parse; the gate beside reading the page.

    python -m benchmarks.pages             the articles of the bundled archive, and the same in a page of 100 kB
    python -m benchmarks.pages FOLDER      other saved pages, .jsonl or WARC files
    python -m benchmarks.pages --jobs 2    also scrapy extract with one process and with two
    python -m benchmarks.pages --count     also machine instructions per page (needs perf or valgrind)

One core, warm, least processor time of several rounds, rounds of all stages alternating, so that what disturbs one
disturbs all; the spread is that of the rounds (largest over least). The general reader reads the same pages under an
address that no seed knows.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import lxml.html

from resumption.bulk import Options, read_document, read_outcome
from resumption.extraction import extract
from resumption.gate import refuse
from resumption.inputs import Document, read_inputs
from resumption.items import Article
from resumption.page import read_raw
from resumption.page.decode import decode
from resumption.reading import read_page
from resumption.rows import article_row, line, observation_rows

ROOT = Path(__file__).parent.parent
Stage = Callable[[Document], object]


def load_documents(paths: list[str]) -> list[Document]:
    """Documents that are articles."""
    found = (d for d in read_inputs(paths) if isinstance(d, Document))
    return [d for d in found if read_page(d.body, d.url, headers=d.headers) is not None]


def padded(document: Document, size: int = 100_000) -> Document:
    """The same page with as much furniture around as real pages have: scripts and lists of links."""
    block = (
        "<script>var slot={id:%d,size:[300,250],path:'/banner/home/right'};window.slots=[slot].concat(window.slots);"
        "</script><ul class='nav%d'><li><a href='/channel/%d.shtml' target='_blank'>频道导航</a></li>"
        "<li><a href='/special/%d.shtml'>专题</a></li></ul>\n"
    )
    body = document.body if isinstance(document.body, bytes) else document.body.encode()
    count = max(0, size - len(body)) // len(block.encode())
    furniture = "".join(block % (n, n, n, n) for n in range(count))
    text = decode(body, document.headers).text
    text = re.sub("</body>", lambda match: furniture + match[0], text, count=1, flags=re.IGNORECASE)
    return replace(document, body=text.encode())


def unknown(document: Document) -> Document:
    """The same page under an address of no portal."""
    return replace(document, url="https://news.example.com/a/1.html")


def stages(documents: list[Document]) -> dict[str, Stage]:
    """Name to what is measured; every stage takes a document."""
    articles: dict[str, Article] = {d.where: a for d in documents if (a := read_document(d)) is not None}
    found: dict[str, Stage] = {
        "bare lxml parse": lambda d: lxml.html.fromstring(d.body),
        "gate": lambda d: refuse(d.body),
        "decode": lambda d: decode(d.body, d.headers),
        "read_raw (decode, parse, layout)": lambda d: read_raw(d.body, d.url, headers=d.headers),
        "read_page (read_raw, clean)": lambda d: read_page(d.body, d.url, headers=d.headers),
        "extract": lambda d: extract(articles[d.where]),
        "lines": lambda d: (line(article_row(articles[d.where])), *map(line, observation_rows(articles[d.where]))),
        "whole page to feed lines": lambda d: read_outcome(d, Options()),
        "whole page, general reader": lambda d: read_outcome(unknown(d), Options()),
    }
    if importlib.util.find_spec("trafilatura"):
        import trafilatura

        found["trafilatura.extract alone"] = lambda d: trafilatura.extract(d.body, include_comments=False)
    return found


def measure(documents: list[Document], rounds: int) -> dict[str, list[float]]:
    """Seconds of every round per stage; the first round warms up and is left out."""
    times: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        for name, stage in stages_of(documents).items():
            started = time.process_time()
            for document in documents:
                stage(document)
            if number:
                times.setdefault(name, []).append(time.process_time() - started)
    return times


_STAGES: dict[int, dict[str, Stage]] = {}


def stages_of(documents: list[Document]) -> dict[str, Stage]:
    """Stages of a list of documents, made once."""
    return _STAGES.setdefault(id(documents), stages(documents))


def print_table(title: str, documents: list[Document], rounds: int) -> None:
    """Milliseconds a page, spread, and ratio to the bare parse."""
    size = sum(len(d.body) for d in documents) / len(documents) / 1000
    print(f"\n{title}: {len(documents)} pages of {size:.1f} kB\n")
    print(f"| {'stage':34} | ms a page | spread | x bare parse |\n|---|---:|---:|---:|")
    times = measure(documents, rounds)
    bare = min(times["bare lxml parse"])
    for name, some in times.items():
        least = min(some)
        print(f"| {name:34} | {1000 * least / len(documents):.3f} | {max(some) / least:.2f} | {least / bare:.2f} |")


def count_instructions(paths: list[str]) -> None:
    """Machine instructions of a warm pass over all pages, from the difference of two runs: to compare commits."""
    tool = instruction_counter()
    if tool is None:
        print("\ninstructions: neither perf (with counters) nor valgrind here, not counted")
        return
    name, count = tool
    one, three = (count(paths, passes) for passes in (1, 3))
    pages = len(load_documents(paths))
    print(f"\ninstructions ({name}): {(three - one) / 2 / pages / 1e6:.2f} million a page, whole page to feed lines")


def instruction_counter() -> tuple[str, Callable[[list[str], int], int]] | None:
    """The counter that works here."""
    if shutil.which("perf"):
        tried = subprocess.run(
            ["perf", "stat", "-x,", "-e", "instructions:u", "true"], capture_output=True, text=True, check=False
        )
        if re.search(r"^\d+,", tried.stderr, re.MULTILINE):
            return "perf, user", partial(_count, ["perf", "stat", "-x,", "-e", "instructions:u"], r"^(\d+),")
    if shutil.which("valgrind"):
        command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
        return "callgrind", partial(_count, command, r"Collected : (\d+)")
    return None


def _count(command: list[str], pattern: str, paths: list[str], passes: int) -> int:
    program = [sys.executable, "-m", "benchmarks.pages", "--pass", str(passes), *paths]
    done = subprocess.run([*command, *program], capture_output=True, text=True, check=True, cwd=ROOT)
    match = re.search(pattern, done.stderr, re.MULTILINE)
    if match is None:
        raise ValueError(f"no count in what {command[0]} said")
    return int(match[1])


def compare_jobs(jobs: int, count: int, repeats: int) -> None:
    """`scrapy extract` over an archive of composed pages with one process and with several."""
    from tests.site.big import BigSite
    from tests.site.build import warc_bytes

    site = BigSite(count)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for first in range(0, count, 1000):
            pages = [site(site.article(n).url) for n in range(first, min(count, first + 1000))]
            (Path(name) / f"{first:06d}.warc.gz").write_bytes(warc_bytes(pages, "bench"))
        walls: dict[int, list[float]] = {1: [], jobs: []}
        for _ in range(repeats):
            for number, some in walls.items():
                command = [sys.executable, "-m", "scrapy", "extract", "--jobs", str(number), name]
                before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
                with Path(name, "out").open("wb") as out:
                    process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.DEVNULL)
                    peak = watch_memory(process)
                if process.returncode:
                    raise subprocess.CalledProcessError(process.returncode, command)
                some.append(time.perf_counter() - started)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                print(
                    f"--jobs {number}: {some[-1]:.1f} s, {cpu:.1f} s of processor, {count / some[-1]:.0f} pages/s, "
                    f"largest process {peak:.0f} MB",
                    flush=True,
                )
        one, several = min(walls[1]), min(walls[jobs])
        print(f"{count} pages: --jobs {jobs} is {one / several:.2f} x --jobs 1 (start-up of the command included)")


def watch_memory(process: subprocess.Popen[bytes]) -> float:
    """Wait for a command; the largest resident size of it and of its processes, in MB.

    Read while they run: what the system counts for a child begins with the size of the process that started it.
    """
    peak = 0
    while process.poll() is None:
        try:
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            for number in (str(process.pid), *children):
                status = Path(f"/proc/{number}/status").read_text()
                peak = max(peak, *(int(size) for size in re.findall(r"VmHWM:\s*(\d+)", status)), 0)
        except OSError:  # one has just ended
            pass
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.1)
    return peak / 1024


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(ROOT / "seeds" / "replay")])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=int, help="pages to measure, spread over all")
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--pages", type=int, default=8000, help="pages for --jobs")
    parser.add_argument("--count", action="store_true")
    parser.add_argument("--pass", type=int, dest="passes", help="only run so many passes, for the counter")
    options = parser.parse_args()
    documents = load_documents(options.paths)
    if not documents:
        print("no article in these paths", file=sys.stderr)
        return 1
    if options.limit:
        documents = documents[:: max(1, len(documents) // options.limit)]
    if options.passes:
        for _ in range(options.passes):
            for document in documents:
                read_outcome(document, Options())
        return 0
    print_table("Pages as they are", documents, options.rounds)
    large = [padded(d) for d in documents]
    print_table("The same articles in large pages", large, options.rounds)
    if options.count:
        count_instructions(options.paths)
    if options.jobs:
        print()
        compare_jobs(options.jobs, options.pages, 2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
