"""Where everything of a chord picture stands: arcs on a rim, ends of chords on them, curves between, names outside.

Places are in pixels, y down; angles in radians clockwise from 12 o'clock. Arcs are as long as the people who left or
joined, all by one scale. On an arc, chords stand in the order of their other ends, so that those of one arc never
cross; two that lead to and fro are one road, on which each keeps to the right. A road is equally broad all along; but
where it is broad for its length every line across it is a curve of its own from rim to rim, for it would fold
otherwise. Arrays in, arrays out; no arcs give empty arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.layout.curves import beside, points
from app.layout.settling import settled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Positions = npt.NDArray[np.intp]

FULL = 0.72
"""At least this share of the rim is for arcs: where many small ones are, gaps shrink."""
BOW, LEAST_BOW, MOST_BOW = 0.67, 12.0, 0.84
"""How far a chord dips towards the centre: by the distance of its ends, at least so many design pixels, at most so much
of the radius."""
GAP = 4.0
"""What is left free behind a point, in design pixels."""
POINT, SHORTEST, LONGEST, STEEPEST = 0.55, 8.0, 18.0, 0.3
"""Length of a point: by the breadth of its chord, at least and at most in design pixels, and never more than this share
of the distance between the ends."""
NARROWEST = 6.0
"""A point is at least so broad, in design pixels."""
EVEN, UNEVEN = 0.4, 0.75
"""Up to this breadth, as a share of the distance of its ends, a chord is equally broad all along; from that on every
line across it is a curve of its own."""
STEPS, ROUND = 28, 10
"""Pieces of an outline along a chord, and points of it within either end."""


@dataclass(frozen=True, eq=False)
class ChordProblem:
    """order (n,): arcs clockwise; flows (m, 2): from and to, distinct, never to itself; people (m,): above zero;
    centre; radius: of the rim's inner edge; gap: between arcs; most: pixels a person at most; unit: pixels of a design
    pixel; turn: the angle at which the first arc's gap begins."""

    order: Positions
    flows: Positions
    people: Floats
    centre: tuple[float, float]
    radius: float
    gap: float
    most: float
    unit: float = 1.0
    turn: float = 0.0


@dataclass(frozen=True, eq=False)
class ChordLayout:
    """k: pixels a person; begin, end (n,): angles of arcs; leaves, lands (m, 2): angles at which the ends of chords
    begin and end; road (m, 2, 2): the same of the road of each, which is the chord itself where none leads back; offset
    (m,): where on its road, 0 to 1 from the left, a chord begins; it reaches to the right edge; base, tip (m,): radii
    at which points begin and end; widths (m,); problem: what it solves."""

    k: float
    begin: Floats
    end: Floats
    leaves: Floats
    lands: Floats
    road: Floats
    offset: Floats
    base: Floats
    tip: Floats
    widths: Floats
    problem: ChordProblem

    @cached_property
    def breadth(self) -> Floats:
        """Of the road of each chord, (m,)."""
        whole: Floats = self.widths / np.maximum(1 - self.offset, 1e-9)
        return whole

    @cached_property
    def even(self) -> Floats:
        """How far each road is equally broad, (m,): 1 all along, 0 where every line across it is its own curve."""
        a, b = (towards(self.road[:, end].mean(axis=1)) for end in (0, 1))
        apart = np.maximum(self.problem.radius * np.hypot(*(a - b).T), 1e-9)
        found: Floats = np.clip((UNEVEN - self.breadth / apart) / (UNEVEN - EVEN), 0.0, 1.0)
        return found

    def ways(self, chord: Positions, share: Floats) -> tuple[Floats, Floats]:
        """Curves (c, 4, 2) on which one can go along some chords, and how far right of them, (c,). share (c,): where
        across the breadth, 0 at the left of who goes there, 1 at the right."""
        place = self._place(chord, share)
        level = self.even[chord] > 0.5
        lane = np.where(level, (place - 0.5) * self.breadth[chord], 0.0)
        return self._across(chord, np.where(level, 0.5, place)), lane

    def _place(self, chord: Positions, share: Floats) -> Floats:
        """Where on their roads lines across chords stand."""
        place: Floats = self.offset[chord] + share * (1 - self.offset[chord])
        return place

    def _across(self, chord: Positions, place: Floats) -> Floats:
        """Curves (c, 4, 2) from the rim to where points begin, at places on roads. They leave and arrive upright, and
        dip the deeper the farther apart their ends are."""
        r, unit = self.problem.radius, self.problem.unit
        road = self.road[chord]
        a = towards(road[:, 0, 1] + place * (road[:, 0, 0] - road[:, 0, 1]))
        b = towards(road[:, 1, 0] + place * (road[:, 1, 1] - road[:, 1, 0]))
        dip = np.minimum(np.maximum(BOW * r * np.hypot(*(a - b).T), LEAST_BOW * unit), MOST_BOW * r)[:, None]
        base = self.base[chord][:, None]
        from_centre = np.stack([a * r, a * (r - dip), b * (base - dip), b * base], axis=1)
        curves: Floats = from_centre + np.array(self.problem.centre)
        return curves

    def bodies(self, chord: Positions, left: Floats, right: Floats) -> Floats:
        """Outlines (c, points, 2) of the parts of some chords between two shares of their breadth, without points."""
        lines = [self.lines(chord, share) for share in (left, right)]
        part = np.linspace(0.0, 1.0, ROUND + 2)[1:-1]
        reach, leave = (
            self._round(ends, chord, left, right, radius, part)
            for ends, radius in ((self.lands, self.base[chord]), (self.leaves[:, ::-1], self._rim(chord)))
        )
        return np.concatenate([lines[0], reach, lines[1][:, ::-1], leave[:, ::-1]], axis=1)

    def lines(self, chord: Positions, share: Floats) -> Floats:
        """Points (c, STEPS + 1, 2) of the line at a share of the breadth of each chord."""
        t = np.broadcast_to(np.linspace(0.0, 1.0, STEPS + 1), (len(chord), STEPS + 1))
        place = self._place(chord, share)
        own = points(self._across(chord, place), t)
        off = np.broadcast_to(((place - 0.5) * self.breadth[chord])[:, None], t.shape)
        level = beside(self._across(chord, np.full(len(chord), 0.5)), t, off)
        # both ends are on the circles whatever the breadth
        start, end = (own[:, at] - level[:, at] for at in (0, -1))
        level = level + start[:, None] * ((1 - t) ** 3)[..., None] + end[:, None] * (t**3)[..., None]
        even = self.even[chord][:, None, None]
        line: Floats = even * level + (1 - even) * own
        return line

    def heads(self, share: Floats | float = 1.0) -> Floats:
        """Outlines (m, points, 2) of the points of all chords. share: of a chord's breadth that its point has."""
        middle, half = self.lands.mean(axis=1), np.diff(self.lands, axis=1)[:, 0] / 2 * share
        broad = np.maximum(half, NARROWEST * self.problem.unit / 2 / self.problem.radius)[:, None]
        part = np.linspace(-1.0, 1.0, 2 * ROUND + 1)
        around = towards(middle[:, None] + broad * part)
        rise = self.base[:, None] + (self.tip - self.base)[:, None] * (1 - np.abs(part))
        sides = around * rise[..., None], around[:, -2:0:-1] * self.base[:, None, None]
        found: Floats = np.concatenate(sides, axis=1) + np.array(self.problem.centre)
        return found

    def _rim(self, chord: Positions) -> Floats:
        return np.full(len(chord), self.problem.radius)

    def _round(
        self, ends: Floats, chord: Positions, left: Floats, right: Floats, radius: Floats, part: Floats
    ) -> Floats:
        """Points (c, parts, 2) on a circle, from one share of a chord's breadth to another. ends (m, 2): its angles."""
        share = left[:, None] + (right - left)[:, None] * part
        angle = ends[chord, :1] + share * np.diff(ends[chord], axis=1)
        found: Floats = towards(angle) * radius[:, None, None] + np.array(self.problem.centre)
        return found


def layout(problem: ChordProblem) -> ChordLayout:
    """The places of arcs and chords. An arc without people is a gap."""
    order, flows, people = problem.order, problem.flows, problem.people
    n, round_ = len(order), 2 * np.pi * problem.radius
    held = np.bincount(flows[:, 0], people, minlength=n) + np.bincount(flows[:, 1], people, minlength=n)
    gap = min(problem.gap, (1 - FULL) * round_ / max(n, 1))
    total = float(held.sum())
    k = min(problem.most, (round_ - n * gap) / total) if total else 0.0
    gap = (round_ - k * total) / max(n, 1)
    lengths = (k * held[order] + gap) / problem.radius
    begin, end = np.zeros(n), np.zeros(n)
    begin[order] = problem.turn + np.cumsum(lengths) - lengths + gap / 2 / problem.radius
    end[order] = begin[order] + k * held[order] / problem.radius
    leaves, lands = _ends(problem, begin, k / problem.radius)
    unit, widths = problem.unit, k * people
    road, offset = _roads(problem, leaves, lands)
    apart = problem.radius * np.hypot(*(towards(leaves.mean(axis=1)) - towards(lands.mean(axis=1))).T)
    high = np.minimum(np.clip(POINT * widths, SHORTEST * unit, LONGEST * unit), STEEPEST * apart)
    tip = problem.radius - np.minimum(GAP * unit, 0.1 * apart)
    return ChordLayout(k, begin, end, leaves, lands, road, offset, tip - high, tip, widths, problem)


def _ends(problem: ChordProblem, begin: Floats, turn: float) -> tuple[Floats, Floats]:
    """Angles (m, 2) of both ends of each chord. Clockwise along an arc the other ends come nearer and nearer: first to
    the one before it, last to the one behind it; to and fro between two, what leaves stands before what arrives."""
    n, m = len(problem.order), len(problem.people)
    rank = np.empty(n, dtype=np.intp)
    rank[problem.order] = np.arange(n)
    own = np.concatenate([problem.flows[:, 0], problem.flows[:, 1]])
    other = np.concatenate([problem.flows[:, 1], problem.flows[:, 0]])
    ahead = (rank[other] - rank[own]) % max(n, 1)
    arriving = np.repeat([False, True], m)
    line = np.lexsort((arriving, -ahead, own))
    breadth = np.tile(problem.people, 2) * turn
    along = np.cumsum(breadth[line]) - breadth[line]
    first = np.searchsorted(own[line], np.arange(n))
    start = along - np.r_[along, 0.0][first][own[line]] + begin[own[line]]
    ends = np.empty((2 * m, 2))
    ends[line] = np.stack([start, start + breadth[line]], axis=1)
    return ends[:m], ends[m:]


def _roads(problem: ChordProblem, leaves: Floats, lands: Floats) -> tuple[Floats, Floats]:
    """Ends of roads (m, 2, 2), and where on them chords begin (m,). Of what leads to and fro, the ends stand side by
    side on both arcs, what leaves before what arrives."""
    n, m = max(len(problem.order), 1), len(problem.people)
    there, back = (problem.flows[:, a] * n + problem.flows[:, 1 - a] for a in (0, 1))
    line = np.argsort(there, kind="stable")
    other = line[np.minimum(np.searchsorted(there[line], back), m - 1)] if m else line
    both = there[other] == back
    road = np.stack([leaves, lands], axis=1)
    road[both, 0, 1] = lands[other[both], 1]
    road[both, 1, 0] = leaves[other[both], 0]
    offset = np.where(both, problem.people[other] / (problem.people[other] + problem.people), 0.0)
    return road, offset


def towards(angle: Floats) -> Floats:
    """Unit vectors (…, 2) of angles."""
    return np.stack([np.sin(angle), -np.cos(angle)], axis=-1)


@dataclass(frozen=True, eq=False)
class NamePlaces:
    """Of those with room for a name: which arcs (k,), top (k,), at (k,): the inner end of the words, side (k,): 1 right
    of the circle, -1 left; leaders (k, 3, 2): from the rim to the words;
    moved: the sum of squares by which they stand away from where they are wanted."""

    arc: Positions
    top: Floats
    at: Floats
    side: Ints
    leaders: Floats
    moved: float


def names(
    angle: Floats, height: Floats, heft: Floats, centre: tuple[float, float], rim: float, between: tuple[float, float],
    reach: float,
) -> NamePlaces:  # fmt: skip
    """Places of names beside the circle: near the middles of their arcs, angle (n,), and apart from each other. height
    (n,): of the words; heft (n,): the lightest go where there is no room; rim: the outer radius; between: top and
    bottom; reach: from the rim to the words."""
    x, y = centre
    wanted = y - np.cos(angle) * (rim + reach)
    side = np.where(np.sin(angle) >= -1e-9, 1, -1)
    kept: list[int] = []
    tops: list[float] = []
    for way in (1, -1):
        room, own = between[1] - between[0], []
        for one in np.lexsort((np.arange(len(angle)), -heft)).tolist():
            if side[one] == way and height[one] <= room:
                own.append(one)
                room -= float(height[one])
        own.sort(key=lambda one: (wanted[one], way * angle[one]))
        high = height[own]
        tops += settled(wanted[own] - high / 2, high, 1.0 + heft[own], 0.0, between).tolist()
        kept += own
    arc = np.array(kept, dtype=np.intp)
    top, high, out = np.array(tops), height[arc], rim + reach
    middle = top + high / 2
    near = np.clip(y, top, top + high) - y  # the line of the words that is nearest to the centre's height
    at = x + side[arc] * (np.sqrt(np.maximum(out**2 - near**2, 0.0)) + 4.0)
    low = towards(angle[arc])
    leaders = np.stack(
        [low * (rim + 2.0), low * (rim + 0.55 * reach), np.stack([at - side[arc] * 4.0 - x, middle - y], axis=1)],
        axis=1,
    ) + np.array(centre)
    moved = float(((middle - wanted[arc]) ** 2).sum())
    return NamePlaces(arc, top, at, side[arc].astype(np.int32), leaders, moved)
