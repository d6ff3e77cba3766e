"""Tokens in lines: within their room, apart from each other, the first next to the axis."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layout.tokens import corners, n_lines, per_line, widths


@given(
    st.integers(0, 300), st.floats(20, 900), st.floats(2, 20), st.floats(2, 20), st.booleans(),
)  # fmt: skip
def test_cells_stay_in_their_room_and_apart(n: int, room: float, w: float, h: float, leftward: bool) -> None:
    found = corners(n, room, (w, h), (100.0, 50.0), leftward=leftward)
    assert found.shape == (n, 2)
    left, right = (100 - room, 100) if leftward else (100, 100 + room)
    assert (found[:, 0] >= left - 1e-6).all()
    assert (found[:, 0] + w <= right + 1e-6).all()
    assert len(np.unique(np.round(found / [w, h], 6), axis=0)) == n
    if n:
        assert found[0].tolist() == pytest.approx([100 - w if leftward else 100, 50])
        assert n_lines(n, room, w) == len(np.unique(np.round(found[:, 1], 6)))


def test_no_room_has_no_cells() -> None:
    assert per_line(9.0, 10.0) == 0
    assert n_lines(3, 9.0, 10.0) == -1
    assert n_lines(0, 9.0, 10.0) == 0


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=3), st.floats(50, 2000))
def test_widths_share_the_room_and_nobody_is_squeezed_out(largest: list[int], room: float) -> None:
    found = widths(largest, room)
    assert sum(found) == pytest.approx(room if any(largest) else 0.0)
    assert [width > 0 for width in found] == [n > 0 for n in largest]
    there = [width for width in found if width]
    assert not there or min(there) >= 0.2 * max(there)


def test_four_times_as_many_are_twice_as_wide() -> None:
    one, four = widths([100, 400], 300.0)
    assert (one, four) == pytest.approx((100.0, 200.0))
