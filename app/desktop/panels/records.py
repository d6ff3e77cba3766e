"""All records of the dataset as tables, one for each kind, edited in place.

The panel shows values and asks by signals; `entries` grants what it asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.desktop.panels.listings import MANY, ListingsPanel
from app.desktop.panels.record_table import RecordTable
from app.domain.errors import Fault
from app.pictures.listing import Listing
from app.pictures.record_listing import LISTED, Shelf
from app.session.document import Document

NARROW = 4
"""Pixels beside the words of a tab: there are many."""
DEEDS = (
    ("New row", "add", "Ins"),
    ("Duplicate", "duplicate", "Alt+Ins"),
    ("Fill down", "fill", "Ctrl+Shift+D"),
    ("Paste as new rows", "paste_new", "Ctrl+Shift+V"),
    ("Delete …", "remove", "Del on whole rows"),
)
"""Buttons above the rows: words, what they do, keys."""


class RecordsPanel(ListingsPanel):
    """One table for each kind of record."""

    cells_wanted = Signal(object, str)
    """Cells that shall be set, and the name of the step."""
    paste_wanted = Signal(str, object)
    """A text that shall be put at a Place."""
    removal_wanted = Signal(str, object)
    """Table, and ids of records that shall go."""
    told = Signal(str)
    """What is said, for the status line, which is longer."""
    filled = Signal(object)
    """A listing of many rows is shown: what sorts and finds them can be made ready beside the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._shelf: Shelf | None = None
        self._document: Document | None = None
        self._stale = True
        self._colors: Mapping[str, str] | None = None
        self.spread: Callable[[tuple[str, ...]], tuple[str, ...]] = lambda keys: keys
        """Keys with those of the records that they stand for, as the stints of a flow."""
        self.deeds, self.hint = QWidget(), QLabel()
        self.hint.setObjectName("hint")
        super().__init__("records", LISTED, parent)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.pad = NARROW

    def made_table(self, word: str) -> RecordTable:
        """A table that can be edited."""
        table = RecordTable(word, self.stack)
        for mine, its in (
            (self.cells_wanted, table.cells_wanted),
            (self.paste_wanted, table.paste_wanted),
            (self.removal_wanted, table.removal_wanted),
        ):
            its.connect(mine)
        table.said.connect(self.tell)
        table.view.selectionModel().currentChanged.connect(lambda *_: self.tell(table.lacks, wrong=bool(table.lacks)))
        return table

    def lay_out(self) -> None:
        """Tabs above, below them what can be done, what is to be said, and the filter line."""
        head, tabs = self.bar("tablesHead")
        tabs.addWidget(self.tabs, 1)
        deeds, row = self.bar("tablesDeeds")
        row.setContentsMargins(8, 2, 12, 2)
        row.setSpacing(8)
        buttons = QHBoxLayout(self.deeds)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(2)
        for text, name, keys in DEEDS:
            button = QPushButton(text)
            button.setObjectName("quiet")
            button.setToolTip(f"{text.removesuffix(' …')} ({keys})")
            button.clicked.connect(partial(self._deed, name))
            buttons.addWidget(button)
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hint.setContentsMargins(8, 0, 0, 0)
        row.addWidget(self.deeds)
        row.addWidget(self.hint, 1)
        row.addWidget(self.said)
        row.addWidget(self.line)
        self.put_together(head, deeds)

    def _deed(self, name: str, _: bool = False) -> None:
        getattr(self.record_table, name)()

    @property
    def record_table(self) -> RecordTable:
        """The table in front."""
        table = self.table
        assert isinstance(table, RecordTable)
        return table

    def tell(self, text: str, wrong: bool = False) -> None:
        """Say what is meant by what is typed, or what is wrong and what to write instead, in place of the buttons;
        blank for nothing."""
        said = " ".join(text.split())
        if said != self.hint.text():  # else what the status line says of the last step would go at once
            self.told.emit(said)
        self.hint.setText(said)
        self.hint.setToolTip(said)
        self.hint.setAccessibleName(said)
        self.deeds.setVisible(not said)
        if self.hint.property("wrong") != wrong:
            self.hint.setProperty("wrong", wrong)
            self.hint.style().unpolish(self.hint)
            self.hint.style().polish(self.hint)

    def refuse(self, text: str, fault: Fault | None = None) -> None:
        """Say that something was not done, and why; fault: what is wrong with what is being entered."""
        self.tell(text, wrong=True)
        if fault is not None:
            self.record_table.view.cell.refuse(fault)

    # what is shown

    def show_document(self, document: Document | None) -> None:
        """Show the records of a document. After a step of the same document the tables follow it: nothing is sorted
        anew, and what is selected and in sight stays."""
        before, self._document = self._document, document
        if document is None:
            self._shelf, self._stale = None, True
            return
        step = document.step_from(before) if before is not None else None
        if self._shelf is None or self._stale or step is None:
            self._stale = True
            if self.isVisible():
                self.refresh()
            return
        if before is not None and document.dataset is before.dataset:
            return
        self._shelf = self._shelf.after(step, document.dataset)
        for name in step.tables:
            if name in self.tables:
                self.count(name, document.dataset[name].height)
        table = self.record_table
        if table.model.listing is not None and self.isVisible():
            self.tell("")
            table.follow(self._shelf.listing(self.name), step.tables.get(self.name))
        elif not self.isVisible():
            self._stale = True

    def show_colors(self, colors: Mapping[str, str]) -> None:
        """Organizations wear these colours."""
        if colors != self._colors:
            self._colors = colors
            self.color()

    def _own(self, event: QKeyEvent) -> bool:
        """Escape, too, while a row is being added."""
        gives_up = event.key() == Qt.Key.Key_Escape and self.record_table.model.entry is not None
        return gives_up or super()._own(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up the row that is being added."""
        if event.key() == Qt.Key.Key_Escape and self.record_table.model.entry is not None:
            self.record_table.model.end_entry()
            self.tell("")
        else:
            super().keyPressEvent(event)

    @property
    def stale(self) -> bool:
        """Whether the document is another than what is listed."""
        return self._stale

    def refresh(self) -> None:
        """Counts of all, rows of the one in front."""
        if self._document is None:
            return
        self._stale = False
        if self._shelf is None or self._shelf.dataset is not self._document.dataset:
            self._shelf = Shelf(self._document.dataset)
        for name in self.tables:
            self.count(name, self._document.dataset[name].height)
        self.turn()

    def turn(self) -> None:
        """Bring the current table to the front, filled."""
        self.tell("")
        super().turn()
        made = self.table.model.listing
        if made is not None and made.n > MANY and not self.stale:
            self.filled.emit(made)

    def listing(self, name: str) -> Listing | None:
        """All records of a table."""
        return self._shelf.listing(name) if self._shelf is not None else None

    @property
    def meant(self) -> tuple[str, ...]:
        """What is selected, and the records that it stands for."""
        return self.spread(self.keys)

    @property
    def colors(self) -> Mapping[str, str] | None:
        """Those of the picture."""
        return self._colors

    def show_added(self, table: str, ids: list[str]) -> None:
        """Bring rows that were added into sight."""
        if table == self.name and ids:
            self.record_table.show_rows(ids)
