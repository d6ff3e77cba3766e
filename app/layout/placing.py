"""Where the nodes of a flow map stand.

Many starts that depend on nothing but the number of nodes follow smooth forces; the best few are improved node by node
and by exchanging two nodes, over the cost in `terms`; then discs are pushed apart for good. Weights enter as classes on
a log scale and sizes as rounded up steps, so that one more person on a flow mostly changes nothing at all. Nothing is
drawn at random. Rows must come in a fixed order (by id): the caller's duty.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.layout.terms import Terms, make_terms, node_cost, smooth_force, total_cost

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

STARTS, RELAX = (16, 48, 20_000), 45
"""Starts: least, most, and the product with the square of the number of nodes to aim at; steps of each."""
KEEP = (4, 2, 1)
"""How many arrangements go into the second and later sweeps."""
FIRST, EXCHANGES = (6, 24, 12_000), (2, 8, 4_000)
"""Arrangements in the first sweep and rounds of exchanges: least, most, and the product with nodes · ties to aim at."""
POLISH, MOST_TIES = 4, 56
"""Exchanges settled in each round, the most promising first; ties that count, those with most people first."""
RATIO = 1.3
"""Steps of sizes."""
CLASSES = (3.0, 5.0, 9.0, 16.0, 32.0, 64.0)
"""People from which a tie pulls one step more: a log scale, coarse so that one more person mostly changes nothing."""
RINGS = ((0.9, 0.0), (0.6, 0.39), (0.4, 0.2), (0.25, 0.59), (0.18, 0.1), (0.1, 0.3))
"""Radius in pitches and turn of the ring of candidates in each sweep."""
FINE = ((0.25, 0.1), (0.1, 0.4), (0.05, 0.2))
"""The same for settling after an exchange."""
FRIENDS = 2
"""Ends of ties, the strongest first, beside which a node is tried."""
GOLDEN = 2.399963229728653


def place(
    radii: Floats,
    blocks: Floats,
    ties: Ints,
    people: Floats,
    frame: Floats,
    *,
    pinned: Floats,
    held: Floats,
    unit: float = 1.0,
) -> Floats:
    """Centres (n, 2) of n nodes.

    radii (n,); blocks (n, 2): width and height of the name block (0: none); ties (e, 2): joined nodes, first index
    below second, each pair once; people (e,): both directions together;
    frame (4,): x, y, width, height; pinned (n, 2): fixed places, NaN for free; held (n, 2): places of an earlier
    arrangement, NaN for new nodes.
    With any `held` row nothing is arranged anew: held nodes stay, or move by less than their radius where they would
    touch another, and new ones go where they cost least. Discs never overlap where the frame has the room; a pinned
    node stays exactly, wherever that is.
    """
    n = len(radii)
    if n == 0:
        return np.zeros((0, 2))
    wide_radii = _steps(radii, 7.5 * unit, RATIO)
    wide_blocks = np.ceil(blocks / (24 * unit)) * 24 * unit
    bounds = _bounds(wide_radii, wide_blocks, frame, 4 * unit)
    half = np.maximum(wide_radii[:, None], wide_blocks / 2)
    half[:, 1] = wide_radii + wide_blocks[:, 1] / 2
    fixed: Bools = np.isfinite(pinned[:, 0])
    known: Bools = np.isfinite(held[:, 0]) & ~fixed

    def terms() -> Terms:
        size_class = np.searchsorted(CLASSES, people, side="right")
        order = np.lexsort((ties[:, 1], ties[:, 0], -size_class))[:MOST_TIES]
        pull = 1.0 + size_class[order].astype(np.float64)
        breadth = np.minimum(2.0 * np.append(CLASSES, np.inf)[size_class[order]], 28.0) * unit
        return make_terms(wide_radii, half, frame, ties[order], pull, breadth, 14 * unit)

    if known.any():
        stood = np.where(fixed, pinned.T, held.T)
        all_stood = bool((fixed | known).all())
        xy = stood if all_stood else _fill_in(terms(), np.where(fixed | known, stood, np.nan), bounds)
        # a wider name must not push a node that stands: only its disc is kept inside the frame
        rim = _bounds(radii, np.zeros_like(blocks), frame, 0.0)
        xy = np.where(known, np.clip(xy, rim[0], rim[1]), xy)
        bounds = np.where(known, np.stack((np.minimum(bounds[0], xy), np.maximum(bounds[1], xy))), bounds)
        reach = np.where(known, 0.98 * radii, np.inf)
    else:
        xy = _search(terms(), np.where(fixed, pinned.T[:, None], _starts(n, bounds)), bounds, ~fixed)
        if not fixed.any():
            low, high = (xy - half.T).min(axis=1), (xy + half.T).max(axis=1)
            xy = np.clip(xy + (frame[:2] + frame[2:] / 2 - (low + high) / 2)[:, None], bounds[0], bounds[1])
        reach = np.full(n, np.inf)
    return separate(xy.T, radii, bounds.transpose(0, 2, 1), 12 * unit, fixed, reach)


def _steps(sizes: Floats, least: float, ratio: float) -> Floats:
    """Sizes rounded up to a geometric scale, so that small changes mostly change nothing."""
    power = np.log(np.maximum(sizes, least) / least) / np.log(ratio)
    return np.asarray(least * ratio ** np.ceil(power - 1e-9))


def _bounds(radii: Floats, blocks: Floats, frame: Floats, margin: float) -> Floats:
    """Where centres may lie, (2, 2, n): least and most, by x and y; a frame too small for a node gives its middle."""
    inset = np.stack((np.maximum(radii, blocks[:, 0] / 2), radii + blocks[:, 1])) + margin
    inset = np.minimum(inset, frame[2:, None] / 2)
    return np.stack((frame[:2, None] + inset, frame[:2, None] + frame[2:, None] - inset))


def _scatter(first: int, count: int) -> Floats:
    """Places (2, count) in the unit square that fill it evenly whatever their number (R2 sequence: Roberts 2018)."""
    index = np.arange(first + 1, first + count + 1)
    return np.asarray((0.5 + np.array([[0.7548776662466927], [0.5698402909980532]]) * index) % 1.0)


def _starts(n: int, bounds: Floats) -> Floats:
    """Starting places (2, S, n), the same for whatever flows: even scatters of the ground."""
    starts = _effort(n * n, STARTS)
    ground = _scatter(0, starts * n).reshape(2, starts, n)
    return np.asarray(bounds[0][:, None] + (bounds[1] - bounds[0])[:, None] * ground)


def _search(terms: Terms, xy: Floats, bounds: Floats, free: Bools) -> Floats:
    """The best arrangement found from the starts (2, S, n): (2, n)."""
    order = np.lexsort((np.arange(xy.shape[2]), -terms.radii))
    order = order[free[order]]
    xy = _relax(terms, xy, bounds, free)
    size = len(terms.radii) * len(terms.ties)
    keep = (_effort(size, FIRST), *KEEP, *(1 for _ in RINGS))
    for sweep, (reach, turn) in enumerate(RINGS):
        xy = _best(terms, xy, keep[sweep])
        for node in order:
            xy = _improve(terms, int(node), xy, bounds, reach, turn, 10 if sweep < 3 else 4, sweep)
    return _exchange(terms, _best(terms, xy, 1), bounds, order)


def _effort(size: int, limits: tuple[int, int, int]) -> int:
    """How often to try, so that large problems take no longer than they must."""
    least, most, work = limits
    return max(least, min(most, work // max(size, 1)))


def _relax(terms: Terms, xy: Floats, bounds: Floats, free: Bools) -> Floats:
    """Follow the smooth forces with steps that shrink (Fruchterman and Reingold 1991), all starts at once."""
    low, high = bounds[0][:, None], bounds[1][:, None]
    for step in range(RELAX):
        reach = terms.pitch * (0.5 * (1 - step / RELAX) ** 2 + 0.01)
        force = smooth_force(terms, xy)
        size = np.hypot(force[0], force[1]) + 1e-9
        move = force * np.minimum(reach / size, terms.pitch * 0.1)
        xy = np.where(free, np.clip(xy + move, low, high), xy)
    return xy


def _best(terms: Terms, xy: Floats, count: int) -> Floats:
    """The cheapest arrangements, at least one; the earlier first where they cost the same."""
    if xy.shape[1] <= max(1, count):
        return xy
    rank = np.argsort(np.round(total_cost(terms, xy), 6), kind="stable")
    return np.asarray(xy[:, rank[: max(1, count)]])


def _improve(
    terms: Terms, node: int, xy: Floats, bounds: Floats, reach: float, turn: float, jumps: int, sweep: int
) -> Floats:
    """Move one node of each arrangement to the cheapest of: here, a ring around here, places beside those it is most
    tied to, places across the frame."""
    low, high = bounds[0, :, node, None, None], bounds[1, :, node, None, None]
    here = xy[:, :, node, None]
    angle = turn + np.arange(8) * np.pi / 4
    ring = here + reach * terms.pitch * np.stack((np.cos(angle), np.sin(angle)))[:, None]
    friends = xy[:, :, terms.around[node].ends[:FRIENDS]]
    quarter = turn + np.arange(4) * np.pi / 2
    beside = friends[..., None] + terms.pitch * np.stack((np.cos(quarter), np.sin(quarter)))[:, None, None]
    near = np.concatenate((ring, beside.reshape(2, xy.shape[1], -1)), axis=2)
    far = low + (high - low) * _scatter((sweep * len(terms.radii) + node) * jumps, jumps)[:, None]
    far = np.broadcast_to(far, (2, xy.shape[1], jumps))
    candidates = np.concatenate((here, np.clip(near, low, high), far), axis=2)
    best = np.round(node_cost(terms, node, candidates, xy), 6).argmin(axis=1)
    xy = xy.copy()
    xy[:, :, node] = candidates[:, np.arange(xy.shape[1]), best]
    return xy


def _exchange(terms: Terms, xy: Floats, bounds: Floats, order: Ints) -> Floats:
    """Let two nodes change places, then settle, as long as that makes the one arrangement cheaper: (2, n).

    What every exchange would bring is estimated from what touches the two nodes; the best few are settled and measured.
    """
    cost = float(total_cost(terms, xy)[0])
    rounds = _effort(len(terms.radii) * len(terms.ties), EXCHANGES)
    for turn in range(rounds if len(order) > 1 else 0):
        gain = _exchange_gains(terms, xy, bounds, order)
        first, second = np.unravel_index(np.argsort(np.round(gain, 6), axis=None, kind="stable")[:POLISH], gain.shape)
        trials = []
        for one, other in zip(order[first], order[second], strict=True):
            trial = xy.copy()
            trial[:, 0, one], trial[:, 0, other] = xy[:, 0, other], xy[:, 0, one]
            for sweep, (reach, angle) in enumerate(FINE):
                for node in (one, other):
                    trial = _improve(terms, int(node), trial, bounds, reach, angle, 4, 7 * turn + sweep)
            trials.append(trial)
        trial = _best(terms, np.concatenate(trials, axis=1), 1)
        reach, angle = FINE[turn % len(FINE)]
        for node in order:
            trial = _improve(terms, int(node), trial, bounds, reach, angle, 4, 7 * turn + 4)
        found = float(total_cost(terms, trial)[0])
        if found >= cost - 1e-6:
            break
        xy, cost = trial, found
    return np.asarray(xy[:, 0])


def _exchange_gains(terms: Terms, xy: Floats, bounds: Floats, order: Ints) -> Floats:
    """How the cost changes when two nodes of `order` change places, above the diagonal; below it infinite: (k, k)."""
    k = len(order)
    change = np.zeros((k, k))
    row = np.arange(k)
    for one, node in enumerate(order):
        swapped = np.repeat(xy, k, axis=1)
        swapped[:, row, node], swapped[:, row, order] = xy[:, 0, order], xy[:, 0, node, None]
        here = np.clip(swapped[:, :, node], bounds[0, :, node, None], bounds[1, :, node, None])
        change[one] = node_cost(terms, int(node), here[..., None], swapped)[:, 0]
        change[one] -= change[one, one]
    return np.where(np.tri(k, dtype=bool), np.inf, change + change.T)


def _fill_in(terms: Terms, xy: Floats, bounds: Floats) -> Floats:
    """Put new nodes (NaN) among the others, which stay: the cheapest of many scattered places, then finer steps."""
    new = np.flatnonzero(np.isnan(xy[0]))
    xy = np.where(np.isnan(xy), (bounds[0] + bounds[1]) / 2, xy)[:, None]
    for sweep, (reach, turn) in enumerate(RINGS):
        for node in new:
            xy = _improve(terms, int(node), xy, bounds, reach, turn, 60 if sweep < 2 else 4, sweep)
    return np.asarray(xy[:, 0])


def separate(xy: Floats, radii: Floats, bounds: Floats, air: float, fixed: Bools, reach: Floats) -> Floats:
    """Push discs apart until each pair is `air` apart, as little as possible; (n, 2).

    bounds (2, n, 2) holds free centres; fixed (n,) never move; reach (n,): how far a node may stray from where it
    stood. Where that leaves an overlap, first air and then reach is given up: no overlap comes first.
    """
    home = xy.copy()
    touch = radii[:, None] + radii[None, :]
    spread = np.arange(len(xy)) * GOLDEN
    aside = np.stack((np.cos(spread), np.sin(spread)), axis=-1)
    aside = aside[:, None, :] - aside[None, :, :]
    for gap, limit in ((air, reach), (air / 2, reach), (0.5, reach), (0.5, np.inf)):
        for _ in range(150):
            apart = xy[:, None] - xy[None, :]
            distance = np.hypot(apart[..., 0], apart[..., 1])
            lack = np.clip(touch + gap - distance, 0.0, None)
            np.fill_diagonal(lack, 0.0)
            lack[np.ix_(fixed, fixed)] = 0.0
            if not (lack > 1e-6).any():
                return xy
            # two discs at one place have no direction apart: each pair takes one of its own
            along = np.where((distance > 1e-6)[..., None], apart / (distance + 1e-12)[..., None], aside)
            share = np.where(fixed[None, :], 1.0, 0.5) * ~fixed[:, None] * (lack + 0.01) * (lack > 0)
            away = xy + (share[..., None] * along).sum(axis=1) - home
            far = np.hypot(away[:, 0], away[:, 1])
            away = away * np.minimum(1.0, limit / np.maximum(far, 1e-12))[:, None]
            xy = np.where(fixed[:, None], home, np.clip(home + away, bounds[0], bounds[1]))
    return xy
