"""Qt shapes of mark rows, made in bulk from their arrays and kept while the camera's scale allows."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from app.render.look import Look
from app.render.widths import measure
from app.scene.lettering import font
from app.scene.marks import AnyMarks, Bools, Floats, Ints, Label, Path, Ribbon
from app.scene.outline import bounds, ribbon_outline
from app.scene.scene import Scene

_FINE = 0.1
"""Distance in pixels that a ribbon's polygon may keep from its true edge."""

_POINT = 16
"""Bytes of a QPointF: two doubles."""


@dataclass(frozen=True)
class _Kept:
    tolerance: float
    margins: bytes
    paths: list[QPainterPath]


class Shapes:
    """Paths and bounding boxes of a Scene's marks. They live as long as the Scene, which this holds."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._paths: dict[int, _Kept] = {}
        self._bounds: dict[int, Floats] = {}
        self._margins: tuple[list[Look], Floats] | None = None

    def bounds(self, mark: AnyMarks) -> Floats:
        """Boxes (n, 4) that hold a mark's rows: for culling, so labels and ribbons get a little too much."""
        kept = self._bounds.get(id(mark))
        if kept is None:
            if isinstance(mark, Ribbon):
                kept = _ribbon_hull(mark)
            else:
                widths = _label_widths(self._scene, mark) if isinstance(mark, Label) else None
                kept = bounds(mark, text_widths=widths)
            self._bounds[id(mark)] = kept
        return kept

    def paths(self, mark: Ribbon | Path, looks: list[Look], scale: float) -> list[QPainterPath]:
        """One path a row, in the mark's units, closed where the row is.

        A ribbon whose look is one solid colour with a stroke is widened instead of stroked, which costs a tenth.
        """
        for _ in self.making(mark, looks, scale):
            pass
        return self._paths[id(mark)].paths

    def making(self, mark: Ribbon | Path, looks: list[Look], scale: float) -> Iterator[None]:
        """Make what `paths` gives, where it is not at hand, with pauses in between: for who must not take long."""
        if isinstance(mark, Path):
            tolerance, margins = 0.0, np.zeros(0)
        else:
            tolerance = _FINE / 2.0 ** math.ceil(math.log2(max(scale, 0.125)))
            margins = self._margins_of(looks)[mark.style] / scale
        kept = self._paths.get(id(mark))
        if kept is not None and kept.tolerance == tolerance and kept.margins == margins.tobytes():
            return
        if isinstance(mark, Path):
            made = _paths(mark.points, mark.offsets, mark.closed)
        else:
            outline = ribbon_outline(mark, tolerance=tolerance, grow=margins)
            yield
            made = _paths(outline.points, outline.offsets, np.ones(len(mark), dtype=np.bool_))
        self._paths[id(mark)] = _Kept(tolerance, margins.tobytes(), made)
        yield

    def _margins_of(self, looks: list[Look]) -> Floats:
        """By how much a shape of each look just grows, (styles,); made once for a list of looks."""
        if self._margins is None or self._margins[0] is not looks:
            self._margins = looks, np.array([look.solid_margin for look in looks])
        return self._margins[1]


def _paths(points: Floats, offsets: Ints, closed: Bools) -> list[QPainterPath]:
    """A path for each row of points. Filled with winding number, as SVG does.

    Painting a path costs two thirds of painting the polygon with the same fill rule.
    """
    made = []
    for polygon, close in zip(polygons(points, offsets), closed.tolist(), strict=True):
        path = QPainterPath()
        path.addPolygon(polygon)
        if close:
            path.closeSubpath()
        path.setFillRule(Qt.FillRule.WindingFill)
        made.append(path)
    return made


def polygons(points: Floats, offsets: Ints) -> list[QPolygonF]:
    """A QPolygonF for each row of points (m, 2), offsets (n + 1,): one copy of memory a row, no loop over points."""
    points = np.ascontiguousarray(points)
    address = points.ctypes.data
    rows = offsets.tolist()
    made = []
    for start, stop in pairwise(rows):
        polygon = QPolygonF()
        if stop > start:
            polygon.resize(stop - start)
            target = shiboken6.getCppPointer(polygon.data())[0]
            ctypes.memmove(target, address + start * _POINT, (stop - start) * _POINT)
        made.append(polygon)
    return made


def _ribbon_hull(ribbon: Ribbon) -> Floats:
    """A curve lies within its control points, and a ribbon no further off than its breadth."""
    reach = (np.abs(ribbon.inner) + ribbon.width).max(axis=1, initial=0.0) + ribbon.barb
    low, high = ribbon.curve.min(axis=1) - reach[:, None], ribbon.curve.max(axis=1) + reach[:, None]
    return np.concatenate((low, high), axis=1)


def _label_widths(scene: Scene, label: Label) -> Floats:
    """Widths (n,) of the texts, and a tenth more: for culling an upper bound is enough."""
    weights = np.array([font(scene.styles[style])[1] for style in label.style])
    em = np.zeros(len(label))
    for weight in np.unique(weights):
        rows = np.flatnonzero(weights == weight)
        em[rows] = measure([label.text[row] for row in rows], (1.1, int(weight)))
    return np.asarray(em * label.size)
