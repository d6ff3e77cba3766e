"""The tidy tree: exact places of small trees, then what holds for any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layout.tree import COMPACT, NONE, Siblings, columns, tidy

SMALL = 1e-6
Tree = tuple[list[int], list[tuple[int, int]]]


@st.composite
def trees(draw: st.DrawFn, most: int = 40) -> Tree:
    """Parents that stand before or after their children, and sizes."""
    n = draw(st.integers(1, most))
    parent = [draw(st.integers(NONE, i - 1)) for i in range(n)]
    order = draw(st.permutations(range(n)))
    moved = [NONE] * n
    for i, p in enumerate(parent):
        moved[order[i]] = NONE if p == NONE else order[p]
    even = draw(st.booleans())
    sizes = [(9, 5) if even else (draw(st.integers(1, 30)), draw(st.integers(1, 30))) for _ in range(n)]
    return moved, sizes


def placed(parent: list[int], sizes: list[tuple[int, int]], **options: object) -> list[list[float]]:
    found = tidy(parent, np.array(sizes, dtype=np.float64), (2.0, 4.0), **options)  # type: ignore[arg-type]  # by name
    return found.round(6).tolist()


def test_no_boxes_have_no_places() -> None:
    assert tidy([], np.zeros((0, 2)), (1.0, 1.0)).shape == (0, 2)


def test_a_box_stands_over_the_middle_of_those_below_it() -> None:
    assert placed([NONE, 0, 0], [(10, 6)] * 3) == [[6, 0], [0, 10], [12, 10]]


def test_it_grows_to_the_right() -> None:
    assert placed([NONE, 0, 0], [(10, 6)] * 3, rightward=True) == [[0, 4], [14, 0], [14, 8]]


def test_roots_stand_side_by_side_in_their_order() -> None:
    assert placed([NONE, NONE, 1], [(10, 6), (4, 6), (4, 6)]) == [[0, 0], [12, 0], [12, 10]]


def test_a_high_box_pushes_what_stands_beside_it_and_not_what_stands_below() -> None:
    # the second root is wide below: it may slip under the first one, which is low
    assert placed([NONE, NONE, 1, 1], [(10, 6), (4, 6), (10, 6), (10, 6)]) == [[0, 0], [12, 0], [3, 10], [15, 10]]


def test_room_that_two_deep_subtrees_take_is_shared_by_those_between() -> None:
    parent = [NONE, 0, 0, 0, 1, 1, 1, 3, 3, 3]
    found = placed(parent, [(10, 6)] * 10)
    middles = [x for x, _ in found[1:4]]
    assert found[0][0] == middles[1]
    assert middles[1] - middles[0] == middles[2] - middles[1] == 18.0


def test_more_than_six_leaves_stand_in_columns() -> None:
    parent = [NONE] + [0] * 8
    found = placed(parent, [(10, 6)] * 9, compact=COMPACT)
    assert found[1:5] == [[0, 10], [0, 18], [0, 26], [0, 34]]
    assert found[5:] == [[12, 10], [12, 18], [12, 26], [12, 34]]
    assert found[0] == [6, 0]
    assert placed(parent[:7], [(10, 6)] * 7, compact=COMPACT) == placed(parent[:7], [(10, 6)] * 7)


def test_only_leaves_next_to_each_other_stand_in_columns() -> None:
    parent = [NONE] + [0] * 9 + [5]
    assert columns(Siblings.of(parent)).tolist() == [NONE] * 11
    assert columns(Siblings.of(parent), (1, 3)).tolist() == [-1, 0, 0, 1, 1, -1, 2, 2, 3, 3, -1]


@pytest.mark.parametrize("parent", [[0], [1, 0], [NONE, 2, 3, 1]])
def test_a_circle_is_refused(parent: list[int]) -> None:
    with pytest.raises(ValueError, match="circle"):
        placed(parent, [(1, 1)] * len(parent))


def test_a_parent_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        placed([NONE, 7], [(1, 1)] * 2)


def test_sizes_must_be_as_many_as_parents() -> None:
    with pytest.raises(ValueError, match="2 parents for 1 boxes"):
        placed([NONE, 0], [(1, 1)])


def test_a_chain_of_a_hundred_thousand_is_no_matter() -> None:
    n = 100_000
    found = tidy(np.arange(-1, n - 1), np.ones((n, 2)), (1.0, 1.0))
    assert found[-1].tolist() == [0.0, 2.0 * (n - 1)]


def assert_apart(found: np.ndarray, sizes: np.ndarray, gaps: tuple[float, float]) -> None:
    """No two boxes come nearer than the gaps."""
    near = np.ones((len(found), len(found)), dtype=bool)
    for axis in (0, 1):
        low, high = found[:, axis], found[:, axis] + sizes[:, axis] + gaps[axis] - SMALL
        near &= (low[:, None] < high) & (low < high[:, None])
    np.fill_diagonal(near, val=False)
    assert not near.any()


@given(trees(), st.booleans())
def test_boxes_stay_apart_parents_are_centred_and_order_is_kept(tree: Tree, rightward: bool) -> None:
    parent, sizes = np.array(tree[0]), np.array(tree[1], dtype=np.float64)
    found = tidy(parent, sizes, (2.0, 4.0), rightward=rightward)
    assert found.min(axis=0) == pytest.approx([0.0, 0.0])
    if rightward:
        found, sizes = found[:, ::-1], sizes[:, ::-1]
    assert_apart(found, sizes, (2.0, 4.0))
    for p in range(-1, len(parent)):
        below = np.flatnonzero(parent == p)
        assert (np.diff(found[below, 0]) > 0).all()
        if p >= 0 and len(below):
            first, last = below[0], below[-1]
            middle = (found[first, 0] + found[last, 0] + sizes[last, 0]) / 2
            assert middle == pytest.approx(found[p, 0] + sizes[p, 0] / 2)
            assert found[below, 1] == pytest.approx(found[p, 1] + sizes[p, 1] + 4.0)


@given(trees(), st.integers(1, 6), st.integers(1, 6))
def test_columns_keep_boxes_apart_and_in_reading_order(tree: Tree, row: int, column: int) -> None:
    parent, sizes = np.array(tree[0]), np.array(tree[1], dtype=np.float64)
    found = tidy(parent, sizes, (2.0, 4.0), compact=(row, column))
    assert_apart(found, sizes, (2.0, 2.0))
    stood = columns(Siblings.of(parent), (row, column))
    for number in range(int(stood.max()) + 1):
        inside = np.flatnonzero(stood == number)
        assert len(inside) <= column
        assert len(set(found[inside, 0].round(6).tolist())) == 1
        assert (np.diff(found[inside, 1]) > 0).all()
    for p in range(-1, len(parent)):
        below = np.flatnonzero(parent == p)
        steps = np.diff(found[below, 0])
        same = (stood[below][1:] == stood[below][:-1]) & (stood[below][1:] != NONE)
        assert ((steps > 0) | same).all()
