"""Cubic curves in bulk: points, tangents, parts, lengths.

A curve is four control points; `curves` are (m, 4, 2) float64, y down. Right of travel is (-dy, dx). Parameters `t` are
(m, k): k places on each of m curves. Empty in, empty out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_GAUSS, _GAUSS_WEIGHT = np.polynomial.legendre.leggauss(16)
TINY = 1e-12


def bowed(start: Floats, end: Floats, bends: Floats, skews: Floats) -> Floats:
    """Quadratic bows from start to end (m, 2), raised to cubics (m, 4, 2).

    The control point of the bow is middle + bend · distance · right normal + skew · (end - start); both (m,).
    """
    chord = end - start
    control = (start + end) / 2 + bends[:, None] * right_of(chord) + skews[:, None] * chord
    return np.stack((start, start + (control - start) * (2 / 3), end + (control - end) * (2 / 3), end), axis=1)


def right_of(vectors: Floats) -> Floats:
    """Vectors (…, 2) turned by a quarter to the right as a traveller sees it with y down: (-dy, dx)."""
    return np.stack((-vectors[..., 1], vectors[..., 0]), axis=-1)


def points(curves: Floats, t: Floats) -> Floats:
    """Places on the curves: (m, k, 2)."""
    u = 1 - t
    weights = np.stack((u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t), axis=-1)
    return np.asarray(weights @ curves)


def powers(curves: Floats) -> Floats:
    """The curves as polynomials in t: coefficients of t³, t², t and 1, (m, 4, 2)."""
    p0, p1, p2, p3 = (curves[:, i] for i in range(4))
    return np.stack((p3 - 3 * p2 + 3 * p1 - p0, 3 * (p2 - 2 * p1 + p0), 3 * (p1 - p0), p0), axis=1)


def tangents(curves: Floats, t: Floats) -> Floats:
    """Derivatives by t: (m, k, 2); not of length one."""
    u = 1 - t
    weights = np.stack((u * u, 2 * u * t, t * t), axis=-1)
    return np.asarray(3 * weights @ np.diff(curves, axis=1))


def normals(curves: Floats, t: Floats) -> Floats:
    """Unit vectors to the right of travel: (m, k, 2); zero where a curve stands still."""
    across = right_of(tangents(curves, t))
    return across / np.maximum(np.hypot(across[..., 0], across[..., 1]), TINY)[..., None]


def beside(curves: Floats, t: Floats, offsets: Floats) -> Floats:
    """Places at offsets (broadcast to (m, k)) to the right of the curves: (m, k, 2)."""
    return points(curves, t) + np.broadcast_to(offsets, t.shape)[..., None] * normals(curves, t)


def part(curves: Floats, t0: Floats, t1: Floats) -> Floats:
    """The pieces of the curves from t0 to t1 (both (m,)), as curves of their own (blossoming, de Casteljau)."""

    def blossom(a: Floats, b: Floats, c: Floats) -> Floats:
        level = curves
        for s in (a, b, c):
            level = level[:, :-1] + s[:, None, None] * np.diff(level, axis=1)
        return level[:, 0]

    return np.stack((blossom(t0, t0, t0), blossom(t0, t0, t1), blossom(t0, t1, t1), blossom(t1, t1, t1)), axis=1)


def lengths(curves: Floats, t0: Floats, t1: Floats) -> Floats:
    """Arc lengths (m,) from t0 to t1 by Gauss–Legendre quadrature with 16 places, exact to about 1e-6 for bows."""
    half = (t1 - t0) / 2
    speed = tangents(curves, t0[:, None] + half[:, None] * (_GAUSS + 1))
    return np.asarray(half * (np.hypot(speed[..., 0], speed[..., 1]) @ _GAUSS_WEIGHT))


def reversed_curves(curves: Floats) -> Floats:
    """The same curves travelled backwards: the control points in reverse order, bit for bit."""
    return curves[:, ::-1].copy()
