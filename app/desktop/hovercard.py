"""The card that says who, when, how sure and which sources, beside what the pointer is on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.desktop.chrome import qcolor
from app.pictures.cards import Card, Row
from app.render.palette import Palette
from app.render.text import font
from app.render.theme import Theme
from app.render.widths import elided, measure
from app.scene.style import Role, Status, Style

WIDTH, PADDING, ROW = 344.0, 16.0, 21.0
SHADOW = 14.0
_MARK = {
    Status.CONFIRMED: "ok",
    Status.REPORTED: "ink3",
    Status.DISPUTED: "warn",
    Status.RUMORED: "ink3",
    Status.DENIED: "ink4",
}


class HoverCard(QWidget):
    """Paints one Card on a raised plate with a shadow. Hidden while there is nothing to tell."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._card: Card | None = None
        self._theme: Theme | None = None
        self._palette: Palette | None = None
        self.hide()

    @property
    def card(self) -> Card | None:
        """What it tells at the moment."""
        return self._card

    def tell(self, card: Card, theme: Theme, palette: Palette) -> None:
        """Show a card; the caller places it."""
        self._card, self._theme, self._palette = card, theme, palette
        self.resize(self.wanted().toSize())
        said = [
            card.head,
            card.line,
            *(f"{r.name}, {r.when}, {r.status.value}, {r.sources}" for r in card.rows),
            *card.notes,
        ]
        self.setAccessibleName(". ".join(part for part in said if part))
        self.show()
        self.raise_()
        self.update()

    def wanted(self) -> QSizeF:
        """The size for its card, shadow included."""
        card = self._card
        if card is None:
            return QSizeF()
        height = PADDING + 20 + (17 * len(self._lines(card)))
        height += 10 + ROW * len(card.rows) if card.rows else 0
        height += 18 if card.more else 0
        height += 8 + 17 * len(self._notes(card)) if card.notes else 0
        return QSizeF(WIDTH + 2 * SHADOW, height + PADDING - 4 + 2 * SHADOW)

    def _lines(self, card: Card) -> list[str]:
        return _wrapped(card.line, 12, 430) if card.line else []

    def _notes(self, card: Card) -> list[str]:
        return [line for note in card.notes for line in _wrapped(note, 11.5, 430)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Plate, head, people, notes."""
        card, theme, palette = self._card, self._theme, self._palette
        if card is None or theme is None or palette is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        shadow = QColor(theme.shadow.r, theme.shadow.g, theme.shadow.b)
        for step in range(7, 0, -1):
            shadow.setAlphaF(theme.shadow.a * 0.14)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shadow)
            painter.drawRoundedRect(plate.adjusted(-step, 3 - step, step, 3 + step), 10 + step, 10 + step)
        painter.setPen(QPen(qcolor(theme.line2), 1))
        painter.setBrush(qcolor(theme.raised))
        painter.drawRoundedRect(plate, 10, 10)
        if card.organization:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(qcolor(palette.organization(card.organization)))
            painter.drawRoundedRect(QRectF(plate.left() - 1, plate.top() + PADDING - 4, 3, 22), 1.5, 1.5)
        x, y = plate.left() + PADDING, plate.top() + PADDING + 11
        room = plate.width() - 2 * PADDING
        _text(painter, x, y, elided(card.head, (15, 650), room), 15, 650, qcolor(theme.ink))
        for line in self._lines(card):
            y += 18
            _text(painter, x, y, line, 12, 430, qcolor(theme.ink2))
        if card.rows:
            y += 12
            painter.setPen(QPen(qcolor(theme.line), 1))
            painter.drawLine(QPointF(plate.left(), y), QPointF(plate.right(), y))
            y += 3
            for row in card.rows:
                self._row(painter, theme, palette, row, x, y, room)
                y += ROW
            y -= 6
        if card.more:
            y += 18
            _text(painter, x, y, f"and {card.more} more", 11.5, 430, qcolor(theme.ink3))
        if card.notes:
            y += 8
            for line in self._notes(card):
                y += 17
                _text(painter, x, y, line, 11.5, 430, qcolor(theme.ink2))
        painter.end()

    def _row(
        self, painter: QPainter, theme: Theme, palette: Palette, row: Row, x: float, y: float, room: float
    ) -> None:
        middle = y + ROW / 2
        color = palette.organization(row.organization)
        painter.setPen(QPen(qcolor(color), 1.2))
        painter.setBrush(qcolor(palette.tint(color, 0.2)))
        painter.drawEllipse(QPointF(x + 8, middle), 7.6, 7.6)
        look = palette.look(Style(Role.FLOW_COUNT, row.organization))
        ink = qcolor(look.text) if look.text is not None else qcolor(theme.ink)
        width = float(measure([row.initials], (7.2, 650))[0])
        _text(painter, x + 8 - width / 2, middle + 2.6, row.initials, 7.2, 650, ink)
        sources = elided(row.sources, (11, 430), 92)
        right = x + room
        _text(painter, right - 92, middle + 4, sources, 11, 430, qcolor(theme.ink3))
        _status_mark(painter, QPointF(right - 104, middle), row.status, theme)
        when_width = float(measure([row.when], (11.5, 430))[0])
        _text(painter, right - 116 - when_width, middle + 4, row.when, 11.5, 430, qcolor(theme.ink2))
        name = elided(row.name, (12, 560), right - 124 - when_width - (x + 24))
        _text(painter, x + 24, middle + 4, name, 12, 560, qcolor(theme.ink))


def _status_mark(painter: QPainter, at: QPointF, status: Status, theme: Theme) -> None:
    """The sign of a status, 11 px: disc with tick, ring with a point, dashed ring, scales, struck ring."""
    color = qcolor(getattr(theme, _MARK.get(status, "ink3")))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if status is Status.CONFIRMED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(at, 5.5, 5.5)
        painter.setPen(
            QPen(qcolor(theme.raised), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
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


def _text(painter: QPainter, x: float, y: float, text: str, size: float, weight: int, color: QColor) -> None:
    painter.setFont(font(size, weight))
    painter.setPen(color)
    painter.drawText(QPointF(x, y), text)


def _wrapped(text: str, size: float, weight: int) -> list[str]:
    room = WIDTH - 2 * PADDING
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and float(measure([longer], (size, weight))[0]) <= room:
            lines[-1] = longer
        else:
            lines.append(elided(word, (size, weight), room))
    return lines
