"""`scrapy load` and `scrapy export` as a user runs them, in processes of their own."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from benchmarks.compose_feeds import write_feeds
from resumption.warehouse import open_warehouse
from resumption.warehouse.export import safe_cell, write_export

ROOT = Path(__file__).parents[1]
SCRAPY = [sys.executable, "-m", "scrapy"]


@pytest.fixture
def scrapy(tmp_path):
    """Run a scrapy command of this project with a data folder of its own."""
    data = tmp_path / "data"
    data.mkdir()

    def run(*args, stdout=subprocess.PIPE):
        kept = {name: value for name, value in os.environ.items() if name != "RESUMPTION_WAREHOUSE"}
        return subprocess.run(
            [*SCRAPY, *map(str, args)],
            cwd=ROOT,
            env=kept | {"RESUMPTION_DATA": str(data)},
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            check=False,
        )

    run.data = data
    return run


def test_load_and_export(scrapy, tmp_path):
    write_feeds(scrapy.data / "feeds", 30)
    (scrapy.data / "runs/r1").mkdir(parents=True)
    (scrapy.data / "runs/r1/run.json").write_text(json.dumps({"verdict": "ok", "articles": 30}))
    done = scrapy("load", "--check")
    assert done.stderr == ""
    assert done.returncode == 0
    assert "obs_report: 150 inserted, 0 updated, 0 unchanged" in done.stdout
    assert "ok       quote_holds_number" in done.stdout
    again = scrapy("load")
    assert "obs_report: 0 inserted, 0 updated, 150 unchanged" in again.stdout
    target = f"duckdb:///{scrapy.data}/warehouse.duckdb"
    with open_warehouse(target, read_only=True) as warehouse:
        facts = warehouse.fetch("SELECT count(*) FROM fact_obs")[0][0]
        assert warehouse.fetch("SELECT run_id, verdict FROM run") == [("r1", "ok")]
    for name in ("facts.csv", "facts.xlsx", "facts.parquet"):
        exported = scrapy("export", "--headings", "zh", "--out", tmp_path / name, "fact_obs")
        assert exported.stdout == f"{tmp_path / name}: {facts} rows\n", exported.stderr
    with (tmp_path / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == facts
    assert {row["地区"][:3] for row in rows} == {"示范省"}


def test_a_broken_line_is_named_and_nothing_is_loaded(scrapy):
    write_feeds(scrapy.data / "feeds", 3)
    feed = scrapy.data / "feeds/observations/part-000.jsonl"
    with feed.open("a", encoding="utf-8") as file:
        file.write("{broken}\n")
    done = scrapy("load")
    assert done.returncode == 1
    assert f"nothing was loaded: {feed}, line 16: no JSON" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    with open_warehouse(f"duckdb:///{scrapy.data}/warehouse.duckdb", read_only=True) as warehouse:
        assert warehouse.fetch("SELECT count(*) FROM information_schema.tables") == [(0,)]
    skipped = scrapy("load", "--skip-bad")
    assert skipped.returncode == 0
    assert "left out: 1 bad lines" in skipped.stdout
    assert "obs_report: 15 inserted" in skipped.stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["load"], "crawl first, or name a feed"),
        (["load", "nowhere.jsonl"], "nowhere.jsonl: no such file or folder"),
        (["load", "--to", "mysql://x", "seeds"], "is no warehouse"),
        (["export", "fact_obs"], "nothing was exported"),
    ],
)
def test_mistakes_get_one_sentence(scrapy, args, words):
    done = scrapy(*args)
    assert done.returncode == 1
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_killed_loads_leave_all_or_nothing(tmp_path):
    """Kill the loader at random moments of its work; what is in the warehouse afterwards is a whole load or none."""
    _, observations = write_feeds(tmp_path / "feeds", 1500)
    code = (
        "import sys; from pathlib import Path; from resumption.warehouse import open_warehouse;"
        "from resumption.warehouse.feed_files import find_feeds;"
        "warehouse = open_warehouse(sys.argv[1]); print('ready', flush=True);"
        "warehouse.load(find_feeds([Path(sys.argv[2])])); print('done', flush=True)"
    )
    dice = random.Random(20)
    outcomes = set()
    for attempt in range(4):
        target = f"duckdb:///{tmp_path}/{attempt}.duckdb"
        with subprocess.Popen(
            [sys.executable, "-c", code, target, str(tmp_path / "feeds")], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as loader:
            assert loader.stdout.readline() == "ready\n"
            try:
                # The wait is the random moment of the kill itself, not a guess about when something is finished; the
                # first is killed at once, when no machine can have loaded everything.
                loader.wait(timeout=dice.uniform(0.0, 0.8) if attempt else 0)
            except subprocess.TimeoutExpired:
                loader.send_signal(signal.SIGKILL)
        with open_warehouse(target) as warehouse:
            present = warehouse.columns_of("obs_report")
            rows = warehouse.fetch("SELECT count(*) FROM obs_report")[0][0] if present else 0
            outcomes.add(rows)
            assert rows in (0, observations)
            from resumption.warehouse.feed_files import find_feeds

            warehouse.load(find_feeds([tmp_path / "feeds"]))
            assert warehouse.fetch("SELECT count(*) FROM obs_report") == [(observations,)]
    assert 0 in outcomes


def test_no_text_becomes_a_formula_and_numbers_stay():
    dangerous = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1"]
    assert all(safe_cell(text).startswith("'") for text in dangerous)
    harmless = [-1.9, 0, "-1.9", "-1.9%", "复工=率", "", None, True, "79.4%"]
    assert [safe_cell(value) for value in harmless] == harmless


def test_the_sheet_holds_strings_as_strings(tmp_path):
    path = tmp_path / "x.xlsx"
    write_export(path, "xlsx", ["a", "b"], [["=1+1", -1.9], ["http://x.cn", None]])
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<v>-1.9</v>" in sheet
    assert "hyperlink" not in sheet


def test_an_export_that_fails_leaves_the_old_file(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("old")

    def rows():
        yield [1]
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_export(path, "csv", ["a"], rows())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_export_to_a_pipe_does_not_replace_it(tmp_path):
    pipe = tmp_path / "named pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_export(pipe, "csv", ["a"], [[1]])
        assert os.read(reader, 100).decode("utf-8-sig") == "a\r\n1\r\n"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


# Pipes


@pytest.mark.parametrize(
    "args",
    [("figures", "--rows", "1000"), ("figures",), ("health",), ("schedule",), ("load", "--check")],
    ids=" ".join,
)
def test_a_reader_that_has_seen_enough_is_no_error(scrapy, tmp_path, args):
    write_feeds(tmp_path / "feeds", 300)
    assert scrapy("load", tmp_path / "feeds").returncode == 0
    feeds = [tmp_path / "feeds"] if args[0] == "load" else []
    ours, theirs = os.pipe()
    os.close(ours)  # the reader is gone before the first line
    try:
        done = scrapy(*args, *feeds, stdout=theirs)
    finally:
        os.close(theirs)
    assert done.stderr == ""
