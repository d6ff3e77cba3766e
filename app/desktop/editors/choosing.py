"""Which editor a field has."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.desktop.editors.chips import AboutEditor, ListEditor, SourcesEditor
from app.desktop.editors.field import FieldEditor
from app.desktop.editors.lines import DateEditor, LineEditor, LongEditor, NumberEditor
from app.desktop.editors.references import ReferenceEditor
from app.desktop.editors.words import FlagEditor, WordEditor
from app.domain.schema import Field, Kind, Table

LONG = ("notes", "text", "quote", "ruling_reason")
"""Fields that hold sentences."""


def editor(table: Table, field: Field, parent: QWidget | None = None, *, in_cell: bool = False) -> FieldEditor:
    """The editor of a field of a table. in_cell: it stands in a row of a table, where there is one line only."""
    if field.vocabulary:
        return WordEditor(table, field, parent)
    if table.name == "claims" and field.name == "about":
        return AboutEditor(table, field, parent)
    match field.kind:
        case Kind.DATE:
            return DateEditor(table, field, parent)
        case Kind.INT | Kind.FLOAT:
            return NumberEditor(table, field, parent)
        case Kind.FLAG:
            return FlagEditor(table, field, parent)
        case Kind.SET if field.reference == "sources":
            return SourcesEditor(table, field, parent)
        case Kind.LIST | Kind.SET:
            return ListEditor(table, field, parent)
    if field.reference:
        return ReferenceEditor(table, field, parent)
    if field.name in LONG and not in_cell:
        return LongEditor(table, field, parent)
    return LineEditor(table, field, parent)
