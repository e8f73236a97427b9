"""D1, K5, S7, T1, E1 to E3 of the catalogue of failures; what else it names stands in the tests of its subjects."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import subprocess
import sys
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from resumption import extract, read_page
from resumption.middlewares.render import find_browser
from resumption.page.decode import decode
from tests.crawling import ROOT, crawl, environment, last_run, rows
from tests.site.big import SECTION, BigSite
from tests.site.render import Page
from tests.site.server import Site
from tests.test_kill import FRONT, WEIHAI, served

URL = "https://news.example.com/1.html"


def scrapy(*arguments: str, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *arguments]
    env = environment(data, **more)
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_d1_one_process_or_four_and_any_hash_seed_give_the_same_bytes(tmp_path):
    written = []
    for jobs, seed in ((1, "0"), (4, "1"), (4, "20200222")):
        folder = tmp_path / f"{jobs}-{seed}"
        folder.mkdir()
        feeds = [f"--{feed}={folder / feed}" for feed in ("articles", "observations")]
        done = scrapy("extract", f"--jobs={jobs}", *feeds, "seeds/replay", data=folder, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr[-2000:]
        written.append([(folder / feed).read_bytes() for feed in ("articles", "observations")])
    assert written[0] == written[1] == written[2]
    assert written[0][1].count(b"\n") > 20


@pytest.mark.parametrize("days", [1, -1])
def test_k5_a_clock_that_jumped_by_a_day_costs_nothing(tmp_path, days):
    """The first run's clock was a day ahead of the second's, or behind: no line is lost or written twice."""
    big = BigSite(30)
    with Site(served(big)) as site:
        assert crawl(tmp_path, *WEIHAI, site=site).returncode == 0
        with contextlib.closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as ledger, ledger:
            for column in ("first_seen", "checked"):
                moved = f"strftime('%Y-%m-%dT%H:%M:%S', substr({column}, 1, 19), ?) || '+08:00'"
                ledger.execute(f"update page set {column} = {moved}", (f"{days} days",))
        done = crawl(tmp_path, *WEIHAI, site=site)
        assert done.returncode == 0, done.stderr[-2000:]
    assert sorted(row["doc_id"] for row in rows(tmp_path, "articles")) == sorted(
        big.article(i).doc_id for i in range(30)
    )


def trapped(url: str) -> Page | None:
    """A section whose articles are linked again and again: with session ids, in circles, and to pages that say 404."""
    page = served(BigSite(10))(url.partition("?")[0])
    if url in (FRONT, SECTION) and page:
        article = BigSite(10).article(3).url
        links = [f"{article}?PHPSESSID={n:032x}" for n in range(300)]
        links += [f"{SECTION}{'x/y/' * depth}2020/0222/5000001.shtml" for depth in range(4, 300)]
        links += [f"{SECTION}2020/0222/{6_000_000 + n}.shtml" for n in range(5)]
        more = "".join(f'<h3><a href="{link}">复工</a></h3>' for link in links)
        return replace(page, body=page.body.replace(b"</body>", more.encode() + b"</body>"))
    if re.search(r"/6\d{6}\.shtml$", url):
        body = "<title>页面不存在_齐鲁网</title><h1>页面不存在</h1><p>您访问的页面不存在或已被删除</p>"
        return Page(url=url, body=body.encode(), date="2020-03-01T00:00:00Z", headers=(("Content-Type", "text/html"),))
    return replace(page, url=url) if page else None


def test_t1_session_ids_circles_and_pages_that_only_say_404(tmp_path):
    """Each article is asked for once, addresses in circles never, and every page without a line has its reason."""
    with Site(trapped) as site:
        done = crawl(tmp_path, *WEIHAI, "-a", "max_pages=1", site=site)
        articles = site.asked("/2020/")
    assert len(articles) == len(set(articles)) == 15
    assert not any("/x/y/" in url for url in articles)
    assert len(rows(tmp_path, "articles")) == 10
    run = last_run(tmp_path, "qilu")
    assert run["channels"]["weihai"]["skipped"] == {"no_article": 5}, done.stderr[-2000:]


def test_a_browser_that_fails_is_tried_again(tmp_path):
    """A Chromium that ends at once the first two times it is started: the list is read all the same."""
    browser = find_browser()
    if not browser:
        pytest.skip("NO CHROMIUM FOUND: retries of the browser were not tested (see README, Chromium)")
    script = tmp_path / "chromium"
    first_two = " || ".join(f'mkdir "{tmp_path}/{n}" 2>/dev/null' for n in (1, 2))
    script.write_text(f'#!/bin/sh\nif {first_two}; then exit 1; fi\nexec {browser} "$@"\n')
    script.chmod(0o755)
    more = {"RESUMPTION_ALLOW_PRIVATE": "127.0.0.1", "RESUMPTION_CHROMIUM": str(script)}
    with Site() as site:
        done = crawl(tmp_path / "data", "netease", "-a", "channel=hunan", site=site, **more)
    assert done.returncode == 0, done.stderr[-2000:]
    run = last_run(tmp_path / "data", "netease")
    assert (tmp_path / "2").exists(), "it failed twice"
    assert run["articles"] > 0
    assert run["channels"]["hunan"]["lists_failed"] == 0


SCRIPT = "</script><script>window.hacked=1</script>"
FORMULA = '=HYPERLINK("http://evil.invalid","点我")'
UNSEEN = "\x1b[2J\x9b\u2028\u202e\u2066"


def hostile(url: str) -> Page | None:
    """A section of two articles: one has scripts, formulas and control characters in every field, the other is gone."""
    big = served(BigSite(2))
    page = big(url)
    if page is None:
        return None
    if url in (FRONT, SECTION):
        gone = f'<h3><a href="{SECTION}2020/0222/4400999.shtml?a={SCRIPT}%0a2020{UNSEEN}">复工</a></h3>'
        return replace(page, body=page.body.replace(b"</body>", gone.encode() + b"</body>"))
    if url == BigSite(2).article(1).url:
        text = page.body.decode()
        name = re.search(r"<h1[^>]*>([^<]+)</h1>", text)[1]
        text = text.replace(name, f"{escape(SCRIPT + FORMULA)}&#27;[2J{UNSEEN}{name}")
        return replace(page, body=text.replace("企业生产", f"{escape(SCRIPT)}{UNSEEN}{FORMULA}企业生产").encode())
    return page


def test_s7_hostile_text_stays_text_in_log_feeds_and_report(tmp_path):
    """No line of a log or a feed is broken, no terminal is driven, no script of a page reaches the report's markup."""
    with Site(hostile) as site:
        done = crawl(tmp_path, *WEIHAI, "-s", "LOG_LEVEL=DEBUG", site=site)
    assert done.returncode == 0, done.stderr[-2000:]
    assert all(re.match(r"\d{4}-\d\d-\d\dT[\d:.]+Z [A-Z]+ \[", line) for line in done.stderr.splitlines())
    assert not set(UNSEEN[:1] + UNSEEN[4:]) & set(done.stderr)
    articles = rows(tmp_path, "articles")
    assert len(articles) == 2
    assert [a for a in articles if SCRIPT in a["title"] and FORMULA in a["text"]]
    assert not any("\x1b" in value for a in articles for value in a.values() if isinstance(value, str))
    for path in (tmp_path / "feeds").glob("*/*.jsonl"):
        assert all(json.loads(line) for line in path.read_text("utf-8").splitlines())
    for command in ("load", "report"):
        done = scrapy(command, data=tmp_path)
        assert done.returncode == 0, done.stderr[-2000:]
    pages = list(tmp_path.rglob("*.html"))
    assert any("window.hacked" in path.read_text("utf-8") for path in pages)
    for path in pages:
        assert SCRIPT not in path.read_text("utf-8")
        assert not re.search(r"<script[^>]*>\s*window\.hacked", path.read_text("utf-8"))


PROSE = "昨日，记者从市工信局了解到，全市规上工业企业复工率达到九成五，返岗员工二十八万人，比前一日增加三千人"
TRADITIONAL = "昨日，記者從市政府了解到，全市企業復工率達到九成五，返崗員工二十八萬人，這個數字還會繼續增加"
ENCODINGS = ("utf-8", "gb2312", "gbk", "gb18030", "big5", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("declared", ["right", "utf-8", "gb2312", "iso-8859-1", "shift_jis", ""])
def test_e1_every_encoding_declared_rightly_wrongly_or_not_and_cut_at_each_byte(encoding, declared):
    """All whole characters are right, whatever is left of the last one."""
    name = encoding if declared == "right" else declared
    prose = TRADITIONAL if encoding == "big5" else PROSE
    page = f'<html><head><meta charset="{name}"><title>复工</title></head><body><p>{prose}'
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    page = page.replace("复", "復") if encoding == "big5" else page
    data = mark + page.encode(encoding)
    assert decode(data).text == page
    for cut in range(1, len(page[-1].encode(encoding))):
        text = decode(data[:-cut]).text
        assert text[: len(page) - 1] == page[:-1]
        assert len(text) <= len(page)


FIGURES = [
    ("９９．２％", 99.2),
    ("99.2﹪", 99.2),
    ("九九·二%", None),
    ("９２‰", None),
    ("九成五", 95.0),
    ("百分之九十二点五", 92.5),
]
LEFT_OUT = [
    "\x00",
    "\x08",
    "\x1b",
    "\x7f",
    "\x85",
    "\x9b",
    "\u200b",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\ue000",
    "&#xD800;",
]


def page_of(text: str) -> str:
    head = "<title>县里企业有序复工_某网</title><h1>县里企业有序复工</h1><p>2020-02-22 来源：某网</p>"
    return f"{head}<div><p>{text}</p></div>"


@pytest.mark.parametrize(("written", "value"), FIGURES)
@pytest.mark.parametrize("sign", ["", *LEFT_OUT])
def test_e2_odd_characters_leave_figures_and_offsets_exact(written, value, sign):
    page = page_of(f"截至2月21日，{sign}全市规上工业企业{sign}复工率达到{written}{sign}，返岗员工3000人。")
    article = read_page(page.encode("utf-8", "surrogatepass"), URL)
    article.text.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", article.text)
    found = extract(article)
    for o in found:
        assert article.text[o.start : o.end] == o.number
        assert article.text[o.quote_start : o.quote_end] == o.quote
    if value is not None:
        assert [float(o.value) for o in found if o.indicator == "resumption_rate"] == [value]
    assert [float(o.value) for o in found if o.indicator == "workers_returned"] == [3000]


FIGURE = "截至2月21日，全市规上工业企业复工率93.5%。"
SHAPES = {
    **{f"{depth} nested": f"{'<div>' * depth}<p>又讯：{FIGURE}</p>" for depth in (1, 10, 1000, 2045, 2047, 100_000)},
    "a million siblings": "<i></i>" * 1_000_000 + f"<p>又讯：{FIGURE}</p>",
    "10 MB in one text": f"<p>{'一' * 3_500_000}</p><p>又讯：{FIGURE}</p>",
    "colspan": f"<table><tr><td colspan=9007199254740991 rowspan=9007199254740991>又讯：{FIGURE}</td></tr></table>",
}
LIMITED = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from resumption import read_page
from tests.test_catalogue import FIGURE, SHAPES, URL, page_of
article = read_page(page_of(f"昨日通报。{FIGURE}").replace("</div>", SHAPES[sys.argv[1]]), URL)
# Of this program only: ru_maxrss would count the process that started it.
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024
print(json.dumps([article.text.count("复工率93.5%"), list(article.warnings), peak]))
"""


@pytest.mark.parametrize("shape", SHAPES)
def test_e3_monstrous_pages_are_read_within_bounds_or_their_loss_is_told(shape, tmp_path):
    command = [sys.executable, "-c", LIMITED, shape]
    done = subprocess.run(command, cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    figures, warnings, peak = json.loads(done.stdout)
    assert figures == 2 or any("lost" in w or "cut" in w for w in warnings), (figures, warnings)
    assert peak <= 256


def test_a_title_whose_end_is_broken_takes_no_paragraph_unseen():
    """`</title垂` is no end: what stands before the next one is reported as lost."""
    prose = "".join(f"<p>第{i}段说的是全县企业有序复工、职工陆续返岗、生产经营恢复正常的情况。</p>" for i in range(6))
    page = f"<html><head><title>全县企业有序复工</title垂{prose}</title></head><body>{page_of(prose)}</body></html>"
    article = read_page(page.encode(), URL)
    assert article is None or any("lost" in warning for warning in article.warnings)
    whole = read_page(page.replace("</title垂", "</title>").encode(), URL)
    assert whole is not None
    assert not any("lost" in warning for warning in whole.warnings)
