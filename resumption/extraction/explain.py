"""The text of an article with every number accepted or rejected, and why: what `scrapy explain` prints."""

from __future__ import annotations

from collections.abc import Iterator

from resumption.extraction.judge import reasons_of
from resumption.extraction.observe import Analysis, Reading, analyse
from resumption.items import Article


def explain(article: Article, number: str | None = None) -> Iterator[str]:
    """Lines: each sentence that holds a number, below it one line per number. With `number` only that one.

    >>> a = Article(url="", title="全县复工", text="96户规上企业复工83户，咨询电话0531-5550000。")
    >>> for text in explain(a): print(text)
    96户规上企业复工83户，咨询电话0531-5550000。
      + 96户  enterprises_total  [规上企业]  rule: <count> <group> <verb> <count>; cues: 复工
      + 83户  enterprises_resumed  [规上企业]  rule: <verb> <count>; cues: 复工
    """
    analysis = analyse(article)
    lines: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for reading in analysis.readings:
        if number in (None, reading.figure.q.text):
            lines.setdefault(reading.sentence, []).append((reading.figure.q.start, accepted(analysis, reading)))
    for figure, sentence in analysis.rejected:
        if number in (None, figure.q.text):
            lines.setdefault(sentence, []).append((figure.q.start, f"  - {figure.q.text}  rejected: {figure.reason}"))
    for sentence in sorted(lines):
        start, end = analysis.text.original(*sentence)
        yield article.text[start:end].replace("\n", "↵")
        yield from (text for _, text in sorted(lines[sentence]))


def accepted(analysis: Analysis, reading: Reading) -> str:
    """One line on an accepted number: indicator, what it describes, the rule and the words it used."""
    figure = reading.figure
    text = analysis.text.text
    about = [f"[{reading.population}]"] if reading.population else []
    if reading.where.regions:
        about.append("、".join(region.full_name for region in reading.where.regions))
    if reading.as_of.day:
        said = f" ({reading.as_of.text})" if reading.as_of.text else ""
        about.append(f"{reading.as_of.day.isoformat()}{said}")
    if figure.kind == "change":
        about.append("change")
    if str(reading.status) == "target":
        about.append("target")
    cues = "、".join(dict.fromkeys(text[start:end] for start, end, _ in figure.used))
    why = f"rule: {figure.rule}" + (f"; cues: {cues}" if cues else "")
    if reasons := reasons_of(figure):
        why += "; weighed: " + ", ".join(f"{name} {weight:+.2f}" for name, weight in reasons)
    return f"  + {figure.q.text}  {figure.indicator}  {'  '.join(about)}  {why}"
