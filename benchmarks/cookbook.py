"""Refresh the outputs in docs/cookbook.md: crawl the bundled replay archive, load it, run every SQL block.

Run it as `python benchmarks/cookbook.py` (some seconds, no network). Each block of SQL in the page is followed by a
block of text: that one is replaced by the result.
"""

import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from resumption.warehouse import open_warehouse  # noqa: E402 - run as a script from anywhere

PAGE = ROOT / "docs" / "cookbook.md"
BLOCK = re.compile(r"```sql\n(?P<sql>.*?)```\n\n```text\n(?P<output>.*?)```\n", re.DOTALL)
WIDEST = 44


def main() -> None:
    """Crawl, load, run, write."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"RESUMPTION_DATA": folder}
        for command in (
            ["crawl", "qilu", "-s", "REPLAY=bundled", "-s", "LOG_LEVEL=ERROR"],
            ["crawl", "netease", "-s", "REPLAY=bundled", "-s", "LOG_LEVEL=ERROR"],
            ["load"],
        ):
            subprocess.run([sys.executable, "-m", "scrapy", *command], cwd=ROOT, env=environment, check=True)
        with open_warehouse(f"duckdb:///{folder}/warehouse.duckdb", read_only=True) as warehouse:
            PAGE.write_text(
                BLOCK.sub(
                    lambda block: f"```sql\n{block['sql']}```\n\n```text\n{shown(*warehouse.query(block['sql']))}```\n",
                    PAGE.read_text(encoding="utf-8"),
                ),
                encoding="utf-8",
            )


def shown(names: list[str], rows: list[tuple]) -> str:
    """Rows as a table in plain text; Chinese characters are two columns wide."""
    cells = [names, *([text_of(value) for value in row] for row in rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(names))]
    lines = ["  ".join(cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(row)).rstrip() for row in cells]
    return "\n".join(lines) + f"\n({len(rows)} rows)\n"


def text_of(value: object) -> str:
    """One cell, cut where it is long."""
    if value is None:
        return "-"
    text = f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value).replace("\n", " ")
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


if __name__ == "__main__":
    main()
