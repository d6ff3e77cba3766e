"""Cubic curves by arc length, in bulk: what ribbons and moving dots stand on.

curve (n, 4, 2) holds control points; t and s are (n, k): parameters 0 to 1 and lengths from the start. y points down.
No curves give arrays with n = 0; a curve whose points coincide has length 0 and every t for its place.
"""

from __future__ import annotations

import numpy as np

from app.scene.marks import Floats

STEPS = 32
"""Pieces of a length table. Simpson's rule over 32 pieces keeps bows of a picture's size true to 1e-4 px."""


def places(curve: Floats, t: Floats) -> Floats:
    """Points (n, k, 2) at t (Bernstein form)."""
    u = 1.0 - t
    weights = np.stack((u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t), axis=-1)
    return np.asarray(weights @ curve)


def velocities(curve: Floats, t: Floats) -> Floats:
    """First derivatives (n, k, 2) by t; zero where control points coincide."""
    u = 1.0 - t
    weights = np.stack((u * u, 2.0 * u * t, t * t), axis=-1)
    return np.asarray(3.0 * (weights @ np.diff(curve, axis=1)))


def headings(curve: Floats, t: Floats) -> Floats:
    """Unit vectors of travel (n, k, 2).

    Where the derivative vanishes (two control points coincide) the chord from a little before to a little after stands
    in; where even that is nothing, the curve is a point and its heading is (1, 0).
    """
    along = velocities(curve, t)
    scale = np.abs(np.diff(curve, axis=1)).max(axis=(1, 2), initial=0.0)[:, None]
    still = np.hypot(along[..., 0], along[..., 1]) <= 1e-9 * scale
    if still.any():
        chord = places(curve, np.minimum(t + 1e-4, 1.0)) - places(curve, np.maximum(t - 1e-4, 0.0))
        along = np.where(still[..., None], chord, along)
    length = np.hypot(along[..., 0], along[..., 1])
    point = length < 1e-12
    unit = along / np.where(point, 1.0, length)[..., None]
    unit[point] = (1.0, 0.0)
    return unit


def rightward(vectors: Floats) -> Floats:
    """Vectors (…, 2) turned a quarter to the traveller's right, which with y down is (-dy, dx)."""
    return np.stack((-vectors[..., 1], vectors[..., 0]), axis=-1)


def length_table(curve: Floats) -> Floats:
    """Lengths (n, STEPS + 1) from the start to t = 0, 1/STEPS … 1, by Simpson's rule."""
    speed = _speed(curve, np.broadcast_to(np.linspace(0.0, 1.0, 2 * STEPS + 1), (len(curve), 2 * STEPS + 1)))
    pieces = (speed[:, :-1:2] + 4.0 * speed[:, 1::2] + speed[:, 2::2]) / (6.0 * STEPS)
    table = np.zeros((len(curve), STEPS + 1))
    np.cumsum(pieces, axis=1, out=table[:, 1:])
    return table


def parameters(curve: Floats, table: Floats, s: Floats) -> Floats:
    """The t (n, k) at which the lengths s (n, k) are reached; lengths outside the curve give its ends.

    Looks the piece up in the table, then takes one Newton step with Simpson's rule inside the piece.
    """
    total = table[:, -1:]
    wanted = np.clip(s, 0.0, total)
    piece = np.empty(wanted.shape, dtype=np.intp)
    for i in range(wanted.shape[1]):  # few columns (the ends of a trim, the steps of a path), many curves
        piece[:, i] = (table <= wanted[:, i : i + 1]).sum(axis=1) - 1
    piece = np.clip(piece, 0, STEPS - 1)
    before = np.take_along_axis(table, piece, axis=1)
    span = np.take_along_axis(table, piece + 1, axis=1) - before
    part = np.where(span > 0, (wanted - before) / np.where(span > 0, span, 1.0), 0.0)
    start = piece / STEPS
    t = start + part / STEPS
    speeds = [_speed(curve, start), _speed(curve, (start + t) / 2), _speed(curve, t)]
    reached = before + (t - start) * (speeds[0] + 4.0 * speeds[1] + speeds[2]) / 6.0
    moving = speeds[2] > 1e-9 * np.maximum(total, 1e-300)
    t = t + np.where(moving, (wanted - reached) / np.where(moving, speeds[2], 1.0), 0.0)
    return np.clip(t, start, start + 1.0 / STEPS)


def _speed(curve: Floats, t: Floats) -> Floats:
    along = velocities(curve, t)
    return np.asarray(np.hypot(along[..., 0], along[..., 1]))
