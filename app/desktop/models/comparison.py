"""Records beside each other as a Qt model: a row for each field, a column for each record."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.pictures.comparing import Comparison, Line

Index = QModelIndex | QPersistentModelIndex
R = Qt.ItemDataRole
_NO_INDEX = QModelIndex()


class ComparisonModel(QAbstractTableModel):
    """Column 0 is the word for the field."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.comparison: Comparison | None = None

    def show(self, comparison: Comparison | None) -> None:
        """Other records, or the same with other choices."""
        before = self.comparison
        same = before is not None and comparison is not None and before.ids == comparison.ids
        if same and before is not None and comparison is not None and len(before.lines) == len(comparison.lines):
            self.comparison = comparison
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self.comparison = comparison
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The field of a row."""
        assert self.comparison is not None  # else there are no rows
        return self.comparison.lines[row]

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Fields that any of the records fills."""
        return 0 if parent.isValid() or self.comparison is None else len(self.comparison.lines)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """The word, and the records."""
        return 0 if parent.isValid() or self.comparison is None else len(self.comparison.ids) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Words are not walked to."""
        if not index.isValid() or index.column() == 0:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = R.DisplayRole) -> Any:
        """The value; for screen readers also whether it stands."""
        if not index.isValid() or self.comparison is None:
            return None
        line, at = self.line(index.row()), index.column() - 1
        if at < 0:
            return f"{line.word[:1].upper()}{line.word[1:]}" if role in (R.DisplayRole, R.AccessibleTextRole) else None
        if role == R.DisplayRole or (role == R.ToolTipRole and len(line.texts[at]) > 40):
            return line.texts[at]
        if role == R.AccessibleTextRole:
            how = "kept" if line.united else "stays" if line.stands[at] else "goes"
            return f"{line.word}: {line.texts[at]}, {how}"
        return None
