"""The verdict on a run: from counts to one word, an exit code and the sentences that say why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

from resumption.portals import Expect

BLOCKED_SHARE = 0.5
FAILED_SHARE = 0.1
MEDIAN_RUNS = 7


class Verdict(StrEnum):
    """How a run ended. The exit codes are documented in docs/crawling.md and never change their meaning."""

    OK = "ok"
    FAILED = "failed"
    MISCONFIGURED = "misconfigured"
    DEGRADED = "degraded"
    EMPTY = "empty"
    BLOCKED = "blocked"
    LOCKED = "locked"
    INTERRUPTED = "interrupted"

    @property
    def exit_code(self) -> int:
        """Exit code of `scrapy crawl`.

        >>> [v.exit_code for v in Verdict]
        [0, 1, 2, 3, 4, 5, 6, 7]
        """
        return list(Verdict).index(self)


@dataclass(slots=True)
class ChannelCounts:
    """What a channel gave in one run."""

    lists: int = 0
    """List pages and feeds that were read."""
    lists_failed: int = 0
    lists_missing: int = 0
    """Lists that the replay archive does not hold; the channel is not judged by them."""
    links: int = 0
    """Article links found, new or known."""
    known: int = 0
    """Links of articles that the ledger knows."""
    fetched: int = 0
    """Article pages that were read."""
    articles: int = 0
    """New versions for the feed."""
    observations: int = 0
    unchanged: int = 0
    errors: int = 0
    """Article pages on which the program itself raised: their lines are missing, the next run reads them again."""
    relevant: int = 0
    """New articles about resumption that hold a digit."""
    relevant_without: int = 0
    """... of which no observation came."""
    published: int = 0
    """New articles with a publication time."""
    general: int = 0
    """New articles that no layout of the seed fitted: the general reader read them."""
    text_chars: list[int] = field(default_factory=list)
    layouts: dict[str, int] = field(default_factory=dict)
    """Layout -> new articles that it read; `general (NAME)` is the general reader."""
    skipped: dict[str, int] = field(default_factory=dict)
    """Reason -> article pages that gave no line."""

    def skip(self, reason: str) -> None:
        """Count a page that gives no line."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1


MIN_PAGES = 5
"""Shares are judged from so many pages on; fewer say nothing."""
UNREAD = ("no_article", "empty")
"""Skips that mean: the page could not be read, the layout may have changed."""


def judge(
    channels: Mapping[str, ChannelCounts],
    expect: Expect,
    *,
    finish_reason: str,
    requests: int,
    failed: int,
    blocked: int,
    earlier: Sequence[Mapping[str, int]] = (),
    full: bool = True,
    unproven: int = 0,
) -> tuple[Verdict, list[str]]:
    """Verdict and its reasons, each naming channel and cause.

    `earlier` are the links per channel of the last good runs, newest first. `full` is False for a run over a
    part only (one address, a search, a replay archive), which is not judged by floors on links. `failed` are requests,
    `unproven` observations that were left out.
    """
    if finish_reason.startswith(("feed_error", "archive_error")):
        return Verdict.FAILED, [finish_reason]
    if finish_reason == "blocked" or (blocked >= MIN_PAGES and blocked >= BLOCKED_SHARE * requests):
        return Verdict.BLOCKED, [f"{blocked} of {requests} requests were refused (403, 429, 503 or a captcha page)"]
    if finish_reason in ("shutdown", "cancelled"):
        return Verdict.INTERRUPTED, ["stopped by a signal; the same command continues"]
    reasons = [] if finish_reason == "finished" else [f"the run ended early: {finish_reason}"]
    written = any(c.articles or c.unchanged for c in channels.values())
    errors = sum(c.errors for c in channels.values())
    if errors and not written:
        return Verdict.FAILED, [f"the program failed on all {errors} articles it read, see the log", *reasons]
    # Nothing came of anything: no list, no article. Then even one failure is all there was.
    nothing = not written and not any(c.lists or c.known for c in channels.values())
    if blocked and nothing:
        return Verdict.BLOCKED, [f"{blocked} of {requests} requests were refused (403, 429, 503 or a captcha page)"]
    unread = sum(c.skipped.get(reason, 0) for c in channels.values() for reason in UNREAD)
    if nothing and unread:
        return Verdict.EMPTY, [f"no article could be read from {unread} pages", *reasons]
    if not any(c.links or c.fetched or c.known for c in channels.values()):
        failures = [f"{failed} of {requests} requests failed"] if failed else []
        return Verdict.EMPTY, ["no article link in any list", *failures, *reasons]
    if failed and (nothing or (requests >= MIN_PAGES and failed > FAILED_SHARE * requests)):
        reasons.append(f"{failed} of {requests} requests failed")
    if unproven:
        reasons.append(f"{unproven} observations did not hold in their text and were left out")
    for name, counts in sorted(channels.items()):
        reasons += [f"{name}: {reason}" for reason in _judge_channel(name, counts, expect, earlier, full)]
    reasons += _judge_layouts(channels, expect.general_share_max)
    return (Verdict.DEGRADED if reasons else Verdict.OK), reasons


def _judge_layouts(channels: Mapping[str, ChannelCounts], share: float) -> list[str]:
    """Channels whose articles fit no layout any more; few articles per channel are judged over the whole run."""
    read = sum(max(c.articles, c.general) for c in channels.values())
    everywhere = read >= MIN_PAGES and sum(c.general for c in channels.values()) > share * read
    reasons = []
    for name, c in sorted(channels.items()):
        own = max(c.articles, c.general)
        if (everywhere or own >= MIN_PAGES) and c.general > share * own:
            reasons.append(f"{name}: no layout fits {c.general} of {own} articles: has the template changed?")
    return reasons


def find_notes(channels: Mapping[str, ChannelCounts], earlier: Sequence[Mapping[str, int]]) -> list[str]:
    """What is worth a look and no reason for `degraded` yet: a channel with a fifth fewer links than usual.

    >>> find_notes({"weihai": ChannelCounts(lists=1, links=30)}, [{"weihai": 40}] * 3)
    ['weihai: 30 article links, usually 40']
    """
    notes = []
    for name, counts in sorted(channels.items()):
        usual = [run[name] for run in earlier[:MEDIAN_RUNS] if name in run]
        if len(usual) >= 3 and 0.5 * median(usual) <= counts.links < 0.8 * median(usual):
            notes.append(f"{name}: {counts.links} article links, usually {median(usual):g}")
    return notes


def _judge_channel(
    name: str, c: ChannelCounts, expect: Expect, earlier: Sequence[Mapping[str, int]], full: bool
) -> list[str]:
    reasons = []
    if c.errors:
        reasons.append(f"the program failed on {c.errors} articles, see the log")
    if c.lists_failed:
        reasons.append(f"{c.lists_failed} of {c.lists + c.lists_failed} lists could not be read")
    if full and c.lists and c.links < expect.articles_min and not c.lists_missing:
        reasons.append(f"{c.links} article links in {c.lists} lists, expected at least {expect.articles_min}")
    usual = [run[name] for run in earlier[:MEDIAN_RUNS] if name in run]
    if full and len(usual) >= 3 and c.links < 0.5 * median(usual):
        reasons.append(f"{c.links} article links, usually {median(usual):g}")
    unread = sum(c.skipped.get(reason, 0) for reason in UNREAD)
    if unread >= MIN_PAGES and unread > 0.5 * c.fetched:
        reasons.append(f"{unread} of {c.fetched} article pages could not be read: has the layout changed?")
    if c.articles >= MIN_PAGES and c.published < expect.published_fill * c.articles:
        reasons.append(f"only {c.published} of {c.articles} articles have a publication time")
    if c.relevant >= MIN_PAGES and c.relevant - c.relevant_without < expect.observations_per_relevant * c.relevant:
        reasons.append(f"{c.relevant_without} of {c.relevant} articles on resumption with digits gave no observation")
    if len(c.text_chars) >= MIN_PAGES and median(c.text_chars) < expect.text_chars_median:
        reasons.append(f"half of the articles have {median(c.text_chars):g} characters or fewer")
    return reasons
