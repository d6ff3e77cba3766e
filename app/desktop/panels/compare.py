"""Two moments of a dataset compared, or a dataset with another file: who joined, left, moved, changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.desktop.chrome import scaled
from app.desktop.panels.listings import sheet
from app.desktop.panels.table import Table
from app.domain import dates
from app.pictures.listing import Listing
from app.render.palette import Palette
from app.render.theme import LIGHT, Theme

SIDES = ("before", "after")
HINT = "2025-06"
START = "Type two days, or two days of knowledge, or choose another file: who joined, left and moved stands here."


class ComparePanel(QWidget):
    """Asks for two moments, and shows what differs between them."""

    came = Signal()
    """It has come into sight."""
    asked = Signal()
    """Other moments are asked for."""
    file_wanted = Signal()
    markdown_wanted = Signal()
    save_wanted = Signal()
    selected = Signal(object)
    """Keys of the rows that are selected."""
    opened = Signal(str)
    """The form of what a row stands for is wanted: its key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.days = {side: self._line("Day", side) for side in SIDES}
        self.known = {side: self._line("Known by", side) for side in SIDES}
        self.file = QPushButton("Another &file …")
        self.file.setToolTip("Compare with another dataset: it stands after")
        self.file.clicked.connect(lambda: self.file_wanted.emit())
        self.markdown = QToolButton()
        self.markdown.setText("Copy as Markdown")
        self.markdown.clicked.connect(lambda: self.markdown_wanted.emit())
        self.save = QToolButton()
        self.save.setText("Save …")
        self.save.setToolTip("As Markdown or CSV")
        self.save.clicked.connect(lambda: self.save_wanted.emit())
        self.heading = QLabel(START)
        self.heading.setObjectName("said")
        self.heading.setWordWrap(True)
        self.table = Table("Differences", self)
        self.table.selected.connect(self.selected)
        self.table.opened.connect(self.opened)
        self.table.view.doubleClicked.connect(self.table.open)
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 12, 2)
        row.setSpacing(6)
        for side, words in zip(SIDES, ("Before", "After"), strict=True):
            row.addWidget(QLabel(words))
            row.addWidget(self.days[side])
            row.addWidget(QLabel("known by"))
            row.addWidget(self.known[side])
            row.addSpacing(10)
        row.addWidget(self.file)
        row.addStretch(1)
        row.addWidget(self.markdown)
        row.addWidget(self.save)
        said = QHBoxLayout()
        said.setContentsMargins(12, 0, 12, 4)
        said.addWidget(self.heading, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(said)
        column.addWidget(self.table, 1)
        self.show_listing(None, START)
        self.show_theme(LIGHT)

    def _line(self, word: str, side: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(HINT)
        made.setFixedWidth(scaled(94))
        made.setAccessibleName(f"{word} {side}")
        made.setToolTip(f"{word}, {side}: a day, month or year, of which the last day counts; blank for the newest")
        made.editingFinished.connect(self.asked)
        return made

    @property
    def wish(self) -> dict[str, str]:
        """What is typed, by the words of the command line."""
        days = {side: line.text().strip() for side, line in self.days.items()}
        return {**days, **{f"known_{side}": line.text().strip() for side, line in self.known.items()}}

    def mark(self) -> bool:
        """Mark what is no date; whether all are."""
        sound = True
        for line in (*self.days.values(), *self.known.values()):
            text = line.text().strip()
            wrong = bool(text) and (text == dates.OPEN or not dates.readable(text))
            line.setProperty("wrong", wrong)
            line.style().unpolish(line)
            line.style().polish(line)
            sound = sound and not wrong
        return sound

    def show_listing(self, made: Listing | None, words: str) -> None:
        """Show differences under their heading; None: what is to be done first."""
        self.heading.setText(words)
        self.table.setVisible(made is not None)
        self.markdown.setEnabled(made is not None)
        self.save.setEnabled(made is not None)
        if made is not None:
            self.table.show_listing(made)

    def show_theme(self, theme: Theme) -> None:
        """The same in another theme."""
        self.setStyleSheet(sheet("compare", theme))
        self.table.show_palette(Palette(theme, None))

    def showEvent(self, event: QShowEvent) -> None:
        """What is in sight is kept up to date."""
        super().showEvent(event)
        self.came.emit()
