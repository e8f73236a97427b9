"""The loader of a host: finished runs only, each once, whatever happens in between."""

import json
import re
import shutil
import signal
import subprocess
import sys
from hashlib import sha256

import pytest

from resumption.warehouse import open_warehouse
from resumption.warehouse.watch import LoaderRunsError, Watch
from tests.crawling import ROOT, crawl, environment, rows


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """Two runs: 威海 and 淄博."""
    data = tmp_path_factory.mktemp("crawled")
    for channel in ("weihai", "zibo"):
        done = crawl(data, "qilu", "-a", f"channel={channel}", REPLAY="bundled")
        assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def data(crawled, tmp_path):
    return shutil.copytree(crawled, tmp_path / "data")


@pytest.fixture
def target(tmp_path):
    return f"duckdb:///{tmp_path / 'w.duckdb'}"


def counts(target):
    tables = ("article_version", "obs_report", "run")
    with open_warehouse(target, read_only=True) as warehouse:
        return tuple(warehouse.fetch(f"SELECT count(*) FROM {table}")[0][0] for table in tables)


def in_feeds(data):
    return len(rows(data, "articles")), len(rows(data, "observations")), len(list((data / "runs").iterdir()))


def manifests(data):
    return sorted((data / "feeds" / "manifests").glob("*.json"))


def test_loads_finished_runs_each_once(data, target):
    watch = Watch(data, target)
    done = watch.round()
    assert (len(done.runs), done.records, done.problems) == (2, 2, ())
    assert done.changed > 0
    assert counts(target) == in_feeds(data)
    assert watch.round().runs == ()
    assert Watch(data / "feeds", target).round().runs == (), "a loader that starts again knows what was loaded"


def test_a_run_without_manifest_waits(data, target):
    first, second = manifests(data)
    hidden = second.rename(data / "later.json")
    watch = Watch(data, target)
    assert watch.round().runs == (first.stem,)
    hidden.rename(second)
    assert watch.round().runs == (second.stem,)
    assert counts(target) == in_feeds(data)


@pytest.mark.parametrize("damage", ["torn", "missing", "changed", "manifest"])
def test_a_damaged_run_is_named_and_the_others_are_loaded(data, target, damage):
    first, second = manifests(data)
    manifest = json.loads(first.read_text(encoding="utf-8"))
    path = data / "feeds" / manifest["files"][0]["path"] if damage != "manifest" else first
    good = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        bad = {"torn": good[:-9], "changed": good.replace(b"qilu", b"quli"), "manifest": b'{"run": '}
        path.write_bytes(bad[damage])
    watch = Watch(data, target)
    done = watch.round()
    assert done.runs == (second.stem,)
    assert len(done.problems) == 1
    assert first.stem in done.problems[0]
    path.write_bytes(good)
    assert watch.round().runs == (first.stem,)
    assert counts(target) == in_feeds(data)


def test_a_line_against_the_contract_keeps_back_its_run_only(data, target):
    first, second = manifests(data)
    manifest = json.loads(first.read_text(encoding="utf-8"))
    entry = manifest["files"][0]
    path = data / "feeds" / entry["path"]
    path.write_text(re.sub(r'("schema_version": ?")1', r"\g<1>9", path.read_text(encoding="utf-8")), encoding="utf-8")
    entry["sha256"] = sha256(path.read_bytes()).hexdigest()
    first.write_text(json.dumps(manifest), encoding="utf-8")
    done = Watch(data, target).round()
    assert done.runs == (second.stem,)
    assert "schema_version" in done.problems[0]


def test_a_manifest_cannot_name_files_elsewhere(data, target, tmp_path):
    first, _ = manifests(data)
    manifest = json.loads(first.read_text(encoding="utf-8"))
    manifest["files"][0]["path"] = "../../outside.jsonl"
    first.write_text(json.dumps(manifest), encoding="utf-8")
    (tmp_path / "outside.jsonl").write_bytes(b"")
    (problem,) = Watch(data, target).round().problems
    assert "no feed of this folder" in problem


def test_killed_after_the_commit_loads_again_and_changes_nothing(data, target):
    Watch(data, target).round()
    (data / "loaded.sqlite").unlink()
    again = Watch(data, target).round()
    assert (len(again.runs), again.changed) == (2, 0)
    assert counts(target) == in_feeds(data)


def test_an_emptied_warehouse_is_filled_again(data, target, tmp_path):
    Watch(data, target).round()
    (tmp_path / "w.duckdb").unlink()
    assert len(Watch(data, target).round().runs) == 2
    assert counts(target) == in_feeds(data)


def test_a_warehouse_in_use_loses_nothing(data, target):
    holder = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    path = target.removeprefix("duckdb:///")
    with subprocess.Popen(
        [sys.executable, "-c", holder, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"held\n"
        done = command(data, target, "--every", "0")
        assert done.returncode == 1
        assert "in use by another process" in done.stderr
        process.stdin.close()
    assert command(data, target, "--every", "0").returncode == 0
    assert counts(target) == in_feeds(data)


def test_one_loader_per_folder(data, target):
    with Watch(data, target).alone():
        with pytest.raises(LoaderRunsError, match="another loader"), Watch(data, target).alone():
            pass
        done = command(data, target, "--every", "0")
    assert done.returncode == 1
    assert "another loader is at work" in done.stderr


def test_the_process_loads_what_arrives_and_ends_on_sigterm(data, target):
    _, second = manifests(data)
    hidden = second.rename(data / "later.json")
    with subprocess.Popen(
        arguments(data, target, "--every", "0.2"), cwd=ROOT, env=environment(data), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline().startswith("loaded 1 runs")
        hidden.rename(second)
        assert process.stdout.readline().startswith("loaded 1 runs")
        assert counts(target) == in_feeds(data), "the warehouse is free between two looks"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def arguments(data, target, *more):
    return [sys.executable, "-m", "scrapy", "load", "--watch", str(data), "--to", target, *more]


def command(data, target, *more):
    return subprocess.run(
        arguments(data, target, *more), cwd=ROOT, env=environment(data), capture_output=True, text=True, check=False
    )
