"""Where everything of a chord picture stands: arcs on a rim, ends of chords on them, curves between, names outside.

Places are in pixels, y down; angles in radians clockwise from 12 o'clock. Arcs are as long as the people who left or
joined, all by one scale. On an arc, chords stand in the order of their other ends, so that those of one arc never
cross;
of two that lead to and fro each keeps to the right. Arrays in, arrays out; no arcs give empty arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.layout.settling import settled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Positions = npt.NDArray[np.intp]

FULL = 0.72
"""At least this share of the rim is for arcs: where many small ones are, gaps shrink."""
BOW, LEAST_BOW, MOST_BOW = 0.70, 12.0, 0.84
"""How far a chord dips towards the centre: by the distance of its ends, at least so many design pixels, at most so much
of the radius."""
GAP = 4.0
"""What is left free behind a point, in design pixels."""
POINT, SHORTEST, LONGEST, STEEPEST = 0.55, 8.0, 18.0, 0.3
"""Length of a point: by the breadth of its chord, at least and at most in design pixels, and never more than this share
of the distance between the ends."""
NARROWEST = 6.0
"""A point is at least so broad, in design pixels."""


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
    begin and end; curves (m, 4, 2): centre lines from the rim to where points begin; points (m, 3, 2): triangles, the
    tip in
    the middle; widths (m,)."""

    k: float
    begin: Floats
    end: Floats
    leaves: Floats
    lands: Floats
    curves: Floats
    points: Floats
    widths: Floats


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
    curves, points = _curves(problem, leaves.mean(axis=1), lands.mean(axis=1), k * people)
    return ChordLayout(k, begin, end, leaves, lands, curves, points, k * people)


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


def _curves(problem: ChordProblem, leave: Floats, land: Floats, widths: Floats) -> tuple[Floats, Floats]:
    """Cubic curves that leave the rim upright, dip the deeper the farther apart their ends are, and reach their points
    upright; and the points."""
    r, unit, centre = problem.radius, problem.unit, np.array(problem.centre)
    a, b = towards(leave), towards(land)
    apart = r * np.hypot(*(a - b).T)
    high = np.minimum(np.clip(POINT * widths, SHORTEST * unit, LONGEST * unit), STEEPEST * apart)
    tip = r - np.minimum(GAP * unit, 0.1 * apart)
    base = (tip - high)[:, None]
    dip = np.minimum(np.maximum(BOW * apart, LEAST_BOW * unit), MOST_BOW * r)[:, None]
    curves = np.stack([a * r, a * (r - dip), b * (base - dip), b * base], axis=1)
    half = np.maximum(widths, NARROWEST * unit)[:, None] / 2
    right = np.stack([-b[:, 1], b[:, 0]], axis=1) * half
    points = np.stack([b * base - right, b * tip[:, None], b * base + right], axis=1)
    return curves + centre, points + centre


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
