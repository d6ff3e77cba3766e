"""Events over time: marks that stack where they coincide, spans of days in rows, labels that never overlap. Pure
arrays.

Labels are placed greedily, those that matter most first. A label stands in one of a few rows above its mark, like a
flag at a thin leader that goes up from the mark, to its right or to its left: no label covers another one or a leader.
One that finds no room is dropped, and who draws it counts it. Empty in, empty out.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

DROPPED = -1
RIGHT, LEFT = 1, -1
TRIALS = (4, 8, 16, 32, 64, 128)
"""How many labels are tried as stairs before the others."""
_NOTHING = 1e-6
"""What rounding may take of a gap."""


@dataclass(frozen=True, eq=False)
class Stacks:
    """Marks in columns. column, level (n,): of each mark, level 0 is the lowest, marks of a column in the order given;
    x (n,): middle of its column; heights (columns,): how many marks each has."""

    column: Ints
    level: Ints
    x: Floats
    heights: Ints


def stacked(x: Floats, breadth: float) -> Stacks:
    """Marks (n,) put into columns of a breadth, one above the other."""
    column = np.floor(x / breadth).astype(np.int32)
    least = int(column.min()) if len(column) else 0
    column -= least
    order = np.argsort(column, kind="stable")
    ordered = column[order]
    heights = np.bincount(ordered, minlength=int(ordered[-1]) + 1 if len(ordered) else 0).astype(np.int32)
    first = np.cumsum(heights) - heights
    level = np.zeros(len(x), dtype=np.int32)
    level[order] = np.arange(len(x)) - first[ordered]
    middle = np.asarray((column + least + 0.5) * breadth, dtype=np.float64)
    return Stacks(column, level, middle, heights)


def clustered(x: Floats, counts: Ints, breadth: float) -> tuple[Floats, Ints]:
    """Counts (n,) at places x (n,), ascending, put together so that each has a breadth to itself from its place on:
    where they stand, (k,), and their sums."""
    places: list[float] = []
    sums: list[int] = []
    for place, n in zip(x.tolist(), counts.tolist(), strict=True):
        if places and place < places[-1] + breadth:
            sums[-1] += n
        else:
            places.append(place)
            sums.append(n)
    return np.array(places, dtype=np.float64), np.array(sums, dtype=np.int32)


def packed(begin: Floats, end: Floats, gap: float) -> Ints:
    """The row of each interval (n,), so that those of a row are at least a gap apart: each in the lowest that is free,
    by begin. No more rows than overlap at one place."""
    found = np.zeros(len(begin), dtype=np.int32)
    until: list[float] = []
    for i in np.lexsort((end, begin)).tolist():
        row = next((row for row, last in enumerate(until) if last + gap <= begin[i]), len(until))
        if row == len(until):
            until.append(0.0)
        until[row] = float(end[i])
        found[i] = row
    return found


@dataclass
class _Row:
    """What stands in one row: intervals that do not overlap, by begin."""

    begins: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    def free(self, begin: float, end: float, gap: float) -> bool:
        at = bisect_right(self.begins, begin)
        if at and self.ends[at - 1] + gap > begin + _NOTHING:
            return False
        return at == len(self.begins) or end + gap <= self.begins[at] + _NOTHING

    def take(self, begin: float, end: float) -> None:
        at = bisect_right(self.begins, begin)
        self.begins.insert(at, begin)
        self.ends.insert(at, end)


@dataclass(frozen=True, eq=False)
class Labels:
    """Where labels stand. row (n,): 0 is the one nearest to the marks, DROPPED for none; x (n,): left edge, NaN for
    none."""

    row: Ints
    x: Floats


def labelled(
    x: Floats, widths: Floats, priority: Floats, *, n_rows: int, extent: tuple[float, float], gap: float
) -> Labels:
    """Labels for marks at x (n,), of widths (n,), within an extent; priority (n,): what matters most, of equals the
    first. gap: between two labels, half of it beside a leader, which stands at x in all rows up to its label's.

    Tried are those that matter most first; and some of these from the right to the left, all right of their leaders, so
    that they stand above one another like stairs, or the other way round; then the others. The trial that gives most
    room to what matters wins.
    """
    by_priority = np.lexsort((np.arange(len(x)), -priority))
    worth = np.zeros(len(x))
    worth[by_priority] = 1.0 / (1.0 + np.arange(len(x)))
    best, most = Labels(np.full(len(x), DROPPED, dtype=np.int32), np.full(len(x), np.nan)), -1.0
    for first in (0, *TRIALS):
        some, others = by_priority[:first], by_priority[first:].tolist()
        for side in (RIGHT, LEFT) if first else (0,):
            stairs = some[np.lexsort((np.arange(len(some)), -side * x[some]))].tolist()
            trial = _Trial(x, widths, n_rows, extent, gap)
            trial.place(stairs, side)
            trial.place(others, 0)
            value = float(worth[trial.row != DROPPED].sum())
            if value > most + _NOTHING:
                best, most = Labels(trial.row, trial.left), value
        if first >= len(x):
            break
    return best


class _Trial:
    """Labels placed one after the other, each in the lowest row that is free."""

    def __init__(self, x: Floats, widths: Floats, n_rows: int, extent: tuple[float, float], gap: float) -> None:
        self._x, self._widths, self._extent, self._gap = x, widths, extent, gap
        self._lines = [_Row() for _ in range(n_rows)]
        self._leaders = [_Row() for _ in range(n_rows)]
        self.row = np.full(len(x), DROPPED, dtype=np.int32)
        self.left = np.full(len(x), np.nan)

    def place(self, order: list[int], side: int) -> None:
        """Place some labels. side: of the leader, where the extent allows it; 0 for either."""
        for i in order:
            at, begins, width = float(self._x[i]), self._begins(i, side), float(self._widths[i])
            for n, line in enumerate(self._lines):
                begin = next((begin for begin in begins if self._is_free(n, begin, width)), None)
                if begin is not None:
                    line.take(begin, begin + width)
                    self.row[i], self.left[i] = n, begin
                    for lower in self._leaders[: n + 1]:
                        lower.take(at, at)
                    break
                if not line.free(at, at, self._gap / 2):
                    break  # a leader to a row farther away would cross a label

    def _begins(self, i: int, side: int) -> list[float]:
        """Left edges that a label may have within the extent, right of its leader first."""
        at, width, apart = float(self._x[i]), float(self._widths[i]), self._gap / 2
        low, high = self._extent
        inside = [begin for begin in (at + apart, at - apart - width) if begin >= low and begin + width <= high]
        wanted = [begin for begin in inside if (begin > at) == (side == RIGHT)] if side else inside
        return wanted or inside

    def _is_free(self, n: int, begin: float, width: float) -> bool:
        """Whether a label may stand in a row."""
        end = begin + width
        return self._lines[n].free(begin, end, self._gap) and self._leaders[n].free(begin, end, self._gap / 2)
