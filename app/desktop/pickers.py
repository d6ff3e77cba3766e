"""A line in which a person or an organization is chosen: a few letters, then Enter or Tab; or the name of a new one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSignalBlocker, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from app.analysis.adding import Party
from app.analysis.names import Near, near
from app.domain.dataset import Dataset
from app.pictures.records import called

MOST = 9
"""Records that are offered at once."""
PARTY = Qt.ItemDataRole.UserRole + 1


class Picker(QLineEdit):
    """`party` is what stands in it: a record, or a new one by the name that was typed."""

    chosen = Signal(object)
    """Another Party than before: taken from the list, typed, or set."""
    taken = Signal(object)
    """A Party was taken from the list."""

    def __init__(
        self, table: str, noun: str, parent: QWidget | None = None, *, can_add: bool = True, also: tuple[str, ...] = ()
    ) -> None:
        """table: people, organizations, sources or seats; noun: what a new one is called; can_add: whether a name that
        nobody has may stand in it; also: further tables of which records are offered."""
        super().__init__(parent)
        self._tables, self._noun, self._can_add = (table, *also), noun, can_add
        self._dataset: Dataset | None = None
        self._party = Party()
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
        if self._party.id and not self.table_of(self._party.id):
            self.put(Party(name=self.text()))
        elif self._party and not self._party.id:
            self.put(self._party)  # it may have been added since

    def put(self, party: Party) -> None:
        """Choose a record or a new name; blank for nothing."""
        if self._dataset is not None and not party.id and party.name:
            party = self._meant(party.name)
        text = self._text_of(party)
        if text != self.text():
            self.setText(text)
        if party != self._party:
            self._party = party
            self.chosen.emit(party)

    def _text_of(self, party: Party) -> str:
        """What a record is called; its id where it is not on record."""
        if self._dataset is None or not party.id:
            return party.name
        table = self.table_of(party.id)
        return called(self._dataset.row, table, party.id) if table else party.id

    def table_of(self, row_id: str) -> str:
        """The table that a record stands in, of those that are offered; blank if in none."""
        dataset = self._dataset
        return next((t for t in self._tables if dataset is not None and dataset.position(t, row_id) is not None), "")

    def empty(self) -> None:
        """Nothing is chosen and nothing stands in it; nobody is told."""
        with QSignalBlocker(self):
            self.clear()
            self._party = Party()
        self._list.hide()

    def _typed(self, text: str) -> None:
        if self._dataset is None:
            return
        self._model.clear()
        found = self._near(text)
        for record in found:
            also = f"   also {', '.join(record.aliases[:2])}" if record.aliases else ""
            self._offer(f"{record.name}{also}", Party(record.id, record.name))
        typed = " ".join(text.split())
        if self._can_add and typed and all(record.name.lower() != typed.lower() for record in found):
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
            self.taken.emit(party)

    def _near(self, text: str) -> list[Near]:
        """What a text may mean, of all tables; the best first."""
        if self._dataset is None:
            return []
        found = [record for table in self._tables for record in near(self._dataset, table, text, MOST)]
        return sorted(found, key=lambda record: record.rank)[:MOST] if len(self._tables) > 1 else found

    def _meant(self, name: str) -> Party:
        """The record of exactly that name, id or alias, in any case; else a new one."""
        typed = " ".join(name.split())
        if self._dataset is None or not typed:
            return Party()
        wanted = typed.lower()
        for record in self._near(typed):
            if wanted in (record.name.lower(), record.id, *(alias.lower() for alias in record.aliases)):
                return Party(record.id, record.name)
        return Party(name=typed)
