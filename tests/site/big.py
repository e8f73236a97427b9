"""A site of any size, made page by page from a number, none kept: for throughput, kill and soak tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.site.articles import Article, read_marks
from tests.site.lists import category, list_pages
from tests.site.pages import ROBOTS
from tests.site.render import Page, render_article

SECTION = "http://weihai.iqilu.com/whyw/"
PER_PAGE = 40
FIRST_ID = 4_400_000
START = datetime(2020, 2, 10, 8, 0)
GROUPS = ("规上工业企业", "规下工业企业", "外贸企业", "商贸企业", "重点企业", "建筑企业", "服务业企业")
TOWNS = ("环翠区", "文登区", "荣成市", "乳山市")


@dataclass(frozen=True, slots=True)
class BigSite:
    """`n` articles behind one section list; an instance is a page lookup for `Site`."""

    n: int

    @property
    def urls(self) -> list[str]:
        """Addresses of all articles."""
        return [self.article(i).url for i in range(self.n)]

    @property
    def list_count(self) -> int:
        """How many list pages there are."""
        return -(-self.n // PER_PAGE)

    def article(self, i: int) -> Article:
        """Article number i: its figures, place and day follow from i alone."""
        if not 0 <= i < self.n:
            raise IndexError(f"{i} is not below {self.n}")
        moment = START + timedelta(minutes=7 * i)
        total = 200 + i * 37 % 3800
        done = total * (40 + i * 13 % 60) // 100
        group, town = GROUPS[i % len(GROUPS)], TOWNS[i % len(TOWNS)]
        day = f"{moment.month}月{moment.day}日"
        region, as_of = f"山东省威海市{town}", f"{moment:%Y-%m-%d}"
        marked = (
            f"齐鲁网·闪电新闻{day}讯 记者从威海市{town}了解到，企业生产正在恢复，第{i}号简报今天公布了最新进度。\n"
            f"截至{day}，{town}{{{total}家|enterprises_total|{group}}}{group}已复工{{{done}家|enterprises_resumed|{group}}}，"
            f"复工率{{{100 * done / total:.1f}%|resumption_rate|{group}}}，"
            f"返岗员工{{{done * 41}人|workers_returned|{group}员工}}。\n"
            f"服务专员走访企业{{{done // 3 + 1}家|enterprises_served|企业}}，"
            f"协调解决问题{{{done // 5 + 1}个|issues_resolved|企业问题}}。"
        )
        text, observations = read_marks(marked, region, as_of)
        return Article(
            name=f"big-{i}",
            portal="qilu",
            channel="weihai",
            template="qilu_2016",
            url=f"{SECTION}{moment:%Y/%m%d}/{FIRST_ID + i}.shtml",
            title=f"{town}{group}复工{done}家（简报{i}）",
            published=f"{moment:%Y-%m-%d %H:%M:%S}",
            fetched=f"{moment + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}",
            topic="epidemic",
            style="press release",
            text=text,
            region=region,
            as_of=as_of,
            observations=observations,
            extra={"channel_title": "威海"},
        )

    def __call__(self, url: str) -> Page | None:
        """The page at an address, None for one that this site does not have."""
        if url.endswith("/robots.txt"):
            return Page(url=url, body=ROBOTS.encode(), date="2020-01-01T00:00:00Z")
        if match := re.search(r"/(\d+)\.shtml$", url):
            i = int(match[1]) - FIRST_ID
            page = render_article(self.article(i))[0] if 0 <= i < self.n else None
            return page if page and page.url == url else None
        if url == SECTION:
            return self._list(1)
        match = re.fullmatch(re.escape(SECTION) + rf"list_{category(SECTION)}_(\d+)\.shtml", url)
        return self._list(int(match[1])) if match else None

    def _list(self, number: int) -> Page | None:
        """List page `number`, newest first, with the address of the next."""
        if not 1 <= number <= max(self.list_count, 1):
            return None
        high = self.n - (number - 1) * PER_PAGE
        articles = [self.article(i) for i in range(max(high - PER_PAGE, 0), high)]
        return list_pages(SECTION, articles, PER_PAGE, at=number, count=self.list_count)[0]


def big_site(n_articles: int) -> BigSite:
    """A lookup of `n_articles` synthetic articles: `Site(big_site(2000))`, crawled with `channel=weihai`."""
    return BigSite(n_articles)
