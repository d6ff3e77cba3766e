"""The heat map over the canvas: there while a matrix is one. It is drawn with pyqtgraph, which takes long to import, so
it is made when that has been done and somebody looks at it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect

from app.pictures.shown import Shown
from app.pictures.shown_heat import HeatShown
from app.render.theme import Theme
from app.scene import motion as moving

if TYPE_CHECKING:
    from app.desktop.application import Application
    from app.desktop.charts.heatmap import HeatMap


class Heating(QObject):
    """Keeps the heat map of one window in line with its session."""

    def __init__(self, application: Application) -> None:
        super().__init__(application)
        self._app = application
        self._grown = "app.desktop.charts.timeline" in sys.modules  # pyqtgraph is there
        self.chart: HeatMap | None = None
        session = application.session
        session.clock_changed.connect(lambda _: self._show_moment())
        session.focus_changed.connect(self._show_focus)
        application.showing.shown_changed.connect(self._show)
        application.canvas.resized.connect(lambda _: self._place())

    @property
    def shown(self) -> HeatShown | None:
        """The heat map that is shown; None while another picture is, or one of nobody."""
        shown = self._app.canvas.shown
        return shown if isinstance(shown, HeatShown) and shown.picture.exchange.n_pairs else None

    def grow(self) -> None:
        """Pyqtgraph has been imported."""
        self._grown = True
        if self._app.canvas.shown is not None:
            self._show(self._app.canvas.shown)

    def show_theme(self, theme: Theme) -> None:
        """The same in another theme."""
        if self.chart is not None:
            self.chart.show_theme(theme)

    def _show_focus(self, keys: tuple[str, ...]) -> None:
        """What is selected."""
        if self.chart is not None:
            self.chart.show_focus(self._app.crowds.follow(keys))

    def _show(self, _: Shown) -> None:
        """Another picture is on the canvas."""
        canvas, shown = self._app.canvas, self.shown
        if shown is None or not self._grown:
            if canvas.cover is not None:
                had_keys = canvas.hasFocus()
                canvas.cover = None
                canvas.setFocusProxy(None)  # type: ignore[arg-type]  # None takes it back
                if self.chart is not None:
                    self.chart.hide()
                if had_keys:
                    canvas.setFocus()
            return
        had_keys = canvas.hasFocus()
        chart = self._made()
        canvas.cover = chart
        canvas.setFocusProxy(chart)
        self._place()
        chart.scene_shown = canvas.scene
        chart.show_picture(shown)
        self._show_moment()
        self._show_focus(self._app.session.focus)
        chart.show()
        chart.raise_()
        if had_keys:
            chart.setFocus()

    def _made(self) -> HeatMap:
        if self.chart is None:
            from app.desktop.charts.heatmap import HeatMap  # takes too long to import before the first paint

            self.chart = HeatMap(self._app.canvas)
            self.chart.chosen.connect(lambda keys, adding: self._app.canvas.choose(keys, adding=adding))
            self.chart.menu_wanted.connect(self._app.offers.menu)
            self.chart.show_theme(self._app.frame.theme)
        return self.chart

    def _show_moment(self) -> None:
        """What has happened by the day of the clock, and in its window."""
        if self.chart is None or self.shown is None:
            return
        clock = self._app.session.clock
        day = None if clock.at_end and not clock.playing else clock.day
        at = self.shown.gathered.clock if day is None else day
        self.chart.show_moment(at, moving.since(at, clock.mode.value, clock.window))

    def _place(self) -> None:
        """Between header and foot of the canvas."""
        canvas = self._app.canvas
        if self.chart is None or canvas.shown is None:
            return
        frame = canvas.shown.frame
        top = round(frame.header_height) + 2
        foot = round(frame.foot[3]) if frame.foot is not None else 0
        self.chart.setGeometry(QRect(0, top, canvas.width(), max(canvas.height() - top - foot - 1, 1)))
