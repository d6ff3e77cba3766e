"""Looks on a QPainter: pens as SVG strokes them, and dots with their rims and rings."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from app.render.look import WAITING_GAP, Look
from app.render.text import qcolor


def draw_dot(painter: QPainter, x: float, y: float, r: float, look: Look, unit: float = 1.0) -> None:
    """One dot as vectors: disc, rim and, where the look has one, the second ring. unit: a pixel in painter units."""
    pen, brush, margin = _area(look, unit)
    grown = r + margin
    painter.setPen(pen)
    painter.setBrush(brush)
    painter.drawEllipse(QPointF(x, y), grown, grown)
    if look.ring is not None:
        painter.setPen(QPen(qcolor(look.ring), unit))
        painter.setBrush(QBrush())
        painter.drawEllipse(QPointF(x, y), r + WAITING_GAP * unit, r + WAITING_GAP * unit)


@lru_cache(maxsize=4096)
def _area(look: Look, unit: float) -> tuple[QPen, QBrush, float]:
    """Pen and brush of a disc, and by how much it is widened instead of stroked; a thousand dots have few looks."""
    pen = QPen(Qt.PenStyle.NoPen) if look.solid_margin else pen_of(look, unit)
    brush = QBrush(qcolor(look.fill)) if look.fill is not None else QBrush()
    return pen, brush, look.solid_margin * unit


@lru_cache(maxsize=4096)
def pen_of(look: Look, unit: float, width: float = 0.0) -> QPen:
    """The pen of a look; unit: a pixel in painter units; width in painter units where the mark has its own. Pens are
    kept, for ten thousand lines have few of them: who wants another one copies it."""
    color = look.stroke if look.stroke is not None or not width else look.fill
    if color is None or not (width or look.stroke_width):
        return QPen(Qt.PenStyle.NoPen)
    breadth = width or look.stroke_width * unit
    style, cap, join = Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.SvgMiterJoin
    pen = QPen(QBrush(qcolor(color)), breadth, style, cap, join)
    pen.setMiterLimit(4.0)  # cap, join and limit are SVG's defaults
    if look.dash:
        pen.setDashPattern([part * unit / breadth for part in look.dash])
    return pen
