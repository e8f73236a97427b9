"""`scrapy figures`: a short table of what the warehouse knows, and where everything lies."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from pathlib import Path

from scrapy.exceptions import UsageError

from resumption.closed_pipe import ends_with_its_reader
from resumption.commands.load import data_folder, default_target
from resumption.quiet_command import QuietCommand
from resumption.warehouse import Warehouse, WarehouseError, open_warehouse

LATEST = """
SELECT coalesce(region, '(未知)') AS region, coalesce(population, '') AS population, label, value, unit, date, n_sources
FROM (
    SELECT *, row_number() OVER (PARTITION BY series_key ORDER BY date DESC) AS nth FROM series
    WHERE kind = 'level' AND status = 'actual' AND NOT coalesce(optional, false)
) AS s JOIN dim_indicator ON code = indicator
WHERE nth = 1 AND indicator IN ('resumption_rate', 'enterprises_resumed', 'workers_returned', 'worker_return_rate',
                                'project_resumption_rate', 'capacity_rate')
ORDER BY n_sources DESC, date DESC, region, label
LIMIT {rows}
"""
COUNTS = """
SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM article_version), (SELECT count(*) FROM obs_report),
       (SELECT count(*) FROM fact_obs), (SELECT count(*) FROM obs_check)
"""
SUFFIX = {"percent": "%", "person": "人", "count": "家/个", "CNY": "元"}


class Command(QuietCommand):
    """Print the latest figures and the paths of feeds, warehouse and report."""

    def short_desc(self) -> str:
        return "Print a short table of the latest figures in the warehouse"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--from", dest="source", metavar="WAREHOUSE", help="as for scrapy load --to")
        parser.add_argument("--rows", type=int, default=15, help="length of the table (default: 15)")

    @ends_with_its_reader
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("scrapy figures takes no arguments", print_help=False)
        try:
            with open_warehouse(opts.source or default_target(), read_only=True) as warehouse:
                _print_figures(warehouse, max(opts.rows, 1))
        except WarehouseError as error:
            print(f"scrapy figures: {error}", file=sys.stderr)
            self.exitcode = 1
            return
        _print_paths(data_folder())


def _print_figures(warehouse: Warehouse, rows: int) -> None:
    table = [("地区 region", "群体 population", "指标 indicator", "数值 value", "日期 as of", "来源 sources")]
    for region, population, label, value, unit, day, sources in warehouse.fetch(LATEST.format(rows=rows)):
        number = f"{value:,.2f}".rstrip("0").rstrip(".")
        table.append(
            (region, population[:14], label, f"{number} {SUFFIX.get(unit, unit)}", str(day or ""), str(sources))
        )
    widths = [max(_width(row[i]) for row in table) for i in range(len(table[0]))]
    print()
    for row in table:
        print("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths)).rstrip())
    articles, versions, reports, facts, findings = warehouse.fetch(COUNTS)[0]
    print(
        f"\n{articles} articles ({versions} versions) state {reports} figures: {facts} facts, "
        f"{findings} findings (rates that do not follow from their counts, contradictions ...)"
    )


def _print_paths(folder: Path) -> None:
    print("\narticles      ", folder / "feeds" / "articles")
    print("observations  ", folder / "feeds" / "observations")
    print("warehouse     ", folder / "warehouse.duckdb")
    print("report        ", folder / "report" / "index.html")


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
