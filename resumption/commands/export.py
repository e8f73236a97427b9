"""`scrapy export`: a table, a view or a query of the warehouse as a file for a spreadsheet or a data frame."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from scrapy.exceptions import UsageError

from resumption.commands.load import default_target
from resumption.quiet_command import QuietCommand
from resumption.warehouse import WarehouseError, open_warehouse
from resumption.warehouse.headings import headings

FORMATS = ("parquet", "csv", "xlsx")


class Command(QuietCommand):
    """Write the rows of a view or a query."""

    def syntax(self) -> str:
        return "[options] QUERY_OR_VIEW"

    def short_desc(self) -> str:
        return "Export a view or a query of the warehouse as Parquet, CSV or XLSX"

    def long_desc(self) -> str:
        return (
            "QUERY_OR_VIEW is the name of a table or view (fact_obs, series, conflict ...) or a SELECT. In CSV and "
            "XLSX no cell can be taken for a formula, and a CSV file starts with a byte order mark, so that "
            "spreadsheets read Chinese."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--from", dest="source", metavar="TARGET", help="warehouse (default: as for scrapy load)")
        parser.add_argument("--format", choices=FORMATS, help="default: by the name of FILE, else csv")
        parser.add_argument("--out", metavar="FILE", help="default: standard output, for csv")
        parser.add_argument("--headings", choices=("names", "zh"), default="names", help="names of columns, or Chinese")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("name one view, or one query in quotes", print_help=False)
        suffix = Path(opts.out or "").suffix.removeprefix(".").lower()
        chosen = opts.format or (suffix if suffix in FORMATS else "csv")
        if not opts.out and chosen != "csv":
            raise UsageError(f"--out FILE is needed for {chosen}", print_help=False)
        # DuckDB and XlsxWriter take a while to import, and every `scrapy` command imports this file.
        from resumption.warehouse.export import ExportError, write_export

        try:
            with open_warehouse(opts.source or default_target(), read_only=True) as warehouse:
                names, rows = warehouse.query(select_of(args[0]))
            shown = headings(names) if opts.headings == "zh" else names
            write_export(Path(opts.out) if opts.out else None, chosen, shown, rows)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except (WarehouseError, ExportError) as error:
            print(f"nothing was exported: {error}", file=sys.stderr)
            self.exitcode = 1
        except OSError as error:
            print(f"nothing was exported: {opts.out}: {error.strerror}", file=sys.stderr)
            self.exitcode = 1
        else:
            if opts.out:
                print(f"{opts.out}: {len(rows)} rows")


def select_of(text: str) -> str:
    """The query itself, or all rows of the view that is named.

    >>> select_of("series")
    'SELECT * FROM series'
    """
    return f"SELECT * FROM {text.strip()}" if text.strip().isidentifier() else text  # noqa: S608 - a name
