"""Flows: how many people moved from each organization to each other one.

A flow is a count of moves origin → destination; net is what is left of the two directions of a pair; an organization's
in, out and net count its moves. Which moves are meant (a window, a lens) is the caller's choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.moves import Moves
from app.analysis.order import Positions, stable_order
from app.domain.index import Bools, Ints

DENSE = 1 << 22
"""Up to so many pairs of organizations are counted in a full table; beyond it the pairs are sorted."""


@dataclass(frozen=True, eq=False)
class Flows:
    """Flows by number of moves, the largest first, then by origin and destination.

    origin, destination: codes (f,); n_moves: (f,); n_organizations: length of the arrays by organization; pairs: one
    number a counted move, chosen: its position among the moves. Without moves there are no flows.
    """

    origin: Ints
    destination: Ints
    n_moves: Ints
    n_organizations: int
    chosen: Positions | None
    pairs: Positions

    @classmethod
    def of(cls, moves: Moves, n_organizations: int, which: Bools | None = None) -> Flows:
        """Count moves; which: (m,) those that count, all if None."""
        chosen = None if which is None or which.all() else np.flatnonzero(which)
        origin = moves.origin if chosen is None else moves.origin[chosen]
        destination = moves.destination if chosen is None else moves.destination[chosen]
        pairs = origin.astype(np.intp)
        pairs *= n_organizations
        pairs += destination
        found, counts = _counted(pairs, n_organizations)
        order = _largest_first(counts)
        left = found // max(n_organizations, 1)
        joined = found - left * n_organizations
        return cls(
            left.astype(np.int32)[order],
            joined.astype(np.int32)[order],
            counts.astype(np.int32)[order],
            n_organizations,
            chosen,
            pairs,
        )

    def __len__(self) -> int:
        return len(self.n_moves)

    @cached_property
    def into(self) -> Ints:
        """Moves into each organization, (n_organizations,)."""
        return self._summed(self.destination)

    @cached_property
    def out(self) -> Ints:
        """Moves out of each organization, (n_organizations,)."""
        return self._summed(self.origin)

    def _summed(self, by: Ints) -> Ints:
        total = np.bincount(by, weights=self.n_moves, minlength=self.n_organizations)
        return total.astype(np.int32)

    @cached_property
    def members(self) -> tuple[Positions, Positions]:
        """The moves behind the flows: (positions among the moves (m,), offsets (f + 1,)), in the order of the flows.

        Those of flow k are positions[offsets[k]:offsets[k + 1]], ascending.
        """
        n = len(self.pairs)
        by_pair = stable_order(self.pairs, self.n_organizations**2)
        own = self.origin.astype(np.intp) * self.n_organizations + self.destination
        ranked = np.argsort(own)
        begins = np.empty(len(self), dtype=np.intp)
        sizes = self.n_moves[ranked].astype(np.intp)
        begins[ranked] = np.cumsum(sizes) - sizes
        offsets = np.concatenate([[0], np.cumsum(self.n_moves)]).astype(np.intp)
        moved = np.arange(n) + np.repeat(begins - offsets[:-1], self.n_moves)
        positions = by_pair[moved]
        return (positions if self.chosen is None else self.chosen[positions]), offsets

    def net(self) -> tuple[Ints, Ints, Ints]:
        """(origin, destination, surplus): each pair once, in the direction that more people took; even pairs are left
        out. The largest first, then by origin and destination."""
        lower, upper = np.minimum(self.origin, self.destination), np.maximum(self.origin, self.destination)
        signed = np.where(self.origin < self.destination, self.n_moves, -self.n_moves)
        pair, which = np.unique(lower.astype(np.intp) * self.n_organizations + upper, return_inverse=True)
        surplus = np.bincount(which, weights=signed, minlength=len(pair)).astype(np.int32)
        low, high = (pair // max(self.n_organizations, 1)).astype(np.int32), (pair % max(self.n_organizations, 1))
        origin = np.where(surplus > 0, low, high).astype(np.int32)
        destination = np.where(surplus > 0, high, low).astype(np.int32)
        order = np.lexsort((destination, origin, -np.abs(surplus)))
        order = order[surplus[order] != 0]
        return origin[order], destination[order], np.abs(surplus[order])


def _counted(pairs: Positions, n_organizations: int) -> tuple[Positions, Positions]:
    """Distinct pairs, ascending, and how often each occurs."""
    if n_organizations * n_organizations <= DENSE:
        counts = np.bincount(pairs)
        found = np.flatnonzero(counts.astype(np.bool_))  # of truth values they are found five times as fast
        return found, counts[found]
    found, counts = np.unique(pairs, return_counts=True)
    return found, counts


def _largest_first(counts: Positions) -> Positions:
    """The stable order by falling count; radix sort where the counts are small."""
    most = counts.max(initial=0)
    falling = counts.astype(np.min_scalar_type(most))
    np.subtract(most, falling, out=falling, casting="unsafe")
    return np.argsort(falling, kind="stable")
