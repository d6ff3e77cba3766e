"""The tables below the picture: its moves, people, organizations and seats as rows to sort, search, select and copy.

They are the twin of the picture for the keyboard, for screen readers and for who likes rows better; the selection is
shared with it. A table is filled when its tab is seen first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.desktop.chrome import scaled
from app.desktop.panels.listings import ListingsPanel
from app.pictures import listing, listing_coverage, listing_seats
from app.pictures.crowd import Crowd
from app.pictures.flowmap import FlowMap
from app.pictures.gathered import Gathered
from app.pictures.listing import Listing
from app.pictures.reach import with_holders
from app.session.jobs import Jobs

CHANNEL, SHORT = "tables", 10_000
MAKERS: dict[str, Callable[[FlowMap], Listing]] = {
    "moves": listing.moves,
    "people": listing.people,
    "organizations": listing.organizations,
    "seats": listing_seats.seats,
    "coverage": listing_coverage.coverage,
}

WIDEST = 140
"""Pixels that the name of those who are shown alone takes at most; the tooltip has all of it."""


class TablesPanel(ListingsPanel):
    """Moves, people, organizations and seats of one picture, and how well organizations are covered."""

    people_wanted = Signal(object)
    """The people behind some keys are wanted, as a tuple."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.crowds: Callable[[str], Crowd | None] = lambda _key: None
        """Who stands behind a key."""
        self.picture: FlowMap | None = None
        self.listings: dict[str, Listing] = {}
        self._stale = True
        self._day: Gathered | None = None
        self.jobs: Jobs | None = None
        """Where the rows of a large dataset are made; while they are, those of the picture before are shown."""
        super().__init__("tables", MAKERS, parent)
        for table in self.tables.values():
            table.view.doubleClicked.connect(table.open)
        for name in ("moves", "organizations", "seats", "coverage"):
            self.tables[name].peopled = True
            self.tables[name].people_wanted.connect(self.people_wanted)

    def lay_out(self) -> None:
        """Tabs, what leads back to all rows, and the filter line above the rows."""
        head, row = self.bar("tablesHead")
        self.back = QPushButton(self)
        self.back.setObjectName("chip")
        self.back.clicked.connect(self.show_all)
        self.back.hide()
        row.addWidget(self.tabs)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.said)
        row.addWidget(self.line)
        self.put_together(head)

    def show_only(self, crowd: Crowd) -> None:
        """Show the table of people with some of them alone, and what they have in common."""
        self.tables["people"].show_only(tuple(f"people:{person}" for person in crowd.people))
        name = self.back.fontMetrics().elidedText(crowd.name, Qt.TextElideMode.ElideRight, scaled(WIDEST))
        self.back.setText(f"{name}  ×")
        self.back.setToolTip(f"{crowd.name}: show all people again (Escape)")
        self.back.setAccessibleName(f"{crowd.name}: show all people again")
        with QSignalBlocker(self.line):
            self.line.clear()
        self.tables["people"].model.filter("")
        self.tabs.setCurrentIndex(list(self.tables).index("people"))
        self.turn()

    def select(self, keys: tuple[str, ...]) -> None:
        """Select the rows that keys stand for; where they are not all among those who are shown alone, show
        all."""
        only = self.tables["people"].only
        if only is not None and keys:
            people = {f"people:{person}" for key in keys if (found := self.crowds(key)) for person in found.people}
            if not people.issubset(only):
                self.show_all()
        super().select(keys)

    def show_all(self) -> None:
        """All people again."""
        self.tables["people"].show_only(None)
        self.turn()

    def turn(self) -> None:
        """Bring the current table to the front; what leads back to all rows stands beside one that is cut."""
        super().turn()
        self.back.setVisible(self.table.only is not None)

    def _own(self, event: QKeyEvent) -> bool:
        return super()._own(event) or (event.key() == Qt.Key.Key_Escape and self.table.only is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape shows all rows again."""
        if event.key() == Qt.Key.Key_Escape and not self.line.text() and self.table.only is not None:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def show_picture(self, picture: FlowMap) -> None:
        """Show what a picture lets through; where that is what the one before let through, nothing changes."""
        before, self.picture = self.picture, picture
        if before is not None and _lets_through_alike(before, picture):
            return
        self._stale, self._day = True, picture.gathered
        if self.isVisible():
            self.refresh()

    def show_day(self, gathered: Gathered) -> None:
        """Seats as of the day of a picture of the same moves; the other tables are as of the newest one."""
        if self.picture is None or not _alike(gathered, self.picture.gathered):
            return
        before, self._day = self._day, gathered
        if not self._stale and (before is None or before.as_of != gathered.as_of):
            self._make_seats(gathered)
            if self.name == "seats":
                self.turn()

    def _make_seats(self, gathered: Gathered) -> None:
        """The table of seats as of another day."""
        made = self.listings["seats"] = listing_seats.of(gathered, filtered=bool(gathered.options.lens))
        self.count("seats", made.n)

    @property
    def stale(self) -> bool:
        """Whether the picture is another than what was listed."""
        return self._stale

    def listing(self, name: str) -> Listing | None:
        """What the picture shows of a table."""
        return self.listings.get(name)

    def refresh(self) -> None:
        """Counts of all, rows of the one in front."""
        self._stale = False
        picture = self.picture
        if picture is None:
            return
        if self.jobs is not None and picture.gathered.is_large:
            self.jobs.start(CHANNEL, lambda _: (picture, _made(picture)), self._take, _raise)
        else:
            self._take((picture, _made(picture)))

    def _take(self, made: tuple[FlowMap, dict[str, Listing]]) -> None:
        """Show what was listed of a picture, unless it is another one by now."""
        if self.picture is None or not _lets_through_alike(made[0], self.picture):
            return
        self.listings = made[1]
        for name, table in self.tables.items():
            table.filtered = bool(self.picture.options.filter.lens)
            self.count(name, self.listings[name].n)
        if self._day is not None and self._day.as_of != self.picture.gathered.as_of:
            self._make_seats(self._day)
        self.color()
        self.turn()

    @property
    def meant(self) -> tuple[str, ...]:
        """What is selected, and what stands for it in the table in front: people for whatever they stand behind, moves
        for whatever they make up, whoever has held the seats among it."""
        if self.picture is None:
            return self.keys
        found = list(with_holders(self.picture.gathered, self.keys))
        for key in self.keys if self.name != "coverage" else ():
            crowd = self.crowds(key)
            if crowd is None:
                continue
            found += crowd.records
            if self.name == "people":
                found += [f"people:{person}" for person in crowd.people]
            elif self.name == "moves" or (self.name == "seats" and not key.startswith("organizations:")):
                found += crowd.moves
        return tuple(dict.fromkeys(found))

    @property
    def colors(self) -> Mapping[str, str] | None:
        """Those of the picture."""
        return self.picture.gathered.colors if self.picture is not None else None


def _made(picture: FlowMap) -> dict[str, Listing]:
    """The tables of a picture; of a large one with what their short ones count of all records."""
    made = {name: make(picture) for name, make in MAKERS.items()}
    for table in made.values() if picture.gathered.is_large else ():
        for column in table.columns if 0 < table.n <= SHORT else ():
            _ = column.cells.ranks, column.cells.texts(np.zeros(1, dtype=np.intp))
    return made


def _raise(error: Exception) -> None:
    raise error


def _lets_through_alike(one: FlowMap, other: FlowMap) -> bool:
    """Whether two pictures are of the same moves."""
    return one.gathered.dataset is other.gathered.dataset and one.options.filter == other.options.filter


def _alike(one: Gathered, other: Gathered) -> bool:
    """Whether two pictures differ in their day alone."""
    filters = (replace(gathered.options, as_of=None) for gathered in (one, other))
    return one.dataset is other.dataset and next(filters) == next(filters)
