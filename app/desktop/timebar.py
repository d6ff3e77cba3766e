"""The time bar: from event to event, play, loop; the day, how time plays; and the timeline, once it has grown.

The timeline is drawn with pyqtgraph, which takes long to import: until `grow` is called a plain slider stands in its
place, and importing this module does not import it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.desktop.actions import Actions
from app.desktop.chrome import lettered, qcolor
from app.desktop.icons import icon
from app.desktop.pacepanel import PacePanel
from app.domain import dates
from app.pictures.histogram import Histogram
from app.render.theme import LIGHT, Theme
from app.scene.marks import Ints
from app.session.clock import Clock, Mode, length_text, speed_text

if TYPE_CHECKING:
    from app.desktop.charts.timeline import Timeline

HEIGHT = 106
LEFT = 210
"""Pixels of buttons and words beside the timeline."""
_PLAY, _BUTTON = 30, 28
_MODES = ("cumulative", "window", "instant")


class TimeBar(QWidget):
    """Shows a clock and asks for another. It never moves the clock itself."""

    wanted = Signal(object)
    """Another Clock."""
    known_by_wanted = Signal(object)
    """Another known-by day, as an int, or None for now."""
    menu_wanted = Signal(str, QPoint)
    """A menu for a quarter of the bars, by its key, at a place of the screen."""
    held = Signal(bool)
    """Whether a hand is on the clock."""
    day_wanted = Signal(float)
    """The slider is on another day."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.chart: Timeline | None = None
        """The timeline; None before it has grown."""
        self._theme = LIGHT
        self._clock = Clock(0.0, (0.0, 0.0))
        self._bars: tuple[Histogram | None, str, str, Ints] = (None, "", "#878c93", np.zeros(0, dtype=np.int32))
        self._known: tuple[int | None, int] = (None, dates.FUTURE)
        self._back = self._button(actions["time.back"], _BUTTON)
        self._play = self._button(actions["time.play"], _PLAY)
        self._play.setObjectName("play")
        self._play.setStyleSheet(f"border-radius: {_PLAY // 2}px;")
        self._forward = self._button(actions["time.forward"], _BUTTON)
        self._loop = self._button(actions["time.loop"], _BUTTON)
        self._day = QLabel(self)
        self._day.setObjectName("day")
        self._day.setIndent(6)
        self.pace = QPushButton(self)
        """Mode and speed in words; opens the panel."""
        self.pace.setFlat(True)
        self._pace_text = ""
        self.pace.setToolTip("What stays in sight, and how fast time plays")
        self.pace.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pace.clicked.connect(self._open_panel)
        self._by_events = actions["time.by-events"]
        self.panel = PacePanel([actions[f"time.mode.{mode}"] for mode in _MODES], self._by_events, self)
        self.panel.speed_wanted.connect(lambda days: self.wanted.emit(replace(self._clock, speed=days)))
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.slider.setToolTip("Drag to another day")
        self.slider.setAccessibleName("Day")
        self.slider.valueChanged.connect(lambda day: self.day_wanted.emit(float(day)))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 1, 14, 0)
        self._row.setSpacing(0)
        left = QWidget(self)
        left.setFixedWidth(LEFT - 12)
        left.setLayout(self._left_side())
        self._row.addWidget(left)
        self._row.addWidget(self.slider, 1)
        self.show_theme(self._theme)

    def _left_side(self) -> QVBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self._back, self._play, self._forward):
            buttons.addWidget(button)
        buttons.addSpacing(10)
        buttons.addWidget(self._loop)
        buttons.addStretch()
        column = QVBoxLayout()
        column.setContentsMargins(0, 18, 0, 6)
        column.setSpacing(0)
        column.addLayout(buttons)
        column.addSpacing(9)
        column.addWidget(self._day)
        column.addWidget(self.pace, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        return column

    def _button(self, action: QAction, size: int) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setFixedSize(size, size)
        button.setIconSize(QSize(16, 16))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(action.text().replace("&", ""))
        return button

    def grow(self) -> None:
        """Put the timeline in the place of the slider. Imports pyqtgraph, unless that has been done before."""
        if self.chart is not None:
            return
        from app.desktop.charts.timeline import Timeline  # takes too long to import before the first paint

        chart = Timeline(self)
        chart.wanted.connect(self.wanted)
        chart.known_by_wanted.connect(self.known_by_wanted)
        chart.held.connect(self.held)
        chart.menu_wanted.connect(self.menu_wanted)
        chart.show_theme(self._theme)
        chart.show_clock(self._clock)
        chart.show_bars(*self._bars)
        chart.show_known_by(*self._known)
        self._row.replaceWidget(self.slider, chart)
        self._row.setStretchFactor(chart, 1)
        self.slider.hide()
        chart.show()
        QWidget.setTabOrder(self.pace, chart)
        self.chart = chart

    def show_theme(self, theme: Theme) -> None:
        """Icons and words in the theme's colours."""
        self._theme = theme
        ink, ground = qcolor(theme.ink2).name(), qcolor(theme.bg).name()
        self._icons = (icon("play", ground, filled=True), icon("pause", ground, filled=True))
        self._loop_icons = (icon("repeat", ink), icon("repeat", qcolor(theme.accent).name()))
        self._back.defaultAction().setIcon(icon("skip-back", ink))
        self._forward.defaultAction().setIcon(icon("skip-forward", ink))
        self._play.defaultAction().setIcon(self._icons[self._clock.playing])
        self._loop.defaultAction().setIcon(self._loop_icons[self._clock.repeats is not None])
        self._day.setFont(lettered(self.font(), 15, 650))
        self.pace.setFont(lettered(self.font(), 11, 430))
        small, strong = qcolor(theme.ink3).name(), qcolor(theme.accent).name()
        self.pace.setStyleSheet(
            f"QPushButton {{ color: {small}; background: transparent; border: 0; padding: 2px 6px; text-align: left; }}"
            f"QPushButton:hover {{ color: {strong}; }}"
            f"QPushButton:focus {{ border: 2px solid {strong}; padding: 0 4px; }}"
        )
        self.panel.show_theme(theme)
        if self.chart is not None:
            self.chart.show_theme(theme)

    def show_clock(self, clock: Clock) -> None:
        """Show a moment. Called at every frame while time plays."""
        was, self._clock = self._clock, clock
        day = int(clock.day)
        if day != int(was.day) or not self._day.text():
            self._day.setText(dates.text(day))
        self._show_pace(clock)
        if clock.playing != was.playing:
            self._play.defaultAction().setIcon(self._icons[clock.playing])
            self._play.setAccessibleName("Pause" if clock.playing else "Play")
        if self.chart is not None:
            self.chart.show_clock(clock)
            return
        first, last = int(clock.span[0]), int(clock.span[1])
        with QSignalBlocker(self.slider):
            self.slider.setRange(first, last)
            self.slider.setPageStep(30)
            self.slider.setValue(day)
        self.slider.setAccessibleDescription(dates.text(day))

    def show_bars(self, bars: Histogram | None, star_label: str, star_color_hex: str, event_days: Ints) -> None:
        """Show moves per quarter (None: that there are none); coloured are those to `star_label`. event_days (n,): days
        in order on which something happened."""
        self._bars = (bars, star_label, star_color_hex, event_days)
        self.slider.setEnabled(bars is not None)
        if self.chart is not None:
            self.chart.show_bars(*self._bars)

    def show_known_by(self, day: int | None, newest: int) -> None:
        """Show the known-by day; None is now. newest: the last day on which something became known."""
        self._known = (day, newest)
        if self.chart is not None:
            self.chart.show_known_by(day, newest)

    def _show_pace(self, clock: Clock) -> None:
        """Mode and speed, loop, and the panel with them."""
        mode = f"window {length_text(clock.window)}" if clock.mode is Mode.WINDOW else clock.mode.value
        text = f"{mode} · {speed_text(clock.speed, about=clock.pacing is not None)}"
        if text != self._pace_text:
            self._pace_text = text
            self.pace.setText(self.pace.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, LEFT - 26))
            self.pace.setAccessibleName(f"Pace: {text}{', by events' if clock.pacing is not None else ''}")
        loops = clock.repeats is not None
        if loops != self._loop.isChecked():
            self._loop.defaultAction().setChecked(loops)
            self._loop.defaultAction().setIcon(self._loop_icons[loops])
        if (clock.pacing is not None) != self._by_events.isChecked():
            self._by_events.setChecked(clock.pacing is not None)
        if self.panel.isVisible():
            self.panel.show_clock(clock)

    def _open_panel(self) -> None:
        self.panel.show_clock(self._clock)
        self.panel.adjustSize()
        corner = self.pace.mapToGlobal(QPoint(0, 0))
        self.panel.move(corner.x(), corner.y() - self.panel.height() - 4)
        self.panel.show()
