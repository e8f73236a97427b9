"""The process that extracts beside the crawl: the same answers, in order, whatever happens to it or to the crawl."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from resumption import extract
from resumption.extraction_process import ExtractionProcess, ExtractionProcessError
from resumption.items import Article

TEXT = "截至2月{day}日，全市规上工业企业复工{count}家，复工率{rate}%。"
ARTICLES = [
    Article(url=f"http://a.invalid/{n}", title="复工", text=TEXT.format(day=n, count=100 + n, rate=70 + n))
    for n in range(1, 20)
]
BROKEN = replace(ARTICLES[0], url="http://a.invalid/broken", text=None)  # type: ignore[arg-type]
"""No text at all: extraction raises, as it would on a fault of its own."""


async def answers(articles, between=None, longest=60.0):
    """What the process answers to articles that are asked for at once; `between` runs before a second round."""
    process = ExtractionProcess(longest)
    try:
        found = await asyncio.gather(*map(process.extract, articles), return_exceptions=True)
        if between is not None:
            between(process._process.pid)
            found += await asyncio.gather(*map(process.extract, articles), return_exceptions=True)
        return found
    finally:
        await process.close()


def test_the_same_answers_in_the_same_order():
    found = asyncio.run(answers(ARTICLES))
    assert found == [extract(article) for article in ARTICLES]
    assert all(found)


def test_nothing_asked_nothing_started():
    assert asyncio.run(answers([])) == []


def test_an_article_that_ends_the_process_costs_only_itself(capfd):
    found = asyncio.run(answers([ARTICLES[0], BROKEN, *ARTICLES[1:3], BROKEN]))
    assert [type(f) for f in found] == [tuple, ExtractionProcessError, tuple, tuple, ExtractionProcessError]
    assert "http://a.invalid/broken" in str(found[1])
    assert found[2:4] == [extract(article) for article in ARTICLES[1:3]]
    assert "Traceback" in capfd.readouterr().err, "the fault is told"


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_whole_group_takes_no_article(sign):
    found = asyncio.run(answers(ARTICLES[:3], lambda pid: os.kill(pid, sign)))
    assert found == 2 * [extract(article) for article in ARTICLES[:3]]


def test_a_killed_process_is_started_anew():
    found = asyncio.run(answers(ARTICLES[:3], lambda pid: os.kill(pid, signal.SIGKILL)))
    lost = sum(isinstance(f, ExtractionProcessError) for f in found)
    assert lost <= 1
    assert [f for f in found if isinstance(f, tuple)][-2:] == [extract(article) for article in ARTICLES[1:3]]


def test_an_article_that_never_ends_costs_only_itself():
    found = asyncio.run(answers(ARTICLES[:3], lambda pid: os.kill(pid, signal.SIGSTOP), longest=8.0))
    assert [type(f) for f in found[3:]] == [ExtractionProcessError, tuple, tuple]
    assert found[:3] + found[4:] == [extract(article) for article in ARTICLES[:3] + ARTICLES[1:3]]


def test_no_process_at_all(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    found = asyncio.run(answers(ARTICLES[:2]))
    assert [str(f) for f in found] == ["no extraction process could be started: No such file or directory"] * 2


PARENT = """
import asyncio, sys
from tests.test_extraction_process import ARTICLES
from resumption.extraction_process import ExtractionProcess

async def run():
    process = ExtractionProcess()
    await process.extract(ARTICLES[0])
    print(process._process.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(run())
"""


def test_it_ends_with_a_killed_crawl():
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        handle = os.pidfd_open(int(parent.stdout.readline()))
        try:
            parent.kill()
            ended, _, _ = select.select([handle], [], [], 30)
        finally:
            os.close(handle)
    assert ended, "the process outlives the crawl"
