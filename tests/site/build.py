"""`python -m tests.site.build`: write the annotations beside the articles and the replay archive `seeds/replay/`.

The same articles give the same bytes on every run: dates, record ids and file times come from the articles.
"""

from __future__ import annotations

import sys
import uuid
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from resumption.portals import load_portal
from tests.site.articles import FOLDER, annotation_json, load_articles
from tests.site.pages import all_pages
from tests.site.render import Page

REPLAY = Path(__file__).parents[2] / "seeds" / "replay"
REASONS = {200: "OK", 404: "Not Found"}


def annotations() -> dict[Path, str]:
    """Files of gold records: `NAME.json`, and `NAME.first.json` for the first capture of an edited article."""
    found = {FOLDER / f"{a.name}.json": annotation_json(a) for a in load_articles()}
    return found | {FOLDER / f"{a.name}.first.json": annotation_json(a) for a in load_articles(0) if a.edited}


def warc_bytes(pages: list[Page], title: str) -> bytes:
    """A WARC 1.1 file, one gzip member per record, in the order of the pages."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    info = f"software: resumption tests/site\r\nformat: WARC File Format 1.1\r\ndescription: {title}\r\n".encode()
    head = {"WARC-Date": "2018-01-01T00:00:00Z", "WARC-Record-ID": _record_id("info", title)}
    head |= {"Content-Type": "application/warc-fields"}
    writer.write_record(
        writer.create_warc_record("", "warcinfo", BytesIO(info), length=len(info), warc_headers_dict=head)
    )
    for page in pages:
        headers = [*page.headers, ("Content-Length", str(len(page.body)))]
        http = StatusAndHeaders(f"{page.status} {REASONS[page.status]}", headers, protocol="HTTP/1.1")
        head = {"WARC-Date": page.date, "WARC-Record-ID": _record_id(page.url, page.date, str(page.rendered))}
        if page.rendered:
            head["WARC-X-Rendered"] = "yes"
        record = writer.create_warc_record(
            page.url,
            "response",
            payload=BytesIO(page.body),
            length=len(page.body),
            http_headers=http,
            warc_headers_dict=head,
        )
        writer.write_record(record)
    return out.getvalue()


def _record_id(*parts: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(parts))}>"


def archives() -> dict[Path, bytes]:
    """The files of the replay archive, one per portal."""
    found = {}
    for name in ("netease", "qilu"):
        hosts = load_portal(name).hosts
        pages = [p for p in all_pages() if p.url.split("/")[2].endswith(hosts)]
        title = "pages composed for this project in the structure of the portal's templates; every figure is invented"
        found[REPLAY / f"{name}.warc.gz"] = warc_bytes(pages, title)
    return found


def main() -> int:
    """Write everything, print what was written."""
    for path, text in annotations().items():
        path.write_text(text, encoding="utf-8")
    stale = set(FOLDER.glob("*.json")) - set(annotations())
    for path in stale:
        path.unlink()
    for path, data in archives().items():
        path.write_bytes(data)
        sys.stdout.write(f"{path.name}: {len(data)} bytes\n")
    sys.stdout.write(f"{len(load_articles())} articles, {len(all_pages())} pages\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
