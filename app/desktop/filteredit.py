"""The line in which a filter is typed: what may follow is offered below it, a word that cannot be read is selected."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from app.analysis.completing import MOST, Completion, completions
from app.desktop.chrome import scaled
from app.desktop.pairs import PairDelegate
from app.domain.dataset import Dataset
from app.domain.errors import UsageError
from app.domain.lens import LensError
from app.render.theme import LIGHT, Theme

WIDEST = 560
"""Pixels that the list of what may follow is wide at most."""
OFFERED = Qt.ItemDataRole.UserRole + 1


class FilterEdit(QLineEdit):
    """Enter applies the filter, or takes what is highlighted in the list; Tab takes the first of the list; Escape takes
    back what was typed, or clears the filter."""

    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list = QListView()
        self._list.setObjectName("offered")
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName("What may follow")
        self._completer.setPopup(self._list)
        self._pairs = PairDelegate(self._list, LIGHT)
        self._list.setItemDelegate(self._pairs)  # after the popup is set, which brings a delegate of its own
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # all of them are shown
        self._completer.setMaxVisibleItems(MOST)
        self._completer.setWidget(self)  # not as the completer of the line, which would replace all of it
        self._list.installEventFilter(self)
        self._completer.activated[QModelIndex].connect(self._take_index)  # type: ignore[index]  # one of two of a name
        self.textEdited.connect(lambda _: self.offer())

    def show_theme(self, theme: Theme) -> None:
        """In the colours of a theme."""
        self._pairs.show_theme(theme)

    def work_on(self, dataset: Dataset | None) -> None:
        """Offer the names of a dataset; None for none."""
        self._dataset = dataset

    @property
    def offered(self) -> list[Completion]:
        """What the list shows; empty where it is not shown."""
        rows = range(self._model.rowCount()) if self._list.isVisible() else range(0)
        return [self._model.item(row).data(OFFERED) for row in rows]

    def offer(self) -> None:
        """Show what may follow at the cursor."""
        self._model.clear()
        found = completions(self._dataset, self.text(), self.cursorPosition()) if self._dataset is not None else []
        for one in found:
            item = QStandardItem(one.said)
            item.setEditable(False)
            item.setData(one.meaning, Qt.ItemDataRole.ToolTipRole)
            item.setData(one, OFFERED)
            self._model.appendRow(item)
        if not found:
            self._list.hide()
            return
        area = self.rect()
        area.setWidth(min(self.width(), scaled(WIDEST)))
        self._completer.complete(area)
        self._list.setCurrentIndex(QModelIndex())

    def point_at(self, error: UsageError) -> None:
        """Select the word that cannot be read, where the error tells which."""
        if isinstance(error, LensError):
            self.setSelection(error.start, error.end - error.start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab takes the first or what is highlighted, Enter only what is highlighted."""
        if watched is self._list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, current = Qt.Key(event.key()), self._list.currentIndex()
            if key == Qt.Key.Key_Tab:
                self._take(current.data(OFFERED) if current.isValid() else self._model.item(0).data(OFFERED))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if current.isValid():
                    self._take(current.data(OFFERED))
                else:
                    self._list.hide()
                    self.returnPressed.emit()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is told to the bar; Down in a line without a list shows it."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        if event.key() == Qt.Key.Key_Down and not self._list.isVisible():
            self.offer()
            return
        super().keyPressEvent(event)

    def _take_index(self, index: QModelIndex) -> None:
        """What was clicked."""
        if isinstance(one := index.data(OFFERED), Completion):
            self._take(one)

    def _take(self, one: Completion) -> None:
        self._list.hide()
        text, cursor = one.within(self.text())
        self.setText(text)
        self.setCursorPosition(cursor)
        self.textEdited.emit(text)
