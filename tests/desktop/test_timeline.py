"""The timeline: what a hand does with clock, window, loop, known-by day and zoom."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QToolButton

from app.desktop.charts.grips import Grip, grip_at
from app.desktop.charts.timeline import SIDE
from app.desktop.charts.timescale import TimeScale
from app.domain import dates
from app.session.clock import Clock, Mode
from tests.desktop.timeline_desk import (
    BARS,
    EVENTS,
    LOW,
    NEWEST,
    SPAN,
    TOP,
    Desk,
    moves,
)

# the clock


def test_dragging_the_handle_takes_the_clock_along(desk: Desk) -> None:
    start, end = desk.x(desk.clock.day), desk.x(dates.day(2022, 7, 1))
    desk.drag(start, end, TOP)
    assert desk.clock.day == pytest.approx(dates.day(2022, 7, 1), abs=0.01)
    assert desk.held == [True, False]
    assert desk.bar._day.text() == "2022-07-01"


def test_a_click_jumps_to_the_day_and_a_drag_goes_on_from_there(desk: Desk) -> None:
    desk.press(desk.x(dates.day(2021, 1, 1)), BARS)
    assert desk.clock.day == pytest.approx(dates.day(2021, 1, 1), abs=0.01)
    desk.move(desk.x(dates.day(2023, 1, 1)), BARS)
    assert desk.clock.day == pytest.approx(dates.day(2023, 1, 1), abs=0.01)
    desk.release(desk.x(dates.day(2023, 1, 1)), BARS)


def test_a_day_near_an_event_is_the_day_of_the_event(desk: Desk) -> None:
    event = dates.day(2021, 5, 10)
    desk.press(desk.x(event) + 3.5, BARS)
    assert desk.clock.day == event
    desk.move(desk.x(event) - 8, BARS)
    assert desk.clock.day != event
    desk.release(desk.x(event) - 8, BARS)


def test_the_clock_does_not_leave_the_span(desk: Desk) -> None:
    desk.drag(desk.x(desk.clock.day), 5000, TOP)
    assert desk.clock.day == SPAN[1]
    desk.drag(desk.x(desk.clock.day), -5000, TOP)
    assert desk.clock.day == SPAN[0]


def test_time_stands_while_it_is_held_and_runs_on_after(desk: Desk) -> None:
    desk.show(playing=True)
    desk.press(desk.x(desk.clock.day), TOP)
    assert (desk.clock.playing, desk.held) == (False, [True])
    desk.move(desk.x(dates.day(2022, 1, 1)), TOP)
    assert not desk.clock.playing
    desk.release(desk.x(dates.day(2022, 1, 1)), TOP)
    assert (desk.clock.playing, desk.held) == (True, [True, False])
    assert desk.clock.day == pytest.approx(dates.day(2022, 1, 1), abs=0.01)


def test_time_that_stood_stands_after_it_was_held(desk: Desk) -> None:
    desk.drag(desk.x(desk.clock.day), desk.x(dates.day(2022, 1, 1)), TOP)
    assert not any(clock.playing for clock in desk.asked)


def test_a_clock_that_was_dragged_to_the_end_does_not_begin_anew(desk: Desk) -> None:
    desk.show(playing=True)
    desk.drag(desk.x(desk.clock.day), 5000, TOP)
    assert desk.clock.at_end
    assert not desk.clock.playing


def test_a_hidden_timeline_lets_go(desk: Desk) -> None:
    desk.press(desk.x(desk.clock.day), TOP)
    desk.window.hide()
    assert desk.held == [True, False]


# the window


@pytest.fixture
def window(desk: Desk) -> Desk:
    """Window mode: the year before 2024."""
    desk.show(mode=Mode.WINDOW, window=365.0)
    return desk


def test_dragging_the_body_slides_the_window(window: Desk) -> None:
    middle = window.x(window.clock.day - 180)
    window.drag(middle, middle - 100, BARS)
    way = 100 / window.chart.scale_shown.unit
    assert window.clock.day == pytest.approx(dates.day(2024, 1, 1) - way, abs=0.01)
    assert window.clock.window == 365.0


def test_dragging_the_early_edge_makes_the_window_wider(window: Desk) -> None:
    start = dates.day(2024, 1, 1) - 365
    window.drag(window.x(start), window.x(start - 200), BARS)
    assert window.clock.window == pytest.approx(565.0, abs=0.01)
    assert window.clock.day == dates.day(2024, 1, 1)
    assert "window 1.5 years" in window.bar.pace.text()


def test_dragging_the_late_edge_keeps_the_early_one(window: Desk) -> None:
    day = float(dates.day(2024, 1, 1))
    window.drag(window.x(day), window.x(day + 200), BARS)
    assert window.clock.day == pytest.approx(day + 200, abs=0.01)
    assert window.clock.window == pytest.approx(565.0, abs=0.01)


def test_a_window_is_never_shorter_than_a_day(window: Desk) -> None:
    start = window.clock.day - 365
    window.drag(window.x(start), window.x(start + 900), BARS)
    assert window.clock.window == 1.0
    window.show(window=365.0)
    window.drag(window.x(window.clock.day), window.x(start - 900), BARS)
    assert window.clock.window == 1.0


def test_a_click_outside_the_window_jumps(window: Desk) -> None:
    day = dates.day(2021, 1, 1)
    window.press(window.x(day), BARS)
    window.release(window.x(day), BARS)
    assert window.clock.day == pytest.approx(day, abs=0.01)
    assert window.clock.window == 365.0


def test_a_narrow_window_can_still_be_taken_by_its_body() -> None:
    scale = TimeScale(0, 100, 0, 100)
    clock = Clock(50.0, (0.0, 100.0), mode=Mode.WINDOW, window=6.0)
    taken = [grip_at(x, BARS, scale, clock, (90, 100)) for x in (44, 47, 50, 60)]
    assert taken == [Grip.WINDOW_START, Grip.WINDOW, Grip.WINDOW_END, Grip.GROUND]


# the loop


def test_the_loop_button_asks_by_its_command_and_shows_the_clock(desk: Desk) -> None:
    loop = desk.actions["time.loop"]
    loop.triggered.connect(lambda on: desk.follow(desk.clock.looped(on)))
    button = next(b for b in desk.bar.findChildren(QToolButton) if b.defaultAction() is loop)
    button.click()
    assert desk.clock.repeats == SPAN
    assert loop.isChecked()
    desk.show(looping=False)
    assert not loop.isChecked()


def test_the_ends_of_the_bracket_choose_what_is_repeated(desk: Desk) -> None:
    desk.show(looping=True)
    desk.drag(desk.x(SPAN[0]), desk.x(dates.day(2022)), 3)
    desk.drag(desk.x(SPAN[1]), desk.x(dates.day(2025)), 3)
    assert desk.clock.loop == pytest.approx((dates.day(2022), dates.day(2025)), abs=0.01)
    desk.drag(desk.x(dates.day(2022)), desk.x(dates.day(2025, 6, 1)), 3)  # no further than to the other end
    assert desk.clock.loop is not None
    assert desk.clock.loop[1] - desk.clock.loop[0] == pytest.approx(1.0)
    desk.drag(desk.x(desk.clock.loop[0]), -100, 3)
    desk.drag(desk.x(dates.day(2025)), 5000, 3)
    assert (desk.clock.loop, desk.clock.looping) == (None, True)


def test_the_clock_is_not_hidden_by_the_end_of_a_loop(desk: Desk) -> None:
    day = desk.clock.day
    desk.show(loop=(day - 30, day + 300))
    desk.drag(desk.x(day) + 1, desk.x(day) + 101, 12)
    assert desk.clock.day > day
    assert desk.clock.loop == (day - 30, day + 300)


# known by


def test_the_known_by_handle_asks_for_a_day_when_it_is_let_go(desk: Desk) -> None:
    right = desk.chart.width() - SIDE
    desk.press(right, LOW)
    desk.move(desk.x(dates.day(2025, 3, 1)) + 0.1, LOW)
    assert desk.known == []
    desk.release(desk.x(dates.day(2025, 3, 1)) + 0.1, LOW)
    assert desk.known == [dates.day(2025, 3, 1)]
    assert (desk.asked, desk.held) == ([], [])  # the clock has no part in it


def test_the_known_by_handle_parked_at_the_end_means_now(desk: Desk) -> None:
    desk.bar.show_known_by(dates.day(2024, 3, 1), NEWEST)
    assert "known by 2024-03-01" in desk.chart.accessibleDescription()
    at = desk.x(dates.day(2024, 3, 1))
    desk.drag(at, 5000, LOW)
    assert desk.known == [None]
    desk.drag(at, desk.x(NEWEST) + 3, LOW)
    assert desk.known == [None, None]
    desk.mouse(QEvent.Type.MouseButtonDblClick, at, LOW)
    assert desk.known == [None, None, None]


def test_a_known_by_day_that_leaves_no_bars_can_be_taken_back(desk: Desk) -> None:
    desk.bar.show_known_by(dates.day(2021, 3, 1), NEWEST)
    desk.bar.show_bars(None, "", "#878c93", EVENTS[:0])
    desk.drag(desk.x(dates.day(2021, 3, 1)), 5000, LOW)
    assert desk.known == [None]


# days in sight


def test_the_wheel_zooms_at_the_pointer_and_a_double_click_shows_all(desk: Desk) -> None:
    home, day = desk.chart.scale_shown, dates.day(2025, 1, 1)
    x = home.x(day)
    desk.turn(x, 4)
    zoomed = desk.chart.scale_shown
    assert zoomed.last - zoomed.first < 0.5 * (home.last - home.first)
    assert zoomed.x(day) == pytest.approx(x, abs=0.01)
    before = desk.clock
    desk.press(300, BARS)
    desk.release(300, BARS)
    assert desk.clock != before
    desk.mouse(QEvent.Type.MouseButtonDblClick, 300, BARS)
    desk.release(300, BARS)
    assert desk.chart.scale_shown == home
    assert desk.clock == before  # the first of the two clicks is taken back


def test_no_other_days_come_into_sight_than_there_are(desk: Desk) -> None:
    home = desk.chart.scale_shown
    desk.turn(400, -5)
    assert desk.chart.scale_shown == home
    desk.turn(400, 5)
    zoomed = desk.chart.scale_shown
    for way in (1, -1):
        for _ in range(60):
            desk.turn(400, way, Qt.KeyboardModifier.ShiftModifier)
        panned = desk.chart.scale_shown
        assert panned.last - panned.first == pytest.approx(zoomed.last - zoomed.first)
        assert panned.first >= home.first
        assert panned.last <= home.last
    desk.turn(400, 100)
    closest = desk.chart.scale_shown
    assert closest.last - closest.first == pytest.approx(10.0)


def test_shift_and_wheel_pans_and_so_does_the_middle_button(desk: Desk) -> None:
    desk.turn(400, 5)
    before, clock = desk.chart.scale_shown, desk.clock
    desk.turn(400, 1, Qt.KeyboardModifier.ShiftModifier)
    earlier = desk.chart.scale_shown
    assert earlier.first < before.first
    desk.drag(400, 300, BARS, button=Qt.MouseButton.MiddleButton)
    assert desk.chart.scale_shown.first == pytest.approx(earlier.first + 100 / earlier.unit)
    assert desk.clock == clock


def test_a_clock_that_runs_out_of_sight_takes_the_days_along(desk: Desk) -> None:
    desk.turn(desk.x(desk.clock.day), 6)
    before = desk.chart.scale_shown
    desk.show(day=before.last - 1, playing=True)
    assert desk.chart.scale_shown == before
    desk.show(day=before.last + 1)
    after = desk.chart.scale_shown
    assert after.first > before.first
    assert after.first < desk.clock.day < after.last
    desk.turn(400, -60, Qt.KeyboardModifier.ShiftModifier)
    away = desk.chart.scale_shown
    desk.show(day=desk.clock.day + 1)  # who looks elsewhere is left alone
    assert desk.chart.scale_shown == away


def test_other_bars_keep_the_days_in_sight(desk: Desk) -> None:
    desk.turn(400, 5)
    zoomed = desk.chart.scale_shown
    desk.bar.show_bars(moves(), "North", "#123456", EVENTS)
    assert desk.chart.scale_shown == zoomed
