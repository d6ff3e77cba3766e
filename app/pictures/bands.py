"""Blocks in columns and the bands of people between them: what a Sankey and an alluvial picture are made of.

People on a band are in order, so that each has a stripe of its own: by lane, then as the picture says. Everything is
arrays; a day only masks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.domain.index import ABSENT, Ints

Positions = npt.NDArray[np.intp]

OTHERS, NOWHERE = -2, ABSENT
"""Instead of an organization's code: the organizations that have no block of their own; not on record."""


@dataclass(frozen=True, eq=False)
class Bands:
    """column, code (b,): of each block, by column, and its organization or OTHERS or NOWHERE; start, end (k,): the
    blocks of each band, in this column and the next; first (k + 1,): band i has members[first[i]:first[i + 1]];
    lane (m,): of each member, from 0 on, the surest first; members (m,): what stands for people, the picture says
    which."""

    column: Ints
    code: Ints
    start: Ints
    end: Ints
    first: Ints
    lane: Ints
    members: Positions
    n_lanes: int

    @classmethod
    def of(cls, column: Ints, left: Ints, right: Ints, lane: Ints, order: Positions, n_lanes: int) -> Bands:
        """Members (m,) with the column they leave, the code they leave and the code they reach. order (m,): members as
        they shall lie on a band and lane. Blocks are in the order of column, then code, OTHERS and NOWHERE last."""
        width = int(max(left.max(initial=0), right.max(initial=0))) + 3  # all codes, then OTHERS and NOWHERE
        leaving = column.astype(np.int64) * width + left % width
        reaching = (column + 1).astype(np.int64) * width + right % width
        n = int(reaching.max(initial=-1)) + 1
        present = np.bincount(leaving, minlength=n) + np.bincount(reaching, minlength=n) > 0
        blocks = np.flatnonzero(present)
        number = np.cumsum(present) - 1
        start, end = number[leaving], number[reaching]
        band = start * max(len(blocks), 1) + end
        by_band = order[np.lexsort((np.arange(len(order)), lane[order], band[order]))]
        of_member = band[by_band]
        begins = np.flatnonzero(np.r_[True, of_member[1:] != of_member[:-1]]) if len(of_member) else by_band
        code = blocks % width
        return cls(
            column=(blocks // width).astype(np.int32),
            code=np.where(code >= width - 2, code - width, code).astype(np.int32),
            start=start[by_band][begins].astype(np.int32),
            end=end[by_band][begins].astype(np.int32),
            first=np.r_[begins, len(by_band)].astype(np.int32),
            lane=lane[by_band].astype(np.int32),
            members=by_band,
            n_lanes=n_lanes,
        )

    @property
    def n_blocks(self) -> int:
        """Blocks in all columns."""
        return len(self.code)

    @property
    def n_bands(self) -> int:
        """Bands between all columns."""
        return len(self.start)

    @cached_property
    def band(self) -> Ints:
        """Member → band."""
        return np.repeat(np.arange(self.n_bands, dtype=np.int32), np.diff(self.first))

    @cached_property
    def people(self) -> Ints:
        """Members of each band."""
        return np.diff(self.first).astype(np.int32)

    @cached_property
    def per_lane(self) -> Ints:
        """Members of each band and lane, (k, lanes)."""
        n = self.n_lanes
        counts = np.bincount(self.band * n + self.lane, minlength=self.n_bands * n)
        return counts.reshape(-1, n).astype(np.int32)

    def held(self, per_band: Ints) -> Ints:
        """What each block holds, (b,), if its bands hold this: what leaves it or what reaches it, whichever is more."""
        n = self.n_blocks
        leaving = np.bincount(self.start, weights=per_band, minlength=n)
        reaching = np.bincount(self.end, weights=per_band, minlength=n)
        return np.maximum(leaving, reaching).astype(np.int32)
