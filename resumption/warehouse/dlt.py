"""Other warehouses (ClickHouse, BigQuery, Snowflake ...) through dlt, an optional extra (`requirements-warehouse.txt`).

What dlt makes easy to get wrong is set here: no telemetry; Parquet as file format (the default writes row by row and
takes gigabytes); explicit types, so nothing is guessed from the first lines; a working folder for one run only, since
dlt would try the packages that a failed run left behind again and fail with them for ever. Credentials come from
dlt's own places (environment variables, `.dlt/secrets.toml`). The feeds arrive as tables `articles` and
`observations`, merged by key; the views of this project are for DuckDB and PostgreSQL.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from resumption.schema import FEEDS
from resumption.warehouse.documents import FEED_KEYS
from resumption.warehouse.feed_files import BadLine, FeedError, FeedFile, read_lines
from resumption.warehouse.store import WarehouseError

TYPES = {"string": "text", "number": "double", "integer": "bigint", "boolean": "bool", "date": "date",
         "time": "timestamp"}  # fmt: skip
BATCH = 5000


def load_by_dlt(
    destination: str,
    files: Sequence[FeedFile],
    *,
    skip_bad: Callable[[BadLine], object] | None = None,
    dataset: str = "resumption",
    credentials: Any = None,
) -> dict[str, int]:
    """Merge feed files into tables `articles` and `observations` of a dlt destination; returns the lines of each.

    All lines are checked before the first is sent. Raises FeedError for a bad line (unless `skip_bad` takes it) and
    WarehouseError when dlt fails.
    """

    os.environ.setdefault("RUNTIME__DLTHUB_TELEMETRY", "false")  # dlt reads it when it is imported
    try:
        import dlt
        from dlt.common.exceptions import DltException
        from dlt.pipeline.exceptions import PipelineStepFailed
    except ImportError:
        raise WarehouseError("dlt is not installed: pip install -r requirements-warehouse.txt") from None

    def on_bad(line: BadLine) -> None:
        if skip_bad is None:
            raise FeedError(str(line))
        skip_bad(line)

    lines = dict.fromkeys(FEEDS, 0)
    for file in files:
        lines[file.feed] += sum(1 for _ in read_lines(file, on_bad))
    with tempfile.TemporaryDirectory(prefix="resumption-dlt-") as folder:
        try:
            chosen = dlt.destinations.duckdb(credentials) if destination == "duckdb" and credentials else destination
            pipeline = dlt.pipeline(
                "resumption", pipelines_dir=folder, destination=chosen, dataset_name=dataset, progress=None
            )
            pipeline.run([_resource(feed, files) for feed in FEEDS if lines[feed]], loader_file_format="parquet")
        except PipelineStepFailed as error:
            raise WarehouseError(f"dlt failed in step {error.step}: {str(error.exception or error)[:300]}") from None
        except DltException as error:
            raise WarehouseError(f"dlt failed: {str(error).splitlines()[0]}") from None
    return lines


def _resource(feed: str, files: Sequence[FeedFile]) -> Any:
    """A dlt resource with the lines of one feed in batches."""
    import dlt

    columns = {f.name: {"data_type": TYPES[f.type], "nullable": not f.required} for f in FEEDS[feed]}
    names = tuple(columns)

    def rows() -> Iterator[list[dict[str, Any]]]:
        batch: list[dict[str, Any]] = []
        for file in files:
            if file.feed != feed:
                continue
            for line in read_lines(file, lambda _: None):
                row = json.loads(line)
                batch.append({name: row.get(name) for name in names})
                if len(batch) >= BATCH:
                    yield batch
                    batch = []
        yield batch

    return dlt.resource(
        rows, name=feed, primary_key=FEED_KEYS[feed], write_disposition="merge", columns=columns, max_table_nesting=0
    )
