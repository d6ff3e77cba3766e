"""Where a world that is too large for one sheet of paper is cut. Pure arrays.

Each axis is cut by itself, so that sheets make a grid and can be put together: neighbours show the same strip, and the
cut within that strip runs where it goes through least.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.scene.marks import Floats, floats
from app.scene.pick import Rectangle

MOST_WHOLE = 0.6
"""What is longer than this share of a sheet may be cut: to keep it whole, sheets would have to overlap by as much."""
MOST_OVERLAP = 0.15
"""Neighbours share no more of a sheet than this, but for what is kept whole."""
SHIFT = 0.2
"""A cut is moved back by up to this share of a sheet to where it goes through less, if no more sheets are needed."""
STEPS = 40
"""Halvings in the search for how far that may be."""
_NOTHING = 1e-6
"""No sheet is begun for less of the world than this."""


@dataclass(frozen=True, eq=False)
class Axis:
    """begin, end: (n,) what each sheet shows; cut: (n + 1,) where one is cut from the next, begin and end of the world
    at the ends."""

    begin: Floats
    end: Floats
    cut: Floats

    def __len__(self) -> int:
        return len(self.begin)


@dataclass(frozen=True, eq=False)
class _Spans:
    """What is better not cut on one axis. begins, ends: (n,) each in order; before: (n + 1,) the least begin of those
    that end at or after each of the ends."""

    begins: Floats
    ends: Floats
    before: Floats

    @classmethod
    def of(cls, spans: Floats) -> _Spans:
        """From (n, 2) begins and ends."""
        ordered = spans[np.argsort(spans[:, 1], kind="stable")]
        least = np.minimum.accumulate(np.append(ordered[:, 0], np.inf)[::-1])[::-1]
        return cls(np.sort(spans[:, 0]), ordered[:, 1], least)

    def first_beyond(self, x: float) -> float:
        """The least begin of what ends beyond a place; infinite for nothing."""
        return float(self.before[np.searchsorted(self.ends, x, side="right")])

    def gap(self, low: float, high: float, near: float) -> float:
        """Where from low to high fewest are cut through: in the last such gap, in its middle or as near to its end."""
        inside = (edges[(edges > low) & (edges < high)] for edges in (self.begins, self.ends))
        stops = np.unique(np.concatenate([[low], *inside, [high]]))
        if len(stops) < 2:
            return high
        middles = (stops[1:] + stops[:-1]) / 2
        crossed = np.searchsorted(self.begins, middles) - np.searchsorted(self.ends, middles)
        last = int(np.flatnonzero(crossed == crossed.min())[-1])
        return float(max(middles[last], stops[last + 1] - near))


@dataclass(frozen=True, eq=False)
class Grid:
    """Sheets in rows and columns. x, y: their axes; number: (rows, columns) from 1 in reading order, 0 for a sheet on
    which nothing would stand."""

    x: Axis
    y: Axis
    number: npt.NDArray[np.int32]

    @property
    def n_sheets(self) -> int:
        """Sheets with something on them."""
        return int(self.number.max(initial=0))

    @property
    def n_empty(self) -> int:
        """Sheets that are left out."""
        return self.number.size - self.n_sheets

    def cell(self, row: int, column: int) -> Rectangle:
        """Left, top, right, bottom of what is on a sheet and not beyond its cuts."""
        x, y = self.x.cut, self.y.cut
        return float(x[column]), float(y[row]), float(x[column + 1]), float(y[row + 1])


def axis(extent: tuple[float, float], things: Floats, length: float, overlap: float) -> Axis:
    """Cut one axis into as few sheets as can be, so that fewest things are cut through. extent: begin and end of the
    world; things: (n, 2) begin and end of what is better not cut; length: of a sheet; overlap: what neighbours share at
    least.

    Every thing of up to MOST_WHOLE of a sheet lies whole on a sheet, half the overlap within edges that are cut.
    ValueError for sheets without length, or an overlap of more than MOST_OVERLAP of one.
    """
    if not (length > 0 and 0 <= overlap <= MOST_OVERLAP * length):
        raise ValueError(f"sheets of {length:g} cannot overlap by {overlap:g}")
    (low, high), strip = extent, overlap / 2
    spans = _Spans.of(things[things[:, 1] - things[:, 0] <= MOST_WHOLE * length])

    def following(begin: float) -> float:
        """The latest begin of the sheet after one, so that nothing is whole on neither."""
        return min(begin + length - overlap, spans.first_beyond(begin + length - strip) - strip)

    latest = [low]
    while latest[-1] + length < high - _NOTHING:
        latest.append(following(latest[-1]))
    earliest = [*latest[:-1], high - length]  # begins with which no more sheets are needed
    for k in range(len(latest) - 2, 0, -1):
        few, enough = latest[k] - length, latest[k]
        for _ in range(STEPS):
            middle = (few + enough) / 2
            few, enough = (few, middle) if following(middle) >= earliest[k + 1] else (middle, enough)
        earliest[k] = enough
    begin, cut = [low], [low]
    for k in range(1, len(latest)):
        last = following(begin[-1]) + strip
        first = max(earliest[k] + strip, last - SHIFT * length, cut[-1])
        cut.append(spans.gap(first, begin[-1] + length - strip, strip))
        begin.append(min(cut[-1], last) - strip)
    made = floats(begin)
    return Axis(made, made + length, floats([*cut, high]))


def grid(things: Floats, inked: Floats, size: tuple[float, float], overlap: float, rim: float) -> Grid:
    """Cut a world. things: (n, 4) left, top, right, bottom of what is better not cut; inked: (m, 4) of every mark;
    size: of what a sheet shows; rim: room around the whole. Without marks there is no sheet.

    A world of one column stands in its middle.
    """
    if not len(inked):
        none = Axis(np.zeros(0), np.zeros(0), np.zeros(1))
        return Grid(none, none, np.zeros((0, 0), dtype=np.int32))
    low, high = inked[:, :2].min(axis=0) - rim, inked[:, 2:].max(axis=0) + rim
    spare = max(0.0, size[0] - float(high[0] - low[0])) / 2
    x = axis((float(low[0]) - spare, float(high[0]) + spare), things[:, 0::2], size[0], overlap)
    y = axis((float(low[1]), float(high[1])), things[:, 1::2], size[1], overlap)
    taken = _taken(inked, x.cut, y.cut)
    number = np.zeros(taken.shape, dtype=np.int32)
    number[taken] = np.arange(1, int(taken.sum()) + 1)
    return Grid(x, y, number)


def _taken(inked: Floats, x: Floats, y: Floats) -> npt.NDArray[np.bool_]:
    """Cells (rows, columns) between cuts that any of the marks reaches into."""
    n_rows, n_columns = len(y) - 1, len(x) - 1
    first = [np.clip(np.searchsorted(c, inked[:, k], side="right") - 1, 0, len(c) - 2) for k, c in ((0, x), (1, y))]
    last = [np.clip(np.searchsorted(c, inked[:, k], side="left"), 1, len(c) - 1) for k, c in ((2, x), (3, y))]
    last = [np.maximum(end, begin + 1) for begin, end in zip(first, last, strict=True)]
    change = np.zeros((n_rows + 1, n_columns + 1), dtype=np.int64)  # its sums over both axes count marks
    for rows, columns, by in (
        (first[1], first[0], 1), (first[1], last[0], -1), (last[1], first[0], -1), (last[1], last[0], 1),
    ):  # fmt: skip
        np.add.at(change, (rows, columns), by)
    found: npt.NDArray[np.bool_] = change.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] > 0
    return found
