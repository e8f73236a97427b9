"""Our reader beside others on a folder of pages with annotations: quality and time in one run, as a table.

    python -m benchmarks.reading tests/pages
    python -m benchmarks.reading FOLDER --readers ours,trafilatura --pages

A page is a folder with `page.html` and `meta.json` (`url`, `must_in`, `must_not`), with `article.json` whose `text`, if
it is there, is the whole body; or a file `NAME.html` beside `NAME.json` with `url` and either `text` or the two lists.
F1 is that of 4-character shingles of the body, white space left out; without a whole body that of the pieces found
and the foreign pieces kept. Time is that of one reading, best of `--repeat`, as a multiple of `lxml.html.fromstring` of
the same bytes. Readers that are not installed are left out: `pip install -r requirements-benchmarks.txt`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import lxml.html

from resumption.page.decode import decode
from resumption.reading import read_page

Reader = Callable[[bytes, str], str]


@dataclass(frozen=True)
class Page:
    """One annotated page."""

    name: str
    body: bytes
    url: str
    text: str = ""
    must_in: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


@dataclass
class Tally:
    """What one reader did on all pages."""

    scores: list[tuple[float, str]] = field(default_factory=list)
    foreign: int = 0
    failed: int = 0
    seconds: float = 0.0


def load_pages(folder: Path) -> list[Page]:
    """All annotated pages below a folder, sorted by name."""
    pages = []
    for path in sorted(folder.rglob("*.html")):
        beside = path.with_suffix(".json")
        meta_path = path.with_name("meta.json") if path.name == "page.html" else beside
        if not meta_path.exists():
            continue
        meta = json.loads(meta_path.read_text(encoding="utf-8"))
        whole = path.with_name("article.json")
        if path.name == "page.html" and whole.exists():
            meta["text"] = json.loads(whole.read_text(encoding="utf-8"))["text"]
        name = str(path.parent.relative_to(folder)) if path.name == "page.html" else path.stem
        pieces = (tuple(meta.get("must_in", ())), tuple(meta.get("must_not", ())))
        pages.append(Page(name, path.read_bytes(), meta.get("url", ""), meta.get("text", ""), *pieces))
    return pages


def shingles(text: str) -> Counter[str]:
    """4-character shingles of a text without its white space."""
    text = re.sub(r"\s+", "", text)
    return Counter(text[i : i + 4] for i in range(len(text) - 3))


def score(page: Page, text: str) -> float:
    """F1 of a reading, 0 to 1."""
    if page.text:
        wanted, got = shingles(page.text), shingles(text)
        return 2 * (wanted & got).total() / ((wanted.total() + got.total()) or 1)
    bare = re.sub(r"\s+", "", text)
    found = sum(re.sub(r"\s+", "", piece) in bare for piece in page.must_in)
    return 2 * found / ((found + foreign_pieces(page, text) + len(page.must_in)) or 1)


def foreign_pieces(page: Page, text: str) -> int:
    """Number of annotated foreign pieces that a reading kept."""
    bare = re.sub(r"\s+", "", text)
    return sum(re.sub(r"\s+", "", piece) in bare for piece in page.must_not)


def _ours(body: bytes, url: str) -> str:
    article = read_page(body, url)
    return article.text if article else ""


def _general(body: bytes, url: str) -> str:
    article = read_page(body, "https://unknown.invalid/1.html")
    return article.text if article else ""


def _trafilatura(body: bytes, url: str) -> str:
    import trafilatura

    return trafilatura.extract(decode(body).text, include_comments=False) or ""


def _readability(body: bytes, url: str) -> str:
    import readability

    return lxml.html.fromstring(readability.Document(decode(body).text).summary()).text_content()


def _justext(body: bytes, url: str) -> str:
    import justext

    paragraphs = justext.justext(
        decode(body).text, frozenset(), stopwords_low=0.0, stopwords_high=0.0, length_low=20, length_high=60
    )
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)


def _gne(body: bytes, url: str) -> str:
    from gne import GeneralNewsExtractor

    return str(GeneralNewsExtractor().extract(decode(body).text).get("content", ""))


def _newspaper(body: bytes, url: str) -> str:
    import newspaper

    article = newspaper.Article(url or "https://unknown.invalid/", language="zh")
    article.download(input_html=decode(body).text)
    article.parse()
    return str(article.text)


def _magic(body: bytes, url: str) -> str:
    from magic_html import GeneralExtractor

    found = GeneralExtractor().extract(decode(body).text, base_url=url or "https://unknown.invalid/")
    return str(lxml.html.fromstring(found["html"]).text_content())


READERS: dict[str, tuple[str, Reader]] = {
    "ours": ("resumption", _ours),
    "ours, general": ("resumption", _general),
    "trafilatura": ("trafilatura", _trafilatura),
    "readability-lxml": ("readability", _readability),
    "jusText": ("justext", _justext),
    "GNE": ("gne", _gne),
    "newspaper4k": ("newspaper", _newspaper),
    "magic-html": ("magic_html", _magic),
}


def best_time(work: Callable[[], object], repeat: int) -> float:
    """Least processor time of some runs, in seconds."""
    times = []
    for _ in range(repeat):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def measure(pages: list[Page], reader: Reader, repeat: int) -> Tally:
    """Run one reader over all pages; a page on which it raises counts 0 and is told."""
    tally = Tally()
    for page in pages:
        try:
            text = reader(page.body, page.url)
        except (ValueError, TypeError, AttributeError, LookupError, RuntimeError, OSError, ImportError) as error:
            tally.failed += 1
            print(f"  {page.name}: {type(error).__name__}: {error}", file=sys.stderr)
            tally.scores.append((0.0, page.name))
            continue
        tally.scores.append((score(page, text), page.name))
        tally.foreign += foreign_pieces(page, text)
        tally.seconds += best_time(lambda page=page: reader(page.body, page.url), repeat)
    return tally


def main() -> int:
    """Print the table; the exit code is 1 when the folder holds no annotated page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readers", default=",".join(READERS), help="comma-separated; `ours, general` is `general`")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--pages", action="store_true", help="also each page below 0.97")
    options = parser.parse_args()
    pages = load_pages(options.folder)
    if not pages:
        print(f"no annotated page below {options.folder}", file=sys.stderr)
        return 1
    chosen = options.readers.split(",")
    bare = sum(best_time(lambda page=page: lxml.html.fromstring(page.body or b"<p>"), options.repeat) for page in pages)
    print(f"{len(pages)} pages, bare lxml parse {1000 * bare / len(pages):.2f} ms a page")
    print(f"{'reader':18}{'F1 mean':>9}{'least':>8}{'< 0.80':>8}{'foreign':>9}{'x parse':>9}")
    for name, (module, reader) in READERS.items():
        if (
            not any(part.strip() and part.strip() in name for part in chosen)
            or importlib.util.find_spec(module) is None
        ):
            continue
        tally = measure(pages, reader, options.repeat)
        values = [value for value, _ in tally.scores]
        low = sum(value < 0.8 for value in values)
        times = f"{tally.seconds / bare:9.1f}"
        print(f"{name:18}{sum(values) / len(values):9.4f}{min(values):8.3f}{low:8}{tally.foreign:9}{times}")
        if options.pages:
            for value, page in sorted(tally.scores):
                if value < 0.97:
                    print(f"    {value:.3f} {page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
