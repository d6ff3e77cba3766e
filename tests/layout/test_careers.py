"""Bars of careers in their rows: exact places of tiny inputs, and what holds for all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.layout.careers import GAP, LEAST, NONE, SOFT, STUB, Bars, bars, joins, rows

AXIS = (100.0, 1100.0)
UNKNOWN = np.nan


def laid(*stints: tuple[int, float, float], follows: list[int] | None = None) -> Bars:
    """Bars of (row, begin, end)."""
    row, begin, end = (np.array(part) for part in zip(*stints, strict=True))
    after = np.array(follows, dtype=np.int32) if follows is not None else None
    return bars(row.astype(np.int32), begin.astype(float), end.astype(float), AXIS, follows=after)


def test_a_bar_with_both_ends_stands_from_one_to_the_other() -> None:
    found = laid((0, 200, 300), (0, 300, 500), (1, 150, 160))

    assert found.x0.tolist() == [200, 300, 150]
    assert found.x1.tolist() == [300, 500, 160]
    assert found.lane.tolist() == [0, 0, 0]
    assert not found.soft_in.any()
    assert not found.soft_out.any()


def test_an_unknown_begin_is_a_stub_that_fades_in() -> None:
    found = laid((0, UNKNOWN, 600))

    assert (found.x0[0], found.x1[0]) == (600 - STUB, 600)
    assert found.soft_in[0] == pytest.approx(SOFT * STUB)
    assert found.soft_out[0] == 0


def test_an_unknown_end_is_a_stub_that_fades_out_and_leaves_the_next_bar_its_place() -> None:
    found = laid((0, 300, UNKNOWN), (0, 330, 400), (1, 500, UNKNOWN))

    assert found.x1.tolist() == [330, 400, 500 + STUB]
    assert found.soft_out[0] == pytest.approx(SOFT * 30)


def test_a_stub_is_never_shorter_than_can_be_seen() -> None:
    found = laid((0, 200, 300), (0, UNKNOWN, 304))

    assert found.x1[1] - found.x0[1] == LEAST
    assert found.lane.tolist() == [0, 1]


def test_stints_without_any_day_lead_up_to_the_first_known_one_in_their_order() -> None:
    found = laid((0, UNKNOWN, UNKNOWN), (0, UNKNOWN, UNKNOWN), (0, 700, 900))

    assert found.x1.tolist() == [700 - 2 * GAP - STUB, 700 - GAP, 900]
    assert (found.soft_in[:2] > 0).all()
    assert (found.soft_out[:2] > 0).all()


def test_a_stint_without_any_day_follows_the_one_before_it() -> None:
    found = laid((0, 200, 300), (0, UNKNOWN, UNKNOWN), (0, 800, 900))

    assert (found.x0[1], found.x1[1]) == (300 + GAP, 300 + GAP + STUB)


def test_one_stint_without_any_day_alone_stands_at_the_begin_of_the_axis() -> None:
    found = laid((0, UNKNOWN, UNKNOWN))

    assert (found.x0[0], found.x1[0]) == (AXIS[0], AXIS[0] + STUB)


def test_bars_are_cut_to_the_axis_and_those_beyond_it_are_not_inside() -> None:
    found = laid((0, 20, 300), (0, 900, 2000), (1, 10, 90), (1, 1200, 1300))

    assert found.inside.tolist() == [True, True, False, False]
    assert (found.x0[0], found.x1[1]) == AXIS


def test_a_second_post_has_a_lane_of_its_own_and_who_follows_it_stays_there() -> None:
    found = laid((0, 200, 800), (0, 300, 500), (0, 500, 600), (0, 800, 900), follows=[NONE, NONE, 1, 0])

    assert found.lane.tolist() == [0, 1, 1, 0]


def test_rows_are_as_high_as_their_lanes_and_heads_stand_above_them() -> None:
    row, lane = np.array([0, 1, 1], dtype=np.int32), np.array([0, 0, 1], dtype=np.int32)
    found = rows(3, row, lane, pitch=30, lane_pitch=20, heads=np.array([True, False, True]), head_height=24)

    assert found.height.tolist() == [30, 50, 30]
    assert found.top.tolist() == [24, 54, 128]
    assert found.head[0] == 0
    assert np.isnan(found.head[1])
    assert found.head[2] == 104
    assert found.bottom == 158


def test_joins_begin_at_the_end_of_one_bar_and_end_at_the_begin_of_the_next() -> None:
    curve = joins(*(np.array([v], dtype=float) for v in (300, 10, 400, 30)), reach=12)[0]

    assert curve[[0, 3]].tolist() == [[300, 10], [400, 30]]
    assert curve[1, 1] == 10  # level at both ends
    assert curve[2, 1] == 30


def test_nothing_gives_nothing() -> None:
    none = np.zeros(0)
    found = bars(np.zeros(0, dtype=np.int32), none, none, AXIS)

    assert len(found) == 0
    assert (
        rows(0, found.lane, found.lane, pitch=30, lane_pitch=20, heads=np.zeros(0, dtype=bool), head_height=9).bottom
        == 0
    )


PLACE = st.one_of(st.just(UNKNOWN), st.integers(0, 1200).map(float))
STINT = st.tuples(st.integers(0, 4), PLACE, PLACE)


@given(st.lists(STINT, min_size=1, max_size=30))
def test_no_two_bars_of_a_lane_overlap_and_all_stand_within_the_axis(stints: list[tuple[int, float, float]]) -> None:
    ordered = sorted(
        ((row, *(sorted((a, b)) if not np.isnan(a + b) else (a, b))) for row, a, b in stints), key=lambda s: s[0]
    )
    found = laid(*ordered)
    assert (found.x0 >= AXIS[0] - 1e-9).all()
    assert (found.x1[found.inside] <= AXIS[1] + 1e-9).all()
    assert (found.x1[found.inside] > found.x0[found.inside]).all()
    fade = found.soft_in + found.soft_out
    assert (fade[found.inside] <= (found.x1 - found.x0)[found.inside] + 1e-9).all()
    row = np.array([s[0] for s in ordered])
    for r in set(row.tolist()):
        for lane in set(found.lane[row == r].tolist()):
            at = np.flatnonzero((row == r) & (found.lane == lane) & found.inside)
            at = at[np.argsort(found.x0[at], kind="stable")]
            assert (found.x1[at[:-1]] <= found.x0[at[1:]] + 0.5 + 1e-9).all()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=30), st.integers(6, 9))
def test_rows_keep_their_order_and_never_overlap(bars_at: list[tuple[int, int]], n: int) -> None:
    row, lane = (np.array([b[k] for b in bars_at], dtype=np.int32) for k in (0, 1))
    found = rows(n, row, lane, pitch=30, lane_pitch=20, heads=np.arange(n) % 3 == 0, head_height=10)

    assert (found.top[1:] >= found.top[:-1] + found.height[:-1] - 1e-9).all()
    assert found.bottom == found.top[-1] + found.height[-1]
