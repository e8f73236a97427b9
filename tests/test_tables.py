"""Tables of a bulletin: cells parted by tabs, by wide blanks, by |; what is no table, and columns of something else."""

from __future__ import annotations

import pytest

from resumption import read_page
from resumption.extraction import extract
from resumption.items import Article, Kind

LEAD = "截至3月6日，河北省衡水市各县区企业和项目复工复产情况如下：\n"


def read(text: str) -> list[tuple[str, str, float, str]]:
    article = Article(url="", title="衡水复工复产周报", text=text, published_at="2020-03-07T09:00:00+08:00")
    return [(o.number, o.indicator, o.value, (o.region or "")[-3:]) for o in extract(article)]


COUNTS = [
    ("桃城区", "176", "enterprises_total", 176, "桃城区"),
    ("桃城区", "171", "enterprises_resumed", 171, "桃城区"),
    ("桃城区", "97.2%", "resumption_rate", 97.2, "桃城区"),
    ("桃城区", "12960", "workers_returned", 12960, "桃城区"),
    ("武邑县", "88", "enterprises_total", 88, "武邑县"),
    ("武邑县", "90.9%", "resumption_rate", 90.9, "武邑县"),
]
CELLS = [
    ("区县", "应复工企业（家）", "已复工（家）", "复工率", "在岗人数"),
    ("桃城区", "176", "171", "97.2%", "12960"),
    ("武邑县", "88", "80", "90.9%", "6105"),
]


@pytest.mark.parametrize("joint", ["\t", "　　", " | "])
@pytest.mark.parametrize(("_row", "number", "indicator", "value", "region"), COUNTS)
def test_cells_by_their_columns(joint: str, _row: str, number: str, indicator: str, value: float, region: str) -> None:
    text = LEAD + "\n".join(joint.join(row) for row in CELLS) + "\n各县区要再接再厉。"
    assert (number, indicator, value, region) in read(text)


HEADINGS = [
    ("县区\t在建项目（个）\t复工（个）", "深州市\t41\t36", ["projects_total", "projects_resumed"]),
    ("县区\t专车（辆）\t输送（人）", "深州市\t41\t1136", ["vehicles", "workers_transported"]),
    ("县区\t申报企业（家）\t通过验收（家）", "深州市\t41\t36", ["enterprises_requesting", "enterprises_approved"]),
    ("县区\t规上企业数\t未复工", "深州市\t41\t5", ["enterprises_total", "enterprises_not_resumed"]),
    ("县区\t总人数\t返岗员工", "深州市\t4100\t3600", ["workers_total", "workers_returned"]),
    # columns of something else, and lines that are none of a table
    ("县区\t面积（公顷）\t人口（万人）", "深州市\t41\t56", []),
    ("县区\t复工率\t补贴（元）", "深州市\t91.2%\t3000", ["resumption_rate"]),
]


@pytest.mark.parametrize(("heading", "row", "indicators"), HEADINGS)
def test_what_a_column_counts(heading: str, row: str, indicators: list[str]) -> None:
    assert [code for _, code, _, _ in read(f"{LEAD}{heading}\n{row}\n")] == indicators


def test_scale_of_a_heading() -> None:
    assert ("1.3", "workers_returned", 13000.0, "深州市") in read(f"{LEAD}县区\t返岗（万人）\n深州市\t1.3\n")


def test_a_column_of_changes() -> None:
    text = f"{LEAD}县区\t复工率\t较上周\n深州市\t91.2%\t+3.5个百分点\n"
    article = Article(url="", title="衡水复工复产周报", text=text, published_at="2020-03-07T09:00:00+08:00")
    levels = {o.number: o.kind for o in extract(article)}
    assert levels == {"91.2%": Kind.LEVEL, "3.5个百分点": Kind.CHANGE}


def test_a_table_of_a_page() -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in CELLS)
    page = (
        "<html><body><h1>衡水复工复产周报</h1><p>2020-03-07 来源：衡水某网</p><div><p>"
        + LEAD.strip()
        + f"</p><table>{rows}</table>"
        + "<p>各县区要再接再厉，帮助企业解决用工、物流等方面的困难，推动满产达产。</p></div></body></html>"
    )
    article = read_page(page, "https://news.example.com/1.html")
    assert article is not None
    assert {(o.number, o.indicator) for o in extract(article)} >= {(n, code) for _, n, code, _, _ in COUNTS}


def test_a_row_with_other_cells_is_no_row() -> None:
    text = f"{LEAD}县区\t复工率\n深州市\t91.2%\n另有\t3条\t生产线\n"
    assert [number for number, _, _, _ in read(text)] == ["91.2%"]
