"""Small signs that stand beside words in cards and tables: how sure a fact is, and who a person is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.desktop.chrome import qcolor
from app.render.color import Color
from app.render.palette import Palette
from app.render.text import font
from app.render.theme import Theme
from app.render.widths import measure
from app.scene.style import Role, Status, Style

AVATAR = 7.6
"""Radius of an avatar beside 12 px text."""
_MARK = {
    Status.CONFIRMED: "ok",
    Status.REPORTED: "ink3",
    Status.DISPUTED: "warn",
    Status.RUMORED: "ink3",
    Status.DENIED: "ink4",
}


def draw_status(painter: QPainter, at: QPointF, status: Status, theme: Theme, ground: Color) -> None:
    """The sign of a status, 11 px, on a ground: disc with tick, ring with a point, dashed ring, scales, struck ring."""
    color = qcolor(getattr(theme, _MARK.get(status, "ink3")))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if status is Status.CONFIRMED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(at, 5.5, 5.5)
        painter.setPen(
            QPen(qcolor(ground), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.drawPolyline([at + QPointF(-2.5, 0.2), at + QPointF(-0.7, 2.0), at + QPointF(2.6, -1.8)])
        return
    pen = QPen(color, 1.4)
    if status is Status.RUMORED:
        pen.setDashPattern([2.0, 1.6])
    if status is Status.DENIED:
        pen.setDashPattern([1.0, 1.6])
    painter.setPen(pen)
    if status is Status.DISPUTED:
        painter.drawLine(at + QPointF(0, -5), at + QPointF(0, 5))
        painter.drawLine(at + QPointF(-5, -3), at + QPointF(5, -3))
        for side in (-4.0, 4.0):
            painter.drawArc(QRectF(at.x() + side - 2.2, at.y() - 3.4, 4.4, 4.8), 180 * 16, 180 * 16)
        return
    painter.drawEllipse(at, 5, 5)
    if status is Status.REPORTED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(at, 1.6, 1.6)
    if status is Status.DENIED:
        painter.drawLine(at + QPointF(-4, 4), at + QPointF(4, -4))


def draw_empty_seat(painter: QPainter, at: QPointF, theme: Theme) -> None:
    """The ring of a seat that nobody holds, as large as an avatar."""
    painter.setPen(QPen(qcolor(theme.line2), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, AVATAR - 0.75, AVATAR - 0.75)


def draw_avatar(painter: QPainter, at: QPointF, initials: str, organization: str, palette: Palette) -> None:
    """A person's initials on a disc in the colour of the organization they come from (blank: grey)."""
    color = palette.organization(organization)
    painter.setPen(QPen(qcolor(color), 1.2))
    painter.setBrush(qcolor(palette.tint(color, 0.2)))
    painter.drawEllipse(at, AVATAR, AVATAR)
    look = palette.look(Style(Role.FLOW_COUNT, organization))
    painter.setFont(font(7.2, 650))
    painter.setPen(qcolor(look.text if look.text is not None else palette.theme.ink))
    width = float(measure([initials], (7.2, 650))[0])
    painter.drawText(QPointF(at.x() - width / 2, at.y() + 2.6), initials)
