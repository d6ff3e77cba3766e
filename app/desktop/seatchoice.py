"""Whose chart or build-out is shown: a choice of the organizations that have seats, a target or people; and the teams
that a build-out is compared with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from app.desktop.chrome import scaled

MOST = 30
"""Teams that the menu of comparison offers."""
Choice = tuple[str, str]
"""Id of an organization, and what it is called."""


class SeatChoice(QWidget):
    """One organization out of many; what is typed is looked for anywhere in the names."""

    wanted = Signal(str)
    """The id of another organization."""
    beside_wanted = Signal(object)
    """Ids of the teams to compare with, as a tuple."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self.choice = QComboBox(self)
        self.choice.setEditable(True)
        self.choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.choice.setAccessibleName("Organization")
        self.choice.setToolTip("Whose chart or build-out is shown; type to search")
        self.choice.setMinimumWidth(scaled(250))
        self.choice.setMaxVisibleItems(20)
        completer = self.choice.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.choice.activated.connect(self._chosen)
        self.compare = QToolButton(self)
        self.compare.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.compare.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.compare.setToolTip("Show other teams beside this one, on one scale")
        self.menu = QMenu(self.compare)
        self.menu.aboutToShow.connect(self._fill)
        self.compare.setMenu(self.menu)
        self._beside: tuple[str, ...] = ()
        caption = QLabel("Of", self)
        caption.setObjectName("word")
        caption.setBuddy(self.choice)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(caption)
        row.addWidget(self.choice)
        row.addWidget(self.compare)

    def show_choices(
        self, choices: Sequence[Choice], chosen: str, beside: tuple[str, ...] = (), *, comparable: bool = False
    ) -> None:
        """What there is to choose from, which one is shown, and which stand beside it, where they can be compared."""
        self._beside = beside
        self.compare.setVisible(comparable)
        self.compare.setText(f"Compared with {len(beside)}" if beside else "Compare")
        with QSignalBlocker(self.choice):
            if tuple(choices) != self._choices:
                self._choices = tuple(choices)
                self.choice.clear()
                for organization, name in self._choices:
                    self.choice.addItem(name, organization)
            self.choice.setCurrentIndex(self.choice.findData(chosen))

    def _fill(self) -> None:
        """The teams that can be compared, those that are in front."""
        self.menu.clear()
        if self._beside:
            self.menu.addAction("Compare with &none", lambda: self.beside_wanted.emit(()))
            self.menu.addSeparator()
        shown = self.choice.currentData()
        order = sorted(self._choices[:MOST], key=lambda choice: choice[0] not in self._beside)
        for organization, name in order:
            if organization != shown:
                action = self.menu.addAction(name.replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(organization in self._beside)
                action.triggered.connect(lambda on, i=organization: self._turn(i, on=on))

    def _turn(self, organization: str, *, on: bool) -> None:
        others = tuple(name for name in self._beside if name != organization)
        self.beside_wanted.emit((*others, organization) if on else others)

    def begin(self) -> None:
        """Put the cursor into it."""
        self.choice.setFocus(Qt.FocusReason.ShortcutFocusReason)
        edit = self.choice.lineEdit()
        if edit is not None:
            edit.selectAll()

    def _chosen(self, at: int) -> None:
        organization = self.choice.itemData(at)
        if isinstance(organization, str):
            self.wanted.emit(organization)
