"""What the rules say of a dataset after an edit that they did not say before it.

A check of a whole large dataset takes longer than typing does. So only what an edit can make wrong is looked at: the
records that it touches, those that they name and those that name what it removes, all stints of the people concerned,
and whatever a circle through it could lead over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import polars as pl

from app.domain.checks import check
from app.domain.dataset import Dataset
from app.domain.edit import Edit, rows_of
from app.domain.errors import Fault
from app.domain.reverting import spoken_of
from app.domain.schema import TABLES, Kind

Ids = defaultdict[str, set[str]]
"""Ids by table."""
_UPWARD = {"organizations": ("id", "parent_id"), "reports": ("seat_id", "to_seat_id")}
"""Tables in which circles can be: the fields that lead from one step to the next."""
_LIFETIME = ("founded", "dissolved")


def new_faults(before: Dataset, after: Dataset, edit: Edit) -> tuple[Fault, ...]:
    """Faults that an edit makes; none that were there before. Nothing for an empty edit."""
    concerned = _concerned(before, after, edit)
    was = {_told(fault) for fault in check(_part(before, concerned))}
    return tuple(fault for fault in check(_part(after, concerned)) if _told(fault) not in was)


def _told(fault: Fault) -> tuple[str, str, str, str, str]:
    return fault.code, fault.table, fault.id, fault.field, fault.message


def _concerned(before: Dataset, after: Dataset, edit: Edit) -> Ids:
    """The records to look at, on either side of an edit."""
    found: Ids = defaultdict(set)
    for table, change in edit.tables.items():
        found[table] |= set(change.ids)
    people = set(found["people"])
    for change in (edit.tables[table] for table in ("stints",) if table in edit.tables):
        for side in (change.before, change.after):
            people |= set(side.get_column("person_id").drop_nulls())
    for dataset in (before, after):
        stints, wanted = dataset["stints"], pl.col("person_id").is_in(list(people))
        if bounded := _rebounded(edit):
            wanted |= pl.col("organization_id").is_in(list(bounded))
        found["stints"] |= set(stints.filter(wanted).get_column("id"))
        for table, gone in _removed(edit).items():
            _add_naming(dataset, table, gone, found)
    for dataset in (before, after):
        for table in [table for table in _UPWARD if table in edit.tables]:
            _add_upward(dataset, table, found)
    for dataset in (before, after):
        named: Ids = defaultdict(set)
        for table, ids in found.items():
            _add_named(table, rows_of(dataset, table, _series(ids)), named)
        for table, ids in named.items():
            found[table] |= ids
    return found


def _rebounded(edit: Edit) -> set[str]:
    """Organizations of which an edit changes when they began or ended."""
    change = edit.tables.get("organizations")
    if change is None:
        return set()
    sides = [set(side.select("id", *_LIFETIME).iter_rows()) for side in (change.before, change.after)]
    return {row[0] for row in sides[0] ^ sides[1] if row[0] in set(change.before.get_column("id"))}


def _removed(edit: Edit) -> dict[str, set[str]]:
    gone = {
        table: set(change.before.get_column("id")) - set(change.after.get_column("id"))
        for table, change in edit.tables.items()
    }
    return {table: ids for table, ids in gone.items() if ids}


def _add_naming(dataset: Dataset, table: str, ids: set[str], found: Ids) -> None:
    """Records that name some of a table."""
    for other in TABLES.values():
        for field in other.fields:
            if field.reference != table:
                continue
            column = pl.col(field.name)
            names = (
                column.list.eval(pl.element().is_in(list(ids))).list.any() if field.is_set else column.is_in(list(ids))
            )
            found[other.name] |= set(dataset[other.name].filter(names.fill_null(value=False)).get_column("id"))
    found["claims"] |= {
        row_id
        for row_id, about in dataset["claims"].select("id", "about").iter_rows()
        if any(other.id in ids for name in about or () for other in spoken_of(name))
    }


def _add_upward(dataset: Dataset, table: str, found: Ids) -> None:
    """Whatever lies on the way up from the touched records of a table: a circle through one of them leads over it."""
    at, to = _UPWARD[table]
    frame = dataset[table]
    ahead = set(rows_of(dataset, table, _series(found[table])).get_column(to).drop_nulls())
    seen: set[str] = set()
    while ahead:
        seen |= ahead
        above = frame.filter(pl.col(at).is_in(list(ahead)))
        found[table] |= set(above.get_column("id"))
        ahead = set(above.get_column(to).drop_nulls()) - seen


def _add_named(table: str, rows: pl.DataFrame, named: Ids) -> None:
    """Records that some rows name."""
    for field in TABLES[table].fields:
        if field.reference:
            column = rows.get_column(field.name)
            texts = column.explode() if field.kind in (Kind.LIST, Kind.SET) else column
            named[field.reference] |= set(texts.drop_nulls())
    if table == "claims":
        for name in rows.get_column("about").explode().drop_nulls():
            for other in spoken_of(name):
                if other.table in TABLES:
                    named[other.table].add(other.id)


def _part(dataset: Dataset, ids: Ids) -> Dataset:
    """A dataset with only some records; of views none."""
    return dataset.replaced({table: rows_of(dataset, table, _series(ids[table])) for table in TABLES})


def _series(ids: Iterable[str]) -> pl.Series:
    return pl.Series("id", sorted(ids), dtype=pl.String)
