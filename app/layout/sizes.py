"""How thick, how long, how large: the linear sizes of a flow map as pure functions.

Lengths are pixels of a picture 1600 wide; `unit` (picture width / 1600) scales them. All take and give float64 arrays;
an empty array gives an empty array. The figures are those of the visual language (half-arrow, node area).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

REFERENCE_WIDTH = 1600.0
INNER = 0.9
"""Distance of a ribbon's inner edge from the shared centre line, in units."""
GAP = 4.0
"""Distance of a ribbon's ends from the rim of a node, in units."""


def unit_of(picture_width: float) -> float:
    """The length of one design pixel in a picture of that width; ValueError unless it is above zero."""
    if not picture_width > 0:
        raise ValueError(f"a picture must be wider than 0, not {picture_width}")
    return picture_width / REFERENCE_WIDTH


def flow_scale(largest: float, unit: float = 1.0) -> float:
    """Pixels per person: 2, and 28 / largest where the largest flow passes 14, so that no flow is ever clipped."""
    return unit * (2.0 if largest <= 14 else 28.0 / largest)


def flow_widths(people: npt.ArrayLike, k: float) -> Floats:
    """Breadths of flows, linear from zero: k · people; a flow of 1 is 0.8 k so that singles stay behind."""
    count = np.asarray(people, dtype=np.float64)
    return np.where(count == 1, 0.8 * k, k * count)


def barbs(widths: npt.ArrayLike, unit: float = 1.0) -> Floats:
    """Overhang of an arrow head beyond the outer edge of its ribbon: max(3.2, 0.42 w)."""
    return np.maximum(3.2 * unit, 0.42 * np.asarray(widths, dtype=np.float64))


def heads(widths: npt.ArrayLike, lengths: npt.ArrayLike, unit: float = 1.0) -> Floats:
    """Lengths of arrow heads: max(9, 0.95 (w + barb)), at most 45 % of the visible flow."""
    w = np.asarray(widths, dtype=np.float64)
    wanted = np.maximum(9.0 * unit, 0.95 * (w + barbs(w, unit)))
    return np.minimum(wanted, 0.45 * np.asarray(lengths, dtype=np.float64))


def node_radii(n_in: npt.ArrayLike, n_out: npt.ArrayLike, unit: float = 1.0) -> Floats:
    """Radii of nodes, so that area means people moved: 4.5 √(in + out), at least 7.5."""
    moved = np.asarray(n_in, dtype=np.float64) + np.asarray(n_out, dtype=np.float64)
    return unit * np.maximum(7.5, 4.5 * np.sqrt(moved))
