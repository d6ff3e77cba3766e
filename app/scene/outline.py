"""From mark rows to outlines: polygons of ribbons, bounding boxes of every mark kind. Pure arrays.

Painter, SVG writer and picking use the same outlines, so that a mark is hit exactly where it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.scene.curves import headings, length_table, parameters, places, rightward, velocities
from app.scene.marks import AnyMarks, Box, Dot, Floats, Ints, Label, Path, Ribbon

Rows = npt.NDArray[np.intp]

MOST_PIECES = 64
"""A ribbon's edge is never cut into more pieces than this."""

_NOTHING = 1e-9
"""A curve no longer than this is a point and shows nothing."""

ASCENT, DESCENT = 0.76, 0.24
"""Top and bottom of a line of type around its baseline, as shares of its size (capitals and descenders of Inter)."""


@dataclass(frozen=True)
class Outline:
    """Polygons in one array: row i owns points[offsets[i]:offsets[i + 1]], possibly none.

    points (m, 2); offsets (n + 1,); bounds (n, 4): left, top, right, bottom; NaN where a row has no points.
    """

    points: Floats
    offsets: Ints
    bounds: Floats


@dataclass(frozen=True)
class Edges:
    """Ribbon bodies of one number of pieces as smooth edges, for formats that know cubic curves.

    rows (r,): rows of the ribbon; inner, outer (r, 3 k + 1, 2): Bézier points of both edges in travel direction.
    """

    rows: Rows
    inner: Floats
    outer: Floats


def ribbon_outline(ribbon: Ribbon, *, tolerance: float = 0.05, grow: float | Floats = 0.0) -> Outline:
    """Polygons of a ribbon's rows: bodies (inner edge forth, outer edge back) and heads (triangles).

    tolerance: greatest distance, in world units, between polygon and true edge (as far as MOST_PIECES allows).
    grow: widens every side by this much, one number or (n,), for halos. Rows whose trims leave nothing have no points.
    """
    part = _Trimmed(ribbon, grow)
    body, tip = (ribbon.head <= 0) & part.alive, (ribbon.head > 0) & part.alive
    pieces = np.where(body, _pieces(ribbon, tolerance), 0)
    counts = np.where(body, 2 * (pieces + 1), np.where(tip, 3, 0))
    offsets = np.zeros(len(ribbon) + 1, dtype=np.int32)
    np.cumsum(counts, out=offsets[1:])
    points = np.empty((int(offsets[-1]), 2))
    for number in np.unique(pieces[body]):
        rows = np.flatnonzero(pieces == number)
        inner, outer = part.sides(rows, np.linspace(0.0, 1.0, number + 1))
        ring = np.concatenate((inner, outer[:, ::-1]), axis=1)
        points[offsets[rows][:, None] + np.arange(2 * (number + 1))] = ring
    rows = np.flatnonzero(tip)
    points[offsets[rows][:, None] + np.arange(3)] = _grown(part.triangles(rows), part.grow[rows])
    return Outline(points, offsets, polygon_bounds(points, offsets))


def ribbon_edges(ribbon: Ribbon, *, grow: float | Floats = 0.0) -> tuple[list[Edges], Rows, Floats]:
    """Bodies as cubic edges, grouped by number of pieces, and heads: rows (r,) and triangles (r, 3, 2).

    Each piece is a cubic Hermite curve of the exact edge (its derivative is that of an offset curve: the speed times
    one plus curvature times offset, plus the growth of the width), with a turn of at most half a radian a piece.
    """
    part = _Trimmed(ribbon, grow)
    body, tip = np.flatnonzero((ribbon.head <= 0) & part.alive), np.flatnonzero((ribbon.head > 0) & part.alive)
    groups = []
    if len(body):
        pieces = np.clip(np.ceil(part.turning(body) / 0.5), 1, 16).astype(np.int32)
        for number in np.unique(pieces):
            rows = body[pieces == number]
            inner, outer = part.hermite(rows, int(number))
            groups.append(Edges(rows, inner, outer))
    return groups, tip, _grown(part.triangles(tip), part.grow[tip])


def bounds(mark: AnyMarks, *, text_widths: Floats | None = None, outline: Outline | None = None) -> Floats:
    """Bounding boxes (n, 4) of a mark's rows: left, top, right, bottom in world units, without pixel-wide strokes.

    text_widths (n,): widths of a label's texts; 0.6 of the size a letter where not given. outline: a ribbon's, if it
    is at hand. Rows without points get NaN, which fits no comparison.
    """
    if isinstance(mark, Box):
        return np.stack((mark.x, mark.y, mark.x + mark.w, mark.y + mark.h), axis=1)
    if isinstance(mark, Dot):
        return np.stack((mark.x - mark.r, mark.y - mark.r, mark.x + mark.r, mark.y + mark.r), axis=1)
    if isinstance(mark, Path):
        half = mark.stroke[:, None] / 2
        return polygon_bounds(mark.points, mark.offsets) + np.hstack((-half, -half, half, half))
    if isinstance(mark, Ribbon):
        return (outline or ribbon_outline(mark)).bounds
    return _label_bounds(mark, text_widths)


def label_corners(label: Label, text_widths: Floats | None = None) -> Floats:
    """The four corners (n, 4, 2) of each line of type, turned by its angle, clockwise from the top left."""
    if text_widths is None:
        text_widths = np.array([0.6 * len(text) for text in label.text]) * label.size
    width = np.minimum(text_widths, label.max_width)
    left = -width * label.anchor / 2.0
    right = left + width
    top, bottom = -ASCENT * label.size, DESCENT * label.size
    local = np.stack((np.stack((left, right, right, left), 1), np.stack((top, top, bottom, bottom), 1)), axis=-1)
    turn = np.radians(label.angle)
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    x = label.x[:, None] + cos * local[..., 0] - sin * local[..., 1]
    y = label.y[:, None] + sin * local[..., 0] + cos * local[..., 1]
    return np.stack((x, y), axis=-1)


def polygon_bounds(points: Floats, offsets: Ints) -> Floats:
    """Boxes (n, 4) of rows of points; NaN for rows that have none."""
    result = np.full((len(offsets) - 1, 4), np.nan)
    full = np.flatnonzero(np.diff(offsets) > 0)
    if len(full):
        starts = offsets[full]
        result[full, :2] = np.minimum.reduceat(points, starts)
        result[full, 2:] = np.maximum.reduceat(points, starts)
    return result


def _label_bounds(label: Label, text_widths: Floats | None) -> Floats:
    corners = label_corners(label, text_widths)
    return np.concatenate((corners.min(axis=1), corners.max(axis=1)), axis=1)


class _Trimmed:
    """The rows of a ribbon cut to their trims: where they start and stop, and points beside the centre line."""

    def __init__(self, ribbon: Ribbon, grow: float | Floats) -> None:
        self.ribbon = ribbon
        self.grow = np.broadcast_to(np.asarray(grow, dtype=np.float64), (len(ribbon),))
        fresh = np.ones(len(ribbon), dtype=np.bool_)  # the lanes of a flow share its centre line
        fresh[1:] = (ribbon.curve[1:] != ribbon.curve[:-1]).any(axis=(1, 2))
        self.table = length_table(ribbon.curve[fresh])[np.cumsum(fresh) - 1]
        self.length = self.table[:, -1]
        self.start = np.maximum(ribbon.trim[:, 0], 0.0) - np.where(ribbon.head > 0, 0.0, self.grow)
        self.stop = self.length - np.maximum(ribbon.trim[:, 1], 0.0) + np.where(ribbon.head > 0, 0.0, self.grow)
        shrunk = self.stop - self.start <= np.where(ribbon.head > 0, 0.0, 2.0 * self.grow)
        self.alive = ~shrunk & (self.length > _NOTHING)
        self.stop = np.where(shrunk, self.start, self.stop)
        ends = np.stack((self.start, self.stop), axis=1)
        self.t = parameters(ribbon.curve, self.table, ends)  # (n, 2)

    def sides(self, rows: Rows, steps: Floats) -> tuple[Floats, Floats]:
        """Points (r, k, 2) of the inner and the outer edge at steps (k,) from 0 to 1 of the trimmed parameter."""
        curve, t = self._at(rows, steps)
        across = rightward(headings(curve, t))
        at = places(curve, t)
        inner, width = self._breadth(rows, t)
        return at + inner[..., None] * across, at + (inner + width)[..., None] * across

    def hermite(self, rows: Rows, pieces: int) -> tuple[Floats, Floats]:
        """Bézier points (r, 3 pieces + 1, 2) of both edges."""
        curve, t = self._at(rows, np.linspace(0.0, 1.0, pieces + 1))
        speed = velocities(curve, t)
        pace = np.hypot(speed[..., 0], speed[..., 1])
        moving = pace > 1e-6  # where a curve stands still, its bend says nothing
        heading = speed / pace[..., None] if moving.all() else headings(curve, t)
        across = rightward(heading)
        at = places(curve, t)
        bend = _second(curve, t)
        cross = speed[..., 0] * bend[..., 1] - speed[..., 1] * bend[..., 0]
        turn = np.where(moving, cross / np.where(moving, pace * pace, 1.0), 0.0)  # radians by t: curvature · speed
        inner, width = self._breadth(rows, t)
        step = (t[:, -1:] - t[:, :1]) / pieces
        widening = [(a[:, -1] - a[:, 0])[:, None] / np.maximum(t[:, -1:] - t[:, :1], 1e-12) for a in (inner, width)]
        edges = []
        for offset, growth in ((inner, widening[0]), (inner + width, widening[0] + widening[1])):
            point = at + offset[..., None] * across
            slope = (pace - offset * turn)[..., None] * heading + growth[..., None] * across
            handle = slope * (step / 3.0)[..., None]
            line = np.empty((len(rows), 3 * pieces + 1, 2))
            line[:, 0::3] = point
            line[:, 1::3] = point[:, :-1] + handle[:, :-1]
            line[:, 2::3] = point[:, 1:] - handle[:, 1:]
            edges.append(line)
        return edges[0], edges[1]

    def triangles(self, rows: Rows) -> Floats:
        """Heads (r, 3, 2): back at the inner edge, tip on the inner edge, back beyond the outer edge."""
        ribbon = self.ribbon
        curve = ribbon.curve[rows]
        back = np.maximum(self.stop[rows] - ribbon.head[rows], self.start[rows])
        t = np.stack((parameters(curve, self.table[rows], back[:, None])[:, 0], self.t[rows, 1]), axis=1)
        across = rightward(headings(curve, t))
        at = places(curve, t)
        share = self._share(rows, t)
        inner, width = (_between(a[rows], share) for a in (ribbon.inner, ribbon.width))
        low = at[:, 0] + inner[:, :1] * across[:, 0]
        tip = at[:, 1] + inner[:, 1:] * across[:, 1]
        high = at[:, 0] + (inner[:, :1] + width[:, :1] + ribbon.barb[rows, None]) * across[:, 0]
        return np.stack((low, tip, high), axis=1)

    def turning(self, rows: Rows) -> Floats:
        """How far each trimmed centre line turns in all, in radians."""
        curve, t = self._at(rows, np.linspace(0.0, 1.0, 17))
        heading = headings(curve, t)
        ahead, behind = heading[:, 1:], heading[:, :-1]
        cross = behind[..., 0] * ahead[..., 1] - behind[..., 1] * ahead[..., 0]
        dot = (behind * ahead).sum(axis=-1)
        return np.asarray(np.abs(np.arctan2(cross, dot)).sum(axis=1))

    def _at(self, rows: Rows, steps: Floats) -> tuple[Floats, Floats]:
        start, stop = self.t[rows, :1], self.t[rows, 1:]
        return self.ribbon.curve[rows], start + (stop - start) * steps

    def _share(self, rows: Rows, t: Floats) -> Floats:
        """Place along the trimmed row, 0 to 1 by length, of parameters t (r, k)."""
        table = self.table[rows]
        at = t * (table.shape[1] - 1)
        low = np.clip(at.astype(np.intp), 0, table.shape[1] - 2)
        below, above = np.take_along_axis(table, low, 1), np.take_along_axis(table, low + 1, 1)
        reached = below + (at - low) * (above - below)
        span = self.stop[rows] - self.start[rows]
        share = (reached - self.start[rows, None]) / np.where(span > 0, span, 1.0)[:, None]
        return np.asarray(np.clip(share, 0.0, 1.0))

    def _breadth(self, rows: Rows, t: Floats) -> tuple[Floats, Floats]:
        share = self._share(rows, t)
        grow = self.grow[rows, None]
        inner = _between(self.ribbon.inner[rows], share) - grow
        return inner, _between(self.ribbon.width[rows], share) + 2.0 * grow


def _between(ends: Floats, share: Floats) -> Floats:
    return ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * share


def _second(curve: Floats, t: Floats) -> Floats:
    weights = np.stack((1.0 - t, t), axis=-1)
    return np.asarray(6.0 * (weights @ np.diff(curve, n=2, axis=1)))


def _pieces(ribbon: Ribbon, tolerance: float) -> Ints:
    """Pieces a row needs: Wang's formula for the flatness of a cubic, plus the turn of its outermost edge.

    Rounded up to 1, 2, 3, 4, 6, 8, 12 … so that rows of one number are worked on together.
    """
    bend = np.diff(ribbon.curve, n=2, axis=1)
    most = np.hypot(bend[..., 0], bend[..., 1]).max(axis=1, initial=0.0)
    chord = np.maximum(np.hypot(*(ribbon.curve[:, 3] - ribbon.curve[:, 0]).T), 1e-9)
    reach = (np.abs(ribbon.inner) + ribbon.width).max(axis=1, initial=0.0)
    need = np.sqrt(0.75 * (most + reach * most / chord) / max(tolerance, 1e-6))
    ladder = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, MOST_PIECES])
    return np.asarray(ladder[np.minimum(np.searchsorted(ladder, need), len(ladder) - 1)], dtype=np.int32)


def _grown(triangles: Floats, grow: Floats) -> Floats:
    """Triangles (r, 3, 2) with every side moved outward by grow (r,); mitres are cut at three times the growth."""
    if not len(triangles) or not grow.any():
        return triangles
    side = np.roll(triangles, -1, axis=1) - triangles
    twice = side[:, 0, 0] * -side[:, 2, 1] + side[:, 0, 1] * side[:, 2, 0]  # cross of two sides: the sense of rotation
    length = np.maximum(np.hypot(side[..., 0], side[..., 1]), 1e-12)
    out = -rightward(side / length[..., None]) * np.where(twice >= 0, 1.0, -1.0)[:, None, None]
    both = out + np.roll(out, 1, axis=1)
    squared = np.maximum((both * both).sum(axis=-1), 1e-9)
    reach = np.minimum(2.0 / np.sqrt(squared), 3.0) * grow[:, None]  # a mitre is the longer the sharper the corner
    return np.asarray(triangles + both / np.sqrt(squared)[..., None] * reach[..., None])
