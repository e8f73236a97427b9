"""One HTML file out of a template, styles, scripts and data: nothing in the data can become markup or script."""

from __future__ import annotations

import json
import re
import tomllib
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

LARGEST_PAGE = 3_000_000
"""Bytes that no page may have."""

_SPECIAL = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
NAVIGATION = ("index", "series", "evidence", "findings")


def embed(data: Any) -> str:
    """JSON that can stand in a script element: no `<`, no `&`, no lone surrogate, whatever the data is.

    >>> print(embed({"title": "</script><b>复工"}))
    {"title":"\\u003c/script\\u003e\\u003cb\\u003e复工"}
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _SPECIAL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@cache
def load_static(name: str) -> str:
    """A file of `static/` or `templates/`."""
    folder = "templates" if name.endswith(".html") else "static"
    return files("resumption.report").joinpath(folder, name).read_text(encoding="utf-8")


@cache
def load_words() -> dict[str, list[str]]:
    """Every label of the site: key to [Chinese, English]."""
    tables = tomllib.loads(files("resumption.report").joinpath("words.toml").read_text(encoding="utf-8"))
    return {f"{table}.{key}": pair for table, words in tables.items() for key, pair in words.items()}


def render_page(
    name: str, data: str, words: dict[str, list[str]], *, scripts: tuple[str, ...] = (), library: str = ""
) -> str:
    """The page `name` (template NAME.html, script NAME.js) with its data inlined; `data` was made by `embed`.

    `scripts` are further files of `static/` that it needs; `library` is the code of the plot library. No page may
    evaluate text as code: the plot's expressions are interpreted (series.js).
    """
    code = [load_static("site.js"), *map(load_static, scripts), load_static(f"{name}.js")]
    if library:
        code.insert(0, library)
    style = load_static("site.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_source, code)),
            f"style-src {_source(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    links = "".join(
        f'<a href="{page}.html" data-i18n="ui.{page}"{" aria-current=page" if page == name else ""}>'
        f"{words[f'ui.{page}'][0]}</a>"
        for page in NAVIGATION
    )
    head, rest = load_static("page.html").split("{{main}}")
    head = head.replace("{{policy}}", policy).replace("{{style}}", style).replace("{{links}}", links)
    head = head.replace("{{title}}", words[f"ui.{name}"][0]).replace("{{page}}", name)
    tail = "".join(f"<script>{part}</script>\n" for part in code)
    data_element = f'<script type="application/json" id="data">{{"words":{embed(words)},"page":{data}}}</script>\n'
    return head + load_static(f"{name}.html") + rest.replace("{{scripts}}", data_element + tail)


def _source(text: str) -> str:
    """A content security policy source: exactly this script or style may run.

    >>> _source("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return "'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'"
