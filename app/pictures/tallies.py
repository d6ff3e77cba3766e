"""Moves that are too many for a mark each, counted by month, quarter or year over all days of an axis.

A move known within a month counts in the period of its nominal day; one known less exactly is spread, pale, over the
periods that it may mean, and never put in the middle (looks, section 3). Every move counts once: the sum is their
number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.analysis.moves import Moves
from app.analysis.order import Positions
from app.domain import dates
from app.domain.index import Ints
from app.pictures import wording
from app.pictures.days_axis import Days
from app.pictures.traffic import LANE_OF, STRONG_FIRST
from app.scene.marks import Floats

EXACT = 31
"""A move whose day is not known within so many is spread."""
LENGTHS = (1, 3, 12, 60)
"""Months that a period may have."""
WORDS = {1: "month", 3: "quarter", 12: "year", 60: "five years"}
NARROWEST = 5.0
"""Design pixels that a bar needs."""
DAYS_A_MONTH = 30.44


@dataclass(frozen=True, eq=False)
class Tallies:
    """moves (m,): what is counted, all dated; months: length of a period; first (q + 1,): first day of each period, and
    of the one after the last; low, high (m,): first and last period that each may lie in, the same one where its day is
    known within a month; counts (q, lanes): of these, by status as on a flow map; spread (q,): of the others."""

    moves: Moves
    months: int
    first: Ints
    low: Ints
    high: Ints
    counts: Ints
    spread: Floats

    @classmethod
    def of(cls, moves: Moves, days: Days, s: float) -> Tallies:
        """Count moves over an axis; what lies beyond its ends counts in the first or last period. s: of type."""
        months = next((n for n in LENGTHS if n * DAYS_A_MONTH * days.per_day >= NARROWEST * s), LENGTHS[-1])
        begin, end = (int(n) for n in _numbers(np.array([days.first, days.last - 1]), months))
        n = max(end - begin, 0) + 1
        starts = range(begin * months, (begin + n) * months + 1, months)
        first = np.array([dates.day(month // 12, month % 12 + 1) for month in starts], dtype=np.int32)
        vague = moves.joined_hi - moves.joined_lo > EXACT
        low = np.where(vague, moves.joined_lo, moves.joined)
        high = np.where(vague, moves.joined_hi - 1, moves.joined)
        low, high = (np.clip(_numbers(day, months) - begin, 0, n - 1).astype(np.int32) for day in (low, high))
        lanes = len(STRONG_FIRST)
        exact = low[~vague].astype(np.int64) * lanes + LANE_OF[moves.status[~vague]]
        counts = np.bincount(exact, minlength=n * lanes).reshape(n, lanes).astype(np.int32)
        share = 1.0 / (high[vague] - low[vague] + 1)
        spread = np.bincount(low[vague], share, n + 1) - np.bincount(high[vague] + 1, share, n + 1)
        return cls(moves, months, first, low, high, counts, np.maximum(spread.cumsum()[:n], 0.0))

    @property
    def n(self) -> int:
        """Periods."""
        return len(self.first) - 1

    @property
    def word(self) -> str:
        """What a period is called."""
        return WORDS[self.months]

    @cached_property
    def total(self) -> Floats:
        """All moves of each period, with those that may lie in it by their shares, (q,)."""
        total: Floats = self.counts.sum(axis=1) + self.spread
        return total

    @property
    def most(self) -> float:
        """Moves of the fullest period."""
        return float(self.total.max(initial=0.0))

    @property
    def has_vague(self) -> bool:
        """Whether any move is spread."""
        return bool((self.spread > 0).any())

    def sure(self, period: int) -> Positions:
        """Which of the moves lie in a period."""
        return np.flatnonzero((self.low == period) & (self.high == period) & ~self._vague)

    def n_maybe(self, period: int) -> int:
        """How many may lie in a period: their days are not known within a month."""
        return int(np.count_nonzero(self._vague & (self.low <= period) & (period <= self.high)))

    @cached_property
    def _vague(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return self.moves.joined_hi - self.moves.joined_lo > EXACT

    def named(self, period: int) -> str:
        """`June 2026`, `April to June 2026`, `2026`, `2020 to 2024`."""
        begin, last = int(self.first[period]), int(self.first[period + 1]) - 1
        if self.months < 12:
            months = wording.month(begin), wording.month(last)
            return months[1] if self.months == 1 else f"{months[0].split(' ')[0]} to {months[1]}"
        years = dates.text(begin)[:4], dates.text(last)[:4]
        return years[0] if self.months == 12 else f"{years[0]} to {years[1]}"

    def periods_of(self, at: Positions) -> Iterator[int]:
        """The periods in which some of the moves lie, or may lie."""
        found = np.zeros(self.n + 1, dtype=np.int32)
        np.add.at(found, self.low[at], 1)
        np.add.at(found, self.high[at] + 1, -1)
        yield from np.flatnonzero(found.cumsum()[: self.n]).tolist()


def _numbers(days: Ints | Positions, months: int) -> Positions:
    """Periods since the year 0 of days, (n,)."""
    since = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    numbers: Positions = since // months
    return numbers
