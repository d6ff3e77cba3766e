"""Typing into the form that records a move as a user does, and counting the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.desktop.dialogs.record import RecordDialog


class Hands:
    """Types into whatever has the focus: the list of a picker while it is open, else a field."""

    def __init__(self, form: RecordDialog) -> None:
        self.form, self.n_keys = form, 0

    def types(self, text: str) -> None:
        for letter in text:
            QTest.keyClick(self._here(), letter)
            self.n_keys += 1

    def presses(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._here(), key, modifier)
        self.n_keys += 1

    def _here(self) -> QWidget:
        popup = next(
            (p._list for p in (self.form.person, self.form.left, self.form.joined) if p._list.isVisible()), None
        )
        widget = popup or self.form.focusWidget()
        assert widget is not None
        return widget
