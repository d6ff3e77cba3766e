"""Two moments compared, person by person: who joined, left, moved, holds another seat, is known with another certainty.

A moment is a day of a dataset as known by a day; the two may lie in one dataset or in two. People and organizations are
the same where their ids are. Where somebody is follows `presence`: for certain, or perhaps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.analysis.careers import Careers
from app.analysis.levels import Level
from app.analysis.options import Options
from app.analysis.presence import present
from app.analysis.select import Selector
from app.domain.dataset import Dataset
from app.domain.errors import Fault, UsageError
from app.domain.lens import EVERYTHING, Lens
from app.domain.schema import STATUSES

How = Literal["joined", "left", "moved", "seat", "status"]
HOWS: tuple[How, ...] = ("joined", "moved", "left", "seat", "status")
SAID: Mapping[How, str] = {
    "joined": "joined", "moved": "moved", "left": "left", "seat": "seat changed", "status": "status changed",
}  # fmt: skip
"""How a person differs, in words."""


@dataclass(frozen=True, eq=False)
class Moment:
    """A day of a dataset, at a level, as known by a day. day: the one that the data end on where none is given."""

    dataset: Dataset
    careers: Careers
    day: int
    lens: Lens

    @classmethod
    def of(
        cls, dataset: Dataset, day: int | None = None, known_by: int | None = None, level: Level = "organization",
        lens: Lens = EVERYTHING,
    ) -> Moment:  # fmt: skip
        """UsageError where no day is given and none follows from the data, or the lens names what is not there."""
        found = Options(level=level, as_of=day, known_by=known_by).as_of_day(dataset)
        if found is None:
            raise UsageError(Fault("date", "no source has a date, so there is no newest day", "Give the days."))
        return cls(dataset, Careers.of(dataset, level, known_by), found, lens)


@dataclass(frozen=True, slots=True)
class Post:
    """Where somebody is at a moment: ids of organization (at the level) and seat (blank for none), whether for certain,
    how sure the evidence is, the id of the stint, its sources, and whether the lens lets it through."""

    organization: str
    seat: str
    certain: bool
    status: str
    stint: str
    sources: tuple[str, ...]
    lit: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs for one person: how, and the posts before and after (None where there is none)."""

    person: str
    how: How
    before: Post | None
    after: Post | None


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two moments and what differs between them, by how, then by the organization concerned, then by person; stayed:
    how many people are somewhere at both and differ in nothing. A lens leaves what it lets through on either side."""

    before: Moment
    after: Moment
    differences: tuple[Difference, ...]
    stayed: int

    @classmethod
    def of(cls, before: Moment, after: Moment) -> Comparison:
        """Compare. Two empty moments differ in nothing."""
        was, now = _posts(before), _posts(after)
        found: list[Difference] = []
        stayed = 0
        for person in sorted({*was, *now}):
            posts = (was.get(person, []), now.get(person, []))
            own = _differing(person, *posts)
            found += [one for one in own if any(post is not None and post.lit for post in (one.before, one.after))]
            stayed += not own and any(post.lit for side in posts for post in side)
        found.sort(key=lambda one: (HOWS.index(one.how), _concerned(one), one.person))
        return cls(before, after, tuple(found), stayed)

    @property
    def counts(self) -> dict[How, int]:
        """How many differ in each way; only what there is."""
        counts = {how: sum(one.how == how for one in self.differences) for how in HOWS}
        return {how: n for how, n in counts.items() if n}

    def name(self, table: str, row_id: str) -> str:
        """What a person, an organization or a seat is called, after or before; its id where it is on no record."""
        field = "title" if table == "seats" else "name"
        rows = (moment.dataset.row(table, row_id) for moment in (self.after, self.before))
        return next((str(row[field]) for row in rows if row is not None and row[field]), row_id)


def _concerned(one: Difference) -> str:
    post = one.after or one.before
    return post.organization if post is not None else ""


def _posts(moment: Moment) -> dict[str, list[Post]]:
    """Where each person is at a moment, by id; nobody who is nowhere."""
    dataset, careers = moment.dataset, moment.careers
    index = careers.index
    certain, possible = present(careers, moment.day)
    lit = Selector.of(dataset, careers, moment.lens).select().stints
    at = np.flatnonzero(possible)
    where = careers.levels.at(index.organization[at], moment.day).tolist()
    organizations = dataset["organizations"].get_column("id")
    stints = dataset["stints"][index.row[at].tolist()] if len(at) else dataset["stints"].clear()
    found: dict[str, list[Post]] = defaultdict(list)
    for position, code, stint in zip(at.tolist(), where, stints.iter_rows(named=True), strict=True):
        post = Post(
            organizations[code], stint["seat_id"] or "", bool(certain[position]), STATUSES[index.status[position]],
            stint["id"], tuple(stint["source_ids"] or ()), bool(lit[position]),
        )  # fmt: skip
        found[stint["person_id"]].append(post)
    return found


def _differing(person: str, was: Sequence[Post], now: Sequence[Post]) -> list[Difference]:
    """What differs for one person. An organization that is left and one that is joined make a move."""
    before, after = ({post.organization: post for post in posts} for posts in (was, now))
    gone = [post for name, post in before.items() if name not in after]
    come = [post for name, post in after.items() if name not in before]
    found = [Difference(person, "moved", old, new) for old, new in zip(gone, come, strict=False)]
    found += [Difference(person, "left", old, None) for old in gone[len(come) :]]
    found += [Difference(person, "joined", None, new) for new in come[len(gone) :]]
    for name in before.keys() & after.keys():
        old, new = before[name], after[name]
        if old.seat != new.seat:
            found.append(Difference(person, "seat", old, new))
        if (old.status, old.certain) != (new.status, new.certain):
            found.append(Difference(person, "status", old, new))
    return found
