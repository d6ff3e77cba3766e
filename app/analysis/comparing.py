"""Two moments compared, person by person: who joined, left, moved, holds another seat, is known with another certainty.

A moment is a day of a dataset as known by a day; the two may lie in one dataset or in two. People and organizations are
the same where their ids are. Where somebody is follows `presence`: for certain, or perhaps. Of several posts of a
person at one organization the last that is certain counts, else the last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

import numpy as np

from app.analysis.careers import Careers
from app.analysis.levels import Level
from app.analysis.options import newest_published
from app.analysis.presence import present
from app.analysis.select import Selector
from app.domain import dates
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
YEAR = 12
"""Months that lie between two moments where no day before is asked for."""


@dataclass(frozen=True, slots=True)
class Side:
    """What is asked of one of two moments: the day, and by when it was known. None: the usual."""

    day: int | None = None
    known_by: int | None = None


USUAL = Side()


def known_sides(before: Side, after: Side, known_by: int | None) -> tuple[Side, Side]:
    """Both sides, each with a known-by day of its own or this one."""
    was, now = (side if side.known_by is not None else replace(side, known_by=known_by) for side in (before, after))
    return was, now


def usual(before: Side, after: Side, newest: tuple[int | None, int | None], *, files: bool) -> tuple[Side, Side]:
    """Both sides with their days: the newest of the data where none is given. But where nothing else differs, neither
    known-by days nor files, a day before that is not given lies a year before the day after. newest: of the data of
    each side, None without any day, which leaves blank what is blank."""
    end = after.day if after.day is not None else newest[1]
    begin = before.day
    if begin is None:
        is_year = not files and before.known_by == after.known_by and end is not None
        begin = dates.months_on(end, -YEAR) if is_year and end is not None else newest[0]
    return replace(before, day=begin), replace(after, day=end)


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
        lens: Lens = EVERYTHING, careers: Careers | None = None,
    ) -> Moment:  # fmt: skip
        """careers: of the dataset at the level, which are taken if they are as known by that day. UsageError where no
        day is given and none follows from the data, or the lens names what is not there."""
        found = day if day is not None else newest_published(dataset)
        if found is None:
            raise UsageError(Fault("date", "no source has a date, so there is no newest day", "Give the days."))
        alike = careers is not None and careers.dataset is dataset and careers.known.day == known_by
        return cls(dataset, careers if careers is not None and alike else Careers.of(dataset, level, known_by), found,
                   lens)  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Remained:
    """People who are at one organization at both moments: how many, and of how many that is certain before and
    after."""

    people: int = 0
    sure_before: int = 0
    sure_after: int = 0


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two moments and what differs between them, by how, then by the organization concerned, then by person; stayed:
    how many people are somewhere at both and differ in nothing; remained: by organization, whoever is there at both, of
    whom some may differ in seat or status. A lens leaves what it lets through on either side; filtered: how many
    differences it does not."""

    before: Moment
    after: Moment
    differences: tuple[Difference, ...]
    stayed: int
    remained: Mapping[str, Remained]
    filtered: int

    @classmethod
    def of(cls, before: Moment, after: Moment) -> Comparison:
        """Compare. Two empty moments differ in nothing."""
        was, now = _posts(before), _posts(after)
        found: list[Difference] = []
        remained: dict[str, list[int]] = {}
        stayed = n_all = 0
        for person in sorted({*was, *now}):
            posts = was.get(person, {}), now.get(person, {})
            own = _differing(person, *posts)
            n_all += len(own)
            found += [one for one in own if any(post is not None and post.lit for post in (one.before, one.after))]
            stayed += not own and any(post.lit for side in posts for post in side.values())
            for name in posts[0].keys() & posts[1].keys():
                old, new = posts[0][name], posts[1][name]
                if old.lit or new.lit:
                    counts = remained.setdefault(name, [0, 0, 0])
                    for at, more in enumerate((True, old.certain, new.certain)):
                        counts[at] += more
        found.sort(key=lambda one: (HOWS.index(one.how), _concerned(one), one.person))
        held = MappingProxyType({name: Remained(*counts) for name, counts in remained.items()})
        return cls(before, after, tuple(found), stayed, held, n_all - len(found))

    @classmethod
    def between(
        cls, dataset: Dataset, other: Dataset | None, sides: tuple[Side, Side], level: Level = "organization",
        lens: Lens = EVERYTHING, careers: Careers | None = None,
    ) -> Comparison:  # fmt: skip
        """What is asked for, each side as it usually is where it is blank. other: the dataset of the moment after, None
        for the same; careers: of the dataset at the level, where they are at hand. UsageError where no day is given and
        none follows from the data."""
        later = other if other is not None else dataset
        newest = newest_published(dataset), newest_published(later)
        was, now = usual(*sides, newest, files=other is not None)
        before = Moment.of(dataset, was.day, was.known_by, level, lens, careers)
        after = Moment.of(later, now.day, now.known_by, level, lens, before.careers)
        return cls.of(before, after)

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


def _posts(moment: Moment) -> dict[str, dict[str, Post]]:
    """Where each person is at a moment, by the ids of person and organization; nobody who is nowhere."""
    dataset, careers = moment.dataset, moment.careers
    index = careers.index
    certain, possible = present(careers, moment.day)
    lit = Selector.of(dataset, careers, moment.lens).select().stints
    at = np.flatnonzero(possible)
    at = at[np.argsort(certain[at], kind="stable")]  # what is certain last, for the last one counts
    where = careers.levels.at(index.organization[at], moment.day).tolist()
    organizations = dataset["organizations"].get_column("id").to_list()
    stints = dataset["stints"][index.row[at].tolist()] if len(at) else dataset["stints"].clear()
    found: dict[str, dict[str, Post]] = defaultdict(dict)
    for position, code, stint in zip(at.tolist(), where, stints.iter_rows(named=True), strict=True):
        post = Post(
            organizations[code], stint["seat_id"] or "", bool(certain[position]), STATUSES[index.status[position]],
            stint["id"], tuple(stint["source_ids"] or ()), bool(lit[position]),
        )  # fmt: skip
        found[stint["person_id"]][post.organization] = post
    return found


def _differing(person: str, before: Mapping[str, Post], after: Mapping[str, Post]) -> list[Difference]:
    """What differs for one person. An organization that is left and one that is joined make a move."""
    gone = [post for name, post in before.items() if name not in after]
    come = [post for name, post in after.items() if name not in before]
    found = [Difference(person, "moved", old, new) for old, new in zip(gone, come, strict=False)]
    found += [Difference(person, "left", old, None) for old in gone[len(come) :]]
    found += [Difference(person, "joined", None, new) for new in come[len(gone) :]]
    for name in sorted(before.keys() & after.keys()):
        old, new = before[name], after[name]
        if old.seat != new.seat:
            found.append(Difference(person, "seat", old, new))
        if (old.status, old.certain) != (new.status, new.certain):
            found.append(Difference(person, "status", old, new))
    return found
