"""Who stands below whom among seats: below which seat a line may not lead, for it would come round in a circle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from app.analysis.order import Positions
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.index import ABSENT, Bools, Ints, codes


def below(parent: Positions, seat: int) -> Bools:
    """Which seats are one seat or stand below it, (s,). parent: (s,) of each the seat that it answers to, ABSENT for
    none, without circles. By pointer jumping: a chain of 100,000 takes 17 steps."""
    n = len(parent)
    up = np.append(np.where(parent == ABSENT, n, parent), n)
    inside = np.zeros(n + 1, dtype=np.bool_)
    inside[seat] = True
    while (up != n).any():
        inside |= inside[up]
        up = up[up]
    found: Bools = inside[:-1]
    return found


def followed(lines: pl.DataFrame, starts: Ints, ends: Ints, day: int) -> Bools:
    """Which of some lines that may hold on a day are over for all that is known, (k,): a solid one that may have ended
    where another solid one of its seat has begun no earlier. So a manager who changed in a month changed in that month.
    lines: rows of reports; starts, ends: the earliest day that each may have begun and ended."""
    found: Bools = np.zeros(lines.height, dtype=np.bool_)
    if not ((ends > dates.PAST) & (ends <= day)).any():
        return found
    solid = (lines.get_column("kind") != "dotted").fill_null(value=True).to_numpy()
    some = lines.select("seat_id").with_columns(start=pl.Series(starts), end=pl.Series(ends)).filter(pl.Series(solid))
    last = pl.col("start").max().over("seat_id")
    over = (pl.col("end") > dates.PAST) & (pl.col("end") <= last) & (pl.col("start") < last)
    found[solid] = some.select(over).to_series().to_numpy()
    return found


@dataclass(frozen=True, eq=False)
class SolidLines:
    """The solid lines of a Dataset that are not denied, by the seat that reports; all arrays (k,). seat, to: rows of
    the table seats; lo, hi: each may hold on the days [lo, hi)."""

    seat: Ints
    to: Ints
    lo: Ints
    hi: Ints

    @classmethod
    def of(cls, dataset: Dataset) -> SolidLines:
        """Those between seats that exist."""
        frame = dataset["reports"].filter(
            (pl.col("kind") != "dotted").fill_null(value=True) & pl.col("status").ne_missing("denied")
        )
        ids = dataset["seats"].get_column("id")
        seat, to = (codes(frame.get_column(name), ids) for name in ("seat_id", "to_seat_id"))
        lo, _ = dates.bounds(frame.get_column("start"))
        _, hi = dates.bounds(frame.get_column("end"))
        use = np.flatnonzero((seat != ABSENT) & (to != ABSENT))
        use = use[np.argsort(seat[use], kind="stable")]
        return cls(seat[use], to[use], lo[use], hi[use] - np.int32(1))  # an end is the first day no longer there

    def circle(self, seat: int, lo: int, hi: int) -> tuple[int, ...]:
        """Seats from one (a row) up to itself, by lines that may all hold on one day of [lo, hi); empty if none."""
        some = (self.lo < hi) & (self.hi > lo)
        if not self._round(seat, some):
            return ()
        starts = np.unique(self.lo[some & (self.lo > lo)])
        for day in (lo, *starts.tolist()):
            if found := self._round(seat, some & (self.lo <= day) & (day < self.hi)):
                return found
        return ()

    def _round(self, seat: int, use: Bools) -> tuple[int, ...]:
        """A way up from a seat to itself."""
        came: dict[int, int] = {}
        waiting = [seat]
        while waiting:
            at = waiting.pop()
            first, end = np.searchsorted(self.seat, np.array([at, at + 1], dtype=np.int32)).tolist()
            for up in self.to[first:end][use[first:end]].tolist():
                if up == seat:
                    chain = [at]
                    while chain[-1] != seat:
                        chain.append(came[chain[-1]])
                    return tuple(reversed(chain))
                if up not in came:
                    came[up] = at
                    waiting.append(up)
        return ()
