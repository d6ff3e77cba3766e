"""A grid of pasted cells put where it belongs in a table: over rows that are there, and as rows that are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.analysis.entering import MOST_TOLD, Cells
from app.domain.dataset import Dataset
from app.domain.errors import DataError, Fault
from app.domain.schema import TABLES, Field, Kind
from app.files.reading_cells import CellTexts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a grid shall stand. fields: the columns from where it begins, to the last one shown; ids: the rows from
    where it begins, to the last one shown; spread: so many columns and rows are selected, which one cell, or a grid
    that fits into them several times, fills."""

    table: str
    fields: Sequence[Field]
    ids: Sequence[str]
    spread: tuple[int, int] = (1, 1)


@dataclass(frozen=True, eq=False)
class Pasted:
    """cells: what the grid sets; rows: for each of its rows the row of the grid, counted from 1."""

    cells: Cells
    rows: Sequence[int]

    def placed(self, error: DataError) -> DataError:
        """An error of `entered`, with the rows of the grid in place of those of the cells."""
        faults = [replace(f, row=self.rows[f.row - 1] if f.row else None) for f in error.faults]
        return DataError(*faults)


def pasted(dataset: Dataset, grid: Sequence[Sequence[str]], place: Place, headings: dict[str, str]) -> Pasted:
    """The cells that a grid sets. headings: what columns may be called in its first line beside the names of fields, in
    small letters, by what they are called.

    A first line that names fields says which column is which; with ids among them a row goes to the record of its id.
    Rows of which there are more than those of the place are added. DataError with a Fault for each cell that cannot be
    understood (row: of the grid, counted from 1) or stands beyond the last column; nothing is set then.
    """
    table = TABLES[place.table]
    known = {**{field.name: field.name for field in table.fields}, **headings}
    head = [known.get(" ".join(cell.lower().split()), "") for cell in grid[0]] if grid else []
    has_head = bool(head) and all(head) and len(set(head)) == len(head) and (len(head) > 1 or len(grid) > 1)
    if has_head:
        fields: list[Field] = [table.field(name) for name in head]
        lines, first = list(grid[1:]), 2
    else:
        lines, first = list(grid), 1
        lines, fields = _spread(lines, place), list(place.fields)
        width = len(lines[0]) if lines else 0
        if width > len(fields):
            beyond = Fault(
                "beyond", f"{width - len(fields)} of its columns stand beyond the last one of the table",
                "Paste further to the left, show more columns, or name the fields in a first line.",
                table=table.name, row=first,
            )  # fmt: skip
            raise DataError(beyond)
        fields = fields[:width]
    names = [field.name for field in fields]
    ids = _ids(dataset, table.name, lines, names) if has_head and "id" in names else [*place.ids][: len(lines)]
    ids += [""] * (len(lines) - len(ids))
    texts, wrong = CellTexts(dataset), list[Fault]()
    values: dict[str, list[object]] = {}
    for number, field in enumerate(fields):
        if field.name == "id" and all(ids):
            continue
        column = values[field.name] = []
        if field.reference and field.kind is not Kind.SET:
            texts.look_up(field, [line[number] for line in lines])
        for row, line in enumerate(lines):
            found = texts.value(table, field, line[number])
            if isinstance(found, Fault):
                wrong.append(replace(found, row=row + first))
            column.append(found)
    if wrong:
        raise DataError(*sorted(wrong, key=lambda fault: fault.row or 0)[:MOST_TOLD])
    if "id" in values and any(ids):
        clash = next((n for n, row_id in enumerate(ids) if row_id and values["id"][n] not in (None, row_id)), None)
        if clash is not None:
            remedy = "An id stays as it is: paste without that column, or as new rows."
            raise DataError(
                Fault("bad-id", "it would get another id", remedy, table=table.name, row=clash + first, field="id")
            )
        values["id"] = [None if row_id else value for row_id, value in zip(ids, values["id"], strict=True)]
    return Pasted(Cells(table.name, ids, values), range(first, first + len(lines)))


def _spread(lines: list[Sequence[str]], place: Place) -> list[Sequence[str]]:
    """A grid as often as it fits into what is selected, if it does."""
    if not lines:
        return lines
    width, height = place.spread
    across, down = width // len(lines[0]), height // len(lines)
    if (across, down) == (1, 1) or width % len(lines[0]) or height % len(lines):
        return lines
    return [[*line] * across for line in lines * down]


def _ids(dataset: Dataset, table: str, lines: Sequence[Sequence[str]], names: Sequence[str]) -> list[str]:
    """Ids of the records that rows go to; blank for one that nobody has, and is added."""
    column = names.index("id")
    given = [line[column].strip() for line in lines]
    seen: set[str] = set()
    for row, row_id in enumerate(given):
        if row_id and row_id in seen:
            raise DataError(
                Fault(
                    "duplicate-id",
                    f"{row_id!r} stands there twice",
                    "Give each row one line.",
                    table=table,
                    row=row + 2,
                    field="id",
                )
            )
        seen.add(row_id)
    return [row_id if dataset.position(table, row_id) is not None else "" for row_id in given]
