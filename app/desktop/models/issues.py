"""What is doubtful in a dataset, or wrong in a file: a row a fault, and of which kinds they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.desktop.chrome import qcolor
from app.domain.errors import Fault
from app.render.theme import LIGHT, Theme

COLUMNS = ("   ", "What", "Where", "What to do")
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


@dataclass(frozen=True, slots=True)
class Only:
    """Which faults are listed: those of a severity and of a code; a blank one means any."""

    severity: str = ""
    code: str = ""

    def of(self, faults: Sequence[Fault]) -> Sequence[Fault]:
        """Those of them, in their order."""
        if not self.severity and not self.code:
            return faults
        return [f for f in faults if self.severity in ("", f.severity) and self.code in ("", f.code)]


def choices(faults: Sequence[Fault]) -> dict[Only, str]:
    """What can be listed alone, each with its words and number: all, by severity, by code."""
    n: Counter[Only] = Counter()
    for fault in faults:
        for only in (Only(), Only(fault.severity), Only(fault.severity, fault.code)):
            n[only] += fault.n
    words = {Only(): "All issues", Only("error"): "Errors", Only("warning"): "Warnings"}
    by_code = [only for only in n if only.code]
    return {only: f"{words.get(only) or said(only.code)} ({n[only]:,})" for only in (*words, *by_code) if n[only]}


def said(code: str) -> str:
    """A code in words: `unreadable-date` is Unreadable date."""
    return code.replace("-", " ").capitalize()


def where(fault: Fault) -> str:
    """`stints st-ann-01, row 3, field start`; the row is that of the file, where the fault lies in one."""
    parts = [Path(fault.file.rpartition(": ")[2]).name] if fault.file else []  # of `tables.zip: people.csv` the latter
    parts += [" ".join(part for part in (fault.table, fault.id) if part)]
    parts += [f"row {fault.row}"] if fault.row is not None else []
    parts += [f"field {fault.field}"] if fault.field else []
    return ", ".join(part for part in parts if part)
