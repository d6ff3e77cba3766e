"""The seats of a dataset as a table: who holds each, from where, since when, to whom it answers, on whose word.

Who holds a seat follows from its stints. That is worked out for the rows in sight, and for all of them only when the
table is sorted or searched by what follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial

import numpy as np
import polars as pl

from app.analysis.buildout import by_rank, countable, holding
from app.domain.index import ABSENT, Ints, codes
from app.domain.schema import STATUSES
from app.pictures.columns import NOT_KNOWN, Cells, Column, Days, Pool, Rows, Words
from app.pictures.columns_either import Either, InParts, Lazily
from app.pictures.flowmap import FlowMap
from app.pictures.gathered import Gathered
from app.pictures.listing import NO_ROWS, Listing
from app.pictures.listing_desk import Desk
from app.pictures.listing_seat_rows import FORMS, Held, SeatRows
from app.pictures.seat_states import STATES

HOLDER, TITLE, ORGANIZATION = range(3)
"""Columns by which a seat is known."""
MISSING = "A seat is a place in a team: add rows to “seats”, and name them as “seat_id” in the stints that fill them."
_CAME = ("{}", "{} (inside)")
_KEPT = 8
"""Parts of a table that are kept."""


def seats(picture: FlowMap) -> Listing:
    """The seats that are known and not denied, by organization, then rank; with a filter, those whose holder, or last
    holder, it lets through. A person stands for the seats they hold or held, an organization for those at and below it,
    a line for both its ends, a move for the seat that it leads to."""
    return of(picture.gathered, filtered=bool(picture.options.filter.lens))


def of(gathered: Gathered, *, filtered: bool = False) -> Listing:
    """The seats of a dataset, all of them unless they are filtered."""
    desk = Desk(gathered)
    counted = countable(gathered.dataset, gathered.careers)
    row = by_rank(gathered.dataset, np.flatnonzero(counted))
    if filtered:
        passed = np.append(desk.selection.people, False)
        row = row[passed[Held(gathered, row, counted).person]]
    table = _Table(desk, SeatRows(gathered, row, counted))
    first = (ORGANIZATION, False)
    return Listing(
        "seats", "seat", len(row), table.columns(), table.keys, table.places, first, MISSING, table.rows_of_seats
    )


def _columns(desk: Desk, made: SeatRows) -> tuple[Column, ...]:
    """What is told of some seats."""
    index, known, stints = desk.gathered.careers.index, desk.gathered.careers.known, desk.gathered.dataset["stints"]
    start, announced = stints.get_column("start"), stints.get_column("announced")
    since = Days(lambda: made.held.stint, known.start_lo, known.start_hi, known.nominal, index.row, start, announced)
    statuses, words = (Pool(pl.Series(some), ranks=np.arange(len(some), dtype=np.int32)) for some in (STATUSES, STATES))
    holder = Either(desk.names, lambda: made.held.person, words, lambda: made.held.word, lambda: made.form, FORMS)
    came = Either(
        desk.labels,
        lambda: made.held.origin,
        Pool(pl.Series([NOT_KNOWN])),
        lambda: made.unknown,
        lambda: made.inside,
        _CAME,
    )

    def titles() -> Cells:
        pool, at = made.titles(made.row)
        return Words(pool, lambda: at)

    def above() -> Cells:
        pool, at = made.titles(made.row_above)
        return Either(desk.names, lambda: made.above.person, pool, lambda: at, lambda: made.line, FORMS)

    def sources() -> Cells:
        n = len(made.row)
        return desk.cited(made.source_ids(), np.arange(n), np.arange(n, 2 * n))

    return (
        Column("Holder", "person", 178, holder, desk.ids_of(lambda: made.held.origin)),
        Column("Title", "text", 184, Lazily(titles)),
        desk.organization("Organization", 104, lambda: made.organization),
        Column("Came from", "organization", 132, came, desk.ids_of(lambda: made.held.origin)),
        Column("Since", "date", 88, since),
        Column("State", "text", 88, Words(words, lambda: made.held.word, detail=made.about_state)),
        Column("Answers to", "text", 144, Lazily(above)),
        Column("Status", "status", 100, Words(statuses, lambda: made.status, detail=made.about_status)),
        Column("Sources", "text", 150, Lazily(sources)),
    )


class _Table:
    """All rows, and parts of them: what is looked at is worked out in parts, however many rows there are."""

    def __init__(self, desk: Desk, whole: SeatRows) -> None:
        self._desk, self._whole, self._gathered = desk, whole, desk.gathered
        self._parts: dict[bytes, tuple[Column, ...]] = {}

    def columns(self) -> tuple[Column, ...]:
        """What the table shows."""
        return tuple(
            replace(
                column,
                cells=InParts(column.cells, partial(self._cells, number)),
                marks=partial(self._marks, number) if column.marks is not None else None,
            )
            for number, column in enumerate(_columns(self._desk, self._whole))
        )

    def _part(self, number: int, rows: Rows) -> Column:
        """A column of some rows alone."""
        key = rows.tobytes()
        found = self._parts.get(key)
        if found is None:
            if len(self._parts) >= _KEPT:
                self._parts.pop(next(iter(self._parts)))
            found = self._parts[key] = _columns(self._desk, self._whole.part(rows))
        return found[number]

    def _cells(self, number: int, rows: Rows) -> Cells:
        return self._part(number, rows).cells

    def _marks(self, number: int, rows: Rows) -> list[str]:
        marks: Callable[[Rows], list[str]] | None = self._part(number, rows).marks
        return [""] * len(rows) if marks is None else marks(np.arange(len(rows)))

    def keys(self, rows: Rows) -> list[str]:
        """`seats:ID`."""
        ids = self._gathered.dataset["seats"].get_column("id")
        return [f"seats:{i}" for i in ids.gather(self._whole.row[rows])]

    def places(self, key: str) -> Rows:
        """Rows that a key stands for, in ascending order."""
        table, _, rest = key.partition(":")
        data = self._gathered.dataset
        if table == "organizations":
            code = data.position("organizations", rest)
            return self._below(code) if code is not None else NO_ROWS
        named: list[str | None] = []
        if table == "seats":
            named = [rest]
        elif table == "reports" and (line := data.row("reports", rest)) is not None:
            named = [line["seat_id"], line["to_seat_id"]]
        elif table == "move" and (stint := data.row("stints", rest.partition(">")[2])) is not None:
            named = [stint["seat_id"]]
        elif table == "people":
            named = self._of_person(rest)
        found = [at for seat in named if seat and (at := data.position("seats", seat)) is not None]
        rows = self._at[found]
        return np.unique(rows[rows != ABSENT]).astype(np.intp)

    def rows_of_seats(self, ids: Sequence[str]) -> Ints:
        """The row of each of some seats by id, ABSENT for none."""
        rows = codes(pl.Series(ids, dtype=pl.String), self._gathered.dataset["seats"].get_column("id"))
        return np.append(self._at, np.int32(ABSENT))[rows]

    @cached_property
    def _at(self) -> Ints:
        """Row of the table of seats → row of the listing; ABSENT for none."""
        found = np.full(self._gathered.dataset["seats"].height, ABSENT, dtype=np.int32)
        found[self._whole.row] = np.arange(len(self._whole.row), dtype=np.int32)
        return found

    def _of_person(self, person: str) -> list[str | None]:
        """Ids of the seats that a person's stints name and hold."""
        data, careers = self._gathered.dataset, self._gathered.careers
        code = data.position("people", person)
        if code is None:
            return []
        first, end = np.searchsorted(careers.index.person, np.array([code, code + 1], dtype=np.int32)).tolist()
        at = np.arange(first, end)
        return data["stints"].get_column("seat_id").gather(careers.index.row[at[holding(careers, at)]]).to_list()

    def _below(self, organization: int) -> Rows:
        """Seats at and below an organization."""
        hierarchy = self._gathered.careers.levels.hierarchy
        below = hierarchy.below([organization], int(hierarchy.period(self._gathered.as_of)))
        return np.flatnonzero(below[self._whole.organization])
