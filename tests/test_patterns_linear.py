"""No regular expression of the project is worse than linear.

Every pattern is pumped from its own parse tree: a text that a repeat of it matches is said over and over, with the
rest of the pattern kept from matching, at sizes that double. A doubling may take 2.5 times as long; quadratic patterns
take four times. Time is processor time, the least of several runs, and a ratio counts only if it stays bad when it is
measured again, so a busy machine cannot fail the test.
"""

import importlib
import pkgutil
import re
import time
import tomllib
from importlib.resources import files
from re import _constants as constants
from re import _parser as parser
from statistics import median

import pytest

import resumption
from resumption.extraction.lazy_re import LazyPattern

SIZES = (16, 24, 36, 54, 80, 120, 180, 270, 400, 600, 900, 1350, 2000, 3000, 4500, 6500)
"""Small steps, so that an exponential pattern is caught before it takes for ever."""
QUICK = 0.006
"""Seconds; a quadratic pattern takes at least ten times as long at the last size."""
RATIO = 2.5
MOST_BRANCHES = 60
SKIPPED_MODULES = ("resumption.commands", "resumption.spiders", "resumption.warehouse", "resumption.report")


def patterns_of_modules():
    found = {}
    for info in pkgutil.walk_packages(resumption.__path__, "resumption."):
        if info.name.startswith(SKIPPED_MODULES) or ".build_" in info.name:
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for index, pattern in enumerate(compiled(value)):
                found.setdefault(pattern, f"{info.name}.{name}" + (f"[{index}]" if index else ""))
    return found


def compiled(value):
    """The patterns that a name of a module stands for: compiled, in a table, or made by a cached function."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, LazyPattern):
        yield value.compiled()
    elif hasattr(value, "cache_info") and value.__annotations__.get("return") == "re.Pattern[str]":
        yield from compiled(value())
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from compiled(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from compiled(item)


def patterns_of_data():
    """Values of the keys `pattern` and `patterns` in the TOML files of lexicon and seeds."""
    found = {}
    for package in ("resumption.lexicon", "seeds"):
        for file in files(package).iterdir():
            if file.name.endswith(".toml"):
                for text in strings_under(tomllib.loads(file.read_text(encoding="utf-8")), ("pattern", "patterns")):
                    found.setdefault(re.compile(text), f"{file.name}: {text[:40]}")
    return found


def strings_under(value, keys, inside=False):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from strings_under(item, keys, inside or key in keys)
    elif isinstance(value, list):
        for item in value:
            yield from strings_under(item, keys, inside)
    elif isinstance(value, str) and inside:
        yield value


def sample(tree):
    """A short text that the tree matches, if its look-arounds allow it."""
    return "".join(sample_of(op, argument) for op, argument in tree)


def sample_of(op, argument):
    if op is constants.LITERAL:
        return chr(argument)
    if op is constants.NOT_LITERAL:
        return "x" if argument != ord("x") else "y"
    if op is constants.ANY:
        return "x"
    if op is constants.IN:
        return sample_of_set(argument)
    if op in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
        low, _, inner = argument
        return sample(inner) * max(low, 1)
    if op is constants.SUBPATTERN:
        return sample(argument[-1])
    if op is constants.ATOMIC_GROUP:
        return sample(argument)
    if op is constants.BRANCH:
        return sample(argument[1][0])
    return ""


CATEGORY = {
    constants.CATEGORY_DIGIT: "1",
    constants.CATEGORY_SPACE: " ",
    constants.CATEGORY_WORD: "复",
    constants.CATEGORY_NOT_DIGIT: "复",
    constants.CATEGORY_NOT_SPACE: "复",
    constants.CATEGORY_NOT_WORD: "，",
}


def sample_of_set(members):
    if members[0][0] is constants.NEGATE:
        pattern = re.compile("[^" + "".join(set_text(m) for m in members[1:]) + "]")
        return next((c for c in "复工a1，。 -/：\n" if pattern.match(c)), "\x01")
    op, argument = members[0]
    if op is constants.LITERAL:
        return chr(argument)
    if op is constants.RANGE:
        return chr(argument[0])
    return CATEGORY.get(argument, "x")


def set_text(member):
    op, argument = member
    if op is constants.LITERAL:
        return re.escape(chr(argument))
    if op is constants.RANGE:
        return f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
    names = {
        constants.CATEGORY_DIGIT: r"\d",
        constants.CATEGORY_SPACE: r"\s",
        constants.CATEGORY_WORD: r"\w",
        constants.CATEGORY_NOT_DIGIT: r"\D",
        constants.CATEGORY_NOT_SPACE: r"\S",
        constants.CATEGORY_NOT_WORD: r"\W",
    }
    return names[argument]


def pumps(tree, before=""):
    """(text before a repeat, text that the repeat can take again and again) for every repeat of the tree."""
    for op, argument in tree:
        if op in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            _, high, inner = argument
            if high is constants.MAXREPEAT or high > 8:
                yield before, sample(inner) or "x"
                for branch in branches(inner)[1:MOST_BRANCHES]:
                    yield before, sample(branch) or "x"
            yield from pumps(inner, before)
        elif op is constants.SUBPATTERN:
            yield from pumps(argument[-1], before)
        elif op is constants.ATOMIC_GROUP:
            yield from pumps(argument, before)
        elif op is constants.BRANCH:
            for branch in argument[1]:
                yield from pumps(branch, before)
        elif op in (constants.ASSERT, constants.ASSERT_NOT):
            yield from pumps(argument[1], before)
        before += sample_of(op, argument)


def branches(tree):
    """The alternatives that a repeat chooses from: (大小|大|小)+ is pumped with each of them."""
    for op, argument in tree:
        if op is constants.BRANCH:
            return argument[1]
        if op in (constants.SUBPATTERN, constants.ATOMIC_GROUP):
            return branches(argument[-1] if op is constants.SUBPATTERN else argument)
    return []


def texts(pattern):
    """Makers of a text of about a given size: each repeat pumped, and the whole match and its beginning said again."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    whole = sample(tree) or "x"
    found = {("", whole), ("", whole[:-1] or "x"), ("", whole[0])}
    found.update(pumps(tree))
    for before, piece in sorted(found):
        for ending in ("", "\x01"):
            yield before, piece, ending


def seconds(pattern, text):
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


def is_linear(pattern, before, piece, ending):
    """Sizes grow until one takes measurable time, which is compared with half of it; what stays quick is linear.

    A neighbour on the machine makes runs slower, so both sizes are run in turn: their quickest runs are compared, and
    the median of the pairs. A linear pattern that looks worse is run on; a quadratic one comes near 4 in both.
    """

    def text(size):
        return before + piece * (size // len(piece) + 1) + ending

    for size in SIZES:
        whole, half = text(size), text(size // 2)
        if seconds(pattern, whole) < QUICK:
            continue
        pairs = [(seconds(pattern, whole), seconds(pattern, half)) for _ in range(5)]
        for _ in range(20):
            quickest = min(long for long, _ in pairs) / min(short for _, short in pairs)
            if min(quickest, median(long / short for long, short in pairs)) <= RATIO:
                return True
            pairs.append((seconds(pattern, whole), seconds(pattern, half)))
        return False
    return True


PATTERNS = {**patterns_of_modules(), **patterns_of_data()}


@pytest.mark.parametrize("pattern", list(PATTERNS), ids=list(PATTERNS.values()))
def test_linear(pattern):
    if isinstance(pattern.pattern, bytes):
        pattern = re.compile(pattern.pattern.decode("latin-1"), pattern.flags & ~re.LOCALE)
    for before, piece, ending in texts(pattern):
        assert is_linear(pattern, before, piece, ending), f"{before!r} + {piece!r} * n + {ending!r}"


@pytest.mark.parametrize("bad", [r"a*a*b", r"[^，]*，?[^，]*。", r"x*y", r"(?:字号|大小|大|小)+$"])
def test_a_bad_pattern_is_caught(bad):
    """The measurement itself works: these are quadratic or worse."""
    pattern = re.compile(bad)
    assert not all(is_linear(pattern, *case) for case in texts(pattern))
