"""`python -m training [FOLDER ...] [--into FOLDER]`: learn the weights anew from annotated articles.

Without a folder: from the articles of the repository, which the tables of the package are learnt from.
"""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

from training.articles import Lesson, read_lessons
from training.constructions import read_constructions

_ROOT = Path(__file__).parents[1]
LEARNT = _ROOT / "resumption" / "lexicon" / "learnt"
"""The tables of the package."""
KNOWN = (_ROOT / "tests" / "gold" / "open", _ROOT / "tests" / "gold" / "dev")
"""Articles that rules were written on."""
UNSEEN = (_ROOT / "training" / "articles",)
"""Articles whose errors were mended later, when the weights had been scored on them."""


def main(arguments: list[str] | None = None) -> None:
    """Read the arguments, learn, write. SystemExit with a sentence if a folder holds nothing to learn from."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description="Learn the weights from annotated articles."
    )
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        help="folders of NNN.json and NNN.txt (docs/annotation.md); default: the articles of the repository",
    )
    parser.add_argument(
        "--unseen",
        nargs="+",
        type=Path,
        default=[],
        metavar="FOLDER",
        help="more of them, on which no rule was written: groups are learnt from these alone, for on the others the "
        "rules look better than they are (default: from all)",
    )
    parser.add_argument("--into", type=Path, default=LEARNT, help="where the tables go (default: the package)")
    options = parser.parse_args(arguments)
    if find_spec("sklearn") is None:
        parser.error("scikit-learn is missing: pip install -r requirements-training.txt")
    if not options.folders and not options.unseen:
        options.folders, options.unseen = KNOWN, UNSEEN
    known = [lesson for folder in options.folders for lesson in _lessons(folder, parser)]
    unseen = [lesson for folder in options.unseen for lesson in _lessons(folder, parser)]
    _learn([*known, *unseen, *read_constructions()], unseen or known, options.into)


def _lessons(folder: Path, parser: argparse.ArgumentParser) -> list[Lesson]:
    try:
        found = list(read_lessons(folder))
    except ValueError as error:
        parser.error(str(error))
    if not found:
        parser.error(f"{folder} holds no annotated article (NNN.json with `observations`, NNN.txt beside it)")
    return found


def _learn(lessons: list[Lesson], unseen: list[Lesson], into: Path) -> None:
    from training import days, homes, populations, roles

    tables = roles.tables(lessons) | days.tables(lessons) | homes.tables(lessons) | populations.tables(unseen)
    into.mkdir(parents=True, exist_ok=True)
    for name, lines in tables.items():  # only now: a failure before leaves the old tables whole
        (into / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(lessons)} articles and sentences read, tables written to {into}\n")


if __name__ == "__main__":
    main()
