"""The tokenizer that learns its words one first character at a time cuts as the one that knows them all."""

import warnings

import pytest

from resumption.extraction import segmentation
from resumption.extraction.segmentation import Is, load_flags

TEXTS = (
    "春节后台商都已返岗", "走进商都一家企业", "街道里的小店", "临平复工率达99.2%", "华为P30和T恤生产线", "，。", "",
    "复工复产的规模以上工业企业", "abc 公安县 def", "中华人民共和国资阳市",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from jieba import Tokenizer
    tokenizer = Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word, (flags, _) in load_flags().items():
        if len(word) > 1 and flags & (Is.ENTERPRISE | Is.PROJECT | Is.WORKER):
            tokenizer.add_word(word)
    return tokenizer


@pytest.mark.parametrize("text", TEXTS)
def test_cuts_as_with_all_words(whole, text):
    assert list(segmentation._cut(text)) == list(whole.cut(text, HMM=False))
    assert segmentation._segmenter().tokenizer.total == whole.total
