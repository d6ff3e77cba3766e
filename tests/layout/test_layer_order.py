"""Orders of layers: little crosses, wishes are kept, the same input has the same order."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout.layer_order import Order, Wishes, crossing_share, crossings, first_order, improved
from app.layout.layering import Layering, layered
from tests.benchmarks.layered import made


def of(links: list[tuple[int, int]], weight: list[float], layer: list[int]) -> Layering:
    return layered(len(layer), np.array(links, dtype=np.intp).reshape(-1, 2), np.array(weight), np.array(layer))


def best(layering: Layering, wishes: Wishes | None = None, rounds: int = 30) -> Order:
    first = first_order(layering, wishes)
    return [first, *improved(layering, first, wishes, rounds=rounds)][-1]


def least(layering: Layering) -> float:
    """The fewest crossings of two layers, of all orders that there are."""
    left, right = layering.members()
    found = np.inf
    for a in permutations(range(len(left))):
        for b in permutations(range(len(right))):
            position = np.empty(len(layering.layer), dtype=np.intp)
            position[left], position[right] = a, b
            found = min(found, crossings(layering, position))
    return found


def test_two_crossing_links_are_uncrossed() -> None:
    layering = of([(0, 3), (1, 2)], [1.0, 1.0], [0, 0, 1, 1])
    assert crossings(layering, np.array([0, 1, 0, 1])) == 1.0
    assert first_order(layering).crossings == 0.0


def test_the_lighter_pair_crosses_where_some_must() -> None:
    # a full 2 × 2: one of the two diagonals crosses the other, whatever the order
    layering = of([(0, 2), (0, 3), (1, 2), (1, 3)], [9.0, 1.0, 2.0, 9.0], [0, 0, 1, 1])
    assert best(layering).crossings == 2.0


small = st.lists(st.tuples(st.integers(0, 3), st.integers(4, 7), st.integers(1, 9)), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(small)
def test_two_small_layers_have_the_best_order_of_all(rows: list[tuple[int, int, int]]) -> None:
    layering = of([(a, b) for a, b, _ in rows], [float(w) for *_, w in rows], [0] * 4 + [1] * 4)
    assert best(layering).crossings == pytest.approx(least(layering))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000))
def test_orders_only_get_better_and_say_truly_what_crosses(seed: int) -> None:
    given_ = made(30, 4, 60, seed=seed)
    layering = layered(given_.n, given_.links, given_.weight)
    first = first_order(layering)
    orders = [first, *improved(layering, first, rounds=4)]
    found = [order.crossings for order in orders]
    assert found == sorted(found, reverse=True)
    order = orders[-1]
    assert order.crossings == pytest.approx(crossings(layering, order.position))
    for members in layering.members():
        assert sorted(order.position[members].tolist()) == list(range(len(members)))


def test_the_same_input_has_the_same_order() -> None:
    given_ = made(60, 5, 120)
    layering = layered(given_.n, given_.links, given_.weight)
    assert best(layering).position.tolist() == best(layering).position.tolist()


@settings(max_examples=40, deadline=None)
@given(small, st.permutations(range(4)), st.integers(0, 3))
def test_chosen_orders_and_bands_are_kept(rows: list[tuple[int, int, int]], rank: list[int], last: int) -> None:
    layering = of([(a, b) for a, b, _ in rows], [float(w) for *_, w in rows], [0] * 4 + [1] * 4)
    band = np.zeros(8, dtype=np.intp)
    band[4 + last] = 1
    wishes = Wishes(np.arange(8), band, np.array([*rank, -1, -1, -1, -1]))
    order = best(layering, wishes, rounds=4)
    assert np.argsort(order.position[:4]).tolist() == np.argsort(rank).tolist()
    assert order.position[4 + last] == 3
    assert order.crossings == pytest.approx(crossings(layering, order.position))


def test_generated_inputs_stay_below_what_other_programs_reach() -> None:
    # d3-sankey and ECharts on the same links: see docs/performance.md
    for n, n_layers, n_links, others in ((20, 4, 40, 0.0298), (200, 6, 400, 0.0144)):
        given_ = made(n, n_layers, n_links)
        layering = layered(given_.n, given_.links, given_.weight)
        assert crossing_share(layering, best(layering).position, given_.weight) < others / 1.5


def test_no_links_have_an_order() -> None:
    layering = of([], [], [0, 0, 1])
    assert best(layering).position.tolist() == [0, 1, 0]
