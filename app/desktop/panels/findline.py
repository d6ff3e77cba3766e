"""The line in which one types what to find in a table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.desktop.icons import icon
from app.render.theme import Theme

_LEAVING = (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindLine(QLineEdit):
    """Escape empties it, or leaves it where it is empty; Down and Enter go into the rows."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Find in this table")
        self.setAccessibleName("Find in this table")
        self.setToolTip("Rows in which every word is found (Ctrl+F)")
        self.setClearButtonEnabled(True)
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)

    def show_theme(self, theme: Theme) -> None:
        """The sign in the theme's colours."""
        self._sign.setIcon(icon("search", theme.ink3.hex, 14))

    def event(self, event: QEvent) -> bool:
        """Escape is kept from the window's commands."""
        override = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, Down and Enter are its own."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in _LEAVING:
            self.left.emit()
        else:
            super().keyPressEvent(event)
