"""The Spark job gives the lines of the local command: run in local mode, where pyspark and a Java 17 are installed."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REPLAY = ROOT / "seeds" / "replay"


def missing():
    """What keeps the job from running here, "" if nothing does."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed: pip install -r requirements-spark.txt"
    java = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if os.environ.get("JAVA_HOME") else shutil.which("java")
    if not java:
        return "no java: the Spark job needs a Java 17 or newer"
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return "" if version and int(version[1]) >= 17 else f"Java 17 or newer is needed: {said.splitlines()[:1]}"


pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "all there")


def spark_extract(*args, **env):
    command = [sys.executable, "-m", "spark.extract_job", *map(str, args)]
    environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "MASTER": "local[2]"}
    environment["PYSPARK_SUBMIT_ARGS"] = "--master local[2] --conf spark.ui.enabled=false pyspark-shell"
    return subprocess.run(
        command, cwd=ROOT, env=environment | env, capture_output=True, text=True, timeout=300, check=False
    )


def local_lines(folder, *args):
    names = {"articles": folder / "a.jsonl", "observations": folder / "o.jsonl"}
    command = [sys.executable, "-m", "scrapy", "extract", "--articles", names["articles"]]
    command += ["--observations", names["observations"], *args]
    subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, timeout=120, check=False)
    return {feed: sorted(path.read_bytes().splitlines(keepends=True)) for feed, path in names.items()}


def parquet_lines(folder):
    """Rows of a Parquet folder as feed lines, sorted; every row must stand in the folder of its day."""
    import pyarrow.parquet as pq

    from resumption.rows import line

    found = []
    for path in sorted(folder.rglob("*.parquet")):
        day = path.parent.name.removeprefix("date=")
        for row in pq.ParquetFile(path).read().to_pylist():
            assert (row["published_at"] or "unknown")[:10] == day
            found.append(line(row).encode())
    return sorted(found)


@pytest.mark.parametrize("options", [(), ("--gate", "--hosts", "iqilu.com")], ids=["all", "gate"])
def test_same_lines_as_the_local_command(tmp_path, options):
    broken = tmp_path / "broken.warc.gz"
    data = bytearray((REPLAY / "qilu.warc.gz").read_bytes())
    data[len(data) // 2 : len(data) // 2 + 50] = bytes(50)
    broken.write_bytes(data)
    inputs = [REPLAY, broken]
    done = spark_extract("--output", tmp_path / "out", *options, *inputs)
    assert done.returncode == 1, done.stderr[-3000:]
    expected = local_lines(tmp_path, *options, *inputs)
    assert len(expected["articles"]) > 20
    for feed, lines in expected.items():
        assert parquet_lines(tmp_path / "out" / feed) == lines
    problems = [
        json.loads(text) for p in (tmp_path / "out" / "problems").glob("*.json") for text in p.read_text().splitlines()
    ]
    assert problems
    assert all("broken WARC record" in p["problem"] and "broken.warc.gz#" in p["where"] for p in problems)


def test_a_path_that_is_not_there_is_named(tmp_path):
    done = spark_extract("--output", tmp_path / "out", tmp_path / "missing.warc.gz")
    assert done.returncode == 1
    assert "missing.warc.gz: no such file" in done.stderr
