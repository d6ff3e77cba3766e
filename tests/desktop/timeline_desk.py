"""A time bar in a window of its own, and a hand on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from app.desktop.actions import Actions
from app.desktop.charts.grips import BASE, FOOT, HEAD
from app.desktop.charts.timeline import Timeline
from app.desktop.timebar import HEIGHT, TimeBar
from app.domain import dates
from app.pictures.histogram import Histogram
from app.session.clock import Clock

SPAN = (float(dates.day(2020)), float(dates.day(2026)))
EVENTS = np.array([dates.day(2021, 5, 10), dates.day(2025, 6, 10), dates.day(2025, 6, 20)], dtype=np.int32)
NEWEST = dates.day(2025, 11, 1)
BARS, TOP, LOW = (HEAD + BASE) / 2, 12.0, FOOT + 7
"""Heights at which the bars, the handle of the clock and the known-by handle are taken."""
ignore_popups = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform about a popup


def moves() -> Histogram:
    """2020 to 2025: ten moves in Q2 2025, six of them to Meta, and a share of two known only to the year."""
    quarter = np.array([dates.day(2020 + q // 4, q % 4 * 3 + 1) for q in range(24)], dtype=np.int32)
    focus, others, spread = np.zeros(24), np.zeros(24), np.zeros(24)
    focus[21], others[21], spread[20:24] = 6, 4, 0.5
    others[5] = 1
    return Histogram(quarter, focus, others, spread, 0, 3)


class Desk:
    """A time bar in a window 1000 px wide, with an owner who follows what it asks for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.actions = Actions(self.window)
        self.actions.enable(enabled=True)
        self.bar = TimeBar(self.actions, self.window)
        self.window.setCentralWidget(self.bar)
        self.window.menuBar().hide()
        self.window.setFixedSize(1000, HEIGHT)
        self.asked: list[Clock] = []
        self.known: list[int | None] = []
        self.held: list[bool] = []
        self.bar.wanted.connect(self.follow)
        self.bar.known_by_wanted.connect(self.known.append)
        self.bar.held.connect(self.held.append)
        self.bar.show_bars(moves(), "Meta", "#0a47a3", EVENTS)
        self.bar.show_clock(Clock(float(dates.day(2024, 1, 1)), SPAN))
        self.bar.show_known_by(None, NEWEST)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def follow(self, clock: Clock) -> None:
        self.asked.append(clock)
        self.bar.show_clock(clock)

    @property
    def chart(self) -> Timeline:
        assert self.bar.chart is not None
        return self.bar.chart

    @property
    def clock(self) -> Clock:
        return self.chart.clock

    def x(self, day: float) -> float:
        return self.chart.scale_shown.x(day)

    def show(self, **changed: object) -> None:
        self.bar.show_clock(replace(self.clock, **changed))  # type: ignore[arg-type]  # names of Clock's own fields

    def mouse(
        self,
        kind: QEvent.Type,
        x: float,
        y: float,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    ) -> None:
        """One event of the mouse at a place with a fraction of a pixel, as real mice have."""
        view = self.chart.viewport()
        place, moving = QPointF(x, y), kind is QEvent.Type.MouseMove
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button
        button = Qt.MouseButton.NoButton if moving else button
        where = QPointF(view.mapToGlobal(place))
        event = QMouseEvent(kind, place, where, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)

    def press(self, x: float, y: float, **more: Qt.MouseButton) -> None:
        self.mouse(QEvent.Type.MouseButtonPress, x, y, **more)

    def move(self, x: float, y: float, **more: Qt.MouseButton) -> None:
        self.mouse(QEvent.Type.MouseMove, x, y, **more)

    def release(self, x: float, y: float, **more: Qt.MouseButton) -> None:
        self.mouse(QEvent.Type.MouseButtonRelease, x, y, **more)

    def drag(self, start: float, end: float, y: float, **more: Qt.MouseButton) -> None:
        self.press(start, y, **more)
        for x in np.linspace(start, end, 5)[1:]:
            self.move(float(x), y, **more)
        self.release(end, y, **more)

    def turn(self, x: float, clicks: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        place, none = QPointF(x, BARS), Qt.MouseButton.NoButton
        view = self.chart.viewport()
        where, phase = QPointF(view.mapToGlobal(place)), Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(place, where, QPoint(), QPoint(0, 120 * clicks), none, modifiers, phase, False)
        QApplication.sendEvent(view, event)
