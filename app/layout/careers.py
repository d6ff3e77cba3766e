"""One line a person: where the bars of stints stand in their rows, and how they are joined. Pure arrays.

A bar whose begin or end is not known is a stub at the end that is known, for a length stands for a time and nothing may
stand for one that nobody knows. Bars of a row that overlap stand in lanes of their own; a lane is as low as it can be,
and a bar stays in that of the one it follows where that is free. Empty in, empty out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

NONE = -1
STUB, LEAST = 70.0, 12.0
"""Length of a stub in design pixels, and what is left of it where its neighbours leave no more room."""
SOFT, BOTH_SOFT = 0.7, 0.45
"""Share of a stub over which it fades in or out; where neither end is known, over which it does each."""
GAP = 2.0
"""Between a stub that has no day at all and the bar that it stands beside."""
THINNEST = 2.0
"""A bar is no shorter than this, however short its time."""
TOUCHING = 0.5
"""Bars that overlap by less than this only touch."""


@dataclass(frozen=True, eq=False)
class Bars:
    """Bars in their rows; all (n,). x0, x1: begin and end; soft_in, soft_out: over which length they fade at either
    end; inside: whether any of it lies within the axis; lane: 0 is the highest."""

    x0: Floats
    x1: Floats
    soft_in: Floats
    soft_out: Floats
    inside: Bools
    lane: Ints

    def __len__(self) -> int:
        return len(self.x0)


def bars(
    row: Ints, begin: Floats, end: Floats, axis: tuple[float, float], *, unit: float = 1.0, follows: Ints | None = None
) -> Bars:
    """Bars of stints. row (n,): ascending; begin, end (n,): places on the axis, NaN where they are not known, those of
    a row in the order in which they follow one another; axis: its first and last place, to which bars are cut; unit: of
    lengths in design pixels; follows (n,): the bar that each one follows, NONE for none."""
    first, last = axis
    x0, x1 = _with_stubs(row, begin, end, axis, unit)
    x1 = np.maximum(x1, x0 + THINNEST * unit)
    soft_in, soft_out = np.isnan(begin), np.isnan(end)
    share = np.where(soft_in & soft_out, BOTH_SOFT, SOFT)
    length = x1 - x0
    inside = (x1 > first) & (x0 < last)
    cut0 = np.clip(x0, first, last)
    cut1 = np.clip(x1, first, last)
    thin = inside & (cut1 - cut0 < THINNEST * unit)
    cut0[thin] = np.minimum(cut0[thin], last - THINNEST * unit)
    cut1[thin] = cut0[thin] + THINNEST * unit
    fade_in = np.clip(np.where(soft_in, share * length, 0.0) - (cut0 - x0), 0.0, None)
    fade_out = np.clip(np.where(soft_out, share * length, 0.0) - (x1 - cut1), 0.0, None)
    fade_in = np.minimum(fade_in, cut1 - cut0)
    fade_out = np.minimum(fade_out, cut1 - cut0 - fade_in)
    lane = lanes(row, cut0, cut1, inside, follows)
    return Bars(cut0, cut1, fade_in, fade_out, inside, lane)


def _with_stubs(row: Ints, begin: Floats, end: Floats, axis: tuple[float, float], unit: float) -> tuple[Floats, Floats]:
    """Begins and ends, where those not known are those of stubs. Bars without any day follow the one before them that
    has one, else they lead up to the one after them, else they stand at the begin of the axis."""
    first, last = axis
    stub, least, gap = STUB * unit, LEAST * unit, GAP * unit
    x0, x1 = begin.copy(), end.copy()
    n = len(row)
    blank = np.isnan(begin) & np.isnan(end)

    def before(i: int) -> float:
        return float(x1[i - 1]) if i and row[i - 1] == row[i] else np.nan

    def after(i: int) -> float:
        if i + 1 == n or row[i + 1] != row[i]:
            return np.nan
        return float(x0[i + 1]) if not np.isnan(x0[i + 1]) else float(end[i + 1]) - stub

    one_known = np.isnan(begin) ^ np.isnan(end)
    for i in np.flatnonzero(one_known).tolist():
        if not np.isnan(begin[i]):
            room = after(i) - x0[i] if after(i) > x0[i] else stub
            x1[i] = min(x0[i] + min(stub, max(room, least)), max(last, x0[i] + least))
        else:
            room = x1[i] - before(i) if before(i) < x1[i] else stub
            x0[i] = x1[i] - min(stub, max(room, least))
    for run in _runs(row, blank):
        if not np.isnan(until := before(run[0])):
            for i in run:
                x0[i] = min(until + gap, last - least)
                room = after(i) - gap - x0[i] if after(i) > x0[i] else stub
                until = x1[i] = min(x0[i] + min(stub, max(room, least)), last)
        elif not np.isnan(since := after(run[-1])):
            for i in reversed(run):
                x0[i], x1[i] = since - gap - stub, since - gap
                since = x0[i]
        else:
            for k, i in enumerate(run):
                x0[i] = first + k * (stub + gap)
                x1[i] = x0[i] + stub
    return x0, x1


def _runs(row: Ints, which: Bools) -> list[list[int]]:
    """Some bars, those that stand one after the other in a row together."""
    found: list[list[int]] = []
    for i in np.flatnonzero(which).tolist():
        if found and found[-1][-1] == i - 1 and row[i - 1] == row[i]:
            found[-1].append(i)
        else:
            found.append([i])
    return found


def lanes(row: Ints, x0: Floats, x1: Floats, which: Bools, follows: Ints | None = None) -> Ints:
    """The lane of each bar within its row, (n,); 0 for those that are not to be placed."""
    found = np.zeros(len(row), dtype=np.int32)
    at = np.flatnonzero(which)
    at = at[np.lexsort((at, x0[at], row[at]))]
    if len(at) < 2:
        return found
    offset = row[at] * (float(np.abs(x1[at]).max()) + float(np.abs(x0[at]).max()) + 1.0) * 2
    furthest = np.maximum.accumulate(x1[at] + offset)
    crowded = np.unique(row[at][1:][x0[at][1:] + offset[1:] < furthest[:-1] - TOUCHING])
    at = at[np.isin(row[at], crowded)]
    taken: list[float] = []
    current = NONE
    for i in at.tolist():
        if row[i] != current:
            taken, current = [], int(row[i])
        free = [lane for lane, until in enumerate(taken) if until <= x0[i] + TOUCHING]
        own = int(found[follows[i]]) if follows is not None and follows[i] != NONE else NONE
        lane = own if own in free else free[0] if free else len(taken)
        if lane == len(taken):
            taken.append(0.0)
        taken[lane] = float(x1[i])
        found[i] = lane
    return found


@dataclass(frozen=True, eq=False)
class Rows:
    """Where rows stand. top, height (r,): of each row; head (r,): top of the head above it, NaN where it has none;
    bottom: of the last one."""

    top: Floats
    height: Floats
    head: Floats
    bottom: float


def rows(
    n_rows: int, row: Ints, lane: Ints, *, pitch: float, lane_pitch: float, heads: Bools, head_height: float
) -> Rows:
    """Rows one below the other, each as high as its lanes need. row, lane (n,): of all bars; heads (n_rows,): whether a
    head stands above each row."""
    most = np.zeros(n_rows, dtype=np.int32)
    np.maximum.at(most, row, lane)
    height = np.asarray(pitch + most * lane_pitch, dtype=np.float64)
    above = np.where(heads, head_height, 0.0)
    bottom: Floats = np.cumsum(height + above)
    top: Floats = bottom - height
    return Rows(top, height, np.where(heads, top - above, np.nan), float(bottom[-1]) if n_rows else 0.0)


def joins(x0: Floats, y0: Floats, x1: Floats, y1: Floats, reach: float) -> Floats:
    """Curves (k, 4, 2) from the end of a bar to the begin of the next one, level at both ends; reach: how far they
    swing out at least where the lanes differ."""
    bend = np.where(np.abs(y1 - y0) < TOUCHING, (x1 - x0) / 3, np.maximum(np.abs(x1 - x0) / 2, reach))
    x = np.stack([x0, x0 + bend, x1 - bend, x1], axis=1)
    y = np.stack([y0, y0, y1, y1], axis=1)
    return np.stack([x, y], axis=2)
