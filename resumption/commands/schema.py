"""`scrapy schema`: write the JSON Schema of both feeds and the tables of docs/feed.md from the types."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.exceptions import UsageError

from resumption.quiet_command import QuietCommand
from resumption.schema import FEEDS, schema_text
from resumption.schema.docs import document_feeds


class Command(QuietCommand):
    """Developer's command: run it after a change of `rows.py`."""

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
