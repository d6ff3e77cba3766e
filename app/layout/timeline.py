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
TRIALS = (8, 16, 32, 64, 128)
"""How many labels are tried from the right to the left before the others."""
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

    Tried are those that matter most first, and some of these from the right to the left, so that flags stand above one
    another like stairs, then the others; the trial that gives most room to what matters wins.
    """
    by_priority = np.lexsort((np.arange(len(x)), -priority))
    worth = np.zeros(len(x))
    worth[by_priority] = 1.0 / (1.0 + np.arange(len(x)))
    best, most = Labels(np.full(len(x), DROPPED, dtype=np.int32), np.full(len(x), np.nan)), -1.0
    for first in (0, *TRIALS):
        some = by_priority[:first]
        stairs = some[np.lexsort((np.arange(len(some)), -x[some]))]
        trial = _placed_in_turn(x, widths, [*stairs.tolist(), *by_priority[first:].tolist()], n_rows, extent, gap)
        value = float(worth[trial.row != DROPPED].sum())
        if value > most + _NOTHING:
            best, most = trial, value
        if first >= len(x):
            break
    return best


def _placed_in_turn(
    x: Floats, widths: Floats, order: list[int], n_rows: int, extent: tuple[float, float], gap: float
) -> Labels:
    """Labels placed one after the other, each in the lowest row that is free: right of its leader, or left of it."""
    row = np.full(len(x), DROPPED, dtype=np.int32)
    left = np.full(len(x), np.nan)
    lines = [_Row() for _ in range(n_rows)]
    leaders = [_Row() for _ in range(n_rows)]
    for i in order:
        at, width = float(x[i]), float(widths[i])
        for n, line in enumerate(lines):
            begin = next(
                (
                    begin
                    for begin in (at + gap / 2, at - gap / 2 - width)
                    if begin >= extent[0]
                    and begin + width <= extent[1]
                    and line.free(begin, begin + width, gap)
                    and leaders[n].free(begin, begin + width, gap / 2)
                ),
                None,
            )
            if begin is not None:
                line.take(begin, begin + width)
                row[i], left[i] = n, begin
                for lower in leaders[: n + 1]:
                    lower.take(at, at)
                break
            if not line.free(at, at, gap / 2):
                break  # a leader to a row farther away would cross a label
    return Labels(row, left)
