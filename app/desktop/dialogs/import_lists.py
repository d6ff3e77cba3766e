"""Lists of the preview of an import: rows of text, and rows of which each has a choice that is made below them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.desktop.chrome import scaled
from app.desktop.models.bringing import TextRows

ROW = 26
WIDEST = 560
"""Pixels of a row, and of the box in which a choice is made."""


class TextList(QTableView):
    """Rows of text, walked by the arrow keys; the last column takes what room is left."""

    def __init__(self, name: str, columns: Sequence[str], widths: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_ = TextRows(columns, self)
        self.setModel(self.model_)
        self.setAccessibleName(name)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(ROW))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, scaled(width))

    def show_rows(self, rows: Sequence[Sequence[str | int]]) -> None:
        """Other rows; the keyboard stays at its row."""
        at = max(self.currentIndex().row(), 0)
        self.model_.show(rows)
        if rows:
            self.setCurrentIndex(self.model_.index(min(at, len(rows) - 1), 0))


class ChoiceList(QWidget):
    """Rows of text; below them the question of the current row, with its answers in a box."""

    chosen = Signal(int, object)
    """The row, and the data of the answer that was taken."""
    walked = Signal(int)
    """The row at which the keyboard or the pointer is now."""

    def __init__(self, name: str, columns: Sequence[str], widths: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = TextList(name, columns, widths)
        self.question = QLabel()
        self.box = QComboBox()
        self.question.setBuddy(self.box)
        self.box.setMinimumWidth(scaled(260))
        self.box.setMaximumWidth(scaled(WIDEST))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.below = QHBoxLayout()
        self.below.setContentsMargins(12, 4, 12, 8)
        self.below.setSpacing(8)
        self.below.addWidget(self.question)
        self.below.addWidget(self.box)
        self.below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addLayout(self.below)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._walk(now.row()))
        self.list.model_.modelReset.connect(lambda: self._walk(self.row))
        self.box.activated.connect(lambda at: self.chosen.emit(self.row, self.box.itemData(at)))

    @property
    def row(self) -> int:
        """Where the keyboard is; −1 for nowhere."""
        return self.list.currentIndex().row()

    def ask(self, question: str, answers: Sequence[tuple[object, str]], standing: object) -> None:
        """The question of the current row. answers: data and words; standing: the data of the one that holds."""
        self.question.setText(question)
        self.box.clear()
        for data, words in answers:
            self.box.addItem(words, data)
        self.box.setCurrentIndex(next((n for n, (data, _) in enumerate(answers) if data == standing), -1))
        self.box.setEnabled(bool(answers))
        self.box.setAccessibleName(question)

    def _walk(self, row: int) -> None:
        self.walked.emit(row)
