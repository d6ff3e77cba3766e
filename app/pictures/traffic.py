"""What a flow map shows of a Dataset: the organizations that are drawn, the flows between them, the people on them.

Moves are ordered so that each has its own stripe across its flow: by flow, then evidence strong to weak, then day, then
row. Everything is arrays; a clock only masks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.analysis.moves import Moves
from app.analysis.order import stable_order
from app.domain.dataset import Dataset
from app.domain.schema import STATUSES

STRONG_FIRST = tuple(reversed(STATUSES[1:]))
"""Lanes of a flow from the inner edge outward: confirmed, reported, disputed, rumored. Denied is never counted."""
LANE_OF = np.array(
    [STRONG_FIRST.index(s) if s in STRONG_FIRST else len(STRONG_FIRST) for s in STATUSES], dtype=np.int32
)

Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Traffic:
    """Moves between drawn organizations, and the counts of those to and from the rest.

    nodes (n,): organization codes, most moves first, ties by id; flow_from, flow_to (f,): node numbers; first (f + 1,):
    flow i owns moves[first[i]:first[i + 1]]; lane (m,): position in STRONG_FIRST; moves (m,): sorted as above;
    in_stub, out_stub: moves between a drawn organization and one that is not; hidden: moves between two that are not;
    n_beyond: how many organizations are not drawn.
    """

    nodes: Ints
    flow_from: Ints
    flow_to: Ints
    first: Ints
    lane: Ints
    moves: Moves
    in_stub: Moves
    out_stub: Moves
    in_stub_node: Ints
    out_stub_node: Ints
    hidden: Moves
    n_beyond: int

    @classmethod
    def of(
        cls, dataset: Dataset, moves: Moves, top: int, always: tuple[int, ...] = (), never: tuple[int, ...] = ()
    ) -> Traffic:
        """Sort moves into flows between the `top` organizations with most moves (and those in `always`). Those in
        `never` are not drawn, and no other one takes their place."""
        n = dataset["organizations"].height
        ends = np.bincount(moves.origin, minlength=n) + np.bincount(moves.destination, minlength=n)
        ranked = np.lexsort((np.arange(n), -ends))
        ranked = ranked[ends[ranked] > 0]
        nodes = ranked[:top].astype(np.int32)
        nodes = nodes[~np.isin(nodes, never)]
        more = [code for code in always if code not in nodes]
        if more:
            nodes = np.concatenate([nodes[: max(top - len(more), 0)], np.array(more, dtype=np.int32)])
        number = np.full(n, -1, dtype=np.int32)
        number[nodes] = np.arange(len(nodes))
        a, b = number[moves.origin], number[moves.destination]
        lane = LANE_OF[moves.status]
        width, lanes = max(len(nodes), 1), len(STRONG_FIRST) + 1
        inside = moves.by_day[((a >= 0) & (b >= 0))[moves.by_day]]
        pair = a[inside].astype(np.int64) * width + b[inside]
        order = stable_order(pair * lanes + lane[inside], width * width * lanes)
        inside, pair = inside[order], pair[order]
        starts = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]]) if len(pair) else np.empty(0, dtype=np.intp)
        incoming, outgoing = np.flatnonzero((a < 0) & (b >= 0)), np.flatnonzero((a >= 0) & (b < 0))
        return cls(
            nodes=nodes,
            flow_from=a[inside][starts],
            flow_to=b[inside][starts],
            first=np.r_[starts, len(inside)].astype(np.int32),
            lane=lane[inside],
            moves=moves.take(inside),
            in_stub=moves.take(incoming),
            out_stub=moves.take(outgoing),
            in_stub_node=b[incoming],
            out_stub_node=a[outgoing],
            hidden=moves.take(np.flatnonzero((a < 0) & (b < 0))),
            n_beyond=len(ranked) - int((ends[nodes] > 0).sum()),
        )

    @property
    def n_nodes(self) -> int:
        """Organizations drawn."""
        return len(self.nodes)

    @property
    def n_flows(self) -> int:
        """Flows drawn."""
        return len(self.flow_from)

    @cached_property
    def flow(self) -> Ints:
        """Move → flow."""
        return np.repeat(np.arange(self.n_flows, dtype=np.int32), np.diff(self.first))

    @cached_property
    def people(self) -> Ints:
        """Moves of each flow over the whole span."""
        return np.diff(self.first).astype(np.int32)

    def per_flow(self, mask: Bools) -> Ints:
        """Moves of each flow out of a mask over moves."""
        return np.bincount(self.flow[mask], minlength=self.n_flows).astype(np.int32)

    def per_lane(self, mask: Bools) -> Ints:
        """Moves of each flow and lane, (f, lanes), out of a mask over moves."""
        n = len(STRONG_FIRST)
        return (
            np.bincount(self.flow[mask] * n + self.lane[mask], minlength=self.n_flows * n)
            .reshape(-1, n)
            .astype(np.int32)
        )

    def totals(self, day: float | None, since: float | None = None) -> tuple[Ints, Ints]:
        """Moves in and out of each node, stubs included, that joined after `since` and up to `day` (None: all)."""
        n = self.n_nodes
        counts = []
        for ends, stub, stub_node in (
            (self.flow_to, self.in_stub, self.in_stub_node),
            (self.flow_from, self.out_stub, self.out_stub_node),
        ):
            drawn = np.bincount(ends[self.flow[happened(self.moves, day, since)]], minlength=n)
            counts.append((drawn + np.bincount(stub_node[happened(stub, day, since)], minlength=n)).astype(np.int32))
        return counts[0], counts[1]

    def stubs(self, day: float | None, since: float | None = None) -> tuple[Ints, Ints]:
        """Moves of each node from and to organizations that are not drawn."""
        n = self.n_nodes
        came = np.bincount(self.in_stub_node[happened(self.in_stub, day, since)], minlength=n)
        went = np.bincount(self.out_stub_node[happened(self.out_stub, day, since)], minlength=n)
        return came.astype(np.int32), went.astype(np.int32)


def happened(moves: Moves, day: float | None, since: float | None = None) -> Bools:
    """Which moves have joined by a day, and after `since` if given. None as day: all, the undated too."""
    if day is None:
        return np.ones(len(moves), dtype=np.bool_)
    done: Bools = ~moves.undated & (moves.joined <= day)
    return done if since is None else done & (moves.joined > since)
