"""Cells of a matrix: where rows, columns and what fills the cells stand. Pixels, y down; arrays in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Grid:
    """x, y (n,): left and upper edges of columns and rows; width, height: of every cell. place (n,): of each member of
    the order, so that a cell is (x[place[to]], y[place[from]])."""

    x: Floats
    y: Floats
    width: float
    height: float
    place: Positions

    @property
    def n(self) -> int:
        """Rows, and columns."""
        return len(self.x)

    @property
    def right(self) -> float:
        """The right edge of the last column."""
        return float(self.x[-1] + self.width) if self.n else 0.0

    @property
    def bottom(self) -> float:
        """The lower edge of the last row."""
        return float(self.y[-1] + self.height) if self.n else 0.0

    def corner(self, origin: Ints, destination: Ints) -> Floats:
        """Upper left corners (k, 2) of cells."""
        return np.stack([self.x[self.place[destination]], self.y[self.place[origin]]], axis=1)


def grid(
    order: Positions,
    room: tuple[float, float, float, float],
    largest: tuple[float, float],
    *,
    apart: int = 0,
    gap: float = 0.0,
) -> Grid:
    """Equal cells in a room (x, y, w, h), none larger than `largest`; side by side in the middle of its width, from its
    top on. apart: how many at the end stand apart from the others, by a gap."""
    n = len(order)
    x, y, w, h = room
    gap = gap if 0 < apart < n else 0.0
    width = min(largest[0], (w - gap) / max(n, 1))
    height = min(largest[1], (h - gap) / max(n, 1), width)
    shift = np.arange(n, dtype=np.float64)
    away = np.where(np.arange(n) >= n - apart, gap, 0.0)
    place = np.empty(n, dtype=np.intp)
    place[order] = np.arange(n)
    left = x + max(0.0, (w - gap - n * width) / 2)
    return Grid(left + shift * width + away, y + shift * height + away, width, height, place)


def fills(people: npt.ArrayLike, most: float, cell: tuple[float, float], least: float) -> Floats:
    """Width and height (k, 2) of what fills cells: its area means people, `most` of them fill a cell; at least so many
    pixels wide and high; nothing for nobody."""
    count = np.asarray(people, dtype=np.float64)
    share = np.sqrt(count / max(most, 1.0))
    sizes: Floats = np.maximum(share[:, None] * np.array(cell), least) * (count > 0)[:, None]
    return sizes
