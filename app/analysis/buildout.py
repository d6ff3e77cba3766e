"""How far a team has come toward its target: the seats, who held them when, and where they came from (data.md,
section 9).

A target covers its organization and all below it on the day, but only people who hold a seat there. A seat is held by
the stints that name it, but for denied ones, offers and education. On a day it is *held* if some holder is certain to
be there, *possible* if some holder may be, *left* if it has been held and nobody may hold it any more, else *vacant*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.careers import Careers
from app.analysis.known import known_rows
from app.analysis.naming import stints_naming
from app.analysis.order import Positions
from app.analysis.presence import held
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.index import ABSENT, DENIED, STINT_KINDS, Bools, Ints, codes

VACANT, LEFT, POSSIBLE, HELD, CLOSED = range(5)
"""States of a seat on a day."""
INTERNAL, UNKNOWN = "internal", "unknown"
"""Where a holder came from if from the same organization, and if nobody says."""

_HOLDING = tuple(kind not in ("education", "offer") for kind in STINT_KINDS)


@dataclass(frozen=True, eq=False)
class Holders:
    """Stints that hold a seat, seat by seat, the earlier first; all arrays (h,).

    seat: position among the seats of the build-out; stint: position in the Index; person: code; origin: code of the
    previous organization at the level, ABSENT if unknown; internal: it is the same one; start_lo, start_hi, end_lo,
    end_hi: bounds in days.
    """

    seat: Positions
    stint: Positions
    person: Ints
    origin: Ints
    internal: Bools
    start_lo: Ints
    start_hi: Ints
    end_lo: Ints
    end_hi: Ints


@dataclass(frozen=True, eq=False)
class BuildOut:
    """One target and its seats as of a day.

    target: its id; organization: code; wanted: seats; seats: (s,) positions in the seats table, by rank, then id;
    closed_on: (s,) the day from which each seat no longer exists, FUTURE if it does. Without seats nothing is filled.
    """

    target: str
    organization: int
    wanted: int
    day: int
    seats: Positions
    closed_on: Ints
    holders: Holders
    names: tuple[str, ...]

    def states(self, day: int) -> Ints:
        """The state of each seat on a day, (s,)."""
        h, n = self.holders, len(self.seats)
        certain, possible = held(h, day)
        state = np.full(n, VACANT, dtype=np.int32)
        state[h.seat[h.start_lo <= day]] = LEFT
        state[self.closed_on <= day] = CLOSED
        state[h.seat[possible]] = POSSIBLE
        state[h.seat[certain]] = HELD
        return state

    @cached_property
    def _now(self) -> Ints:
        return self.states(self.day)

    @property
    def filled(self) -> int:
        """Seats that are held."""
        return int(np.count_nonzero(self._now == HELD))

    @property
    def possible(self) -> int:
        """Seats that are or may be held."""
        return self.filled + int(np.count_nonzero(self._now == POSSIBLE))

    @property
    def left(self) -> int:
        """Seats whose last holder has gone and that are not refilled."""
        return int(np.count_nonzero(self._now == LEFT))

    @property
    def open(self) -> int:
        """Seats that are still to be filled."""
        return max(0, self.wanted - self.filled)

    @property
    def over(self) -> int:
        """Seats filled beyond the target."""
        return max(0, self.filled - self.wanted)

    @cached_property
    def held_by(self) -> Positions:
        """The holder of each held seat, (filled,): position among the holders; of several the one who came last."""
        h = self.holders
        certain = np.flatnonzero(held(h, self.day)[0])
        _, last = np.unique(h.seat[certain][::-1], return_index=True)
        return certain[::-1][last]

    @cached_property
    def by_origin(self) -> Mapping[str, int]:
        """Held seats by the holder's previous organization (id, or INTERNAL, UNKNOWN), the most first, then by name."""
        h = self.holders
        origins = Counter(
            INTERNAL if h.internal[at] else UNKNOWN if h.origin[at] == ABSENT else self.names[h.origin[at]]
            for at in self.held_by
        )
        return dict(sorted(origins.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class Target:
    """How many seats an organization (a code) wants."""

    id: str
    organization: int
    wanted: int


def targets(dataset: Dataset, known_by: int | None = None) -> tuple[Target, ...]:
    """The targets of organizations on record that are not denied and are known, in the order of their ids."""
    frame = dataset["targets"]
    use = known_rows(dataset, "targets", known_by) & frame["status"].ne_missing("denied").to_numpy()
    organizations = codes(frame.get_column("organization_id"), dataset["organizations"].get_column("id"))
    ids, wanted = frame.get_column("id"), frame.get_column("seats").fill_null(0)
    return tuple(
        Target(ids[at], int(organizations[at]), int(wanted[at]))
        for at in np.flatnonzero(use & (organizations != ABSENT)).tolist()
    )


def build_outs(dataset: Dataset, careers: Careers, day: int, known_by: int | None = None) -> tuple[BuildOut, ...]:
    """The build-out of every target."""
    return tuple(
        build_out(dataset, careers, day, target.organization, target.wanted, target.id)
        for target in targets(dataset, known_by)
    )


def build_out(
    dataset: Dataset, careers: Careers, day: int, organization: int, wanted: int = 0, target: str = ""
) -> BuildOut:
    """The seats at and below an organization (a code) as of a day, with or without a target."""
    hierarchy = careers.levels.hierarchy
    covered = hierarchy.below([organization], int(hierarchy.period(day)))
    named = dataset["seats"].get_column("organization_id")
    use = countable(dataset, careers) & covered[codes(named, dataset["organizations"].get_column("id"))]
    return seats_on(dataset, careers, day, np.flatnonzero(use), organization, wanted, target)


def countable(dataset: Dataset, careers: Careers) -> Bools:
    """Which seats, in the order of their table, are known and not denied."""
    not_denied: Bools = dataset["seats"]["status"].ne_missing("denied").to_numpy()
    return known_rows(dataset, "seats", careers.known.day) & not_denied


def by_rank(dataset: Dataset, seats: Positions) -> Positions:
    """Seats (positions in their table) by rank; those of one rank, and those without, keep their order."""
    rank = dataset["seats"].get_column("rank")
    if rank.null_count() == len(rank):
        return seats
    return seats[np.argsort(rank.fill_null(np.iinfo(np.int64).max).to_numpy()[seats], kind="stable")]


def seats_on(
    dataset: Dataset,
    careers: Careers,
    day: int,
    seats: Positions,
    organization: int = ABSENT,
    wanted: int = 0,
    target: str = "",
) -> BuildOut:
    """Some seats (ascending positions in their table) as of a day, whatever organization they are in."""
    seats = by_rank(dataset, seats)
    some = dataset["seats"].select("closed", "state")[seats]
    closed, _ = dates.bounds(some.get_column("closed"))
    closed = np.where(closed > dates.PAST, closed, dates.FUTURE).astype(np.int32)
    shut = (some["state"] == "closed").fill_null(value=False).to_numpy()
    closed = np.where(shut & (closed == dates.FUTURE), dates.PAST, closed).astype(np.int32)
    names = tuple(dataset["organizations"].get_column("id"))
    return BuildOut(target, organization, wanted, day, seats, closed, _holders(dataset, careers, seats), names)


def holding(careers: Careers, stints: Positions) -> Bools:
    """Which of some stints (positions in the Index) hold the seat that they name."""
    index = careers.index
    found: Bools = np.array(_HOLDING)[index.kind[stints]]
    found &= (index.status[stints] != DENIED) & careers.known.shown[stints] & (index.person[stints] != ABSENT)
    return found


def _holders(dataset: Dataset, careers: Careers, seats: Positions) -> Holders:
    index, bounds = careers.index, careers.proven
    at, named = stints_naming(dataset, seats)
    holds = holding(careers, at)
    at, named = at[holds], named[holds]
    place = np.zeros(dataset["seats"].height, dtype=np.intp)
    place[seats] = np.arange(len(seats))
    seat = place[named]
    order = np.lexsort((bounds.start_lo[at], seat))
    at, seat = at[order], seat[order]
    previous, own = careers.origins(at)
    return Holders(
        seat=seat,
        stint=at,
        person=index.person[at],
        origin=previous,
        internal=(previous == own) & (previous != ABSENT),
        start_lo=bounds.start_lo[at],
        start_hi=bounds.start_hi[at],
        end_lo=bounds.end_lo[at],
        end_hi=bounds.end_hi[at],
    )
