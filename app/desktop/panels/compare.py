"""Two moments of a dataset compared, or a dataset with another file: who joined, left, moved, changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.analysis.comparing import Side
from app.desktop.daylines import DayLine
from app.desktop.panels.listings import sheet
from app.desktop.panels.table import Table
from app.pictures.listing import Listing
from app.render.palette import Palette
from app.render.theme import LIGHT, Theme

SIDES = ("before", "after")
START = "Type two days, or two days of knowledge, or choose another file: who joined, left and moved stands here."


class ComparePanel(QWidget):
    """Asks for two moments, and shows what differs between them."""

    came = Signal()
    """It has come into sight."""
    wanted = Signal(object, object)
    """Another Side before and after."""
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
        self.days = {side: DayLine(f"Day {side}", f"Day, {side}") for side in SIDES}
        self.known = {side: DayLine(f"Known by {side}", f"Known by, {side}") for side in SIDES}
        for line in (*self.days.values(), *self.known.values()):
            line.wanted.connect(lambda: self.wanted.emit(*self.sides))
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

    @property
    def sides(self) -> tuple[Side, Side]:
        """The moments that are typed."""
        before, after = (Side(self.days[side].day, self.known[side].day) for side in SIDES)
        return before, after

    def show_sides(self, *sides: Side) -> None:
        """Show the moments before and after."""
        for name, side in zip(SIDES, sides, strict=True):
            self.days[name].show_day(side.day)
            self.known[name].show_day(side.known_by)

    def show_usual(self, before: int | None, after: int | None) -> None:
        """Which days count where none is typed; None: not known."""
        for name, day in zip(SIDES, (before, after), strict=True):
            self.days[name].show_usual(day)

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
