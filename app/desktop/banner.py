"""A line over the picture that says what went wrong and what to do, until it is closed. Never a dialog in the way.

What can be done at once stands beside the words as buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from app.desktop.chrome import lettered, qcolor
from app.desktop.icons import icon
from app.render.theme import Theme

Action = tuple[str, Callable[[], object]]
"""The words of a button, and what it does."""


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
        self._close.clicked.connect(self._dismiss)
        self._buttons: list[QPushButton] = []
        self._dismissed: Callable[[], object] | None = None
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.addWidget(self._text, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; blank while it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    @property
    def actions_said(self) -> list[str]:
        """The words of its buttons; none while it is hidden."""
        return [button.text() for button in self._buttons] if not self.isHidden() else []

    def say(self, text: str, actions: Sequence[Action] = (), dismissed: Callable[[], object] | None = None) -> None:
        """Show a sentence and its remedy, in one to three lines.

        actions: what can be done at once, the likeliest first; dismissed: called when the user closes the message.
        """
        self._text.setText(text)
        self.setAccessibleName(text)
        self._dismissed = dismissed
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        before: QWidget = self._text
        for words, do in actions:
            button = QPushButton(words, self)
            button.clicked.connect(lambda _=False, do=do: do())
            self._row.insertWidget(self._row.count() - 1, button, 0, Qt.AlignmentFlag.AlignVCenter)
            button.show()
            self.setTabOrder(before, button)
            self._buttons.append(button)
            before = button
        self.setTabOrder(before, self._close)
        self.show()

    def show_theme(self, theme: Theme) -> None:
        """Icon and type in the theme's colours."""
        self._close.setIcon(icon("x", qcolor(theme.ink2).name(), 14))
        self._text.setFont(lettered(self.font(), 12, 500))

    def _dismiss(self) -> None:
        self.hide()
        if self._dismissed is not None:
            self._dismissed()
