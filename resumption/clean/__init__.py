"""RawArticle to Article: noise out of the body, nodes to paragraphs; after this the text never changes."""

from resumption.clean.article import clean

__all__ = ["clean"]
