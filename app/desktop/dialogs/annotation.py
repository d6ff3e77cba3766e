"""Small forms for what is written into a picture: its title, a note."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

WIDE, LINES = 400, 5
LONGEST_TITLE, LONGEST_NOTE = 120, 400
"""Letters of a title and a note at most: more has no room in a picture."""


class TitleDialog(QDialog):
    """Asks for the title of a picture. `title`: what was typed; blank for the computed one."""

    def __init__(self, title: str, computed: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Title of the picture")
        self.text = QLineEdit(title)
        self.text.setMaxLength(LONGEST_TITLE)
        self.text.setPlaceholderText(computed)
        self.text.setAccessibleName("Title")
        self.text.setMinimumWidth(WIDE)
        self.text.setClearButtonEnabled(True)
        self.text.selectAll()
        hint = "Leave it blank for the title that is computed from the data."
        _set_out(self, "Title", self.text, hint, "&Use the title")

    @property
    def title(self) -> str:
        """What was typed, without blanks around and doubled ones within."""
        return " ".join(self.text.text().split())


class NoteDialog(QDialog):
    """Asks for the words of a note. `note`: what was typed; blank for none."""

    def __init__(self, about: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Note about {about}")
        self.text = NoteText(note)
        self.text.setAccessibleName("Note")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumWidth(WIDE)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * LINES + 16)
        self.text.selectAll()
        hint = "Of several lines the first is the head. Ctrl+Return keeps the note; a blank one goes."
        _set_out(self, "Note", self.text, hint, "&Keep the note")
        self.text.done = self.accept

    @property
    def note(self) -> str:
        """What was typed, each line without blanks around; no more than has room."""
        lines = (" ".join(line.split()) for line in self.text.toPlainText().splitlines())
        return "\n".join(line for line in lines if line)[:LONGEST_NOTE]


class NoteText(QPlainTextEdit):
    """Several lines of text; Ctrl+Return is done."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.done: Callable[[], None] = lambda: None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, or be done."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done()
        else:
            super().keyPressEvent(event)


def _set_out(dialog: QDialog, name: str, field: QWidget, hint: str, accept: str) -> None:
    """A field with its name above and a hint below, and the buttons."""
    label = QLabel(name)
    label.setBuddy(field)
    below = QLabel(hint)
    below.setObjectName("hint")
    below.setWordWrap(True)
    box = QDialogButtonBox()
    box.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
    box.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    for part in (label, field, below, box):
        layout.addWidget(part)
    field.setFocus()
