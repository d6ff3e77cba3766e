"""Three versions of a dataset made one, by record and field: what both come from, and what each has made of it.

All of it is said in Edits: what A changed, what B changed, and from these one Edit that does both. Rows that neither
touched are never looked at one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

import polars as pl

from app.domain.checks import check, errors
from app.domain.dataset import Dataset, normal
from app.domain.edit import Change, Edit, among, apply, compose, difference, rows_of
from app.domain.errors import Fault
from app.domain.fieldwise import Conflict, merged_rows
from app.domain.nested import Side, merged, text_of
from app.domain.parallel import at_once
from app.domain.schema import TABLES


@dataclass(frozen=True, eq=False)
class Merged:
    """dataset: with the changes of both, and as the base has it where they conflict; conflicts: what nobody but the
    user can decide, in the order of tables, ids and fields; n_changed: records that A and B have changed."""

    dataset: Dataset
    conflicts: tuple[Conflict, ...]
    n_changed: tuple[int, int]


def merge(base: Dataset, a: Dataset, b: Dataset) -> Merged:
    """The dataset with the changes of both; the same, whichever of the two is called A.

    What was changed by one is taken; fields that both changed to the same value too; lists that are sets take and drop
    members one by one; `extra` and other nested JSON merge key by key. A conflict is a field that both changed
    differently, a record that one removed and the other changed, and every error (`checks`) that neither A nor B has.
    DataError where one of the three has an id twice in a table.
    """
    rows = max(dataset.n_rows for dataset in (base, a, b))
    mine, theirs = at_once([partial(difference, base, a), partial(difference, base, b)], rows)
    edit, conflicts = joined(mine, theirs)
    keys, clashes = _unknown(base, a, b)
    made = replace(apply(base, edit), version=_version(base.version, a.version, b.version), unknown=keys)
    conflicts = (*conflicts, *clashes)
    conflicts = _ordered((*conflicts, *_contradictions(made, base, a, b, conflicts)))
    return Merged(made, conflicts, (mine.n_rows, theirs.n_rows))


def joined(mine: Edit, theirs: Edit, standing: Side = "base") -> tuple[Edit, tuple[Conflict, ...]]:
    """One edit that does what two edits of the same dataset do, and what they do differently.

    standing: what becomes of a field or record in conflict: it stays as it was, or is as the second edit makes it.
    """
    changes: dict[str, Change] = {}
    conflicts: list[Conflict] = []
    for table in TABLES:
        one, other = mine.tables.get(table), theirs.tables.get(table)
        if one is None or other is None:
            if change := one or other:
                changes[table] = change
            continue
        changes[table], found = _joined(table, one, other, standing)
        conflicts += found
    return Edit(mine.name, changes), tuple(conflicts)


def fitted(edit: Edit, dataset: Dataset) -> tuple[Edit, tuple[Conflict, ...]]:
    """An edit as it can be done to a dataset that is another than the one it was made for, and what of it cannot.

    Where it conflicts with what the dataset holds (B of the conflict), the dataset stays as it is. The edit as it was
    given, where it fits.
    """
    theirs = Edit(
        edit.name,
        {table: Change(change.before, rows_of(dataset, table, change.ids)) for table, change in edit.tables.items()},
    )
    if not theirs:
        return edit, ()
    both, conflicts = joined(edit, theirs, standing="b")
    return compose(theirs.inverse, both, edit.name), conflicts


def _joined(table: str, mine: Change, theirs: Change, standing: Side) -> tuple[Change, list[Conflict]]:
    touched = mine.ids.filter(among(mine.ids, theirs.ids))
    was, _ = _parted(mine.before, touched)
    one, mine_alone = _parted(mine.after, touched)
    other, theirs_alone = _parted(theirs.after, touched)
    _, only_theirs = _parted(theirs.before, touched)
    rows, conflicts = merged_rows(table, was, one, other, standing)
    before = normal(table, pl.concat([mine.before, only_theirs]))
    return Change(before, normal(table, pl.concat([mine_alone, theirs_alone, rows]))), conflicts


def _parted(frame: pl.DataFrame, ids: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with one of these ids, and the others."""
    mask = among(frame.get_column("id"), ids)
    return frame.filter(mask), frame.filter(~mask)


def _unknown(base: Dataset, a: Dataset, b: Dataset) -> tuple[Mapping[str, str], list[Conflict]]:
    """Top-level keys that this version does not know, key by key."""
    was, one, other = ({key: json.loads(text) for key, text in each.unknown.items()} for each in (base, a, b))
    value, clashes = merged(was, one, other)
    assert isinstance(value, dict)  # all three are objects
    told = [Conflict(clash.path[0], "", ".".join(clash.path[1:]), clash.base, clash.a, clash.b) for clash in clashes]
    return MappingProxyType({key: text_of(part) for key, part in value.items()}), told


def _version(base: str, a: str, b: str) -> str:
    """The version that the one who changed it wrote; the newer one if both did. 1.10 is newer than 1.9."""
    if base in (a, b):
        return b if a == base else a
    return max(a, b, key=lambda version: [int(part) for part in version.split(".")])


def _contradictions(
    made: Dataset, base: Dataset, a: Dataset, b: Dataset, known: Iterable[Conflict]
) -> Iterator[Conflict]:
    """Errors that the merged dataset has and neither A nor B: each change was right by itself, together they are not.

    Errors of records that are in conflict anyway are passed over, and kinds of error of which A or B has so many that
    not all are named.
    """
    found = errors(check(made))
    if not found:
        return
    had = {_known(fault) for dataset in (a, b) for fault in errors(check(dataset))}
    torn = {(conflict.table, conflict.id) for conflict in known}
    for fault in found:
        if (fault.table, fault.id) not in torn and not {_known(fault), _kind(fault)} & had:
            was, one, other = (_value(dataset, fault) for dataset in (base, a, b))
            place = (fault.table, fault.id, fault.field)
            yield Conflict(*place, was, one, other, fault.code, fault.message, fault.remedy)


def _kind(fault: Fault) -> tuple[str, ...]:
    return fault.code, fault.table, fault.field


def _known(fault: Fault) -> tuple[str, ...]:
    """What tells an error from another; that which stands for many is told by its kind alone."""
    return _kind(fault) if fault.n > 1 else (*_kind(fault), fault.id, fault.message)


def _value(dataset: Dataset, fault: Fault) -> object:
    row = dataset.row(fault.table, fault.id)
    return None if row is None else row.get(fault.field)


def _ordered(conflicts: Iterable[Conflict]) -> tuple[Conflict, ...]:
    def place(conflict: Conflict) -> tuple[bool, int, str, str, int, str]:
        table = TABLES.get(conflict.table)
        names = table.names if table is not None else ()
        field = names.index(conflict.field) if conflict.field in names else len(names) * bool(conflict.field)
        at = list(TABLES).index(conflict.table) if table is not None else 0
        return table is None, at, conflict.table, conflict.id, field, conflict.field

    return tuple(sorted(conflicts, key=place))
