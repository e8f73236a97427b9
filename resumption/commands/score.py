"""`scrapy score GOLD`: how good extraction is on articles that a person has annotated."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError

import resumption
from resumption.annotated import read_annotated
from resumption.closed_pipe import ends_with_its_reader
from resumption.quiet_command import QuietCommand
from resumption.rows import Row, observation_row

if TYPE_CHECKING:
    from resumption.extraction.score import Tally


class Command(QuietCommand):
    """Compare extraction with the annotations of a folder."""

    def syntax(self) -> str:
        return "[--errors] GOLD"

    def short_desc(self) -> str:
        return "Precision, recall and F1 on annotated articles"

    def long_desc(self) -> str:
        return (
            "GOLD is a folder of NNN.json files (`id`, `title`, `published`, `observations`, see docs/annotation.md) "
            "with the article's text beside each as NNN.txt, or the .zip of them that the evidence page of a report "
            "downloads. Printed are precision, recall and F1 over all and per "
            "indicator, and how often each field is right."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--errors", action="store_true", help="list every disagreement")

    @ends_with_its_reader
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("name one folder of annotated articles", print_help=False)
        tally = score_folder(Path(args[0]))
        if not tally.articles:
            raise UsageError(f"{args[0]} holds no annotated article (NNN.json with `observations`)", print_help=False)
        from resumption.extraction.score import report

        for text in report(tally, errors=opts.errors):
            print(text)


def score_folder(folder: Path) -> Tally:
    """Read and extract every annotated article of a folder (or a report's .zip of one) and compare."""
    from resumption.extraction.score import Tally

    tally = Tally()
    for gold, rows in _annotated(folder):
        tally.add(gold["id"], gold["observations"], rows)
    return tally


def score_by(folder: Path, key: str) -> dict[str, Tally]:
    """The same for each value of one key of the annotations, `event` or `style`; most observations first."""
    from resumption.extraction.score import Tally

    tallies: dict[str, Tally] = {}
    for gold, rows in _annotated(folder):
        tallies.setdefault(str(gold.get(key, "")), Tally()).add(gold["id"], gold["observations"], rows)
    return dict(sorted(tallies.items(), key=lambda item: -item[1].gold))


def _annotated(folder: Path) -> Iterator[tuple[dict[str, Any], list[Row]]]:
    """Every annotated article with the rows that are extracted from its text. UsageError for a file that is broken."""
    try:
        for name, gold, article in read_annotated(folder):
            rows = [observation_row(article, o) for o in resumption.extract(article)] if article is not None else []
            yield {"id": name, **gold}, rows
    except ValueError as error:
        raise UsageError(str(error), print_help=False) from error
