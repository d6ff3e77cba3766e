"""Differences as a Qt tree: tables, their records, the fields of those. Words are made only for rows in sight.

No node is an object: an index carries a number that says where it hangs. A table shows its first records and says how
many more there are.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.reverting import Piece
from app.pictures import records
from app.pictures.differences import Differences, FieldLine, How, Section, tallied

Index = QModelIndex | QPersistentModelIndex
R = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
COLUMNS = ("What", "On disk → now")
AT_FIRST = 500
"""Records of a table that are listed until more are asked for; as many are added each time."""
_ROOT, _FIELDS = 0, 64
"""Numbers that indexes carry: tables the first, records 1 + their table, fields _FIELDS + their record."""


class ChangesModel(QAbstractItemModel):
    """Shows Differences; no rows while there are none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.differences: Differences | None = None
        self._starts = np.zeros(1, dtype=np.intp)
        self._most: dict[str, int] = {}

    def show(self, differences: Differences | None) -> None:
        """Other differences; of a table as many records are listed as before."""
        self.beginResetModel()
        self.differences = differences
        self._starts = np.cumsum([0, *(len(section) for section in self.sections)])
        self.endResetModel()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The tables that differ."""
        return self.differences.sections if self.differences is not None else ()

    # what an index stands for

    def piece(self, index: Index) -> Piece | None:
        """What of the difference a row is; None for the line that counts the rest."""
        if not index.isValid():
            return None
        number, row = int(index.internalId()), index.row()
        if number == _ROOT:
            return Piece(self.sections[row].table)
        if number < _FIELDS:
            section = self.sections[number - 1]
            return Piece(section.table, section.ids[row]) if row < self._listed(section) else None
        section, at = self._record(number)
        return Piece(section.table, section.ids[at], self._lines(section, at)[row].field)

    def how(self, index: Index) -> How | None:
        """What became of the record of a row; None for a table and the line that counts the rest."""
        piece = self.piece(index)
        if piece is None or not piece.id:
            return None
        section = next(section for section in self.sections if section.table == piece.table)
        at = section.place(piece.id)
        return section.how(at) if at is not None else None

    def line(self, index: Index) -> FieldLine | None:
        """The field of a row; None for other rows."""
        number = int(index.internalId())
        if number < _FIELDS:
            return None
        section, at = self._record(number)
        return self._lines(section, at)[index.row()]

    def index_of(self, piece: Piece) -> QModelIndex:
        """Where a piece stands, or the nearest thing above it that is listed; an invalid index if its table does not
        differ."""
        at = next((n for n, section in enumerate(self.sections) if section.table == piece.table), None)
        if at is None:
            return QModelIndex()
        section, top = self.sections[at], self.index(at, 0)
        row = section.place(piece.id) if piece.id else None
        if row is None or row >= self._listed(section):
            return top
        record = self.index(row, 0, top)
        names = [line.field for line in self._lines(section, row)] if piece.field else []
        return self.index(names.index(piece.field), 0, record) if piece.field in names else record

    def show_more(self, index: Index) -> None:
        """List more records of the table whose rest a row counts."""
        section = self.sections[int(index.internalId()) - 1]
        self.beginResetModel()
        self._most[section.table] = self._listed(section) + AT_FIRST
        self.endResetModel()

    def _listed(self, section: Section) -> int:
        return min(len(section), self._most.get(section.table, AT_FIRST))

    def _record(self, number: int) -> tuple[Section, int]:
        at, row = self._hung(number)
        return self.sections[at], row

    def _hung(self, number: int) -> tuple[int, int]:
        """The table and the record that a field hangs from, by the number that its index carries."""
        at = int(np.searchsorted(self._starts, number - _FIELDS, side="right")) - 1
        return at, number - _FIELDS - int(self._starts[at])

    def _lines(self, section: Section, row: int) -> list[FieldLine]:
        assert self.differences is not None
        return self.differences.lines(section, row)

    # what Qt asks

    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        """The index of a row below another."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, _ROOT)
        number = int(parent.internalId())
        if number == _ROOT:
            return self.createIndex(row, column, 1 + parent.row())
        return self.createIndex(row, column, _FIELDS + int(self._starts[number - 1]) + parent.row())

    def parent(self, index: Index = _NO_INDEX) -> QModelIndex:  # type: ignore[override]  # Qt has two of this name
        """What a row hangs from."""
        number = int(index.internalId()) if index.isValid() else _ROOT
        if number == _ROOT:
            return QModelIndex()
        if number < _FIELDS:
            return self.createIndex(number - 1, 0, _ROOT)
        at, row = self._hung(number)
        return self.createIndex(row, 0, 1 + at)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Tables; records that are listed, and a line for the rest; fields."""
        if not parent.isValid():
            return len(self.sections)
        number = int(parent.internalId())
        if number == _ROOT and not parent.column():
            section = self.sections[parent.row()]
            return (listed := self._listed(section)) + (listed < len(section))
        if _ROOT < number < _FIELDS and not parent.column():
            section = self.sections[number - 1]
            return len(self._lines(section, parent.row())) if parent.row() < self._listed(section) else 0
        return 0

    def hasChildren(self, parent: Index = _NO_INDEX) -> bool:
        """Whether anything hangs from a row; no words are made for the answer."""
        if not parent.isValid():
            return bool(self.sections)
        number = int(parent.internalId())
        if parent.column() or number >= _FIELDS:
            return False
        return number == _ROOT or parent.row() < self._listed(self.sections[number - 1])

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """What, and how it differs."""
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = R.DisplayRole) -> object:
        """Names of the columns."""
        if role == R.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = R.DisplayRole) -> Any:
        """Words; all of them as a tooltip."""
        if not index.isValid() or self.differences is None:
            return None
        if role == R.DisplayRole:
            return self.words(index)[index.column()]
        if role == R.AccessibleTextRole:
            return self.words(index)[index.column()] or "blank"
        if role in (R.ToolTipRole, R.AccessibleDescriptionRole):
            line = self.line(index)
            if line is None:
                return " — ".join(word for word in self.words(index) if word)
            return f"{line.word}\nOn disk: {line.old or '(no record)'}\nNow: {line.new or '(no record)'}"
        return None

    def words(self, index: Index) -> tuple[str, str]:
        """What stands in the two columns of a row."""
        assert self.differences is not None
        piece = self.piece(index)
        if piece is None:
            section = self.sections[int(index.internalId()) - 1]
            return f"… and {len(section) - self._listed(section):,} more", "Enter shows more of them"
        if not piece.id:
            section = self.sections[index.row()]
            return records.table_word(piece.table), tallied(section.counts)
        line = self.line(index)
        if line is not None:
            arrow = " → " if line.old and line.new else ""
            return line.word, f"{line.old}{arrow}{line.new}"
        how = self.how(index)
        section = next(section for section in self.sections if section.table == piece.table)
        lines = self._lines(section, index.row())
        said = ", ".join(line.word for line in lines) if how == "changed" else str(how)
        return self.differences.called(piece.table, piece.id), said
