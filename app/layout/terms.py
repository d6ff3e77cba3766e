"""What a good arrangement of a flow map's nodes costs, for many arrangements at once.

Energy of a drawing as a sum of terms, after Davidson and Harel ("Drawing graphs nicely using simulated annealing", ACM
TOG 15, 1996): nodes repel, ties pull by the log of their people, straight ties may not cross nor pass near a node, and
name blocks need room. Distances count in `pitch`, the side of the square that each node would own if the frame were
shared out evenly. Places are (2, S, n): x and y of n nodes in S arrangements; candidates are (2, S, K).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

REPEL, PULL, SHORT, ROOM = 1.0, 0.65, 5.0, 0.7
CROSS, NEAR, OVERLAP, CENTRE, SPREAD = 0.2, 2.0, 40.0, 5.0, 0.8
SOFT = 0.02


@dataclass(frozen=True, eq=False)
class Fan:
    """Pairs of ties that leave one node: the own tie, the other one (a tie or its far end), and what they need.

    narrow: cosine of the angle at which the ribbons would lie side by side; weight: cost of one direction for both.
    """

    own: Ints
    other: Ints
    narrow: Floats
    weight: Floats


@dataclass(frozen=True, eq=False)
class Around:
    """What touches one node: the other nodes; its ties, their far ends, and the ties that do not touch it.

    crossing, unrelated: flattened weights of its ties crossing others and passing nodes; fan: pairs of its own ties;
    far: its ties against the other ties at their far ends.
    """

    others: Ints
    own: Ints
    ends: Ints
    rest: Ints
    rest_ends: Ints
    crossing: Floats
    unrelated: Floats
    fan: Fan
    far: Fan


@dataclass(frozen=True, eq=False)
class Terms:
    """The fixed part of the cost of one problem.

    radii (n,); half (n, 2): half sizes of disc and name block together; pitch: see above; centre, span (2,): middle and
    half size of the frame; weight (n,): 0 to 1, how much a node belongs in the middle; charge (n, n): how strongly two
    nodes repel; ties (e, 2): joined nodes, first below second; pull (e,): log weights; breadth (e,): pixels of both
    flows; cross (e, e): cost of two ties crossing, 0 where they share a node; air: clear ground wanted round a disc.
    """

    radii: Floats
    half: Floats
    pitch: float
    centre: Floats
    span: Floats
    weight: Floats
    charge: Floats
    ties: Ints
    pull: Floats
    breadth: Floats
    cross: Floats
    air: float
    around: tuple[Around, ...]


def make_terms(
    radii: Floats, half: Floats, frame: Floats, ties: Ints, pull: Floats, breadth: Floats, air: float
) -> Terms:
    """Terms of n nodes and e ties in a frame; see `Terms` for shapes."""
    n = len(radii)
    shared = (ties[:, None, :, None] == ties[None, :, None, :]).any(axis=(2, 3))
    cross = np.where(shared, 0.0, CROSS * (pull[:, None] * pull[None, :]) ** 2)
    weight = (radii / max(float(radii.max(initial=0.0)), 1e-9)) ** 2
    pairwise = 0.5 * (weight[:, None] + weight[None, :]) + 2.5 * weight[:, None] * weight[None, :]
    around = []
    for node in range(n):
        touches = (ties == node).any(axis=1)
        own, rest = np.flatnonzero(touches), np.flatnonzero(~touches)
        ends = ties[own].sum(axis=1) - node
        unrelated = np.full((len(own), n), NEAR)
        unrelated[np.arange(len(own)), ends] = 0.0
        unrelated[:, node] = 0.0
        around.append(
            Around(
                others=np.flatnonzero(np.arange(n) != node),
                own=own,
                ends=ends,
                rest=rest,
                rest_ends=ties[rest],
                crossing=cross[np.ix_(own, rest)].ravel(),
                unrelated=unrelated.ravel(),
                fan=_fan(node, own, radii, pull, breadth, air),
                far=_far_fan(own, ends, radii, ties, pull, breadth, air),
            )
        )
    return Terms(
        radii=radii,
        half=half,
        pitch=float(np.sqrt(frame[2] * frame[3] / max(n, 4))),
        centre=frame[:2] + frame[2:] / 2,
        span=np.maximum(frame[2:] / 2, 1.0),
        weight=weight,
        charge=REPEL * (0.7 + pairwise),
        ties=ties,
        pull=pull,
        breadth=breadth,
        cross=cross,
        air=air,
        around=tuple(around),
    )


def _fan(node: int, own: Ints, radii: Floats, pull: Floats, breadth: Floats, air: float) -> Fan:
    """Pairs of the node's own ties, as positions in `own`."""
    one, other = np.triu_indices(len(own), 1)
    return Fan(one, other, *_narrow(radii[node], own[one], own[other], pull, breadth, air))


def _far_fan(own: Ints, ends: Ints, radii: Floats, ties: Ints, pull: Floats, breadth: Floats, air: float) -> Fan:
    """The node's ties (positions in `own`) against the other ties at their far ends (by the node those lead to)."""
    one, tie = np.nonzero((ties[None] == ends[:, None, None]).any(axis=2) & (np.arange(len(ties)) != own[:, None]))
    return Fan(one, ties[tie].sum(axis=1) - ends[one], *_narrow(radii[ends[one]], own[one], tie, pull, breadth, air))


def _narrow(radius: Floats, one: Ints, other: Ints, pull: Floats, breadth: Floats, air: float) -> tuple[Floats, Floats]:
    """Cosine of the angle that two ties need at a rim, and the cost of leaving it in one direction."""
    need = ((breadth[one] + breadth[other]) / 2 + air / 2) / (radius + air)
    return np.cos(np.minimum(need, 1.4)), SPREAD * (pull[one] + pull[other]) / 2


def node_cost(terms: Terms, node: int, candidates: Floats, xy: Floats) -> Floats:
    """What everything that touches one node costs when it stands at each candidate: (S, K)."""
    near = terms.around[node]
    x, y = candidates
    cost: Floats = _apart_cost(
        terms, near.others, np.array(node), candidates[..., None], xy[:, :, None, near.others]
    ).sum(-1)
    cost += _middle_cost(terms, node, candidates)
    if not len(terms.ties):
        return cost
    there = xy[:, :, near.ends]
    reach = np.hypot(x[..., None] - there[0][:, None], y[..., None] - there[1][:, None])
    cost += _pull_cost(terms, reach - terms.radii[near.ends] - terms.radii[node]) @ terms.pull[near.own]
    ray = (there[:, :, None, :] - candidates[..., None]) / (reach + 1e-9)
    cost += _same_way(ray[..., near.fan.own], ray[..., near.fan.other], near.fan)
    fan = near.far
    beyond = xy[:, :, fan.other] - there[:, :, fan.own]
    beyond /= np.sqrt(beyond[0] ** 2 + beyond[1] ** 2) + 1e-9
    cost += _same_way(-ray[..., fan.own], beyond[:, :, None], fan)
    first, second = xy[:, :, near.rest_ends[:, 0]], xy[:, :, near.rest_ends[:, 1]]
    if len(near.own):
        crossed = _crossings(candidates, there, first, second)
        cost += crossed.reshape(*cost.shape, -1) @ near.crossing
        own_reach = terms.radii + terms.air + terms.breadth[near.own, None] / 2
        lack = _lack(xy[:, :, None, None, :], candidates[..., None, None], there[:, :, None, :, None], own_reach)
        cost += lack.reshape(*cost.shape, -1) @ near.unrelated
    if len(near.rest):
        rest_reach = terms.radii[node] + terms.air + terms.breadth[near.rest] / 2
        cost += NEAR * _lack(candidates[..., None], first[:, :, None], second[:, :, None], rest_reach).sum(-1)
    return cost


def total_cost(terms: Terms, xy: Floats) -> Floats:
    """The whole cost of each arrangement: (S,)."""
    nodes = np.arange(xy.shape[2])
    i, j = np.triu_indices(len(nodes), 1)
    cost: Floats = _apart_cost(terms, i, j, xy[:, :, j], xy[:, :, i]).sum(-1)
    cost += _middle_cost(terms, nodes, xy).sum(-1)
    if not len(terms.ties):
        return cost
    first, second = xy[:, :, terms.ties[:, 0]], xy[:, :, terms.ties[:, 1]]
    gap = np.hypot(*(first - second)) - terms.radii[terms.ties].sum(axis=1)
    cost += _pull_cost(terms, gap) @ terms.pull
    ray = (second - first) / (np.hypot(*(second - first)) + 1e-9)
    for node in nodes:
        own, fan = terms.around[node].own, terms.around[node].fan
        out = ray[:, :, None, own] * np.where(terms.ties[own, 0] == node, 1.0, -1.0)
        cost += _same_way(out[..., fan.own], out[..., fan.other], fan)[:, 0]
    near = np.where((terms.ties[:, :, None] == nodes).any(axis=1), 0.0, NEAR)
    reach = terms.radii + terms.air + terms.breadth[:, None] / 2
    block = max(1, 400_000 // len(terms.ties) ** 2)
    for s in range(0, len(cost), block):
        a, b = first[:, s : s + block], second[:, s : s + block]
        cost[s : s + block] += _crossings_of(a, b).reshape(a.shape[1], -1) @ terms.cross.ravel() / 2
        lack = _lack(xy[:, s : s + block, None, :], a[..., None], b[..., None], reach)
        cost[s : s + block] += lack.reshape(a.shape[1], -1) @ near.ravel()
    return cost


def smooth_force(terms: Terms, xy: Floats) -> Floats:
    """Minus the gradient of the smooth terms (repulsion, length, middle), times the pitch: (2, S, n)."""
    n = xy.shape[2]
    dx, dy = xy[0][:, :, None] - xy[0][:, None, :], xy[1][:, :, None] - xy[1][:, None, :]
    square = (dx * dx + dy * dy) / terms.pitch**2
    distance = np.sqrt(square) + 1e-9
    pull = np.zeros((n, n))
    pull[terms.ties[:, 0], terms.ties[:, 1]] = terms.pull
    pull += pull.T
    touch = (terms.radii[:, None] + terms.radii[None, :]) / terms.pitch
    lack = np.maximum(1 - (distance - touch) / ROOM, 0.0)
    strength = 2 * terms.charge / (square + SOFT) ** 2 - pull * (PULL - 2 * SHORT / ROOM * lack) / distance
    scale = strength / terms.pitch
    inward = 2 * CENTRE * terms.pitch * terms.weight / terms.span[:, None, None] ** 2
    force = np.stack(((scale * dx).sum(axis=2), (scale * dy).sum(axis=2)))
    return np.asarray(force - inward * (xy - terms.centre[:, None, None]))


def _apart_cost(terms: Terms, first: Ints, second: Ints, a: Floats, b: Floats) -> Floats:
    """Repulsion of two nodes and what it costs when their discs or blocks have too little room; broadcasts."""
    dx, dy = np.abs(a[0] - b[0]), np.abs(a[1] - b[1])
    square = (dx * dx + dy * dy) / terms.pitch**2
    need = terms.half[first] + terms.half[second] + terms.air / 2
    lap = np.maximum(1 - dx / need[..., 0], 0.0) * np.maximum(1 - dy / need[..., 1], 0.0)
    reach = (terms.radii[first] + terms.radii[second] + 2 * terms.air) / terms.pitch
    discs = np.maximum(1 - np.sqrt(square) / reach, 0.0)
    return np.asarray(terms.charge[first, second] / (square + SOFT) + OVERLAP * (lap + discs * discs))


def _middle_cost(terms: Terms, node: Ints | int, xy: Floats) -> Floats:
    """Large nodes belong in the middle."""
    off = (xy - terms.centre[:, None, None]) / terms.span[:, None, None]
    return np.asarray(CENTRE * terms.weight[node] * (off[0] ** 2 + off[1] ** 2))


def _pull_cost(terms: Terms, gap: Floats) -> Floats:
    """Cost of a tie by the clear distance between its rims: linear, and steep when there is no room for an arrow."""
    gap = gap / terms.pitch
    return np.asarray(PULL * gap + SHORT * np.maximum(1 - gap / ROOM, 0.0) ** 2)


def _same_way(one: Floats, other: Floats, fan: Fan) -> Floats:
    """What it costs that ties leave a node in nearly one direction; rays (2, S, K, q) → (S, K)."""
    cosine = one[0] * other[0] + one[1] * other[1]
    cosine -= fan.narrow
    np.maximum(cosine, 0.0, out=cosine)
    cosine *= cosine
    return np.asarray(cosine @ (fan.weight / (1 - fan.narrow) ** 2))


def _cross(p: Floats, q: Floats) -> Floats:
    """Cross products of places p (2, S, A) with q (2, S, B): (S, A, B)."""
    return np.asarray(p[0][:, :, None] * q[1][:, None, :] - p[1][:, :, None] * q[0][:, None, :])


def _crossings(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """1 where segment a–b crosses c–d: a (2, S, K), b (2, S, D), c, d (2, S, E) → (S, K, D, E) float64.

    Orientations are sums of three cross products, each of which varies along two axes only, so that the large array
    sees two additions in place of a full determinant.
    """
    ab = _cross(a, b)[:, :, :, None]
    ac, ad, bc, bd = _cross(a, c), _cross(a, d), _cross(b, c), _cross(b, d)
    apart = ((ab - ac[:, :, None, :]) + bc[:, None] > 0) != ((ab - ad[:, :, None, :]) + bd[:, None] > 0)
    cd = (c[0] * d[1] - c[1] * d[0])[:, None, :]
    apart &= ((cd + ac - ad) > 0)[:, :, None, :] != ((cd + bc - bd) > 0)[:, None, :, :]
    return np.asarray(apart, dtype=np.float64)


def _crossings_of(a: Floats, b: Floats) -> Floats:
    """1 where two of the segments a–b (2, S, E) cross: (S, E, E) float64."""
    aa, ab, ba, bb = _cross(a, a), _cross(a, b), _cross(b, a), _cross(b, b)
    own = (a[0] * b[1] - a[1] * b[0])[:, :, None]
    apart = (own - aa + ba > 0) != (own - ab + bb > 0)
    return np.asarray(apart & apart.transpose(0, 2, 1), dtype=np.float64)


def _lack(p: Floats, a: Floats, b: Floats, reach: Floats) -> Floats:
    """How much too near places p come to segments a–b: (1 - (distance / reach)²)², 0 beyond reach; x and y first."""
    along_x, along_y, off_x, off_y = b[0] - a[0], b[1] - a[1], p[0] - a[0], p[1] - a[1]
    size = along_x * along_x + along_y * along_y + 1e-9
    dot = off_x * along_x
    dot += off_y * along_y
    share = dot / size
    np.maximum(share, 0.0, out=share)
    np.minimum(share, 1.0, out=share)
    # |off - share · along|² without the vectors themselves
    dot *= 2.0
    dot -= share * size
    dot *= share
    short = (off_x * off_x + off_y * off_y) - dot
    short /= -reach * reach
    short += 1.0
    np.maximum(short, 0.0, out=short)
    short *= short
    return np.asarray(short)
