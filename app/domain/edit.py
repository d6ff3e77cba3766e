"""A change as a value: per table, the rows as they were and the rows as they shall be.

Only in `after`: added. Only in `before`: removed. In both: changed. The inverse swaps the sides, so undo is an Edit
like any other, and so are the difference of two files, an import's preview and the list of unsaved changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

import polars as pl

from app.domain.dataset import Dataset, blank, frame_of, normal
from app.domain.errors import DataError, EditConflict, Fault
from app.domain.ordering import place
from app.domain.schema import TABLES

SPLICED_ROWS = 64
"""Up to so many changed rows a table is spliced from slices of itself (no column is copied)."""
MOST_CHUNKS = 512
"""A table in more pieces than this is put together again: splicing leaves up to two more pieces a row."""


@dataclass(frozen=True, eq=False)
class Change:
    """Rows of one table before and after: two normal frames (full schema, sorted by id)."""

    before: pl.DataFrame
    after: pl.DataFrame

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Change):
            return NotImplemented
        return self.before.equals(other.before) and self.after.equals(other.after)

    __hash__ = None  # type: ignore[assignment]  # frames inside: equal by value, never a dict key

    @property
    def inverse(self) -> Change:
        """The same change the other way round."""
        return Change(self.after, self.before)

    @cached_property
    def ids(self) -> pl.Series:
        """Ids of the rows that are added, removed or changed, in order."""
        ids, others = self.before.get_column("id"), self.after.get_column("id")
        if len(ids) + len(others) <= SPLICED_ROWS and not (ids.null_count() or others.null_count()):
            return pl.Series("id", sorted({*ids, *others}), dtype=pl.String)  # of few rows a tenth of the time
        return ids if ids.equals(others) else pl.concat([ids, others.filter(~among(others, ids))]).sort()

    @property
    def n_rows(self) -> int:
        """Rows that are added, removed or changed."""
        return len(self.ids)


@dataclass(frozen=True, eq=False)
class Edit:
    """A named change of some tables. Rows that do not differ and tables without rows are dropped, so equal edits are
    equal values. KeyError for a table that does not exist, DataError where one side has an id twice."""

    name: str
    tables: Mapping[str, Change] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        kept = {}
        for table in TABLES:
            if table in self.tables:
                change = _differing(table, self.tables[table])
                if change.before.height or change.after.height:
                    kept[table] = change
        if strange := set(self.tables) - set(TABLES):
            raise KeyError(f"no such table: {', '.join(sorted(strange))}")
        object.__setattr__(self, "tables", MappingProxyType(kept))

    def __eq__(self, other: object) -> bool:
        """Equal changes; the name is a label and does not count."""
        if not isinstance(other, Edit):
            return NotImplemented
        return dict(self.tables) == dict(other.tables)

    __hash__ = None  # type: ignore[assignment]  # frames inside: equal by value, never a dict key

    def __bool__(self) -> bool:
        return bool(self.tables)

    @property
    def inverse(self) -> Edit:
        """Undoes this edit."""
        inverse = object.__new__(Edit)  # what differs one way differs the other: there is nothing to look at again
        object.__setattr__(inverse, "name", self.name)
        tables = {table: change.inverse for table, change in self.tables.items()}
        object.__setattr__(inverse, "tables", MappingProxyType(tables))
        return inverse

    @property
    def n_rows(self) -> int:
        """Rows that are added, removed or changed, over all tables."""
        return sum(change.n_rows for change in self.tables.values())


def put(dataset: Dataset, name: str, rows: Mapping[str, list[dict[str, object]]]) -> Edit:
    """The edit that adds rows or replaces those of the same id. Fields that a row does not name become blank."""
    tables = {}
    for table, new in rows.items():
        after = frame_of(table, new)
        tables[table] = Change(rows_of(dataset, table, after.get_column("id")), after)
    return Edit(name, tables)


def drop(dataset: Dataset, name: str, ids: Mapping[str, list[str]]) -> Edit:
    """The edit that removes rows. Ids that are not there are passed over."""
    return Edit(
        name,
        {
            t: Change(rows_of(dataset, t, pl.Series("id", sorted(set(i)), dtype=pl.String)), blank(t))
            for t, i in ids.items()
        },
    )


def apply(dataset: Dataset, edit: Edit) -> Dataset:
    """The Dataset after the edit; the given one is untouched, as are the tables that the edit does not name.

    Raises EditConflict (table, id, field) where a row is not as the edit says it was; nothing is changed then.
    """
    changed = {table: _applied(dataset, table, change) for table, change in edit.tables.items()}
    return dataset.replaced(changed, edit)


def compose(first: Edit, second: Edit, name: str = "") -> Edit:
    """One edit that does what the two do in turn. EditConflict if the second does not follow from the first."""
    tables: dict[str, Change] = {}
    for table in {*first.tables, *second.tables}:
        if table not in first.tables or table not in second.tables:
            tables[table] = first.tables.get(table) or second.tables[table]
            continue
        a, b = first.tables[table], second.tables[table]
        touched_a, touched_b = a.ids, b.ids
        _expect(table, b.before.filter(pl.col("id").is_in(touched_a.implode())), a.after, b)
        before = pl.concat([a.before, b.before.filter(~pl.col("id").is_in(touched_a.implode()))])
        after = pl.concat([a.after.filter(~pl.col("id").is_in(touched_b.implode())), b.after])
        tables[table] = Change(normal(table, before), normal(table, after))
    return Edit(name or second.name, tables)


def difference(old: Dataset, new: Dataset, name: str = "Difference") -> Edit:
    """The edit that turns one Dataset into the other."""
    return Edit(name, {t: Change(old[t], new[t]) for t in TABLES if old[t] is not new[t]})


def _differing(table: str, change: Change) -> Change:
    """Only the rows that differ, column by column, null equal to null. DataError where one side has an id twice."""
    before, after = change.before, change.after
    if max(before.height, after.height) <= SPLICED_ROWS:
        return _few_differing(table, change)
    for frame in (before, after):
        ids = frame.get_column("id")
        if (twice := ids.filter((ids == ids.shift(1)).fill_null(value=False))).len():
            raise DataError(_repeated(table, twice[0]))
    if not before.height or not after.height:
        return change
    if before.equals(after):
        return Change(before.clear(), after.clear())
    ids, others = before.get_column("id"), after.get_column("id")
    in_after, in_before = among(ids, others), among(others, ids)
    was, common = before.filter(in_after), after.filter(in_before)
    if not common.height:
        return change
    same = pl.Series([True]).extend_constant(value=True, n=common.height - 1)
    for column in common.columns:
        same &= was.get_column(column).eq_missing(common.get_column(column))
    if not same.any():
        return change
    return Change(_unlike(before, in_after, same), _unlike(after, in_before, same))


def _few_differing(table: str, change: Change) -> Change:
    """The same for a few rows, one by one: ten times as fast as column by column."""
    rows = [frame.rows() for frame in (change.before, change.after)]
    was, now = ({row[0]: row for row in side if row[0] is not None} for side in rows)
    for side in rows:
        ids = sorted(row[0] for row in side if row[0] is not None)
        if twice := [one for one, other in pairwise(ids) if one == other]:
            raise DataError(_repeated(table, twice[0]))
    same = {row_id for row_id, row in was.items() if now.get(row_id) == row}
    if not same:
        return change
    before, after = ([n for n, row in enumerate(side) if row[0] not in same] for side in rows)
    return Change(change.before[before], change.after[after])


def among(ids: pl.Series, others: pl.Series) -> pl.Series:
    """Which of some ids are among others: a mask. Both in order and without repeats; a blank one is never found."""
    if not len(ids) or not len(others):
        return pl.Series([False]).new_from_index(0, len(ids))
    if ids.equals(others):
        return ids.is_not_null()
    others = others.rechunk()
    at = others.search_sorted(ids.rechunk()).clip(upper_bound=len(others) - 1)
    return (others.gather(at) == ids).fill_null(value=False)


def _unlike(frame: pl.DataFrame, common: pl.Series, same: pl.Series) -> pl.DataFrame:
    """The rows of a frame, but for those of the common ones that are the same on both sides."""
    shared = common.to_numpy()
    unlike = ~shared
    unlike[shared] = ~same.to_numpy()
    return frame.filter(pl.Series(unlike))


def rows_of(dataset: Dataset, table: str, ids: pl.Series) -> pl.DataFrame:
    """The rows of a table that have one of these ids, in order; copies, for slices would keep the whole table in memory
    as long as an edit is remembered."""
    frame = dataset[table]
    if len(ids) <= SPLICED_ROWS:
        at = [p for p in (dataset.position(table, i) for i in ids) if p is not None]
        slices = [frame.slice(p, 1) for p in sorted(at)]
        return pl.concat(slices, rechunk=True)[list(range(len(at)))] if at else frame.clear()
    return frame.join(ids.to_frame(), on="id", how="semi", maintain_order="left")


def _applied(dataset: Dataset, table: str, change: Change) -> pl.DataFrame:
    frame = dataset[table]
    ids = change.ids
    _expect(table, change.before, rows_of(dataset, table, ids), change)
    if len(ids) > SPLICED_ROWS:
        kept = frame.join(ids.to_frame(), on="id", how="anti", maintain_order="left")
        return normal(table, pl.concat([kept, change.after]))
    pieces, last = [], 0
    column = frame.get_column("id")
    after = {row_id: n for n, row_id in enumerate(change.after.get_column("id"))}
    for row_id in ids:
        at = place(column, row_id)
        pieces.append(frame.slice(last, at - last))
        if row_id in after:
            pieces.append(change.after.slice(after[row_id], 1))
        last = at + (at < len(column) and column[at] == row_id)
    pieces.append(frame.slice(last))
    joined = (
        pl.concat([p for p in pieces if p.height], rechunk=False) if any(p.height for p in pieces) else frame.clear()
    )
    return joined.rechunk() if joined.n_chunks() > MOST_CHUNKS else joined


def _expect(table: str, expected: pl.DataFrame, found: pl.DataFrame, change: Change) -> None:
    """Raise EditConflict unless the rows to be replaced are as expected and the rows to be added are not there."""
    if expected.equals(found):
        return
    now = {row["id"]: row for row in found.iter_rows(named=True)}
    for row in expected.iter_rows(named=True):
        other = now.pop(row["id"], None)
        if other is None:
            raise EditConflict(_conflict(table, row["id"], "", "the row is not there any more"))
        for name, value in row.items():
            if other[name] != value:
                raise EditConflict(
                    _conflict(table, row["id"], name, f"it is {other[name]!r} now, the edit expects {value!r}")
                )
    touched = set(change.ids)
    for row_id in now:
        if row_id in touched:
            raise EditConflict(_conflict(table, row_id, "id", "a row with this id is there already"))


def _repeated(table: str, row_id: str) -> Fault:
    return Fault(
        "duplicate-id",
        "two rows have this id, and an edit can speak of only one",
        "Give one of them another id.",
        table=table,
        id=row_id,
        field="id",
    )


def _conflict(table: str, row_id: str, field_name: str, message: str) -> Fault:
    return Fault(
        "edit-conflict",
        message,
        "Look at the row as it is now and make the change again.",
        table=table,
        id=row_id,
        field=field_name,
    )
