"""Patterns that are kept between processes are those that `re.compile` makes."""

import re
import sys

import pytest

from resumption.lexicon import pattern_store
from tests.test_patterns_linear import patterns_of_modules

TEXT = "截至2月21日，威海经区122家规上企业复工121家，复工率99.2%；\n（其中）项目30个、返岗 4.5万人。" * 2


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(pattern_store, "_FILE", str(tmp_path / "patterns"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    pattern_store._load.cache_clear()
    yield tmp_path / "patterns"
    pattern_store._load.cache_clear()


def test_kept_patterns_are_those_of_re(file):
    patterns = [(p.pattern, p.flags & ~re.UNICODE) for p in patterns_of_modules() if isinstance(p.pattern, str)]
    assert len(patterns) > 200
    for pattern, flags in patterns:
        pattern_store.compile_pattern(pattern, flags)
    pattern_store._load.cache_clear()
    kept = pattern_store._load(str(file))
    for pattern, flags in patterns:
        assert pattern_store._read(kept, pattern, flags) is not None
        ours, theirs = pattern_store.compile_pattern(pattern, flags), re.compile(pattern, flags)
        assert ours == theirs
        assert (ours.flags, ours.groups, ours.groupindex) == (theirs.flags, theirs.groups, theirs.groupindex)
        assert [m.span() for m in ours.finditer(TEXT)] == [m.span() for m in theirs.finditer(TEXT)]


def test_a_process_takes_what_another_one_kept(file, monkeypatch):
    pattern_store.compile_pattern("复(?P<how>工|产)", re.MULTILINE)
    pattern_store._load.cache_clear()
    monkeypatch.setattr(pattern_store, "_compile", None)
    kept = pattern_store.compile_pattern("复(?P<how>工|产)", re.MULTILINE)
    assert kept.search("已复产")["how"] == "产"
    assert kept.flags & re.MULTILINE


@pytest.mark.parametrize("broken", [b"\0", b"\0\0\0\1\0\0\0\7\0\0\0\0x", b"no entry at all"])
def test_a_broken_file_is_written_anew(file, broken):
    pattern_store.compile_pattern("复工")
    whole = file.read_bytes()
    file.write_bytes(whole + broken)
    pattern_store._load.cache_clear()
    assert pattern_store.compile_pattern("复工").search("已复工")
    pattern_store._load.cache_clear()
    assert pattern_store.compile_pattern("复产").search("已复产")
    assert not file.read_bytes().startswith(whole + broken)


def test_a_broken_entry_is_compiled(file):
    pattern_store.compile_pattern("复工")
    whole = file.read_bytes()
    for at in range(12, len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        pattern_store._load.cache_clear()
        assert pattern_store.compile_pattern("复工").search("已复工")


def test_code_that_is_none_is_compiled(file, monkeypatch):
    monkeypatch.setattr(pattern_store, "_read", lambda *_: pattern_store._Compiled(32, b"\1\0\0\0" * 3, 0, {}, (None,)))
    assert pattern_store.compile_pattern("复工").search("已复工")


def test_where_nothing_can_be_kept_patterns_are_compiled(file, monkeypatch):
    monkeypatch.setattr(pattern_store, "_FILE", str(file / "no" / "folder"))
    assert pattern_store.compile_pattern("复工").search("已复工")
    monkeypatch.setattr(pattern_store, "_MAGIC", 0)
    assert pattern_store.compile_pattern("复工") == re.compile("复工")
    assert not file.exists()


def test_nothing_is_kept_where_no_bytecode_is(file, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    pattern_store.compile_pattern("复工")
    assert not file.exists()


def test_what_is_no_pattern_raises(file):
    with pytest.raises(re.error):
        pattern_store.compile_pattern("(复工")
