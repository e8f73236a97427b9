"""What is promised to strangers: DDL and load statements, contract, cookbook. Run as they are, where an engine runs."""

import re
import subprocess
from pathlib import Path

import duckdb
import pytest

from benchmarks.compose_feeds import write_feeds
from resumption.schema import FEEDS
from resumption.warehouse import open_warehouse
from resumption.warehouse.documents import documents
from resumption.warehouse.feed_files import find_feeds
from tests.test_warehouse import postgres, warehouse  # noqa: F401 - fixtures

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", documents())
def test_documents_are_fresh(name):
    same = (ROOT / name).read_text(encoding="utf-8") == documents()[name]
    assert same, "run: python -m resumption.warehouse.documents"


@pytest.fixture(scope="module")
def feeds(tmp_path_factory):
    """A folder with feeds, and their counts and sums as our own loader sees them."""
    folder = tmp_path_factory.mktemp("feeds")
    write_feeds(folder, 40, seed=5)
    with open_warehouse("duckdb://") as opened:
        opened.load(find_feeds([folder]))
        sums = opened.fetch("SELECT count(*), sum(value), count(as_of), count(DISTINCT number) FROM obs_report")
        texts = opened.fetch("SELECT count(*), sum(length(text)) FROM article_version")
    return folder, [*sums[0], *map(int, texts[0])]


SUMS = (
    "SELECT count(*), sum(value), count(as_of), count(DISTINCT number) FROM observations",
    "SELECT count(*), sum({length}(text)) FROM articles",
)


def test_duckdb_by_the_documentation(feeds, monkeypatch):
    folder, expected = feeds
    monkeypatch.chdir(folder)
    with duckdb.connect() as connection:
        for _ in range(2):
            connection.execute((ROOT / "docs/ddl/duckdb.sql").read_text(encoding="utf-8"))
        found = [v for s in SUMS for v in connection.execute(s.format(length="length")).fetchall()[0]]
    assert [*found[:4], *map(int, found[4:])] == pytest.approx(expected)


def test_postgresql_by_the_documentation(feeds, postgres):  # noqa: F811
    import pgserver

    folder, expected = feeds
    psql = Path(pgserver.__file__).parent / "pginstall" / "bin" / "psql"
    base = [str(psql), postgres, "-v", "ON_ERROR_STOP=1", "-q", "-A", "-t", "-F", "|"]
    subprocess.run([*base, "-c", "DROP TABLE IF EXISTS articles, observations"], check=True)
    for _ in range(2):
        subprocess.run([*base, "-f", str(ROOT / "docs/ddl/postgresql.sql")], cwd=folder, check=True)
    found = []
    for statement in SUMS:
        done = subprocess.run(
            [*base, "-c", statement.format(length="length")], check=True, capture_output=True, text=True
        )
        found += [float(v) for v in done.stdout.strip().split("|")]
    assert found == pytest.approx(expected)


def test_clickhouse_by_the_documentation(feeds, monkeypatch, tmp_path):
    session = pytest.importorskip("chdb.session")
    folder, expected = feeds
    monkeypatch.chdir(folder)
    opened = session.Session(str(tmp_path / "clickhouse"))
    opened.query("CREATE DATABASE feeds")
    opened.query("USE feeds")
    script = re.sub(r"^--.*$", "", (ROOT / "docs/ddl/clickhouse.sql").read_text(encoding="utf-8"), flags=re.MULTILINE)
    for _ in range(2):
        for statement in filter(str.strip, script.split(";\n")):
            opened.query(statement)
    found = []
    for statement in SUMS:
        found += [float(v) for v in str(opened.query(statement.format(length="lengthUTF8") + " FINAL")).split(",")]
    opened.close()
    assert found == pytest.approx(expected)


def test_pandas_by_the_documentation(feeds, monkeypatch, tmp_path):
    pytest.importorskip("pandas")
    folder, expected = feeds
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "feeds").symlink_to(folder, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    [block] = re.findall(r"```python\n(.*?)```", (ROOT / "docs/warehouse.md").read_text(encoding="utf-8"), re.DOTALL)
    names: dict = {}
    exec(block, names)
    articles, observations = names["articles"], names["observations"]
    found = [
        len(observations), observations["value"].sum(), observations["as_of"].count(), observations["number"].nunique(),
        len(articles), articles["text"].str.len().sum(),
    ]  # fmt: skip
    assert found == pytest.approx(expected)
    assert set(observations["region_code"].str.len()) == {6}


def test_dlt_merges_by_key(feeds, tmp_path):
    pytest.importorskip("dlt")
    from resumption.warehouse.dlt import load_by_dlt

    folder, expected = feeds
    path = str(tmp_path / "dlt.duckdb")
    for _ in range(2):
        load_by_dlt("duckdb", find_feeds([folder]), credentials=path)
    with duckdb.connect(path) as connection:
        connection.execute("USE resumption")
        found = [v for s in SUMS for v in connection.execute(s.format(length="length")).fetchall()[0]]
    assert [*found[:4], *map(int, found[4:])] == pytest.approx(expected)


def test_every_statement_of_the_cookbook_runs(warehouse, tmp_path):  # noqa: F811
    write_feeds(tmp_path / "feeds", 30)
    warehouse.load(find_feeds([tmp_path / "feeds"]))
    blocks = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/cookbook.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 9
    for block in blocks:
        names, _ = warehouse.query(block)
        assert len(set(names)) == len(names)


def test_the_page_names_every_table_view_and_check():
    from resumption.warehouse import sql
    from resumption.warehouse.tables import TABLES

    page = (ROOT / "docs/warehouse.md").read_text(encoding="utf-8")
    names = [*(t.name for t in TABLES), *sql.views(), *sql.findings(), *FEEDS]
    assert [name for name in names if f"`{name}`" not in page and name not in ("arithmetic",)] == []
