"""`scrapy extract`: observations from saved pages, text dumps, JSON Lines and WARC files, without a crawler."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from scrapy.exceptions import UsageError

from resumption.quiet_command import QuietCommand

# Scrapy imports every command at every start: what only this one needs is imported when it runs.
if TYPE_CHECKING:
    from resumption.bulk import Outcome, Versions
    from resumption.inputs import Piece
    from resumption.parts import Parts

LONG_WORK = 4 << 20
"""Bytes of input from which on progress is shown."""


class Command(QuietCommand):
    """Read every PATH, write one line per observation (and, if asked, one per article)."""

    def syntax(self) -> str:
        return "[options] PATH..."

    def short_desc(self) -> str:
        return "Extract observations from saved pages, text dumps, .jsonl and WARC files"

    def long_desc(self) -> str:
        return (
            "PATH is a saved page (.html), a plain-text dump of one (.txt), a .jsonl file whose lines have `url` and "
            "`html` or `text` (and may have `title`, `published`, `region`), a WARC file, a folder of these, or - for "
            "standard input. Observations go to standard output as JSON Lines. An input that cannot be read is named "
            "on standard error, the others are still processed, and the exit code is 1. The output is the same, line "
            "by line, whatever --jobs is; with --parts a run that was interrupted goes on where it was."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--observations", metavar="FILE", default="-", help="where observations go (default: -)")
        parser.add_argument("--articles", metavar="FILE", help="write the articles too, - for standard output")
        parser.add_argument("--url", help="address of the page, for a file that has none")
        parser.add_argument("--published", metavar="DATE", help="day or time of publication, for a file without one")
        parser.add_argument(
            "--jobs", metavar="N", type=int, default=1, help="processes, 0 for one per core (default: 1)"
        )
        parser.add_argument(
            "--parts", metavar="DIR", help="write one part per input file into DIR instead; finished parts are kept"
        )
        parser.add_argument(
            "--gate", action="store_true", help="for archives of other hosts: drop pages without a word of the topic"
        )
        parser.add_argument(
            "--hosts", metavar="HOST,...", default="", help="only records of these hosts and those below them (WARC)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from tqdm import tqdm

        from resumption.bulk import Options, Versions
        from resumption.inputs import find_pieces, parse_published, total_size
        from resumption.parts import PartsError

        if not args:
            raise UsageError("name at least one file or folder, or - for standard input", print_help=False)
        if opts.jobs < 0:
            raise UsageError("--jobs is a number of processes, 0 for one per core", print_help=False)
        if opts.parts and (opts.articles or opts.observations != "-"):
            raise UsageError(
                "--parts writes both feeds itself: leave --articles and --observations out", print_help=False
            )
        published = None
        if opts.published:
            try:
                published = parse_published(opts.published)
            except ValueError:
                raise UsageError(
                    f"--published {opts.published!r} is no date: write YYYY-MM-DD", print_help=False
                ) from None
        self._options = Options(gate=opts.gate, hosts=tuple(filter(None, opts.hosts.split(","))))
        self._jobs = opts.jobs or os.cpu_count() or 1
        self._refused: Counter[str] = Counter()
        self._pages = 0
        pieces = find_pieces(args, url=opts.url, published=published)
        size = total_size(args)
        try:
            # tqdm's monitor would be a second thread while processes are forked.
            tqdm.monitor_interval = 0
            with tqdm(total=size, unit="B", unit_scale=True, disable=size < LONG_WORK, file=sys.stderr) as self._bar:
                if opts.parts:
                    self._write_parts(Path(opts.parts), pieces, {"url": opts.url, "published": published})
                else:
                    with _output(opts.observations) as observations, _output(opts.articles) as articles:
                        self._write(pieces, Versions(), articles, observations)
        except BrokenPipeError:
            # The reader of a pipe (`| head`) has seen enough; without this Python complains again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except PartsError as error:
            self._complain(str(error))
        except OSError as error:
            self._complain(f"cannot write: {error.strerror or error}")
        if self._refused.total():
            self._say_refused()

    def _write(self, pieces: Iterable[Piece], versions: Versions, articles: TextIO, observations: TextIO) -> None:
        from resumption.bulk import run_pieces

        for piece, outcomes in run_pieces(pieces, self._options, self._jobs):
            self._gather(outcomes, versions, articles, observations)
            self._show(piece)

    def _write_parts(self, folder: Path, pieces: Iterator[Piece], known: dict[str, str | None]) -> None:
        from resumption.bulk import Versions, run_pieces
        from resumption.parts import Parts

        made_with = known | {"gate": str(self._options.gate), "hosts": ",".join(self._options.hosts)}
        parts, versions = Parts(folder), Versions()
        digests: list[tuple[str, str]] = []
        with contextlib.closing(parts):
            rest = self._pass_finished(parts, pieces, versions, made_with, digests)
            for _, group in groupby(run_pieces(rest, self._options, self._jobs), key=lambda pair: pair[0].source):
                with parts.write(*digests.pop(0)) as part:
                    for piece, outcomes in group:
                        part.problems += self._gather(outcomes, versions, part.articles, part.observations)
                        self._show(piece)

    def _pass_finished(
        self,
        parts: Parts,
        pieces: Iterator[Piece],
        versions: Versions,
        made_with: dict[str, str | None],
        digests: list[tuple[str, str]],
    ) -> Iterator[Piece]:
        """Pieces of the inputs without a finished part; source and digest of each go to `digests` before."""
        from resumption.parts import stamp

        keeping = True
        for source, group in groupby(pieces, key=attrgetter("source")):
            some = list(group)
            digest = stamp(some, made_with)
            record = parts.keep(source, digest) if keeping else None
            if record is None:
                if keeping:
                    parts.drop_rest()
                keeping = False
                digests.append((source, digest))
                yield from some
                continue
            for article_id, version in parts.versions(parts.kept[-1]):
                versions.note(article_id, version)
            if record["problems"]:
                self._complain(f"{source}: {record['problems']} problems when it was read")
            for piece in some:
                self._show(piece)
        if keeping:
            parts.drop_rest()

    def _gather(self, outcomes: Iterable[Outcome], versions: Versions, articles: TextIO, observations: TextIO) -> int:
        """Write the lines of outcomes, tell of the others; returns the number of problems."""
        from resumption.bulk import NO_ARTICLE

        problems = 0
        for outcome in outcomes:
            self._pages += 1
            if outcome.problem:
                problems += 1
                self._complain(f"{outcome.where}: {outcome.problem}")
            if outcome.refused == NO_ARTICLE:
                self._say(f"skipped {outcome.where}: not an article")
            elif outcome.refused:
                self._refused[outcome.refused] += 1
            if outcome.article and (linked := versions.link(outcome)):
                articles.write(linked.article)
                observations.write(linked.observations)
        return problems

    def _show(self, piece: Piece) -> None:
        """Move the progress bar; its rate is in bytes, the pages per second stand beside."""
        if not self._bar.disable:
            elapsed = self._bar.format_dict["elapsed"]
            self._bar.set_postfix_str(f"{self._pages} pages, {self._pages / max(elapsed, 0.001):.0f}/s", refresh=False)
        self._bar.update(piece.size)

    def _say(self, message: str) -> None:
        self._bar.clear()
        print(message, file=sys.stderr)

    def _say_refused(self) -> None:
        reasons = ", ".join(f"{name} {count}" for name, count in sorted(self._refused.items()))
        print(f"gate: {self._refused.total()} of {self._pages} pages dropped ({reasons})", file=sys.stderr)

    def _complain(self, message: str) -> None:
        self._say(f"scrapy extract: {message}")
        self.exitcode = 1


@contextlib.contextmanager
def _output(name: str | None) -> Iterator[TextIO]:
    """Standard output for `-`, nowhere for None, else a file that appears whole or not at all."""
    if name is None:
        with Path(os.devnull).open("w", encoding="utf-8") as out:
            yield out
    elif name == "-":
        sys.stdout.reconfigure(encoding="utf-8", errors="strict", newline="\n")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
    elif (path := Path(name)).exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="\n") as out:  # a pipe or a device is written to, never replaced
            yield out
    else:
        part = path.with_name(path.name + ".part")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("w", encoding="utf-8", newline="\n") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
