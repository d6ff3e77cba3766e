"""Ctrl+K: type a few letters of a command, an organization, a person or a seat, and go there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from app.desktop.actions import Actions
from app.desktop.pairs import PairDelegate
from app.domain.dataset import Dataset
from app.pictures.listing import Listing
from app.pictures.listing_seats import HOLDER, ORGANIZATION, TITLE
from app.render.theme import Theme

WIDTH, ROW, MOST = 560, 30, 60
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Find:
    """Something that can be gone to: its words, what it is, and how to go there."""

    text: str
    detail: str
    go: Callable[[], object]


def commands(actions: Actions, text: str) -> list[tuple[int, Find]]:
    """Commands that can be used now and have the words of a text in theirs, with a rank."""
    found = []
    for command, action in actions.offered():
        rank = _rank(f"{command.plain} {command.tip}", command.plain, text)
        if rank is not None and command.id != "go.find":
            keys = actions.keys_of(action)
            detail = f"{command.menu.split('/')[0]}{'   ' + keys if keys else ''}"
            found.append((rank, Find(command.plain, detail, action.trigger)))
    return found


def records(dataset: Dataset, text: str, go: Callable[[str], object]) -> list[tuple[int, Find]]:
    """Organizations and people whose name or alias has a text in it, with a rank. None for a blank text."""
    wanted, found = text.strip().lower(), []
    if not wanted:
        return []
    for table, noun in (("organizations", "organization"), ("people", "person")):
        frame = dataset[table].lazy().select("id", "name", aliases=pl.col("aliases").list.join(" · "))
        name = pl.col("name").fill_null(pl.col("id"))
        held = pl.concat_str(name, pl.lit(" · "), pl.col("aliases").fill_null("")).str.to_lowercase()
        near = frame.filter(held.str.contains(wanted, literal=True)).head(MOST * 4).collect()
        for row_id, own, aliases in near.iter_rows():
            rank = _rank(f"{own or row_id} {aliases or ''}", own or row_id, wanted)
            also = f"{noun}, also {aliases}" if aliases and wanted not in (own or row_id).lower() else noun
            key = f"{table}:{row_id}"
            found.append((rank if rank is not None else 9, Find(own or row_id, also, lambda k=key: go(k))))  # type: ignore[misc]  # the default binds the key of this turn
    return found


def seats(listing: Listing, text: str, go: Callable[[str], object]) -> list[tuple[int, Find]]:
    """Seats whose title, holder and organization have the words of a text in them, with a rank: behind people of the
    same, and far behind where only the organization fits, for it has many. None for a blank text."""
    wanted, found = text.strip().lower(), []
    if not wanted:
        return []
    near = np.flatnonzero(listing.matches(wanted, (HOLDER, TITLE, ORGANIZATION)))[: MOST * 4]
    titles, holders, places = (listing.texts(column, near) for column in (TITLE, HOLDER, ORGANIZATION))
    for key, title, holder, place in zip(listing.keys(near), titles, holders, places, strict=True):
        own = " · ".join(part for part in (title, holder) if part)
        rank = _rank(own, own, wanted)
        name = " · ".join(part for part in (own, place) if part)
        found.append((rank + 1 if rank is not None else 9, Find(name, "seat", lambda k=key: go(k))))  # type: ignore[misc]  # the default binds the key of this turn
    return found


def _rank(held: str, name: str, text: str) -> int | None:
    """0 for a name that begins with a text, 1 for a word that does, 2 for it anywhere in the name, 3 elsewhere."""
    wanted, lower = text.strip().lower(), name.lower()
    if lower.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in lower.split()):
        return 1
    if wanted in lower:
        return 2
    return 3 if all(word in held.lower() for word in wanted.split()) else None


class _Finds(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.finds: list[Find] = []

    def show(self, finds: list[Find]) -> None:
        self.beginResetModel()
        self.finds = finds
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.finds)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        find = self.finds[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return find.text
        if role in (Qt.ItemDataRole.AccessibleDescriptionRole, Qt.ItemDataRole.ToolTipRole):
            return find.detail
        return None


class CommandPalette(QDialog):
    """A line to type into, and below it what was found."""

    def __init__(
        self,
        actions: Actions,
        dataset: Dataset | None,
        seats_of: Listing | None,
        go: Callable[[str], object],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        """seats_of: the seats of the dataset as they are shown; go: leads to the record of a key."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setAccessibleName("Find a person, a seat, an organization or a command")
        self._actions, self._dataset, self._seats, self._go = actions, dataset, seats_of, go
        self.chosen: Find | None = None
        self.text = QLineEdit(self)
        self.text.setPlaceholderText("Find a person, a seat, an organization or a command")
        self.text.setAccessibleName("Find")
        self.list = QListView(self)
        self.model = _Finds(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PairDelegate(self, theme))
        self.list.setAccessibleName("Found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(self.list)
        self.text.textChanged.connect(self.look_for)
        self.text.installEventFilter(self)
        self.setFixedWidth(WIDTH)
        self.setFixedHeight(420)
        self.move(parent.mapToGlobal(parent.rect().center()) - self.rect().center() - QPoint(0, parent.height() // 10))
        self.look_for("")

    def look_for(self, text: str) -> None:
        """List what fits a text, the best first; without one every command."""
        ranked: Iterable[tuple[int, Find]] = commands(self._actions, text)
        if self._dataset is not None:
            ranked = [*ranked, *records(self._dataset, text, self._go)]
        if self._seats is not None:
            ranked = [*ranked, *seats(self._seats, text, self._go)]
        best = sorted(ranked, key=lambda pair: (pair[0], len(pair[1].text) if text else 0))
        self.model.show([find for _, find in best][: MOST if text.strip() else None])
        if self.model.finds:
            self.list.setCurrentIndex(self.model.index(0))
        self.text.setAccessibleDescription(f"{len(self.model.finds)} found")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk the list while the line keeps the cursor; Enter goes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row, n = self.list.currentIndex().row(), len(self.model.finds)
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
            key = Qt.Key(event.key())
            if key in steps and n:
                self.list.setCurrentIndex(self.model.index(min(max(row + steps[key], 0), n - 1)))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen = self.model.finds[index.row()]
            self.accept()
