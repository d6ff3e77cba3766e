"""The card that says who, when, how sure and which sources, beside what the pointer is on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.desktop.chrome import qcolor
from app.desktop.signs import draw_avatar, draw_status
from app.pictures.cards import Card, Row
from app.render.palette import Palette
from app.render.text import font
from app.render.theme import Theme
from app.render.widths import elided, measure

WIDTH, PADDING, ROW = 344.0, 16.0, 21.0
SHADOW = 14.0


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

    def stand_beside(self, at: QPointF) -> None:
        """Stand right of a place of the parent, or left of it, within the parent."""
        parent = self.parentWidget()
        assert parent is not None  # it is made with one
        room, w, h = parent.size(), self.width(), self.height()
        x = at.x() + 18 - SHADOW if at.x() + 18 + w - SHADOW < room.width() else at.x() - 18 - w + SHADOW
        y = min(max(at.y() - 40, -SHADOW / 2), max(room.height() - h + SHADOW / 2, 0))
        self.move(QPointF(max(x, -SHADOW / 2), y).toPoint())

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
        draw_avatar(painter, QPointF(x + 8, middle), row.initials, row.organization, palette)
        sources = elided(row.sources, (11, 430), 92)
        right = x + room
        _text(painter, right - 92, middle + 4, sources, 11, 430, qcolor(theme.ink3))
        draw_status(painter, QPointF(right - 104, middle), row.status, theme, theme.raised)
        when_width = float(measure([row.when], (11.5, 430))[0])
        _text(painter, right - 116 - when_width, middle + 4, row.when, 11.5, 430, qcolor(theme.ink2))
        name = elided(row.name, (12, 560), right - 124 - when_width - (x + 24))
        _text(painter, x + 24, middle + 4, name, 12, 560, qcolor(theme.ink))


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
