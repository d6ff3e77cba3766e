"""Some seats and what a table says of each, as arrays that are made when first needed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from app.analysis.buildout import seats_on
from app.analysis.order import Positions
from app.analysis.seats import last_come
from app.analysis.structure import reports_on
from app.domain.coded import Coded, few
from app.domain.dates import OPEN
from app.domain.index import ABSENT, REPORTED, SEARCHED, Bools, Ints, codes
from app.domain.schema import STATUSES
from app.pictures.columns import PERHAPS as PERHAPS_WORD
from app.pictures.columns import Pool, Rows
from app.pictures.gathered import Gathered
from app.pictures.seat_states import LEFT, PERHAPS, states

SURE, MAYBE, GONE, DOTTED = range(4)
LEFT_WORD = " (left)"
FORMS = ("{}", f"{PERHAPS_WORD}{{}}", f"{{}}{LEFT_WORD}", "{} (dotted)")
"""What stands around a name, by what is known of its holder."""


class Held:
    """Who holds seats on the day of a picture, (k,) each in the order of the seats asked for: rows of their table.

    A row may come twice; ABSENT asks for none, and so does a seat that is denied or not known.

    person, origin: codes, stint: position in the Index, all ABSENT where nobody has come; the one who holds the seat,
    may hold it or held it last, as `analysis/seats` says. inside: whether they came from the same organization; word:
    the state of the seat, ABSENT for none.
    """

    def __init__(self, gathered: Gathered, seats: npt.NDArray[np.integer], counted: Bools) -> None:
        """counted: which rows of the table are known and not denied."""
        data, careers = gathered.dataset, gathered.careers
        wanted = np.zeros(len(counted) + 1, dtype=np.bool_)
        wanted[seats] = True
        made = seats_on(data, careers, gathered.as_of, np.flatnonzero(wanted[:-1] & counted))
        last, h = last_come(made), made.holders
        place = np.full(len(counted) + 1, len(made.seats), dtype=np.intp)
        place[made.seats] = np.arange(len(made.seats))
        at = place[seats]

        def of_holder(values: npt.NDArray[np.integer]) -> Ints:
            found: Ints = np.append(np.append(values, ABSENT)[last], ABSENT)[at].astype(np.int32)
            return found

        self.person, self.stint, self.origin = of_holder(h.person), of_holder(h.stint), of_holder(h.origin)
        self.inside: Bools = of_holder(h.internal.astype(np.int32)) == 1
        self.word: Ints = np.append(states(data, made, last), np.int32(ABSENT))[at]

    @property
    def form(self) -> Ints:
        """What stands around the name of the holder, into FORMS."""
        found = np.full(len(self.word), SURE, dtype=np.int32)
        found[self.word == PERHAPS] = MAYBE
        found[self.word >= LEFT] = GONE
        return found


class SeatRows:
    """Seats of a dataset, (n,) rows of their table in any order, and what is told of each of them."""

    def __init__(self, gathered: Gathered, row: Positions, counted: Bools) -> None:
        """counted: which rows of the table are known and not denied."""
        self.gathered, self.data, self.row, self._counted = gathered, gathered.dataset, row, counted

    def part(self, rows: Rows) -> SeatRows:
        """Some of them alone."""
        return SeatRows(self.gathered, self.row[rows], self._counted)

    @cached_property
    def held(self) -> Held:
        """Who holds each."""
        return Held(self.gathered, self.row, self._counted)

    def titles(self, rows: npt.NDArray[np.integer]) -> tuple[Pool, npt.NDArray[np.integer]]:
        """Titles of seats (rows of their table, ABSENT for none) as a pool and codes into it."""
        if len(rows) <= SEARCHED or self._few_titles is None:
            return Pool(self.data["seats"].get_column("title")), rows
        pool, of_row = self._few_titles
        return pool, np.append(of_row, ABSENT)[rows]

    @cached_property
    def _few_titles(self) -> tuple[Pool, Ints] | None:
        """Each title once, and the title of every row of the table; None where hardly two seats are called the same."""
        column = self.data["seats"].get_column("title")
        if not few(column):
            return None
        coded = Coded.of(column)
        return Pool(coded.texts), coded.codes.astype(np.int32)

    @cached_property
    def form(self) -> Ints:
        """What stands around the name of the holder."""
        return self.held.form

    @cached_property
    def inside(self) -> Ints:
        """1 where the holder came from the same organization."""
        return self.held.inside.astype(np.int32)

    @cached_property
    def unknown(self) -> Ints:
        """0 where nobody says where the holder came from, ABSENT elsewhere."""
        return np.where((self.held.person != ABSENT) & (self.held.origin == ABSENT), 0, ABSENT).astype(np.int32)

    @cached_property
    def organization(self) -> Ints:
        """The unit it stands in, as recorded: code."""
        named = self.data["seats"].get_column("organization_id").gather(self.row)
        return codes(named, self.data["organizations"].get_column("id"))

    @cached_property
    def status(self) -> Ints:
        """How sure it is that the holder has it; of an empty seat, that there is such a seat."""
        of_stint = np.append(self.gathered.careers.index.status, 0)[self.held.stint]
        return np.where(self.held.stint != ABSENT, of_stint, self._own_status).astype(np.int32)

    @cached_property
    def _own_status(self) -> Ints:
        return _statuses(self.data["seats"].get_column("status").gather(self.row), ABSENT)

    def about_status(self, rows: Rows) -> list[str]:
        """How sure the seat itself is, where that is another."""
        pairs = zip(self._own_status[rows].tolist(), self.status[rows].tolist(), strict=True)
        return [f"The seat itself is {STATUSES[own]}" if own not in (ABSENT, said) else "" for own, said in pairs]

    def about_state(self, rows: Rows) -> list[str]:
        """When the last holder left, when the seat opened and closed."""
        ends, stint_rows = self.data["stints"].get_column("end"), self.gathered.careers.index.row
        days = self.data["seats"].select("opened", "closed")[self.row[rows]].iter_rows()
        found = zip(self.held.word[rows].tolist(), self.held.stint[rows].tolist(), days, strict=True)
        return [
            _days(ends[int(stint_rows[stint])] if word == LEFT and stint != ABSENT else None, opened, closed)
            for word, stint, (opened, closed) in found
        ]

    @cached_property
    def _upward(self) -> tuple[Ints, Bools]:
        """The row of the seat that each answers to, ABSENT for none, and whether by a dotted line. Solid lines go
        first, then the surest."""
        ids, careers = self.data["seats"].get_column("id"), self.gathered.careers
        own, frame = ids.gather(self.row), self.data["reports"]
        mine = None
        if len(self.row) <= SEARCHED:
            mine = np.flatnonzero(frame["seat_id"].is_in(own.to_list()).fill_null(value=False).to_numpy())
        rows = reports_on(self.data, careers, self.gathered.as_of, mine)
        some = frame.select("seat_id", "to_seat_id", "kind", "status")[rows]
        seat, to = codes(some.get_column("seat_id"), ids), codes(some.get_column("to_seat_id"), ids)
        is_dotted = (some.get_column("kind") == "dotted").fill_null(value=False).to_numpy()
        strength = _statuses(some.get_column("status"), REPORTED)
        order = np.lexsort((-rows, strength, ~is_dotted))  # of one seat the last of the order stays
        order = order[((seat != ABSENT) & (to != ABSENT) & (seat != to))[order]]
        found, dotted = np.full(len(ids), ABSENT, dtype=np.int32), np.zeros(len(ids), dtype=np.bool_)
        found[seat[order]] = to[order]
        dotted[seat[order]] = is_dotted[order]
        return found[self.row], dotted[self.row]

    @property
    def row_above(self) -> Ints:
        """Row of the seat that it answers to."""
        return self._upward[0]

    @cached_property
    def above(self) -> Held:
        """Who sits there."""
        return Held(self.gathered, self.row_above, self._counted)

    @cached_property
    def line(self) -> Ints:
        """What stands around that name."""
        form = self.above.form
        return np.where((form == SURE) & self._upward[1], DOTTED, form).astype(np.int32)

    def source_ids(self) -> pl.Series:
        """Sources of each seat, then of the stint that fills each, (2n,)."""
        seats, stints = (self.data[table].get_column("source_ids") for table in ("seats", "stints"))
        rows = pl.Series("row", np.append(self.gathered.careers.index.row, 0)[self.held.stint], dtype=pl.Int64)
        fills = pl.select(pl.when(pl.Series(self.held.stint != ABSENT)).then(rows)).to_series()
        return pl.concat([seats.gather(self.row).alias(""), stints.gather(fills).alias("")])


def _days(left: str | None, opened: str | None, closed: str | None) -> str:
    said: Iterable[tuple[str, str | None]] = (("left", left), ("opened", opened), ("closed", closed))
    return ", ".join(f"{what} {day}" for what, day in said if day and day != OPEN)


def _statuses(said: pl.Series, blank: int) -> Ints:
    """Codes into STATUSES."""
    codes_of = {word: code for code, word in enumerate(STATUSES)}
    found: Ints = said.replace_strict(codes_of, default=blank, return_dtype=pl.Int32).to_numpy()
    return found
