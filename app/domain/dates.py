"""Dates that say how much is known of them: EDTF text and its bounds in days.

`2025-06-26`, `2025-06`, `2025`, each with `~` (about), `?` (uncertain) or `%` (both); `..` (open); blank (unknown).
Bounds are half-open `[earliest, latest)`, in days since 1970-01-01: `2025-06` is [2025-06-01, 2025-07-01).
Blank is (−∞, +∞); `..` as an end is +∞. `~` and `?` keep the plain bounds and set a flag.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

PAST = -(2**30)
"""−∞ as a day: the earliest bound of what is not known."""
FUTURE = 2**30
"""+∞ as a day: the latest bound of what is not known, and the end of what is open."""

OPEN = ".."
REMEDY = "write a date as 2025-06-26, 2025-06 or 2025, with ~ or ? if unsure, .. if open, or leave it blank"

_EPOCH = dt.date(1970, 1, 1).toordinal()
_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)", re.ASCII)

Days = npt.NDArray[np.int32]


class Span(NamedTuple):
    """Bounds of a date: it lies in [earliest, latest). `about` and `uncertain` are the flags of the text."""

    earliest: int
    latest: int
    about: bool = False
    uncertain: bool = False


FEW_ROWS = 1_000
"""Up to so many rows a column is read text by text: the calls of polars for distinct texts take longer."""

UNKNOWN = Span(PAST, FUTURE)
ENDLESS = Span(FUTURE, FUTURE)


def day(year: int, month: int = 1, day_of_month: int = 1) -> int:
    """The number of a day, counted from 1970-01-01."""
    return dt.date(year, month, day_of_month).toordinal() - _EPOCH


def today() -> int:
    """The present day, where the machine is."""
    return dt.datetime.now(dt.UTC).astimezone().toordinal() - _EPOCH


@lru_cache(maxsize=65536)
def parse(text: str | None) -> Span:
    """Bounds of an EDTF text. Blank or None is UNKNOWN, `..` is ENDLESS; ValueError for anything unreadable."""
    if not text:
        return UNKNOWN
    if text == OPEN:
        return ENDLESS
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date")
    year, month, day_text, flag = match.groups()
    y = int(year)
    if y == 0:
        raise ValueError(f"{text!r} is not a date: there is no year 0000")
    about, uncertain = flag in ("~", "%"), flag in ("?", "%")
    if month is None:
        return Span(day(y), _new_year(y + 1), about, uncertain)
    m = int(month)
    if not 1 <= m <= 12:
        raise ValueError(f"{text!r} is not a date: there is no month {month}")
    if day_text is None:
        return Span(day(y, m), _new_year(y + 1) if m == 12 else day(y, m + 1), about, uncertain)
    d = int(day_text)
    if not 1 <= d <= calendar.monthrange(y, m)[1]:
        raise ValueError(f"{text!r} is not a date: month {month} has no day {day_text}")
    first = day(y, m, d)
    return Span(first, first + 1, about, uncertain)


def _new_year(year: int) -> int:
    """First day of a year, also of the year 10000, which `datetime` cannot hold."""
    return day(year) if year <= dt.MAXYEAR else day(dt.MAXYEAR, 12, 31) + 1


def readable(text: str | None) -> bool:
    """Whether `parse` takes it."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def bounds(column: pl.Series) -> tuple[Days, Days]:
    """Bounds of a whole column of EDTF texts: (earliest, latest), int32, one a row. Unreadable counts as blank.

    Each distinct text is parsed once: a million rows hold a few thousand.
    """
    if column.null_count() == len(column):  # a blank column, or no rows
        return np.full(len(column), PAST, dtype=np.int32), np.full(len(column), FUTURE, dtype=np.int32)
    if len(column) <= FEW_ROWS:
        each = [_span(text) for text in column.to_list()]
        return np.array([s.earliest for s in each], dtype=np.int32), np.array([s.latest for s in each], dtype=np.int32)
    texts = column.drop_nulls().unique()
    spans = [_span(text) for text in texts]
    earliest = np.array([s.earliest for s in spans] + [PAST], dtype=np.int32)
    latest = np.array([s.latest for s in spans] + [FUTURE], dtype=np.int32)
    codes = column.cast(pl.Enum(texts)).to_physical().cast(pl.Int32).fill_null(len(texts)).to_numpy()
    return earliest[codes], latest[codes]


def _span(text: str | None) -> Span:
    try:
        return parse(text)
    except ValueError:
        return UNKNOWN


def unreadable(column: pl.Series) -> pl.Series:
    """The distinct texts of a column that are no date."""
    texts = column.drop_nulls().unique()
    return texts.filter(pl.Series([not readable(t) for t in texts], dtype=pl.Boolean))


def text(day_number: int) -> str:
    """A day as ISO text; `..` for +∞ and blank for −∞. Days that the calendar lacks become its first or last day."""
    if day_number >= FUTURE:
        return OPEN
    if day_number <= PAST:
        return ""
    return dt.date.fromordinal(max(1, min(day_number + _EPOCH, dt.date.max.toordinal()))).isoformat()


def written(day_number: int) -> str:
    """A day as in a title: 31 July 2025."""
    date = dt.date.fromordinal(day_number + _EPOCH)
    return f"{date.day} {date:%B} {date.year}"


def months_on(day_number: int, n: int) -> int:
    """The same day of the month n months later (earlier if negative), or the month's last day where it has no such."""
    date = dt.date.fromordinal(day_number + _EPOCH)
    year, month = divmod(date.year * 12 + date.month - 1 + n, 12)
    if not dt.date.min.year <= year < dt.date.max.year:
        return day_number
    last = day(year + (month + 1) // 12, (month + 1) % 12 + 1) - 1
    return min(day(year, month + 1, 1) + date.day - 1, last)


def last_day(span: Span) -> int:
    """The last day that a date may mean."""
    return span.latest - 1
