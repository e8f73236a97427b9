"""Page to RawArticle: bytes to text, layout or general reader or text dump, title, date and origin."""

from resumption.page.raw import explain_blocks, join, next_pages, read_raw

__all__ = ["explain_blocks", "join", "next_pages", "read_raw"]
