"""What the keyboard does on the marks of the canvas: it travels from mark to mark, and selects.

Enter steps onto the marks, Escape off them. In between the keys below belong to the canvas, though the window uses some
of them for other things: whoever owns it asks `wants` at every ShortcutOverride.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.desktop import accessible
from app.desktop.chrome import qcolor
from app.render.theme import Theme
from app.scene.camera import Camera
from app.scene.travel import Place, Way, step
from app.scene.twin import Kind, TwinMark

GAP, DOT = 4.0, 9.0
"""Pixels between an organization's disc and the ring round it; radius of the ring in the middle of a flow."""
_Key, _Modifier = Qt.Key, Qt.KeyboardModifier

WAYS: Mapping[Qt.Key, Way] = MappingProxyType(
    {
        _Key.Key_Left: Way.LEFT,
        _Key.Key_Right: Way.RIGHT,
        _Key.Key_Up: Way.UP,
        _Key.Key_Down: Way.DOWN,
        _Key.Key_PageDown: Way.NEXT,
        _Key.Key_PageUp: Way.PREVIOUS,
        _Key.Key_Backspace: Way.BACK,
    }
)
"""Enter goes into an organization or to the end of a flow, with Shift to its start; Space selects; Escape leaves."""
ENTER = (_Key.Key_Return, _Key.Key_Enter)


class Ground(accessible.Marked, Protocol):
    """The canvas as the traveller needs it."""

    camera: Camera
    theme: Theme

    def update(self) -> None:
        """Paint anew."""

    def go_to(self, keys: tuple[str, ...]) -> None:
        """Bring marks into sight."""


class Travelling:
    """The keyboard on one canvas."""

    def __init__(self, ground: Ground, widget: QWidget) -> None:
        """ground and widget are the same canvas, once as what it tells and once as what it is."""
        self._ground, self._widget = ground, widget
        self._at = Place()

    @property
    def key(self) -> str:
        """The key of the mark that the keyboard is on, blank for none and for one that is not shown any more."""
        there = bool(self._at.key) and self._ground.marks().number(self._at.key) >= 0
        return self._at.key if there else ""

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key, pressed now, belongs to the traveller and to no shortcut of the window."""
        shift = event.modifiers() == _Modifier.ShiftModifier
        plain = not event.modifiers() & ~_Modifier.KeypadModifier
        key = Qt.Key(event.key())
        if key in ENTER:
            return plain or (shift and bool(self.key))
        return bool(self.key) and plain and (key in WAYS or key in (_Key.Key_Space, _Key.Key_Escape))

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; whether it meant anything."""
        if not self.wants(event):
            return False
        key = Qt.Key(event.key())
        if key is _Key.Key_Escape:
            self.go("")
        elif key is _Key.Key_Space:
            self._ground.select(self.key)
        elif not self.key:
            self._begin()
        else:
            self._step(self._entering(event) if key in ENTER else WAYS[key])
        return True

    def go(self, key: str) -> None:
        """Put the keyboard on the mark of a key, or with a blank one on none."""
        self._arrive(Place(key))

    def paint(self, painter: QPainter) -> None:
        """A ring round the mark that the keyboard is on."""
        if not self._at.key or not self._widget.hasFocus():
            return
        mark = self._ground.marks().mark(self._at.key)
        if mark is None:
            return
        theme = self._ground.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((theme.bg, 5.0), (theme.accent, 2.5)):  # the ground below keeps it apart from any ribbon
            painter.setPen(QPen(qcolor(color), width))
            self._ring(painter, mark)
        painter.restore()

    def _ring(self, painter: QPainter, mark: TwinMark) -> None:
        """Round an organization, round the middle of a line, round the box of anything else."""
        camera = self._ground.camera
        if mark.kind is Kind.ORGANIZATION or mark.kind.is_line:
            radius = DOT if mark.kind.is_line else mark.box[2] / 2 * camera.scale + GAP
            painter.drawEllipse(QPointF(*camera.to_view(*mark.at)), radius, radius)
            return
        (x, y), s = camera.to_view(*mark.box[:2]), camera.scale
        box = QRectF(x, y, mark.box[2] * s, mark.box[3] * s).adjusted(-GAP, -GAP, GAP, GAP)
        painter.drawRoundedRect(box, 8.0, 8.0)

    def _begin(self) -> None:
        """From what is selected, if it is one of the marks, else from the organization with most moves."""
        twin = self._ground.marks()
        chosen = [key for key in self._ground.selection if twin.number(key) >= 0]
        self._arrive(Place(chosen[0]) if chosen else step(twin, Place(), Way.INTO))

    def _entering(self, event: QKeyEvent) -> Way:
        mark = self._ground.marks().mark(self._at.key)
        if mark is None or not mark.kind.is_line:
            return Way.INTO
        return Way.START if event.modifiers() & _Modifier.ShiftModifier else Way.END

    def _step(self, way: Way) -> None:
        self._arrive(step(self._ground.marks(), self._at, way))

    def _arrive(self, place: Place) -> None:
        self._at = place
        mark = self._ground.marks().mark(place.key)
        if mark is not None and not self._in_sight(mark):
            self._ground.go_to((mark.key,))
        accessible.told_focus(self._widget, place.key)
        self._ground.update()

    def _in_sight(self, mark: TwinMark) -> bool:
        """Whether the middle of a mark lies on the widget."""
        return self._widget.rect().contains(QPointF(*self._ground.camera.to_view(*mark.at)).toPoint())
