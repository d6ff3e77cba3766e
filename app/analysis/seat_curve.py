"""How many seats of a build-out were held on every day up to its own: for certain by origin, and at most.

On each day the sums are those of `BuildOut.states`; a seat with several holders counts once, for the one who came last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.buildout import BuildOut
from app.analysis.order import Positions
from app.analysis.seats import origin_of
from app.domain.dates import FUTURE
from app.domain.index import Bools, Ints


@dataclass(frozen=True, eq=False)
class Curve:
    """Held seats over time, as steps: row i holds from days[i] up to days[i + 1], the last one up to the end.

    days: (k,) ascending, the first may be PAST; origins: g ids, or INTERNAL, UNKNOWN, in the order in which they first
    occur among the holders; certain: (k, g) seats held for certain by origin; lit: (k, g) those of them whose holder a
    lens lets through; possible: (k,) seats that may be held, the certain ones included. Without holders k and g are 0.
    """

    days: Ints
    origins: tuple[str, ...]
    certain: Ints
    lit: Ints
    possible: Ints

    @property
    def sure(self) -> Ints:
        """Seats held for certain, (k,)."""
        return np.asarray(self.certain.sum(axis=1), dtype=np.int32)

    def at(self, day: int) -> tuple[Ints, int]:
        """Certain seats by origin (g,) and possible seats on a day."""
        row = int(np.searchsorted(self.days, day, side="right")) - 1
        if row < 0:
            return np.zeros(len(self.origins), dtype=np.int32), 0
        return self.certain[row], int(self.possible[row])


def seat_curve(build_out: BuildOut, *, until: int | None = None, lit: Bools | None = None) -> Curve:
    """The curve of a build-out. until: a later day up to which it goes on; lit: (h,) the holders that a lens lets
    through, all of them if None."""
    h = build_out.holders
    day = build_out.day if until is None else max(until, build_out.day)
    names = [origin_of(build_out, at) for at in range(len(h.seat))]
    origins = tuple(dict.fromkeys(names))
    number = {origin: at for at, origin in enumerate(origins)}
    group = np.array([number[name] for name in names], dtype=np.intp)
    sure = _pieces(h.seat, h.start_hi - 1, h.end_lo)
    may = _pieces(h.seat, h.start_lo, np.maximum(h.end_lo, h.end_hi - 1))
    every = np.unique(np.concatenate([sure[1], sure[2], may[1], may[2]]))
    days = every[every <= day].astype(np.int32)
    certain = np.zeros((len(days) + 1, len(origins)), dtype=np.int32)
    shown = np.zeros_like(certain)
    possible = np.zeros(len(days) + 1, dtype=np.int32)
    wanted = slice(None) if lit is None else lit[sure[0]]
    for step, edges in ((1, 1), (-1, 2)):
        row = np.searchsorted(days, np.minimum(sure[edges], day + 1))
        np.add.at(certain, (row, group[sure[0]]), step)
        np.add.at(shown, (row[wanted], group[sure[0]][wanted]), step)
        np.add.at(possible, np.searchsorted(days, np.minimum(may[edges], day + 1)), step)
    return Curve(days, origins, _summed(certain), _summed(shown), _summed(possible))


def _summed(changes: Ints) -> Ints:
    """Changes per step (k + 1, …) → levels (k, …); the last row holds what changes after the day."""
    return np.cumsum(changes[:-1], axis=0, dtype=np.int32)


def _pieces(seat: Positions, lo: Ints, hi: Ints) -> tuple[Positions, Ints, Ints]:
    """Intervals [lo, hi) of holders → (holder, lo, hi) where no two of one seat overlap: the later holder wins."""
    at = np.flatnonzero((lo < hi) & (lo < FUTURE))
    _, first, counts = np.unique(seat[at], return_index=True, return_counts=True)
    alone = at[first[counts == 1]]
    holders, begins, ends = [alone], [lo[alone]], [hi[alone]]
    for start, n in zip(first[counts > 1].tolist(), counts[counts > 1].tolist(), strict=True):
        own = at[start : start + n]  # holders stand seat by seat
        edges = np.unique(np.concatenate([lo[own], hi[own]]))
        there = (lo[own][:, None] <= edges[:-1]) & (edges[:-1] < hi[own][:, None])
        last = n - 1 - np.argmax(there[::-1], axis=0)
        taken = np.flatnonzero(there.any(axis=0))
        holders.append(own[last[taken]])
        begins.append(edges[taken])
        ends.append(edges[taken + 1])
    return np.concatenate(holders), np.concatenate(begins), np.concatenate(ends)
