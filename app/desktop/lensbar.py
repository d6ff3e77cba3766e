"""The lens bar: the filter as text, the level, and what the picture of the moment asks for: net or both directions, how
many organizations, or whose seats; and how many moves that leaves. It asks for another view and never changes one
itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from app.analysis.levels import Level
from app.desktop.chrome import lettered, qcolor, scaled
from app.desktop.daylines import TwoDays
from app.desktop.filteredit import FilterEdit
from app.desktop.icons import icon
from app.desktop.seatchoice import SeatChoice
from app.domain.errors import UsageError
from app.domain.lens import EVERYTHING, FIELDS, parse
from app.render.theme import Theme
from app.session.view import EVERYTHING_SHOWN, View

HEIGHT = 40
HINT = "Type a filter, for example from:OpenAI to:Meta status:confirmed"
PERIODS: tuple[tuple[str, int | None], ...] = (
    ("Periods as fit", None), ("Quarters", 3), ("Half-years", 6), ("Years", 12),
)  # fmt: skip
SORTS = (
    ("Newest moves first", ""), ("By first day", "first"), ("By last day", "last"), ("Most moves first", "moves"),
    ("By name", "name"),
)  # fmt: skip
MANNERS = (("Areas", False), ("Heat map", True))
GROUPS = {
    "careers": (
        ("No groups", ""), ("By where they are", "present"), ("By where they came from", "origin"),
        ("By year of joining", "cohort"),
    ),
    "timeline": (("Lanes by kind", ""), ("Lanes by organization", "organization")),
}  # fmt: skip
"""What may be chosen: its words, and the value of the view."""
ASKED = {
    "flowmap": ("top", "net", "relations"), "sankey": ("top", "net"), "alluvial": ("period", "top"),
    "chord": ("top", "net"), "matrix": ("manner", "top", "net"), "careers": ("sort", "group"),
    "timeline": ("group", "top"), "compare": ("days", "top"),
}  # fmt: skip
"""What each picture of moves can be asked."""
ASKED_OF_TILES = ("period", "top")
"""What small multiples can be asked."""
_LEVELS: tuple[tuple[str, Level], ...] = (("Organizations", "organization"), ("Labs", "lab"), ("Units", "unit"))


class LensBar(QWidget):
    """Shows a View and asks for others."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lensBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(scaled(HEIGHT))
        self.view = EVERYTHING_SHOWN
        self._sign = QLabel(self)
        self.text = FilterEdit(self)
        self.text.setPlaceholderText(HINT)
        self.text.setAccessibleName("Filter")
        self.text.setToolTip(
            "Conditions that must all hold; or, not, brackets, 2024..2025, >= too. Down shows what may follow.\n"
            + "\n".join(f"{name}:  {asked.meaning}" for name, asked in FIELDS.items())
        )
        self.text.setClearButtonEnabled(True)
        self.text.returnPressed.connect(self.apply)
        self.text.textChanged.connect(self._typed)
        self.text.escaped.connect(self.take_back)
        self.count = QLabel(self)
        self.count.setObjectName("count")
        self.level = QComboBox(self)
        for word, level in _LEVELS:
            self.level.addItem(word, level)
        self.level.setAccessibleName("Level")
        self.level.setToolTip("How far units are rolled up")
        self.level.currentIndexChanged.connect(lambda: self._ask(level=self.level.currentData()))
        self.net = QCheckBox("Net", self)
        self.net.setToolTip("One flow a pair: the difference of its two directions")
        self.net.toggled.connect(lambda on: self._ask(net=on))
        self.relations = QCheckBox("Investments", self)
        self.relations.setToolTip("The quiet lines of money and contracts")
        self.relations.setChecked(True)
        self.relations.toggled.connect(lambda on: self._ask(relations=on))
        self.top = QSpinBox(self)
        self.top.setRange(1, 60)
        self.top.setMinimum(1)
        self.top.setSpecialValueText("As many as fit")
        self.top.setPrefix("Top ")
        self.top.setAccessibleName("Organizations drawn")
        self.top.setToolTip("How many organizations are drawn; the rest are short arrows")
        self.top.setKeyboardTracking(False)
        self.top.setFixedSize(scaled(124), scaled(26))
        self.top.valueChanged.connect(lambda n: self._ask(top=n if n > 1 else None))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self.text, 1)
        self.saved = QToolButton(self)
        self.saved.setText("Saved")
        self.saved.setToolTip("Filters that have a name")
        self.saved.setAccessibleName("Named filters")
        self.saved.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self.saved)
        caption = QLabel("Level", self)
        caption.setObjectName("word")
        caption.setBuddy(self.level)  # screen readers take the name of a choice from its label
        flows = QWidget(self)
        inner = QHBoxLayout(flows)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        self.period = self._choice("Period", "How long a period is", PERIODS, "months")
        self.sort = self._choice("Sorted", "How people are sorted", SORTS, "sort")
        self.group = self._choice("Groups", "What people, or events, are grouped by", GROUPS["careers"], "group")
        self.manner = self._choice("Manner", "Areas for the largest organizations, or all of them", MANNERS, "heat")
        self.days = TwoDays(self)
        self.days.wanted.connect(lambda before, after: self._ask(before=before, after=after))
        self._parts: dict[str, QWidget] = {
            "days": self.days, "manner": self.manner, "period": self.period, "sort": self.sort, "group": self.group,
            "top": self.top, "net": self.net, "relations": self.relations,
        }  # fmt: skip
        for part in self._parts.values():
            inner.addWidget(part)
        self.seats = SeatChoice(self)
        self.seats.wanted.connect(lambda organization: self._ask(organization=organization))
        self.seats.beside_wanted.connect(lambda teams: self._ask(beside=teams))
        self.pages = QStackedWidget(self)
        self.pages.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.pages.addWidget(flows)
        self.pages.addWidget(self.seats)
        for widget in (self.count, caption, self.level, self.pages):
            row.addWidget(widget)

    def show_theme(self, theme: Theme) -> None:
        """Sign and type in the theme's colours."""
        self.text.show_theme(theme)
        self._sign.setPixmap(icon("funnel", qcolor(theme.ink2).name(), 16).pixmap(QSize(16, 16)))
        self.count.setFont(lettered(self.font(), 12, 520))

    def show_view(self, view: View, n_moves: int, n_all: int) -> None:
        """Show what is applied, and how many of all moves it lets through."""
        self.view = view
        with QSignalBlocker(self.text), QSignalBlocker(self.level), QSignalBlocker(self.net):
            self.text.setText(str(view.lens))
            self.level.setCurrentIndex(self.level.findData(view.level))
            self.net.setChecked(view.net)
        with QSignalBlocker(self.top), QSignalBlocker(self.relations):
            self.top.setValue(view.top or 1)
            self.relations.setChecked(view.relations)
        self.pages.setCurrentIndex(1 if view.seated else 0)
        self._show_choices(view)
        self.days.show_sides(view.before, view.after)
        self._mark("")
        moves = f"{n_all:,} move{'' if n_all == 1 else 's'}"
        self.count.setText(moves if n_moves == n_all else f"{n_moves:,} of {moves}")

    def _choice(self, name: str, tip: str, choices: Sequence[tuple[str, object]], field: str) -> QComboBox:
        """A choice of one value of a field of the view."""
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setToolTip(tip)
        for word, value in choices:
            box.addItem(word, value)
        box.activated.connect(lambda _: self._ask(**{field: box.currentData()}))
        return box

    def _show_choices(self, view: View) -> None:
        """What the picture of the moment can be asked, and what is chosen."""
        for name, part in self._parts.items():
            part.setVisible(name in (ASKED_OF_TILES if view.tiled else ASKED.get(view.picture, ())))
        groups = GROUPS.get(view.picture, ())
        if groups and [self.group.itemText(n) for n in range(self.group.count())] != [word for word, _ in groups]:
            self.group.clear()
            for word, name in groups:
                self.group.addItem(word, name)
        whole = view.heat and view.picture == "matrix"
        self.top.setSpecialValueText("All" if whole else "As many as fit")
        chosen_of = ((self.period, view.months), (self.sort, view.sort), (self.group, view.group))
        for box, chosen in (*chosen_of, (self.manner, view.heat)):
            box.setCurrentIndex(max(box.findData(chosen), 0))

    def begin(self) -> None:
        """Put the cursor into the filter."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def apply(self) -> None:
        """Ask for what is typed, or say what cannot be read."""
        try:
            lens = parse(self.text.text())
        except UsageError as error:
            self.complain(error)
            return
        if lens != self.view.lens:
            self.wanted.emit(replace(self.view, lens=lens))

    def clear(self) -> None:
        """Ask for all moves."""
        self.text.setText("")
        if self.view.lens:
            self.wanted.emit(replace(self.view, lens=EVERYTHING))

    def take_back(self) -> None:
        """What was typed and not applied goes; where nothing was, the filter goes."""
        if self.text.text() != str(self.view.lens):
            self.text.setText(str(self.view.lens))
        else:
            self.clear()

    def complain(self, error: UsageError) -> None:
        """Say in the bar what is wrong with the filter, and select the word; what is shown stays."""
        self.text.point_at(error)
        self._mark(error.text)

    @property
    def complaint(self) -> str:
        """What is wrong with what is typed; blank if nothing is known to be."""
        return self.count.text() if self.property("wrong") else ""

    def _typed(self) -> None:
        if self.property("wrong"):
            self._mark("")
            self.count.setText("")
        if not self.text.text() and self.view.lens:
            self.clear()

    def _mark(self, complaint: str) -> None:
        """Set the bar in the colours of an error, or back."""
        self.setProperty("wrong", bool(complaint))
        if complaint:
            self.count.setText(". ".join(line.rstrip(".") for line in complaint.splitlines()))
        self.text.setAccessibleDescription(complaint)
        for part in (self.text, self.count):
            part.setProperty("wrong", bool(complaint))
            part.style().unpolish(part)
            part.style().polish(part)

    def _ask(self, **changed: object) -> None:
        self.wanted.emit(replace(self.view, **changed))  # type: ignore[arg-type]  # names and types of View's own fields


assert {level for _, level in _LEVELS} == set(get_args(Level))
