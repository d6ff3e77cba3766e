"""Rows of text as a Qt model: what a preview lists."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
R = Qt.ItemDataRole
_NO_INDEX = QModelIndex()


class TextRows(QAbstractTableModel):
    """Columns with names; numbers stand at the right."""

    def __init__(self, columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: Sequence[Sequence[str | int]] = ()

    def show(self, rows: Sequence[Sequence[str | int]]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = R.DisplayRole) -> object:
        """Names of the columns, over numbers at the right."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == R.TextAlignmentRole and self.rows and isinstance(self.rows[0][section], int):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return self.columns[section] if role == R.DisplayRole else None

    def data(self, index: Index, role: int = R.DisplayRole) -> object:
        """A text, a number with commas; the whole of it as a tooltip."""
        if not index.isValid():
            return None
        value = self.rows[index.row()][index.column()]
        if role in (R.DisplayRole, R.ToolTipRole):
            return f"{value:,}" if isinstance(value, int) else value
        if role == R.TextAlignmentRole and isinstance(value, int):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None
