"""Steps from one stint to the next: rules 5 and 6 of data.md, section 5.

The day on which an organization is rolled up: an origin on the earliest day of the end of the stint or, where that is
not known, on the last day on which it may have been left; a destination on the earliest day of *joined*, or where that
is −∞ on its last. A change of parent moves nobody: two organizations that roll up to one by the last day on which the
second may have been joined are one, and so is one organization whose parent has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from app.analysis.known import Known
from app.analysis.levels import Levels
from app.analysis.moves import Moves
from app.analysis.order import Positions
from app.analysis.successions import Successions
from app.domain.dates import FUTURE, PAST
from app.domain.index import Bools, Bytes, Index, Ints
from app.domain.parallel import at_once


@dataclass(frozen=True, eq=False)
class Steps:
    """Pairs of stints that follow one another, all arrays (k,).

    left, joined: positions in the Index; origin, destination: codes at the level, alike where the two organizations are
    one at it.
    """

    index: Index
    known: Known
    levels: Levels
    left: Positions
    joined: Positions
    origin: Ints
    destination: Ints

    @classmethod
    def of(cls, index: Index, known: Known, levels: Levels, left: Positions, joined: Positions) -> Steps:
        """The steps from some stints to others, rolled up."""
        rolled = index.organization if levels.is_flat else levels.newest[index.organization]
        origin, destination = rolled[left], rolled[joined]
        steps = cls(index, known, levels, left, joined, origin, destination)
        if len(levels.spots):
            changing = levels.changing[index.organization]
            moving = np.flatnonzero(changing[left] | changing[joined])
            moving = moving[index.organization[left[moving]] != index.organization[joined[moving]]]
            few = steps.take(moving)
            a, b, last = index.organization[few.left], index.organization[few.joined], few.last_day
            together = levels.at(a, last) == levels.at(b, last)
            origin[moving] = np.where(together, rolled[few.left], levels.at(a, few.left_day))
            destination[moving] = np.where(together, rolled[few.left], levels.at(b, few.joined_day))
        return steps

    def take(self, at: Positions) -> Steps:
        """Some of them, by position."""
        return Steps(
            self.index,
            self.known,
            self.levels,
            self.left[at],
            self.joined[at],
            self.origin[at],
            self.destination[at],
        )

    @cached_property
    def left_bounds(self) -> tuple[Ints, Ints]:
        """Rule 6: the end of the stint left, else [its start.earliest, the next start.latest)."""
        k = self.known
        lo, hi = k.end_lo[self.left], k.end_hi[self.left]
        at = np.flatnonzero(lo <= PAST)
        lo[at], hi[at] = k.start_lo[self.left[at]], k.start_hi[self.joined[at]]
        return lo, hi

    @cached_property
    def joined_bounds(self) -> tuple[Ints, Ints]:
        """Rule 6: the start of the stint joined, else [the end left.earliest, its own end.latest). Where these
        contradict one another the first day stands."""
        k = self.known
        lo, hi = k.start_lo[self.joined], k.start_hi[self.joined]
        at = np.flatnonzero(lo <= PAST)
        lo[at] = k.end_lo[self.left[at]]
        hi[at] = np.maximum(k.end_hi[self.joined[at]], lo[at] + 1)
        return lo, hi

    @property
    def left_day(self) -> Ints:
        """The day whose parents the origin is rolled up by."""
        return left_day(self.known, self.left, *self.left_bounds)

    @property
    def joined_day(self) -> Ints:
        """The day whose parents the destination is rolled up by."""
        return first_day(*self.joined_bounds)

    @property
    def last_day(self) -> Ints:
        """The last day on which it may have been joined."""
        return last_day(self.joined_bounds[1])

    def explained(self, successions: Successions) -> Bools:
        """Which of them a succession explains."""
        found = np.zeros(len(self.left), dtype=np.bool_)
        if not len(successions):
            return found
        leaving, joining = (table[self.index.organization] for table in successions.ever)
        at = np.flatnonzero(leaving[self.left] & joining[self.joined])
        few = self.take(at)
        a, b = self.index.organization[few.left], self.index.organization[few.joined]
        earliest, latest = few.left_bounds[0], few.joined_bounds[1]
        found[at] = successions.explain(a, few.left_day, b, few.joined_day, earliest, latest)
        return found

    def moves(self) -> Moves:
        """All of them as moves."""
        bounds: list[Callable[[], Any]] = [lambda: self.joined_bounds, lambda: self.left_bounds]
        gathers = [lambda: self._weaker_status, lambda: self.index.person[self.joined]]
        (lo, hi), (left_lo, left_hi), status, person = at_once([*bounds, *gathers], len(self.left))
        day = lo
        if self.known.nominal is not self.known.start_lo:
            told = self.known.nominal[self.joined]
            day = np.where((told >= lo) & (told < hi), told, lo)
        return Moves(
            left_stint=self.left,
            joined_stint=self.joined,
            person=person,
            origin=self.origin,
            destination=self.destination,
            left_lo=left_lo,
            left_hi=left_hi,
            joined_lo=lo,
            joined_hi=hi,
            joined=day,
            undated=(lo <= PAST) | (hi >= FUTURE),
            status=status,
        )

    @property
    def _weaker_status(self) -> Bytes:
        status = self.index.status
        return np.minimum(status[self.left], status[self.joined])


def left_day(known: Known, stints: Positions, lo: Ints, hi: Ints) -> Ints:
    """The earliest day of the end of stints that were left within [lo, hi); the last day where the end is not known."""
    return np.where(known.end_lo[stints] > PAST, lo, last_day(hi))


def first_day(lo: Ints, hi: Ints) -> Ints:
    """The earliest day of bounds; where that is −∞ the last one, FUTURE if that is not known either."""
    return np.where(lo > PAST, lo, last_day(hi))


def last_day(hi: Ints) -> Ints:
    """The last day within bounds; FUTURE if they have none."""
    return np.where(hi < FUTURE, hi - 1, hi)
