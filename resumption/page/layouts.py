"""Known layouts of a portal: which generation a page belongs to, and its fields by selector."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lxml import etree
from parsel.csstranslator import HTMLTranslator

from resumption.markup import tidy
from resumption.portals import Layout, Portal

_NAMES = re.compile(r"[.#]([\w-]+)")


@dataclass(frozen=True, slots=True)
class LayoutReading:
    """Fields as they stand on the page; `bodies` are the elements that hold the text."""

    layout: Layout
    bodies: tuple[etree._Element, ...]
    title: str
    published: str
    source: str
    author: str
    editor: str


@dataclass(frozen=True, slots=True)
class _Selector:
    names: tuple[str, ...]
    path: etree.XPath


@cache
def compile_selector(css: str) -> tuple[_Selector, ...]:
    """One compiled path per comma-separated part; `names` must all occur in the page for the part to match."""
    return tuple(
        _Selector(tuple(_NAMES.findall(part)), etree.XPath(HTMLTranslator().css_to_xpath(part.strip())))
        for part in css.split(",")
        if part.strip()
    )


def select(root: etree._Element, css: str, source: str = "") -> list[etree._Element]:
    """Elements that a selector matches, in the order of its parts; the source text saves walks that cannot match."""
    found: list[etree._Element] = []
    for selector in compile_selector(css):
        if not source or all(name in source for name in selector.names):
            found.extend(selector.path(root))
    return found


def read_layout(root: etree._Element, source: str, portal: Portal) -> LayoutReading | None:
    """The first layout of the portal whose test and body match and whose body holds text, with its fields."""
    for layout in portal.layouts:
        if not select(root, layout.test, source):
            continue
        bodies = _outermost(select(root, layout.body, source))
        bodies = [
            b for b in bodies if len(etree.tostring(b, method="text", encoding="unicode", with_tail=False).strip()) > 1
        ]
        if not bodies:
            continue

        def field(css: str) -> str:
            if not css:
                return ""
            for element in select(root, css, source):  # noqa: B023
                if text := tidy(etree.tostring(element, method="text", encoding="unicode", with_tail=False)):
                    return text
            return ""

        return LayoutReading(
            layout=layout,
            bodies=tuple(bodies),
            title=field(layout.title),
            published=field(layout.published),
            source=field(layout.source),
            author=field(layout.author),
            editor=field(layout.editor),
        )
    return None


def _outermost(elements: list[etree._Element]) -> list[etree._Element]:
    chosen: list[etree._Element] = []
    for element in elements:
        if not any(other is element or other in element.iterancestors() for other in chosen):
            chosen.append(element)
    return chosen
