"""What a heat map consists of beside its image: ruling and figures, names along both sides, the scale, what is
selected, the crosshair. All lie in pixels of the widget and paint what they are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from app.desktop.charts import heatmap_sight
from app.desktop.charts.heatmap_sight import Cell, Sight
from app.desktop.charts.timeline_parts import Dress, Part
from app.desktop.chrome import qcolor, scaled
from app.pictures.exchange_words import round_numbers
from app.render import heat_colors
from app.render.color import contrast

RULED = 7.0
"""Pixels from which on cells are set apart by lines."""
FIGURES = (22.0, 14.0)
"""Width and height from which on a cell says how many."""
MOST_FIGURES = 1_200
TYPE, LINE = 11, 14.0
"""Size of names, and the height that one needs; both grow with the type of the system."""
STRIPED = 3.0
"""Pixels from which on each row has a stripe in the colour of its organization."""
GAP = 10.0
"""Between a name and the cells."""
SMALLEST_MARK = 7.0
"""Pixels that the outline of a selected cell measures at least."""


@dataclass
class Shown:
    """What all parts of one heat map paint: what is in sight; names and colours of rows, (n,); rows, the most important
    first; most people of a cell; people of the cells in sight, where these are large enough to say so; selected cells
    and rows; the cell that the keyboard and the one that the pointer is on; what stays
    free at both sides."""

    sight: Sight = field(default_factory=lambda: Sight.whole((0, 0, 1, 1), 0))
    names: tuple[str, ...] = ()
    colors: tuple[QColor, ...] = ()
    ranked: tuple[int, ...] = ()
    largest: int = 0
    cells: dict[Cell, int] = field(default_factory=dict)
    selected: tuple[Cell, ...] = ()
    lines: tuple[int, ...] = ()
    walked: Cell | None = None
    pointed: Cell | None = None
    margin: float = 0.0

    def rectangle(self, cell: Cell) -> QRectF:
        """Where a cell lies."""
        row, column = cell
        s = self.sight
        return QRectF(s.left_of(column), s.top_of(row), s.wide, s.high)

    @property
    def area(self) -> QRectF:
        """Where cells are in sight."""
        left, top, right, bottom = self.sight.area
        return QRectF(QPointF(left, top), QPointF(right, bottom))

    @property
    def filled(self) -> QRectF:
        """What of it there are cells in."""
        s = self.sight
        all_cells = QRectF(s.x, s.y, s.n * s.wide, s.n * s.high)
        return all_cells.intersected(self.area)


class HeatPart(Part):
    """A part that paints the whole widget, or leaves it alone."""

    def __init__(self, z: float, shown: Shown) -> None:
        super().__init__(z)
        self.shown = shown


class Figures(HeatPart):
    """Lines between cells that are large enough, and how many people each holds where there is room."""

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """Lines first, then figures."""
        sight, area, theme = self.shown.sight, self.shown.filled, dress.theme
        painter.save()
        painter.setClipRect(area)
        if min(sight.wide, sight.high) >= RULED:
            painter.setPen(QPen(qcolor(theme.line), 1))
            for column in range(sight.columns.start, sight.columns.stop + 1):
                x = round(sight.left_of(column)) - 0.5
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            for row in range(sight.rows.start, sight.rows.stop + 1):
                y = round(sight.top_of(row)) - 0.5
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        if sight.wide >= scaled(FIGURES[0]) and sight.high >= scaled(FIGURES[1]):
            self._figures(painter, dress)
        painter.restore()

    def _figures(self, painter: QPainter, dress: Dress) -> None:
        if len(self.shown.cells) > MOST_FIGURES:
            return
        font = dress.letters(TYPE, 560)
        painter.setFont(font)
        colors, steps = heat_colors.colors(dress.theme), heat_colors.steps(self.shown.largest)
        inks = {
            step: qcolor(max((dress.theme.ink, dress.theme.bg), key=lambda ink: contrast(ink, colors[step])))
            for step in {int(steps[n]) for n in self.shown.cells.values()}
        }
        width = QFontMetricsF(font).horizontalAdvance
        for cell, people in self.shown.cells.items():
            text, place = f"{people:,}", self.shown.rectangle(cell)
            if width(text) + 4 <= place.width() and self.shown.area.adjusted(-2, -2, 2, 2).contains(place):
                painter.setPen(inks[int(steps[people])])
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class Names(HeatPart):
    """The names along one side: all where there is room, else those of the largest, none of them cut or over another;
    and a stripe in the colour of each organization beside its cells."""

    def __init__(self, z: float, shown: Shown) -> None:
        super().__init__(z, shown)
        self.written: list[tuple[int, QRectF]] = []
        """Rows or columns that were named last, and where each name stands."""

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """Stripes, then names."""
        self.written = []
        painter.setFont(dress.letters(TYPE))
        self.stripes(painter)
        self.write_all(painter, dress, QFontMetricsF(dress.letters(TYPE)), float(scaled(LINE)))

    def stripes(self, painter: QPainter) -> None:
        """The colours beside the cells."""

    def write_all(self, painter: QPainter, dress: Dress, metrics: QFontMetricsF, line: float) -> None:
        """The names. line: the height that one needs."""

    def write(
        self,
        painter: QPainter,
        dress: Dress,
        number: int,
        text: tuple[str, ...],
        place: QRectF,
        *,
        upright: bool = False,
    ) -> None:
        """A name at its place, reading upward where it is upright."""
        strong = number in self.shown.lines
        painter.setPen(qcolor(dress.theme.accent if strong else dress.theme.ink2))
        self.written.append((number, place))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        if not upright:
            painter.drawText(place, int(flags | Qt.AlignmentFlag.AlignRight), "\n".join(text))
            return
        painter.save()
        painter.translate(place.left(), place.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, place.height(), place.width()), int(flags), "\n".join(text))
        painter.restore()

    def ranked(self, seen: range) -> list[int]:
        """Rows or columns in sight, the most important first."""
        return [n for n in self.shown.ranked if n in seen]


class RowNames(Names):
    """Left of the cells."""

    def stripes(self, painter: QPainter) -> None:
        """One stripe a row, where rows are high enough to tell them apart."""
        sight, area = self.shown.sight, self.shown.filled
        if sight.high < STRIPED:
            return
        painter.save()
        painter.setClipRect(QRectF(area.left() - 5, area.top(), 5, area.height()))
        for row in sight.rows:
            place = QRectF(area.left() - 5, sight.top_of(row), 3, max(sight.high - 1, 1))
            painter.fillRect(place, self.shown.colors[row])
        painter.restore()

    def write_all(self, painter: QPainter, dress: Dress, metrics: QFontMetricsF, line: float) -> None:
        """Up to the cells, in two lines where that helps."""
        sight = self.shown.sight
        left, top, _, bottom = sight.area
        room = left - GAP - 2 - self.shown.margin
        rows = self.ranked(sight.rows)
        for row in heatmap_sight.named(rows, lambda n: sight.top_of(n + 0.5), sight.high, line):
            middle = sight.top_of(row + 0.5)
            text = heatmap_sight.lines(
                self.shown.names[row], metrics.horizontalAdvance, room, max(sight.high, line), line
            )
            if text and top <= middle <= bottom:
                width, high = max(map(metrics.horizontalAdvance, text)), line * len(text)
                self.write(painter, dress, row, text, QRectF(left - GAP - width, middle - high / 2, width, high))


class ColumnNames(Names):
    """Above the cells: along the columns where all in sight fit so, else upright."""

    def stripes(self, painter: QPainter) -> None:
        """One stripe a column, where columns are wide enough to tell them apart."""
        sight, area = self.shown.sight, self.shown.filled
        if sight.wide < STRIPED:
            return
        painter.save()
        painter.setClipRect(QRectF(area.left(), area.top() - 5, area.width(), 5))
        for column in sight.columns:
            place = QRectF(sight.left_of(column), area.top() - 5, max(sight.wide - 1, 1), 3)
            painter.fillRect(place, self.shown.colors[column])
        painter.restore()

    def write_all(self, painter: QPainter, dress: Dress, metrics: QFontMetricsF, line: float) -> None:
        """Down to the cells."""
        sight, names = self.shown.sight, self.shown.names
        left, top, right, _ = sight.area
        columns = self.ranked(sight.columns)
        level = all(metrics.horizontalAdvance(names[n]) <= sight.wide - 8 for n in columns)
        for column in heatmap_sight.named(columns, lambda n: sight.left_of(n + 0.5), sight.wide, line):
            middle = sight.left_of(column + 0.5)
            if not left <= middle <= right:
                continue
            if level:
                width = metrics.horizontalAdvance(names[column])
                place = QRectF(middle - width / 2, top - GAP - line, width, line)
                if left - 4 <= place.left() and place.right() <= right + self.shown.margin:
                    self.write(painter, dress, column, (names[column],), place)
                continue
            text = heatmap_sight.lines(
                names[column], metrics.horizontalAdvance, top - GAP - 6, max(sight.wide, line), line
            )
            if text:
                long, high = max(map(metrics.horizontalAdvance, text)), line * len(text)
                place = QRectF(middle - high / 2, top - GAP - long, high, long)
                self.write(painter, dress, column, text, place, upright=True)


class Scale(HeatPart):
    """The legend in the corner: which colour means how many, and which way round the picture is read."""

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """Words, bar, figures; the words for the directions at the corner of the cells."""
        theme, (left, top, _, _) = dress.theme, self.shown.sight.area
        small = dress.letters(10, 600)
        painter.setFont(small)
        painter.setPen(qcolor(theme.ink3))
        painter.drawText(QPointF(self.shown.margin, 16), "PEOPLE, LOG SCALE")
        words = "FROM ↓   TO →"
        painter.drawText(QPointF(left - GAP - QFontMetricsF(small).horizontalAdvance(words), top - GAP), words)
        width = min(left - GAP - self.shown.margin, 220.0)
        bar = QRectF(self.shown.margin, 23, width, 10)
        shades = heat_colors.table(theme)[heat_colors.WEAKEST :]
        pixels = np.ascontiguousarray(shades[None, :, :])
        image = QImage(pixels.data, len(shades), 1, 3 * len(shades), QImage.Format.Format_RGB888)
        painter.drawImage(bar, image)
        painter.setFont(dress.letters(10))
        metrics = QFontMetricsF(dress.letters(10))
        for people, x, word in self.ticks(bar, metrics.horizontalAdvance):
            painter.fillRect(QRectF(x - 0.5, bar.bottom(), 1, 3), qcolor(theme.ink3))
            wide = metrics.horizontalAdvance(word)
            at = bar.left() if people == 1 and self.shown.largest > 1 else min(x - wide / 2, bar.right() - wide)
            painter.drawText(QPointF(at, bar.bottom() + 14), word)

    def ticks(self, bar: QRectF, width: Callable[[str], float]) -> list[tuple[int, float, str]]:
        """Numbers below the bar, each with its place, as many round ones as have room between the ends."""
        largest = self.shown.largest
        if largest < 1:
            return []
        ends = [largest, 1] if largest > 1 else [1]
        found: list[tuple[int, float, str]] = []
        spans: list[tuple[float, float]] = []
        for people in (*ends, *round_numbers(largest)):
            share = np.log(people) / np.log(largest) if largest > 1 else 1.0
            x, word = bar.left() + share * bar.width(), f"{people:,}"
            half = width(word) / 2
            low = bar.left() if people == 1 and largest > 1 else min(x - half, bar.right() - 2 * half)
            if all(low + 2 * half + 6 < a or b + 6 < low for a, b in spans):
                spans.append((low, low + 2 * half))
                found.append((people, float(x), word))
        return found


class Chosen(HeatPart):
    """What is selected, and the cell that the keyboard is on."""

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """Rows and columns of organizations, cells of flows, the ring of the keyboard."""
        shown, theme = self.shown, dress.theme
        painter.save()
        painter.setClipRect(shown.area.adjusted(-3, -3, 3, 3))
        area, s = shown.filled, shown.sight
        tint, edge = qcolor(theme.accent), QPen(qcolor(theme.accent), 1)
        tint.setAlphaF(0.10)
        for n in shown.lines:
            for band in (
                QRectF(area.left(), s.top_of(n), area.width(), s.high),
                QRectF(s.left_of(n), area.top(), s.wide, area.height()),
            ):
                painter.fillRect(band, tint)
                painter.setPen(edge)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(band)
        for cell in shown.selected:
            outline(painter, shown.rectangle(cell), qcolor(theme.accent), qcolor(theme.bg), 2.0)
        if shown.walked is not None:
            ring = shown.rectangle(shown.walked).adjusted(-2, -2, 2, 2)
            outline(painter, ring, qcolor(theme.ink), qcolor(theme.bg), 1.5)
        painter.restore()


class Crosshair(HeatPart):
    """Row and column of the cell that the pointer, or the keyboard, is on, with both names in full."""

    def draw(self, painter: QPainter, dress: Dress) -> None:
        """Two bands, the cell, two plates."""
        cell, sight = self.shown.pointed or self.shown.walked, self.shown.sight
        if cell is None or cell[0] not in sight.rows or cell[1] not in sight.columns:
            return
        shown, theme, area, place = self.shown, dress.theme, self.shown.filled, self.shown.rectangle(cell)
        painter.save()
        painter.setClipRect(area)
        tint = qcolor(theme.ink)
        tint.setAlphaF(0.07)
        painter.fillRect(QRectF(area.left(), place.top(), area.width(), max(place.height(), 1)), tint)
        painter.fillRect(QRectF(place.left(), area.top(), max(place.width(), 1), area.height()), tint)
        outline(painter, place, qcolor(theme.ink), qcolor(theme.bg), 1.0)
        painter.restore()
        font = dress.letters(TYPE, 650)
        metrics, high = QFontMetricsF(font), scaled(LINE) + 6.0
        painter.setFont(font)
        row, column = (shown.names[n] for n in cell)
        wide = metrics.horizontalAdvance(row) + 16
        at = QRectF(max(area.left() - 6 - wide, 2), place.center().y() - high / 2, wide, high)
        self._plate(painter, dress, at, row)
        wide = metrics.horizontalAdvance(column) + 16
        x = min(max(place.center().x() - wide / 2, 2.0), max(self.boundingRect().right() - wide - 2, 2.0))
        self._plate(painter, dress, QRectF(x, area.top() - 6 - high, wide, high), column)

    def _plate(self, painter: QPainter, dress: Dress, place: QRectF, text: str) -> None:
        painter.setPen(QPen(qcolor(dress.theme.line2), 1))
        painter.setBrush(qcolor(dress.theme.raised))
        painter.drawRoundedRect(place, 5, 5)
        painter.setPen(qcolor(dress.theme.ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def outline(painter: QPainter, place: QRectF, color: QColor, ground: QColor, width: float) -> None:
    """A frame round a cell that is seen on any colour, not smaller than can be seen."""
    spare = (max(SMALLEST_MARK - place.width(), 0) / 2, max(SMALLEST_MARK - place.height(), 0) / 2)
    frame = place.adjusted(-spare[0], -spare[1], spare[0], spare[1])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(ground, width + 2), QPen(color, width)):
        painter.setPen(pen)
        painter.drawRect(frame)
