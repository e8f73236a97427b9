"""Arrows between folders point one way (docs/architecture.md)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "resumption"

THIRD_PARTY = {
    "scrapy", "parsel", "lxml", "jieba", "ahocorasick", "warcio", "duckdb", "psycopg", "dlt", "altair", "vl_convert",
    "itemadapter", "lunardate", "twisted", "playwright", "scrapy_playwright", "tqdm", "xlsxwriter", "jsonschema",
    "prometheus_client", "w3lib",
}  # fmt: skip

# module prefix -> (project modules it may import, third-party packages it may import)
LAYERS = {
    "items": ((), ()),
    "rows": (("items",), ()),
    "schema": (("items", "rows"), ()),
    "portals": (("items",), ()),
    "lexicon": (("items",), ()),
    "page": (("items", "portals", "lexicon", "page"), ("lxml", "parsel", "w3lib")),
    "clean": (("items", "portals", "lexicon", "page", "clean"), ("lxml", "parsel")),
    "reading": (("items", "portals", "page", "clean"), ()),
    "annotated": (("items", "reading"), ()),
    "extraction": (("items", "lexicon", "extraction"), ("jieba", "ahocorasick", "lunardate")),
    "extraction_process": (("items", "extraction"), ()),
    "portal_spider": (("items", "portals", "page", "discovery", "spider_arguments", "rendering"), ("scrapy", "w3lib")),
    "spider_arguments": (("portals", "discovery"), ()),
    "rendering": ((), ("scrapy_playwright",)),
    "discovery": (("items", "portals", "page"), ("lxml", "parsel", "w3lib")),
    "spiders": (("portal_spider",), ()),
    "report": (("warehouse", "report"), ("altair", "vl_convert")),
    "warehouse": (("schema", "warehouse", "lexicon"), ("duckdb", "psycopg", "dlt", "tqdm", "xlsxwriter")),
}


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name:
            yield name, path


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(("name", "path"), [pytest.param(n, p, id=n) for n, p in modules()])
def test_imports_follow_the_arrows(name, path):
    layer = name.split(".")[0]
    for imported in imports(path):
        top, _, rest = imported.partition(".")
        if top == "resumption":
            target = rest.split(".")[0]
            assert target != "settings", f"{name} imports settings"
            assert target != "spiders" or layer == "spiders", f"{name} imports a spider"
            if layer in LAYERS and target not in ("", "SCHEMA_VERSION", "__version__"):
                assert target in LAYERS[layer][0] or target == layer, f"{name} may not import resumption.{target}"
        elif top in THIRD_PARTY and layer in LAYERS:
            assert top in LAYERS[layer][1], f"{name} may not import {top}"


def test_every_layer_named_here_exists():
    names = {name.split(".")[0] for name, _ in modules()}
    assert set(LAYERS) <= names
