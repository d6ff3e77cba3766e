import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene.motion import (
    LANDED,
    LONGEST,
    PACE,
    SHORTEST,
    TRAVELLING,
    WAITING,
    Motion,
    build,
    frame,
    still,
)

EAST = np.array([[[0.0, 0.0], [200.0, 0.0], [400.0, 0.0], [600.0, 0.0]]])


def motion(leave, land, *, lane=0.0, rest=0.25, unsure=False, trim=(50.0, 50.0), seconds=1.0, curve=EAST) -> Motion:
    """Dots on one path of 600 to the east, of which 500 are left after the trims."""
    n = len(leave)
    return build(
        curve=curve,
        trim=np.array([trim]),
        path=[0] * n,
        lane=[lane] * n,
        rest=[rest] * n,
        key=range(n),
        style=[0] * n,
        tip=range(n),
        leave=leave,
        land=land,
        unsure=[unsure] * n,
        seconds=np.full(n, seconds),
    )


def test_a_dot_lands_on_the_joined_day():
    m = motion([0], [100])
    just_before, then = frame(m, 99.999, days_per_second=10), frame(m, 100, days_per_second=10)
    assert just_before.state.tolist() == [TRAVELLING]
    np.testing.assert_allclose(just_before.xy, [[550, 0]], atol=0.1)
    assert then.state.tolist() == [LANDED]


def test_before_it_leaves_there_is_no_dot():
    assert len(frame(motion([10], [100]), 9.9, days_per_second=10)) == 0


def test_in_the_gap_it_waits_at_the_rim_and_then_crosses_at_constant_speed():
    m = motion([0], [100], lane=4.0)  # a crossing of 1 s at 10 days a second: it sets out on day 90
    waiting = frame(m, 50, days_per_second=10)
    assert waiting.state.tolist() == [WAITING]
    np.testing.assert_allclose(waiting.xy, [[50, 4]])  # right of travel, at the trimmed start
    xs = [frame(m, day, days_per_second=10).xy[0, 0] for day in (90, 92.5, 95, 97.5)]
    np.testing.assert_allclose(xs, [50, 175, 300, 425], atol=1e-6)


def test_where_the_gap_is_shorter_than_the_crossing_it_sets_out_early_and_is_hollow():
    m = motion([96], [100])
    early, later = frame(m, 93, days_per_second=10), frame(m, 97, days_per_second=10)
    assert (early.state.tolist(), early.hollow.tolist()) == ([TRAVELLING], [True])
    np.testing.assert_allclose(early.xy, [[200, 0]], atol=1e-6)
    assert (later.state.tolist(), later.hollow.tolist()) == ([TRAVELLING], [False])
    assert len(frame(m, 89, days_per_second=10)) == 0


def test_an_unsure_day_makes_it_hollow_all_the_way():
    m = motion([0], [100], unsure=True)
    assert all(frame(m, day, days_per_second=10).hollow.all() for day in (50, 95, 100, 500))


def test_a_landed_dot_rests_and_fades_in():
    m = motion([0], [100])
    fresh, settled = frame(m, 100.7, days_per_second=10), frame(m, 500, days_per_second=10)
    np.testing.assert_allclose(settled.xy, [[175, 0]], atol=1e-6)
    assert settled.opacity.tolist() == [1.0]
    assert fresh.opacity[0] == pytest.approx(0.2)


def test_a_still_shows_nobody_on_the_way():
    m = motion([0, 0, 0], [10, 20, 30])
    moment = frame(m, 20)
    assert moment.state.tolist() == [WAITING, LANDED, LANDED]
    assert moment.opacity.tolist() == [1.0, 1.0, 1.0]


def test_modes_choose_the_landed():
    m = motion([0, 0, 0], [10, 20, 30])
    assert len(frame(m, 25, mode="instant")) == 1
    assert frame(m, 25, mode="window", window_start=15).state.tolist() == [WAITING, LANDED]
    assert len(frame(m, 25, mode="cumulative")) == 3


def test_rows_come_sorted_and_keep_their_keys():
    m = motion([30, 10, 20], [40, 15, 50])
    assert m.leave.tolist() == [10, 20, 30]
    assert m.key.tolist() == [1, 2, 0]
    assert m.span == (10, 50)


def test_a_joined_day_before_the_left_day_pulls_the_left_day():
    m = motion([50], [40])
    assert (m.leave.tolist(), m.land.tolist()) == ([40], [40])


def test_crossings_take_time_by_length_within_bounds():
    curve = np.concatenate((EAST / 100, EAST, EAST * 10))
    m = build(
        curve=curve,
        trim=np.zeros((3, 2)),
        path=[0, 1, 2],
        lane=[0] * 3,
        rest=[0] * 3,
        key=[0] * 3,
        style=[0] * 3,
        tip=[0] * 3,
        leave=[0, 1, 2],
        land=[9] * 3,
        unsure=[False] * 3,
    )
    np.testing.assert_allclose(m.seconds, [SHORTEST, 600 / PACE, LONGEST])


def test_nobody_gives_an_empty_frame():
    m = motion([], [])
    assert (len(m), m.span) == (0, (0.0, 0.0))
    for mode in ("instant", "window", "cumulative"):
        moment = frame(m, 5, days_per_second=10, mode=mode)
        assert (len(moment), moment.xy.shape) == (0, (0, 2))


def test_a_trim_longer_than_the_path_leaves_a_place_to_stand():
    m = motion([0], [100], trim=(900.0, 900.0))
    assert np.isfinite(frame(m, 95, days_per_second=10).xy).all()


def test_wrong_rows_are_refused():
    with pytest.raises(ValueError, match="left and a joined day"):
        motion([0], [np.nan])
    with pytest.raises(ValueError, match="path 3 of 1"):
        build(
            curve=EAST, trim=np.zeros((1, 2)), path=[3], lane=[0], rest=[0], key=[0], style=[0], tip=[0], leave=[0],
            land=[1], unsure=[False],
        )  # fmt: skip
    with pytest.raises(ValueError, match="-1 days a second"):
        frame(motion([0], [1]), 0, days_per_second=-1)


def test_the_heading_follows_the_path():
    bow = np.array([[[0.0, 0.0], [0.0, -100.0], [100.0, -200.0], [200.0, -200.0]]])
    m = motion([0], [10], curve=bow, trim=(0.0, 0.0))
    turns = [frame(m, day, days_per_second=10).angle[0] for day in (0, 5, 9.99)]
    np.testing.assert_allclose(turns, [-90, -45, 0], atol=0.5)


def test_the_still_twin_carries_keys_and_tips():
    m = motion([0, 0], [10, 90])
    dots = still(m, 50, radius=3.3)
    assert (len(dots), dots.r.tolist()) == (2, [3.3, 3.3])
    assert sorted(dots.key.tolist()) == [0, 1]
    np.testing.assert_allclose(sorted(dots.x.tolist()), [50, 175])


days = st.floats(0, 200, width=32)


@given(st.lists(st.tuples(days, days), max_size=12), days, st.floats(0, 60), st.floats(0.1, 2))
def test_everyone_is_at_one_place_in_one_state(rows, day, speed, seconds):
    m = motion([a for a, _ in rows], [max(a, b) for a, b in rows], seconds=seconds)
    moment = frame(m, day, days_per_second=speed)
    assert len(set(moment.row.tolist())) == len(moment)
    landed = moment.state == LANDED
    assert set(moment.row[landed]) == set(np.flatnonzero(m.land <= day))
    travel = m.seconds * speed
    expected = (m.land > day) & (np.minimum(m.leave, m.land - travel) <= day)
    assert set(moment.row[~landed]) == set(np.flatnonzero(expected))
    assert (np.diff(moment.state) >= 0).all()
    assert (moment.xy[:, 0] >= 50 - 1e-6).all()
    assert (moment.xy[:, 0] <= 550 + 1e-6).all()


@given(st.floats(-0.35, 0.35), st.floats(-30, 30), st.floats(1, 9))
def test_a_dot_keeps_its_lane(bend, lane, day):
    control = np.array([200.0, 400.0 * bend]) * 2 / 3
    far = control + np.array([400.0 / 3, 0.0])
    curve = np.stack(([0.0, 0.0], control, far, [400.0, 0.0]))[None]
    base, beside = (motion([0], [10], curve=curve, trim=(0.0, 0.0), lane=x) for x in (0.0, lane))
    a, b = (frame(m, day, days_per_second=10).xy[0] for m in (base, beside))
    assert np.hypot(*(a - b)) == pytest.approx(abs(lane), abs=0.05)
