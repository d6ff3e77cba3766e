"""Where words go on a picture: names beside discs, counts beside flows, plates on free ground.

Greedy choice among fixed candidates (Christensen, Marks and Shieber, "An empirical study of algorithms for
point-feature label placement", ACM TOG 14, 1995): what must not be covered (discs, other boxes, the edge of the frame)
rules a candidate out; of the rest the one that covers least ribbon wins, the earlier one where it hardly matters.
Boxes are rows of x, y, width, height; one that was dropped is NaN.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.layout import curves as cv
from app.layout.raster import Ground
from app.layout.sizes import INNER

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

START, MIDDLE, END = 0, 1, 2
"""How the words stand in their box: from its left edge, centred, up to its right edge."""

TOLERANCE = 0.05
"""Shares of a box's area under ribbons that differ by less than this count as equal."""
COUNT_AT = (0.48, 0.44, 0.52, 0.42, 0.55, 0.38, 0.60, 0.33, 0.66, 0.27)
"""Places of a count along its flow, in order of preference."""
HELD, SHIFTED = 0.3, 6.0
"""What another place of a box must spare of its area for the box to leave the one it had; how far it may be from there
to be at the same place still."""
_SIDES = (
    # x and y direction from the disc, and how the words stand
    (1.0, 0.0, START),
    (-1.0, 0.0, END),
    (0.0, -1.0, MIDDLE),
    (0.0, 1.0, MIDDLE),
    (1.0, 1.0, START),
    (-1.0, 1.0, END),
    (1.0, -1.0, START),
    (-1.0, -1.0, END),
)


NAME_GAPS = (1.0, 2.5, 5.0)
NAME_BIAS = np.repeat([0.0, 0.15, 0.45], len(_SIDES))
"""Distances of names from their disc in gaps, and what it must spare to be worth standing off."""


def choose(
    candidates: Floats,
    order: Ints,
    frame: Floats,
    *,
    discs: Floats | None = None,
    boxes: Floats | None = None,
    ground: Ground | None = None,
    most_covered: float = np.inf,
    air: float = 1.0,
    bias: Floats | None = None,
    held: Floats | None = None,
) -> Ints:
    """Which candidate each box takes: (b,), -1 where none is free.

    candidates (b, c, 4), the preferred first; a NaN candidate is none. order (b,): who chooses first. discs (d, 3): x,
    y, radius, and boxes (t, 4) must stay free, by `air`; ground: ribbons, to be covered as little as possible, and by
    no more than `most_covered` of a box's area; bias (c,): share of the area that a candidate must win to be worth its
    place; held (b, 4): boxes of an earlier arrangement, NaN for none: the candidate that comes nearest is taken again
    unless another covers less by `HELD` of the area. Chosen boxes stay inside the frame and never touch each other.
    After a first round each box chooses once more, knowing where the others went.
    """
    b, c = candidates.shape[:2]
    chosen = np.full(b, -1, dtype=np.intp)
    if not b:
        return chosen
    low, high = candidates[..., :2], candidates[..., :2] + candidates[..., 2:]
    free = np.isfinite(candidates).all(axis=2)
    with np.errstate(invalid="ignore"):
        free &= (low >= frame[:2] - 1e-9).all(axis=2) & (high <= frame[:2] + frame[2:] + 1e-9).all(axis=2)
        if discs is not None and len(discs):
            nearest = np.clip(discs[None, None, :, :2], low[:, :, None], high[:, :, None]) - discs[None, None, :, :2]
            free &= (np.hypot(nearest[..., 0], nearest[..., 1]) >= discs[:, 2] + air).all(axis=2)
        if boxes is not None and len(boxes):
            free &= ~_touch(low[:, :, None], high[:, :, None], boxes[None, None], air).any(axis=2)
        step = np.zeros((b, c))
        if ground is not None:
            area = np.maximum(candidates[..., 2] * candidates[..., 3], cv.TINY)
            share = ground.cover(np.nan_to_num(candidates)) / area
            free &= share <= most_covered
            step = np.floor(share / TOLERANCE)
    if bias is not None:
        step = step + np.round(bias / TOLERANCE)
    if held is not None:
        away = low + candidates[..., 2:] / 2 - (held[:, None, :2] + held[:, None, 2:] / 2)
        far = np.nan_to_num(np.hypot(away[..., 0], away[..., 1]), nan=np.inf)
        near = far.argmin(axis=1)
        some = np.flatnonzero(far.min(axis=1, initial=np.inf) < air + SHIFTED)
        step[some, near[some]] -= np.round(HELD / TOLERANCE)
    rank = np.where(free, step * c + np.arange(c), np.inf)
    live = np.isfinite(rank.min(axis=1, initial=np.inf))
    order = order[live[order]]
    slot = np.cumsum(live) - 1
    taken = np.full((int(live.sum()), 4), np.nan)
    for row in (*order, *order):
        taken[slot[row]] = np.nan
        score = np.where(_touch(low[row][:, None], high[row][:, None], taken, air).any(axis=1), np.inf, rank[row])
        best = int(score.argmin())
        chosen[row] = best if np.isfinite(score[best]) else -1
        if chosen[row] >= 0:
            taken[slot[row]] = candidates[row, best]
    return chosen


def picked(candidates: Floats, chosen: Ints) -> Floats:
    """The boxes (b, 4) that were chosen; NaN for those dropped."""
    boxes = candidates[np.arange(len(chosen)), np.maximum(chosen, 0)]
    return np.where(chosen[:, None] >= 0, boxes, np.nan)


def _touch(low: Floats, high: Floats, boxes: Floats, air: float) -> Bools:
    """Whether boxes come nearer than `air` in both directions; broadcasts, NaN touches nothing."""
    left, top = boxes[..., 0], boxes[..., 1]
    meet = (low[..., 0] < left + boxes[..., 2] + air) & (high[..., 0] + air > left)
    meet &= (low[..., 1] < top + boxes[..., 3] + air) & (high[..., 1] + air > top)
    return np.asarray(meet)


def name_candidates(
    xy: Floats, radii: Floats, sizes: Floats, middle: Floats, gap: float
) -> tuple[Floats, npt.NDArray[np.int8]]:
    """Boxes beside discs (n, 24, 4) in order of preference, and how words stand in each (n, 24).

    Right, left, top, bottom, bottom-right and the other corners; nodes left of the middle of the map try left before
    right, so that names point outwards. Then the same a little further off, then further still: a name is worth a gap.
    """
    mirror = np.where(xy[:, 0] < middle[0], -1.0, 1.0)
    boxes, stands = [], []
    for further in NAME_GAPS:
        for dx, dy, stand in _SIDES:
            x = dx * mirror
            reach = (radii + gap * further) * (np.sqrt(0.5) if dx and dy else 1.0)
            left = xy[:, 0] + x * reach + (x - 1) / 2 * sizes[:, 0]
            top = xy[:, 1] + dy * reach + (dy - 1) / 2 * sizes[:, 1]
            boxes.append(np.column_stack((left, top, sizes)))
            flip = {START: END, END: START}.get(stand, stand)
            stands.append(np.where(mirror > 0, stand, flip))
    candidates = np.where((sizes.min(axis=1) > 0)[:, None, None], np.stack(boxes, axis=1), np.nan)
    return candidates, np.stack(stands, axis=1).astype(np.int8)


def count_candidates(curves: Floats, span: Floats, widths: Floats, sizes: Floats, unit: float) -> Floats:
    """Boxes (m, c, 4) beside ribbons, beyond the outer edge, at the places of `COUNT_AT`; NaN for sizes of 0.

    curves (m, 4, 2), span (m, 2): parameters of the drawn part, widths (m,), sizes (m, 2).
    """
    at = np.array(COUNT_AT)
    t = span[:, :1] + at * (span[:, 1:] - span[:, :1])
    normal = cv.normals(curves, t)
    half = (np.abs(normal) * sizes[:, None, :] / 2).sum(axis=2)
    offset = (INNER + 1.5) * unit + widths[:, None] + half
    centre = cv.points(curves, t) + offset[..., None] * normal
    size = np.broadcast_to(sizes[:, None, :], centre.shape)
    boxes = np.concatenate((centre - size / 2, size), axis=2)
    return np.where((sizes.min(axis=1) > 0)[:, None, None], boxes, np.nan)


def plates(
    sizes: Floats, near: Floats, frame: Floats, ground: Ground, solid: Ground, *, most_covered: float = 0.04
) -> Floats:
    """Free ground for plates (p, 2), each as near as possible to its place (p, 2): boxes (p, 4), NaN where none.

    A plate covers nothing of `solid`, at most `most_covered` of it lies on ribbons (`ground`), and it stays inside the
    frame. The first plate chooses first; plates do not touch.
    """
    step = 2 * ground.cell
    boxes = np.full((len(sizes), 4), np.nan)
    diagonal = float(np.hypot(frame[2], frame[3]))
    for row, size in enumerate(sizes):
        room = frame[2:] - size
        if (room < 0).any() or not (size > 0).all():
            continue
        x = frame[0] + np.arange(0.0, room[0] + 1e-9, step)
        y = frame[1] + np.arange(0.0, room[1] + 1e-9, step)
        places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
        share = ground.cover_from(x, y, size).ravel() / size.prod()
        far = np.hypot(*(places + size / 2 - near[row]).T) / diagonal
        clash = _touch(places[:, None], (places + size)[:, None], boxes, step).any(axis=1)
        blocked = clash | (solid.cover_from(x, y, size).ravel() > 1e-9) | (share > most_covered)
        score = np.round(np.where(blocked, np.inf, far + 2 * share), 9)
        best = int(score.argmin())
        if np.isfinite(score[best]):
            boxes[row] = *places[best], *size
    return boxes
