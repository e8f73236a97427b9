"""`scrapy newportal NAME URL`: the seed and the spider of a new portal, to be filled in."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError

from resumption.quiet_command import QuietCommand

ROOT = Path(__file__).parents[2]

SEED = """\
# {title}: say here what the portal is. What each key means: seeds/README.md.
title = "{title}"
home = "{url}"
hosts = ["{domain}"]
rights = "quotes"

# Selectors of blocks to cut inside every body.
noise = ["script", "style"]

# Links of a list page.
list_items = "a[href]"

# One table per form of article address; group doc_id is the portal's own number of the article.
[[article_urls]]
pattern = 'https?://[^/]*{pattern}/.*?(?P<year>20\\d\\d)[-/]?(?P<month>\\d\\d)[-/]?(?P<day>\\d\\d)/.*?(?P<doc_id>\\d+)\\.s?html'
uncertain = true

# One table per generation of the article template, newest first. Until one fits, the general reader reads the pages.
[[layouts]]
name = "first"
test = "#fill-in"
title = "h1"
body = "#fill-in"
published = ".time"
seen = "address and day on which somebody looked at such a page"
uncertain = true

[[channels]]
name = "main"
title = "{title}"
url = "{url}"
region = ""
region_code = ""
lists = ["{url}"]
uncertain = true
"""
SPIDER = '''"""The spider of seeds/{name}.toml."""

from resumption.portal_spider import PortalSpider


class {camel}Spider(PortalSpider):
    """Crawl {domain} as seeds/{name}.toml says."""

    name = "{name}"
'''


class Command(QuietCommand):
    """Write seeds/NAME.toml and spiders/NAME.py; never over an existing file."""

    def syntax(self) -> str:
        return "NAME URL"

    def short_desc(self) -> str:
        return "Write the seed and the spider of a new portal"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2:
            raise UsageError("give a short name and the address of the front page", print_help=False)
        name, url = args
        host = urlsplit(url).hostname
        if not re.fullmatch(r"[a-z][a-z0-9]*", name):
            raise UsageError(f"{name!r} is no name: lower-case letters and digits, a letter first", print_help=False)
        if not host or urlsplit(url).scheme not in ("http", "https"):
            raise UsageError(f"{url!r} is no http address", print_help=False)
        domain = host.removeprefix("www.")
        seed, spider = portal_files(name, url, domain)
        taken = [path for path in (seed[0], spider[0]) if path.exists()]
        if taken:
            print(f"scrapy newportal: {taken[0].relative_to(ROOT)} is there already", file=sys.stderr)
            self.exitcode = 1
            return
        for path, text in (seed, spider):
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
        print(f"now fill the seed in, save a page with `scrapy snapshot {name} SLUG PAGE.html --url ADDRESS`,")
        print(f"and run: .venv/bin/python -m pytest tests -k {name}")


def portal_files(name: str, url: str, domain: str) -> tuple[tuple[Path, str], tuple[Path, str]]:
    """Paths and texts of the seed and the spider."""
    words = {"name": name, "url": url, "domain": domain, "title": domain, "camel": name.capitalize()}
    seed = SEED.format(**words, pattern=re.escape(domain))
    return (
        (ROOT / "seeds" / f"{name}.toml", seed),
        (ROOT / "resumption" / "spiders" / f"{name}.py", SPIDER.format(**words)),
    )
