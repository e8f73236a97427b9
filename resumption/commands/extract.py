"""`scrapy extract`: observations from saved pages, text dumps, JSON Lines and WARC files, without a crawler."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from resumption import extract, read_page
from resumption.inputs import Document, Problem, parse_published, read_inputs
from resumption.items import Article
from resumption.rows import article_row, line, observation_rows


class Command(ScrapyCommand):
    """Read every PATH, write one line per observation (and, if asked, one per article)."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own form

    def syntax(self) -> str:
        return "[options] PATH..."

    def short_desc(self) -> str:
        return "Extract observations from saved pages, text dumps, .jsonl and WARC files"

    def long_desc(self) -> str:
        return (
            "PATH is a saved page (.html), a plain-text dump of one (.txt), a .jsonl file whose lines have `url` and "
            "`html` or `text` (and may have `title`, `published`, `region`), a WARC file, a folder of these, or - for "
            "standard input. Observations go to standard output as JSON Lines. An input that cannot be read is named "
            "on standard error, the others are still processed, and the exit code is 1."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--observations", metavar="FILE", default="-", help="where observations go (default: -)")
        parser.add_argument("--articles", metavar="FILE", help="write the articles too, - for standard output")
        parser.add_argument("--url", help="address of the page, for a file that has none")
        parser.add_argument("--published", metavar="DATE", help="day or time of publication, for a file without one")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("name at least one file or folder, or - for standard input", print_help=False)
        published = None
        if opts.published:
            try:
                published = parse_published(opts.published)
            except ValueError:
                raise UsageError(
                    f"--published {opts.published!r} is no date: write YYYY-MM-DD", print_help=False
                ) from None
        try:
            with _output(opts.observations) as observations, _output(opts.articles) as articles:
                for article in self._articles(read_inputs(args, url=opts.url, published=published)):
                    articles.write(line(article_row(article)))
                    observations.writelines(map(line, observation_rows(article)))
        except BrokenPipeError:
            # The reader of a pipe (`| head`) has seen enough; without this Python complains again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            self._complain(f"cannot write: {error.strerror or error}")

    def _articles(self, inputs: Iterator[Document | Problem]) -> Iterator[Article]:
        """Each version of each article once; versions of one article are linked in the order they are met."""
        latest: dict[str, str] = {}
        seen: set[str] = set()
        for document in inputs:
            if isinstance(document, Problem):
                self._complain(str(document))
                continue
            article = read_document(document)
            if article is None:
                print(f"skipped {document.where}: not an article", file=sys.stderr)
                continue
            version = article.article_version_id
            if version in seen:
                continue
            seen.add(version)
            article = replace(article, supersedes=latest.get(article.article_id), observations=extract(article))
            latest[article.article_id] = version
            yield article

    def _complain(self, message: str) -> None:
        print(f"scrapy extract: {message}", file=sys.stderr)
        self.exitcode = 1


def read_document(document: Document) -> Article | None:
    """The article of a document, None if it is none."""
    return read_page(
        document.body,
        document.url,
        headers=document.headers,
        published=document.published,
        region=document.region,
        title=document.title,
        fetched_at=document.fetched_at,
        http_status=document.http_status,
        raw_ref=document.raw_ref,
    )


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
