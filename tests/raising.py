"""A pipeline with a fault, as a spider's run would meet one: for the tests of the verdict."""

from __future__ import annotations

from resumption.items import Article


class RaisingPipeline:
    """Raises on every article, or only on those whose title ends in 0）."""

    everywhere = True

    def process_item(self, item: Article) -> Article:
        if self.everywhere or item.title.endswith("0）"):
            raise ZeroDivisionError(item.title)
        return item


class SometimesRaisingPipeline(RaisingPipeline):
    everywhere = False
