"""The time bar and its timeline: words, painting, speed, buttons."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QToolButton, QToolTip
from pytestqt.qtbot import QtBot

from app.desktop.charts.grips import BASE
from app.desktop.charts.timescale import TimeScale, fine_ticks, stretches
from app.domain import dates
from app.render.theme import DARK, LIGHT
from app.session.clock import Mode, Pacing
from tests.desktop.timeline_desk import (
    BARS,
    EVENTS,
    SPAN,
    Desk,
    ignore_popups,
    moves,
)

# words


def test_a_bar_tells_its_numbers(desk: Desk) -> None:
    chart = desk.chart
    assert chart.tip_at(desk.x(dates.day(2025, 5, 1))) == "Q2 2025: about 10 moves, 6 to Meta"
    assert chart.tip_at(desk.x(dates.day(2021, 5, 1))) == "Q2 2021: 1 move"
    assert chart.tip_at(desk.x(dates.day(2020, 2, 1))) == "Q1 2020: no moves"
    assert chart.tip_at(2) == ""
    whole = replace(moves(), spread=moves().spread * 6)
    desk.bar.show_bars(whole, "Meta", "#0a47a3", EVENTS)
    assert chart.tip_at(desk.x(dates.day(2025, 5, 1))) == "Q2 2025: 13 moves, 6 to Meta, 3 dated by the year only"


@ignore_popups
def test_the_tip_is_shown_over_the_bars(desk: Desk) -> None:
    place = QPoint(round(desk.x(dates.day(2025, 5, 1))), round(BARS))
    view = desk.chart.viewport()
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    assert QToolTip.text() == "Q2 2025: about 10 moves, 6 to Meta"
    QToolTip.hideText()


def test_the_timeline_says_what_it_shows(desk: Desk) -> None:
    assert desk.chart.accessibleName() == "Timeline"
    desk.show(mode=Mode.WINDOW, window=61.0, playing=True)
    said = desk.chart.accessibleDescription()
    assert said.startswith("2024-01-01, window of 2 months, playing. Moves per quarter: Q2 2021: 1 move;")
    assert "Q2 2025: about 10 moves, 6 to Meta" in said


def test_without_dated_moves_it_says_so_and_asks_for_nothing(desk: Desk) -> None:
    desk.bar.show_bars(None, "", "#878c93", EVENTS[:0])
    assert desk.chart.accessibleDescription() == "Nothing has a date: there is no time to play"
    desk.drag(100, 400, BARS)
    assert desk.asked == []
    assert desk.chart.tip_at(400) == ""


@pytest.mark.parametrize(
    ("first", "last", "width", "words"),
    [
        (dates.day(2020), dates.day(2023), 600, ["2020", "2021", "2022", "2023"]),
        (dates.day(2010), dates.day(2023), 200, ["2010", "2015", "2020"]),
        (dates.day(2024, 11, 5), dates.day(2025, 2, 5), 300, ["Nov", "Dec", "Jan 2025", "Feb"]),
        (dates.day(2025, 6, 3), dates.day(2025, 6, 20), 400, ["2 Jun", "9 Jun", "16 Jun"]),
        (dates.day(2025, 6, 29), dates.day(2025, 7, 2), 400, ["29", "30", "1 Jul", "2"]),
    ],
)
def test_the_axis_names_what_there_is_room_for(first: int, last: int, width: int, words: list[str]) -> None:
    assert [s.word for s in stretches(TimeScale(first, last, 0, width))] == words


def test_ticks_stand_apart(desk: Desk) -> None:
    for clicks in range(12):
        ticks = [desk.x(day) for day in fine_ticks(desk.chart.scale_shown)]
        assert ticks
        assert all(b - a >= 10 for a, b in pairwise(ticks)), clicks
        desk.turn(desk.x(desk.clock.day), 2)


def test_words_on_the_axis_do_not_touch(desk: Desk) -> None:
    for clicks in range(12):
        desk.chart.grab()
        middles = [x for x, _ in desk.chart.axis.words]
        assert middles
        assert all(b - a >= 24 for a, b in pairwise(middles)), clicks
        desk.turn(desk.x(desk.clock.day), 2)


# painting


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_bars_are_strong_up_to_the_clock_and_weak_after_it(desk: Desk, theme: object) -> None:
    assert theme in (LIGHT, DARK)
    desk.bar.show_theme(LIGHT if theme is LIGHT else DARK)
    desk.show(day=float(dates.day(2025, 5, 10)))
    image = desk.chart.grab().toImage()
    ratio, y = image.devicePixelRatio(), BASE - 5
    ground, before, after = (
        image.pixelColor(round(desk.x(dates.day(*day)) * ratio), round(y * ratio))
        for day in ((2022, 6, 1), (2025, 4, 15), (2025, 6, 15))
    )
    assert before.name() == "#0a47a3"
    assert after not in (ground, before)


def test_a_clock_that_moves_repaints_only_a_strip(desk: Desk) -> None:
    areas: list[int] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QPaintEvent):
                areas.append(event.region().boundingRect().width())
            return False

    desk.show(day=desk.clock.day + 8, playing=True)
    QApplication.processEvents()
    watch = Watch()
    desk.chart.viewport().installEventFilter(watch)
    desk.show(day=desk.clock.day + 8)
    QApplication.processEvents()
    assert len(areas) == 1
    assert areas[0] < 40


# the bar


@ignore_popups
def test_a_typed_speed_is_asked_for_and_a_wrong_one_is_explained(desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(desk.bar.pace, Qt.MouseButton.LeftButton)
    panel = desk.bar.panel
    assert panel.isVisible()
    assert panel.speed.text() == "1 month"
    panel.speed.selectAll()
    qtbot.keyClicks(panel.speed, "very fast")
    qtbot.keyClick(panel.speed, Qt.Key.Key_Return)
    assert panel.complaint.startswith("Write a length of time")
    assert desk.asked == []
    panel.speed.selectAll()
    qtbot.keyClicks(panel.speed, "2 weeks")
    assert panel.complaint == ""
    qtbot.keyClick(panel.speed, Qt.Key.Key_Return)
    assert desk.clock.speed == 14.0
    assert desk.bar.pace.text() == "cumulative · 1 s = 2 weeks"
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


@ignore_popups
def test_the_panel_chooses_mode_and_pacing_by_their_commands(desk: Desk, qtbot: QtBot) -> None:
    desk.actions["time.mode.window"].triggered.connect(lambda: desk.show(mode=Mode.WINDOW))
    desk.actions["time.by-events"].triggered.connect(lambda: desk.show(pacing=Pacing.of(EVENTS, SPAN)))
    qtbot.mouseClick(desk.bar.pace, Qt.MouseButton.LeftButton)
    panel = desk.bar.panel
    dict(panel._modes)[desk.actions["time.mode.window"]].click()
    assert desk.clock.mode is Mode.WINDOW
    panel.by_events.click()
    assert desk.clock.pacing is not None
    assert desk.actions["time.by-events"].isChecked()
    assert desk.bar.pace.accessibleName() == "Pace: window 6 months · 1 s ≈ 1 month, by events"
    desk.show(pacing=None)
    assert not desk.actions["time.by-events"].isChecked()
    assert not panel.by_events.isChecked()
    panel.hide()


def test_the_timeline_is_reached_by_the_keyboard_and_leaves_keys_to_the_window(desk: Desk, qtbot: QtBot) -> None:
    stepped: list[bool] = []
    desk.actions["time.forward"].triggered.connect(lambda on: stepped.append(on))
    desk.window.activateWindow()
    desk.bar.pace.setFocus()
    qtbot.keyClick(desk.bar.pace, Qt.Key.Key_Tab)
    assert desk.chart.hasFocus()
    accent, corner = desk.chart.grab().toImage().pixelColor(1, 50).name(), LIGHT.accent.hex
    assert accent == corner
    qtbot.keyClick(desk.chart, Qt.Key.Key_Right)
    assert stepped == [False]
    desk.chart.clearFocus()
    assert desk.chart.grab().toImage().pixelColor(1, 50).name() != corner


def test_buttons_are_named_and_say_their_keys(desk: Desk) -> None:
    buttons = [desk.actions[f"time.{name}"] for name in ("back", "play", "forward", "loop")]
    shown = desk.bar.findChildren(QToolButton)
    assert [b.defaultAction() for b in shown] == buttons
    assert [b.accessibleName() for b in shown] == ["Previous move", "Play", "Next move", "Loop"]
    assert all("(" in b.toolTip() for b in shown)
    desk.show(playing=True)
    assert shown[1].accessibleName() == "Pause"
    assert desk.bar.pace.accessibleName() == "Pace: cumulative · 1 s = 1 month"


def test_until_it_has_grown_a_slider_stands_in_its_place(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    days: list[float] = []
    desk.bar.day_wanted.connect(days.append)
    assert desk.bar.slider.isVisible()
    assert desk.bar.slider.value() == dates.day(2024, 1, 1)
    desk.bar.slider.setValue(dates.day(2022))
    assert days == [float(dates.day(2022))]
    desk.bar.grow()
    desk.bar.grow()  # twice is once
    assert not desk.bar.slider.isVisible()
    assert desk.chart.isVisible()
    assert desk.clock.day == dates.day(2024, 1, 1)
    assert desk.chart.tip_at(desk.x(dates.day(2021, 5, 1))) == "Q2 2021: 1 move"


def test_the_time_bar_does_not_import_pyqtgraph() -> None:
    code = "import sys, app.desktop.timebar; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
