"""The order of layers in which few and light links cross: a quick first order, then one that is improved as long as
somebody waits.

The first order is that of weighted barycentres (Sugiyama, Tagawa and Toda 1981), swept forth and back from two starts.
It is improved by sifting (Matuszewski, Schönfeld and Molitor 1999): with the neighbours of a layer held still, every
pair of its places has the exact cost of standing one way or the other, and each place goes where the sum is least. A
round that finds nothing more is followed by a jolt: one layer in two is shaken by a fixed seed and sifted again, and
the best order of all is kept (an iterated local search). So the same input always has the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.layout.crossings import inversions, share
from app.layout.layering import Layering

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

SWEEPS = 10
"""Sweeps forth and back of one start."""
PASSES = 4
"""Times that a layer is sifted at most before its neighbours have their turn."""
WORK = 10_000_000
"""Pairs of places that an improvement looks at before it ends: under two seconds at 2,000 links."""
FEWEST_ROUNDS = 1
"""Rounds that are made even if they are more work than that."""
MOST_ROUNDS = 200
"""Rounds that are never exceeded: small inputs have their best order long before."""
LEAST = 1e-9
"""A gain that is less is none."""
QUICK = 400_000
"""Pairs of places within layers up to which even the first order is sifted: about a thousand links, or two."""
MUST = 1e9
"""The cost of standing on the wrong side of a place that has to come first."""


@dataclass(frozen=True, eq=False)
class Order:
    """The place of each node and dummy in its layer, (p,), from 0 on, and the weighted crossings that it has."""

    position: Ints
    crossings: float


@dataclass(frozen=True, eq=False)
class Wishes:
    """What an order has to keep to. start (p,): any numbers, by which layers are ordered at first and ties are broken;
    band (p,): who has a lower one stands before who has a higher one; rank (p,): places of one layer and band that have
    one, from 0 on, keep to it among each other; -1 for none."""

    start: Ints
    band: Ints
    rank: Ints

    @classmethod
    def none(cls, n: int) -> Wishes:
        """As given, freely."""
        return cls(np.arange(n), np.zeros(n, dtype=np.intp), np.full(n, -1, dtype=np.intp))


def crossings(layering: Layering, position: Ints) -> float:
    """Σ w_i · w_j over pairs of segments that cross."""
    gap = layering.layer[layering.start]
    return inversions(gap, position[layering.start], position[layering.end], layering.weight)


def crossing_share(layering: Layering, position: Ints, weight: Floats) -> float:
    """Weighted crossings as a share of (Σ w)² of the links (m,)."""
    return share(crossings(layering, position), weight)


def first_order(layering: Layering, wishes: Wishes | None = None) -> Order:
    """The quick order: the best of all sweeps, then one round of sifting where layers are small."""
    return _Search.of(layering, wishes).first()


def improved(
    layering: Layering, order: Order, wishes: Wishes | None = None, *, rounds: int = MOST_ROUNDS
) -> Iterator[Order]:
    """Ever better orders: the best so far after each layer that was looked at, so that whoever waits may stop at any.
    Ends by itself, after so many rounds at most and a bounded amount of work."""
    yield from _Search.of(layering, wishes).improve(order, rounds)


@dataclass(frozen=True, eq=False)
class _Search:
    """What stays the same while orders are tried."""

    layering: Layering
    wishes: Wishes
    members: list[Ints]
    before: list[Ints]
    after: list[Ints]

    @classmethod
    def of(cls, layering: Layering, wishes: Wishes | None) -> _Search:
        gap = layering.layer[layering.start]
        by_gap = np.argsort(gap, kind="stable")
        parts = np.split(by_gap, np.searchsorted(gap[by_gap], np.arange(1, max(layering.n_layers, 1))))
        nothing = [np.empty(0, dtype=np.intp)]
        members = layering.members() if layering.n_layers else []
        chosen = wishes or Wishes.none(len(layering.layer))
        return cls(layering, chosen, members, nothing + parts[:-1], parts[:-1] + nothing)

    # --- the first order

    def first(self) -> Order:
        """The best of sweeps from the given start, forth first and back first."""
        begin = self._ranked(self.wishes.start.astype(np.float64))
        best = Order(begin, crossings(self.layering, begin))
        layers = range(len(self.members))
        for forth in (True, False):
            position = begin.copy()
            for sweep in range(SWEEPS):
                onward = (sweep % 2 == 0) == forth
                for number in layers if onward else reversed(layers):
                    self._average(number, position, onward=onward)
                best = min(best, Order(position.copy(), crossings(self.layering, position)), key=_cost)
        if sum(len(members) ** 2 for members in self.members) <= QUICK:
            position = best.position.copy()
            less = sum(self._sift(number, position, passes=1) for number in layers)
            best = Order(position, best.crossings - less)
        return best

    def _average(self, number: int, position: Ints, *, onward: bool) -> None:
        """One layer by the weighted mean of its neighbours before it, or after it. Who has none stays in its place."""
        rows, here, there = self._side(number, before=onward)
        members = self.members[number]
        if not len(rows):
            return
        weight = np.maximum(self.layering.weight[rows], 1e-9)
        n = len(position)
        heft = np.bincount(here, weights=weight, minlength=n)[members]
        mean = np.bincount(here, weights=weight * position[there], minlength=n)[members]
        reach = max(int(position[there].max()), 1) / max(len(members) - 1, 1)  # own place in the neighbours' measure
        value = np.where(heft > 0, mean / np.maximum(heft, 1e-12), position[members] * reach)
        order = np.lexsort((position[members], value))
        position[members] = self._kept(members, order)

    def _ranked(self, value: Floats) -> Ints:
        """All layers ordered by a value, as far as wishes allow."""
        position = np.zeros(len(value), dtype=np.intp)
        for members in self.members:
            position[members] = self._kept(members, np.lexsort((members, value[members])))
        return position

    def _kept(self, members: Ints, order: Ints) -> Ints:
        """Positions (k,) of members in an order (k,), changed where wishes say so."""
        band, rank = self.wishes.band[members], self.wishes.rank[members]
        order = order[np.argsort(band[order], kind="stable")]
        slots = np.flatnonzero(rank[order] >= 0)
        if len(slots):
            asked = order[slots]
            order[slots] = asked[np.lexsort((rank[asked], band[asked]))]
        position = np.empty(len(members), dtype=np.intp)
        position[order] = np.arange(len(members))
        return position

    def _side(self, number: int, *, before: bool) -> tuple[Ints, Ints, Ints]:
        """Segments on one side of a layer, their places in it, and their places in the neighbouring layer."""
        rows = (self.before if before else self.after)[number]
        start, end = self.layering.start[rows], self.layering.end[rows]
        return (rows, end, start) if before else (rows, start, end)

    # --- improving it

    def improve(self, order: Order, rounds: int) -> Iterator[Order]:
        """Rounds of sifting with a jolt wherever one finds nothing more."""
        random = np.random.default_rng(20)
        best, now = order, replace(order, position=order.position.copy())
        work = 0
        a_round = 2 * sum(len(members) ** 2 for members in self.members) or 1
        layers = list(range(len(self.members)))
        for count in range(rounds):
            if best.crossings <= 0 or (count >= FEWEST_ROUNDS and work + a_round > WORK):
                return
            gained = 0.0
            for number in (*layers, *reversed(layers)):
                won = self._sift(number, now.position)
                work += len(self.members[number]) ** 2
                gained += won
                now = replace(now, crossings=now.crossings - won)
                if now.crossings < best.crossings - LEAST:
                    best = replace(now, position=now.position.copy())
                yield best
            if gained <= LEAST:
                now = self._jolted(best, random)

    def _jolted(self, order: Order, random: np.random.Generator) -> Order:
        """The same with about every other layer shaken: places change by about a sixth of their layer."""
        position = order.position.copy()
        for members in self.members:
            if random.random() < 0.5:
                shaken = position[members] + random.normal(0.0, max(len(members) / 6, 0.8), len(members))
                position[members] = self._kept(members, np.argsort(shaken, kind="stable"))
        return Order(position, crossings(self.layering, position))

    def _sift(self, number: int, position: Ints, passes: int = PASSES) -> float:
        """Every place of a layer goes where least crosses, in turn; `position` is changed. How much less crosses."""
        members = self.members[number]
        if len(members) < 2:
            return 0.0
        row = members[np.argsort(position[members])]
        more = self._costs(number, row, position)
        more -= more.T.copy()  # what it costs more if the first of a pair stands before the second
        if self._bound:
            more += self._bonds(row)
        order = np.arange(len(row))
        won = 0.0
        for _ in range(passes):
            less = _gains(more, order)
            hopeful = np.flatnonzero(less > LEAST)
            if not len(hopeful):
                break
            for place in order[hopeful[np.argsort(-less[hopeful], kind="stable")]].tolist():
                won += _moved(more, order, place)
        position[row[order]] = np.arange(len(row))
        return won

    @property
    def _bound(self) -> bool:
        """Whether some place has to come before another."""
        return bool(self.wishes.band.any() or (self.wishes.rank >= 0).any())

    def _bonds(self, row: Ints) -> Floats:
        """What it costs that a place stands before another one that has to come first, (k, k)."""
        band, rank = self.wishes.band[row], self.wishes.rank[row]
        same = (band[:, None] == band[None]) & (rank[:, None] >= 0) & (rank[None] >= 0)
        late = (band[:, None] > band[None]) | (same & (rank[:, None] > rank[None]))
        bonds: Floats = MUST * (late.astype(np.float64) - late.T)
        return bonds

    def _costs(self, number: int, row: Ints, position: Ints) -> Floats:
        """What crosses between each pair of a layer if the first stands before the second, (k, k); row: the layer's
        places in their order now."""
        k = len(row)
        total = np.zeros((k, k))
        local = np.empty(len(position), dtype=np.intp)
        local[row] = np.arange(k)
        for before in (True, False):
            rows, here, there = self._side(number, before=before)
            if not len(rows):
                continue
            at, beyond = local[here], position[there]
            width = int(beyond.max()) + 1
            table = np.zeros((width, k))
            np.add.at(table, (beyond, at), self.layering.weight[rows])
            below = np.cumsum(table, axis=0) - table  # what of each other place leads to before a neighbour's place
            by_place = np.argsort(at, kind="stable")
            told = below[beyond[by_place]] * self.layering.weight[rows][by_place][:, None]
            own = at[by_place]
            begins = np.flatnonzero(np.r_[True, own[1:] != own[:-1]])
            total[own[begins]] += np.add.reduceat(told, begins, axis=0)
        return total


def _slots(more: Floats, order: Ints) -> Floats:
    """What crosses if places (r, k) stood in each slot, from before the first to after the last, (r, k + 1)."""
    cost = np.zeros((len(more), len(order) + 1))
    np.cumsum(more[:, order], axis=1, out=cost[:, 1:])
    return np.negative(cost, out=cost)


def _gains(more: Floats, order: Ints) -> Floats:
    """How much less would cross if each place of an order went where it fits best, the others staying, (k,)."""
    cost = _slots(more[order], order)
    gains: Floats = np.diagonal(cost) - cost.min(axis=1)
    return gains


def _moved(more: Floats, order: Ints, place: int) -> float:
    """One place goes where it fits best; `order` is changed. How much less crosses."""
    at = int(np.flatnonzero(order == place)[0])
    cost = _slots(more[place : place + 1], order)[0]
    to = int(cost.argmin())
    less = float(cost[at] - cost[to])
    if less <= LEAST:
        return 0.0
    if to > at:
        order[at : to - 1] = order[at + 1 : to].copy()
        order[to - 1] = place
    else:
        order[to + 1 : at + 1] = order[to:at].copy()
        order[to] = place
    return less


def _cost(order: Order) -> float:
    return order.crossings
