"""What the report shows, read from a warehouse once: plain rows in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from resumption.warehouse import Warehouse

ARTICLES = """
SELECT article_version_id, article_id, portal, channel, url, title, source, published_at, published_basis, region, text,
  text_sha256, raw_sha256, raw_ref, layout, fetched_at, http_status, duplicate_of, supersedes, extractor_version
FROM article_version ORDER BY published_at DESC NULLS LAST, article_version_id
"""
REPORTS = """
SELECT obs_id, article_version_id, article_id, portal, url, title, source, published_at, indicator, number, value, unit,
  comparator, kind, status, change_basis, population, region, region_basis, as_of, as_of_text, as_of_basis,
  number_start, number_end, quote, quote_start, quote_end, group_id, flags, rule, optional, is_current, fact_key
FROM report ORDER BY number_start, obs_id
"""
FACTS = """
SELECT series_key, indicator, unit, kind, status, change_basis, population_key, population, region_key, region,
  region_code, region_level, as_of, value, comparator, min_value, max_value, n_reports, n_sources, optional, obs_id
FROM fact_obs WHERE is_current AND as_of IS NOT NULL AND region IS NOT NULL ORDER BY series_key, as_of
"""
FINDINGS = """
SELECT check_name, severity, obs_id, other_obs_id, indicator, region, as_of, detail FROM obs_check
ORDER BY check_name, as_of DESC NULLS LAST, region, obs_id, other_obs_id
"""
RUNS = "SELECT run_id, portal, verdict, articles, observations, record FROM run ORDER BY run_id"


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One article version of the warehouse with its observations; small enough to be sent to another process."""

    row: dict[str, Any]
    reports: tuple[dict[str, Any], ...] = ()
    is_latest: bool = True

    @property
    def text(self) -> str:
        """The clean text; "" where it may not be passed on."""
        return self.row["text"] or ""


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything the pages are made of."""

    articles: list[StoredArticle]
    facts: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    runs: list[dict[str, Any]]
    indicators: list[tuple[str, str]]
    """Code and Chinese label, in the order of the code list."""
    totals: dict[str, Any] = field(default_factory=dict)


def read_contents(warehouse: Warehouse) -> Contents:
    """Read a warehouse that `scrapy load` has filled. Raises WarehouseError if it has no such tables."""
    latest = {row[0] for row in warehouse.fetch("SELECT latest_version_id FROM article")}
    reports: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(warehouse, REPORTS):
        reports.setdefault(row["article_version_id"], []).append(row)
    articles = [
        StoredArticle(row, tuple(reports.get(row["article_version_id"], ())), row["article_version_id"] in latest)
        for row in _rows(warehouse, ARTICLES)
    ]
    facts, findings, runs = (_rows(warehouse, statement) for statement in (FACTS, FINDINGS, RUNS))
    indicators = [(code, label or code) for code, label in warehouse.fetch("SELECT code, label FROM dim_indicator")]
    return Contents(articles, facts, findings, runs, indicators, _totals(warehouse))


def _rows(warehouse: Warehouse, statement: str) -> list[dict[str, Any]]:
    names, rows = warehouse.query(statement)
    return [dict(zip(names, map(_plain, row), strict=True)) for row in rows]


def _plain(value: Any) -> Any:
    """Days and times as text, as the feeds write them."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _totals(warehouse: Warehouse) -> dict[str, Any]:
    names, rows = warehouse.query(
        "SELECT (SELECT count(*) FROM article) AS articles, (SELECT count(*) FROM article_version) AS versions,"
        " (SELECT count(duplicate_of) FROM article) AS reprints,"
        " (SELECT count(DISTINCT portal) FROM article) AS portals,"
        " (SELECT count(DISTINCT channel) FROM article) AS channels,"
        " (SELECT count(*) FROM obs_report) AS observations, (SELECT count(*) FROM fact_obs WHERE is_current) AS facts,"
        " (SELECT count(*) FROM obs_check) AS findings,"
        " (SELECT min(published_at) FROM article) AS first_published,"
        " (SELECT max(published_at) FROM article) AS last_published,"
        " (SELECT min(as_of) FROM obs_report WHERE status = 'actual') AS first_day,"
        " (SELECT max(as_of) FROM obs_report WHERE status = 'actual') AS last_day"
    )
    return {name: _plain(value) for name, value in zip(names, rows[0], strict=True)}
