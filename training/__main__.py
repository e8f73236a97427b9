"""`python -m training FOLDER [FOLDER ...] [--into FOLDER]`: learn the weights anew from annotated articles."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from training import days, roles
from training.articles import read_articles
from training.constructions import read_constructions

_LEARNT = Path(__file__).parents[1] / "resumption" / "lexicon" / "learnt"


def main() -> None:
    """Read the arguments, learn, write."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description="Learn the weights from annotated articles."
    )
    parser.add_argument("folders", nargs="+", type=Path, help="folders of NNN.json and NNN.txt (docs/annotation.md)")
    parser.add_argument("--into", type=Path, default=_LEARNT, help="where the tables go (default: the package)")
    options = parser.parse_args()
    for folder in options.folders:
        if not folder.is_dir():
            parser.error(f"{folder} is no folder")
    articles = [*read_articles(options.folders), *read_constructions()]
    roles.write(options.into, roles.examples_of(articles))
    days.write(options.into, articles)
    sys.stdout.write(f"{len(articles)} articles read, tables written to {options.into}\n")


if __name__ == "__main__":
    main()
