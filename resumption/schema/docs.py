"""The tables of docs/feed.md, made from the types so that they cannot be wrong."""

from __future__ import annotations

from pathlib import Path

from resumption.schema import FEEDS


def feed_table(feed: str) -> str:
    """The Markdown table of one feed: a row per field."""
    rows = ["| field | type | never null | what |", "|---|---|---|---|"]
    for f in FEEDS[feed]:
        codes = f"; one of {', '.join(f'`{c.value}`' for c in f.codes)}" if f.codes else ""
        what = (f.what + codes).replace("|", "\\|")
        rows.append(f"| `{f.name}` | {f.type} | {'yes' if f.required else ''} | {what} |")
    return "\n".join(rows)


def document_feeds(path: Path) -> None:
    """Replace what stands between the markers `<!-- FEED -->` and `<!-- end -->` of docs/feed.md."""
    path.write_text(documented(path.read_text(encoding="utf-8")), encoding="utf-8")


def documented(text: str) -> str:
    """The page with fresh tables."""
    for feed in FEEDS:
        start, end = f"<!-- {feed} -->\n", "<!-- end -->"
        before, _, rest = text.partition(start)
        _, _, after = rest.partition(end)
        text = before + start + feed_table(feed) + "\n" + end + after
    return text
