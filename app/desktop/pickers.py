"""A line in which a person, an organization or a seat is chosen: a few letters, then Enter or Tab; or the name of a new
one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from app.analysis.names import Near, near
from app.analysis.recording import Party
from app.desktop.palette import found_seats
from app.domain.dataset import Dataset
from app.pictures import listing_seats, reach
from app.pictures.gathered import Gathered

MOST = 9
"""Records that are offered at once."""
PARTY = Qt.ItemDataRole.UserRole + 1


class Picker(QLineEdit):
    """`party` is what stands in it: a record, or a new one by the name that was typed."""

    chosen = Signal(object)
    """Another Party than before: taken from the list, typed, or set."""

    def __init__(self, table: str, noun: str, parent: QWidget | None = None) -> None:
        """table: people or organizations; noun: what a new one is called."""
        super().__init__(parent)
        self._table, self._noun = table, noun
        self._dataset: Dataset | None = None
        self._party = Party()
        self._last: tuple[str, Dataset | None, list[Near]] | None = None
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(MOST + 1)
        self._list = QListView()
        self._list.setObjectName("picked")
        self._list.setUniformItemSizes(True)
        self._completer.setPopup(self._list)
        self._completer.setWidget(self)  # not as the completer of the line, which would write what is highlighted
        self._list.installEventFilter(self)
        self.textEdited.connect(self._typed)
        self._completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]  # one of two signals of a name
        self.setAccessibleName(noun.capitalize())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab takes what is highlighted, and goes on to the next field."""
        pressed = watched is self._list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and Qt.Key(event.key()) == Qt.Key.Key_Tab:  # type: ignore[attr-defined]  # a QKeyEvent, as asked
            self._take(self._list.currentIndex())
            self._list.hide()
            self.focusNextChild()
            return True
        return super().eventFilter(watched, event)

    @property
    def party(self) -> Party:
        """What is chosen; false if nothing is."""
        return self._party

    def work_on(self, dataset: Dataset) -> None:
        """Choose among the records of a dataset. What is chosen stays, unless its record is gone."""
        self._dataset = dataset
        if self._party.id and not self._called(self._party.id):
            self.put(Party(name=self.text()))
        elif self._party and not self._party.id:
            self.put(self._party)  # it may have been added since

    def put(self, party: Party) -> None:
        """Choose a record or a new name; blank for nothing."""
        if self._dataset is not None and not party.id and party.name:
            party = self._meant(party.name)
        text = (self._called(party.id) if party.id else "") or party.name
        if text != self.text():
            self.setText(text)
        if party != self._party:
            self._party = party
            self.chosen.emit(party)

    def _typed(self, text: str) -> None:
        if self._dataset is None:
            return
        self._model.clear()
        found = self._found(text)
        for record in found:
            also = f"   also {', '.join(record.aliases[:2])}" if record.aliases else ""
            self._offer(f"{record.name}{also}", Party(record.id, record.name))
        typed = " ".join(text.split())
        if typed and self._noun and all(record.name.lower() != typed.lower() for record in found):
            self._offer(f"New {self._noun} “{typed}”", Party(name=typed))
        self.put_typed(typed)
        if self._model.rowCount():
            self._completer.complete()
            self._list.setCurrentIndex(self._completer.completionModel().index(0, 0))
        else:
            self._list.hide()

    def put_typed(self, typed: str) -> None:
        """What is typed counts as it stands, also if nothing is taken from the list."""
        party = self._meant(typed)
        if party != self._party:
            self._party = party
            self.chosen.emit(party)

    def _offer(self, text: str, party: Party) -> None:
        item = QStandardItem(text)
        item.setEditable(False)
        item.setData(party, PARTY)
        item.setData(party.name, Qt.ItemDataRole.EditRole)
        item.setData(text, Qt.ItemDataRole.DisplayRole)
        self._model.appendRow(item)

    def _take(self, index: QModelIndex) -> None:
        model = self._completer.completionModel()
        at = model.mapToSource(index) if isinstance(model, QSortFilterProxyModel) else index
        party = at.data(PARTY)
        if isinstance(party, Party):
            self.put(party)

    def _meant(self, name: str) -> Party:
        """The record of exactly that name, id or alias, in any case; else a new one."""
        typed = " ".join(name.split())
        if self._dataset is None or not typed:
            return Party()
        wanted = typed.lower()
        for record in self._found(typed):
            if wanted in (record.name.lower(), record.id, *(alias.lower() for alias in record.aliases)):
                return Party(record.id, record.name)
        return Party(name=typed)

    def _found(self, text: str) -> list[Near]:
        """The records that a text may mean, the best first; those of the last text are kept."""
        wanted = " ".join(text.split())
        if self._last is None or self._last[:2] != (wanted, self._dataset):
            self._last = (wanted, self._dataset, self._near(wanted))
        return self._last[2]

    def _near(self, text: str) -> list[Near]:
        return near(self._dataset, self._table, text, MOST) if self._dataset is not None else []

    def _called(self, row_id: str) -> str:
        """What a record is called; blank if there is none of that id."""
        row = self._dataset.row(self._table, row_id) if self._dataset is not None else None
        return str(row["name"] or row_id) if row is not None else ""


class SeatPicker(Picker):
    """A seat by its title, its holder or its organization, or somebody who has none. The id of its Party is a key,
    `seats:ID` or `people:ID`; there are no new ones."""

    def __init__(self, gathered: Gathered, parent: QWidget | None = None) -> None:
        """gathered: what is known of the dataset on the day shown."""
        super().__init__("seats", "", parent)
        self._gathered = gathered
        self._seats = listing_seats.of(gathered)
        self.work_on(gathered.dataset)

    def _near(self, text: str) -> list[Near]:
        ranked = sorted(found_seats(self._seats, text), key=lambda seat: (seat[0], len(seat[2])))
        seats = [Near(key, name, (), rank) for rank, key, name in ranked[:MOST]]
        data = self._gathered.dataset
        without = [
            Near(f"people:{person.id}", person.name, person.aliases, person.rank)
            for person in near(data, "people", text, MOST)
            if not reach.seats_of(self._gathered, person.id)
        ]
        return sorted([*seats, *without], key=lambda record: record.rank)[:MOST]

    def _called(self, row_id: str) -> str:
        table, _, record = row_id.partition(":")
        there = table in ("seats", "people") and self._gathered.dataset.position(table, record) is not None
        return reach.named(self._gathered, row_id) if there else ""
