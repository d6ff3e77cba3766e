"""The records of a table as a Qt model that can be edited: a listing, and below it a row that is being added."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from app.analysis.adding import Cited, Party
from app.desktop.models.listing import ListingModel
from app.domain.schema import Field
from app.pictures.record_listing import RecordListing
from app.pictures.records import called

Index = QModelIndex | QPersistentModelIndex
R = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
_READ = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_EDITED = _READ | Qt.ItemFlag.ItemIsEditable
FIXED = ("id", "extra")
"""Fields that are not edited in a table."""


class RecordModel(ListingModel):
    """Shows a RecordListing. `entry` holds what stands in the row that is being added, by field; None where there is
    none. Nothing of it is in the dataset."""

    entry: dict[str, object] | None = None

    @property
    def records(self) -> RecordListing:
        """The listing. Only where there is one."""
        assert isinstance(self.listing, RecordListing)
        return self.listing

    @property
    def n_records(self) -> int:
        """Rows that are shown and on record."""
        return len(self.rows)

    def field(self, column: int) -> Field:
        """The field of a column."""
        return self.records.fields[column]

    def is_entry(self, row: int) -> bool:
        """Whether a row is the one that is being added."""
        return self.entry is not None and row == self.n_records

    def id_at(self, row: int) -> str:
        """The id of the record in a row; blank for the one that is being added."""
        return "" if row >= self.n_records else self.records.id_of(int(self.rows[row]))

    def value(self, row: int, column: int) -> object:
        """What a cell holds, as editors have it."""
        if self.is_entry(row):
            assert self.entry is not None
            return self.entry.get(self.field(column).name)
        return self.records.value(int(self.rows[row]), column)

    def begin_entry(self, values: dict[str, object]) -> None:
        """Begin a row that is added when it is complete; the one that was begun before stays."""
        if self.entry is None and self.listing is not None:
            self.beginInsertRows(QModelIndex(), self.n_records, self.n_records)
            self.entry = dict(values)
            self.endInsertRows()

    def enter(self, field: str, value: object) -> None:
        """Put a value into the row that is being added."""
        if self.entry is not None:
            self.entry[field] = value
            self.dataChanged.emit(self.index(self.n_records, 0), self.index(self.n_records, self.columnCount() - 1))

    def end_entry(self) -> None:
        """Give up the row that is being added."""
        if self.entry is not None:
            self.beginRemoveRows(QModelIndex(), self.n_records, self.n_records)
            self.entry = None
            self.endRemoveRows()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Rows shown, and the one that is being added."""
        return 0 if parent.isValid() else self.n_records + (self.entry is not None)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = R.DisplayRole) -> Any:
        """The row that is being added has a star for a number; a column says what its field is for."""
        if role == R.DisplayRole and orientation == Qt.Orientation.Vertical and self.is_entry(section):
            return "✱"
        if role == R.ToolTipRole and orientation == Qt.Orientation.Horizontal and self.listing is not None:
            field = self.field(section)
            return f"{field.about}{' (must be filled in)' if field.required else ''}"
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All fields can be edited but ids, which others refer to, and what this version does not know."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _READ if self.field(index.column()).name in FIXED else _EDITED

    def data(self, index: Index, role: int = R.DisplayRole) -> Any:
        """For editors the value; else as any listing."""
        if index.isValid() and self.is_entry(index.row()) and role in (R.ToolTipRole, R.AccessibleDescriptionRole):
            return self.field(index.column()).about
        return super().data(index, role)

    def shown(self, row: int, column: int) -> str:
        """The text of a cell."""
        if self.is_entry(row):
            return self._said(self.field(column), self.value(row, column))
        return super().shown(row, column)

    def mark(self, row: int, column: int) -> str:
        """The organization whose colour a cell wears."""
        if self.is_entry(row):
            value = self.value(row, column)
            return value if isinstance(value, str) and self.field(column).reference == "organizations" else ""
        return super().mark(row, column)

    def _said(self, field: Field, value: object) -> str:
        """A value that is in no row yet."""
        if isinstance(value, list):
            return "; ".join(self._said(field, one) for one in value)
        if isinstance(value, Party):
            return f"{value.name} (new)"
        if isinstance(value, Cited):
            return f"{value.title or value.url or value.publisher} (new)"
        if field.reference and value:
            return called(self.records.dataset.row, field.reference, str(value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        return "" if value is None else str(value)
