"""Documents to feed lines, in this process or in several: the same lines in the same order.

A piece of the inputs (`inputs.find_pieces`) is the unit of work. Processes read their pieces themselves and send lines
back; links between versions are made by the one that gathers them (`Versions`), in the order of the inputs. At most
two pieces per process are under way, so memory does not grow with the inputs. The job of `spark/` uses the same.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import NamedTuple

from resumption.extraction import extract
from resumption.gate import host_gate, refuse
from resumption.inputs import Document, Piece, Problem, read_piece
from resumption.items import Article
from resumption.reading import read_page
from resumption.rows import EvidenceError, article_row, check_evidence, line, observation_rows

NO_ARTICLE = "not an article"
SETTLED = 50
"""Documents after which all tables are loaded."""
GARBAGE_EVERY = (20_000, 20, 20)
"""Allocations before the garbage collector looks; nearly all that a page makes is gone without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is left out before reading."""

    gate: bool = False
    hosts: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """What became of one document."""

    where: str
    problem: str = ""
    """Why it, or a part of it, could not be read."""
    refused: str = ""
    """Why it gives no line: NO_ARTICLE, or a `gate.Refusal`."""
    article_id: str = ""
    version: str = ""
    article: str = ""
    """Line of the articles feed, without `supersedes`; "" if there is none."""
    observations: str = ""
    """Lines of the observations feed."""


def read_document(document: Document) -> Article | None:
    """The article of a document with its observations, None if it is none."""
    article = read_page(
        document.body,
        document.url,
        headers=document.headers,
        published=document.published,
        region=document.region,
        title=document.title,
        fetched_at=document.fetched_at,
        http_status=document.http_status,
        raw_ref=document.raw_ref,
    )
    return None if article is None else replace(article, observations=extract(article))


def read_outcome(document: Document | Problem, options: Options) -> Outcome:
    """A document as feed lines."""
    if isinstance(document, Problem):
        return Outcome(document.where, problem=document.what)
    if options.gate and (refusal := refuse(document.body)):
        return Outcome(document.where, refused=refusal.value)
    article = read_document(document)
    if article is None:
        return Outcome(document.where, refused=NO_ARTICLE)
    article, problem = _proven(article)
    return Outcome(
        document.where,
        problem=problem,
        article_id=article.article_id,
        version=article.article_version_id,
        article=line(article_row(article)),
        observations="".join(map(line, observation_rows(article))),
    )


def read_outcomes(piece: Piece, options: Options) -> Iterator[Outcome]:
    """What becomes of the documents of a piece, in their order."""
    for document in read_piece(piece, wanted=host_gate(options.hosts)):
        yield read_outcome(document, options)


class Versions:
    """Links the versions of an article in the order they are met; each version counts once."""

    def __init__(self) -> None:
        self._latest: dict[bytes, bytes] = {}
        self._older: set[bytes] = set()

    def note(self, article_id: str, version: str) -> str | None:
        """Take a version as met; returns the one it supersedes, "" if there is none, None if it was met before."""
        article, key = bytes.fromhex(article_id)[:16], bytes.fromhex(version)
        earlier = self._latest.get(article, b"")
        if key == earlier or key in self._older:
            return None
        if earlier:
            self._older.add(earlier)
        self._latest[article] = key
        return earlier.hex()

    def link(self, outcome: Outcome) -> Outcome | None:
        """The outcome with `supersedes` in its article's line, None for a version that was met before."""
        earlier = self.note(outcome.article_id, outcome.version)
        if not earlier:
            return None if earlier is None else outcome
        return outcome._replace(article=line(json.loads(outcome.article) | {"supersedes": earlier}))


def run_pieces(pieces: Iterable[Piece], options: Options, jobs: int = 1) -> Iterator[tuple[Piece, Iterable[Outcome]]]:
    """Read pieces in `jobs` processes; every piece with its outcomes, in the order of `pieces`.

    A piece that kills its process twice (the second time alone) is a problem, the others are read.
    """
    if jobs == 1:
        number = count(1)
        for piece in pieces:
            yield piece, _settling(read_outcomes(piece, options), number)
        return
    _warm_up(options)
    work = partial(_read_all, options=options)
    rest = iter(pieces)
    waiting: deque[Piece] = deque()
    while True:
        executor = _executor(jobs)
        try:
            yield from _run(executor, work, waiting, rest, 2 * jobs)
            return
        except BrokenProcessPool:
            executor.shutdown(cancel_futures=True)
            yield waiting[0], _read_alone(work, waiting[0])
            waiting.popleft()
        finally:
            executor.shutdown(cancel_futures=True)


Work = Callable[[Piece], list[Outcome]]


def _run(
    executor: ProcessPoolExecutor, work: Work, waiting: deque[Piece], rest: Iterator[Piece], window: int
) -> Iterator[tuple[Piece, Iterable[Outcome]]]:
    """Outcomes of `waiting` and `rest` in order; what is not done yet stands in `waiting` when a process died."""
    futures: deque[Future[list[Outcome]]] = deque(executor.submit(work, piece) for piece in waiting)
    while True:
        while len(waiting) < window and (piece := next(rest, None)) is not None:
            waiting.append(piece)
            futures.append(executor.submit(work, piece))
        if not waiting:
            return
        outcomes = futures.popleft().result()
        yield waiting[0], outcomes
        waiting.popleft()


def _read_alone(work: Work, piece: Piece) -> list[Outcome]:
    with _executor(1) as executor:
        try:
            return executor.submit(work, piece).result()
        except BrokenProcessPool:
            where = f"{piece.source} from byte {piece.start}" if piece.kind == "warc" else piece.source
            return [Outcome(where, problem="reading this piece killed the process, it is left out")]


def _executor(processes: int) -> ProcessPoolExecutor:
    methods = multiprocessing.get_all_start_methods()
    # Forked processes share the lexicons of this one, which has a single thread when they start.
    context = multiprocessing.get_context("fork" if "fork" in methods else methods[0])
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_leave_interrupts)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that gathers; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _warm_up(options: Options) -> None:
    """Load what every process needs once, before there are several."""
    text = "截至2月21日，山东省威海市122家规上企业复工121家，复工率99.2%，返岗28.38万人。"
    page = f"<h1>复工</h1><p>2020-02-22 来源：某网</p><div><p>{text}</p></div>"
    read_outcome(Document(body=page, url="https://news.example.com/1.html", where=""), options)
    _settle()


def _settling(outcomes: Iterable[Outcome], number: Iterator[int]) -> Iterator[Outcome]:
    """The outcomes, `number` counting them; a few pages alone are read before there would be any gain."""
    for outcome in outcomes:
        yield outcome
        if next(number) == SETTLED:
            _settle()


def _settle() -> None:
    """The garbage collector need not walk through the tables again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_EVERY)


def _read_all(piece: Piece, options: Options) -> list[Outcome]:
    return list(read_outcomes(piece, options))


def _proven(article: Article) -> tuple[Article, str]:
    """Leave out observations whose offsets do not lead to their number and quote, and tell of them."""
    good, problem = [], ""
    for observation in article.observations:
        try:
            check_evidence(article.text, observation)
            good.append(observation)
        except EvidenceError as error:
            problem = f"an observation was left out: {error}"
    return (replace(article, observations=tuple(good)), problem) if problem else (article, "")
