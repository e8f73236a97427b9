"""Arithmetic over the observations of one group: contradictions are flagged, never corrected.

A stated rate is compared with the counts of its group (307 of 345 is 89.0 %, the text says 90 %), parts with their sum,
beyond what rounding explains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from resumption.extraction import lazy_re as re
from resumption.items import Comparator, Kind, Observation, Status

_PARTS = {
    "resumption_rate": ("enterprises_resumed", "enterprises_total"),
    "project_resumption_rate": ("projects_resumed", "projects_total"),
    "worker_return_rate": ("workers_returned", "workers_total"),
}


def decimals(number: str) -> int:
    """Digits after the decimal point of a number as written.

    >>> decimals("79.4%"), decimals("90%"), decimals("28.38万人")
    (1, 0, 2)
    """
    _, point, tail = number.replace("．", ".").partition(".")
    return len([c for c in tail if c.isdigit()]) if point else 0


def slack(number: str) -> float:
    """How far a count may be from its written form, as a share of it: half of its last digit if written with 万 or 亿.

    >>> slack("307家"), round(slack("15.87万个"), 6)
    (0.0, 0.000315)
    """
    found = _ROUNDED.match(number)
    if found is None:
        return 0.0
    return 0.5 * 10.0 ** -decimals(number) / max(float(found[1]), 1e-9)


_ROUNDED = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)[万亿千]")


def is_rate_of(rate: float, places: int, part: float, whole: float, rounded: float = 0.0) -> bool:
    """True if `rate` percent is `part` of `whole`, rounded or cut to `places` digits.

    `rounded` is the sum of the counts' `slack`.

    >>> is_rate_of(89.0, 1, 307, 345), is_rate_of(90.0, 0, 307, 345), is_rate_of(83.4, 1, 186, 223)
    (True, False, True)
    """
    if whole <= 0:
        return True
    return abs(part / whole * 100 - rate) < 10.0**-places + rate * rounded + 1e-9


def check(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """The same observations, with `rate_mismatch` and `parts_mismatch` where the figures of a group contradict."""
    groups: dict[str, list[int]] = {}
    for index, observation in enumerate(observations):
        if observation.group_id and observation.status is Status.ACTUAL and observation.kind is Kind.LEVEL:
            groups.setdefault(observation.group_id, []).append(index)
    flagged: dict[int, set[str]] = {}
    for members in groups.values():
        _check_rates(observations, members, flagged)
        _check_parts(observations, members, flagged)
    return tuple(
        replace(o, flags=tuple(sorted({*o.flags, *flagged[i]}))) if i in flagged else o
        for i, o in enumerate(observations)
    )


def _check_rates(observations: Sequence[Observation], members: list[int], flagged: dict[int, set[str]]) -> None:
    for index in members:
        rate = observations[index]
        pair = _PARTS.get(rate.indicator)
        if (
            pair is None
            or rate.unit != "percent"
            or rate.comparator is not Comparator.EQ
            or rate.number[:1] not in "0123456789０１２３４５６７８９"
        ):
            continue
        parts = [
            observations[i]
            for i in members
            if observations[i].indicator == pair[0] and observations[i].comparator is Comparator.EQ
        ]
        wholes = [
            observations[i]
            for i in members
            if observations[i].indicator == pair[1] and observations[i].comparator is Comparator.EQ
        ]
        if len(parts) != 1 or len(wholes) != 1:
            continue
        exact = all(o.value < 10000 or decimals(o.number) == 0 for o in (*parts, *wholes))
        if exact and not is_rate_of(rate.value, decimals(rate.number), parts[0].value, wholes[0].value):
            flagged.setdefault(index, set()).add("rate_mismatch")


def _check_parts(observations: Sequence[Observation], members: list[int], flagged: dict[int, set[str]]) -> None:
    """A figure and the two that follow it in parentheses: 24338人（本地17216人，外地7122人）."""
    by_code: dict[str, list[int]] = {}
    for index in members:
        by_code.setdefault(observations[index].indicator, []).append(index)
    for indices in by_code.values():
        if len(indices) != 3:
            continue
        whole, first, second = (observations[i] for i in indices)
        if not all(b.start - a.end <= 12 for a, b in pairwise((whole, first, second))):
            continue
        if "（" not in whole.quote[whole.end - whole.quote_start : first.start - whole.quote_start].replace("(", "（"):
            continue
        allowed = sum(
            0.5 * 10.0 ** -decimals(o.number) * (10000 if "万" in o.number else 1) for o in (whole, first, second)
        )
        if (
            first.value < whole.value
            and abs(first.value + second.value - whole.value)
            > allowed * (any(decimals(o.number) for o in (whole, first, second))) + 1e-6
        ):
            flagged.setdefault(indices[0], set()).add("parts_mismatch")
