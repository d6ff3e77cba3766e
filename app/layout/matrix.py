"""The order of a matrix in which blocks show: who exchange many stand near each other.

Least is the sum of weight times distance (a weighted bandwidth). The start is a tree of clusters whose leaves are
turned towards each other; then each one is taken out and put where it costs least, until nothing moves. weights (n, n):
symmetric, whole numbers, zero on the diagonal. An order is (n,) numbers from the first to the last place; the same
weights give the same order on every machine. Nobody gives an empty order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]

ROUNDS = 12
"""Times that everyone is taken out and put back, at most."""


def together(n: int, links: Positions, weight: Floats) -> Floats:
    """How much each two exchange, both ways, (n, n). links (m, 2); a link of one to itself counts for nothing."""
    found = np.zeros((n, n))
    np.add.at(found, (links[:, 0], links[:, 1]), weight)
    found += found.T
    np.fill_diagonal(found, 0.0)
    return found


def order(weights: Floats, held: Sequence[int] = ()) -> Positions:
    """The order. held: numbers that keep their order among themselves, each once; the others are put where they cost
    least, the heaviest first."""
    n = len(weights)
    if len(held):
        return inserted(weights, np.array(held, dtype=np.intp))
    if n < 3:
        return np.arange(n)
    found = _sifted(weights, _leaves(weights))
    heavy = int(weights.sum(axis=1).argmax())
    return found if 2 * int(np.flatnonzero(found == heavy)[0]) <= n - 1 else found[::-1].copy()


def cost(weights: Floats, found: Positions) -> float:
    """Sum of weight times distance."""
    place = np.empty(len(found))
    place[found] = np.arange(len(found))
    return float((weights * np.abs(place[:, None] - place[None, :])).sum() / 2)


def inserted(weights: Floats, held: Positions) -> Positions:
    """The order with those that are not in it, the heaviest first, each where it costs least."""
    left = np.setdiff1d(np.arange(len(weights)), held)
    total = weights.sum(axis=1)
    for one in left[np.lexsort((left, -total[left]))].tolist():
        inside = weights[np.ix_(held, held)]
        before = np.tril(inside, -1).sum(axis=1)
        held = np.insert(held, int(_prices(weights[one, held], before, inside.sum(axis=1)).argmin()), one)
    return held


def _prices(own: Floats, before: Floats, total: Floats) -> Floats:
    """What it costs to stand in each of the k + 1 gaps between k others: the distances of one's own links, and one step
    more for each link that leads over the gap. own (k,): links to them; before, total (k,): links of each of them to
    those before it, and to all, without one's own."""
    at = np.arange(len(own) + 1)
    sums = np.concatenate([[0.0], np.cumsum(own)])
    moments = np.concatenate([[0.0], np.cumsum(own * at[:-1])])
    left = at * sums - moments
    right = (moments[-1] - moments) + (1 - at) * (sums[-1] - sums)
    over = np.concatenate([[0.0], np.cumsum(total - 2 * before)])
    prices: Floats = left + right + over
    return prices


def _sifted(weights: Floats, found: Positions) -> Positions:
    """The order after everyone has been put where they cost least, the heaviest first, as long as that helps."""
    n = len(found)
    total = weights.sum(axis=1)
    turn = np.lexsort((np.arange(n), -total)).tolist()
    ranked = np.empty(n, dtype=np.intp)
    ranked[found] = np.arange(n)
    before = (weights * (ranked[None, :] < ranked[:, None])).sum(axis=1)
    for _ in range(ROUNDS):
        moved = False
        for one in turn:
            at = int(ranked[one])
            others = np.delete(found, at)
            own = weights[one, others]
            prior = before[others]
            prior[at:] -= own[at:]
            prices = _prices(own, prior, total[others] - own)
            to = int(prices.argmin())
            if prices[to] >= prices[at]:
                continue
            found = np.insert(others, to, one)
            ranked[found] = np.arange(n)
            before[others[:to]] = prior[:to]
            before[others[to:]] = prior[to:] + own[to:]
            before[one] = own[:to].sum()
            moved = True
        if not moved:
            break
    return found


def _leaves(weights: Floats) -> Positions:
    """Leaves of a tree of clusters by average linkage, of what two exchange over what both exchange with all; where two
    clusters meet, each is turned so that what binds them is near."""
    n = len(weights)
    total = np.maximum(weights.sum(axis=1), 1.0)
    alike = weights / np.sqrt(total[:, None] * total[None, :])
    np.fill_diagonal(alike, -1.0)
    leaves: list[Positions] = [np.array([one]) for one in range(n)]
    partner = alike.argmax(axis=1)
    best = alike[np.arange(n), partner]
    for _ in range(n - 1):
        a = int(best.argmax())
        b = int(partner[a])
        a, b = min(a, b), max(a, b)
        large, small = len(leaves[a]), len(leaves[b])
        row = (alike[a] * large + alike[b] * small) / (large + small)
        alike[b] = alike[:, b] = -1.0
        row[alike[a] < 0] = -1.0
        row[[a, b]] = -1.0
        alike[a] = alike[:, a] = row
        leaves[a] = _joined(weights, leaves[a], leaves[b])
        best[b] = -1.0
        stale = np.flatnonzero(((partner == a) | (partner == b)) & (best >= 0))
        nearer = row > best
        nearer |= (row == best) & (partner > a)
        nearer[stale] = False
        nearer[best < 0] = False
        best[nearer], partner[nearer] = row[nearer], a
        for one in dict.fromkeys([*stale.tolist(), a]):
            partner[one] = int(alike[one].argmax())
            best[one] = alike[one, partner[one]]
    return leaves[0]


def _joined(weights: Floats, left: Positions, right: Positions) -> Positions:
    """Two rows of leaves as one, each turned so that what leads to the other is at its near end."""
    between = weights[np.ix_(left, right)]
    lean = between.sum(axis=1) @ (2 * np.arange(len(left)) - (len(left) - 1))
    near = between.sum(axis=0) @ (2 * np.arange(len(right)) - (len(right) - 1))
    return np.concatenate([left[::-1] if lean < 0 else left, right[::-1] if near > 0 else right])
