"""Weighted crossings of links between layers: how much of an order of layers is tangled.

Two links cross where their ends stand in opposite orders; the weight of a crossing is the product of both. Links that
share an end do not cross.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


def inversions(group: Ints, first: Ints, second: Ints, weight: Floats) -> float:
    """Σ w_i · w_j over pairs of one group with first_i < first_j and second_i > second_j.

    All arrays (m,), first and second from 0 on. Pairs are split by the highest bit in which their seconds differ: for
    each bit one running sum over all links, so that many groups cost no more than one. 0 for fewer than two.
    """
    if len(weight) < 2:
        return 0.0
    order = np.lexsort((second, first, group))
    span = int(second.max()) + 1
    value, w = group[order].astype(np.int64) * span + second[order], weight[order]
    # a group starts at a power of two: its bits lie above those of the seconds, and are never compared
    bits = int(span - 1).bit_length()
    value = (value // span << bits) + value % span
    total = 0.0
    # stably sorted by all higher bits, links that are equal in these stand together, still in the order of first
    for bit in range(bits - 1, -1, -1):
        place = np.argsort(value >> (bit + 1), kind="stable")
        upper, ws = value[place], w[place]
        high = ((upper >> bit) & 1).astype(np.bool_)
        prefix = upper >> (bit + 1)
        running = np.cumsum(np.where(high, ws, 0.0))
        begins = np.flatnonzero(np.r_[True, prefix[1:] != prefix[:-1]])
        before = np.r_[0.0, running[:-1]][begins]
        base = np.repeat(before, np.diff(np.r_[begins, len(prefix)]))
        total += float((ws * (running - base))[~high].sum())
    return total


def share(total: float, weight: Floats) -> float:
    """Crossings as a share of (Σ w)²; 0 without weight."""
    sum_ = float(weight.sum())
    return total / sum_**2 if sum_ else 0.0
