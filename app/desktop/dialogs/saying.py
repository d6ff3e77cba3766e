"""What forms that change the dataset share: how sure something is, small lines below fields, marks of wrong ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from app.desktop.editors.words import MEANINGS
from app.domain.errors import Fault

TYPED = 250
"""Milliseconds after the last key before a form is looked at as a whole."""
STATUSES = ("reported", "confirmed", "rumored", "disputed")
"""What something may be that is entered anew, the usual first."""


def status_choice() -> QComboBox:
    """How sure something is; the data of an item is the word of the schema."""
    made = QComboBox()
    for word in STATUSES:
        made.addItem(f"{word.capitalize()}: {MEANINGS[word]}", word)
    made.setAccessibleName("Status")
    return made


def hint() -> QLabel:
    """A small line below a field, hidden while it says nothing."""
    made = QLabel()
    made.setObjectName("hint")
    made.setWordWrap(True)
    made.hide()
    return made


def mark_wrong(fields: Mapping[str, QLineEdit], mistakes: Sequence[Fault]) -> None:
    """Mark the fields that are wrong, with what to do about it; what is still blank is no mistake yet."""
    wrong = {fault.field: fault for fault in mistakes}
    for name, field in fields.items():
        fault = wrong.get(name)
        shown = fault is not None and bool(field.text().strip())
        field.setProperty("wrong", shown)
        field.setToolTip(fault.text if fault is not None and shown else "")
        field.style().unpolish(field)
        field.style().polish(field)
