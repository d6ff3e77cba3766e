"""Where nodes stand: the cost that is searched, the search, and the pushing apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layout import placing, quality, terms

FRAME = np.array([0.0, 0.0, 1000.0, 600.0])


def free(n: int) -> np.ndarray:
    return np.full((n, 2), np.nan)


def place(radii: list[float], ties: list[tuple[int, int]], people: list[float], **more: np.ndarray) -> np.ndarray:
    n = len(radii)
    given = {"pinned": free(n), "held": free(n)} | more
    pairs = np.array(ties, dtype=np.intp).reshape(-1, 2)
    return placing.place(np.array(radii), np.zeros((n, 2)), pairs, np.array(people, dtype=float), FRAME, **given)


def test_one_node_stands_in_the_middle_and_none_nowhere() -> None:
    assert place([20], [], [])[0] == pytest.approx([500, 300], abs=1)
    assert place([], [], []).shape == (0, 2)


def test_two_nodes_share_the_width() -> None:
    xy = place([20, 20], [(0, 1)], [3])
    assert abs(xy[0, 0] - xy[1, 0]) > 200
    assert xy.mean(axis=0) == pytest.approx([500, 300], abs=1)


def test_who_exchanges_more_people_stands_nearer() -> None:
    xy = place([30, 20, 20, 10, 10, 10], [(0, 1), (0, 2), (0, 3), (1, 4), (2, 5)], [40, 1, 1, 1, 1])
    distance = np.hypot(*(xy[1:3] - xy[0]).T)
    assert distance[0] < distance[1]


def test_ties_that_need_not_cross_do_not() -> None:
    # two triangles joined by one tie can be drawn without a crossing
    ties = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
    xy = place([15] * 6, ties, [5] * 7)
    lines = np.array([[xy[i], xy[i], xy[j], xy[j]] for i, j in ties])
    assert quality.weighted_crossings(lines, np.array(ties), np.ones(7)) == 0.0


def test_a_pinned_node_stays_exactly_wherever_that_is() -> None:
    pinned = free(4)
    pinned[2] = (990.0, -50.0)
    xy = place([20] * 4, [(0, 1), (1, 2), (2, 3)], [1, 2, 3], pinned=pinned)
    assert (xy[2] == pinned[2]).all()
    assert not len(quality.overlapping_discs(xy, np.full(4, 20.0)))


def test_held_nodes_stay_and_a_new_one_finds_a_gap() -> None:
    held = np.array([[100.0, 100.0], [900.0, 100.0], [500.0, 500.0], [np.nan, np.nan]])
    xy = place([20] * 4, [(0, 1), (1, 2), (2, 3)], [1, 2, 3], held=held)
    assert (xy[:3] == held[:3]).all()
    assert not len(quality.overlapping_discs(xy, np.full(4, 20.0), air=12.0))


def test_a_held_node_gives_way_by_less_than_its_radius() -> None:
    held = np.array([[300.0, 300.0], [335.0, 300.0]])
    xy = place([20, 20], [(0, 1)], [1], held=held)
    assert not len(quality.overlapping_discs(xy, np.full(2, 20.0)))
    assert (np.hypot(*(xy - held).T) <= 20).all()


def test_discs_at_one_place_are_pushed_apart() -> None:
    xy = np.full((5, 2), 50.0)
    bounds = np.stack((np.zeros((5, 2)), np.full((5, 2), 100.0)))
    apart = placing.separate(xy, np.full(5, 10.0), bounds, 4.0, np.zeros(5, dtype=bool), np.full(5, np.inf))
    assert not len(quality.overlapping_discs(apart, np.full(5, 10.0)))
    assert ((apart >= 0) & (apart <= 100)).all()


@given(st.lists(st.floats(5, 46), min_size=2, max_size=20), st.integers(0, 1000))
def test_discs_never_overlap_and_stay_inside(radii: list[float], seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs = np.argwhere(np.triu(rng.random((len(radii), len(radii))) < 0.3, 1))
    people = rng.integers(1, 30, len(pairs)).tolist()
    xy = place(radii, [tuple(p) for p in pairs], people)
    size = np.array(radii)
    assert not len(quality.overlapping_discs(xy, size))
    assert (xy >= size[:, None] - 1e-6).all()
    assert (xy <= FRAME[2:] - size[:, None] + 1e-6).all()


@given(st.integers(2, 9), st.integers(0, 1000))
def test_the_cost_of_moving_one_node_is_the_difference_of_the_whole_cost(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    ties = np.argwhere(np.triu(rng.random((n, n)) < 0.5, 1))
    e = len(ties)
    fixed = terms.make_terms(
        rng.uniform(8, 40, n),
        rng.uniform(10, 60, (n, 2)),
        FRAME,
        ties,
        rng.uniform(1, 4, e),
        rng.uniform(2, 40, e),
        14.0,
    )
    xy, node = rng.uniform(0, 600, (2, 1, n)), int(rng.integers(n))
    candidates = rng.uniform(0, 600, (2, 1, 3))
    moved = np.repeat(xy, 3, axis=1)
    moved[:, :, node] = candidates[:, 0]
    own, whole = terms.node_cost(fixed, node, candidates, xy)[0], terms.total_cost(fixed, moved)
    assert own - own[0] == pytest.approx(whole - whole[0], abs=1e-6)


@given(st.integers(2, 7), st.integers(0, 1000))
def test_the_force_points_down_the_cost(n: int, seed: int) -> None:
    """Without ties the smooth terms are the whole cost of nodes that are far apart."""
    rng = np.random.default_rng(seed)
    none = np.zeros((0, 2), dtype=np.intp)
    fixed = terms.make_terms(rng.uniform(1, 2, n), np.full((n, 2), 1.0), FRAME, none, np.zeros(0), np.zeros(0), 1.0)
    xy = rng.permutation(n)[None, None, :] * np.array([[[130.0]], [[70.0]]]) + rng.uniform(0, 20, (2, 1, n))
    force = terms.smooth_force(fixed, xy) / fixed.pitch
    for axis in range(2):
        step = np.zeros_like(xy)
        step[axis, 0, 0] = 1e-4
        slope = (terms.total_cost(fixed, xy + step) - terms.total_cost(fixed, xy - step)) / 2e-4
        assert force[axis, 0, 0] == pytest.approx(-slope[0], abs=1e-5, rel=1e-3)
