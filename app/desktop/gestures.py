"""What the pointer does on the canvas: pan, click, rubber band, carrying an organization to another place, or another
mark onto one."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen

from app.desktop import camera as moves
from app.desktop.chrome import lettered, qcolor
from app.pictures.reach import named

if TYPE_CHECKING:
    from app.desktop.canvas import Canvas

CLICK = 5.0
"""Pixels that the pointer may move between press and release of a click."""
Modifier = Qt.KeyboardModifier


class Doing(Enum):
    """What a press has begun."""

    NOTHING = auto()
    PRESSED = auto()
    PANNING = auto()
    BANDING = auto()
    CARRYING = auto()
    DRAGGING = auto()


class Gestures:
    """Reads the pointer's events of one canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.doing = Doing.NOTHING
        self._from, self._at = QPointF(), QPointF()
        self._key = ""
        self._adding = False

    @property
    def busy(self) -> bool:
        """Whether a button is held on the canvas."""
        return self.doing is not Doing.NOTHING

    @property
    def carried(self) -> str:
        """The key of the organization that is carried; blank for none."""
        return self._key if self.doing is Doing.CARRYING else ""

    def press(self, event: QMouseEvent) -> bool:
        """Begin; whether it means anything."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return False
        self._from = self._at = event.position()
        self._adding = bool(event.modifiers() & (Modifier.ControlModifier | Modifier.ShiftModifier))
        middle = event.button() is Qt.MouseButton.MiddleButton
        self._key = "" if middle else self._canvas.key_at(event.position().x(), event.position().y())
        self.doing = Doing.PANNING if middle else Doing.PRESSED
        if middle:
            self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def move(self, event: QMouseEvent) -> None:
        """Go on."""
        way, self._at = event.position() - self._at, event.position()
        if self.doing is Doing.PRESSED and (self._at - self._from).manhattanLength() >= CLICK:
            self._begin(event)
            way = self._at - self._from
        if self.doing is Doing.PANNING:
            self._canvas.set_camera(moves.panned(self._canvas.camera, way.x(), way.y()))
        elif self.doing is Doing.DRAGGING:
            self._canvas.dragging.move(self._at)
        elif self.doing in (Doing.BANDING, Doing.CARRYING):
            self._canvas.update()

    def release(self, event: QMouseEvent) -> None:
        """End: select what was clicked or lies in the band, or put down what was carried."""
        doing, self.doing = self.doing, Doing.NOTHING
        self._canvas.unsetCursor()
        canvas = self._canvas
        if doing is Doing.PRESSED:
            alt = bool(event.modifiers() & Modifier.AltModifier)
            canvas.click(self._key, adding=self._adding, whole=alt)
        elif doing is Doing.BANDING:
            canvas.choose(canvas.keys_in(self._band()), adding=True)
        elif doing is Doing.CARRYING:
            canvas.put_down(self._key, self._at)
        elif doing is Doing.DRAGGING:
            canvas.dragging.drop(self._at)
        canvas.update()

    def give_up(self) -> bool:
        """Escape while a button is held: nothing happens; whether there was anything to give up."""
        was, self.doing = self.doing, Doing.NOTHING
        if was is Doing.DRAGGING:
            self._canvas.dragging.end()
            self._canvas.told.emit("")
        self._canvas.unsetCursor()
        self._canvas.update()
        return was is not Doing.NOTHING

    def paint(self, painter: QPainter) -> None:
        """The band, or the ring of what is carried with the words of what will happen."""
        canvas, theme = self._canvas, self._canvas.theme
        if self.doing is Doing.BANDING:
            ground = qcolor(theme.accent)
            ground.setAlphaF(0.10)
            painter.setPen(QPen(qcolor(theme.accent), 1))
            painter.setBrush(ground)
            painter.drawRect(self._band())
        elif self.doing is Doing.CARRYING and canvas.picture is not None:
            at = canvas.held_in_map(self._at)
            radius = canvas.radius_of(self._key)
            painter.setPen(QPen(qcolor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, radius, radius)
            words = f"Pin {named(canvas.picture.gathered, self._key)} here"
            painter.setFont(lettered(canvas.font(), 12, 600))
            width = painter.fontMetrics().horizontalAdvance(words) + 16
            left = min(max(at.x() - width / 2, 4.0), canvas.width() - width - 4.0)
            plate = QRectF(left, at.y() + radius + 8, width, 24)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(theme.accent))
            painter.drawRoundedRect(plate, 6, 6)
            painter.setPen(qcolor(theme.bg))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)

    def _begin(self, event: QMouseEvent) -> None:
        """The press has become a drag: of an organization, of a band, of another mark, or of the whole picture."""
        if event.modifiers() & Modifier.ShiftModifier:
            self.doing = Doing.BANDING
            self._canvas.setCursor(Qt.CursorShape.CrossCursor)
        elif self._key.startswith("organizations:") and self._canvas.radius_of(self._key) > 0:
            self.doing = Doing.CARRYING
            self._canvas.setCursor(Qt.CursorShape.DragMoveCursor)
        elif self._canvas.dragging.begin(self._key, self._from):
            self.doing = Doing.DRAGGING
            self._canvas.dragging.move(self._at)
        else:
            self.doing = Doing.PANNING
            self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _band(self) -> QRectF:
        return QRectF(self._from, self._at).normalized()
