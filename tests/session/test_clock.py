"""The clock as a value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.session.clock import Clock, pace

SPAN = (100.0, 400.0)


def test_time_runs_by_its_speed_and_stops_at_the_end() -> None:
    clock = Clock(100.0, SPAN, speed=30.0).played()
    assert clock.after(2.0).day == 160.0
    assert clock.after(2.0).playing
    ended = clock.after(60.0)
    assert (ended.day, ended.playing, ended.at_end) == (400.0, False, True)


def test_playing_at_the_end_begins_anew_and_elsewhere_goes_on() -> None:
    assert Clock(400.0, SPAN).played().day == 100.0
    assert Clock(250.0, SPAN).played().day == 250.0


def test_a_standing_clock_stands() -> None:
    clock = Clock(250.0, SPAN)
    assert clock.after(10.0) == clock


@given(st.floats(-1e6, 1e6), st.floats(0, 100))
def test_no_day_leaves_the_span(day: float, seconds: float) -> None:
    clock = Clock(250.0, SPAN).at(day).played().after(seconds)
    assert SPAN[0] <= clock.day <= SPAN[1]


@given(st.floats(1, 20_000))
def test_a_span_plays_in_well_under_two_minutes(length: float) -> None:
    assert 0 < length / pace((0.0, length)) <= 90
