"""Known people: who of the people in the dataset was where on a day (data.md, sections 2 and 10). Not a staff number.

An end is the first day no longer there. So a stint is certain on day d if start.latest ≤ d + 1 and d < end.earliest,
and possible if start.earliest ≤ d and d + 1 < end.latest, by bounds in which a blank date is cut by what the row and
its neighbours prove.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.analysis.careers import Careers
from app.domain.index import Bools, Ints


class Bounded(Protocol):
    """Intervals with bounds of both ends, arrays of one length."""

    @property
    def start_lo(self) -> Ints:
        """Earliest day of the start."""

    @property
    def start_hi(self) -> Ints:
        """Latest day of the start, plus one."""

    @property
    def end_lo(self) -> Ints:
        """Earliest day of the end."""

    @property
    def end_hi(self) -> Ints:
        """Latest day of the end, plus one."""


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
    certain, possible = held(careers.proven, day)
    return careers.counts & certain, careers.counts & possible


def held(bounds: Bounded, day: int) -> tuple[Bools, Bools]:
    """Which bounded intervals are certain, and which possible, to hold a day; the latter contain the former."""
    certain = (bounds.start_hi <= day + 1) & (day < bounds.end_lo)
    return certain, certain | ((bounds.start_lo <= day) & (day + 1 < bounds.end_hi))


def known_people(careers: Careers, day: int, which: Bools | None = None) -> KnownPeople:
    """Count people on a day; which: (n,) the stints that count, all if None. Without stints all counts are zero."""
    certain, possible = present(careers, day)
    if which is not None:
        certain, possible = certain & which, possible & which
    return KnownPeople(day, _people(careers, day, certain), _people(careers, day, possible))


def _people(careers: Careers, day: int, stints: Bools) -> Ints:
    """Distinct people by organization at the level."""
    n = len(careers.levels.newest) - 1
    at = np.flatnonzero(stints)
    where = careers.levels.at(careers.index.organization[at], day)
    both = np.sort(careers.index.person[at].astype(np.int64) * max(n, 1) + where)
    first = np.ones(len(both), dtype=np.bool_)
    np.not_equal(both[1:], both[:-1], out=first[1:])
    return np.bincount(both[first] % max(n, 1), minlength=n).astype(np.int32)
