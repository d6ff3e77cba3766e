"""Tokens in lines at both sides of an axis: how many fit beside each other, how high that is, where each one stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

SHARE = 0.22
"""The least share of the width that a side has, of that of the widest one."""


def widths(largest: Sequence[int], room: float) -> list[float]:
    """The widths of sides that share a room, by the largest number of tokens in a row of each: these wrap, so that a
    side with four times as many is twice as wide. A side without tokens has no width."""
    wanted = np.sqrt(np.array(largest, dtype=np.float64))
    there = wanted > 0
    wanted[there] = np.maximum(wanted[there], SHARE * wanted.max(initial=0.0))
    found: list[float] = (wanted / max(wanted.sum(), 1e-9) * room).tolist()
    return found


def per_line(room: float, cell: float) -> int:
    """How many cells stand beside each other in a room; 0 if not even one does."""
    return int((room + 1e-9) // cell)


def n_lines(n: int, room: float, cell: float) -> int:
    """How many lines some cells take; -1 where there is no room for any."""
    each = per_line(room, cell)
    return 0 if n == 0 else -1 if each == 0 else -(-n // each)


def corners(n: int, room: float, cell: tuple[float, float], start: tuple[float, float], *, leftward: bool) -> Floats:
    """The upper left corners (n, 2) of cells of a width and height, line by line, the first of each line at `start`;
    leftward: they stand left of it, and lines grow to the left."""
    each = max(per_line(room, cell[0]), 1)
    line, place = np.divmod(np.arange(n), each)
    x = start[0] - (place + 1) * cell[0] if leftward else start[0] + place * cell[0]
    found: Floats = np.stack([x, start[1] + line * cell[1]], axis=1).astype(np.float64)
    return found
