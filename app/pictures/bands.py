"""Blocks in columns and the bands of people between them: what a Sankey and an alluvial picture are made of.

People on a band are in order, so that each has a stripe of its own: by lane, then as the picture says. Everything is
arrays; a day only masks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.analysis.order import stable_order
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
    def of(
        cls, column: Ints, left: Ints, right: Ints, lane: Ints, n_lanes: int, order: Positions | None = None
    ) -> Bands:
        """Members (m,) with the column they leave, the code they leave and the code they reach. order (m,): members as
        they shall lie on a band and lane; None: as they are given. Blocks are in the order of column, then code, OTHERS
        and NOWHERE last."""
        width = int(max(left.max(initial=0), right.max(initial=0))) + 3  # all codes, then OTHERS and NOWHERE
        begin = column * np.int32(width)
        leaving = begin + np.where(left < 0, left + width, left)
        reaching = begin + width + np.where(right < 0, right + width, right)
        n = int(reaching.max(initial=-1)) + 1
        present = np.bincount(leaving, minlength=n) + np.bincount(reaching, minlength=n) > 0
        blocks = np.flatnonzero(present)
        number = np.cumsum(present) - 1
        start, end = number[leaving], number[reaching]
        band = start * max(len(blocks), 1) + end
        rank, end_rank = band * n_lanes + lane, max(len(blocks), 1) ** 2 * n_lanes
        by_band = stable_order(rank, end_rank) if order is None else order[stable_order(rank[order], end_rank)]
        of_member = band[by_band]
        begins = np.flatnonzero(np.r_[True, of_member[1:] != of_member[:-1]]) if len(of_member) else by_band
        code = blocks % width
        return cls(
            column=(blocks // width).astype(np.int32),
            code=np.where(code >= width - 2, code - width, code).astype(np.int32),
            start=start[by_band[begins]].astype(np.int32),
            end=end[by_band[begins]].astype(np.int32),
            first=np.r_[begins, len(by_band)].astype(np.int32),
            lane=lane[by_band].astype(np.int32, copy=False),
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
