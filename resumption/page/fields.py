"""Title, source, author and editor out of the page's head and the lines around the title."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from resumption.lexicon.noise import find_line
from resumption.page.dates import parse_machine_stamp
from resumption.page.furniture import fold
from resumption.page.markup import Block, Blocks, tidy

_META = re.compile(r"<[mM][eE][tT][aA]\s([^<>]{0,4000})>")
_ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TITLE = re.compile(r"<(?:title|TITLE|Title)(?:\s[^>]*)?>([^<]{0,2000})")
_LD_DATE = re.compile(r'"(?:datePublished|pubDate|publishTime|publish_time|pubtime)"\s*:\s*"([^"]{8,40})"')
_DATA_TIME = re.compile(r'<html\b[^>]*\bdata-publishtime="([^"]+)"')
_DATE_NAMES = (
    "article:published_time", "publishdate", "pubdate", "publish_time", "publish-date", "publishtime", "published_time",
    "og:release_date", "og:published_time", "datepublished", "article:create_at", "weibo: article:create_at",
    "bytedance:published_time", "publication_date", "_pubtime", "dc.date.issued", "dcterms.issued",
    "pubtime", "createdate", "og:pubdate", "og:time", "firstpublishedtime",
)  # fmt: skip
# When the page was made out of the article: the day of publication or a little later.
_MADE_NAMES = ("apub:time",)
_UPDATE_NAMES = ("dateupdate",)
_TITLE_NAMES = ("articletitle", "og:title", "twitter:title", "dc.title", "title")
_SOURCE_NAMES = ("contentsource", "source", "mediaid", "article:source", "og:source")
_AUTHOR_NAMES = ("author", "article:author")
_SEPARATOR = re.compile(
    r"\s{0,40}(?:_|\||｜|--+|——|»|>>|::)\s{0,40}|\s{1,40}[-–—·:：]\s{1,40}|(?<=[\u4e00-\u9fff”》）！？])-(?=[\u4e00-\u9fff])"
)
_SITE = re.compile(
    r"网$|新闻|频道|中心|门户|政府|首页|客户端|日报|晚报|在线|资讯|澎湃|头条|媒体|融媒|传媒|电视台|委员会|管理局|厅$|局$|办公室|\.(?:com|cn|net)|中国$|要闻$|动态$"
    r"|观察者|财经|论坛|时政|社会|news",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:网|网站|门户|政府|局|厅|委|委员会|办公室|中心|频道|首页|客户端|日报|晚报|新闻|平台|详情|详细|内容|正文)\W*$"
)
_UNTITLED = re.compile(r"无标题|新建网页|未命名|untitled|new page|document\b|网页标题|文章页|内容页", re.IGNORECASE)
_NO_HEADLINE = re.compile(
    r"(?:19|20)\d\d\s?[-/年.]\s?\d{1,2}|\d{1,2}:\d\d|来\s*源|作者|编辑|浏览|点击|字号|字体|当前位置|所在位置|首页|[>＞»|]|打印|分享|关闭|附件|登录"
)
_PERSON = (
    r"(?!责任编辑|来源|作者)[\u4e00-\u9fff·]{2,12}?(?=[^\u4e00-\u9fff·]|责任编辑|编辑|来源|$)"
    r"(?:[\s　、,，]+[\u4e00-\u9fff·]{2,4}(?![\u4e00-\u9fff:：]))*"
)
_SOURCE = re.compile(
    r"(?:来\s*源|稿源|转自|来自)\s*[:：]\s*([^\s　|【\[<>，,。]{1,40}(?:\s(?=[A-Za-z])[^\s　|【]{1,20})?)"
)
_FOLLOWED = re.compile(r"(?:(?:选稿|作者|编辑|责编|记者|发布|时间|责任编辑)[:：].*|(?:19|20)\d\d[-/年].*)$")
_AUTHOR = re.compile(rf"(?:作\s{{0,9}}者|撰文|文/|记者|通讯员)\s{{0,20}}[:：]?\s{{0,20}}({_PERSON})")
_EDITOR = re.compile(rf"(?:责任编辑|责编|编\s*辑|资讯编辑)\s*[:：丨|]\s*({_PERSON}|[A-Za-z]\w{{1,20}})")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_LABELLED = re.compile(r"^(?:时间|日期|作者|编辑|责任编辑|浏览|点击|发布|字号|字体|分享)")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of the page states, lower-case names of `<meta>` to their first value."""

    title: str
    metas: dict[str, str]
    published: str | None
    """Publication time stated for machines."""
    updated: str | None = None
    """Time of the last change stated for machines: the latest that the article can be of, for want of anything else."""


def read_head(text: str) -> Head:
    """Title and metas of a page, by pattern and not by tree: they survive a broken head and cost little."""
    end = text.find("</head>")
    text = text[: end if 0 <= end < 200_000 else 60_000]
    metas: dict[str, str] = {}
    for match in _META.finditer(text):
        found = {k.lower(): a or b or c for k, a, b, c in _ATTRIBUTE.findall(match.group(1))}
        name = found.get("name") or found.get("property") or found.get("itemprop") or found.get("http-equiv") or ""
        if name and found.get("content"):
            metas.setdefault(name.lower().strip(), html.unescape(found["content"]).strip())
    title = _TITLE.search(text)
    stamps = [metas[name] for name in _DATE_NAMES if name in metas]
    for pattern in (_DATA_TIME, _LD_DATE):
        if not stamps and (stated := pattern.search(text)):
            stamps.append(stated.group(1))
    stamps += [metas[name] for name in _MADE_NAMES if name in metas]
    published = next((stamp for value in stamps if (stamp := parse_machine_stamp(value))), None)
    changes = (parse_machine_stamp(metas[name]) for name in _UPDATE_NAMES if name in metas)
    updated = next((stamp for stamp in changes if stamp), None)
    return Head(tidy(html.unescape(title.group(1))) if title else "", metas, published, updated)


def strip_site(title: str) -> str:
    """The headline in a `<title>`: names of sites and channels at its end taken off.

    >>> strip_site("企业有序复工_网易新闻")
    '企业有序复工'
    >>> strip_site("时隔一月-工厂开工 - 某某新闻网")
    '时隔一月-工厂开工'
    """
    marks = list(_SEPARATOR.finditer(title))
    if not marks:
        return title
    underscore = next((m for m in marks if "_" in m.group()), None)
    if underscore and underscore.start() >= 6:
        return title[: underscore.start()].split("|")[0].strip()
    for mark in marks:
        if mark.start() >= 6 and (_SITE.search(title[mark.end() :]) or "|" in mark.group() or "--" in mark.group()):
            return title[: mark.start()].strip()
    return title


def find_title(page: Blocks, head: Head, before: int | None = None) -> tuple[str, int | None]:
    """The headline and the index of its block; the heading on the page is preferred to what the head says.

    A block counts as the headline if it stands at the start of `<title>` (or of the title in a meta), or the other way
    round; without such a block the longest `h1`, then the title of the head without the site's name.
    """
    titles = [head.title, *(head.metas.get(n, "") for n in _TITLE_NAMES[:2])]
    wanted = [name for name in map(fold, titles) if len(name) >= 4]
    headline = strip_site(head.title)
    own_name = fold(headline)
    best: tuple[float, int] | None = None
    h1: int | None = None
    stated = "\n".join(titles)
    headings = _headings(page)
    for i, block in enumerate(page.blocks[:before]):
        text = block.text
        size = len(text)
        if size < 4 or size > 160:
            continue
        tag = _heading_tag(page, block) if i in headings else ""
        if not tag and text[:3] not in stated and text[-3:] not in stated and text[1:4] not in stated:
            continue
        if tag == "h1" and h1 is None and size >= 5:
            h1 = i
        folded = fold(text)
        if len(folded) < 4:
            continue
        for rank, name in enumerate(wanted):
            match = name.startswith(folded) or (
                len(folded) > len(name) * 0.5 and folded.startswith(name[: max(8, len(name) // 2)])
            )
            if not match and not block.linked and len(folded) >= (8 if tag in ("h1", "h2") else 10):
                match = folded in name  # the site's name stands first: 某某网 要闻 HEADLINE
            if match:
                own = own_name if rank == 0 else name
                score = min(len(folded), len(own)) + (6 if folded == own else 0)
                score += {"h1": 6, "h2": 3, "h3": 2}.get(tag, 0) - rank - (8 if block.linked > size // 2 else 0)
                if best is None or score > best[0]:
                    best = (score, i)
    if best is not None:
        block = page.blocks[best[1]]
        whole = len(fold(block.text)) >= 0.6 * len(fold(headline)) or _heading_tag(page, block) in ("h1", "h2")
        return (block.text, best[1]) if whole else (headline, best[1])
    if h1 is not None:
        return page.blocks[h1].text, h1
    for name in _TITLE_NAMES[:2]:
        if len(value := head.metas.get(name, "")) >= 6:
            return strip_site(tidy(value)), None
    return headline, None


def is_site_name(title: str) -> bool:
    """Whether a title names a site or an office and no article.

    >>> is_site_name("某某市工业和信息化局"), is_site_name("市工信局：九成企业已复工")
    (True, False)
    """
    return len(title) < 5 or (len(title) < 30 and (_OFFICE.search(title) or _UNTITLED.match(title)) is not None)


def find_headline(page: Blocks, first: int) -> int | None:
    """The block above the article's first that is a headline: no crumb, date or meta line, not long, no full stop."""
    for i in range(first - 1, max(-1, first - 14), -1):
        block = page.blocks[i]
        fits = (
            6 <= len(block.text) <= 80
            and block.linked * 2 < len(block.text)
            and not block.text.endswith(("。", "：", ":"))
        )
        if fits and not _NO_HEADLINE.search(block.text) and find_line(block.text, "head") is None:
            return i
    return None


def _headings(page: Blocks) -> set[int]:
    """Indices of the blocks somewhere in a heading."""
    found: set[int] = set()
    for node, tag in enumerate(page.tags):
        if tag in _HEADINGS:
            found.update(range(page.starts[node], page.ends[node]))
    return found


def _heading_tag(page: Blocks, block: Block) -> str:
    node = block.node
    for _ in range(3):
        if node < 0:
            return ""
        if page.tags[node] in _HEADINGS:
            return page.tags[node]
        node = page.parents[node]
    return ""


def find_source(lines: Sequence[str], head: Head | None = None) -> str:
    """Name of the medium, from the lines around the title, else from the head of the page."""
    for i, line in enumerate(lines):
        if match := _SOURCE.search(line):
            if not _LABELLED.match(match.group(1)) and not match.group(1).startswith("http"):
                return _FOLLOWED.sub("", match.group(1)).strip("：:；;（）()")
        elif re.search(r"(?:来\s*源|稿源)\s*[:：]\s*$", line) and i + 1 < len(lines):
            follower = lines[i + 1].split()[0] if lines[i + 1].split() else ""
            if 1 < len(follower) <= 24 and not _LABELLED.match(follower) and not follower[0].isdigit():
                return follower
    return _meta(head, _SOURCE_NAMES)


def find_author(lines: Iterable[str], head: Head | None = None) -> str:
    """The author or reporter, "" if none is named."""
    for line in lines:
        if match := _AUTHOR.search(line):
            return re.sub(r"[\s　]+", " ", match.group(1)).strip()
    return _meta(head, _AUTHOR_NAMES)


def find_editor(lines: Iterable[str]) -> str:
    """The responsible editor, "" if none is named."""
    for line in lines:
        if match := _EDITOR.search(line):
            return match.group(1).strip()
    return ""


def _meta(head: Head | None, names: Iterable[str]) -> str:
    if head is None:
        return ""
    for name in names:
        value = head.metas.get(name, "").strip()
        if 1 < len(value) <= 30 and not value.startswith("http") and "," not in value and not value.isdigit():
            return value
    return ""
