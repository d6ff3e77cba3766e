"""Dates that are known by snapshots only: what was not yet so on one day and was so on a later one.

Dates here have no form for "between two days". What they can say is a year, a month or a day, so the widest of these is
taken that lies wholly between the two; of several the last, for nobody could know of the change before the later day.
A `?` marks it where more is possible than it says. So whoever a snapshot names is certain to be there on its day, and
whoever it no longer names is gone (docs/decisions, on organograms and teams).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from app.domain import dates

UNSURE = "?"
_DAY = re.compile(r"[1-9]\d{3}-\d{2}-\d{2}", re.ASCII)
_LENGTHS = (len("2025"), len("2025-06"), len("2025-06-26"))
_LAST_YEAR = 9998


@lru_cache(maxsize=65536)
def day_of(text: str) -> int | None:
    """The number of a day written as 2025-06-26; None if it is none, or in no year of four digits but the last."""
    if not _DAY.fullmatch(text) or not dates.readable(text) or int(text[:4]) > _LAST_YEAR:
        return None
    return dates.parse(text).earliest


@lru_cache(maxsize=65536)
def between(before: int | None, day: int) -> str:
    """The date of what was not so on `before` and was so on `day`, days of two snapshots.

    before: None where there is no earlier snapshot: it may have been so long since. Then the month of the day, if that
    is the month's last, else the day.
    """
    today, after = _date(day), _date(day + 1)
    if before is None:
        return f"{today.isoformat()[: 7 if after.day == 1 else 10]}{UNSURE}"
    year, month = after.replace(month=1, day=1), after.replace(day=1)
    ends = (year, month, after)
    starts = (year.replace(year=year.year - 1), (month - dt.timedelta(1)).replace(day=1), today)
    for length, start, end in zip(_LENGTHS, starts, ends, strict=True):
        if (first := dates.day(start.year, start.month, start.day)) > before:
            exact = first == before + 1 and end == after
            return f"{start.isoformat()[:length]}{'' if exact else UNSURE}"
    return by(day)


def by(day: int) -> str:
    """The day of the snapshot that first shows a change, for what must not overlap."""
    return f"{dates.text(day)}{UNSURE}"


def _date(day: int) -> dt.date:
    return dt.date.fromisoformat(dates.text(day))
