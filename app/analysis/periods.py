"""Calendar periods that divide a span of days: quarters, half-years, years or several of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.domain import dates

MONTHS = (3, 6, 12, 24, 60, 120, 240, 600)
"""Lengths that a period may have."""

FEWEST = 3
"""Periods that there is always room for: two are not enough where a long one ends within the span."""


@dataclass(frozen=True, slots=True)
class Period:
    """The last day of a period and what to call it; `whole`: False for one that the span cuts short."""

    day: int
    name: str
    whole: bool


def periods(first: int, last: int, most: int, months: int | None = None) -> tuple[Period, ...]:
    """The ends of the periods of a span of days, from the end of the one before its first day up to its last day, which
    always is one. months: how long they are; None: as short as so many of them (three at least) allow. A span that ends
    before it begins has its last day alone.
    """
    if last < first:
        return (Period(last, named(last, 0), whole=False),)
    for length in (months,) if months is not None else MONTHS:
        found = _ends(first, last, length)
        if months is not None or len(found) <= max(most, FEWEST):
            break
    return found


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
    return int(np.datetime64(day, "D").astype("datetime64[M]").astype(np.int64)) + 1970 * 12


def _begin(month: int) -> int:
    """The first day of a month."""
    return int(np.datetime64(month - 1970 * 12, "M").astype("datetime64[D]").astype(np.int64))
