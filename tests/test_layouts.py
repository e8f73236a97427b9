"""Every layout of both portals, and structures of other portals, on composed pages: `tests/pages/PORTAL/SLUG/`.

`page.html` is the page as its bytes, `meta.json` its address with pieces that must and must not be in the text,
`article.json` every field of the article; it was read by a person before it was kept.
"""

import json
from pathlib import Path

import pytest
from lxml import etree

from resumption.page import explain_blocks
from resumption.page.layouts import _compile, _Page
from resumption.page.markup import drop_scripts
from resumption.page.urls import canonical, find_channel, find_portal
from resumption.portals import load_portal, portal_names
from resumption.reading import read_page

PAGES = sorted(
    p.parent for p in (Path(__file__).parent / "pages").glob("*/*/meta.json") if (p.parent / "article.json").exists()
)


def _name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


@pytest.fixture(params=PAGES, ids=_name)
def folder(request) -> Path:
    return request.param


def _read(folder: Path, **more):
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return meta, read_page((folder / "page.html").read_bytes(), meta["url"], **more)


def test_every_field_is_read(folder):
    _, article = _read(folder)
    wanted = json.loads((folder / "article.json").read_text(encoding="utf-8"))
    got = {key: list(v) if isinstance(v := getattr(article, key), tuple) else v for key in wanted}
    assert got == wanted


def test_pieces_are_in_and_out(folder):
    meta, article = _read(folder)
    assert [piece for piece in meta["must_in"] if piece not in article.text] == []
    assert [piece for piece in meta["must_not"] if piece in article.text] == []


def test_general_reader_reads_it_too(folder):
    """The same page as one of an unknown portal: no layout, the same article, no related news."""
    meta, _ = _read(folder)
    if "photo" in folder.name and folder.parent.name == "netease":
        return  # the text of a photo set stands in a script's data, which only its layout knows
    article = read_page((folder / "page.html").read_bytes(), "https://news.example.org/1.html")
    assert article.layout == "general"
    assert [piece for piece in meta["must_in"] if piece not in article.text] == []
    assert [piece for piece in meta["must_not"] if piece in article.text] == []


def test_cuts_account_for_what_is_missing(folder):
    _, article = _read(folder)
    for group in ("related", "ads", "other"):
        assert getattr(article, f"removed_{group}") == sum(len(c.text) for c in article.cuts if c.group == group)


def test_cleaning_adds_no_character(folder):
    from resumption.page.decode import decode

    _, article = _read(folder)
    source = decode((folder / "page.html").read_bytes()).text
    assert set(article.text) <= set(source) | {" ", "\t", "\n"}


def test_every_layout_has_a_page():
    read = {json.loads((p / "article.json").read_text(encoding="utf-8"))["layout"] for p in PAGES}
    known = {f"{name} {layout.name}" for name in portal_names() for layout in load_portal(name).layouts}
    assert known - read == set()


_BODY = "截至2月23日24时，泉阳区规上工业企业已复工203家，复工率达93.5%，到岗职工3.42万人。"
_LEADS = [
    ("B", "全区中小企业的复工率也过了七成，比上周提高11个百分点。", True),
    ("B", "泉阳区规上工业企业已复工203家，复工率达93.5%。", False),
    ("P", "全区中小企业的复工率也过了七成，比上周提高11个百分点。", True),
    ("P", "泉阳区规上工业企业已复工203家，到岗职工3.42万人", False),
    ("B", "区里开工提速。", False),
]
_ABOVE = {
    "B": '<h1>{title}</h1><div class="post_time_source">{day}</div><div class="post_desc">\n{lead}\n</div>',
    "P": '<h1 class="article-h1">{title}</h1><p class="art-about-new">{day}</p>'
    '<div class="artical-summary"><p>{lead}</p></div>',
}


@pytest.mark.parametrize(("layout", "lead", "kept"), _LEADS)
def test_a_lead_is_read_once(layout, lead, kept):
    """A summary above the body holds figures that the body may not repeat; one that repeats it counts them twice."""
    above = _ABOVE[layout].format(title="区里复工过九成", day="2020-02-24 11:05:50", lead=lead)
    page = f'<meta charset="utf-8"><body>{above}<div id="endText"><p>{_BODY}</p><p>区里说，缺的是熟练工。</p></div>'
    article = read_page(page.encode(), "https://news.163.com/20/0224/09/F0.html")
    assert article.layout == f"netease {layout}"
    assert article.text.split("\n") == [*([lead] if kept else []), _BODY, "区里说，缺的是熟练工。"]


def test_published_never_after_the_fetch():
    folder = next(p for p in PAGES if p.name == "C-dy-day-only")
    _, article = _read(folder, fetched_at="2019-05-16T10:00:00+08:00")
    assert article.published_at is None
    assert _read(folder, fetched_at="2019-05-17T10:00:00+08:00")[1].published_at == "2019-05-17T00:00:00+08:00"


def test_given_wins():
    folder = next(p for p in PAGES if p.name == "D-local")
    _, article = _read(folder, published="2022-04-26", region="辽宁省沈阳市", raw_ref="x.warc.gz#7", http_status=200)
    assert (article.published_at, article.published_basis) == ("2022-04-26T00:00:00+08:00", "given")
    assert (article.region, article.region_code, article.raw_ref) == ("辽宁省沈阳市", "", "x.warc.gz#7")


@pytest.mark.parametrize(
    ("url", "address", "doc_id"),
    [
        (
            "http://jinan.iqilu.com/jnms/2019/0531/4282448.shtml?from=x#1",
            "https://jinan.iqilu.com/jnms/2019/0531/4282448.shtml",
            "4282448",
        ),
        (
            "http://news.iqilu.com/shandong/kejiao/20180305/3851491_2.shtml",
            "https://news.iqilu.com/shandong/kejiao/20180305/3851491.shtml",
            "3851491",
        ),
        (
            "https://3g.163.com/local/article/H50000AA04228EED.html",
            "https://www.163.com/news/article/H50000AA04228EED.html",
            "H50000AA04228EED",
        ),
        (
            "https://www.163.com/dy/article/H50000AA04228EED.html?spss=dy_author",
            "https://www.163.com/news/article/H50000AA04228EED.html",
            "H50000AA04228EED",
        ),
        (
            "http://liaoning.news.163.com/19/0314/05/EA74TS1I04228EEJ_all.html",
            "https://liaoning.news.163.com/19/0314/05/EA74TS1I04228EEJ.html",
            "EA74TS1I04228EEJ",
        ),
        (
            "http://3g.163.com/touch/article.html?docid=EA74TS1I04228EEJ",
            "https://www.163.com/news/article/EA74TS1I04228EEJ.html",
            "EA74TS1I04228EEJ",
        ),
        ("http://www.iqilu.com/", "https://www.iqilu.com/", ""),
        ("http://gxj.example.gov.cn/show.asp?id=77&from=timeline", "https://gxj.example.gov.cn/show.asp?id=77", ""),
    ],
)
def test_canonical(url, address, doc_id):
    assert canonical(url, find_portal(url)) == (address, doc_id)


@pytest.mark.parametrize(
    ("url", "doc_id", "region_code"),
    [
        ("http://weihai.iqilu.com/a/2020/0224/4470001.shtml", "4470001", "371000"),
        ("https://www.163.com/local/article/H50000AA04228EED.html", "H50000AA04228EED", "210000"),
        ("https://www.163.com/dy/article/H50000AB0514R9P4.html", "H50000AB0514R9P4", None),
    ],
)
def test_channel(url, doc_id, region_code):
    channel = find_channel(find_portal(url), url, doc_id)
    assert (channel.region_code if channel else None) == region_code


@pytest.mark.parametrize(
    "url", ["https://163.com.example.org/a.html", "https://xiqilu.com/", "", "no address", "http://["]
)
def test_no_portal(url):
    assert find_portal(url) is None


def test_explain_names_a_reason_for_every_block(folder):
    rows = explain_blocks((folder / "page.html").read_bytes())
    assert rows
    assert all(reason for _, reason, _ in rows)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    cut = [text for kept, _, text in rows if kept and any(piece in text for piece in meta["must_not"])]
    assert cut == []


NESTED = """<div class="info top"><p class="time">1</p><div><p class="x author">记者 <span>2</span><b><span>3</span></b></p></div></div>
<p class="author"><span>4</span></p><div id="a" class="a"><h1>5</h1><div><h1>6</h1><h1 class="t">7</h1></div></div>
<div class="info"><div class="info"><p class="author"><span>8</span></p></div></div>"""  # noqa: E501


@pytest.mark.parametrize("css", [
    ".info .author span", ".info > .author", ".info p.author > span", "p.author b span", "#a", ".a", "#a > h1", "#a h1",
    "h1", "div h1", "h1.t", "div.info.top .time", ".info .info span", ".none", "p#a", "div.info > div > p",
    "[class=time]", ".time + div", ".info .author span:first-child",
])  # fmt: skip
def test_a_selector_finds_what_its_path_finds(css):
    """Looked up by a name and from there up and down, the elements and their order are those of a search."""
    root = etree.HTML(NESTED)
    drop_scripts(root)
    selector = _compile(css)
    page = _Page(root, NESTED, load_portal("qilu"))
    if selector.steps and (name := selector.steps[selector.anchor].name):
        # Of ids and classes only those are looked up that the portal's layouts name.
        page.named[name] = [e for e in root.iter() if name in (e.get("id"), *(e.get("class") or "").split())]
    assert list(page._find(selector)) == selector.path(root)
