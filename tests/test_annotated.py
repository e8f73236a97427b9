"""Annotated articles are read from a folder or a .zip, and what is broken is named."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError

from resumption.annotated import read_annotated
from resumption.commands.score import score_folder

TEXT = "截至3月1日，全县规上企业96家，复工95家，复工率99%。"
GOLD = {"id": "1", "title": "全县企业复工", "published": "2020-03-02", "observations": []}


def write(folder: Path, name: str, gold: str, text: bytes | None = TEXT.encode()) -> None:
    (folder / f"{name}.json").write_text(gold, encoding="utf-8")
    if text is not None:
        (folder / f"{name}.txt").write_bytes(text)


def test_a_folder_and_its_zip_hold_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    write(folder, "002", json.dumps(GOLD))
    write(folder, "001", json.dumps(GOLD | {"title": "又一篇"}))
    (folder / "notes.json").write_text('{"author": "someone"}', encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "gold.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    found = list(read_annotated(folder))
    assert [(one.name, one.article.title if one.article else None) for one in found] == [
        ("001", "又一篇"),
        ("002", "全县企业复工"),
    ]
    assert found == list(read_annotated(tmp_path / "gold.zip"))
    assert list(read_annotated(tmp_path / "nowhere")) == []


@pytest.mark.parametrize(
    ("gold", "text", "said"),
    [
        ("{", TEXT.encode(), "001.json is no JSON"),
        (json.dumps(GOLD), None, "001.txt is missing"),
        (json.dumps(GOLD), TEXT.encode("gb18030"), "001.txt is not UTF-8"),
    ],
)
def test_what_is_broken_is_named(tmp_path: Path, gold: str, text: bytes | None, said: str) -> None:
    write(tmp_path, "001", gold, text)
    with pytest.raises(ValueError, match=said):
        list(read_annotated(tmp_path))
    with pytest.raises(UsageError, match=said):
        score_folder(tmp_path)
