"""Who came into a build-out when, and who of them is still there: people by the period in which they entered.

A person enters once, with the first seat held here, and is counted in that period for good, wherever they are now. The
periods are as long as they must be for their number to stay small: quarters, half-years, years, or several of these.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.buildout import HELD, LEFT, POSSIBLE, BuildOut
from app.analysis.order import Positions
from app.analysis.periods import MONTHS
from app.analysis.presence import held
from app.analysis.seats import Roster
from app.domain.dates import FUTURE, PAST
from app.domain.index import Bools, Ints

Days = npt.NDArray[np.int64]

MOST = 8
"""Periods at most, if the caller does not say."""


@dataclass(frozen=True, eq=False)
class Cohort:
    """People who entered in one period [first, end).

    vague: the day is known no better than that it lies in this year, or not at all (PAST and FUTURE). holders: (c,) the
    holder by which each came, in order of joining; states: (c,) HELD, POSSIBLE or LEFT: whether the person holds some
    seat of the build-out on its day.
    """

    first: int
    end: int
    vague: bool
    holders: Positions
    states: Ints

    @property
    def came(self) -> int:
        """How many entered."""
        return len(self.holders)

    @property
    def there(self) -> int:
        """How many of them hold a seat for certain."""
        return int(np.count_nonzero(self.states == HELD))

    @property
    def may_be(self) -> int:
        """How many more of them may hold one."""
        return int(np.count_nonzero(self.states == POSSIBLE))


def cohorts(build_out: BuildOut, roster: Roster, most: int = MOST, since: int | None = None) -> tuple[Cohort, ...]:
    """The cohorts of a build-out, in order of time; those of whom only the year is known after that year.

    most: how many at most; since: the first day of interest, all who came before it are one cohort. Periods in which
    nobody came are left out. Without holders there is none.
    """
    entered, states = _entered(build_out, roster)
    if not len(entered):
        return ()
    lo, hi = roster.lo[entered].astype(np.int64), roster.hi[entered].astype(np.int64)
    early = np.zeros(len(entered), dtype=np.bool_) if since is None else hi <= since
    for months in MONTHS:
        first, end, vague = _periods(lo, hi, months)
        first[early], end[early], vague[early] = PAST, PAST if since is None else since, False
        found, number = np.unique(np.stack([end, vague, first]), axis=1, return_inverse=True)
        number = number.reshape(-1)
        if found.shape[1] <= most:
            break
    return tuple(
        Cohort(int(b), int(e), bool(v), entered[number == at], states[number == at])
        for at, (e, v, b) in enumerate(found.T.tolist())
    )


def _entered(build_out: BuildOut, roster: Roster) -> tuple[Positions, Ints]:
    """The holder by which each person came, in order of joining, and how sure it is that the person is there."""
    h, day = build_out.holders, build_out.day
    certain, possible = held(h, day)
    come = np.flatnonzero(h.start_lo <= day)
    order = come[np.lexsort((roster.hi[come], roster.lo[come]))]
    people, first, number = np.unique(h.person[order], return_index=True, return_inverse=True)
    best = np.full(len(people), LEFT, dtype=np.int32)
    best[number[possible[order]]] = POSSIBLE
    best[number[certain[order]]] = HELD
    by_time = np.argsort(first)
    return order[first[by_time]], best[by_time]


def _periods(lo: Days, hi: Days, months: int) -> tuple[Days, Days, Bools]:
    """First day, end and vagueness of the period of so many months that holds each [lo, hi), else of the year, else
    of all time."""
    first, end = _around(lo, months)
    year, next_year = _around(lo, 12)
    vague, unknown = hi > end, hi > np.maximum(end, next_year)
    first[vague], end[vague] = year[vague], next_year[vague]
    first[unknown], end[unknown] = PAST, FUTURE
    return first, end, vague


def _around(days: Days, months: int) -> tuple[Days, Days]:
    """First day and end of the period of so many months that each day lies in; periods divide the calendar evenly."""
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    begins = month // months * months - 1970 * 12
    return _day(begins), _day(begins + months)


def _day(month: Days) -> Days:
    """The first day of months counted from January 1970."""
    return np.asarray(month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64))
