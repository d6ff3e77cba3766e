"""Outlines below a tidy tree: exact places of small trees, then what holds for any tree and room."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layout import outline
from app.layout.outline import Hung, fitted, hung
from app.layout.tree import COMPACT, NONE, tidy
from tests.layout.test_tree import SMALL, Tree, assert_apart, trees

GAPS, INDENT, GAP = (2.0, 4.0), 3.0, 1.0
PAIR = [NONE, 0, 0]
TEAM = [NONE, 0, 0, 1, 1, 2]
"""A head with two below it, of whom the first has two and the second has one."""


def placed(parent: list[int], tallest: float | None, **options: object) -> Hung:
    """Boxes of 10 by 6."""
    up, sizes = np.array(parent, dtype=np.intp), np.full((len(parent), 2), (10.0, 6.0))
    return hung(up, sizes, GAPS, tallest, indent=INDENT, gap=GAP, **options)  # type: ignore[arg-type]  # by name


def shown(made: Hung, room: tuple[float, float]) -> float:
    """The scale at which all of it is seen in a room, boxes no larger than they are."""
    return min(room[0] / max(made.size[0], 1.0), room[1] / max(made.size[1], 1.0), 1.0)


@pytest.mark.parametrize("tallest", [None, 50.0])
def test_no_boxes_have_no_places_and_no_size(tallest: float | None) -> None:
    made = placed([], tallest)
    assert (made.xy.shape, made.column.shape, made.hangs.shape) == ((0, 2), (0,), (0,))
    assert made.size == (0.0, 0.0)
    room = fitted(np.zeros(0, dtype=np.intp), np.zeros((0, 2)), GAPS, (100.0, 50.0), indent=INDENT, gap=GAP)
    assert room.size == (0.0, 0.0)


@pytest.mark.parametrize("tallest", [None, 50.0])
def test_one_box_stands_in_the_corner(tallest: float | None) -> None:
    made = placed([NONE], tallest)
    assert made.xy.tolist() == [[0, 0]]
    assert made.size == (10.0, 6.0)
    assert made.hangs.tolist() == [False]


def test_without_outlines_it_is_the_tidy_tree() -> None:
    made = placed(PAIR, None)
    assert made.xy.tolist() == [[6, 0], [0, 10], [12, 10]]
    assert made.size == (22.0, 16.0)
    assert not made.hangs.any()


def test_a_part_that_is_low_enough_hangs_from_its_head_and_a_higher_one_does_not() -> None:
    # as an outline the three are 6 + 1 + 6 + 1 + 6 high
    made = placed(PAIR, 20.0)
    assert made.xy.tolist() == [[0, 0], [3, 7], [3, 14]]
    assert made.size == (13.0, 20.0)
    assert made.hangs.tolist() == [False, True, True]
    assert placed(PAIR, 19.9).xy.tolist() == [[6, 0], [0, 10], [12, 10]]


def test_outlines_hang_below_the_upper_part_of_a_tree() -> None:
    made = placed(TEAM, 20.0)
    assert made.xy.tolist() == [[9, 0], [0, 10], [15, 10], [3, 17], [3, 24], [18, 17]]
    assert made.size == (28.0, 30.0)
    assert made.hangs.tolist() == [False, False, False, True, True, True]


def test_a_tree_and_an_outline_stand_beside_each_other() -> None:
    made = placed(TEAM, 13.0)  # only the head with one below it is low enough
    assert made.xy.tolist() == [[16.5, 0], [6, 10], [24, 10], [0, 20], [12, 20], [27, 17]]
    assert made.hangs.tolist() == [False, False, False, False, False, True]


def test_an_outline_is_read_as_a_list() -> None:
    made = placed([*TEAM, 4], 100.0)
    assert made.xy.tolist() == [[0, 0], [3, 7], [3, 35], [6, 14], [6, 21], [6, 42], [9, 28]]
    assert made.size == (19.0, 48.0)


def test_outlines_hang_from_a_tree_that_grows_to_the_right() -> None:
    made = placed(TEAM, 20.0, rightward=True)
    assert made.xy.tolist() == [[0, 14.5], [14, 0], [14, 22], [17, 7], [17, 14], [17, 29]]


def test_several_outlines_stand_side_by_side() -> None:
    made = placed([NONE, NONE, 0, 1], 13.0)
    assert made.xy.tolist() == [[0, 0], [15, 0], [3, 7], [18, 7]]


def test_leaves_above_the_outlines_are_stacked() -> None:
    parent = [NONE, *[0] * 7]
    made = placed(parent, None, compact=COMPACT)
    assert made.column.tolist() == [NONE, 0, 0, 0, 0, 1, 1, 1]
    assert made.xy.tolist() == tidy(parent, np.full((8, 2), (10.0, 6.0)), GAPS, compact=COMPACT).tolist()
    assert not made.hangs.any()
    held = placed(parent, 6.0, compact=COMPACT)  # every leaf is an outline of its own, and may stand in a column
    assert held.column.tolist() == made.column.tolist()
    assert held.xy.tolist() == made.xy.tolist()


def test_outlines_beside_each_other_fill_columns() -> None:
    # a head over two leaves, an outline of two and three leaves: lists of 6, 6, 13, 6, 6 and 6 high, with 2 between
    parent = [NONE, 0, 0, 0, 3, 0, 0, 0]
    made = placed(parent, 20.0, pack=True)
    assert made.column.tolist() == [NONE, 0, 0, 1, NONE, 1, 2, 2]
    assert made.xy.tolist() == [[13.5, 0], [0, 10], [0, 18], [12, 10], [15, 17], [12, 25], [27, 10], [27, 18]]
    assert made.hangs.tolist() == [False, False, False, False, True, False, False, False]
    apart = placed(parent, 20.0)
    assert (made.size[0], apart.size[0]) == (37.0, 73.0)


def test_a_column_with_room_for_all_is_one_and_too_low_a_one_none() -> None:
    parent = [NONE, *[0] * 7]
    assert placed(parent, 200.0).column.tolist() == [NONE] * 8  # all of it is one outline
    assert placed(parent, 54.9, pack=True).column.tolist() == [NONE, *[0] * 4, *[1] * 3]
    assert placed(parent, 6.0, pack=True).column.tolist() == [NONE] * 8


@pytest.mark.parametrize("parent", [[0], [1, 0], [NONE, 2, 1]])
@pytest.mark.parametrize("tallest", [None, 30.0])
def test_a_circle_is_refused(parent: list[int], tallest: float | None) -> None:
    with pytest.raises(ValueError, match="circle"):
        placed(parent, tallest)


def within(parent: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """How high each box is with all below it as an outline, by the slow way."""
    tall = sizes[:, 1] + GAP
    for at in range(len(parent)):
        up = parent[at]
        while up != NONE:
            tall[up] += sizes[at, 1] + GAP
            up = parent[up]
    return tall - GAP


@given(trees(), st.integers(0, 120), st.booleans(), st.sampled_from(("apart", "compact", "packed")))
def test_whatever_hangs_boxes_stay_apart_and_siblings_in_order(
    tree: Tree, tallest: int, rightward: bool, how: str
) -> None:
    parent, sizes = np.array(tree[0], dtype=np.intp), np.array(tree[1], dtype=np.float64)
    made = hung(
        parent, sizes, GAPS, tallest, indent=INDENT, gap=GAP, rightward=rightward,
        compact=COMPACT if how == "compact" else None, pack=how == "packed",
    )  # fmt: skip
    assert_apart(made.xy, sizes, (GAP, GAP))
    assert made.xy.min(axis=0) == pytest.approx([0.0, 0.0])
    assert made.size == pytest.approx((made.xy + sizes).max(axis=0))
    low = within(parent, sizes) <= tallest + SMALL
    assert made.hangs.tolist() == [bool(low[at] and p != NONE and low[p]) for at, p in enumerate(parent.tolist())]
    for p in range(-1, len(parent)):
        below = np.flatnonzero(parent == p)
        along = 1 if rightward or (p >= 0 and made.hangs[below].all()) else 0
        steps = np.diff(made.xy[below], axis=0)
        same = (made.column[below][1:] == made.column[below][:-1]) & (made.column[below][1:] != NONE)
        assert ((steps[:, along] > 0) | (same & (steps[:, 1] > 0))).all()
    for at in np.flatnonzero(made.hangs).tolist():
        up = int(parent[at])
        assert made.xy[at, 0] == pytest.approx(made.xy[up, 0] + INDENT)
        assert made.xy[at, 1] >= made.xy[up, 1] + sizes[up, 1] + GAP - SMALL


@given(trees(), st.integers(10, 400), st.integers(10, 400))
def test_what_fits_a_room_shows_no_less_than_the_tidy_tree(tree: Tree, wide: int, high: int) -> None:
    parent, sizes, room = np.array(tree[0], dtype=np.intp), np.array(tree[1], dtype=np.float64), (wide, high)
    made = fitted(parent, sizes, GAPS, room, indent=INDENT, gap=GAP)
    plain = hung(parent, sizes, GAPS, None, indent=INDENT, gap=GAP)
    assert shown(made, room) >= shown(plain, room) - SMALL
    if shown(plain, room) * outline.BETTER >= 1.0:  # nothing can show it larger by enough
        assert made.xy.tolist() == plain.xy.tolist()
    assert_apart(made.xy, sizes, (GAP, GAP))


def test_a_tree_of_many_levels_gets_the_shape_of_its_room() -> None:
    parent = np.array([NONE, *((k - 1) // 5 for k in range(1, 400))], dtype=np.intp)
    sizes, room = np.full((400, 2), (222.0, 52.0)), (1600.0, 900.0)
    made = fitted(parent, sizes, (12.0, 40.0), room, indent=26.0, gap=12.0)
    plain = hung(parent, sizes, (12.0, 40.0), None, indent=26.0, gap=12.0)
    assert shown(made, room) > 5 * shown(plain, room)
    assert made.hangs.any()


def test_lists_of_any_length_fill_the_room() -> None:
    parent = np.array([NONE, *[0] * 3, *[0] * 120, *np.repeat([1, 2, 3], 20)], dtype=np.intp)
    sizes, room, gaps = np.full((len(parent), 2), (222.0, 52.0)), (1600.0, 900.0), (12.0, 40.0)
    made = fitted(parent, sizes, gaps, room, indent=26.0, gap=12.0)
    apart = (hung(parent, sizes, gaps, tall, indent=26.0, gap=12.0, compact=COMPACT) for tall in range(100, 4000, 100))
    assert shown(made, room) > 1.2 * max(shown(one, room) for one in apart)


def test_of_very_many_boxes_too_the_arrangement_is_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "LARGE", 50)
    parent = np.array([NONE, *((k - 1) // 3 for k in range(1, 200))], dtype=np.intp)
    sizes, room = np.full((200, 2), (20.0, 6.0)), (400.0, 200.0)
    made = fitted(parent, sizes, GAPS, room, indent=INDENT, gap=GAP)
    assert_apart(made.xy, sizes, (GAP, GAP))
    plain = hung(parent, sizes, GAPS, None, indent=INDENT, gap=GAP)
    assert shown(made, room) >= shown(plain, room)
