"""Where the firm of a story is: 店口镇的恒翊管业 stays in 店口镇, however far below its figures stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter

from resumption.extraction import lazy_re as re
from resumption.extraction.region_belonging import is_above, is_below
from resumption.extraction.regions import Place
from resumption.extraction.scenes import Scenes, Where
from resumption.extraction.sentences import begin_of
from resumption.items import Mention, RegionBasis

_ENDS = "。！？\n"
_BETWEEN = re.compile(r"；|[0-9.]万?[家户]|[全我][市省县区镇]|等(?:地|[市县区])|(?:去|赴|到|从|销往|发往)[^，。]{0,8}$")
"""What does not stand between a place and the firm that is there."""
_CLOSE = 2
"""Characters between a place that ends a sentence and the next."""
_OTHER_FIRM = re.compile(r"一家|另一|工厂|厂里|[^，。；]公司|另有|厂长")
"""Between a scene and a firm: the scene was another firm's."""
_NEAR = 90
"""Characters from the beginning of a paragraph within which it goes on with the scene above."""
_FORM = re.compile(r"(?:股份|科技|集团)?(?:有限|有限责任|股份)?公司$|集团$")
_OCCURRENCES = 3
"""Where a text first speaks of a firm it says where it is."""


@dataclass(slots=True, eq=False)
class FirmPlaces:
    """The places of the firms of one document."""

    text: str
    scenes: Scenes
    known: dict[str, Mention | None] = field(default_factory=dict)

    def narrowed(self, where: Where, firm: str, population: str) -> Where:
        """The place of a figure on a firm: where the firm is, if no place stands beside the figure."""
        if not firm or where.basis is RegionBasis.STATED or not population.startswith(firm) or len(where.regions) > 1:
            return where
        if firm not in self.known:
            self.known[firm] = self._find(firm)
        mention = self.known[firm]
        region = _place(mention).region if mention is not None else None
        if mention is None or region is None or (where.regions and is_above(region, where.regions[0])):
            return where
        return self.scenes.of(mention)._replace(basis=RegionBasis.INHERITED, end=0)

    def _find(self, firm: str) -> Mention | None:
        stem = _FORM.sub("", firm)
        firm = stem if len(stem) > 2 else firm
        at = self.text.find(firm)
        for _ in range(_OCCURRENCES):
            if at < 0:
                return None
            if (mention := self._before(at)) is not None:
                return mention
            at = self.text.find(firm, at + len(firm))
        return None

    def _before(self, at: int) -> Mention | None:
        """The place of the document's own that the sentence of an occurrence names, or the scene it stands in."""
        home = self.scenes.document.home
        begin = begin_of(self.text, _ENDS, at)
        named = [m for m in self.scenes.belonging.usable(begin, at) if is_below(m, home)]
        if named:
            return None if _BETWEEN.search(self.text, named[-1].end, at) else named[-1]
        paragraph = begin_of(self.text, "\n", at)
        scene = [m for m in self.scenes.belonging.usable(paragraph, begin) if is_below(m, home)]
        regions = {r.full_name for m in scene if (r := _place(m).region) is not None}
        if scene and begin - scene[-1].end <= _CLOSE:
            return scene[-1]  # 溯江而上，是猇亭区。江顺港务有限公司…
        if not scene:
            return self._scene_above(paragraph, at)
        if len(regions) != 1 or _BETWEEN.search(self.text, scene[-1].end, begin):
            return None
        return scene[-1]

    def _scene_above(self, paragraph: int, at: int) -> Mention | None:
        """镜坝镇的集聚区里，电锯声响成一片。\n“初八就到齐了。”某某家居的厂长说: the scene of the paragraph above."""
        above = begin_of(self.text, "\n", max(0, paragraph - 1))
        if at - paragraph > _NEAR or above >= paragraph:
            return None
        named = [m for m in self.scenes.belonging.usable(above, paragraph) if is_below(m, self.scenes.document.home)]
        regions = {r.full_name for m in named if (r := _place(m).region) is not None}
        if len(regions) != 1 or _BETWEEN.search(self.text, named[-1].end, at):
            return None
        return None if _OTHER_FIRM.search(self.text, named[-1].end, at) else named[-1]


_place: Callable[[Mention], Place] = attrgetter("value")
