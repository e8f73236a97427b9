"""`scrapy snapshot PORTAL SLUG PAGE --url ADDRESS`: a page as a fixture of the tests, with what is read from it now."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from scrapy.exceptions import UsageError

import resumption
from resumption.quiet_command import QuietCommand

PAGES = Path(__file__).parents[2] / "tests" / "pages"
KEPT = (
    "title", "published_at", "published_basis", "source", "author", "editor", "layout", "doc_id", "canonical_url",
    "channel", "region_code", "warnings", "text",
)  # fmt: skip


class Command(QuietCommand):
    """Write page.html, meta.json and article.json; the tests fail until a person has read them and filled meta.json."""

    def syntax(self) -> str:
        return "PORTAL SLUG PAGE.html --url ADDRESS"

    def short_desc(self) -> str:
        return "Keep a page as a test fixture, with what is read from it now"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", required=True, help="address of the page")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 3 or not args[0].isidentifier() or not args[1].replace("-", "").isalnum():
            raise UsageError("give the portal, a short name for the page, and the saved page", print_help=False)
        portal, slug, page = args
        try:
            body = Path(page).read_bytes()
        except OSError as error:
            return self._fail(f"{page}: {error.strerror}")
        article = resumption.read_page(body, opts.url)
        if article is None:
            return self._fail(f"{page}: no article was found in it; `scrapy explain {page} --blocks` says why")
        folder = PAGES / portal / slug
        if folder.exists():
            return self._fail(f"tests/pages/{portal}/{slug} is there already")
        folder.mkdir(parents=True)
        (folder / "page.html").write_bytes(body)
        fields = {key: list(v) if isinstance(v := getattr(article, key), tuple) else v for key in KEPT}
        _write(folder / "article.json", fields)
        _write(folder / "meta.json", {"url": opts.url, "must_in": [], "must_not": []})
        print(f"wrote tests/pages/{portal}/{slug}/; now read article.json with your own eyes, and write into meta.json")
        print("pieces of text that must be in the article, and pieces of related news that must not")
        return None

    def _fail(self, message: str) -> None:
        print(f"scrapy snapshot: {message}", file=sys.stderr)
        self.exitcode = 1


def _write(path: Path, data: dict[str, object]) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
