"""Editors of one word out of few, and of yes or no."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

from app.desktop.editors.field import FieldEditor
from app.domain.schema import Field, Table

BLANK = "–"
"""What stands for no word."""
MEANINGS = {
    "denied": "an involved side says that it is not so",
    "rumored": "somebody has heard it",
    "disputed": "sources disagree",
    "reported": "the press or a profile says so",
    "confirmed": "the person or an organization says so",
}
"""What the words of a status mean."""


class WordEditor(FieldEditor):
    """One word of the field's vocabulary, or none where it is not required."""

    def __init__(self, table: Table, field: Field, parent: QWidget | None = None) -> None:
        self.box = QComboBox()
        super().__init__(table, field, self.box, parent)
        self.box.addItem(BLANK, None)
        for word in reversed(field.vocabulary) if field.name == "status" else field.vocabulary:
            meaning = MEANINGS.get(word, "") if field.name == "status" else ""
            self.box.addItem(f"{word}: {meaning}" if meaning else word, word)
        self.box.currentIndexChanged.connect(lambda _: self.changed.emit())

    def value(self) -> object:
        """The word; None for none."""
        return self.box.currentData()

    def put(self, value: object) -> None:
        """Choose a word. One that the vocabulary does not know stands there as it is."""
        at = self.box.findData(value)
        with QSignalBlocker(self.box):
            if at < 0:
                self.box.addItem(f"{value} (not known)", value)
                at = self.box.count() - 1
            self.box.setCurrentIndex(at)


class FlagEditor(FieldEditor):
    """Yes, no, or nothing said."""

    def __init__(self, table: Table, field: Field, parent: QWidget | None = None) -> None:
        self.box = QComboBox()
        super().__init__(table, field, self.box, parent)
        for text, value in ((BLANK, None), ("yes", True), ("no", False)):
            self.box.addItem(text, value)
        self.box.currentIndexChanged.connect(lambda _: self.changed.emit())

    def value(self) -> object:
        """True, False or None."""
        return self.box.currentData()

    def put(self, value: object) -> None:
        """Choose an answer."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex({None: 0, True: 1, False: 2}[bool(value) if value is not None else None])
