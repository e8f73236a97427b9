"""`scrapy figures | head`: a reader that has seen enough is no error."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

C = TypeVar("C")

Run = Callable[[C, list[str], argparse.Namespace], None]


def ends_with_its_reader(run: Run[C]) -> Run[C]:
    """The `run` of a command that prints: it ends quietly when the other end of a pipe was closed.

    What is still unwritten goes nowhere; without that Python complains again when it flushes at exit.
    """

    @wraps(run)
    def quiet(command: C, args: list[str], opts: argparse.Namespace) -> None:
        try:
            run(command, args, opts)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    return quiet
