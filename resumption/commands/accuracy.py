"""`scrapy accuracy`: measure on the gold set and write the tables of docs/accuracy.md."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from resumption.commands.score import score_by, score_folder
from resumption.quiet_command import QuietCommand

if TYPE_CHECKING:
    from resumption.extraction.score import Tally

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "accuracy.md"
START, END = "<!-- measured -->\n", "<!-- end -->"
SETS = {
    "dev": "reports composed for testing; rules were written while looking at them",
    "open": "composed, many events and styles; may be looked at while writing rules",
    "blind": "composed, other events and styles; only ever scored, never read while writing rules",
    "fresh": "composed later: epidemics, broadcast and government, other events; only ever scored",
}


class Command(QuietCommand):
    """Developer's command: run it after a change of extraction."""

    def short_desc(self) -> str:
        return "Measure extraction on the gold set and write docs/accuracy.md"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("scrapy accuracy takes no arguments", print_help=False)
        text = PAGE.read_text(encoding="utf-8")
        before, _, rest = text.partition(START)
        _, _, after = rest.partition(END)
        tables = "\n".join(tables_of_sets())
        PAGE.write_text(f"{before}{START}{tables}\n{END}{after}", encoding="utf-8")
        print(f"wrote {PAGE.relative_to(ROOT)}")


def tables_of_sets() -> Iterator[str]:
    """The measured tables as lines of Markdown: whole sets, fields, indicators, events."""
    from resumption.extraction.score import FIELDS

    tallies = {name: score_folder(ROOT / "tests" / "gold" / name) for name in SETS}
    yield from _table(
        ("set", "articles", "figures", "value F1", "core precision", "core recall", "core F1", "full F1"),
        [
            (f"`{name}`", t.articles, t.gold, t.f1("values")[2], *t.f1("core"), t.f1("full")[2])
            for name, t in tallies.items()
        ],
    )
    yield from (f"- `{name}`: {what}." for name, what in SETS.items())
    yield "\nOf the core matches, the share with the field right:\n"
    yield from _table(
        ("set", *FIELDS),
        [(f"`{name}`", *(t.fields[f] / t.core for f in FIELDS)) for name, t in tallies.items() if t.core],
    )
    yield "\nCore F1 per indicator (number of annotated figures in brackets):\n"
    codes = sorted({code for t in tallies.values() for code in t.per_indicator})
    yield from _table(
        ("indicator", *(f"`{name}`" for name in tallies)),
        [(f"`{code}`", *(_of_indicator(t, code) for t in tallies.values())) for code in codes],
    )
    yield "\nCore F1 per event:\n"
    yield from _table(("set", "event", "articles", "figures", "core F1", "full F1"), list(_per_event()))


def _of_indicator(tally: Tally, code: str) -> str:
    from resumption.extraction.score import ratios

    counts = tally.per_indicator.get(code)
    if not counts or not counts["right"] + counts["missed"]:
        return ""
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    return f"{ratios(right, right + wrong, right + missed)[2]:.2f} ({right + missed})"


def _per_event() -> Iterator[tuple[object, ...]]:
    """Every event of the annotated sets with its figures."""
    for half in ("open", "blind", "fresh"):
        for event, tally in score_by(ROOT / "tests" / "gold" / half, "event").items():
            if tally.gold:
                yield f"`{half}`", event, tally.articles, tally.gold, tally.f1("core")[2], tally.f1("full")[2]


def _table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row) + " |"
    yield ""
