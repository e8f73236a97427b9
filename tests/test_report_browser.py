"""The report in a real headless Chromium: opened from a file, used by click and by keyboard, in both themes."""

import csv
import io
import json
import zipfile
from functools import partial
from pathlib import Path

import pytest

from resumption.commands.score import score_folder
from resumption.report import write_report
from resumption.rereading import read_again
from resumption.warehouse import open_warehouse
from tests.reporting import BROWSER_ARGUMENTS, FORMULA, SCRIPT, browser_path, composed, health_of, load

pytestmark = pytest.mark.browser
PAGES = ("index", "series", "evidence", "findings")
CLIPPED = """() => [...document.querySelectorAll('button, h1, h2, h3, label span, dt, dd, .tile span, a')]
    .filter((e) => e.offsetParent && getComputedStyle(e).display !== 'inline')
    .filter((e) => e.scrollWidth > e.clientWidth + 1)
    .map((e) => e.outerHTML.slice(0, 90))"""
SCROLLED = """() => [...document.querySelectorAll('.scroll')].filter((e) => e.scrollWidth > e.clientWidth + 1)
    .map((e) => e.outerHTML.slice(0, 90))"""
LOOKS = ((1400, "light"), (1400, "dark"), (390, "light"), (390, "dark"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    if browser_path() is None:
        pytest.skip("NO CHROMIUM FOUND: the pages of the report were not tested (see README, Chromium)")
    target = load(tmp_path_factory.mktemp("warehouse"), composed())
    out = tmp_path_factory.mktemp("site")
    with open_warehouse(target, read_only=True) as warehouse:
        write_report(warehouse, out, partial(map, read_again), health_of)
    return out


@pytest.fixture(scope="module")
def chromium(folder):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, folder):
    """Opens a page; afterwards there must have been no request but for its own file and no word on the console."""
    contexts, heard, requests = [], [], []

    def open_page(name, width=1400, scheme="light", **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: (heard.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(folder.joinpath(name).as_uri() if "#" not in name else f"{folder.as_uri()}/{name}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []
    assert [url for url in requests if not url.startswith((folder.as_uri(), "data:", "blob:"))] == []
    documents = [url.partition("#")[0] for url in requests if url.startswith("file:")]
    assert all(url.endswith(".html") for url in documents)


def evidence_of(page, title):
    """Open the article with that title on whatever evidence page it stands."""
    for name in ("evidence.html", "evidence-2.html", "evidence-3.html"):
        page.goto(page.url.rpartition("/")[0] + "/" + name)
        found = page.locator("#articles button", has_text=title)
        if found.count():
            found.first.click()
            return
    raise AssertionError(title)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_page_opens_with_one_request_and_nothing_sticks_out(opened, name, width, scheme):
    page = opened(f"{name}.html", width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(CLIPPED) == []
    assert width > 760 or page.evaluate(SCROLLED) == []
    page.click("#language")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(CLIPPED) == []
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened, name, scheme):
    import axe_playwright_python

    page = opened(f"{name}.html", 1400 if scheme == "light" else 390, scheme, bypass_csp=True)
    if name == "evidence":
        evidence_of(page, "潍坊市重点企业复工")
        page.locator(".mark").first.click()
        page.check("#rejected")
        page.locator(".mark").nth(1).click()
        page.locator("#mark-wrong, #mark-add").first.click()
    page.evaluate(Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8"))
    result = page.evaluate("axe.run()")
    assert len(result["passes"]) > 20
    serious = [v for v in result["violations"] if v["impact"] in ("serious", "critical")]
    assert [(v["id"], v["nodes"][0]["html"]) for v in serious] == []


def test_overview_by_click(opened):
    page = opened("index.html")
    page.select_option("#map-indicator", "resumption_rate")
    assert page.locator("#tiles-shandong .tile").count() == 16
    assert page.locator("#tiles-provinces .tile").count() == 34
    page.locator("#tiles-shandong .tile", has_text="淄博").click()
    chosen = page.locator("#map-chosen")
    assert "90%" in chosen.inner_text()
    chosen.locator("a").click()
    page.wait_for_url("**/evidence*.html#o-*")
    assert page.locator(".mark[aria-pressed=true]").inner_text() == "90.0%"
    assert "山东省淄博市" in page.locator("#card").inner_text()


def test_overview_by_keyboard(opened):
    page = opened("index.html")
    page.select_option("#map-indicator", "resumption_rate")
    page.focus("#map-slider")
    page.keyboard.press("Home")
    assert page.locator("#map-day").inner_text() == "2020-02-17"
    assert "70%" in page.locator("#tiles-shandong .tile", has_text="威海").get_attribute("aria-label")
    page.keyboard.press("ArrowRight")
    assert page.locator("#map-day").inner_text() == "2020-02-18"
    page.focus("#tiles-shandong .tile >> nth=0")
    page.keyboard.press("Enter")
    assert page.locator("#map-chosen").is_visible()
    page.fill("#latest-region", "潍坊")
    assert set(page.locator("#latest tbody tr td:first-child").all_inner_texts()) == {"山东省潍坊市"}


def test_only_figures_of_the_day(opened):
    page = opened("index.html")
    page.select_option("#map-indicator", "resumption_rate")
    page.focus("#map-slider")
    page.keyboard.press("End")
    shown = page.locator("#tiles-shandong .tile:not(.none)").count()
    page.check("#map-exact")
    assert 0 < page.locator("#tiles-shandong .tile:not(.none)").count() < shown


HEALTH = (
    ("齐鲁网威海", ("正常", "9 / 30", "4 / 10", "12 / 40", "0%", "qilu 2016 74"), ("ok", "9 / 30", "4 / 10", "0%")),
    ("齐鲁网淄博", ("有缺失", "2020-02-28 11:30Z", "2020-02-27 12:00Z", "5%", "通用 4"), ("degraded", "general 4")),
    ("齐鲁网菏泽", ("列表为空", "2020-02-28 11:30Z", "0 / 30"), ("empty",)),
    ("网易北京", ("被拒绝", "2020-02-28 10:00Z", "2020-02-28 03:00Z"), ("blocked", "2020-02-28 10:00Z")),
)
REASONS = (
    ("3 个列表中有 1 个读不了", "1 of 3 lists could not be read"),
    ("2 个列表中有 0 个文章链接，应至少有 5 个", "0 article links in 2 lists, expected at least 5"),
    ("60 个请求中有 60 个被拒绝（403、429、503 或验证码页）", "60 of 60 requests were refused"),
    ("24 小时内 4 篇文章，通常 10 篇", "4 articles in 24 hours, usually 10"),
)


@pytest.mark.parametrize("width", [1400, 390])
def test_health_says_of_each_channel_what_the_command_says(opened, width):
    page = opened("index.html", width)
    for language in (0, 1):
        for title, *cells in HEALTH:
            row = page.locator("#health tbody tr:not(.why)", has_text=title).inner_text()
            for cell in cells[language]:
                assert cell in row, (title, cell, row)
        reasons = page.locator("#health tr.why").all_inner_texts()
        for reason in REASONS:
            assert any(reason[language] in text for text in reasons), reason
        assert "2020-02-28 12:00 UTC" in page.locator("#health").inner_text()
        if not language:
            page.click("#language")


@pytest.mark.parametrize("width", [1400, 390])
def test_health_filter_and_last_run_by_keyboard(opened, width):
    page = opened("index.html", width)
    rows = page.locator("#health table.stack tbody tr:not(.why)")
    everything = rows.count()
    page.focus("#only-bad")
    page.keyboard.press("Space")
    assert 4 <= rows.count() < everything
    assert page.locator("#health table.stack .s-ok").count() == 1  # ok, but with a note
    assert page.evaluate("document.activeElement.id") == "only-bad"
    page.locator("#health summary", has_text="qilu").focus()
    page.keyboard.press("Enter")
    assert "zibo：3 个列表中有 1 个读不了" in page.locator("#health details[open] p").inner_text()
    assert page.locator("#health details[open] tr", has_text="zibo").locator("td").nth(1).inner_text() == "1"
    assert SCRIPT in page.locator("#health details").last.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_language_and_theme_stay(opened):
    page = opened("index.html")
    page.click("#language")
    assert page.locator("h1").inner_text() == "Overview"
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("#theme")
    page.click("nav a[href='series.html']")
    page.wait_for_url("**/series.html")
    assert page.locator("h1").inner_text() == "Series"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def ready_plot(page):
    page.wait_for_selector("#plot svg .mark-symbol path")


def test_series_shows_gaps_and_ranges(opened):
    page = opened("series.html")
    page.select_option("#indicator", "resumption_rate|percent")
    ready_plot(page)
    dashed = page.locator("#plot svg .mark-line path[stroke-dasharray]")
    assert dashed.count() >= 2  # nothing is known between 19 and 26 February in either city
    assert page.locator("#plot svg .mark-rule line[stroke-width='5']").count() == 1  # 86.0 and 81.0 on one day
    assert page.locator("#points tbody tr", has_text="81–86").count() == 1
    before = page.locator("#points tbody tr").count()
    page.locator("#regions input >> nth=0").focus()
    page.keyboard.press("Space")
    assert page.locator("#points tbody tr").count() < before
    page.select_option("#shown", "difference")
    assert "百分点" in page.locator("#points").inner_text()


def test_series_point_leads_to_its_evidence(opened):
    page = opened("series.html")
    page.select_option("#indicator", "resumption_rate|percent")
    ready_plot(page)
    page.locator("#plot svg .mark-symbol path[role='graphics-symbol'], #plot svg .mark-symbol path").first.click()
    page.wait_for_url("**/evidence*.html#o-*")
    assert page.locator(".mark[aria-pressed=true]").count() == 1
    page.go_back()
    page.locator("#points tbody a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/evidence*.html#o-*")


@pytest.mark.parametrize(
    ("button", "start"), [("png", b"\x89PNG\r\n"), ("svg", b"<svg"), ("csv", b"\xef\xbb\xbfindicator,")]
)
def test_series_as_files(opened, button, start):
    page = opened("series.html")
    page.select_option("#indicator", "resumption_rate|percent")
    ready_plot(page)
    with page.expect_download() as waiting:
        page.focus(f"#{button}")
        page.keyboard.press("Enter")
    body = Path(waiting.value.path()).read_bytes()
    assert body.startswith(start)
    if button == "csv":
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
        assert len(rows) == page.locator("#points tbody tr").count() + 1
        assert ["2020-02-26", "94"] in [row[3:5] for row in rows]


CELLS = (
    ('"=1+1"', "'=1+1"), ("-1.9", "-1.9"), ('"-1.9"', "-1.9"), ('"＝A1"', "'＝A1"), ('"a,b"', '"a,b"'), ("null", ""),
)  # fmt: skip


@pytest.mark.parametrize(("value", "cell"), CELLS)
def test_csv_cells_are_no_formulas(opened, value, cell):
    assert opened("series.html").evaluate(f"csvCell({value})") == cell


def test_evidence_by_click_and_hover(opened):
    page = opened("evidence.html")
    evidence_of(page, "潍坊市重点企业复工")
    mark = page.locator(".mark", has_text="90%")
    mark.hover()
    assert "企业复工率" in page.locator("#card").inner_text()
    mark.click()
    card = page.locator("#card").inner_text()
    for text in ("90%", "重点", "山东省潍坊市", "2020-02-20", "比率与数字不符", "截至2月20日"):
        assert text in card, text
    assert "".join(page.locator(".t.lit").all_inner_texts()).startswith("截至2月20日，全市重点企业共")


def test_a_tapped_number_stays_in_sight_beside_its_card(opened):
    """On a telephone the card stands above the text: it neither pushes the number away nor covers it."""
    page = opened("evidence.html", 390, has_touch=True, is_mobile=True)
    evidence_of(page, "潍坊市重点企业复工")
    for place in (1, 0, 2):
        page.locator(".mark").nth(place).tap()
        pressed = page.locator(".mark[aria-pressed=true]").bounding_box()
        card = page.locator("#card").bounding_box()
        assert card["y"] + card["height"] <= pressed["y"]
        assert pressed["y"] + pressed["height"] <= 900


def test_evidence_by_keyboard(opened):
    page = opened("evidence.html")
    evidence_of(page, "威海市复工94.0%")
    page.locator(".mark").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".mark[aria-pressed=true]").inner_text() == "1000家"
    page.focus("#next")
    page.keyboard.press("Enter")
    assert page.locator(".mark[aria-pressed=true]").inner_text() == "940家"
    assert page.evaluate("document.activeElement.id") == "next"
    page.focus("#rejected")
    page.keyboard.press("Space")
    assert page.locator(".mark.rejected").count() >= 1
    page.locator(".mark.rejected").first.click()
    assert "原因" in page.locator("#card").inner_text() or "未采纳" in page.locator("#card").inner_text()


def test_evidence_filters(opened):
    page = opened("evidence.html")
    everything = page.locator("#articles li").count()
    page.fill("#search", "淄博市")
    assert 0 <= page.locator("#articles li").count() < everything
    page.fill("#search", "")
    page.select_option("#by-state", "with_observations")
    assert 0 < page.locator("#articles li").count() <= everything


def downloaded(page):
    with page.expect_download() as waiting:
        page.click("#download")
    return Path(waiting.value.path())


def test_review_marks_are_annotations_that_score_takes(opened, tmp_path):
    page = opened("evidence.html")
    evidence_of(page, "威海市复工94.0%")
    page.locator(".mark", has_text="94.0%").click()
    page.click("#mark-right")
    page.locator(".mark", has_text="940家").click()
    page.focus("#mark-wrong")
    page.keyboard.press("Enter")
    page.fill("#fix-value", "abc")
    page.click("#fix-save")
    assert page.locator(".complaint").inner_text()
    page.fill("#fix-value", "941")
    page.fill("#fix-population", "规上企业")
    page.fill("#fix-as_of", "2020-02-25")
    page.click("#fix-save")
    path = downloaded(page)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        (name,) = [name for name in archive.namelist() if name.endswith(".json")]
        gold = json.loads(archive.read(name))
        text = archive.read(gold["text_file"]).decode("utf-8")
    assert gold["published"] == "2020-02-26"
    by_number = {o["number"]: o for o in gold["observations"]}
    assert by_number["94.0%"]["optional"] is False
    assert by_number["1000家"]["optional"] is True  # not judged
    fixed = by_number["940家"]
    assert (fixed["value"], fixed["population"], fixed["as_of"]) == (941, "规上企业", "2020-02-25")
    for o in gold["observations"]:
        assert text.count(o["quote"]) == 1
        assert 4 <= len(o["quote"]) <= 30
        assert o["number"] in o["quote"]
    tally = score_folder(path)
    assert (tally.articles, tally.gold, tally.core) == (1, 2, 1)


def test_review_of_all_right_scores_full_marks(opened):
    page = opened("evidence.html")
    evidence_of(page, "淄博市复工82.0%")
    page.focus("#rest")
    page.keyboard.press("Enter")
    path = downloaded(page)
    tally = score_folder(path)
    assert tally.gold == tally.core == tally.got == tally.full >= 3


def test_review_adds_a_number_and_takes_marks_back(opened):
    page = opened("evidence.html")
    evidence_of(page, "威海市复工70.0%")
    page.check("#rejected")
    page.locator(".mark.rejected").first.click()
    page.click("#mark-add")
    page.fill("#fix-value", "5")
    page.click("#fix-save")
    with zipfile.ZipFile(downloaded(page)) as archive:
        gold = json.loads(archive.read(archive.namelist()[0]))
    assert gold["observations"][-1]["value"] == 5
    page.click("#forget")
    page.click("#download")
    assert page.locator("#review-state").inner_text() == "还没有标记。"


def test_marks_outlive_the_page(opened):
    page = opened("evidence.html")
    evidence_of(page, "威海市复工78.0%")
    page.click("#rest")
    page.reload()
    assert "✓" in page.locator("#articles button", has_text="威海市复工78.0%").inner_text()


def test_findings_side_by_side(opened):
    page = opened("findings.html")
    page.select_option("#check", "rate_mismatch")
    assert "307 / 345 = 88.99%" in page.locator(".card .sum").first.inner_text()
    page.select_option("#check", "conflict")
    page.fill("#region", "威海")
    card = page.locator(".card", has=page.locator("text=81.0%")).first
    boxes = [figure.bounding_box() for figure in card.locator("figure").all()]
    assert len(boxes) == 2
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    card.locator("a").first.click()
    page.wait_for_url("**/evidence*.html#o-*")


@pytest.mark.parametrize("width", [1400, 390])
def test_hostile_article_is_text(opened, width):
    page = opened("evidence.html", width)
    evidence_of(page, "window.hacked")
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, main script, main iframe").count() == 0
    text = page.locator("#text").inner_text()
    assert SCRIPT in text
    assert FORMULA in text
    assert "\u202e" not in text
    assert "U+202E" in text
    assert page.locator("#article h2").inner_text().startswith(SCRIPT)
    page.locator(".mark", has_text="88%").click()  # after a character outside the basic plane
    assert "88%" in page.locator("#card").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for other in ("index.html", "series.html", "findings.html"):
        page.goto(page.url.rpartition("/")[0] + "/" + other)
        assert page.evaluate("window.hacked") is None
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1400, 390])
def test_line_of_a_megabyte_wraps(opened, width):
    page = opened("evidence.html", width)
    evidence_of(page, "一一一一一一")
    assert len(page.locator("#text").inner_text()) > 330_000
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(".mark", has_text="77%").click()
    assert "77%" in page.locator("#card").inner_text()
