"""A heat map on a widget: its image, and what stands round it, of a day and through a sight of its own. `heatmap` adds
what one can do with it. While time passes only the image is made anew; names, ruling and scale hold still."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QGraphicsRectItem, QWidget

from app.desktop.charts import heatmap_parts as parts
from app.desktop.charts.chart import Chart
from app.desktop.charts.heatmap_sight import Cell, Sight
from app.desktop.charts.timeline_parts import Dress
from app.desktop.chrome import qcolor, scaled
from app.pictures import wording
from app.pictures.shown_heat import HeatShown
from app.render import heat_colors
from app.render.palette import Palette
from app.render.theme import Theme
from app.scene.marks import Ints

CORNER = (172.0, 76.0)
"""Width of the names of rows and height of those of columns at least: the scale stands there."""
NAMES = (0.28, 0.4)
"""Share of the width and of the height that names may take at most."""


class HeatView(Chart):
    """Shows one heat map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture: HeatShown | None = None
        self.parts = parts.Shown()
        self.people: Ints = np.zeros(0, dtype=np.int32)
        """Of each pair on the day shown."""
        self.levels: heat_colors.Steps = np.zeros((0, 0), dtype=np.uint8)
        """The step of each cell, (n, n)."""
        self.day: float | None = None
        self.keys: tuple[str, ...] = ()
        """What is selected in the window."""
        self.palette_shown: Palette | None = None
        self._clip = QGraphicsRectItem()
        self._clip.setFlag(QGraphicsRectItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self._clip.setPen(Qt.PenStyle.NoPen)
        self.image = pg.ImageItem(axisOrder="row-major")
        self.image.setParentItem(self._clip)
        self.figures, self.ruler = parts.Figures(2, self.parts), parts.Scale(3, self.parts)
        self.rows, self.columns = parts.RowNames(3, self.parts), parts.ColumnNames(3, self.parts)
        self.marked, self.cross = parts.Chosen(4, self.parts), parts.Crosshair(5, self.parts)
        self._parts = (self.figures, self.ruler, self.rows, self.columns, self.marked, self.cross)
        for item in (self._clip, *self._parts):
            self.addItem(item)

    # what it shows

    def show_picture(self, picture: HeatShown) -> None:
        """Show another heat map; where its rows are those of the one before, the same cells stay in sight."""
        before, heat = self.picture, picture.picture
        same = before is not None and np.array_equal(
            before.picture.exchange.codes[before.picture.order], heat.exchange.codes[heat.order]
        )
        self.picture = picture
        shown = self.parts
        shown.names = tuple(heat.name(row) for row in range(len(heat.order)))
        weight = np.add(*heat.exchange.totals(heat.exchange.people))[heat.order]
        shown.ranked = tuple(np.argsort(-weight, kind="stable").tolist())
        shown.largest = heat.largest
        shown.pointed = None
        if not same:
            shown.walked = None
        self._fit_names(keep=same)
        self.show_theme(self.theme)
        self.show_focus(self.keys)

    def show_moment(self, day: float | None, since: float | None) -> None:
        """Show what has happened by a day, and after `since` if given; None: all."""
        self.day = day
        if self.picture is None:
            return
        heat = self.picture.picture
        n = len(heat.order)
        self.people = heat.people(day, since)
        levels = np.zeros((n, n), dtype=np.uint8)
        np.fill_diagonal(levels, heat_colors.WITHIN)
        if heat.exchange.others >= 0:  # people do move among others
            levels[n - 1, n - 1] = heat_colors.NOBODY
        some = np.flatnonzero(self.people)
        levels.ravel()[heat.cell[some]] = heat_colors.steps(heat.largest)[self.people[some]]
        self.levels = levels
        self._paint_image()

    def show_focus(self, keys: tuple[str, ...]) -> None:
        """Mark what is selected."""
        self.keys = keys
        if self.picture is None:
            return
        found = [(self.picture.row_of(key), key) for key in keys]
        self.parts.lines = tuple(dict.fromkeys(row for row, _ in found if row >= 0))
        cells = [cell for row, key in found if row < 0 for cell in self.picture.cells_of(key)]
        self.parts.selected = tuple(dict.fromkeys(cells))
        for part in (self.marked, self.rows, self.columns):
            part.update()

    def show_theme(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self.theme = theme
        self.setBackground(qcolor(theme.bg))
        for part in self._parts:
            part.wear(Dress(theme, self.font(), QColor(theme.accent.hex)))
        if self.picture is not None:
            heat = self.picture.picture
            self.palette_shown = Palette(theme, heat.gathered.colors)
            exchange, grey = heat.exchange, qcolor(theme.ink4)
            owners = [exchange.organization(int(place)) for place in heat.order]
            self.parts.colors = tuple(qcolor(self.palette_shown.organization(i)) if i else grey for i in owners)
        self._paint_image()
        self._update_parts()

    @property
    def sight(self) -> Sight:
        """What is in sight."""
        return self.parts.sight

    def see(self, sight: Sight) -> None:
        """Show other cells."""
        if sight != self.parts.sight:
            self.parts.sight = sight
            self.parts.pointed = None
            self._paint_image()
            self._update_parts()

    def _update_parts(self) -> None:
        """Paint anew all that stands round and over the image."""
        for part in self._parts:
            part.update()

    def _fit_names(self, *, keep: bool) -> None:
        """Room for the names at the left and on top, as wide as the longest where that is not too much."""
        letters = QFontMetricsF(Dress(self.theme, self.font(), QColor()).letters(parts.TYPE))
        longest = max(map(letters.horizontalAdvance, self.parts.names), default=0.0)
        wide, high = float(self.width()), float(self.height())
        margin = self.parts.margin = self.picture.picture.frame.margin if self.picture is not None else 0.0
        left = min(max(longest + parts.GAP + 4 + margin, scaled(CORNER[0])), max(NAMES[0] * wide, scaled(CORNER[0])))
        top = min(max(longest + parts.GAP + 8, scaled(CORNER[1])), max(NAMES[1] * high, scaled(CORNER[1])))
        n = len(self.parts.names)
        area = (left, top, max(wide - margin, left + 1), max(high - 6, top + 1))
        if n and longest + 8 <= Sight.whole(area, n).wide:
            area = (left, float(scaled(CORNER[1])), *area[2:])  # names lie along the columns
        old = self.parts.sight
        self.parts.sight = old.within(area) if keep and old.n == n else Sight.whole(area, n)
        whole, line = QRectF(0, 0, wide, high), float(scaled(parts.LINE))
        cells = QRectF(QPointF(*area[:2]), QPointF(*area[2:]))
        self.figures.fit(cells)
        self.marked.fit(cells.adjusted(-3, -3, 3, 3))
        self.cross.fit(whole)
        self.ruler.fit(QRectF(0, 0, area[0], area[1]))
        self.rows.fit(QRectF(0, area[1] - line, area[0], high - area[1] + line))
        self.columns.fit(QRectF(area[0] - line, 0, wide - area[0] + line, area[1]))
        self._update_parts()

    def _paint_image(self) -> None:
        """The cells in sight as an image; where they are smaller than pixels each pixel shows the strongest of several,
        so that none is lost."""
        sight, shown = self.parts.sight, self.parts
        if not self.levels.size or len(self.levels) != sight.n:
            self.image.clear()
            return
        rows, columns = sight.rows, sight.columns
        seen = self.levels[rows.start : rows.stop, columns.start : columns.stop]
        ratio = self.devicePixelRatioF()
        down, across = (max(int(np.ceil(1.0 / (size * ratio))), 1) for size in (sight.high, sight.wide))
        made = strongest(seen, down, across)
        self.image.setImage(made, autoLevels=False, levels=None, lut=heat_colors.table(self.theme))
        x, y = sight.left_of(columns.start), sight.top_of(rows.start)
        wide, high = made.shape[1] * across * sight.wide, made.shape[0] * down * sight.high
        self.image.setRect(QRectF(x, y, wide, high))
        self._clip.setRect(shown.filled)
        shown.cells = self._cells_in_sight() if sight.wide >= parts.FIGURES[0] else {}
        self.figures.update()

    def _cells_in_sight(self) -> dict[Cell, int]:
        """People of the cells in sight in which there are any."""
        assert self.picture is not None
        heat, rows, columns = self.picture.picture, self.parts.sight.rows, self.parts.sight.columns
        inside = (heat.row >= rows.start) & (heat.row < rows.stop) & (self.people > 0)
        inside &= (heat.column >= columns.start) & (heat.column < columns.stop)
        found = np.flatnonzero(inside)
        places = zip(heat.row[found].tolist(), heat.column[found].tolist(), strict=True)
        return dict(zip(places, self.people[found].tolist(), strict=True))

    # what the canvas asks of what covers it

    def zoom(self, factor: float) -> None:
        """Larger or smaller, the middle staying where it is."""
        middle = self.parts.filled.center()
        self.see(self.parts.sight.zoomed(factor, middle.x(), middle.y()))

    def fit_all(self) -> None:
        """All cells in sight."""
        self.see(Sight.whole(self.parts.sight.area, self.parts.sight.n))

    def go_to(self, keys: tuple[str, ...]) -> None:
        """Bring what stands for keys into sight, at a size to read."""
        if self.picture is None:
            return
        rows = [row for key in keys if (row := self.picture.row_of(key)) >= 0]
        cells = [cell for key in keys for cell in self.picture.cells_of(key)] + [(row, row) for row in rows]
        if cells:
            self.see(self.parts.sight.around(cells))

    # what lies where, and what it says

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The cell at a place of the widget."""
        row, column = self.parts.sight.row_at(y), self.parts.sight.column_at(x)
        return (row, column) if row >= 0 and column >= 0 else None

    def key_at(self, x: float, y: float) -> str:
        """What lies at a place: the flow of a cell, or the organization of a name; blank for nothing."""
        if self.picture is None:
            return ""
        cell, sight = self.cell_at(x, y), self.parts.sight
        if cell is not None:
            return self.picture.key_of(*cell)
        line = sight.row_at(y) if x < sight.area[0] else sight.column_at(x) if y < sight.area[1] else -1
        return self.picture.picture.exchange.key(int(self.picture.picture.order[line])) if line >= 0 else ""

    def told(self, cell: Cell) -> str:
        """A cell in words: `Meta to OpenAI, 12 people`."""
        a, b = (self.parts.names[n] for n in cell)
        pair = self.picture.picture.pair_at(*cell) if self.picture is not None else -1
        if pair < 0:
            return f"{a}: nobody moves within one" if a == b else f"{a} to {b}, nobody"
        return f"{a} to {b}, {wording.people(int(self.people[pair])) if self.people[pair] else 'nobody yet'}"

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """The same cells on another size."""
        super().resizeEvent(event)
        if hasattr(self, "parts"):  # the base class resizes before it is made
            self._fit_names(keep=True)
            self._paint_image()


def strongest(levels: heat_colors.Steps, down: int, across: int) -> heat_colors.Steps:
    """An image in which each pixel is the strongest of down × across cells, the last ones of fewer."""
    if down == across == 1:
        return np.ascontiguousarray(levels)
    rows, columns = -(-levels.shape[0] // down), -(-levels.shape[1] // across)
    padded = np.zeros((rows * down, columns * across), dtype=np.uint8)
    padded[: levels.shape[0], : levels.shape[1]] = levels
    tall = padded[::down].copy()
    for n in range(1, down):
        np.maximum(tall, padded[n::down], out=tall)
    made = tall[:, ::across].copy()
    for n in range(1, across):
        np.maximum(made, tall[:, n::across], out=made)
    return made
