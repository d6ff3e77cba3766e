"""Events of a timeline in their places: exact ones of tiny inputs, and what holds for all."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.layout.timeline import DROPPED, Labels, clustered, labelled, packed, stacked

EXTENT = (0.0, 400.0)


def named(x: list[float], widths: list[float], priority: list[float] | None = None, n_rows: int = 2) -> Labels:
    """Labels in an extent of 400, with a gap of 10."""
    weights = priority or [1.0] * len(x)
    return labelled(*(np.array(v, dtype=float) for v in (x, widths, weights)), n_rows=n_rows, extent=EXTENT, gap=10)


def test_marks_of_one_column_stand_above_one_another_in_their_order() -> None:
    found = stacked(np.array([12.0, 25.0, 11.0, 19.9, 25.1]), 10.0)

    assert found.level.tolist() == [0, 0, 1, 2, 1]
    assert found.x.tolist() == [15, 25, 15, 15, 25]
    assert found.heights.tolist() == [3, 2]


def test_spans_stand_in_the_lowest_row_that_is_free() -> None:
    found = packed(np.array([0.0, 5.0, 10.0, 30.0]), np.array([10.0, 20.0, 12.0, 40.0]), 2.0)

    assert found.tolist() == [0, 1, 2, 0]


def test_counts_that_would_touch_are_put_together() -> None:
    places, sums = clustered(np.array([0.0, 5.0, 12.0, 30.0]), np.array([3, 4, 5, 6], dtype=np.int32), 12.0)

    assert places.tolist() == [0, 12, 30]
    assert sums.tolist() == [7, 5, 6]


def test_a_label_stands_right_of_its_leader_and_left_of_it_at_the_right_end() -> None:
    found = named([100, 390], [80, 80])

    assert found.row.tolist() == [0, 0]
    assert found.x.tolist() == [105, 390 - 5 - 80]


def test_labels_of_one_mark_are_flags_above_one_another() -> None:
    found = named([100, 100], [280, 250])

    assert found.row.tolist() == [0, 1]


def test_what_matters_most_has_a_label_and_the_rest_is_dropped() -> None:
    found = named([100, 104, 106], [250, 250, 250], [1, 3, 2], n_rows=1)

    assert found.row.tolist() == [DROPPED, 0, DROPPED]
    assert np.isnan(found.x[0])


def test_without_rows_all_labels_are_dropped_and_nothing_gives_nothing() -> None:
    assert named([100], [10], n_rows=0).row.tolist() == [DROPPED]
    assert len(named([], []).row) == 0


MARK = st.tuples(st.floats(0, 400), st.floats(5, 180), st.integers(0, 5))


@given(st.lists(MARK, max_size=40), st.integers(0, 5))
def test_no_label_covers_another_one_or_a_leader(marks: list[tuple[float, float, int]], n_rows: int) -> None:
    x, widths, priority = ([float(m[k]) for m in marks] for k in range(3))
    found = named(x, widths, priority, n_rows)
    at = np.flatnonzero(found.row != DROPPED)
    assert (found.row < n_rows).all()
    for i in at.tolist():
        begin, end = found.x[i], found.x[i] + widths[i]
        assert EXTENT[0] <= begin
        assert end <= EXTENT[1] + 1e-6
        for j in at.tolist():
            if i != j and found.row[i] == found.row[j]:
                assert found.x[j] >= end - 1e-6 or found.x[j] + widths[j] <= begin + 1e-6
            if found.row[j] >= found.row[i]:  # the leader of j passes the row of i
                assert not begin + 1e-6 < x[j] < end - 1e-6


@given(st.lists(st.floats(-500, 500), max_size=60), st.floats(1, 40))
def test_every_mark_has_a_place_of_its_own(x: list[float], breadth: float) -> None:
    found = stacked(np.array(x), breadth)

    assert len({*zip(found.column.tolist(), found.level.tolist(), strict=True)}) == len(x)
    assert found.heights.sum() == len(x)
    assert (np.abs(found.x - np.array(x)) <= breadth / 2 + 1e-6).all()


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 30)), max_size=40), st.floats(0, 5))
def test_spans_of_a_row_are_a_gap_apart(spans: list[tuple[float, float]], gap: float) -> None:
    begin = np.array([s[0] for s in spans])
    end = begin + np.array([s[1] for s in spans])
    row = packed(begin, end, gap)
    for r in set(row.tolist()):
        at = np.flatnonzero(row == r)
        at = at[np.lexsort((end[at], begin[at]))]
        assert (end[at[:-1]] + gap <= begin[at[1:]]).all()


@given(st.lists(st.tuples(st.floats(0, 300), st.integers(1, 50)), max_size=40), st.floats(1, 60))
def test_counts_add_up_and_stand_apart(marks: list[tuple[float, int]], breadth: float) -> None:
    marks = sorted(marks)
    counts = np.array([m[1] for m in marks], dtype=np.int32)
    places, sums = clustered(np.array([m[0] for m in marks]), counts, breadth)

    assert sums.sum() == counts.sum()
    assert (np.diff(places) >= breadth - 1e-9).all()
