"""Layers for links that lead from left to right: which links are turned because they close a cycle, in which layer each
node stands, and what stands in for long links in the layers that they pass.

Turning few and light links follows Eades, Lin and Smyth (1993), “A fast and effective heuristic for the feedback arc
set problem”, by weight; layers are those of the longest path (Eades and Sugiyama 1990).
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Layering:
    """Nodes and the dummies of long links in layers, and links cut into segments between neighbouring layers.

    n_nodes: how many of the places are nodes, which come first; layer (p,): of each place; link, start, end (s,): the
    link of each segment, the place in the layer before and the one after; weight (s,); turned (m,): links that lead
    backwards and are laid out as if they led forwards. A link from a node to itself has no segment.
    """

    n_nodes: int
    layer: Ints
    link: Ints
    start: Ints
    end: Ints
    weight: Floats
    turned: Bools

    @property
    def n_layers(self) -> int:
        """How many layers there are."""
        return int(self.layer.max()) + 1 if len(self.layer) else 0

    def members(self) -> list[Ints]:
        """The places of each layer, ascending."""
        order = np.argsort(self.layer, kind="stable")
        return np.split(order, np.searchsorted(self.layer[order], np.arange(1, self.n_layers)))


def layered(n_nodes: int, links: Ints, weight: Floats, layer: Ints | None = None) -> Layering:
    """Links (m, 2) of nodes and their weights (m,) → a Layering. layer (n,): given where nodes stand already.

    With given layers a link that leads backwards is turned; one within a layer has no segment. ValueError for a link
    to a node that is not there, or for a weight below zero.
    """
    if len(links) and not (links.min() >= 0 and links.max() < n_nodes):
        raise ValueError(f"a link leads to node {int(links.max())} of {n_nodes}")
    if len(weight) and weight.min() < 0:
        raise ValueError("a link weighs less than nothing")
    start, end = links[:, 0], links[:, 1]
    if layer is None:
        turned = feedback(n_nodes, links, weight)
        low, high = np.where(turned, end, start), np.where(turned, start, end)
        layer = longest(n_nodes, low, high)
    else:
        turned = layer[start] > layer[end]
        low, high = np.where(turned, end, start), np.where(turned, start, end)
    return _cut(n_nodes, low, high, weight, layer, turned)


def _cut(n_nodes: int, low: Ints, high: Ints, weight: Floats, layer: Ints, turned: Bools) -> Layering:
    """Long links cut at every layer that they pass, where a dummy stands."""
    steps = layer[high] - layer[low]
    n_segments = int(steps.sum())
    link = np.repeat(np.arange(len(low)), steps)
    first = np.cumsum(steps) - steps
    step = np.arange(n_segments) - first[link]
    passing = step < steps[link] - 1  # segments that end in a dummy
    number = n_nodes + np.cumsum(passing) - 1
    end = np.where(passing, number, high[link])
    start = np.where(step == 0, low[link], np.r_[0, end[:-1]] if n_segments else end)
    dummies = (layer[low[link]] + step + 1)[passing]
    return Layering(n_nodes, np.r_[layer, dummies], link, start, end, weight[link].astype(np.float64), turned)


def longest(n_nodes: int, start: Ints, end: Ints) -> Ints:
    """The layer (n,) of each node: the length of the longest path that leads to it. Links must close no cycle, but for
    those from a node to itself, which count for nothing. ValueError if they do."""
    layer = np.zeros(n_nodes, dtype=np.intp)
    real = start != end
    start, end = start[real], end[real]
    for _ in range(n_nodes + 1):
        wanted = layer.copy()
        np.maximum.at(wanted, end, layer[start] + 1)
        if np.array_equal(wanted, layer):
            return layer
        layer = wanted
    raise ValueError("links that close a cycle have no layers")


def feedback(n_nodes: int, links: Ints, weight: Floats) -> Bools:
    """Links (m,) that are turned so that none of the rest closes a cycle: none where there is no cycle.

    Sinks are taken to the end and sources to the front of a row of nodes; where there is neither, the node whose
    leaving links outweigh its arriving ones most goes to the front. What then leads backwards is turned.
    """
    real = np.flatnonzero(links[:, 0] != links[:, 1]) if len(links) else np.empty(0, dtype=np.intp)
    turned = np.zeros(len(links), dtype=np.bool_)
    row = _row(n_nodes, links[real], weight[real])
    turned[real] = row[links[real, 0]] > row[links[real, 1]]
    return turned


def _row(n_nodes: int, links: Ints, weight: Floats) -> Ints:
    """The place of each node in the row of `feedback`."""
    leaving: list[list[int]] = [[] for _ in range(n_nodes)]
    arriving: list[list[int]] = [[] for _ in range(n_nodes)]
    for number, (a, b) in enumerate(links.tolist()):
        leaving[a].append(number)
        arriving[b].append(number)
    n_out, n_in = [len(numbers) for numbers in leaving], [len(numbers) for numbers in arriving]
    heavy = np.zeros(n_nodes)
    np.add.at(heavy, links[:, 0], weight)
    np.subtract.at(heavy, links[:, 1], weight)
    surplus = heavy.tolist()
    heap = [(-surplus[node], node) for node in range(n_nodes)]
    heapify(heap)
    gone, place = [False] * n_nodes, np.zeros(n_nodes, dtype=np.intp)
    sinks = [node for node in range(n_nodes - 1, -1, -1) if not n_out[node]]
    sources = [node for node in range(n_nodes - 1, -1, -1) if not n_in[node] and n_out[node]]
    front, back = 0, n_nodes - 1
    ends, heft = links.tolist(), weight.tolist()
    for _ in range(n_nodes):
        node = _next(gone, sinks) if sinks else -1
        at_back = node >= 0
        if node < 0:
            node = _next(gone, sources)
        while node < 0:
            known, candidate = heappop(heap)
            if not gone[candidate] and -known == surplus[candidate]:
                node = candidate
        gone[node] = True
        if at_back:
            place[node], back = back, back - 1
        else:
            place[node], front = front, front + 1
        for number in leaving[node]:
            other = ends[number][1]
            if not gone[other]:
                n_in[other] -= 1
                surplus[other] += heft[number]
                heappush(heap, (-surplus[other], other))
                if not n_in[other]:
                    sources.append(other)
        for number in arriving[node]:
            other = ends[number][0]
            if not gone[other]:
                n_out[other] -= 1
                surplus[other] -= heft[number]
                heappush(heap, (-surplus[other], other))
                if not n_out[other]:
                    sinks.append(other)
    return place


def _next(gone: list[bool], waiting: list[int]) -> int:
    """The next node that is still there; -1 if there is none."""
    while waiting:
        node = waiting.pop()
        if not gone[node]:
            return node
    return -1
