"""Known layouts of a portal: which generation a page belongs to, and its fields by selector."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from lxml import etree
from parsel.csstranslator import HTMLTranslator

from resumption.page.markup import is_swallowed, tidy
from resumption.portals import Layout, Portal

_CLASS = re.compile(r"@class and contains\(concat\(' ', normalize-space\(@class\), ' '\), ' ([^']+) '\)")
# `//` would go through the texts of the page as well.
_CLASSES, _IDS = etree.XPath("descendant-or-self::*/@class"), etree.XPath("descendant-or-self::*/@id")
_COMPOUND = re.compile(r"([a-z]\w{0,40})?(?:#([\w-]{1,80}))?((?:\.[\w-]{1,80}){0,9})")
_NAMES = re.compile(r"[.#]([\w-]+)")
_MOST = 100
"""So many elements of one name are looked at where what stands around them counts; no page has more on purpose."""


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
class _Step:
    """What one element of a selector must be; `child` if it stands directly in the one before."""

    tag: str
    ident: str
    tokens: tuple[str, ...]
    child: bool = False

    @property
    def name(self) -> str:
        """The id or class it is found by, "" for a mere tag."""
        return self.ident or (self.tokens[0] if self.tokens else "")

    def fits(self, element: etree._Element) -> bool:
        """Whether an element is what is asked for."""
        if self.tag and element.tag != self.tag:
            return False
        if self.ident and element.get("id") != self.ident:
            return False
        if not self.tokens:
            return True
        classes = (element.get("class") or "").split()
        return all(token in classes for token in self.tokens)


@dataclass(frozen=True, slots=True)
class _Selector:
    """One part of a selector list: as steps from an element that has a name, else as a path over the whole page."""

    names: tuple[str, ...]
    """Classes and ids that a page must hold for the part to match."""
    path: etree.XPath
    steps: tuple[_Step, ...] = ()
    """Tags, ids and classes parted by blanks or `>`; empty for what is written otherwise."""
    anchor: int = 0
    """The last of the steps with a name: elements are looked up by it, then upwards and downwards from there."""


def _guard(match: re.Match[str]) -> str:
    """A plain substring test before the costly test of a class, which most elements then never reach."""
    return f"contains(@class, '{match.group(1)}') and {match.group()}"


@cache
def compile_selector(css: str) -> tuple[_Selector, ...]:
    """One selector per comma-separated part."""
    return tuple(_compile(part.strip()) for part in css.split(",")) if css else ()


def _compile(part: str) -> _Selector:
    path = etree.XPath(_CLASS.sub(_guard, HTMLTranslator().css_to_xpath(part)))
    steps: list[_Step] = []
    child = False
    for word in part.replace(">", " > ").split():
        match = _COMPOUND.fullmatch(word)
        if match is None and word != ">":
            steps.clear()
            break
        if match:
            steps.append(_Step(match[1] or "", match[2] or "", tuple(match[3].split(".")[1:]), child))
        child = match is None
    anchor = max((i for i, step in enumerate(steps) if step.name), default=-1)
    if anchor < 0 and len(steps) > 1:
        steps.clear()
    return _Selector(tuple(_NAMES.findall(part)), path, tuple(steps), max(anchor, 0))


_WANTED: dict[int, tuple[Portal, frozenset[str]]] = {}


def _wanted(portal: Portal) -> frozenset[str]:
    """Every class and id by which elements are looked up for the portal's layouts."""
    known = _WANTED.get(id(portal))  # a portal's own hash is that of all its data
    if known is None:
        known = _WANTED[id(portal)] = (portal, frozenset(_names_of(portal)))
    return known[1]


def _names_of(portal: Portal) -> Iterator[str]:
    for a in portal.layouts:
        for css in (a.test, a.title, a.body, a.published, a.source, a.author, a.editor, a.lead):
            for selector in compile_selector(css):
                if selector.steps and (name := selector.steps[selector.anchor].name):
                    yield name


class _Page:
    """The elements of one page by class and id, looked up once for all layouts of the portal."""

    def __init__(self, root: etree._Element, source: str, portal: Portal) -> None:
        self.root = root
        self.source = source
        self.named: dict[str, list[etree._Element]] = {}
        self.swallowed = False
        wanted = _wanted(portal)
        for values in (_IDS(root), _CLASSES(root)):
            hits: dict[str, Iterable[str]] = {}
            for value in set(values):  # most classes stand on a page many times
                if value in wanted:
                    hits[value] = (value,)
                elif " " in value and len(value) < 1000 and (names := wanted.intersection(value.split())):
                    hits[value] = names
                if len(value) > 60:
                    self.swallowed |= is_swallowed(value)
            for value in values if hits else ():
                for name in hits.get(value, ()):
                    self.named.setdefault(name, []).append(value.getparent())

    def select(self, css: str) -> list[etree._Element]:
        """Elements that a selector list matches, part by part."""
        found: list[etree._Element] = []
        for selector in compile_selector(css):
            found.extend(self._find(selector))
        return found

    def field(self, css: str) -> str:
        """Text of the first element that holds any."""
        for selector in compile_selector(css):
            for element in self._find(selector):
                text = (
                    etree.tostring(element, method="text", encoding="unicode", with_tail=False) if len(element) else ""
                )
                if text := tidy((text or element.text or "")[:2000]):
                    return text
        return ""

    def _find(self, selector: _Selector) -> Iterable[etree._Element]:
        if not selector.steps:
            return selector.path(self.root) if all(name in self.source for name in selector.names) else ()
        steps, at = selector.steps, selector.anchor
        step = steps[at]
        if not step.name:
            return self.root.iter(step.tag)
        # An element whose id is also its class stands there twice.
        found = [element for element in dict.fromkeys(self.named.get(step.name, ())) if step.fits(element)]
        if at:
            found = [element for element in found[:_MOST] if _stands_in(element, steps, at)]
        for below in steps[at + 1 :]:
            some = (e.iterchildren(below.tag) if below.child else e.iterdescendants(below.tag) for e in found[:_MOST])
            found = list(dict.fromkeys(e for elements in some for e in elements))
        return found


def _stands_in(element: etree._Element, steps: tuple[_Step, ...], at: int) -> bool:
    """Whether the steps before `at` lead down to an element that fits step `at`."""
    if not at:
        return True
    if steps[at].child:
        parent = element.getparent()
        return parent is not None and steps[at - 1].fits(parent) and _stands_in(parent, steps, at - 1)
    return any(steps[at - 1].fits(a) and _stands_in(a, steps, at - 1) for a in element.iterancestors())


def read_layout(root: etree._Element, source: str, portal: Portal) -> tuple[LayoutReading | None, bool]:
    """The first layout of the portal whose test and body match and whose body holds text, with its fields.

    The second value is True (and the first None) where a class or id holds a part of the page (`markup.is_swallowed`).
    """
    page = _Page(root, source, portal)
    if page.swallowed:
        return None, True
    for layout in portal.layouts:
        if not page.select(layout.test):
            continue
        bodies = [b for b in _outermost(page.select(layout.body)) if not all(text.isspace() for text in b.itertext())]
        if bodies:
            bodies[:0] = _leads(page.select(layout.lead), bodies) if layout.lead else ()
            reading = LayoutReading(
                layout=layout,
                bodies=tuple(bodies),
                title=page.field(layout.title),
                published=page.field(layout.published),
                source=page.field(layout.source),
                author=page.field(layout.author),
                editor=page.field(layout.editor),
            )
            return reading, False
    return None, False


_SHINGLE = 4
_SHORTEST_LEAD = 15
"""Letters; what is shorter is a second headline."""
_SAID_AGAIN = 0.6
"""A lead with so many of its shingles in the body is a repetition: its figures would count twice."""


def _leads(elements: list[etree._Element], bodies: list[etree._Element]) -> list[etree._Element]:
    """The summaries above the body that say what the body does not."""
    if not elements:
        return []
    said = "".join(map(_letters, bodies))
    found = []
    for element in elements:
        if any(
            element is body or body in element.iterancestors() or element in body.iterancestors() for body in bodies
        ):
            continue
        lead = _letters(element)
        if len(lead) < _SHORTEST_LEAD:
            continue
        shingles = {lead[i : i + _SHINGLE] for i in range(len(lead) - _SHINGLE + 1)}
        if sum(shingle in said for shingle in shingles) < _SAID_AGAIN * len(shingles):
            found.append(element)
    return found


def _letters(element: etree._Element) -> str:
    return "".join("".join(element.itertext()).split())


def _outermost(elements: list[etree._Element]) -> list[etree._Element]:
    chosen: dict[etree._Element, None] = {}
    for element in elements:
        if element not in chosen and not any(ancestor in chosen for ancestor in element.iterancestors()):
            chosen[element] = None
    return list(chosen)
