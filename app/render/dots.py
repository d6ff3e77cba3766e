"""People in motion on screen: every dot is a sprite, all dots of a frame are one call.

A sprite is drawn once for each style and state, at the device's pixel ratio. Qt blits sprites to whole pixels, so each
exists at 4 × 4 fractions of a pixel and the fitting one is taken. Tails are sprites of their own in 48 directions:
turning one at paint time would cost ten times as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
import numpy.typing as npt
import shiboken6
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPen, QPixmap

from app.render.color import Color
from app.render.look import WAITING_GAP, Look
from app.render.palette import FLOW_FADE, FOCUS_OFF, HOVER_WIDTH, RING_WIDTH, Level, Palette
from app.render.pens import draw_dot
from app.render.text import qcolor
from app.render.theme import Theme
from app.scene.marks import Dot, Floats
from app.scene.motion import TRAVELLING, WAITING, Frame, Motion
from app.scene.style import Certainty, Role, Style

RADIUS, HOLLOW_RADIUS = 3.3, 2.9
SELECTED_RADIUS = 7.5
TAIL, MOST_TAILS = 15.0, 4_000
"""Length of a tail; where more people are on the way at once no dot has one: it is the first thing that crowds."""
PHASES = 4
DIRECTIONS = 48
Indices = npt.NDArray[np.intp]
Levels = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class _Cell:
    """What one sprite shows: a dot, a tail towards a direction, or a ring for emphasis."""

    look: Look
    radius: float = 0.0
    tail: Color | None = None
    angle: float = 0.0


class DotSprites:
    """Sprites of the dots of some styles, and the call that paints a frame of them.

    ratio: device pixels a pixel; size: zoom of the dots (1 is the size of the visual language).
    """

    def __init__(self, palette: Palette, styles: Sequence[Style], *, ratio: float = 1.0, size: float = 1.0) -> None:
        self.ratio, self.size = ratio, size
        people = [i for i, style in enumerate(styles) if style.role is Role.PERSON]
        self._slot = np.zeros(len(styles) + 1, dtype=np.intp)
        dots: list[_Cell] = []
        colors: list[Color] = []
        for slot, index in enumerate(people):
            self._slot[index] = slot
            dots += [
                _variant(palette, styles[index], hollow=hollow, waiting=waiting)
                for waiting in (False, True)
                for hollow in (False, True)
            ]
            colors.append(palette.person(styles[index].organization))
        self._rings = len(dots)
        dots += [_ring(palette.theme, level) for level in _RING_LEVELS]
        self._atlas = _atlas(tuple(dots), tuple(colors), ratio, size)

    def paint(
        self,
        painter: QPainter,
        motion: Motion,
        frame: Frame,
        camera: tuple[float, float, float] = (1.0, 0.0, 0.0),
        levels: Levels | None = None,
    ) -> None:
        """Paint a frame's dots, tails below them, rings of emphasis on top.

        camera: scale, dx, dy; levels: the level of each key, the last entry that of none. No dots: nothing.
        """
        if not len(frame):
            return
        scale, dx, dy = camera
        xy = frame.xy * scale + (dx, dy)
        style = self._slot[motion.style[frame.row]]
        variant = np.where(frame.hollow, 1, 0) + np.where(frame.state == WAITING, 2, 0)
        cells, places, opacity = [style * 4 + variant], [xy], [frame.opacity.copy()]
        if levels is not None and levels.any():
            level = levels[motion.key[frame.row]]
            opacity[0][level == Level.DIM] *= FLOW_FADE
            for number, wanted in enumerate(_RING_LEVELS):
                marked = np.flatnonzero(level == wanted)
                cells.append(np.full(len(marked), self._rings + number, dtype=np.intp))
                places.append(xy[marked])
                opacity.append(np.ones(len(marked)))
        going = np.flatnonzero(frame.state == TRAVELLING)
        going = going if len(going) <= MOST_TAILS else going[:0]
        direction = np.round(frame.angle[going] * (DIRECTIONS / 360.0)).astype(np.intp) % DIRECTIONS
        self._atlas.paint(
            painter,
            (style[going] * DIRECTIONS + direction, xy[going], opacity[0][going]),
            (np.concatenate(cells), np.concatenate(places), np.concatenate(opacity)),
        )


def draw_frame(
    painter: QPainter,
    palette: Palette,
    styles: Sequence[Style],
    motion: Motion,
    frame: Frame,
    camera: tuple[float, float, float],
    size: float,
    levels: Levels,
) -> None:
    """The same as vectors, dot by dot, for documents and stills. Arguments as for DotSprites."""
    scale, dx, dy = camera
    theme = palette.theme
    rows = zip(
        (frame.xy * scale + (dx, dy)).tolist(),
        motion.style[frame.row].tolist(),
        levels[motion.key[frame.row]].tolist(),
        frame.state.tolist(),
        frame.hollow.tolist(),
        frame.angle.tolist(),
        frame.opacity.tolist(),
        strict=True,
    )
    for (x, y), style, level, state, hollow, angle, opacity in rows:
        painter.save()
        painter.translate(x, y)
        painter.scale(size, size)
        painter.setOpacity(opacity * (FLOW_FADE if level == Level.DIM else 1.0))
        if state == TRAVELLING:
            painter.rotate(angle)
            _draw_tail(painter, palette.person(styles[style].organization))
        cell = _variant(palette, styles[style], hollow=hollow, waiting=state == WAITING)
        draw_dot(painter, 0.0, 0.0, cell.radius, cell.look)
        for ring in _RING_LEVELS:
            if level == ring:
                cell = _ring(theme, ring)
                draw_dot(painter, 0.0, 0.0, cell.radius, cell.look)
        painter.restore()


_RING_LEVELS = (Level.SELECTED, Level.HOVER, Level.FOCUS)


def _ring(theme: Theme, level: Level) -> _Cell:
    """The ring that a level puts round a dot."""
    if level is Level.SELECTED:
        return _Cell(Look(stroke=theme.accent, stroke_width=RING_WIDTH), SELECTED_RADIUS)
    if level is Level.FOCUS:
        return _Cell(Look(stroke=theme.accent, stroke_width=RING_WIDTH), RADIUS + FOCUS_OFF)
    return _Cell(Look(stroke=theme.ink, stroke_width=HOVER_WIDTH), RADIUS + HOVER_WIDTH / 2)


def _variant(palette: Palette, style: Style, *, hollow: bool, waiting: bool) -> _Cell:
    """A person's dot, as a ring where hollow, with a second ring while it waits."""
    certainty = Certainty.UNSURE if hollow else Certainty.SURE
    look = palette.look(Style(style.role, style.organization, style.status, style.emphasis, certainty))
    if waiting:
        ring = palette.person(style.organization)
        look = Look(look.fill, look.stroke, look.stroke_width, look.dash, ring=ring)
    return _Cell(look, HOLLOW_RADIUS if hollow else RADIUS)


def paint_discs(
    painter: QPainter, mark: Dot, rows: Indices, looks: Sequence[Look], camera: tuple[float, float, float]
) -> None:
    """Very many dots of a still layer as sprites; radii are rounded to a quarter of a pixel."""
    scale, dx, dy = camera
    quarters = np.maximum(np.round(mark.r[rows] * scale * 4.0), 1.0)
    kinds: dict[tuple[Look, float], int] = {}
    sprite = np.array(
        [kinds.setdefault(kind, len(kinds)) for kind in zip(looks, quarters.tolist(), strict=True)], dtype=np.intp
    )
    cells = tuple(_Cell(look, quarter / 4.0) for look, quarter in kinds)
    atlas = _atlas(cells, (), painter.device().devicePixelRatioF(), 1.0)
    xy = np.stack((mark.x[rows], mark.y[rows]), axis=1) * scale + (dx, dy)
    none = np.zeros(0, dtype=np.intp), np.zeros((0, 2)), np.zeros(0)
    atlas.paint(painter, none, (sprite, xy, np.ones(len(rows))))


@lru_cache(maxsize=16)
def _atlas(dots: tuple[_Cell, ...], colors: tuple[Color, ...], ratio: float, size: float) -> _Atlas:
    """Sprites drawn once: the next picture of the same organizations needs the same ones, and to draw them holds the
    window for 70 ms. colors: of tails, each in all directions."""
    tails = [_Cell(Look(), tail=c, angle=360.0 * i / DIRECTIONS) for c in colors for i in range(DIRECTIONS)]
    return _Atlas(dots, tails, ratio, size)


class _Atlas:
    """All sprites in one pixmap: dots in the upper cells, each at PHASES² fractions of a pixel, tails in the lower."""

    def __init__(self, dots: Sequence[_Cell], tails: Sequence[_Cell], ratio: float, size: float) -> None:
        self.ratio = ratio
        unit = ratio * size
        reach = max(
            cell.radius + max(cell.look.stroke_width / 2, WAITING_GAP + 0.5 if cell.look.ring else 0.0) for cell in dots
        )
        self._dot = int(np.ceil(2 * (reach + 1.0) * unit)) + 1
        self._tail = int(np.ceil(2 * (TAIL + 2) * unit)) + 1
        columns = 64
        self._columns = columns
        dot_rows = -(-len(dots) * PHASES * PHASES // columns)
        self._tail_columns = max(columns * self._dot // self._tail, 1)
        tail_rows = -(-len(tails) // self._tail_columns)
        self._top = dot_rows * self._dot
        width, height = columns * self._dot, self._top + tail_rows * self._tail
        image = QImage(width, max(height, 1), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, cell in enumerate(dots):
            for phase in range(PHASES * PHASES):
                left, top = self._corner(np.array([number * PHASES * PHASES + phase]), tail=False)
                painter.resetTransform()
                painter.translate(
                    float(left[0]) + self._dot / 2 + (phase % PHASES) / PHASES,
                    float(top[0]) + self._dot / 2 + (phase // PHASES) / PHASES,
                )
                painter.scale(unit, unit)
                draw_dot(painter, 0.0, 0.0, cell.radius, cell.look)
        for number, cell in enumerate(tails):
            left, top = self._corner(np.array([number]), tail=True)
            painter.resetTransform()
            painter.translate(float(left[0]) + self._tail / 2, float(top[0]) + self._tail / 2)
            painter.rotate(cell.angle)
            painter.scale(unit, unit)
            _draw_tail(painter, cell.tail)
        painter.end()
        self.pixmap = QPixmap.fromImage(image)

    def paint(
        self, painter: QPainter, tails: tuple[Indices, Floats, Floats], dots: tuple[Indices, Floats, Floats]
    ) -> None:
        """All of them in one call, tails first; each given as sprite, place in view units, opacity."""
        array = self._fragments(tails, dots)
        if len(array):  # Qt reads the array's own memory during the call
            first = cast(QPainter.PixmapFragment, shiboken6.wrapInstance(array.ctypes.data, QPainter.PixmapFragment))
            painter.drawPixmapFragments(first, len(array), self.pixmap)

    def _fragments(self, tails: tuple[Indices, Floats, Floats], dots: tuple[Indices, Floats, Floats]) -> Floats:
        """The (n, 10) array: x, y, left, top, width and height in the pixmap, scales, rotation, opacity."""
        count = len(tails[0])
        array = np.zeros((count + len(dots[0]), 10))
        for part, (sprite, xy, opacity), tail in ((array[:count], tails, True), (array[count:], dots, False)):
            device = xy * self.ratio
            side = self._tail if tail else self._dot
            corner = device - side / 2.0
            whole = np.floor(corner + (0.5 if tail else 0.5 / PHASES))
            if not tail:
                phase = np.minimum(((corner - whole) * PHASES + 0.5).astype(np.intp), PHASES - 1)
                sprite = sprite * (PHASES * PHASES) + phase[:, 1] * PHASES + phase[:, 0]
            part[:, 0:2] = (whole + side / 2.0) / self.ratio
            part[:, 2], part[:, 3] = self._corner(sprite, tail=tail)
            part[:, 4:6] = side
            part[:, 6:8] = 1.0 / self.ratio
            part[:, 9] = opacity
        return array

    def _corner(self, sprite: Indices, *, tail: bool) -> tuple[Indices, Indices]:
        if tail:
            return sprite % self._tail_columns * self._tail, self._top + sprite // self._tail_columns * self._tail
        return sprite % self._columns * self._dot, sprite // self._columns * self._dot


def _draw_tail(painter: QPainter, color: Color | None) -> None:
    """The trace behind a dot that travels along the x axis: two steps, the far one paler."""
    if color is None:
        return
    for start, stop, strength, width in ((2.0, TAIL / 2, 0.5, 2.6), (TAIL / 2, TAIL, 0.25, 2.2)):
        pen = QPen(QBrush(qcolor(color.alpha(strength))), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QLineF(-start, 0.0, -stop, 0.0))
