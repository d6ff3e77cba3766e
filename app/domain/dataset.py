"""The Dataset: eleven tables as one immutable value.

Tables are Polars frames with the full schema, sorted by id. A frame is never changed in place (a test bans the methods
that could); a change makes a new Dataset that shares whatever did not change. Identity is the version: two Datasets
compare by `digest`, not by `==`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from app.domain.schema import TABLES, VERSION, Kind

if TYPE_CHECKING:
    from app.domain.edit import Edit
    from app.domain.index import Index

Row = dict[str, Any]

MANY_ROWS = 10_000
"""From so many rows on it pays to look for a faster way to put them in order."""
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
        full = {name: normal(name, given[name]) if name in given else blank(name) for name in TABLES}
        return cls(MappingProxyType(full), version, MappingProxyType(dict(unknown or {})))

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
            return Index.of(self)
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
        at = int(ids.search_sorted(row_id)) if len(ids) else 0
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
    schema = TABLES[table].schema
    if frame.schema != pl.Schema(schema):
        frame = frame.select(
            (pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype=dtype).alias(name))
            for name, dtype in schema.items()
        )
    fills: list[pl.Expr | pl.Series] = []
    for declared in TABLES[table].fields:
        column = frame.get_column(declared.name)
        if declared.kind in (Kind.LIST, Kind.SET):
            lists = _clean_lists(column, declared.kind)
            if lists is not column:
                fills.append(lists)
        elif declared.kind.dtype == pl.String() and declared.name != "id" and (column == "").any():
            fills.append(pl.when(pl.col(declared.name) != "").then(pl.col(declared.name)).alias(declared.name))
    if fills:
        frame = frame.with_columns(fills)
    return frame if frame.get_column("id").is_sorted() else _by_id(frame)


def _by_id(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows in order of their ids, equal ones as they stood.

    Ids that differ only in eight bytes after a common beginning, as made-up ids mostly do, are sorted as 64-bit
    numbers: three times as fast as text.
    """
    ids = frame.get_column("id")
    least, most = ids.min(), ids.max()
    if frame.height >= MANY_ROWS and not ids.null_count() and isinstance(least, str) and isinstance(most, str):
        shared = next(
            (n for n, (a, b) in enumerate(zip(least, most, strict=False)) if a != b), min(len(least), len(most))
        )
        tails = ids.str.slice(shared)
        sizes = tails.str.len_bytes()
        if sizes.max() in range(9) and (sizes == tails.str.len_chars()).all():
            packed = tails.str.pad_end(8, "\0").cast(pl.Binary)
            numbers = packed.bin.reinterpret(dtype=pl.UInt64, endianness="big").to_numpy()
            order = np.argsort(numbers)
            placed = numbers[order]
            if (placed[1:] != placed[:-1]).all():
                return frame.rechunk()[order]  # from several pieces rows are gathered ten times as slowly
    return frame.sort("id", maintain_order=True)


def _clean_lists(column: pl.Series, kind: Kind) -> pl.Series:
    """Lists without blanks, none for a blank; a SET sorted and without repeats. The column itself if it is so.

    Only the rows that are not clean are made anew: to sort a million lists that are sorted takes seconds.
    """
    if column.null_count():
        column = column.fill_null(pl.Series([[]], dtype=column.dtype))
    values = column.list.explode(empty_as_null=False)
    wrong = (values.is_null() | (values == "")).fill_null(value=True).to_numpy()
    lengths = column.list.len().to_numpy()
    if kind is Kind.SET and len(values) > 1:
        first = np.zeros(len(values) + 1, dtype=np.bool_)
        first[np.cumsum(lengths) - lengths] = True
        wrong = wrong | ((values <= values.shift(1)).fill_null(value=False).to_numpy() & ~first[:-1])
    if not wrong.any():
        return column
    at = np.unique(np.repeat(np.arange(len(column)), lengths)[wrong])
    lists = [[value for value in column[int(i)] if value] for i in at]
    clean = [sorted(set(items)) for items in lists] if kind is Kind.SET else lists
    source = np.arange(len(column))
    source[at] = len(column) + np.arange(len(at))
    return pl.concat([column, pl.Series(column.name, clean, dtype=column.dtype)]).gather(source)
