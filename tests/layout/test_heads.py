"""Heads above narrow columns, and things that keep apart in a column."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.layout.heads import heads
from app.layout.settling import settled


def test_words_that_fit_stand_in_one_row_over_their_columns() -> None:
    x = np.array([50.0, 150.0, 250.0])
    made = heads(x, np.array([40.0, 60.0, 20.0]), np.ones(3), (0.0, 300.0), gap=6.0, least=30.0)
    assert made.row.tolist() == [0, 0, 0]
    assert made.left.tolist() == [30.0, 120.0, 240.0]
    assert made.n_rows == 1


def test_longer_words_stand_above_their_neighbours() -> None:
    x = np.array([30.0, 90.0, 150.0])
    made = heads(x, np.array([20.0, 130.0, 20.0]), np.ones(3), (0.0, 180.0), gap=6.0, least=30.0)
    assert made.row.tolist() == [0, 1, 0]
    assert made.width.tolist() == [20.0, 130.0, 20.0]


def test_where_columns_are_too_narrow_the_heaviest_have_words() -> None:
    x = np.arange(100) * 4.0 + 2.0
    heft = np.arange(100.0)
    made = heads(x, np.full(100, 80.0), heft, (0.0, 400.0), gap=6.0, least=40.0)
    named = np.flatnonzero(made.row >= 0)
    assert 4 <= len(named) < 100
    assert 99 in named
    for n in np.flatnonzero(made.row < 0).tolist():  # there is a heavier one near that has
        assert any(heft[other] > heft[n] and abs(x[other] - x[n]) <= 160.0 for other in named)


@given(
    st.lists(st.tuples(st.floats(0, 60), st.floats(5, 160), st.integers(0, 50)), max_size=40),
    st.floats(2, 10),
)
def test_no_word_lies_on_another_and_no_line_runs_through_one(
    columns: list[tuple[float, float, int]], gap: float
) -> None:
    x = np.cumsum([step for step, *_ in columns]) if columns else np.empty(0)
    width = np.array([w for _, w, _ in columns])
    made = heads(x, width, np.array([float(h) for *_, h in columns]), (-40.0, 2500.0), gap=gap, least=20.0)
    for n in np.flatnonzero(made.row >= 0).tolist():
        left, right = made.left[n], made.left[n] + made.width[n]
        assert left - 1e-6 <= x[n] <= right + 1e-6  # over its own column
        assert left >= -40.0 - 1e-6
        assert made.width[n] <= width[n] + 1e-6
        for other in np.flatnonzero(made.row >= 0).tolist():
            if other != n and made.row[other] == made.row[n]:
                assert right <= made.left[other] or made.left[other] + made.width[other] <= left
            if made.row[other] > made.row[n]:  # its line passes
                assert not left < x[other] < right


def test_settled_by_hand() -> None:
    tops = settled(np.array([10.0, 12.0, 50.0]), np.full(3, 10.0), np.ones(3), 2.0, (0.0, 100.0))
    assert tops.tolist() == [5.0, 17.0, 50.0]


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(1, 20), st.floats(0, 9)), max_size=12))
def test_what_is_settled_keeps_apart_and_between(things: list[tuple[float, float, float]]) -> None:
    wanted, height, heft = (np.array([thing[n] for thing in things]) for n in range(3))
    tops = settled(wanted, height, heft, 1.0, (0.0, 300.0))
    assert (np.diff(tops) >= height[:-1] + 1.0 - 1e-6).all()
    if len(tops):
        assert tops[0] >= -1e-6
        assert tops[-1] + height[-1] <= 300.0 + 1e-6
