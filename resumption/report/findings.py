"""Findings with their sentences side by side: each side is a quote, the numbers marked in it and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from resumption.report.figures import RefOf
from resumption.report.source import Contents

_COUNTS_OF = {
    "resumption_rate": ("enterprises_resumed", "enterprises_total"),
    "project_resumption_rate": ("projects_resumed", "projects_total"),
    "worker_return_rate": ("workers_returned", "workers_total"),
}
LONGEST_QUOTE = 1_000
Report = dict[str, Any]


def findings_data(contents: Contents, ref_of: RefOf) -> Iterator[dict[str, Any]]:
    """One finding after the other, as the page takes it."""
    reports = {r["obs_id"]: r for article in contents.articles for r in article.reports}
    groups: dict[tuple[str, str], list[Report]] = {}
    for report in reports.values():
        if report["group_id"]:
            groups.setdefault((report["article_version_id"], report["group_id"]), []).append(report)
    for finding in contents.findings:
        if finding["obs_id"] not in reports:
            continue
        report = reports[finding["obs_id"]]
        check = finding["check_name"]
        involved = [report]
        other = reports.get(finding["other_obs_id"] or "")
        if other is not None:
            involved.insert(0 if check == "cumulative_falls" else 1, other)
        computed = None
        if check in ("rate_mismatch", "parts_mismatch"):
            group = groups.get((report["article_version_id"], report["group_id"] or ""), [])
            if check == "rate_mismatch":
                counts = _counts(report, group)
                computed = _quotient(counts)
            else:
                counts = [r for r in group if r is not report and r["indicator"] == report["indicator"]][:2]
                computed = sum(r["value"] for r in counts) if counts else None
            involved += counts
        yield {
            "check": check,
            "indicator": finding["indicator"],
            "region": finding["region"] or "",
            "day": finding["as_of"],
            "values": [_value(r) for r in involved],
            "computed": computed,
            "sides": list(_sides(involved, ref_of)),
        }


def _counts(rate: Report, group: Iterable[Report]) -> list[Report]:
    part, whole = _COUNTS_OF.get(rate["indicator"], ("", ""))
    levels = [r for r in group if r["kind"] == "level" and r["status"] == "actual"]
    found = [next((r for r in levels if r["indicator"] == name), None) for name in (part, whole)]
    return [r for r in found if r is not None]


def _quotient(counts: list[Report]) -> float | None:
    return counts[0]["value"] / counts[1]["value"] * 100 if len(counts) == 2 and counts[1]["value"] else None


def _value(report: Report) -> list[Any]:
    return [report["indicator"], report["value"], report["unit"], report["comparator"], report["as_of"]]


def _sides(involved: Iterable[Report], ref_of: RefOf) -> Iterator[dict[str, Any]]:
    """The sentences, each once, with all its numbers that are involved."""
    sides: dict[tuple[str, int], dict[str, Any]] = {}
    for report in involved:
        key = (report["article_version_id"], report["quote_start"])
        side = sides.get(key)
        if side is None:
            side = sides[key] = {
                "quote": report["quote"][:LONGEST_QUOTE],
                "title": report["title"] or "",
                "source": report["source"] or report["portal"] or "",
                "published": report["published_at"],
                "day": report["as_of"],
                "population": report["population"] or "",
                "ref": ref_of(report["obs_id"]),
                "marks": [],
            }
        start = report["number_start"] - report["quote_start"]
        side["marks"].append([start, start + report["number_end"] - report["number_start"]])
    yield from sides.values()
