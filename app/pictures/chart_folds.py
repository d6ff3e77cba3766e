"""What of an organization chart is folded away: everything below a level, but for boxes that were turned by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.analysis.order import Positions
from app.domain.index import Bools, Ints
from app.layout.tree import NONE

DEEPEST = 99
"""A level that no chart has."""


@dataclass(frozen=True, slots=True)
class Folds:
    """level: how many levels are open, None for as many as can be read at a glance; turned: keys of boxes that are the
    other way. A value: kept per file, and walked through by Back and Forward."""

    level: int | None = None
    turned: frozenset[str] = frozenset()

    @property
    def state(self) -> dict[str, Any]:
        """The same as values that JSON knows."""
        return {"level": self.level, "turned": sorted(self.turned)}

    @classmethod
    def restored(cls, state: object) -> Folds:
        """The folds of a `state`; what cannot be read in it is as at first."""
        held = state if isinstance(state, Mapping) else {}
        level, turned = held.get("level"), held.get("turned")
        keys = frozenset(key for key in turned if isinstance(key, str)) if isinstance(turned, list) else frozenset()
        return cls(level if type(level) is int and 1 <= level <= DEEPEST else None, keys)

    def turn(self, *keys: str) -> Folds:
        """Fold what is open and open what is folded of these boxes."""
        return replace(self, turned=self.turned ^ frozenset(keys))


@dataclass(frozen=True, eq=False)
class Tree:
    """Boxes below each other. parent: (n,) positions, NONE for a root; depth: (n,) 0 for a root; below: (n,) whether
    there is a box below each."""

    parent: Positions
    depth: Ints
    below: Bools

    @classmethod
    def of(cls, parent: Positions) -> Tree:
        """From parents without circles. No boxes give empty arrays."""
        n = len(parent)
        up = np.append(np.where(parent == NONE, n, parent), n)
        steps = np.append((parent != NONE).astype(np.int32), np.int32(0))
        while n and (up[:-1] != n).any():
            steps, up = steps + steps[up], up[up]
        below = np.zeros(n, dtype=np.bool_)
        below[parent[parent != NONE]] = True
        return cls(parent, steps[:-1], below)

    @property
    def levels(self) -> int:
        """How many levels there are; 0 without boxes."""
        return int(self.depth.max()) + 1 if len(self.depth) else 0

    def folded(self, folds: Folds, keys: Sequence[str], level: int) -> Bools:
        """Which boxes hide what is below them, (n,); level: how many are open where the folds leave it to the chart."""
        open_levels = folds.level if folds.level is not None else level
        found: Bools = self.below & (self.depth >= open_levels - 1)
        if folds.turned:
            for at, key in enumerate(keys):
                if key in folds.turned and self.below[at]:
                    found[at] = not found[at]
        return found

    def hidden(self, folded: Bools) -> Bools:
        """Which boxes stand below a folded one, (n,)."""
        found = np.zeros(len(folded), dtype=np.bool_)
        for at in self.by_level()[1:]:
            up = self.parent[at]
            found[at] = folded[up] | found[up]
        return found

    def by_level(self) -> list[Positions]:
        """The boxes of each level, the roots first."""
        order = np.argsort(self.depth, kind="stable")
        counts = np.bincount(self.depth, minlength=1) if len(self.depth) else np.zeros(1, dtype=np.intp)
        return np.split(order, np.cumsum(counts)[:-1])

    def sums(self, values: Ints) -> Ints:
        """Of each box the sum of values (n,) over all that stand below it, itself left out."""
        total = values.astype(np.int64)
        for at in self.by_level()[:0:-1]:
            np.add.at(total, self.parent[at], total[at])
        return (total - values).astype(np.int32)

    def heights(self) -> Ints:
        """How many levels stand below each box, (n,)."""
        found = np.zeros(len(self.depth), dtype=np.int32)
        for at in self.by_level()[:0:-1]:
            np.maximum.at(found, self.parent[at], found[at] + 1)
        return found

    def above(self, at: int) -> list[int]:
        """The boxes above one, the nearest first."""
        found = []
        while (at := int(self.parent[at])) != NONE:
            found.append(at)
        return found

    def readable(self, most: int) -> int:
        """How many levels can be open so that no more boxes than `most` are seen; at least two."""
        seen = np.cumsum(np.bincount(self.depth, minlength=1)) if len(self.depth) else np.zeros(1, dtype=np.intp)
        return max(2, int(np.searchsorted(seen, most, side="right")))
