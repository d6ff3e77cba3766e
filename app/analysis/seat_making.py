"""An edit about seats while it is made: who holds them, what they are called, how a stint is ended or split."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from app.analysis.adding import UNCITED, Cited
from app.analysis.making import Making, dates_wrong
from app.domain import dates
from app.domain.dataset import Dataset, Row
from app.domain.dates import FUTURE, OPEN, PAST, readable

VACANT_STATES = ("planned", "open", "offered", "on-hold")
"""What a seat says of itself while nobody holds it."""


@dataclass(frozen=True, slots=True)
class Said:
    """When, how sure, on whose word. day: EDTF; blank where nobody knows it, or what is on record is corrected."""

    day: str = ""
    status: str = "reported"
    source: Cited = UNCITED


class SeatMaking(Making):
    """Collects one edit about seats. as_of: the day that counts as today where no day is said; lo, hi: bounds [lo, hi)
    of the day that is said, else of today."""

    def __init__(self, dataset: Dataset, said: Said, as_of: int) -> None:
        super().__init__(dataset, said.source, "seat")
        self.said, self.day, self.status = said, said.day, said.status
        self.mistakes += dates_wrong(self._code, said.day, said.source.published)
        known = bool(said.day) and readable(said.day) and said.day != OPEN
        span = dates.parse(said.day) if known else dates.Span(as_of, as_of + 1)
        self.lo, self.hi = span.earliest, span.latest

    @property
    def when(self) -> str:
        """` from 2025-06`; blank where no day is said."""
        return f" from {self.day}" if self.day else ""

    def seat(self, row_id: str) -> Row | None:
        """A seat; what does not exist is a mistake."""
        row = self.row("seats", row_id)
        if row is None:
            self.wrong("seat", "there is no such seat", "Choose a seat.")
        return row

    def open_seat(self, row_id: str, field: str = "seat") -> Row | None:
        """A seat that is there on the day; one that is closed is a mistake."""
        row = self.seat(row_id)
        if row is not None and is_closed(row, self.lo):
            since = f" since {row['closed']}" if row["closed"] not in (None, OPEN) else ""
            self.wrong(field, f"{self.title(row)} is closed{since}", "Open it again first, or choose another one.")
        return row

    def title(self, seat: Row) -> str:
        """What a seat is called: its title, else its id."""
        return str(seat["title"] or seat["id"])

    def whose(self, seat: Row) -> str:
        """Who holds a seat, else what it is called."""
        held = self.holding(str(seat["id"]))
        return self.name("people", held[-1]["person_id"]) if held else self.title(seat)

    def stints(self, seat: str) -> list[Row]:
        """Stints that hold a seat, whenever that is, the earlier first: no offers, nothing denied."""
        frame = self.dataset["stints"].filter(
            pl.col("seat_id") == seat,
            pl.col("kind").is_in(["offer", "education"]).not_().fill_null(value=True),
            pl.col("status").ne_missing("denied"),
        )
        return sorted(frame.iter_rows(named=True), key=lambda row: (dates.parse(_date(row["start"])), row["id"]))

    def holding(self, seat: str) -> list[Row]:
        """Those of them that may run on the day, or begin after it."""
        return [row for row in self.stints(seat) if _bounds(row["end"])[1] - 1 > self.lo]

    def end(self, stint: Row) -> None:
        """A stint ends on the day; on one that is not known, if none is said."""
        self.put("stints", {**stint, "end": self.day or None, "source_ids": self.cited(stint)})
        role = f" ({stint['role']})" if stint["role"] else ""
        when = f"on {self.day}" if self.day else "on a day not known"
        place = self.name("organizations", str(stint["organization_id"]))
        self.effects.append(f"Ends the stint at {place}{role} {when}")

    def split(self, stint: Row, **fields: object) -> None:
        """A stint becomes two on the day, of which the second has some fields otherwise; where no day is said, or it
        begins only then, it is corrected as a whole."""
        start = _bounds(stint["start"])
        if not self.day or (start[0] > PAST and start[0] >= self.lo and start[0] < self.hi):
            self.put("stints", {**stint, **fields, "source_ids": self.cited(stint)})
            return
        if start[0] >= self.hi:
            self.wrong("day", f"the stint begins only on {stint['start']}", "Choose that day or a later one.")
            return
        self.put("stints", {**stint, "end": self.day, "source_ids": self.cited(stint)})
        row_id = self.free("stints", f"{stint['id']}-{fields.get('seat_id') or 'on'}")
        rank = stint["rank"]
        second: Row = {"id": row_id, "start": self.day, "announced": None, "status": self.status, "notes": None}
        second |= {"rank": None if rank is None else rank + 1, "source_ids": self.cited(stint), "extra": None}
        self.put("stints", {**stint, **second, **fields})

    def say(self, seat: Row, **fields: object) -> None:
        """A seat says something else of itself, on the word of who is named."""
        row = self.row("seats", str(seat["id"])) or seat
        self.put("seats", {**row, **fields, "source_ids": self.cited(row)})


def is_closed(seat: Row, day: int) -> bool:
    """Whether a seat no longer exists on a day; one that is closed on no known day is closed for good."""
    closed = _bounds(seat["closed"])[0]
    return closed <= day if PAST < closed < FUTURE else seat["state"] == "closed"


def still(stint: Row, day: int) -> bool:
    """Whether a stint is known to run on a day or after it."""
    return _bounds(stint["end"])[0] > day


def _bounds(date: str | None) -> tuple[int, int]:
    span = dates.parse(_date(date))
    return span.earliest, span.latest


def _date(date: str | None) -> str | None:
    return date if readable(date) else None
