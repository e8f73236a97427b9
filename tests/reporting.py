"""A small warehouse with everything that a report shows, read from texts by the real parts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from resumption import extract
from resumption.commands.health import assess_all
from resumption.items import Article, Cut
from resumption.middlewares.render import ARGUMENTS, find_browser
from resumption.monitor import as_document
from resumption.portals import load_portal
from resumption.rows import article_row, line, observation_rows
from resumption.warehouse import open_warehouse
from resumption.warehouse.feed_files import find_feeds

DAYS = (("2020-02-17", 700), ("2020-02-18", 780), ("2020-02-19", 860), ("2020-02-26", 940))
CITIES = (("威海市", "371000", 0), ("淄博市", "370300", -40))
SCRIPT = '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=2">'
FORMULA = '=HYPERLINK("http://evil.invalid","点我")'
REVERSED = "\u202eecnis 复工\u202c"


def composed() -> list[Article]:
    """Bulletins of two cities on four days, then one article for each kind of finding, then the hostile ones."""
    articles = []
    for city, code, more in CITIES:
        for number, (day, count_of_first) in enumerate(DAYS):
            count = count_of_first + more
            rate = f"{count / 10}%"
            month, date = int(day[5:7]), int(day[8:])
            text = (
                f"截至{month}月{date}日，全市1000家规上工业企业已复工{count}家，复工率{rate}。\n"
                f"咨询电话0531-5550{number}00，有关部门走访企业{count + 5}家。全市有医院{number + 12}家。"
            )
            articles.append(_article(f"{code}{number}", f"{city}复工{rate}", text, day, city, code))
    later = "截至2月19日，全市1000家规上工业企业已复工810家，复工率81.0%。\n力争2月29日规上工业企业复工率达到99%。"
    articles.append(_article("later", "威海市另一篇通报", later, "2020-02-20", "威海市", "371000"))
    wrong = "截至2月20日，全市重点企业共345家，已经复工307家，复工率为90%。"
    articles.append(_article("wrong", "潍坊市重点企业复工", wrong, "2020-02-20", "潍坊市", "370700"))
    falls = "截至2月27日，全市规上工业企业已复工900家。"
    articles.append(_article("falls", "威海市又一篇通报", falls, "2020-02-27", "威海市", "371000"))
    hostile = f"{SCRIPT}\n截至2月21日，全市500家规上工业企业已复工400家{REVERSED}，复工率80%。\n"
    hostile += f"{FORMULA}\n𠮷祥公司复工率为88%。"
    article = _article("hostile", f"{SCRIPT}{REVERSED}", hostile, "2020-02-22", "日照市", "371100")
    articles.append(replace(article, source=FORMULA, region=article.region))
    long = "复工复产" + "一" * 330_000 + "，截至2月21日，全市规上工业企业复工率为77%。"
    articles.append(_article("long", "一" * 400, long, "2020-02-22", "泰安市", "370900"))
    return articles


def _article(name: str, title: str, text: str, day: str, city: str, code: str) -> Article:
    article = Article(
        url=f"http://news.iqilu.com/shandong/yuanchuang/2020/0222/{name}.shtml",
        title=title,
        text=text,
        portal="qilu",
        channel="http://news.iqilu.com/shandong/",
        source="齐鲁网",
        published_at=f"{day}T18:00:00+08:00",
        fetched_at=f"{day}T20:00:00+08:00",
        http_status=200,
        layout="qilu 2020",
        region=f"山东省{city}",
        region_code=code,
        cuts=(Cut(text="相关新闻", reason="related", group="related"),),
    )
    return replace(article, observations=extract(article))


def load(folder: Path, articles: list[Article]) -> str:
    """Write feeds below `folder`, load them; returns the warehouse to open."""
    for feed in ("articles", "observations"):
        (folder / feed).mkdir(parents=True, exist_ok=True)
    rows = "".join(line(article_row(article)) for article in articles)
    (folder / "articles" / "part.jsonl").write_text(rows, encoding="utf-8")
    rows = "".join(line(row) for article in articles for row in observation_rows(article))
    (folder / "observations" / "part.jsonl").write_text(rows, encoding="utf-8")
    target = f"duckdb:///{folder / 'w.duckdb'}"
    with open_warehouse(target) as warehouse:
        warehouse.load(find_feeds([folder / "articles", folder / "observations"]), runs=RUNS)
    return target


NOW = datetime(2020, 2, 28, 12, 0, tzinfo=UTC)
REFUSED = "60 of 60 requests were refused (403, 429, 503 or a captcha page)"
QILU = [channel.name for channel in load_portal("qilu").channels if not channel.retired]
USUAL = {"lists": 2, "links": 30, "articles": 10, "observations": 40, "layouts": {"qilu 2016": 10}}
CHANNELS = {
    "weihai": {"lists": 2, "lists_failed": 0, "links": 9, "fetched": 4, "articles": 4, "observations": 12}
    | {"layouts": {"qilu 2016": 4}},
    "zibo": {"lists": 2, "lists_failed": 1, "links": 9, "fetched": 4, "articles": 4, "observations": 12}
    | {"layouts": {"general (qilu)": 4, SCRIPT: 1}},
    "heze": {"lists": 2, "lists_failed": 0, "links": 0, "fetched": 0, "articles": 0, "observations": 0},
    SCRIPT: {"lists": 1, "relevant_without": 3},
}


def _run(portal: str, age: timedelta, verdict: str, reasons: tuple[str, ...], channels: dict[str, Any]) -> Any:
    started = NOW - age
    return {
        "run": f"{portal}-{started:%Y%m%dT%H%M%S}",
        "portal": portal,
        "verdict": verdict,
        "reasons": list(reasons),
        "started": f"{started:%Y-%m-%dT%H:%M:%SZ}",
        "finished": f"{started + timedelta(minutes=9):%Y-%m-%dT%H:%M:%SZ}",
        "articles": 1,
        "observations": 2,
        "channels": channels,
    }


# A good week of 齐鲁网, then a run in which a list failed and another had no links; 网易 refuses since two hours.
RUNS = [
    *(_run("qilu", timedelta(days=day), "ok", (), dict.fromkeys(QILU, USUAL)) for day in range(1, 8)),
    _run(
        "qilu",
        timedelta(minutes=30),
        "degraded",
        ("heze: 0 article links in 2 lists, expected at least 5", "zibo: 1 of 3 lists could not be read"),
        dict.fromkeys(QILU, USUAL) | CHANNELS,
    ),
    _run("netease", timedelta(hours=9), "ok", (), {"beijing": USUAL}),
    _run("netease", timedelta(hours=2), "blocked", (REFUSED,), {"beijing": {}}),
    _run("netease", timedelta(hours=1), "blocked", (REFUSED,), {"beijing": {}}),
]


def health_of(records: Iterable[Any]) -> dict[str, Any]:
    """What `scrapy health` said at NOW, for the report."""
    return as_document(assess_all(records, NOW), NOW)


def browser_path() -> str | None:
    """A Chromium that can be started."""
    path = find_browser()
    return path if path and (shutil.which(path) or os.access(path, os.X_OK)) else None


BROWSER_ARGUMENTS = list(ARGUMENTS)
