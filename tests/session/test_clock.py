"""The clock as a value."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.session.clock import FASTEST, SLOWEST, Clock, Pacing, length_text, pace, read_speed, speed_text

SPAN = (100.0, 400.0)
days = st.lists(st.floats(*SPAN), max_size=40)
moments = st.floats(*SPAN)
seconds = st.floats(0, 20)


def paced(events: list[float], **fields: object) -> Clock:
    return replace(Clock(100.0, SPAN, pacing=Pacing.of(events, SPAN)), **fields)  # type: ignore[arg-type]  # names of Clock's own fields


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


def test_over_another_span_a_clock_keeps_its_day_its_end_and_what_is_left_of_its_loop() -> None:
    clock = Clock(250.0, SPAN).looped_between(200.0, 300.0)
    wider = clock.over((0.0, 500.0))
    assert (wider.day, wider.span, wider.loop) == (250.0, (0.0, 500.0), (200.0, 300.0))
    assert clock.over((240.0, 260.0)).loop == (240.0, 260.0)
    away = clock.over((300.0, 400.0))
    assert (away.day, away.loop, away.looping) == (300.0, None, False)
    assert Clock(400.0, SPAN).over((0.0, 500.0)).day == 500.0
    assert clock.over(SPAN) is clock


# going round


def test_a_looping_clock_begins_anew_where_it_ends() -> None:
    clock = Clock(390.0, SPAN, speed=30.0, looping=True).played()
    later = clock.after(1.0)
    assert (later.day, later.playing) == (120.0, True)
    assert clock.after(21.0).day == 120.0  # twice round and a second


def test_a_loop_plays_its_range_again_and_again_and_nothing_else() -> None:
    clock = Clock(200.0, SPAN, speed=10.0, loop=(200.0, 230.0)).played()
    assert [clock.after(s).day for s in (1.0, 2.0, 3.0, 4.0)] == [210.0, 220.0, 200.0, 210.0]
    assert clock.at(300.0).played().day == 200.0
    assert clock.at(120.0).played().day == 200.0
    assert clock.at(300.0).after(0.5).day == 205.0


def test_a_loop_is_kept_in_order_within_the_span_and_at_least_a_day_long() -> None:
    clock = Clock(200.0, SPAN)
    assert clock.looped_between(300.0, 150.0).repeats == (150.0, 300.0)
    assert clock.looped_between(-5.0, 150.0).repeats == (100.0, 150.0)
    assert clock.looped_between(400.0, 400.0).repeats == (399.0, 400.0)
    whole = clock.looped_between(0.0, 999.0)
    assert (whole.loop, whole.looping, whole.repeats) == (None, True, SPAN)
    assert clock.looped_between(150.0, 300.0).looped(False).repeats is None
    assert clock.looped(True).repeats == SPAN


def test_going_round_on_a_span_of_one_day_stands_still() -> None:
    clock = Clock(5.0, (5.0, 5.0), looping=True).played()
    assert clock.after(3.0).day == 5.0


# by events


def test_without_events_time_runs_by_the_calendar() -> None:
    clock = paced([]).played()
    assert clock.after(4.0).day == pytest.approx(220.0)
    assert clock.rate == pytest.approx(30.0)


def test_busy_weeks_are_stretched_and_quiet_ones_shortened() -> None:
    clock = paced([250.0] * 30, speed=30.0)
    busy, quiet = clock.at(250.0), clock.at(150.0)
    assert busy.rate < 10.0 < 30.0 < quiet.rate
    assert quiet.rate <= 30.0 / 0.25 + 1e-9  # quiet time is never skipped
    assert busy.played().after(0.1).day - 250.0 == pytest.approx(0.1 * busy.rate)


def test_a_day_on_which_everything_happened_still_passes() -> None:
    pacing = Pacing.of([200.0] * 1000, SPAN)
    assert np.all(np.diff(pacing.shares) > 0)
    assert pacing.slope(200.0) > 0.05


def test_a_pacing_survives_a_span_without_length_and_a_clock_with_another() -> None:
    assert Pacing.of([5.0], (5.0, 5.0)).day(0.0) == 5.0
    clock = replace(paced([250.0] * 30), span=(100.0, 800.0))
    later = clock.at(500.0).played().after(1.0)
    assert later.day == pytest.approx(530.0)  # beyond its span the calendar's pace


@given(days, st.floats(1, 300))
def test_the_whole_span_takes_as_long_by_events_as_by_the_calendar(events: list[float], speed: float) -> None:
    whole = (SPAN[1] - SPAN[0]) / speed
    clock = paced(events, speed=speed).played()
    assert clock.after(whole * 0.999).day < SPAN[1]
    assert clock.after(whole * 1.001).at_end


@given(days, moments)
def test_share_and_day_undo_each_other(events: list[float], day: float) -> None:
    pacing = Pacing.of(events, SPAN)
    assert pacing.day(pacing.share(day)) == pytest.approx(day, abs=1e-6)


@given(days, moments, moments)
def test_later_days_lie_further_on(events: list[float], one: float, other: float) -> None:
    assume(other - one > 1e-3)
    pacing = Pacing.of(events, SPAN)
    assert pacing.share(one) < pacing.share(other)


@given(days, moments, seconds, seconds, st.booleans())
def test_two_steps_are_one_long_step(events: list[float], day: float, a: float, b: float, by_events: bool) -> None:
    clock = (paced(events) if by_events else Clock(100.0, SPAN)).at(day).played()
    clock = replace(clock, speed=5.0)
    assume(not clock.after(a + b).at_end)
    assert clock.after(a).after(b).day == pytest.approx(clock.after(a + b).day, abs=1e-6)
    assert clock.after(a).day <= clock.after(a + b).day


@given(days, seconds, seconds)
def test_two_steps_are_one_long_step_in_a_loop_too(events: list[float], a: float, b: float) -> None:
    clock = paced(events, loop=(150.0, 190.0)).at(160.0).played()
    whole, parts = clock.after(a + b).day, clock.after(a).after(b).day
    assert 150.0 <= whole <= 190.0
    # the end of the range is its beginning
    assert min(abs(whole - parts), 40.0 - abs(whole - parts)) == pytest.approx(0.0, abs=1e-5)


# speed as text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("30", 30.0),
        ("30 d", 30.0),
        ("30 days", 30.0),
        ("1 day a second", 1.0),
        ("2 weeks", 14.0),
        ("Week", 7.0),
        ("1 month", 30.4375),
        ("0.5 year", 182.625),
        ("0,5 year", 182.625),
        (".5 d", 0.5),
        ("1 s = 3 days", 3.0),
        ("1 s ≈ 3 days", 3.0),
        ("  1 s=1 quarter ", 91.3125),
    ],
)
def test_a_typed_speed_is_read(text: str, wanted: float) -> None:
    assert read_speed(text) == pytest.approx(wanted)


@pytest.mark.parametrize(
    "text", ["", "s", "fast", "0", "-3", "1,000 days", "3 s = 1 day", "30 days 2", "1e9", "nan", "5 s"]
)
def test_what_is_no_speed_is_refused(text: str) -> None:
    assert read_speed(text) is None


def test_a_speed_is_shown_in_the_unit_that_fits() -> None:
    assert [speed_text(d) for d in (30.0, 1.0, 0.5, 14.0, 61.0, 365.0)] == [
        "1 s = 1 month",
        "1 s = 1 day",
        "1 s = 0.5 days",
        "1 s = 2 weeks",
        "1 s = 2 months",
        "1 s = 1 year",
    ]
    assert length_text(183.0) == "6 months"
    assert speed_text(30.0, about=True) == "1 s ≈ 1 month"


@given(st.floats(SLOWEST, FASTEST * 0.99))
def test_a_speed_that_is_shown_can_be_typed(days: float) -> None:
    assert read_speed(speed_text(days)) == pytest.approx(days, rel=0.08)
