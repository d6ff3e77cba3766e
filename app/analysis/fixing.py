"""A fix: one named way out of a fault, as an edit; and what fixes of every kind are made from."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.dataset import Dataset, Row
from app.domain.edit import Edit, drop, put
from app.domain.schema import TABLES


@dataclass(frozen=True, eq=False)
class Fix:
    """label: what it does, as on a button; effect: what of the record becomes what; edit: the step.

    everywhere: the step that does the same wherever the same is wrong; None where it would do no more than `edit`, or
    where each record has to be looked at by itself.
    """

    label: str
    effect: str
    edit: Edit
    everywhere: Edit | None = None

    @property
    def n(self) -> int:
        """Records that `everywhere` changes; 0 without it."""
        return 0 if self.everywhere is None else self.everywhere.n_rows


def changed(dataset: Dataset, table: str, row_id: str, name: str, **fields: object) -> Edit:
    """The edit that gives fields of one record other values. KeyError if it is not there."""
    row = dataset.row(table, row_id)
    if row is None:
        raise KeyError(f"{table}:{row_id}")
    return put(dataset, name, {table: [{**row, **fields}]})


def cleared(
    dataset: Dataset, table: str, row_id: str, field: str, label: str = "", everywhere: Edit | None = None
) -> Fix:
    """The fix that leaves a field blank: it takes something away, and says nothing new."""
    row = dataset.row(table, row_id) or {}
    name = label or f"Clear the {words(field)}"
    said = f"{words(field)} {row.get(field)!s} of the {TABLES[table].noun} {row_id} becomes blank"
    return Fix(name, said, changed(dataset, table, row_id, name, **{field: None}), more_than_one(everywhere))


def removed(dataset: Dataset, table: str, row_ids: list[str], everywhere: Edit | None = None) -> Fix | None:
    """The fix that takes records away; None where others refer to them."""
    noun = TABLES[table].noun
    if any(field.reference == table for other in TABLES.values() for field in other.fields):
        return None
    spoken = set(dataset["claims"].get_column("about").list.explode(empty_as_null=False))
    if any(f"{table}:{row_id}" in spoken for row_id in row_ids):
        return None
    which = f"the {noun} {row_ids[0]}" if len(row_ids) == 1 else f"{len(row_ids)} {table}"
    name = f"Remove the {noun}" if len(row_ids) == 1 else f"Remove {len(row_ids)} {table}"
    return Fix(name, f"{which} goes" if len(row_ids) == 1 else f"{which} go", drop(dataset, name, {table: row_ids}),
               more_than_one(everywhere))  # fmt: skip


def more_than_one(edit: Edit | None) -> Edit | None:
    """An edit, if it changes more than one record."""
    return edit if edit is not None and edit.n_rows > 1 else None


def words(field: str) -> str:
    """A field in words: `organization_id` is organization, `source_ids` sources."""
    plain = field.removesuffix("_id") if not field.endswith("_ids") else field.removesuffix("_ids") + "s"
    return plain.replace("_", " ")


def named(dataset: Dataset, table: str, row_id: str) -> str:
    """What a record is called: its name or title, else its id."""
    row: Row = dataset.row(table, row_id) or {}
    return str(row.get("name") or row.get("title") or row_id)
