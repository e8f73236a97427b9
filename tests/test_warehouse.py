"""The warehouse on both engines: what a load does to rows, how facts are made of reports, what is found.

Every test of `warehouse` runs on DuckDB and on a real PostgreSQL server that is started here.
"""

import json
import os
import random
import re
from dataclasses import replace
from datetime import date

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.compose_feeds import compose_articles, write_feeds
from resumption.items import Article, Comparator, Observation, PublishedBasis, RegionBasis, Unit, observation_id
from resumption.rows import article_row, line, observation_rows
from resumption.schema import FEEDS, load_schema
from resumption.warehouse import WarehouseError, open_warehouse, sql
from resumption.warehouse.feed_files import BadLine, FeedError, find_feeds, parse_line, read_lines, row_check
from resumption.warehouse.line_pattern import block_matcher, line_of
from resumption.warehouse.tables import FEED_TABLES, TABLES


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """Address of a PostgreSQL server of our own."""
    runtime = tmp_path_factory.mktemp("runtime", numbered=True)
    runtime.chmod(0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    pgserver = pytest.importorskip("pgserver")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


def empty_duckdb(request):
    return f"duckdb:///{request.getfixturevalue('tmp_path')}/w.duckdb"


def empty_postgresql(request):
    target = request.getfixturevalue("postgres")
    with open_warehouse(target) as old:
        old.execute("DROP SCHEMA public CASCADE")
        old.execute("CREATE SCHEMA public")
    return target


EMPTY = {"duckdb": empty_duckdb, "postgresql": empty_postgresql}
"""Per engine a function that gives the target of an empty warehouse."""


@pytest.fixture(params=EMPTY)
def warehouse(request):
    """An empty warehouse of each engine."""
    with open_warehouse(EMPTY[request.param](request)) as opened:
        yield opened


def report(text, number, value, **known):
    """An observation of `number` in `text`: by default the 复工率 of 规上工业企业 of 威海 on 21 February."""
    start = text.index(number)
    facts = {
        "indicator": "resumption_rate",
        "unit": Unit.PERCENT,
        "population": "规上工业企业",
        "population_size": "above_scale",
        "population_sector": "industry",
        "region": "山东省威海市",
        "region_code": "371000",
        "region_level": "city",
        "region_basis": RegionBasis.STATED,
        "as_of": date(2020, 2, 21),
        "rule": "<cue> 达 <quantity>",
    }
    return Observation(
        obs_id="",
        start=start,
        end=start + len(number),
        number=number,
        quote=text,
        quote_start=0,
        quote_end=len(text),
        value=value,
        **(facts | known),
    )


def article(name, text, *reports, **known):
    """An article of 22 February with the given (number, value, fields) reports."""
    facts = {
        "published_at": "2020-02-22T10:00:00+08:00",
        "published_basis": PublishedBasis.PAGE,
        "fetched_at": "2020-02-22T12:00:00+08:00",
        "source": "齐鲁网",
        "title": name,
    }
    made = Article(url=f"http://news.iqilu.com/{name}", text=text, portal="qilu", **(facts | known))
    found, seen = [], {}
    for number, value, fields in reports:
        occurrence = seen[number] = seen.get(number, -1) + 1
        o = report(text, number, value, **fields)
        found.append(replace(o, obs_id=observation_id(made.article_version_id, number, occurrence)))
    return replace(made, observations=tuple(found))


def write(folder, *articles, change=None):
    """Feeds of some articles; `change` is called with each row of the observations before it is written."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [row for a in articles for row in observation_rows(a)]
    for row in rows if change else ():
        change(row)
    (folder / "articles.jsonl").write_text("".join(line(article_row(a)) for a in articles), encoding="utf-8")
    (folder / "observations.jsonl").write_text("".join(map(line, rows)), encoding="utf-8")
    return find_feeds([folder])


def counts(loaded):
    return {m.table: (m.inserted, m.updated, m.unchanged) for m in loaded.tables}


def snapshot(warehouse):
    """All rows of all tables, in an order of their own."""
    return {t.name: sorted(warehouse.fetch(f"SELECT * FROM {t.name}"), key=repr) for t in TABLES}


# Loading


def test_a_second_load_changes_nothing_and_both_engines_hold_what_the_feed_says(warehouse, tmp_path):
    articles, observations = write_feeds(tmp_path / "feeds", 200, seed=3)
    files = find_feeds([tmp_path / "feeds"])
    first = warehouse.load(files)
    assert counts(first)["article_version"] == (articles, 0, 0)
    assert counts(first)["obs_report"] == (observations, 0, 0)
    before = snapshot(warehouse)
    second = warehouse.load(files)
    assert second.changed == 0
    assert counts(second)["obs_report"] == (0, 0, observations)
    assert snapshot(warehouse) == before
    rows = [
        json.loads(text)
        for text in (tmp_path / "feeds/observations/part-000.jsonl").read_text("utf-8").split("\n")[:-1]
    ]
    [(n, total, days, quotes)] = warehouse.fetch(
        "SELECT count(*), sum(value), count(DISTINCT as_of), sum(length(quote)) FROM obs_report"
    )
    assert (n, int(quotes)) == (len(rows), sum(len(row["quote"]) for row in rows))
    assert total == pytest.approx(sum(row["value"] for row in rows))
    assert days == len({row["as_of"] for row in rows})


def test_every_value_survives_the_way_into_the_table(warehouse, tmp_path):
    awkward = "a\"b\\c\t\u2028\x85\n；复工率达88.5%，NULL \\N \\. {1} 'x' €\U0001f3ed"
    made = article("odd", awkward, ("88.5%", 88.5, {"as_of": None, "region_code": None}), title=awkward, editor="\\N")
    warehouse.load(write(tmp_path / "f", made))
    assert warehouse.fetch("SELECT text, title, editor, author FROM article_version") == [
        (awkward, awkward, "\\N", None)
    ]
    [(quote, number, start, end, day, code, optional)] = warehouse.fetch(
        "SELECT quote, number, number_start, number_end, as_of, region_code, optional FROM obs_report"
    )
    assert (quote, number, awkward[start:end]) == (awkward, "88.5%", "88.5%")
    assert (day, code, optional) == (None, None, False)
    assert warehouse.fetch("SELECT published_at FROM article_version")[0][0].isoformat() == "2020-02-22T10:00:00"


def test_a_better_rule_updates_the_row_and_an_older_feed_does_not_undo_it(warehouse, tmp_path):
    made = article("a", "威海规上工业企业复工率达88.5%。", ("88.5%", 88.5, {}))
    old = write(tmp_path / "old", made)

    def better(row):
        row.update(rule="<region> <population> <cue> 达 <quantity>", extractor_version="1.10.0")

    new = write(tmp_path / "new", made, change=better)
    warehouse.load(old)
    assert counts(warehouse.load(new))["obs_report"] == (0, 1, 0)
    assert warehouse.load(old).changed == 0
    assert warehouse.load([*new, *old]).changed == 0
    assert warehouse.fetch("SELECT rule, extractor_version FROM obs_report") == [
        ("<region> <population> <cue> 达 <quantity>", "1.10.0")
    ]


def test_the_order_of_feeds_does_not_matter(warehouse, tmp_path):
    made = article("a", "威海规上工业企业复工率达88.5%。", ("88.5%", 88.5, {}))
    versions = []
    for version, fetched in (("1.9.0", "22"), ("1.10.0", "21"), ("1.10.0", "20")):
        again = replace(made, fetched_at=f"2020-02-{fetched}T12:00:00+08:00")
        change = {"extractor_version": version, "rule": version}
        versions.append(write(tmp_path / (version + fetched), again, change=lambda row, c=change: row.update(c)))
    dice = random.Random(7)
    for _ in range(3):
        dice.shuffle(versions)
        for files in versions:
            warehouse.load(files)
    assert warehouse.load([f for files in versions for f in files]).changed == 0
    [(rule, fetched_at, known_at)] = warehouse.fetch("SELECT rule, fetched_at, known_at FROM obs_report")
    assert (rule, fetched_at.day, known_at.day) == ("1.10.0", 22, 20)


def test_a_key_on_two_lines_is_one_row(warehouse, tmp_path):
    made = article("a", "威海规上工业企业复工率达88.5%。", ("88.5%", 88.5, {}))
    later = replace(made, fetched_at="2020-02-25T12:00:00+08:00")
    loaded = warehouse.load([*write(tmp_path / "1", made), *write(tmp_path / "2", later)])
    assert counts(loaded)["obs_report"] == (1, 0, 0)
    assert counts(loaded)["article"] == (1, 0, 0)
    assert [v.day for v in warehouse.fetch("SELECT known_at, fetched_at FROM obs_report")[0]] == [22, 25]


def test_a_broken_line_loads_nothing_of_any_feed(warehouse, tmp_path):
    write_feeds(tmp_path / "good", 5)
    write_feeds(tmp_path / "feeds", 20, seed=2)
    warehouse.load(find_feeds([tmp_path / "good"]))
    before = snapshot(warehouse)
    path = tmp_path / "feeds/observations/part-000.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[40] = lines[40].replace(b'"value": ', b'"value": "x')
    path.write_bytes(b"".join(lines))
    with pytest.raises(FeedError, match=r"part-000\.jsonl, line 41: "):
        warehouse.load(find_feeds([tmp_path / "feeds"]))
    assert snapshot(warehouse) == before
    told = []
    loaded = warehouse.load(find_feeds([tmp_path / "feeds"]), skip_bad=told.append)
    assert [(bad.line, loaded.bad_lines) for bad in told] == [(41, 1)]
    assert counts(loaded)["obs_report"][0] == len(lines) - 1


def test_skip_bad_works_on_an_empty_warehouse_too(warehouse, tmp_path):
    write_feeds(tmp_path / "feeds", 5)
    path = tmp_path / "feeds/articles/part-000.jsonl"
    with path.open("ab") as file:
        file.write(b'{"torn": "lin')
    told = []
    loaded = warehouse.load(find_feeds([tmp_path / "feeds"]), skip_bad=told.append)
    assert [str(bad) for bad in told] == [f"{path}, line 6: the line is torn: no line end"]
    assert counts(loaded)["article_version"] == (5, 0, 0)


def test_feeds_without_lines_and_packed_feeds_load(warehouse, tmp_path):
    import gzip

    write_feeds(tmp_path / "feeds", 3)
    (tmp_path / "feeds/articles/part-001.jsonl").touch()
    plain = tmp_path / "feeds/observations/part-000.jsonl"
    (plain.parent / "it's [1]*.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()
    assert counts(warehouse.load(find_feeds([tmp_path / "feeds"])))["obs_report"] == (15, 0, 0)
    assert warehouse.load([]).changed == 0


def test_a_table_of_an_earlier_version_gets_the_columns_it_lacks(warehouse, tmp_path):
    made = article("a", "威海规上工业企业复工率达88.5%。", ("88.5%", 88.5, {}))
    files = write(tmp_path / "f", made)
    warehouse.load(files)
    for view in reversed(sql.views()):
        warehouse.execute(f"DROP VIEW {view}")
    warehouse.execute("ALTER TABLE obs_report DROP COLUMN group_id")
    warehouse.execute("UPDATE warehouse_state SET views_version = 'old'")
    warehouse.load(files)
    assert "group_id" in warehouse.columns_of("obs_report")
    assert warehouse.fetch("SELECT value FROM series") == [(88.5,)]


def test_dimensions_are_loaded_from_the_lexicon(warehouse):
    warehouse.load([], runs=[{"run": "r1", "verdict": "ok", "articles": 3, "started": "2020-02-22T10:00:00Z"}])
    assert warehouse.fetch(
        "SELECT full_name, level, parent FROM dim_region WHERE code = '371002' AND level = 'county'"
    ) == [("山东省威海市环翠区", "county", "371000")]
    assert warehouse.fetch("SELECT run_id, verdict, articles FROM run") == [("r1", "ok", 3)]


# Facts


def test_reprints_count_once_and_all_reports_are_counted(warehouse, tmp_path):
    text = "截至2月21日，威海规上工业企业复工率达88.5%。"
    first = article("first", text, ("88.5%", 88.5, {}), source="齐鲁网")
    reprint = article("copy", text, ("88.5%", 88.5, {}), source="某网", duplicate_of=first.article_id)
    copy_of_copy = article("copy2", text, ("88.5%", 88.5, {}), source="另网", duplicate_of=reprint.article_id)
    other = article("other", "威海：规上工业企业88.5%已复工。", ("88.5%", 88.5, {}), source="海右日报")
    warehouse.load(write(tmp_path / "f", first, reprint, copy_of_copy, other))
    assert warehouse.fetch("SELECT value, n_reports, n_articles, n_sources, spread FROM fact_obs") == [
        (88.5, 4, 2, 2, 0.0)
    ]
    originals = dict(warehouse.fetch("SELECT article_id, original_id FROM reprint"))
    assert originals == {reprint.article_id: first.article_id, copy_of_copy.article_id: first.article_id}


def test_reprints_of_each_other_do_not_hang(warehouse, tmp_path):
    text = "威海规上工业企业复工率达88.5%。"
    a, b = (article(name, text, ("88.5%", 88.5, {})) for name in "ab")
    a, b = replace(a, duplicate_of=b.article_id), replace(b, duplicate_of=a.article_id)
    warehouse.load(write(tmp_path / "f", a, b))
    assert warehouse.fetch("SELECT value, n_reports FROM fact_obs") == [(88.5, 2)]


def test_a_correction_supersedes_and_the_old_value_is_kept(warehouse, tmp_path):
    first = article("a", "威海规上工业企业复工率达85.8%。", ("85.8%", 85.8, {}))
    edited = article(
        "a",
        "威海规上工业企业复工率达88.5%。",
        ("88.5%", 88.5, {}),
        supersedes=first.article_version_id,
        fetched_at="2020-02-24T12:00:00+08:00",
    )
    warehouse.load(write(tmp_path / "f", first, edited))
    assert warehouse.fetch("SELECT value, n_reports, superseded_values, is_current FROM fact_obs") == [
        (88.5, 1, "85.8%", True)
    ]
    assert warehouse.fetch("SELECT count(*) FROM conflict") == [(0,)]
    rows = warehouse.fetch("SELECT value, entry_type, known_from, known_to FROM fact_history ORDER BY known_from")
    assert [(value, entry, start.day, end and end.day) for value, entry, start, end in rows] == [
        (85.8, "new", 22, 24),
        (88.5, "correction", 24, None),
    ]
    assert warehouse.fetch("SELECT count(*) FROM obs_report") == [(2,)]


def test_a_sentence_that_was_taken_back_is_no_longer_current(warehouse, tmp_path):
    first = article("a", "威海规上工业企业复工率达85.8%。", ("85.8%", 85.8, {}))
    emptied = article(
        "a", "威海企业有序复工。", supersedes=first.article_version_id, fetched_at="2020-02-24T12:00:00+08:00"
    )
    warehouse.load(write(tmp_path / "f", first, emptied))
    assert warehouse.fetch("SELECT value, is_current, n_reports FROM fact_obs") == [(85.8, False, 0)]
    assert warehouse.fetch("SELECT count(*) FROM series") == [(0,)]


def test_a_number_that_a_later_reading_no_longer_finds_is_not_current(warehouse, tmp_path):
    made = article("a", "威海规上工业企业复工率达85.8%。", ("85.8%", 85.8, {}))
    files = write(tmp_path / "old", made)
    reread = article_row(replace(made, observations=())) | {"extractor_version": "2.0.0"}
    (tmp_path / "articles.jsonl").write_text(line(reread), encoding="utf-8")
    warehouse.load(files)
    warehouse.load(find_feeds([tmp_path / "articles.jsonl"]))
    assert warehouse.fetch("SELECT is_current FROM fact_obs") == [(False,)]


CHOICES = [
    pytest.param({"optional": True}, {}, id="what is stated beats what is optional"),
    pytest.param({"flags": ("rate_mismatch",)}, {}, id="unflagged beats flagged"),
    pytest.param({"comparator": Comparator.APPROX}, {}, id="exact beats 约"),
    pytest.param({"region_basis": RegionBasis.CHANNEL}, {}, id="a stated place beats the channel's"),
]


@pytest.mark.parametrize(("worse", "better"), CHOICES)
def test_the_chosen_value(warehouse, tmp_path, worse, better):
    late = {"published_at": "2020-02-23T10:00:00+08:00"}
    a = article("a", "威海规上工业企业复工率达88.5%。", ("88.5%", 88.5, better))
    b = article("b", "威海规上工业企业复工率达79.4%。", ("79.4%", 79.4, worse), **late)
    warehouse.load(write(tmp_path / "f", a, b))
    assert warehouse.fetch("SELECT value, n_reports FROM fact_obs") == [(88.5, 2)]


def test_of_equally_good_reports_the_latest_is_chosen(warehouse, tmp_path):
    a = article("a", "威海规上工业企业复工率达88.5%。", ("88.5%", 88.5, {}))
    b = article("b", "威海规上工业企业复工率达88.9%。", ("88.9%", 88.9, {}), published_at="2020-02-23T10:00:00+08:00")
    warehouse.load(write(tmp_path / "f", a, b))
    rows = warehouse.fetch("SELECT value, min_value, max_value, spread FROM fact_obs")
    assert rows == [(88.9, 88.5, 88.9, pytest.approx(0.4))]


APART = [
    pytest.param({}, {"as_of": date(2020, 2, 22)}, 2, id="another day"),
    pytest.param({}, {"region": "山东省威海市环翠区", "region_code": "371002"}, 2, id="another place"),
    pytest.param(
        {"region": "威海经济技术开发区", "region_level": "zone"},
        {"region": "威海火炬高技术产业开发区", "region_level": "zone"},
        2,
        id="two zones with the code of one city",
    ),
    pytest.param({}, {"region": "威海市"}, 1, id="one code, two spellings"),
    pytest.param({}, {"population": "规模以上工业企业"}, 1, id="one population, two wordings"),
    pytest.param(
        {"population": "甲公司", "population_size": None, "population_sector": None},
        {"population": "乙公司", "population_size": None, "population_sector": None},
        2,
        id="two companies",
    ),
    pytest.param({"region": "", "region_code": None}, {"region": "", "region_code": None}, 2, id="place unknown"),
    pytest.param({"as_of": None}, {"as_of": None}, 2, id="day unknown"),
]


@pytest.mark.parametrize(("one", "two", "facts"), APART)
def test_what_is_one_fact(warehouse, tmp_path, one, two, facts):
    a = article("a", "复工率达88.5%。", ("88.5%", 88.5, one))
    b = article("b", "复工率已达88.5%。", ("88.5%", 88.5, two))
    warehouse.load(write(tmp_path / "f", a, b))
    assert warehouse.fetch("SELECT count(*) FROM fact_obs") == [(facts,)]
    in_series = warehouse.fetch("SELECT count(*) FROM series")[0][0]
    assert in_series == (0 if one.get("region") == "" or "as_of" in one else facts)


# Findings

AGREE = [
    pytest.param(("88%", 88.0, {}), ("88.3%", 88.3, {}), 0, id="rounding"),
    pytest.param(("88%", 88.0, {}), ("89.3%", 89.3, {}), 1, id="more than rounding"),
    pytest.param(("80%", 80.0, {"comparator": Comparator.GT}), ("88.3%", 88.3, {}), 0, id="超80%"),
    pytest.param(("80%", 80.0, {"comparator": Comparator.LT}), ("88.3%", 88.3, {}), 1, id="不足80%"),
    pytest.param(("88%", 88.0, {"optional": True}), ("99%", 99.0, {}), 0, id="optional"),
]


@pytest.mark.parametrize(("one", "two", "conflicts"), AGREE)
def test_conflicts(warehouse, tmp_path, one, two, conflicts):
    a = article("a", f"复工率达{one[0]}。", one)
    b = article("b", f"复工率已达{two[0]}。", two)
    warehouse.load(write(tmp_path / "f", a, b))
    assert warehouse.fetch("SELECT count(*) FROM conflict") == [(conflicts,)]
    assert warehouse.fetch("SELECT count(*) FROM obs_check WHERE check_name = 'conflict'") == [(conflicts,)]


def test_findings(warehouse, tmp_path):
    count = {"indicator": "enterprises_resumed", "unit": Unit.COUNT}
    total = {"indicator": "enterprises_total", "unit": Unit.COUNT}
    zibo = {"region": "山东省淄博市", "region_code": "370300"}
    made = (
        article("falls", "至20日复工345户；至21日复工307户。",
                ("345户", 345.0, count | {"as_of": date(2020, 2, 20)}), ("307户", 307.0, count)),
        article("part", "淄博500家企业已有520家复工。",
                ("500家", 500.0, total | zibo), ("520家", 520.0, count | zibo)),
        article("rate", "共345户，复工307户，复工率90%；青岛101%。",
                ("90%", 90.0, {"flags": ("rate_mismatch", "repeat"), "region_code": "370100"}),
                ("101%", 101.0, {"region_code": "370200"})),
        article("future", "3月1日复工率达99%。", ("99%", 99.0, {"as_of": date(2020, 3, 1)})),
    )  # fmt: skip
    warehouse.load(write(tmp_path / "f", *made))
    found = warehouse.fetch("SELECT check_name, detail FROM obs_check ORDER BY check_name")
    assert [name for name, _ in found] == [
        "cumulative_falls", "day_after_publication", "part_exceeds_whole", "rate_mismatch", "share_above_100",
    ]  # fmt: skip
    assert found[2] == ("part_exceeds_whole", "520家 / 500家")


def test_checks_pass_on_composed_feeds_and_each_error_check_can_fail(warehouse, tmp_path):
    write_feeds(tmp_path / "feeds", 30)
    warehouse.load(find_feeds([tmp_path / "feeds"]))
    results = {result.name: result for result in warehouse.check()}
    assert [name for name, r in results.items() if r.violations and r.severity == "error"] == []
    spoils = {
        "quote_holds_number": "UPDATE obs_report SET number = '没有'",
        "text_holds_quote": "UPDATE article_version SET text = concat('x', text)",
        "codes_known": "UPDATE obs_report SET unit = 'euro'",
        "level_not_negative": "UPDATE obs_report SET value = -1",
        "indicator_known": "INSERT INTO dim_indicator (code) VALUES ('something_else')",
        "observation_count_holds": "UPDATE article_version SET observation_count = 99",
        "published_before_fetched": "UPDATE article_version SET fetched_at = TIMESTAMP '2019-01-01 00:00:00'",
        "report_has_article": "UPDATE obs_report SET article_version_id = 'gone'",
    }
    warehouse.execute("DELETE FROM dim_indicator")
    for name, spoil in spoils.items():
        warehouse.execute("BEGIN")
        warehouse.execute(spoil)
        assert {r.name: r.violations for r in warehouse.check()}[name] > 0, name
        warehouse.execute("ROLLBACK")


# Lines


def lines_of(feed, count=40):
    for made in compose_articles(count):
        if feed == "articles":
            yield line(article_row(made)).encode()
        else:
            yield from (line(row).encode() for row in observation_rows(made))


@pytest.mark.parametrize("feed", FEEDS)
def test_our_own_lines_take_the_fast_way(feed):
    lines = list(lines_of(feed))
    found = block_matcher(feed)(b"".join(lines))
    assert bytes not in map(type, found)
    assert list(map(line_of, found)) == lines


OBSERVATIONS = b"".join(lines_of("observations", 2))


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, len(OBSERVATIONS)),
    st.integers(0, 9),
    st.sampled_from([b"", b"\n", b"\r", b"\r\n", b'"', b"x", b"\\n", b"\\u590d", b'\\"', b"\xff", b"\0", b"\n\n{"]),
)
@example(len(OBSERVATIONS) - 1, 1, b"")
@example(0, 0, b"x")
@example(OBSERVATIONS.index(b"\n"), 1, b"")
@example(OBSERVATIONS.index("截至".encode()), 0, b"\n")
def test_a_block_gives_what_its_lines_give(place, cut, put):
    block = OBSERVATIONS[:place] + put + OBSERVATIONS[place + cut :]
    lines = [text for text in re.split(rb"(?<=\n)", block) if text]
    match = block_matcher("observations")
    found = match(block)
    assert [(type(one), line_of(one)) for one in found] == [(type(match(text)[0]), text) for text in lines]


BROKEN = [
    (lambda r: r.pop("rule"), "the key rule is missing"),
    (lambda r: r.update(extra=1), "the key extra is unknown"),
    (lambda r: r.update(value="307"), "value is '307', not a number"),
    (lambda r: r.update(value=True), "value is True, not a number"),
    (lambda r: r.update(start=1.5), "start is 1.5, not a integer"),
    (lambda r: r.update(quote=None), "quote is null"),
    (lambda r: r.update(unit="euro"), "unit is 'euro', none of the codes of the contract"),
    (lambda r: r.update(as_of="2020-02-30"), "as_of is '2020-02-30', not a day YYYY-MM-DD"),
    (lambda r: r.update(as_of="2020-2-3"), "as_of is '2020-2-3', not a day YYYY-MM-DD"),
    (lambda r: r.update(as_of="2019-02-29"), "as_of is '2019-02-29', not a day YYYY-MM-DD"),
    (lambda r: r.update(published_at="2020-02-22T10:00:00Z"), "published_at is '2020-02-22T10:00:00Z', not a time"),
    (lambda r: r.update(published_at="2020-02-22T25:00:00+08:00"), "published_at is"),
    (lambda r: r.update(schema_version="2.0"), "schema_version is '2.0', this loader reads 1.x"),
    (lambda r: r.update(start=2**70), "start is 1180591620717411303424, out of range"),
    (lambda r: r.update(number="307\0户"), "a NUL character"),
]


@pytest.mark.parametrize(("spoil", "reason"), BROKEN)
def test_a_broken_line_is_named_with_its_reason(tmp_path, spoil, reason):
    good = list(lines_of("observations", 2))
    row = json.loads(good[3])
    spoil(row)
    path = tmp_path / "observations.jsonl"
    path.write_bytes(b"".join([*good[:3], line(row).encode(), *good[4:]]))
    told = []
    assert len(list(read_lines(find_feeds([path])[0], told.append))) == len(good) - 1
    assert [(bad.line, bad.reason[: len(reason)]) for bad in told] == [(4, reason)]


RAW = [
    (b"\n", "no JSON"),
    (b"[1]\n", "not a JSON object"),
    (b'{"obs_id": "a", "obs_id": "b"}\n', "the key obs_id stands twice"),
    (b'{"value": NaN}\n', "NaN is no JSON"),
    (b'{"value": "\xff"}\n', "not UTF-8"),
    (b'{"value": "\\ud83c"}\n', "value has a lone surrogate"),
    (b'{"value": 1}', "the line is torn"),
    (b"[" * 100_000 + b"\n", "no JSON"),
]


@pytest.mark.parametrize(("raw", "reason"), RAW)
def test_bytes_that_are_no_line(raw, reason):
    with pytest.raises(ValueError, match=reason):
        parse_line(raw)


def test_lines_of_another_minor_version(tmp_path):
    row = json.loads(next(lines_of("observations")))
    check = row_check("observations")
    check(row | {"schema_version": "1.99", "new_field": "x"})
    with pytest.raises(ValueError, match="the key new_field is unknown"):
        check(row | {"new_field": "x"})
    check(dict(reversed(row.items())))


ROW = json.loads(next(lines_of("observations")))
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5), st.sampled_from(["2020-02-29", "2019-02-29", "percent", "eq", "1.0", "2.0", "level"]),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(ROW)), VALUES)
def test_our_check_gives_the_verdict_of_the_json_schema(name, value):
    row = ROW | {name: value}
    checker = jsonschema.Draft202012Validator(
        load_schema("observations"), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    valid = checker.is_valid(row)
    if name == "schema_version" and isinstance(value, str):
        valid = value == "1.0"  # the schema takes any text, a loader only what it can read
    if isinstance(value, float) and value.is_integer() and name in ("start", "end", "quote_start", "quote_end"):
        valid = False  # JSON Schema calls 3.0 an integer, a column does not
    if isinstance(value, str) and ("\0" in value or any("\ud800" <= c <= "\udfff" for c in value)):
        return
    text = json.dumps(row, ensure_ascii=False).encode() + b"\n"
    try:
        if block_matcher("observations")(text) == [text]:
            row_check("observations")(parse_line(text))
        ours = True
    except ValueError:
        ours = False
    assert ours == valid


# Files and places


def test_feeds_are_found_by_their_first_line(tmp_path):
    write_feeds(tmp_path / "feeds", 2)
    (tmp_path / "feeds/.hidden.jsonl").write_text("{}\n")
    (tmp_path / "feeds/manifest.json").write_text("{}")
    assert [(f.path.parent.name, f.feed) for f in find_feeds([tmp_path / "feeds", tmp_path / "feeds"])] == [
        ("articles", "articles"),
        ("observations", "observations"),
    ]


@pytest.mark.parametrize("content", ["{}\n", "[]\n", "复工\n"])
def test_a_file_of_neither_feed_is_refused(tmp_path, content):
    path = tmp_path / "x.jsonl"
    path.write_text(content)
    with pytest.raises(FeedError, match="neither feed"):
        find_feeds([path])


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(FeedError, match="no such file or folder"):
        find_feeds([tmp_path / "nowhere"])


@pytest.mark.parametrize("target", ["mysql://x", "warehouse", ""])
def test_an_unknown_engine(target):
    with pytest.raises(WarehouseError, match="is no warehouse"):
        open_warehouse(target)


def test_a_server_that_is_not_there():
    with pytest.raises(WarehouseError, match="cannot be reached"):
        open_warehouse("postgresql://someone:secret@127.0.0.1:1/none")


def test_a_file_that_is_no_warehouse(tmp_path):
    path = tmp_path / "w.duckdb"
    path.write_text("复工" * 5000, encoding="utf-8")
    with pytest.raises(WarehouseError, match="cannot be opened"):
        open_warehouse(f"duckdb:///{path}")


def test_columns_follow_the_feed_fields():
    for feed, table in FEED_TABLES.items():
        assert [c.field for c in table.columns if c.field] == [f.name for f in FEEDS[feed]]


def test_a_bad_line_names_file_and_line(tmp_path):
    assert str(BadLine(tmp_path / "f.jsonl", 3, "not UTF-8")).endswith("f.jsonl, line 3: not UTF-8")
