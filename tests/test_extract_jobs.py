"""`scrapy extract` on archives: one process or several give the same bytes, broken records cost themselves only."""

import argparse
import gzip
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from resumption import bulk, inputs
from resumption.bulk import Options, Outcome, Versions, run_pieces
from resumption.commands.extract import Command
from resumption.inputs import Document, Problem, find_pieces, read_inputs, read_piece
from resumption.warc import Broken, Response, find_record, read_responses
from tests.site.big import BigSite
from tests.site.build import warc_bytes
from tests.test_inputs import PAGE, lines

ROOT = Path(__file__).parents[1]
REPLAY = ROOT / "seeds" / "replay"


def scrapy_extract(*args, stdin=None):
    """The command as a process."""
    command = [sys.executable, "-m", "scrapy", "extract", *map(str, args)]
    return subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, timeout=120, check=False)


def extract(*args):
    """The command in this process; its exit code."""
    command, parser = Command(), argparse.ArgumentParser()
    command.settings = Settings()
    command.add_options(parser)
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args(list(map(str, args)))
    command.run(options.paths, options)
    return command.exitcode


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The bundled archive, one of composed pages, one without compression, JSON Lines and loose pages."""
    folder = tmp_path_factory.mktemp("archive")
    site = BigSite(90)
    pages = [site(url) for url in site.urls]
    (folder / "a.warc.gz").write_bytes(warc_bytes(pages[:40], "a"))
    (folder / "b.warc").write_bytes(gzip.decompress(warc_bytes(pages[30:70], "b")))
    (folder / "c.jsonl").write_text(
        lines(*({"url": p.url, "html": p.body.decode("utf-8", "replace")} for p in pages[70:]), "{broken"),
        encoding="utf-8",
    )
    (folder / "pages").mkdir()
    for number in range(3):
        (folder / "pages" / f"{number}.html").write_bytes(pages[number].body)
    for path in REPLAY.glob("*.warc.gz"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def small_pieces(monkeypatch):
    """Pieces so small that every file is cut."""
    monkeypatch.setattr(inputs, "PIECE", 4096)
    monkeypatch.setattr(inputs, "PAGES", 2)


def outcomes(paths, jobs=1, options=Options()):  # noqa: B008 - immutable
    return [o for _, found in run_pieces(find_pieces(list(map(str, paths))), options, jobs) for o in found]


def test_two_processes_write_the_same_bytes_as_one(archive, tmp_path, capsys):
    written = []
    for jobs in (1, 2):
        folder = tmp_path / str(jobs)
        code = extract("--jobs", jobs, "--articles", folder / "a", "--observations", folder / "o", archive)
        assert code == 1  # the broken line of c.jsonl
        messages = capsys.readouterr().err
        assert "c.jsonl:21: not a line of JSON" in messages
        written.append((messages, (folder / "a").read_bytes(), (folder / "o").read_bytes()))
    assert written[0] == written[1]
    assert written[0][1].count(b"\n") > 120
    assert written[0][2].count(b"\n") > 500


def test_pieces_of_any_size_give_the_same(archive, small_pieces):
    """Three processes and some hundred pieces against one process that reads whole files."""
    paths = [archive]
    cut = outcomes(paths, jobs=3)
    inputs.PIECE, inputs.PAGES = 1 << 30, 1 << 30
    assert outcomes(paths) == cut


def test_pieces_hold_every_document_once(archive, small_pieces):
    pieces = list(find_pieces([str(archive)]))
    assert len(pieces) > 40
    for source, group in groupby(pieces, key=lambda p: p.source):
        some = list(group)
        if some[0].kind in ("warc", "lines"):
            assert [p.start for p in some] == [0] + [p.end for p in some[:-1]], source
            assert sum(p.size for p in some) == Path(source).stat().st_size
    where = [d.where for p in pieces for d in read_piece(p)]
    assert len(where) == len(set(where))


def test_standard_input_is_cut_into_pieces_too(archive):
    lines_of = (archive / "c.jsonl").read_bytes()
    done = [scrapy_extract("--jobs", jobs, "-", stdin=lines_of) for jobs in (1, 2)]
    assert done[0].stdout == done[1].stdout != b""
    assert done[0].stderr == done[1].stderr
    assert b"standard input:21" in done[0].stderr


def test_a_killed_process_costs_nothing(archive, small_pieces):
    """The kernel ends a process that uses too much memory: its pieces are read again, nothing is missing or twice."""
    expected = outcomes([archive])
    found = []
    for number, (_, some) in enumerate(run_pieces(find_pieces([str(archive)]), Options(), 2)):
        found += some
        if number in (3, 20):
            os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)
    assert found == expected


def read_or_die(piece, options):
    """In place of the real function: a piece that no process survives."""
    if piece.source.endswith("b.warc") and piece.start > 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return list(bulk.read_outcomes(piece, options))


def test_a_piece_that_always_kills_its_process_is_named(archive, small_pieces, monkeypatch):
    monkeypatch.setattr(bulk, "_read_all", read_or_die)
    monkeypatch.setattr(inputs, "PIECE", 150_000)
    found = outcomes([archive], jobs=2)
    killed = [o for o in found if "killed the process" in o.problem]
    assert killed
    assert all("b.warc from byte" in o.where for o in killed)
    monkeypatch.undo()
    expected = [o for o in outcomes([archive]) if ".warc#" not in o.where or "b.warc" not in o.where]
    assert [o for o in found if "b.warc" not in o.where] == expected


# --- broken records --------------------


def responses(path, **known):
    with path.open("rb") as stream:
        return list(read_responses(stream, **known))


@pytest.fixture(scope="module")
def plain_and_compressed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("warc")
    site = BigSite(12)
    data = warc_bytes([site(url) for url in site.urls], "x")
    (folder / "x.warc.gz").write_bytes(data)
    (folder / "x.warc").write_bytes(gzip.decompress(data))
    return folder / "x.warc.gz", folder / "x.warc"


@pytest.mark.parametrize("kind", [0, 1], ids=["compressed", "plain"])
def test_damage_in_one_record_costs_that_record(plain_and_compressed, tmp_path, kind):
    path = plain_and_compressed[kind]
    whole = responses(path)
    assert len(whole) == 12
    data = bytearray(path.read_bytes())
    hit = whole[5]
    at = hit.offset + (300 if kind == 0 else data[hit.offset :].find(b"Content-Length"))
    data[at : at + 20] = bytes(20)
    damaged = tmp_path / path.name
    damaged.write_bytes(data)
    found = responses(damaged)
    assert [r for r in found if isinstance(r, Response)] == whole[:5] + whole[6:]
    (broken,) = [r for r in found if isinstance(r, Broken)]
    assert broken.offset == hit.offset
    assert broken.what.startswith("broken WARC record")


@pytest.mark.parametrize("kind", [0, 1], ids=["compressed", "plain"])
def test_a_file_cut_anywhere_gives_all_whole_records(plain_and_compressed, tmp_path, kind):
    path = plain_and_compressed[kind]
    data, whole = path.read_bytes(), responses(path)
    dice = random.Random(7)
    for _ in range(40):
        size = dice.randrange(1, len(data))
        cut = tmp_path / "cut"
        cut.write_bytes(data[:size])
        found = [r for r in responses(cut) if isinstance(r, Response)]
        last = [r for r in whole if r.offset < size]
        assert found in (last, last[:-1])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 4000), st.booleans())
def test_no_bytes_make_the_reader_raise(plain_and_compressed, noise, at, compressed):
    import io

    data = plain_and_compressed[0 if compressed else 1].read_bytes()[:12_000]
    spoiled = data[:at] + noise + data[at + len(noise) :]
    found = list(read_responses(io.BytesIO(spoiled)))
    offsets = [r.offset for r in found]
    assert offsets == sorted(set(offsets))


@pytest.mark.parametrize("kind", [0, 1], ids=["compressed", "plain"])
def test_every_record_is_found_from_any_byte(plain_and_compressed, kind):
    path = plain_and_compressed[kind]
    offsets = [r.offset for r in responses(path)]
    with path.open("rb") as stream:
        for before, offset in pairwise(offsets):
            assert find_record(stream, before + 1, compressed=not kind) == offset
            assert find_record(stream, offset, compressed=not kind) == offset
        assert find_record(stream, offsets[-1] + 1, compressed=not kind) is None


def record(block, **fields):
    head = {"WARC-Type": "response", "WARC-Target-URI": "https://x.invalid/1", "Content-Length": str(len(block))}
    head |= {key.replace("_", "-"): value for key, value in fields.items()}
    return b"WARC/1.0\r\n" + "".join(f"{k}: {v}\r\n" for k, v in head.items()).encode() + b"\r\n" + block + b"\r\n\r\n"


HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("plain body", record(HTTP + b"\r\n<p>1"), ["<p>1"]),
        ("chunked", record(HTTP + b"Transfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n1\r\n1\r\n0\r\n\r\n"), ["<p>1"]),
        ("gzip", record(HTTP + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>1")), ["<p>1"]),
        ("said to be gzip", record(HTTP + b"Content-Encoding: gzip\r\n\r\n<p>1"), ["<p>1"]),
        (
            "folded header",
            record(b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=utf-8\r\n\r\n<p>1"),
            ["<p>1"],
        ),
        ("address in brackets", record(HTTP + b"\r\n<p>1", WARC_Target_URI="<https://x.invalid/2>"), ["<p>1"]),
        ("request", record(b"GET / HTTP/1.1\r\n\r\n", WARC_Type="request"), []),
        ("no status", record(b"HTTP/1.1\r\n\r\n<p>1"), []),
        ("moved", record(b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<p>1"), []),
        ("picture", record(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n<p>1"), []),
        ("no length", record(HTTP + b"\r\n<p>1", Content_Length="many"), ["broken WARC record: its length is missing"]),
        (
            "no date",
            record(HTTP + b"\r\n<p>1", WARC_Date="yesterday"),
            ["broken WARC record: WARC-Date is 'yesterday'"],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("compressed", [True, False])
def test_records(tmp_path, name, data, expected, compressed):
    path = tmp_path / ("x.warc.gz" if compressed else "x.warc")
    last = record(HTTP + b"\r\n<p>last")
    path.write_bytes(gzip.compress(data) + gzip.compress(last) if compressed else data + last)
    found = [d.body.decode() if isinstance(d, Document) else d.what for d in read_inputs([str(path)])]
    assert found == [*expected, "<p>last"]


def test_a_bomb_is_named_and_passed(tmp_path):
    path = tmp_path / "x.warc.gz"
    bomb = record(HTTP + b"\r\n" + bytes(17 << 20))
    inner = record(HTTP + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(17 << 20)))
    path.write_bytes(b"".join(map(gzip.compress, (bomb, inner, record(HTTP + b"\r\n" + PAGE.encode())))))
    first, second, third = read_inputs([str(path)])
    assert "larger than 16 MiB" in str(first)
    assert "larger than 16 MiB" in str(second)
    assert isinstance(third, Document)


def test_records_in_one_gzip_member_are_refused_with_advice(tmp_path):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(gzip.compress(record(HTTP + b"\r\n<p>1") * 2))
    (problem,) = read_inputs([str(path)])
    assert isinstance(problem, Problem)
    assert "record by record" in problem.what


# --- versions --------------------


def test_versions_are_linked_in_the_order_they_are_met():
    versions = Versions()
    a, b, c, one, two = (f"{n:x}" * 64 for n in range(5))
    assert [versions.note(one, v) for v in (a, b, a, b, c)] == ["", a, None, None, b]
    assert versions.note(two, "9" * 64) == ""


def test_a_linked_line_differs_in_its_link_only():
    versions = Versions()
    text = '{"article_id": "x", "value": 1.0, "text": "复工\\u2028", "supersedes": null}\n'
    first, second = (Outcome("", article_id=f"{1:064x}", version=f"{n:064x}", article=text) for n in (1, 2))
    assert versions.link(first) is first
    assert versions.link(second).article == text.replace("null", f'"{1:064x}"')
    assert versions.link(second) is None


# --- parts --------------------


def feeds(folder):
    return {
        feed: b"".join(p.read_bytes() for p in sorted((folder / feed).glob("*.jsonl")))
        for feed in ("articles", "observations")
    }


@pytest.fixture(scope="module")
def whole(archive, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    extract("--articles", folder / "a", "--observations", folder / "o", archive)
    return {"articles": (folder / "a").read_bytes(), "observations": (folder / "o").read_bytes()}


def times(folder):
    return {p.name: p.stat().st_mtime_ns for p in folder.rglob("*.jsonl")}


def test_parts_together_are_the_whole_output(archive, whole, tmp_path, capsys):
    assert extract("--jobs", 2, "--parts", tmp_path, archive) == 1
    assert feeds(tmp_path) == whole
    assert len(list((tmp_path / "articles").iterdir())) == 6  # 2 + 2 archives, lines, one folder of pages
    before = times(tmp_path)
    capsys.readouterr()
    assert extract("--parts", tmp_path, archive) == 1
    assert times(tmp_path) == before
    assert "c.jsonl: 1 problems when it was read" in capsys.readouterr().err


def test_a_run_that_was_interrupted_goes_on(archive, whole, tmp_path):
    extract("--parts", tmp_path, archive)
    before = times(tmp_path)
    names = sorted(p.stem for p in (tmp_path / "done").glob("*.json"))
    # As a kill leaves it: the third part renamed but not done, the fourth half written, the others not begun.
    (tmp_path / "done" / f"{names[2]}.json").unlink()
    (tmp_path / "articles" / f"{names[3]}.jsonl").rename(tmp_path / "articles" / f".{names[3]}.jsonl.part")
    for name in names[3:]:
        (tmp_path / "done" / f"{name}.json").unlink()
    extract("--jobs", 2, "--parts", tmp_path, archive)
    assert feeds(tmp_path) == whole
    after = times(tmp_path)
    assert {n for n in before if before[n] == after[n]} == {f"{name}.jsonl" for name in names[:2]}
    assert not list(tmp_path.rglob("*.part"))


def test_a_changed_input_is_read_again_with_all_that_follow(archive, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.warc.gz", "b.warc", "qilu.warc.gz"):
        (folder / name).write_bytes((archive / name).read_bytes())
    out = tmp_path / "out"
    extract("--parts", out, folder)
    before = times(out)
    (folder / "b.warc").write_bytes((folder / "b.warc").read_bytes()[:-5000])
    (folder / "aa.warc.gz").write_bytes((archive / "netease.warc.gz").read_bytes())
    extract("--parts", out, folder)
    fresh = tmp_path / "fresh"
    extract("--parts", fresh, folder)
    assert feeds(out) == feeds(fresh)
    assert {p.name for p in out.rglob("*.jsonl")} == {p.name for p in fresh.rglob("*.jsonl")}
    assert [n for n in times(out) if before.get(n) == times(out)[n]] == ["000000-a.warc.gz.jsonl"]


def test_parts_of_other_inputs_are_left_alone(archive, tmp_path, capsys):
    extract("--parts", tmp_path, archive / "a.warc.gz")
    before = times(tmp_path)
    capsys.readouterr()
    assert extract("--parts", tmp_path, archive / "b.warc") == 1
    assert "holds parts of other inputs" in capsys.readouterr().err
    assert times(tmp_path) == before


def test_parts_with_an_output_file_make_no_sense(tmp_path):
    with pytest.raises(UsageError, match="writes both feeds itself"):
        extract("--parts", tmp_path / "x", "--articles", tmp_path / "a", REPLAY)
    assert not (tmp_path / "x").exists()


def test_parts_are_feeds_that_can_be_loaded(archive, tmp_path):
    from resumption.warehouse.feed_files import find_feeds

    extract("--parts", tmp_path, archive / "a.warc.gz")
    assert {f.feed for f in find_feeds([tmp_path])} == {"articles", "observations"}
    (record_,) = (tmp_path / "done").glob("*.json")
    assert json.loads(record_.read_text(encoding="utf-8"))["problems"] == 0
