"""Which steps between two organizations a succession explains: rule 5 of data.md, section 5.

A merger, rename or spin-off explains a step from A to B if A stood at or below its `from` on the day it was left, B
stands at or below its `to` on the day it was joined, and its date meets [left.earliest, joined.latest). A chain does
where each succession's `to` stands at or below the next one's `from` and all their dates meet that interval. A change
of parent (`reparented`) takes nobody anywhere and is no link of a chain: see `moves`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import polars as pl

from app.analysis.hierarchy import Hierarchy
from app.analysis.known import known_rows
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.index import ABSENT, Bools, Ints, codes

_Reach = tuple[int, int]
"""Latest of the earliest days and earliest of the latest days of a chain: it meets [a, b) if the first is before b and
the second after a."""


@dataclass(frozen=True, eq=False)
class Successions:
    """The successions that count, as arrays (s,): codes of both organizations, and the bounds of the date."""

    hierarchy: Hierarchy
    left: Ints
    joined: Ints
    lo: Ints
    hi: Ints

    @classmethod
    def of(cls, dataset: Dataset, hierarchy: Hierarchy, known_by: int | None = None) -> Successions:
        """Those of a Dataset that are not denied, known by the day, and have two known ends."""
        frame = dataset["successions"].with_columns(pl.Series("known", known_rows(dataset, "successions", known_by)))
        frame = frame.filter(
            pl.col("known") & pl.col("kind").ne_missing("reparented") & pl.col("status").ne_missing("denied")
        )
        ids = dataset["organizations"].get_column("id")
        left, joined = (codes(frame.get_column(name), ids) for name in ("from_id", "to_id"))
        whole = (left != ABSENT) & (joined != ABSENT)
        lo, hi = dates.bounds(frame.get_column("date"))
        return cls(hierarchy, left[whole], joined[whole], lo[whole], hi[whole])

    def __len__(self) -> int:
        return len(self.left)

    @property
    def ever(self) -> tuple[Bools, Bools]:
        """Organizations that ever stood at or below some `from`, and some `to`: (n + 1,) each, False for ABSENT."""
        return self._ever(self.left), self._ever(self.joined)

    def _ever(self, organizations: Ints) -> Bools:
        found = self.hierarchy.below(organizations.tolist(), 0)
        for period in range(1, self.hierarchy.n_periods):
            found = found | self.hierarchy.below(organizations.tolist(), period)
        return found

    def explain(
        self, left: Ints, left_day: Ints, joined: Ints, joined_day: Ints, earliest: Ints, latest: Ints
    ) -> Bools:
        """Which of k steps a chain explains: organizations left and joined, their days, and the interval."""
        explained = np.zeros(len(left), dtype=np.bool_)
        periods = self.hierarchy.n_periods
        was = left.astype(np.int64) * periods + self.hierarchy.period(left_day)
        now = joined.astype(np.int64) * periods + self.hierarchy.period(joined_day)
        size = len(self.hierarchy.first) * periods
        at = np.flatnonzero((self.lo.min(initial=FUTURE) < latest) & (self.hi.max(initial=PAST) > earliest))
        alike, which = np.unique(was[at] * size + now[at], return_inverse=True)
        at = at[np.argsort(which, kind="stable")]
        ends = np.cumsum(np.bincount(which, minlength=len(alike)))
        reached: dict[int, dict[int, list[_Reach]]] = {}
        for nth, pair in enumerate(alike.tolist()):
            before, after = divmod(pair, size)
            if before not in reached:
                reached[before] = self._reached(*divmod(before, periods))
            own = at[ends[nth - 1] if nth else 0 : ends[nth]]
            for organization in self.hierarchy.above(*divmod(after, periods)):
                for begins, ceases in reached[before].get(organization, ()):
                    explained[own] |= (begins < latest[own]) & (ceases > earliest[own])
        return explained

    def _reached(self, organization: int, period: int) -> dict[int, list[_Reach]]:
        """Where people of an organization are carried: organization → chains, none outdone by another one."""
        onward = defaultdict(list)
        for left, joined, lo, hi in zip(*(a.tolist() for a in (self.left, self.joined, self.lo, self.hi)), strict=True):
            onward[left].append((joined, lo, hi))
        found: dict[int, list[_Reach]] = defaultdict(list)
        waiting = [(organization, PAST, FUTURE)]
        while waiting:
            at, begins, ceases = waiting.pop()
            for above in self.hierarchy.above(at, period):
                for joined, lo, hi in onward[above]:
                    chain = max(begins, lo), min(ceases, hi)
                    if all(chain[0] < b or chain[1] > c for b, c in found[joined]):
                        found[joined] = [r for r in found[joined] if r[0] < chain[0] or r[1] > chain[1]]
                        found[joined].append(chain)
                        waiting.append((joined, *chain))
        return found
