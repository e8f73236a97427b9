"""Links the dimensions: every number of a text becomes an observation or gets the reason why it is none.

One pass per sentence in text order. What a number means is decided first (`counts`, `people`, `rates`, `amounts`), then
what it describes (`populations`, `frames`); nothing is looked up twice and nothing is remembered across articles.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from resumption.extraction import arithmetic, counts, money
from resumption.extraction import lazy_re as re
from resumption.extraction.all_resumed import find_all_resumed
from resumption.extraction.characters import Normalised, normalise
from resumption.extraction.columns import mark_columns
from resumption.extraction.count_parts import (
    settle_bases,
    settle_daily,
    settle_quotients,
    settle_remainders,
    settle_unnamed,
)
from resumption.extraction.count_sums import settle_sums, settle_totals_behind
from resumption.extraction.dates import find_dates, find_year
from resumption.extraction.day_kinds import find_dateline, value_of
from resumption.extraction.decide import decide, in_table, is_readable
from resumption.extraction.figure_runs import figure_said_respectively, run_of
from resumption.extraction.figures import Figure, find_figures, rejected_figure
from resumption.extraction.firm_places import FirmPlaces
from resumption.extraction.firms_told import settle_wholes
from resumption.extraction.frames import AsOf, Frames, Where
from resumption.extraction.gate import (
    carries_workers,
    counts_those_back,
    counts_who_is_back,
    is_about_resumption,
    is_full_of_resumption,
    may_tell_of_resumption,
    states_rate_of_plants,
    states_rate_of_projects,
    states_who_is_back,
    tells_of_a_restart,
    tells_of_resumption,
    without_last_year,
)
from resumption.extraction.group_labels import label_sentence
from resumption.extraction.group_owners import find_owner
from resumption.extraction.group_phrases import own_phrase, without_report
from resumption.extraction.groups import Groups, find_company, heading_population, seed_from_title
from resumption.extraction.home import read_home
from resumption.extraction.judge import Judge
from resumption.extraction.labelled_lists import settle_labelled
from resumption.extraction.people_parts import settle_came, settle_staff
from resumption.extraction.populations import read_population
from resumption.extraction.protagonists import Protagonists
from resumption.extraction.quantities import Quantity, find_quantities
from resumption.extraction.quotients import find_quotients, settle_far
from resumption.extraction.rate_rows import settle_rate_rows
from resumption.extraction.rates import is_of_another_time
from resumption.extraction.region_place import Place
from resumption.extraction.sentences import find_headings, find_paragraphs, find_sentences, find_topics, opener_of_list
from resumption.extraction.sizes import size_of
from resumption.extraction.state import State
from resumption.extraction.stopped import (
    may_settle_projects,
    settle_restarted,
    settle_stopped,
    settle_stopped_projects,
)
from resumption.extraction.tables import read_table
from resumption.extraction.targets import is_figure_planned
from resumption.extraction.weighing import Weighing, weigh_home
from resumption.extraction.words import Is, Word, find_words
from resumption.items import Article, AsOfBasis, Mention, Status

Span = tuple[int, int]


@dataclass(slots=True, eq=False)
class Reading:
    """A figure with all that was decided about it; offsets are those of the normalised text."""

    figure: Figure
    sentence: Span
    status: Status
    population: str
    where: Where
    as_of: AsOf
    group: int
    repeat: bool = False


@dataclass(slots=True)
class Analysis:
    """Every number of an article: `readings` are observations, `rejected` are not (`Figure.reason`)."""

    text: Normalised
    readings: list[Reading]
    rejected: list[tuple[Figure, Span]]
    provinces: int = 0
    """How many provinces the text names: of one or two it tells closely, of many from afar."""
    home: str = ""
    """Code of the document's own place, "" if it has none."""


def analyse(article: Article, judge: Judge | None = None, *, rejected: bool = True) -> Analysis:
    """Read an article; nothing is raised on any text. `judge` weighs evidence beside the rules (by learnt weights).

    Without `rejected` a text off topic is not read at all: every number of it would be rejected.
    """
    normal = normalise(article.text)
    text = normal.text
    title = normalise(article.title).text
    quantities = find_quantities(text)
    if not quantities:
        return Analysis(normal, [], [])
    words = find_words(text)
    topic = _topic_of(title, text, words)
    if not rejected and not topic.may_tell and not may_settle_projects(quantities, words):
        return Analysis(normal, [], [])
    return _Linker(article, normal, title, list(quantities), words, judge or Judge(), topic).run()


class _Topic(NamedTuple):
    """Whether an article is about the resumption of work, and if not, whether a part of it may tell of it."""

    strong: bool
    may_tell: bool


def _topic_of(title: str, text: str, words: list[Word]) -> _Topic:
    strong = (
        is_about_resumption(title, text)
        or is_full_of_resumption(words, text)
        or states_rate_of_projects(text)
        or states_rate_of_plants(f"{title}\n{text}")
        or counts_those_back(f"{title}\n{text}")
        or tells_of_a_restart(f"{title}\n{text}")
        or carries_workers(text)
    )
    return _Topic(strong, strong or may_tell_of_resumption(text))


class _Linker:
    """The state of one reading."""

    def __init__(
        self,
        article: Article,
        normal: Normalised,
        title: str,
        quantities: list[Quantity],
        words: list[Word],
        judge: Judge,
        topic: _Topic,
    ) -> None:
        self.normal, self.text, self.title = normal, normal.text, title
        self.quantities = quantities
        self.quantity_starts = [q.start for q in quantities]
        published = _day(article.published_at)
        fetched = _day(article.fetched_at)
        stated = find_year(f"{title}\n{self.text}", fetched.year if fetched else None)
        dates = find_dates(self.text, published, stated)
        told = find_dateline(dates) if published is None else None
        if told is not None:
            published = value_of(told).date
            dates = find_dates(self.text, published, stated)
        year = published.year if published else stated
        home = read_home(article.region, title, self.text, article.source, year)
        document, basis, places = weigh_home(judge, title, self.text, article.source, home)
        self.words = words = _without_names(words, places)
        self.word_starts = [w.start for w in words]
        self.frames = Frames(
            dates,
            places,
            published,
            document,
            self.text,
            basis,
            told,
        )
        titled = find_dates(title, published, stated)
        self.frames.read_title(title, titled)
        self.weighing = Weighing(judge, self.frames, self.text, title, published, titled)
        self.state = State(strong=topic.strong)
        self.may_tell = topic.may_tell
        self.state.projects_measured = _PROJECTS_MEASURED.search(self.text) is not None
        self.quotients = find_quotients(quantities, words, self.text) if self.state.strong else {}
        self.readings: list[Reading] = []
        self.rejected: list[tuple[Figure, Span]] = []
        flags = 0
        for word in find_words(title):
            flags |= word.flags
        if flags & Is.PROJECT and not flags & Is.ENTERPRISE:
            self.state.domain = "project"
        self.heading = ""
        self.firm_places = FirmPlaces(self.text, self.frames.scenes)
        self.protagonists = Protagonists(self.text)
        self.groups = Groups()
        seed_from_title(title, self.groups)
        if not _GENERAL.search(self.text, 0, 200):
            self.groups.story = find_company(self.text, 0, min(len(self.text), 300))
        self.told_in_words: list[Reading] = []
        self.group_name = ""
        self.group_numbers: dict[tuple[int, tuple[str, ...], date | None, str], int] = {}

    def run(self) -> Analysis:
        """All paragraphs in order."""
        sentences = find_sentences(self.text)
        starts = [begin for begin, _ in sentences]
        headings = {begin: (begin, end) for begin, end in find_headings(self.text)}
        scene = 0
        strong = self.state.strong
        for begin, end in find_paragraphs(self.text):
            self.state.strong = strong or (self.may_tell and states_who_is_back(self.text[begin:end]))
            self._paragraph_heading(headings.get(begin), begin, end)
            is_title = self.text[begin:end] == self.title
            scene = scene if _SAME_EVENT.match(self.text, begin) else begin
            for sentence in sentences[bisect_left(starts, begin) : bisect_left(starts, end)]:
                self._sentence(sentence, (scene, end), is_title)
        settle_stopped([reading.figure for reading in self.readings], self.text)
        if self.told_in_words:
            self.readings = sorted([*self.readings, *self.told_in_words], key=lambda reading: reading.figure.q.start)
        home = self.frames.scenes.document.home
        return Analysis(
            self.normal, self.readings, self.rejected, self._provinces(), home.code if home is not None else ""
        )

    def _provinces(self) -> int:
        found = (m.value for m in self.frames.scenes.places.mentions)
        regions = (place.region for place in found if isinstance(place, Place) and not place.in_name and not place.role)
        return len({region.code[:2] for region in regions if region is not None and region.code[:2].strip("0")})

    def _paragraph_heading(self, heading: Span | None, begin: int, end: int) -> None:
        whole = heading is not None and heading[1] >= end - 1
        if heading is not None:
            name = heading_population(self.text[heading[0] : heading[1]])
            self.heading = name if name else ("" if whole else self.heading if not name and not whole else "")
        elif not self.heading_holds:
            self.heading = ""
        self.heading_holds = whole
        domain = ""
        if self.heading:
            flags = 0
            for word in find_words(self.heading):
                flags |= word.flags
            domain = "project" if flags & Is.PROJECT or self.heading.startswith("建筑") else ""
        self.state.new_paragraph(domain)
        self.groups.new_paragraph(
            self.heading,
            spoken=self.text[max(0, begin - 8) : begin].rstrip().endswith("："),
            listed=opener_of_list(self.text, begin) is not None,
        )
        self.power_as_of = None
        self.weighing.new_paragraph()

    heading_holds = False
    floors: list[int]
    floors_of: Span = (-1, -1)
    pending_heading = ""
    power_as_of: AsOf | None = None
    """The day of the electricity figures of the paragraph."""

    def _sentence(self, sentence: Span, paragraph: Span, is_title: bool) -> None:
        if (table := read_table(self.text, sentence, self.state.domain)) is not None:
            self.state.table = table
        low, high = bisect_left(self.quantity_starts, sentence[0]), bisect_left(self.quantity_starts, sentence[1])
        first, last = bisect_left(self.word_starts, sentence[0]), bisect_left(self.word_starts, sentence[1])
        if low == high:
            self._without_numbers(sentence, paragraph, self.words[first:last])
            self._all_resumed(self.words[first:last], [], sentence, paragraph)
            return
        for topic in find_topics(self.text, *sentence):
            if name := heading_population(self.text[topic[0] : topic[1]]):
                self.groups.new_paragraph(name)
                if name.startswith("建筑") or "项目" in name or "工程" in name:
                    self.state.domain = "project"
        words = self.words[first:last]
        figures = find_figures(self.text, *sentence, self._without_sizes(self.quantities[low:high], sentence), words)
        self.state.new_sentence(figures)
        self._close_section(sentence, figures)
        self.groups.new_sentence()
        self._name_company(sentence, paragraph)
        columns = mark_columns(figures, self.text)
        for figure in figures:
            source = columns.get(figure.index)
            if (
                source is not None
                and source.indicator
                and is_readable(figure)
                and not is_of_another_time(figure, self.text)
            ):
                figure.family, figure.optional = source.family, source.optional
                figure.accept(source.indicator, "<column of a list>")
                self.state.remember(figure)
            elif not in_table(figure, self.text, self.state):
                decide(figure, self.text, self.state)
        self._settle(figures, sentence)
        if self.state.strong or self._speaks(paragraph):
            self.weighing.roles(figures, self.state, sentence, words)
        settle_stopped_projects(figures, self.text)
        settle_restarted(figures, self.text)
        for figure in figures:
            if figure.indicator:
                self._read(figure, figures, words, sentence, paragraph, is_title)
            else:
                self.rejected.append((figure, sentence))
        self._all_resumed(words, figures, sentence, paragraph)

    def _all_resumed(self, words: list[Word], figures: list[Figure], sentence: Span, paragraph: Span) -> None:
        """The optional rates told in a word; they change nothing for the figures around them."""
        if not self.state.strong:
            return
        for figure in find_all_resumed(self.text, sentence, words, figures):
            target = is_figure_planned(figure, self.text, sentence, words, self.frames)
            where = self.frames.where(figure, [figure], sentence, paragraph)
            as_of = self.frames.as_of(figure, [figure], sentence, paragraph, target)
            floors = sorted([*self.frames.ends_between(*sentence), *(other.q.end for other in figures)])
            group = figure.population or own_phrase(figure, self.text, floors, Is.ENTERPRISE | Is.PROJECT)
            status = Status.TARGET if target else Status.ACTUAL
            number = -1 - len(self.told_in_words)
            self.told_in_words.append(Reading(figure, sentence, status, group, where, as_of, number))

    def _speaks(self, paragraph: Span) -> bool:
        """True if a paragraph of a text on something else tells of the resumption of work."""
        if self.spoken_of != paragraph:
            piece = self.text[slice(*paragraph)]
            self.spoken = self.may_tell and (
                tells_of_resumption(piece)
                or (counts_who_is_back(piece) and tells_of_resumption(without_last_year(self.text)))
            )
            self.spoken_of = paragraph
        return self.spoken

    spoken_of: Span = (-1, -1)
    spoken = False

    def _without_numbers(self, sentence: Span, paragraph: Span, words: list[Word]) -> None:
        """A sentence without a number can name the firm of the next, or the columns of a table."""
        if label := label_sentence(self.text, *sentence):
            self.pending_heading = label
        owner = self._owner(*sentence)
        self.protagonists.learn(owner, sentence)
        self.groups.company = owner or self.groups.company
        names = [w for w in words if w.flags & Is.RATE]
        if len(names) >= 2 and sentence == paragraph:
            domain = self.state.domain
            self.state.header = [
                "project_resumption_rate" if w.code == "resumption_rate" and domain == "project" else w.code
                for w in names
            ]

    def _without_sizes(self, quantities: list[Quantity], sentence: Span) -> list[Quantity]:
        """The quantities but for those that only say how large something is; these are rejected."""
        kept: list[Quantity] = []
        for q in quantities:
            if reason := size_of(self.text, q):
                self.rejected.append((rejected_figure(q, reason), sentence))
            else:
                kept.append(q)
        return kept

    def _name_company(self, sentence: Span, paragraph: Span) -> None:
        """The firm that the sentence is about, until one on a whole place ends its story."""
        if _GENERAL.search(self.text, *sentence):
            if not _SAID_OF_FIRM.search(self.text, *sentence):
                self.groups.company = ""
            return
        until = paragraph[1] if self.text[sentence[0]] == "“" else sentence[1]
        if self.text[sentence[1] - 1] == "”":  # who said it may stand in the sentence behind
            until = max(until, self.text.find("。", sentence[1], paragraph[1]))
        owner = self._owner(sentence[0], until)
        self.protagonists.learn(owner, (sentence[0], until))
        self.groups.company = owner or self.protagonists.firm_in(sentence) or self.groups.company

    def _owner(self, begin: int, end: int) -> str:
        return find_owner(self.text[begin : min(end, begin + _LONGEST)])

    def _settle(self, figures: list[Figure], sentence: Span) -> None:
        """What only the figures of a sentence together tell: lists, bases, sums, quotients."""
        text, state = self.text, self.state
        counts.settle_lists(figures, text)
        settle_labelled(figures, text, state, frozenset(self.frames.places_between(*sentence)))
        settle_unnamed(figures, text, state)
        settle_remainders(figures, state)
        settle_quotients(figures, state)
        settle_sums(figures, state)
        settle_totals_behind(figures, text, state)
        settle_far(figures, text, state, self.quotients)
        settle_rate_rows(figures, text)
        settle_daily(figures, text)
        settle_came(figures, text, state)
        settle_staff(figures, text, state)
        settle_bases(figures, text, state)
        settle_wholes(figures, text, state)
        arithmetic.settle_roles(figures, text)
        money.settle_investments(figures)
        if not state.strong and not (self.may_tell and tells_of_resumption(text[sentence[0] : sentence[1]])):
            for figure in figures:
                if figure.indicator:
                    figure.reject("off topic")

    def _close_section(self, sentence: Span, figures: list[Figure]) -> None:
        """…；商贸服务业企业。: the last clause is the heading of what follows."""
        if self.pending_heading:
            self.groups.new_paragraph(self.pending_heading)
        self.pending_heading = ""
        start = self.text.rfind("；", *sentence) + 1
        if start and (not figures or start > figures[-1].q.end):
            self.pending_heading = heading_population(self.text[start : sentence[1]].strip("。 "))

    def _group_of(self, figure: Figure, population: str, where: Where, as_of: AsOf, paragraph: Span) -> int:
        """Number of the group of figures that belong together: one group of enterprises, place, day and paragraph."""
        named = figure.family in ("enterprise", "project") or figure.indicator.endswith(
            ("resumption_rate", "capacity_rate")
        )
        if named and population not in ("企业", "项目", ""):
            self.group_name = population
        key = (paragraph[0], tuple(region.full_name for region in where.regions), as_of.day, self.group_name)
        return self.group_numbers.setdefault(key, len(self.group_numbers))

    def _paired_group(self, figure: Figure, figures: list[Figure], population: str) -> str:
        """大型商场、超市、农贸市场复工率分别为…: the groups of a list go with the figures of a list, one to one."""
        run = run_of(figure, figures, self.text)
        if len(run) < 2 or not figure_said_respectively(run[0]):
            return population
        if figure is not run[0]:
            population = run[0].population_list if "、" in run[0].population_list else population
        else:
            figure.population_list = population
        names = _LISTED.split(population)
        if len(names) != len(run) or not all(names):
            return population
        name, tail = names[run.index(figure)], names[-1]
        noun = next((end for end in _PAIRED if tail.endswith(end)), "")
        return name if not noun or name.endswith(noun) or any(name.endswith(end) for end in _PAIRED) else name + noun

    def _was_early(self, as_of: AsOf) -> bool:
        """早在2月3日就全部开了工: when it was done, not the day of the report."""
        return as_of.text is not None and f"早在{as_of.text}" in self.text

    def _read(
        self,
        figure: Figure,
        figures: list[Figure],
        words: list[Word],
        sentence: Span,
        paragraph: Span,
        is_title: bool,
    ) -> None:
        target = is_figure_planned(figure, self.text, sentence, words, self.frames)
        where = self.frames.where(figure, figures, sentence, paragraph)
        as_of = self.frames.as_of(figure, figures, sentence, paragraph, target)
        first = not self.readings or (self.readings[0].sentence == sentence and self.frames.days.lead is not None)
        if first and as_of.basis is AsOfBasis.STATED and not target and not is_title and not self._was_early(as_of):
            self.frames.state_lead(as_of)
        if figure.indicator.startswith("electricity"):
            if as_of.basis is not AsOfBasis.STATED and self.power_as_of is not None and not target:
                as_of = self.power_as_of._replace(basis=AsOfBasis.INHERITED)
            elif as_of.basis is AsOfBasis.STATED:
                self.power_as_of = as_of
        if not target:
            as_of = self.weighing.day(figure, as_of, sentence, paragraph)
            as_of = self.frames.days.of_last_year(figure, as_of)
        if self.floors_of != sentence:
            self.floors, self.floors_of = self.frames.ends_between(*sentence), sentence
        floors = self.floors
        population = without_report(read_population(figure, figures, self.text, floors, self.groups))
        population = self.weighing.population(figure, figures, words, floors, self.groups, population)
        population = self._paired_group(figure, figures, population)
        where = self.firm_places.narrowed(where, self.groups.company or self.groups.told, population)
        group = self._group_of(figure, population, where, as_of, paragraph)
        figure.population = population
        if figure.family == "person" or figure.indicator.startswith("worker"):
            self.groups.remember_people(population)
        if where.shared:
            figure.optional = True
        self.readings.append(
            Reading(
                figure,
                sentence,
                Status.TARGET if target else Status.ACTUAL,
                population,
                where,
                as_of,
                group,
                is_title,
            )
        )


_PROJECTS_MEASURED = re.compile(
    r"(?:项目|工程|工地)[^。；\n]{0,30}?(?:开复工率|复工率|开工率|复产率)|(?:开复工|复工|已开工)[^。；，\n]{0,12}?(?:项目|工程|工地)?[0-9]{1,9}[个项]"
    r"|[0-9]{1,9}[个项][^。；，\n]{0,14}?(?:项目|工程|工地)[^。；，\n0-9]{0,10}?(?:复工|恢复施工)"
)
_SAID_OF_FIRM = re.compile(
    r"日，(?:目前，?)?(?:该)?(?:企业|公司|工厂|厂里?)(?:已|现|目前|员工|返岗|到岗|产能|复工)(?![^。]{0,40}[家户])"
)
_SAME_EVENT = re.compile(r"(?:据(?:了解|悉|介绍|统计|初步统计)，)?(?:本次|此次|这次|该批次?|这批)(?!疫情|春节|假期)")
"""据了解，本次开复工项目…: the paragraph goes on with the event of the one before, its day and its place."""
_LONGEST = 600
"""Characters of a sentence, or of a quotation with its speaker, in which its firm is looked for."""
_GENERAL = re.compile(r"[全我][市省县区国镇州]|截至|截止")
_LISTED = re.compile(r"[、和及与]")
_PAIRED = ("产业链企业", "行业企业", "企业", "行业用电量", "用电量", "行业", "项目", "工地", "员工")


def _without_names(words: list[Word], places: Sequence[Mention]) -> list[Word]:
    """The words but for those inside the name of a place: the 店 of 瓦房店 is no shop, the 码头 of 码头镇 no port."""
    names = [m for m in places if isinstance(m.value, Place) and m.value.form in _NAMES and not m.value.in_name]
    starts = [name.start for name in names]
    inside = {
        word.start
        for word in words
        if (at := bisect_right(starts, word.start) - 1) >= 0
        and word.end <= names[at].end
        and word.end - word.start < names[at].end - names[at].start
    }
    return [word for word in words if word.start not in inside] if inside else words


_NAMES = ("full", "short", "town")
"""Forms of places that are names of their own; the name of a zone holds 园区 and 开发区."""


def _day(published_at: str | None) -> date | None:
    try:
        return date.fromisoformat(published_at[:10]) if published_at else None
    except ValueError:
        return None
