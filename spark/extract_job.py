"""WARC files to feed tables on Spark: the same functions as `scrapy extract`, one WARC file per partition.

    spark-submit --py-files resumption.zip spark/extract_job.py --output OUT [--gate] [--hosts ...] PATH...

A PATH is a WARC file, a folder of them, or `@LIST`, a file with one path per line; on local disk or as s3://, hdfs://,
gs:// URI. OUT gets `articles/` and `observations/` as Parquet, by `date`, the day of publication (a page without one:
`unknown`), and `problems/` as text. The rows are the lines of the local command, field for field (docs/spark.md).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from pyspark.sql import SparkSession
from pyspark.sql.types import BooleanType, DataType, DoubleType, LongType, StringType, StructField, StructType

from resumption.bulk import Options, Outcome, Versions, read_outcome
from resumption.gate import host_gate
from resumption.inputs import WARC_SUFFIXES, read_warc
from resumption.rows import ARTICLE_FIELDS, OBSERVATION_FIELDS, Field

Numbered = tuple[int, str]
Found = tuple[tuple[int, int], Outcome]
_TYPES: dict[str, DataType] = {"number": DoubleType(), "integer": LongType(), "boolean": BooleanType()}
UNKNOWN = "unknown"


def find_warcs(paths: list[str]) -> list[str]:
    """WARC files of paths and folders, in the order of the local command. Raises OSError for a missing path."""
    from pyarrow.fs import FileSelector, FileType

    found: list[str] = []
    for path in paths:
        if path.startswith("@"):
            system, inside = _system(path[1:])
            with system.open_input_stream(inside) as stream:
                found += [line.strip() for line in stream.read().decode("utf-8").splitlines() if line.strip()]
            continue
        system, inside = _system(path)
        info = system.get_file_info(inside)
        if info.type == FileType.NotFound:
            raise FileNotFoundError(f"{path}: no such file or folder")
        if info.type == FileType.Directory:
            below = system.get_file_info(FileSelector(inside, recursive=True))
            names = sorted((f.path for f in below if f.path.endswith(WARC_SUFFIXES)), key=lambda name: name.split("/"))
            found += [path.rstrip("/") + name[len(inside.rstrip("/")) :] for name in names]
        else:
            found.append(path)
    return found


def read_file(numbered: Numbered, options: Options) -> Iterator[Found]:
    """Outcomes of one WARC file with their place; a file that cannot be opened is a problem."""
    number, path = numbered
    try:
        with open_warc(path) as stream:
            documents = read_warc(stream, path, wanted=host_gate(options.hosts))
            for place, document in enumerate(documents):
                yield (number, place), read_outcome(document, options)
    except OSError as error:
        yield (number, -1), Outcome(path, problem=error.strerror or str(error))


def open_warc(path: str) -> BinaryIO:
    """A seekable stream of a local file or of a URI that pyarrow knows."""
    system, inside = _system(path)
    stream: BinaryIO = system.open_input_file(inside)
    return stream


def link(found: Iterable[Found]) -> Iterator[Outcome]:
    """The versions of one article, each once, in the order of the inputs."""
    versions = Versions()
    for _, outcome in sorted(found, key=lambda pair: pair[0]):
        if linked := versions.link(outcome):
            yield linked


def schema(fields: tuple[Field, ...]) -> StructType:
    """Columns of a feed: times and dates stay the text of the lines, so that nothing is rounded or moved to a zone."""
    columns = [StructField(f.name, _TYPES.get(f.type, StringType()), not f.required) for f in fields]
    return StructType([*columns, StructField("date", StringType(), False)])


def rows(lines: str, fields: tuple[Field, ...]) -> Iterator[tuple[Any, ...]]:
    """Lines of a feed as rows of its table."""
    # Not splitlines(): a text may hold other line ends than \n.
    for line in lines.split("\n"):
        if line:
            row = json.loads(line)
            yield (*(row[f.name] for f in fields), (row["published_at"] or UNKNOWN)[:10])


def run(session: SparkSession, paths: list[str], output: str, options: Options) -> int:
    """Read all files, write the tables; returns the number of problems."""
    numbered = list(enumerate(paths))
    found = session.sparkContext.parallelize(numbered, max(1, len(numbered))).flatMap(
        lambda pair: read_file(pair, options)
    )
    # Pages are read once: three outputs come from what was read.
    found.persist(_disk())
    linked = found.filter(lambda pair: bool(pair[1].article)).groupBy(lambda pair: pair[1].article_id)
    outcomes = linked.flatMap(lambda pair: link(pair[1])).persist(_disk())
    for name, fields in (("articles", ARTICLE_FIELDS), ("observations", OBSERVATION_FIELDS)):
        place = Outcome._fields.index("article" if name == "articles" else "observations")
        table = outcomes.flatMap(lambda outcome, place=place, fields=fields: rows(outcome[place], fields))
        frame = session.createDataFrame(table, schema(fields), verifySchema=False)
        frame.write.mode("overwrite").partitionBy("date").parquet(f"{output.rstrip('/')}/{name}")
    problems = found.filter(lambda pair: bool(pair[1].problem)).map(lambda pair: (pair[1].where, pair[1].problem))
    told = session.createDataFrame(problems, "where string, problem string")
    told.write.mode("overwrite").json(f"{output.rstrip('/')}/problems")
    return told.count()


def main(arguments: list[str] | None = None) -> int:
    """The job; exit code 1 if a file or record could not be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--output", required=True, metavar="OUT")
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--hosts", default="", metavar="HOST,...")
    options = parser.parse_args(arguments)
    try:
        paths = find_warcs(options.paths)
    except OSError as error:
        print(f"extract_job: {error}", file=sys.stderr)
        return 1
    if not paths:
        print("extract_job: no WARC file in these paths", file=sys.stderr)
        return 1
    session = SparkSession.builder.appName("resumption").config("spark.sql.session.timeZone", "Asia/Shanghai")
    wanted = Options(gate=options.gate, hosts=tuple(filter(None, options.hosts.split(","))))
    spark = session.getOrCreate()
    try:
        problems = run(spark, paths, options.output, wanted)
    finally:
        spark.stop()
    if problems:
        print(f"extract_job: {problems} problems, see {options.output}/problems", file=sys.stderr)
    return 1 if problems else 0


def _disk() -> Any:
    from pyspark import StorageLevel

    return StorageLevel.DISK_ONLY


def _system(path: str) -> tuple[Any, str]:
    """File system and path inside it."""
    from pyarrow.fs import FileSystem, LocalFileSystem

    if len(urlsplit(path).scheme) > 1:
        system, inside = FileSystem.from_uri(path)
        return system, inside
    return LocalFileSystem(), path


if __name__ == "__main__":
    sys.exit(main())
