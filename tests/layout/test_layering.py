"""Layers of links: longest paths, what is turned so that no circle is left, dummies of long links."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layout.layering import Layering, feedback, layered


def of(n: int, *links: tuple[int, int], weight: list[float] | None = None, layer: list[int] | None = None) -> Layering:
    return layered(
        n,
        np.array(links, dtype=np.intp).reshape(-1, 2),
        np.array(weight or [1.0] * len(links)),
        None if layer is None else np.array(layer),
    )


def test_a_node_stands_after_the_longest_way_to_it() -> None:
    made = of(4, (0, 1), (1, 2), (0, 2), (2, 3))
    assert made.layer[:4].tolist() == [0, 1, 2, 3]
    assert made.n_layers == 4
    assert not made.turned.any()


def test_a_long_link_has_a_dummy_in_each_layer_that_it_passes() -> None:
    made = of(4, (0, 1), (1, 2), (2, 3), (0, 3), weight=[1, 1, 1, 7])
    assert made.layer.tolist() == [0, 1, 2, 3, 1, 2]
    mine = made.link == 3
    assert list(zip(made.start[mine].tolist(), made.end[mine].tolist(), strict=True)) == [(0, 4), (4, 5), (5, 3)]
    assert made.weight[mine].tolist() == [7, 7, 7]


def test_of_two_opposite_links_the_lighter_is_turned() -> None:
    made = of(2, (0, 1), (1, 0), weight=[2.0, 5.0])
    assert made.turned.tolist() == [True, False]
    assert made.layer.tolist() == [1, 0]
    assert made.start.tolist() == [1, 1]


def test_a_link_to_itself_has_no_segment() -> None:
    made = of(2, (0, 0), (0, 1))
    assert made.link.tolist() == [1]


def test_given_layers_stay() -> None:
    made = of(3, (0, 1), (2, 0), (1, 1), layer=[1, 0, 1])
    assert made.turned.tolist() == [True, False, False]
    assert made.layer.tolist() == [1, 0, 1]
    assert made.link.tolist() == [0]  # 2 and 0 stand in one layer


def test_nothing_has_no_layers() -> None:
    assert of(0).n_layers == 0
    assert of(3).members()[0].tolist() == [0, 1, 2]


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="node 5 of 2"):
        of(2, (0, 5))
    with pytest.raises(ValueError, match="less than nothing"):
        of(2, (0, 1), weight=[-1.0])


links = st.integers(1, 12).flatmap(
    lambda n: st.tuples(
        st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=40, unique=True)
    )
)


@given(links)
def test_any_links_get_layers_and_every_segment_leads_to_the_next(given_: tuple[int, list[tuple[int, int]]]) -> None:
    n, pairs = given_
    made = of(n, *pairs)
    assert (made.layer[made.end] - made.layer[made.start] == 1).all()
    for number, (a, b) in enumerate(pairs):
        mine = np.flatnonzero(made.link == number)
        ends = (b, a) if made.turned[number] else (a, b)
        if a != b:
            assert (made.start[mine[0]], made.end[mine[-1]]) == ends


@given(links)
def test_links_without_a_circle_are_not_turned(given_: tuple[int, list[tuple[int, int]]]) -> None:
    n, pairs = given_
    forward = np.array([(a, b) for a, b in pairs if a < b], dtype=np.intp).reshape(-1, 2)
    assert not feedback(n, forward, np.ones(len(forward))).any()
