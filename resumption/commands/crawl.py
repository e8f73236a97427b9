"""`scrapy crawl NAME`: Scrapy's command with checked arguments and exit codes that a scheduler can use."""

from __future__ import annotations

import argparse
import contextlib
import logging
import signal
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from resumption.log_lines import LineFormatter, install
from resumption.portals import SeedError, load_portal, portal_names
from resumption.quiet_command import refuse_unknown_options
from resumption.spider_arguments import ArgumentError, parse_arguments
from resumption.verdict import Verdict

SET_UP = ("scrapy.addons", "scrapy.crawler", "scrapy.middleware", "scrapy.utils.log")
"""Loggers that print long lists of what Scrapy has switched on; shown with `-L DEBUG` only."""


class Command(ScrapyCrawl):
    """Exit codes: 0 ok, 1 failed, 2 misconfigured, 3 degraded, 4 empty, 5 blocked, 6 locked, 7 interrupted."""

    lines: LineFormatter | None = None

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_unknown_options(args)
        super().process_options(args, opts)
        assert self.settings is not None
        self.lines = install(self.settings)
        if self.settings.get("LOG_LEVEL") != "DEBUG":
            for name in SET_UP:
                # Scrapy sets levels anew when it starts, filters stay.
                logging.getLogger(name).addFilter(_is_urgent)

    def short_desc(self) -> str:
        return "Crawl a portal: scrapy crawl qilu -a channel=weihai -a since=2020-02-01"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError(f"name one portal: {', '.join(portal_names())}", print_help=False)
        name = args[0]
        assert self.crawler_process is not None
        if name in portal_names():
            self._crawl_portal(name, opts)
        elif name in self.crawler_process.spider_loader.list():
            super().run(args, opts)
        else:
            self._refuse(f"no portal {name!r:.40}; there are: {', '.join(portal_names())}", Verdict.MISCONFIGURED)

    def _crawl_portal(self, name: str, opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        assert self.settings is not None
        # Scrapy imports every command to list them: what only a crawl needs is imported by a crawl only.
        from resumption.health import Health
        from resumption.run import RunError, open_run

        try:
            parse_arguments(load_portal(name), opts.spargs)
            run = open_run(self.crawler_process.settings, name)
        except (ArgumentError, SeedError) as error:
            self._refuse(str(error), Verdict.MISCONFIGURED)
            return
        except RunError as error:
            self._refuse(str(error), error.verdict)
            return
        # Scrapy's job folder forgets pages after a kill; the ledger and the archive complete a run that was cut short.
        self.settings.set("JOBDIR", None, priority="cmdline")
        if self.lines:
            self.lines.run = run.name
        crawler = self._create_crawler(name)
        self.crawler_process.crawl(crawler, **opts.spargs)
        with contextlib.suppress(KeyboardInterrupt):
            self.crawler_process.start()
        # Scrapy has given its handlers back: a late second Ctrl-C may not cut off what is still to be written.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        health = crawler.get_extension(Health) if crawler.extensions else None
        if run.verdict is None and health and crawler.spider:
            # Ctrl-C twice stops everything at once: what was read is still written.
            health.spider_closed(crawler.spider, "shutdown")
        verdict = run.verdict or Verdict.FAILED
        self.exitcode = verdict.exit_code
        if verdict is not Verdict.OK:
            message = run.message or "the crawl could not start, see the log"
            print(f"scrapy crawl {name}: {verdict.value}: {message}", file=sys.stderr)

    def _refuse(self, message: str, verdict: Verdict) -> None:
        print(f"scrapy crawl: {message}", file=sys.stderr)
        self.exitcode = verdict.exit_code


def _is_urgent(record: logging.LogRecord) -> bool:
    return record.levelno > logging.INFO
