"""Known people: who of the people in the dataset was where on a day (data.md, sections 2 and 10). Not a staff number.

A stint is certain on day d if start.latest ≤ d + 1 and d < end.earliest, and possible if start.earliest ≤ d and
d < end.latest, by bounds in which a blank date is cut by what the row and its neighbours prove.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.careers import Careers
from app.domain.index import Bools, Ints


@dataclass(frozen=True, eq=False)
class KnownPeople:
    """Distinct people of each organization on a day: certain and possible, (n_organizations,), the latter the larger.

    Organizations count at the level of the careers, by the parents of that day.
    """

    day: int
    certain: Ints
    possible: Ints


def present(careers: Careers, day: int) -> tuple[Bools, Bools]:
    """Which stints, (n,) in the order of the Index, are certain and which possible on a day. Only those that count."""
    bounds = careers.proven
    certain = careers.counts & (bounds.start_hi <= day + 1) & (day < bounds.end_lo)
    possible = careers.counts & (bounds.start_lo <= day) & (day < bounds.end_hi)
    return certain, possible


def known_people(careers: Careers, day: int, which: Bools | None = None) -> KnownPeople:
    """Count people on a day; which: (n,) the stints that count, all if None. Without stints all counts are zero."""
    certain, possible = present(careers, day)
    if which is not None:
        certain, possible = certain & which, possible & which
    return KnownPeople(day, _people(careers, day, certain), _people(careers, day, possible | certain))


def _people(careers: Careers, day: int, stints: Bools) -> Ints:
    """Distinct people by organization at the level."""
    n = len(careers.levels.newest) - 1
    at = np.flatnonzero(stints)
    where = careers.levels.at(careers.index.organization[at], day)
    both = np.unique(careers.index.person[at].astype(np.int64) * max(n, 1) + where)
    return np.bincount(both % max(n, 1), minlength=n).astype(np.int32)
