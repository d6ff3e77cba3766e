"""What the timeline consists of: bars, axis, and what stands over them. All lie in pixels of the widget.

The bars are painted once into a pixmap; while time plays only the strip that the clock passed is copied anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.desktop.charts.grips import BASE, FOOT, HEAD, HEIGHT
from app.desktop.charts.timescale import TimeScale, fine_ticks, stretches
from app.desktop.chrome import lettered, qcolor
from app.pictures.histogram import Histogram
from app.render.color import Color
from app.render.theme import Theme

LATER = 0.34
"""Strength of the bars after the clock's day."""
CAPTION = 430.0
"""Pixels that the words above the bars take at most."""
FEWEST_TOLD = 5
"""The highest bar carries its number from so many moves on."""
_OTHERS, _PALE = 0.62, 0.24
NOWHERE = -1e6
"""A place that is never in sight."""


@dataclass(frozen=True, slots=True)
class Dress:
    """Theme, font and the colour of the bars of the organization in question."""

    theme: Theme
    font: QFont
    focus: QColor

    @property
    def bars(self) -> tuple[QColor, QColor, QColor]:
        """Colours of moves to the organization in question, to others, and of those known only to the year."""
        ground: Color = self.theme.surface
        return (
            self.focus,
            qcolor(ground.mix(self.theme.ink3, _OTHERS)),
            qcolor(ground.mix(self.theme.ink3, _PALE)),
        )

    def letters(self, size: int = 11, weight: int = 430) -> QFont:
        """The font of the window at a size and weight."""
        return lettered(self.font, size, weight)


class Part(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph ships no types
    """A part with a rectangle; paints nothing before it has been dressed."""

    def __init__(self, z: float) -> None:
        super().__init__()
        self.setZValue(z)
        self.dress: Dress | None = None
        self._rect = QRectF()

    def wear(self, dress: Dress) -> None:
        """Take other colours."""
        self.dress = dress
        self.update()

    def fit(self, rect: QRectF) -> None:
        """Take another rectangle."""
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect

    def boundingRect(self) -> QRectF:
        """Where it paints."""
        return self._rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint it, if it has been dressed."""
        if self.dress is not None and not self._rect.isEmpty():
            self.draw(painter, self.dress)

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """What the part looks like; nothing, if it does not say."""


class Bars(Part):
    """Moves per quarter, stacked; those after the clock's day at LATER of their strength."""

    def __init__(self) -> None:
        super().__init__(1)
        self.data: Histogram | None = None
        self._scale = TimeScale(0, 1, 0, 1)
        self._split = 0.0
        self._painted: QPixmap | None = None

    def show_data(self, data: Histogram | None) -> None:
        """Show other bars, or none."""
        self.data = data
        self._anew()

    def wear(self, dress: Dress) -> None:
        """Take other colours."""
        super().wear(dress)
        self._anew()

    def show_scale(self, scale: TimeScale) -> None:
        """Stand on other days."""
        self._scale = scale
        self.fit(QRectF(scale.left, 0, max(scale.right - scale.left, 1), BASE))
        self._anew()

    def show_split(self, x: float) -> None:
        """The clock's day stands there; repaints only what lies between there and where it stood."""
        was, self._split = self._split, x
        if was != x:
            self.update(QRectF(min(was, x) - 1, 0, abs(was - x) + 2, BASE))

    def _anew(self) -> None:
        self._painted = None
        self.update()

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """Copy what has been painted: as it is up to the clock, weak after it."""
        ratio = painter.device().devicePixelRatioF()
        if self._painted is None or self._painted.devicePixelRatioF() != ratio:
            self._painted = self._paint_all(dress, ratio)
        area = self._rect
        at = min(max(self._split, area.left()), area.right())
        for left, right, strength in ((area.left(), at, 1.0), (at, area.right(), LATER)):
            if right > left:
                painter.setOpacity(strength)
                source = QRectF((left - area.left()) * ratio, 0, (right - left) * ratio, area.height() * ratio)
                painter.drawPixmap(QRectF(left, 0, right - left, area.height()), self._painted, source)
        painter.setOpacity(1.0)

    def _paint_all(self, dress: Dress, ratio: float) -> QPixmap:
        made = QPixmap(round(self._rect.width() * ratio), round(self._rect.height() * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        if self.data is None:
            return made
        painter = QPainter(made)
        painter.translate(-self._rect.left(), 0)
        data, scale = self.data, self._scale
        ends = [*data.quarter.tolist()[1:], data.end]
        unit = (BASE - HEAD) / max(float(data.total.max()), 1.0)
        for q, (first, last) in enumerate(zip(data.quarter.tolist(), ends, strict=True)):
            left, right = round(scale.x(first) * ratio) / ratio, round(scale.x(last) * ratio) / ratio
            if right < scale.left or left > scale.right:
                continue
            level = BASE
            for values, color in zip((data.focus, data.others, data.spread), dress.bars, strict=True):
                height = float(values[q]) * unit
                painter.fillRect(QRectF(left, level - height, max(right - left - 1, 0.6), height), color)
                level -= height
        self._paint_peak(painter, dress, unit, ends)
        painter.end()
        return made

    def _paint_peak(self, painter: QPainter, dress: Dress, unit: float, ends: list[int]) -> None:
        """The number of dated moves of the highest bar, left of its top, or over it where the bar before is as high."""
        data, scale = self.data, self._scale
        assert data is not None
        exact = data.focus + data.others
        peak = int(exact.argmax())
        if exact[peak] < FEWEST_TOLD:
            return
        font = dress.letters(11, 650)
        word = f"{exact[peak]:,.0f}"
        width = QFontMetricsF(font).horizontalAdvance(word)
        left, right = scale.x(int(data.quarter[peak])), scale.x(ends[peak])
        level = BASE - float(data.total[peak]) * unit
        before = BASE - float(data.total[peak - 1]) * unit if peak else BASE
        beside = before > level + 14
        at = QPointF(left - width - 5, level + 10) if beside else QPointF((left + right - width) / 2, level - 4)
        if not beside and at.x() < scale.left + CAPTION:
            return  # the words above the bars stand there; the tip tells the number
        painter.setFont(font)
        painter.setPen(qcolor(dress.theme.ink))
        painter.drawText(at, word)


class Axis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph ships no types
    """The axis of time below the bars: a line, ticks, and words in the middle of what they name."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.setZValue(2)
        self.scale_shown = TimeScale(0, 1, 0, 1)
        self.words: list[tuple[float, str]] = []
        """What was last written, with the middle of each word."""
        self._dress: Dress | None = None

    def wear(self, dress: Dress) -> None:
        """Take other colours."""
        self._dress = dress
        self.setTickFont(dress.letters())
        self.setTextPen(qcolor(dress.theme.ink3))

    def show_scale(self, scale: TimeScale) -> None:
        """Stand on other days."""
        self.scale_shown = scale
        self.picture = None
        self.update()

    def generateDrawSpecs(self, p: QPainter) -> Any:
        """Line, ticks and words, as AxisItem paints them. A word keeps to the part of its stretch that is in sight."""
        if self._dress is None:
            return None
        scale, metrics = self.scale_shown, QFontMetricsF(self._dress.letters())
        faint, strong = QPen(qcolor(self._dress.theme.line2), 1), QPen(qcolor(self._dress.theme.ink4), 1)
        written = stretches(scale)
        ticks = [(faint, day, 4.0) for day in fine_ticks(scale)] + [(strong, s.first, 6.0) for s in written]
        self.words, texts = [], []
        for stretch in written:
            width = metrics.horizontalAdvance(stretch.word) + 2
            whole = scale.x(stretch.last) - scale.x(stretch.first)
            left, right = max(scale.x(stretch.first), scale.left), min(scale.x(stretch.last), scale.right)
            if right - left >= min(width, 0.55 * whole):
                middle = (left + right) / 2
                self.words.append((middle, stretch.word))
                room = QRectF(middle - width / 2, 4, width, FOOT - BASE - 4)
                texts.append((room, Qt.AlignmentFlag.AlignCenter.value, stretch.word))
        lines = [
            (pen, QPointF(round(scale.x(day)), 0), QPointF(round(scale.x(day)), length))
            for pen, day, length in ticks
            if scale.left <= scale.x(day) <= scale.right
        ]
        return (faint, QPointF(scale.left, 0), QPointF(scale.right, 0)), lines, texts


class Window(Part):
    """The days that stay in sight before the clock, as a band with a grip at each edge."""

    def __init__(self) -> None:
        super().__init__(0)

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """Band and grips."""
        band = self._rect.adjusted(2, 0, -2, 0)
        painter.fillRect(band, qcolor(dress.theme.accentbg))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(dress.theme.accent))
        middle = band.center().y()
        for x in (band.left(), band.right()):
            painter.drawRoundedRect(QRectF(x - 2, middle - 8, 4, 16), 2, 2)


class Bracket(Part):
    """The range that play goes round in, along the upper edge."""

    def __init__(self) -> None:
        super().__init__(4)

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """A line with an end to drag on either side."""
        color = qcolor(dress.theme.accent)
        area = self._rect.adjusted(2, 0, -2, 0)
        painter.fillRect(QRectF(area.left(), 1, area.width(), 1), color)
        for x in (area.left(), area.right() - 2):
            painter.fillRect(QRectF(x, 1, 2, 8), color)


class ClockLine(Part):
    """The clock: a line through the bars with a handle on top."""

    def __init__(self) -> None:
        super().__init__(6)
        self.fit(QRectF(-8, 0, 16, BASE + 6))

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """Line and handle, round its own place."""
        color = qcolor(dress.theme.accent)
        painter.fillRect(QRectF(-1, 12, 2, BASE - 8), color)
        painter.setPen(QPen(qcolor(dress.theme.surface), 1))
        painter.setBrush(color)
        painter.drawPath(_shield(6, 3, 16))


class KnownBy(Part):
    """The handle of the known-by day under the axis, with its word on the left of it."""

    def __init__(self) -> None:
        super().__init__(5)
        self.word, self.parked = "known by", True

    def show_day(self, word: str, parked: bool) -> None:
        """Another word; parked: it means now."""
        self.word, self.parked = word, parked
        width = QFontMetricsF(self.dress.letters()).horizontalAdvance(word) if self.dress is not None else 60.0
        self.fit(QRectF(-width - 14, BASE, width + 22, HEIGHT - BASE))
        self.update()

    def wear(self, dress: Dress) -> None:
        """Take other colours; the word may be of another width."""
        super().wear(dress)
        self.show_day(self.word, self.parked)

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """Handle and word; in the colour of the clock while it holds something back."""
        theme = dress.theme
        color = qcolor(theme.ink3 if self.parked else theme.accent)
        if not self.parked:
            painter.fillRect(QRectF(-0.5, BASE + 1, 1, FOOT - BASE), color)
        painter.setPen(QPen(color, 1.5))
        painter.setBrush(qcolor(theme.surface))
        painter.drawPath(_shield(4, HEIGHT - 3, FOOT + 1))
        painter.setPen(color)
        painter.setFont(dress.letters(11, 430 if self.parked else 560))
        painter.drawText(QPointF(self._rect.left() + 4, HEIGHT - 4), self.word)


class Caption(Part):
    """One line of words, with squares in the colours of the bars that they explain."""

    def __init__(self) -> None:
        super().__init__(3)
        self.title = ""
        self.keys: tuple[tuple[str, str, int], ...] = ()

    def show_words(self, title: str, keys: tuple[tuple[str, str, int], ...] = ()) -> None:
        """title; keys: word, a shorter one for where there is little room, and number of the colour in Dress.bars."""
        if (title, keys) != (self.title, self.keys):
            self.title, self.keys = title, keys
            self.update()

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """As many words as fit."""
        font = dress.letters()
        width, base = QFontMetricsF(font).horizontalAdvance, self._rect.top() + 14
        painter.setFont(font)
        painter.setPen(qcolor(dress.theme.ink3))
        x, end = self._rect.left(), self._rect.right()
        painter.drawText(QPointF(x, base), self.title)
        x += width(self.title) + 14
        roomy = x + sum(width(word) + 27 for word, _, _ in self.keys) < (x + end) / 2
        for word, short, color in self.keys:
            shown = word if roomy else short
            if x + 13 + width(shown) > end:
                break
            painter.fillRect(QRectF(x, base - 8, 8, 8), dress.bars[color])
            painter.drawText(QPointF(x + 13, base), shown)
            x += 13 + width(shown) + 14


class Nothing(Part):
    """What stands in the place of bars that are not there."""

    def __init__(self, words: str) -> None:
        super().__init__(1)
        self._words = words

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """The words, in the middle."""
        painter.setFont(dress.letters(12))
        painter.setPen(qcolor(dress.theme.ink2))
        painter.drawText(self._rect, Qt.AlignmentFlag.AlignCenter, self._words)


def _shield(half: float, flat: float, tip: float) -> QPainterPath:
    """A handle round x = 0 with a flat end and a pointed one."""
    shoulder = flat + (tip - flat) * 0.62
    path = QPainterPath(QPointF(-half, flat))
    for x, y in ((half, flat), (half, shoulder), (0.0, tip), (-half, shoulder)):
        path.lineTo(x, y)
    path.closeSubpath()
    return path
