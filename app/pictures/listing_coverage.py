"""How well each organization is covered, as a table: what to look into next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

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
    everyone = np.arange(len(made.stints), dtype=np.int32)
    newest = pl.Series([dates.text(day) if day > PAST else None for day in made.newest.tolist()], dtype=pl.String)
    columns = (
        Column("Organization", "organization", 236, Words(desk.full, lambda: at), desk.ids_of(lambda: at)),
        Column("People on record", "number", 118, Numbers(lambda: made.people[at])),
        Column("Posts", "number", 70, Numbers(lambda: made.stints[at])),
        _share("With a first day", 112, made.dated[at], made.stints[at]),
        _share("Confirmed", 90, made.confirmed[at], made.stints[at]),
        _share("Sourced", 80, made.sourced[at], made.stints[at]),
        Column(
            "Newest source", "date", 120,
            Days(lambda: at, made.newest, made.newest + 1, made.newest, everyone, newest, unknown=NOT_KNOWN),
        ),
    )  # fmt: skip

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


def _share(name: str, width: int, part: Ints, whole: Ints) -> Column:
    return Column(name, "number", width, _Shares(part, whole))


@dataclass(frozen=True, eq=False)
class _Shares:
    """How many of the posts, (n,) both: in percent, of fewer than ten as they are, for a percentage of these says
    nothing."""

    part: Ints
    whole: Ints

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
