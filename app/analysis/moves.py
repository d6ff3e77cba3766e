"""Moves as arrays: one a step of one person from one organization to another. `careers` derives them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from app.analysis.order import Positions, stable_order
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.index import Bools, Bytes, Ints

Window = tuple[int, int]
"""Days [from, to)."""


@dataclass(frozen=True, eq=False)
class Moves:
    """Steps from one organization to another, in person order; all arrays (m,), days half-open [lo, hi).

    left_stint, joined_stint: positions in the Index; person: code; origin, destination: codes at the level; left_lo,
    left_hi, joined_lo, joined_hi: bounds, −∞ as PAST, +∞ as FUTURE; joined: nominal day, meaningless where undated;
    undated: joined has an infinite side; status: code, the weaker one of both stints.
    """

    left_stint: Positions
    joined_stint: Positions
    person: Ints
    origin: Ints
    destination: Ints
    left_lo: Ints
    left_hi: Ints
    joined_lo: Ints
    joined_hi: Ints
    joined: Ints
    undated: Bools
    status: Bytes

    def __post_init__(self) -> None:
        for f in fields(self):
            getattr(self, f.name).setflags(write=False)

    def __len__(self) -> int:
        return len(self.left_stint)

    @cached_property
    def by_day(self) -> Positions:
        """Their order by nominal day, those without one last."""
        if not len(self):
            return np.empty(0, dtype=np.intp)
        least, most = int(self.joined.min()), int(self.joined.max())
        span = most - least + 1
        return stable_order(self.joined.astype(np.int64) - least + self.undated * span, 2 * span)

    def take(self, at: Positions | Bools) -> Moves:
        """Some of them: positions or a mask."""
        return Moves(**{f.name: getattr(self, f.name)[at] for f in fields(self)})

    def inside(self, window: Window | None) -> Bools:
        """Which lie in [from, to) by their nominal day. None: all of them, the undated too."""
        if window is None:
            return np.ones(len(self), dtype=np.bool_)
        return ~self.undated & (self.joined >= window[0]) & (self.joined < window[1])

    def certain(self, window: Window | None) -> Bools:
        """Which lie in [from, to) with the whole interval in which they may have joined. None: every dated one."""
        lo, hi = (PAST, FUTURE) if window is None else window
        return ~self.undated & (self.joined_lo >= lo) & (self.joined_hi <= hi)


def keys(dataset: Dataset, moves: Moves) -> list[str]:
    """`move:STINT_A>STINT_B` of each move."""
    ids, row = dataset["stints"].get_column("id"), dataset.index.row
    left, joined = (ids.gather(row[stints]) for stints in (moves.left_stint, moves.joined_stint))
    return [f"move:{a}>{b}" for a, b in zip(left, joined, strict=True)]


def sources(dataset: Dataset, moves: Moves) -> list[tuple[str, ...]]:
    """The source ids of each move, sorted: those of both its stints."""
    cited, row = dataset["stints"].get_column("source_ids"), dataset.index.row
    left, joined = (cited.gather(row[stints]).to_list() for stints in (moves.left_stint, moves.joined_stint))
    return [tuple(sorted({*(a or ()), *(b or ())})) for a, b in zip(left, joined, strict=True)]
