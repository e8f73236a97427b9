"""The report without a browser: what is in the pages, that nothing breaks out of them, what a second report leaves."""

import ast
import json
import re
import subprocess
import sys
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resumption.commands.report import Command
from resumption.lexicon.indicators import load_indicators
from resumption.monitor import State, as_document, assess
from resumption.portals import load_portal, portal_names
from resumption.report import Again, StoredArticle, write_report
from resumption.report.evidence import LARGEST_CHUNK, MOST_ARTICLES, article_data, chunk_articles
from resumption.report.figures import latest_data, load_tiles, series_data, tile_data
from resumption.report.page import LARGEST_PAGE, embed, load_static, load_words, render_page
from resumption.rereading import find_page, read_again
from resumption.verdict import Verdict
from resumption.warehouse import open_warehouse
from resumption.warehouse.dimensions import region_rows
from tests.crawling import ROOT, environment
from tests.reporting import NOW, RUNS, SCRIPT, composed, health_of, load

STATIC = Path(__file__).parents[1] / "resumption" / "report" / "static"
TEMPLATES = STATIC.parent / "templates"


@pytest.fixture(scope="module")
def warehouse_target(tmp_path_factory):
    return load(tmp_path_factory.mktemp("warehouse"), composed())


@pytest.fixture(scope="module")
def site(tmp_path_factory, warehouse_target):
    folder = tmp_path_factory.mktemp("site")
    with open_warehouse(warehouse_target, read_only=True) as warehouse:
        return write_report(warehouse, folder, partial(map, read_again), health_of)


def payload(path):
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', path.read_text("utf-8"), re.S)
    return json.loads(found[1])["page"]


def articles_of(site):
    names = [name for name in site.pages if name.startswith("evidence")]
    return [article for name in names for article in payload(site.folder / name)["articles"]]


class Tags(HTMLParser):
    """Tags of a page as a browser sees them, with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


# --- pages


def test_pages_are_there_and_small(site):
    assert set(site.pages) >= {"index.html", "series.html", "evidence.html", "evidence-2.html", "findings.html"}
    assert max(site.pages.values()) < LARGEST_PAGE
    for name, size in site.pages.items():
        assert (site.folder / name).stat().st_size == size


def test_pages_load_nothing_from_elsewhere(site):
    for name in site.pages:
        tags = Tags((site.folder / name).read_text("utf-8")).tags
        assert not [tag for tag, _ in tags if tag in ("img", "iframe", "object", "embed", "base")]
        for tag, attributes in tags:
            assert "src" not in attributes, (name, tag)
            assert not any(key.startswith("on") for key in attributes), (name, tag)
            if tag == "link":
                assert attributes["href"] == "data:,"
        policy = next(a["content"] for t, a in tags if a.get("http-equiv") == "Content-Security-Policy")
        assert "default-src 'none'" in policy

        assert "unsafe" not in policy


def test_hostile_text_stands_only_in_data(site):
    for name in site.pages:
        assert SCRIPT not in (site.folder / name).read_text("utf-8")
    assert [a for a in articles_of(site) if a["title"].startswith(SCRIPT) and a["text"].startswith(SCRIPT)]


def test_evidence_has_every_observation_at_its_place(site):
    found = 0
    for article in articles_of(site):
        for o in article["obs"]:
            assert article["text"][o["s"] : o["e"]] == o["number"]
            found += 1
            for start, end in o["cues"]:
                assert 0 <= start < end <= len(article["text"])
        for start, end, reason in article["rejected"]:
            assert start < end
            assert reason
    assert found == site.observations > 30


def test_rejected_numbers_are_not_observations(site):
    for article in articles_of(site):
        taken = {(o["s"], o["e"]) for o in article["obs"]}
        assert not taken & {(start, end) for start, end, _ in article["rejected"]}
    reasons = [r for a in articles_of(site) for r in a["rejected"]]
    assert len(reasons) >= 8  # the telephone numbers


def test_findings_have_their_sentences(site):
    findings = payload(site.folder / "findings.html")["findings"]
    kinds = {finding["check"]: finding for finding in findings}
    assert {"rate_mismatch", "conflict", "cumulative_falls"} <= set(kinds)
    wrong = kinds["rate_mismatch"]
    assert wrong["computed"] == pytest.approx(307 / 345 * 100)
    assert [v[1] for v in wrong["values"]] == [90.0, 307.0, 345.0]
    fallen = next(f for f in findings if f["check"] == "cumulative_falls" and f["region"] == "山东省威海市")
    assert [v[1] for v in fallen["values"]] == [940.0, 900.0]
    assert fallen["values"][0][4] < fallen["values"][1][4]
    for finding in findings:
        assert finding["sides"]
        for side in finding["sides"]:
            for start, end in side["marks"]:
                assert any(c.isdigit() for c in side["quote"][start:end])
            assert re.fullmatch(r"\d+\.[0-9a-f]{12}", side["ref"])


def test_overview_totals_and_refs(site):
    page = payload(site.folder / "index.html")
    assert page["totals"]["articles"] == len(composed())
    assert page["totals"]["first_day"] == "2020-02-17"
    known = {o["id"] for a in articles_of(site) for o in a["obs"]}
    refs = [row[-1] for row in page["tiles"]["rows"] + page["latest"]["rows"]]
    assert refs
    assert {ref.partition(".")[2] for ref in refs} <= known
    last = {run["portal"]: run for run in page["runs"]}
    assert last["qilu"]["channels"]["zibo"]["lists_failed"] == 1
    assert last["netease"]["finished"] == "2020-02-28T11:09:00Z"


def test_health_is_that_of_the_command(site):
    """The channels of the page are what `monitor.assess` says of the records in the warehouse, field by field."""
    said = as_document(assess([load_portal(name) for name in portal_names()], RUNS, NOW), NOW)
    health = payload(site.folder / "index.html")["health"]
    assert health == json.loads(json.dumps(said))
    channels = {(c["portal"], c["channel"]): c for c in health["channels"]}
    weihai, zibo, heze = (channels["qilu", name] for name in ("weihai", "zibo", "heze"))
    assert [c["state"] for c in (weihai, zibo, heze)] == ["ok", "degraded", "empty"]
    assert (weihai["articles"], weihai["articles_usual"], weihai["observations"]) == (4, 10, 12)
    assert weihai["layouts"] == {"qilu 2016": 74}
    assert round(zibo["general"], 3) == round(4 / 75, 3)
    assert heze["since"] == "2020-02-28 11:30Z"
    beijing = channels["netease", "beijing"]
    assert (beijing["state"], beijing["since"]) == ("blocked", "2020-02-28 10:00Z")
    assert beijing["last_good"] == "2020-02-28 03:00Z"


def test_command_report_shows_the_health_that_command_health_prints(warehouse_target, tmp_path):
    """Both commands on one warehouse; only the moment may differ."""

    def call(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments, "--from", warehouse_target],
            cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, check=False,
        )  # fmt: skip

    printed = call("health", "--json")
    assert printed.returncode == 5, printed.stderr
    written = call("report", "--no-pages", "--out", str(tmp_path / "site"))
    assert written.returncode == 0, written.stderr
    health = payload(tmp_path / "site" / "index.html")["health"]
    told = json.loads(printed.stdout)
    assert [health.pop("at") >= told.pop("at"), health] == [True, told]


def _sentences(path, names):
    """Every sentence in the functions of a file, with {0}, {1} for what changes."""
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(function, ast.FunctionDef) and function.name in names):
            continue
        inner = {id(part) for node in ast.walk(function) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(function):
            if isinstance(node, ast.JoinedStr):
                numbers = iter(range(9))
                text = "".join(p.value if isinstance(p, ast.Constant) else f"{{{next(numbers)}}}" for p in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
                text = node.value
            else:
                continue
            if " " in text.strip() and not text.startswith(
                ("{0}: {1}", ast.get_docstring(function, clean=False) or " ")
            ):
                yield text


def test_every_sentence_of_verdict_and_monitor_has_a_translation():
    package = STATIC.parents[1]
    texts = [
        *_sentences(package / "verdict.py", {"judge", "_judge_layouts", "find_notes", "_judge_channel"}),
        *_sentences(package / "monitor.py", {"_assess_channel"}),
    ]
    assert len(texts) > 18
    patterns = [
        re.compile(re.sub(r"\\{\d\\}", "(.+?)", re.escape(key.removeprefix("sentence."))))
        for key in load_words() if key.startswith("sentence.")
    ]  # fmt: skip
    for text in texts:
        # A channel's name before the sentence is taken off by the page; lengths of time have a unit.
        shown = re.sub(r"\{(\d)\}", r"7\1", text.removeprefix("{0}: ")).replace("for 70,", "for 70 h,")
        assert any(pattern.fullmatch(shown) for pattern in patterns), text
    words = load_words()
    assert {f"state.{state.value}" for state in State} | {f"verdict.{v.value}" for v in Verdict} <= set(words)


def test_conflicting_reports_are_a_range(site):
    page = payload(site.folder / "series.html")
    points = [p for s in page["series"] if s["i"] == "resumption_rate" for p in s["pts"] if p[0] == "2020-02-19"]
    assert [81.0, 86.0] in [[p[2] or p[1], p[3] or p[1]] for p in points]


def test_two_reports_of_one_warehouse_are_equal(site, warehouse_target, tmp_path):
    with open_warehouse(warehouse_target, read_only=True) as warehouse:
        again = write_report(warehouse, tmp_path, partial(map, read_again), health_of)
    assert again.files == site.files
    for name in site.files:
        assert (tmp_path / name).read_bytes() == (site.folder / name).read_bytes()


def test_what_an_earlier_report_left_is_removed_and_nothing_else(warehouse_target, tmp_path):
    for name in ("evidence-7.html", "mine.html", "notes.txt", "evidence-8.html"):
        (tmp_path / name).write_text("x")
    (tmp_path / "report.json").write_text(json.dumps({"files": ["evidence-7.html", "../escape", "notes.txt", 3]}))
    with open_warehouse(warehouse_target, read_only=True) as warehouse:
        write_report(warehouse, tmp_path)
    there = {p.name for p in tmp_path.iterdir()}
    assert {"index.html", "report.json", "mine.html", "notes.txt", "evidence-8.html"} <= there
    assert "evidence-7.html" not in there


def test_an_empty_warehouse_gives_pages_that_say_so(tmp_path):
    target = load(tmp_path / "feeds", [])
    with open_warehouse(target, read_only=True) as warehouse:
        written = write_report(warehouse, tmp_path / "site")
    assert len(written.pages) == 4
    assert payload(tmp_path / "site" / "index.html")["totals"]["articles"] == 0


# --- data in a page

VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_embedded_data_comes_back_and_holds_no_markup(value):
    text = embed(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")
    text.encode("utf-8")


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "\u2028", "\ud800", "&lt;/script&gt;", "<SCRIPT "])
def test_text_cannot_end_its_script(text):
    page = render_page("findings", embed({"part": 1, "parts": [1], "findings": [{"title": text}]}), load_words())
    assert [tag for tag, _ in Tags(page).tags].count("script") == 3
    page.encode("utf-8")


# --- articles to pages


def stored(text, reports=(), **row):
    base = dict.fromkeys(
        ("article_id", "portal", "channel", "url", "title", "source", "published_at", "region", "raw_sha256", "raw_ref",
         "layout", "fetched_at", "duplicate_of", "supersedes")
    )  # fmt: skip
    return StoredArticle(
        base | {"article_version_id": "a" * 64, "url": "http://x.invalid/", "text": text} | row, reports
    )


def test_articles_fill_pages_up_to_their_size():
    items = [article_data(stored("复工" * 500), Again(), None) for _ in range(400)]
    chunks = [chunk for chunk, _ in chunk_articles(items)]
    assert sum(chunk.count for chunk in chunks) == 400
    assert max(chunk.count for chunk in chunks) <= MOST_ARTICLES
    big = [article_data(stored("复" * 150_000), Again(), None) for _ in range(9)]
    sizes = [chunk.size for chunk, _ in chunk_articles(big)]
    assert len(sizes) > 3
    assert max(sizes) <= LARGEST_CHUNK


@pytest.mark.parametrize("text", ["复" * 3_000_000, "𠮷" * 1_000_000, "a" * 5_000_000])
def test_a_text_beyond_every_page_is_shortened_and_says_so(text):
    data = article_data(stored(text), Again(rejected=((4_000_000, 4_000_002, "duration"),)), None)
    assert data["cut_at"] == len(data["text"]) < len(text)
    assert text.startswith(data["text"])
    assert data["rejected"] == []
    assert len(embed(data).encode()) < LARGEST_PAGE - 1_000_000


def test_a_text_that_may_not_be_passed_on_is_no_text():
    data = article_data(stored(None), Again(), None)
    assert data["text"] is None


@pytest.mark.parametrize(
    "ref", ["", "archive/x.warc.gz", "../secret.warc.gz#0", "/etc/passwd#0", "archive/x.warc.gz#-1", "archive/x.html#3"]
)
def test_a_stored_page_is_looked_for_in_the_archive_only(tmp_path, ref):
    (tmp_path / "data" / "archive").mkdir(parents=True)
    (tmp_path / "secret.warc.gz").write_bytes(b"secret")
    assert find_page(stored("", raw_ref=ref), [tmp_path / "data"]) is None


def test_a_torn_archive_is_no_page(tmp_path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "x.warc.gz").write_bytes(b"\x1f\x8b\x08\x00 torn")
    assert find_page(stored("", raw_ref="archive/x.warc.gz#0"), [tmp_path.resolve()]) is None


# --- figures


def fact(region="山东省威海市", code="371000", day="2020-02-20", value=90.0, key="k", **more):
    base = {
        "series_key": key, "indicator": "resumption_rate", "unit": "percent", "kind": "level", "status": "actual",
        "change_basis": None, "population_key": "p", "population": "规上工业企业", "region_key": code, "region": region,
        "region_code": code, "region_level": "city", "as_of": day, "value": value, "comparator": "eq",
        "min_value": value, "max_value": value, "n_reports": 1, "n_sources": 1, "optional": False, "obs_id": "f" * 64,
    }  # fmt: skip
    return base | more


def test_tiles_take_actual_levels_of_their_regions_only():
    facts = [fact(), fact(status="target"), fact(kind="change"), fact(code="371002", region_level="county"),
             fact(code="371000", region_level="zone")]  # fmt: skip
    assert len(tile_data(facts, lambda _: "")["rows"]) == 1


def test_latest_is_the_last_day_of_each_series():
    facts = [fact(day="2020-02-18", value=1.0), fact(day="2020-02-21", value=3.0), fact(day="2020-02-19", value=2.0)]
    assert [row[3:5] for row in latest_data(facts, lambda _: "", 10)["rows"]] == [["2020-02-21", 3.0]]


def test_series_beyond_the_page_are_counted():
    facts = [fact(key="a", day=f"2020-02-{d}") for d in range(10, 20)] + [fact(key="b"), fact(key="c")]
    data = series_data(facts, lambda _: "", 11)
    assert [len(s["pts"]) for s in data["series"]] == [10, 1]
    assert data["left_out"] == 1


# --- labels and grids


def test_every_tile_is_a_place_and_stands_alone():
    codes = {row[0]: row[3] for row in region_rows() if row[3] != "zone"}
    for grid, level, count in (("shandong", "city", 16), ("provinces", "province", 34)):
        places = load_tiles()[grid]
        assert len(places) == count
        assert {codes[code] for code in places} == {level}
        assert len({(row, column) for row, column, *_ in places.values()}) == count
    assert set(load_tiles()["shandong"]) == {
        row[0] for row in region_rows() if row[4] == "370000" and row[3] == "city" and row[6] is None
    }


def test_every_label_is_there_in_both_languages():
    words = load_words()
    for key, pair in words.items():
        assert len(pair) == 2, key
        assert all(pair), key
    used = set()
    for path in [*STATIC.glob("*.js"), *TEMPLATES.glob("*.html")]:
        text = path.read_text("utf-8")
        used |= set(re.findall(r'data-i18n(?:-label|-placeholder)?="([\w.]+)"', text))
        used |= set(re.findall(r'\bt\("((?:ui|kind|status|check|unit)\.\w+)"', text))
    assert len(used) > 80
    assert used - set(words) == set()
    assert {f"indicator.{i.code}" for i in load_indicators()} <= set(words)


def test_scripts_make_no_markup_of_data():
    for path in STATIC.glob("*.js"):
        code = path.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", code), (
            path
        )
    assert load_static("site.css").count("url(") == 0


def test_missing_warehouse_is_one_sentence(tmp_path, capsys):
    command = Command()
    opts = type(
        "Options", (), {"source": f"duckdb:///{tmp_path}/none.duckdb", "out": str(tmp_path / "o"), "no_pages": True}
    )
    command.run([], opts)
    assert command.exitcode == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not (tmp_path / "o" / "index.html").exists()


def test_reading_again_finds_the_words_that_decided():
    article = next(a for a in composed() if "371000" in a.url)
    again = read_again(stored(article.text, title=article.title, published_at="2020-02-17 18:00:00"))
    assert again.cuts is None
    assert {article.text[s:e] for s, e in again.cues} >= {o.number for o in article.observations}
    assert replace(again, cues=None).rejected == again.rejected
