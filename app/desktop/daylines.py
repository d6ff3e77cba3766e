"""Lines for a day, and two of them beside each other: what is typed is a day, month or year, of which the last day
counts; blank is the usual day, which stands there pale."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from app.analysis.comparing import USUAL, Side
from app.desktop.chrome import scaled
from app.domain import dates
from app.pictures import wording

HINT = "2025-06"
WIDTH = 112


class DayLine(QLineEdit):
    """One day; what is none is marked, and asks for nothing."""

    wanted = Signal()
    """Another day is typed: `day`."""

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        """name: for screen readers; tip: what the day is of."""
        super().__init__(parent)
        self.day: int | None = None
        self.setPlaceholderText(HINT)
        self.setFixedWidth(scaled(WIDTH))
        self.setAccessibleName(name)
        self.setToolTip(f"{tip}: a day, month or year, of which the last day counts")
        self.editingFinished.connect(self._typed)

    def show_day(self, day: int | None) -> None:
        """Show a day; what is typed already and means it stays."""
        if day != self.day:
            self.day = day
            self.setText(wording.iso(day) if day is not None else "")
            self._mark(wrong=False)

    def show_usual(self, day: int | None) -> None:
        """Which day counts while the line is blank; None: not known."""
        self.setPlaceholderText(wording.iso(day) if day is not None else HINT)

    def _typed(self) -> None:
        text = self.text().strip()
        wrong = bool(text) and (text == dates.OPEN or not dates.readable(text))
        self._mark(wrong=wrong)
        day = dates.last_day(dates.parse(text)) if text and not wrong else None
        if not wrong and day != self.day:
            self.day = day
            self.wanted.emit()

    def _mark(self, *, wrong: bool) -> None:
        if bool(self.property("wrong")) is not wrong:
            self.setProperty("wrong", wrong)
            self.setAccessibleDescription(dates.REMEDY if wrong else "")
            self.style().unpolish(self)
            self.style().polish(self)


class TwoDays(QWidget):
    """The days before and after of what is compared."""

    wanted = Signal(object, object)
    """Another Side before and after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sides = USUAL, USUAL
        self.before, self.after = (DayLine(f"Day {word}", f"The day {word}", self) for word in ("before", "after"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for word, line in (("From", self.before), ("to", self.after)):
            caption = QLabel(word, self)
            caption.setObjectName("word")
            row.addWidget(caption)
            row.addWidget(line)
            line.wanted.connect(self._ask)

    def show_sides(self, before: Side, after: Side) -> None:
        """Show both days."""
        self._sides = before, after
        self.before.show_day(before.day)
        self.after.show_day(after.day)

    def show_usual(self, before: int | None, after: int | None) -> None:
        """Which days count where none is typed; None: not known."""
        self.before.show_usual(before)
        self.after.show_usual(after)

    def _ask(self) -> None:
        before, after = self._sides
        self.wanted.emit(replace(before, day=self.before.day), replace(after, day=self.after.day))
