"""The replay archive and the local site: built from the composed articles, complete, consistent, and served truly."""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resumption import extract, read_page
from resumption.archive import Replay, address_key
from resumption.discovery import article_address, read_search
from resumption.portals import load_portal
from tests.site.articles import FOLDER, Article, expected_value, load_articles, read_marks, unique_quote
from tests.site.build import REPLAY, annotations, archives
from tests.site.dump import page_dump
from tests.site.pages import CLIP_URL, all_pages, furniture_sentences, kinds, odd_articles
from tests.site.render import Page, render_article
from tests.site.walk import list_links

BUILD = "run: python -m tests.site.build"
ARTICLES = load_articles()
BY_NAME = {a.name: a for a in ARTICLES}
FLOOR = 0.9
"""Core F1 over all articles; may rise, never fall."""
SEED_FIGURES = {
    "weihai-jingqu-0222": "45万个 8辆 345家 307家 90% 24338人 17216人 7122人 122家 121家 99.2% 223家 186家 83.4% 248家 "
    "223家 90% 4051家 9家 723人 3家 34人",
    "liaoning-dadong-0425": "20户 22名 2户 2小时 4小时 24小时 69家 650张 34户 210张 405户 48480人 78.8% 303户 135户 "
    "100% 72676张 650张 210张 124个",
}


# ---- the archive is what the articles say


def test_annotations_are_built():
    for path, text in annotations().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is old; {BUILD}"
    assert {p.name for p in FOLDER.glob("*.json")} == {p.name for p in annotations()}


def test_archives_are_built_and_the_same_every_time():
    made = archives()
    for path, data in made.items():
        # compared unpacked: another zlib may pack the same bytes otherwise
        assert gzip.decompress(path.read_bytes()) == gzip.decompress(data), f"{path.name} is old; {BUILD}"
    assert archives() == made
    assert {p.name for p in REPLAY.glob("*.warc.gz")} == {p.name for p in made}
    assert sum(p.stat().st_size for p in made) < 1_000_000


def test_a_replay_finds_every_page():
    replay = Replay(sorted(REPLAY.glob("*.warc.gz")))
    assert len(replay) == len(all_pages())
    for page in all_pages():
        places = replay.find(address_key(page.url), page.rendered)
        assert page.date in {p.date for p in places}, page.url


def test_every_list_of_the_seeds_is_there():
    urls = {(p.url, p.rendered) for p in all_pages()}
    for portal in ("qilu", "netease"):
        for channel in load_portal(portal).channels:
            for url, kind in kinds(channel).items():
                assert (url, kind == "render") in urls, f"{channel.name}: {url}; {BUILD}"


def test_robots_of_every_host():
    urls = {p.url for p in all_pages()}
    for page in all_pages():
        parts = urlsplit(page.url)
        assert f"{parts.scheme}://{parts.netloc}/robots.txt" in urls


# ---- what the articles cover


def test_coverage():
    channels = {p: {a.channel for a in ARTICLES if a.portal == p} for p in ("qilu", "netease")}
    assert len(ARTICLES) >= 34
    assert len(channels["qilu"] - {"shandong"}) >= 8
    assert len(channels["netease"]) >= 8
    assert {a.year for a in ARTICLES} == set(range(2018, 2027))
    assert sum(a.about == "other" for a in ARTICLES) >= 8
    assert sum(bool(a.reprint_of) for a in ARTICLES) >= 3
    assert sum(bool(a.edited) for a in ARTICLES) >= 2
    assert {a.template for a in ARTICLES} >= {
        "qilu_2016", "qilu_older", "qilu_photo", "qilu_share",
        "netease_a", "netease_b", "netease_c", "netease_d", "netease_s", "netease_m",
    }  # fmt: skip


def test_articles_on_other_things_have_numbers_and_no_observation():
    for article in ARTICLES:
        if article.about == "other":
            assert len(re.findall(r"\d+", article.text)) >= 4
            assert not article.observations, article.name
        else:
            assert article.observations, article.name


@pytest.mark.parametrize(
    ("region", "days"), [("山东省威海市", 5), ("山东省潍坊市", 3), ("山东省淄博市", 3), ("沈阳市", 3)]
)
def test_series(region, days):
    """A rate that rises from day to day, for the report."""
    series = {}
    for article in ARTICLES:
        for o in article.observations:
            key = (o["indicator"], o["region"], o["population"], o["kind"], o["status"])
            if key == ("resumption_rate", region, "规上工业企业", "level", "actual"):
                series[o["as_of"]] = o["value"]
    assert len(series) >= days
    assert list(dict(sorted(series.items())).values()) == sorted(series.values())


def test_two_articles_contradict_each_other():
    facts = defaultdict(set)
    for article in ARTICLES:
        for o in article.observations:
            if o["kind"] == "level" and o["status"] == "actual" and o["unit"] == "percent" and o["as_of"]:
                facts[o["indicator"], o["region"], o["population"], o["as_of"]].add(o["value"])
    assert [key for key, values in facts.items() if len(values) > 1] == [
        ("resumption_rate", "山东省临沂市", "规上工业企业", "2024-02-18")
    ]


def test_rates_follow_from_their_counts_unless_they_are_meant_not_to():
    wrong = set()
    pairs = [
        ("enterprises_resumed", "enterprises_total", "resumption_rate"),
        ("projects_resumed", "projects_total", "project_resumption_rate"),
        ("workers_returned", "workers_total", "worker_return_rate"),
    ]
    checked = 0
    for article in [*ARTICLES, *load_articles(0)]:
        groups: dict[tuple, dict[str, dict]] = defaultdict(dict)
        for o in article.observations:
            if o["kind"] == "level" and o["status"] == "actual" and not o["optional"]:
                groups[o["population"].removesuffix("员工"), o["region"], o["as_of"]].setdefault(o["indicator"], o)
        for group in groups.values():
            for part, whole, rate in pairs:
                if part in group and whole in group and rate in group and group[rate]["comparator"] == "eq":
                    checked += 1
                    decimals = len(group[rate]["number"].rstrip("%").partition(".")[2])
                    share = 100 * group[part]["value"] / group[whole]["value"]
                    if abs(share - group[rate]["value"]) > 0.5 * 10**-decimals + 1e-9:
                        assert group[rate].get("flags") == "rate_mismatch", (article.name, share)
                        wrong.add(article.name)
    assert checked > 25
    assert wrong == {"weihai-jingqu-0222", "dezhou-power-1009"}


def test_the_seed_figures():
    """The figures of the two seed documents, as their annotators found them."""
    for name, numbers in SEED_FIGURES.items():
        assert Counter(o["number"] for o in BY_NAME[name].observations) == Counter(numbers.split())
    assert not re.search(r"20\d\d", BY_NAME["liaoning-dadong-0425"].text)
    assert all(o["as_of"] is None for o in BY_NAME["liaoning-dadong-0425"].observations)


def test_reprints_say_the_same():
    for article in ARTICLES:
        if article.reprint_of:
            first = BY_NAME[article.reprint_of]
            same = set(article.paragraphs) & set(first.paragraphs)
            assert article.text != first.text
            assert Counter(o["number"] for o in article.observations) == Counter(
                o["number"] for o in first.observations
            )
            assert same or first.text.endswith(article.text[-60:])


# ---- marks


@pytest.mark.parametrize("edition", [0, -1])
def test_annotations_hold(edition):
    for article in load_articles(edition):
        for o in article.observations:
            assert o["number"] in o["quote"]
            assert article.text.count(o["quote"]) == 1
            assert len(o["quote"]) >= 4


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("复工{307家}", "unread mark"),
        ("复工{307家|x", "unread mark"),
        ("{数百家|enterprises_resumed|企业}", "needs value="),
        ("{3家|enterprises_resumed|企业|maybe}", "unknown option"),
    ],
)
def test_wrong_marks_are_errors(marked, message):
    with pytest.raises(ValueError, match=message):
        read_marks(marked, "", None)


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("28.38万人", (283800, "person")),
        ("2.5亿元", (250000000, "CNY")),
        ("3天", (72, "hour")),
        ("6.1个百分点", (6.1, "percentage_point")),
        ("182万千瓦", (1820000, "kW")),
        ("6240万千瓦时", (62400000, "kWh")),
        ("34户", (34, "count")),
    ],
)
def test_expected_value(number, value):
    assert expected_value(number) == value


@given(st.text(alphabet="复工12家，\n", min_size=1, max_size=60), st.integers(0, 59), st.integers(1, 4))
def test_unique_quote_is_unique(text, start, length):
    start %= len(text)
    end = min(start + length, len(text))
    if "\n" in text[start:end]:
        return
    try:
        quote = unique_quote(text, start, end)
    except ValueError:
        return
    assert text[start:end] in quote
    assert "\n" not in quote
    assert text.count(quote) == 1


# ---- the pages, read


READ = [(a, page) for edition in (0, -1) for a in load_articles(edition) for page in render_article(a)]
READ = list({(page.url, page.body): (a, page) for a, page in READ}.values())
WHOLE = [(a, page) for a, page in READ if a.pages == 1 or "_all." in page.url]


CASES = [pytest.param(a, p, id=f"{a.name} {p.url[-22:]}") for a, p in WHOLE]


@pytest.mark.parametrize(("article", "page"), CASES)
def test_pages_are_read(article: Article, page: Page):
    got = read_page(page.body, page.url, headers=dict(page.headers))
    assert got is not None
    whole = "\n".join(filter(None, [article.extra.get("lead", ""), article.text]))
    assert got.text in (whole, f"{whole}\n{article.byline}")
    assert got.title == article.title
    assert got.published_at == article.published_at
    assert got.doc_id == article.doc_id
    for sentence in furniture_sentences():
        assert sentence not in got.text


ONE_PAGE = [(a, p) for a, p in WHOLE if a.pages == 1 and a.encoding == "utf-8" and a.template != "netease_m"]


@pytest.mark.parametrize("navigation", [False, True], ids=["article", "whole page"])
@pytest.mark.parametrize(("article", "page"), [pytest.param(a, p, id=a.name) for a, p in ONE_PAGE if p.url == a.url])
def test_dumps_are_read(article: Article, page: Page, navigation: bool):
    """A page saved as text is the same article: all that stood around it is told from the text."""
    got = read_page(page_dump(page, navigation=navigation), f"file:///saved/{article.name}.txt")
    assert got is not None
    assert got.text in (article.text, f"{article.text}\n{article.byline}")
    assert got.title == article.title
    assert got.published_at == article.published_at


def test_no_dump_takes_its_date_from_elsewhere():
    """Lists below the article are dated too, in one case years later: better no date than theirs."""
    for article, page in ONE_PAGE:
        for navigation in (False, True):
            got = read_page(page_dump(page, navigation=navigation), f"file:///saved/{article.name}.txt")
            assert got is not None
            assert (got.published_at or "")[:10] in ("", article.published[:10]), article.name


CORE = ("indicator", "value", "unit", "kind")


def _core(observations, optional):
    return Counter(tuple(o[k] for k in CORE) for o in observations if o["optional"] == optional)


@pytest.fixture(scope="module")
def extracted():
    """Name of an article -> its cleaned article and the observations found in it, as far as the last edition goes."""
    found = {}
    for article, page in WHOLE:
        if article in ARTICLES:
            read = read_page(page.body, page.url, headers=dict(page.headers))
            found[article.name] = (read, extract(read))
    return found


def test_figures_stand_where_they_say(extracted):
    for article, observations in extracted.values():
        for o in observations:
            assert article.text[o.start : o.end] == o.number
            assert article.text[o.quote_start : o.quote_end] == o.quote


def test_articles_on_other_things_yield_nothing(extracted):
    for article in ARTICLES:
        if article.about == "other":
            assert not [o.quote for o in extracted[article.name][1] if not o.optional], article.name


@pytest.mark.parametrize(("names", "floor"), [(tuple(SEED_FIGURES), 0.95), ((), FLOOR)], ids=["seeds", "all"])
def test_figures_of_the_articles_are_found(extracted, names, floor):
    """Core F1 (value, unit, indicator, kind) over the pages of the archive; optional figures count neither way."""
    right = missed = extra = 0
    for name, (_, observations) in extracted.items():
        if names and name not in names:
            continue
        gold = BY_NAME[name].observations
        got = Counter((str(o.indicator), float(o.value), str(o.unit), str(o.kind)) for o in observations)
        wanted = _core(gold, False)
        right += (got & wanted).total()
        missed += (wanted - got).total()
        extra += (got - wanted - _core(gold, True)).total()
    assert 2 * right / (2 * right + missed + extra) >= floor


def test_odd_pages_are_no_articles():
    for url in [*(odd.url for odd in odd_articles()), CLIP_URL]:
        page = next(p for p in all_pages() if p.url == url)
        got = read_page(page.body, page.url, headers=dict(page.headers))
        assert got is None or len(got.text) < 60, url


def test_lists_lead_to_every_article():
    """From the seeds' lists alone, through their further pages, to all articles and to nothing but articles."""
    plain = {p.url: p for p in all_pages() if not p.rendered}.get
    shown = {p.url: p for p in all_pages() if p.rendered}.get
    found = set()
    for name in ("qilu", "netease"):
        portal = load_portal(name)
        for channel in portal.channels:
            for url, kind in kinds(channel).items():
                found |= {link.address.key for link in list_links(url, kind, portal, plain, shown)}
    assert found == {a.doc_id for a in [*ARTICLES, *odd_articles()]} | {"5808351"}
    assert all(article_address(a.url, load_portal(a.portal)) for a in ARTICLES)


def test_search_answer():
    portal = load_portal("qilu")
    page = next(p for p in all_pages() if p.url.startswith("https://s.iqilu.com/api/search") and "page=1&" in p.url)
    listing, total = read_search(page.body, page.url, portal)
    assert total >= len(listing.links) == 10
