"""Groups of records that may be one as a Qt model: below the word for each table, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.analysis.duplicates import Alike
from app.domain.dataset import Dataset
from app.pictures.records import called, table_word

Index = QModelIndex | QPersistentModelIndex
R = Qt.ItemDataRole
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: a group, or the word for a table above its groups."""

    words: str
    group: Alike | None = None


class AlikeModel(QAbstractListModel):
    """Words are made when the groups come; a group whose records are gone is taken off by `show`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show(self, groups: Sequence[Alike], dataset: Dataset | None) -> None:
        """Other groups, of a dataset."""
        self.beginResetModel()
        self.entries = []
        for group in groups if dataset is not None else ():
            if not any(entry.group is not None and entry.group.table == group.table for entry in self.entries[-1:]):
                self.entries.append(Entry(table_word(group.table)))
            assert dataset is not None  # else there are no groups
            names = dict.fromkeys(called(dataset.row, group.table, row_id) for row_id in group.ids)
            alike = "" if len(names) == len(group.ids) else f" ({len(group.ids)} records)"
            self.entries.append(Entry(" · ".join(names) + alike, group))
        self.endResetModel()

    def group(self, row: int) -> Alike | None:
        """The group of a row; None for the word above."""
        return self.entries[row].group if 0 <= row < len(self.entries) else None

    def row_of(self, group: Alike) -> int:
        """Where a group of the same records stands; -1 if nowhere."""
        same = (
            n
            for n, e in enumerate(self.entries)
            if e.group and (e.group.table, e.group.ids) == (group.table, group.ids)
        )
        return next(same, -1)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Groups, and words above them."""
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only groups are chosen."""
        if not index.isValid() or self.group(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = R.DisplayRole) -> Any:
        """The names; the reasons as a tooltip and for screen readers."""
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == R.DisplayRole:
            return entry.words
        if entry.group is None:
            return None
        told = f"{'; '.join(entry.group.reasons)}; {entry.group.score} of 100"
        if role == R.AccessibleTextRole:
            return f"{entry.words}: {told}"
        return f"{entry.words}\n{told}" if role == R.ToolTipRole else None
