"""When the people of bands land: sorted once, so that a day is looked up and not counted anew."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.moves import Moves
from app.pictures.bands import Bands
from app.scene.marks import Ints, ints

DAYS, FIRST = 33, 1 << 31
"""Bits of a day where members are sorted as numbers, and what is added so that none lies below zero."""
UNDATED = (1 << DAYS) - 1
"""Instead of a day, after all days."""


@dataclass(frozen=True, eq=False)
class Landings:
    """numbers (m,): the members of bands in order, each as one number: band and lane, then the day on which they land;
    undated ones last."""

    bands: Bands
    numbers: npt.NDArray[np.int64]

    @classmethod
    def of(cls, bands: Bands, moves: Moves) -> Landings:
        """Of bands whose members are rows of `moves`, on each lane the earliest first and the undated last."""
        day = np.where(moves.undated, UNDATED, moves.joined.astype(np.int64) + FIRST)[bands.members]
        return cls(bands, ((bands.band.astype(np.int64) * bands.n_lanes + bands.lane) << DAYS) + day)

    def lanes(self, day: float | None, since: float | None = None) -> Ints:
        """People of each band and lane, (k, lanes), who have moved by a day, and after `since` if given; None: all."""
        bands = self.bands
        begin = np.arange(bands.n_lanes * bands.n_bands, dtype=np.int64) << DAYS
        low = np.searchsorted(self.numbers, begin if since is None else begin + _offset(since), side="right")
        last = begin + (UNDATED if day is None else _offset(day))
        counts = np.searchsorted(self.numbers, last, side="right") - low
        return ints(np.maximum(counts, 0).reshape(-1, bands.n_lanes))


def _offset(day: float) -> int:
    """A day as it is added to a number by which members are sorted."""
    return int(min(max(math.floor(day) + FIRST, 0), UNDATED - 1))
