"""The steps of a document as a Qt model: the state it began in, then one row an edit, done and undone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.edit import Edit
from app.pictures.differences import step_words
from app.session.document import Document
from app.session.unsaved import began_empty

Index = QModelIndex | QPersistentModelIndex
R = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
OPENED, BEGUN = "As opened", "New"
ON_DISK = "on disk"


class HistoryModel(QAbstractListModel):
    """Row n is the document after n edits. Nothing is made of a step before it is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.line: tuple[Edit, ...] = ()
        self.here = -1
        """Row of the present state; -1 where there is no document."""
        self.saved: int | None = None
        """Row of what is on disk; None where it is no row, or on no disk."""
        self._first = ""

    def show(self, document: Document | None) -> None:
        """The steps of another document, or of the same one after a step."""
        line = document.line if document is not None else ()
        same = len(line) == len(self.line) and all(a is b for a, b in zip(line, self.line, strict=True))
        stays = same and document is not None and self.here >= 0
        if not stays:
            self.beginResetModel()
        self.line, self.here, self.saved = line, -1, None
        if document is not None:
            self.here = len(document.past)
            self.saved = document.saved if document.path is not None else None
            self._first = BEGUN if began_empty(document) else OPENED
        if stays:
            self.dataChanged.emit(self.index(0, 0), self.index(len(line), 0))
        else:
            self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """The beginning, and the steps."""
        return 0 if parent.isValid() or self.here < 0 else len(self.line) + 1

    def name(self, row: int) -> str:
        """What led to a state."""
        return self.line[row - 1].name if row else self._first

    def data(self, index: Index, role: int = R.DisplayRole) -> Any:
        """Its name; what it changes as a tooltip; for screen readers also where it stands."""
        if not index.isValid():
            return None
        row = index.row()
        if role == R.DisplayRole:
            return self.name(row)
        if role == R.AccessibleTextRole:
            return ", ".join((self.name(row), *self.signs(row)))
        if role in (R.ToolTipRole, R.AccessibleDescriptionRole):
            told = step_words(self.line[row - 1]) if row else "The state that the history begins with"
            return f"{self.name(row)}\n{told}" if role == R.ToolTipRole and row else told
        return None

    def signs(self, row: int) -> list[str]:
        """What is to be said of a state beside its name."""
        signs = ["the present state"] if row == self.here else ["undone"] if row > self.here else []
        return [*signs, ON_DISK] if row == self.saved else signs
