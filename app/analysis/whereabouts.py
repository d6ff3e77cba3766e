"""Where each person was on some days, at the level of the careers: one organization a person and day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.careers import Careers
from app.analysis.order import Positions
from app.analysis.presence import held
from app.analysis.steps import first_day
from app.domain import dates
from app.domain.dataset import Dataset
from app.domain.index import ABSENT, Bools, Ints


@dataclass(frozen=True, eq=False)
class Whereabouts:
    """person (p,): codes, ascending; organization (p, days): code at the level on each day, ABSENT where nothing says
    where they were; sure (p, days): they were there for certain; several: people who on some day were at more than one
    for certain. Of several posts the one that began last counts, one that is certain before one that is possible.
    Nobody is possible at an organization before it was founded, or after it was dissolved."""

    days: tuple[int, ...]
    person: Ints
    organization: Ints
    sure: Bools
    several: int


def whereabouts(dataset: Dataset, careers: Careers, days: Sequence[int], people: Bools) -> Whereabouts:
    """Where people (a mask over the table) were at the end of each day. People without a counted stint are none."""
    index = careers.index
    own = np.flatnonzero(careers.counts & people[index.person])
    who = index.person[own]  # ascending
    first = np.r_[True, who[1:] != who[:-1]][: len(who)]
    person, row = who[first], np.cumsum(first) - 1
    organization = np.full((len(person), len(days)), ABSENT, dtype=np.int32)
    sure = np.zeros((len(person), len(days)), dtype=np.bool_)
    several = np.zeros(len(person), dtype=np.bool_)
    founded, _ = dates.bounds(dataset["organizations"].get_column("founded"))
    _, dissolved = dates.bounds(dataset["organizations"].get_column("dissolved"))
    founded, dissolved = founded[index.organization[own]], dissolved[index.organization[own]]
    recorded, bounds = index.organization[own], careers.proven.take(own)
    for column, day in enumerate(days):
        certain, possible = held(bounds, day)
        there = np.flatnonzero(possible & (founded <= day) & (day < dissolved))
        at = np.flatnonzero(certain)
        where = careers.levels.at(recorded, day)
        found = np.full(len(person), ABSENT, dtype=np.int32)
        # of what is written to one place twice the later stays, and stints are in order
        found[row[there]] = where[there]
        found[row[at]] = where[at]
        organization[:, column] = found
        sure[row[at], column] = True
        several[row[at][where[at] != found[row[at]]]] = True
    return Whereabouts(tuple(days), person, organization, sure, int(np.count_nonzero(several)))


def ever_at(careers: Careers, organizations: Iterable[int], n_people: int) -> Bools:
    """Who has a counted stint at one of some organizations, codes at the level, (n_people,)."""
    at: Positions = np.flatnonzero(careers.counts)
    begun = first_day(careers.known.start_lo[at], careers.known.start_hi[at])
    where = careers.levels.at(careers.index.organization[at], begun)
    found = np.zeros(n_people, dtype=np.bool_)
    found[careers.index.person[at[np.isin(where, list(organizations))]]] = True
    return found
