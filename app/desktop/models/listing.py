"""A listing as a Qt model: its rows in some order, some of them filtered out. Texts are made a screen at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from app.desktop.chrome import qcolor
from app.domain.index import Bools, shifted
from app.pictures.columns import Column, Rows
from app.pictures.listing import Listing
from app.render.palette import Palette

ORGANIZATION = int(Qt.ItemDataRole.UserRole) + 1
"""Role: the id of the organization whose colour stands before the text; blank for none."""
BLOCK = 64
"""Rows whose texts are made together."""
KEPT = 400
"""Blocks of texts that are kept."""
MOST_MOVED = 200
"""Rows that come or go one by one at most; where there are more the model is reset."""

Index = QModelIndex | QPersistentModelIndex
R = Qt.ItemDataRole
_NO_INDEX = QModelIndex()
_TEXT, _ALIGN, _TIP = int(R.DisplayRole), int(R.TextAlignmentRole), int(R.ToolTipRole)
_COLOR, _SAID, _TOLD = int(R.DecorationRole), int(R.AccessibleTextRole), int(R.AccessibleDescriptionRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class ListingModel(QAbstractTableModel):
    """Shows a Listing; no rows and no columns while there is none.

    Sorting and filtering reset the model: with a million rows that is faster than telling every index where it went.
    A view that keeps a selection finds its rows again by `places`.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listing: Listing | None = None
        self._palette: Palette | None = None
        self._sorted: Rows = np.empty(0, dtype=np.intp)
        self._passed: Bools | None = None
        self._order: Rows = self._sorted
        self._texts: dict[tuple[int, int], list[str]] = {}
        self._marks: dict[tuple[int, int], list[str]] = {}
        self._left: dict[str, tuple[int, int]] = {}
        self.text = ""
        """What the rows are filtered by; blank for all."""
        self.only: Rows | None = None
        """The only rows that are shown; None for all."""
        self.sorted_by: tuple[int, bool] | None = None
        """Column, and whether from the highest down; None: in the order of the data."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those of the listing."""
        return self.listing.columns if self.listing is not None else ()

    @property
    def rows(self) -> Rows:
        """Rows of the listing in the order in which they are shown."""
        return self._order

    def places(self, rows: Rows) -> Rows:
        """Where rows of the listing are shown, ascending; those that are filtered out are left away."""
        if not len(rows) or self.listing is None:
            return np.empty(0, dtype=np.intp)
        wanted = np.zeros(self.listing.n, dtype=np.bool_)
        wanted[rows] = True
        return np.flatnonzero(wanted[self._order])

    def show(self, listing: Listing) -> None:
        """Show another listing of the same columns; filter and order stay."""
        self.beginResetModel()
        self._left.clear()
        self.listing = listing
        self._sort()
        self._filter()
        self._arrange()
        self.endResetModel()

    def follow(self, listing: Listing, gone: list[tuple[int, str]], came: list[tuple[int, str]]) -> None:
        """Show the same listing after some rows have changed, some have gone and others have come: row and key, both
        ascending, rows that have gone as they were numbered before. Nothing is sorted or filtered anew: what has
        changed stays where it is, what has come stands at the end, or where it stood when it went."""
        if len(gone) + len(came) > MOST_MOVED or self.listing is None:
            self.show(listing)
            return
        n_shown = len(self._order)
        if not gone and not came:
            self.listing = listing
            self._texts.clear()
            self._marks.clear()
            if n_shown:
                self.dataChanged.emit(self.index(0, 0), self.index(n_shown - 1, len(self.columns) - 1))
            return
        places = {key: (_place_of(self._sorted, row), _place_of(self._order, row)) for row, key in gone}
        self._left.update(places)
        for shown in sorted((shown for _, shown in places.values() if shown < n_shown), reverse=True):
            self.beginRemoveRows(QModelIndex(), shown, shown)
            self._order = np.delete(self._order, shown)
            self._texts.clear()
            self._marks.clear()
            self.endRemoveRows()
        left, added = (np.array([row for row, _ in some], dtype=np.int32) for some in (gone, came))
        self._sorted = self._sorted[~np.isin(self._sorted, left)] if len(left) else self._sorted
        self._sorted, self._order = (
            shifted(rows.astype(np.int32), left, added).astype(np.intp) for rows in (self._sorted, self._order)
        )
        if self._passed is not None:
            kept = np.delete(self._passed, left)
            self._passed = np.insert(kept, added - np.arange(len(added)), True)
        self.listing = listing
        self._texts.clear()
        self._marks.clear()
        stood = sorted(came, key=lambda each: self._left.get(each[1], (listing.n, listing.n)))
        for row, key in stood:
            place, shown = self._left.pop(key, (listing.n, listing.n))
            self._sorted = np.insert(self._sorted, min(place, len(self._sorted)), row)
            at = min(shown, len(self._order))
            self.beginInsertRows(QModelIndex(), at, at)
            self._order = np.insert(self._order, at, row)
            self._texts.clear()
            self._marks.clear()
            self.endInsertRows()
        if n_shown and len(self._order):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, len(self.columns) - 1))

    def show_palette(self, palette: Palette) -> None:
        """Colours of organizations."""
        self._palette = palette
        if self._order.size:
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1), [R.DecorationRole]
            )

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; -1 for the order of the data."""
        wanted = (column, order == Qt.SortOrder.DescendingOrder) if 0 <= column < len(self.columns) else None
        if wanted == self.sorted_by:
            return
        self.beginResetModel()
        self._left.clear()
        self.sorted_by = wanted
        self._sort()
        self._arrange()
        self.endResetModel()

    def filter(self, text: str) -> None:
        """Show only rows in which every word of a text is found; blank shows all."""
        if text.split() == self.text.split():
            self.text = text
            return
        self.beginResetModel()
        self._left.clear()
        self.text = text
        self._filter()
        self._arrange()
        self.endResetModel()

    def restrict(self, rows: Rows | None) -> None:
        """Show only some rows, of which the filter may leave out more; None: all."""
        self.beginResetModel()
        self._left.clear()
        self.only = rows
        self._filter()
        self._arrange()
        self.endResetModel()

    def _sort(self) -> None:
        if self.listing is None:
            self._sorted = np.empty(0, dtype=np.intp)
        elif self.sorted_by is None:
            self._sorted = np.arange(self.listing.n)
        else:
            self._sorted = self.listing.sort_order(*self.sorted_by)

    def _filter(self) -> None:
        self._passed = self.listing.matches(self.text) if self.listing is not None and self.text.split() else None
        if self.only is not None and self.listing is not None:
            mine = np.zeros(self.listing.n, dtype=np.bool_)
            mine[self.only] = True
            self._passed = mine if self._passed is None else self._passed & mine

    def _arrange(self) -> None:
        self._order = self._sorted if self._passed is None else self._sorted[self._passed[self._sorted]]
        self._texts.clear()
        self._marks.clear()

    # what Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Rows shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Columns, hidden ones too."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _TEXT) -> Any:
        """Names of columns; rows have numbers from 1."""
        if role == _TEXT and orientation == Qt.Orientation.Vertical:
            return section + 1
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        if role == _ALIGN:
            return _RIGHT if self.columns[section].kind == "number" else _LEFT
        return self.columns[section].name if role == _TEXT else None

    def data(self, index: Index, role: int = _TEXT) -> Any:
        """Text, colour, tooltip and what is said of a cell."""
        if not index.isValid() or self.listing is None:
            return None
        row, column = index.row(), index.column()
        if role == _TEXT:
            return self.shown(row, column)
        if role == ORGANIZATION:
            return self.mark(row, column)
        if role == _ALIGN:
            return _RIGHT if self.columns[column].kind == "number" else _LEFT
        if role == _COLOR:
            return self._color(row, column)
        if role == _SAID:
            return self.shown(row, column) or "blank"
        if role in (_TIP, _TOLD):
            return self.listing.details(column, self._order[row : row + 1])[0]
        return None

    def shown(self, row: int, column: int) -> str:
        """The text of a cell."""
        assert self.listing is not None
        block = self._texts.get((column, row // BLOCK))
        if block is None:
            if len(self._texts) >= KEPT:
                self._texts.clear()
            block = self._texts[column, row // BLOCK] = self.listing.texts(column, self._block(row))
        return block[row % BLOCK]

    def mark(self, row: int, column: int) -> str:
        """The id of the organization whose colour a cell wears; blank for none."""
        assert self.listing is not None
        block = self._marks.get((column, row // BLOCK))
        if block is None:
            if len(self._marks) >= KEPT:
                self._marks.clear()
            block = self._marks[column, row // BLOCK] = self.listing.marks(column, self._block(row))
        return block[row % BLOCK]

    def _block(self, row: int) -> Rows:
        first = row - row % BLOCK
        return self._order[first : first + BLOCK]

    def _color(self, row: int, column: int) -> QColor | None:
        organization = self.mark(row, column)
        return qcolor(self._palette.organization(organization)) if organization and self._palette is not None else None


def _place_of(rows: Rows, row: int) -> int:
    """Where a row stands; their number where it does not."""
    found = np.flatnonzero(rows == row)
    return int(found[0]) if len(found) else len(rows)
