"""The keyboard on the marks of a canvas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.chrome import qcolor
from app.desktop.travelling import Travelling
from app.render.theme import LIGHT
from app.scene.camera import HOME, Camera
from tests.desktop.painted import FLOW, OTHER, A, B, Painted
from tests.desktop.waiting import until

Key, Modifier = Qt.Key, Qt.KeyboardModifier


class Travelled(Painted):
    """A painted widget that the keyboard travels over."""

    def __init__(self) -> None:
        self.camera, self.theme = HOME, LIGHT
        self.shown: list[tuple[str, ...]] = []
        super().__init__()
        self.travelling = Travelling(self, self)

    def go_to(self, keys: tuple[str, ...]) -> None:
        self.shown.append(keys)

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and self.travelling.wants(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.travelling.press(event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), qcolor(LIGHT.bg))
            self.travelling.paint(painter)


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Travelled]:
    widget = Travelled()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    widget.setFocus()
    until(widget.hasFocus)
    return widget


def walk(canvas: Travelled, qtbot: QtBot, *keys: Qt.Key) -> list[str]:
    """The marks that the keyboard comes to."""
    found = []
    for key in keys:
        qtbot.keyClick(canvas, key)
        found.append(canvas.travelling.key)
    return found


def wants(canvas: Travelled, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> bool:
    return canvas.travelling.wants(QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier))


def test_enter_steps_on_and_escape_off(canvas: Travelled, qtbot: QtBot) -> None:
    assert canvas.travelling.key == ""
    assert walk(canvas, qtbot, Key.Key_Return, Key.Key_Escape) == [A.key, ""]


def test_enter_steps_onto_what_is_selected(canvas: Travelled, qtbot: QtBot) -> None:
    canvas.select(B.key)
    assert walk(canvas, qtbot, Key.Key_Enter) == [B.key]


def test_arrows_enter_pages_and_backspace_travel(canvas: Travelled, qtbot: QtBot) -> None:
    walk(canvas, qtbot, Key.Key_Return)
    assert walk(canvas, qtbot, Key.Key_Right, Key.Key_Left) == [B.key, A.key]
    assert walk(canvas, qtbot, Key.Key_Return, Key.Key_Return) == [FLOW.key, B.key]
    assert walk(canvas, qtbot, Key.Key_Return, Key.Key_Backspace) == [FLOW.key, B.key]
    assert walk(canvas, qtbot, Key.Key_PageDown, Key.Key_PageUp) == [A.key, B.key]
    walk(canvas, qtbot, Key.Key_Return)
    qtbot.keyClick(canvas, Key.Key_Return, Modifier.ShiftModifier)
    assert canvas.travelling.key == A.key


def test_space_selects_the_mark(canvas: Travelled, qtbot: QtBot) -> None:
    walk(canvas, qtbot, Key.Key_Return, Key.Key_Return, Key.Key_Space)
    assert canvas.selection == (FLOW.key,)


def test_keys_of_the_window_stay_its_own_until_the_keyboard_is_on_a_mark(canvas: Travelled, qtbot: QtBot) -> None:
    for key in (Key.Key_Left, Key.Key_Space, Key.Key_Escape, Key.Key_PageUp):
        assert not wants(canvas, key)
    assert wants(canvas, Key.Key_Return)
    walk(canvas, qtbot, Key.Key_Return)
    for key in (Key.Key_Left, Key.Key_Space, Key.Key_Escape, Key.Key_PageUp):
        assert wants(canvas, key)
        assert not wants(canvas, key, Modifier.ControlModifier)
    assert not wants(canvas, Key.Key_F)


def test_a_shortcut_of_the_window_works_until_the_keyboard_is_on_a_mark(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    canvas = Travelled()
    window.setCentralWidget(canvas)
    forward = QAction("Next move", window)
    forward.setShortcut(QKeySequence("Right"))
    window.addAction(forward)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    canvas.setFocus()
    until(canvas.hasFocus)
    with qtbot.waitSignal(forward.triggered):
        qtbot.keyClick(canvas, Key.Key_Right)
    walk(canvas, qtbot, Key.Key_Return)
    with qtbot.assertNotEmitted(forward.triggered):
        assert walk(canvas, qtbot, Key.Key_Right) == [B.key]


def test_a_mark_out_of_sight_is_brought_into_it(canvas: Travelled, qtbot: QtBot) -> None:
    canvas.camera = Camera(1.0, -70.0, 0.0)
    walk(canvas, qtbot, Key.Key_Return, Key.Key_Right)
    assert canvas.shown == [(A.key,)]


def test_a_mark_that_is_not_shown_any_more_is_left(canvas: Travelled, qtbot: QtBot) -> None:
    walk(canvas, qtbot, Key.Key_Return)
    canvas.twin = OTHER
    assert canvas.travelling.key == ""
    assert walk(canvas, qtbot, Key.Key_Return) == [OTHER.marks[0].key]


def test_a_ring_shows_where_the_keyboard_is(canvas: Travelled, qtbot: QtBot) -> None:
    accent = qcolor(LIGHT.accent)

    def ringed(widget: QWidget, x: float, y: float) -> bool:
        image = widget.grab().toImage()
        at = (QPointF(x, y) * image.devicePixelRatio()).toPoint()
        return image.pixelColor(at) == accent

    assert not ringed(canvas, 34, 20)
    walk(canvas, qtbot, Key.Key_Return)
    assert ringed(canvas, 34, 20)
    walk(canvas, qtbot, Key.Key_Return)
    assert not ringed(canvas, 34, 20)
    assert ringed(canvas, 59, 40)
