"""The edit that removes records, and with them all that would then refer to nothing.

A row whose required reference names a record that goes, goes too, and so on; an optional reference becomes blank, a set
loses the id. What a claim is about loses its entry, and a claim that is left without any goes. Pins and other nested
JSON of `views` are no references: they are passed over where they are read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from app.domain.dataset import Dataset
from app.domain.edit import Change, Edit
from app.domain.index import Bools
from app.domain.schema import TABLES, Field, Kind

_LISTS = (Kind.LIST, Kind.SET)


@dataclass(frozen=True, eq=False)
class Removal:
    """edit: the step; asked: rows by table that were to go and are there; following: rows by table that go with them;
    loosened: rows by table that stay and no longer name what goes."""

    edit: Edit
    asked: Mapping[str, int]
    following: Mapping[str, int]
    loosened: Mapping[str, int]


def removal(dataset: Dataset, ids: Mapping[str, Collection[str]], name: str) -> Removal:
    """What it takes to remove records, by table. Ids that are not there are passed over; none at all give an empty
    edit. Costs a few passes over the columns that may refer to what goes."""
    going = _Going(dataset)
    for table, some in ids.items():
        going.add(table, _named(dataset[table].get_column("id"), pl.Series(list(some), dtype=pl.String)))
    asked = going.counts
    going.spread()
    following = {table: n - asked.get(table, 0) for table, n in going.counts.items()}
    changes = {table: change for table in TABLES if (change := going.change(table)) is not None}
    loosened = {table: change.after.height for table, change in changes.items() if change.after.height}
    return Removal(Edit(name, changes), asked, {table: n for table, n in following.items() if n}, loosened)


class _Going:
    """Which rows of a dataset go. Grows until nothing more has to."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._rows: dict[str, Bools] = {}
        self._fresh: dict[str, Bools] = {}
        about = dataset["claims"].select("about").with_row_index("row").explode("about").drop_nulls()
        self._row, self._entry = about.get_column("row").to_numpy(), about.get_column("about")
        self._dead = np.zeros(len(self._entry), dtype=np.bool_)

    @property
    def counts(self) -> dict[str, int]:
        """Rows that go, by table."""
        return {table: int(rows.sum()) for table, rows in self._rows.items()}

    def add(self, table: str, rows: Bools) -> None:
        """Rows of a table go; what that means for others is found by `spread`."""
        held = self._rows.get(table)
        fresh = rows if held is None else rows & ~held
        if fresh.any():
            self._rows[table] = fresh if held is None else held | fresh
            waiting = self._fresh.get(table)
            self._fresh[table] = fresh if waiting is None else waiting | fresh

    def spread(self) -> None:
        """Add all that cannot stay without what goes."""
        while self._fresh:
            table, rows = self._fresh.popitem()
            ids = self._dataset[table].get_column("id").filter(pl.Series(rows))
            for other in TABLES.values():
                for field in other.fields:
                    if field.reference == table and field.required:
                        self.add(other.name, _named(self._dataset[other.name].get_column(field.name), ids))
            self._forget(table, ids)

    def _forget(self, table: str, ids: pl.Series) -> None:
        """Claims lose their entries about records; those that lose the last one go."""
        if not len(self._entry):
            return
        self._dead |= _named(self._entry, f"{table}:" + ids)
        if table == "organizations":
            ends = self._entry.str.strip_prefix("flow:").str.split(">")
            is_flow = self._entry.str.starts_with("flow:").to_numpy()
            for end in (0, 1):
                self._dead |= is_flow & _named(ends.list.get(end, null_on_oob=True), ids)
        n = self._dataset["claims"].height
        left = np.bincount(self._row[~self._dead], minlength=n)
        self.add("claims", (np.bincount(self._row, minlength=n) > 0) & (left == 0))

    def change(self, table: str) -> Change | None:
        """What becomes of a table; None if it stays as it is."""
        frame, nobody = self._dataset[table], np.zeros(self._dataset[table].height, dtype=np.bool_)
        goes, touched, fills = self._rows.get(table, nobody), nobody.copy(), []
        for field in TABLES[table].fields:
            rows = self._rows.get(field.reference)
            if rows is None:
                continue
            ids = self._dataset[field.reference].get_column("id").filter(pl.Series(rows))
            here = _naming(frame.get_column(field.name), field, ids)
            if here.any():
                touched |= here
                fills.append(_without(field, ids))
        if table == "claims" and self._dead.any():
            dying = np.bincount(self._row[self._dead], minlength=frame.height) > 0
            touched |= dying
            fills.append(_without(TABLES[table].field("about"), self._entry.filter(pl.Series(self._dead)).unique()))
        stays = touched & ~goes
        if not (goes | stays).any():
            return None
        return Change(frame.filter(pl.Series(goes | stays)), frame.filter(pl.Series(stays)).with_columns(fills))


def _named(column: pl.Series, ids: pl.Series) -> Bools:
    """(n,) where a column of texts holds one of some ids."""
    if not len(ids) or column.null_count() == len(column):
        return np.zeros(len(column), dtype=np.bool_)
    found = column == ids[0] if len(ids) == 1 else column.is_in(ids.implode())
    here: Bools = found.fill_null(value=False).to_numpy()
    return here


def _naming(column: pl.Series, field: Field, ids: pl.Series) -> Bools:
    """The same where the column may hold lists."""
    if field.kind not in _LISTS:
        return _named(column, ids)
    lengths = column.list.len().to_numpy()
    inner = _named(column.list.explode(empty_as_null=False), ids)
    found = np.zeros(len(column), dtype=np.bool_)
    found[np.repeat(np.arange(len(column)), lengths)[inner]] = True
    return found


def _without(field: Field, ids: pl.Series) -> pl.Expr:
    """A column without some ids: blank where it held one, lists without them."""
    held, lost = pl.col(field.name), ids.implode()
    if field.kind in _LISTS:
        return held.list.eval(pl.element().filter(~pl.element().is_in(lost)))
    return pl.when(~held.is_in(lost)).then(held).alias(field.name)
