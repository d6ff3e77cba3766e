"""What every editor of a field can do."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.dataset import Dataset
from app.domain.errors import Fault
from app.domain.rows import faults
from app.domain.schema import Field, Table
from app.pictures.records import field_word


class FieldEditor(QWidget):
    """Edits the value of one field of a record. `inner` is the widget in it that has the focus; something may stand
    above it."""

    changed = Signal()
    """Its value is another than before."""

    def __init__(
        self, table: Table, field: Field, inner: QWidget, parent: QWidget | None = None, *, above: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.table, self.field, self.inner = table, field, inner
        self.setFocusProxy(inner)
        inner.setAccessibleName(field_word(field.name).capitalize())
        inner.setAccessibleDescription(field.about)
        inner.setToolTip(field.about)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if above is not None:
            column.addWidget(above)
        column.addWidget(inner)

    @abstractmethod
    def value(self) -> object:
        """What stands in it: of the type of the field, None or an empty list for nothing. A record that is not there
        yet is a Party or a Cited without an id."""

    @abstractmethod
    def put(self, value: object) -> None:
        """Show a value of the field; None for nothing. Nobody is told."""

    def work_on(self, dataset: Dataset) -> None:
        """Choose among the records of a dataset. Most fields name none."""

    @property
    def fault(self) -> Fault | None:
        """What is wrong with what stands in it, by itself; None if nothing is. What is blank is not wrong yet."""
        value = self.value()
        if value in (None, [], ""):
            return None
        found = faults(self.table.name, {self.field.name: value})
        return next((fault for fault in found if fault.field == self.field.name), None)

    @property
    def hint(self) -> str:
        """What is meant by what stands in it, in words; blank where that needs no saying."""
        return ""

    def mark(self, fault: Fault | None) -> None:
        """Show that something is wrong with it, and what to do about it; None: nothing is."""
        wrong = fault is not None
        if self.inner.property("wrong") != wrong:
            self.inner.setProperty("wrong", wrong)
            self.inner.style().unpolish(self.inner)
            self.inner.style().polish(self.inner)
        self.inner.setToolTip(fault.text if fault is not None else self.field.about)
