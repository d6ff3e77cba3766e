"""The window in which duplicates are looked at and made one: what was found, the records beside each other, what it
would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.analysis.duplicates import TABLES, Alike
from app.desktop.chrome import lettered, scaled
from app.desktop.dialogs.alike_list import BY_HAND, AlikeList
from app.desktop.dialogs.comparison import ComparisonTable
from app.desktop.dialogs.notes import Notes
from app.domain.dataset import Dataset
from app.domain.errors import Fault
from app.pictures import wording
from app.pictures.comparing import STAYS, Comparison
from app.pictures.records import records
from app.render.theme import Theme

WIDTH, HEIGHT, LEFT = 1020, 590, 300
"""Pixels of the window and of the list in it."""
NOTES = 112
"""Pixels that what it would do may take; more is scrolled."""
PERMILLE = 1_000
HOW = "To merge others, select two people or two organizations and choose Edit, Merge the selected."


class DuplicatesDialog(QDialog):
    """Stays open beside the picture. Whoever shows it says what was found, and what merging would do."""

    changed = Signal()
    """Other records are compared, or another value shall stand."""
    merge_wanted = Signal()
    apart_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Duplicates")
        self.setObjectName("duplicates")
        self._dataset: Dataset | None = None
        self._by_hand: Alike | None = None
        self._found: list[Alike] = []
        self.looking = False
        self._looked = False  # whether all of the dataset has been looked through
        self._chosen: dict[str, str] = {}
        self._kept = ""
        self.staying: Callable[[Alike], str] = lambda group: group.ids[0]
        """Asked which record of a group stays unless another one is chosen."""
        self.comparison: Comparison | None = None
        self.list = AlikeList()
        self.head, self.found = QLabel(), QLabel()
        self.found.setObjectName("hint")
        self.head.setFont(lettered(self.font(), 15, 650))
        self.head.setWordWrap(True)
        self.reasons = QLabel()
        self.reasons.setObjectName("hint")
        self.reasons.setWordWrap(True)
        self.table = ComparisonTable()
        self.notes = Notes()
        self.notes.setAccessibleName("What merging would do")
        self.empty = QLabel()
        self.empty.setObjectName("hint")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, PERMILLE)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(scaled(4))
        self.bar.setAccessibleName("How much has been looked through")
        self.stop_button = QPushButton("S&top looking")
        self.merge_button = QPushButton("&Merge")
        self.merge_button.setDefault(True)
        self.merge_button.setToolTip("Make one of them: Ctrl+Enter. Ctrl+Z takes it back")
        self.apart_button = QPushButton("&Not the same")
        self.apart_button.setToolTip("Remember that they are not one, and offer them no more: Ctrl+Backspace")
        self.close_button = QPushButton("&Close")
        self.pages = QStackedWidget()
        self._set_out()
        self._connect()

    # what is found

    def work_on(self, dataset: Dataset) -> None:
        """Look at this dataset from now on: groups of which records are gone go with them."""
        self._dataset = dataset
        self._found = [group for group in self._found if self._is_there(group)]
        if self._by_hand is not None and not self._is_there(self._by_hand):
            self._by_hand = None
        self._list()

    def show_looking(self, share: float | None) -> None:
        """How much has been looked through, 0 to 1; None: nobody looks any more."""
        self.looking = share is not None
        self.bar.setVisible(self.looking)
        self.stop_button.setVisible(self.looking)
        if share is not None:
            self._looked = False
            self.bar.setValue(round(share * PERMILLE))
            self.found.setText("Looking for duplicates …")
        else:
            self._say_found()
        self._show_page()

    def show_found(self, groups: Sequence[Alike]) -> None:
        """What was found."""
        self._found, self._looked = list(groups), True
        self._list()  # before the list goes out of sight, and the keyboard with it
        self.show_looking(None)

    def put_together(self, group: Alike) -> None:
        """Compare records that somebody has selected."""
        self._by_hand = group
        self._list()
        self.list.look_at(group)

    def drop(self, group: Alike) -> None:
        """A group is dealt with; the next one is looked at."""
        self._found = [one for one in self._found if one is not group]
        if self._by_hand is group:
            self._by_hand = None
        self._list()

    def show_result(self, effects: Sequence[str], doubts: Sequence[Fault], mistakes: Sequence[Fault]) -> None:
        """What merging would do, what is doubtful about it, or why it cannot be done."""
        self.notes.say(effects, doubts, mistakes)
        self.merge_button.setEnabled(not mistakes)

    def show_theme(self, theme: Theme) -> None:
        """In the colours of a theme."""
        self.list.show_theme(theme)
        self.table.show_theme(theme)
        self.setStyleSheet(
            f"#duplicates {{ background: {theme.surface.hex}; }} #duplicates QScrollArea, #duplicates #notesPage"
            f" {{ background: {theme.sunken.hex}; border: 0; }}"
            f" QProgressBar {{ background: {theme.line.hex}; border: 0; border-radius: 2px; }}"
            f" QProgressBar::chunk {{ background: {theme.accent.hex}; border-radius: 2px; }}"
            f" QSplitter::handle {{ background: {theme.line.hex}; }}"
        )

    # parts

    def _set_out(self) -> None:
        for button in (self.merge_button, self.apart_button, self.close_button, self.stop_button):
            button.setIcon(QIcon())
            button.setAutoDefault(False)
        left = self.left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        above = QHBoxLayout()
        above.setContentsMargins(12, 0, 12, 0)
        above.addWidget(self.found, 1)
        above.addWidget(self.stop_button)
        column.addLayout(above)
        column.addWidget(self.bar)
        column.addWidget(self.list, 1)
        compared = QWidget()
        right = QVBoxLayout(compared)
        right.setContentsMargins(20, 14, 16, 0)
        right.setSpacing(6)
        right.addWidget(self.head)
        right.addWidget(self.reasons)
        right.addWidget(self.table, 1)
        told = QScrollArea()
        told.setWidgetResizable(True)
        told.setFixedHeight(scaled(NOTES))
        told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        told.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        page.setObjectName("notesPage")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.addWidget(self.notes)
        inner.addStretch(1)
        told.setWidget(page)
        right.addWidget(told)
        self.pages.addWidget(compared)
        self.pages.addWidget(self.empty)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.pages)
        split.setSizes([scaled(LEFT), scaled(WIDTH - LEFT)])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        left.setMinimumWidth(scaled(200))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 10, 16, 12)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.apart_button, self.close_button, self.merge_button):
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(split, 1)
        whole.addLayout(buttons)
        self.resize(scaled(WIDTH), scaled(HEIGHT))
        self.setMinimumSize(scaled(720), scaled(420))
        self.show_looking(None)

    def _connect(self) -> None:
        self.list.looked_at.connect(self._look_at)
        self.list.entered_group.connect(self._enter_table)
        self.table.wanted.connect(self._choose)
        self.merge_button.clicked.connect(lambda: self.merge_wanted.emit())
        self.apart_button.clicked.connect(lambda: self.apart_wanted.emit())
        self.close_button.clicked.connect(self.reject)
        self.stop_button.clicked.connect(lambda: self.stop_wanted.emit())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.merge_button.click)
        QShortcut(QKeySequence("Ctrl+Backspace"), self, self.apart_button.click)

    def _is_there(self, group: Alike) -> bool:
        dataset = self._dataset
        return dataset is not None and all(dataset.position(group.table, i) is not None for i in group.ids)

    def _list(self) -> None:
        """List what is to be looked at, and stay where one looks, or go to what stands there now."""
        before, row = self.list.group, self.list.currentIndex().row()
        by_hand = [self._by_hand] if self._by_hand is not None else []
        self.list.model_.show([*by_hand, *self._found], self._dataset)
        self.list.look_at(before, max(row, 0))
        if self.list.group is None:
            self._look_at(None)
        if not self.looking:
            self._say_found()

    def _say_found(self) -> None:
        n = len(self._found)
        self.found.setText(f"{wording.counted(n, 'possible duplicate')}, likeness of 100" if n else "")

    def _look_at(self, group: Alike | None) -> None:
        """Compare the records of a group."""
        same = self.comparison is not None and group is not None and set(self.comparison.ids) == set(group.ids)
        if group is not None and not same:
            self._chosen = {}
            self._kept = self.staying(group)
        self._compare(group)

    def _compare(self, group: Alike | None) -> None:
        dataset = self._dataset
        if group is None or dataset is None:
            self.comparison = None
        else:
            self.comparison = Comparison.of(dataset, group.table, group.ids, self._kept, self._chosen)
            self.head.setText(self.list.model_.entries[self.list.currentIndex().row()].words)
            told = "; ".join(group.reasons)
            self.reasons.setText(
                told[:1].upper() + told[1:] + ("" if group.score == BY_HAND else f" — {group.score} of 100")
            )
        n = len(group.ids) if group is not None else 0
        self.merge_button.setText(f"&Merge all {n}" if n > 2 else "&Merge")
        self.table.model_.show(self.comparison)
        self._show_page()
        self.changed.emit()

    def _choose(self, field: str, row_id: str) -> None:
        if field == STAYS:
            self._kept = row_id
        else:
            self._chosen[field] = row_id
        self._compare(self.list.group)

    def _enter_table(self) -> None:
        self.table.setFocus()
        self.table.setCurrentIndex(self.table.model_.index(0, 1))

    def _show_page(self) -> None:
        there = self.comparison is not None
        self.pages.setCurrentIndex(0 if there else 1)
        for button in (self.merge_button, self.apart_button):
            button.setEnabled(there)
        self.left.setVisible(there or self.looking)
        if self.looking or there or self._dataset is None:
            self.empty.setText("")
        elif self._looked:
            looked = [records(self._dataset[table].height, table) for table in TABLES]
            self.empty.setText(f"No duplicates found among {', '.join(looked[:-1])} and {looked[-1]}.\n\n{HOW}")
        else:
            self.empty.setText("Not looked through to the end. Edit, Find duplicates, looks again.")
