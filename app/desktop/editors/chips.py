"""Editors of several values: each is a chip that can be taken away, and a line at the end takes the next one."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.analysis.adding import Cited, Party
from app.analysis.citing import cited
from app.analysis.names import near
from app.desktop.editors.field import FieldEditor
from app.desktop.flow import FlowLayout
from app.desktop.pickers import Picker
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.errors import Fault
from app.domain.schema import Field, Table
from app.pictures.records import called, spoken

LONGEST = 44
"""Letters that a chip shows of its text."""
SPLIT = re.compile(r"\s*[;\n]\s*")


class ChipsEditor(FieldEditor):
    """Several values in order. Subclasses say what a value is called and what a typed text becomes."""

    def __init__(self, table: Table, field: Field, line: QLineEdit, parent: QWidget | None = None) -> None:
        self.line = line
        self._values: list[object] = []
        self._dataset: Dataset | None = None
        self.area = QWidget()
        FlowLayout(self.area, 4)
        super().__init__(table, field, line, parent, above=self.area)
        line.installEventFilter(self)
        self.area.hide()

    def value(self) -> list[object]:
        """The values; what still stands in the line counts as the last one."""
        return [*self._values, *self._pending()]

    def put(self, value: object) -> None:
        """Show values."""
        self._values = list(value) if isinstance(value, list | tuple) else []
        self._empty_line()
        self._show()

    def work_on(self, dataset: Dataset) -> None:
        """Values are called as this dataset calls them."""
        self._dataset = dataset
        self._show()

    def add(self, value: object) -> None:
        """One more, unless it is there already."""
        if value and value not in self._values:
            self._values.append(value)
            self._show()
        self.changed.emit()

    def take_line(self) -> bool:
        """Make chips of what stands in the line; whether there was something."""
        found = self._pending()
        self._empty_line()
        for value in found:
            self.add(value)
        return bool(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter makes a chip of the line; Backspace in an empty line takes the last one back into it."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and self.line.text().strip():
                return self.take_line()
            if key == Qt.Key.Key_Backspace and not self.line.text() and self._values:
                self._remove(len(self._values) - 1)
                return True
        return super().eventFilter(watched, event)

    def _pending(self) -> list[object]:
        """What the line stands for."""
        return list(self._read(self.line.text()))

    def _read(self, text: str) -> Sequence[object]:
        """The values that a typed text stands for; none for a blank one."""
        return [part for part in SPLIT.split(text.strip()) if part]

    def _empty_line(self) -> None:
        """Nothing stands in the line; nobody is told."""
        with QSignalBlocker(self.line):
            self.line.clear()

    def _said(self, value: object) -> str:
        """What a value is called."""
        return str(value)

    def _remove(self, at: int) -> None:
        del self._values[at]
        self._show()
        self.line.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        layout = self.area.layout()
        assert isinstance(layout, FlowLayout)
        layout.clear()
        for at, value in enumerate(self._values):
            text = self._said(value)
            short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
            chip = QPushButton(f"{short.replace('&', '&&')}  ×")
            chip.setObjectName("chip")
            chip.setAutoDefault(False)
            chip.setToolTip(f"{text}\nClick to take it away" if text != short else "Click to take it away")
            chip.setAccessibleName(f"Take away {text}")
            chip.clicked.connect(lambda _=False, n=at: self._remove(n))
            layout.addWidget(chip)
        self.area.setVisible(bool(self._values))
        self.area.updateGeometry()


class ListEditor(ChipsEditor):
    """Several texts: aliases, fields of work, skills."""

    def __init__(self, table: Table, field: Field, parent: QWidget | None = None) -> None:
        line = QLineEdit()
        super().__init__(table, field, line, parent)
        line.setPlaceholderText("Add one, then Enter; several with ; between them")
        line.textChanged.connect(lambda _: self.changed.emit())


class PickedEditor(ChipsEditor):
    """Several records, each found by a few letters. Subclasses say what one that is taken from the list becomes."""

    def __init__(self, table: Table, field: Field, picker: Picker, hint: str, parent: QWidget | None = None) -> None:
        """hint: what stands in the line while it is blank."""
        self.picker = picker
        super().__init__(table, field, picker, parent)
        picker.setPlaceholderText(hint)
        picker.taken.connect(self._taken)
        picker.textChanged.connect(lambda _: self.changed.emit())

    def work_on(self, dataset: Dataset) -> None:
        """Choose among the records of this dataset."""
        self.picker.work_on(dataset)
        super().work_on(dataset)

    def _empty_line(self) -> None:
        self.picker.empty()

    def _taken(self, party: Party) -> None:
        self._empty_line()
        self.add(self._value_of(party))

    @abstractmethod
    def _value_of(self, party: Party) -> object:
        """The value that a record of the list becomes."""


class SourcesEditor(PickedEditor):
    """Several sources: found by publisher, title or address; a pasted link or text becomes a new one."""

    def __init__(self, table: Table, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(table, field, Picker("sources", "source"), "Find a source, or paste a link", parent)

    @property
    def hint(self) -> str:
        """What a new source is taken for."""
        new = next((one for one in self._pending() if isinstance(one, Cited)), None)
        if new is None:
            return ""
        said = [new.title or new.url, new.publisher, new.published]
        return f"A new source: {', '.join(part for part in said if part)}"

    def _value_of(self, party: Party) -> object:
        return party.id or cited(party.name, dates.today())

    def _read(self, text: str) -> Sequence[object]:
        if not text.strip():
            return []
        party = self.picker.party
        return [party.id] if party.id else [cited(text, dates.today())]

    def _said(self, value: object) -> str:
        if isinstance(value, Cited):
            return f"New: {value.title or value.url or value.publisher}"
        return called(self._dataset.row, "sources", str(value)) if self._dataset is not None else str(value)


class AboutEditor(PickedEditor):
    """What a claim speaks of: people and organizations by name, any record as table:id, a flow as A > B."""

    def __init__(self, table: Table, field: Field, parent: QWidget | None = None) -> None:
        picker = Picker("people", "record", can_add=False, also=("organizations", "seats"))
        super().__init__(table, field, picker, "A person or an organization; A > B for a flow", parent)

    @property
    def fault(self) -> Fault | None:
        """An entry that names no record."""
        for entry in map(str, self.value()):
            if self._dataset is not None and not _names(self._dataset, entry):
                return Fault(
                    "dangling", f"{entry!r} names no record", "Choose from the list, or write table:id or A > B.",
                    table=self.table.name, field=self.field.name,
                )  # fmt: skip
        return None

    def _value_of(self, party: Party) -> object:
        return self._entry(party.id)

    def _read(self, text: str) -> Sequence[object]:
        plain = text.strip()
        if not plain:
            return []
        if self.picker.party.id:
            return [self._entry(self.picker.party.id)]
        if plain.count(">") == 1 and not plain.startswith("flow:") and self._dataset is not None:
            ends = [next(iter(near(self._dataset, "organizations", part, 1)), None) for part in plain.split(">")]
            if None not in ends:
                return ["flow:" + ">".join(end.id for end in ends if end is not None)]
        return [plain]

    def _entry(self, row_id: str) -> str:
        return f"{self.picker.table_of(row_id)}:{row_id}"

    def _said(self, value: object) -> str:
        known = self._dataset is not None and _names(self._dataset, str(value))
        return spoken(self._dataset.row, str(value)) if known and self._dataset is not None else str(value)


def _names(dataset: Dataset, entry: str) -> bool:
    """Whether an entry of `about` names records that are there."""
    table, _, rest = entry.partition(":")
    if table == "flow":
        ends = rest.split(">")
        return len(ends) == 2 and all(dataset.position("organizations", end) is not None for end in ends)
    return table in dataset.tables and dataset.position(table, rest) is not None
