"""Whose careers a picture shows, in which groups and order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from app.analysis.order import Positions
from app.analysis.presence import present
from app.analysis.steps import first_day
from app.domain import dates
from app.domain.dates import FUTURE, PAST
from app.domain.errors import Fault, UsageError
from app.domain.index import ABSENT, Bools, Ints
from app.pictures.gathered import Gathered

Sort = Literal["recent", "joined", "first", "last", "moves", "name"]
Group = Literal["none", "present", "origin", "cohort"]
SORTS: tuple[Sort, ...] = get_args(Sort)
GROUPS: tuple[Group, ...] = get_args(Group)
SORT_WORDS: dict[Sort, str] = {
    "recent": "by their most recent move",
    "joined": "by the day they joined",
    "first": "by their first known day",
    "last": "by their last known day",
    "moves": "by number of moves",
    "name": "by name",
}
"""What each order is; all but `joined`, `first` and `name` begin with the newest or the most. `joined` means the
organization in focus; where none is, it is as `recent`."""
GROUP_WORDS: dict[Group, str] = {
    "none": "",
    "present": "where they are",
    "origin": "where they come from",
    "cohort": "the year they joined",
}


@dataclass(frozen=True, eq=False)
class People:
    """What careers are sorted and grouped by, by code of the person, (n_people,). shown: who has a line; n_moves;
    recent: the day of the newest move; joined: the first day at the organization in focus; first, last: the first and
    the last known day; present, origin: organizations at the level, ABSENT for none. Days are PAST where not known."""

    shown: Bools
    n_moves: Ints
    recent: Ints
    joined: Ints
    first: Ints
    last: Ints
    present: Ints
    origin: Ints

    @classmethod
    def of(cls, gathered: Gathered, stints: Positions, wanted: Bools) -> People:
        """Of the people of some stints (positions in the Index). wanted (n,): which are at the organization in
        focus, none without one."""
        careers = gathered.careers
        index, known, n = careers.index, careers.known, gathered.dataset["people"].height
        who = index.person[stints]
        shown = np.zeros(n, dtype=np.bool_)
        shown[who] = True
        moves = careers.moves
        recent = np.full(n, PAST, dtype=np.int32)
        dated = ~moves.undated
        np.maximum.at(recent, moves.person[dated], moves.joined[dated])
        begun, ended = known.nominal[stints], known.end_lo[stints]
        has_begun, has_ended = begun > PAST, (ended > PAST) & (ended < FUTURE)
        first = np.full(n, FUTURE, dtype=np.int32)
        last = np.full(n, PAST, dtype=np.int32)
        for days, which in ((begun, has_begun), (ended, has_ended)):
            np.minimum.at(first, who[which], days[which])
            np.maximum.at(last, who[which], days[which])
        joined = np.full(n, FUTURE, dtype=np.int32)
        there = stints[wanted[stints] & has_begun]
        np.minimum.at(joined, index.person[there], known.nominal[there])
        return cls(
            shown,
            np.bincount(moves.person, minlength=n).astype(np.int32),
            recent,
            np.where(joined < FUTURE, joined, PAST).astype(np.int32),
            np.where(first < FUTURE, first, PAST).astype(np.int32),
            last,
            present_at(gathered, gathered.as_of),
            _origin(gathered, n),
        )


def present_at(gathered: Gathered, day: int) -> Ints:
    """Where each person is on a day, by code, ABSENT for nowhere: at the last of the posts held for certain, else of
    those that may be."""
    careers = gathered.careers
    found = np.full(gathered.dataset["people"].height, ABSENT, dtype=np.int32)
    certain, possible = present(careers, day)
    for which in (possible, certain):
        at = np.flatnonzero(which)
        found[careers.index.person[at]] = careers.levels.at(careers.index.organization[at], day)
    return found


def _origin(gathered: Gathered, n: int) -> Ints:
    """Where each person was first."""
    careers = gathered.careers
    at = np.flatnonzero(careers.begins)
    days = first_day(careers.known.start_lo[at], careers.known.start_hi[at])
    found = np.full(n, ABSENT, dtype=np.int32)
    found[careers.index.person[at]] = careers.levels.at(careers.index.organization[at], days)
    return found


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a group: its name, how many people it has, the key of its organization (blank for none)."""

    name: str
    n: int
    key: str = ""


@dataclass(frozen=True, eq=False)
class Order:
    """Lines from the top. people (r,): codes; group (r,): number of its group; heads: of the groups, none where all
    stand together."""

    people: Ints
    group: Ints
    heads: tuple[Head, ...]

    def __len__(self) -> int:
        return len(self.people)

    def some(self, chosen: Bools) -> Order:
        """Some of the lines, in order; groups without any have no head."""
        group = self.group[chosen]
        left = np.unique(group)
        heads = tuple(self.heads[g] for g in left.tolist()) if self.heads else ()
        return Order(self.people[chosen], np.searchsorted(left, group).astype(np.int32), heads)


def chosen_words(sort: str | None, group: str | None) -> tuple[Sort | None, Group]:
    """Sort and group by their words. UsageError for others."""
    for flag, word, words in (("--sort", sort, SORTS), ("--group", group, GROUPS)):
        if word is not None and word not in words:
            message = f"{flag} {word!r} is no way to {flag[2:]} careers"
            raise UsageError(Fault("options", message, f"Write one of {', '.join(words)}."))
    found = next((known for known in SORTS if known == sort), None)
    return found, next((known for known in GROUPS if known == group), "none")


def ordered(gathered: Gathered, people: People, sort: Sort, group: Group) -> Order:
    """All people that are shown, in groups and in order."""
    who = np.flatnonzero(people.shown).astype(np.int32)
    number, heads = _groups(gathered, people, who, group)
    keys = [who, *_sorted_by(gathered, people, who, sort), number]
    at = np.lexsort(keys)
    return Order(who[at], number[at], heads)


def telling(people: People, who: Ints, most: int) -> Bools:
    """Which of some people are the most telling, so many of them: those whose newest move is the most recent, then
    those with most moves, then those known last."""
    chosen = np.zeros(len(who), dtype=np.bool_)
    order = np.lexsort((np.arange(len(who)), -people.last[who], -people.n_moves[who], -people.recent[who]))
    chosen[order[:most]] = True
    return chosen


def _sorted_by(gathered: Gathered, people: People, who: Ints, sort: Sort) -> Sequence[Ints | Positions]:
    """What to sort lines by, the least important first; days that are not known come last."""
    recent = -people.recent[who].astype(np.int64)
    if sort == "name":
        table = gathered.dataset["people"]
        names = table.get_column("name").fill_null("").str.to_lowercase().rank("ordinal").to_numpy()
        return (names[who].astype(np.int32),)
    if sort == "moves":
        return (recent, -people.n_moves[who])
    if sort == "last":
        return (recent, -people.last[who].astype(np.int64))
    days = {"first": people.first, "joined": people.joined}.get(sort)
    if days is None or (sort == "joined" and not (days > PAST).any()):
        return (recent,)
    return (recent, np.where(days[who] > PAST, days[who], FUTURE))


def _groups(gathered: Gathered, people: People, who: Ints, group: Group) -> tuple[Ints, tuple[Head, ...]]:
    """The number of each one's group, the heads in order: the largest first, cohorts by year."""
    if group == "none":
        return np.zeros(len(who), dtype=np.int32), ()
    if group == "cohort":
        days = np.where(people.joined[who] > PAST, people.joined[who], people.first[who])
        values = np.array([int(dates.text(day)[:4]) if day > PAST else FUTURE for day in days.tolist()], dtype=np.int32)
        found, number, counts = np.unique(values, return_inverse=True, return_counts=True)
        names = [(str(year) if year < FUTURE else "Year not known", "") for year in found.tolist()]
        rank = np.arange(len(found))
    else:
        found, number, counts = np.unique(
            (people.present if group == "present" else people.origin)[who], return_inverse=True, return_counts=True
        )
        none = "Nowhere that is known" if group == "present" else "Origin not known"
        names = [
            (gathered.labels[code], f"organizations:{gathered.ids[code]}") if code != ABSENT else (none, "")
            for code in found.tolist()
        ]
        rank = np.argsort(np.lexsort((found, -counts, found == ABSENT)))
    order = np.argsort(rank)
    heads = tuple(Head(names[g][0], int(counts[g]), names[g][1]) for g in order.tolist())
    return rank[number.reshape(-1)].astype(np.int32), heads
