"""How fast feeds load, how much memory that takes, and what a kill leaves: python benchmarks/loading.py [--kills 50].

The bars: 100,000 observations and 20,000 articles in 4 s and 400 MB on DuckDB, in 6 s on PostgreSQL, a second load
changes 0 rows; a city-by-date table from `fact_obs` over 1,000,000 reports in 1 s; `--kills N` loads after N kills.
Each load runs in a process of its own. PostgreSQL is started from the package pgserver.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.compose_feeds import write_feeds  # noqa: E402 - run as a script from anywhere
from resumption.warehouse import open_warehouse  # noqa: E402
from resumption.warehouse.tables import ARTICLE, ARTICLE_VERSION, OBS_REPORT, TABLES  # noqa: E402

LOADER = """
import resource, sys, time
from pathlib import Path
began = time.perf_counter()
from resumption.warehouse import open_warehouse
from resumption.warehouse.feed_files import find_feeds
with open_warehouse(sys.argv[1]) as warehouse:
    print("ready", flush=True)
    loaded = warehouse.load(find_feeds([Path(sys.argv[2])]))
used = resource.getrusage(resource.RUSAGE_SELF)
print(f"{time.perf_counter() - began:.2f} s wall, {used.ru_utime + used.ru_stime:.2f} s CPU of the loader,"
      f" {used.ru_maxrss / 1024:.0f} MB, {loaded.changed} rows changed")
"""

IMPORTS = """
import resumption.warehouse.duckdb, resumption.warehouse.feed_files, resumption.warehouse.postgres
"""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""A loader finds its bytecode, as installed software does; where nothing may be written, it would compile psycopg."""


def warm(folder: Path) -> None:
    """Compile what the loaders import, into a folder of their own."""
    ENVIRONMENT["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    subprocess.run([sys.executable, "-c", IMPORTS], cwd=ROOT, env=ENVIRONMENT, check=True)


CITY_BY_DATE = """
SELECT region, as_of, value, n_reports, n_sources, spread FROM fact_obs
WHERE indicator = 'resumption_rate' AND population_key = 'above_scale/industry/*' AND kind = 'level'
  AND status = 'actual' AND unit = 'percent' AND is_current AND region_level = 'city'
ORDER BY region, as_of
"""


def load(target: str, feeds: Path, wait: float | None = None) -> str:
    """Load in a process of its own; with `wait` kill it that many seconds after it began to load."""
    with subprocess.Popen(
        [sys.executable, "-c", LOADER, target, feeds],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
    ) as p:
        p.stdout.readline()
        try:
            p.wait(timeout=wait)
        except subprocess.TimeoutExpired:
            p.send_signal(signal.SIGKILL)
        return p.stdout.read().strip()


def rows_of(target: str) -> list[int]:
    """How many rows each table has, 0 for one that is not there."""
    with open_warehouse(target) as warehouse:
        return [
            warehouse.fetch(f"SELECT count(*) FROM {table.name}")[0][0] if warehouse.columns_of(table.name) else 0
            for table in TABLES
        ]


def kill_at_random(target: str, feeds: Path, kills: int, longest: float, clear) -> None:
    """Kill loads into an empty warehouse up to `longest` seconds after they began: each leaves everything or nothing.

    Everything is what `target` holds now, table by table.
    """
    whole, nothing = rows_of(target), [0] * len(TABLES)
    dice, outcomes = random.Random(1), {"nothing": 0, "everything": 0}
    for _ in range(kills):
        clear()
        load(target, feeds, dice.uniform(0, longest))
        rows = rows_of(target)
        assert rows in (nothing, whole), f"{rows} of {whole} rows after a kill"
        outcomes["nothing" if rows == nothing else "everything"] += 1
    print(f"{kills} kills: {outcomes}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=19_600, help="articles to compose, 5 observations each")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--million", action="store_true", help="the city-by-date table over 1,000,000 reports")
    parser.add_argument("--only", choices=["duckdb", "postgresql"], help="one engine")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="resumption-bench-") as name:
        folder = Path(name)
        warm(folder)
        articles, observations = write_feeds(folder / "feeds", options.articles)
        print(f"{articles} articles, {observations} observations; load average {os.getloadavg()[0]:.1f}")
        if options.only != "postgresql":
            measure_duckdb(folder, options.kills, options.million)
        if options.only != "duckdb":
            measure_postgres(folder, options.kills)


def measure_duckdb(folder: Path, kills: int, million: bool) -> None:
    """Both loads, and what is asked for beside them."""
    path = folder / "w.duckdb"
    target = f"duckdb:///{path}"
    began = time.perf_counter()
    print("DuckDB, first load:  ", load(target, folder / "feeds"))
    longest = time.perf_counter() - began
    print("DuckDB, second load: ", load(target, folder / "feeds"))
    if million:
        copy = folder / "million.duckdb"
        shutil.copy(path, copy)
        measure_million(f"duckdb:///{copy}")
        copy.unlink()
    if kills:
        kill_at_random(
            target,
            folder / "feeds",
            kills,
            longest,
            lambda: [p.unlink() for p in folder.glob("w.*")],
        )


def measure_million(target: str) -> None:
    """The question that every report asks, over the loaded reports ten times over: other articles, other days."""
    changed = {
        "obs_id": "concat(n, obs_id)",
        "article_id": "concat(n, article_id)",
        "article_version_id": "concat(n, article_version_id)",
        "latest_version_id": "concat(n, latest_version_id)",
        "duplicate_of": "CASE WHEN duplicate_of IS NOT NULL THEN concat(n, duplicate_of) END",
        "as_of": "as_of + CAST(n * 5 AS integer)",
    }
    with open_warehouse(target) as warehouse:
        for table in (OBS_REPORT, ARTICLE_VERSION, ARTICLE):
            columns = ", ".join(changed.get(name, name) for name in table.names)
            warehouse.execute(f"INSERT INTO {table.name} SELECT {columns} FROM {table.name}, range(1, 10) AS copies(n)")
        [(total,)] = warehouse.fetch("SELECT count(*) FROM obs_report")
    with open_warehouse(target, read_only=True) as warehouse:
        for _ in range(3):
            began = time.perf_counter()
            rows = warehouse.fetch(CITY_BY_DATE)
            print(f"city by date over {total} reports: {time.perf_counter() - began:.2f} s, {len(rows)} cells")


def measure_postgres(folder: Path, kills: int) -> None:
    """The same on a server of our own."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import pgserver

    server = pgserver.get_server(folder / "postgres")
    target = server.get_uri()

    def clear() -> None:
        with open_warehouse(target) as warehouse:
            warehouse.execute("DROP SCHEMA public CASCADE")
            warehouse.execute("CREATE SCHEMA public")

    try:
        began = time.perf_counter()
        print("PostgreSQL, first load: ", load(target, folder / "feeds"))
        longest = time.perf_counter() - began
        print("PostgreSQL, second load:", load(target, folder / "feeds"))
        if kills:
            kill_at_random(target, folder / "feeds", kills, longest, clear)
    finally:
        server.cleanup()


if __name__ == "__main__":
    main()
