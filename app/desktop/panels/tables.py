"""The tables below the picture: its moves, people, organizations and seats as rows to sort, search, select and copy.

They are the twin of the picture for the keyboard, for screen readers and for who likes rows better; the selection is
shared with it. A table is filled when its tab is seen first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.panels.findline import FindLine
from app.desktop.panels.table import Table
from app.desktop.panels.tabs import CountTabs
from app.pictures import listing, listing_seats, wording
from app.pictures.flowmap import FlowMap
from app.pictures.gathered import Gathered
from app.pictures.listing import Listing
from app.pictures.reach import with_holders
from app.render.palette import Palette
from app.render.theme import LIGHT, Theme

MANY, PAUSE = 100_000, 120
"""From so many rows on the filter waits for a pause in typing, in milliseconds."""
SMALLEST = (420, 96)
"""The least size: tabs and filter line beside each other, head and two rows below."""
MAKERS: dict[str, Callable[[FlowMap], Listing]] = {
    "moves": listing.moves,
    "people": listing.people,
    "organizations": listing.organizations,
    "seats": listing_seats.seats,
}
_FIND, _COPY = QKeySequence.StandardKey.Find, QKeySequence.StandardKey.Copy


class TablesPanel(QWidget):
    """Moves, people, organizations and seats of one picture."""

    selected = Signal(object)
    """Keys of the rows that the user has selected, as a tuple; an empty one if none is selected any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tables")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*SMALLEST)
        self.setAccessibleName("Tables")
        self.picture: FlowMap | None = None
        self.listings: dict[str, Listing] = {}
        self._theme: Theme = LIGHT
        self._keys: tuple[str, ...] = ()
        self._stale = True
        self._day: Gathered | None = None
        self.tabs = CountTabs(self)
        self.tabs.setAccessibleName("Tables")
        self.said = QLabel(self)
        self.said.setObjectName("said")
        self.line = FindLine(self)
        self.line.setFixedSize(230, 24)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self.stack = QStackedWidget(self)
        self.tables: dict[str, Table] = {}
        for name in MAKERS:
            table = self.tables[name] = Table(name.capitalize(), self.stack)
            self.stack.addWidget(table)
            self.tabs.addTab(table.word)
            table.selected.connect(self._selected)
            table.changed.connect(self._say)
            table.copied.connect(self.said.setText)
            table.nothing.linkActivated.connect(lambda _: self.line.clear())
        self._last = self.table
        self._lay_out()
        self.tabs.currentChanged.connect(self._turn)
        self.line.textChanged.connect(self._typed)
        self.line.left.connect(lambda: self.table.view.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self._pause.timeout.connect(self._filter)
        self.show_theme(LIGHT)

    def _lay_out(self) -> None:
        head = QWidget(self)
        head.setObjectName("tablesHead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(head)
        row.setContentsMargins(3, 0, 12, 1)
        row.setSpacing(10)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.said)
        row.addWidget(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.stack, 1)

    @property
    def name(self) -> str:
        """Which table is in front: `moves`, `people`, `organizations` or `seats`."""
        return tuple(self.tables)[max(self.tabs.currentIndex(), 0)]

    @property
    def table(self) -> Table:
        """The one in front."""
        return self.tables[self.name]

    # what is shown

    def show_picture(self, picture: FlowMap) -> None:
        """Show what a picture lets through; where that is what the one before let through, nothing changes."""
        before, self.picture = self.picture, picture
        if before is not None and (before.gathered.dataset, before.options.filter) == (
            picture.gathered.dataset,
            picture.options.filter,
        ):
            return
        self._stale, self._day = True, picture.gathered
        if self.isVisible():
            self._refresh()

    def show_day(self, gathered: Gathered) -> None:
        """Seats as of the day of a picture of the same moves; the other tables are as of the newest one."""
        if self.picture is None or not _alike(gathered, self.picture.gathered):
            return
        before, self._day = self._day, gathered
        if not self._stale and (before is None or before.as_of != gathered.as_of):
            self._make_seats(gathered)
            if self.name == "seats":
                self._turn()

    def _make_seats(self, gathered: Gathered) -> None:
        """The table of seats as of another day."""
        made = self.listings["seats"] = listing_seats.of(gathered, filtered=bool(gathered.options.lens))
        self.tabs.setTabText(list(self.tables).index("seats"), f"{self.tables['seats'].word} {made.n:,}")

    def showEvent(self, event: QShowEvent) -> None:
        """Make what was not made while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def show_theme(self, theme: Theme) -> None:
        """The same in another theme."""
        self._theme = theme
        self.setStyleSheet(_sheet(theme))
        self.line.show_theme(theme)
        self.tabs.theme = theme
        self.tabs.update()
        self._color()

    def _color(self) -> None:
        palette = Palette(self._theme, self.picture.gathered.colors if self.picture is not None else None)
        for table in self.tables.values():
            table.show_palette(palette)

    def _refresh(self) -> None:
        """Counts of all, rows of the one in front."""
        self._stale = False
        if self.picture is None:
            return
        self.listings = {name: make(self.picture) for name, make in MAKERS.items()}
        for number, (name, table) in enumerate(self.tables.items()):
            table.filtered = bool(self.picture.options.filter.lens)
            self.tabs.setTabText(number, f"{table.word} {self.listings[name].n:,}")
        if self._day is not None and self._day.as_of != self.picture.gathered.as_of:
            self._make_seats(self._day)
        self._color()
        self._turn()

    def _turn(self) -> None:
        """Bring the current table to the front, filled."""
        if self._pause.isActive():  # what was typed last belongs to the table that goes
            self._pause.stop()
            self._last.model.filter(self.line.text())
        table = self._last = self.table
        self.stack.setCurrentWidget(table)
        with QSignalBlocker(self.line):
            self.line.setText(table.model.text)
        made = self.listings.get(self.name)
        if made is not None and not self._stale:
            if table.model.listing is not made:
                table.show_listing(made)
            table.choose(self._meant)
        self._say()

    # finding and selecting

    def _typed(self) -> None:
        made = self.table.model.listing
        if made is not None and made.n > MANY:
            self._pause.start()
        else:
            self._filter()

    def _filter(self) -> None:
        self._pause.stop()
        self.table.model.filter(self.line.text())

    def _say(self) -> None:
        """How many rows are found or selected, where that is not all, or one."""
        table = self.table
        n = table.model.listing.n if table.model.listing is not None else 0
        shown, chosen, of = len(table.model.rows), len(table.chosen), wording.counted(n, *table.noun)
        self.said.setText(f"{chosen:,} of {of} selected" if chosen > 1 else f"{shown:,} of {of}" if shown < n else "")

    def select(self, keys: tuple[str, ...]) -> None:
        """Select the rows that keys stand for, in every table, and scroll to the first; nobody is told."""
        if keys != self._keys:
            self._keys = keys
            if not self._stale:
                self.table.choose(self._meant)

    @property
    def _meant(self) -> tuple[str, ...]:
        """What is selected, and whoever has held the seats among it."""
        return with_holders(self.picture.gathered, self._keys) if self.picture is not None else self._keys

    def _selected(self, keys: tuple[str, ...]) -> None:
        self._keys = keys
        self.selected.emit(keys)

    def copy(self) -> None:
        """Put the selected rows, or all that are shown, on the clipboard, and say so."""
        self.table.copy()

    # columns

    def state(self) -> dict[str, Any]:
        """Which table is in front; hidden columns, order, widths and sorting of each. A value that JSON can hold."""
        return {"tab": self.name, **{name: table.state() for name, table in self.tables.items()}}

    def restore(self, state: object) -> None:
        """Take a `state` up again. What is not readable in it, or names no column, is as at first."""
        held = state if isinstance(state, dict) else {}
        for number, (name, table) in enumerate(self.tables.items()):
            table.restore(held.get(name))
            if held.get("tab") == name:
                self.tabs.setCurrentIndex(number)

    # keys

    def event(self, event: QEvent) -> bool:
        """Find and Copy belong to the table while it has the keyboard, and Escape while it is filtered."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> bool:
        clears = event.key() == Qt.Key.Key_Escape and bool(self.line.text())
        return clears or event.matches(_FIND) or event.matches(_COPY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+F goes to the filter line, Ctrl+C copies, Escape shows all rows again."""
        if event.matches(_FIND):
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.line.selectAll()
        elif event.matches(_COPY):
            self.copy()
        elif event.key() == Qt.Key.Key_Escape and self.line.text():
            self.line.clear()
        else:
            super().keyPressEvent(event)


def _alike(one: Gathered, other: Gathered) -> bool:
    """Whether two pictures differ in their day alone."""
    filters = (replace(gathered.options, as_of=None) for gathered in (one, other))
    return one.dataset is other.dataset and next(filters) == next(filters)


def _sheet(t: Theme) -> str:
    """What the window's style sheet does not say."""
    return f"""
    #tables, #tablesHead {{ background: {t.surface.hex}; }}
    #tablesHead {{ border-bottom: 1px solid {t.line.hex}; }}
    #tables QTableView {{ background: {t.surface.hex}; border: 0; }}
    #tables QHeaderView {{ background: {t.surface.hex}; border: 0; }}
    #tables QLabel {{ color: {t.ink2.hex}; }}
    #tables QLabel#said {{ color: {t.ink3.hex}; }}
    #tables QLineEdit {{ padding: 1px 6px; }}
    #tables QLineEdit:focus {{ padding: 0px 5px; }}
    """
