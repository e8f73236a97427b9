"""What a mention of a place holds."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from resumption.items import Region


class Place(NamedTuple):
    """The value of a region mention.

    `region` is None if the name is ambiguous here: then `candidates` holds what it may be (else it is empty).
    `form`: `full`, `short`, `anaphor` (全市), `zone` (威海经区, 高新区), `town` (马市镇), `part` (县城), `letter` (鲁).
    `basis`: `chain` (after its parent: 威海环翠区), `unique`, `far` (unique, but a county's short name in another
    province than the document's: a hint only), `context`, `level` (a city before a county of its name), `anaphor`,
    `form` (built from words: 泰和县工业园区), `open` (not decided).
    `role`: "" or `origin` (从云南接回, 云南籍) or `destination` (赴潍坊): hardly ever the region of the figure.
    `in_name`: part of the name of a firm, a road, a newspaper (青岛啤酒): a hint only.
    """

    region: Region | None
    candidates: tuple[Region, ...] = ()
    form: str = "full"
    basis: str = "unique"
    role: str = ""
    written: str = ""
    """For a zone its full name with the article's own words (江苏省南通市海安高新区); "" where it is `full_name`."""
    in_name: bool = False


@cache
def place_of(region: Region | None, form: str, basis: str, in_name: bool) -> Place:
    return Place(region=region, form=form, basis=basis, in_name=in_name)
