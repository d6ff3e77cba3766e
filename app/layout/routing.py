"""Which way the flows of a flow map bow.

The two directions of a pair share one centre line, bowed by a bend out of a fixed set (control point = middle + bend ·
distance · normal; in need also shifted along the chord). Widest pairs choose first, then all choose once more knowing
the rest. A bend costs for nodes near the band, for ribbons and names it would lie on, and for straying from the usual
bow, which is 0.10 for near nodes and more for far ones (curved ties, few overlaps, spread around the nodes: Jenny et
al., "Design principles for origin-destination flow maps", Cartography and Geographic Information Science 45, 2018).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.layout import curves as cv
from app.layout.raster import Ground
from app.layout.sizes import GAP, INNER

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

BENDS = np.array([0.10, 0.13, 0.16, 0.20, 0.25, 0.30, 0.35])
STEEP = np.array([0.45, 0.60])
"""Bends beyond the usual, for a pair that cannot get round a node otherwise."""
SKEWS = np.array([0.2, -0.2, 0.4, -0.4])
"""Shifts of the control point along the chord, tried where no even bow gets round the nodes."""
ALONG, ACROSS, FINE = (30, 48, 7_000), 3, 64
"""Samples along a band (least, most, and the product with the number of pairs to aim at) and across; fine ones."""
MARGIN, REPAIRS = 6.0, 32
STEPS = 8
"""Of the search for where a ribbon gets clear of a node."""
UNDER, OUTSIDE, NAME, HOLD = 400.0, 30.0, 1.5, 12.0


@dataclass(frozen=True, eq=False)
class Pairs:
    """Joined nodes: ends (p, 2), first below second; widths (p, 2): breadth towards the second and the first node."""

    ends: Ints
    widths: Floats


class Router:
    """The choice of bows for one arrangement of nodes, to be asked again when names have found their places.

    A bow is its bend, positive to the right of the way from the first node to the second, and the skew of its control
    point along the chord, 0 but where nothing else gets round a node.
    """

    def __init__(self, xy: Floats, radii: Floats, pairs: Pairs, frame: Floats, unit: float = 1.0) -> None:
        """xy (n, 2), radii (n,): nodes; pairs: p joined nodes; frame (4,): ribbons keep inside."""
        even = np.concatenate((BENDS, STEEP))
        even = np.stack((even, -even), axis=1).ravel()
        self._xy, self._radii, self._pairs, self._frame, self._unit = xy, radii, pairs, frame, unit
        self._options = np.column_stack((even, np.zeros(len(even))))
        least, most, work = ALONG
        self._along = max(least, min(most, work // max(len(pairs.ends), 1)))
        self._under = _under(xy, radii, pairs, even, unit)
        self._taken = np.zeros(0)
        self._order = np.lexsort((pairs.ends[:, 1], pairs.ends[:, 0], -pairs.widths.sum(axis=1)))

    def choose(self, *, names: Floats | None = None, kept: Floats | None = None) -> Floats:
        """Bows (p, 2): bend and skew of each pair.

        names (b, 4): boxes that ribbons should spare (NaN: none); kept (p, 2): bows chosen before, with which each pair
        reckons until the others have chosen again.
        """
        ground = Ground(self._frame, 8 * self._unit)
        if names is not None:
            ground.add_boxes(names, NAME)
        self._taken = np.append(ground.grid.ravel(), OUTSIDE)  # the last cell, -1, is what lies outside the frame
        chosen = np.full(len(self._pairs.ends), -1) if kept is None else self._options_of(kept)
        cells, areas = self._all_footprints
        cost = self._usual(self._options, self._pairs) + UNDER * self._under
        laid = {int(pair): self._lay(cells[pair, chosen[pair]]) for pair in np.flatnonzero(chosen >= 0)}
        for _ in range(2 if kept is None else 1):
            for pair in self._order.tolist():
                if pair in laid:
                    self._taken[laid[pair]] -= 1.0
                chosen[pair] = self._cheapest(cost[pair], cells[pair], areas[pair])
                laid[pair] = self._lay(cells[pair, chosen[pair]])
        return np.asarray(self._options[chosen])

    def settled(self, kept: Floats) -> Floats:
        """Bows (p, 2) of which those that were chosen before (p, 2; NaN: none) stay, unless they have come to lie under
        a node or beyond the frame: those are held by no more than `HOLD`."""
        pairs, bows = self._pairs, kept.copy()
        self._taken = np.append(Ground(self._frame, 8 * self._unit).grid.ravel(), OUTSIDE)
        known = self._options_of(kept)
        clear = np.where(known >= 0, self._under[np.arange(len(known)), known] == 0, np.isfinite(kept[:, 0]))
        stand = np.flatnonzero(clear)
        cells, _ = self._footprints(kept[stand, None], Pairs(pairs.ends[stand], pairs.widths[stand]))
        inside = (cells[:, 0] >= 0).all(axis=1)
        for ground in cells[inside, 0]:
            self._lay(ground)
        loose = self._order[np.isin(self._order, stand[inside], invert=True)]
        some = Pairs(pairs.ends[loose], pairs.widths[loose])
        cells, areas = self._footprints(self._options, some)
        cost = self._usual(self._options, some) + UNDER * self._under[loose]
        cost -= HOLD * (known[loose, None] == np.arange(len(self._options)))
        for row, pair in enumerate(loose.tolist()):
            best = self._cheapest(cost[row], cells[row], areas[row])
            self._lay(cells[row, best])
            bows[pair] = self._options[best]
        return bows

    def _options_of(self, bows: Floats) -> Ints:
        """Which of the usual bows those of pairs are, -1 for none of them."""
        same = np.abs(self._options[None] - bows[:, None]).max(axis=2) < 1e-9
        return np.where(same.any(axis=1), same.argmax(axis=1), -1)

    def _cheapest(self, cost: Floats, cells: Ints, areas: Floats) -> int:
        """The option that costs least, with the ribbons that it would lie on."""
        lying = self._taken[cells].mean(axis=1) * areas
        return int(np.round(cost + lying, 6).argmin())

    def _lay(self, cells: Ints) -> Ints:
        """Count a ribbon on the cells it lies on, and return them."""
        mine = np.unique(cells)
        mine = mine[mine >= 0]
        self._taken[mine] += 1.0
        return np.asarray(mine)

    @cached_property
    def _all_footprints(self) -> tuple[Ints, Floats]:
        return self._footprints(self._options, self._pairs)

    def repaired(self, bows: Floats, kept: Floats | None = None) -> Floats:
        """Give pairs that still come too near to a node the best of a larger set of bows, measured finely.

        At most `REPAIRS` pairs, the widest first: where more are in trouble, no bow is free.
        """
        taken = self._taken
        depth = self._depth(bows[:, None], self._pairs)[self._order, 0]
        bad = self._order[depth > 0][:REPAIRS]
        if not len(bad):
            return bows
        some = Pairs(self._pairs.ends[bad], self._pairs.widths[bad])
        skewed = [np.column_stack((self._options[:, 0], np.full(len(self._options), skew))) for skew in SKEWS]
        options = np.concatenate((self._options, *skewed))
        cells, areas = self._footprints(options, some)
        cost = self._usual(options, some) + taken[cells].mean(axis=2) * areas
        cost += UNDER * self._depth(np.broadcast_to(options, (len(bad), *options.shape)), some)
        if kept is not None:
            cost -= HOLD * (np.abs(options[None] - kept[bad, None]).max(axis=2) < 1e-9)
        bows = bows.copy()
        bows[bad] = options[np.round(cost, 6).argmin(axis=1)]
        return bows

    def _chords(self, pairs: Pairs) -> tuple[Floats, Floats, Floats]:
        start = self._xy[pairs.ends[:, 0]]
        chord = self._xy[pairs.ends[:, 1]] - start
        return start, chord, np.maximum(np.hypot(chord[:, 0], chord[:, 1]), cv.TINY)

    def _usual(self, options: Floats, pairs: Pairs) -> Floats:
        """Cost of straying from the bow that suits the distance: (p, options)."""
        far = self._chords(pairs)[2] / np.hypot(self._frame[2], self._frame[3])
        wanted = 0.10 + 0.10 * np.clip(far / 0.5, 0.0, 1.0)
        stray = (np.abs(options[:, 0])[None, :] - wanted[:, None]) / 0.10
        return np.asarray(0.25 * stray**2 + 8.0 * np.abs(options[:, 1]))

    def _footprints(self, options: Floats, pairs: Pairs) -> tuple[Ints, Floats]:
        """Cells under the band of each option (p, o, places) and its area in cells (p, o); options (o, 2) for all
        pairs, or (p, o, 2) for each its own."""
        unit = self._unit
        start, chord, size = self._chords(pairs)
        trim = np.minimum((self._radii[pairs.ends] + GAP * unit) / size[:, None], 0.45)
        t = trim[:, :1] + (1 - trim.sum(axis=1))[:, None] * np.linspace(0.0, 1.0, self._along)
        along, high, slope_along, slope_high = _local(options, t)
        steep = np.hypot(slope_along, slope_high)
        # the band from the outer edge of one direction to that of the other, with a little air
        edge = pairs.widths + np.where(pairs.widths > 0, INNER, 0.0) * unit + 2 * unit
        offset = np.linspace(0.0, 1.0, ACROSS)[None, :] * edge.sum(axis=1)[:, None] - edge[:, 1:]
        shift = (offset / size[:, None])[:, None, None, :]
        u = (along[..., None] - (slope_high / steep)[..., None] * shift)[..., None]
        v = (high[..., None] + (slope_along / steep)[..., None] * shift)[..., None]
        place = start[:, None, None, None] + u * chord[:, None, None, None]
        place += v * cv.right_of(chord)[:, None, None, None]
        cells = Ground(self._frame, 8 * unit).cells(place).reshape(len(start), options.shape[-2], self._along * ACROSS)
        longer = 1 + 8 / 3 * np.broadcast_to(options[..., 0], (len(start), options.shape[-2])) ** 2
        visible = size * (1 - trim.sum(axis=1)) * np.maximum(edge.sum(axis=1), 8 * unit)
        return cells, longer * visible[:, None] / (8 * unit) ** 2

    def _depth(self, bows: Floats, pairs: Pairs) -> Floats:
        """How deep bands reach into the margin of unrelated nodes, by fine samples: bows (p, o, 2) → (p, o)."""
        start, chord, size = self._chords(pairs)
        p = len(start)
        depth = np.zeros(bows.shape[:2])
        t = np.broadcast_to(np.linspace(0.0, 1.0, FINE), (p, FINE))
        band = pairs.widths + np.where(pairs.widths > 0, INNER * self._unit, 0.0)
        off = self._xy[None] - start[:, None]
        x = (off * chord[:, None]).sum(axis=2) / size[:, None] ** 2
        y = (off * cv.right_of(chord)[:, None]).sum(axis=2) / size[:, None] ** 2
        related = (pairs.ends[:, :, None] == np.arange(len(self._xy))).any(axis=1)
        reach = (self._radii + MARGIN * self._unit + band.max(axis=1)[:, None]) / size[:, None]
        # only nodes under the widest bow can be touched
        apart = (np.abs(y) - 0.5 * np.abs(bows[..., 0]).max(axis=1)[:, None] > reach) | (np.abs(x - 0.5) - 0.6 > reach)
        for node in np.flatnonzero((~related & ~apart).any(axis=0)):
            rows = np.flatnonzero(~related[:, node] & ~apart[:, node])
            along, high, slope_along, slope_high = _local(bows[rows], t[rows])
            dx, dy = x[rows, node, None, None] - along, y[rows, node, None, None] - high
            nearest = (dx * dx + dy * dy).argmin(axis=2)[..., None]
            dx, dy, sx, sy = (np.take_along_axis(a, nearest, 2)[..., 0] for a in (dx, dy, slope_along, slope_high))
            # the right of the way is the side of the traffic to the second node
            side = np.where(dy * sx - dx * sy > 0, band[rows, :1], band[rows, 1:])
            need = self._radii[node] + side + MARGIN * self._unit
            short = np.maximum(need - np.hypot(dx, dy) * size[rows, None], 0.0) / (self._radii[node] + self._unit)
            depth[rows] += short + short**2
        return depth


def _local(bows: Floats, t: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Bows over a chord from 0 to 1: places along and to the right of it and their derivatives, each (p, o, k).

    bows (o, 2) or (p, o, 2): bend and skew; t (p, k).
    """
    bend, skew = bows[..., 0, None], bows[..., 1, None]
    t = t[:, None, :]
    hump = 2 * t * (1 - t)
    flat = np.zeros_like(skew)
    return hump * (0.5 + skew) + t * t + flat, hump * bend, 1 + 2 * skew * (1 - 2 * t), 2 * bend * (1 - 2 * t)


def _under(xy: Floats, radii: Floats, pairs: Pairs, bends: Floats, unit: float) -> Floats:
    """How deep the band of each even bow reaches into the margin of unrelated nodes: (p, bends), 0 for clear.

    Every even bow is the parabola y = 2 b x (1 - x) over its own chord, so the distance of a node from it is known to
    first order without sampling.
    """
    start = xy[pairs.ends[:, 0]]
    chord = xy[pairs.ends[:, 1]] - start
    size = np.maximum(np.hypot(chord[:, 0], chord[:, 1]), cv.TINY)
    off = xy[None, :, :] - start[:, None, :]
    x = ((off * chord[:, None, :]).sum(axis=2) / size[:, None] ** 2)[:, None, :]
    y = ((off * cv.right_of(chord)[:, None, :]).sum(axis=2) / size[:, None] ** 2)[:, None, :]
    b = bends[None, :, None]
    inside = np.clip(x, 0.0, 1.0)
    slope = 2 * b * (1 - 2 * inside)
    high = y - 2 * b * inside * (1 - inside)
    distance = np.hypot(high / np.sqrt(1 + slope**2), x - inside) * size[:, None, None]
    band = pairs.widths + np.where(pairs.widths > 0, INNER * unit, 0.0)
    side = np.where(high > 0, band[:, 0, None, None], band[:, 1, None, None])
    depth = np.maximum(radii + side + (MARGIN + 2) * unit - distance, 0.0) / (radii + unit)
    rows = np.arange(len(pairs.ends))
    depth[rows, :, pairs.ends[:, 0]] = 0.0
    depth[rows, :, pairs.ends[:, 1]] = 0.0
    return np.asarray((depth + depth**2).sum(axis=2))


def centre_lines(xy: Floats, radii: Floats | None, ends: Ints, bows: Floats) -> Floats:
    """Centre lines of pairs (p, 4, 2), travelling from the first node to the second; bows (p, 2).

    They run from rim to rim, or from centre to centre where no radii are given.
    """
    whole = cv.bowed(xy[ends[:, 0]], xy[ends[:, 1]], bows[:, 0], bows[:, 1])
    if radii is None:
        return whole
    middle = np.zeros((len(whole), 1))
    out, back = _at_both_ends(whole, (middle, middle), xy, ends, radii)
    return cv.part(whole, out, 1 - back)


def trims(
    curves: Floats, xy: Floats, radii: Floats, flows: Ints, widths: Floats, unit: float = 1.0
) -> tuple[Floats, Floats]:
    """Where ribbons begin and end on their centre lines: parameters (m, 2) and lengths cut off (m, 2).

    A ribbon begins where its whole breadth is `GAP` away from the rim of the node it leaves, and its tip, which lies on
    the inner edge, ends as far from the rim of the node it goes to. At most 45 % is cut at either end.
    """
    m = len(curves)
    breadth = INNER * unit + widths[:, None] * np.array([0.0, 0.5, 1.0])
    gap = GAP * unit
    tip = np.full(breadth.shape, -INNER * unit)
    out, back = _at_both_ends(curves, (breadth, tip), xy, flows, radii + gap)
    span = np.column_stack((out, 1 - back))
    cut = np.column_stack((cv.lengths(curves, np.zeros(m), out), cv.lengths(curves, 1 - back, np.ones(m))))
    return span, cut


def _at_both_ends(
    curves: Floats, offsets: tuple[Floats, Floats], xy: Floats, ends: Ints, reach: Floats
) -> tuple[Floats, Floats]:
    """The parameters (m,) at which curves get clear of the discs that they leave, and backwards of those that they go
    to. offsets: along the way, and on the way back, (m, k) each."""
    both = np.concatenate((curves, curves[:, ::-1]))
    nodes = ends.T.ravel()
    clear = _leaves(both, np.concatenate(offsets), xy[nodes], reach[nodes])
    return clear[: len(curves)], clear[len(curves) :]


def _leaves(curves: Floats, offsets: Floats, centre: Floats, reach: Floats) -> Floats:
    """The parameter (m,) at which curves with all their offsets (m, k) get clear of a disc; ≤ 0.45.

    By regula falsi, in which the end that stays counts half (Dowell and Jarratt, "A modified regula falsi method", BIT
    11, 1971): a third of the steps that halving takes.
    """

    def clearance(t: Floats) -> Floats:
        away = cv.beside(curves, np.broadcast_to(t[:, None], offsets.shape), offsets) - centre[:, None, :]
        return np.asarray(np.hypot(away[..., 0], away[..., 1]).min(axis=1) - reach)

    low, high = np.zeros(len(curves)), np.full(len(curves), 0.45)
    below, above = clearance(low), clearance(high)
    was = np.zeros(len(curves), dtype=np.bool_)
    for step in range(STEPS):
        share = np.clip(below / np.minimum(below - above, -cv.TINY), 0.0, 1.0)
        middle = low + share * (high - low)
        at = clearance(middle)
        clear = at >= 0
        again = (clear == was) & (step > 0)
        below = np.where(clear, np.where(again, below / 2, below), at)
        above = np.where(clear, at, np.where(again, above / 2, above))
        low, high, was = np.where(clear, low, middle), np.where(clear, middle, high), clear
    return high
