"""Speed of `extract`: whole, per stage, start-up, and beside other tools for Chinese text.

    python -m benchmarks.extraction              the articles of tests/gold/open and tests/site
    python -m benchmarks.extraction FOLDER       NAME.json (title, published) with NAME.txt, as in tests/gold/open

One core, warm, least processor time of several rounds over all texts, so that other programs disturb little. Peers are
measured on the same texts if they are installed (requirements-benchmarks.txt).
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from resumption.extraction import extract
from resumption.extraction.characters import normalise
from resumption.extraction.dates import find_dates
from resumption.extraction.home import read_home
from resumption.extraction.quantities import find_quantities
from resumption.extraction.regions import Frame, find_regions
from resumption.extraction.sentences import find_headings, find_sentences
from resumption.extraction.words import find_words
from resumption.items import Article

ROOT = Path(__file__).parent.parent
FIRST = """
from resumption import extract
from resumption.items import Article
text = "截至2月21日，威海经区122家规上企业复工121家，复工率99.2%。"
assert extract(Article(url="", title="", text=text, published_at="2020-02-22T09:00:00+08:00"))
"""
"""The program whose start-up is measured: from nothing to the first result."""

PEER_CHARACTERS = 4000
"""Peers read only the first articles: some need a second for a paragraph."""


def load_articles(folder: Path | None) -> list[Article]:
    """Articles of a folder of annotated texts, or those of the repository."""
    if folder is not None:
        return list(_of_folder(folder))
    from tests.site.articles import load_articles as composed

    own = [Article(url=a.url, title=a.title, text=a.text, published_at=_midnight(a.published)) for a in composed()]
    return [*_of_folder(ROOT / "tests" / "gold" / "open"), *own]


def _of_folder(folder: Path) -> Iterator[Article]:
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        published = _midnight(data.get("published") or "")
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        yield Article(url="", title=data.get("title", ""), text=text, published_at=published)


def _midnight(day: str) -> str | None:
    return f"{day[:10]}T00:00:00+08:00" if day else None


def rate(read: Callable[[Any], object], inputs: list[Any], characters: int, seconds: float) -> float:
    """Characters per second of processor time, the best round of about `seconds` in all."""
    for item in inputs:
        read(item)
    best, until = float("inf"), time.monotonic() + seconds
    while time.monotonic() < until:
        start = time.process_time()
        for item in inputs:
            read(item)
        best = min(best, time.process_time() - start)
    return characters / best


def stages(articles: list[Article]) -> Iterator[tuple[str, Callable[[Any], object], list[Any]]]:
    """Name, function and inputs of every stage of `extract`, and of the whole first."""
    yield "extract (full records)", extract, articles
    yield "characters: normalise", normalise, [a.text for a in articles]
    texts = [normalise(a.text).text for a in articles]
    yield "quantities", find_quantities, texts
    yield "words", find_words, texts
    yield "dates", lambda item: find_dates(*item), [(t, a.published) for t, a in zip(texts, articles, strict=True)]
    homes: list[tuple[str, str, str, str, int | None]] = [
        ("", normalise(a.title).text, t, a.source, a.published.year if a.published else None)
        for t, a in zip(texts, articles, strict=True)
    ]
    yield "regions: home", lambda item: read_home(*item), homes
    frames: list[tuple[str, Frame]] = [(t, read_home(*home)[0]) for t, home in zip(texts, homes, strict=True)]
    yield "regions: all", lambda item: find_regions(*item), frames
    yield "sentences and headings", lambda text: (find_sentences(text), find_headings(text)), texts


def peers() -> Iterator[tuple[str, str, Callable[[str], object]]]:
    """Name, what it does, and the call of every peer that is installed."""
    if module := _module("jieba"):
        module.setLogLevel(60)
        module.initialize()
        yield "jieba.lcut", "words", module.lcut
    if module := _module("recognizers_number"):
        model = module.NumberRecognizer(module.Culture.Chinese).get_number_model()
        yield "Recognizers-Text number", "numbers", model.parse
    if module := _module("recognizers_date_time"):
        model = module.DateTimeRecognizer(module.Culture.Chinese).get_datetime_model()
        yield "Recognizers-Text date-time", "dates", lambda text: model.parse(text, None)
    if module := _module("jionlp"):
        yield "JioNLP extract_time", "dates", module.ner.extract_time
        yield "JioNLP recognize_location", "places", module.recognize_location
    if module := _module("cpca"):
        yield "cpca", "places", lambda text: module.transform([text])


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def start_up(program: str, runs: int = 7) -> tuple[float, float]:
    """Least processor and wall milliseconds of a fresh process that runs a program; bytecode is there, as installed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, env=environment)
    processor = wall = float("inf")
    for _ in range(runs):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, env=environment)
        wall = min(wall, time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor = min(processor, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return processor * 1000, wall * 1000


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=2.0, help="per measurement")
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    articles = load_articles(options.folder)
    size = sum(len(a.text) for a in articles)
    print(f"{len(articles)} articles, {size} characters, Python {sys.version.split()[0]}\n")
    print(f"{'stage':<28} {'chars/s':>12} {'ns/char':>9}")
    whole = 0.0
    for name, read, inputs in stages(articles):
        speed = rate(read, inputs, size, options.seconds)
        whole = whole or speed
        print(f"{name:<28} {speed:>12,.0f} {1e9 / speed:>9.0f}")
    bare, first = start_up("pass"), start_up(FIRST)
    print(f"\n{'start-up, ms':<28} {'processor':>12} {'wall':>9}")
    print(f"{'Python alone':<28} {bare[0]:>12.0f} {bare[1]:>9.0f}")
    print(f"{'to the first result':<28} {first[0]:>12.0f} {first[1]:>9.0f}")
    if options.no_peers:
        return
    print(f"\n{'peer':<28} {'finds':<10} {'chars/s':>12} {'extract is':>12}")
    texts: list[str] = []
    for article in articles:
        if sum(map(len, texts)) < PEER_CHARACTERS:
            texts.append(article.text)
    for name, finds, read in peers():
        speed = rate(read, texts, sum(map(len, texts)), options.seconds)
        print(f"{name:<28} {finds:<10} {speed:>12,.0f} {whole / speed:>10.1f} x")


if __name__ == "__main__":
    main()
