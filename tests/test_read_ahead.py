"""A thread that reads ahead: order, errors, and an end when nobody wants the rest."""

import itertools
import threading

import pytest

from resumption.warehouse.read_ahead import WAITING, ReadAhead


def failing():
    yield 1
    raise ValueError("broken line")


def test_sources_come_in_their_order_and_empty_ones_are_empty():
    many = WAITING * 3
    with ReadAhead([("a", lambda: iter(range(many))), ("b", lambda: iter(())), ("c", lambda: iter("x"))]) as ahead:
        assert list(ahead.take("a")) == list(range(many))
        assert list(ahead.take("b")) == []
        assert list(ahead.take("c")) == ["x"]


def test_an_error_is_raised_where_its_item_would_be_taken():
    with ReadAhead([("a", failing)]) as ahead:
        items = ahead.take("a")
        assert next(items) == 1
        with pytest.raises(ValueError, match="broken line"):
            next(items)


@pytest.mark.parametrize("wanted", [0, 1, WAITING + 1])
def test_the_thread_ends_when_nobody_wants_the_rest(wanted):
    before = threading.active_count()
    with ReadAhead([("a", itertools.count)]) as ahead:
        assert list(itertools.islice(ahead.take("a"), wanted)) == list(range(wanted))
    assert threading.active_count() == before


def test_a_source_out_of_turn_is_a_mistake():
    sources = [("a", lambda: iter("x")), ("b", lambda: iter("y"))]
    with ReadAhead(sources) as ahead, pytest.raises(ValueError, match="b was asked for, a is next"):
        list(ahead.take("b"))
