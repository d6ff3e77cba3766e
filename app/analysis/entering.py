"""The edit that cells of a table make: values for fields of some rows, and rows that are added.

Where a form makes a `Draft` of one record, this takes whole columns: a hundred thousand cells are checked and set as
quickly as their distinct values are. What it costs does not depend on how large the dataset is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from app.analysis.adding import Additions
from app.analysis.drafting import begun, completed, sources_of, value_of
from app.domain import dates, rows
from app.domain.checks import MAY_BE_OPEN
from app.domain.dataset import Dataset, frame_of, normal
from app.domain.edit import Change, Edit, rows_of
from app.domain.errors import DataError, Fault
from app.domain.schema import TABLES, Field, Kind, Table

SPANS = {"stints": ("start", "end"), "reports": ("start", "end"), "seats": ("opened", "closed")}
SPANS |= {"organizations": ("founded", "dissolved")}
"""Fields of which the second may not lie before the first."""
MOST_TOLD = 50
"""Faults that are told of at most."""


@dataclass(frozen=True, eq=False)
class Cells:
    """What shall stand in cells. ids: of rows, blank for one that is added; values: by field, one a row, as editors
    give them: of the field's type, or a Party or Cited that may be new. `id`: the ids that new rows shall have."""

    table: str
    ids: Sequence[str]
    values: Mapping[str, Sequence[object]]


def entered(dataset: Dataset, cells: Cells, name: str) -> Edit:
    """The edit that sets cells, with the records that they name and nobody has; empty if nothing changes.

    DataError with a Fault for each cell that is wrong: `row` is the place in `ids`, counted from 1.
    """
    table, additions = TABLES[cells.table], Additions(dataset)
    wrong: list[Fault] = []
    columns = {}
    for field_name, values in cells.values.items():
        field = table.field(field_name)
        if field_name == "id":
            columns["id"] = list(values)
            wrong += [
                replace(fault, row=n + 1)
                for n, value in enumerate(values)
                if value and (fault := wrong_with(dataset, table, field, value)) is not None
            ]
            continue
        columns[field_name], faults = _column(dataset, additions, table, field, values)
        wrong += faults
    if wrong:
        raise _refused(wrong)
    old = [n for n, row_id in enumerate(cells.ids) if row_id]
    new = [n for n, row_id in enumerate(cells.ids) if not row_id]
    before = rows_of(dataset, cells.table, pl.Series("id", sorted(cells.ids[n] for n in old), dtype=pl.String))
    if before.height != len(old):
        raise DataError(
            Fault("gone", "a row is not there any more", "Look at the table as it is now.", table=table.name)
        )
    place = {cells.ids[n]: n for n in old}
    at = [place[row_id] for row_id in before.get_column("id")]
    changed = normal(
        cells.table,
        before.with_columns(
            pl.Series(name, [column[n] for n in at], dtype=table.field(name).kind.dtype)
            for name, column in columns.items()
            if name != "id"
        ),
    )
    for n in new:
        given = {name: column[n] for name, column in columns.items() if name != "id"}
        wrong += [replace(fault, row=n + 1) for fault in _missing(table, given)]
        row = completed(dataset, additions, cells.table, begun(cells.table, given))
        wanted = str(columns["id"][n] or "") if "id" in columns else ""
        additions.put(cells.table, {**row, "id": additions.taken(wanted) or row["id"]})
    wrong += _reversed(table, before, changed, at)
    if wrong:
        raise _refused(wrong)
    changes = {
        t: Change(rows_of(dataset, t, (after := frame_of(t, some))["id"]), after) for t, some in additions.rows.items()
    }
    added = changes.get(cells.table, Change(before.clear(), before.clear()))
    whole = (pl.concat([a, b]).sort("id") for a, b in ((before, added.before), (changed, added.after)))
    return Edit(name, {**changes, cells.table: Change(*whole)})


def wrong_with(dataset: Dataset, table: Table, field: Field, value: object) -> Fault | None:
    """What is wrong with a value of a field by itself, or in what it names; None if nothing is."""
    if value in (None, "", []):
        return next(_missing(table, {}, (field,)), None)
    if field.kind is Kind.DATE and value == dates.OPEN and field.name not in MAY_BE_OPEN:
        remedy = "Leave the date blank if it is not known."
        return Fault("open-date", "'..' says that something has not ended", remedy, table=table.name, field=field.name)
    found = next((f for f in rows.faults(table.name, {field.name: value}) if f.field == field.name), None)
    if found is not None or not field.reference:
        return found
    for one in value if isinstance(value, list) else [value]:
        if dataset.position(field.reference, str(one)) is None:
            noun = TABLES[field.reference].noun
            return Fault(
                "dangling", f"there is no {noun} {one!r}", f"Write the name or the id of a {noun} that is on record.",
                table=table.name, field=field.name,
            )  # fmt: skip
    return None


def _column(
    dataset: Dataset, additions: Additions, table: Table, field: Field, values: Sequence[object]
) -> tuple[list[object], list[Fault]]:
    """Values with ids in place of what is named, and what is wrong with them. Each distinct one is looked at once."""
    seen: dict[str, tuple[object, Fault | None]] = {}
    made, wrong = [], []
    for n, value in enumerate(values):
        key = repr(value)
        if key not in seen:
            seen[key] = _settled(dataset, additions, table, field, value)
        held, fault = seen[key]
        made.append(held)
        if fault is not None:
            wrong.append(replace(fault, row=n + 1))
    return made, wrong


def _settled(
    dataset: Dataset, additions: Additions, table: Table, field: Field, value: object
) -> tuple[object, Fault | None]:
    """A value with ids in place of what it names, and what is wrong with it. What is added by this is there."""
    held = sources_of(additions, value) if field.kind is Kind.SET else value_of(additions, field, value, ())
    added = {str(row["id"]) for row in additions.rows.get(field.reference, ())}
    if isinstance(held, list):
        rest = [one for one in held if one not in added]
        return held, wrong_with(dataset, table, field, rest) if rest else None
    return held, None if held in added else wrong_with(dataset, table, field, held)


def _missing(table: Table, given: Mapping[str, object], fields: Sequence[Field] | None = None) -> Iterator[Fault]:
    """Required fields that are blank."""
    for field in table.fields[1:] if fields is None else fields:
        if field.required and not given.get(field.name):
            yield Fault(
                "missing", "it is missing", f"Write its {field.name.removesuffix('_id').replace('_', ' ')}.",
                table=table.name, field=field.name,
            )  # fmt: skip


def _reversed(table: Table, before: pl.DataFrame, after: pl.DataFrame, at: Sequence[int]) -> list[Fault]:
    """Rows that end before they begin, and did not before."""
    if table.name not in SPANS or not after.height:
        return []
    begin, end = SPANS[table.name]

    def turned(frame: pl.DataFrame) -> list[bool]:
        start, _ = dates.bounds(frame.get_column(begin))
        end_lo, end_hi = dates.bounds(frame.get_column(end))
        found: list[bool] = ((end_hi <= start) & (end_lo < dates.FUTURE)).tolist()
        return found

    pairs = zip(turned(before), turned(after), at, after.select("id", begin, end).iter_rows(), strict=True)
    return [
        Fault(
            "end-before-start", f"{end} {until} lies before {begin} {since}", "Correct one of the two dates.",
            table=table.name, id=row_id, row=n + 1, field=end,
        )
        for was, now, n, (row_id, since, until) in pairs if now and not was
    ]  # fmt: skip


def _refused(wrong: Sequence[Fault]) -> DataError:
    """What is wrong, in the order of the rows."""
    return DataError(*sorted(wrong, key=lambda fault: fault.row or 0)[:MOST_TOLD])
