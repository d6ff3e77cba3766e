"""The issues panel: what is doubtful in the dataset, or wrong in a file that could not be opened, row by row, and what
can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMetaMethod, QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.analysis.fixing import Fix
from app.desktop.chrome import lettered, scaled
from app.desktop.models.issues import IssuesModel, Only, choices
from app.desktop.panels.fixstrip import FixStrip
from app.domain.errors import Fault, tally
from app.pictures import wording
from app.render.theme import Theme

NONE = "Nothing is doubtful in this dataset."


class IssuesPanel(QWidget):
    """Lists faults; activating one asks to be led to its record, the buttons below mend it."""

    wanted = Signal(str, str)
    """Table and id of a record."""
    edit_wanted = Signal(str, str, str)
    """Table, id and field of a record that shall be edited by hand; offered once somebody listens."""
    selected = Signal(object)
    """The Fault that is selected now, None for none: its fixes are to be shown."""
    fix_wanted = Signal(object)
    """The Edit that mends a fault, or all of its kind."""
    open_wanted = Signal()
    """The file that was not opened shall be opened in spite of its errors."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Fault] = ()
        self._waiting = False  # for the fixes that a menu was asked of
        self.model = IssuesModel(self)
        self.view = QTableView(self)
        self.head = QLabel(self)
        self.only = QComboBox(self)
        self.only.setAccessibleName("Which issues are listed")
        self.only.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.only.currentIndexChanged.connect(lambda _: self._list())
        self.open_button = QPushButton("Open it to mend it", self)
        self.open_button.setToolTip("Open the file in spite of its errors")
        self.open_button.clicked.connect(lambda: self.open_wanted.emit())
        self._copy = QPushButton("Copy", self)
        self._copy.setToolTip("Copy the issues listed as text")
        self._copy.clicked.connect(self.copy)
        self.strip = FixStrip(self)
        self.strip.wanted.connect(self.fix_wanted)
        self.strip.edit_wanted.connect(self._edit)
        self._set_out()
        self.view.activated.connect(self._go)
        self.view.clicked.connect(self._go)
        self.view.customContextMenuRequested.connect(self._pop_up)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self.show_faults((), "")

    # what is shown

    def show_faults(self, faults: Sequence[Fault], file: str, *, can_open: bool = False) -> None:
        """List faults; file: the name of one that was not opened because of them, blank for the present document;
        can_open: whether it can be opened nevertheless. What was selected stays so; if it is mended, the next is."""
        self._all = faults
        n_errors, n_warnings = tally(faults)
        counts = f"{wording.counted(n_errors, 'error')}, {wording.counted(n_warnings, 'warning')}"
        self.head.setText(f"{file} was not opened: {counts}" if file else counts if faults else NONE)
        self.open_button.setVisible(bool(file) and can_open)
        self.only.setVisible(bool(faults))
        self._copy.setEnabled(bool(faults))
        self.view.setVisible(bool(faults))
        self.view.setAccessibleDescription(self.head.text())
        before = self.only.currentData()
        with QSignalBlocker(self.only):
            self.only.clear()
            for only, words in choices(faults).items():
                self.only.addItem(words, only)
            self.only.setCurrentIndex(max(self.only.findData(before), 0))
        self._list()

    def show_fixes(self, fixes: Sequence[Fix]) -> None:
        """Offer the fixes of the fault that is selected."""
        fault = self.current
        self.strip.show_fixes(fixes, can_edit=self._can_edit(fault))
        self.strip.setVisible(fault is not None)
        if self._waiting and fault is not None:
            self._waiting = False
            self._open_menu(self.view.visualRect(self.view.currentIndex()).bottomLeft() + QPoint(scaled(80), 0))

    def show_theme(self, theme: Theme) -> None:
        """Type and colours of a theme."""
        self.head.setFont(lettered(self.font(), 12, 600))
        self.strip.show_theme(theme)
        self.model.show_theme(theme)

    @property
    def current(self) -> Fault | None:
        """The fault that is selected."""
        row = self.view.currentIndex().row()
        return self.model.faults[row] if 0 <= row < len(self.model.faults) else None

    # what is asked for

    def offer(self) -> None:
        """Select an issue if none is, and open the menu of its fixes as soon as they are known."""
        if not self.model.faults:
            return
        self.view.setFocus()
        self._waiting = True
        if self.current is None:
            self.view.setCurrentIndex(self.model.index(0, 0))
        else:
            self._tell()

    def copy(self) -> None:
        """Put the issues that are listed on the clipboard, a paragraph each."""
        QGuiApplication.clipboard().setText("\n\n".join(fault.text for fault in self.model.faults))

    def menu(self) -> QMenu:
        """What can be done about the issue that is selected."""
        menu, fault = self.strip.menu(), self.current
        if fault is not None and fault.table and fault.id:
            menu.addSeparator()
            go = menu.addAction("Show it in the picture")
            go.setShortcut(Qt.Key.Key_Return)
            go.triggered.connect(lambda: self._go(self.view.currentIndex()))
        return menu

    def _list(self) -> None:
        """List what is chosen; the keyboard stays where it was."""
        only = self.only.currentData()
        before, row = self.current, self.view.currentIndex().row()
        faults = only.of(self._all) if isinstance(only, Only) else self._all
        with QSignalBlocker(self.view.selectionModel()):
            self.model.show(faults)
            if before is not None and faults:
                places = [_place(fault) for fault in faults]
                at = places.index(_place(before)) if _place(before) in places else min(row, len(faults) - 1)
                self.view.setCurrentIndex(self.model.index(at, 0))
        self._tell()

    def _tell(self) -> None:
        self.show_nothing_yet()
        self.selected.emit(self.current)

    def show_nothing_yet(self) -> None:
        """The fixes of another issue are gone, those of this one are not known yet."""
        self.strip.show_fixes((), can_edit=self._can_edit(self.current))
        self.strip.setVisible(self.current is not None)

    def _can_edit(self, fault: Fault | None) -> bool:
        """Whether there is a record to be edited, and somebody who opens it."""
        there = fault is not None and bool(fault.table and fault.id) and not self.open_button.isVisibleTo(self)
        return there and self.isSignalConnected(QMetaMethod.fromSignal(self.edit_wanted))

    def _edit(self) -> None:
        fault = self.current
        if fault is not None:
            self.edit_wanted.emit(fault.table, fault.id, fault.field)

    def _pop_up(self, at: QPoint) -> None:
        if self.current is not None:
            self._open_menu(at)

    def _open_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _go(self, index: QModelIndex) -> None:
        fault = self.model.faults[index.row()]
        if fault.table and fault.id:
            self.wanted.emit(fault.table, fault.id)

    # parts

    def _set_out(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setAccessibleName("Issues")
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(scaled(22))
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((80, 340, 300)):
            header.resizeSection(column, width)
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.head, 1)
        for widget in (self.open_button, self.only, self._copy):
            row.addWidget(widget)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.setSpacing(0)
        column_of.addLayout(row)
        column_of.addWidget(view, 1)
        column_of.addWidget(self.strip)


def _place(fault: Fault) -> tuple[str, str, str, str]:
    """What makes a fault the same after an edit: the row may be another then."""
    return fault.code, fault.table, fault.id, fault.field
