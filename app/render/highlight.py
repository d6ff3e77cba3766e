"""Hover, selection and keyboard focus, painted above a picture: outlines round everything that carries a key.

All marks of a key are taken together, so that a node with its ring, or a flow with its lanes and head, gets one
outline: first all are stroked wide, for a ring off the mark then less wide in ground, and at last the marks come back
at full strength. So no shapes need to be united, however many are selected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QTransform

from app.render.color import Color
from app.render.palette import FOCUS_OFF, HOVER_WIDTH, RING_OFF, RING_WIDTH, Level
from app.render.rows import RowPainter
from app.render.text import qcolor
from app.scene.camera import HOME, Camera
from app.scene.marks import AnyMarks, Box, Dot, Label, Path
from app.scene.pick import Rectangle, Rows, painting_order, shown
from app.scene.scene import Layer
from app.scene.style import Role

_Found = tuple[Layer, AnyMarks, Rows]
_Shape = tuple[QPainterPath, float]
"""A path in view units, and how far its own stroke reaches to both sides."""


class Touched:
    """What highlights have covered, in view units: shapes with their outlines, not only the box around them."""

    def __init__(self, shapes: Sequence[_Shape]) -> None:
        self._shapes = [(path, reach + RING_OFF + RING_WIDTH) for path, reach in shapes]
        around = QRectF()
        for path, off in self._shapes:
            around = around.united(path.boundingRect().adjusted(-off, -off, off, off))
        self.around: Rectangle | None = (
            None if around.isNull() else (around.left(), around.top(), around.right(), around.bottom())
        )

    def meets(self, box: Rectangle) -> bool:
        """Whether anything covered lies in a box."""
        left, top, right, bottom = box
        return any(
            path.intersects(QRectF(left - off, top - off, right - left + 2 * off, bottom - top + 2 * off))
            for path, off in self._shapes
        )


_WITHOUT_OUTLINE = frozenset(
    {Role.GROUND, Role.PLATE, Role.HAIRLINE, Role.GRID, Role.HALO, Role.RELATION_CORE, Role.TAIL}
)


def paint_highlights(
    painter: QPainter, rows_painter: RowPainter, camera: Camera, emphasis: Mapping[int, Level], *, moving: bool
) -> Touched:
    """Paint the keys that are selected, focused and hovered, in this order.

    moving: marks of moving layers count too. Gives what was painted over.
    """
    found = _rows_of(rows_painter, camera, list(emphasis), moving)
    touched: list[_Shape] = []
    for level in (Level.SELECTED, Level.FOCUS, Level.HOVER):
        for key in [key for key in found if emphasis[key] is level]:
            shapes = _shapes(rows_painter, found[key], camera)
            _outline(painter, rows_painter, shapes, level)
            _again(painter, rows_painter, found[key], camera, level)
            touched += shapes
    return Touched(touched)


def _rows_of(rows_painter: RowPainter, camera: Camera, keys: Sequence[int], moving: bool) -> dict[int, list[_Found]]:
    """Layer, mark and rows of each key, in painting order."""
    wanted = np.zeros(len(rows_painter.scene.keys) + 1, dtype=np.bool_)
    wanted[list(keys)] = True
    found: dict[int, list[_Found]] = {}
    for layer in painting_order(rows_painter.scene.layers):
        if not shown(layer, camera.scale) or (layer.moving and not moving):
            continue
        for mark in layer.marks:
            rows = np.flatnonzero(wanted[mark.key])
            for key in dict.fromkeys(mark.key[rows].tolist()):
                found.setdefault(key, []).append((layer, mark, rows[mark.key[rows] == key]))
    return found


def _shapes(rows_painter: RowPainter, found: list[_Found], camera: Camera) -> list[_Shape]:
    """What the marks cover; the boxes of labels where there is nothing else."""
    covered: list[_Shape] = []
    words: list[_Shape] = []
    for layer, mark, rows in found:
        at = camera if layer.space == "world" else HOME
        target = words if isinstance(mark, Label) else covered
        styles = mark.style[rows].tolist()
        target += [
            _shape(rows_painter, mark, row, at)
            for row, style in zip(rows.tolist(), styles, strict=True)
            if rows_painter.scene.styles[style].role not in _WITHOUT_OUTLINE
        ]
    return covered or words


def _shape(rows_painter: RowPainter, mark: AnyMarks, row: int, camera: Camera) -> _Shape:
    s, dx, dy = camera
    path = QPainterPath()
    breadth = rows_painter.looks[mark.style[row]].stroke_width
    if isinstance(mark, Dot):
        r = float(mark.r[row]) * s
        path.addEllipse(QPointF(float(mark.x[row]) * s + dx, float(mark.y[row]) * s + dy), r, r)
    elif isinstance(mark, Box):
        corner = float(mark.x[row]) * s + dx, float(mark.y[row]) * s + dy
        radius = float(mark.radius[row]) * s
        path.addRoundedRect(QRectF(*corner, float(mark.w[row]) * s, float(mark.h[row]) * s), radius, radius)
    elif isinstance(mark, Label):
        left, top, right, bottom = (rows_painter.shapes.bounds(mark)[row] * s).tolist()
        path.addRoundedRect(QRectF(left + dx, top + dy, right - left, bottom - top), 3.0, 3.0)
        breadth = 0.0
    else:
        path = QTransform(s, 0.0, 0.0, s, dx, dy).map(rows_painter.shapes.paths(mark, rows_painter.looks, s)[row])
        if isinstance(mark, Path) and mark.stroke[row]:
            breadth = float(mark.stroke[row]) * s
    return path, breadth / 2.0


def _outline(painter: QPainter, rows_painter: RowPainter, shapes: list[_Shape], level: Level) -> None:
    theme = rows_painter.theme
    if level is Level.HOVER:
        strokes = [(theme.ink, HOVER_WIDTH)]
    else:
        off = RING_OFF if level is Level.SELECTED else FOCUS_OFF
        strokes = [(theme.accent, off + RING_WIDTH / 2), (theme.bg, off - RING_WIDTH / 2)]
    for color, distance in strokes:
        for path, reach in shapes:
            painter.strokePath(path, _pen(color, 2.0 * (reach + distance)))


def _again(painter: QPainter, rows_painter: RowPainter, found: list[_Found], camera: Camera, level: Level) -> None:
    """The marks once more, above their outline."""
    styles = rows_painter.scene.styles
    for layer, mark, rows in found:
        at = camera if layer.space == "world" else HOME
        looks = [rows_painter.palette.look(styles[style], level) for style in mark.style[rows].tolist()]
        rows_painter.draw(painter, mark, rows, looks, at)


def _pen(color: Color, breadth: float) -> QPen:
    style, cap, join = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(QBrush(qcolor(color)), breadth, style, cap, join)
