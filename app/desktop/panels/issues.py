"""The issues panel: what is doubtful in the dataset, or wrong in a file that could not be opened, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.desktop.chrome import lettered, qcolor, scaled
from app.domain.errors import Fault, tally
from app.pictures import wording
from app.render.theme import LIGHT, Theme

COLUMNS = ("   ", "What", "Where", "What to do")
NONE = "Nothing is doubtful in this dataset."
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class IssuesModel(QAbstractTableModel):
    """One row a fault."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.faults: Sequence[Fault] = ()
        self._theme: Theme = LIGHT

    def show(self, faults: Sequence[Fault]) -> None:
        """Other faults."""
        self.beginResetModel()
        self.faults = faults
        self.endResetModel()

    def show_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._theme = theme
        if self.faults:
            last = self.index(len(self.faults) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.ForegroundRole])

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Faults."""
        return 0 if parent.isValid() else len(self.faults)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Sign, what, where, remedy."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, the full text as a tooltip, the colour of the sign."""
        if not index.isValid():
            return None
        fault, column = self.faults[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (f"   {fault.severity}", fault.message, where(fault), fault.remedy)[column]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return fault.text
        if role == Qt.ItemDataRole.ForegroundRole:
            t = self._theme
            ink: QColor = qcolor((t.bad if fault.severity == "error" else t.warn, t.ink, t.ink2, t.ink2)[column])
            return ink
        return None


class IssuesPanel(QWidget):
    """Lists faults; activating one asks to be led to its record."""

    wanted = Signal(str, str)
    """Table and id of a record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = IssuesModel(self)
        self.view = QTableView(self)
        self.view.setModel(self.model)
        self.view.setAccessibleName("Issues")
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.setFrameShape(QTableView.Shape.NoFrame)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(scaled(22))
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((80, 340, 300)):
            header.resizeSection(column, width)
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        self.view.activated.connect(self._go)
        self.view.clicked.connect(self._go)
        self.head = QLabel(self)
        self._copy = QPushButton("Copy", self)
        self._copy.setToolTip("Copy all issues as text")
        self._copy.clicked.connect(self.copy)
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 12, 6)
        row.addWidget(self.head, 1)
        row.addWidget(self._copy)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.setSpacing(0)
        column_of.addLayout(row)
        column_of.addWidget(self.view, 1)
        self.show_faults((), "")

    def show_faults(self, faults: Sequence[Fault], file: str) -> None:
        """List faults; file: the name of one that was not opened because of them, blank for the present document."""
        self.model.show(faults)
        n_errors, n_warnings = tally(faults)
        counts = f"{wording.counted(n_errors, 'error')}, {wording.counted(n_warnings, 'warning')}"
        self.head.setText(f"{file} was not opened: {counts}" if file else counts if faults else NONE)
        self._copy.setEnabled(bool(faults))
        self.view.setVisible(bool(faults))
        self.view.setAccessibleDescription(self.head.text())

    def show_theme(self, theme: Theme) -> None:
        """Type and colours of a theme."""
        self.head.setFont(lettered(self.font(), 12, 600))
        self.model.show_theme(theme)

    def copy(self) -> None:
        """Put all issues on the clipboard, a paragraph each."""
        QGuiApplication.clipboard().setText("\n\n".join(fault.text for fault in self.model.faults))

    def _go(self, index: QModelIndex) -> None:
        fault = self.model.faults[index.row()]
        if fault.table and fault.id:
            self.wanted.emit(fault.table, fault.id)


def where(fault: Fault) -> str:
    """`stints st-ann-01, row 3, field start`; the row is that of the file, where the fault lies in one."""
    parts = [Path(fault.file.rpartition(": ")[2]).name] if fault.file else []  # of `tables.zip: people.csv` the latter
    parts += [" ".join(part for part in (fault.table, fault.id) if part)]
    parts += [f"row {fault.row}"] if fault.row is not None else []
    parts += [f"field {fault.field}"] if fault.field else []
    return ", ".join(part for part in parts if part)
