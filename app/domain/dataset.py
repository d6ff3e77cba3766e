"""The Dataset: eleven tables as one immutable value.

Tables are Polars frames with the full schema, sorted by id. A frame is never changed in place (a test bans the methods
that could); a change makes a new Dataset that shares whatever did not change. Identity is the version: two Datasets
compare by `digest`, not by `==`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from app.domain import numbered
from app.domain.coded import Coded, few
from app.domain.ordering import in_order, only_text, order_of, place
from app.domain.parallel import MANY_ROWS, at_once
from app.domain.schema import TABLES, VERSION, Field, Kind

if TYPE_CHECKING:
    from app.domain.edit import Edit
    from app.domain.index import Index

Row = dict[str, Any]

DIGESTED_ROWS = 100_000
"""Rows that are text at one time while the digest is made."""
MOST_STEPS = 64
"""After so many edits without a look at the index it is built from scratch."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """All tables, the version of the file they came from, and top-level keys that this version does not know.

    tables: one frame a table, full schema, sorted by id (use `of` to build one from loose frames).
    unknown: top-level JSON keys of a newer minor version → their JSON text, kept and written back.
    """

    tables: Mapping[str, pl.DataFrame]
    version: str = VERSION
    unknown: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    origin: tuple[Dataset, Edit] | None = field(default=None, repr=False)
    """The Dataset this one was made from and the edit that did it, as long as the index has not been patched."""
    coded: Mapping[str, Coded] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    """Columns of the stints as codes, where these were made on the way, as long as there is no index."""

    @classmethod
    def of(
        cls,
        tables: Mapping[str, pl.DataFrame] | None = None,
        version: str = VERSION,
        unknown: Mapping[str, str] | None = None,
    ) -> Dataset:
        """A Dataset from frames that may lack tables, columns and order. KeyError for a table that does not exist."""
        given = dict(tables or {})
        if strange := set(given) - set(TABLES):
            raise KeyError(f"no such table: {', '.join(sorted(strange))}")
        full: dict[str, pl.DataFrame] = {}
        coded: dict[str, Mapping[str, Coded]] = {}
        for name in TABLES:
            full[name], coded[name] = _normal(name, given[name], full) if name in given else (blank(name), {})
        unknown = MappingProxyType(dict(unknown or {}))
        return cls(MappingProxyType(full), version, unknown, coded=MappingProxyType(coded["stints"]))

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.tables[table]

    def replaced(self, tables: Mapping[str, pl.DataFrame], edit: Edit | None = None) -> Dataset:
        """The same Dataset with some tables exchanged, by `edit` if one is given. They must be normal already."""
        known = edit is not None and ("index" in self.__dict__ or self._n_steps < MOST_STEPS)
        origin = (self, edit) if known and edit is not None else None
        return Dataset(MappingProxyType({**self.tables, **tables}), self.version, self.unknown, origin)

    @property
    def _n_steps(self) -> int:
        """Edits since an index was made; MOST_STEPS where there is none to start from."""
        n, at = 0, self
        while "index" not in at.__dict__:
            if (origin := at.origin) is None:  # read once: another thread may just have made the index
                return MOST_STEPS
            n, at = n + 1, origin[0]
        return n

    @cached_property
    def index(self) -> Index:
        """Integer codes, bounds and person order of the stints; built, or patched from that of the Dataset before the
        last edits, on first use. An edit itself thus costs no pass over a million stints."""
        from app.domain.index import Index  # the index describes a Dataset: its module stands above this one

        steps: list[tuple[Dataset, Dataset, Edit]] = []
        at = self
        while "index" not in at.__dict__ and (origin := at.origin) is not None:
            steps.append((origin[0], at, origin[1]))
            at = origin[0]
        if "index" not in at.__dict__:
            made = Index.of(self)
            object.__setattr__(self, "coded", MappingProxyType({}))
            return made
        index = at.index
        for old, new, edit in reversed(steps):
            index = index.patched(old, new, edit)
        object.__setattr__(self, "origin", None)
        return index

    @cached_property
    def digest(self) -> str:
        """First 16 hex digits of the SHA-256 of all rows but `views`, as CSV text: the same on every machine and with
        every version of the libraries, however the data were reached."""
        total = hashlib.sha256()
        for name, frame in self.tables.items():
            if name == "views" or not frame.height:
                continue
            total.update(f"{name}:{frame.height}\n".encode())
            plain = frame.with_columns(
                pl.col(column).list.join("\x1f")
                for column, dtype in frame.schema.items()
                if dtype == pl.List(pl.String())
            )
            for part in plain.iter_slices(DIGESTED_ROWS):
                total.update(part.write_csv(include_header=False, quote_style="always").encode())
        return total.hexdigest()[:16]

    def position(self, table: str, row_id: str) -> int | None:
        """Where a row stands in its table, by binary search; None if there is none."""
        ids = self.tables[table].get_column("id")
        at = place(ids, row_id)
        return at if at < len(ids) and ids[at] == row_id else None

    def row(self, table: str, row_id: str) -> Row | None:
        """One row as a dict in schema order; None if there is none."""
        at = self.position(table, row_id)
        return None if at is None else self.tables[table].row(at, named=True)

    def names(self, table: str) -> Mapping[str, str]:
        """Id → name of organizations or people."""
        frame = self.tables[table]
        return dict(zip(frame.get_column("id"), frame.get_column("name"), strict=True))

    @property
    def n_rows(self) -> int:
        """Rows of all tables together."""
        return sum(frame.height for frame in self.tables.values())


def blank(table: str) -> pl.DataFrame:
    """An empty frame with the full schema of a table."""
    return pl.DataFrame(schema=TABLES[table].schema)


def frame_of(table: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as dicts (missing fields are blank) → a normal frame."""
    schema = TABLES[table].schema
    data = [{name: row.get(name) for name in schema} for row in rows]
    return normal(table, pl.DataFrame(data, schema=schema, orient="row"))


def normal(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Full schema in field order, sorted by id, blank text as null, lists without blanks, blank lists as empty, sets
    sorted and without repeats. Costs next to nothing if it is so."""
    return _normal(table, frame, {})[0]


def _normal(
    table: str, frame: pl.DataFrame, tables: Mapping[str, pl.DataFrame]
) -> tuple[pl.DataFrame, dict[str, Coded]]:
    """`normal`, and the columns that were coded to be put in order. tables: those that are normal already."""
    schema = TABLES[table].schema
    if frame.schema != pl.Schema(schema):
        frame = frame.select(
            (pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype=dtype).alias(name))
            for name, dtype in schema.items()
        )
    blanks = frame.null_count().row(0, named=True)
    filled = [field for field in TABLES[table].fields if blanks[field.name] < frame.height]
    lists = [field for field in TABLES[table].fields if field.kind in (Kind.LIST, Kind.SET)]
    is_sorted = frame.get_column("id").is_sorted()
    sole = {} if is_sorted else {field.name: only_text(frame.get_column(field.name)) for field in lists}
    filled = [field for field in filled if sole.get(field.name) is None]
    cleaning = [field for field in lists if field in filled]
    texts = [field for field in filled if field.kind.dtype == pl.String() and field.name != "id"]
    coding = [] if is_sorted else texts
    works: list[Callable[[], Any]] = [
        lambda: None if is_sorted else order_of(frame.get_column("id")),
        *(partial(_coded, frame.get_column(field.name), field, tables) for field in coding),
        *(partial(_clean_lists, frame.get_column(field.name), field.kind) for field in cleaning),
    ]
    order, *made = at_once(works, frame.height)
    coded = {field.name: held for field, held in zip(coding, made, strict=False) if held is not None}
    fills: list[pl.Expr | pl.Series] = [column for column in made[len(coding) :] if column is not None]
    spoiled = _with_blank_text(frame, [field.name for field in texts if field.name not in coded])
    fills += [pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in spoiled]
    if frame.height:
        alike = [(field, sole.get(field.name)) for field in lists if field not in filled]
        fills += [pl.lit([text] if text else [], dtype=field.kind.dtype).alias(field.name) for field, text in alike]
    if fills:
        frame = frame.with_columns(fills)
    return (frame, {}) if is_sorted else in_order(frame, order, [field.name for field in filled], coded)


def _with_blank_text(frame: pl.DataFrame, names: Sequence[str]) -> list[str]:
    """The columns of text in which a text is blank and not null."""
    if frame.height < MANY_ROWS:
        return [name for name in names if (frame.get_column(name) == "").any()]
    found = frame.select((pl.col(names) == "").any())  # several columns at a time
    return [name for name in names if found.item(0, name)]


def _coded(column: pl.Series, field: Field, tables: Mapping[str, pl.DataFrame]) -> Coded | None:
    """A column as codes, where that is quick to find and no text is blank; ids of people as their rows, if they are."""
    if few(column):
        coded = Coded.of(column)
        return None if (coded.texts == "").any() else coded
    if len(column) < MANY_ROWS or field.reference not in tables:
        return None
    ids = tables[field.reference].get_column("id")
    rows = numbered.positions(column.rechunk(), ids, -1)
    return None if rows is None or rows.min() < 0 else Coded(ids, rows, are_rows=True)


def _clean_lists(column: pl.Series, kind: Kind) -> pl.Series | None:
    """Lists without blanks, none for a blank; a SET sorted and without repeats. None if the column is so.

    Only the rows that are not clean are made anew: to sort a million lists that are sorted takes seconds.
    """
    filled = None
    if column.null_count():
        column = filled = column.fill_null(pl.Series([[]], dtype=column.dtype))
    values = column.list.explode(empty_as_null=False)
    lengths = column.list.len().to_numpy()
    ordered = kind is Kind.LIST or not len(lengths) or lengths.max() <= 1
    if ordered and not values.null_count() and not (values == "").any():
        return filled
    wrong = (values.is_null() | (values == "")).fill_null(value=True).to_numpy()
    if kind is Kind.SET and len(values) > 1:
        first = np.zeros(len(values) + 1, dtype=np.bool_)
        first[np.cumsum(lengths) - lengths] = True
        wrong = wrong | ((values <= values.shift(1)).fill_null(value=False).to_numpy() & ~first[:-1])
    if not wrong.any():
        return filled
    at = np.unique(np.repeat(np.arange(len(column)), lengths)[wrong])
    lists = [[value for value in column[int(i)] if value] for i in at]
    clean = [sorted(set(items)) for items in lists] if kind is Kind.SET else lists
    source = np.arange(len(column))
    source[at] = len(column) + np.arange(len(at))
    return pl.concat([column, pl.Series(column.name, clean, dtype=column.dtype)]).gather(source)
