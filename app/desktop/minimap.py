"""The overview map: a whole chart small in a corner of the canvas, with the part that is in sight; a click or a drag
goes there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.desktop import camera as moves
from app.desktop.chrome import qcolor, scaled
from app.desktop.stills import Stills
from app.pictures.shown_seats import ChartShown
from app.render.palette import Palette
from app.render.theme import LIGHT, Theme
from app.scene.camera import HOME, Camera

SIZE = QSize(220, 140)
INSET, AROUND = 8.0, 12
"""Pixels between its rim and the chart, and between it and the rim of the canvas."""
SLICE = 0.003
"""Seconds that one slice of painting may take."""


class MiniMap(QWidget):
    """Shows a chart and where a camera looks."""

    wanted = Signal(object)
    """A camera that looks at the place that was pointed at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.resize(scaled(SIZE.width()), scaled(SIZE.height()))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("The whole chart; click or drag to go there")
        self.setAccessibleName("Overview map")
        self._shown: ChartShown | None = None
        self._theme: Theme = LIGHT
        self._camera, self._view = HOME, (1.0, 1.0)
        self._stills = Stills()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)
        self.on = True
        """Whether the user wants it."""
        self.hide()

    def show_picture(self, shown: ChartShown | None, theme: Theme) -> None:
        """Show a chart; None for another picture, of which there is no overview."""
        self._shown, self._theme = shown, theme
        if shown is not None:
            palette = Palette(theme, shown.overview.meta.colors)
            size = (self.width(), self.height())
            self._stills.want(shown.overview, theme, palette, self._own, size, self.devicePixelRatioF())
            self._timer.start()
        self._turn()

    def show_camera(self, camera: Camera, view: tuple[float, float]) -> None:
        """Show what a camera sees of it in a view of this size."""
        self._camera, self._view = camera, view
        self._turn()
        self.update()

    def turn_on(self, on: bool) -> None:
        """Whether it may be seen."""
        self.on = on
        self._turn()

    def stand(self, size: QSize, foot: float) -> None:
        """Stand in the lower right corner of a canvas of this size, above its foot."""
        self.move(size.width() - self.width() - AROUND, round(size.height() - foot) - self.height() - AROUND)
        self.setVisible(self.isVisible() and size.width() > 3 * self.width())

    def close_down(self) -> None:
        """Stop painting."""
        self._timer.stop()

    @property
    def _own(self) -> Camera:
        """The camera that shows all of it here."""
        if self._shown is None:
            return HOME
        left, top, right, bottom = self._shown.world
        wide, tall = self.width() - 2 * INSET, self.height() - 2 * INSET
        scale = min(wide / max(right - left, 1.0), tall / max(bottom - top, 1.0))
        x = (self.width() - (right - left) * scale) / 2 - left * scale
        return Camera(scale, x, (self.height() - (bottom - top) * scale) / 2 - top * scale)

    def _turn(self) -> None:
        shown = self._shown
        there = self.on and shown is not None and not moves.is_home(self._camera, shown.home)
        self.setVisible(there)
        if there:
            self.raise_()

    def _step(self) -> None:
        if self._stills.step(SLICE):
            self.update()
        if not self._stills.busy:
            self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chart, and the part in sight."""
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rim = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.fillRect(self.rect(), qcolor(self._theme.bg))
            if self._shown is not None:
                self._stills.draw(painter, self._own)
            painter.setPen(QPen(qcolor(self._theme.line2), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rim)
            own = self._own
            corners = [self._camera.to_world(0.0, 0.0), self._camera.to_world(*self._view)]
            seen = QRectF(*(QPointF(*own.to_view(*corner)) for corner in corners))
            seen = seen.intersected(rim.adjusted(1, 1, -1, -1))
            ground = qcolor(self._theme.accent)
            ground.setAlphaF(0.12)
            painter.setPen(QPen(qcolor(self._theme.accent), 1.5))
            painter.setBrush(ground)
            painter.drawRect(seen)
        finally:
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def _go(self, at: QPointF) -> None:
        x, y = self._own.to_world(at.x(), at.y())
        s = self._camera.scale
        self.wanted.emit(Camera(s, self._view[0] / 2 - x * s, self._view[1] / 2 - y * s))
