"""What a request says when a browser shall fill the page: run its script, press "load more" while that helps."""

from __future__ import annotations

from typing import Any

RENDER_TIMEOUT = 30_000
LOAD_MORE = """async () => {
  const wait = ms => new Promise(done => setTimeout(done, ms));
  const links = () => document.querySelectorAll("a[href]").length;
  const more = async before => {
    for (let i = 0; i < 20 && links() <= before; i++) await wait(100);
    return links() > before;
  };
  for (let before = -1, still = 0, i = 0; i < 50 && still < 5; i++) {
    still = links() === before ? still + 1 : 0;
    before = links();
    await wait(100);
  }
  for (let press = 0; press < 10; press++) {
    const button = [...document.querySelectorAll("a, button, div, span")].find(
      e => /^\\s*(加载更多|查看更多|点击加载|更多)\\s*$/.test(e.textContent) && e.offsetParent && !e.children.length);
    if (!button) break;
    const before = links();
    button.click();
    if (!await more(before)) break;
  }
}"""
"""Run in a rendered list page: waits until its links stay the same, then presses 加载更多 while it brings more."""


def render_meta() -> dict[str, Any]:
    """`meta` of a request that the render handler answers (`middlewares/render.py`)."""
    from scrapy_playwright.page import PageMethod

    return {
        "playwright": True,
        "playwright_page_goto_kwargs": {"wait_until": "load", "timeout": RENDER_TIMEOUT},
        "playwright_page_methods": [PageMethod("evaluate", LOAD_MORE)],
        "download_timeout": RENDER_TIMEOUT / 1000 + 20,
    }
