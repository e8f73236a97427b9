"""Mutated articles through `extract`: no exception, exact offsets, and the time of the slowest hundredth.

    python -m benchmarks.fuzz_extraction --texts 1000000 --seed 1

Every text is made from its seed and number alone, so one that fails can be made again: `mutated(seed, number)`.
`tests/test_fuzz_extraction.py` runs a few hundred of them.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable

from resumption.extraction import extract
from resumption.items import Article

SEEDS = (
    "截至2月21日24时，全县138家规上工业企业中已有129家复工复产，复工率93.5%，比20日提高5.1个百分点，返岗员工1.62万人。",
    "威海经区122家规上企业复工121家；其中，外贸企业复工35家，复工率分别为99.2%、98%和100%。",
    "全市规模以上工業企業復工率達７９．４％，用电量恢复至去年同期的九成半，近三百五十名工人返岗。",
    "一、工业企业\n重点项目开复工52个，总投资1，236亿元，占比三分之二。力争3月底前全部复工。",
    "建筑业方面，在建工地复工率六成，预计正月十五后再有十多个项目开\n工，发放通行证4.5万张。",
    "记者从市工信局获悉，济南市中区、历下区和章丘区复工企业分别为120家、98家和2100多家（含停产1家）。",
    "受台风影响，昨日停产的345家企业目前已有八成恢复生产，接回云南籍务工人员1，200余人，包车40辆次。",
    "| 区县 | 复工数 | 复工率 |\n| 环翠区 | 307家 | 90% |\n| 文登区 | 211户 | 88.5% |",
)
SIGNS = "，。；：、！？（）“”《》—…·%％.．,-~/+× \t\n\r\u3000\u200b\ufeff\x00\x0b\u2028\u0301\ud800🙂㎡①Ⅳ"
NUMERALS = "0123456789０１２３零〇一二两三四五六七八九十百千万亿半成几余多廿点"
_WORDS = """
截至 其中 分别 百分之 分之 复工率 复工 未复工 企业 家 户 人 名 个 个百分点 万元 千瓦时 小时 天 吨 月 日 年 时
初 底 前 以来 起 同比 较 比 增长 下降 提高 超 近 约 以上 左右 全市 全省 我市 该区 高新区 经开区 威海 济南市
山东省 和平区 镇 街道 项目 占 达 至 到
"""
WORDS = _WORDS.split()


def _at(text: str, dice: random.Random) -> int:
    return dice.randrange(len(text) + 1)


def _insert(text: str, dice: random.Random) -> str:
    at = _at(text, dice)
    kind = dice.randrange(4)
    if kind == 0:
        piece = dice.choice(SIGNS)
    elif kind == 1:
        piece = "".join(dice.choices(NUMERALS, k=dice.choice((1, 2, 3, 8, 40))))
    elif kind == 2:
        piece = "".join(dice.choices(WORDS, k=dice.randrange(1, 5)))
    else:
        piece = chr(dice.choice((dice.randrange(0x80), dice.randrange(0x4E00, 0x9FA6), dice.randrange(0x110000))))
    return text[:at] + piece + text[at:]


def _delete(text: str, dice: random.Random) -> str:
    at = _at(text, dice)
    return text[:at] + text[at + dice.randrange(1, 12) :]


def _double(text: str, dice: random.Random) -> str:
    at, size = _at(text, dice), dice.randrange(1, 30)
    return text[:at] + text[at : at + size] * dice.choice((1, 2, 2, 5, 60)) + text[at + size :]


def _move(text: str, dice: random.Random) -> str:
    at, size = _at(text, dice), dice.randrange(1, 30)
    rest = text[:at] + text[at + size :]
    to = _at(rest, dice)
    return rest[:to] + text[at : at + size] + rest[to:]


def _wrap(text: str, dice: random.Random) -> str:
    size = dice.randrange(4, 60)
    return "\n".join(text[at : at + size] for at in range(0, len(text), size))


def _join(text: str, dice: random.Random) -> str:
    return text + dice.choice(("", "\n", "。", "，")) + dice.choice(SEEDS)


def _replace(text: str, dice: random.Random) -> str:
    old, new = dice.choice(SIGNS + NUMERALS), dice.choice(SIGNS + NUMERALS)
    return text.replace(old, new)


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    _insert, _insert, _insert, _delete, _delete, _double, _move, _wrap, _join, _join, _replace,
)  # fmt: skip


def mutated(seed: int, number: int) -> Article:
    """The article of that number: one to twelve mutations of composed sentences.

    >>> mutated(1, 5) == mutated(1, 5)
    True
    """
    dice = random.Random(f"{seed}:{number}")
    text = dice.choice(SEEDS)
    for _ in range(dice.randrange(1, 13)):
        text = dice.choice(MUTATIONS)(text, dice)[:6000]
    title = _insert(dice.choice(SEEDS)[:20], dice) if dice.randrange(2) else ""
    published = dice.choice((None, "2020-02-22T09:00:00+08:00", "2024-12-31T23:59:59+08:00", "2021-07-30"))
    region = dice.choice(("", "", "山东省威海市", "江西省吉安市泰和县", "不存在的地方"))
    return Article(url="", title=title, text=text, published_at=published, region=region, source=dice.choice(WORDS))


def read(article: Article) -> int:
    """Extract and hold what is true of every text; the number of observations. AssertionError names what broke."""
    found = extract(article)
    for o in found:
        assert article.text[o.start : o.end] == o.number, (o.number, article.text)
        assert article.text[o.quote_start : o.quote_end] == o.quote, (o.number, article.text)
        assert o.quote_start <= o.start < o.end <= o.quote_end, (o.number, article.text)
    return len(found)


def main() -> None:
    """Read the texts one by one; stop with the number of the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    read(mutated(0, 0))
    times: list[float] = []
    characters = observations = 0
    for number in range(options.first, options.first + options.texts):
        article = mutated(options.seed, number)
        start = time.process_time()
        try:
            observations += read(article)
        except BaseException:
            print(f"text {number} of seed {options.seed} failed", file=sys.stderr)
            raise
        times.append(time.process_time() - start)
        characters += len(article.text)
    times.sort()
    p50, p99 = times[len(times) // 2] * 1000, times[len(times) * 99 // 100] * 1000
    print(f"{options.texts} texts, {characters} characters, {observations} observations, no exception")
    print(f"ms per text: median {p50:.2f}, p99 {p99:.2f}, most {times[-1] * 1000:.2f}")


if __name__ == "__main__":
    main()
