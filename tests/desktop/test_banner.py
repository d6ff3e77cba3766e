"""The line over the picture: its words, its buttons, and how they are reached."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.desktop.banner import Banner


def test_buttons_of_the_banner_are_reached_and_pressed_with_the_keyboard(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    pressed: list[str] = []
    actions = [(word, lambda w=word: pressed.append(w)) for word in ("First", "Second")]
    banner.say("Something.", actions, lambda: pressed.append("closed"))
    with qtbot.waitExposed(banner):
        banner.show()
    banner._close.setFocus()
    seen = []
    for _ in range(3):
        banner.focusNextChild()
        widget = banner.focusWidget()
        seen.append(widget.text() if isinstance(widget, QPushButton) else "×")
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier))
    assert seen == ["First", "Second", "×"]
    assert pressed == ["First", "Second", "closed"]
    assert banner.actions_said == []
    banner.say("Something else.")
    assert banner.actions_said == []
    qtbot.mouseClick(banner._close, Qt.MouseButton.LeftButton)
    assert pressed == ["First", "Second", "closed"]
