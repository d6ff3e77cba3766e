"""Editors of fields that name other records."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from app.analysis.adding import NOBODY, Party
from app.analysis.drafting import ADDABLE
from app.desktop.editors.field import FieldEditor
from app.desktop.pickers import Picker
from app.domain.dataset import Dataset
from app.domain.errors import Fault
from app.domain.schema import TABLES, Field, Table


class ReferenceEditor(FieldEditor):
    """One record, found by a few letters of its name; of people, organizations and sources also a new one."""

    def __init__(self, table: Table, field: Field, parent: QWidget | None = None) -> None:
        noun = TABLES[field.reference].noun
        self.picker = Picker(field.reference, noun, can_add=field.reference in ADDABLE)
        super().__init__(table, field, self.picker, parent)
        self.picker.setPlaceholderText(f"Name of the {noun}")
        self.picker.chosen.connect(lambda _: self.changed.emit())

    def value(self) -> object:
        """The id; a Party for a name that is not on record; None for nothing."""
        party = self.picker.party
        return party.id or (party or None)

    def put(self, value: object) -> None:
        """Show a record by its id, or a Party."""
        with QSignalBlocker(self.picker):
            self.picker.put(value if isinstance(value, Party) else Party(str(value)) if value else NOBODY)

    def work_on(self, dataset: Dataset) -> None:
        """Choose among the records of this dataset."""
        self.picker.work_on(dataset)

    @property
    def fault(self) -> Fault | None:
        """A name that is on nobody's record, where none can be added."""
        party = self.picker.party
        if not party or party.id or self.field.reference in ADDABLE:
            return None
        noun = TABLES[self.field.reference].noun
        return Fault(
            "dangling", f"there is no {noun} {party.name!r}", f"Choose a {noun} from the list.",
            table=self.table.name, field=self.field.name,
        )  # fmt: skip

    @property
    def hint(self) -> str:
        """That a record will be added."""
        party = self.picker.party
        is_new = bool(party) and not party.id and self.field.reference in ADDABLE
        return f"Not on record: a new {TABLES[self.field.reference].noun} will be added" if is_new else ""
