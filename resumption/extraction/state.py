"""What a figure may inherit: roles and rates that stand before it, and how long each holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from resumption.extraction.figures import Figure
from resumption.extraction.tables import Table

_STATED = ("<rate> <percent>", "<rate> is the quotient of the counts", "<count>，占 <percent>")


@dataclass(slots=True, eq=False)
class State:
    """Memory of the sentence, the paragraph and the article while figures are decided in order."""

    sentence: list[Figure] = field(default_factory=list)
    """All figures of the sentence, decided or not."""
    roles: dict[str, Figure] = field(default_factory=dict)
    """Family to the last accepted figure of it in this sentence."""
    paragraph_roles: dict[str, Figure] = field(default_factory=dict)
    """The same over the sentences before it in the paragraph."""
    domain: str = ""
    """`project` or `enterprise`: what 复工率 is about when its own clause does not say."""
    base: Figure | None = None
    """The count whose parts follow: 尚未复工的32家企业中，17家…."""
    measures: dict[str, str] = field(default_factory=dict)
    """Measure word (座, 个) to what it counted last: `enterprise` or `project`."""
    header: list[str] = field(default_factory=list)
    """Indicators of the columns of a table whose heading line was read."""
    table: Table | None = None
    """The table whose heading was read last."""
    counts: list[Figure] = field(default_factory=list)
    """Accepted counts of enterprises and projects of the paragraph, in order."""
    topic: str = ""
    """Indicator of a rate that the paragraph named without stating it for one place: 各市复工率均超过90%."""
    topic_at: int = -1
    """Where it was named."""
    article_rate: str = ""
    """The one rate that the article has named so far, "" if it named several."""
    told: list[Figure] = field(default_factory=list)
    """Accepted levels of counts and people of the article, in order."""
    rates: list[Figure] = field(default_factory=list)
    """Accepted levels of rates of the article, in order."""
    paragraph_rates: list[Figure] = field(default_factory=list)
    """Those of the paragraph."""
    main_rate: Figure | None = None
    """The first rate of resumption that the article states by its name."""
    named_rate: Figure | None = None
    """The last rate that the paragraph states by its name."""
    projects_measured: bool = False
    """The article states a rate or a number of projects that resumed."""
    strong: bool = False
    """The article is about the resumption of work."""

    def new_sentence(self, figures: list[Figure]) -> None:
        """Close what holds for a sentence only."""
        self.paragraph_roles.update(self.roles)
        self.roles = {}
        self.sentence = figures
        self.base = None

    def new_paragraph(self, domain: str = "") -> None:
        """Close what holds for a paragraph only."""
        self.roles = {}
        self.paragraph_roles = {}
        self.domain = domain or self.domain
        self.base = None
        self.counts = []
        self.paragraph_rates = []
        self.topic = ""
        self.named_rate = None

    def remember(self, figure: Figure) -> None:
        """Keep an accepted figure for those that inherit from it."""
        if not figure.family:
            return
        self.roles[figure.family] = figure
        if figure.family in ("enterprise", "project", "person") and figure.kind == "level":
            self.told.append(figure)
        if figure.family == "rate" and figure.kind == "level":
            self.rates.append(figure)
            self.paragraph_rates.append(figure)
        if figure.family == "rate" and figure.kind == "level" and figure.rule in _STATED:
            self.named_rate = figure
            if self.main_rate is None and figure.indicator.endswith("resumption_rate"):
                self.main_rate = figure
        if figure.family in ("enterprise", "project"):
            self.domain = figure.family
            self.counts.append(figure)
            self.measures[figure.q.classifier] = figure.family
        if figure.family == "rate" and figure.kind == "level":
            self.roles["level rate"] = figure
            if figure.indicator.endswith("resumption_rate"):
                known = self.article_rate
                self.article_rate = figure.indicator if known in ("", figure.indicator) else "several"

    def inherited(self, family: str) -> Figure | None:
        """The last figure of a family in the sentence, else in the paragraph."""
        return self.roles.get(family) or self.paragraph_roles.get(family)
