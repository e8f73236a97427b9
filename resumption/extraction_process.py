"""Extraction beside the crawl: a process of its own reads the texts while the crawl goes on asking for pages.

A long text never keeps the crawl from answering a server, and a text that ends the process (no memory, a fault in a C
library) or never ends costs this article, not the crawl. Articles go in and observations come out in the same order,
through two pipes; when the crawl ends, however it ends, the pipe is closed and the process with it.

`python -m resumption.extraction_process` is that process.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
import signal
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from pathlib import Path
from typing import BinaryIO

from resumption.items import Article, Observation

_LENGTH = struct.Struct("<Q")
_LONGEST = 60.0
"""Seconds for one article; the slowest of 36,000 mutated texts took 1.6 (`benchmarks.fuzz_extraction`)."""
Answer = tuple[Observation, ...]


class ExtractionProcessError(RuntimeError):
    """An article got no answer: its process ended, was ended for taking too long, or could not be started."""


class ExtractionProcess:
    """A started process and the articles that wait for it. Use it inside a running asyncio loop."""

    def __init__(self, longest: float = _LONGEST) -> None:
        self._longest = longest
        self._process: Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._waiting: deque[tuple[Article, asyncio.Future[Answer]]] = deque()
        self._limit: asyncio.TimerHandle | None = None
        """Ends the process if the first of those who wait gets no answer in time."""

    async def extract(self, article: Article) -> Answer:
        """The same as `resumption.extract`. Raises ExtractionProcessError if this article got no answer."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((article, answer))
        if self._reader is None:
            self._reader = asyncio.create_task(self._read_answers())
        elif self._process is not None:
            self._send(article)
            if len(self._waiting) == 1:
                self._watch()
        return await answer

    async def close(self) -> None:
        """Let the process end; nobody waits for an answer any more."""
        process, self._process = self._process, None
        if process is not None and process.stdin is not None:
            process.stdin.close()
            await process.wait()
        if self._reader is not None:
            await self._reader

    async def _read_answers(self) -> None:
        """Start the process, hand its answers to those who wait; start another one when it ends with work left."""
        while self._waiting:
            try:
                process = self._process = await _start()
            except OSError as error:
                self._fail(f"no extraction process could be started: {error.strerror or error}")
                continue
            for article, _ in self._waiting:
                self._send(article)
            self._watch()
            assert process.stdout is not None
            try:
                while True:
                    head = await process.stdout.readexactly(_LENGTH.size)
                    answer = pickle.loads(await process.stdout.readexactly(*_LENGTH.unpack(head)))
                    self._waiting.popleft()[1].set_result(answer)
                    self._watch()
            except asyncio.IncompleteReadError:
                self._process = None
                self._watch()
            code = await process.wait()
            if self._waiting:
                self._fail(f"the extraction of {self._waiting[0][0].url} ended its process ({code})")
        self._reader = None

    def _watch(self) -> None:
        """Count the time of the article that is first now."""
        if self._limit is not None:
            self._limit.cancel()
        self._limit = None
        if self._process is not None and self._waiting:
            self._limit = asyncio.get_running_loop().call_later(self._longest, self._process.kill)

    def _fail(self, said: str) -> None:
        """The article that is first gets no answer."""
        self._waiting.popleft()[1].set_exception(ExtractionProcessError(said))

    def _send(self, article: Article) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(_frame(article))


async def _start() -> Process:
    # The project may stand in an egg that only this process has put on its path.
    path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdin=PIPE, stdout=PIPE, env={**os.environ, "PYTHONPATH": path}
    )


def _frame(value: object) -> bytes:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answer every article of `source` on `target` until `source` ends; both hold pickles behind their lengths."""
    from resumption.extraction import extract

    while len(head := source.read(_LENGTH.size)) == _LENGTH.size:
        article = pickle.loads(source.read(*_LENGTH.unpack(head)))
        target.write(_frame(extract(article)))
        target.flush()


def main() -> None:
    """Serve over standard input and output; what anything prints goes to standard error."""
    # The crawl decides when it ends; a signal to the whole group must not take the articles in work away from it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    gc.freeze()
    try:
        with os.fdopen(os.dup(1), "wb") as answers:
            os.dup2(2, 1)
            serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        os._exit(0)  # the crawl was killed


if __name__ == "__main__":
    main()
