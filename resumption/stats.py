"""Scrapy's counters without what surrounds every look at them."""

from __future__ import annotations

from scrapy.statscollectors import MemoryStatsCollector


class PlainStats(MemoryStatsCollector):
    """Counts as ever; Scrapy wraps each of its methods to warn of an old argument, at the price of two exceptions."""

    __getattribute__ = object.__getattribute__
