"""A page as people save it for later: the visible text, one line per block, all furniture in it."""

from __future__ import annotations

from lxml import html

from tests.site.render import Page

HIDDEN = {"script", "style", "head", "textarea", "template"}
NAVIGATION = {"top-nav", "ntes-nav", "ntes_nav_wrap", "topbar", "top_nav", "ep-header"}
INLINE = {"a", "span", "b", "em", "strong", "i", "font"}


def page_dump(page: Page, *, navigation: bool = False) -> str:
    """Visible text of a page: blocks are lines, images give their alternative text, empty lines where paragraphs end.

    Without `navigation` the bar of the whole portal above the article is left out, as in dumps of article views.
    """
    document = html.document_fromstring(page.body, parser=html.HTMLParser(encoding="utf-8"))
    if not navigation:
        for bar in document.xpath("//*[@class]"):
            if NAVIGATION & set(bar.get("class").split()) and bar.getparent() is not None:
                bar.drop_tree()
    parts: list[str] = []
    _walk(document, parts)
    lines = [" ".join(line.split()) for line in "".join(parts).split("\n")]
    text = "\n".join(lines)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip() + "\n"


def _walk(element: html.HtmlElement, parts: list[str]) -> None:
    if not isinstance(element.tag, str):
        parts.append(element.tail or "")
        return
    if element.tag not in HIDDEN and "display: none" not in element.get("style", ""):
        block = element.tag not in INLINE
        parts.append("\n" if block else "")
        parts.append(element.text or "")
        parts.append(element.get("alt", ""))
        for child in element:
            _walk(child, parts)
        parts.append("\n\n" if element.tag in ("p", "h1") else "\n" if block else "")
    parts.append(element.tail or "")
