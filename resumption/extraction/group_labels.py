"""Labels inside a paragraph: 工业：开工1589家；建筑业：开工266家. Each holds to the end of its piece."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.groups import heading_population
from resumption.extraction.sentences import begin_of

_LABEL = re.compile(r"[^，。；：！？\n0-9%“”（）]{2,14}：")
_LABEL_SENTENCE = re.compile(r"(?:[（(]?[一二三四五六七八九十0-9]{1,2}[）)、.]\s*)?[^，。；：！？\n0-9%“”（）]{2,12}。")
_INTRODUCES = re.compile(
    r"(?:如下|包括|其中|分别是|分别为|分行业看?|显示|表示|介绍|统计|数字|数据|大省|大市|大县|名单)：$"
)


def label_before(text: str, at: int) -> str:
    """The group with which the piece of a list begins that holds offset `at`, "" if it begins with none.

    >>> t = "商贸流通：已复工437家，返岗7706人；交通物流：已复工131家"
    >>> label_before(t, t.index("7706")), label_before(t, t.index("131"))
    ('商贸流通', '交通物流')
    """
    begin = begin_of(text, "；。！？\n", at)
    label = _LABEL.match(text, begin, at)
    if label is None:
        comma = text.find("，", begin, at)  # 分行业看，工业：…
        label = _LABEL.match(text, comma + 1, at) if comma > 0 else None
    if label is None or _INTRODUCES.search(label[0]):
        return ""
    return heading_population(label[0])


def label_sentence(text: str, begin: int, end: int) -> str:
    """The group that a sentence names that is nothing but its name: 二、建筑企业。"""
    while begin < end and text[begin].isspace():
        begin += 1
    return heading_population(text[begin:end]) if _LABEL_SENTENCE.fullmatch(text, begin, end) else ""
