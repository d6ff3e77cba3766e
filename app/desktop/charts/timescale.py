"""Days on a line of pixels, and what stands along it: ticks and words of years, months, weeks or days."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.domain import dates

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YEAR, _MONTH = 365.25, 30.4375
_YEAR_ROOM, _MONTH_ROOM, _WEEK_ROOM, _DAY_ROOM = 44.0, 30.0, 56.0, 36.0
"""Pixels that a year's number, a month's name, a week's first day and a day need."""
_TICK_ROOM = 12.0
_ROUND_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days first to last stand at pixels left to right, which may be no wider than nothing."""

    first: float
    last: float
    left: float
    right: float

    @property
    def unit(self) -> float:
        """Pixels a day."""
        return max(self.right - self.left, 1.0) / max(self.last - self.first, 1e-6)

    def x(self, day: float) -> float:
        """Where a day stands."""
        return self.left + (day - self.first) * self.unit

    def day(self, x: float) -> float:
        """Which day stands there."""
        return self.first + (x - self.left) / self.unit


@dataclass(frozen=True, slots=True)
class Stretch:
    """A year, month, week or day on the axis: [first, last) day, and its word."""

    first: int
    last: int
    word: str


def stretches(scale: TimeScale) -> list[Stretch]:
    """What is written along the axis: the finest of years, months, weeks and days that has room, in order.

    Where not every year has room, it is every second, fifth, tenth and so on. The ones at the ends may begin before the
    days in view or end after them.
    """
    first, last, unit = int(np.floor(scale.first)), int(np.ceil(scale.last)), scale.unit
    if unit >= _DAY_ROOM:
        return [_day(day) for day in range(first, last + 1)]
    if unit * 7 >= _WEEK_ROOM:
        monday = first - (first + 3) % 7  # the first day of 1970 was a Thursday
        return [Stretch(day, day + 7, _day_word(day)) for day in range(monday, last + 1, 7)]
    if unit * _MONTH >= _MONTH_ROOM:
        starts = month_starts(first, last)
        return [_month(*pair, unit) for pair in pairwise(starts)]
    room = _YEAR_ROOM / (unit * _YEAR)
    every = next((n for n in _ROUND_YEARS if n >= room), _ROUND_YEARS[-1])
    years = range(1970 + _number(first) // 12, 1971 + _number(last) // 12)
    return [Stretch(_year_start(year), _year_start(year + 1), str(year)) for year in years if year % every == 0]


def fine_ticks(scale: TimeScale) -> list[int]:
    """Days with a tick: the finest of years, quarters, months and days that has room."""
    first, last, unit = int(np.ceil(scale.first)), int(np.floor(scale.last)), scale.unit
    if unit >= _TICK_ROOM:
        return list(range(first, last + 1))
    for months in (1, 3, 12):
        if unit * months * _MONTH >= _TICK_ROOM:
            starts = [day for day in month_starts(first, last) if first <= day <= last]
            return [day for day in starts if _number(day) % months == 0]
    return []


def month_starts(first: int, last: int) -> list[int]:
    """First days of the months that touch [first, last] and of the one after them."""
    numbers = range(_number(first), _number(last) + 2)
    return [_start(number) for number in numbers]


def _number(day: int) -> int:
    """Months since 1970 of a day."""
    return int(np.datetime64(day, "D").astype("datetime64[M]").astype(np.int64))


def _start(month: int) -> int:
    return int(np.datetime64(month, "M").astype("datetime64[D]").astype(np.int64))


def _year_start(year: int) -> int:
    return _start((year - 1970) * 12)


def _day_word(day: int) -> str:
    return f"{int(dates.text(day)[8:])} {_MONTHS[_number(day) % 12]}"


def _day(day: int) -> Stretch:
    begins = dates.text(day).endswith("-01")
    return Stretch(day, day + 1, _day_word(day) if begins else str(int(dates.text(day)[8:])))


def _month(first: int, last: int, unit: float) -> Stretch:
    """January carries its year, alone where there is no room for both."""
    word, year = _MONTHS[_number(first) % 12], dates.text(first)[:4]
    if word == "Jan":
        word = f"Jan {year}" if unit * 31 >= 2 * _MONTH_ROOM else year
    return Stretch(first, last, word)
