"""What speaks for a place as the home of a document: for each place that its title or text names, or that lies above.

The home is the place of the figures that name none. The names of the evidence are what the weights of
`lexicon/learnt/home.tsv` are learnt for (`training/`); no name of a place is part of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from resumption.extraction import lazy_re as re
from resumption.extraction.regions import Frame, Place, chain_of, region_of_name_code
from resumption.items import Mention, Region, RegionBasis
from resumption.lexicon.gazetteer import COUNTRY

_OWN = re.compile(
    r"[全我该本][市省县区镇国旗州]|全国|园区|开发区|新区|经开区|高新区"
    r"|(?<=[，。；“：])[市省县区镇州](?=里|内|委|政府|工信|发改|人社|商务|住建|交通|经信|财政|总工会|就业|应急|文旅)"
)
"""Words by which a text speaks of its own place: 全市, 我县, and 市工信局 at the start of a clause."""
_LEVELS = {"省": "province", "市": "city", "州": "city", "县": "county", "区": "county", "旗": "county", "镇": "town"}
_OFFICE = re.compile(
    r"委|政府|工信|发改|人社|商务|住建|交通|经信|经济|财政|总工会|就业|应急|文旅|统计|科技|农业|市场监管|人力资源|发展|经委"
    r"|商委|园区|开发区|[^，。；]{0,8}(?:局|厅|委|中心|指挥部|办公室|部门)"
)
"""What makes a place behind which it stands the one that tells: 嘉定区经委, 威海市工信局."""
_TOPIC = re.compile(r"复工|复产|返岗|开工|开业|营业|恢复|到岗|上班|企业|工厂|公司|项目|工地|员工|工人|务工|产能|生产")
_END = re.compile(r"[。\n]")
_ALL_OVER = re.compile(r"全国|我国|各地")
_PART = re.compile(r"[全我][市省县区旗州]")


def _is_all_over(title: str, text: str) -> bool:
    """True if the whole country is spoken of; 各地 of a text on 全省 are those of the province."""
    found = [m.group() for m in (*_ALL_OVER.finditer(title), *_ALL_OVER.finditer(text))]
    return any(word != "各地" for word in found) or (bool(found) and not _PART.search(text))


_NO_HOME = ("风险区", "封控区", "管控区", "防范区")
"""Areas of an epidemic: never what an article is from."""
_LEAD, _EARLY, _TOLD = 80, 250, 200
"""Characters of the first lines, of the opening, and of the text in which a word for its own place counts twice."""

_MANY = 4
"""Places from which on it says something how many of them lie in one."""


@dataclass(slots=True, eq=False)
class HomeCandidate:
    """A place that may be the home of a document."""

    region: Region
    evidence: set[str] = field(default_factory=set)
    titled: bool = False
    """The title names it."""

    @property
    def basis(self) -> RegionBasis:
        """How it would be said to be known."""
        return RegionBasis.TITLE if self.titled else RegionBasis.INHERITED


def home_candidates(
    title: str, text: str, source: str, frame: Frame, basis: RegionBasis | None, places: Sequence[Sequence[Mention]]
) -> list[HomeCandidate]:
    """Every place that may be the home, each once, with what speaks for it.

    `frame` and `basis` are what the rules read (`read_home`); `places` are the mentions of the title and of the text.
    """
    found: dict[str, HomeCandidate] = {}

    def of(region: Region) -> HomeCandidate:
        return found.setdefault(region.full_name, HomeCandidate(region))

    topic = _TopicSentences(text)
    named: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    bare: set[str] = set()
    first, whole = True, 0
    for part, mentions in zip(("title", "text"), places, strict=True):
        for mention in mentions:
            place = mention.value
            if not isinstance(place, Place) or place.region is None or place.form in ("anaphor", "part"):
                continue
            if place.region.name.endswith(_NO_HOME) or (place.form == "town" and place.basis == "form"):
                continue  # a town that no list has is known by the county that was read before
            if part == "text" and mention.start >= _LEAD and not topic.holds(mention.start):
                continue
            candidate = of(place.region)
            if part == "title":
                candidate.titled = True
                candidate.evidence |= _of_title(place)
            else:
                candidate.evidence |= _of_text(mention, place, text)
                whole += not place.role
                if first and not place.role and not place.in_name:
                    candidate.evidence |= {"first", f"first|{place.region.level}"}
                    first = False
            if not place.in_name:
                bare.add(place.region.full_name)
            if place.role:
                continue
            named[place.region.full_name] += 1
            for region in {place.region, *chain_of(place.region, frame.year)}:
                inside[region.full_name] += 1
                if region.full_name != place.region.full_name:
                    of(region).evidence |= {"above", f"above|{part}"}
    if frame.home is not None:
        of(frame.home).evidence |= {"rule", f"rule|{basis}", f"rule|{basis}|{frame.home.level}"}
        for region in chain_of(frame.home, frame.year):
            if region.full_name != frame.home.full_name:
                of(region).evidence.add("above rule")
    country = region_of_name_code(COUNTRY, frame.year)
    if country is not None and (country == frame.home or _is_all_over(title, text)):
        of(country)
    for name in [name for name in found if _is_only_in_names(found[name], bare, frame)]:
        del found[name]  # 平陆运河 in a report of 广西
    own, early = _own_words(title, text, topic)
    for candidate in found.values():
        name = candidate.region.full_name
        candidate.evidence |= _of_level(candidate, own, early)
        share = str(round(4 * inside[name] / (whole + 1))) if whole >= _MANY else "few"
        candidate.evidence |= {
            f"named={min(named[name], 5)}", f"share={share}", f"share={share}|{candidate.region.level}"
        }  # fmt: skip
        candidate.evidence |= _beside(candidate, found, frame, basis)
        if len(candidate.region.name) > 2 and source and candidate.region.name[:2] in source:
            candidate.evidence.add("source")
    return list(found.values())


def _is_only_in_names(candidate: HomeCandidate, bare: set[str], frame: Frame) -> bool:
    """True for a place that the text knows only from names of canals, roads or firms, far from where the rules read."""
    region, home = candidate.region, frame.home
    if home is None or not region.code or not home.code or region.code[:2] == home.code[:2]:
        return False
    return home.level != "country" and not any(name.startswith(region.full_name) for name in bare)


def _of_title(place: Place) -> set[str]:
    assert place.region is not None
    return {"title", f"title|{place.form}|{place.role}|{place.in_name}", f"title|{place.region.level}"}


def _of_text(mention: Mention, place: Place, text: str) -> set[str]:
    assert place.region is not None
    part = "lead" if mention.start < _LEAD else "early" if mention.start < _EARLY else "late"
    found = {part, f"{part}|{place.role}", f"{part}|{place.form}|{place.in_name}"}
    if _OFFICE.match(text, mention.end):
        found |= {"office", f"office|{part}", f"office|{place.region.level}"}
    behind = text[mention.end : mention.end + 1]
    if "\u4e00" <= behind <= "\u9fff" or behind in "，。；：、":
        found.add(f"behind={behind}")
    return found


class _TopicSentences:
    """The sentences that speak of work or of those who do it: one on visitors or prices says nothing of the home."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, bool] = {}

    def holds(self, at: int) -> bool:
        """True if the sentence around an offset is one."""
        begin = max(self._text.rfind("。", 0, at), self._text.rfind("\n", 0, at)) + 1
        if begin not in self._known:
            end = _END.search(self._text, at)
            self._known[begin] = _TOPIC.search(self._text, begin, end.start() if end else len(self._text)) is not None
        return self._known[begin]


def _own_words(title: str, text: str, topic: _TopicSentences) -> tuple[Counter[str], set[str]]:
    """How often the text speaks of its own city, county ...; and the kinds that title and opening speak of."""
    often: Counter[str] = Counter()
    early: set[str] = set()
    for part in (title, text):
        for match in _OWN.finditer(part):
            if part is text and not topic.holds(match.start()):
                continue
            word = match.group()
            zone = len(word) > 2 or word in ("园区", "新区")
            level = "country" if word.endswith("国") else "zone" if zone else _LEVELS[word[-1]]
            often[level] += 1
            if match.start() < _TOLD:
                early.add(level)
    return often, early


def _of_level(candidate: HomeCandidate, own: Counter[str], early: set[str]) -> set[str]:
    level = candidate.region.level
    found = {f"level={level}"}
    for kind, often in own.items():
        found |= {f"own|{kind}|{kind == level}|{level}", f"own|{kind}={min(3, often)}|{level}"}
    found |= {f"own early|{kind}|{level}" for kind in early}
    if own and own[level] == max(own.values()):
        found |= {"own most", f"own most|{level}"}
    return found


def _beside(
    candidate: HomeCandidate, found: dict[str, HomeCandidate], frame: Frame, basis: RegionBasis | None
) -> set[str]:
    """How it lies to the place of the rules, and how many others of its level there are."""
    name, level = candidate.region.full_name, candidate.region.level
    rivals = [other for other, one in found.items() if one.region.level == level and other != name]
    said = {f"rivals={min(3, len(rivals))}|{level}"}
    if frame.home is None:
        return said | {f"no rule|{level}"}
    home = frame.home.full_name
    lies = (
        "same" if name == home else "below" if name.startswith(home) else "above" if home.startswith(name) else "else"
    )
    if lies == "else" and candidate.region.code[:2] != frame.home.code[:2]:
        lies = "far"  # in another province
    if lies == "below":
        said.add(f"below|rivals={min(3, sum(other.startswith(home) for other in rivals))}")
    return said | {f"lies {lies}|{basis}", f"lies {lies}|{level}"}
