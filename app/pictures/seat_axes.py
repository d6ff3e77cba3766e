"""The axes of the curve of a team: days across, seats up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.seat_curve import Curve
from app.domain import dates
from app.domain.dates import FUTURE, PAST
from app.pictures import wording
from app.pictures.board import Board, Sheet
from app.pictures.seat_places import Holding
from app.scene.marks import Anchor, Floats, Ints
from app.scene.style import Emphasis, Role, Style

AXIS, NAMES, ABOVE = 40.0, 122.0, 56.0
"""Room for figures at the left, for names at the right, for words above all seats."""
FOOT, LANE = 48.0, 12.0
"""Height below the axis: two lanes of joins and exits, and the months."""
MONTH = 31
"""Days known to within so many are known to the month."""
_ROUND = tuple(n * 10**power for power in range(9) for n in (1, 2, 5))


@dataclass(frozen=True, eq=False)
class Axes:
    """Days and seats → places on the page. first, last: days; most: the most seats
    that may be held or are wanted; top: seats at the upper end."""

    x: float
    y: float
    w: float
    h: float
    first: int
    last: int
    most: float
    top: float

    def across(self, day: float | Ints | Floats) -> Floats:
        """x of days, cut to the axis."""
        part = (np.asarray(day, dtype=np.float64) - self.first) / max(self.last - self.first, 1)
        return np.asarray(self.x + self.w * np.clip(part, 0.0, 1.0))

    def up(self, seats: float | Ints | Floats) -> Floats:
        """y of a number of seats."""
        return np.asarray(self.y + self.h * (1.0 - np.asarray(seats, dtype=np.float64) / self.top))


def axes(
    holding: Holding,
    curve: Curve,
    at: tuple[float, float, float, float],
    s: float,
    *,
    since: int | None = None,
    span: tuple[int, int] | None = None,
) -> Axes:
    """The axes in `at` (x, y, w, h). span: the first and last day, whatever the day of the build-out; since: the first
    one. Without them they begin a month before the first join that is known to the month, so that people known to the
    year only do not push all the others aside, and end with the build-out."""
    x, y, w, h = at
    lo, hi = holding.roster.lo, holding.roster.hi
    day = holding.build_out.day
    if span is not None:
        first, last = span
    else:
        first = begin(lo, hi, day) if since is None else since
        last = max(day, first + 61)
    most = max(int(curve.possible.max(initial=0)), holding.build_out.wanted, 1)
    tall = h - FOOT * s
    top = most / (1.0 - min(ABOVE * s / tall, 0.5))
    return Axes(x + AXIS * s, y, w - (AXIS + NAMES) * s, tall, first, max(last, first + 1), float(most), top)


def begin(lo: Ints, hi: Ints, day: int) -> int:
    """The first day of an axis for people who joined in [lo, hi): a month before the first of them up to the day."""
    known = (lo > PAST) & (lo <= day)
    exact, dated = lo[known & (hi < FUTURE) & (hi - lo <= MONTH)], lo[known]
    first = int(exact.min()) if len(exact) else int(dated.min()) if len(dated) else day - 92
    return dates.months_on(month_start(first), -1)


def month_start(day: int) -> int:
    """First day of a day's month."""
    year, month = (int(part) for part in dates.text(day).split("-")[:2])
    return dates.day(year, month)


def draw_grid(board: Board, sheet: Sheet, place: Axes, s: float) -> None:
    """Lines and figures of seats at the left, months below."""
    draw_seats(sheet, place, s)
    draw_months(board, sheet, place, place.y + place.h, place.y + place.h + FOOT * s - 4 * s, s)


def draw_seats(sheet: Sheet, place: Axes, s: float, least: float = 3.0) -> None:
    """Lines of seats across, with figures at the left; at least so many spaces between them, if seats allow."""
    step = next(n for n in _ROUND if place.top / n <= max(least, place.h / (34 * s)))
    small = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
    for seats in range(0, int(place.top) + 1, step):
        y = float(place.up(seats))
        sheet.line(place.x, y, place.x + place.w, y, Style(Role.GRID))
        sheet.label(place.x - 7 * s, y + 3.5 * s, f"{seats:,}", small, 10.5 * s, anchor=Anchor.END)


def draw_months(board: Board, sheet: Sheet, place: Axes, top: float, base: float, s: float) -> None:
    """Ticks of months or years below `top`, their names at `base`, as many as there is room for."""
    small = Style(Role.CAPTION, emphasis=Emphasis.SMALL)
    every = next(
        (n for n in (1, 2, 3, 6, 12, 24, 60, 120) if (place.last - place.first) / 30.4 / n * 52 * s <= place.w), 240
    )
    at, first, free = month_start(place.first), True, -np.inf
    for _ in range(5000):
        year, month = (int(part) for part in dates.text(at).split("-")[:2])
        if at > place.last:
            break
        if at >= place.first and ((year * 12 + month - 1) % every == 0):
            left = float(place.across(at))
            sheet.line(left, top, left, top + 4 * s, Style(Role.GRID))
            word = dates.text(at)[:4] if every >= 12 else wording.month(at)[:3]
            word = f"{word} {year}" if every < 12 and (first or month <= every) else word
            wide = board.width(word, (10.5 * s, 450))
            start = max(left - wide / 2, place.x - AXIS * s)
            if start > free:
                sheet.label(start, base, word, small, 10.5 * s)
                free, first = start + wide + 6 * s, False
        at = dates.months_on(at, 1)
