"""How good extraction is on annotated articles: precision, recall and F1 per indicator, accuracy per field.

An extracted observation is paired with at most one annotated observation of the same value, best agreement first. The
core is value, unit, indicator and kind; a full record has status, population, region and as-of day right too. Optional
annotated observations count neither way. The definitions are those of `docs/annotation.md`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from resumption.extraction import lazy_re as re

FIELDS = ("comparator", "status", "population", "region", "as_of")
_DEFAULTS = {"comparator": "eq", "status": "actual"}
_KIND_OF_PLACE = re.compile(
    r"(?:特别行政区|自治区|自治州|自治县|经济技术开发区|高新技术产业开发区|开发区|高新区|新区|地区|省|市|区|县|旗|盟)$"
)
_INNER_KIND = re.compile(r"(?:特别行政区|自治区|自治州|省|市|地区|盟)(?=.)")
_SAID_BY_REGION = re.compile(r"全市|全省|全区|全县|全国|我市|我省|我区|我县|已|的|各类|共|累计|目前|市|省")

Record = Mapping[str, Any]


def same_value(gold: float | None, got: float | None, unit: str) -> bool:
    """Equal up to rounding: a hundredth of a percent, a millionth of anything else.

    >>> same_value(33.33, 100 / 3, "percent"), same_value(307, 308, "count")
    (True, False)
    """
    if gold is None or got is None:
        return False
    if unit in ("percent", "percentage_point"):
        return abs(gold - got) <= 0.01
    return abs(gold - got) <= 1e-6 * max(1.0, abs(gold), abs(got))


def same_region(gold: str, got: str) -> bool:
    """True if both name one place, whatever levels they spell out; of a list any member will do.

    >>> same_region("博兴县", "山东省滨州市博兴县"), same_region("滨州市", "威海市")
    (True, False)
    """
    gold, got = gold.strip(), got.strip()
    if not gold or not got:
        return not gold
    if "、" in gold:
        return any(same_region(part, got) for part in gold.split("、"))
    if gold.endswith(got) or got.endswith(gold):
        return True
    a, b = (_KIND_OF_PLACE.sub("", _INNER_KIND.sub("", name)) for name in (gold, got))
    return len(a) > 1 and len(b) > 1 and (a.endswith(b) or b.endswith(a))


def same_population(gold: str, got: str) -> bool:
    """True if one phrase holds the other or half of their pairs of characters agree.

    >>> same_population("规模以上工业企业", "规上工业企业"), same_population("外资企业", "在建项目")
    (True, False)
    """
    gold, got = (
        _SAID_BY_REGION.sub("", text).replace("规模以上", "规上").replace("规模以下", "规下") for text in (gold, got)
    )
    if not gold or not got:
        return not gold
    if gold in got or got in gold:
        return True
    a, b = _pairs_of_characters(gold), _pairs_of_characters(got)
    return 2 * (a & b).total() >= 0.5 * (a.total() + b.total())


def _pairs_of_characters(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1)) or Counter([text])


def field_agrees(name: str, gold: Record, got: Record) -> bool:
    """True if one of `FIELDS` is right."""
    a, b = gold.get(name), got.get(name)
    if name == "region":
        return same_region(a or "", b or "")
    if name == "population":
        return same_population(a or "", b or "")
    if name == "as_of":
        return (a or None) == (b or None)
    return (a or _DEFAULTS[name]) == (b or _DEFAULTS[name])


def core_agrees(gold: Record, got: Record) -> bool:
    """True if unit, indicator and kind are right (the value is, if they were paired)."""
    return (
        gold["indicator"] == got["indicator"]
        and gold["unit"] == got["unit"]
        and (gold.get("kind") or "level") == (got.get("kind") or "level")
    )


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One error: `what` is `missed`, `spurious`, `core` or the fields that are wrong, joined by `+`."""

    article: str
    what: str
    gold: Record | None
    got: Record | None


@dataclass(slots=True)
class Tally:
    """Counts over all articles added so far."""

    articles: int = 0
    gold: int = 0
    got: int = 0
    values: int = 0
    core: int = 0
    full: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    per_indicator: dict[str, Counter[str]] = field(default_factory=dict)
    """Indicator to counts of `right`, `wrong` (extracted, not so annotated) and `missed`."""
    errors: list[Disagreement] = field(default_factory=list)

    def add(self, article: str, gold: Sequence[Record], got: Sequence[Record]) -> None:
        """Compare the observations of one article."""
        pairs = pair(gold, got)
        matched_gold, matched_got = {i for i, _ in pairs}, {j for _, j in pairs}
        self.articles += 1
        for i, j in pairs:
            if not gold[i].get("optional"):
                self._pair(article, gold[i], got[j])
        for i, g in enumerate(gold):
            if not g.get("optional"):
                self.gold += 1
                if i not in matched_gold:
                    self._count(g["indicator"], "missed")
                    self.errors.append(Disagreement(article, "missed", g, None))
        free = {j for i, j in pairs if gold[i].get("optional")}
        for j, p in enumerate(got):
            if j in free or (j not in matched_got and p.get("optional")):
                continue
            self.got += 1
            if j not in matched_got:
                self._count(p["indicator"], "wrong")
                self.errors.append(Disagreement(article, "spurious", None, p))

    def _pair(self, article: str, g: Record, p: Record) -> None:
        self.values += 1
        if not core_agrees(g, p):
            self._count(g["indicator"], "missed")
            if not p.get("optional"):
                self._count(p["indicator"], "wrong")
            self.errors.append(Disagreement(article, "core", g, p))
            return
        self.core += 1
        self._count(g["indicator"], "right")
        wrong = [name for name in FIELDS if not field_agrees(name, g, p)]
        self.fields.update(name for name in FIELDS if name not in wrong)
        if not set(wrong) - {"comparator"}:
            self.full += 1
        else:
            self.errors.append(Disagreement(article, "+".join(wrong), g, p))

    def _count(self, indicator: str, what: str) -> None:
        self.per_indicator.setdefault(indicator, Counter())[what] += 1

    def f1(self, level: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of `values`, `core` or `full`."""
        return ratios(getattr(self, level), self.got, self.gold)


def ratios(right: int, got: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall, F1.

    >>> ratios(9, 10, 12)
    (0.9, 0.75, 0.8181818181818182)
    """
    precision = right / got if got else 0.0
    recall = right / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def pair(gold: Sequence[Record], got: Sequence[Record]) -> list[tuple[int, int]]:
    """Indices of annotated and extracted observations that speak of one value, best agreement first."""
    candidates = sorted(
        (-_agreement(g, p), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(got)
        if same_value(g["value"], p.get("value"), g["unit"])
    )
    pairs: list[tuple[int, int]] = []
    used_gold: set[int] = set()
    used_got: set[int] = set()
    for _, i, j in candidates:
        if i not in used_gold and j not in used_got:
            used_gold.add(i)
            used_got.add(j)
            pairs.append((i, j))
    return pairs


def _agreement(gold: Record, got: Record) -> int:
    weight = 100 * core_agrees(gold, got) + 10 * (gold["indicator"] == got["indicator"])
    return weight + 5 * (not gold.get("optional")) + sum(field_agrees(name, gold, got) for name in FIELDS)


def report(tally: Tally, errors: bool = False) -> Iterable[str]:
    """The figures as lines of text."""
    yield f"{tally.articles} articles, {tally.gold} annotated observations, {tally.got} extracted"
    for level in ("values", "core", "full"):
        precision, recall, f1 = tally.f1(level)
        yield f"{level:7} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"
    shares = (f"{name} {tally.fields[name] / tally.core:.3f}" if tally.core else f"{name} -" for name in FIELDS)
    yield "of the core matches, right: " + ", ".join(shares)
    for code, counts in sorted(tally.per_indicator.items(), key=lambda item: (-item[1].total(), item[0])):
        right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
        precision, recall, f1 = ratios(right, right + wrong, right + missed)
        yield (
            f"  {code:26} right {right:4}  wrong {wrong:4}  missed {missed:4}"
            f"  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"
        )
    if errors:
        for error in tally.errors:
            yield f"{error.article} {error.what}: annotated {_short(error.gold)} / extracted {_short(error.got)}"


def _short(record: Record | None) -> str:
    if record is None:
        return "-"
    where = "|".join(str(record.get(name) or "") for name in ("population", "region", "as_of"))
    quote = str(record.get("quote") or "").replace("\n", " ")[:60]
    kind = record.get("kind") or "level"
    return f"{record['indicator']} {record.get('number') or record['value']} {kind} [{where}] «{quote}»"
