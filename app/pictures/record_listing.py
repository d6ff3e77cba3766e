"""Every record of a table of the dataset as rows: all fields, as they are recorded, in the order of the ids.

The listings of one dataset share the names of what records refer to. After an edit they are made anew and take over
what has been worked out for columns that the edit did not touch; see `Shelf`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from app.domain.coded import Coded, few
from app.domain.dataset import Dataset
from app.domain.edit import Edit
from app.domain.index import Ints, codes
from app.domain.schema import TABLES, Field, Kind, Table
from app.pictures.columns import LAST, Column, Pool, Rows
from app.pictures.listing import NO_ROWS, Listing
from app.pictures.record_cells import Citations, Held, Named, Slices, Spoken, Texts, cells_of
from app.pictures.record_columns import heading, hidden, in_order, look, width
from app.pictures.records import spoken

LISTED = tuple(table for table in TABLES if table != "views")
"""The tables whose records are listed."""
MANY_SORTED = 100_000
"""With more rows a table is not sorted until somebody asks for it."""
_CALLED_BY: Mapping[str, tuple[str, ...]] = {
    "people": ("name", "aliases"),
    "organizations": ("name", "aliases"),
    "seats": ("title", "organization_id"),
    "sources": ("publisher", "title", "published"),
}
"""Fields that the name of a record that others refer to is made of."""


@dataclass(frozen=True, eq=False, kw_only=True)
class RecordListing(Listing):
    """All records of one table; row n is row n of the table. fields: of the columns."""

    dataset: Dataset
    fields: tuple[Field, ...]

    @property
    def declared(self) -> Table:
        """The declaration of the table."""
        return TABLES[self.table]

    def id_of(self, row: int) -> str:
        """The id of a row."""
        return str(self.dataset[self.table].item(row, "id"))

    def value(self, row: int, column: int) -> object:
        """What a cell holds."""
        value = self.dataset[self.table].item(row, self.fields[column].name)
        return value.to_list() if isinstance(value, pl.Series) else value

    def values(self, column: int, rows: Rows) -> list[object]:
        """The same of several rows."""
        return self.dataset[self.table].get_column(self.fields[column].name).gather(rows).to_list()

    def ids(self, rows: Rows) -> list[str]:
        """Ids of rows."""
        return self.dataset[self.table].get_column("id").gather(rows).to_list()

    def column_of(self, field: str) -> int:
        """The column of a field. ValueError if there is none."""
        return [each.name for each in self.fields].index(field)


class Shelf:
    """The listings of one dataset, each made when it is first asked for."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._pools: dict[str, Pool] = {}
        self._made: dict[str, RecordListing] = {}
        self._kept: dict[tuple[str, str], dict[str, Any]] = {}

    def after(self, edit: Edit, dataset: Dataset) -> Shelf:
        """The listings of the dataset that an edit has made of this one, with all that stays as it was worked out."""
        new = Shelf(dataset)
        stale = {(t, name) for t, change in edit.tables.items() for name in _touched(t, change.before, change.after)}
        resized = {t for t, change in edit.tables.items() if not _same_ids(change.before, change.after)}
        renamed = {t for t, names in _CALLED_BY.items() if t in resized or any((t, name) in stale for name in names)}
        if "organizations" in renamed:
            renamed.add("seats")
        if "sources" in renamed:
            renamed.add("")
        new._pools = {t: pool for t, pool in self._pools.items() if t not in renamed}
        kept = dict(self._kept)
        for made in self._made.values():
            for field, column in zip(made.fields, made.columns, strict=True):
                if isinstance(column.cells, Held):
                    kept[made.table, field.name] = column.cells.kept
        for (table, name), worked_out in kept.items():
            field = TABLES[table].field(name)
            if table in resized or (table, name) in stale or field.reference in resized:
                continue
            still = {
                what: value for what, value in worked_out.items() if what != "ranks" or field.reference not in renamed
            }
            new._kept[table, name] = still
        return new

    def listing(self, table: str) -> RecordListing:
        """The records of a table. KeyError if there is no such table."""
        if table not in self._made:
            self._made[table] = self._listed(TABLES[table])
        return self._made[table]

    def _listed(self, table: Table) -> RecordListing:
        frame, fields = self.dataset[table.name], in_order(table)
        slices, columns = Slices(frame), []
        for field in fields:
            cells = self._cells(table, field, slices)
            cells.keep(self._kept.pop((table.name, field.name), {}))
            columns.append(
                Column(
                    heading(field), look(table, field), width(field), cells, self._marks(table, field, slices),
                    hidden=hidden(table, field),
                )
            )  # fmt: skip
        return RecordListing(
            table.name, table.noun, frame.height, tuple(columns), partial(_keys, self.dataset, table.name),
            partial(_places, self.dataset, table.name), _first(table, fields, frame.height), "",
            partial(_rows, self.dataset, table.name), dataset=self.dataset, fields=fields,
        )  # fmt: skip

    def _cells(self, table: Table, field: Field, slices: Slices) -> Texts | Named | Citations:
        if field.kind is Kind.SET and field.reference == "sources":
            return Citations(field, slices, self.dataset["sources"].get_column("id"), self._publishers, self._told)
        if (table.name, field.name) == ("claims", "about"):
            return Spoken(field, slices, partial(spoken, self.dataset.row))
        if field.reference:
            ids = self.dataset[field.reference].get_column("id")
            return Named(field, slices, self._pool(field.reference), ids)
        return cells_of(field, slices)

    def _marks(self, table: Table, field: Field, slices: Slices) -> Callable[[Rows], list[str]] | None:
        """The organizations whose colours stand before the names."""
        if look(table, field) != "organization":
            return None
        name = field.name if field.reference else "id"

        def marks(rows: Rows) -> list[str]:
            some = slices.of(rows)
            worn = some.get_column(field.name).is_not_null()  # a swatch only where there is a colour, or a name
            return pl.select(pl.when(worn).then(some.get_column(name))).to_series().fill_null("").to_list()

        return marks

    def _pool(self, table: str) -> Pool:
        """The names of the records of a table, row by row."""
        if table not in self._pools:
            self._pools[table] = _names(self.dataset, table)
        return self._pools[table]

    @property
    def _publishers(self) -> Pool:
        if "" not in self._pools:
            frame = self.dataset["sources"]
            self._pools[""] = Pool(
                frame.get_column("publisher").fill_null(frame.get_column("id")),
                lambda names: names.str.split(" (").list.first().fill_null(""),
            )
        return self._pools[""]

    def _told(self, source: int) -> str:
        row = self.dataset["sources"].select("publisher", "title", "published").row(source)
        return ", ".join(part for part in row if part)


def _touched(table: str, before: pl.DataFrame, after: pl.DataFrame) -> list[str]:
    """Fields in which rows differ; all of them where rows come or go."""
    if not _same_ids(before, after):
        return list(TABLES[table].names)
    return [name for name in before.columns if not before.get_column(name).equals(after.get_column(name))]


def _same_ids(before: pl.DataFrame, after: pl.DataFrame) -> bool:
    return before.get_column("id").equals(after.get_column("id"))


def _first(table: Table, fields: Sequence[Field], n: int) -> tuple[int, bool]:
    """What a table is sorted by at first: names by name, what has a day from the newest, the rest as it stands. Very
    many rows are in the order of their ids, which costs nothing."""
    names = [field.name for field in fields]
    if n > MANY_SORTED:
        return names.index("id"), False
    by = {"people": "name", "organizations": "name", "sources": "published", "claims": "topic", "stints": "person_id"}
    return names.index(by.get(table.name, "id")), table.name == "sources"


def _names(dataset: Dataset, table: str) -> Pool:
    """What records are called where others refer to them; people and organizations are found by other names too."""
    frame = dataset[table]
    ids = frame.get_column("id")
    if table in ("people", "organizations"):
        name = frame.get_column("name")
        also = partial(_other_names, frame)
        return Pool(name if not name.null_count() else name.fill_null(ids), also=also)
    if table == "seats":
        return _seats(dataset)
    said = frame.select(pl.concat_str("publisher", "title", separator=": ", ignore_nulls=True)).to_series()
    return Pool(pl.select(pl.when(said != "").then(said).otherwise(ids)).to_series())


def _other_names(frame: pl.DataFrame) -> pl.Series:
    return frame.get_column("aliases").list.join("\n").fill_null("")


def _seats(dataset: Dataset) -> Pool:
    """Seats by title and organization. Of a million of them only those in sight are put in words, and their order
    follows from that of titles and of organizations."""
    frame, bodies = dataset["seats"], dataset["organizations"]
    ids, names = bodies.get_column("id"), bodies.get_column("name")

    def as_text(held: pl.Series) -> pl.Series:
        own = held.struct.unnest()
        at = codes(own.get_column("organization_id"), ids)
        body = pl.concat([names, pl.Series([None], dtype=pl.String)]).gather(np.where(at < 0, len(names), at))
        words = (own.get_column("title").fill_null("seat"), body.alias("body"))
        return pl.select(pl.concat_str(*words, separator=" at ", ignore_nulls=True)).to_series()

    def ranks() -> Ints | None:
        title = frame.get_column("title").fill_null("seat")
        if not few(title):
            return None
        coded = Coded.of(title)
        of_title = Pool(coded.texts).ranks.astype(np.int64)[coded.codes]
        of_body = Pool(names).ranks.astype(np.int64)[codes(frame.get_column("organization_id"), ids)]
        of_body[of_body == LAST] = 0
        width = len(names) + 2
        found = of_title * width + of_body
        return found.astype(np.int32) if len(coded.texts) * width < LAST else None

    return Pool(frame.select(pl.struct("title", "organization_id")).to_series(), as_text, ranks=ranks)


def _keys(dataset: Dataset, table: str, rows: Rows) -> list[str]:
    """What the window selects for rows: their records; for a stint its person, for a claim what it is about, for a
    succession the organization it leads to; blank for what nothing stands for."""
    frame = dataset[table]
    if table == "stints":
        return [f"people:{i}" if i else "" for i in frame.get_column("person_id").gather(rows)]
    if table == "claims":
        return [str(about[0]) if len(about) else "" for about in frame.get_column("about").gather(rows)]
    if table == "successions":
        ends = frame.select("to_id", "from_id")[rows].iter_rows()
        return [f"organizations:{to or origin}" for to, origin in ends]
    if table == "sources":
        return [""] * len(rows)
    return [f"{table}:{i}" for i in frame.get_column("id").gather(rows)]


def _places(dataset: Dataset, table: str, key: str) -> Rows:
    """Rows that a key stands for: the record itself; the stints of a person, of a move, of those who fill a seat."""
    kind, _, rest = key.partition(":")
    frame = dataset[table]
    if kind == table:
        at = dataset.position(table, rest)
        return NO_ROWS if at is None else np.array([at], dtype=np.intp)
    if table == "stints" and kind in ("people", "seats"):
        column = frame.get_column("person_id" if kind == "people" else "seat_id")
        return (column == rest).fill_null(value=False).arg_true().to_numpy().astype(np.intp)
    if table == "stints" and kind == "move":
        found = (dataset.position("stints", stint) for stint in rest.split(">"))
        return np.array([at for at in found if at is not None], dtype=np.intp)
    if table == "organizations" and kind == "flow":
        found = (dataset.position("organizations", end) for end in rest.split(">"))
        return np.array([at for at in found if at is not None], dtype=np.intp)
    if table == "claims":
        return frame.get_column("about").list.contains(key).fill_null(value=False).arg_true().to_numpy().astype(np.intp)
    return NO_ROWS


def _rows(dataset: Dataset, table: str, ids: Sequence[str]) -> Ints:
    """The row of each of some records by id, ABSENT for none."""
    return codes(pl.Series(ids, dtype=pl.String), dataset[table].get_column("id"))
