"""Docs that can be wrong are tested: links lead somewhere, commands exist, the example of the README is a real line."""

import json
import re
from pathlib import Path

import pytest

from resumption.bulk import read_document
from resumption.inputs import read_inputs
from resumption.rows import OBSERVATION_FIELDS, observation_rows

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("seeds/*.md")])
COMMANDS = {p.stem for p in (ROOT / "resumption" / "commands").glob("[a-z]*.py")} | {"crawl"}


@pytest.fixture(params=PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def page(request):
    return request.param, request.param.read_text(encoding="utf-8")


def test_links_lead_to_files(page):
    path, text = page
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
        assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_commands_exist(page):
    path, text = page
    for command in re.findall(r"(?:^|`|/bin/)scrapy ([a-z]+)", text, re.MULTILINE):
        assert command in COMMANDS, f"{path.name} names `scrapy {command}`"


def test_make_targets_exist(page):
    path, text = page
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE):
        assert target in targets, f"{path.name} names `make {target}`"


def test_a_page_is_not_too_long(page):
    path, text = page
    if path.name != "cookbook.md":  # most of it is output that a script wrote
        assert text.count("\n") <= 500, path


def test_nothing_refers_to_places_outside_the_project(page):
    _, text = page
    assert "/work/" not in text
    assert "../shared" not in text


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_example_is_a_line_that_the_replay_archive_gives(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    example = json.loads(re.search(r"```json\n(\{.*?\})\n```", text, re.DOTALL)[1])
    assert list(example) == [f.name for f in OBSERVATION_FIELDS]
    for document in read_inputs([str(ROOT / "seeds" / "replay")]):
        if document.url == example["url"]:
            article = read_document(document)
            break
    rows = {row["obs_id"]: row for row in observation_rows(article)}
    assert rows[example["obs_id"]] == example
