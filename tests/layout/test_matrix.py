"""The order of a matrix, its cells and what fills them."""

from __future__ import annotations

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout.grid import fills, grid
from app.layout.matrix import cost, inserted, order, together


@st.composite
def exchanges(draw: st.DrawFn, most: int = 9) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """What some exchange with each other."""
    n = draw(st.integers(0, most))
    pair = st.tuples(st.integers(0, max(n - 1, 0)), st.integers(0, max(n - 1, 0)), st.integers(1, 30))
    found = draw(st.lists(pair, max_size=24 if n else 0))
    links = np.array([(a, b) for a, b, _ in found], dtype=np.intp).reshape(-1, 2)
    return together(n, links, np.array([w for *_, w in found], dtype=np.float64))


def test_both_directions_count_and_nobody_exchanges_with_themselves() -> None:
    links = np.array([[0, 1], [1, 0], [2, 2], [0, 1]])
    found = together(3, links, np.array([3.0, 4.0, 9.0, 1.0]))
    assert found.tolist() == [[0, 8, 0], [8, 0, 0], [0, 0, 0]]


def test_two_groups_stand_apart_whatever_their_numbers() -> None:
    links = np.array([[0, 2], [2, 4], [4, 0], [1, 3], [3, 5], [5, 1], [0, 1]])
    weights = together(6, links, np.array([5.0, 5, 5, 4, 4, 4, 1]))
    found = order(weights).tolist()
    assert {frozenset(found[:3]), frozenset(found[3:])} == {frozenset({0, 2, 4}), frozenset({1, 3, 5})}
    assert found[2:4] in ([0, 1], [1, 0])  # the two that bind the groups stand where these meet


def test_a_chain_is_found() -> None:
    chain = [3, 0, 4, 1, 2]
    weights = together(5, np.array(list(pairwise(chain))), np.ones(4))
    assert order(weights).tolist() in (chain, chain[::-1])


@given(exchanges())
def test_an_order_holds_everyone_once_and_is_the_same_each_time(weights: np.ndarray) -> None:
    found = order(weights)
    assert sorted(found.tolist()) == list(range(len(weights)))
    assert found.tolist() == order(weights.copy()).tolist()


@given(exchanges(6))
@settings(max_examples=40, deadline=None)
def test_nobody_could_stand_better_alone(weights: np.ndarray) -> None:
    """Taking one out and putting them elsewhere costs no less; and few are worse than the best of all orders."""
    found = order(weights)
    mine = cost(weights, found)
    for at in range(len(found)):
        rest = np.delete(found, at)
        for to in range(len(found)):
            assert mine <= cost(weights, np.insert(rest, to, found[at]))
    best = min((cost(weights, np.array(some, dtype=np.intp)) for some in permutations(range(len(weights)))), default=0)
    assert mine <= 1.5 * best


@given(exchanges(), st.data())
def test_who_stood_keeps_their_order_when_moves_are_added(weights: np.ndarray, data: st.DataObject) -> None:
    n = len(weights)
    held = data.draw(st.permutations(range(n))) if n else []
    held = held[: data.draw(st.integers(0, n))]
    found = order(weights, held)
    assert sorted(found.tolist()) == list(range(n))
    if held:
        assert [one for one in found.tolist() if one in held] == list(held)


def test_a_newcomer_stands_by_those_it_exchanges_with() -> None:
    weights = together(4, np.array([[3, 2]]), np.array([2.0]))
    assert inserted(weights, np.array([0, 1, 2])).tolist() in ([0, 1, 3, 2], [0, 1, 2, 3])


def test_cells_by_hand() -> None:
    cells = grid(np.array([2, 0, 1]), (10.0, 20.0, 308.0, 208.0), (200.0, 50.0), apart=1, gap=8.0)
    assert (cells.width, cells.height) == (100.0, 50.0)
    assert cells.x.tolist() == [10.0, 110.0, 218.0]
    assert cells.y.tolist() == [20.0, 70.0, 128.0]
    assert cells.corner(np.array([0], dtype=np.int32), np.array([1], dtype=np.int32)).tolist() == [[218.0, 70.0]]
    assert (cells.right, cells.bottom) == (318.0, 178.0)


def test_a_fill_is_an_area() -> None:
    sizes = fills([16, 4, 1, 0], 16, (40.0, 20.0), 2.0)
    assert sizes.tolist() == [[40.0, 20.0], [20.0, 10.0], [10.0, 5.0], [0.0, 0.0]]
    assert fills([1], 10_000, (40.0, 20.0), 2.5).tolist() == [[2.5, 2.5]]


@given(st.integers(0, 40), st.floats(50, 2000), st.floats(50, 2000))
def test_cells_stay_in_their_room_and_touch_no_other(n: int, w: float, h: float) -> None:
    cells = grid(np.arange(n), (0.0, 0.0, w, h), (150.0, 88.0), apart=1, gap=8.0)
    if n:
        assert cells.right <= w + 1e-6
        assert cells.bottom <= h + 1e-6
        assert (np.diff(cells.x) >= cells.width - 1e-9).all()
        assert (np.diff(cells.y) >= cells.height - 1e-9).all()


def test_nobody_gives_nothing() -> None:
    assert order(np.zeros((0, 0))).tolist() == []
    empty = grid(np.empty(0, dtype=np.intp), (0.0, 0.0, 10.0, 10.0), (5.0, 5.0))
    assert (empty.n, empty.right, empty.bottom) == (0, 0.0, 0.0)
    assert fills([], 1, (2.0, 2.0), 1.0).shape == (0, 2)
    assert cost(np.zeros((2, 2)), np.array([1, 0])) == pytest.approx(0.0)
