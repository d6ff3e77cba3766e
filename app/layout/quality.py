"""How good a flow map is, as numbers: overlaps, weighted crossings, ribbons too near to nodes.

Measured on what is drawn, from samples of the real curves, not on the stand-ins that the search uses.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.layout import curves as cv

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


def overlapping_discs(xy: Floats, radii: Floats, air: float = 0.0) -> Ints:
    """Pairs (k, 2) of discs nearer than `air` to each other; none for fewer than two."""
    apart = np.hypot(*np.moveaxis(xy[:, None] - xy[None, :], -1, 0)) - radii[:, None] - radii[None, :]
    return np.argwhere(np.triu(apart < air - 1e-9, 1))


def overlapping_boxes(boxes: Floats) -> Ints:
    """Pairs (k, 2) of boxes (b, 4) that share ground; NaN boxes share none."""
    low, high = boxes[:, :2], boxes[:, :2] + boxes[:, 2:]
    common = np.minimum(high[:, None], high[None, :]) - np.maximum(low[:, None], low[None, :])
    return np.argwhere(np.triu((common > 1e-9).all(axis=2), 1))


def boxes_on_discs(boxes: Floats, xy: Floats, radii: Floats) -> Ints:
    """Pairs (k, 2) of box and disc that share ground; NaN boxes share none."""
    nearest = np.clip(xy[None], boxes[:, None, :2], boxes[:, None, :2] + boxes[:, None, 2:])
    distance = np.hypot(*np.moveaxis(nearest - xy[None], -1, 0))
    return np.argwhere(distance < radii[None, :] - 1e-9)


def weighted_crossings(curves: Floats, flows: Ints, people: Floats, samples: int = 24) -> float:
    """Σ w_i · w_j over pairs of flows whose centre lines cross, over (Σ w)².

    curves (m, 4, 2), flows (m, 2), people (m,). The two directions of a pair share their line and do not count; a pair
    that crosses twice counts once. 0 for fewer than two flows.
    """
    m = len(curves)
    if m < 2:
        return 0.0
    # curves that only share an end do not cross
    t = np.broadcast_to(np.linspace(1e-6, 1 - 1e-6, samples + 1), (m, samples + 1))
    line = cv.points(curves, t)
    low, high = line.min(axis=1), line.max(axis=1)
    apart = ((low[:, None] > high[None]) | (low[None] > high[:, None])).any(axis=2)
    same = (np.sort(flows, axis=1)[:, None] == np.sort(flows, axis=1)[None]).all(axis=2)
    first, second = np.nonzero(np.triu(~apart & ~same, 1))
    total = 0.0
    for block in np.array_split(np.arange(len(first)), max(1, len(first) // 2000)):
        hit = _cross(line[first[block]], line[second[block]])
        total += float((people[first[block]] * people[second[block]])[hit].sum())
    return total / float(people.sum()) ** 2


def _cross(a: Floats, b: Floats) -> npt.NDArray[np.bool_]:
    """Whether polylines a and b (k, s, 2) cross anywhere: (k,)."""
    da, db = np.diff(a, axis=1)[:, :, None], np.diff(b, axis=1)[:, None, :]

    def side(base: Floats, to: Floats) -> Floats:
        return np.asarray(base[..., 0] * to[..., 1] - base[..., 1] * to[..., 0])

    off = b[:, None, :, :] - a[:, :-1, None, :]
    of_a = side(da, off)
    back = a[:, :, None, :] - b[:, None, :-1, :]
    of_b = side(db, back)
    # a crossing at a sample must not be lost: what lies on a line counts as beyond it
    crossed = ((of_a[..., :-1] > 0) != (of_a[..., 1:] > 0)) & ((of_b[:, :-1] > 0) != (of_b[:, 1:] > 0))
    return np.asarray(crossed.any(axis=(1, 2)))


def clearance_violations(
    curves: Floats,
    flows: Ints,
    span: Floats,
    inner: Floats,
    widths: Floats,
    xy: Floats,
    radii: Floats,
    margin: float = 0.0,
    samples: int = 96,
) -> Ints:
    """Pairs (k, 2) of flow and unrelated node whose ribbon comes nearer than `margin` to the node's disc.

    curves (m, 4, 2); flows (m, 2); span (m, 2): parameters of the drawn part; inner, widths (m,); nodes xy (n, 2),
    radii (n,).
    """
    if not len(curves):
        return np.zeros((0, 2), dtype=np.intp)
    t = span[:, :1] + np.linspace(0.0, 1.0, samples) * (span[:, 1:] - span[:, :1])
    middle = cv.beside(curves, t, (inner + widths / 2)[:, None])
    near = np.full((len(curves), len(xy)), np.inf)
    for node in range(len(xy)):
        away = middle - xy[node]
        near[:, node] = np.hypot(away[..., 0], away[..., 1]).min(axis=1)
    near -= widths[:, None] / 2 + radii[None, :]
    near[np.arange(len(flows)), flows[:, 0]] = np.inf
    near[np.arange(len(flows)), flows[:, 1]] = np.inf
    return np.argwhere(near < margin - 1e-9)
