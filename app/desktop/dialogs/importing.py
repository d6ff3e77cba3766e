"""The preview of an import: what a file is, what of it is on record, what would be added, and what is doubtful.
Nothing is changed before somebody says so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.analysis.joining_matches import Match
from app.desktop.bringing import Brought
from app.desktop.chrome import lettered, scaled
from app.desktop.dialogs.import_columns import ColumnsPage
from app.desktop.dialogs.import_lists import ROW, ChoiceList, TextList
from app.desktop.dialogs.notes import Notes
from app.desktop.models.issues import IssuesModel
from app.desktop.panels.tabs import CountTabs
from app.domain.errors import Fault
from app.files.registry import FORMATS
from app.pictures.joinings import Preview, choices
from app.render.theme import Theme

WIDTH, HEIGHT = 960, 580
PERMILLE = 1_000
SUMMARY, COLUMNS, UNSURE, MATCHED, NEW_ONES, KEPT, WARNINGS, IGNORED = range(8)
PAGES = ("Summary", "Columns", "Unsure", "Matched", "New", "Kept", "Warnings", "Ignored")
_MATCHES = ("Kind", "In the file", "Here", "Why")


class ImportDialog(QDialog):
    """Shows what was read and joined, and asks by signals for what shall be read or done otherwise."""

    format_wanted = Signal(str)
    mapping_wanted = Signal(object, str)
    """A Mapping, or None for a new guess; the name of a sheet."""
    choice_wanted = Signal(object, str)
    """The key of a match (table and brought id), and the id of a record on record, blank for a new one."""
    import_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import")
        self.setObjectName("importing")
        self.brought: Brought | None = None
        self.preview: Preview | None = None
        self._can_join = True
        self.head, self.said = QLabel(), QLabel()
        self.head.setFont(lettered(self.font(), 15, 650))
        self.said.setObjectName("hint")
        self.said.setWordWrap(True)
        self.format = QComboBox()
        self.format.setAccessibleName("Format of the file")
        self.format.setMaximumWidth(scaled(420))
        for found in FORMATS.values():
            self.format.addItem(f"{found.name}: {found.about.removesuffix(' (read only)')}", found.name)
        self.bar = QProgressBar()
        self.bar.setRange(0, PERMILLE)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(scaled(4))
        self.bar.setAccessibleName("How much has been read and compared")
        self.tabs, self.pages = CountTabs(), QStackedWidget()
        self.tabs.setAccessibleName("Parts of the preview")
        self.accounts = TextList(
            "What becomes of the rows of the file", ("", "New", "Fuller", "On record", ""), (220, 90, 90, 90)
        )
        self.notes = Notes()
        self.notes.setAccessibleName("What importing will do")
        self.columns = ColumnsPage()
        self.unsure = ChoiceList("Who may be on record", _MATCHES, (110, 200, 200))
        self.matched = ChoiceList("Who is on record", _MATCHES, (110, 200, 200))
        self.added = TextList("What is new", ("Kind", "Record"), (140,))
        self.kept = TextList("Values that stay", ("Record", "Field", "Here, and stays", "In the file"), (220, 120, 220))
        self.faults = QTableView()
        self.issues = IssuesModel(self.faults)
        self.ignored = TextList("What no field holds", ("In the file", "Values", ""), (420, 90))
        self.cancel_button = QPushButton("&Cancel")
        self.open_button = QPushButton("&Open as a new dataset")
        self.import_button = QPushButton("&Import into this dataset")
        self.import_button.setDefault(True)
        self.import_button.setToolTip("One step, that Ctrl+Z takes back: Ctrl+Enter")
        self._set_out()
        self._connect()

    # what is shown

    def begin(self, path: Path, into: str) -> None:
        """A file is being read. into: the name of the open dataset; blank where there is none, or it has no records."""
        self.brought = self.preview = None
        self._can_join = bool(into)
        self.head.setText(path.name)
        self.setWindowTitle(f"Import {path.name}")
        self.said.setText("")
        self.import_button.setVisible(self._can_join)
        self.import_button.setText(f"&Import into {into}" if 0 < len(into) <= 28 else "&Import into this dataset")
        self.open_button.setDefault(not self._can_join)
        for page in range(len(PAGES)):
            self.tabs.setTabVisible(page, page == SUMMARY)
        self.tabs.setCurrentIndex(SUMMARY)
        self.notes.setText("Reading …")
        self.accounts.show_rows(())
        self.show_progress(0.0)

    def show_progress(self, share: float | None) -> None:
        """How much is done, 0 to 1; None: nothing is under way. Until then nothing can be imported."""
        self.bar.setVisible(share is not None)
        ready = share is None and self.brought is not None and self.brought.reading is not None
        self.open_button.setEnabled(ready)
        self.import_button.setEnabled(ready and self.preview is not None)
        if share is not None:
            self.bar.setValue(round(share * PERMILLE))

    def show_brought(self, brought: Brought, said: str) -> None:
        """What was read: format, columns, warnings and what is ignored. said: what is in it, in words."""
        first, self.brought = self.brought is None, brought
        self.format.setCurrentIndex(self.format.findData(brought.format))
        self.said.setText(said)
        if brought.is_table:
            self.columns.show_brought(brought)
        self._count(COLUMNS, len(brought.sheet.header) if brought.sheet is not None else 0)
        if first and brought.asks:
            self.tabs.setCurrentIndex(COLUMNS)
        if brought.reading is None:
            self.preview = None
            self.notes.setText("")
            self.accounts.show_rows(())
            for page in (UNSURE, MATCHED, NEW_ONES, KEPT, WARNINGS, IGNORED):
                self._count(page, 0)
            self.tabs.setCurrentIndex(COLUMNS)
            return
        self.ignored.show_rows([(name, n, "") for name, n in brought.reading.ignored])
        self._count(IGNORED, len(brought.reading.ignored))
        self._warn(brought.reading.faults)

    def show_preview(self, preview: Preview | None, effects: Sequence[str]) -> None:
        """What would become of it. preview: None where there is nothing to join it with; effects: what is said then."""
        self.preview = preview
        reading = self.brought.reading if self.brought is not None else None
        own = reading.faults if reading is not None else ()
        self._warn((*own, *(preview.warnings if preview is not None else ())))
        self.notes.say(preview.effects if preview is not None else effects, (), ())
        if preview is None:
            counts = reading.dataset.tables.items() if reading is not None else ()
            self.accounts.show_rows([(table.capitalize(), f.height, 0, 0, "") for table, f in counts if f.height])
            for page in (UNSURE, MATCHED, NEW_ONES, KEPT):
                self._count(page, 0)
            return
        self.accounts.show_rows([(a.word, a.added, a.fuller, a.there, "") for a in preview.accounts])
        self.unsure.list.show_rows(preview.unsure_rows)
        self.matched.list.show_rows(preview.sure_rows)
        self.added.show_rows(preview.added)
        self.kept.show_rows(preview.kept)
        for page, n in (
            (UNSURE, len(preview.unsure)), (MATCHED, len(preview.sure)), (NEW_ONES, preview.n_added),
            (KEPT, len(preview.kept)),
        ):  # fmt: skip
            self._count(page, n)

    def show_mistake(self, lines: Sequence[str]) -> None:
        """Why the file cannot be read as it is chosen."""
        self.preview = None
        self.notes.say((), (), [Fault("import", lines[0].rstrip("."), " ".join(lines[1:]))])
        self.accounts.show_rows(())
        self.tabs.setCurrentIndex(SUMMARY)
        self.show_progress(None)
        for button in (self.open_button, self.import_button):
            button.setEnabled(False)

    def show_theme(self, theme: Theme) -> None:
        """In the colours of a theme."""
        self.tabs.theme = theme
        self.issues.show_theme(theme)
        self.setStyleSheet(
            f"#importing {{ background: {theme.surface.hex}; }}"
            f" #importing QTableView {{ background: {theme.surface.hex}; border: 0; }}"
            " #importing QTableView::item { padding: 0 9px; } #importing QHeaderView::section { padding: 5px 9px; }"
            f" QProgressBar {{ background: {theme.line.hex}; border: 0; border-radius: 2px; }}"
            f" QProgressBar::chunk {{ background: {theme.accent.hex}; border-radius: 2px; }}"
        )
        self.tabs.update()

    # parts

    def _set_out(self) -> None:
        for button in (self.cancel_button, self.open_button, self.import_button):
            button.setIcon(QIcon())
            button.setAutoDefault(False)
        self.faults.setModel(self.issues)
        self.faults.setAccessibleName("Warnings by row")
        self.faults.setShowGrid(False)
        self.faults.setWordWrap(False)
        self.faults.verticalHeader().setDefaultSectionSize(scaled(ROW))
        self.faults.setTabKeyNavigation(False)
        self.faults.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.faults.verticalHeader().hide()
        self.faults.horizontalHeader().setStretchLastSection(True)
        self.faults.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((80, 360, 240)):
            self.faults.setColumnWidth(column, scaled(width))
        summary = QWidget()
        inner = QVBoxLayout(summary)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.addWidget(self.accounts, 1)
        told = QVBoxLayout()
        told.setContentsMargins(14, 6, 14, 6)
        told.addWidget(self.notes)
        inner.addLayout(told)
        for name, page in zip(
            PAGES,
            (summary, self.columns, self.unsure, self.matched, self.added, self.kept, self.faults, self.ignored),
            strict=True,
        ):
            self.tabs.addTab(name)
            self.pages.addWidget(page)
        above = QHBoxLayout()
        above.setContentsMargins(16, 14, 16, 0)
        word = QLabel("&Format")
        word.setBuddy(self.format)
        above.addWidget(self.head, 1)
        above.addWidget(word)
        above.addWidget(self.format)
        line = QVBoxLayout()
        line.setContentsMargins(16, 0, 16, 6)
        line.addWidget(self.said)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 10, 16, 12)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.cancel_button, self.open_button, self.import_button):
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(above)
        whole.addLayout(line)
        whole.addWidget(self.bar)
        whole.addWidget(self.tabs)
        whole.addWidget(self.pages, 1)
        whole.addLayout(buttons)
        self.resize(scaled(WIDTH), scaled(HEIGHT))
        self.setMinimumSize(scaled(680), scaled(420))

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self.format.activated.connect(lambda at: self.format_wanted.emit(self.format.itemData(at)))
        self.columns.wanted.connect(self.mapping_wanted)
        for page in (self.unsure, self.matched):
            page.walked.connect(lambda row, page=page: self._ask(page, row))
            page.chosen.connect(lambda row, kept, page=page: self._choose(page, row, kept))
        self.cancel_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(lambda: self.open_wanted.emit())
        self.import_button.clicked.connect(lambda: self.import_wanted.emit())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, lambda: self._default.click())

    @property
    def _default(self) -> QPushButton:
        return self.import_button if self._can_join else self.open_button

    def _matches(self, page: ChoiceList) -> Sequence[Match]:
        preview = self.preview
        return () if preview is None else preview.unsure if page is self.unsure else preview.sure

    def _ask(self, page: ChoiceList, row: int) -> None:
        matches = self._matches(page)
        if not 0 <= row < len(matches):
            page.ask("", (), None)
            return
        name = matches[row].name.replace("&", "&&")
        page.ask(f"{name} &is", choices(matches[row], self.preview), matches[row].kept)

    def _choose(self, page: ChoiceList, row: int, kept: str) -> None:
        matches = self._matches(page)
        if 0 <= row < len(matches):
            self.choice_wanted.emit(matches[row].key, kept)

    def _warn(self, faults: Sequence[Fault]) -> None:
        self.issues.show(tuple(faults))
        self._count(WARNINGS, sum(fault.n for fault in faults))

    def _count(self, page: int, n: int) -> None:
        """How much a tab holds; one that holds nothing is not there."""
        self.tabs.setTabText(page, f"{PAGES[page]} {n:,}")
        self.tabs.setTabVisible(page, n > 0)
        if not n and self.tabs.currentIndex() == page:
            self.tabs.setCurrentIndex(SUMMARY)
