"""The order round a circle in which chords cross little, and are short where that makes no difference.

From the order of a matrix on, each one is taken out and put into the gap in which its chords cross the least weight of
others, until nothing moves (circular sifting). How much every step over a neighbour changes follows from sums over that
neighbour's links alone. An order is (n,) numbers, clockwise; the same links give the same order on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.layout import matrix

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]

ROUNDS = 4
"""Times that everyone is taken out and put back, at most."""


@dataclass(frozen=True, eq=False)
class _Links:
    """Both directions of what each two exchange: from, to, weight (m,); total (n,): weight of each one's links."""

    near: Positions
    far: Positions
    weight: Floats
    total: Floats


def order(n: int, links: Positions, weight: Floats, held: Sequence[int] = ()) -> Positions:
    """The order. links (m, 2), a link of one to itself counts for nothing; weight (m,): whole numbers; held: numbers
    that keep their order among themselves, the others are put between them. The heaviest stands first."""
    weights = matrix.together(n, links, weight)
    found = matrix.order(weights, held)
    if not len(held) and n > 3:
        near, far = np.nonzero(weights)
        found = _sifted(_Links(near, far, weights[near, far], weights.sum(axis=1)), found)
    if len(held) or not n:
        return found
    first = int(np.flatnonzero(found == int(weights.sum(axis=1).argmax()))[0])
    return np.roll(found, -first)


def crossings(weights: Floats, found: Positions) -> float:
    """Sum over crossing pairs of chords of the product of their weights; weights (n, n), symmetric."""
    ranked = np.triu(weights[np.ix_(found, found)], 1)
    # of a chord from a to b those cross that begin between them and end beyond b
    sums = np.zeros((len(found) + 1, len(found) + 1))
    np.cumsum(np.cumsum(ranked, axis=0), axis=1, out=sums[1:, 1:])
    a, b = np.nonzero(ranked)
    n = len(found)
    beyond = sums[b, n] - sums[a + 1, n] - sums[b, b + 1] + sums[a + 1, b + 1]
    return float(ranked[a, b] @ beyond)


def _sifted(links: _Links, found: Positions) -> Positions:
    n = len(found)
    turn = np.lexsort((np.arange(n), -links.total)).tolist()
    for _ in range(ROUNDS):
        moved = False
        for one in turn:
            at = int(np.flatnonzero(found == one)[0])
            others = np.concatenate([found[at + 1 :], found[:at]])  # who comes after it, all the way round
            changes = _changes(links, one, others)
            to = _shortest(links, one, others, changes)
            if to:
                found = np.insert(others, to, one)
                moved = True
        if not moved:
            break
    return found


def _changes(links: _Links, one: int, others: Positions) -> Floats:
    """How much more its chords cross in each gap, (n - 1,), than in the gap before the first of the others.

    Passing u, each pair of a link to y of one's own and a link of u to x crosses where it did not, or the other way
    round, as y comes before x or after it in the round that begins behind u.
    """
    n = len(others) + 1
    place = np.full(n, n)
    place[others] = np.arange(n - 1)
    own = np.zeros(n)
    mine = links.near == one
    own[links.far[mine]] = links.weight[mine]
    begun = np.concatenate([[0.0], np.cumsum(own[others])])  # own weight before each place
    value = np.zeros(n)
    value[others] = own[others] + 2 * begun[:-1]
    kept = links.far != one
    weight = np.where(kept, links.weight, 0.0)
    met = np.bincount(links.near, weights=weight * value[links.far], minlength=n)[others]
    earlier = place[links.far] < place[links.near]
    behind = np.bincount(links.near[earlier], weights=weight[earlier], minlength=n)[others]
    rest = links.total[others] - own[others]
    step = rest * (begun[-1] - own[others] + 2 * begun[1:]) - met - 2 * begun[-1] * behind
    changes: Floats = np.concatenate([[0.0], np.cumsum(step[:-1])])
    return changes


def _shortest(links: _Links, one: int, others: Positions, changes: Floats) -> int:
    """Of the gaps in which least is crossed that with the shortest chords; where it stands, 0, if none is better."""
    gaps = np.flatnonzero(changes <= changes.min())
    mine = links.near == one
    if not mine.any():
        return 0
    place = np.empty(len(others) + 1, dtype=np.intp)
    place[others] = np.arange(len(others))
    far = place[links.far[mine]]
    steps = np.abs(far[None, :] + (far[None, :] >= gaps[:, None]) - gaps[:, None])
    length = np.minimum(steps, len(others) + 1 - steps) @ links.weight[mine]
    best = int(length.argmin())
    if gaps[0] == 0 and length[best] >= length[0]:
        return 0
    return int(gaps[best])
