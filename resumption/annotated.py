"""Annotated articles: what a person found in a text, as docs/annotation.md says (`NNN.json` beside `NNN.txt`)."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from resumption.items import Article
from resumption.reading import read_page

Record = dict[str, Any]
"""One annotated observation."""


class Annotated(NamedTuple):
    """An article with its annotations."""

    name: str
    gold: dict[str, Any]
    """The whole JSON object; `observations` are its records."""
    article: Article | None
    """None if its text holds no article."""

    @property
    def records(self) -> list[Record]:
        """The annotated observations."""
        records: list[Record] = self.gold["observations"]
        return records


def read_annotated(folder: Path) -> Iterator[Annotated]:
    """Every annotated article of a folder, or of the .zip of one, in the order of their names.

    Files of JSON without `observations` are passed over. ValueError for broken JSON, for a text that is missing and for
    one that is not UTF-8; each names the file.
    """
    root = zipfile.Path(folder) if zipfile.is_zipfile(folder) else folder
    if not root.is_dir():
        return
    for path in sorted((path for path in root.iterdir() if path.name.endswith(".json")), key=lambda path: path.name):
        try:
            gold: Any = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{path} is no JSON: {error}") from error
        if not isinstance(gold, dict) or not isinstance(gold.get("observations"), list):
            continue
        stem = path.name.removesuffix(".json")
        article = read_page(
            _text(root / f"{stem}.txt", path.name),
            gold.get("url") or f"https://gold.invalid/{stem}",
            published=gold.get("published"),
            title=gold.get("title"),
            region=gold.get("region"),
        )
        yield Annotated(stem, gold, article)


def _text(path: Path | zipfile.Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, KeyError) as error:
        raise ValueError(f"{path} is missing: {name} has no text beside it") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8: {error}") from error
