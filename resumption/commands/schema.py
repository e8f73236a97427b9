"""`scrapy schema`: write the JSON Schema of both feeds and the tables of docs/feed.md from the types."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from resumption.schema import FEEDS, schema_text
from resumption.schema.docs import document_feeds


class Command(ScrapyCommand):
    """Developer's command: run it after a change of `rows.py`."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own form

    def short_desc(self) -> str:
        return "Write the JSON Schema files and the tables of docs/feed.md from the types"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("scrapy schema takes no arguments", print_help=False)
        root = Path(__file__).parents[2]
        for feed in FEEDS:
            path = root / "resumption" / "schema" / f"{feed}.schema.json"
            path.write_text(schema_text(feed), encoding="utf-8")
            print(f"wrote {path.relative_to(root)}")
        document_feeds(root / "docs" / "feed.md")
        print("wrote docs/feed.md")
