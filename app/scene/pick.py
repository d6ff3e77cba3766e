"""From a point or a rectangle to what is drawn there: bounding boxes first, then the exact shapes. Pure arrays.

Built once a Scene (about 10 ms for 2,000 flows), then asked at every move of the pointer. Page marks lie above world
marks of the same z, as they are painted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from app.scene.lettering import font
from app.scene.marks import AnyMarks, Box, Dot, Floats, Ints, Label, Path, Ribbon, floats
from app.scene.outline import bounds, label_corners, ribbon_outline
from app.scene.scene import Layer, Measure, Scene

Rows = npt.NDArray[np.intp]
Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Hit(NamedTuple):
    """What lies at a place: its key and tip (ints into the Scene's tables; a tip may be -1) and its layer."""

    key: int
    tip: int
    layer: str


@dataclass(frozen=True)
class _Shapes:
    """Rows of one mark as rings or lines of points; a dot is a point with a reach."""

    mark: AnyMarks
    bounds: Floats
    points: Floats
    offsets: Ints
    closed: npt.NDArray[np.bool_]
    reach: Floats  # half a stroke or a radius: how far the shape goes beyond its points


class Picker:
    """Answers what lies where in a Scene. Marks without a key are passed over; moving dots: see `nearest`.

    measure gives label widths (a rough width stands in without it).
    """

    def __init__(self, scene: Scene, measure: Measure | None = None) -> None:
        self._layers: list[tuple[Layer, list[_Shapes]]] = []
        for layer in painting_order(scene.layers)[::-1]:
            shapes = [_shapes(scene, mark, measure) for mark in reversed(layer.marks) if len(mark)]
            self._layers.append((layer, shapes))

    def at(
        self,
        x: float,
        y: float,
        *,
        scale: float = 1.0,
        tolerance: float = 3.0,
        space: Literal["world", "page"] = "world",
    ) -> list[Hit]:
        """What covers a point or lies within the tolerance (in pixels), topmost first, each key once.

        x, y: in the units of that space; scale: of the camera, which decides the layers shown and the tolerance.
        """
        near = tolerance / scale if space == "world" else tolerance

        def covers(shapes: _Shapes) -> Rows:
            rows = _overlapping(shapes.bounds, (x - near, y - near, x + near, y + near))
            return rows[_distances(shapes, rows, x, y) <= near] if len(rows) else rows

        return self._collect(covers, scale, space)

    def within(
        self, rectangle: Rectangle, *, scale: float = 1.0, space: Literal["world", "page"] = "world"
    ) -> list[Hit]:
        """What a rectangle touches, topmost first, each key once. Its corners may come in any order."""
        x0, y0, x1, y1 = rectangle
        tidy = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

        def touches(shapes: _Shapes) -> Rows:
            rows = _overlapping(shapes.bounds, tidy)
            return rows[_touching(shapes, rows, tidy)] if len(rows) else rows

        return self._collect(touches, scale, space)

    def _collect(self, find: Callable[[_Shapes], Rows], scale: float, space: str) -> list[Hit]:
        hits: dict[int, Hit] = {}
        for layer, shape_list in self._layers:
            if layer.space != space or not shown(layer, scale):
                continue
            for shapes in shape_list:
                mark = shapes.mark
                for row in find(shapes)[::-1]:
                    key = int(mark.key[row])
                    if key >= 0 and key not in hits:
                        hits[key] = Hit(key, int(mark.tip[row]), layer.name)
        return list(hits.values())


def shown(layer: Layer, scale: float) -> bool:
    """Whether a layer is shown at a camera scale: from min_scale up to, not including, max_scale; page always at 1."""
    at = scale if layer.space == "world" else 1.0
    return layer.min_scale <= at < layer.max_scale


def painting_order(layers: tuple[Layer, ...]) -> list[Layer]:
    """Layers from the lowest up: by z, world below page, else as given."""
    return sorted(layers, key=lambda layer: (layer.z, layer.space == "page"))


def visible(box: Floats, rectangle: Rectangle, margin: float = 0.0) -> Rows:
    """Rows (k,) whose bounding boxes (n, 4) meet a rectangle widened by a margin, in order. For culling."""
    x0, y0, x1, y1 = rectangle
    return _overlapping(box, (x0 - margin, y0 - margin, x1 + margin, y1 + margin))


def nearest(xy: Floats, x: float, y: float, reach: float) -> int:
    """The index of the moving dot (k, 2) nearest to a point, the later of equals; -1 if none lies within reach."""
    if not len(xy):
        return -1
    squared = (xy[:, 0] - x) ** 2 + (xy[:, 1] - y) ** 2
    best = len(xy) - 1 - int(np.argmin(squared[::-1]))
    return best if squared[best] <= reach * reach else -1


def _overlapping(box: Floats, rectangle: Rectangle) -> Rows:
    x0, y0, x1, y1 = rectangle
    return np.flatnonzero((box[:, 0] <= x1) & (box[:, 2] >= x0) & (box[:, 1] <= y1) & (box[:, 3] >= y0))


def _shapes(scene: Scene, mark: AnyMarks, measure: Measure | None) -> _Shapes:
    n = len(mark)
    closed = np.ones(n, dtype=np.bool_)
    reach = np.zeros(n)
    widths = None
    if isinstance(mark, Ribbon):
        outline = ribbon_outline(mark, tolerance=0.25)
        return _Shapes(mark, outline.bounds, outline.points, outline.offsets, closed, reach)
    if isinstance(mark, Path):
        return _Shapes(mark, bounds(mark), mark.points, mark.offsets, mark.closed, mark.stroke / 2.0)
    if isinstance(mark, Dot):
        points, corners, reach = np.stack((mark.x, mark.y), axis=1), 1, mark.r
    elif isinstance(mark, Box):
        x = np.stack((mark.x, mark.x + mark.w, mark.x + mark.w, mark.x), axis=1)
        y = np.stack((mark.y, mark.y, mark.y + mark.h, mark.y + mark.h), axis=1)
        points, corners = np.stack((x, y), axis=-1).reshape(-1, 2), 4
    else:
        widths = _text_widths(scene, mark, measure) if measure is not None else None
        points, corners = label_corners(mark, widths).reshape(-1, 2), 4
    offsets = np.arange(n + 1, dtype=np.int32) * corners
    return _Shapes(mark, bounds(mark, text_widths=widths), points, offsets, closed, reach)


def _text_widths(scene: Scene, label: Label, measure: Measure) -> Floats:
    """Widths of a label's texts: one call of the measure a font."""
    fonts: dict[tuple[float, int], list[int]] = {}
    for row, (style, size) in enumerate(zip(label.style, label.size, strict=True)):
        weight = font(scene.styles[style])[1]
        fonts.setdefault((float(size), weight), []).append(row)
    widths = np.zeros(len(label))
    for role, rows in fonts.items():
        widths[rows] = floats(measure([label.text[row] for row in rows], role))
    return widths


@dataclass(frozen=True)
class _Edges:
    """The sides of some rows in one array: begin, end (e, 2); starts (rows,): where a row's sides begin."""

    begin: Floats
    end: Floats
    starts: Rows

    @classmethod
    def of(cls, shapes: _Shapes, rows: Rows) -> _Edges:
        """Sides of the rows; a ring's last side leads back to its start, an open line's is a point at its start."""
        first, counts = shapes.offsets[rows], np.diff(shapes.offsets)[rows]
        starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.intp)
        index = np.arange(int(counts.sum())) - np.repeat(starts - first, counts)
        follow = index + 1
        follow[starts + counts - 1] = first
        begin, end = shapes.points[index], shapes.points[follow]
        open_rows = ~shapes.closed[rows]
        last = (starts + counts - 1)[open_rows]
        end[last] = begin[last]
        return cls(begin, end, starts)

    def each(self) -> Iterator[tuple[Floats, Floats]]:
        """Coordinates of begin and end, x then y."""
        for axis in (0, 1):
            yield self.begin[:, axis], self.end[:, axis]


def _distances(shapes: _Shapes, rows: Rows, x: float, y: float) -> Floats:
    """Distance (rows,) of a point to each row's shape; 0 inside. Inside is winding number not 0, as fills are."""
    edges = _Edges.of(shapes, rows)
    closest = np.minimum.reduceat(_apart(edges, x, y), edges.starts) - shapes.reach[rows]
    winding = _winding(edges, x, y)
    return np.where((winding != 0) & shapes.closed[rows], 0.0, np.maximum(closest, 0.0))


def _winding(edges: _Edges, x: float, y: float) -> npt.NDArray[np.int64]:
    """Winding number of each row's ring around a point (Sunday 2001)."""
    (x0, x1), (y0, y1) = edges.each()
    left = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)
    up = (y0 <= y) & (y1 > y) & (left > 0)
    down = (y0 > y) & (y1 <= y) & (left < 0)
    return np.add.reduceat(up.astype(np.int64) - down.astype(np.int64), edges.starts)


def _touching(shapes: _Shapes, rows: Rows, rectangle: Rectangle) -> npt.NDArray[np.bool_]:
    """Which rows meet the rectangle: a side passes through it or near a corner, or the ring goes round it."""
    x0, y0, x1, y1 = rectangle
    edges = _Edges.of(shapes, rows)
    reach = np.repeat(shapes.reach[rows], np.diff(np.append(edges.starts, len(edges.begin))))
    meets = _passes(edges, rectangle)
    begin_x, begin_y = edges.begin[:, 0], edges.begin[:, 1]
    beside = np.maximum(np.maximum(x0 - begin_x, begin_x - x1), 0.0)
    above = np.maximum(np.maximum(y0 - begin_y, begin_y - y1), 0.0)
    meets |= np.hypot(beside, above) <= reach
    if reach.any():
        for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1)):
            meets |= _apart(edges, x, y) <= reach
    inside = (_winding(edges, x0, y0) != 0) & shapes.closed[rows]
    return np.asarray(np.logical_or.reduceat(meets, edges.starts) | inside)


def _passes(edges: _Edges, rectangle: Rectangle) -> npt.NDArray[np.bool_]:
    """Which sides have a point in the rectangle (Liang and Barsky 1984)."""
    enter, leave = np.zeros(len(edges.begin)), np.ones(len(edges.begin))
    for axis, (begin, end) in enumerate(edges.each()):
        low, high = rectangle[axis], rectangle[axis + 2]
        step = end - begin
        level = step == 0
        safe = np.where(level, 1.0, step)
        first, second = (low - begin) / safe, (high - begin) / safe
        between = (begin >= low) & (begin <= high)
        enter = np.maximum(enter, np.where(level, np.where(between, 0.0, 2.0), np.minimum(first, second)))
        leave = np.minimum(leave, np.where(level, np.where(between, 1.0, -1.0), np.maximum(first, second)))
    return enter <= leave


def _apart(edges: _Edges, x: float, y: float) -> Floats:
    """Distance of each side from a point."""
    (x0, x1), (y0, y1) = edges.each()
    dx, dy = x1 - x0, y1 - y0
    squared = dx * dx + dy * dy
    along = np.clip(((x - x0) * dx + (y - y0) * dy) / np.where(squared > 0, squared, 1.0), 0.0, 1.0)
    return np.asarray(np.hypot(x - x0 - along * dx, y - y0 - along * dy))
