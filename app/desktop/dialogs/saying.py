"""What forms that change the dataset share: what a date means, how sure it is, what is wrong, what will be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from app.domain import dates
from app.domain.errors import Fault

TYPED = 250
"""Milliseconds after the last key before a form is looked at as a whole."""
STATUSES = (
    ("reported", "Reported: the press or a profile says so"),
    ("confirmed", "Confirmed: the person or an organization says so"),
    ("rumored", "Rumored: somebody has heard it"),
    ("disputed", "Disputed: sources disagree"),
)


def status_choice() -> QComboBox:
    """How sure something is; the data of an item is the word of the schema."""
    made = QComboBox()
    for name, text in STATUSES:
        made.addItem(text, name)
    made.setAccessibleName("Status")
    return made


def hint() -> QLabel:
    """A small line below a field, hidden while it says nothing."""
    made = QLabel()
    made.setObjectName("hint")
    made.setWordWrap(True)
    made.hide()
    return made


def meaning(text: str) -> str:
    """What a date means, for the eye: `1 to 30 June 2025`. Blank for a blank one and for what is no date."""
    if not text or text == dates.OPEN or not dates.readable(text):
        return ""
    span = dates.parse(text)
    first, last = dates.written(span.earliest), dates.written(span.latest - 1)
    flags = [word for word, on in (("about", span.about), ("uncertain", span.uncertain)) if on]
    said = first if first == last else f"{first} to {last}"
    return f"{said}, {' and '.join(flags)}" if flags else said


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


class Outcome(QLabel):
    """What a form would do, what is doubtful about it, what must be put right first."""

    def __init__(self, nothing: str, name: str) -> None:
        """nothing: what stands here while there is nothing to say; name: for screen readers."""
        super().__init__()
        self._nothing = nothing
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(name)
        self.tell((), (), ())

    def tell(self, effects: Sequence[str], doubts: Sequence[Fault], mistakes: Sequence[Fault]) -> None:
        """Say it, a line each."""
        lines = [_line("•", text) for text in effects]
        lines += [_line("⚠", f"{sentence(fault.message)} {fault.remedy}") for fault in doubts]
        lines += [_line("✕", f"{sentence(fault.message)} {fault.remedy}") for fault in mistakes]
        self.setText("".join(lines) or self._nothing)


def sentence(message: str) -> str:
    """A message with a capital letter and a full stop."""
    return message[:1].upper() + message[1:] + "."


def today() -> int:
    """This day, where the program runs."""
    now = datetime.now(UTC).astimezone()
    return dates.day(now.year, now.month, now.day)


def _line(sign: str, text: str) -> str:
    plain = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<div style='margin-left: 14px; text-indent: -14px; margin-bottom: 3px'>{sign}&nbsp; {plain}</div>"
