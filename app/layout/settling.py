"""Things in a column, in a fixed order, as near to where they are wanted as leaves none upon another."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def settled(wanted: Floats, height: Floats, heft: Floats, gap: float, between: tuple[float, float]) -> Floats:
    """Tops (k,) nearest to the wanted ones by squares weighted with heft (k,): in this order, gaps kept, all between
    top and bottom. What does not fit stands from the top on."""
    steps = height + gap
    shift = np.cumsum(steps) - steps
    pools: list[tuple[float, float, int]] = []  # mean, weight and number of those that stand close
    for value, weight in zip((wanted - shift).tolist(), np.maximum(heft, 1e-9).tolist(), strict=True):
        mean, mass, n = value, weight, 1
        while pools and pools[-1][0] >= mean:
            before, more, count = pools.pop()
            mean, mass, n = (before * more + mean * mass) / (more + mass), more + mass, n + count
        pools.append((mean, mass, n))
    first = np.repeat([mean for mean, _, _ in pools], [n for _, _, n in pools]) if pools else shift
    used = float(shift[-1] + height[-1]) if len(shift) else 0.0
    return np.clip(first, between[0], max(between[1] - used, between[0])) + shift
