"""Work that a thread does ahead of those who use it: lines are checked while the server takes in those before."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from queue import Queue
from typing import Generic, TypeVar

T = TypeVar("T")

WAITING = 256
"""Items that are made ahead; blocks of lines are 130 kB each."""


class Stopped(Exception):
    """Nobody wants the rest."""


class ReadAhead(Generic[T]):
    """The items of several sources, made one source after the other by a thread of its own.

    Use as a context manager and take the sources in the order in which they were given; what making an item raises is
    raised where the item would be taken.

    >>> with ReadAhead([("articles", lambda: iter("ab")), ("observations", lambda: iter("c"))]) as ahead:
    ...     list(ahead.take("articles")), list(ahead.take("observations"))
    (['a', 'b'], ['c'])
    """

    def __init__(self, sources: Iterable[tuple[str, Callable[[], Iterator[T]]]]) -> None:
        self._sources = list(sources)
        self._made: Queue[tuple[str, T | None, BaseException | None]] = Queue(WAITING)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> ReadAhead[T]:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        while self._thread.is_alive():
            while not self._made.empty():
                self._made.get()
            self._thread.join(0.01)

    def take(self, source: str) -> Iterator[T]:
        """The items of one source, each when it is made."""
        while True:
            name, item, error = self._made.get()
            if name != source:
                raise ValueError(f"{source} was asked for, {name} is next")
            if error is not None:
                raise error
            if item is None:
                return
            yield item

    def _run(self) -> None:
        name = ""
        try:
            for name, make in self._sources:
                for item in make():
                    self._put(name, item)
                self._put(name, None)
        except Stopped:
            pass
        except BaseException as error:  # for the one who takes
            self._made.put((name, None, error))

    def _put(self, name: str, item: T | None) -> None:
        if self._stop.is_set():
            raise Stopped
        self._made.put((name, item, None))
