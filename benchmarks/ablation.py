"""What each lexicon word is worth: every word is switched off in turn, and the annotated articles are scored again.

    python -m benchmarks.ablation                         tests/gold/dev and tests/gold/open
    python -m benchmarks.ablation FOLDER... --top 60      annotated articles of your own

A word can only matter where it stands, so only the articles that hold it are read again. Printed: what the articles
lose (or gain) in right figures without the word, its classes and in how many articles it stands; then the words that
no article needs, by class. A word that costs more than it brings, or that nothing needs, is worth a second look.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from resumption.annotated import Record, read_annotated
from resumption.extraction import extract, groups, words
from resumption.extraction.characters import normalise
from resumption.extraction.score import Tally
from resumption.extraction.words import load_flags, names_of
from resumption.items import Article

GOLD = Path(__file__).parent.parent / "tests" / "gold"


class Known(NamedTuple):
    """An article with what a reader found in it."""

    article: Article
    gold: list[Record]
    text: str
    """Title and text in the form that the words are looked up in."""


class Worth(NamedTuple):
    """What a word brings: right figures and false ones, with it less without it."""

    right: int
    wrong: int
    full: int
    articles: int


def load_known(folders: list[Path]) -> list[Known]:
    """The annotated articles of folders. ValueError for a file that is broken."""
    return [
        Known(one.article, one.records, normalise(f"{one.article.title}\n{one.article.text}").text)
        for folder in folders
        for one in read_annotated(folder)
        if one.article is not None
    ]


def counts(one: Known) -> tuple[int, int, int]:
    """Right figures, false figures and full records of one article."""
    rows = [
        {**{name: getattr(o, name) for name in ("indicator", "value", "number", "quote", "population", "region")},
         "unit": str(o.unit), "comparator": str(o.comparator), "kind": str(o.kind), "status": str(o.status),
         "as_of": o.as_of.isoformat() if o.as_of else None, "optional": o.optional}
        for o in extract(one.article)
    ]  # fmt: skip
    tally = Tally()
    tally.add("", one.gold, rows)
    return tally.core, tally.got - tally.core, tally.full


def forget_words() -> None:
    """Drop what was derived from the word lists, but for the tokenizer of lone place names: it takes a second."""
    for module in (words, groups):
        for name in dir(module):
            if name != "load_flags" and hasattr(member := getattr(module, name), "cache_clear"):
                member.cache_clear()


def measure(articles: list[Known]) -> dict[str, Worth]:
    """The worth of every lexicon word that stands in one of the articles."""
    base = [counts(one) for one in articles]
    flags = load_flags()
    found: dict[str, Worth] = {}
    for word in sorted(flags):
        holders = [index for index, one in enumerate(articles) if word in one.text]
        if not holders:
            continue
        entry = flags.pop(word)
        forget_words()
        without = [counts(articles[index]) for index in holders]
        flags[word] = entry
        changes = [sum(base[i][n] - w[n] for i, w in zip(holders, without, strict=True)) for n in range(3)]
        found[word] = Worth(*changes, len(holders))
    forget_words()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", nargs="*", type=Path, default=[GOLD / "dev", GOLD / "open"])
    parser.add_argument("--top", type=int, default=40, help="words to print at each end")
    options = parser.parse_args()
    articles = load_known(options.folders)
    if not articles:
        parser.error("no annotated articles there")
    worth = measure(articles)
    flags = load_flags()
    ranked = sorted(worth.items(), key=lambda item: (item[1].wrong - item[1].right, -item[1].full, item[0]))
    print(f"{len(articles)} articles, {len(flags)} words, {len(worth)} of them in the articles")
    print(f"{'word':<12}{'right':>6}{'false':>6}{'full':>6}{'articles':>9}  classes")
    useful = [item for item in ranked if item[1].right > item[1].wrong][: options.top]
    harmful = [item for item in ranked if item[1].right < item[1].wrong][-options.top :]
    for word, value in [*useful, *harmful]:
        numbers = f"{value.right:>+6}{value.wrong:>+6}{value.full:>+6}{value.articles:>9}"
        print(f"{word:<12}{numbers}  {names_of(flags[word][0])}")
    idle = Counter(names_of(flags[word][0]) for word, value in worth.items() if not any(value[:3]))
    print(
        f"{sum(idle.values())} words change no figure here: "
        + ", ".join(f"{n} {name}" for name, n in idle.most_common(12))
    )


if __name__ == "__main__":
    main()
