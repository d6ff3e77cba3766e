"""How stints follow one another: moves, hires, exits and second posts (data.md, section 5). Derived, never stored.

Every derivation starts from scratch: arrays in person order, no loop over people but for the few of `order`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.hierarchy import Hierarchy
from app.analysis.known import Known, known
from app.analysis.levels import Level, Levels
from app.analysis.moves import Moves
from app.analysis.order import NONE, Positions, followed, person_order
from app.analysis.steps import Steps, first_day
from app.analysis.successions import Successions
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE, PAST
from app.domain.index import ABSENT, Bools, Index, Ints

UNSTATED = "order not stated"
SUCCEEDED = "succession"


@dataclass(frozen=True, eq=False)
class Ends:
    """Hires (a person's first stint, where it began) or exits (one with no successor, where it ended); all arrays (k,).

    stint: positions in the Index; person, organization: codes, at the level on the day; lo, hi: bounds of the day;
    day: the nominal one; undated: the bounds have an infinite side.
    """

    stint: Positions
    person: Ints
    organization: Ints
    lo: Ints
    hi: Ints
    day: Ints
    undated: Bools

    def __len__(self) -> int:
        return len(self.stint)


@dataclass(frozen=True, eq=False)
class Proven:
    """Bounds of the stints (n,), where blank dates are cut by what the row itself and its neighbours prove."""

    start_lo: Ints
    start_hi: Ints
    end_lo: Ints
    end_hi: Ints

    def take(self, at: Positions) -> Proven:
        """Those of some stints."""
        return Proven(self.start_lo[at], self.start_hi[at], self.end_lo[at], self.end_hi[at])


@dataclass(frozen=True, eq=False)
class Careers:
    """How the stints of each person follow one another, at a level, as known by a day.

    counts: (n,) in the order of the Index, employment and founder stints that are not denied, known, and of a person
    and an organization that exist. begins: (n,) the first counted stint of every person. left, joined: (k,) positions
    of all stints that have a successor, and of their successors. moves; unstated, succeeded: steps left out because
    their order is not stated or a succession explains them. dataset, successions: what they were derived from. An empty
    Dataset gives empty arrays throughout.
    """

    dataset: Dataset
    index: Index
    known: Known
    levels: Levels
    counts: Bools
    begins: Bools
    left: Positions
    joined: Positions
    moves: Moves
    unstated: Moves
    succeeded: Moves
    successions: Successions

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        level: Level = "organization",
        known_by: int | None = None,
        before: Careers | None = None,
    ) -> Careers:
        """Derive all steps of a Dataset. before: those of the Dataset before an edit; what they follow from alike is
        taken over."""
        now = known_by is None and before is not None and before.known.day is None and before.levels.level == level
        alike = before if before is not None and now and before._rolls_up_as(dataset) else None
        if alike is not None and alike.index is dataset.index:
            return alike
        index, seen = dataset.index, known(dataset, known_by)
        hierarchy = alike.levels.hierarchy if alike is not None else Hierarchy.of(dataset, known_by)
        levels = alike.levels if alike is not None else Levels.of(dataset, level, hierarchy)
        successions = alike.successions if alike is not None else Successions.of(dataset, hierarchy, known_by)
        counts, begins, left, joined = _followed(index, seen)
        steps = Steps.of(index, seen, levels, left, joined)
        steps = steps.take(np.flatnonzero(steps.origin != steps.destination))
        explained = steps.explained(successions)
        unstated = np.zeros(len(explained), dtype=np.bool_)
        if not index.order_stated.all():
            unstated = ~explained & ~(index.order_stated[steps.left] & index.order_stated[steps.joined])
        out = explained | unstated
        return cls(
            dataset,
            index,
            seen,
            levels,
            counts,
            begins,
            left,
            joined,
            (steps.take(np.flatnonzero(~out)) if out.any() else steps).moves(),
            steps.take(np.flatnonzero(unstated)).moves(),
            steps.take(np.flatnonzero(explained)).moves(),
            successions,
        )

    def _rolls_up_as(self, dataset: Dataset) -> bool:
        """Whether another Dataset has the same organizations and successions."""
        return all(self.dataset[table] is dataset[table] for table in ("organizations", "successions"))

    @cached_property
    def before(self) -> Positions:
        """The stint that each one follows, (n,); NONE where there is none."""
        found = np.full(len(self.index), NONE, dtype=np.intp)
        found[self.joined] = self.left
        return found

    @property
    def left_out(self) -> Mapping[str, Moves]:
        """The steps between two organizations that are no moves, by reason."""
        return {UNSTATED: self.unstated, SUCCEEDED: self.succeeded}

    @cached_property
    def followed(self) -> Bools:
        """Which stints have a successor, (n,)."""
        found = np.zeros(len(self.index), dtype=np.bool_)
        found[self.left] = True
        return found

    @property
    def second_posts(self) -> Positions:
        """Stints that began while another one of the person ran: neither moves nor hires."""
        found = self.counts & ~self.begins
        found[self.joined] = False
        return np.flatnonzero(found)

    @cached_property
    def hires(self) -> Ends:
        """The first stint of every person."""
        at = np.flatnonzero(self.begins)
        lo, hi, day = self.known.start_lo[at], self.known.start_hi[at], self.known.nominal[at]
        hi = np.where(lo <= PAST, self.known.end_hi[at], hi)
        return self._ends(at, lo, hi, day)

    @cached_property
    def exits(self) -> Ends:
        """Stints without successor whose end is known."""
        ended = (self.known.end_lo > PAST) & (self.known.end_lo < FUTURE)
        at = np.flatnonzero(self.counts & ~self.followed & ended)
        lo, hi = self.known.end_lo[at], self.known.end_hi[at]
        return self._ends(at, lo, hi, lo)

    def origins(self, stints: Positions) -> tuple[Ints, Ints]:
        """Where people came from to some stints: (previous organization, own organization), codes at the level.

        The previous one is ABSENT where there is none or the order is not stated, and the own one where nothing moved.
        """
        begun = first_day(self.known.start_lo[stints], self.known.start_hi[stints])
        own = self.levels.at(self.index.organization[stints], begun)
        previous = np.full(len(stints), ABSENT, dtype=np.int32)
        stated = self.index.order_stated[stints] & self.index.order_stated[self.before[stints]]
        at = np.flatnonzero((self.before[stints] != NONE) & stated)
        steps = Steps.of(self.index, self.known, self.levels, self.before[stints[at]], stints[at])
        previous[at], own[at] = steps.origin, steps.destination
        return previous, own

    def _ends(self, at: Positions, lo: Ints, hi: Ints, day: Ints) -> Ends:
        organization = self.levels.at(self.index.organization[at], first_day(lo, hi))
        undated = (lo <= PAST) | (hi >= FUTURE)
        return Ends(at, self.index.person[at], organization, lo, hi, day, undated)

    @cached_property
    def proven(self) -> Proven:
        """Bounds of all stints in which a blank start or end is cut as in rule 6; used for who was where when."""
        k = self.known
        start_lo, start_hi, end_lo, end_hi = k.start_lo.copy(), k.start_hi.copy(), k.end_lo.copy(), k.end_hi.copy()
        at = np.flatnonzero(k.end_lo <= PAST)
        end_lo[at] = k.start_lo[at]
        unended = np.flatnonzero(k.end_lo[self.left] <= PAST)
        end_hi[self.left[unended]] = k.start_hi[self.joined[unended]]
        at = np.flatnonzero(k.start_lo <= PAST)
        start_hi[at] = k.end_hi[at]
        unbegun = np.flatnonzero(k.start_lo[self.joined] <= PAST)
        start_lo[self.joined[unbegun]] = k.end_lo[self.left[unbegun]]
        return Proven(start_lo, start_hi, end_lo, end_hi)


def _followed(index: Index, seen: Known) -> tuple[Bools, Bools, Positions, Positions]:
    """counts, begins, left and joined of Careers."""
    usual = index.counted
    counts = usual & seen.shown & (index.person != ABSENT) & (index.organization != ABSENT)
    if counts.all() and not seen.starts_moved:
        return counts, _firsts(index.person), *followed(index.person, seen.end_lo, seen.start_hi)
    at = np.flatnonzero(counts)
    if seen.starts_moved or (len(at) < np.count_nonzero(usual) and (seen.start_lo[at] <= PAST).any()):
        # the Index walks over all counted stints: a blank start may have its key from one that does not count here
        at = at[np.argsort(index.row[at])]
        at = at[person_order(index.person[at], index.rank[at], seen.start_lo[at], seen.start_hi[at])]
    person = index.person[at]
    begins = np.zeros(len(index), dtype=np.bool_)
    begins[at] = _firsts(person)
    left, joined = followed(person, seen.end_lo[at], seen.start_hi[at])
    return counts, begins, at[left], at[joined]


def _firsts(person: Ints) -> Bools:
    """Where a person's stints begin, in person order."""
    begins = np.ones(len(person), dtype=np.bool_)
    np.not_equal(person[1:], person[:-1], out=begins[1:])
    return begins
