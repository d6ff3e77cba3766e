"""The timeline: moves per quarter, the clock on them, its window and its loop, and the known-by day.

It shows what it is given and asks for what the user does with it; it never moves the clock itself.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.desktop.charts import timeline_parts as parts
from app.desktop.charts import timeline_words
from app.desktop.charts.chart import Chart
from app.desktop.charts.grips import BASE, FOOT, HEAD, HEIGHT, Grip, dragged, grip_at, known_by_at
from app.desktop.charts.timescale import TimeScale
from app.desktop.chrome import qcolor
from app.domain import dates
from app.pictures.crowd import QUARTER
from app.pictures.histogram import Histogram
from app.render.theme import Theme
from app.scene.marks import Ints
from app.session.clock import Clock, Mode

SIDE = 10
"""Pixels left and right of the bars: half of a handle."""
ZOOM_STEP, PAN_STEP = 1.25, 0.12
CLOSEST = 10.0
"""Fewest days that can be in sight."""
MARGIN = 0.08
"""Share of the days in sight that lie before the clock when it has taken them along."""
NOTHING = "Nothing has a date: there is no time to play"
_RESIZING = (Grip.WINDOW_START, Grip.WINDOW_END, Grip.LOOP_START, Grip.LOOP_END, Grip.KNOWN_BY, Grip.CLOCK)

pg.setConfigOptions(antialias=True)


class Timeline(Chart):
    """Shows bars, a clock and a known-by day, and asks for others."""

    wanted = Signal(object)
    """Another Clock."""
    known_by_wanted = Signal(object)
    """Another known-by day, or None for now. Asked for when the handle is let go."""
    menu_wanted = Signal(str, QPoint)
    """A menu for the quarter of a bar, by its key, at a place of the screen."""
    held = Signal(bool)
    """Whether a hand is on the clock: time stands as long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(200, round(HEIGHT))
        self.setAccessibleName("Timeline")
        self.clock = Clock(0.0, (0.0, 1.0))
        self.data: Histogram | None = None
        self.events: Ints = np.zeros(0, dtype=np.int32)
        self.known_by: int | None = None
        self._star = "", "#878c93"
        self._newest = dates.FUTURE
        self._home = (0.0, 1.0)
        self._grip: Grip | None = None
        self._taken, self._before, self._resume = self.clock, self.clock, False
        self._from_day = 0.0
        self._pan_x: float | None = None
        self._bars_told = ""
        self.view = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        self.axis = parts.Axis()
        self._bars, self._window, self._bracket = parts.Bars(), parts.Window(), parts.Bracket()
        self._line, self._known = parts.ClockLine(), parts.KnownBy()
        self._caption, self._note, self._nothing = parts.Caption(), parts.Caption(), parts.Nothing(NOTHING)
        self._dated = (self._bars, self._line, self.axis, self._caption, self._note)
        self._parts = (*self._dated, self._window, self._bracket, self._known, self._nothing)
        for item in (self.view, *self._parts):
            self.addItem(item)
        self.view.sigXRangeChanged.connect(self._rescaled)
        self.show_bars(None, "", "#878c93", self.events)

    # what it shows

    def show_theme(self, theme: Theme) -> None:
        """Show the same in another theme; the colour of the bars comes with them."""
        self.theme = theme
        self.setBackground(qcolor(theme.surface))
        dress = parts.Dress(theme, self.font(), QColor(self._star[1]))
        for part in self._parts:
            part.wear(dress)
        self._rescaled()

    def show_bars(self, bars: Histogram | None, star_label: str, star_color_hex: str, event_days: Ints) -> None:
        """Show moves per quarter (None: that there are none), coloured where they go to `star_label`, and latch to
        `event_days`, (n,) ascending. Days that were zoomed to stay in sight if they still are within the bars."""
        zoomed = self.zoomed
        self.data, self._star, self.events = bars, (star_label, star_color_hex), event_days
        for part in self._dated:
            part.setVisible(bars is not None)
        self._nothing.setVisible(bars is None)
        self._bars.show_data(bars)
        self._limit(keep=zoomed)
        self.show_theme(self.theme)
        self._bars_told = timeline_words.bars(bars, star_label) if bars is not None else ""
        self._describe()

    def show_clock(self, clock: Clock) -> None:
        """Show a moment. A clock that runs out of the days in sight takes them along."""
        was, self.clock = self.clock, clock
        if clock.span != was.span:
            self._limit(keep=self.zoomed)
        first, last = self.view.viewRange()[0]
        if first <= was.day <= last and not first <= clock.day <= last and self._grip is None:
            start = clock.day - (last - first) * (MARGIN if clock.day > last else 1 - MARGIN)
            self.view.setXRange(start, start + last - first, padding=0)
        self._place_clock()
        told = (int(was.day), was.mode, was.window, was.playing) != (
            int(clock.day), clock.mode, clock.window, clock.playing
        )  # fmt: skip
        if told:
            self._describe()

    def show_known_by(self, day: int | None, newest: int) -> None:
        """Show the known-by day; None is now. newest: the last day on which something became known."""
        self.known_by, self._newest = day, newest
        self._place_known_by(day)
        self._describe()

    @property
    def scale_shown(self) -> TimeScale:
        """Which days stand where."""
        first, last = self.view.viewRange()[0]
        return TimeScale(float(first), float(last), float(SIDE), float(max(self.width() - SIDE, SIDE + 1)))

    @property
    def zoomed(self) -> bool:
        """Whether other days are in sight than all the bars."""
        first, last = self.view.viewRange()[0]
        return bool(abs(first - self._home[0]) + abs(last - self._home[1]) > 0.01 * (self._home[1] - self._home[0]))

    def reset_zoom(self) -> None:
        """All the bars in sight."""
        self.view.setXRange(*self._home, padding=0)

    def tip_at(self, x: float) -> str:
        """What is told about the bar at a place; blank where there is none."""
        data, day = self.data, self.scale_shown.day(x)
        if data is None or not int(data.quarter[0]) <= day < data.end:
            return ""
        return timeline_words.bar(data, int(np.searchsorted(data.quarter, day, side="right")) - 1, self._star[0])

    # days in sight

    def _limit(self, *, keep: bool) -> None:
        """All the bars are in sight at first; the whole span of the clock can be."""
        first, last = self.clock.span
        if self.data is not None:
            self._home = (float(self.data.quarter[0]), float(max(self.data.end, last)))
        elif first < last:
            self._home = (first, last)
        low, high = min(self._home[0], first if first < last else self._home[0]), self._home[1]
        self.view.setLimits(xMin=low, xMax=high, minXRange=min(CLOSEST, high - low), maxXRange=high - low)
        if not keep:
            self.reset_zoom()

    def _rescaled(self) -> None:
        """Other days are in sight, or the widget has another size: everything moves."""
        scale = self.scale_shown
        self._bars.show_scale(scale)
        self.axis.show_scale(scale)
        self._place_clock()
        self._place_known_by(self.known_by)
        self._caption_words()

    def _caption_words(self) -> None:
        side = SIDE + (8 if self.clock.repeats is not None else 0)  # beside the ends of the bracket
        self._caption.fit(QRectF(side, 0, max(self.width() - 2 * side, 1), HEAD))
        self._note.fit(QRectF(SIDE, FOOT - 4, max(self.width() / 2 - SIDE, 1), HEIGHT - FOOT + 4))
        self._nothing.fit(QRectF(SIDE, HEAD, max(self.width() - 2 * SIDE, 1), BASE - HEAD))
        data, star, scale = self.data, self._star[0], self.scale_shown
        if data is None:
            return
        named = bool(star) and bool(data.focus.any())
        others = "to others" if named else "to any"
        keys = ((f"to {star}", f"to {star}", 0), (others, others, 1), ("dated by the year only", "year only", 2))
        shown = (named, data.others.any(), data.spread.any())
        noun = self.data.noun if self.data is not None else "move"
        self._caption.show_words(f"{noun}s per quarter", tuple(k for k, on in zip(keys, shown, strict=True) if on))
        days = f"{dates.text(int(scale.first))} – {dates.text(int(scale.last))}"
        self._note.show_words(f"{days} · double click for all" if self.zoomed else "")

    def _place_clock(self) -> None:
        scale, clock = self.scale_shown, self.clock
        x = float(round(scale.x(clock.day)))
        self._bars.show_split(x)
        inside = scale.left - 1 <= x <= scale.right + 1
        self._line.setPos(x if inside else parts.NOWHERE, 0)
        shown = self.data is not None and clock.mode is Mode.WINDOW
        self._window.setVisible(shown)
        if shown:
            start = max(float(round(scale.x(clock.day - clock.window))), scale.left)
            end = min(x, scale.right)
            self._window.fit(QRectF(start - 2, HEAD, max(end - start, 0) + 4, BASE - HEAD))
        loops = self.data is not None and clock.repeats is not None
        if loops != self._bracket.isVisible():
            self._bracket.setVisible(loops)
            self._caption_words()
        if loops and clock.repeats is not None:
            first, last = (min(max(scale.x(day), scale.left), scale.right) for day in clock.repeats)
            self._bracket.fit(QRectF(first - 2, 0, last - first + 4, 10))

    def _place_known_by(self, day: int | None) -> None:
        scale = self.scale_shown
        word = "known by" if day is None else f"known by {dates.text(day)}"
        self._known.show_day(word, day is None)
        x = scale.right if day is None else min(max(scale.x(day), scale.left), scale.right)
        self._known.setPos(x, 0)

    def _describe(self) -> None:
        told = timeline_words.moment(self.clock, self.known_by)
        self.setAccessibleDescription(f"{told}. {self._bars_told}" if self.data is not None else NOTHING)

    # pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a grip, or go to the day at the pointer; with the middle button, begin to pan."""
        event.accept()
        x, y = event.position().x(), event.position().y()
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pan_x = x
        elif event.button() is Qt.MouseButton.LeftButton and self._grip is None:
            self._take(self._grip_at(x, y), x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held, or show what could be."""
        event.accept()
        x, scale = event.position().x(), self.scale_shown
        if self._pan_x is not None:
            self.view.translateBy(x=(self._pan_x - x) / scale.unit)
            self._pan_x = x
        elif self._grip is Grip.KNOWN_BY:
            self._place_known_by(known_by_at(x, scale, self._newest))
        elif self._grip is not None:
            self.wanted.emit(dragged(self._grip, self._taken, self._from_day, scale.day(x), scale, self.events))
        else:
            self._point(x, event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: time runs on if it did."""
        event.accept()
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pan_x = None
        elif event.button() is Qt.MouseButton.LeftButton:
            self._let_go(event.position().x())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """All days in sight again, and the clock where it was before the first click; on the known-by handle: now."""
        event.accept()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._grip_at(event.position().x(), event.position().y()) is Grip.KNOWN_BY:
            self.known_by_wanted.emit(None)
            return
        self.reset_zoom()
        self.wanted.emit(self._before)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; with Shift, or turned sideways, pan."""
        event.accept()
        turned, scale = event.angleDelta(), self.scale_shown
        sideways = turned.x() or (turned.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        if sideways:
            self.view.translateBy(x=-sideways / 120 * PAN_STEP * (scale.last - scale.first))
        elif turned.y():
            day = scale.day(min(max(event.position().x(), scale.left), scale.right))
            self._zoom(ZOOM_STEP ** (-turned.y() / 120), day)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the numbers of the bar below the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place: QPoint = event.pos()
            QToolTip.showText(event.globalPos(), self.tip_at(place.x()) if place.y() < FOOT else "", self)
            return True
        return bool(super().viewportEvent(event))

    def quarter_at(self, x: float) -> str:
        """The key of the quarter of the bar at a place; blank where there is none."""
        data, day = self.data, self.scale_shown.day(x)
        if data is None or not int(data.quarter[0]) <= day < data.end:
            return ""
        at = int(np.searchsorted(data.quarter, day, side="right")) - 1
        return f"{QUARTER}{dates.text(int(data.quarter[at]))}" if data.total[at] else ""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the bar below the pointer; by the key, of that below the clock."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        key = self.quarter_at(self.scale_shown.x(self.clock.day) if by_key else float(event.pos().x()))
        if key and (by_key or event.pos().y() < FOOT):
            self.menu_wanted.emit(key, event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is below the pointer any more."""
        self.viewport().unsetCursor()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing can be held that is not there."""
        self._let_go(None)
        super().hideEvent(event)

    def _zoom(self, factor: float, day: float) -> None:
        """So many times as many days in sight, with a day where it is; at the bounds as many as there are."""
        first, last = self.view.viewRange()[0]
        limits = self.view.state["limits"]["xRange"]
        factor = min(max(factor, limits[0] / (last - first)), limits[1] / (last - first))
        self.view.setXRange(day - (day - first) * factor, day + (last - day) * factor, padding=0)

    def _grip_at(self, x: float, y: float) -> Grip | None:
        place = self._known.sceneBoundingRect()
        grip = grip_at(x, y, self.scale_shown, self.clock, (place.left(), place.right()))
        return grip if self.data is not None or grip is Grip.KNOWN_BY else None

    def _point(self, x: float, y: float) -> None:
        """The pointer shows what can be dragged."""
        grip = self._grip_at(x, y)
        shape = Qt.CursorShape.ArrowCursor
        if grip in _RESIZING:
            shape = Qt.CursorShape.SizeHorCursor
        elif grip is Grip.WINDOW:
            shape = Qt.CursorShape.OpenHandCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def _take(self, grip: Grip | None, x: float) -> None:
        self._grip = grip
        if grip is None or grip is Grip.KNOWN_BY:
            return
        scale, clock = self.scale_shown, self.clock
        self._before, self._resume, self._from_day = clock, clock.playing, scale.day(x)
        self._taken = clock.paused()
        self.held.emit(True)
        if grip is Grip.GROUND:
            self.wanted.emit(dragged(grip, self._taken, self._from_day, self._from_day, scale, self.events))
        elif self._resume:
            self.wanted.emit(self._taken)

    def _let_go(self, x: float | None) -> None:
        """x: where; None if the hand was not there any more."""
        grip, self._grip = self._grip, None
        if grip is Grip.KNOWN_BY:
            day = known_by_at(x, self.scale_shown, self._newest) if x is not None else self.known_by
            self._place_known_by(self.known_by)
            if day != self.known_by:
                self.known_by_wanted.emit(day)
        elif grip is not None:
            if self._resume and (self.clock.repeats is not None or not self.clock.at_end):
                self.wanted.emit(self.clock.played())
            self.held.emit(False)

    # keys, size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys are the window's."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """The same days on another width."""
        super().resizeEvent(event)
        if hasattr(self, "view"):  # the base class resizes before it is made
            self.view.setGeometry(QRectF(SIDE, HEAD, max(self.width() - 2 * SIDE, 1), BASE - HEAD))
            self.axis.setGeometry(QRectF(0, BASE, self.width(), FOOT - BASE))
            self._rescaled()
