"""Mark kinds: structs of arrays, float64 world units, y down.

Every row of a mark has `key`, `style`, `tip`: ints into the Scene's `keys`, `styles`, `tips` (-1: none), so that a
device can title it, link it and light it up without knowing what it shows. Rows are painted in order, first below.
All arrays are read-only once a mark exists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


class Anchor(IntEnum):
    """Where a label's point lies on its baseline."""

    START = 0
    MIDDLE = 1
    END = 2


@dataclass(frozen=True, eq=False, kw_only=True)
class Marks:
    """What every mark kind shares: one int a row into keys, styles and tips."""

    key: Ints
    style: Ints
    tip: Ints

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    def __len__(self) -> int:
        return len(self.style)

    def __eq__(self, other: object) -> bool:
        """Two marks are equal when they are of one kind and every array is equal (NaN equals NaN)."""
        if type(other) is not type(self):
            return NotImplemented
        return all(_same(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))

    def drawn_as(self, other: Marks) -> bool:
        """Whether another mark is drawn the same under the same styles, whatever its rows stand for and say."""
        drawn = (f.name for f in fields(self) if f.name not in ("key", "tip"))
        return type(other) is type(self) and all(_same(getattr(self, n), getattr(other, n)) for n in drawn)

    __hash__ = None  # type: ignore[assignment]  # arrays inside: equal by value, never a dict key


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and bool(np.array_equal(a, b, equal_nan=a.dtype.kind == "f"))
    return bool(a == b)


@dataclass(frozen=True, eq=False, kw_only=True)
class Box(Marks):
    """Axis-parallel rectangles: left, top, width, height, corner radius; all (n,)."""

    x: Floats
    y: Floats
    w: Floats
    h: Floats
    radius: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class Ribbon(Marks):
    """Bands that keep to one side of a cubic centre line.

    curve (n, 4, 2): control points, in the direction of travel.
    inner (n, 2): distance of the inner edge to the right of the centre line at start and end (right as seen by the
        traveller; with y down that is the direction (-dy, dx)); negative lies to the left.
    width (n, 2): breadth at start and end, outward from the inner edge.
    trim (n, 2): length cut off along the centre line at start and end.
    head (n,): 0 draws the body of the band. Above 0 the row draws a half-arrow head only: a triangle whose back lies
        `head` before the trimmed end, from the inner edge to `barb` beyond the outer edge, tip on the inner edge.
    barb (n,): overhang of the head on its outer side.
    """

    curve: Floats
    inner: Floats
    width: Floats
    trim: Floats
    head: Floats
    barb: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class Path(Marks):
    """Polylines and polygons in one array of points.

    points (m, 2); offsets (n + 1,): row i owns points[offsets[i]:offsets[i + 1]]; closed (n,): polygon, filled.
    stroke (n,): line width in world units, 0 leaves the width to the style (in pixels).
    """

    points: Floats
    offsets: Ints
    closed: Bools
    stroke: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class Dot(Marks):
    """Discs: centre x, y and radius r; all (n,)."""

    x: Floats
    y: Floats
    r: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class Label(Marks):
    """Single lines of text.

    x, y (n,): a point on the baseline; anchor (n,): Anchor; angle (n,): degrees clockwise;
    text: n strings; max_width (n,): elide beyond it, inf for never; size (n,): height of the type in world units.
    """

    x: Floats
    y: Floats
    anchor: npt.NDArray[np.int8]
    angle: Floats
    text: tuple[str, ...]
    max_width: Floats
    size: Floats


AnyMarks = Box | Ribbon | Path | Dot | Label


def floats(values: Sequence[float] | Floats, shape: tuple[int, ...] | None = None) -> Floats:
    """A contiguous float64 array of its own, reshaped if asked: the one way to hand numbers to a mark."""
    array = np.array(values, dtype=np.float64)
    return array.reshape(shape) if shape is not None else array


def ints(values: Sequence[int] | Ints) -> Ints:
    """A contiguous int32 array of its own."""
    return np.array(values, dtype=np.int32)
