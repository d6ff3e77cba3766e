"""A line over the picture that says what went wrong and what to do, until it is closed. Never a dialog in the way."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from app.desktop.chrome import lettered, qcolor
from app.desktop.icons import icon
from app.render.theme import Theme


class Banner(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QToolButton(self)
        self._close.setToolTip("Close this message")
        self._close.setAccessibleName("Close this message")
        self._close.setIconSize(QSize(14, 14))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.addWidget(self._text)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; blank while it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def say(self, text: str) -> None:
        """Show a sentence and its remedy, in one to three lines."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()

    def show_theme(self, theme: Theme) -> None:
        """Icon and type in the theme's colours."""
        self._close.setIcon(icon("x", qcolor(theme.ink2).name(), 14))
        self._text.setFont(lettered(self.font(), 12, 500))
