"""How well each organization is covered, as a table: what to look into next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from app.analysis.coverage import Coverage, Positions
from app.analysis.coverage import coverage as covered
from app.domain import dates
from app.domain.dates import PAST
from app.domain.index import Bools, Ints
from app.pictures.columns import NOT_KNOWN, Column, Days, Numbers, Rows, Words
from app.pictures.flowmap import FlowMap
from app.pictures.listing import NO_ROWS, Listing
from app.pictures.listing_desk import Desk

FEW = 10
"""Below so many posts no percentage is told."""


def coverage(picture: FlowMap) -> Listing:
    """The organizations at which the filter lets posts through: people, posts, shares, the newest source."""
    desk = Desk(picture.gathered)
    gathered = desk.gathered
    made = covered(gathered.dataset, gathered.careers, desk.selection.stints)
    at = np.flatnonzero(made.stints)
    columns = (
        Column("Organization", "organization", 236, Words(desk.full, lambda: at), desk.ids_of(lambda: at)),
        Column("People on record", "number", 118, Numbers(lambda: made.people[at])),
        Column("Posts", "number", 70, Numbers(lambda: made.stints[at])),
        _share("With a first day", 112, at, made, lambda: made.dated),
        _share("Confirmed", 90, at, made, lambda: made.confirmed),
        _share("Sourced", 80, at, made, lambda: made.sourced),
        Column("Newest source", "date", 120, _Newest(made, at)),
    )

    def places(key: str) -> Rows:
        table, _, rest = key.partition(":")
        code = gathered.dataset.position("organizations", rest) if table == "organizations" else None
        return np.flatnonzero(at == code) if code is not None else NO_ROWS

    return Listing(
        "coverage",
        "organization",
        len(at),
        columns,
        lambda rows: [f"organizations:{gathered.ids[code]}" for code in at[rows].tolist()],
        places,
        (1, True),
    )


@dataclass(frozen=True, eq=False)
class _Newest:
    """The days of the newest sources, looked for when the column is first seen."""

    made: Coverage
    at: Positions

    @cached_property
    def _days(self) -> Days:
        newest = self.made.newest
        written = pl.Series([dates.text(day) if day > PAST else None for day in newest.tolist()], dtype=pl.String)
        everyone = np.arange(len(newest), dtype=np.int32)
        return Days(lambda: self.at, newest, newest + 1, newest, everyone, written, unknown=NOT_KNOWN)

    def texts(self, rows: Rows) -> list[str]:
        """As dates are written in tables."""
        return self._days.texts(rows)

    def details(self, rows: Rows) -> list[str]:
        """Nothing more."""
        return self._days.details(rows)

    @property
    def ranks(self) -> Ints:
        """The days."""
        return self._days.ranks

    def matching(self, word: str) -> Bools | None:
        """Where the date holds the word."""
        return self._days.matching(word)


def _share(name: str, width: int, at: Positions, made: Coverage, part: Callable[[], Ints]) -> Column:
    return Column(name, "number", width, _Shares(at, made, part))


@dataclass(frozen=True, eq=False)
class _Shares:
    """How many of the posts of organizations, counted when the column is first seen: in percent, of fewer than ten as
    they are, for a percentage of these says nothing."""

    at: Positions
    made: Coverage
    counted: Callable[[], Ints]

    @property
    def part(self) -> Ints:
        """How many are so."""
        part: Ints = self.counted()[self.at]
        return part

    @property
    def whole(self) -> Ints:
        """How many there are."""
        whole: Ints = self.made.stints[self.at]
        return whole

    def texts(self, rows: Rows) -> list[str]:
        """`83 %`, `3 of 4`."""
        pairs = zip(self.part[rows].tolist(), self.whole[rows].tolist(), strict=True)
        return [f"{part} of {whole}" if whole < FEW else f"{100 * part // whole} %" for part, whole in pairs]

    def details(self, rows: Rows) -> list[str]:
        """The numbers behind it."""
        return [
            f"{p:,} of {w:,} posts" for p, w in zip(self.part[rows].tolist(), self.whole[rows].tolist(), strict=True)
        ]

    @property
    def ranks(self) -> Ints:
        """By share, to a tenth of a percent."""
        return (1000 * self.part.astype(np.int64) // np.maximum(self.whole, 1)).astype(np.int32)

    def matching(self, _: str) -> Bools | None:
        """Nobody looks for a share."""
        return None
