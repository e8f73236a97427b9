"""Chinese headings for the columns of the warehouse, for people who open an export in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

HEADINGS = {
    "article_id": "文章编号",
    "article_version_id": "文章版本编号",
    "as_of": "数据日期",
    "as_of_basis": "日期依据",
    "as_of_text": "日期原文",
    "author": "作者",
    "change_basis": "比较基准",
    "channel": "频道",
    "check_name": "检查",
    "comparator": "比较",
    "date": "数据日期",
    "detail": "说明",
    "difference": "差值",
    "duplicate_of": "转载自",
    "editor": "责任编辑",
    "extractor_version": "软件版本",
    "fetched_at": "抓取时间",
    "flags": "标记",
    "indicator": "指标",
    "is_current": "当前有效",
    "kind": "类型",
    "known_at": "首次获知",
    "known_from": "获知时间",
    "known_to": "失效时间",
    "max_value": "最大值",
    "min_value": "最小值",
    "n_articles": "文章数",
    "n_reports": "报道数",
    "n_sources": "来源数",
    "number": "原文数字",
    "obs_id": "观测编号",
    "optional": "可选",
    "other_quote": "另一原文句",
    "other_url": "另一网址",
    "other_value": "另一数值",
    "population": "对象",
    "population_key": "对象代码",
    "population_ownership": "所有制",
    "population_sector": "行业",
    "population_size": "规模",
    "portal": "网站",
    "published_at": "发布时间",
    "quote": "原文句",
    "region": "地区",
    "region_basis": "地区依据",
    "region_code": "行政区划代码",
    "region_level": "地区级别",
    "rule": "规则",
    "severity": "级别",
    "source": "来源",
    "spread": "极差",
    "status": "状态",
    "superseded_values": "已更正的数字",
    "text": "正文",
    "title": "标题",
    "unit": "单位",
    "url": "网址",
    "value": "数值",
}


def headings(names: Sequence[str]) -> list[str]:
    """Chinese headings; a column that has none, or whose heading is taken, keeps its name.

    >>> headings(["region", "value", "my_own"])
    ['地区', '数值', 'my_own']
    """
    shown: list[str] = []
    for name in names:
        heading = HEADINGS.get(name, name)
        shown.append(heading if heading not in shown else name)
    return shown
