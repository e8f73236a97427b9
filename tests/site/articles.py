"""The composed articles: `articles/NAME.toml` with marked figures -> Article with text and annotated observations.

Figures are marked where they stand, so text and annotation cannot drift apart:
`复工{307家|enterprises_resumed|重点企业|region=…;as_of=…;target}`. `python -m tests.site.build` writes the annotations
beside the articles as `NAME.json`, in the format of `docs/annotation.md`.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "articles"
MARK = re.compile(r"\{([^{}|]+)\|([a-z_]+)\|([^{}|]*)(?:\|([^{}]*))?\}")
NUMBER = re.compile(r"^([\d.]+)([万亿]?)(.*)$")
UNITS = {
    "%": ("percent", 1),
    "个百分点": ("percentage_point", 1),
    "人": ("person", 1),
    "名": ("person", 1),
    "位": ("person", 1),
    "余人": ("person", 1),
    "元": ("CNY", 1),
    "千瓦时": ("kWh", 1),
    "度": ("kWh", 1),
    "千瓦": ("kW", 1),
    "小时": ("hour", 1),
    "天": ("hour", 24),
    "个工作日": ("hour", 24),
    "吨": ("tonne", 1),
}
SCALE = {"": 1, "万": 10**4, "亿": 10**8}
FLAGS = {"opt": ("optional", True), "target": ("status", "target"), "change": ("kind", "change")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One composed article. `text` is clean, `observations` are what a careful annotator finds in it."""

    name: str
    portal: str
    channel: str
    template: str
    url: str
    title: str
    published: str
    """`YYYY-MM-DD HH:MM:SS` Beijing time, as the page prints it."""
    fetched: str
    """WARC-Date of the (first) capture, UTC."""
    topic: str
    """The event behind it: epidemic, spring_festival, flood, typhoon, power, mine, sites, or what else it is about."""
    style: str
    text: str = ""
    about: str = "resumption"
    """`resumption`, or `other` for an article that says nothing about it."""
    region: str = ""
    as_of: str | None = None
    source: str = "齐鲁网"
    author: str = ""
    editor: str = ""
    byline: str = ""
    also: tuple[str, ...] = ()
    """Other addresses of the same page: the same story filed under another section."""
    lists: tuple[str, ...] = ()
    """List pages and feeds that name it."""
    mobile: bool = False
    pages: int = 1
    """More than one: paragraphs are spread over `_2.html`, `_3.html` and stand together in `_all.html`."""
    encoding: str = "utf-8"
    declared: str | None = ""
    """Charset the page names in its HTML: "" the true one, another for a page that lies, "none" for no meta."""
    header_charset: str = ""
    """Charset of the HTTP header, "" for none."""
    reprint_of: str = ""
    edited: tuple[tuple[str, str], ...] = ()
    """Old and new words of the second capture."""
    refetched: str = ""
    """WARC-Date of the second capture."""
    hotline: str = ""
    observations: tuple[dict[str, Any], ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def doc_id(self) -> str:
        """The portal's own id, as its address carries it."""
        return re.sub(r"_(?:\d+|all)$", "", self.url.rsplit("/", 1)[1].split(".")[0])

    @property
    def paragraphs(self) -> list[str]:
        """The text line by line."""
        return self.text.split("\n")

    @property
    def published_at(self) -> str | None:
        """As the articles feed states it; None where the page prints no time."""
        return article_time(self.published) if self.published else None

    @property
    def year(self) -> int:
        """Year of publication, of the capture where the page prints no time."""
        return int((self.published or self.fetched)[:4])


def article_time(printed: str) -> str:
    """A printed Beijing time as the feeds write it.

    >>> article_time("2020-02-22 17:07:02")
    '2020-02-22T17:07:02+08:00'
    """
    return printed.replace(" ", "T") + "+08:00"


def expected_value(number: str) -> tuple[float, str]:
    """Value and unit of a plain number as written.

    >>> expected_value("28.38万人"), expected_value("79.4%"), expected_value("345家")
    ((283800.0, 'person'), (79.4, 'percent'), (345.0, 'count'))
    """
    match = NUMBER.match(number)
    if not match:
        raise ValueError(f"{number!r} needs value= and unit= in its mark")
    unit, factor = UNITS.get(match[3], ("count", 1))
    return round(float(match[1]) * SCALE[match[2]] * factor, 6), unit


def read_marks(marked: str, region: str, as_of: str | None) -> tuple[str, tuple[dict[str, Any], ...]]:
    """Split marked text into plain text and observations; raises ValueError for a mark that cannot be understood."""
    text = MARK.sub(lambda m: m[1], marked)
    if "{" in text or "}" in text:
        raise ValueError(f"unread mark near {text[max(0, text.find('{')) :][:40]!r}")
    found, shift = [], 0
    for mark in MARK.finditer(marked):
        start = mark.start() - shift
        shift += len(mark[0]) - len(mark[1])
        options = _options(mark[4] or "")
        if "value" not in options:
            options["value"], unit = expected_value(mark[1])
            options.setdefault("unit", unit)
        observation = {
            "quote": unique_quote(text, start, start + len(mark[1])),
            "number": mark[1],
            "indicator": mark[2],
            "value": float(options.pop("value")),
            "unit": options.pop("unit"),
            "comparator": "eq",
            "kind": "level",
            "status": "actual",
            "population": mark[3],
            "region": region,
            "as_of": as_of,
            "optional": False,
            **options,
        }
        if observation["as_of"] == "null":
            observation["as_of"] = None
        found.append(observation)
    return text, tuple(found)


def _options(text: str) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for part in filter(None, text.split(";")):
        key, _, value = part.partition("=")
        if part in FLAGS:
            key, options_value = FLAGS[part]
            options[key] = options_value
        elif value:
            options[{"cmp": "comparator"}.get(key, key)] = value
        else:
            raise ValueError(f"unknown option {part!r} in a mark")
    return options


def unique_quote(text: str, start: int, end: int) -> str:
    """The shortest piece around text[start:end], within its line, that occurs once; at least 4 characters."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end) if "\n" in text[end:] else len(text)
    left, right = max(line_start, start - 5), end
    while text.count(text[left:right]) > 1 or right - left < 4:
        if left > line_start and (start - left <= right - end + 6 or right == line_end):
            left -= 1
        elif right < line_end:
            right += 1
        else:
            raise ValueError(f"no unique quote for {text[start:end]!r}")
    return text[left:right]


def load_article(path: Path, edition: int = -1) -> Article:
    """Read one article; edition 0 is the first capture, -1 the last."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    known = {f.name for f in fields(Article)}
    if unknown := set(data) - known:
        raise ValueError(f"{path.name}: unknown keys {sorted(unknown)}")
    marked = data.pop("text", "").strip()
    data["edited"] = tuple((old, new) for old, new in data.get("edited", ()))
    data["lists"], data["also"] = tuple(data.get("lists", ())), tuple(data.get("also", ()))
    article = Article(name=path.stem, **data)
    if edition == -1:
        for old, new in article.edited:
            if marked.count(old) != 1:
                raise ValueError(f"{path.name}: {old!r} does not stand exactly once")
            marked = marked.replace(old, new)
    try:
        text, observations = read_marks(marked, article.region, article.as_of)
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None
    return replace(article, text=text, observations=observations)


@cache
def load_articles(edition: int = -1) -> tuple[Article, ...]:
    """All articles by name, in their first (0) or last (-1) edition."""
    return tuple(load_article(path, edition) for path in sorted(FOLDER.glob("*.toml")))


def annotation(article: Article) -> dict[str, Any]:
    """The article's gold record: what should be read, in the format of `docs/annotation.md`, with the text."""
    return {
        "id": article.name,
        "url": article.url,
        "title": article.title,
        "published": article.published[:10] or None,
        "published_at": article.published_at,
        "source": article.source,
        "portal": article.portal,
        "channel": article.channel,
        "doc_id": article.doc_id,
        "about": article.about,
        "reprint_of": article.reprint_of,
        "query": "composed for testing",
        "text": article.text,
        "byline": article.byline,
        "observations": list(article.observations),
    }


def annotation_json(article: Article) -> str:
    """`annotation` as text, one observation per line."""
    record = annotation(article)
    observations = record.pop("observations")
    head = json.dumps(record, ensure_ascii=False, indent=1)[:-2]
    lines = ",\n".join("  " + json.dumps(o, ensure_ascii=False) for o in observations)
    return head + ',\n "observations": [' + ("\n" + lines + "\n ]" if lines else "]") + "\n}\n"
