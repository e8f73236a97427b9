"""Known layouts of a portal: which generation a page belongs to, and its fields by selector."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lxml import etree
from parsel.csstranslator import HTMLTranslator

from resumption.page.markup import tidy
from resumption.portals import Layout, Portal

_CLASS = re.compile(r"@class and contains\(concat\(' ', normalize-space\(@class\), ' '\), ' ([^']+) '\)")
_CLASSES, _IDS = etree.XPath("//@class"), etree.XPath("//@id")
_SHORT = re.compile(
    r"(?:(\w{1,40})?(?:#([\w-]{1,80})|\.([\w-]{1,80}))(?=[\s>]|$)(?:(\s{0,20}>\s{0,20}|\s{1,20})(.+))?)?"
)
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
    """One part of a selector list: its names for looking first whether the page has them at all, and its path."""

    names: tuple[str, ...]
    path: etree.XPath
    tag: str = ""
    ident: str = ""
    token: str = ""
    """For `tag.class`, `.class`, `#id`: what an element must be; all empty for anything longer.

    Where a longer selector begins so (`#main > h1`), this is its beginning, and `rest` is looked for from there.
    """
    rest: etree.XPath | None = None

    def fits(self, element: etree._Element) -> bool:
        """Whether an element is what a short selector asks for."""
        if self.tag and element.tag != self.tag:
            return False
        if self.ident:
            return bool(element.get("id") == self.ident)
        return self.token in (element.get("class") or "").split()


def _guard(match: re.Match[str]) -> str:
    """A plain substring test before the costly test of a class, which most elements then never reach."""
    return f"contains(@class, '{match.group(1)}') and {match.group()}"


@cache
def compile_selector(css: str) -> tuple[_Selector, ...]:
    """One compiled path per comma-separated part; `names` must all occur in the page for the part to match."""
    selectors = []
    for part in (part.strip() for part in css.split(",")):
        path = etree.XPath(_CLASS.sub(_guard, HTMLTranslator().css_to_xpath(part)))
        beginning = _SHORT.match(part)
        tag, ident, token, child, rest = beginning.groups(default="") if beginning else ("",) * 5
        if not (ident or token) or (rest and "+~,".find(rest[0]) >= 0):
            selectors.append(_Selector(tuple(_NAMES.findall(part)), path))
            continue
        prefix = "child::" if child.strip() else "descendant::"
        below = etree.XPath(HTMLTranslator().css_to_xpath(rest, prefix=prefix)) if rest else None
        selectors.append(_Selector(tuple(_NAMES.findall(part)), path, tag, ident, token, below))
    return tuple(selectors)


@cache
def _wanted(portal: Portal) -> frozenset[str]:
    """Every class and id that a short selector of the portal's layouts asks for."""
    return frozenset(
        s.ident or s.token
        for layout in portal.layouts
        for css in (
            layout.test,
            layout.title,
            layout.body,
            layout.published,
            layout.source,
            layout.author,
            layout.editor,
        )
        for s in (compile_selector(css) if css else ())
        if s.ident or s.token
    )


class _Page:
    """The elements of one page by class and id, looked up once for all layouts of the portal."""

    def __init__(self, root: etree._Element, source: str, portal: Portal) -> None:
        self.root = root
        self.source = source
        self.named: dict[str, list[etree._Element]] = {}
        wanted = _wanted(portal)
        for value in (*_IDS(root), *_CLASSES(root)):
            if value in wanted:
                self.named.setdefault(value, []).append(value.getparent())
            elif " " in value and len(value) < 1000:
                for name in wanted.intersection(value.split()):
                    self.named.setdefault(name, []).append(value.getparent())

    def select(self, css: str) -> list[etree._Element]:
        """Elements that a selector list matches, part by part."""
        found: list[etree._Element] = []
        for selector in compile_selector(css):
            if selector.ident or selector.token:
                named = self.named.get(selector.ident or selector.token, ())
                fitting = [element for element in named if selector.fits(element)]
                found.extend(fitting if selector.rest is None else (e for f in fitting[:20] for e in selector.rest(f)))
            elif all(name in self.source for name in selector.names):
                found.extend(selector.path(self.root))
        return found

    def field(self, css: str) -> str:
        """Text of the first element that holds any."""
        for part in css.split(",") if css else ():
            for element in self.select(part.strip()):
                if text := tidy(etree.tostring(element, method="text", encoding="unicode", with_tail=False)[:2000]):
                    return text
        return ""


def read_layout(root: etree._Element, source: str, portal: Portal) -> LayoutReading | None:
    """The first layout of the portal whose test and body match and whose body holds text, with its fields."""
    page = _Page(root, source, portal)
    for layout in portal.layouts:
        if not page.select(layout.test):
            continue
        bodies = [b for b in _outermost(page.select(layout.body)) if not all(text.isspace() for text in b.itertext())]
        if bodies:
            return LayoutReading(
                layout=layout,
                bodies=tuple(bodies),
                title=page.field(layout.title),
                published=page.field(layout.published),
                source=page.field(layout.source),
                author=page.field(layout.author),
                editor=page.field(layout.editor),
            )
    return None


def _outermost(elements: list[etree._Element]) -> list[etree._Element]:
    chosen: dict[etree._Element, None] = {}
    for element in elements:
        if element not in chosen and not any(ancestor in chosen for ancestor in element.iterancestors()):
            chosen[element] = None
    return list(chosen)
