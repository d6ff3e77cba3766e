"""Calendar periods that divide a span of days: quarters, half-years, years or several of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.analysis.moves import Moves
from app.domain import dates
from app.domain.index import Ints

MONTHS = (3, 6, 12, 24, 60, 120, 240, 600)
"""Lengths that a period may have."""

YEAR = 12
MOSTLY = 0.9
"""The share of the moves of a span that its periods hold, where they can."""
VAGUE = 0.25
"""The share of moves of which periods may be too short to say in which they lie, if nobody says how long they are."""

FEWEST = 3
"""Periods that there is always room for: two are not enough where a long one ends within the span."""


@dataclass(frozen=True, slots=True)
class Period:
    """The last day of a period and what to call it; `whole`: False for one that the span cuts short."""

    day: int
    name: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days of a period: those after `since`, up to `last`; what to call it; `months`: how long the whole period is;
    `whole`: False for one that the span cuts short."""

    since: int
    last: int
    name: str
    months: int
    whole: bool

    def holds(self, day: float) -> bool:
        """Whether a day lies in it."""
        return self.since < day <= self.last


def stretches(
    moves: Moves, span: tuple[int, int], least: int, most: int, months: int | None = None, *, whole: bool = False
) -> tuple[Stretch, ...]:
    """Periods of a span of days one after the other, up to that of its last dated move: as few as hold MOSTLY of these,
    or all of the span if the whole is asked for; at least and at most so many, the last ones of more.

    months: how long they are; None: as short as so many can hold that, and days are known exactly enough for all but
    VAGUE of the moves.
    """
    first, last = min(span), span[1]
    inside = np.flatnonzero(moves.inside((first, last + 1)))
    days, lo, hi = moves.joined[inside], moves.joined_lo[inside], moves.joined_hi[inside] - 1
    for length in (months,) if months is not None else MONTHS:
        final = (_month(last) if whole or not len(days) else int(_months(days).max())) // length
        back = final - _months(days) // length  # how many periods before the last one each move lies
        held = back < most
        vague = held & (_months(lo) // length != _months(hi) // length)
        if held.sum() >= MOSTLY * len(days) and vague.sum() <= VAGUE * held.sum():
            break
    needed = np.sort(back)[max(int(np.ceil(MOSTLY * len(back))) - 1, 0)] + 1 if len(back) else least
    n = final - _month(first) // length + 1 if whole else int(needed)
    n = min(max(n, least), most)
    return tuple(_stretch(at, length, last) for at in range(final + 1 - n, final + 1))


def _stretch(number: int, months: int, last: int) -> Stretch:
    """One period by its number since the year 0, cut at the last day."""
    since, end = _begin(number * months) - 1, _begin((number + 1) * months) - 1
    name = named(end, months)
    if months > YEAR:
        name = f"{named(since + 1, YEAR)}–{name}"
    return Stretch(since, min(end, last), name, months, whole=end <= last)


def periods(first: int, last: int, most: int, months: int | None = None) -> tuple[Period, ...]:
    """The ends of the periods of a span of days, from the end of the one before its first day up to its last day, which
    always is one. months: how long they are; None: as short as so many of them (three at least) allow. A span that ends
    before it begins has its last day alone.
    """
    if last < first:
        return (Period(last, named(last, 0), whole=False),)
    return _fitting(first, last, most, months)[1]


def ends_of(first: int, last: int, most: int, months: int | None = None) -> tuple[Stretch, ...]:
    """The periods of a span of days one after the other, the last one cut where the span ends; of more than `most` the
    last ones. months: how long they are; None: as short as so many of them allow. A span that ends before it begins has
    its last day alone."""
    if last < first:
        return (Stretch(last - 1, last, named(last, 0), YEAR, whole=False),)
    length, found = _fitting(first, last, most + 1, months)
    pairs = list(pairwise(found))[-most:]
    return tuple(Stretch(before.day, end.day, end.name, length, end.whole) for before, end in pairs)


def _fitting(first: int, last: int, most: int, months: int | None) -> tuple[int, tuple[Period, ...]]:
    """The length of periods and their ends, as few as fit."""
    for length in (months,) if months is not None else MONTHS:
        found = _ends(first, last, length)
        if months is not None or len(found) <= max(most, FEWEST):
            break
    return length, found


def _ends(first: int, last: int, months: int) -> tuple[Period, ...]:
    number = _month(first) // months
    found = []
    while (end := _begin(number * months) - 1) <= last:
        found.append(Period(end, named(end, months), whole=True))
        number += 1
    if not found or found[-1].day != last:
        found.append(Period(last, named(last, 0), whole=False))
    return tuple(found)


def named(day: int, months: int) -> str:
    """What to call the period of so many months that ends on a day: `2025`, `2025 H1`, `2025 Q3`; for no period the day
    itself."""
    year, month = dates.text(day)[:4], int(dates.text(day)[5:7])
    if months == 3:
        return f"{year} Q{month // 3}"
    if months == 6:
        return f"{year} H{month // 6}"
    return year if months else dates.text(day)


def _month(day: int) -> int:
    """Months since the year 0."""
    return int(_months(np.array([day]))[0])


def _months(days: Ints) -> npt.NDArray[np.int64]:
    """Months of days since the year 0."""
    found: npt.NDArray[np.int64] = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return found


def _begin(month: int) -> int:
    """The first day of a month."""
    return int(np.datetime64(month - 1970 * 12, "M").astype("datetime64[D]").astype(np.int64))
