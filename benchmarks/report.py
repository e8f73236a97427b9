"""How long a report takes and how large its pages are: 10,000 observations in 2,000 articles.

    python -m benchmarks.report [ARTICLES]

Composes feeds, loads them, keeps a page for every article in a WARC file, writes the report (texts and pages read
again), then opens every kind of page in a Chromium and prints how long until it is drawn.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from benchmarks.compose_feeds import compose_articles
from resumption.archive import WarcFile
from resumption.commands.report import Command
from resumption.items import Article
from resumption.middlewares.render import ARGUMENTS, find_browser
from resumption.rows import article_row, line, observation_rows
from resumption.warehouse import open_warehouse
from resumption.warehouse.feed_files import find_feeds


def main(count: int) -> None:
    """Print times in seconds and sizes in bytes."""
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        target = f"duckdb:///{folder / 'w.duckdb'}"
        observations = prepare(folder, count, target)
        out = folder / "site"
        started, before = time.perf_counter(), os.times()
        command = Command()
        command.run([], Namespace(source=target, out=str(out), no_pages=False))
        seconds, used = time.perf_counter() - started, sum(os.times()[:4]) - sum(before[:4])
        sizes = {path.name: path.stat().st_size for path in out.glob("*.html")}
        largest = max(sizes, key=lambda name: sizes[name])
        print(f"{observations} observations, {count} articles: written in {seconds:.1f} s ({used:.1f} s of processor)")
        print(
            f"{len(sizes)} pages, largest {largest} {sizes[largest]:,} bytes, index.html {sizes['index.html']:,} bytes"
        )
        open_pages(out, ("index.html", "series.html", "evidence.html", "evidence-2.html", "findings.html"))


def prepare(folder: Path, count: int, target: str) -> int:
    """Feeds and archive in `folder`, loaded into `target`; returns the number of observations."""
    os.environ["RESUMPTION_DATA"] = str(folder)
    warc = WarcFile(folder / "archive" / "bench.warc.gz")
    observations = 0
    for feed in ("articles", "observations"):
        (folder / feed).mkdir()
    with (
        (folder / "articles" / "part.jsonl").open("w", encoding="utf-8") as articles,
        (folder / "observations" / "part.jsonl").open("w", encoding="utf-8") as reports,
    ):
        for article in compose_articles(count):
            place = warc.write(
                article.url, 200, "OK", [("Content-Type", "text/html; charset=utf-8")], page_of(article),
                date="2020-02-22T10:00:00Z",
            )  # fmt: skip
            stored = replace(article, raw_ref=place.ref)
            articles.write(line(article_row(stored)))
            rows = [line(row) for row in observation_rows(stored)]
            reports.writelines(rows)
            observations += len(rows)
    warc.close()
    with open_warehouse(target) as warehouse:
        warehouse.load(find_feeds([folder / "articles", folder / "observations"]))
    return observations


def page_of(article: Article) -> bytes:
    """A page of the usual size and form, with the furniture that is cut."""
    paragraphs = "".join(f"<p>{text}</p>" for text in article.text.split("\n"))
    links = "".join(f'<li><a href="/{n}.shtml">本市要闻第{n}条</a></li>' for n in range(120))
    return (
        f"<html><head><title>{article.title}</title></head><body><ul>{links}</ul><h1>{article.title}</h1>"
        f'<div class="article-main">{paragraphs}</div><div class="related"><ul>{links}</ul></div></body></html>'
    ).encode()


def open_pages(out: Path, names: tuple[str, ...]) -> None:
    """Print for each page the time from its opening until its load event is over."""
    from playwright.sync_api import sync_playwright

    path = find_browser()
    if path is None:
        print("no Chromium: pages were not opened")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        for name in names:
            if not (out / name).exists():
                continue
            page = browser.new_page()
            started = time.perf_counter()
            page.goto((out / name).as_uri(), wait_until="load")
            print(f"{name}: loaded in {time.perf_counter() - started:.2f} s")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
