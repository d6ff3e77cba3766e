"""One table of records: rows to sort, search, select and copy, columns to choose and to drag."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Literal

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from app.desktop.models.listing import ListingModel
from app.desktop.panels.rows import RowsView
from app.domain.schema import TABLES
from app.pictures import markdown, separated, wording
from app.pictures.columns import Rows
from app.pictures.listing import Listing
from app.render.palette import Palette

MOST_KEYS = 2_000
"""Keys that a selection tells of at most: the first ones, from the top."""
MOST_SPANS = 5_000
"""A selection that would fall into more pieces is not shown when the rows are put in another order."""
MOST_COPIED, MOST_HTML = 50_000, 10_000
"""Rows that are copied at most as text, and as a table for word processors."""
NARROWEST, WIDEST = 20, 2_000
"""Widths of a column that are believed when they are read back."""
PLURALS = {table.noun: table.name for table in TABLES.values()}
Form = Literal["markdown", "csv"]
FORMS: dict[Form, str] = {"markdown": "Markdown", "csv": "CSV"}
"""In which a table is copied besides lines with tabs, and what they are called."""
_FLAGS = QItemSelectionModel.SelectionFlag
_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class Table(QWidget):
    """The rows of one listing under their heads. Nothing is shown before `show_listing`."""

    selected = Signal(object)
    """Keys of the rows that the user has selected, in the order of the rows."""
    changed = Signal()
    """Which rows are shown or selected is another than before."""
    copied = Signal(str)
    """What was put on the clipboard, in words."""
    opened = Signal(str)
    """The form of what a row stands for is wanted: its key."""
    people_wanted = Signal(object)
    """The people behind the selected rows are wanted: keys of these, as a tuple."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word = word
        self.chosen: Rows = np.empty(0, dtype=np.intp)
        """Rows of the listing that are selected, in the order in which they are shown or were asked for."""
        self.wanted: dict[str, Any] = {}
        """How the columns shall stand, once they are there."""
        self.only: tuple[str, ...] | None = None
        """Keys of the only rows that are shown; None for all."""
        self.filtered = False
        """Whether something else than the table itself lets rows through, so that none may be left."""
        self.peopled = False
        """Whether people other than the rows themselves stand behind them."""
        self._quiet = False
        self._palette: Palette | None = None
        self.view, self.model = self.made()
        self.view.setAccessibleName(word)
        self.head = self.view.head
        self.head.setAccessibleName(f"Columns of {word}")
        self.view.setModel(self.model)
        self.nothing = QLabel(self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.view.selectionModel().selectionChanged.connect(self._selection_changed)
        self.head.sortIndicatorChanged.connect(self.model.sort)
        self.model.modelReset.connect(self._was_reset)
        self.view.entered_row.connect(self._tell)
        self.view.copy_wanted.connect(self.copy)
        self.view.customContextMenuRequested.connect(
            lambda at: self._pop_up(self.rows_menu(), self.view.viewport(), at)
        )
        self.head.customContextMenuRequested.connect(lambda at: self._pop_up(self.columns_menu(), self.head, at))

    def made(self) -> tuple[RowsView, ListingModel]:
        """The view and the model that the table is made of."""
        view = RowsView(self)
        return view, ListingModel(view)

    @property
    def noun(self) -> tuple[str, str]:
        """For one row and for many."""
        noun = self.model.listing.noun if self.model.listing is not None else "row"
        return noun, PLURALS.get(noun, f"{noun}s")

    def show_listing(self, made: Listing) -> None:
        """Show another listing; columns, order, filter and place stay as they are."""
        is_new = not self.model.columns
        self.chosen = made.rows_of(())
        at = self.view.verticalScrollBar().value()
        if is_new:
            self._arrange(made)
        self.model.only = made.rows_of(self.only) if self.only is not None else None
        self.model.show(made)
        if is_new:
            self._place()
        self.view.verticalScrollBar().setValue(at)

    def show_only(self, keys: tuple[str, ...] | None) -> None:
        """Show only the rows that keys stand for; None: all."""
        self.only = keys
        if self.model.listing is not None:
            self.model.restrict(self.model.listing.rows_of(keys) if keys is not None else None)

    def show_palette(self, palette: Palette) -> None:
        """In the colours of a theme."""
        self._palette = palette
        self.view.show_palette(palette)
        self.model.show_palette(palette)
        self._say_nothing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line that stands where there is no row stays in the middle."""
        super().resizeEvent(event)
        self.nothing.setGeometry(self.rect())

    def _was_reset(self) -> None:
        self._mark()
        self._say_nothing()
        self.changed.emit()

    def _say_nothing(self) -> None:
        """The line that stands where there is no row."""
        empty = self.model.listing is not None and not len(self.model.rows)
        self.nothing.setVisible(empty)
        if empty:
            held_back = self.filtered or bool(self.model.text)
            where = "matches this filter" if held_back else "in this dataset"
            color = self._palette.theme.accent.hex if self._palette is not None else "inherit"
            clear = f" <a href='clear' style='color:{color}'>Clear it</a>" if self.model.text else ""
            missing = self.model.listing.missing if self.model.listing is not None and not held_back else ""
            self.nothing.setText(f"No {self.noun[0]} {where}.{clear}" + (f"<br/>{missing}" if missing else ""))
            self.nothing.raise_()

    # selecting

    def choose(self, keys: Sequence[str]) -> None:
        """Select the rows that keys stand for and scroll to the first of them; nobody is told."""
        if self.model.listing is None:
            return
        self.chosen = self.model.listing.rows_of(keys)
        places = self._mark()
        if len(places):
            self.view.scrollTo(self.model.index(int(places[0]), 0))
        self.changed.emit()

    def _mark(self) -> Rows:
        """Show the chosen rows as selected; where they stand."""
        model, chooser = self.model, self.view.selectionModel()
        places = model.places(self.chosen)
        breaks = np.flatnonzero(np.diff(places) > 1) + 1
        spans = np.split(places, breaks) if len(places) and len(breaks) < MOST_SPANS else []
        marked = QItemSelection()
        for span in spans:
            marked.select(model.index(int(span[0]), 0), model.index(int(span[-1]), model.columnCount() - 1))
        self._quiet = True
        chooser.select(marked, _FLAGS.ClearAndSelect)
        if spans:
            chooser.setCurrentIndex(model.index(int(places[0]), 0), _FLAGS.NoUpdate)
        self._quiet = False
        return places

    def _selection_changed(self) -> None:
        if self._quiet:
            return
        held = self.view.selectionModel().selection()
        marked = np.zeros(len(self.model.rows), dtype=np.bool_)
        for span in map(held.at, range(held.size())):
            marked[span.top() : span.bottom() + 1] = True
        self.chosen = self.model.rows[marked]
        self.changed.emit()
        self._tell()

    def _tell(self) -> None:
        if self.model.listing is not None:
            self.selected.emit(self._keys())

    def _keys(self) -> tuple[str, ...]:
        made = self.model.listing
        return tuple(made.keys(self.chosen[:MOST_KEYS])) if made is not None else ()

    # copying

    def copy(self) -> None:
        """Put the selected rows, or all that are shown, on the clipboard: lines of text with tabs, and a table."""
        taken = self._taken()
        if taken is None:
            return
        names, lines, said = taken
        data = QMimeData()
        data.setText("".join("\t".join(" ".join(text.split()) for text in line) + "\n" for line in (names, *lines)))
        if len(lines) <= MOST_HTML:
            data.setHtml(html_of(names, lines))
        QGuiApplication.clipboard().setMimeData(data)
        self.copied.emit(said)

    def copy_as(self, form: Form) -> None:
        """The same as text alone: a Markdown table, or CSV."""
        taken = self._taken()
        if taken is None:
            return
        names, lines, said = taken
        text = separated.as_text(names, lines) if form == "csv" else "\n".join((*markdown.table(names, lines), ""))
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(f"{said} as {FORMS[form]}")

    def _taken(self) -> tuple[list[str], list[tuple[str, ...]], str] | None:
        """Names of columns, rows to be copied, and how to say it; None where there is nothing."""
        made = self.model.listing
        places = self.model.places(self.chosen)
        every = self.model.rows[places] if len(places) else self.model.rows
        if made is None or not len(every):
            return None
        rows, columns = every[:MOST_COPIED], self.columns_shown()
        names = [made.columns[c].name for c in columns]
        lines = list(zip(*(made.texts(c, rows) for c in columns), strict=True))
        first = f"the first {len(rows):,} of " if len(rows) < len(every) else ""
        return names, lines, f"Copied {first}{wording.counted(len(every), *self.noun)}"

    # columns

    def columns_shown(self) -> list[int]:
        """Their numbers, from left to right."""
        order = [self.head.logicalIndex(v) for v in range(self.head.count())]
        return [c for c in order if not self.head.isSectionHidden(c)]

    def columns_menu(self) -> QMenu:
        """Which columns are shown; the last one cannot be hidden."""
        menu, shown = QMenu("Columns", self), self.columns_shown()
        for number, column in enumerate(self.model.columns):
            action = menu.addAction(column.name)
            action.setCheckable(True)
            action.setChecked(number in shown)
            action.setEnabled(shown != [number])
            action.toggled.connect(lambda on, n=number: self.view.setColumnHidden(n, not on))
        menu.addSeparator()
        menu.addAction("As they were at first").triggered.connect(lambda: self.restore({}))
        return menu

    def rows_menu(self) -> QMenu:
        """What to do with rows; sorting and columns too, for those who use no mouse."""
        menu = QMenu("Rows", self)
        form = menu.addAction(f"Edit the {self.noun[0]} …", self.open)
        form.setEnabled(self.view.currentIndex().isValid())
        copy = menu.addAction("Copy rows")
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.triggered.connect(self.copy)
        if self.peopled:
            people = menu.addAction(f"People of the selected {self.noun[1]}")
            people.triggered.connect(lambda: self.people_wanted.emit(self._keys()))
            people.setEnabled(bool(len(self.chosen)))
        sort = menu.addMenu("Sort by")
        for number in self.columns_shown():
            action = sort.addAction(self.model.columns[number].name)
            action.setCheckable(True)
            action.setChecked(self.head.sortIndicatorSection() == number)
            action.triggered.connect(lambda _=False, n=number: self._sort(n))
        columns = self.columns_menu()
        columns.setParent(menu, columns.windowFlags())
        menu.addMenu(columns)
        return menu

    def open(self) -> None:
        """Ask for the form of the current row."""
        index, listing = self.view.currentIndex(), self.model.listing
        if listing is not None and index.isValid():
            self.opened.emit(listing.keys(self.model.rows[index.row() : index.row() + 1])[0])

    def _pop_up(self, menu: QMenu, widget: QWidget, at: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(widget.mapToGlobal(at))

    def _sort(self, column: int) -> None:
        """By a column; the other way round where it is sorted by that already."""
        turned = self.head.sortIndicatorSection() == column and self.head.sortIndicatorOrder() == _UP
        self.head.setSortIndicator(column, _DOWN if turned else _UP)

    def state(self) -> dict[str, Any]:
        """Hidden columns, order, widths and sorting, by the names of columns. A value that JSON can hold."""
        columns, head = self.model.columns, self.head
        if not columns:
            return dict(self.wanted)
        at, falls = head.sortIndicatorSection(), head.sortIndicatorOrder() == _DOWN
        return {
            "hidden": [c.name for n, c in enumerate(columns) if head.isSectionHidden(n)],
            "order": [columns[head.logicalIndex(v)].name for v in range(len(columns))],
            "widths": {columns[n].name: head.sectionSize(n) for n in self.columns_shown()[:-1]},
            "sort": [columns[at].name, "descending" if falls else "ascending"] if at < len(columns) else [],
        }

    def restore(self, state: object) -> None:
        """Take a `state` up again; what is not readable in it, or names no column, is as at first."""
        self.wanted = state if isinstance(state, dict) else {}
        if self.model.listing is not None:
            self._arrange(self.model.listing)
            self.model.sort(self.head.sortIndicatorSection(), self.head.sortIndicatorOrder())
            self._place()

    def _arrange(self, made: Listing) -> None:
        """The order of the rows in the head."""
        names = [column.name for column in made.columns]
        sort = self.wanted.get("sort")
        column, falls = made.first
        if isinstance(sort, list) and len(sort) == 2 and sort[0] in names:
            column, falls = names.index(sort[0]), sort[1] == "descending"
        with QSignalBlocker(self.head):
            self.head.setSortIndicator(column, _DOWN if falls else _UP)
        if self.model.listing is None:
            self.model.sorted_by = (column, falls)

    def _place(self) -> None:
        """Widths, order and which columns are shown."""
        names, head = [c.name for c in self.model.columns], self.head
        order, hidden = (
            [n for n in held if n in names] if isinstance(held := self.wanted.get(key), list) else []
            for key in ("order", "hidden")
        )
        widths = self.wanted.get("widths")
        for number, column in enumerate(self.model.columns):
            width = widths.get(column.name) if isinstance(widths, dict) else None
            usable = isinstance(width, int) and NARROWEST < width < WIDEST
            hide = column.name in hidden and len(set(hidden)) < len(names) if "hidden" in self.wanted else column.hidden
            head.setSectionHidden(number, hide)
            head.resizeSection(number, width if usable and isinstance(width, int) else column.width)
        for place, name in enumerate(dict.fromkeys([*order, *names])):
            head.moveSection(head.visualIndex(names.index(name)), place)


def html_of(names: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Lines of cells as a table for spreadsheets and word processors, under a head if there are names."""
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in line) + "</tr>" for line in lines)
    return f"<table>{f'<tr>{head}</tr>' if head else ''}{body}</table>"
