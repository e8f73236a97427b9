"""Mutated pages through `read_page`: no exception, at most 2 s and 256 MB each, a loss of text is reported.

    python -m benchmarks.fuzz_reading --pages 100000 --seed 1
    python -m benchmarks.fuzz_reading --from 20000 --pages 10000     a part of them
    python -m benchmarks.fuzz_reading --extremes

A paragraph that the page's text holds without its tags is lost if no block of the page holds it, whether kept or cut,
and neither a warning says so nor the page is called no article. What stands in a tag that is not closed is no text.

Mutations are drawn from a seeded generator, so a failing page can be made again from its number. Memory is the growth
of the peak resident size of a process that reads nothing else.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator

from resumption.items import Article
from resumption.page import explain_blocks
from resumption.page.decode import decode
from resumption.page.markup import strip_markup
from resumption.reading import read_page

PARAGRAPH = "截至2月21日24时，全县138家规上工业企业中已有129家复工复产，复工率93.5%，返岗员工1.62万人。"
WHOLE = re.compile(r"第\d+段。" + re.escape(PARAGRAPH))
TAG = re.compile(r"""<(?:[a-zA-Z/]|!(?!--))(?:[^<>"']|"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))*""")
UNSEEN = re.compile(r"<(title|script|style|noscript)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
LIMIT_SECONDS = 2.0
LIMIT_MEGABYTES = 256.0
NETEASE = "https://www.163.com/local/article/H5TM123404228EED.html"


def page(paragraphs: int = 6) -> str:
    """A page in the structure of a portal's article template."""
    body = "".join(f'<p id="p{i}">　　第{i}段。{PARAGRAPH}</p>' for i in range(paragraphs))
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>全县企业有序复工_某某新闻</title></head><body>"
        "<div class='nav'><a href='/'>首页</a> <a href='/xw'>新闻</a></div>"
        "<div class='post_crumb'>首页 &gt; 某地 &gt; 正文</div><h1 class='post_title'>全县企业有序复工</h1>"
        "<div class='post_info'>2020-02-22 17:07:02　来源: <a href='#'>某某网</a></div>"
        f"<div id='content' class='post_content'><div class='post_body'>{body}</div></div>"
        "<div class='post_recommends'><h3>相关推荐</h3><ul>"
        "<li><a href='#'>邻县接回员工300人</a> 2020-02-23</li></ul></div>"
        "<div class='footer'>版权所有 某ICP备00000000号</div></body></html>"
    )


def extremes() -> Iterator[tuple[str, bytes]]:
    """Pages that are known to break readers, each once."""
    for depth in (1, 100, 1000, 2040, 2050, 5000, 20_000, 100_000):
        yield f"nested {depth}", page().replace('<p id="p3">', "<div>" * depth + "<p>").encode()
        yield f"nested inline {depth}", page().replace('<p id="p3">', "<p>" + "<span>" * depth).encode()
        yield f"nested tables {depth}", page().replace('<p id="p3">', "<table><tr><td>" * depth + "<p>").encode()
    for count in (1000, 100_000, 1_000_000):
        yield f"siblings br {count}", page().replace('<p id="p3">', "<br>" * count + "<p>").encode()
        yield f"siblings i {count}", page().replace('<p id="p3">', "<i>x</i>" * count + "<p>").encode()
        yield f"siblings p {count}", page().replace('<p id="p3">', "<p>" * count + "<p>").encode()
        yield f"siblings a {count}", page().replace('<p id="p3">', "<a href=x>链接</a>" * (count // 4) + "<p>").encode()
    yield "text node 10 MB", page().replace("</p>", PARAGRAPH * 60_000 + "</p>", 1).encode()
    yield "text node 10 MB without end", ("<div>" + "复" * 3_400_000).encode()
    yield "plain text 10 MB", (PARAGRAPH * 60_000).encode()
    yield "plain lines 1e6", ("复工\n" * 1_000_000).encode()
    yield "comment without end", page().replace('<p id="p3">', "<!--").encode()
    yield "script without end", page().replace('<p id="p3">', "<script>").encode()
    yield (
        "colspan",
        page()
        .replace('<p id="p3">', "<table><tr><td colspan=9007199254740991>1<td rowspan=99999999>2</table><p>")
        .encode(),
    )
    yield (
        "rows 100000",
        page().replace('<p id="p3">', "<table>" + "<tr><td>一<td>二" * 100_000 + "</table><p>").encode(),
    )
    yield (
        "one row of 100000",
        page().replace('<p id="p3">', "<table><tr>" + "<td>一" * 100_000 + "</table><p>").encode(),
    )
    yield "NUL everywhere", b"\x00".join(bytes([b]) for b in page().encode())
    yield "NUL", page().encode().replace(b"<p", b"\x00<p\x00")
    yield "utf-16", page().encode("utf-16")
    yield "half gbk half utf-8", page().encode()[:900] + page().encode("gbk", "replace")[500:]
    yield (
        "attributes 200000",
        page().replace('<p id="p3">', "<p " + "".join(f"a{i}=1 " for i in range(200_000)) + ">").encode(),
    )
    yield "attribute 5 MB", page().replace('<p id="p3">', "<p class='" + "a " * 2_500_000 + "'>").encode()
    yield (
        "entities",
        page().replace('<p id="p3">', "<p>" + "&nbsp;&#12288;&#x590d;&bogus;&#0;&#1114112;" * 50_000).encode(),
    )
    yield "open brackets", page().replace('<p id="p3">', "<" * 1_000_000).encode()
    yield "metas 100000", ("<head>" + "<meta name=a content=b>" * 100_000 + page()).encode()
    yield "empty", b""
    yield "blank", b" \n\t\x00 "
    yield "not text", bytes(range(256)) * 4000


def mutated(rng: random.Random) -> bytes:
    """One page with one to four random changes."""
    data = bytearray(
        page(rng.randint(0, 12)).encode(rng.choice(["utf-8", "gb18030", "gbk", "big5", "utf-16"]), "replace")
    )
    for _ in range(rng.randint(1, 4)):
        rng.choice(MUTATIONS)(data, rng)
    return bytes(data)


def _cut(data: bytearray, rng: random.Random) -> None:
    del data[rng.randint(0, len(data)) :]


def _drop(data: bytearray, rng: random.Random) -> None:
    at = rng.randint(0, len(data))
    del data[at : at + rng.choice([1, 2, 7, 60, 400])]


def _repeat(data: bytearray, rng: random.Random) -> None:
    at = rng.randint(0, len(data))
    piece = data[at : at + rng.choice([1, 5, 30, 200])]
    data[at:at] = piece * rng.choice([2, 50, 2000])


def _noise(data: bytearray, rng: random.Random) -> None:
    at = rng.randint(0, len(data))
    data[at:at] = bytes(rng.randrange(256) for _ in range(rng.choice([1, 3, 40])))


def _splice(data: bytearray, rng: random.Random) -> None:
    other = page(3).encode(rng.choice(["utf-8", "gb18030"]))
    at = rng.randint(0, len(data))
    data[at:at] = other[rng.randint(0, len(other)) :]


def _tags(data: bytearray, rng: random.Random) -> None:
    at = rng.randint(0, len(data))
    tag = rng.choice(
        [b"<div>", b"</div>", b"<table><tr><td>", b"<p", b"<a>", b"</html>", b"<!--", b"<script>", b"<ul><li>", b"</p>"]
    )
    data[at:at] = tag * rng.choice([1, 10, 300, 3000])


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (_cut, _drop, _repeat, _noise, _splice, _tags)


def run(body: bytes) -> tuple[float, float, int]:
    """Read one page as unknown and as known portal; seconds a reading, growth of the peak in MB, paragraphs lost."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    articles = [read_page(body, url) for url in ("https://news.example.com/a.html", NETEASE)]
    seconds = (time.process_time() - started) / 2
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return seconds, grown, find_lost(body, articles[0]) if len(body) < 1_000_000 else 0


def find_lost(body: bytes, article: Article | None) -> int:
    """How many whole paragraphs of a page are neither in one of its blocks nor reported."""
    if article is None or any("lost" in warning for warning in article.warnings):
        return 0
    seen = set(WHOLE.findall(strip_markup(TAG.sub("<x ", UNSEEN.sub(" ", decode(body).text)))))
    if not seen:
        return 0
    # A tag may part a paragraph, and a piece of a tag may stand in it: "第/html>1段".
    blocks = re.sub(r"[\s<>/a-zA-Z]", "", "".join(text for _, _, text in explain_blocks(body)))
    return sum(paragraph[:12] not in blocks for paragraph in seen)


def main() -> int:
    """Run the fuzz; the exit code is the number of pages beyond a limit (at most 100)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--from", type=int, default=0, dest="first", help="number of the first page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--extremes", action="store_true", help="only the extreme pages")
    options = parser.parse_args()
    beyond = 0
    slowest = (0.0, "")
    cases: Iterator[tuple[str, bytes]]
    if options.extremes:
        cases = extremes()
    else:
        cases = (
            (f"seed {options.seed} page {n}", mutated(random.Random(f"{options.seed}/{n}")))
            for n in range(options.first, options.first + options.pages)
        )
    count = 0
    for name, body in cases:
        seconds, megabytes, lost = run(body)
        count += 1
        slowest = max(slowest, (seconds, name))
        if seconds > LIMIT_SECONDS or megabytes > LIMIT_MEGABYTES or lost:
            beyond += 1
            print(f"{name}: {len(body):,} bytes, {seconds:.2f} s, +{megabytes:.0f} MB, {lost} paragraphs lost")
        elif options.extremes:
            print(f"{name}: {len(body):,} bytes, {seconds:.2f} s, +{megabytes:.0f} MB", file=sys.stderr)
    print(f"{count} pages, {beyond} beyond a limit, slowest {slowest[0]:.2f} s ({slowest[1]})")
    return min(beyond, 100)


if __name__ == "__main__":
    sys.exit(main())
