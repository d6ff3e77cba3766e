"""A cohort and where its people were in each period, as bands of an alluvial picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.analysis.periods import Period, periods
from app.analysis.whereabouts import Whereabouts, ever_at, whereabouts
from app.domain.dates import FUTURE, PAST
from app.domain.index import ABSENT, Ints
from app.pictures.bands import NOWHERE, OTHERS, Bands
from app.pictures.gathered import Gathered

SURE, MAYBE = 0, 1
"""Lanes of a band: people who were at both its ends for certain, and people who may have been."""


@dataclass(frozen=True, eq=False)
class Cohort:
    """periods: one a column; found: where people were; bands: with rows of `found` as members; unseen: people of the
    cohort who are on record on none of the days; n_beyond: organizations that are drawn as others."""

    periods: tuple[Period, ...]
    found: Whereabouts
    bands: Bands
    unseen: int
    n_beyond: int

    @classmethod
    def of(
        cls,
        gathered: Gathered,
        span: tuple[int, int],
        most: int,
        months: int | None,
        top: int,
        never: tuple[int, ...] = (),
    ) -> Cohort:
        """The people that the lens lets through, or of them those in focus: people themselves, or whoever was ever at
        an organization in focus. top: organizations with blocks of their own, but for
        those in `never`."""
        kept = gathered.selection.people.copy()
        n = len(kept)
        if gathered.focus or gathered.focus_people:
            named = ever_at(gathered.careers, gathered.focus, n)
            named[list(gathered.focus_people)] = True
            kept &= named
        columns = periods(*span, most, months)
        days = [period.day for period in columns]
        found = whereabouts(gathered.dataset, gathered.careers, days, np.append(kept, False))
        seen = (found.organization != ABSENT).any(axis=1)
        some = np.flatnonzero(seen)
        found = Whereabouts(found.days, found.person[some], found.organization[some], found.sure[some], found.several)
        own, n_beyond = _drawn(found.organization, len(gathered.ids), top, gathered.focus, never)
        return cls(columns, found, _bands(found, own), int(np.count_nonzero(~seen)), n_beyond)

    @property
    def n_people(self) -> int:
        """People who are drawn."""
        return len(self.found.person)

    @cached_property
    def counts(self) -> list[tuple[int, int]]:
        """People of each block: for certain, and at most."""
        bands, found = self.bands, self.found
        columns = len(self.periods)
        place = self.codes.astype(np.int64) + 2 + np.arange(columns) * (int(self.codes.max(initial=0)) + 3)
        n = columns * (int(self.codes.max(initial=0)) + 3)
        most = np.bincount(place.ravel(), minlength=n)
        sure = np.bincount(place[found.sure], minlength=n)
        block = bands.code.astype(np.int64) + 2 + bands.column * (int(self.codes.max(initial=0)) + 3)
        return list(zip(sure[block].tolist(), most[block].tolist(), strict=True))

    def n_others(self, column: int) -> int:
        """How many organizations the others of a column are."""
        return self._n_others[column]

    @cached_property
    def _n_others(self) -> list[int]:
        """The same of every column."""
        own, found = self._own, self.found.organization
        counts = (np.bincount(found[:, column] + 1, minlength=len(own))[1:] for column in range(found.shape[1]))
        return [int(np.count_nonzero(n[own[:-1] == OTHERS])) for n in counts]

    @cached_property
    def codes(self) -> Ints:
        """(p, columns) the block of each person: an organization's code, OTHERS or NOWHERE."""
        codes: Ints = self._own[self.found.organization]
        return codes

    @cached_property
    def _own(self) -> Ints:
        """The block of each organization, by code; in the last place that of ABSENT."""
        own = np.append(np.full(self.found.organization.max(initial=0) + 1, OTHERS, dtype=np.int32), np.int32(NOWHERE))
        drawn = self.bands.code[self.bands.code >= 0]
        own[drawn] = drawn
        return own


def span_of(gathered: Gathered) -> tuple[int, int]:
    """First and last day that an alluvial picture covers if nobody says: the window, where it has sides, else from the
    first moves that matter to the day of people."""
    moves = gathered.moves
    dated = moves.joined[~moves.undated]
    first = int(np.quantile(dated, 0.02)) if len(dated) else gathered.as_of - 365
    last = gathered.as_of
    if gathered.options.window is not None:
        lo, hi = gathered.options.window
        first, last = (lo if lo > PAST else first), (min(last, hi - 1) if hi < FUTURE else last)
    return min(first, last), last


def _drawn(organization: Ints, n: int, top: int, always: tuple[int, ...], never: tuple[int, ...]) -> tuple[Ints, int]:
    """Code → itself or OTHERS, NOWHERE for the last place; how many organizations are others. Those at which most
    people were on most days are drawn, but for those in `never`, whose place nobody takes."""
    days = np.bincount(organization[organization != ABSENT], minlength=n)
    ranked = np.lexsort((np.arange(n), -days))
    ranked = ranked[days[ranked] > 0]
    chosen = [code for code in always if days[code] > 0]
    chosen += [code for code in ranked.tolist() if code not in chosen][: max(top - len(chosen), 0)]
    chosen = [code for code in chosen if code not in never]
    own = np.append(np.full(n, OTHERS, dtype=np.int32), np.int32(NOWHERE))
    own[chosen] = chosen
    return own, len(ranked) - len(chosen)


def _bands(found: Whereabouts, own: Ints) -> Bands:
    """Each person from each column to the next; on a band the surest first, then by person."""
    n, columns = found.organization.shape
    code = own[found.organization]
    steps = max(columns - 1, 0)
    left, right = code[:, :-1].ravel(), code[:, 1:].ravel()
    there = found.sure | (code == NOWHERE)
    lane = np.where((there[:, :-1] & there[:, 1:]).ravel(), SURE, MAYBE).astype(np.int32)
    column = np.tile(np.arange(steps, dtype=np.int32), n)
    return Bands.of(column, left, right, lane, MAYBE + 1)


def moves_on(gathered: Gathered, cohort: Cohort) -> npt.NDArray[np.intp]:
    """For each member of the bands the row of the gathered move by which they came from one block to the next, the last
    of several; -1 where they stayed, or no dated move says so."""
    bands, found = cohort.bands, cohort.found
    steps = max(len(cohort.periods) - 1, 1)
    moves = gathered.moves
    row = np.full(len(found.person) * steps, -1, dtype=np.intp)
    dated = np.flatnonzero(~moves.undated)
    if len(dated) and len(found.person):
        gap = np.searchsorted(np.array(found.days), moves.joined[dated], side="left") - 1
        person = np.minimum(np.searchsorted(found.person, moves.person[dated]), len(found.person) - 1)
        fits = (found.person[person] == moves.person[dated]) & (gap >= 0) & (gap < len(cohort.periods) - 1)
        dated, gap, person = dated[fits], gap[fits], person[fits]
        fits = found.organization[person, gap + 1] == moves.destination[dated]
        row[person[fits] * steps + gap[fits]] = dated[fits]
    on: npt.NDArray[np.intp] = row[bands.members] if len(bands.members) else np.empty(0, dtype=np.intp)
    on[(bands.code[bands.start] == bands.code[bands.end])[bands.band]] = -1
    return on


def people_of(cohort: Cohort, members: npt.NDArray[np.intp]) -> Ints:
    """Person codes of some members."""
    return cohort.found.person[members // max(len(cohort.periods) - 1, 1)]
