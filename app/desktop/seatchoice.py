"""Whose chart or build-out is shown: a choice of the organizations that have seats, a target or people."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QWidget

from app.desktop.chrome import scaled

Choice = tuple[str, str]
"""Id of an organization, and what it is called."""


class SeatChoice(QWidget):
    """One organization out of many; what is typed is looked for anywhere in the names."""

    wanted = Signal(str)
    """The id of another organization."""

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
        caption = QLabel("Of", self)
        caption.setObjectName("word")
        caption.setBuddy(self.choice)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(caption)
        row.addWidget(self.choice)

    def show_choices(self, choices: Sequence[Choice], chosen: str) -> None:
        """What there is to choose from, and which one is shown."""
        with QSignalBlocker(self.choice):
            if tuple(choices) != self._choices:
                self._choices = tuple(choices)
                self.choice.clear()
                for organization, name in self._choices:
                    self.choice.addItem(name, organization)
            self.choice.setCurrentIndex(self.choice.findData(chosen))

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
