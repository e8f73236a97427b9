"""`scrapy explain PATH`: why each number of an article is an observation, or why it is none."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.exceptions import UsageError

import resumption
from resumption.closed_pipe import ends_with_its_reader
from resumption.items import Article
from resumption.quiet_command import QuietCommand


class Command(QuietCommand):
    """Show the evidence behind every decision on one page."""

    def syntax(self) -> str:
        return "[options] PATH"

    def short_desc(self) -> str:
        return "Every number of an article: accepted by which rule, or rejected for which reason"

    def long_desc(self) -> str:
        return (
            "PATH is a saved page (.html) or a plain-text dump of one (.txt). Each sentence with a number is printed, "
            "below it one line per number: + accepted, with indicator, group, place, day, rule and the words used; "
            "- rejected, with the reason. --blocks shows what was left out of the page, and why."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--blocks", action="store_true", help="show the pieces that were cut from the page")
        parser.add_argument("--number", help="only this number, as written: 79.4%%")
        parser.add_argument("--url", default="", help="address of the page")
        parser.add_argument("--published", metavar="DATE", help="day of publication, YYYY-MM-DD")
        parser.add_argument("--region", help="region of the channel: 山东省威海市")

    @ends_with_its_reader
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("name one page or text file", print_help=False)
        path = Path(args[0])
        try:
            body = path.read_bytes()
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}", print_help=False) from None
        address = opts.url or f"file:///{path.name}"
        article = resumption.read_page(body, address, published=opts.published, region=opts.region)
        if article is None:
            raise UsageError(f"{path}: no article found in this page", print_help=False)
        print(f"{article.title or '(no title)'}\n{article.published_at or '(no date)'}  {article.source}\n")
        if opts.blocks:
            _print_blocks(article)
            return
        from resumption.extraction.explain import explain

        for text in explain(article, opts.number):
            print(text)


def _print_blocks(article: Article) -> None:
    print(article.text)
    print(f"\n--- {len(article.cuts)} pieces left out")
    for cut in article.cuts:
        piece = " ".join(cut.text.split())
        print(f"[{cut.group}] {cut.reason}: {piece[:120]}{'…' if len(piece) > 120 else ''}")
