"""The heat map: all organizations against all others, one cell a flow, to point at, select in, pan, zoom, walk through
by keyboard and hear read out. It asks, by signals, for what the user does with it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.desktop import accessible
from app.desktop.camera import STEP
from app.desktop.charts.heatmap_sight import Sight
from app.desktop.charts.heatmap_view import HeatView
from app.desktop.hovercard import HoverCard
from app.pictures.cards import Card
from app.render.theme import Theme
from app.scene.scene import Scene

SHOW_CARD = 120
"""Milliseconds that the pointer rests before the card is shown."""
CLICK = 5.0
"""Pixels that the pointer may move between press and release of a click."""
_WALK = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class HeatMap(HeatView):
    """One heat map, to work with."""

    chosen = Signal(object, bool)
    """The keys that shall be selected, and whether beside what is."""
    menu_wanted = Signal(str, QPoint)
    """A menu for what a cell or a name stands for (blank: the ground) at a place of the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Heat map")
        self.scene_shown: Scene | None = None
        """What the canvas shows of the picture, for what marks say."""
        self._from: QPointF | None = None
        self._last, self._panned = QPointF(), False
        self.card = HoverCard(self)
        self._card_timer = QTimer(self)
        self._card_timer.setSingleShot(True)
        self._card_timer.setInterval(SHOW_CARD)
        self._card_timer.timeout.connect(self._show_card)

    def show_theme(self, theme: Theme) -> None:
        """Show the same in another theme."""
        super().show_theme(theme)
        self.card.hide()

    def see(self, sight: Sight) -> None:
        """Show other cells; what was told of the last ones goes."""
        if sight != self.sight:
            self.card.hide()
        super().see(sight)

    def _show_card(self) -> None:
        at = self._last
        card = self._card_at(at)
        if card is None or self.palette_shown is None:
            self.card.hide()
            return
        self.card.tell(card, self.theme, self.palette_shown)
        self.card.stand_beside(at)

    def _card_at(self, at: QPointF) -> Card | None:
        """Who, when, how sure, as any picture of flows says it; of an empty cell that nobody went so."""
        picture, scene, cell = self.picture, self.scene_shown, self.cell_at(at.x(), at.y())
        key = self.key_at(at.x(), at.y())
        if picture is None or scene is None:
            return None
        if key:
            return picture.card(scene, key, self.day, 0.0, 0.0, 1.0)
        if cell is None:
            return None
        head = " → ".join(self.parts.names[n] for n in cell)
        return Card(head, "Nobody moves within one" if cell[0] == cell[1] else "Nobody on record went so")

    # pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to click or to pan."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._from = self._last = event.position()
            self._panned = event.button() is Qt.MouseButton.MiddleButton
            self._card_timer.stop()
            self.card.hide()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or point at a cell."""
        at = event.position()
        if self._from is None:
            self._point(at)
            return
        way, far = at - self._last, (at - self._from).manhattanLength()
        if not self._panned and far < CLICK:
            return
        if not self._panned:
            way = at - self._from
        self._panned, self._last = True, at
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.see(self.parts.sight.panned(way.x(), way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select what was clicked."""
        begun, self._from = self._from, None
        self.viewport().unsetCursor()
        if begun is None or self._panned:
            return
        cell = self.cell_at(begun.x(), begun.y())
        if self.parts.walked is not None:
            self.parts.walked = cell
        key = self.key_at(begun.x(), begun.y())
        adding = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self.chosen.emit((key,) if key else (), bool(adding))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """All cells in sight again."""
        self._from = None
        self.fit_all()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; with Shift, or sideways, pan."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.see(self.parts.sight.panned(turned.y() / 2 + turned.x() / 2, 0))
        elif turned.y():
            at = event.position()
            self.see(self.parts.sight.zoomed(STEP ** (turned.y() / 120), at.x(), at.y()))
            self._point(at)
        elif turned.x():
            self.see(self.parts.sight.panned(turned.x() / 2, 0))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what lies below the pointer; by the key, of what one has walked to or selected."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            walked = self.parts.walked
            key = self.picture.key_of(*walked) if walked is not None and self.picture is not None else ""
            key = key or (self.keys[-1] if self.keys else "")
        else:
            key = self.key_at(event.pos().x(), event.pos().y())
        self._card_timer.stop()
        self.card.hide()
        self.menu_wanted.emit(key, event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is below the pointer any more."""
        self.parts.pointed = None
        self._card_timer.stop()
        self.card.hide()
        self.cross.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is held that is not seen."""
        self._from = None
        self._card_timer.stop()
        self.card.hide()
        super().hideEvent(event)

    def _point(self, at: QPointF) -> None:
        """The crosshair follows the pointer, and the card after a moment."""
        cell, before = self.cell_at(at.x(), at.y()), self.key_at(self._last.x(), self._last.y())
        moved = cell != self.parts.pointed or self.key_at(at.x(), at.y()) != before
        self._last = at
        if moved:
            self.parts.pointed = cell
            self.card.hide()
            self._card_timer.start()
            self.cross.update()

    # keys

    def event(self, event: QEvent) -> bool:
        """Keys that walk belong to the heat map, though the window uses some of them."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return bool(super().event(event))

    def _wants(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key, walks = Qt.Key(event.key()), self.parts.walked is not None
        if key in _WALK:
            return plain and bool(self.parts.sight.n)
        return plain and ((key in _ENTER and walks) or (key is Qt.Key.Key_Escape and (walks or bool(self.keys))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from cell to cell, Enter and Space select, Escape leaves."""
        key, walked = Qt.Key(event.key()), self.parts.walked
        if not self._wants(event):
            event.ignore()
        elif key in _WALK:
            self.walk(*_WALK[key])
        elif key is Qt.Key.Key_Escape and walked is None:
            self.chosen.emit((), False)
        elif key is Qt.Key.Key_Escape:
            self.parts.walked = None
            self._walked()
        elif walked is not None and self.picture is not None:
            selected = self.picture.key_of(*walked)
            self.chosen.emit((selected,) if selected else (), False)

    def walk(self, down: int, right: int) -> None:
        """One cell on; the first step leads to what is selected, else to the strongest cell."""
        shown, n = self.parts, self.parts.sight.n
        if shown.walked is None:
            strongest_cell = np.unravel_index(int(self.levels.argmax()), self.levels.shape)
            first, second = (int(at) for at in strongest_cell)
            shown.walked = shown.selected[0] if shown.selected else (first, second)
        else:
            row, column = shown.walked
            shown.walked = min(max(row + down, 0), n - 1), min(max(column + right, 0), n - 1)
        self._walked()

    def _walked(self) -> None:
        """Bring the cell that the keyboard is on into sight, and say what it is."""
        walked = self.parts.walked
        self.parts.pointed = None
        self.card.hide()
        if walked is not None:
            self.see(self.parts.sight.showing(walked))
            told = self.told(walked)
            self.setAccessibleDescription(told)
            accessible.announce(self, told)
        self.marked.update()
        self.cross.update()
