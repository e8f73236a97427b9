"""From an article to its observations: `extract`, a pure function of the article's own text, title, source and region.

`analyse` gives the same reading with every rejected number and its reason; `scrapy explain` shows it.
"""

from __future__ import annotations

from resumption.extraction.all_resumed import ALL_RESUMED
from resumption.extraction.checks import check
from resumption.extraction.observe import Analysis, Reading, analyse
from resumption.extraction.populations import population_codes
from resumption.extraction.region_spelling import spelled
from resumption.items import Article, Kind, Observation, RegionBasis, Unit, observation_id

__all__ = ["Analysis", "analyse", "extract"]


def extract(article: Article) -> tuple[Observation, ...]:
    """Every figure about the resumption of work that the article states, in text order; () if there is none.

    Offsets count code points of `article.text`. Nothing is raised on any text; no clock, no network, no state.

    >>> a = Article(url="", title="", text="截至2月21日，威海经区122家规上企业复工121家，复工率99.2%。",
    ...             published_at="2020-02-22T09:00:00+08:00")
    >>> [(o.number, o.indicator) for o in extract(a)]
    [('122家', 'enterprises_total'), ('121家', 'enterprises_resumed'), ('99.2%', 'resumption_rate')]
    """
    analysis = analyse(article, rejected=False)
    if not analysis.readings:
        return ()
    known = analysis.text.text + article.title + article.source
    names: dict[str, str] = {}
    for reading in analysis.readings:
        for region in reading.where.regions:
            if region.full_name not in names:
                from_afar = analysis.provinces >= _MANY and analysis.home[:4] != region.code[:4]
                names[region.full_name] = spelled(region, known, from_afar)
    forms = analysis.text.written_forms()
    if forms and (places := analysis.text.place_forms()):
        names = {full_name: name.translate(places) for full_name, name in names.items()}
    seen: set[tuple[str, float, str, str]] = set()
    version = article.article_version_id
    return check(
        [_observation(article, version, analysis, reading, names, forms, seen) for reading in analysis.readings]
    )


_MANY = 3
"""Provinces that an article names from which on it tells of places from afar."""
_KINDS = {kind.value: kind for kind in Kind}


def _observation(
    article: Article,
    version: str,
    analysis: Analysis,
    reading: Reading,
    names: dict[str, str],
    forms: dict[int, str],
    seen: set[tuple[str, float, str, str]],
) -> Observation:
    """The public record of a reading; `seen` holds what the article stated before, to mark repeats."""
    figure = reading.figure
    q = figure.q
    start, end = analysis.text.original(q.start, q.end)
    quote_start, quote_end = analysis.text.original(*reading.sentence)
    number, quote = article.text[start:end], article.text[quote_start:quote_end]
    kind = _KINDS[figure.kind]
    is_change = kind is Kind.CHANGE
    value = -abs(q.value) if is_change and figure.sign < 0 else q.value
    regions = reading.where.regions
    size, sector, ownership = population_codes(reading.population)
    flags: list[str] = []
    if reading.where.ambiguous:
        candidates = "/".join(region.full_name for region in reading.where.ambiguous)
        flags.append(f"region_ambiguous:{candidates}")
    region_names = "、".join([names[region.full_name] for region in regions])
    key = (figure.indicator, value, figure.kind, region_names)
    repeats = reading.repeat or key in seen
    if repeats:
        flags.append("repeat")
    if not reading.repeat and figure.rule != ALL_RESUMED:
        seen.add(key)
    only = regions[0] if len(regions) == 1 else None
    occurrence = article.text.count(number, 0, start) if number else 0
    return Observation(
        obs_id=observation_id(version, number, occurrence),
        start=start,
        end=end,
        number=number,
        quote=quote,
        quote_start=quote_start,
        quote_end=quote_end,
        indicator=figure.indicator,
        value=value,
        unit=q.unit or Unit.OTHER,
        comparator=q.comparator,
        kind=kind,
        status=reading.status,
        change_basis=figure.basis if is_change else None,
        population=reading.population.translate(forms) if forms else reading.population,
        population_size=size,
        population_sector=sector,
        population_ownership=ownership,
        region=region_names,
        region_code=only.code or None if only else None,
        region_level=only.level if only else None,
        region_basis=(reading.where.basis or RegionBasis.INHERITED) if regions else None,
        as_of=reading.as_of.day,
        as_of_text=reading.as_of.text,
        as_of_basis=reading.as_of.basis,
        group_id=f"{version[:16]}:{reading.group}",
        flags=tuple(flags),
        rule=figure.rule,
        optional=figure.optional or reading.repeat,
    )
