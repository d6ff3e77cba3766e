"""Several tables behind tabs that say how much each holds, with one line in which to find rows.

What is common to the tables of a picture and to those of all records. A table is filled when its tab is seen first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.panels.findline import FindLine
from app.desktop.panels.table import Form, Table
from app.desktop.panels.tabs import CountTabs
from app.pictures import wording
from app.pictures.listing import Listing
from app.render.palette import Palette
from app.render.theme import LIGHT, Theme

MANY, PAUSE = 100_000, 120
"""From so many rows on the filter waits for a pause in typing, in milliseconds."""
SMALLEST = (420, 96)
"""The least size: tabs and filter line beside each other, head and two rows below."""
_FIND, _COPY = QKeySequence.StandardKey.Find, QKeySequence.StandardKey.Copy


class ListingsPanel(QWidget):
    """Tables by name. Subclasses say what each shows."""

    selected = Signal(object)
    """Keys of the rows that the user has selected, as a tuple; an empty one if none is selected any more."""

    opened = Signal(str)
    """The form of what a row stands for is wanted: its key."""

    def __init__(self, name: str, tables: Iterable[str], parent: QWidget | None = None) -> None:
        """name: of the panel, for style and for screen readers; tables: by name, from left to right."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*SMALLEST)
        self.setAccessibleName(name.capitalize())
        self.theme: Theme = LIGHT
        self.keys: tuple[str, ...] = ()
        """What is selected in the window."""
        self.tabs = CountTabs(self)
        self.tabs.setAccessibleName(name.capitalize())
        self.said = QLabel(self)
        self.said.setObjectName("said")
        self.line = FindLine(self)
        self.line.setFixedSize(230, 24)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self.stack = QStackedWidget(self)
        self.tables: dict[str, Table] = {}
        for table_name in tables:
            table = self.tables[table_name] = self.made_table(table_name.capitalize())
            self.stack.addWidget(table)
            self.tabs.addTab(table.word)
            table.selected.connect(self._selected)
            table.changed.connect(self._say)
            table.copied.connect(self.said.setText)
            table.opened.connect(self.opened)
            table.nothing.linkActivated.connect(lambda _: self.line.clear())
        self._last = self.table
        self.lay_out()
        self.tabs.currentChanged.connect(self.turn)
        self.line.textChanged.connect(self._typed)
        self.line.left.connect(lambda: self.table.view.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self._pause.timeout.connect(self._filter)
        self.show_theme(LIGHT)

    def made_table(self, word: str) -> Table:
        """A table of the kind that the panel holds."""
        return Table(word, self.stack)

    def lay_out(self) -> None:
        """Tabs and filter line above the rows."""
        head, row = self.bar("tablesHead")
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.said)
        row.addWidget(self.line)
        self.put_together(head)

    def bar(self, name: str) -> tuple[QWidget, QHBoxLayout]:
        """A bar above the rows, of a name for its style, and its layout."""
        made = QWidget(self)
        made.setObjectName(name)
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(made)
        row.setContentsMargins(3, 0, 12, 1)
        row.setSpacing(10)
        return made, row

    def put_together(self, *bars: QWidget) -> None:
        """Bars above the rows."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for made in bars:
            column.addWidget(made)
        column.addWidget(self.stack, 1)

    @property
    def name(self) -> str:
        """Which table is in front."""
        return tuple(self.tables)[max(self.tabs.currentIndex(), 0)]

    @property
    def table(self) -> Table:
        """The one in front."""
        return self.tables[self.name]

    # what subclasses say

    @property
    def stale(self) -> bool:
        """Whether what would be shown has not been made yet."""
        return False

    def refresh(self) -> None:
        """Make what is stale."""

    def listing(self, name: str) -> Listing | None:
        """What a table shows; None as long as there is nothing."""
        return None

    @property
    def meant(self) -> tuple[str, ...]:
        """The keys of the rows that are selected where `keys` are."""
        return self.keys

    @property
    def colors(self) -> Mapping[str, str] | None:
        """Colours of organizations, as the dataset has them."""
        return None

    # what is shown

    def showEvent(self, event: QShowEvent) -> None:
        """Make what was not made while nobody looked."""
        super().showEvent(event)
        if self.stale:
            self.refresh()

    def show_theme(self, theme: Theme) -> None:
        """The same in another theme."""
        self.theme = theme
        self.setStyleSheet(sheet(self.objectName(), theme))
        self.line.show_theme(theme)
        self.tabs.theme = theme
        self.tabs.update()
        self.color()

    def color(self) -> None:
        """Give the tables the colours of theme and organizations."""
        palette = Palette(self.theme, self.colors)
        for table in self.tables.values():
            table.show_palette(palette)

    def count(self, name: str, n: int) -> None:
        """Say how much a table holds."""
        self.tabs.setTabText(list(self.tables).index(name), f"{self.tables[name].word} {n:,}")

    def turn(self) -> None:
        """Bring the current table to the front, filled."""
        if self._pause.isActive():  # what was typed last belongs to the table that goes
            self._pause.stop()
            self._last.model.filter(self.line.text())
        table = self._last = self.table
        self.stack.setCurrentWidget(table)
        with QSignalBlocker(self.line):
            self.line.setText(table.model.text)
        made = self.listing(self.name) if not self.stale else None
        if made is not None:
            if table.model.listing is not made:
                table.show_listing(made)
            table.choose(self.meant)
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
        if keys != self.keys:
            self.keys = keys
            if not self.stale:
                self.table.choose(self.meant)

    def _selected(self, keys: tuple[str, ...]) -> None:
        self.keys = tuple(dict.fromkeys(key for key in keys if key))  # as the session will tell them
        self.selected.emit(self.keys)

    def copy(self) -> None:
        """Put the selected rows, or all that are shown, on the clipboard, and say so."""
        self.table.copy()

    def copy_as(self, form: Form) -> None:
        """The same as a Markdown table or as CSV."""
        self.table.copy_as(form)

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


def sheet(name: str, t: Theme) -> str:
    """What the window's style sheet does not say of a panel."""
    return f"""
    #{name}, #tablesHead, #tablesDeeds {{ background: {t.surface.hex}; }}
    #tablesHead, #tablesDeeds {{ border-bottom: 1px solid {t.line.hex}; }}
    #{name} QTableView {{ background: {t.surface.hex}; border: 0; }}
    #{name} QTableCornerButton::section {{ background: {t.surface.hex}; border: 0; }}
    #{name} QAbstractScrollArea::corner {{ background: {t.surface.hex}; border: 0; }}
    #{name} QHeaderView {{ background: {t.surface.hex}; border: 0; }}
    #{name} QLabel {{ color: {t.ink2.hex}; }}
    #{name} QLabel#said {{ color: {t.ink3.hex}; }}
    #{name} QLabel#hint {{ color: {t.ink3.hex}; }}
    #{name} QLabel#hint[wrong="true"] {{ color: {t.bad.hex}; }}
    #{name} QLineEdit {{ padding: 1px 6px; }}
    #{name} QLineEdit:focus {{ padding: 0px 5px; }}
    #{name} #cellEditor {{ background: {t.raised.hex}; border: 0; }}
    """
