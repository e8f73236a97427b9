"""`scrapy extract` as a user runs it: a real process, real files, standard output and error, exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from resumption.schema import load_schema
from tests.site.articles import load_articles
from tests.site.render import render_article

ROOT = Path(__file__).parents[1]
REPLAY = ROOT / "seeds" / "replay"
TEXT = "威海:企业复工有序推进\n2月22日,记者从威海市工信局获悉,截至2月21日,全市122家规上企业复工121家,复工率99.2%。\n"


def scrapy_extract(*args, stdin=None):
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "extract", *map(str, args)],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )


def rows(text):
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def page():
    article = next(a for a in load_articles() if a.name == "weihai-jingqu-0222")
    return render_article(article)


def test_a_text_with_its_date(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = scrapy_extract("--published", "2020-02-22", path)
    assert done.returncode == 0, done.stderr.decode()
    found = rows(done.stdout)
    for row in found:
        jsonschema.validate(row, load_schema("observations"))
    assert [(r["number"], r["indicator"], r["as_of"], r["region"]) for r in found] == [
        ("122家", "enterprises_total", "2020-02-21", "山东省威海市"),
        ("121家", "enterprises_resumed", "2020-02-21", "山东省威海市"),
        ("99.2%", "resumption_rate", "2020-02-21", "山东省威海市"),
    ]
    assert found[0]["url"] == path.as_uri()


def test_without_a_date_there_is_no_year(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = scrapy_extract(path)
    assert {(r["as_of"], r["as_of_text"]) for r in rows(done.stdout)} == {(None, "2月21日")}


def test_both_feeds_to_files_and_nothing_to_standard_output(tmp_path):
    source = tmp_path / "p.jsonl"
    source.write_text(json.dumps({"url": "https://x.invalid/1", "text": TEXT, "published": "2020-02-22"}) + "\n")
    done = scrapy_extract("--articles", tmp_path / "a.jsonl", "--observations", tmp_path / "o.jsonl", source)
    assert (done.returncode, done.stdout) == (0, b"")
    (article,) = rows((tmp_path / "a.jsonl").read_text(encoding="utf-8"))
    jsonschema.validate(article, load_schema("articles"))
    observations = rows((tmp_path / "o.jsonl").read_text(encoding="utf-8"))
    assert article["observation_count"] == len(observations) == 3
    assert all(article["text"][o["start"] : o["end"]] == o["number"] for o in observations)
    assert {o["url"] for o in observations} == {"https://x.invalid/1"}
    assert not list(tmp_path.glob("*.part"))


def test_bad_inputs_are_named_and_the_good_ones_read(tmp_path):
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text('{"url": "https://x.invalid/1"}\nnot json\n', encoding="utf-8")
    done = scrapy_extract(tmp_path / "missing.html", tmp_path / "lines.jsonl", tmp_path / "good.txt")
    errors = done.stderr.decode()
    assert done.returncode == 1
    assert "missing.html: No such file" in errors
    assert "lines.jsonl:1: 'html' or 'text' is missing" in errors
    assert "lines.jsonl:2: not a line of JSON" in errors
    assert len(rows(done.stdout)) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((), "name at least one file"), (("--published", "22 Feb", "x.txt"), "is no date: write YYYY-MM-DD")],
)
def test_wrong_arguments_say_what_is_right(arguments, message):
    done = scrapy_extract(*arguments)
    assert done.returncode == 2
    assert message in done.stderr.decode() + done.stdout.decode()


def test_standard_input_is_a_page_or_lines(page):
    by_page = scrapy_extract("-", "--url", "https://weihai.iqilu.com/x/2020/0222/1.shtml", stdin=TEXT.encode())
    line = json.dumps({"url": "https://x.invalid/1", "text": TEXT}).encode()
    by_line = scrapy_extract("-", stdin=line)
    assert len(rows(by_page.stdout)) == len(rows(by_line.stdout)) == 3


def test_an_archive_gives_what_the_crawl_gives():
    """Every article of the bundled archive, each version once, edited ones linked to what they replace."""
    done = scrapy_extract("--observations", os.devnull, "--articles", "-", REPLAY)
    assert done.returncode == 0, done.stderr.decode()
    articles = rows(done.stdout)
    versions = [a["article_version_id"] for a in articles]
    assert len(versions) == len(set(versions))
    assert sum(a["supersedes"] is not None for a in articles) >= 2
    assert {a["supersedes"] for a in articles} - {None} <= set(versions)


def test_a_device_or_pipe_is_written_to_and_never_replaced(tmp_path):
    """`--observations /dev/null` once replaced the device by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    source = tmp_path / "p.jsonl"
    source.write_text(json.dumps({"url": "https://x.invalid/1", "text": TEXT}) + "\n")
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        done = scrapy_extract("--observations", pipe, source)
        received = reader.stdout.read()
    assert done.returncode == 0
    assert len(rows(received)) == 3
    assert pipe.is_fifo()
