"""Editors of one line: text, dates, numbers; and of longer text."""

from __future__ import annotations

import math

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.desktop.editors.field import FieldEditor
from app.domain import dates
from app.domain.schema import Field, Kind, Table
from app.pictures import wording

LONG_HEIGHT = 58
"""Pixels that a field for longer text is high."""


class LineEditor(FieldEditor):
    """Text in one line. Blanks around it do not count."""

    def __init__(self, table: Table, field: Field, parent: QWidget | None = None) -> None:
        self.line = QLineEdit()
        super().__init__(table, field, self.line, parent)
        self.line.textChanged.connect(lambda _: self.changed.emit())

    def value(self) -> object:
        """The text; None for a blank one."""
        return self.line.text().strip() or None

    def put(self, value: object) -> None:
        """Show a text from its beginning."""
        text = "" if value is None else str(value)
        if text != self.line.text():
            self.line.blockSignals(True)
            self.line.setText(text)
            self.line.setCursorPosition(0)
            self.line.blockSignals(False)


class DateEditor(LineEditor):
    """A date as EDTF text; says what days it may mean."""

    def __init__(self, table: Table, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(table, field, parent)
        self.line.setPlaceholderText("2025-06-26, 2025-06, 2025")

    @property
    def hint(self) -> str:
        """The first and the last day that it may be."""
        return meant(self.line.text().strip())


class NumberEditor(LineEditor):
    """A number. Separators of thousands and short forms as `14.3bn` are read too."""

    def value(self) -> object:
        """int or float, as the field holds; the text itself where it is no number, so that it can be told."""
        text = self.line.text().strip()
        number = read_number(text)
        if number is None:
            return text or None
        if self.field.kind is Kind.INT:
            return int(number) if number == int(number) else text
        return number

    def put(self, value: object) -> None:
        """Show a number without an exponent."""
        whole = isinstance(value, float) and value == int(value)
        super().put(int(value) if whole and isinstance(value, float) else value)

    @property
    def hint(self) -> str:
        """A large sum in words."""
        value = self.value()
        is_sum = self.field.name.endswith("_usd") and isinstance(value, float) and value >= 1e6
        return wording.money(value) if is_sum and isinstance(value, float) else ""


class LongEditor(FieldEditor):
    """Text of several lines."""

    def __init__(self, table: Table, field: Field, parent: QWidget | None = None) -> None:
        self.text = _Text()
        super().__init__(table, field, self.text, parent)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(LONG_HEIGHT)
        self.text.textChanged.connect(self.changed)

    def value(self) -> object:
        """The text; None for a blank one."""
        return self.text.toPlainText().strip() or None

    def put(self, value: object) -> None:
        """Show a text."""
        text = "" if value is None else str(value)
        if text != self.text.toPlainText():
            self.text.blockSignals(True)
            self.text.setPlainText(text)
            self.text.blockSignals(False)


class _Text(QPlainTextEdit):
    """Tells no more of its cursor once it has lost the focus."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)


def meant(text: str) -> str:
    """What a date means, for the eye: `1 June 2025 to 30 June 2025`. Blank for a blank date, and for what is none."""
    if not text or not dates.readable(text):
        return ""
    if text == dates.OPEN:
        return "Has not ended"
    span = dates.parse(text)
    first, last = dates.written(span.earliest), dates.written(span.latest - 1)
    flags = [word for word, on in (("about", span.about), ("uncertain", span.uncertain)) if on]
    said = first if first == last else f"{first} to {last}"
    return f"{said}, {' and '.join(flags)}" if flags else said


_UNITS = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}


def read_number(text: str) -> float | None:
    """`14,300,000,000`, `14.3bn`, `$2 million`, `49 %` as numbers; None for what is none, or not finite."""
    plain = text.strip().lower().removeprefix("$").removesuffix("%").strip()
    factor = 1.0
    for unit in sorted(_UNITS, key=len, reverse=True):
        if plain.endswith(unit):
            plain, factor = plain.removesuffix(unit).strip(), _UNITS[unit]
            break
    plain = plain.replace(",", "").replace(" ", "").replace("_", "")
    try:
        number = float(plain)
    except ValueError:
        return None
    made = round(number * factor, 6)
    return made if math.isfinite(made) else None
