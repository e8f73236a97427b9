"""Mutated articles: nothing raises and every offset is exact. `benchmarks.fuzz_extraction` runs a million of them."""

import pytest

from benchmarks.fuzz_extraction import mutated, read


@pytest.mark.parametrize("block", range(10))
def test_mutated_articles_are_read(block):
    for number in range(40 * block, 40 * block + 40):
        read(mutated(1, number))


def test_the_mutations_leave_something_to_read():
    """A fuzz over texts without figures would prove nothing."""
    assert sum(read(mutated(1, number)) for number in range(100)) > 200


def test_a_text_is_made_from_its_number():
    assert mutated(1, 7) == mutated(1, 7)
    assert len({mutated(1, number).text for number in range(100)}) == 100
