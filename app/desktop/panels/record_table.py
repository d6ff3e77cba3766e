"""One table of records that can be edited: cells, ranges of cells and rows; copied, pasted, filled, added, removed.

It asks for what shall be done by signals: values for cells by `Cells`, a paste by its text, removal by ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.analysis.drafting import begun
from app.analysis.entering import Cells
from app.desktop.models.listing import ListingModel
from app.desktop.models.records import FIXED, RecordModel
from app.desktop.panels.cells import CellsView
from app.desktop.panels.rows import RowsView
from app.desktop.panels.table import MOST_COPIED, MOST_HTML, Table, html_of
from app.domain.edit import Change, among
from app.domain.index import codes
from app.domain.schema import Field, Kind
from app.files.pasted import tabbed
from app.files.pasting import Place
from app.files.reading_cells import CellTexts
from app.pictures import wording
from app.pictures.record_columns import heading
from app.pictures.record_listing import RecordListing
from app.pictures.records import called, field_word, records

_FLAGS = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True, slots=True)
class Extent:
    """What is selected: places of rows and numbers of columns, both from the first to the last that is shown; whole:
    whether every column of the rows is selected."""

    rows: Sequence[int]
    columns: Sequence[int]
    whole: bool


class RecordTable(Table):
    """The records of one table."""

    cells_wanted = Signal(object, str)
    """Cells that shall be set, and the name of the step."""
    paste_wanted = Signal(str, object)
    """A text that shall be put at a Place."""
    removal_wanted = Signal(str, object)
    """Table, and ids of records that shall go."""
    said = Signal(str, bool)
    """What is meant by what is being typed, or what is wrong (True)."""

    view: CellsView
    model: RecordModel

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(word, parent)
        self.view.cell.entered.connect(self._entered)
        self.view.cell.said.connect(self.said)
        self.view.asked.connect(lambda name: getattr(self, name)())
        self.view.numbers.customContextMenuRequested.connect(
            lambda at: self._pop_up(self.rows_menu(), self.view.numbers.viewport(), at)
        )

    def made(self) -> tuple[RowsView, ListingModel]:
        """Cells in place of rows."""
        view = CellsView(self)
        return view, RecordModel(view)

    # what is selected

    @property
    def extent(self) -> Extent:
        """The rectangle round all that is selected; the current cell where nothing is."""
        chooser, shown = self.view.selectionModel(), self.columns_shown()
        spans = [chooser.selection().at(n) for n in range(chooser.selection().size())]
        index = self.view.currentIndex()
        if not spans and index.isValid():
            return Extent([index.row()], [index.column()] if index.column() in shown else shown[:1], whole=False)
        places = [np.arange(span.top(), span.bottom() + 1) for span in spans]
        rows = np.unique(np.concatenate(places)).tolist() if places else []
        columns = [c for c in shown if any(span.left() <= c <= span.right() for span in spans)]
        return Extent(rows, columns, bool(rows) and len(columns) == len(shown) and len(columns) > 1)

    def _ids(self, rows: Sequence[int]) -> list[str]:
        """Ids of the records in rows; the one that is being added has none."""
        places = np.asarray(rows, dtype=np.intp)
        return self.model.records.ids(self.model.rows[places[places < self.model.n_records]]) if len(places) else []

    # cells

    def _entered(self, index: QModelIndex, value: object, for_all: bool) -> None:
        """A value was entered in a cell: for it alone, or for all rows that are selected."""
        field = self.model.field(index.column())
        rows = self.extent.rows if for_all else [index.row()]
        if self.model.is_entry(index.row()):
            self.model.enter(field.name, value)
            self.commit_entry()
            return
        self.set(field, rows, value)

    def set(self, field: Field, rows: Sequence[int], value: object) -> None:
        """One value for a field of several rows, as one step."""
        ids = self._ids(rows)
        word = field_word(field.name)
        whose = self._named(ids)
        name = f"Clear the {word} of {whose}" if value in (None, []) else f"Set the {word} of {whose}"
        if ids:
            self.cells_wanted.emit(Cells(self.model.records.table, ids, {field.name: [value] * len(ids)}), name)

    def _named(self, ids: Sequence[str]) -> str:
        """A record by its name, several by their number."""
        table = self.model.records.table
        return called(self.model.records.dataset.row, table, ids[0]) if len(ids) == 1 else records(len(ids), table)

    def begin_for_all(self) -> None:
        """Edit the current cell for all rows that are selected."""
        self.view.begin(for_all=True)

    def fill(self) -> None:
        """Put what stands in the first row of the selection into the rows below it; of one row, what stands above."""
        made = self.extent
        rows = list(made.rows)
        if len(rows) == 1 and rows[0] > 0:
            rows = [rows[0] - 1, *rows]
        fields = [c for c in made.columns if self.model.field(c).name not in FIXED]
        ids = self._ids(rows[1:])
        if not ids or not fields:
            return
        values = {self.model.field(c).name: [self.model.value(rows[0], c)] * len(ids) for c in fields}
        self.cells_wanted.emit(Cells(self.model.records.table, ids, values), f"Fill {self._named(ids)}")

    def delete(self) -> None:
        """Clear the cells that are selected; whole rows are removed."""
        made = self.extent
        if made.whole:
            self.remove()
            return
        ids, blank = self._ids(made.rows), dict[str, list[object]]()
        for column in made.columns:
            field = self.model.field(column)
            if field.name not in FIXED:
                blank[field.name] = [[] if field.kind in (Kind.LIST, Kind.SET) else None] * len(ids)
        if self.model.is_entry(made.rows[-1] if made.rows else -1) and not ids:
            for name in blank:
                self.model.enter(name, None)
        elif ids and blank:
            self.cells_wanted.emit(Cells(self.model.records.table, ids, blank), f"Clear cells of {self._named(ids)}")

    def remove(self) -> None:
        """Remove the records of the rows that are selected; the row that is being added is given up."""
        made = self.extent
        if made.rows and self.model.is_entry(made.rows[-1]):
            self.model.end_entry()
        if ids := self._ids(made.rows):
            self.removal_wanted.emit(self.model.records.table, ids)

    # rows that are added

    def add(self) -> None:
        """Begin a row at the end; it becomes a record when all that it must have stands in it."""
        if self.model.listing is None:
            return
        self.model.begin_entry({})
        shown = self.columns_shown()
        wanted = [c for c in shown if self.model.field(c).required and self.model.field(c).name not in FIXED]
        self.view.setFocus()
        self.view.go_to(self.model.index(self.model.n_records, (wanted or shown)[0]))
        self.view.begin()

    def commit_entry(self) -> None:
        """Add the row that is being added, if it is complete; else say what it lacks."""
        entry, table = self.model.entry, self.model.records.declared
        if entry is None:
            return
        if lacks := self.lacks:
            self.said.emit(lacks, True)
            return
        values = {name: [value] for name, value in begun(table.name, entry).items()}
        self.cells_wanted.emit(Cells(table.name, [""], values), f"Add a {table.noun}")

    @property
    def lacks(self) -> str:
        """What the row that is being added must still have, as a sentence; blank where there is none."""
        entry = self.model.entry
        if entry is None:
            return ""
        table = self.model.records.declared
        lacking = [f for f in table.fields[1:] if f.required and entry.get(f.name) in (None, "", [])]
        words = " and ".join(field_word(field.name) for field in lacking)
        return f"Not yet on record: the new {table.noun} lacks its {words}. Esc gives it up." if lacking else ""

    def duplicate(self) -> None:
        """Add the rows that are selected once more, under ids of their own."""
        ids = self._ids(self.extent.rows)
        records_, table = self.model.records, self.model.records.declared
        rows = [row for row_id in ids if (row := records_.dataset.row(table.name, row_id)) is not None]
        names = [field.name for field in table.fields if field.name not in FIXED and not _own_place(table.name, field)]
        if rows:
            values = {name: [row[name] for row in rows] for name in names}
            self.cells_wanted.emit(Cells(table.name, [""] * len(rows), values), f"Duplicate {self._named(ids)}")

    # the clipboard

    def copy(self) -> None:
        """Put the cells that are selected on the clipboard: lines of text with tabs, and a table. With a head where
        whole rows are."""
        made = self.extent
        rows = [row for row in made.rows if row < self.model.n_records][:MOST_COPIED]
        if not rows or not made.columns:
            return
        listing = self.model.records
        texts, at = CellTexts(listing.dataset), self.model.rows[np.array(rows, dtype=np.intp)]
        frame = listing.dataset[listing.table]
        fields = [listing.fields[column] for column in made.columns]
        columns = (texts.written(field, frame.get_column(field.name).gather(at)) for field in fields)
        lines = list(zip(*columns, strict=True))
        head = [tuple(heading(field) for field in fields)] if made.whole and len(rows) > 1 else []
        data = QMimeData()
        data.setText(tabbed([*head, *lines]))
        if len(lines) <= MOST_HTML:
            data.setHtml(html_of(head[0] if head else (), lines))
        QGuiApplication.clipboard().setMimeData(data)
        first = f"the first {len(rows):,} of " if len(rows) < len(made.rows) else ""
        what = wording.counted(len(made.rows), *self.noun) if made.whole else _cells(len(rows), len(made.columns))
        self.copied.emit(f"Copied {first}{what}")

    def cut(self) -> None:
        """Copy, then clear."""
        self.copy()
        self.delete()

    def paste(self) -> None:
        """Put what is on the clipboard over the cells from the first selected one on."""
        made = self.extent
        shown = self.columns_shown()
        if not made.columns or self.model.listing is None:
            return
        first = shown.index(made.columns[0])
        rows = range(made.rows[0], self.model.n_records) if made.rows else range(0)
        self._paste(shown[first:], rows, (len(made.columns), len(made.rows)))

    def paste_new(self) -> None:
        """Add what is on the clipboard as new rows, from the first column on."""
        if self.model.listing is not None:
            made, shown = self.extent, self.columns_shown()
            first = shown.index(made.columns[0]) if made.columns and not made.whole else 0
            self._paste(shown[first:], range(0), (1, 1))

    def _paste(self, columns: Sequence[int], rows: range, spread: tuple[int, int]) -> None:
        text = QGuiApplication.clipboard().text()
        if text:
            listing = self.model.records
            ids = listing.ids(self.model.rows[rows.start : rows.stop]) if len(rows) else []
            place = Place(listing.table, [listing.fields[c] for c in columns], ids, spread)
            self.paste_wanted.emit(text, place)

    def show_rows(self, ids: Sequence[str]) -> None:
        """Select records and bring the last of them into sight."""
        listing = self.model.records
        assert listing.at_once is not None  # every table of records has it
        rows = listing.at_once(ids)
        places = self.model.places(rows[rows >= 0].astype(np.intp))
        if len(places):
            column = max(self.view.currentIndex().column(), 0)
            last = self.model.index(int(places[-1]), column)
            self.view.go_to(last)
            if len(places) > 1:
                self.chosen = self.model.rows[places]
                self._mark()
            self.view.scrollTo(last)

    def follow(self, made: RecordListing, change: Change | None) -> None:
        """Show the listing that a step has made of this one. What is selected, current and in sight stays."""
        old = self.model.records
        gone, came = _moved(old, made, change)
        ids = old.ids(self.chosen)
        assert made.at_once is not None  # every table of records has it
        rows = made.at_once(ids)
        self.chosen = rows[rows >= 0].astype(np.intp)
        index = self.view.currentIndex()
        at = (index.row(), index.column()), self.view.verticalScrollBar().value()
        self.model.follow(made, gone, came)
        if not self.view.currentIndex().isValid() and self.model.rowCount():
            (row, column), scrolled = at
            chooser = self.view.selectionModel()
            chooser.setCurrentIndex(
                self.model.index(min(max(row, 0), self.model.rowCount() - 1), max(column, 0)), _FLAGS.NoUpdate
            )
            self.view.verticalScrollBar().setValue(scrolled)
        self._say_nothing()
        self.changed.emit()

    # menus

    def rows_menu(self) -> QMenu:
        """What can be done with what is selected, with its keys; sorting and columns too."""
        menu, made = QMenu("Cells", self), self.extent
        n, index = len(self._ids(made.rows)), self.view.currentIndex()
        field = self.model.field(index.column()) if index.isValid() else None
        word = field_word(field.name) if field is not None else ""
        can_edit = field is not None and field.name not in FIXED
        what = records(n, self.model.records.table) if self.model.listing is not None else ""

        def entry(text: str, keys: str, do: object, *, on: bool = True) -> None:
            action = menu.addAction(text)
            action.setShortcut(QKeySequence(keys))
            action.setEnabled(on)
            action.triggered.connect(lambda _=False: do())  # type: ignore[operator]  # a bound method

        entry(f"Edit the {word}" if word else "Edit", "F2", self.view.begin, on=can_edit)
        entry(f"Form of the {self.noun[0]} …", "", self.open, on=n > 0)
        if n > 1:
            entry(f"Set the {word} of {what} …", "Ctrl+Return", self.begin_for_all, on=can_edit)
        entry("Fill down", "Ctrl+Shift+D", self.fill, on=n > 0)
        menu.addSeparator()
        entry("Copy", "Ctrl+C", self.copy, on=n > 0)
        entry("Paste", "Ctrl+V", self.paste, on=bool(QGuiApplication.clipboard().text()))
        entry("Paste as new rows", "Ctrl+Shift+V", self.paste_new, on=bool(QGuiApplication.clipboard().text()))
        menu.addSeparator()
        entry(f"New {self.noun[0]}", "Ins", self.add)
        entry("Duplicate", "Alt+Ins", self.duplicate, on=n > 0)
        entry("Clear the cells", "Del", self.delete, on=n > 0 and not made.whole)
        entry(f"Delete {what} …", "Del" if made.whole else "", self.remove, on=n > 0)
        menu.addSeparator()
        others = super().rows_menu()
        for action in others.actions():
            sub = action.menu()
            if isinstance(sub, QMenu):
                sub.setParent(menu, sub.windowFlags())
                menu.addMenu(sub)
        return menu


def _own_place(table: str, field: Field) -> bool:
    """Whether a field says which place a row has among others, which a copy of it does not share."""
    return field.name == "rank" and table in ("stints", "seats")


def _cells(rows: int, columns: int) -> str:
    return "1 cell" if rows == columns == 1 else f"{rows:,} × {columns} cells"


def _moved(
    old: RecordListing, made: RecordListing, change: Change | None
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Rows that a change has removed and added, with their ids, as a model follows them."""
    if change is None:
        return [], []
    before, after = change.before.get_column("id"), change.after.get_column("id")
    if before.equals(after):
        return [], []

    def rows(listing: RecordListing, ids: pl.Series) -> list[tuple[int, str]]:
        found = codes(ids, listing.dataset[listing.table].get_column("id")).tolist()
        return list(zip(found, ids, strict=True))

    return rows(old, before.filter(~among(before, after))), rows(made, after.filter(~among(after, before)))
