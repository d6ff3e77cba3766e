"""A team to compare with others: the seats of an organization and who holds them, or, where no seat is on record, the
people known there.

The latter are put as a build-out too, so that everything that counts seats counts them: every person is a place of
their own, held by their stints at the organization and below. They are known people, never a staff number (data.md,
section 10).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.buildout import BuildOut, Holders, Target, build_out, targets
from app.analysis.careers import Careers
from app.analysis.order import Positions
from app.analysis.seats import Roster
from app.domain.dataset import Dataset
from app.domain.dates import FUTURE
from app.domain.index import ABSENT


@dataclass(frozen=True, eq=False)
class Team:
    """One organization as a team. is_seated: whether its places are seats on record; else they are people, and
    `build_out.seats` numbers them instead of naming rows. Without seats and people there are no places."""

    build_out: BuildOut
    roster: Roster
    is_seated: bool

    @classmethod
    def of(cls, dataset: Dataset, careers: Careers, organization: int, day: int) -> Team:
        """The team of an organization (a code) on a day, as known by the day of the careers, with its first target."""
        own = (target for target in targets(dataset, careers.known.day) if target.organization == organization)
        target = next(own, Target("", organization, 0))
        seats = build_out(dataset, careers, day, organization, target.wanted, target.id)
        if len(seats.seats):
            return cls(seats, Roster.of(dataset, careers, seats), is_seated=True)
        people = known_team(dataset, careers, target, day)
        return cls(people, Roster.stating(dataset, careers, people, [""] * len(people.seats)), is_seated=False)


def known_team(dataset: Dataset, careers: Careers, target: Target, day: int) -> BuildOut:
    """The people known at and below the organization of a target on a day, each as a place of their own.

    On every day as many places are held, for certain and possibly, as there are known people (see `presence`). Who
    moves on within the team, at whatever level, came from where they did when they entered it.
    """
    hierarchy, index, bounds = careers.levels.hierarchy, careers.index, careers.proven
    covered = hierarchy.below([target.organization], int(hierarchy.period(day)))
    at = np.flatnonzero(careers.counts & covered[index.organization])
    at = at[np.lexsort((bounds.start_lo[at], index.person[at]))]
    people, place = np.unique(index.person[at], return_inverse=True)
    previous, own = careers.origins(at)
    internal = (previous == own) & (previous != ABSENT)
    entered = _entered(careers, at)
    holders = Holders(
        seat=place.astype(np.intp),
        stint=at,
        person=index.person[at],
        origin=previous[entered],
        internal=internal[entered],
        start_lo=bounds.start_lo[at],
        start_hi=bounds.start_hi[at],
        end_lo=bounds.end_lo[at],
        end_hi=bounds.end_hi[at],
    )
    n, ids = len(people), tuple(dataset["organizations"].get_column("id"))
    never = np.full(n, FUTURE, dtype=np.int32)
    return BuildOut(target.id, target.organization, target.wanted, day, np.arange(n), never, holders, ids)


def _entered(careers: Careers, at: Positions) -> Positions:
    """For each of some stints the one among them by which its person had entered: itself, or the first of those that
    follow one another. By pointer jumping."""
    place = np.full(len(careers.index) + 1, -1, dtype=np.intp)
    place[at] = np.arange(len(at))
    before = place[careers.before[at]]
    found = np.where(before >= 0, before, np.arange(len(at)))
    while not np.array_equal(found[found], found):
        found = found[found]
    return found
