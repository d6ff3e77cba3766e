"""Which ground is taken: ribbons, discs and boxes laid on a grid of square cells, and how much of it a box would cover.

A label must ask thousands of times how much ribbon lies under a place. Painted once on a grid and summed (summed-area
table: Crow, SIGGRAPH 1984) each question costs four look-ups, whatever the number of ribbons.
Boxes are rows of x, y, width, height; a frame is one such row. Ground outside the frame reads as nothing.
"""

from __future__ import annotations

import copy

import numpy as np
import numpy.typing as npt

from app.layout import curves as cv

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


class Ground:
    """A grid over a frame. Painting adds to it; `cover` asks it. Cells are `cell` wide, the last may stick out."""

    def __init__(self, frame: Floats, cell: float) -> None:
        self.origin = frame[:2].copy()
        self.cell = cell
        self.shape = (max(1, int(np.ceil(frame[3] / cell))), max(1, int(np.ceil(frame[2] / cell))))
        self.grid = np.zeros(self.shape)
        self._table: Floats | None = None

    def cells(self, xy: Floats) -> Ints:
        """Flat cell numbers of places (…, 2); places outside the frame get -1."""
        column = np.floor((xy[..., 0] - self.origin[0]) / self.cell)
        row = np.floor((xy[..., 1] - self.origin[1]) / self.cell)
        inside = (column >= 0) & (row >= 0) & (column < self.shape[1]) & (row < self.shape[0])
        return np.where(inside, row * self.shape[1] + column, -1.0).astype(np.intp)

    def copy(self) -> Ground:
        """The same ground, to be painted further on its own."""
        other = copy.copy(self)
        other.grid = self.grid.copy()
        return other

    def set_cells(self, cells: Ints, value: float = 1.0) -> None:
        """Mark cells (flat numbers, -1 ignored) as taken with a value; marking twice counts once."""
        self.grid.ravel()[cells[cells >= 0]] = value
        self._table = None

    def add_boxes(self, boxes: Floats, value: float = 1.0) -> None:
        """Mark the cells whose centre lies in any of the boxes (b, 4); NaN boxes are ignored."""
        boxes = boxes[np.isfinite(boxes).all(axis=1)]
        low = np.ceil((boxes[:, :2] - self.origin) / self.cell - 0.5).astype(np.intp)
        high = np.ceil((boxes[:, :2] + boxes[:, 2:] - self.origin) / self.cell - 0.5).astype(np.intp)
        for (left, top), (right, bottom) in zip(np.maximum(low, 0), np.maximum(high, 0), strict=True):
            self.grid[top:bottom, left:right] = value
        self._table = None

    def add_discs(self, xy: Floats, radii: Floats, value: float = 1.0) -> None:
        """Mark the cells whose centre lies in any of the discs: centres (d, 2), radii (d,)."""
        x = self.origin[0] + (np.arange(self.shape[1]) + 0.5) * self.cell
        y = self.origin[1] + (np.arange(self.shape[0]) + 0.5) * self.cell
        for (cx, cy), r in zip(xy, radii, strict=True):
            left, right = np.searchsorted(x, (cx - r, cx + r))
            top, bottom = np.searchsorted(y, (cy - r, cy + r))
            part = self.grid[top:bottom, left:right]
            part[(x[None, left:right] - cx) ** 2 + (y[top:bottom, None] - cy) ** 2 <= r * r] = value
        self._table = None

    def add_ribbons(self, curves: Floats, span: Floats, inner: Floats, widths: Floats, value: float = 1.0) -> None:
        """Mark the cells under ribbons: curves (m, 4, 2), parameter spans (m, 2), offset and breadth (m,)."""
        if not len(curves):
            return
        # the sides of the control polygon are never shorter than the curve
        sides = np.diff(curves, axis=1)
        steps = np.ceil(np.hypot(sides[..., 0], sides[..., 1]).sum(axis=1) / self.cell).astype(np.intp) + 2
        row = np.repeat(np.arange(len(curves)), steps)
        share = (np.arange(len(row)) - np.repeat(np.cumsum(steps) - steps, steps)) / (np.repeat(steps, steps) - 1)
        t = span[row, 0] + share * (span[row, 1] - span[row, 0])
        # every place is evaluated once in the power basis; then the ribbon is filled by shifting along the normal
        a, b, c, d = np.ascontiguousarray(cv.powers(curves).transpose(1, 2, 0))[..., row]
        centre = ((a * t + b) * t + c) * t + d
        across = (3 * a * t + 2 * b) * t + c
        across = np.stack((-across[1], across[0])) / np.maximum(np.hypot(across[0], across[1]), cv.TINY)
        tracks = np.ceil(widths / self.cell).astype(np.intp) + 1
        for track in range(int(tracks.max())):
            if track:
                some = np.flatnonzero(tracks[row] > track)
                row, centre, across = row[some], centre[:, some], across[:, some]
            offset = inner[row] + widths[row] * track / np.maximum(tracks[row] - 1, 1)
            self.set_cells(self.cells((centre + offset * across).T), value)

    def cover(self, boxes: Floats) -> Floats:
        """Taken area (times value) under boxes (…, 4): an array (…)."""
        return self._cover(boxes[..., 0], boxes[..., 1], boxes[..., 2], boxes[..., 3])

    def cover_from(self, x: Floats, y: Floats, size: Floats) -> Floats:
        """The same under boxes of one size (2,), one at each crossing of a lattice: (len(y), len(x)), as `cover` has
        it."""
        return self._cover(x[None, :], y[:, None], size[0], size[1])

    def _cover(self, x: Floats, y: Floats, width: Floats, height: Floats) -> Floats:
        if self._table is None:
            self._table = np.zeros((self.shape[0] + 1, self.shape[1] + 1))
            self._table[1:, 1:] = self.grid.cumsum(axis=0).cumsum(axis=1)
        left, top = (x - self.origin[0]) / self.cell, (y - self.origin[1]) / self.cell
        right, bottom = left + width / self.cell, top + height / self.cell
        total = self._sum_to(right, bottom) - self._sum_to(left, bottom)
        total += self._sum_to(left, top) - self._sum_to(right, top)
        return np.asarray(total * self.cell * self.cell)

    def _sum_to(self, x: Floats, y: Floats) -> Floats:
        """Sum of the grid left of x and above y, both in cells, broadcast; bilinear between grid lines, hence exact."""
        assert self._table is not None
        x, y = np.clip(x, 0, self.shape[1]), np.clip(y, 0, self.shape[0])
        i, j = np.minimum(x.astype(np.intp), self.shape[1] - 1), np.minimum(y.astype(np.intp), self.shape[0] - 1)
        fx, fy = x - i, y - j
        table = self._table
        upper = table[j, i] * (1 - fx) + table[j, i + 1] * fx
        lower = table[j + 1, i] * (1 - fx) + table[j + 1, i + 1] * fx
        return np.asarray(upper * (1 - fy) + lower * fy)
