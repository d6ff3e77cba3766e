"""Rows of marks on a QPainter: what the painter of pictures and the painter of highlights have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import shiboken6
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen

from app.render.look import LARGEST_TYPE, Look
from app.render.palette import Palette
from app.render.pens import draw_dot, pen_of
from app.render.shapes import Shapes
from app.render.text import draw_text, qcolor
from app.render.theme import Theme
from app.render.widths import elided
from app.scene.camera import Camera
from app.scene.lettering import font, tracking
from app.scene.marks import AnyMarks, Box, Dot, Label, Path, Ribbon
from app.scene.pick import Rows
from app.scene.scene import Scene
from app.scene.style import Role


class RowPainter:
    """Draws rows of a Scene's marks in given looks; keeps paths, boxes and the looks of the Scene's styles."""

    def __init__(self, scene: Scene, theme: Theme, *, ground: bool = True, palette: Palette | None = None) -> None:
        self.scene, self.theme = scene, theme
        self.palette = palette or Palette(theme, scene.meta.colors)
        self.shapes = Shapes(scene)
        self.looks = self.palette.looks(scene.styles)
        if not ground:
            pairs = zip(self.looks, scene.styles, strict=True)
            self.looks = [Look() if style.role is Role.GROUND else look for look, style in pairs]

    def draw(self, painter: QPainter, mark: AnyMarks, rows: Rows, looks: Sequence[Look], camera: Camera) -> None:
        """Some rows (k,) of a mark in k looks. The painter stands in view units and is left there."""
        if isinstance(mark, Label):
            self._labels(painter, mark, rows, looks, camera)
            return
        painter.save()
        painter.translate(camera.dx, camera.dy)
        painter.scale(camera.scale, camera.scale)
        unit = 1.0 / camera.scale
        if isinstance(mark, Dot):
            for x, y, r, look in zip(
                mark.x[rows].tolist(), mark.y[rows].tolist(), mark.r[rows].tolist(), looks, strict=True
            ):
                draw_dot(painter, x, y, r, look, unit)
        elif isinstance(mark, Box):
            _boxes(painter, mark, rows, looks, unit)
        else:
            _paths(painter, mark, rows, looks, self.shapes.paths(mark, self.looks, camera.scale), unit)
        painter.restore()

    def _labels(self, painter: QPainter, mark: Label, rows: Rows, looks: Sequence[Look], camera: Camera) -> None:
        zoom = min(camera.scale, LARGEST_TYPE)
        for row, look in zip(rows.tolist(), looks, strict=True):
            if look.text is None:
                continue
            style = self.scene.styles[mark.style[row]]
            size, weight, track = float(mark.size[row]), font(style)[1], tracking(style)
            room = float(mark.max_width[row]) * camera.scale / zoom
            text = elided(mark.text[row], (size, weight), room, track)
            draw_text(
                painter,
                text,
                float(mark.x[row]) * camera.scale + camera.dx,
                float(mark.y[row]) * camera.scale + camera.dy,
                (size * zoom, weight),
                look.text,
                tracking=track,
                anchor=int(mark.anchor[row]),
                angle=float(mark.angle[row]),
                halo=look.halo,
                halo_width=look.halo_width,
            )


def _boxes(painter: QPainter, mark: Box, rows: Rows, looks: Sequence[Look], unit: float) -> None:
    """Rectangles; neighbours of one look with sharp corners are one call."""
    margin = np.array([look.solid_margin for look in looks]) * unit
    x, y = mark.x[rows] - margin, mark.y[rows] - margin
    w, h = mark.w[rows] + 2 * margin, mark.h[rows] + 2 * margin
    radius = np.where(mark.radius[rows] > 0, mark.radius[rows] + margin, 0.0)
    plain = np.ascontiguousarray(np.stack((x, y, w, h), axis=1))
    start = 0
    while start < len(rows):
        look = looks[start]
        stop = start + 1
        if radius[start] == 0:
            while stop < len(rows) and looks[stop] is look and radius[stop] == 0:
                stop += 1
        _set(painter, look, unit)
        if radius[start] == 0:
            first = cast(QRectF, shiboken6.wrapInstance(plain[start:].ctypes.data, QRectF))
            painter.drawRects(first, stop - start)
        else:
            painter.drawRoundedRect(QRectF(*plain[start].tolist()), float(radius[start]), float(radius[start]))
        start = stop


def _paths(
    painter: QPainter,
    mark: Ribbon | Path,
    rows: Rows,
    looks: Sequence[Look],
    paths: list[QPainterPath],
    unit: float,
) -> None:
    """Filled where closed, then stroked; a ribbon that was widened instead is not stroked."""
    for row, look in zip(rows.tolist(), looks, strict=True):
        path = paths[row]
        if path.isEmpty():
            continue
        width = float(mark.stroke[row]) if isinstance(mark, Path) else 0.0
        closed = isinstance(mark, Ribbon) or bool(mark.closed[row])
        if closed and look.fill is not None:
            painter.fillPath(path, qcolor(look.fill))
        if (width or look.stroke_width) and not (isinstance(mark, Ribbon) and look.solid_margin):
            pen = pen_of(look, unit, width)
            if pen.style() != Qt.PenStyle.NoPen:
                painter.strokePath(path, pen)


def _set(painter: QPainter, look: Look, unit: float) -> None:
    """Pen and brush of a look; no pen where the shape was widened instead."""
    painter.setPen(QPen(Qt.PenStyle.NoPen) if look.solid_margin else pen_of(look, unit))
    painter.setBrush(QBrush(qcolor(look.fill)) if look.fill is not None else QBrush())
