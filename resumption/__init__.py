"""Figures on the resumption of work (复工复产) from the prose of Chinese regional news portals.

Two functions do the work without a crawler: `read_page` turns the bytes of a page (or a plain-text dump of one) into an
`Article`, `extract` turns an article into its observations. Both are loaded on first use, so importing the package
costs nothing. (The package behind `extract` is called `extraction`: a subpackage `extract` would hide the function.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resumption.extraction import extract
    from resumption.reading import read_page

__version__ = "1.0.0"
SCHEMA_VERSION = "1.0"

__all__ = ["SCHEMA_VERSION", "__version__", "extract", "read_page"]


def __getattr__(name: str) -> Any:
    if name == "extract":
        from resumption.extraction import extract

        return extract
    if name == "read_page":
        from resumption.reading import read_page

        return read_page
    raise AttributeError(f"module 'resumption' has no attribute {name!r}")
