"""What our commands that crawl nothing have in common: no log of Scrapy's, and a clear word on an unknown option."""

from __future__ import annotations

import argparse

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError


class QuietCommand(ScrapyCommand):
    """A command of the project that reads and writes files; it lies outside `commands/`, where Scrapy lists all."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own form

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_unknown_options(args)
        super().process_options(args, opts)


def refuse_unknown_options(args: list[str]) -> None:
    """Raise UsageError for an option that no command has: Scrapy hands it over as if it were a file.

    A file of such a name is given as ./--name; a single - is standard input.

    >>> refuse_unknown_options(["page.html", "-"])
    >>> refuse_unknown_options(["--format", "xml"])
    Traceback (most recent call last):
    scrapy.exceptions.UsageError: no option --format; -h lists those there are
    """
    unknown = next((arg for arg in args if arg.startswith("-") and arg != "-"), None)
    if unknown is not None:
        raise UsageError(f"no option {unknown:.40}; -h lists those there are", print_help=False)
