"""`write_report`: all pages of the site, each complete on its own, none larger than `page.LARGEST_PAGE`."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from resumption.report.evidence import Chunk, ReadAgain, article_data, chunk_articles, read_nothing
from resumption.report.figures import latest_data, load_tiles, series_data, tile_data
from resumption.report.findings import findings_data
from resumption.report.page import embed, load_words, render_page
from resumption.report.plot import plot_library, series_plot
from resumption.report.source import Contents, StoredArticle, read_contents
from resumption.warehouse import Warehouse

AssessChannels = Callable[[list[dict[str, Any]]], dict[str, Any]]
"""Records of runs to the state of every channel (`monitor.as_document`); the commands layer has it, with the seeds."""
Plot = tuple[dict[str, Any], str]
"""Specification and library of the plots."""
MANIFEST = "report.json"
MOST_POINTS = 24_000
MOST_LATEST = 8_000
LARGEST_PART = 1_500_000
"""Bytes of findings on one page."""
_OWN_NAME = re.compile(r"(?:index|series|(?:evidence|findings)(?:-\d+)?)\.html|raw/[0-9a-f]{16}\.txt")


@dataclass(slots=True)
class Written:
    """What a report consists of: file names below its folder, with their sizes in bytes."""

    folder: Path
    files: dict[str, int] = field(default_factory=dict)
    articles: int = 0
    observations: int = 0

    @property
    def pages(self) -> dict[str, int]:
        """The HTML pages with their sizes."""
        return {name: size for name, size in self.files.items() if name.endswith(".html")}


def assess_nothing(records: list[dict[str, Any]]) -> dict[str, Any]:
    """For a report without seeds: no state of any channel."""
    return {"at": "", "state": "unknown", "channels": []}


def write_report(
    warehouse: Warehouse,
    folder: Path,
    read_again: ReadAgain = read_nothing,
    assess_channels: AssessChannels = assess_nothing,
) -> Written:
    """Write the site of a warehouse to `folder`, which is made if it is missing.

    Files of an earlier report that are no longer part of it are removed, nothing else. Raises WarehouseError if the
    warehouse was never loaded, OSError if the folder cannot be written.
    """
    with ThreadPoolExecutor(1) as beside:  # the library is bundled while the articles are read
        plot = beside.submit(lambda: (series_plot(), plot_library()))
        return _write(warehouse, _Folder(folder), read_again, assess_channels, plot)


def _write(
    warehouse: Warehouse, out: _Folder, read_again: ReadAgain, assess_channels: AssessChannels, plot: Future[Plot]
) -> Written:
    contents = read_contents(warehouse)
    words = load_words() | {f"indicator.{code}": [label, _english(code)] for code, label in contents.indicators}
    pages_of = _write_evidence(contents, read_again, words, out)

    def ref_of(obs_id: str) -> str:
        return f"{pages_of[obs_id[:12]]}.{obs_id[:12]}" if obs_id[:12] in pages_of else ""

    _write_overview(contents, ref_of, words, out, assess_channels)
    specification, library = plot.result()
    series = series_data(contents.facts, ref_of, MOST_POINTS) | {"plot": specification}
    out.write("series.html", render_page("series", embed(series), words, scripts=("table.js",), library=library))
    _write_findings(contents, ref_of, words, out)
    observations = sum(len(article.reports) for article in contents.articles)
    return Written(out.folder, out.finish(), len(contents.articles), observations)


def _english(code: str) -> str:
    return load_words().get(f"indicator.{code}", ["", code])[1]


class _Folder:
    """The folder of a report: files are complete or not there, and what an earlier report left is cleared away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, int] = {}

    def write(self, name: str, text: str) -> None:
        """Write one file under a temporary name, then rename it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        body = text.encode("utf-8", "backslashreplace")
        temporary = path.with_name(f".{path.name}.part")
        temporary.write_bytes(body)
        temporary.replace(path)
        self.files[name] = len(body)

    def finish(self) -> dict[str, int]:
        """Remove files of the report before, write the list of this one."""
        manifest = self.folder / MANIFEST
        try:
            earlier = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        except (OSError, ValueError, KeyError, TypeError):
            earlier = []
        for name in earlier if isinstance(earlier, list) else []:
            if isinstance(name, str) and _OWN_NAME.fullmatch(name) and name not in self.files:
                (self.folder / name).unlink(missing_ok=True)
        files = dict(self.files)
        self.write(MANIFEST, json.dumps({"files": sorted(files)}, indent=1) + "\n")
        return files


def _write_evidence(
    contents: Contents, read_again: ReadAgain, words: dict[str, list[str]], out: _Folder
) -> dict[str, int]:
    """Write the evidence pages; returns which page an observation stands on, by the first 12 digits of its id."""
    pages_of: dict[str, int] = {}
    chunks: list[tuple[Chunk, str]] = []
    with tempfile.TemporaryDirectory() as held:  # a page links to all others: their number is known at the end only
        for number, (chunk, items) in enumerate(chunk_articles(_items(contents.articles, read_again, out)), 1):
            for item in items:
                pages_of.update(dict.fromkeys(item["obs"], number))
            path = Path(held, f"{number}.json")
            path.write_text("[" + ",".join(chunk.pieces) + "]", encoding="utf-8")
            chunk.pieces.clear()
            chunks.append((chunk, str(path)))
        parts = [[chunk.count, chunk.first, chunk.last] for chunk, _ in chunks]
        for number, (_, path_text) in enumerate(chunks or [(Chunk([]), "")], 1):
            articles = Path(path_text).read_text(encoding="utf-8") if path_text else "[]"
            data = f'{{"part":{number},"parts":{embed(parts)},"articles":{articles}}}'
            name = "evidence.html" if number == 1 else f"evidence-{number}.html"
            out.write(name, render_page("evidence", data, words, scripts=("zip.js", "review.js")))
    return pages_of


def _items(articles: list[StoredArticle], read_again: ReadAgain, out: _Folder) -> Iterator[dict[str, Any]]:
    for article, again in zip(articles, read_again(articles), strict=True):
        raw_file = None
        if again.page is not None:
            key = article.row["raw_sha256"] or sha256(again.page.encode("utf-8", "replace")).hexdigest()
            raw_file = f"raw/{key[:16]}.txt"
            if raw_file not in out.files:
                out.write(raw_file, "\ufeff" + again.page)  # a browser knows UTF-8 in a text file by this mark
        yield article_data(article, again, raw_file)


def _write_overview(
    contents: Contents, ref_of: Any, words: dict[str, list[str]], out: _Folder, assess_channels: AssessChannels
) -> None:
    runs = [(row, _record(row)) for row in contents.runs]
    # Run ids hold the time, so the last one of a portal is its last run.
    latest = {row["portal"] or row["run_id"]: _run(row, record) for row, record in runs}
    data = {
        "totals": contents.totals,
        "grids": load_tiles(),
        "tiles": tile_data(contents.facts, ref_of),
        "latest": latest_data(contents.facts, ref_of, MOST_LATEST),
        "health": assess_channels([record for _, record in runs]),
        "runs": [latest[portal] for portal in sorted(latest)],
    }
    out.write("index.html", render_page("index", embed(data), words, scripts=("table.js", "health.js")))


def _record(row: dict[str, Any]) -> dict[str, Any]:
    """The `run.json` of a run; {} if it cannot be read."""
    try:
        record = json.loads(row["record"] or "{}")
    except ValueError:
        record = {}
    return record if isinstance(record, dict) else {}


def _run(row: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """One run as the overview takes it; a record that cannot be read has no channels."""
    channels, reasons = record.get("channels"), record.get("reasons")
    return {
        "run": row["run_id"],
        "portal": row["portal"] or "",
        "verdict": row["verdict"] or "",
        "reasons": [str(reason) for reason in reasons] if isinstance(reasons, list) else [],
        "finished": str(record.get("finished") or ""),
        "channels": {str(k): v for k, v in channels.items() if isinstance(v, dict)}
        if isinstance(channels, dict)
        else {},
    }


def _write_findings(contents: Contents, ref_of: Any, words: dict[str, list[str]], out: _Folder) -> None:
    parts: list[list[str]] = [[]]
    size = 0
    for finding in findings_data(contents, ref_of):
        piece = embed(finding)
        if size + len(piece.encode()) > LARGEST_PART:
            parts.append([])
            size = 0
        parts[-1].append(piece)
        size += len(piece.encode())
    for number, pieces in enumerate(parts, 1):
        data = f'{{"part":{number},"parts":{embed([len(p) for p in parts])},"findings":[{",".join(pieces)}]}}'
        name = "findings.html" if number == 1 else f"findings-{number}.html"
        out.write(name, render_page("findings", data, words))
